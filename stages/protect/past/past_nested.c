/* Periods within one another: see past_nested.h. */
#include "stages/protect/past/past_nested.h"

#include <string.h>

#include "pipeline/base/number.h"
#include "pipeline/table/cube/figure_name.h"

static void name_codes(const struct cube *cube, size_t row, const char **code)
{
	for (size_t d = 0; d < cube->table->dimensions; d++)
		code[d] = cube_code_of(cube, row, d);
}

int past_place(const struct settings *settings, const struct cube *cube, size_t row, struct place *place, struct arena *arena,
	struct error *error)
{
	const char *code[TABLE_DIMENSIONS];
	name_codes(cube, row, code);
	ledger_days(settings, cube->table, code, &place->from, &place->to);
	place->key = figure_join(code, cube->table->dimensions, arena, error);
	return place->key == NULL ? -1 : 0;
}

bool past_grows_named(const struct table *table, const char *const *code, size_t measure)
{
	static const char *const of_a_day[] = { "pagaende", "vantande", "censurerade" };
	if (!past_is_count(&table->measure[measure]) || strncmp(table->name, "m07", 3) == 0)
		return false;
	for (size_t i = 0; i < sizeof of_a_day / sizeof *of_a_day; i++)
		if (strcmp(table->measure[measure].name, of_a_day[i]) == 0)
			return false;
	bool classes = strncmp(table->name, "m04", 3) == 0 || strncmp(table->name, "m05", 3) == 0;
	return !classes || strcmp(code[table->dimensions - 1], CUBE_TOTAL) == 0;
}

bool past_grows(const struct cube *cube, size_t row, size_t measure)
{
	const char *code[TABLE_DIMENSIONS];
	name_codes(cube, row, code);
	return past_grows_named(cube->table, code, measure);
}

bool past_never_shrinks_named(const struct table *table, const char *const *code)
{
	if (table->name[0] == 'i')
		return strncmp(table->name, "i13", 3) != 0 && strncmp(table->name, "i12", 3) != 0;
	for (size_t d = 0; d < table->dimensions && table->name[0] == 'm'; d++)
		if (strcmp(table->dimension[d].name, "kommun") == 0)
			return strcmp(code[d], CUBE_TOTAL) == 0;
	return false;
}

bool past_never_shrinks(const struct cube *cube, size_t row)
{
	const char *code[TABLE_DIMENSIONS];
	name_codes(cube, row, code);
	return past_never_shrinks_named(cube->table, code);
}

bool past_is_ever(const struct cube *cube, size_t row)
{
	if (strncmp(cube->table->name, "g01", 3) != 0)
		return strncmp(cube->table->name, "i13", 3) == 0;
	const char *name = cube_cell(cube, row, cube_measure(cube, "matt_namn"))->text;
	return name != NULL && strstr(name, " inom ") != NULL;
}

bool past_is_nested(const struct cube *cube, size_t row, const struct ledger_entry *entry, const struct place *place)
{
	if (past_is_ever(cube, row))
		return entry->from != place->from || entry->to != place->to;
	bool inside = entry->from >= place->from && entry->to <= place->to, around = entry->from <= place->from && entry->to >= place->to;
	return inside != around; /* neither, or the same days */
}

/* ---- bounds ---- */

static int add_span(const struct past *past, struct past_spans *spans, const struct past_span *span, struct error *error)
{
	for (size_t i = spans->count; i-- > 0;)
		if (spans->span[i].table == span->table && spans->span[i].from == span->from && spans->span[i].to == span->to)
			return 0;
	struct past_span *grown = arena_grow(past->arena, spans->span, spans->count, spans->count + 1, &spans->room, sizeof *grown, error);
	if (grown == NULL)
		return -1;
	spans->span = grown;
	grown[spans->count++] = *span;
	return 0;
}

int past_find_spans(const struct past *past, struct past_spans *spans, struct error *error)
{
	for (size_t i = 0; i < ledger_cells(past->ledger); i++) {
		const struct ledger_entry entry = ledger_entry(past->ledger, i);
		const struct past_span span = { tables_find(past->tables, entry.table), entry.from, entry.to };
		if (span.table != SIZE_MAX && add_span(past, spans, &span, error) != 0)
			return -1;
	}
	return 0;
}

/* What an approval has of a count for the days of a span, into bounds: a shorter period's is the least (one that it withheld was somebody),
   a longer one's the most (a combination that it lacks was printed as 0, but a goal was not set). Of rows that count everybody ever the longer period is
   the one that ends later. */
static void bound_by(const struct past *past, const struct past_span *span, const struct place *place, const char *measure, bool ever, int64_t *least,
	int64_t *most)
{
	const char *table = past->tables->cube[span->table]->table->name;
	bool shorter = (ever || span->from >= place->from) && span->to <= place->to, any = ever;
	int64_t base = past->settings->minsta_antal;
	double before;
	size_t at = ledger_find(past->ledger, table, place->key, measure);
	for (; at != LEDGER_NONE; at = ledger_before(past->ledger, at)) {
		const struct ledger_entry entry = ledger_entry(past->ledger, at);
		if (entry.from != span->from || entry.to != span->to)
			continue;
		any = true;
		bool told = entry.status == CELL_PUBLISHED && number_read_full(entry.text, strlen(entry.text), &before);
		int64_t count = told ? (int64_t)before : 1;
		if (shorter && entry.status != CELL_MISSING)
			*least = (count + base - 1) / base * base > *least ? (count + base - 1) / base * base : *least;
		if (!shorter && told)
			*most = count / base * base < *most ? count / base * base : *most;
	}
	*most = !any && !shorter ? 0 : *most;
}

static int bound_row(const struct past *past, const struct past_spans *spans, struct past_bounds *bounds, size_t table, size_t row, struct error *error)
{
	const struct cube *cube = past->tables->cube[table];
	struct arena *arena = arena_new(error);
	struct place place;
	int result = arena == NULL ? -1 : past_place(past->settings, cube, row, &place, arena, error);
	for (size_t s = 0; s < spans->count && result == 0; s++) {
		const struct past_span *span = &spans->span[s];
		if (span->table != table || !past_was_there(past, cube, row, span->from, span->to) || !past_is_nested(cube, row, &(struct ledger_entry){ .from = span->from, .to = span->to }, &place))
			continue;
		for (size_t m = 0; m < cube->table->measures; m++) {
			size_t cell = tables_cell(past->tables, table, row, m);
			if (past_grows(cube, row, m))
				bound_by(past, span, &place, cube->table->measure[m].name, past_is_ever(cube, row), &bounds->least[table][cell], &bounds->most[table][cell]);
		}
	}
	arena_free(arena);
	return result;
}

/* Counts of goals and cohorts are rounded by themselves; the definition of a goal may be another. */
static bool is_of_insats(const struct cube *cube)
{
	return strncmp(cube->table->name, "g01", 3) == 0 || strncmp(cube->table->name, "e06", 3) == 0;
}

int past_nested_bounds(const struct past *past, struct past_bounds *bounds, struct error *error)
{
	struct past_spans spans = { 0 };
	if (past_find_spans(past, &spans, error) != 0)
		return -1;
	for (size_t t = 0; t < past->tables->count; t++) {
		const struct cube *cube = past->tables->cube[t];
		size_t cells = cube->rows * cube->table->measures;
		bounds->least[t] = arena_take(past->arena, cells, sizeof *bounds->least[t], error);
		bounds->most[t] = arena_take(past->arena, cells, sizeof *bounds->most[t], error);
		if (bounds->least[t] == NULL || bounds->most[t] == NULL)
			return -1;
		for (size_t i = 0; i < cells; i++)
			bounds->most[t][i] = INT64_MAX;
		for (size_t row = 0; row < cube->rows && !cube->table->support; row++)
			if ((past_never_shrinks(cube, row) || is_of_insats(cube)) && bound_row(past, &spans, bounds, t, row, error) != 0)
				return -1;
	}
	return 0;
}
