/* What the files of amounts_judge share: see amounts.h. */
#ifndef FINSAMSTAT_STAGES_AUDIT_AMOUNTS_AMOUNTS_INSIDE_H
#define FINSAMSTAT_STAGES_AUDIT_AMOUNTS_AMOUNTS_INSIDE_H

#include "stages/audit/amounts/amounts.h"
#include "stages/audit/relations/outside.h"

/* The dimensions of m01. */
enum { AR, KOMMUN, KON, FORMAN };

/* A group of förmåner and what it adds up. */
#define AMOUNT_GROUPS 4
extern const struct amount_group {
	const char *whole, *part[5]; /* the parts end in NULL */
} amount_groups[AMOUNT_GROUPS];

/* One measure of m01. */
struct amounts {
	const struct published *published;
	const struct published_table *table;
	const struct cube *cube, *contributions;
	const enum amount_row *kind; /* of each row; NULL: all are new */
	size_t measure, persons;
	const char *first;
	double step, share;
	double *made;                /* of each row: the amount of as many persons as are printed; NULL where counts are not rounded */
	struct knowledge *knowledge; /* the withheld amounts, and the sums over them without what is printed in them */
	size_t *variable;            /* of each row: in the knowledge; KNOWLEDGE_NONE when it is not withheld */
	size_t *row;                 /* of each variable */
	struct line {
		size_t from, count;  /* its rows in `member`: the whole first */
		size_t hidden;       /* one of its variables */
	} *line;
	size_t lines, line_room, members, member_room;
	size_t *member;
	struct wanted {
		size_t row;
		double up, down;     /* values that must be possible … */
		bool was_up, was_down;
		bool unknown;        /* … or, where nobody knows what it is, p per cent between the largest and the least seen */
		double most, least;
	} *wanted;
	size_t wants;
	unsigned char *finding;
	struct amounts_account *account;
	struct error *error;
};

/* The row's cell of the measure. */
const struct cell *amounts_cell(const struct amounts *amounts, size_t row);

enum amount_row amounts_kind(const struct amounts *amounts, size_t row);

/* Whether a förmån or group of them holds a förmån; whether the row is of one kommun, kön and förmån. */
bool amounts_holds(const char *whole, const char *part);
bool amounts_finest(const struct cube *cube, size_t row);

/* Beside rounded counts, fills `made`, which amounts_truth then tells (amounts_made.c). -1 with the error set. */
int amounts_make(struct amounts *amounts);

/* The row's figure before protection; 0 where it has none. Of an approved run's only what it printed is known. */
double amounts_truth(const struct amounts *amounts, size_t row, size_t measure);

/* Fills `line`, and `knowledge` with the sums of what is withheld (amounts_lines.c). -1 with the error set. */
int amounts_state_lines(struct amounts *amounts);

/* Judges what is printed, and fills `wanted` with the amounts of few persons that must stay open (amounts_few.c). -1 with the error set. */
int amounts_list_wanted(struct amounts *amounts);

/* Judges the wanted by what the lines leave of them (amounts_range.c). 1 when no amounts agree with what is printed; -1, perhaps with the error set. */
int amounts_judge_wanted(struct amounts *amounts);

#endif
