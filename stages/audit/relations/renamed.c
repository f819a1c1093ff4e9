/* Other names for the same: see renamed.h. */
#include "stages/audit/relations/renamed.h"

#include <string.h>

/* The dimension that names what a table is of; its number of dimensions when there is none. */
static size_t naming(const struct table *table)
{
	size_t d = 0;
	while (d < table->dimensions && strcmp(table->dimension[d].name, "insats") != 0 && strcmp(table->dimension[d].name, "malgrupp") != 0)
		d++;
	return d;
}

/* The name in a key, code d of those that are joined by |. */
static size_t name_in(const char *key, size_t d, const char **name)
{
	for (; d > 0; d--)
		key += strcspn(key, "|") + 1;
	*name = key;
	return strcspn(key, "|");
}

static bool is_name(const char *key, size_t d, const char *code)
{
	const char *name;
	size_t length = name_in(key, d, &name);
	return strlen(code) == length && strncmp(name, code, length) == 0;
}

/* Whether an approval told of the name. */
static bool was_there(const struct earlier *earlier, const struct table *table, size_t d, const char *code)
{
	for (size_t i = 0; i < ledger_cells(earlier->ledger); i++) {
		const struct ledger_entry entry = ledger_entry(earlier->ledger, i);
		if (strcmp(entry.table, table->name) == 0 && is_name(entry.key, d, code))
			return true;
	}
	return false;
}

/* Whether the latest approval of the days told of a name that the cube lacks. */
static bool is_one_gone(const struct earlier *earlier, const struct cube *cube, size_t d, int32_t from, int32_t to)
{
	size_t part = ledger_part(earlier->ledger, cube->table->name, from, to);
	for (size_t i = 0; part != LEDGER_NONE && i < ledger_cells(earlier->ledger); i++) {
		const struct ledger_entry entry = ledger_entry(earlier->ledger, i);
		const char *name;
		size_t length = name_in(entry.key, d, &name);
		if (entry.from == from && entry.to == to && strcmp(entry.table, cube->table->name) == 0 &&
			strcmp(entry.run, ledger_entry(earlier->ledger, part).run) == 0 && cube_find_code_of(cube, d, name, length) == UINT32_MAX)
			return true;
	}
	return false;
}

int renamed_judge(const struct earlier *earlier, const struct cube *cube, unsigned char *finding, struct error *error)
{
	const struct table *table = cube->table;
	size_t d = naming(table);
	if ((strncmp(table->name, "m02", 3) != 0 && strncmp(table->name, "i01", 3) != 0) || d == table->dimensions)
		return 0;
	struct arena *arena = arena_new(error);
	bool *fresh = arena == NULL ? NULL : arena_take(arena, cube->codes[d].count, sizeof *fresh, error);
	bool any = false;
	for (uint32_t c = 0; fresh != NULL && c < cube->codes[d].count; c++) {
		fresh[c] = !was_there(earlier, table, d, cube->codes[d].code[c]);
		any = any || fresh[c];
	}
	for (size_t row = 0; any && row < cube->rows; row++) {
		const char *code[TABLE_DIMENSIONS];
		int32_t from, to;
		for (size_t i = 0; i < table->dimensions; i++)
			code[i] = cube_code_of(cube, row, i);
		ledger_days(earlier->settings, table, code, &from, &to);
		if (!fresh[cube->key[row * table->dimensions + d]] || !is_one_gone(earlier, cube, d, from, to))
			continue;
		for (size_t m = 0; m < table->measures; m++)
			if (table->measure[m].kind == MEASURE_COUNT && cube_cell(cube, row, m)->status == CELL_PUBLISHED && cube_cell(cube, row, m)->number > 0 &&
				finding[row * table->measures + m] == EARLIER_NONE)
				finding[row * table->measures + m] = EARLIER_CHANGED;
	}
	arena_free(arena);
	return fresh == NULL ? -1 : 0;
}
