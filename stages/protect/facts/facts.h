/* What a reader knows to hold between the counts of a run's tables: which cells are the same set, what adds up, what lies
   within what. Stated as a system (system.h) whose atoms are the cells themselves and the classes that no table prints. */
#ifndef FINSAMSTAT_STAGES_PROTECT_FACTS_FACTS_H
#define FINSAMSTAT_STAGES_PROTECT_FACTS_FACTS_H

#include "stages/protect/engine/system.h"
#include "stages/protect/tables.h"

#define FACTS_CLASS_LISTS 4
#define FACTS_CROSSED_MOST 50 /* persons of a kommun in a month whose classes are told apart: docs/method.md, 13 */

struct class_fact;

/* The classes of a table's rows that it does not print. */
struct facts_class_list {
	const struct class_fact *fact;
	size_t table, count; /* classes of a row */
	const size_t *atom;  /* rows × count */
};

/* A class that no table prints: of the persons of a month, in this row of m06 (kommun, kön and age, and the first of the combination's parts), those of a
   combination; of the persons of a year, in this row of m01, m04 or m05 (kommun and kön), those of an age, and in a row of m04 those who never changed
   and were at these parts all the time, without an atom. Or of the participations of an approved period:
   those of this row of i02 or i08 who were still there when it ended and the next began; then without a dimension. */
struct facts_crossing {
	size_t atom, table, row;
	const char *dimension, *code; /* "kombination" or "aldersgrupp" */
};

struct facts {
	struct system *system;
	uint32_t *set[TABLES_MOST]; /* rows × measures: 1 + the row of the system that the cell is; 0: no count, or 0 */
	size_t sets; /* the first rows of the system, and its first atoms, are the sets; the other atoms are classes */
	size_t class_lists;
	struct facts_class_list class_list[FACTS_CLASS_LISTS];
	size_t crossings, crossing_room;
	struct facts_crossing *crossing;
	size_t ages, age_room;
	struct facts_crossing *age; /* of each group of the system's wholes (most.h): an age or a set of parts */
};

/* The counts of all tables as they stand, cells withheld so far as such, and everything known to hold between them. Small counts
   (1 … minimum − 1) and small differences between a whole and its part are targets; a count of 1 is a person who knows it.
   The system is sealed. NULL with the error set when memory is out. */
struct facts *facts_new(struct tables *tables, int64_t minimum, struct error *error);

/* Calls for every place of every atom: the counts of all tables that are a set, then the classes; `cell` is their number (found.h);
   that of a crossing is its place in the list, behind all of them, and behind these that of an age. */
void facts_places(const struct facts *facts, const struct tables *tables, void (*meet)(void *context, size_t atom, size_t cell), void *context);

/* Withholds in the tables what is withheld in the system, and known targets that no approved run printed; marks (tables->fixed) the cells of targets for
   which the rows' `raised` and `lowered` show no table: what is known fixes them. -1 with the error set when memory is out. */
int facts_write(const struct facts *facts, struct tables *tables, struct error *error);

#endif
