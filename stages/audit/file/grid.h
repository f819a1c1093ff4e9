/* Frequency tables over common dimensions, as a reader has them: counts known, counts withheld, and what they are made of. */
#ifndef FINSAMSTAT_STAGES_AUDIT_FILE_GRID_H
#define FINSAMSTAT_STAGES_AUDIT_FILE_GRID_H

#include "stages/audit/file/codes.h"
#include "stages/audit/ranges/knowledge.h"

#define GRID_DIMENSIONS 32

/* Why figures of a file may seem to contradict one another, and the way out. */
#define GRID_HINT "name groups of codes, and codes that no table shows (DIM,TOTAL,CODE), in the hierarchy"

/* A set of persons: one code a dimension. Codes with the same leaves are one, so that a set is one cell in every table. */
struct grid_cell {
	bool known;        /* published in some table, or a combination that does not occur: 0 */
	bool withheld;     /* withheld in some table */
	int64_t value;     /* when known */
	size_t variable;   /* when not known */
};

/* A row of a table. */
struct grid_row {
	size_t table, cell;
	bool withheld;
	const uint32_t *code; /* one a dimension, as the table has it */
};

struct grid_table {
	const char *name;
	uint64_t dimensions; /* a bit for each in which it has another code than TOTAL */
	bool *uses[GRID_DIMENSIONS]; /* which codes it has */
};

struct grid {
	struct arena *arena;
	const char *file;
	size_t dimensions;
	struct codes *codes; /* one a dimension */
	size_t tables, table_room;
	struct grid_table *table;
	size_t rows, row_room;
	struct grid_row *row;
	size_t cells, cell_room, key_room;
	size_t shown;        /* cells of tables; those behind are parts that no table has */
	struct grid_cell *cell;
	uint32_t *key;       /* cells × dimensions */
	uint32_t *slot;
	size_t slots;
	struct knowledge *knowledge;
};

/* An empty grid of the tables of a file (named in errors) over `dimensions` whose codes the caller has begun and fills. NULL with the error set. */
struct grid *grid_new(const char *file, struct codes *codes, size_t dimensions, struct arena *arena, struct error *error);

/* Index of a table, added if new. SIZE_MAX with the error set. */
size_t grid_table(struct grid *grid, const char *name, size_t length, struct error *error);

/* Adds a row. `code` (one a dimension) must live as long as the grid; its codes may still be without sets. */
int grid_row(struct grid *grid, size_t table, const uint32_t *code, bool withheld, int64_t value, struct error *error);

/* After all rows: finishes the codes, joins equal sets, adds the combinations that do not occur, and states in grid->knowledge
   what holds between the cells. -1 with the error set: EXIT_DATA when two rows of one set have different values, or the
   tables are too large. */
int grid_finish(struct grid *grid, struct error *error);

/* The cell of a row's set; SIZE_MAX when no table has it. `code` as in grid_row. */
size_t grid_find(const struct grid *grid, const uint32_t *code);

#endif
