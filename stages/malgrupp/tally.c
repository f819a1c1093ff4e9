/* Dense tables of whole numbers: see tally.h. */
#include "stages/malgrupp/tally.h"

#include "pipeline/table/cube_index.h"

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

/* Puts the codes into the cube: index[d][p] is that of position p. */
static int put_codes(const struct tally *tally, struct cube *cube, uint32_t *index[TABLE_DIMENSIONS], struct arena *arena,
	struct error *error)
{
	for (size_t d = 0; d < tally->table->dimensions; d++) {
		index[d] = arena_take(arena, tally->size[d], sizeof *index[d], error);
		if (index[d] == NULL)
			return -1;
		for (size_t p = 0; p < tally->size[d]; p++) {
			const char *code = p < tally->codes[d].count ? tally->codes[d].code[p] : CUBE_TOTAL;
			index[d][p] = cube_code(cube, d, code, error);
			if (index[d][p] == UINT32_MAX)
				return -1;
		}
	}
	return 0;
}

static bool is_kept(const struct tally *tally, const size_t *at, const int64_t *number)
{
	for (size_t v = 0; v < tally->values; v++)
		if (number[v] != 0)
			return true;
	bool margin = false;
	for (size_t d = 0; d < tally->table->dimensions; d++)
		if (tally->table->dimension[d].total) {
			margin = at[d] == tally->codes[d].count;
			if (!margin)
				return false;
		}
	return margin;
}

/* The next cell in the order of the table. */
static void step(const struct tally *tally, size_t *at)
{
	for (size_t d = tally->table->dimensions; d-- > 0;) {
		if (++at[d] < tally->size[d])
			return;
		at[d] = 0;
	}
}

struct cube *tally_cube(const struct tally *tally, tally_fill *fill, const void *context, struct arena *arena,
	struct error *error)
{
	uint32_t *index[TABLE_DIMENSIONS], key[TABLE_DIMENSIONS];
	size_t at[TABLE_DIMENSIONS] = { 0 };
	struct cube *cube = cube_new(tally->table, arena, error);
	if (cube == NULL || put_codes(tally, cube, index, arena, error) != 0)
		return NULL;
	for (size_t i = 0; i < tally->numbers; i += tally->values, step(tally, at)) {
		const int64_t *number = tally_cell(tally, at);
		if (!is_kept(tally, at, number))
			continue;
		for (size_t d = 0; d < tally->table->dimensions; d++)
			key[d] = index[d][at[d]];
		size_t row = cube_append(cube, key, error); /* no cell comes twice */
		if (row == CUBE_NO_ROW)
			return NULL;
		fill(cube, row, at, number, context);
	}
	return cube_index_appended(cube, error) == 0 ? cube : NULL;
}
