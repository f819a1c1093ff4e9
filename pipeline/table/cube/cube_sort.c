/* The order of a cube: codes are sorted, then rows by counting the ranks of their codes, last dimension first. */
#include <stdlib.h>
#include <string.h>

#include "pipeline/base/number.h"
#include "pipeline/table/cube/cube_index.h"

struct ranked {
	const char *code;
	double number;
	bool is_number; /* false in every dimension that is not numeric */
	uint32_t index;
};

static int compare(const void *a, const void *b)
{
	const struct ranked *left = a, *right = b;
	if (left->is_number != right->is_number)
		return left->is_number ? -1 : 1;
	if (left->is_number && (left->number < right->number || left->number > right->number))
		return left->number < right->number ? -1 : 1;
	return strcmp(left->code, right->code);
}

static struct ranked rank_of(const struct cube *cube, size_t d, const char *code, uint32_t index)
{
	struct ranked ranked = { .code = code, .index = index };
	ranked.is_number = cube->table->dimension[d].numeric && number_read_decimal(code, strlen(code), &ranked.number);
	return ranked;
}

int cube_compare_codes(const struct cube *cube, size_t d, const char *a, const char *b)
{
	struct ranked left = rank_of(cube, d, a, 0), right = rank_of(cube, d, b, 0);
	return compare(&left, &right);
}

/* Sorts the codes of one dimension and carries the keys along; *changed when their order was another. */
static int sort_codes(struct cube *cube, size_t d, struct arena *scratch, bool *changed, struct error *error)
{
	struct cube_codes *codes = &cube->codes[d];
	size_t dimensions = cube->table->dimensions;
	struct ranked *list = arena_take(scratch, codes->count, sizeof *list, error);
	uint32_t *rank = arena_take(scratch, codes->count, sizeof *rank, error);
	if (list == NULL || rank == NULL)
		return -1;
	for (uint32_t i = 0; i < codes->count; i++)
		list[i] = rank_of(cube, d, codes->code[i], i);
	bool ascending = true;
	for (size_t i = 1; i < codes->count && ascending; i++)
		ascending = compare(&list[i - 1], &list[i]) < 0;
	if (ascending)
		return 0;
	*changed = true;
	qsort(list, codes->count, sizeof *list, compare);
	for (uint32_t i = 0; i < codes->count; i++) {
		codes->code[i] = list[i].code;
		rank[list[i].index] = i;
	}
	for (size_t row = 0; row < cube->rows; row++)
		cube->key[row * dimensions + d] = rank[cube->key[row * dimensions + d]];
	cube_index_codes(codes);
	return 0;
}

static bool rows_ascending(const struct cube *cube)
{
	size_t dimensions = cube->table->dimensions;
	for (size_t row = 1; row < cube->rows; row++) {
		const uint32_t *key = cube->key + row * dimensions, *before = key - dimensions;
		size_t d = 0;
		while (d + 1 < dimensions && before[d] == key[d])
			d++;
		if (before[d] > key[d])
			return false;
	}
	return true;
}

/* Puts into order[i] the row that belongs at position i. Rows that tie keep their order from one dimension to the next. */
static uint32_t *row_order(const struct cube *cube, struct arena *scratch, struct error *error)
{
	size_t dimensions = cube->table->dimensions;
	uint32_t *order = arena_take(scratch, cube->rows, sizeof *order, error);
	uint32_t *other = arena_take(scratch, cube->rows, sizeof *other, error);
	if (order == NULL || other == NULL)
		return NULL;
	for (uint32_t row = 0; row < cube->rows; row++)
		order[row] = row;
	for (size_t d = dimensions; d-- > 0;) {
		size_t *place = arena_take(scratch, cube->codes[d].count + 1, sizeof *place, error);
		if (place == NULL)
			return NULL;
		for (size_t row = 0; row < cube->rows; row++)
			place[cube->key[row * dimensions + d] + 1]++;
		for (size_t code = 1; code < cube->codes[d].count; code++)
			place[code] += place[code - 1];
		for (size_t i = 0; i < cube->rows; i++)
			other[place[cube->key[order[i] * dimensions + d]]++] = order[i];
		uint32_t *swap = order;
		order = other;
		other = swap;
	}
	return order;
}

static void copy_row(struct cube *cube, size_t to, size_t from)
{
	size_t dimensions = cube->table->dimensions, measures = cube->table->measures;
	memcpy(cube->key + to * dimensions, cube->key + from * dimensions, dimensions * sizeof *cube->key);
	memcpy(cube->cell + to * measures, cube->cell + from * measures, measures * sizeof *cube->cell);
}

/* Moves every row to its place, cycle by cycle; `order` is used up. */
static void move_rows(struct cube *cube, uint32_t *order)
{
	size_t dimensions = cube->table->dimensions, measures = cube->table->measures;
	uint32_t key[TABLE_DIMENSIONS];
	struct cell cell[TABLE_MEASURES];
	for (uint32_t start = 0; start < cube->rows; start++) {
		if (order[start] == start)
			continue;
		memcpy(key, cube->key + start * dimensions, dimensions * sizeof *key);
		memcpy(cell, cube->cell + start * measures, measures * sizeof *cell);
		uint32_t to = start;
		while (order[to] != start) {
			uint32_t from = order[to];
			copy_row(cube, to, from);
			order[to] = to;
			to = from;
		}
		order[to] = to;
		memcpy(cube->key + to * dimensions, key, dimensions * sizeof *key);
		memcpy(cube->cell + to * measures, cell, measures * sizeof *cell);
	}
}

int cube_sort(struct cube *cube, struct error *error)
{
	int result = -1;
	bool changed = false;
	struct arena *scratch = arena_new(error);
	if (scratch == NULL)
		return -1;
	for (size_t d = 0; d < cube->table->dimensions; d++)
		if (sort_codes(cube, d, scratch, &changed, error) != 0)
			goto end;
	if (!rows_ascending(cube)) {
		uint32_t *order = row_order(cube, scratch, error);
		if (order == NULL)
			goto end;
		move_rows(cube, order);
		changed = true;
	}
	result = 0;
end:
	if (changed) /* also after a failure: the index follows the codes that were sorted */
		cube_index_rows(cube);
	arena_free(scratch);
	return result;
}
