/* The published tables as the auditor reads them, and a variable for every withheld count. */
#ifndef FINSAMSTAT_STAGES_AUDIT_RELATIONS_PUBLISHED_H
#define FINSAMSTAT_STAGES_AUDIT_RELATIONS_PUBLISHED_H

#include "pipeline/table/cube/cube.h"
#include "stages/audit/ranges/knowledge.h"
#include "stages/audit/ranges/ranges.h"

#define PUBLISHED_TABLES 132
#define PUBLISHED_PERIODS 12 /* approved ones beside the publication's */
#define PUBLISHED_UNTOLD INT64_MIN /* a count that the auditor does not know */

struct published {
	struct arena *arena;
	int64_t minimum;              /* counts from 1 to minimum − 1 are small */
	bool rounded;                 /* counts are multiples of it */
	const struct cube *inhabitants; /* befolkning_celler, which everybody knows; NULL where it is not there */
	bool inhabited;               /* some counts are bounded by them */
	bool together;                /* all tables were protected together, and målgrupper within one another are reckoned with */
	bool months;                  /* what months and their year say of each other is reckoned with, too, and classes of months (crossed.h) */
	struct knowledge *knowledge;
	const struct cube *classes;   /* manad_atomer, of which only their counts before protection are read; NULL where it is not there */
	size_t *crossed;              /* variables of classes of m06's rows that are not printed (crossed.h); NULL without */
	size_t *by_age[PUBLISHED_TABLES]; /* of each table: variables of its rows by the ages of m06, which are not printed (ages.h); NULL without */
	size_t *unchanged;            /* variables of m04's rows by parts that are not printed (unchanged.h); NULL without */
	bool *told;                   /* of each row of m03: its kommun and month have such classes */
	size_t own;                   /* tables of the publication; behind them those of approved periods beside it */
	size_t periods;
	struct published_period {
		int32_t from, to;
		size_t i01, first, tables; /* of it among the tables: i01, and others in a row, of which those far away have none */
		bool complete;    /* it has all of them that the publication has */
		size_t group;     /* the same for those between which days lead on which one begins or ends; 0: with the publication's */
	} period[PUBLISHED_PERIODS];
	const struct published_period *approved; /* of which the tables are asked for; NULL: of the publication */
	size_t less;
	const struct published_period *within[PUBLISHED_PERIODS]; /* so many periods that lie within it: of each figure what they have is taken away */
	bool took_part;               /* then: only who took part is asked for, who may have done so in several of them; else only who came and left */
	bool beside;                  /* the sum at hand is of several periods */
	struct standing *standing;    /* the days for which figures of approved runs stand (standing.h); NULL: none */
	bool stands[2];               /* such days there are: of insatser, of who lives where */
	size_t tables;
	struct published_table {
		struct cube *cube;
		struct cube *truth;       /* before protection: only to know which withheld counts are small; NULL without */
		size_t *variable;         /* rows × measures: of a withheld count, else KNOWLEDGE_NONE */
		int64_t *count;           /* likewise: what it was before protection; PUBLISHED_UNTOLD, also of what an approved run withheld */
		int64_t *then;            /* likewise: what it was when that run withheld it; PUBLISHED_UNTOLD elsewhere */
		size_t *staying;          /* of each row: the variable of those who were there when its period ended (staying.h), or KNOWLEDGE_NONE; NULL without */
		size_t classes, class;    /* exclusive classes of a row's persons that are not printed: of row r from variable class + r · classes on */
		const char *const *class_name;
	} table[PUBLISHED_TABLES];
	/* small numbers that a whole and a part of it differ by: counts of persons, too */
	size_t apart, differences, difference_room;
	struct published_difference {
		size_t variable, number;  /* number: of the pair among all, the same whatever is withheld */
		size_t table, row, measure; /* of the part */
		size_t sum;               /* whole − part − variable = 0, in the knowledge */
		int64_t count;
	} *difference;
	/* the sum being stated */
	struct {
		int64_t known;
		int64_t truth;            /* as the printed and the withheld counts are, of approved runs as they were then; of use unless `unknown` */
		bool secret;              /* a part was withheld by an approved run, or what it was before protection is not known */
		bool unknown;             /* what a part is, or was then, is not known */
		bool broken;              /* a part cannot be computed: nothing is said */
		const char *table;        /* of the latest part, for messages */
		size_t terms, room, coefficients;
		size_t *variable;
		int64_t *coefficient;
	} sum;
};

/* Adds a table. `truth` may be NULL. -1 with the error set. */
int published_add(struct published *published, struct cube *cube, struct cube *truth, struct error *error);

/* The table whose name begins so ("i01"), of the publication or of the approved period that is asked for; NULL when it has none, or a period that is taken away
   from it has none. */
const struct published_table *published_find(const struct published *published, const char *name);

/* Likewise of the publication, whatever is asked for: other threads may ask while sums are stated. */
const struct published_table *published_own(const struct published *published, const char *name);

/* Says that the variables from `first` on are the classes of a table's rows. */
void published_classes(struct published *published, const struct published_table *table, size_t first, size_t classes, const char *const *names);

/* A count before protection; PUBLISHED_UNTOLD, which is less than any, where it is not known or an approved run's. */
int64_t published_count(const struct published_table *table, size_t row, size_t measure);

/* One sum, part by part: Σ coefficient·figure. A part of a table that was not computed, or that cannot be, makes it void; a row that
   is not there is 0. `key` has one code a dimension. */
void published_begin(struct published *published);
int published_part(struct published *published, const struct published_table *table, const char *const *key, size_t measure,
	int64_t coefficient, struct error *error);
int published_row(struct published *published, const struct published_table *table, size_t row, size_t measure, int64_t coefficient,
	struct error *error);
/* `count`: of a class that is not printed, before protection; PUBLISHED_UNTOLD where the tables do not tell it. */
int published_unseen(struct published *published, size_t variable, int64_t coefficient, int64_t count, struct error *error);
/* States that the sum is 0, or at least 0 (no more than the whole). Nothing is stated of a sum that does not hold where tables of its kind show figures
   of approved runs: between these, rounded perhaps or before the register was corrected, and new ones nothing need hold. Nor is anything of approved periods,
   or of what others have beside them, that does not hold or of which a count is not known. */
int published_equal(struct published *published, struct error *error);
int published_at_least(struct published *published, struct error *error);
/* States that the sum, a whole less its part (a figure of `table`), is at least 0; where it is a small number (1 … minimum − 1), as a difference. */
int published_apart(struct published *published, const struct published_table *table, size_t row, size_t measure, struct error *error);

#endif
