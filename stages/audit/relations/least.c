/* Persons and their helårsekvivalenter: see least.h. */
#include "stages/audit/relations/least.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "pipeline/base/date.h"

/* The part of a year that the period covers: in days, or for bistånd in months. */
static double part_of_year(const struct settings *settings, const char *year, const char *forman)
{
	int number = atoi(year), days = 0, months = 0;
	for (int month = 1; month <= 12; month++) {
		int32_t at = date_month(number, month);
		int32_t first = date_first_day(at), last = date_last_day(at);
		if (first < settings->period_from || last > settings->period_to)
			continue; /* the period is of whole months */
		days += last - first + 1;
		months++;
	}
	return strcmp(forman, "FS") == 0 ? months / 12.0 : (double)days / date_days_in_year(number);
}

/* The least number of persons that a row's helårsekvivalenter leave; 0 where they leave any, or are not known (`told`). -1 with the error set. */
static int64_t least_of(const struct published_table *m01, const struct earlier *earlier, size_t row, double share, bool told, struct error *error)
{
	static const char *const single[] = { "SP", "RP", "SE", "AE", "AK", "AS", "UE", "ET", "FS" };
	const char *key[TABLE_DIMENSIONS];
	for (size_t d = 0; d < m01->cube->table->dimensions; d++)
		key[d] = cube_code_of(m01->cube, row, d);
	size_t at = cube_find_named(m01->truth, key), measure = cube_measure(m01->truth, "helarsekvivalenter");
	bool one = false; /* in a group a person may have several */
	for (size_t i = 0; i < sizeof single / sizeof *single; i++)
		one = one || strcmp(key[3], single[i]) == 0;
	double part = part_of_year(earlier->settings, key[0], key[3]);
	if (at == CUBE_NO_ROW || !one || !(part > 0))
		return 0;
	double equivalents = cube_cell(m01->truth, at, measure)->number;
	bool known = true;
	if (told && earlier_withheld(earlier, m01->cube, row, measure, equivalents, &known, error) != 0)
		return -1;
	return known ? (int64_t)ceil(equivalents * (1 - share) / part - 1e-6) : 0;
}

int least_state(const struct published *published, const struct earlier *earlier, double share, bool told, struct error *error)
{
	const struct published_table *m01 = published_find(published, "m01");
	if (m01 == NULL || m01->truth == NULL || earlier->settings == NULL)
		return 0;
	for (size_t row = 0; row < m01->cube->rows; row++) {
		bool stands, beside;
		standing_row(earlier, published, m01->cube, row, &stands, &beside);
		if (beside)
			continue;
		size_t variable = m01->variable[row * m01->cube->table->measures + cube_measure(m01->cube, "personer")];
		int64_t least = variable == KNOWLEDGE_NONE ? 0 : least_of(m01, earlier, row, share, told, error);
		if (least < 0)
			return -1;
		if (least > 0 && least > published->knowledge->low[variable])
			published->knowledge->low[variable] = least;
	}
	return 0;
}
