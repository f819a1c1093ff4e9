/* Frequency tables of any kind: persons counted by classes, groups of codes, and the tables wanted of them. */
#ifndef FINSAMSTAT_STAGES_PROTECT_FREQUENCY_FREQUENCY_H
#define FINSAMSTAT_STAGES_PROTECT_FREQUENCY_FREQUENCY_H

#include "pipeline/table/csv/csv_write.h"
#include "pipeline/table/schema/request.h"
#include "stages/protect/engine/system.h"

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

struct frequency_past;

/* The tables in the order of the request, each with a row a cell in the new, sealed system: cells of 1 … threshold − 1 are
   withheld targets, so are the small differences of cells of which one contains the other. With `past` (NULL without), what it
   printed is known and what it withheld is withheld and, small, a target, in whatever tables; for rounded counts it adds cells alone (frequency_past_bind). NULL with the error set. */
struct system *frequency_system(const struct frequency *frequency, int64_t threshold, const struct frequency_past *past,
	struct frequency_table *tables, struct error *error);

/* A hidden row, a target, for what the codes that a table lists within a listed one leave of it, where that is 1 … threshold − 1 persons of
   at least `threshold`: the total less its parts tells the class that is not listed. -1 with the error set. frequency_rest.c. */
int frequency_rests(const struct frequency *frequency, struct frequency_table *const *tables, struct system *system, int64_t threshold,
	struct error *error);

/* A cell with 1 … threshold − 1 persons is withheld, and a target. */
void frequency_target(struct row *row, int64_t threshold);

/* Writes `table,<dimensions>,value`: withheld cells as "..", dimensions that a table lacks as TOTAL. */
int frequency_write(const struct frequency *frequency, const struct frequency_table *tables, const struct system *system,
	const char *path, struct error *error);

/* The parts of it: the file with its header, the codes of a cell, its line. */
int frequency_begin(const struct frequency *frequency, const char *path, struct csv_writer **writer, struct error *error);
void frequency_codes(const struct frequency *frequency, const struct frequency_table *table, size_t cell, uint32_t *code);
void frequency_line(const struct frequency *frequency, const struct frequency_table *table, const uint32_t *code, int64_t value,
	bool withheld, struct csv_writer *writer);

/* The files of one request; groups and ledger, what was published before, may be NULL. `out` must not exist. */
struct frequency_files {
	const char *persons, *tables, *groups, *ledger, *out;
};

/* Cells of all tables, a cell that stands in two counted twice. */
struct frequency_account {
	size_t cells, small, complementary;
	bool stands;    /* the ledger's figures stand, since the changes may not be told; cells that it lacks are left out: */
	size_t lacking;
	size_t stuck;   /* small counts that what the ledger prints gives away */
	size_t changed; /* rounding: cells with another count than before; the furthest that one moved, and the mean of all */
	int64_t furthest;
	double mean;
};

/* Writes the figures of the ledger once more. -1 with the error set. */
int frequency_stand(const struct frequency_past *past, const char *out, struct frequency_account *account, struct error *error);

/* Reads, protects, writes. -1 with the error set. */
int frequency_protect(const struct frequency_files *files, int64_t threshold, struct frequency_account *account, struct arena *arena,
	struct error *error);

/* The same with counts rounded instead of withheld: classes of 1 … threshold − 1 persons become 0 or threshold, as few of them as it
   takes until no cell, no difference of two cells of which one holds the other, and no class that additions and subtractions of cells
   give is 1 … threshold − 1. Every cell has a value, and all tables add up. What a ledger printed of counts that are the same or near to it is
   printed again; where the rounding now would be another, the ledger's figures stand, all of them. frequency_round.c. */
int frequency_round(const struct frequency_files *files, int64_t threshold, struct frequency_account *account, struct arena *arena,
	struct error *error);

#endif
