/* What an earlier publication of the same kind of tables told: the file of protect-tables --ledger. */
#ifndef FINSAMSTAT_STAGES_PROTECT_FREQUENCY_FREQUENCY_PAST_H
#define FINSAMSTAT_STAGES_PROTECT_FREQUENCY_FREQUENCY_PAST_H

#include "stages/protect/frequency/frequency.h"

#define FREQUENCY_WITHHELD (-1)

struct frequency_past {
	const struct frequency *frequency;
	size_t cells, room;
	uint32_t *code;    /* cells × dimensions: positions of codes; UINT32_MAX of one that no person has now */
	int64_t *value;    /* as it was printed, or FREQUENCY_WITHHELD */
	size_t *row;       /* of each cell in the system, once frequency_past_add has made it; SIZE_MAX without */
	size_t slots;
	uint32_t *slot;    /* 1 + number of the cell; 0 free */
	bool *bound;       /* by cell, for rounded counts: its figure must stand; NULL otherwise */
	size_t bounds;     /* so many */
	bool stands;       /* the persons changed in a way that may not be told: the earlier figures stand */
};

/* Reads `table,<dimensions>,value`, the dimensions those of the request in any order, values whole or "..". A set of codes that stands in
   two tables must have one value. Earlier figures stand when one of them changed by 1 … threshold − 1, or changed and is small now, or
   was withheld and is 0 now. -1 with the error set: EXIT_DATA with file and line, or EXIT_IO. */
int frequency_past_read(struct frequency_past *past, const struct frequency *frequency, const char *path, int64_t threshold,
	struct error *error);

/* For rounded counts: finds the cells whose figure must be the same again, all but those that changed by `threshold` or more however far a
   rounding moved each of their classes. Earlier figures stand when one of them was withheld, or has a class that is gone. -1 with the
   error set when memory is out. */
int frequency_past_bind(struct frequency_past *past, int64_t threshold, struct error *error);

/* What the file has for a set of codes; false when it has nothing. */
bool frequency_past_find(const struct frequency_past *past, const uint32_t *code, int64_t *value);

/* Adds to the system a known row for every printed figure of the file that is the same now, and a withheld cell, a target where it is
   small, for every withheld one: the tables wanted now may lack it and tell of it all the same. For rounded counts it adds a cell, the last
   rows of the system, for every one that is bound, in their order. -1 with the error set. */
int frequency_past_add(const struct frequency_past *past, struct system *system, int64_t threshold, struct error *error);

/* Writes the tables as frequency_write does with the figures of the file; *lacking: cells that it lacks, which are left out. */
int frequency_past_write(const struct frequency_past *past, const struct frequency_table *tables, const char *path, size_t *lacking,
	struct error *error);

#endif
