/* Frequency tables of any kind: persons counted by classes, groups of codes, and the tables wanted of them. */
#ifndef FINSAMSTAT_STAGES_PROTECT_FREQUENCY_H
#define FINSAMSTAT_STAGES_PROTECT_FREQUENCY_H

#include "pipeline/table/request.h"
#include "stages/protect/system.h"

#define FREQUENCY_TOTAL "TOTAL"

/* The codes of one dimension, bytewise: those of the file, the groups, and TOTAL. Each is a set of the file's codes. */
struct frequency_dimension {
	size_t leaves;         /* codes of the file */
	const char **leaf;
	size_t codes;          /* all, sorted bytewise, TOTAL last */
	const char **code;
	size_t *first;         /* of each: its leaves are member[first[c]] … member[first[c + 1] − 1] */
	uint32_t *member;
};

/* Persons by classes: `count` of every combination of leaves, the last dimension fastest. */
struct frequency {
	struct arena *arena;
	const struct request *request;
	struct frequency_dimension dimension[REQUEST_DIMENSIONS];
	size_t classes;
	int64_t *count;
};

/* One wanted table over it: `codes` of each dimension (positions in frequency_dimension.code), cells with the last fastest. */
struct frequency_table {
	const char *name;
	size_t codes[REQUEST_DIMENSIONS];
	uint32_t *code[REQUEST_DIMENSIONS];
	size_t cells;
	size_t first_row; /* row of its first cell in the system */
};

/* Reads persons (a column a dimension, and `freq`; other columns are an error) and groups (dim,parent,child; NULL without).
   Combinations that stand twice add up. -1 with the error set: EXIT_DATA with file and line, or EXIT_IO. */
int frequency_read(struct frequency *frequency, const struct request *request, const char *persons, const char *groups,
	struct arena *arena, struct error *error);

/* The tables in the order of the request, each with a row a cell in the new, sealed system: cells of 1 … threshold − 1 are
   withheld targets, so are the small differences of cells of which one contains the other. NULL with the error set. */
struct system *frequency_system(const struct frequency *frequency, int64_t threshold, struct frequency_table *tables,
	struct error *error);

/* Writes `table,<dimensions>,value`: withheld cells as "..", dimensions that a table lacks as TOTAL. */
int frequency_write(const struct frequency *frequency, const struct frequency_table *tables, const struct system *system,
	const char *path, struct error *error);

/* The files of one request; groups may be NULL. `out` must not exist. */
struct frequency_files {
	const char *persons, *tables, *groups, *out;
};

/* Cells of all tables, a cell that stands in two counted twice. */
struct frequency_account {
	size_t cells, small, complementary;
	size_t changed; /* rounding: cells with another count than before; the furthest that one moved, and the mean of all */
	int64_t furthest;
	double mean;
};

/* Reads, protects, writes. -1 with the error set. */
int frequency_protect(const struct frequency_files *files, int64_t threshold, struct frequency_account *account, struct arena *arena,
	struct error *error);

/* The same with counts rounded instead of withheld: classes of 1 … threshold − 1 persons become 0 or threshold, as few of them as it
   takes until no cell, no difference of two cells of which one holds the other, and no class that additions and subtractions of cells
   give is 1 … threshold − 1. Every cell has a value, and all tables add up. frequency_round.c. */
int frequency_round(const struct frequency_files *files, int64_t threshold, struct frequency_account *account, struct arena *arena,
	struct error *error);

#endif
