/* A count of a year and its months: see facts_year.h. */
#include "stages/protect/facts/facts_year.h"

#include <string.h>

#include "stages/protect/past/past.h"

#define TOT CUBE_TOTAL
#define CLASSES_MOST 8192 /* of a kommun in a year that a sum holds */

/* Classes of months' persons (facts_crossed.c) that are added up. */
struct classes {
	size_t atom[CLASSES_MOST];
	size_t count;
};

void facts_line_begin(struct facts_line *line, const struct facts_year *year, int sign)
{
	line->count[0] = year->count;
	line->sign[0] = sign;
	line->terms = 1;
	line->asked = 0;
	line->told = 0;
}

void facts_line_year(const struct facts_work *work, struct facts_line *line, size_t table, const char *const *codes, int sign)
{
	const struct cube *cube = work->tables->cube[table];
	size_t row = cube_find_named(cube, codes);
	if (row == CUBE_NO_ROW)
		return;
	line->count[line->terms] = (struct facts_count){ table, row, cube_measure(cube, "personer") };
	line->sign[line->terms++] = sign;
}

void facts_line_month(const struct facts_work *work, struct facts_line *line, size_t table, const char *const *codes, int sign)
{
	size_t measure = cube_measure(work->tables->cube[table], "personer");
	if (line->asked++ == 0)
		(void)past_told(work->tables, table, codes, measure, &line->told, work->error); /* the error stays */
	facts_line_year(work, line, table, codes, sign);
}

bool facts_meets(const struct facts_condition *condition, unsigned parts)
{
	return (condition->all & ~parts) == 0 && (condition->none & parts) == 0 && (condition->any == 0 || (condition->any & parts) != 0) &&
		__builtin_popcount(parts) >= condition->parts;
}

/* Those of a month whose combination meets the condition: the sum of these, or where that is shorter all less the others. */
void facts_line_combinations(const struct facts_work *work, struct facts_line *line, const struct facts_year *year, int month,
	const struct facts_condition *condition, int sign)
{
	const struct cube_codes *combination = &work->tables->cube[year->by_combination]->codes[2];
	unsigned met = 0;
	for (unsigned parts = 1; parts < FACTS_COMBINATIONS; parts++)
		met += facts_meets(condition, parts) ? 1 : 0;
	bool less = 2 * met > FACTS_COMBINATIONS;
	for (size_t c = 0; c < combination->count; c++) {
		const char *codes[] = { year->month[month], year->kommun, combination->code[c] };
		bool whole = c == combination->total;
		if (whole ? less : facts_meets(condition, parti_set(codes[2])) != less)
			facts_line_month(work, line, year->by_combination, codes, whole || !less ? sign : -sign);
	}
}

/* Those of a month at each of the parts: who is at several stands in it as often. */
void facts_line_parts(const struct facts_work *work, struct facts_line *line, const struct facts_year *year, int month, unsigned parts, int sign)
{
	for (int part = 0; part < PARTIER; part++) {
		const char *codes[] = { year->month[month], year->kommun, year->kon, year->age, parti_names[part] };
		if ((parts >> part & 1) != 0)
			facts_line_month(work, line, year->by_part, codes, sign);
	}
}

int facts_line_end(struct facts_work *work, const struct facts_line *line, bool whole)
{
	const struct system *system = work->facts->system;
	size_t rows = system->rows;
	int result = whole ? facts_state_bound(work, line->count, line->sign, line->terms)
		: facts_state_classes(work, line->count, line->sign, line->terms, NULL, 0, 1);
	for (size_t r = rows; r < system->rows; r++)
		system->row[r].loose = true;
	return result;
}

/* Adds those of a month who meet the condition, by classes of kön, age and combination; false where the month's are not told apart. */
static bool add_classes(const struct facts_work *work, struct classes *classes, const struct facts_year *year, int month, const struct facts_condition *condition)
{
	const struct facts *facts = work->facts;
	size_t m03 = facts_find(work, "m03_samtidighet");
	const char *codes[] = { year->month[month], year->kommun, TOT };
	size_t row = m03 == SIZE_MAX ? CUBE_NO_ROW : cube_find_named(work->tables->cube[m03], codes);
	if (m03 == SIZE_MAX || work->crossed == NULL)
		return false;
	if (row == CUBE_NO_ROW || facts_count(work->tables, m03, row, 0) == 0)
		return true; /* there is nobody */
	const struct facts_range *range = &work->crossed[row];
	for (size_t i = range->from; i < range->to && classes->count < CLASSES_MOST; i++) {
		const struct facts_crossing *crossing = &facts->crossing[i];
		const struct cube *m06 = work->tables->cube[crossing->table];
		bool own = (strcmp(year->kon, TOT) == 0 || strcmp(year->kon, cube_code_of(m06, crossing->row, 2)) == 0) &&
			(strcmp(year->age, TOT) == 0 || strcmp(year->age, cube_code_of(m06, crossing->row, 3)) == 0);
		if (own && facts_meets(condition, parti_set(crossing->code)))
			classes->atom[classes->count++] = crossing->atom;
	}
	return range->from < range->to && classes->count < CLASSES_MOST;
}

int facts_line_classes(struct facts_work *work, const struct facts_line *line, const struct facts_year *year, unsigned months,
	const struct facts_condition *condition, int sign, bool *told)
{
	struct classes classes = { .count = 0 };
	*told = year->by_combination == SIZE_MAX && work->crossed != NULL;
	for (int month = 0; month < year->months && *told; month++)
		if ((months >> month & 1) != 0)
			*told = add_classes(work, &classes, year, month, condition);
	return *told ? facts_state_classes(work, line->count, line->sign, line->terms, classes.atom, classes.count, sign) : 0;
}

void facts_list_months(const struct facts_work *work, struct facts_year *year, size_t table)
{
	const struct cube_codes *months = table == SIZE_MAX ? NULL : &work->tables->cube[table]->codes[0];
	year->months = 0;
	for (size_t c = 0; months != NULL && c < months->count; c++)
		if (strncmp(months->code[c], year->ar, 4) == 0 && year->months < FACTS_MONTHS)
			year->month[year->months++] = months->code[c]; /* codes are in order */
}

void facts_find_months(const struct facts_work *work, struct facts_year *year)
{
	size_t by_part = facts_find(work, "m06_manad"), by_combination = facts_find(work, "m03_samtidighet");
	bool by_age = strncmp(work->tables->cube[year->count.table]->table->name, "m02", 3) == 0;
	year->months = 0;
	year->by_part = strcmp(year->kon, TOT) == 0 || (by_age && strcmp(year->age, TOT) == 0) ? SIZE_MAX : by_part;
	year->by_combination = strcmp(year->kon, TOT) == 0 && strcmp(year->age, TOT) == 0 ? by_combination : SIZE_MAX;
	size_t table = by_part != SIZE_MAX ? by_part : by_combination;
	if (strcmp(year->kommun, TOT) == 0 || (year->by_part == SIZE_MAX && year->by_combination == SIZE_MAX))
		return;
	facts_list_months(work, year, table);
	if (year->by_combination == SIZE_MAX || year->months == 0)
		return;
	const struct cube *m03 = work->tables->cube[by_combination];
	const char *margin[] = { year->month[0], TOT, TOT };
	size_t row = cube_find_named(m03, margin);
	if (row == CUBE_NO_ROW || cube_cell(m03, row, 0)->status == CELL_MISSING) /* without a common key */
		year->by_combination = SIZE_MAX;
}

