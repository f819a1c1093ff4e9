/* Counts of a year beside its months and målgrupper: see rounded.h.

   Whoever is at a part in a month is counted in its year, and whoever is in a målgrupp at the parts that it asks for. Rounded by themselves, a year of 0
   beside a month of 5 would be known to be of 1 to 4. So tables of a year come first, and what is within them is rounded to no more; and they
   to no less than an approved run printed of a month, which stands. What the counts before rounding contradict (who moved) is left. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "pipeline/base/number.h"
#include "pipeline/table/cube/figure_name.h"
#include "stages/protect/asked.h"
#include "stages/protect/rounding/rounded.h"

#define AF (1U << PARTI_AF)
#define FK (1U << PARTI_FK)
#define KOM (1U << PARTI_KOM)
#define REG (1U << PARTI_REG)

static const char m01[] = "m01_forsorjningsmatt", m02[] = "m02_malgrupp", m04[] = "m04_rundgang", m05[] = "m05_tid_i_forsorjning";

/* ---- whom a målgrupp counts ---- */

struct group {
	const struct malgrupp *rule;
	unsigned active;  /* parts at all of which its persons are active in a month */
	int parts;        /* and at so many at least */
	bool all;         /* whoever is, of these ages, and of its kön and kommun */
	const char *sick; /* the förmån of Försäkringskassan that they have, or OHALSA for any; NULL */
	const char *paid; /* likewise of Arbetsförmedlingen, ARBMARK for any */
};

static struct group group_of(const struct malgrupp *rule)
{
	struct group group = { .rule = rule, .active = asked_parts(rule), .all = !asked_more(rule) };
	bool idle = rule->fk.count > 0 && !asked_sick(rule); /* AA is no activity in the month */
	if ((group.active & FK) != 0 && !idle)
		group.sick = rule->fk.count == 1 ? rule->fk.word[0] : "OHALSA";
	if (rule->af_ersattning.count > 0)
		group.paid = rule->af_ersattning.count == 1 ? rule->af_ersattning.word[0] : "ARBMARK";
	int parts = __builtin_popcount(group.active);
	group.parts = rule->minst_parter > parts ? rule->minst_parter : parts;
	return group;
}

bool rounded_holds_ages(const struct settings *settings, const struct malgrupp *rule, const char *age)
{
	if (strcmp(age, CUBE_TOTAL) == 0)
		return rule->age_from < 0 || (rule->age_from <= 16 && rule->age_to >= 64);
	for (size_t g = 0; g < settings->age_groups; g++) {
		const struct age_group *group = &settings->age_group[g];
		int from = group->from < 16 ? 16 : group->from, to = group->to > 64 ? 64 : group->to;
		if (strcmp(group->label, age) == 0)
			return rule->age_from < 0 || (rule->age_from <= from && rule->age_to >= to);
	}
	return false;
}

/* ---- within a year ---- */

static size_t row_of(const struct rounded *rounded, const char *name, const char *const *key, size_t *table)
{
	*table = tables_find(rounded->tables, name);
	return *table == SIZE_MAX ? CUBE_NO_ROW : cube_find_named(rounded->tables->cube[*table], key);
}

/* Persons of a month: of a year, kommun, kön and age group, at these parts at least. */
struct monthly {
	char year[5];
	const char *kommun, *kon, *age;
	unsigned set;
};

static bool year_row(const struct rounded *rounded, const struct monthly *monthly, size_t number, size_t *table, size_t *row)
{
	static const struct {
		const char *table, *code;
		unsigned any;
	} whole[] = { { m05, CUBE_TOTAL, AF | FK | KOM | REG }, { m04, CUBE_TOTAL, AF | FK | KOM }, { m01, CUBE_TOTAL, FK | KOM }, { m01, "FS", KOM },
		{ m01, "OHALSA", FK } };
	const size_t wholes = sizeof whole / sizeof *whole;
	*row = CUBE_NO_ROW;
	if (number < wholes && (whole[number].any & monthly->set) != 0)
		*row = row_of(rounded, whole[number].table, (const char *const[]){ monthly->year, monthly->kommun, monthly->kon, whole[number].code }, table);
	if (number < wholes || number - wholes >= rounded->settings->malgrupp_count)
		return number < wholes;
	struct group group = group_of(&rounded->settings->malgrupp[number - wholes]);
	if (group.all && group.parts > 0 && asked_of(group.rule, monthly->kommun, monthly->kon) && (group.active & ~monthly->set) == 0 && __builtin_popcount(monthly->set) >= group.parts &&
		rounded_holds_ages(rounded->settings, group.rule, monthly->age))
		*row = row_of(rounded, m02, (const char *const[]){ monthly->year, group.rule->name, monthly->kommun, monthly->kon, monthly->age }, table);
	return true;
}

bool rounded_year_row(const struct rounded *rounded, const struct cube *classes, size_t class, size_t number, size_t *table, size_t *row)
{
	struct monthly monthly = { .year = "", .kommun = cube_code_of(classes, class, 1), .kon = cube_code_of(classes, class, 2),
		.age = cube_code_of(classes, class, 3), .set = parti_set(cube_code_of(classes, class, 4)) };
	(void)strncat(monthly.year, cube_code_of(classes, class, 0), 4);
	return year_row(rounded, &monthly, number, table, row);
}

/* Two rows of tables of a year, of which the one holds all persons of the other. */
struct pair {
	size_t part, part_row, whole, whole_row;
};

static size_t cell_of(const struct rounded *rounded, size_t table, size_t row)
{
	return tables_cell(rounded->tables, table, row, cube_measure(rounded->tables->cube[table], "personer"));
}

/* The part has no more than the whole: finest by finest, since their totals have no more then. */
static void hold_most(const struct rounded *rounded, const struct pair *pair)
{
	const struct cube *cube = rounded->tables->cube[pair->whole];
	int64_t count = llround(tables_value(rounded->tables, pair->whole, pair->whole_row, "personer"));
	int64_t *most = &rounded->bounds.most[pair->part][cell_of(rounded, pair->part, pair->part_row)];
	if (!cube_is_total(cube, pair->whole_row, 1) && !cube_is_total(cube, pair->whole_row, 2))
		*most = count < *most ? count : *most;
}

/* The whole has at least what approved periods leave of the part. */
static void hold_least(const struct rounded *rounded, const struct pair *pair)
{
	if (rounded->bounds.least[pair->part] == NULL)
		return;
	int64_t part = rounded->bounds.least[pair->part][cell_of(rounded, pair->part, pair->part_row)];
	int64_t *least = &rounded->bounds.least[pair->whole][cell_of(rounded, pair->whole, pair->whole_row)];
	*least = part > *least ? part : *least;
}

/* Holds the pair, if it is of the tables and the counts before rounding do not contradict it. */
static void meet(const struct rounded *rounded, struct pair pair, const char *whole, const char *const *key,
	void (*hold)(const struct rounded *rounded, const struct pair *pair))
{
	pair.whole_row = row_of(rounded, whole, key, &pair.whole);
	if (pair.whole_row != CUBE_NO_ROW && rounded->tables->truth[pair.whole][cell_of(rounded, pair.whole, pair.whole_row)] >=
			rounded->tables->truth[pair.part][cell_of(rounded, pair.part, pair.part_row)])
		hold(rounded, &pair);
}

/* Who is paid (m01) is active (m04, m05); who is in m04 is in m05. `whole`: of pairs with this table alone; NULL: with any. */
static void meet_all(const struct rounded *rounded, const char *part, const char *whole, void (*hold)(const struct rounded *rounded, const struct pair *pair))
{
	static const char *const wholes[] = { m04, m05 };
	struct pair pair = { .part = tables_find(rounded->tables, part) };
	for (; pair.part != SIZE_MAX && pair.part_row < rounded->tables->cube[pair.part]->rows; pair.part_row++) {
		const struct cube *cube = rounded->tables->cube[pair.part];
		const char *key[] = { cube_code_of(cube, pair.part_row, 0), cube_code_of(cube, pair.part_row, 1), cube_code_of(cube, pair.part_row, 2), CUBE_TOTAL };
		for (size_t w = 0; w < 2 && cube_is_total(cube, pair.part_row, 3); w++)
			if (strcmp(part, wholes[w]) != 0 && (whole == NULL || strcmp(whole, wholes[w]) == 0))
				meet(rounded, pair, wholes[w], key, hold);
	}
}

/* Likewise of målgrupper that ask for activity, or for a förmån. */
static void meet_groups(const struct rounded *rounded, const char *whole, void (*hold)(const struct rounded *rounded, const struct pair *pair))
{
	struct pair pair = { .part = tables_find(rounded->tables, m02) };
	for (size_t g = 0; pair.part != SIZE_MAX && g < rounded->settings->malgrupp_count; g++) {
		const struct cube *cube = rounded->tables->cube[pair.part];
		struct group group = group_of(&rounded->settings->malgrupp[g]);
		bool insured = group.parts > 1 || (group.active & ~REG) != 0;
		for (pair.part_row = 0; pair.part_row < cube->rows && (group.parts > 0 || group.paid != NULL); pair.part_row++) {
			const char *key[] = { cube_code_of(cube, pair.part_row, 0), cube_code_of(cube, pair.part_row, 2), cube_code_of(cube, pair.part_row, 3),
				CUBE_TOTAL };
			if (!cube_is_total(cube, pair.part_row, 4) || strcmp(cube_code_of(cube, pair.part_row, 1), group.rule->name) != 0)
				continue;
			if (group.parts > 0 && (whole == NULL || strcmp(whole, m05) == 0))
				meet(rounded, pair, m05, key, hold);
			if (insured && (whole == NULL || strcmp(whole, m04) == 0))
				meet(rounded, pair, m04, key, hold);
			if (whole != NULL && strcmp(whole, m01) != 0)
				continue;
			key[3] = "FS";
			if ((group.active & KOM) != 0)
				meet(rounded, pair, m01, key, hold);
			key[3] = group.sick;
			if (group.sick != NULL)
				meet(rounded, pair, m01, key, hold);
			key[3] = group.paid;
			if (group.paid != NULL)
				meet(rounded, pair, m01, key, hold);
		}
	}
}

/* What is printed of a year, and what it was. */
struct sum {
	double before;
	int64_t printed;
};

/* Persons of a table's classes (byten, tid) from one on, of a row's year, kommun and kön. */
static struct sum sum_classes(const struct rounded *rounded, const char *name, const char *const place[3], long from)
{
	size_t table = tables_find(rounded->tables, name);
	const struct cube *cube = table == SIZE_MAX ? NULL : rounded->tables->cube[table];
	struct sum sum = { 0, 0 };
	for (uint32_t c = 0; cube != NULL && c < cube->codes[3].count; c++) {
		const char *key[] = { place[0], place[1], place[2], cube->codes[3].code[c] };
		size_t row = c == cube->codes[3].total || strtol(key[3], NULL, 10) < from ? CUBE_NO_ROW : cube_find_named(cube, key);
		sum.before += row == CUBE_NO_ROW ? 0 : rounded_truth(rounded, table, row, cube_measure(cube, "personer"));
		sum.printed += row == CUBE_NO_ROW ? 0 : llround(tables_value(rounded->tables, table, row, "personer"));
	}
	return sum;
}

/* The row has no fewer, unless the counts before rounding contradict it. */
static void hold_sum(const struct rounded *rounded, size_t table, size_t row, const struct sum *sum)
{
	size_t measure = cube_measure(rounded->tables->cube[table], "personer");
	int64_t *least = &rounded->bounds.least[table][tables_cell(rounded->tables, table, row, measure)];
	if (sum->before <= rounded_truth(rounded, table, row, measure) && sum->printed > *least)
		*least = sum->printed;
}

/* Whoever has a time in m05 is paid in the last month: one of TOT of m01, and active (m04). */
static void hold_times(const struct rounded *rounded, size_t table)
{
	const struct cube *cube = rounded->tables->cube[table];
	for (size_t row = 0; row < cube->rows; row++) {
		const char *place[] = { cube_code_of(cube, row, 0), cube_code_of(cube, row, 1), cube_code_of(cube, row, 2) };
		if (!cube_is_total(cube, row, 3) || cube_is_total(cube, row, 1) || cube_is_total(cube, row, 2))
			continue;
		struct sum sum = sum_classes(rounded, m05, place, 1);
		hold_sum(rounded, table, row, &sum);
	}
}

/* Whoever changed so often in the year (m04) is in a målgrupp that asks for that alone. */
static void hold_changes(const struct rounded *rounded, size_t table)
{
	const struct cube *cube = rounded->tables->cube[table];
	for (size_t g = 0; g < rounded->settings->malgrupp_count; g++) {
		const struct malgrupp *rule = &rounded->settings->malgrupp[g];
		for (size_t row = 0; asked_changes_alone(rule) && row < cube->rows; row++) {
			const char *place[] = { cube_code_of(cube, row, 0), cube_code_of(cube, row, 2), cube_code_of(cube, row, 3) };
			if (!cube_is_total(cube, row, 4) || cube_is_total(cube, row, 2) || cube_is_total(cube, row, 3) || strcmp(cube_code_of(cube, row, 1), rule->name) != 0)
				continue;
			struct sum sum = sum_classes(rounded, m04, place, rule->byten);
			hold_sum(rounded, table, row, &sum);
		}
	}
}

/* ---- approved months ---- */

/* What approved runs printed of a row of a month; false when none did. A row that they lack was 0. */
static bool find_approved(const struct rounded *rounded, size_t table, size_t row, double *number, struct error *error)
{
	const struct cube *cube = rounded->tables->cube[table];
	const char *code[TABLE_DIMENSIONS];
	int32_t from, to;
	for (size_t d = 0; d < cube->table->dimensions; d++)
		code[d] = cube_code_of(cube, row, d);
	const char *key = figure_join(code, cube->table->dimensions, rounded->tables->arena, error);
	size_t at = key == NULL ? LEDGER_NONE : ledger_find(rounded->ledger, cube->table->name, key, "personer");
	ledger_days(rounded->settings, cube->table, code, &from, &to);
	*number = 0;
	if (at == LEDGER_NONE)
		return key != NULL && ledger_part(rounded->ledger, cube->table->name, from, to) != LEDGER_NONE;
	const struct ledger_entry entry = ledger_entry(rounded->ledger, at);
	return entry.from == from && entry.to == to && entry.status == CELL_PUBLISHED && number_read_full(entry.text, strlen(entry.text), number);
}

/* The row of a year holds all of a month's that was approved. */
static void hold_month(const struct rounded *rounded, size_t table, size_t month, size_t row, const struct monthly *monthly, int64_t count)
{
	double before = rounded_truth(rounded, month, row, 0);
	size_t year, at;
	for (size_t number = 0; year_row(rounded, monthly, number, &year, &at); number++) {
		size_t measure = at == CUBE_NO_ROW || year != table ? 0 : cube_measure(rounded->tables->cube[table], "personer");
		if (at == CUBE_NO_ROW || year != table || rounded_truth(rounded, table, at, measure) < before)
			continue;
		int64_t *least = &rounded->bounds.least[table][tables_cell(rounded->tables, table, at, measure)];
		*least = count > *least ? count : *least;
	}
}

static void hold_months(const struct rounded *rounded, size_t table, const char *name, struct error *error)
{
	size_t month = tables_find(rounded->tables, name);
	for (size_t row = 0; month != SIZE_MAX && row < rounded->tables->cube[month]->rows && error->count == 0; row++) {
		const struct cube *cube = rounded->tables->cube[month];
		bool m06 = cube->table->dimensions == 5;
		struct monthly monthly = { .year = "", .kommun = cube_code_of(cube, row, 1), .kon = m06 ? cube_code_of(cube, row, 2) : CUBE_TOTAL,
			.age = m06 ? cube_code_of(cube, row, 3) : CUBE_TOTAL, .set = parti_set(cube_code_of(cube, row, m06 ? 4 : 2)) };
		int64_t base = rounded->base;
		double number;
		(void)strncat(monthly.year, cube_code_of(cube, row, 0), 4);
		if (monthly.set != 0 && find_approved(rounded, month, row, &number, error))
			hold_month(rounded, table, month, row, &monthly, ((int64_t)llround(number) + base - 1) / base * base);
	}
}

static int take_bounds(struct rounded *rounded, size_t table, struct error *error)
{
	size_t cells = rounded->tables->cube[table]->rows * rounded->tables->cube[table]->table->measures;
	if (rounded->bounds.least[table] != NULL)
		return 0;
	rounded->bounds.least[table] = arena_take(rounded->tables->arena, cells, sizeof(int64_t), error);
	rounded->bounds.most[table] = arena_take(rounded->tables->arena, cells, sizeof(int64_t), error);
	if (rounded->bounds.least[table] == NULL || rounded->bounds.most[table] == NULL)
		return -1;
	for (size_t i = 0; i < cells; i++)
		rounded->bounds.most[table][i] = INT64_MAX;
	return 0;
}

static bool is_yearly(const char *name)
{
	return strcmp(name, m01) == 0 || strcmp(name, m02) == 0 || strcmp(name, m04) == 0 || strcmp(name, m05) == 0;
}

int rounded_bound_year(struct rounded *rounded, const char *name, struct error *error)
{
	size_t table = is_yearly(name) ? tables_find(rounded->tables, name) : SIZE_MAX;
	if (table == SIZE_MAX)
		return 0;
	if (take_bounds(rounded, table, error) != 0)
		return -1;
	if (strcmp(name, m01) == 0 || strcmp(name, m04) == 0)
		hold_times(rounded, table);
	if (strcmp(name, m01) == 0)
		meet_all(rounded, m01, NULL, hold_most);
	if (strcmp(name, m02) == 0) {
		hold_changes(rounded, table);
		meet_groups(rounded, NULL, hold_most);
	}
	return 0;
}

int rounded_hold_months(struct rounded *rounded, const char *name, struct error *error)
{
	size_t table = is_yearly(name) ? tables_find(rounded->tables, name) : SIZE_MAX;
	if (table == SIZE_MAX)
		return 0;
	if (rounded->ledger != NULL && ledger_cells(rounded->ledger) > 0) {
		hold_months(rounded, table, "m03_samtidighet", error);
		hold_months(rounded, table, "m06_manad", error);
		meet_groups(rounded, name, hold_least);
		meet_all(rounded, m01, name, hold_least);
		meet_all(rounded, m04, name, hold_least);
	}
	rounded_fit(rounded, table);
	return error->count > 0 ? -1 : 0;
}
