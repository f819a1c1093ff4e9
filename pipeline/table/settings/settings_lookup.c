/* Questions to settings that have been read: names, municipalities of a day, age groups, months: see settings.h. */
#include <string.h>

#include "pipeline/base/date.h"
#include "pipeline/table/settings/settings.h"

size_t settings_insats(const struct settings *settings, const char *name)
{
	for (size_t i = 0; i < settings->insats_count; i++)
		if (strcmp(settings->insats[i].name, name) == 0)
			return i;
	return SIZE_MAX;
}

size_t settings_malgrupp(const struct settings *settings, const char *name)
{
	for (size_t i = 0; i < settings->malgrupp_count; i++)
		if (strcmp(settings->malgrupp[i].name, name) == 0)
			return i;
	return SIZE_MAX;
}

const struct kommuner *settings_kommuner(const struct settings *settings, int32_t day)
{
	size_t at = settings->kommuner_count - 1;
	while (at > 0 && settings->kommuner[at].from > day)
		at--;
	return &settings->kommuner[at];
}

const struct kommuner *settings_kommuner_of_year(const struct settings *settings, int year)
{
	int32_t day = date_day(year, 12, 31);
	return settings_kommuner(settings, day < settings->period_to ? day : settings->period_to);
}

bool settings_has_kommun(const struct kommuner *kommuner, const char *code)
{
	for (size_t i = 0; i < kommuner->codes.count; i++)
		if (strcmp(kommuner->codes.word[i], code) == 0)
			return true;
	return false;
}

bool settings_breaks(const struct settings *settings, int year)
{
	if (year <= date_year_of_month(settings->historik_from) || year > settings_last_year(settings))
		return false;
	const struct kommuner *now = settings_kommuner_of_year(settings, year), *before = settings_kommuner_of_year(settings, year - 1);
	bool same = now->codes.count == before->codes.count;
	for (size_t i = 0; same && i < now->codes.count; i++)
		same = settings_has_kommun(before, now->codes.word[i]);
	return !same;
}

const char *settings_age_label(const struct settings *settings, int age)
{
	if (age < settings->age_group[0].from)
		return settings->age_below;
	for (size_t i = 0; i < settings->age_groups; i++)
		if (age <= settings->age_group[i].to)
			return settings->age_group[i].label;
	return settings->age_above;
}

int32_t settings_first_month(const struct settings *settings)
{
	return date_month_of(settings->period_from);
}

int32_t settings_last_month(const struct settings *settings)
{
	return date_month_of(settings->period_to);
}

int32_t settings_panel_months(const struct settings *settings)
{
	return settings_last_month(settings) - settings->historik_from + 1;
}

int settings_first_year(const struct settings *settings)
{
	return date_year_of(settings->period_from);
}

int settings_last_year(const struct settings *settings)
{
	return date_year_of(settings->period_to);
}

bool settings_year_part(const struct settings *settings, int year, int32_t *first, int32_t *last)
{
	int32_t from = date_day(year, 1, 1), to = date_day(year, 12, 31);
	if (from < settings->period_from)
		from = settings->period_from;
	if (to > settings->period_to)
		to = settings->period_to;
	if (from > to)
		return false;
	*first = from;
	*last = to;
	return true;
}
