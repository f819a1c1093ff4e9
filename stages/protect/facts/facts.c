/* What holds between the tables of a run, as rows of a system: see facts.h. The list of it is facts_list.c. */
#include "stages/protect/facts/facts.h"

#include <math.h>
#include <string.h>

#include "stages/protect/facts/facts_inside.h"
#include "stages/protect/past/known.h"
#include "stages/protect/past/past.h"

#define TOT CUBE_TOTAL
#define COUNT(array) (sizeof(array) / sizeof *(array))

/* ---- persons ---- */

/* Every row with TOT in dimension d holds each of its rows with the other codes, and no more than all of them. Who is in the whole but not
   in the one part is a set that is protected, too, and so is by how much all parts together exceed the whole: as many stand in several at most, and
   somebody does. */
static int overlap_over(struct facts_work *work, size_t table, size_t d, size_t measure)
{
	const struct cube *cube = work->tables->cube[table];
	uint32_t key[TABLE_DIMENSIONS];
	for (size_t row = 0; row < cube->rows; row++) {
		if (!cube_is_total(cube, row, d))
			continue;
		memcpy(key, &cube->key[row * cube->table->dimensions], cube->table->dimensions * sizeof *key);
		for (uint32_t c = 0; c <= cube->codes[d].count; c++) { /* one after the other, and at last all */
			bool all = c == cube->codes[d].count;
			facts_begin(work);
			int result = c == cube->codes[d].total ? 0 : facts_term(work, table, row, measure, all ? -1 : 1);
			for (uint32_t part = all ? 0 : c; part < (all ? c : c + 1) && result == 0; part++) {
				key[d] = part;
				if (part != cube->codes[d].total)
					result = facts_term(work, table, cube_find(cube, key), measure, all ? 1 : -1);
			}
			if (result != 0 || facts_end(work, ROW_HIDDEN, true) != 0)
				return -1;
		}
	}
	return 0;
}

static int state_overlaps(struct facts_work *work)
{
	for (size_t f = 0; f < person_fact_count && !work->joining; f++) {
		size_t table = facts_find(work, person_facts[f].table);
		for (size_t d = 0; table != SIZE_MAX && d < COUNT(person_facts[f].over) && person_facts[f].over[d] != NULL; d++)
			if (overlap_over(work, table, facts_place(work->tables->cube[table], person_facts[f].over[d]),
				    cube_measure(work->tables->cube[table], person_facts[f].measure)) != 0)
				return -1;
	}
	return 0;
}

/* ---- target groups ---- */

/* "AF+KOM" holds KOM. */
static bool holds_part(const char *combination, const char *part)
{
	size_t length = strlen(part);
	for (const char *at = combination; *at != '\0'; at += strcspn(at, "+"), at += *at == '+')
		if (strncmp(at, part, length) == 0 && (at[length] == '+' || at[length] == '\0'))
			return true;
	return false;
}

/* Those with a part in a month (m06) are those of the combinations that hold it (m03). */
static int state_parts(struct facts_work *work)
{
	size_t combined = facts_find(work, "m03_samtidighet"), single = facts_find(work, "m06_manad");
	if (combined == SIZE_MAX || single == SIZE_MAX)
		return 0;
	const struct cube *m03 = work->tables->cube[combined], *m06 = work->tables->cube[single];
	for (size_t row = 0; row < m06->rows; row++) {
		if (tables_closed(work->tables, single, row))
			continue;
		const char *month = cube_code_of(m06, row, 0), *kommun = cube_code_of(m06, row, 1), *margin[] = { month, kommun, TOT };
		size_t whole = cube_find_named(m03, margin);
		if (!cube_is_total(m06, row, 2) || !cube_is_total(m06, row, 3) || whole == CUBE_NO_ROW ||
			cube_cell(m03, whole, 0)->status == CELL_MISSING)
			continue; /* without a common key m03 is missing */
		facts_begin(work);
		int result = facts_term(work, single, row, 0, 1);
		for (uint32_t c = 0; c < m03->codes[2].count && result == 0; c++) {
			const char *key[] = { month, kommun, m03->codes[2].code[c] };
			if (holds_part(key[2], cube_code_of(m06, row, 4)))
				result = facts_term(work, combined, cube_find_named(m03, key), 0, -1);
		}
		if (result != 0 || facts_end(work, ROW_KNOWN, false) != 0)
			return -1;
	}
	return 0;
}

/* Those who are in a combination in the year's last month, wherever they come from (m07), are its persons of that month (m03). */
static void join_flows(struct facts_work *work)
{
	size_t months = facts_find(work, "m03_samtidighet"), flows = facts_find(work, "m07_floden");
	if (months == SIZE_MAX || flows == SIZE_MAX)
		return;
	const struct cube *m03 = work->tables->cube[months], *m07 = work->tables->cube[flows];
	for (size_t row = 0; row < m07->rows; row++) {
		const char *last = NULL;
		for (uint32_t c = 0; c < m03->codes[0].count; c++)
			if (strncmp(m03->codes[0].code[c], cube_code_of(m07, row, 0), 4) == 0)
				last = m03->codes[0].code[c]; /* codes are in order */
		const char *key[] = { last, cube_code_of(m07, row, 1), cube_code_of(m07, row, 3) };
		size_t other = last == NULL || !cube_is_total(m07, row, 2) || cube_is_total(m07, row, 3) ? CUBE_NO_ROW : cube_find_named(m03, key);
		if (other != CUBE_NO_ROW && facts_count(work->tables, flows, row, 0) == facts_count(work->tables, months, other, 0))
			facts_join(work, facts_cell(work, flows, row, 0), facts_cell(work, months, other, 0));
	}
}

/* ---- all of it ---- */

#define PRINTED_BEFORE 50000000 /* of what an approved run printed: withheld now, it would hold its whole block back */
#define FINEST 8   /* cost of a cell without totals */
#define TOGETHER 2 /* how many times dearer all insatser together are: goals rest on each by itself */
#define TOTAL 12   /* how many times dearer a total is than its parts, for each dimension */

/* What withholding a cell costs: totals are what people read, the finest cells what they miss least. */
struct costs {
	uint32_t total[TABLE_DIMENSIONS]; /* how many times more where a dimension is TOT */
	uint32_t measure[TABLE_MEASURES]; /* of the finest cell of a measure */
};

static struct costs costs_of(const struct cube *cube)
{
	struct costs costs;
	for (size_t d = 0; d < cube->table->dimensions; d++)
		costs.total[d] = !cube->table->dimension[d].total ? 1 : strcmp(cube->table->dimension[d].name, "insats") == 0 ? TOGETHER : TOTAL;
	for (size_t m = 0; m < cube->table->measures; m++) {
		costs.measure[m] = FINEST;
		for (size_t f = 0; f < dear_fact_count; f++)
			if (strcmp(dear_facts[f].table, cube->table->name) == 0 && strcmp(dear_facts[f].measure, cube->table->measure[m].name) == 0)
				costs.measure[m] *= dear_facts[f].times;
	}
	return costs;
}

static uint32_t cost_of(const struct costs *costs, const struct cube *cube, size_t row, size_t measure)
{
	uint32_t cost = costs->measure[measure];
	for (size_t d = 0; d < cube->table->dimensions; d++)
		cost *= cube_is_total(cube, row, d) ? costs->total[d] : 1;
	return cost;
}

/* A row of the system for every set of cells that is not empty, which is an atom, too. */
static int state_cells(struct facts_work *work, size_t table)
{
	struct tables *tables = work->tables;
	struct system *system = work->facts->system;
	const struct cube *cube = tables->cube[table];
	const struct costs costs = costs_of(cube);
	for (size_t row = 0; row < cube->rows; row++)
		for (size_t m = 0; m < cube->table->measures; m++) {
			int64_t count = facts_count(tables, table, row, m);
			size_t cell = facts_cell(work, table, row, m), stands = facts_standing(work, cell);
			if (count == 0)
				continue;
			if (work->atom[stands] == 0) {
				size_t atom = system_atom(system, count, work->error);
				if (atom == SYSTEM_NONE || system_row(system, ROW_CELL, 0, work->error) == SYSTEM_NONE ||
					system_term(system, atom, 1, work->error) != 0)
					return -1;
				work->atom[stands] = (uint32_t)atom + 1;
				work->facts->sets++;
			}
			work->facts->set[table][tables_cell(tables, table, row, m)] = work->atom[stands]; /* rows go with atoms here */
			struct row *set = &system->row[work->atom[stands] - 1];
			bool small = tables_small((double)count, (double)work->minimum), demanded = *tables_demand(tables, table, row, m);
			enum ledger_state past = past_state(tables, table, row, m);
			set->cost += past == LEDGER_REVISED ? PRINTED_BEFORE : cost_of(&costs, cube, row, m);
			set->withheld = set->withheld || past == LEDGER_CHANGED || tables_withheld(tables, table, row, m) || small || demanded;
			set->lone = count == 1;
			int64_t least = tables->least[table][tables_cell(tables, table, row, m)];
			set->floor = least > set->floor ? least : set->floor;
			if (small)
				system_target(set, count, work->minimum);
			else if (demanded)
				set->up = set->width = work->minimum - 1;
			if (known_cell(tables, table, row, m))
				set->kind = ROW_KNOWN;
		}
	return 0;
}

static bool is_stated(const struct cube *cube)
{
	for (size_t f = 0; f < sum_fact_count; f++)
		if (strcmp(sum_facts[f].table, cube->table->name) == 0)
			return true;
	return false;
}

/* Whether it is a table of an approved period: all of these were added together, behind the run's. */
static bool is_of_period(const struct tables *tables, size_t table)
{
	return tables->periods > 1 && table >= tables->period[1].table;
}

static int begin_cells(struct facts_work *work)
{
	struct tables *tables = work->tables;
	for (size_t t = 0; t < tables->count; t++) {
		const struct cube *cube = tables->cube[t];
		work->first[t] = work->cells;
		work->cells += cube->rows * cube->table->measures;
		work->facts->set[t] = arena_take(tables->arena, cube->rows * cube->table->measures, sizeof *work->facts->set[t], work->error);
		if (work->facts->set[t] == NULL)
			return -1;
	}
	work->same = arena_take(tables->arena, work->cells, sizeof *work->same, work->error);
	work->atom = arena_take(tables->arena, work->cells, sizeof *work->atom, work->error);
	if (work->same == NULL || work->atom == NULL)
		return -1;
	for (size_t i = 0; i < work->cells; i++)
		work->same[i] = (uint32_t)i;
	return 0;
}

/* Everything that holds: the first time, joining, only what makes cells the same set. */
static int state_all(struct facts_work *work)
{
	if (facts_sums(work) != 0 || state_overlaps(work) != 0 || facts_pairs(work) != 0 || facts_groups(work) != 0 || facts_changes(work) != 0 ||
		facts_covers(work) != 0)
		return -1;
	for (size_t f = 0; f < class_fact_count; f++)
		if (facts_classes(work, &class_facts[f]) != 0)
			return -1;
	if (facts_exits(work) != 0 || facts_longer(work) != 0 || facts_periods(work) != 0 || facts_beside(work) != 0 || facts_staying(work) != 0 || state_parts(work) != 0)
		return -1;
	return work->tables->months && (facts_crossed(work) != 0 || facts_months(work) != 0 || facts_times(work) != 0 || facts_ages(work) != 0 ||
		facts_unchanged(work) != 0) ? -1 : 0;
}

/* Memory for the sets that stand in the tables, and for about as much as is said of them: where tables hang together there are half as many sums as sets,
   and each set stands in three. */
static int reserve(const struct facts_work *work)
{
	const struct tables *tables = work->tables;
	size_t sets = 0;
	for (size_t t = 0; t < tables->count; t++) {
		size_t rows = is_stated(tables->cube[t]) && !tables_all_closed(tables, t) ? tables->cube[t]->rows : 0;
		for (size_t row = 0; row < rows; row++)
			for (size_t m = 0; m < tables->cube[t]->table->measures; m++)
				sets += facts_count(tables, t, row, m) != 0 && facts_standing(work, facts_cell(work, t, row, m)) == facts_cell(work, t, row, m);
	}
	return system_reserve(work->facts->system, sets, sets + sets / 2, 4 * sets, work->error);
}

struct facts *facts_new(struct tables *tables, int64_t minimum, struct error *error)
{
	struct facts *facts = arena_take(tables->arena, 1, sizeof *facts, error);
	struct facts_work work = { .tables = tables, .minimum = minimum, .facts = facts, .joining = true, .error = error };
	if (facts == NULL || (facts->system = system_new(tables->arena, error)) == NULL || begin_cells(&work) != 0)
		return NULL;
	join_flows(&work);
	if (state_all(&work) != 0 || reserve(&work) != 0)
		return NULL;
	work.joining = false;
	for (size_t t = 0; t < tables->count; t++)
		if ((is_stated(tables->cube[t]) || is_of_period(tables, t)) && !tables_all_closed(tables, t) && state_cells(&work, t) != 0)
			return NULL;
	work.person = arena_take(tables->arena, facts->sets, sizeof *work.person, error);
	if (work.person == NULL)
		return NULL;
	for (size_t s = 0; s < facts->sets; s++)
		work.person[s] = (uint32_t)s;
	if (state_all(&work) != 0)
		return NULL;
	if (facts_ceilings(&work) != 0 || facts_published(&work) != 0 || facts_goals(&work) != 0 || facts_areas(&work) != 0)
		return NULL;
	for (size_t s = 0; s < facts->sets; s++) {
		struct row *row = &facts->system->row[s];
		row->person = row->lone ? facts_person(&work, (uint32_t)s) + 1 : 0;
		row->withheld = row->withheld && row->kind != ROW_KNOWN;
	}
	facts->system->dear = (uint64_t)FINEST * TOTAL * TOTAL;
	return system_seal(facts->system, error) != 0 ? NULL : facts;
}

/* Whether a target has no possible tables that show it at least as large, and within as wide a range, as it needs. */
static bool is_fixed(const struct row *row)
{
	return row->up > 0 && (row->kind == ROW_KNOWN || row->raised < row->up || row->raised + row->lowered < row->width);
}

int facts_write(const struct facts *facts, struct tables *tables, struct error *error)
{
	const struct system *system = facts->system;
	for (size_t t = 0; t < tables->count; t++) {
		const struct cube *cube = tables->cube[t];
		for (size_t i = 0; i < cube->rows * cube->table->measures; i++) {
			const struct row *row = facts->set[t][i] == 0 ? NULL : &system->row[system->row[facts->set[t][i] - 1].same];
			size_t at = i / cube->table->measures, m = i % cube->table->measures;
			bool fixed = row != NULL && is_fixed(row) && !past_known(tables, t, at, m); /* what an approved run printed is printed again */
			if (row != NULL && (row->withheld || fixed))
				tables_withhold(tables, t, at, m);
			if (!fixed)
				continue;
			if (tables->fixed[t] == NULL)
				tables->fixed[t] = arena_take(tables->arena, cube->rows * cube->table->measures, sizeof(bool), error);
			if (tables->fixed[t] == NULL)
				return -1;
			tables->fixed[t][i] = true;
		}
	}
	return 0;
}
