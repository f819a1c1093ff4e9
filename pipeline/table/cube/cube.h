/* A cube: one aggregated table with its dimensions, totals, measures and a status per cell. Every statistic becomes a
   cube; protection works on the set of cubes; every output format prints a cube.

   On disk a cube is the table file of docs/manual.md: the dimension columns, then matt,varde,status; or, where the path ends in .cube,
   packed: a file that stages alone read, in a tenth of the time, and in which a checksum tells any damage. */
#ifndef FINSAMSTAT_TABLE_CUBE_H
#define FINSAMSTAT_TABLE_CUBE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pipeline/base/arena.h"
#include "pipeline/base/error.h"
#include "pipeline/table/schema/schema.h"

#define CUBE_TOTAL "TOT"

enum cell_status {
	CELL_PUBLISHED, /* has a value */
	CELL_PROTECTED, /* skyddad: withheld by disclosure control */
	CELL_MISSING    /* saknas: cannot be computed */
};

struct cell {
	enum cell_status status;
	bool earlier;     /* tidigare: published, with the figure of an approved run, since its change may not be told */
	double number;    /* 0 where the measure holds a text (schema.h) */
	const char *text; /* only there, and never NULL there: "" is no text */
};

/* Codes of one dimension that occur in the cube, in the order of cube_code calls (bytewise, or as numbers, after
   cube_sort and cube_read). */
struct cube_codes {
	size_t count, capacity;
	const char **code;
	uint32_t total; /* index of TOT; UINT32_MAX when it does not occur */
	uint32_t *slot; /* hash index, private */
	size_t slots;
};

struct cube {
	const struct table *table;
	struct arena *arena;
	struct cube_codes codes[TABLE_DIMENSIONS];
	size_t rows, capacity;
	uint32_t *key;     /* rows × dimensions: index of the code in codes[dimension] */
	struct cell *cell; /* rows × measures */
	uint32_t *slot;    /* index of the rows, private: by hash, or directly by the codes where few combinations lack a row */
	size_t slots;
	bool direct;
};

/* An empty cube of the table, in the arena. NULL with the error set when memory is out. */
struct cube *cube_new(const struct table *table, struct arena *arena, struct error *error);

/* Index of `code` in dimension d, added (copied) if new. UINT32_MAX with the error set when memory is out. */
uint32_t cube_code(struct cube *cube, size_t d, const char *code, struct error *error);

/* Index of `code` in dimension d; UINT32_MAX when it does not occur. */
uint32_t cube_find_code(const struct cube *cube, size_t d, const char *code);
uint32_t cube_find_code_of(const struct cube *cube, size_t d, const char *code, size_t length);

#define CUBE_NO_ROW SIZE_MAX

/* The row with these codes (one index a dimension), added with value 0 in every measure if new.
   CUBE_NO_ROW with the error set when memory is out. */
size_t cube_row(struct cube *cube, const uint32_t *key, struct error *error);

/* The same with codes as text, one a dimension. */
size_t cube_row_named(struct cube *cube, const char *const *codes, struct error *error);

/* The row, or CUBE_NO_ROW when the combination does not occur; an index beyond the codes (UINT32_MAX) occurs nowhere. */
size_t cube_find(const struct cube *cube, const uint32_t *key);
size_t cube_find_named(const struct cube *cube, const char *const *codes);

/* Code of row r in dimension d. */
const char *cube_code_of(const struct cube *cube, size_t row, size_t d);
bool cube_is_total(const struct cube *cube, size_t row, size_t d);

/* The cell of a row and a measure (position in the table's list). */
struct cell *cube_cell(const struct cube *cube, size_t row, size_t measure);

/* The status as table files have it: "", "tidigare", "skyddad", "saknas". */
const char *cube_status(const struct cell *cell);

/* Position of a measure by name; aborts when the table lacks it (a programming error). */
size_t cube_measure(const struct cube *cube, const char *name);

/* Setters: a number (NAN and infinities become CELL_MISSING), a text (lent: must live as long as the cube), or missing.
   cube_add adds to the number of a published cell and leaves any other as it is. */
void cube_set(struct cube *cube, size_t row, size_t measure, double number);
void cube_add(struct cube *cube, size_t row, size_t measure, double number);
void cube_set_text(struct cube *cube, size_t row, size_t measure, const char *text);
void cube_set_missing(struct cube *cube, size_t row, size_t measure);

/* Adds `number` to measure m of the row `key` and of every row in which any of its starred dimensions is TOT instead
   (2^starred rows). `key` holds no TOT itself. Sorted input is not needed. For additive measures. */
int cube_add_margins(struct cube *cube, const uint32_t *key, size_t measure, double number, struct error *error);

/* Puts codes and rows in order: bytewise by the dimension columns; where the dimension is numeric, numbers by value and
   then what is no number. Indices of codes and rows change. Linear in the rows; -1 with the error set when memory is
   out. */
int cube_sort(struct cube *cube, struct error *error);

/* Sorts, drops rows that are 0 in every number, hold no text and nothing missing or protected and are no margin, and
   writes the file with full precision (17 digits): every measure of every row that is kept. A margin has TOT in
   every starred dimension, so a table without any loses no row. The rows stay in the cube. The file must not exist.
   -1 with the error set (EXIT_IO). */
int cube_write(struct cube *cube, const char *path, struct error *error);

/* Reads a table file written by cube_write. The measures of a row that stand in no line are 0. Sorted. NULL with the error
   set: EXIT_IO when it cannot be read; EXIT_DATA when a column, measure, value or status is not one of the table's, a
   line stands twice or apart from the other lines of its row. A packed cube that is damaged, or of another table: EXIT_IO. */
struct cube *cube_read(const struct table *table, const char *path, struct arena *arena, struct error *error);

/* The lines that a packed cube has as a table file, but for the first. -1 with the error set (EXIT_IO). */
int cube_packed_lines(const char *path, unsigned long long *lines, struct error *error);

#endif
