/* Approved periods beside the run's: see past_periods.h. */
#include "stages/protect/past/past_periods.h"

#include <string.h>

static bool meet(const struct tables_period *one, const struct tables_period *other)
{
	return one->from == other->from || one->to == other->to || one->to + 1 == other->from || other->to + 1 == one->from;
}

static bool is_listed(const struct tables *tables, int32_t from, int32_t to)
{
	for (size_t p = 0; p < tables->periods; p++)
		if (tables->period[p].from == from && tables->period[p].to == to)
			return true;
	return false;
}

/* Adds the table of an approved period; what was printed of it is known. */
static int add_period(struct tables *tables, const struct ledger *ledger, const struct table *table, struct tables_period period,
	struct error *error)
{
	struct cube *cube = ledger_cube(ledger, table, period.from, period.to, tables->arena, error);
	if (cube == NULL || tables_add(tables, cube, error) != 0)
		return -1;
	period.table = tables->count - 1;
	unsigned char *states = arena_take(tables->arena, cube->rows * cube->table->measures, sizeof *states, error);
	if (states == NULL)
		return -1;
	tables->past[period.table] = states;
	for (size_t i = 0; i < cube->rows * cube->table->measures; i++)
		states[i] = cube->cell[i].status == CELL_PUBLISHED ? LEDGER_PRINTED : LEDGER_NEW;
	tables->period[tables->periods++] = period;
	return 0;
}

int past_periods(struct tables *tables, const struct ledger *ledger, const struct settings *settings, struct error *error)
{
	size_t own = tables_find(tables, "i01_deltagare");
	tables->periods = 0;
	if (own == SIZE_MAX)
		return 0;
	const struct table *table = tables->cube[own]->table;
	tables->period[tables->periods++] = (struct tables_period){ own, settings->period_from, settings->period_to };
	for (size_t p = 0; p < tables->periods; p++)
		for (size_t i = 0; i < ledger_parts(ledger); i++) {
			const struct ledger_entry entry = ledger_part_entry(ledger, i);
			const struct tables_period period = { .from = entry.from, .to = entry.to };
			bool rounded = ledger_part_rounded(ledger, entry.table, entry.from, entry.to); /* those do not add up with exact counts */
			if (!rounded && tables->periods < TABLES_PERIODS && strcmp(entry.table, table->name) == 0 && meet(&tables->period[p], &period) &&
				!is_listed(tables, entry.from, entry.to) && add_period(tables, ledger, table, period, error) != 0)
				return -1;
		}
	tables->periods = tables->periods == 1 ? 0 : tables->periods;
	return 0;
}
