/* Inside of facts: the system while it is being stated. */
#ifndef FINSAMSTAT_STAGES_PROTECT_FACTS_FACTS_INSIDE_H
#define FINSAMSTAT_STAGES_PROTECT_FACTS_FACTS_INSIDE_H

#include "stages/protect/facts/facts.h"
#include "stages/protect/facts_list.h"

struct malgrupp;

/* Some of a list, from the first to before the last. */
struct facts_range {
	size_t from, to;
};

/* What is being stated. */
struct facts_work {
	struct tables *tables;
	int64_t minimum;
	struct facts *facts;
	size_t first[TABLES_MOST];  /* of each table: the number of its first cell */
	size_t cells;
	uint32_t *same;             /* of each cell: one of the same set; its own number when it stands for itself */
	uint32_t *atom;             /* of each cell that stands for itself: 1 + its atom; 0: no count, or 0 */
	uint32_t *person;           /* of each atom: an atom of the same single person; its own number when it stands for itself */
	struct facts_range *crossed; /* of each row of m03 with TOT: its classes among the crossings; none: they are not told apart. NULL: of no row */
	bool joining;               /* sums are read for equal sets only */
	size_t period;              /* whose tables are being stated: 0 the run's, else those of an approved one (tables->period) */
	size_t parts, part[TABLES_PERIODS]; /* periods within it: only what it has beside them is; none: all of it */
	bool taking;                /* likewise: only of who took part, who may have done so in several parts */
	bool renamed;               /* likewise: an insats of a part has another name in the period: of its counts nothing is said, but of all insatser together */
	bool contrary;              /* something was not said, since the counts say the contrary, or one could not be computed (facts_state_whole) */
	bool whole;                 /* so what would follow from it is said, too */
	uint32_t *term;             /* of the sum at hand: cells */
	int *sign;
	size_t terms, room, sign_room;
	int64_t value;              /* of the sum at hand */
	bool broken;                /* likewise: a figure of an approved period, or of one beside it, could not be computed */
	struct error *error;
};

/* Number of a cell among all; the cell that stands for its set. */
size_t facts_cell(const struct facts_work *work, size_t table, size_t row, size_t measure);
uint32_t facts_standing(const struct facts_work *work, size_t cell);

/* Two cells are the same set. */
void facts_join(struct facts_work *work, size_t a, size_t b);

/* The atom that stands for the single person that an atom counts; itself where it is no such one. */
uint32_t facts_person(const struct facts_work *work, uint32_t atom);

/* Position of a table of the period at hand; SIZE_MAX when it, or a part of it, has none of that name, or all its cells are proven without the system
   (tables.h). */
size_t facts_find(const struct facts_work *work, const char *name);

/* The count of a cell, 0 for what is none and for what is proven without the system. */
int64_t facts_count(const struct tables *tables, size_t table, size_t row, size_t measure);

/* Position of a dimension that the cube has. */
size_t facts_place(const struct cube *cube, const char *dimension);

/* A sum of cells with signs: from the beginning to its end, as one that is 0 (ROW_KNOWN), or one that is at least 0 (ROW_HIDDEN) and, when it is
   small and `apart`, a target. A term is the count of the period at hand less those of its parts. Of approved periods, and of what a period has beside them,
   only what holds is said, and of the latter no difference is a target. While sets are joined a whole with one part is that part. -1 with the error set when memory is out. */
void facts_begin(struct facts_work *work);
int facts_term(struct facts_work *work, size_t table, size_t row, size_t measure, int sign);
int facts_end(struct facts_work *work, enum row_kind kind, bool apart);

/* States something; and where some of that does not hold of its counts (the register was corrected between two periods), anew, with all that is left out elsewhere
   since it follows from the rest (facts_adds_up). -1 with the error set when memory is out. */
int facts_state_whole(struct facts_work *work, int (*state)(struct facts_work *work, const void *context), const void *context);

/* A row of a table and the row of another that is the same set, or holds it. */
struct facts_pair {
	size_t table, row, measure;
	size_t other, to, of; /* of: its measure */
	enum pair_relation relation;
};

/* States a pair, or while sets are joined makes equal ones the same. -1 with the error set when memory is out. */
int facts_state_pair(struct facts_work *work, const struct facts_pair *pair);

/* A count of a table. */
struct facts_count {
	size_t table, row, measure;
};

/* States that a count is the sum of others, each of which is all that it says; a row of CUBE_NO_ROW is 0. Nothing where it is not. -1 with the error set
   when memory is out. */
int facts_state_sum(struct facts_work *work, const struct facts_count *whole, const struct facts_count *part, size_t parts);

/* Sets the ceilings of the cells that befolkning_celler bounds: persons of a kommun, kön and age group are at most its inhabitants. Not while
   sets are joined. -1 with the error set when memory is out. */
int facts_ceilings(struct facts_work *work);

/* States what shares, their limits, numbers per 1 000 inhabitants, costs per head and survival that were published before (tables->known) tell of the
   counts behind them. Not while sets are joined. -1 with the error set when memory is out. */
int facts_published(struct facts_work *work);

/* What was published before of a share with its limits: as it was written, NULL where nothing was. */
struct facts_share {
	const char *share, *low, *high;
};

/* States what the published figures tell of numerator and base (two counts that are together the base: `rest`, else NULL): the share as an
   inequality; of any two figures, which leave few pairs of counts, bounds of both. -1 with the error set when memory is out. */
int facts_share(struct facts_work *work, const struct facts_share *told, const struct facts_count *numerator, const struct facts_count *base,
	const struct facts_count *rest);

/* The count lies between the two, unless it is beyond them now. */
void facts_bound(const struct facts_work *work, const struct facts_count *count, double least, double most);

/* States what outcomes of goals that were published before tell of the counts of other tables that they are. Not while sets are joined. -1 with the error set. */
int facts_goals(struct facts_work *work);

/* States that a sum of counts with signs is a set of persons, protected where it is small, or that it is 0 (`nobody`); nothing where it is not. The
   largest count first: who alone is in it is in the others. A row of CUBE_NO_ROW is 0. -1 with the error set when memory is out. */
int facts_state_set(struct facts_work *work, const struct facts_count *count, const int *sign, size_t counts, bool nobody);

/* Whether what the lists say is being stated once more: of an approved period, or of what a period has beside its parts. */
bool facts_once_more(const struct facts_work *work);

/* States what i01 of the run's period and of approved ones (tables->period) say of each other. -1 with the error set when memory is out. */
int facts_periods(struct facts_work *work);

/* States what the lists of facts_list.c say of the period at hand: what adds up, what is the same set as another or lies within it, what parts cover. -1 with
   the error set when memory is out. */
int facts_sums(struct facts_work *work);
int facts_pairs(struct facts_work *work);
int facts_covers(struct facts_work *work);

/* States what the tables of exits of the period at hand say of each other beside the lists: seeking work (i04, i06), begun or increased, one försörjning before
   and another after (i03, i11). Not while sets are joined. -1 with the error set when memory is out. */
int facts_exits(struct facts_work *work);

/* States that whoever took as long as the run's period (i07) had begun before it, of classes that are stated. Not while sets are joined. -1 with the error
   set when memory is out. */
int facts_longer(struct facts_work *work);

/* Whether the counts of a row are sums of those of other rows of its table, of which all is said that is said of it. Never while all is said. */
bool facts_adds_up(const struct facts_work *work, const struct cube *cube, size_t row);

/* Whether i01 of a period lacks an insats that a part's has: it has another name there. */
bool facts_lacks_insats(const struct facts_work *work, const struct tables_period *period, const struct tables_period *part);

/* States all of that of approved periods (tables->period), with the classes of i06, and of what a period has beside those within it. -1 with the error set
   when memory is out. */
int facts_beside(struct facts_work *work);

/* States who was there when one approved period ended and the next began, by background (i02) and remittent (i08), as atoms among the crossings: part of the
   participations of both, and together as many as i01 says. Not while sets are joined. -1 with the error set when memory is out. */
int facts_staying(struct facts_work *work);

/* States that a sum of counts with signs is at least 0; nothing where it is less, or while sets are joined. A row of CUBE_NO_ROW is 0. -1 with the
   error set when memory is out. */
int facts_state_bound(struct facts_work *work, const struct facts_count *count, const int *sign, size_t counts);

/* Likewise of counts and of atoms that are classes; atoms have one sign. It ties months to their year: a loose row. */
int facts_state_classes(struct facts_work *work, const struct facts_count *count, const int *sign, size_t counts, const size_t *atom, size_t atoms,
	int atom_sign);

/* States what the persons of a month (m03, m06) and of its year (m01, m02, m04, m05) say of each other: a month's are within the year's, which all months
   together cover; what classes of m04 and m05 say of single months. -1 with the error set when memory is out. */
int facts_months(struct facts_work *work);

/* States what the times of m05 say of the months of the year and of who is paid (m01) or never changes (m04). -1 with the error set when memory is out. */
int facts_times(struct facts_work *work);

/* States that whoever changed so often in the year (m04) is in a målgrupp that asks for no more than so many changes. -1 with the error set. */
int facts_changes(struct facts_work *work);

/* States the persons of a month by kommun, kön, age and combination, of which the counts of m03 and m06 are sums, where a kommun has at most
   FACTS_CROSSED_MOST of them. Not while sets are joined. -1 with the error set when memory is out. */
int facts_crossed(struct facts_work *work);

/* States the persons of a year by kommun, kön and age, whom m01, m04 and m05 count: no fewer than a month or a
   målgrupp of m02 has of each age. After facts_crossed. Not while sets are joined. -1 with the error set when memory is out. */
int facts_ages(struct facts_work *work);

/* States that of who never changed in a year (m04) each set of parts has no more than any month of the year has at just these. After facts_crossed. Not while
   sets are joined. -1 with the error set when memory is out. */
int facts_unchanged(struct facts_work *work);

/* States the målgrupper that lie within one another. -1 with the error set when memory is out. */
int facts_groups(struct facts_work *work);

/* Says of each atom which kommun it counts, and which kind of table counts it (system.h), when all are there. -1 with the error set when memory is out. */
int facts_areas(struct facts_work *work);

/* States the classes of one fact: that they are there, what they add up to, what of them is protected. Nothing while sets are joined.
   -1 with the error set when memory is out. */
int facts_classes(struct facts_work *work, const struct class_fact *fact);

#endif
