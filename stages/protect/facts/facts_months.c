/* Months and the year that holds them: see facts_inside.h.

   Who is active in a month is counted among the active of its year, and whoever is counted in a year is so in some month of it. A month is known by
   parts (m06) or by combinations (m03), which have no kön and no age; a year's groups are those of m01, m04, m05 and m02. Stated of single kommuner, kön
   and ages alone, and of the smallest of groups within one another: of their sums and of the others it follows. */
#include <string.h>

#include "pipeline/table/settings/settings.h"
#include "stages/protect/asked.h"
#include "stages/protect/facts/facts_year.h"

#define TOT CUBE_TOTAL

/* Where the month's count stands as an approved run printed it, and is another now, it is that which stands beside the year's: the year is no less, and few apart
   from it are as many as few apart from the month itself. */
static void demand_apart(struct facts_work *work, const struct facts_line *line)
{
	const struct facts_count *year = &line->count[0];
	int64_t count = facts_count(work->tables, year->table, year->row, year->measure);
	uint32_t atom = work->atom[facts_standing(work, facts_cell(work, year->table, year->row, year->measure))];
	if (line->asked != 1 || line->told == 0 || count < line->told || atom == 0)
		return;
	struct row *set = &work->facts->system->row[atom - 1];
	set->floor = line->told > set->floor ? line->told : set->floor;
	if (!tables_small((double)(count - line->told), (double)work->minimum) || set->kind == ROW_KNOWN)
		return;
	set->withheld = true;
	set->up = set->up > work->minimum - 1 ? set->up : work->minimum - 1;
	set->width = set->width > work->minimum - 1 ? set->width : work->minimum - 1;
}

/* Likewise of a year and one count of a month within it: who is in the year alone is a set that is protected, too. */
static int end_apart(struct facts_work *work, const struct facts_line *line)
{
	const struct system *system = work->facts->system;
	size_t rows = system->rows;
	demand_apart(work, line);
	int result = facts_line_end(work, line, true);
	for (size_t r = rows; r < system->rows; r++)
		if (line->terms == 2 && tables_small((double)work->value, (double)work->minimum)) {
			system_target(&system->row[r], work->value, work->minimum);
			system->row[r].loose = false;
		}
	return result;
}

/* The only part at which whoever is active meets the condition, each by itself: bits; 0 where no single part is enough. */
static unsigned enough_alone(const struct facts_condition *condition)
{
	if (!condition->enough || condition->parts > 1 || __builtin_popcount(condition->all) > 1)
		return 0;
	return condition->all != 0 ? (condition->any == 0 ? condition->all : 0) : condition->any;
}

/* Each month's persons are within the year's. */
static int state_months(struct facts_work *work, const struct facts_year *year, const struct facts_condition *condition)
{
	struct facts_line line;
	bool told;
	unsigned alone = enough_alone(condition) & ~condition->told;
	for (int month = 0; month < year->months; month++) {
		facts_line_begin(&line, year, 1);
		if (condition->enough && year->by_combination != SIZE_MAX) {
			facts_line_combinations(work, &line, year, month, condition, -1);
			if (end_apart(work, &line) != 0)
				return -1;
		}
		for (unsigned part = 1; part < FACTS_COMBINATIONS && year->by_part != SIZE_MAX; part <<= 1) {
			facts_line_begin(&line, year, 1);
			facts_line_parts(work, &line, year, month, alone & part, -1);
			if ((alone & part) != 0 && end_apart(work, &line) != 0)
				return -1;
		}
		facts_line_begin(&line, year, 1);
		if (condition->enough && facts_line_classes(work, &line, year, 1U << month, condition, -1, &told) != 0)
			return -1;
	}
	return 0;
}

/* Less a year's persons; where it is all who are paid (m01), those whom AF pays may be in none of the months that are told. */
static void begin_cover(const struct facts_work *work, struct facts_line *line, const struct facts_year *year)
{
	const struct cube *cube = work->tables->cube[year->count.table];
	const char *paid[] = { year->ar, year->kommun, year->kon, "ARBMARK" };
	facts_line_begin(line, year, -1);
	if (strncmp(cube->table->name, "m01", 3) == 0 && cube_is_total(cube, year->count.row, 3))
		facts_line_year(work, line, year->count.table, paid, 1);
}

/* The year's persons are no more than all months' together. */
static int state_cover(struct facts_work *work, const struct facts_year *year, const struct facts_condition *condition)
{
	struct facts_line line;
	bool told;
	begin_cover(work, &line, year);
	for (int month = 0; month < year->months && year->by_combination != SIZE_MAX; month++)
		facts_line_combinations(work, &line, year, month, condition, 1);
	if (year->by_combination != SIZE_MAX && facts_line_end(work, &line, condition->enough) != 0)
		return -1;
	for (unsigned part = 0; part < FACTS_COMBINATIONS && year->by_part != SIZE_MAX; part = part == 0 ? 1 : part << 1) {
		unsigned parts = part == 0 ? condition->any : condition->all & part;
		begin_cover(work, &line, year);
		for (int month = 0; month < year->months; month++)
			facts_line_parts(work, &line, year, month, parts, 1);
		if (parts != 0 && facts_line_end(work, &line, condition->enough) != 0)
			return -1;
	}
	begin_cover(work, &line, year);
	return facts_line_classes(work, &line, year, (1U << year->months) - 1, condition, 1, &told);
}

/* Who is not among those of `none` is in a month at one of the parts `most`, and so is nobody else than them of whoever is at one of `least`. */
static int state_last(struct facts_work *work, const struct facts_year *year, const char *none, unsigned least, unsigned most)
{
	const char *codes[] = { year->ar, year->kommun, year->kon, none };
	int last = year->months - 1;
	bool told;
	for (int side = -1; side <= 1; side += 2) {
		const struct facts_condition bound = { .any = side > 0 ? least : most };
		struct facts_line line;
		facts_line_begin(&line, year, side);
		facts_line_year(work, &line, year->count.table, codes, -side);
		size_t terms = line.terms;
		if (facts_line_classes(work, &line, year, 1U << last, &bound, -side, &told) != 0)
			return -1;
		if (year->by_combination != SIZE_MAX) {
			facts_line_combinations(work, &line, year, last, &bound, -side);
			if (facts_line_end(work, &line, true) != 0)
				return -1;
		}
		for (unsigned part = 1; part < FACTS_COMBINATIONS && year->by_part != SIZE_MAX; part <<= 1) {
			unsigned parts = side > 0 ? least & part : part == 1 ? most : 0;
			line.terms = terms;
			facts_line_parts(work, &line, year, last, parts, -side);
			if (parts != 0 && facts_line_end(work, &line, true) != 0)
				return -1;
		}
	}
	return 0;
}

/* Those who never change are in each month at one of the parts. */
static int state_unchanged(struct facts_work *work, const struct facts_year *year, unsigned parts)
{
	const struct facts_condition active = { .any = parts };
	struct facts_line line;
	bool told;
	for (int month = 0; month < year->months; month++) {
		facts_line_begin(&line, year, -1);
		if (facts_line_classes(work, &line, year, 1U << month, &active, 1, &told) != 0)
			return -1;
		if (year->by_combination != SIZE_MAX) {
			facts_line_combinations(work, &line, year, month, &active, 1);
			if (facts_line_end(work, &line, false) != 0)
				return -1;
		}
		facts_line_begin(&line, year, -1);
		if (year->by_part != SIZE_MAX)
			facts_line_parts(work, &line, year, month, parts, 1);
		if (year->by_part != SIZE_MAX && facts_line_end(work, &line, false) != 0)
			return -1;
	}
	return 0;
}

/* ---- whom a year counts ---- */

/* A målgrupp's condition, for those of a year's kommun, kön and ages; false where no part of the society is in it. */
static bool condition_of(const struct malgrupp *rule, const struct facts_year *year, int age_from, int age_to, struct facts_condition *condition)
{
	bool ages = rule->age_from < 0 || (rule->age_from <= age_from && rule->age_to >= age_to);
	*condition = (struct facts_condition){ .all = asked_parts(rule), .parts = rule->minst_parter,
		.enough = !asked_more(rule) && ages && asked_of(rule, year->kommun, year->kon) };
	return condition->all != 0 || condition->parts > 0;
}

/* The ages of an age group of m02, TOT all; false where it is none of the settings. */
static bool ages_of(const struct settings *settings, const char *age, int *from, int *to)
{
	bool found = strcmp(age, TOT) == 0;
	*from = 16;
	*to = 64;
	for (size_t g = 0; g < settings->age_groups && !found; g++) {
		found = strcmp(settings->age_group[g].label, age) == 0;
		*from = settings->age_group[g].from > 16 ? settings->age_group[g].from : 16;
		*to = settings->age_group[g].to < 64 ? settings->age_group[g].to : 64;
	}
	return found;
}

/* What the persons of a row of m01, m02, m04 or m05 meet; false where months say nothing of them. */
static bool find_condition(const struct facts_work *work, const struct cube *cube, size_t row, const struct facts_year *year, struct facts_condition *condition)
{
	const struct settings *settings = work->tables->settings;
	const char *name = cube->table->name, *last = cube_code_of(cube, row, cube->table->dimensions - 1);
	if (strncmp(name, "m02", 3) == 0) {
		int from, to;
		for (size_t g = 0; g < settings->malgrupp_count && ages_of(settings, last, &from, &to); g++)
			if (strcmp(settings->malgrupp[g].name, cube_code_of(cube, row, 1)) == 0)
				return condition_of(&settings->malgrupp[g], year, from, to, condition);
		return false;
	}
	*condition = (struct facts_condition){ .enough = true };
	if (strncmp(name, "m01", 3) == 0) {
		bool bistand = strcmp(last, "BISTAND") == 0, ohalsa = strcmp(last, "OHALSA") == 0;
		if (strcmp(last, TOT) == 0) { /* and whom AF pays, whose months are not told */
			condition->any = condition->told = AT_FK | AT_KOM;
			return true;
		}
		if (strcmp(last, "ARBMARK") == 0) { /* mostly: of 95 to 98 who are paid there are few */
			*condition = (struct facts_condition){ .all = AT_AF };
			return true;
		}
		condition->all = bistand ? AT_KOM : AT_FK;
		condition->enough = bistand || ohalsa;
		return bistand || ohalsa || strcmp(last, "SP") == 0 || strcmp(last, "RP") == 0 || strcmp(last, "SE") == 0 || strcmp(last, "AE") == 0;
	}
	condition->any = AT_AF | AT_FK | AT_KOM | (strncmp(name, "m05", 3) == 0 ? AT_REG : 0);
	condition->told = strncmp(name, "m05", 3) == 0 && facts_find(work, "m04_rundgang") != SIZE_MAX ? AT_AF | AT_FK | AT_KOM
		: facts_find(work, "m01_forsorjningsmatt") != SIZE_MAX ? AT_FK | AT_KOM : 0;
	return strcmp(last, TOT) == 0;
}

/* Ends a line where few are in the year alone. */
static int end_few(struct facts_work *work, const struct facts_line *line)
{
	int64_t apart = line->terms < 2 ? 0 : facts_count(work->tables, line->count[0].table, line->count[0].row, line->count[0].measure) -
		facts_count(work->tables, line->count[1].table, line->count[1].row, line->count[1].measure);
	demand_apart(work, line);
	return tables_small((double)apart, (double)work->minimum) ? end_apart(work, line) : 0;
}

/* Who is in the year alone, beside one part of a month or all of it: of sums over kön, ages and kommuner, and of parts that a smaller group tells of, it follows that they are
   not fewer than none, but not that 1–4 of them are safe. They may be of several kön: where one more is of one, one less may be of the other. */
static int state_few_apart(struct facts_work *work, struct facts_year *year, const struct facts_condition *condition)
{
	size_t by_part = facts_find(work, "m06_manad"), by_combination = facts_find(work, "m03_samtidighet");
	unsigned alone = enough_alone(condition), stated = year->months > 0 && year->by_part != SIZE_MAX ? alone & ~condition->told : 0;
	bool everybody = alone == FACTS_COMBINATIONS - 1 && by_combination != SIZE_MAX && strcmp(year->kon, TOT) == 0; /* m05: of all in m03 */
	facts_list_months(work, year, by_part != SIZE_MAX ? by_part : by_combination);
	for (int month = 0; month < year->months; month++) {
		struct facts_line line;
		for (unsigned part = 1; part < FACTS_COMBINATIONS && by_part != SIZE_MAX; part <<= 1) {
			facts_line_begin(&line, year, 1);
			year->by_part = by_part;
			facts_line_parts(work, &line, year, month, alone & ~stated & part, -1);
			if (end_few(work, &line) != 0)
				return -1;
		}
		const char *all[] = { year->month[month], year->kommun, TOT };
		facts_line_begin(&line, year, 1);
		if (everybody)
			facts_line_month(work, &line, by_combination, all, -1);
		if (end_few(work, &line) != 0)
			return -1;
	}
	return 0;
}

static int state_row(struct facts_work *work, size_t table, size_t row)
{
	const struct cube *cube = work->tables->cube[table];
	const char *name = cube->table->name, *last = cube_code_of(cube, row, cube->table->dimensions - 1);
	size_t shift = strncmp(name, "m02", 3) == 0 ? 1 : 0; /* målgrupp behind ar */
	struct facts_year year = { .count = { table, row, cube_measure(cube, "personer") }, .ar = cube_code_of(cube, row, 0),
		.kommun = cube_code_of(cube, row, 1 + shift), .kon = cube_code_of(cube, row, 2 + shift), .age = shift == 1 ? last : TOT };
	struct facts_condition condition;
	if (cube_cell(cube, row, year.count.measure)->status == CELL_MISSING)
		return 0;
	facts_find_months(work, &year);
	bool found = find_condition(work, cube, row, &year, &condition);
	struct facts_year sums = year;
	if (found && state_few_apart(work, &sums, &condition) != 0)
		return -1;
	if (year.months == 0)
		return 0;
	if (found && (state_months(work, &year, &condition) != 0 || state_cover(work, &year, &condition) != 0))
		return -1;
	if (strncmp(name, "m05", 3) == 0 && strcmp(last, TOT) == 0)
		return state_last(work, &year, "0", AT_FK | AT_KOM, AT_AF | AT_FK | AT_KOM);
	if (strncmp(name, "m04", 3) == 0 && strcmp(last, "0") == 0)
		return state_unchanged(work, &year, AT_AF | AT_FK | AT_KOM);
	return 0;
}

/* A målgrupp in which nobody of a kommun, kön and age is: nobody of them meets it in a month, though combinations that do are there. */
static int state_nobody(struct facts_work *work, const struct malgrupp *rule, const char *const codes[5])
{
	const struct cube *cube = work->tables->cube[facts_find(work, "m02_malgrupp")];
	struct facts_year year = { .count = { facts_find(work, "m02_malgrupp"), CUBE_NO_ROW, 0 }, .ar = codes[0], .kommun = codes[2], .kon = codes[3], .age = codes[4] };
	struct facts_condition condition;
	int from, to;
	if (cube_find_named(cube, codes) != CUBE_NO_ROW || !ages_of(work->tables->settings, codes[4], &from, &to) || !condition_of(rule, &year, from, to, &condition))
		return 0;
	facts_find_months(work, &year);
	int result = 0;
	struct facts_line line;
	bool told;
	facts_line_begin(&line, &year, 1);
	for (int month = 0; month < year.months && result == 0 && condition.enough; month++) /* one by one: where many are, classes are not told */
		result = facts_line_classes(work, &line, &year, 1U << month, &condition, -1, &told);
	return result;
}

static int state_empty_rows(struct facts_work *work, const struct malgrupp *rule)
{
	const struct cube_codes *years = &work->tables->cube[facts_find(work, "m02_malgrupp")]->codes[0];
	const struct cube_codes *codes = work->tables->cube[facts_find(work, "m06_manad")]->codes;
	for (size_t y = 0; y < years->count; y++)
		for (size_t kommun = 0; kommun < codes[1].count; kommun++)
			for (size_t kon = 0; kon < codes[2].count; kon++)
				for (size_t age = 0; age < codes[3].count; age++) {
					const char *row[] = { years->code[y], rule->name, codes[1].code[kommun], codes[2].code[kon], codes[3].code[age] };
					bool total = kommun == codes[1].total || kon == codes[2].total || age == codes[3].total;
					if (!total && state_nobody(work, rule, row) != 0)
						return -1;
				}
	return 0;
}

int facts_months(struct facts_work *work)
{
	static const char *const tables[] = { "m01_forsorjningsmatt", "m02_malgrupp", "m04_rundgang", "m05_tid_i_forsorjning" };
	for (size_t t = 0; t < sizeof tables / sizeof *tables && !work->joining && work->tables->settings != NULL; t++) {
		size_t table = facts_find(work, tables[t]);
		for (size_t row = 0; table != SIZE_MAX && row < work->tables->cube[table]->rows; row++)
			if (state_row(work, table, row) != 0 || work->error->count > 0)
				return -1;
	}
	bool classes = !work->joining && work->crossed != NULL && facts_find(work, "m02_malgrupp") != SIZE_MAX;
	for (size_t g = 0; classes && g < work->tables->settings->malgrupp_count; g++)
		if (state_empty_rows(work, &work->tables->settings->malgrupp[g]) != 0)
			return -1;
	return 0;
}
