/* Sums between the cells of linked tables: see grid_sums.h.

   Tables are cut into blocks of dimensions so that what the tables say together is what they say within each block, plus equal
   margins where blocks meet: a table that meets the others in dimensions that one other table has whole (an "ear") is a block
   of its own; what is left when no ear is left is one block. Counts that agree on the margins of such a chain of blocks always
   belong to some count of persons (Vorob'ev 1962; Lauritzen 1996, section 3.1), so nothing is lost by it.

   Every cell of a block is stated once, as the sum of finer ones: of those of the tables where they have them, of atoms
   (combinations of leaves) where they do not. Other sums follow from these. */
#include "stages/audit/file/grid_sums.h"

#include <string.h>

#define ATOMS ((size_t)1 << 22) /* most cells that no table shows */

/* One sum being stated. */
struct statement {
	struct grid *grid;
	uint64_t block;
	size_t stated;  /* cells to be stated: of the tables and where blocks meet; those behind are atoms */
	int64_t known;  /* sum of the known terms */
	size_t room, terms;
	size_t *variable;
};

static const struct code *code_of(const struct grid *grid, const uint32_t *key, size_t d)
{
	return &grid->codes[d].code[grid->codes[d].code[key[d]].same];
}

static bool in_block(uint64_t block, size_t d)
{
	return (block >> d & 1) != 0;
}

static bool is_atom(const struct grid *grid, const uint32_t *key, uint64_t block)
{
	for (size_t d = 0; d < grid->dimensions; d++)
		if (in_block(block, d) && code_of(grid, key, d)->leaves > 1)
			return false;
	return true;
}

/* How many terms a set that no table shows would be: its atoms. */
static double atoms_of(const struct grid *grid, const uint32_t *key, uint64_t block)
{
	double atoms = 1;
	for (size_t d = 0; d < grid->dimensions; d++)
		if (in_block(block, d) && code_of(grid, key, d)->leaves > 1)
			atoms *= (double)code_of(grid, key, d)->leaves;
	return atoms;
}

/* The cut of a set along one dimension that takes the fewest terms. */
static const struct partition *best_cut(const struct grid *grid, const uint32_t *key, uint64_t block, size_t *dimension)
{
	const struct partition *best = NULL;
	double least = 0;
	uint32_t part[GRID_DIMENSIONS];
	for (size_t d = 0; d < grid->dimensions; d++) {
		const struct code *code = code_of(grid, key, d);
		for (size_t p = 0; in_block(block, d) && p < code->partitions; p++) {
			double terms = 0;
			memcpy(part, key, grid->dimensions * sizeof *part);
			for (size_t i = 0; i < code->partition[p].parts; i++) {
				part[d] = code->partition[p].part[i];
				size_t cell = grid_find(grid, part);
				if (cell == SIZE_MAX)
					terms += atoms_of(grid, part, block);
				else
					terms += grid->cell[cell].known ? 0.01 : 1;
			}
			if (best == NULL || terms < least) {
				best = &code->partition[p];
				least = terms;
				*dimension = d;
			}
		}
	}
	return best;
}

static int add_variable(struct statement *statement, size_t cell, struct error *error)
{
	struct grid *grid = statement->grid;
	struct grid_cell *place = &grid->cell[cell];
	if (place->known) {
		statement->known += place->value;
		return 0;
	}
	if (place->variable == KNOWLEDGE_NONE)
		place->variable = knowledge_variable(grid->knowledge, place->withheld ? 1 : 0, KNOWLEDGE_ENDLESS, error);
	size_t *variable = arena_grow(grid->arena, statement->variable, statement->terms, statement->terms + 1, &statement->room,
		sizeof *variable, error);
	if (place->variable == KNOWLEDGE_NONE || variable == NULL)
		return -1;
	statement->variable = variable;
	variable[statement->terms++] = place->variable;
	return 0;
}

static int add_parts(struct statement *statement, const uint32_t *key, struct error *error);

/* Adds a set as a term: a cell, a new atom, or its parts. */
static int add_set(struct statement *statement, const uint32_t *key, struct error *error)
{
	struct grid *grid = statement->grid;
	size_t cell = grid_find(grid, key);
	if (cell == SIZE_MAX && !is_atom(grid, key, statement->block))
		return add_parts(statement, key, error);
	if (cell == SIZE_MAX) {
		if (grid->cells - statement->stated > ATOMS)
			return error_set(error, EXIT_DATA, "the tables together have more than %zu combinations of codes that none of "
							   "them shows", ATOMS);
		cell = grid_cell(grid, key, error);
	}
	return cell == SIZE_MAX ? -1 : add_variable(statement, cell, error);
}

static int add_parts(struct statement *statement, const uint32_t *key, struct error *error)
{
	size_t d = 0;
	const struct partition *cut = best_cut(statement->grid, key, statement->block, &d);
	uint32_t part[GRID_DIMENSIONS];
	if (cut == NULL)
		return error_set(error, EXIT_BUG, "a set of several atoms has no parts");
	memcpy(part, key, statement->grid->dimensions * sizeof *part);
	for (size_t i = 0; i < cut->parts; i++) {
		part[d] = cut->part[i];
		if (add_set(statement, part, error) != 0)
			return -1;
	}
	return 0;
}

/* States a cell as the sum of its parts in a block. */
static int state_cell(struct statement *statement, size_t cell, struct error *error)
{
	struct grid *grid = statement->grid;
	uint32_t key[GRID_DIMENSIONS];
	memcpy(key, &grid->key[cell * grid->dimensions], grid->dimensions * sizeof *key);
	statement->known = 0;
	statement->terms = 0;
	if (add_parts(statement, key, error) != 0)
		return -1;
	bool known = grid->cell[cell].known;
	int64_t rest = (known ? grid->cell[cell].value : 0) - statement->known;
	size_t parts = statement->terms;
	if (!known && add_variable(statement, cell, error) != 0)
		return -1;
	if (statement->terms == 0)
		return rest == 0 ? 0 : error_set(error, EXIT_DATA, "%s: a published total is not the sum of its published parts: " GRID_HINT, grid->file);
	if (knowledge_sum(grid->knowledge, rest, rest, error) != 0)
		return -1;
	for (size_t i = 0; i < statement->terms; i++)
		if (knowledge_term(grid->knowledge, statement->variable[i], i < parts ? 1 : -1, error) != 0)
			return -1;
	return 0;
}

/* The dimensions in which the cell has another code than TOTAL. */
static uint64_t dimensions_of(const struct grid *grid, size_t cell)
{
	uint64_t set = 0;
	for (size_t d = 0; d < grid->dimensions; d++)
		if (grid->key[cell * grid->dimensions + d] != CODES_TOTAL)
			set |= UINT64_C(1) << d;
	return set;
}

/* Where two blocks meet, every combination of leaves of the common dimensions is a cell of both. */
static int add_meeting(struct grid *grid, uint64_t common, struct error *error)
{
	uint32_t code[GRID_DIMENSIONS] = { 0 };
	for (;;) {
		bool leaf = true;
		for (size_t d = 0; d < grid->dimensions; d++)
			leaf = leaf && (!in_block(common, d) || (grid->codes[d].code[code[d]].leaves <= 1 &&
				grid->codes[d].code[code[d]].same == code[d]));
		if (leaf && grid_cell(grid, code, error) == SIZE_MAX)
			return -1;
		size_t d = 0;
		while (d < grid->dimensions && (!in_block(common, d) || ++code[d] == grid->codes[d].count))
			code[d++] = 0;
		if (d == grid->dimensions)
			return 0;
	}
}

/* An ear among the sets still left: its index and, in *meets, the dimensions that it shares with another; SIZE_MAX when there
   is none. */
static size_t find_ear(const uint64_t *set, size_t count, uint64_t *meets)
{
	for (size_t e = 0; e < count; e++) {
		uint64_t others = 0;
		for (size_t o = 0; o < count; o++)
			others |= o == e ? 0 : set[o];
		*meets = set[e] & others;
		for (size_t o = 0; o < count; o++)
			if (o != e && (*meets & ~set[o]) == 0)
				return e;
	}
	return SIZE_MAX;
}

/* Cuts the tables' dimensions into blocks; adds the cells where blocks meet. */
static int find_blocks(struct grid *grid, uint64_t *block, size_t *blocks, struct error *error)
{
	uint64_t *set = arena_take(grid->arena, grid->tables + 1, sizeof *set, error), meets = 0;
	size_t count = 0, ear;
	if (set == NULL)
		return -1;
	for (size_t t = 0; t < grid->tables; t++)
		set[count++] = grid->table[t].dimensions;
	*blocks = 0;
	while (count > 1 && (ear = find_ear(set, count, &meets)) != SIZE_MAX) {
		if (meets != set[ear]) { /* else another table has all its dimensions */
			block[(*blocks)++] = set[ear];
			if (add_meeting(grid, meets, error) != 0)
				return -1;
		}
		set[ear] = set[--count];
	}
	uint64_t rest = 0;
	for (size_t i = 0; i < count; i++)
		rest |= set[i];
	block[(*blocks)++] = rest;
	return 0;
}

int grid_sums(struct grid *grid, struct error *error)
{
	uint64_t *block = arena_take(grid->arena, grid->tables + 1, sizeof *block, error);
	size_t blocks = 0;
	grid->knowledge = knowledge_new(grid->arena, error);
	grid->shown = grid->cells;
	if (block == NULL || grid->knowledge == NULL || find_blocks(grid, block, &blocks, error) != 0)
		return -1;
	struct statement statement = { .grid = grid, .stated = grid->cells };
	for (size_t b = 0; b < blocks; b++) {
		statement.block = block[b];
		size_t cells = statement.stated;
		for (size_t c = 0; c < cells; c++)
			if ((dimensions_of(grid, c) & ~block[b]) == 0 &&
				!is_atom(grid, &grid->key[c * grid->dimensions], block[b]) && state_cell(&statement, c, error) != 0)
				return -1;
	}
	for (size_t c = 0; c < statement.stated; c++) /* withheld, but in no sum: a table of one row */
		if (!grid->cell[c].known && grid->cell[c].variable == KNOWLEDGE_NONE &&
			(grid->cell[c].variable = knowledge_variable(grid->knowledge, 1, KNOWLEDGE_ENDLESS, error)) == KNOWLEDGE_NONE)
			return -1;
	return 0;
}
