/* Dense tables of whole numbers: see tally.h. */
#include "stages/malgrupp/tally.h"

#include <string.h>

#include "pipeline/table/cube/cube_index.h"

/* Gives a dimension the next place outwards in memory. */
static int add_dimension(struct tally *tally, size_t d, const struct tally_codes *codes, struct error *error)
{
	tally->codes[d] = *codes;
	tally->size[d] = codes->count + (tally->table->dimension[d].total ? 1 : 0);
	tally->stride[d] = tally->numbers;
	if (__builtin_mul_overflow(tally->numbers, tally->size[d], &tally->numbers))
		return error_set(error, EXIT_IO, "out of memory");
	return 0;
}

int tally_init(struct tally *tally, const struct table *table, const struct tally_codes *codes, size_t values,
	struct arena *arena, struct error *error)
{
	*tally = (struct tally){ .table = table, .values = values, .numbers = values };
	for (int outer = 0; outer < 2; outer++)
		for (size_t d = table->dimensions; d-- > 0;)
			if (codes[d].outer == (outer != 0) && add_dimension(tally, d, &codes[d], error) != 0)
				return -1;
	tally->number = arena_take(arena, tally->numbers, sizeof *tally->number, error);
	return tally->number == NULL ? -1 : 0;
}

int64_t *tally_cell(const struct tally *tally, const size_t *at)
{
	int64_t *number = tally->number;
	for (size_t d = 0; d < tally->table->dimensions; d++)
		number += at[d] * tally->stride[d];
	return number;
}

void tally_join(struct tally *tally, const struct tally *other)
{
	for (size_t i = 0; i < tally->numbers; i++)
		tally->number[i] += other->number[i];
}

/* Along one dimension: the numbers of a position are `stride` in a row, all positions stride·size. */
static void total_dimension(struct tally *tally, size_t d)
{
	size_t stride = tally->stride[d], all = stride * tally->size[d], last = tally->size[d] - 1;
	for (size_t from = 0; from < tally->numbers; from += all) {
		int64_t *part = tally->number + from, *total = part + last * stride;
		for (size_t p = 0; p < last; p++)
			for (size_t i = 0; i < stride; i++)
				total[i] += part[p * stride + i];
	}
}

void tally_total(struct tally *tally)
{
	for (size_t d = 0; d < tally->table->dimensions; d++)
		if (tally->table->dimension[d].total)
			total_dimension(tally, d);
}

void tally_fill_numbers(struct cube *cube, size_t row, const size_t *at, const int64_t *number, const void *context)
{
	(void)at;
	(void)context;
	for (size_t m = 0; m < cube->table->measures; m++)
		cube_set(cube, row, m, (double)number[m]);
}

void tally_fill_missing(struct cube *cube, size_t row, const size_t *at, const int64_t *number, const void *context)
{
	(void)at;
	(void)number;
	(void)context;
	for (size_t m = 0; m < cube->table->measures; m++)
		cube_set_missing(cube, row, m);
}

/* The positions of each dimension in the order of their codes, in which the rows of a table stand: a cube filled so need not be sorted. */
struct walk {
	const struct tally *tally;
	size_t *position[TABLE_DIMENSIONS];
	uint32_t *code[TABLE_DIMENSIONS]; /* their indices in the cube */
	size_t step[TABLE_DIMENSIONS];    /* where the walk is */
	const int64_t *line;              /* the cells along the last dimension: its position 0 */
};

static const char *code_at(const struct tally *tally, size_t d, size_t position)
{
	return position < tally->codes[d].count ? tally->codes[d].code[position] : CUBE_TOTAL;
}

/* Puts the codes into the cube. */
static int begin_walk(struct walk *walk, const struct tally *tally, struct cube *cube, struct arena *arena, struct error *error)
{
	*walk = (struct walk){ .tally = tally };
	for (size_t d = 0; d < tally->table->dimensions; d++) {
		size_t *position = arena_take(arena, tally->size[d], sizeof *position, error);
		uint32_t *code = arena_take(arena, tally->size[d], sizeof *code, error);
		if (position == NULL || code == NULL)
			return -1;
		for (size_t p = 0; p < tally->size[d]; p++) { /* mostly in order already */
			size_t at = p;
			for (; at > 0 && strcmp(code_at(tally, d, position[at - 1]), code_at(tally, d, p)) > 0; at--)
				position[at] = position[at - 1];
			position[at] = p;
		}
		for (size_t i = 0; i < tally->size[d]; i++)
			if ((code[i] = cube_code(cube, d, code_at(tally, d, position[i]), error)) == UINT32_MAX)
				return -1;
		walk->position[d] = position;
		walk->code[d] = code;
	}
	return 0;
}

/* The cell that the walk is at. */
static void look(const struct walk *walk, size_t *at, uint32_t *key)
{
	for (size_t d = 0; d < walk->tally->table->dimensions; d++) {
		at[d] = walk->position[d][walk->step[d]];
		key[d] = walk->code[d][walk->step[d]];
	}
}

/* The line of cells that the walk is at. */
static void find_line(struct walk *walk)
{
	const struct tally *tally = walk->tally;
	walk->line = tally->number;
	for (size_t d = 0; d + 1 < tally->table->dimensions; d++)
		walk->line += walk->position[d][walk->step[d]] * tally->stride[d];
}

/* To the next line. False at the end. */
static bool next_line(struct walk *walk)
{
	walk->step[walk->tally->table->dimensions - 1] = 0;
	for (size_t d = walk->tally->table->dimensions - 1; d-- > 0;) {
		if (++walk->step[d] < walk->tally->size[d])
			return true;
		walk->step[d] = 0;
	}
	return false;
}

/* Whether the walk is at a margin. */
static bool is_margin(const struct walk *walk)
{
	const struct tally *tally = walk->tally;
	bool margin = false;
	for (size_t d = 0; d < tally->table->dimensions; d++)
		if (tally->table->dimension[d].total) {
			margin = walk->position[d][walk->step[d]] == tally->codes[d].count;
			if (!margin)
				return false;
		}
	return margin;
}

static bool is_nothing(const struct tally *tally, const int64_t *number)
{
	for (size_t v = 0; v < tally->values; v++)
		if (number[v] != 0)
			return false;
	return true;
}

/* Rows that the cube has at most: cells that are not 0, and margins. */
static size_t most_rows(const struct tally *tally)
{
	size_t rows = 1;
	for (size_t d = 0; d < tally->table->dimensions; d++)
		rows *= tally->table->dimension[d].total ? 1 : tally->size[d];
	for (size_t i = 0; i < tally->numbers; i += tally->values) {
		bool any = false;
		for (size_t v = 0; v < tally->values; v++)
			any |= tally->number[i + v] != 0;
		rows += any;
	}
	return rows;
}

/* Adds the rows of the line that the walk is at. Most cells are nothing. */
static int add_line(struct walk *walk, struct cube *cube, tally_fill *fill, const void *context, struct error *error)
{
	const struct tally *tally = walk->tally;
	size_t last = tally->table->dimensions - 1, *step = &walk->step[last];
	for (*step = 0; *step < tally->size[last]; ++*step) {
		const int64_t *number = walk->line + walk->position[last][*step] * tally->stride[last];
		size_t at[TABLE_DIMENSIONS];
		uint32_t key[TABLE_DIMENSIONS];
		if (is_nothing(tally, number) && !is_margin(walk))
			continue;
		look(walk, at, key);
		size_t row = cube_append(cube, key, error); /* no cell comes twice */
		if (row == CUBE_NO_ROW)
			return -1;
		fill(cube, row, at, number, context);
	}
	return 0;
}

struct cube *tally_cube(const struct tally *tally, tally_fill *fill, const void *context, struct arena *arena,
	struct error *error)
{
	struct walk walk;
	struct cube *cube = cube_new(tally->table, arena, error);
	if (cube == NULL || begin_walk(&walk, tally, cube, arena, error) != 0 || cube_reserve(cube, most_rows(tally), error) != 0)
		return NULL;
	for (bool more = tally->numbers > 0; more; more = next_line(&walk)) {
		find_line(&walk);
		if (add_line(&walk, cube, fill, context, error) != 0)
			return NULL;
	}
	return cube;
}
