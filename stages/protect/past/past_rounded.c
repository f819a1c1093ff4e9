/* Two roundings of the same days side by side: see past_rounded.h. */
#include "stages/protect/past/past_rounded.h"

#include <math.h>
#include <string.h>

#include "pipeline/base/number.h"
#include "pipeline/table/cube/figure_name.h"
#include "stages/protect/past/past_nested.h"

/* So many bases must lie between a count and an earlier figure that is another: that one was moved by less than a base in each of the one or
   two classes that a row is made of at the finest, so that a base is left between the two counts. */
#define BASES_APART 3

bool past_is_rounded(const struct past *past)
{
	return past->tables->count > 0 && past->tables->truth[0] != NULL;
}

/* Whether the count is near to any figure of the same days, or was withheld; a combination without an entry was 0. */
static bool is_near(const struct past *past, const struct measure *measure, const char *table, double now, const struct past_figure *figure)
{
	double apart = BASES_APART * past->settings->minsta_antal, before;
	size_t at = ledger_find(past->ledger, table, figure->key, measure->name);
	bool any = false;
	for (; at != LEDGER_NONE; at = ledger_before(past->ledger, at)) {
		const struct ledger_entry entry = ledger_entry(past->ledger, at);
		if (entry.from != figure->from || entry.to != figure->to)
			continue;
		any = true;
		if (entry.status != CELL_PUBLISHED || !number_read_full(entry.text, strlen(entry.text), &before) || fabs(now - before) < apart)
			return true;
	}
	return !any && now < apart;
}

bool past_rounding_tells(const struct past *past, size_t table, size_t row, size_t measure, const struct past_figure *figure)
{
	const struct cube *cube = past->tables->cube[table];
	const struct measure *what = &cube->table->measure[measure];
	bool of_calculation = cube->table->name[0] == 'e' && strncmp(cube->table->name, "e01", 3) != 0;
	if (figure->state == LEDGER_WITHHELD || figure->state == LEDGER_CHANGED)
		return cube_cell(cube, row, measure)->status == CELL_PUBLISHED;
	if (figure->state != LEDGER_REVISED)
		return false;
	if (past_is_count(what))
		return is_near(past, what, cube->table->name, past->tables->truth[table][tables_cell(past->tables, table, row, measure)], figure);
	return of_calculation || (past_made_of_persons(cube->table, what) && !figure->persons_changed);
}

bool past_rounding_narrows(const struct past *past, size_t table, size_t row)
{
	const struct cube *cube = past->tables->cube[table];
	double apart = BASES_APART * past->settings->minsta_antal;
	for (size_t m = 0; m < cube->table->measures && past->bounds.least[table] != NULL; m++) {
		const struct cell *cell = cube_cell(cube, row, m);
		size_t at = tables_cell(past->tables, table, row, m);
		double below = (double)past->bounds.least[table][at] - cell->number;
		double above = past->bounds.most[table][at] == INT64_MAX ? 0 : cell->number - (double)past->bounds.most[table][at];
		bool narrow = (below > 0 && below < apart) || (above > 0 && above < apart);
		if (narrow && cell->status == CELL_PUBLISHED && past_grows(cube, row, m) && past_never_shrinks(cube, row))
			return true;
	}
	return false;
}

int past_rounding_lost(const struct past *past, const struct ledger_entry *entry, bool *lost, int32_t *from, int32_t *to, struct error *error)
{
	size_t table = tables_find(past->tables, entry->table);
	const char *code[TABLE_DIMENSIONS];
	double before = 1, apart = BASES_APART * past->settings->minsta_antal;
	*lost = false;
	if (table == SIZE_MAX || entry->status == CELL_MISSING)
		return 0;
	const struct cube *cube = past->tables->cube[table];
	size_t measure = figure_measure(cube->table, entry->measure);
	char *key = arena_text(past->arena, entry->key, strlen(entry->key), error);
	if (key == NULL)
		return -1;
	if (measure == SIZE_MAX || !figure_split(key, cube->table, code) || cube_find_named(cube, code) != CUBE_NO_ROW)
		return 0;
	ledger_days(past->settings, cube->table, code, from, to);
	bool inside = entry->from >= *from && entry->to <= *to && (entry->from > *from || entry->to < *to);
	bool told = entry->status != CELL_PUBLISHED || number_read_full(entry->text, strlen(entry->text), &before);
	bool covered = *from >= past->settings->period_from && *to <= past->settings->period_to && *from <= *to;
	*lost = inside && told && covered && before >= 1 && before < apart && past_grows_named(cube->table, code, measure) &&
		past_never_shrinks_named(cube->table, code) && ledger_part(past->ledger, cube->table->name, *from, *to) == LEDGER_NONE;
	return 0;
}
