/* Approved periods beside the run's: see past_periods.h. */
#include "stages/protect/past/past_periods.h"

#include <string.h>

static bool meet(const struct tables_period *one, const struct tables_period *other)
{
	return one->from == other->from || one->to == other->to || one->to + 1 == other->from || other->to + 1 == one->from;
}

static bool is_within(const struct tables_period *part, const struct tables_period *whole)
{
	return part->from >= whole->from && part->to <= whole->to;
}

static bool are_nested(const struct tables_period *one, const struct tables_period *other)
{
	return is_within(one, other) || is_within(other, one);
}

static bool have_common_days(const struct tables_period *one, const struct tables_period *other)
{
	return one->from <= other->to && other->from <= one->to;
}

static bool is_listed(const struct tables *tables, int32_t from, int32_t to)
{
	for (size_t p = 0; p < tables->periods; p++)
		if (tables->period[p].from == from && tables->period[p].to == to)
			return true;
	return false;
}

/* Adds a table of an approved period, as the last one; what was printed of it is known. */
static int add_table(struct tables *tables, const struct ledger *ledger, const struct table *table, int32_t from, int32_t to, struct error *error)
{
	struct cube *cube = ledger_cube(ledger, table, from, to, tables->arena, error);
	if (cube == NULL || tables_add(tables, cube, error) != 0)
		return -1;
	unsigned char *states = arena_take(tables->arena, cube->rows * cube->table->measures, sizeof *states, error);
	if (states == NULL)
		return -1;
	tables->past[tables->count - 1] = states;
	for (size_t i = 0; i < cube->rows * cube->table->measures; i++)
		states[i] = cube->cell[i].status == CELL_PUBLISHED ? LEDGER_PRINTED : LEDGER_NEW;
	return 0;
}

static int add_period(struct tables *tables, const struct ledger *ledger, const struct table *table, struct tables_period period,
	struct error *error)
{
	if (add_table(tables, ledger, table, period.from, period.to, error) != 0)
		return -1;
	period.table = tables->count - 1;
	tables->period[tables->periods++] = period;
	return 0;
}

/* ---- the tables beside i01 ---- */

#define NEAREST 8 /* periods of which they are reckoned with */

static const char *const besides[TABLES_BESIDE] = { "i02_bakgrund", "i03_forsorjning", "i04_sysselsattning", "i05_avslut", "i06_resultat", "i07_tid_i_insats",
	"i08_remittent", "i09_ko", "i11_matris" };

/* Whether an approved period lies within the run's or around it, or begins where it ends, or ends where it begins. */
static bool is_beside(const struct tables_period *own, const struct tables_period *approved)
{
	return are_nested(own, approved) || own->to + 1 == approved->from || approved->to + 1 == own->from;
}

/* Those that the run has, of an approved period that has exact ones of them. */
static int add_besides(struct tables *tables, const struct ledger *ledger, struct tables_period *period, struct error *error)
{
	for (size_t k = 0; k < TABLES_BESIDE; k++) {
		size_t own = tables_find(tables, besides[k]);
		if (own == SIZE_MAX)
			continue;
		if (period != tables->period && (ledger_part(ledger, besides[k], period->from, period->to) == LEDGER_NONE ||
				ledger_part_rounded(ledger, besides[k], period->from, period->to)))
			continue;
		if (period != tables->period && add_table(tables, ledger, tables->cube[own]->table, period->from, period->to, error) != 0)
			return -1;
		period->beside[period->tables++] = period == tables->period ? own : tables->count - 1;
	}
	return 0;
}

/* Of the run, and of the latest approved periods that are beside it. */
static int add_all_besides(struct tables *tables, const struct ledger *ledger, struct error *error)
{
	size_t nearest = 0;
	for (size_t p = tables->periods; p-- > 0;)
		if (p == 0 || (is_beside(&tables->period[0], &tables->period[p]) && nearest++ < NEAREST))
			if (add_besides(tables, ledger, &tables->period[p], error) != 0)
				return -1;
	return 0;
}

static void find_groups(struct tables *tables)
{
	struct tables_period *period = tables->period;
	for (size_t p = 0; p < tables->periods; p++)
		period[p].group = p;
	for (size_t p = 0; p < tables->periods; p++)
		for (size_t other = 0, from; other < tables->periods; other++) {
			if (!meet(&period[p], &period[other]) || period[p].group == period[other].group)
				continue;
			size_t first = period[p].group < period[other].group ? period[p].group : period[other].group;
			from = period[p].group + period[other].group - first;
			for (size_t i = 0; i < tables->periods; i++)
				period[i].group = period[i].group == from ? first : period[i].group;
		}
}

int past_periods(struct tables *tables, const struct ledger *ledger, const struct settings *settings, struct error *error)
{
	size_t own = tables_find(tables, "i01_deltagare");
	tables->periods = 0;
	if (own == SIZE_MAX)
		return 0;
	const struct table *table = tables->cube[own]->table;
	tables->period[tables->periods++] = (struct tables_period){ .table = own, .from = settings->period_from, .to = settings->period_to };
	for (size_t p = 0; p < tables->periods; p++)
		for (size_t i = 0; i < ledger_parts(ledger); i++) {
			const struct ledger_entry entry = ledger_part_entry(ledger, i);
			const struct tables_period period = { .from = entry.from, .to = entry.to };
			bool near = meet(&tables->period[p], &period) || have_common_days(&tables->period[p], &period);
			bool rounded = ledger_part_rounded(ledger, entry.table, entry.from, entry.to); /* those do not add up with exact counts */
			if (!rounded && tables->periods < TABLES_PERIODS && strcmp(entry.table, table->name) == 0 && near &&
				!is_listed(tables, entry.from, entry.to) && add_period(tables, ledger, table, period, error) != 0)
				return -1;
		}
	tables->periods = tables->periods == 1 ? 0 : tables->periods;
	find_groups(tables);
	return tables->periods == 0 ? 0 : add_all_besides(tables, ledger, error);
}
