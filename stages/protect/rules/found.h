/* The other tables that the rules found (witness.h), as changes of cells: what the engine begins with (engine.h). */
#ifndef FINSAMSTAT_STAGES_PROTECT_RULES_FOUND_H
#define FINSAMSTAT_STAGES_PROTECT_RULES_FOUND_H

#include <stddef.h>
#include <stdint.h>

#include "pipeline/base/arena.h"
#include "pipeline/base/error.h"

/* A cell, by its number (found_numbers), and what a table makes of it beside the true one. */
struct found_change {
	uint32_t cell;
	int32_t change;
};

/* Tables in the order in which they were found: table i has the changes from end[i − 1] (of the first: 0) to end[i] − 1. */
struct found {
	struct arena *arena;
	size_t tables, table_room;
	size_t *end;
	size_t changes, change_room;
	struct found_change *change;
	size_t programs; /* linear programs that were solved for them */
	size_t needs;   /* cells and differences that tables were looked for */
	size_t unmet;   /* of them those that none shows to be as open as they must be */
	size_t exposed; /* of them those that a person who forms another cell alone might narrow */
};

/* A change of the table that is being found; the table is finished. -1 with the error set when memory is out. */
int found_change(struct found *found, uint32_t cell, int64_t change, struct error *error);
int found_finish(struct found *found, struct error *error);

/* Puts the tables of another list behind those that are there. -1 with the error set when memory is out. */
int found_append(struct found *found, const struct found *other, struct error *error);

struct tables;

/* The numbers of a table's cells: first + row × columns + column. The columns are its measures, and behind them the classes that it does not print
   (facts_list.h). Behind the last table (`table`: how many there are) `first` is the number of all cells. */
struct found_numbers {
	size_t first, columns;
};
struct found_numbers found_numbers(const struct tables *tables, size_t table);

/* The class of a table's rows that it does not print, as a column; SIZE_MAX when it has none of that name. */
size_t found_class(const struct tables *tables, size_t table, const char *class);

#endif
