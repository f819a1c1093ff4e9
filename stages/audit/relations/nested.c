/* Rounded counts of nested periods: see nested.h. */
#include "stages/audit/relations/nested.h"

#include <math.h>
#include <string.h>

#include "pipeline/base/number.h"
#include "pipeline/table/cube/figure_name.h"

#define NEAR 3 /* bases: two counts further apart contradict the periods, and tell of a revision alone */

struct judging {
	const struct earlier *earlier;
	const struct cube *cube;
	struct arena *arena;
	double base;
};

bool nested_is_count(const struct measure *measure)
{
	return measure->kind == MEASURE_COUNT && strcmp(measure->name, "forandring") != 0;
}

bool nested_cumulative(const struct table *table, const char *const *code, size_t measure)
{
	const char *name = table->measure[measure].name;
	if (!nested_is_count(&table->measure[measure]) || strcmp(name, "pagaende") == 0 || strcmp(name, "vantande") == 0 ||
		strcmp(name, "censurerade") == 0 || strncmp(table->name, "m07", 3) == 0)
		return false;
	bool by_class = strncmp(table->name, "m04", 3) == 0 || strncmp(table->name, "m05", 3) == 0;
	return !by_class || strcmp(code[table->dimensions - 1], CUBE_TOTAL) == 0;
}

/* Whether everybody knows that a longer period counts no fewer: not where persons move between kommuner or answers between periods. */
static bool is_monotone(const struct cube *cube, const char *const *code, size_t measure)
{
	const char *table = cube->table->name;
	bool monotone = nested_cumulative(cube->table, code, measure) && strncmp(table, "i12", 3) != 0 && strncmp(table, "i13", 3) != 0;
	if (table[0] == 'i')
		return monotone;
	for (size_t d = 0; d < cube->table->dimensions && table[0] == 'm'; d++)
		if (strcmp(cube->table->dimension[d].name, "kommun") == 0)
			return monotone && strcmp(code[d], CUBE_TOTAL) == 0;
	return false;
}

/* Whether `now` beside what was told of a shorter or a longer period narrows both. */
static bool narrows(const struct judging *judging, const struct ledger_entry *entry, bool shorter, double now)
{
	double before;
	if (entry->status == CELL_PROTECTED)
		return shorter && now < 1;
	if (entry->status != CELL_PUBLISHED || !number_read_full(entry->text, strlen(entry->text), &before))
		return false;
	double wrong = shorter ? ceil(before / judging->base) * judging->base - now : now - floor(before / judging->base) * judging->base;
	return wrong > 0 && wrong < NEAR * judging->base;
}

/* The margin of the row's table, of its insats or målgrupp. */
static size_t margin_of(const struct cube *cube, const char *const *code)
{
	const char *codes[TABLE_DIMENSIONS];
	for (size_t d = 0; d < cube->table->dimensions; d++) {
		const char *name = cube->table->dimension[d].name;
		bool own = !cube->table->dimension[d].total || strcmp(name, "insats") == 0 || strcmp(name, "malgrupp") == 0;
		codes[d] = own ? code[d] : CUBE_TOTAL;
	}
	return cube_find_named(cube, codes);
}

/* One entry of the ledger against the row that it names, which may not be there. */
static int judge_entry(const struct judging *judging, size_t position, unsigned char *finding, struct error *error)
{
	const struct ledger_entry entry = ledger_entry(judging->earlier->ledger, position);
	const struct cube *cube = judging->cube;
	const char *code[TABLE_DIMENSIONS];
	int32_t from, to;
	size_t measure = figure_measure(cube->table, entry.measure);
	char *key = arena_text(judging->arena, entry.key, strlen(entry.key), error);
	if (key == NULL)
		return -1;
	if (measure == SIZE_MAX || !figure_split(key, cube->table, code) || !is_monotone(cube, code, measure))
		return 0;
	ledger_days(judging->earlier->settings, cube->table, code, &from, &to);
	bool shorter = entry.from >= from && entry.to <= to, longer = entry.from <= from && entry.to >= to;
	size_t row = cube_find_named(cube, code), tell = row == CUBE_NO_ROW ? margin_of(cube, code) : row;
	if (shorter == longer || tell == CUBE_NO_ROW)
		return 0;
	const struct cell *cell = cube_cell(cube, tell, measure);
	if (cell->status == CELL_PUBLISHED && !cell->earlier && narrows(judging, &entry, shorter, row == CUBE_NO_ROW ? 0 : cell->number))
		finding[tell * cube->table->measures + measure] = EARLIER_CHANGED;
	return 0;
}

/* A printed count that a longer period had no row of: nobody after rounding. Its margin says that the period was told at all. */
static int judge_new(const struct judging *judging, size_t row, unsigned char *finding, struct error *error)
{
	const struct cube *cube = judging->cube;
	const char *code[TABLE_DIMENSIONS], *whole[TABLE_DIMENSIONS];
	int32_t from, to;
	for (size_t d = 0; d < cube->table->dimensions; d++)
		code[d] = cube_code_of(cube, row, d);
	size_t margin = margin_of(cube, code);
	ledger_days(judging->earlier->settings, cube->table, code, &from, &to);
	for (size_t d = 0; margin != CUBE_NO_ROW && d < cube->table->dimensions; d++)
		whole[d] = cube_code_of(cube, margin, d);
	const char *key = figure_join(code, cube->table->dimensions, judging->arena, error);
	const char *of_margin = margin == CUBE_NO_ROW ? key : figure_join(whole, cube->table->dimensions, judging->arena, error);
	if (key == NULL || of_margin == NULL)
		return -1;
	for (size_t m = 0; margin != CUBE_NO_ROW && m < cube->table->measures; m++) {
		const struct cell *cell = cube_cell(cube, row, m);
		const char *name = cube->table->measure[m].name;
		if (cell->status != CELL_PUBLISHED || cell->earlier || cell->number < 1 || cell->number >= NEAR * judging->base || !is_monotone(cube, code, m))
			continue;
		size_t at = ledger_find(judging->earlier->ledger, cube->table->name, of_margin, name);
		for (; at != LEDGER_NONE; at = ledger_before(judging->earlier->ledger, at)) {
			const struct ledger_entry entry = ledger_entry(judging->earlier->ledger, at);
			bool longer = entry.from <= from && entry.to >= to && (entry.from < from || entry.to > to), told = false;
			size_t own = longer ? ledger_find(judging->earlier->ledger, cube->table->name, key, name) : LEDGER_NONE;
			for (; own != LEDGER_NONE && !told; own = ledger_before(judging->earlier->ledger, own)) {
				const struct ledger_entry other = ledger_entry(judging->earlier->ledger, own);
				told = other.from == entry.from && other.to == entry.to;
			}
			if (longer && !told && entry.status != CELL_MISSING)
				finding[row * cube->table->measures + m] = EARLIER_CHANGED;
		}
	}
	return 0;
}

int nested_judge(const struct earlier *earlier, const struct published *published, const struct cube *cube, unsigned char *finding,
	struct error *error)
{
	struct judging judging = { earlier, cube, arena_new(error), (double)published->minimum };
	int result = judging.arena == NULL ? -1 : 0;
	for (size_t i = 0; i < ledger_cells(earlier->ledger) && result == 0; i++)
		if (strcmp(ledger_entry(earlier->ledger, i).table, cube->table->name) == 0)
			result = judge_entry(&judging, i, finding, error);
	for (size_t row = 0; row < cube->rows && result == 0; row++)
		result = judge_new(&judging, row, finding, error);
	arena_free(judging.arena);
	return result;
}
