/* What the lists of facts_list.c say of the tables of a period, or of what a period has beside parts of it: see facts_inside.h. */
#include <string.h>

#include "stages/protect/facts/facts_inside.h"

#define TOT CUBE_TOTAL
#define COUNT(array) (sizeof(array) / sizeof *(array))

/* ---- sums ---- */

/* Whether the table's counts are sums of those of the codes of a dimension, or hold them and what has no code (`open`). */
static bool sums_over(const struct table *table, const char *dimension, bool open)
{
	for (size_t f = 0; f < sum_fact_count; f++)
		for (size_t d = 0; strncmp(sum_facts[f].table, table->name, strlen(sum_facts[f].table)) == 0 && d < COUNT(sum_facts[f].over) &&
			sum_facts[f].over[d] != NULL; d++)
			if (strcmp(sum_facts[f].over[d], dimension) == 0 && (open || !sum_facts[f].open))
				return true;
	return false;
}

bool facts_adds_up(const struct facts_work *work, const struct cube *cube, size_t row)
{
	for (size_t d = 0; d < cube->table->dimensions && !work->whole; d++) {
		const struct dimension *dimension = &cube->table->dimension[d];
		bool told = !work->renamed || strcmp(dimension->name, "insats") != 0;
		if (told && dimension->total && cube_is_total(cube, row, d) && sums_over(cube->table, dimension->name, false))
			return true;
	}
	return false;
}

bool facts_lacks_insats(const struct facts_work *work, const struct tables_period *period, const struct tables_period *part)
{
	const struct cube *cube = work->tables->cube[period->table], *of = work->tables->cube[part->table];
	size_t insats = facts_place(of, "insats");
	for (uint32_t c = 0; c < of->codes[insats].count; c++)
		if (cube_find_code(cube, insats, of->codes[insats].code[c]) == UINT32_MAX)
			return true;
	return false;
}

/* Every row with TOT in dimension d is the sum of its rows with the other codes, or holds them. */
static int sum_over(struct facts_work *work, size_t table, size_t d, size_t measure, bool open)
{
	const struct cube *cube = work->tables->cube[table];
	uint32_t key[TABLE_DIMENSIONS];
	for (size_t row = 0; row < cube->rows; row++) {
		if (!cube_is_total(cube, row, d) || tables_closed(work->tables, table, row) || (work->parts > 0 && facts_adds_up(work, cube, row)))
			continue;
		facts_begin(work);
		int result = facts_term(work, table, row, measure, 1);
		memcpy(key, &cube->key[row * cube->table->dimensions], cube->table->dimensions * sizeof *key);
		for (uint32_t c = 0; c < cube->codes[d].count && result == 0 && !(work->joining && work->terms > 2); c++) {
			key[d] = c;
			if (c != cube->codes[d].total)
				result = facts_term(work, table, cube_find(cube, key), measure, -1);
		}
		bool rest = open && work->value != 0; /* where nothing is left, a reader may take it that nothing lacks a code */
		if (result != 0 || facts_end(work, rest ? ROW_HIDDEN : ROW_KNOWN, rest) != 0)
			return -1;
	}
	return 0;
}

static int state_sum(struct facts_work *work, const struct sum_fact *fact, size_t table)
{
	if (work->parts > 0 && !fact->open)
		return 0; /* it follows from those of the period and of its parts */
	for (size_t d = 0; table != SIZE_MAX && d < COUNT(fact->over) && fact->over[d] != NULL; d++)
		for (size_t m = 0; m < COUNT(fact->measure) && fact->measure[m] != NULL; m++)
			if (sum_over(work, table, facts_place(work->tables->cube[table], fact->over[d]),
				    cube_measure(work->tables->cube[table], fact->measure[m]), fact->open) != 0)
				return -1;
	return 0;
}

int facts_sums(struct facts_work *work)
{
	for (size_t f = 0; f < sum_fact_count; f++)
		if (state_sum(work, &sum_facts[f], facts_find(work, sum_facts[f].table)) != 0)
			return -1;
	return 0;
}

/* ---- pairs ---- */

/* The row of the other table that the fact names for a row of the first; CUBE_NO_ROW when there is none or the fact is not of it. */
static size_t other_row(const struct facts_work *work, const struct pair_fact *fact, size_t table, size_t row, size_t other)
{
	const struct cube *cube = work->tables->cube[table], *target = work->tables->cube[other];
	const char *key[TABLE_DIMENSIONS];
	if (fact->only[0] != NULL && (strcmp(cube_code_of(cube, row, facts_place(cube, fact->only[0])), fact->only[1]) == 0) == fact->but)
		return CUBE_NO_ROW;
	for (size_t d = 0; d < target->table->dimensions; d++)
		key[d] = fact->from[d][0] == '=' ? fact->from[d] + 1 : cube_code_of(cube, row, facts_place(cube, fact->from[d]));
	return cube_find_named(target, key);
}

/* Whether who is in the other row only is few: of an approved period a target once more. */
static bool is_small_rest(const struct facts_work *work, const struct facts_pair *pair)
{
	int64_t rest = facts_count(work->tables, pair->other, pair->to, pair->of) - facts_count(work->tables, pair->table, pair->row, pair->measure);
	return work->parts == 0 && tables_small((double)rest, (double)work->minimum);
}

static int state_pair(struct facts_work *work, const struct pair_fact *fact)
{
	size_t table = facts_find(work, fact->table), other = facts_find(work, fact->other);
	if (table == SIZE_MAX || other == SIZE_MAX || (fact->relation == SAME) != work->joining)
		return 0;
	bool approved = facts_once_more(work);
	if (approved && table == work->tables->period[work->period].table)
		return 0; /* facts_periods says what i01 says */
	bool codes = approved && !work->whole && fact->but && sums_over(work->tables->cube[table]->table, fact->only[0], true);
	struct facts_pair pair = { .table = table, .measure = cube_measure(work->tables->cube[table], fact->measure), .other = other,
		.of = cube_measure(work->tables->cube[other], fact->other_measure), .relation = fact->relation };
	for (pair.row = 0; pair.row < work->tables->cube[table]->rows; pair.row++) {
		pair.to = other_row(work, fact, table, pair.row, other);
		bool follows = approved && (codes || facts_adds_up(work, work->tables->cube[table], pair.row)); /* from the parts', or: other codes are no fewer than none */
		if (pair.to != CUBE_NO_ROW && (!follows || work->joining || is_small_rest(work, &pair)) && facts_state_pair(work, &pair) != 0)
			return -1;
	}
	return 0;
}

int facts_pairs(struct facts_work *work)
{
	for (size_t f = 0; f < pair_fact_count; f++)
		if (state_pair(work, &pair_facts[f]) != 0)
			return -1;
	return 0;
}

/* ---- covers ---- */

static int state_cover(struct facts_work *work, const struct cover_fact *fact)
{
	size_t table = facts_find(work, fact->table), parts = facts_find(work, fact->parts);
	if (table == SIZE_MAX || parts == SIZE_MAX || work->joining)
		return 0;
	const struct cube *cube = work->tables->cube[table];
	size_t last = work->tables->cube[parts]->table->dimensions - 1;
	const char *key[TABLE_DIMENSIONS];
	for (size_t row = 0; row < cube->rows; row++) {
		if (fact->whole != NULL && strcmp(cube_code_of(cube, row, last), fact->whole) != 0)
			continue;
		for (size_t d = 0; d < cube->table->dimensions; d++)
			key[d] = cube_code_of(cube, row, d);
		if (strcmp(key[0], TOT) == 0 || (facts_once_more(work) && facts_adds_up(work, cube, row)))
			continue; /* i04 has no sum over insatser */
		facts_begin(work);
		int result = facts_term(work, table, row, cube_measure(cube, fact->measure), -1);
		for (size_t p = 0; p < COUNT(fact->part) && fact->part[p] != NULL && result == 0; p++) {
			key[last] = fact->part[p];
			result = facts_term(work, parts, cube_find_named(work->tables->cube[parts], key),
				cube_measure(work->tables->cube[parts], fact->parts_measure), 1);
		}
		if (result != 0 || facts_end(work, ROW_HIDDEN, false) != 0)
			return -1;
	}
	return 0;
}

int facts_covers(struct facts_work *work)
{
	for (size_t f = 0; f < cover_fact_count; f++)
		if (state_cover(work, &cover_facts[f]) != 0)
			return -1;
	return 0;
}
