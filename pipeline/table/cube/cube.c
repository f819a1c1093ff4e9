/* Cubes in memory: codes and rows by hash, cells by row and measure. See cube.h; cube_sort.c orders them and cube_file.c
   reads and writes them. */
#include "pipeline/table/cube/cube.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pipeline/table/cube/cube_index.h"

#define FIRST_ROWS 64
#define FIRST_SLOTS 64

struct cube *cube_new(const struct table *table, struct arena *arena, struct error *error)
{
	struct cube *cube = arena_take(arena, 1, sizeof *cube, error);
	if (cube == NULL)
		return NULL;
	cube->table = table;
	cube->arena = arena;
	for (size_t d = 0; d < TABLE_DIMENSIONS; d++)
		cube->codes[d].total = UINT32_MAX;
	return cube;
}

/* FNV-1a, 64 bits. */
static uint64_t hash_code(const char *code, size_t length)
{
	uint64_t hash = 0xcbf29ce484222325;
	for (size_t i = 0; i < length; i++)
		hash = (hash ^ (unsigned char)code[i]) * 0x100000001b3;
	return hash ^ hash >> 32;
}

static uint64_t hash_key_of_row(const uint32_t *key, size_t dimensions)
{
	uint64_t hash = 0;
	for (size_t d = 0; d < dimensions; d++) {
		hash = (hash ^ key[d]) * 0x9e3779b97f4a7c15;
		hash ^= hash >> 32;
	}
	return hash;
}

/* Where the code stands in the index, or the free slot where it would. Slots hold index + 1; 0 is free. */
static size_t code_slot(const struct cube_codes *codes, const char *code, size_t length)
{
	size_t slot = hash_code(code, length) & (codes->slots - 1);
	while (codes->slot[slot] != 0) {
		const char *other = codes->code[codes->slot[slot] - 1];
		if (strncmp(other, code, length) == 0 && other[length] == '\0')
			break;
		slot = (slot + 1) & (codes->slots - 1);
	}
	return slot;
}

static size_t row_slot(const struct cube *cube, const uint32_t *key)
{
	size_t dimensions = cube->table->dimensions;
	if (cube->direct) {
		size_t slot = 0;
		for (size_t d = 0; d < dimensions; d++)
			slot = slot * cube->codes[d].count + key[d];
		return slot;
	}
	size_t slot = hash_key_of_row(key, dimensions) & (cube->slots - 1);
	while (cube->slot[slot] != 0 &&
		memcmp(cube->key + (size_t)(cube->slot[slot] - 1) * dimensions, key, dimensions * sizeof *key) != 0)
		slot = (slot + 1) & (cube->slots - 1);
	return slot;
}

void cube_index_codes(struct cube_codes *codes)
{
	codes->total = UINT32_MAX;
	if (codes->slots > 0)
		memset(codes->slot, 0, codes->slots * sizeof *codes->slot);
	for (uint32_t i = 0; i < codes->count; i++) {
		codes->slot[code_slot(codes, codes->code[i], strlen(codes->code[i]))] = i + 1;
		if (strcmp(codes->code[i], CUBE_TOTAL) == 0)
			codes->total = i;
	}
}

/* Combinations of the codes; SIZE_MAX when they are too many to be counted. */
static size_t combinations(const struct cube *cube)
{
	size_t product = 1;
	for (size_t d = 0; d < cube->table->dimensions; d++)
		if (__builtin_mul_overflow(product, cube->codes[d].count, &product))
			return SIZE_MAX;
	return product;
}

static void index_rows(struct cube *cube, bool direct)
{
	cube->direct = direct;
	memset(cube->slot, 0, cube->slots * sizeof *cube->slot);
	for (size_t row = 0; row < cube->rows; row++)
		cube->slot[row_slot(cube, cube->key + row * cube->table->dimensions)] = (uint32_t)row + 1;
}

void cube_index_rows(struct cube *cube)
{
	if (cube->slots > 0)
		index_rows(cube, combinations(cube) <= cube->slots);
}

/* Makes room for one more entry: the index is at most half full. -1 with the error set when memory is out. */
static int more_slots(uint32_t **slot, size_t *slots, size_t entries, struct arena *arena, struct error *error)
{
	if (entries >= UINT32_MAX / 2)
		return error_set(error, EXIT_BUG, "a cube of more than 2^31 rows or codes");
	size_t wanted = *slots > 0 ? 2 * *slots : FIRST_SLOTS;
	uint32_t *room = arena_take(arena, wanted, sizeof *room, error);
	if (room == NULL)
		return -1;
	*slot = room;
	*slots = wanted;
	return 0;
}

uint32_t cube_code_of_length(struct cube *cube, size_t d, const char *code, size_t length, struct error *error)
{
	struct cube_codes *codes = &cube->codes[d];
	if (2 * (codes->count + 1) > codes->slots) {
		if (more_slots(&codes->slot, &codes->slots, codes->count, cube->arena, error) != 0)
			return UINT32_MAX;
		cube_index_codes(codes);
	}
	size_t slot = code_slot(codes, code, length);
	if (codes->slot[slot] != 0)
		return codes->slot[slot] - 1;
	if (cube->direct) /* the place of each combination is another with one more code */
		index_rows(cube, false);
	const char **list = arena_grow(cube->arena, codes->code, codes->count, codes->count + 1, &codes->capacity,
		sizeof *list, error);
	const char *copy = list == NULL ? NULL : arena_text(cube->arena, code, length, error);
	if (copy == NULL)
		return UINT32_MAX;
	uint32_t index = (uint32_t)codes->count;
	codes->code = list;
	codes->code[codes->count++] = copy;
	codes->slot[slot] = index + 1;
	if (strcmp(copy, CUBE_TOTAL) == 0)
		codes->total = index;
	return index;
}

uint32_t cube_code(struct cube *cube, size_t d, const char *code, struct error *error)
{
	return cube_code_of_length(cube, d, code, strlen(code), error);
}

uint32_t cube_find_code_of(const struct cube *cube, size_t d, const char *code, size_t length)
{
	const struct cube_codes *codes = &cube->codes[d];
	if (codes->count == 0)
		return UINT32_MAX;
	uint32_t found = codes->slot[code_slot(codes, code, length)];
	return found == 0 ? UINT32_MAX : found - 1;
}

uint32_t cube_find_code(const struct cube *cube, size_t d, const char *code)
{
	return cube_find_code_of(cube, d, code, strlen(code));
}

int cube_reserve(struct cube *cube, size_t rows, struct error *error)
{
	size_t dimensions = cube->table->dimensions, measures = cube->table->measures;
	if (rows <= cube->capacity)
		return 0;
	uint32_t *key = arena_take(cube->arena, rows, dimensions * sizeof *key, error);
	struct cell *cell = arena_take(cube->arena, rows, measures * sizeof *cell, error);
	if (key == NULL || cell == NULL)
		return -1;
	if (cube->rows > 0) {
		memcpy(key, cube->key, cube->rows * dimensions * sizeof *key);
		memcpy(cell, cube->cell, cube->rows * measures * sizeof *cell);
	}
	cube->key = key;
	cube->cell = cell;
	cube->capacity = rows;
	return 0;
}

/* Room for one more row in keys and cells. */
static int grow_rows(struct cube *cube, struct error *error)
{
	if (cube->rows < cube->capacity)
		return 0;
	return cube_reserve(cube, cube->capacity > 0 ? 2 * cube->capacity : FIRST_ROWS, error); /* at most 2^32 rows: no overflow */
}

size_t cube_append(struct cube *cube, const uint32_t *key, struct error *error)
{
	if (grow_rows(cube, error) != 0)
		return CUBE_NO_ROW;
	size_t row = cube->rows++, dimensions = cube->table->dimensions;
	memcpy(cube->key + row * dimensions, key, dimensions * sizeof *key);
	for (size_t m = 0; m < cube->table->measures; m++)
		cube_set_text(cube, row, m, "");
	return row;
}

int cube_index_appended(struct cube *cube, struct error *error)
{
	size_t wanted = 2 * (cube->rows + 1), all = combinations(cube);
	cube->slots = FIRST_SLOTS;
	while (cube->slots < wanted || (all <= 4 * wanted && cube->slots < all))
		cube->slots *= 2;
	cube->slot = arena_take(cube->arena, cube->slots, sizeof *cube->slot, error);
	if (cube->slot == NULL || cube->rows >= UINT32_MAX / 2)
		return cube->slot == NULL ? -1 : error_set(error, EXIT_BUG, "a cube of more than 2^31 rows");
	cube_index_rows(cube);
	return 0;
}

size_t cube_row(struct cube *cube, const uint32_t *key, struct error *error)
{
	size_t slot = cube->slots > 0 ? row_slot(cube, key) : 0;
	if (cube->slots > 0 && cube->slot[slot] != 0)
		return cube->slot[slot] - 1;
	if (2 * (cube->rows + 1) > cube->slots) {
		if (more_slots(&cube->slot, &cube->slots, cube->rows, cube->arena, error) != 0)
			return CUBE_NO_ROW;
		index_rows(cube, false);
		slot = row_slot(cube, key);
	}
	size_t row = cube_append(cube, key, error);
	if (row != CUBE_NO_ROW)
		cube->slot[slot] = (uint32_t)row + 1;
	return row;
}

size_t cube_row_named(struct cube *cube, const char *const *codes, struct error *error)
{
	uint32_t key[TABLE_DIMENSIONS];
	for (size_t d = 0; d < cube->table->dimensions; d++) {
		key[d] = cube_code(cube, d, codes[d], error);
		if (key[d] == UINT32_MAX)
			return CUBE_NO_ROW;
	}
	return cube_row(cube, key, error);
}

size_t cube_find(const struct cube *cube, const uint32_t *key)
{
	if (cube->rows == 0)
		return CUBE_NO_ROW;
	for (size_t d = 0; d < cube->table->dimensions && cube->direct; d++)
		if (key[d] >= cube->codes[d].count)
			return CUBE_NO_ROW;
	uint32_t found = cube->slot[row_slot(cube, key)];
	return found == 0 ? CUBE_NO_ROW : (size_t)found - 1;
}

size_t cube_find_named(const struct cube *cube, const char *const *codes)
{
	uint32_t key[TABLE_DIMENSIONS];
	for (size_t d = 0; d < cube->table->dimensions; d++) {
		key[d] = cube_find_code(cube, d, codes[d]);
		if (key[d] == UINT32_MAX)
			return CUBE_NO_ROW;
	}
	return cube_find(cube, key);
}

const char *cube_code_of(const struct cube *cube, size_t row, size_t d)
{
	return cube->codes[d].code[cube->key[row * cube->table->dimensions + d]];
}

bool cube_is_total(const struct cube *cube, size_t row, size_t d)
{
	return cube->key[row * cube->table->dimensions + d] == cube->codes[d].total;
}

struct cell *cube_cell(const struct cube *cube, size_t row, size_t measure)
{
	return &cube->cell[row * cube->table->measures + measure];
}

size_t cube_measure(const struct cube *cube, const char *name)
{
	for (size_t m = 0; m < cube->table->measures; m++)
		if (strcmp(cube->table->measure[m].name, name) == 0)
			return m;
	assert(false && "the table has no such measure"); /* a programming error: names stand in the code */
	return SIZE_MAX;
}

void cube_set(struct cube *cube, size_t row, size_t measure, double number)
{
	bool finite = isfinite(number);
	*cube_cell(cube, row, measure) = (struct cell){ .status = finite ? CELL_PUBLISHED : CELL_MISSING,
		.number = finite ? number : 0, .text = cube_cell(cube, row, measure)->text };
}

void cube_add(struct cube *cube, size_t row, size_t measure, double number)
{
	struct cell *cell = cube_cell(cube, row, measure);
	if (cell->status == CELL_PUBLISHED)
		cube_set(cube, row, measure, cell->number + number);
}

void cube_set_text(struct cube *cube, size_t row, size_t measure, const char *text)
{
	bool holds = measure_holds_text(cube->table->measure[measure].kind);
	*cube_cell(cube, row, measure) = (struct cell){ .status = CELL_PUBLISHED, .text = holds ? text : NULL };
}

void cube_set_missing(struct cube *cube, size_t row, size_t measure)
{
	cube_set_text(cube, row, measure, "");
	cube_cell(cube, row, measure)->status = CELL_MISSING;
}

int cube_add_margins(struct cube *cube, const uint32_t *key, size_t measure, double number, struct error *error)
{
	size_t starred[TABLE_DIMENSIONS], stars = 0, dimensions = cube->table->dimensions;
	for (size_t d = 0; d < dimensions; d++)
		if (cube->table->dimension[d].total) {
			starred[stars++] = d;
			if (cube->codes[d].total == UINT32_MAX && cube_code(cube, d, CUBE_TOTAL, error) == UINT32_MAX)
				return -1;
		}
	for (unsigned set = 0; set < 1U << stars; set++) {
		uint32_t margin[TABLE_DIMENSIONS];
		memcpy(margin, key, dimensions * sizeof *margin);
		for (size_t s = 0; s < stars; s++)
			if ((set >> s & 1) != 0)
				margin[starred[s]] = cube->codes[starred[s]].total;
		size_t row = cube_row(cube, margin, error);
		if (row == CUBE_NO_ROW)
			return -1;
		cube_add(cube, row, measure, number);
	}
	return 0;
}
