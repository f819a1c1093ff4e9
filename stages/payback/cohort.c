/* Who is in an insats's cohort. */
#include "stages/payback/cohort.h"

#include <stdlib.h>

#include "pipeline/base/date.h"
#include "pipeline/table/column/column.h"

#define MONTHS_AFTER 3 /* observed after the exit month */

bool deltagande_within(const struct deltagande *deltagande, int32_t from, int32_t to)
{
	return deltagande->start <= to && deltagande->slut >= from;
}

bool deltagande_exited(const struct deltagande *deltagande, int32_t from, int32_t to)
{
	return deltagande->slut != DATE_ONGOING && from <= deltagande->slut && deltagande->slut <= to;
}

int32_t deltagande_days(const struct deltagande *deltagande)
{
	return deltagande->slut - deltagande->start + 1;
}

int32_t deltagande_days_within(const struct deltagande *deltagande, int32_t from, int32_t to)
{
	int32_t first = deltagande->start > from ? deltagande->start : from;
	int32_t last = deltagande->slut < to ? deltagande->slut : to;
	return last < first ? 0 : last - first + 1;
}

bool cohort_takes(const struct deltagande *deltagande, const struct settings *settings, enum underlag underlag,
	const struct codes *codes)
{
	if (!deltagande_exited(deltagande, settings->period_from, settings->period_to) ||
		(deltagande->avslut & codes->no_saving) != 0)
		return false;
	if (underlag == UNDERLAG_SUS)
		return true;
	return deltagande->person != COLUMN_NONE_U32 &&
		settings_last_month(settings) - date_month_of(deltagande->slut) >= MONTHS_AFTER &&
		date_month_of(deltagande->start) > settings->historik_from;
}

static int by_number(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

/* By person, exit, start, and place in the list (the pointers are into one array). */
static int compare(const void *left, const void *right)
{
	const struct deltagande *a = *(const struct deltagande *const *)left;
	const struct deltagande *b = *(const struct deltagande *const *)right;
	int order = by_number(a->person, b->person);
	if (order == 0)
		order = by_number(a->slut, b->slut);
	if (order == 0)
		order = by_number(a->start, b->start);
	return order != 0 ? order : (a > b) - (a < b);
}

size_t cohort_choose(const struct deltagande *const *list, size_t count, const struct settings *settings,
	enum underlag underlag, const struct codes *codes, const struct deltagande **members)
{
	size_t taken = 0, kept = 0;
	for (size_t i = 0; i < count; i++)
		if (cohort_takes(list[i], settings, underlag, codes))
			members[taken++] = list[i];
	qsort(members, taken, sizeof *members, compare);
	for (size_t i = 0; i < taken; i++)
		if (members[i]->person == COLUMN_NONE_U32 || i + 1 == taken || members[i + 1]->person != members[i]->person)
			members[kept++] = members[i];
	return kept;
}
