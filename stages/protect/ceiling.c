/* No more persons than inhabitants: see ceiling.h. */
#include "stages/protect/ceiling.h"

#include <string.h>

#define NONE SIZE_MAX
#define YEAR_LENGTH 4
#define INHABITED 4 /* dimensions of befolkning_celler */
enum { YEAR, KOMMUN };

/* The tables of persons by where they live, and where codes of other dimensions add up to TOT, that dimension: the parts are within it. */
static const struct {
	const char *table, *whole[2];
} bounded[] = { { "m01_forsorjningsmatt", { NULL } }, { "m02_malgrupp", { NULL } }, { "m03_samtidighet", { "kombination" } },
	{ "m04_rundgang", { "byten" } }, { "m05_tid_i_forsorjning", { "tid" } }, { "m06_manad", { NULL } }, { "m07_floden", { "fran", "till" } } };

struct ceiling {
	const struct cube *cube, *inhabitants; /* inhabitants: NULL where none are known, or none asked for */
	bool bounds;             /* it is one of the tables above */
	size_t whole[2];         /* its dimensions there; NONE: none */
	size_t place[INHABITED]; /* of the inhabitants' dimensions in the table; NONE: TOT is meant */
	uint32_t *code[INHABITED]; /* likewise: a code of the table as the inhabitants have it; UINT32_MAX: they lack it */
	uint32_t total[INHABITED];
};

static size_t place_of(const struct cube *cube, const char *dimension)
{
	for (size_t d = 0; d < cube->table->dimensions; d++)
		if (strcmp(cube->table->dimension[d].name, dimension) == 0)
			return d;
	return NONE;
}

static void find_wholes(struct ceiling *ceiling)
{
	const struct cube *cube = ceiling->cube;
	ceiling->whole[0] = ceiling->whole[1] = NONE;
	for (size_t b = 0; b < sizeof bounded / sizeof *bounded; b++)
		if (strcmp(bounded[b].table, cube->table->name) == 0) {
			ceiling->bounds = true;
			for (size_t w = 0; w < 2 && bounded[b].whole[w] != NULL; w++)
				ceiling->whole[w] = place_of(cube, bounded[b].whole[w]);
		}
}

/* The codes of one of the inhabitants' dimensions; a month (2018-01) is of its year. */
static int find_codes(struct ceiling *ceiling, size_t d, struct arena *arena, struct error *error)
{
	static const char *const names[INHABITED] = { "ar", "kommun", "kon", "aldersgrupp" };
	const struct cube *cube = ceiling->cube, *inhabitants = ceiling->inhabitants;
	size_t place = place_of(cube, names[d]);
	bool month = d == YEAR && place == NONE;
	place = month ? 0 : place;
	ceiling->place[d] = place;
	ceiling->total[d] = cube_find_code(inhabitants, d, CUBE_TOTAL);
	size_t codes = place == NONE ? 0 : cube->codes[place].count;
	ceiling->code[d] = arena_take(arena, codes, sizeof **ceiling->code, error);
	if (ceiling->code[d] == NULL)
		return -1;
	for (size_t c = 0; c < codes; c++) {
		const char *code = cube->codes[place].code[c];
		ceiling->code[d][c] = month ? cube_find_code_of(inhabitants, d, code, strnlen(code, YEAR_LENGTH)) : cube_find_code(inhabitants, d, code);
	}
	return 0;
}

struct ceiling *ceiling_new(const struct tables *tables, size_t table, struct arena *arena, struct error *error)
{
	struct ceiling *ceiling = arena_take(arena, 1, sizeof *ceiling, error);
	size_t from = tables_find(tables, "befolkning_celler");
	if (ceiling == NULL)
		return NULL;
	ceiling->cube = tables->cube[table];
	find_wholes(ceiling);
	ceiling->inhabitants = from == SIZE_MAX || !ceiling->bounds ? NULL : tables->cube[from];
	for (size_t d = 0; d < INHABITED && ceiling->inhabitants != NULL; d++)
		if (find_codes(ceiling, d, arena, error) != 0)
			return NULL;
	return ceiling;
}

static int64_t read_persons(const struct ceiling *ceiling, const uint32_t key[INHABITED])
{
	size_t at = cube_find(ceiling->inhabitants, key);
	return at == CUBE_NO_ROW ? INT64_MAX : (int64_t)cube_cell(ceiling->inhabitants, at, 0)->number;
}

/* All kommuner together. */
static int64_t sum_of_kommuner(const struct ceiling *ceiling, uint32_t key[INHABITED])
{
	int64_t sum = 0;
	for (uint32_t k = 0; k < ceiling->inhabitants->codes[KOMMUN].count; k++) {
		key[KOMMUN] = k;
		int64_t persons = read_persons(ceiling, key);
		sum += persons == INT64_MAX ? 0 : persons; /* not valid in the year: of all others a rate needs them */
	}
	return sum == 0 ? INT64_MAX : sum;
}

int64_t ceiling_inhabitants(const struct ceiling *ceiling, size_t row)
{
	const struct cube *cube = ceiling->cube;
	uint32_t key[INHABITED];
	if (ceiling->inhabitants == NULL)
		return INT64_MAX;
	for (size_t d = 0; d < INHABITED; d++)
		key[d] = ceiling->place[d] == NONE ? ceiling->total[d] : ceiling->code[d][cube->key[row * cube->table->dimensions + ceiling->place[d]]];
	return cube_is_total(cube, row, ceiling->place[KOMMUN]) ? sum_of_kommuner(ceiling, key) : read_persons(ceiling, key);
}

int64_t ceiling_of(const struct ceiling *ceiling, size_t row)
{
	const struct cube *cube = ceiling->cube;
	if (ceiling->inhabitants == NULL)
		return INT64_MAX;
	bool part = cube_is_total(cube, row, ceiling->place[KOMMUN]); /* all kommuner are bounded one by one */
	for (size_t w = 0; w < 2 && ceiling->whole[w] != NONE; w++)
		part = part || !cube_is_total(cube, row, ceiling->whole[w]);
	return part ? INT64_MAX : ceiling_inhabitants(ceiling, row);
}
