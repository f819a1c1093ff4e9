/* What an attacker knows of a set of counts: sums over atoms that are printed, withheld, or known in other ways.

   An atom is a finest cross class and holds a count ≥ 0. A row is a sum of atoms, each with a sign: a cell of a table, the
   difference of two cells, an inequality between tables (whole − part ≥ 0), a tie (two ways to count the same set: their
   difference is 0). Another table of atoms is possible for the attacker when every printed row and every tie keeps its value,
   and every withheld or hidden row is at least its floor, and no cell more than its ceiling.

   Rows that hold the same atoms are one: printed zeros take their atoms out, since those are 0 in every possible table. */
#ifndef FINSAMSTAT_STAGES_PROTECT_ENGINE_SYSTEM_H
#define FINSAMSTAT_STAGES_PROTECT_ENGINE_SYSTEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pipeline/base/arena.h"
#include "pipeline/base/error.h"

enum row_kind {
	ROW_CELL,  /* a cell of a table: printed unless it is withheld */
	ROW_KNOWN, /* never withheld: published before, or known from elsewhere; a tie is known to be 0 */
	ROW_HIDDEN /* printed nowhere: a difference or an inequality, at least its floor */
};

struct row {
	int64_t value;  /* filled by system_seal: the sum of its atoms */
	int64_t floor;  /* the least that an attacker gives a withheld or hidden row: 1 and 0 */
	int64_t ceiling; /* the most that an attacker gives a cell; INT64_MAX: nothing bounds it */
	int64_t up;     /* target: some possible table must have at least value + up; 0: no target */
	int64_t width;  /* target: the possible values must span this much */
	uint32_t cost;  /* of withholding it; of a row that stands for several, their sum */
	uint32_t same;  /* the row that stands for it; its own index when it stands for itself */
	enum row_kind kind;
	bool withheld;
	bool implied;   /* follows from other known rows; set by implied_find */
	bool loose;     /* hidden: it alone holds two large sets of rows together, and windows reach over it last of all (sight.h) */
	bool lone;      /* a single person forms it and knows it: other targets need a table in which it does not move */
	uint32_t person; /* lone rows with the same number are the same person; 0: not known to be */
	int64_t raised, lowered; /* how far the possible tables that were found move it */
};

struct term {
	uint32_t index; /* of the atom, or of the row */
	int32_t sign;   /* +1 or −1; in inequalities of published shares, and of short times (m05), any whole number */
};

struct system {
	struct arena *arena;
	size_t atoms, atom_room;
	int64_t *atom; /* the true counts */
	bool *fixed;   /* 0 in every possible table; filled by system_seal */
	size_t rows, row_room;
	struct row *row;
	size_t *first; /* of each row: its terms are term[first[row]] … term[first[row + 1] − 1] */
	size_t first_room;
	size_t terms, term_room;
	struct term *term;
	size_t *atom_first; /* the same seen from the atoms, rows that stand for themselves only; filled by system_seal */
	struct term *atom_term;
	uint32_t *area; /* of each atom: 1 + the area whose persons it counts; 0: those of all. NULL: nothing is told of areas */
	size_t areas;
	uint32_t *kind; /* of each atom: 1 + the kind of table that counts it, the same in the run and in approved periods; 0: none. NULL: nothing is told of kinds */
	size_t kinds;
	uint64_t dear;  /* a table that costs more than this is compared with those of wider windows; 0: the first is taken */
	size_t widest;  /* windows of more atoms are not looked through, and those of long rows take few of their atoms; 0: of any size */
	const size_t *largest_first; /* of each row: largest[largest_first[row]] … largest[largest_first[row + 1] − 1] are, of a long one, … */
	const uint32_t *largest;     /* … how many atoms a bounded window takes, and the terms that it takes them from (window_prepare) */
	struct most *most; /* wholes that have no fewer than the most of each of their groups, together (most.h); NULL: there are none */
	size_t *single; /* of each atom: the row that is this atom alone; SYSTEM_NONE without; filled by system_seal */
};

#define SYSTEM_NONE SIZE_MAX

/* An empty system whose memory is the arena's. NULL with the error set when memory is out. */
struct system *system_new(struct arena *arena, struct error *error);

/* Memory for so many of each in all, where it is known beforehand. -1 with the error set when it is out. */
int system_reserve(struct system *system, size_t atoms, size_t rows, size_t terms, struct error *error);

/* A new atom, or a new row without terms; the index, or SYSTEM_NONE with the error set when memory is out. Terms go to the
   last row. */
size_t system_atom(struct system *system, int64_t count, struct error *error);
size_t system_row(struct system *system, enum row_kind kind, uint32_t cost, struct error *error);
int system_term(struct system *system, size_t atom, int sign, struct error *error);

/* Takes back the rows from the one of that number on, with their terms. */
void system_take_back(struct system *system, size_t row);

/* Makes a row whose value is a small count a target: it could be `threshold` or more, and its range is threshold − 1 wide. */
void system_target(struct row *row, int64_t value, int64_t threshold);

/* When all atoms, rows and terms are there: values, atoms that are 0 by a printed or known zero, and rows that are the same set.
   Rows that are the same share kind (known before cell before hidden), status, targets and costs. -1 with the error set when
   memory is out. */
int system_seal(struct system *system, struct error *error);

#endif
