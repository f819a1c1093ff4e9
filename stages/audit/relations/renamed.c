/* Other names for the same: see renamed.h. */
#include "stages/audit/relations/renamed.h"

#include <math.h>
#include <string.h>

#include "pipeline/base/number.h"
#include "pipeline/table/cube/figure_name.h"
#include "stages/audit/relations/nested.h"

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

/* ---- the same days ---- */

static void judge_days(const struct earlier *earlier, const struct cube *cube, size_t d, unsigned char *finding)
{
	const struct table *table = cube->table;
	bool malgrupp = strcmp(table->dimension[d].name, "malgrupp") == 0;
	for (size_t row = 0; row < cube->rows; row++) {
		const char *code[TABLE_DIMENSIONS];
		int32_t from, to;
		for (size_t i = 0; i < table->dimensions; i++)
			code[i] = cube_code_of(cube, row, i);
		ledger_days(earlier->settings, table, code, &from, &to);
		if (cube_is_total(cube, row, d) || ledger_tells_of(earlier->ledger, malgrupp, code[d], strlen(code[d]), from, to) ||
			!is_one_gone(earlier, cube, d, from, to))
			continue;
		for (size_t m = 0; m < table->measures; m++)
			if (table->measure[m].kind == MEASURE_COUNT && cube_cell(cube, row, m)->status == CELL_PUBLISHED && cube_cell(cube, row, m)->number > 0 &&
				finding[row * table->measures + m] == EARLIER_NONE)
				finding[row * table->measures + m] = EARLIER_CHANGED;
	}
}

/* ---- days within one another ---- */

/* What an entry makes of a printed count of somebody, when both are of the same: by how many they differ is small, or may be. */
static enum earlier_finding judge_count(const struct earlier *earlier, size_t at, double count, int64_t minimum)
{
	const struct ledger_entry entry = ledger_entry(earlier->ledger, at);
	double told, most = (double)minimum - 1;
	if (count < 1)
		return EARLIER_NONE;
	if (entry.status == CELL_PUBLISHED && number_read_full(entry.text, strlen(entry.text), &told)) {
		double apart = fabs(count - told);
		return apart >= 1 && apart <= most ? EARLIER_CHANGED : EARLIER_NONE;
	}
	for (double away = 0; away <= most && entry.status == CELL_PROTECTED; away++)
		if (ledger_had(earlier->ledger, at, count + away) || (count - away >= 1 && ledger_had(earlier->ledger, at, count - away)))
			return EARLIER_WITHHELD;
	return EARLIER_NONE;
}

/* An entry of a name that is gone beside the count of the same key with a name that is new. */
static void judge_entry(const struct earlier *earlier, const struct cube *cube, const char *const *code, size_t at, int64_t minimum, unsigned char *finding)
{
	const struct ledger_entry entry = ledger_entry(earlier->ledger, at);
	size_t row = cube_find_named(cube, code), m = figure_measure(cube->table, entry.measure);
	int32_t from, to;
	if (row == CUBE_NO_ROW || m == SIZE_MAX || !nested_cumulative(cube->table, code, m))
		return;
	ledger_days(earlier->settings, cube->table, code, &from, &to);
	bool same = entry.from == from && entry.to == to;
	bool nested = (entry.from >= from && entry.to <= to) || (entry.from <= from && entry.to >= to);
	const struct cell *cell = cube_cell(cube, row, m);
	unsigned char *found = &finding[row * cube->table->measures + m];
	if (nested && !same && !entry.rounded && *found == EARLIER_NONE && cell->status == CELL_PUBLISHED && !cell->earlier)
		*found = (unsigned char)judge_count(earlier, at, cell->number, minimum);
}

static int judge_around(const struct earlier *earlier, const struct cube *cube, size_t d, const bool *fresh, int64_t minimum, unsigned char *finding,
	struct arena *arena, struct error *error)
{
	for (size_t i = 0; i < ledger_cells(earlier->ledger); i++) {
		const struct ledger_entry entry = ledger_entry(earlier->ledger, i);
		const char *name, *code[TABLE_DIMENSIONS];
		size_t length = name_in(entry.key, d, &name);
		if (strcmp(entry.table, cube->table->name) != 0 || cube_find_code_of(cube, d, name, length) != UINT32_MAX)
			continue;
		char *key = arena_text(arena, entry.key, strlen(entry.key), error);
		if (key == NULL)
			return -1;
		bool whole = figure_split(key, cube->table, code);
		for (uint32_t c = 0; c < cube->codes[d].count && whole; c++) {
			code[d] = cube->codes[d].code[c];
			if (fresh[c])
				judge_entry(earlier, cube, code, i, minimum, finding);
		}
	}
	return 0;
}

int renamed_judge(const struct earlier *earlier, const struct cube *cube, int64_t minimum, bool rounded, unsigned char *finding, struct error *error)
{
	const struct table *table = cube->table;
	size_t d = naming(table);
	bool every = strncmp(table->name, "m02", 3) == 0 || strncmp(table->name, "i01", 3) == 0, any = false;
	if (d == table->dimensions)
		return 0;
	struct arena *arena = arena_new(error);
	bool *fresh = arena == NULL ? NULL : arena_take(arena, cube->codes[d].count, sizeof *fresh, error);
	for (uint32_t c = 0; fresh != NULL && c < cube->codes[d].count; c++) {
		fresh[c] = c != cube->codes[d].total && !was_there(earlier, table, d, cube->codes[d].code[c]);
		any = any || fresh[c];
	}
	int result = fresh == NULL ? -1 : any && !rounded ? judge_around(earlier, cube, d, fresh, minimum, finding, arena, error) : 0;
	if (every && result == 0)
		judge_days(earlier, cube, d, finding);
	arena_free(arena);
	return result;
}
