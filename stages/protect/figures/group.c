/* Group disclosure: see group.h. */
#include "stages/protect/figures/group.h"

#include <string.h>

#include "pipeline/table/schema/codelist.h"

/* The counts whose categories are told; `first` is the first dimension of the category, which may be a pair. */
static const struct {
	const char *table, *measure;
	size_t first;
	const char *base, *base_measure; /* where the base is printed; NULL: in the table alone */
} categories[] = {
	{ "i03_forsorjning", "fore", 2, "i01_deltagare", "avslutade" },
	{ "i03_forsorjning", "efter", 2, "i01_deltagare", "avslutade" },
	{ "i05_avslut", "avslutade", 2, "i01_deltagare", "avslutade" },
	{ "i11_matris", "avslutade", 2, "i01_deltagare", "avslutade" },
	{ "m01_forsorjningsmatt", "personer", 3, NULL, NULL },
};

/* A row that is a category, no total or group of them. */
static bool is_category(const struct cube *cube, size_t row, size_t first, const struct codelist *forman)
{
	for (size_t d = first; d < cube->table->dimensions; d++) {
		const char *code = cube_code_of(cube, row, d);
		if (strcmp(code, CUBE_TOTAL) == 0)
			return false;
		if (strcmp(cube->table->dimension[d].name, "forman") == 0 && codelist_find(forman, code, strlen(code)) == CODE_NONE)
			return false;
	}
	return true;
}

static bool same_base(const struct cube *cube, size_t row, size_t other, size_t first)
{
	const uint32_t *a = &cube->key[row * cube->table->dimensions], *b = &cube->key[other * cube->table->dimensions];
	return memcmp(a, b, first * sizeof *a) == 0;
}

/* The rows of a base stand beside each other; the only category among them that is not 0, or CUBE_NO_ROW. */
static size_t only_category(const struct cube *cube, size_t row, size_t end, size_t first, size_t measure, const struct codelist *forman)
{
	size_t only = CUBE_NO_ROW;
	for (; row < end; row++) {
		if (!is_category(cube, row, first, forman) || cube_cell(cube, row, measure)->number < 1)
			continue;
		if (only != CUBE_NO_ROW)
			return CUBE_NO_ROW;
		only = row;
	}
	return only;
}

/* The base and its category, with the groups of förmåner between them: every row that counts as many. */
static void demand_line(struct tables *tables, size_t table, size_t begin, size_t end, size_t measure, size_t only)
{
	double number = cube_cell(tables->cube[table], only, measure)->number;
	for (size_t row = begin; row < end; row++)
		if (row == only || cube_cell(tables->cube[table], row, measure)->number >= number)
			*tables_demand(tables, table, row, measure) = true;
}

static void demand_base(struct tables *tables, size_t table, size_t row, size_t category)
{
	size_t base = tables_find(tables, categories[category].base);
	size_t at = base == SIZE_MAX ? CUBE_NO_ROW : tables_counterpart(tables, table, row, base);
	if (at != CUBE_NO_ROW)
		*tables_demand(tables, base, at, cube_measure(tables->cube[base], categories[category].base_measure)) = true;
}

int group_demand(struct tables *tables, struct error *error)
{
	const struct codelist *forman = codelist_load("forman", tables->arena, error);
	if (forman == NULL)
		return -1;
	for (size_t i = 0; i < sizeof categories / sizeof *categories; i++) {
		size_t table = tables_find(tables, categories[i].table), first = categories[i].first, end;
		const struct cube *cube = table == SIZE_MAX ? NULL : tables->cube[table];
		for (size_t row = 0; cube != NULL && row < cube->rows; row = end) {
			for (end = row + 1; end < cube->rows && same_base(cube, row, end, first); end++)
				;
			size_t measure = cube_measure(cube, categories[i].measure);
			size_t only = only_category(cube, row, end, first, measure, forman);
			if (only == CUBE_NO_ROW)
				continue;
			demand_line(tables, table, row, end, measure, only);
			if (categories[i].base != NULL)
				demand_base(tables, table, row, i);
		}
	}
	return 0;
}

int group_noted(const struct cube *cube, double minimum, size_t *noted, struct arena *arena, struct error *error)
{
	size_t measures = cube->table->measures, width = cube->table->dimensions;
	*noted = 0;
	for (size_t d = 0; d < width; d++) {
		const char *name = cube->table->dimension[d].name;
		if (!cube->table->dimension[d].total || (strcmp(name, "kon") != 0 && strcmp(name, "aldersgrupp") != 0))
			continue;
		size_t *parts = arena_take(arena, cube->rows * measures, sizeof *parts, error);
		if (parts == NULL)
			return -1;
		for (size_t row = 0; row < cube->rows; row++) {
			uint32_t key[TABLE_DIMENSIONS];
			memcpy(key, &cube->key[row * width], width * sizeof *key);
			key[d] = cube->codes[d].total;
			size_t whole = cube_is_total(cube, row, d) || key[d] == UINT32_MAX ? CUBE_NO_ROW : cube_find(cube, key);
			for (size_t m = 0; m < measures && whole != CUBE_NO_ROW; m++)
				parts[whole * measures + m] += cube_cell(cube, row, m)->number >= 1;
		}
		for (size_t i = 0; i < cube->rows * measures; i++)
			*noted += parts[i] == 1 && cube->table->measure[i % measures].kind == MEASURE_COUNT &&
				cube_cell(cube, i / measures, i % measures)->number >= minimum;
	}
	return 0;
}
