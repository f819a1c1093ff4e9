/* Which persons the tables measure: see measured.h. */
#include "stages/malgrupp/measured.h"

#include <string.h>

#include "pipeline/base/date.h"

/* The municipalities valid in any year of the period, in the order of the list, which ascends. */
static int take_kommuner(struct measured *measured, const struct codelist *list, struct arena *arena, struct error *error)
{
	const char **kommun = arena_take(arena, list->count, sizeof *kommun, error);
	if (kommun == NULL)
		return -1;
	for (size_t i = 0; i < list->count; i++) {
		bool valid = false;
		for (size_t y = 0; y < measured->years && !valid; y++)
			valid = settings_has_kommun(measured->year[y].valid, list->entry[i].kod);
		if (valid)
			kommun[measured->kommuner++] = list->entry[i].kod;
	}
	measured->kommun = kommun;
	return 0;
}

static int take_positions(struct measured *measured, struct measured_year *year, const struct codelist *list,
	struct arena *arena, struct error *error)
{
	year->position = arena_take(arena, list->count, sizeof *year->position, error);
	if (year->position == NULL)
		return -1;
	for (size_t i = 0; i < list->count; i++)
		year->position[i] = CODE_NONE;
	for (size_t k = 0; k < measured->kommuner; k++) {
		uint16_t at = codelist_find(list, measured->kommun[k], strlen(measured->kommun[k]));
		if (settings_has_kommun(year->valid, measured->kommun[k]))
			year->position[at] = (uint16_t)k;
	}
	for (size_t i = 0; i < year->valid->codes.count; i++)
		if (codelist_find(list, year->valid->codes.word[i], strlen(year->valid->codes.word[i])) == CODE_NONE)
			return error_set(error, EXIT_BUG, "a kommun of the settings is not in the list kommun");
	return 0;
}

static int take_year(struct measured *measured, struct measured_year *year, int number, struct arena *arena,
	struct error *error)
{
	year->year = number;
	year->text = arena_print(arena, error, "%04d", number);
	if (year->text == NULL)
		return -1;
	(void)settings_year_part(measured->settings, number, &year->first_day, &year->last_day);
	year->first = date_month_of(year->first_day) - measured->panel_first;
	year->last = date_month_of(year->last_day) - measured->panel_first;
	year->months = monthset_range(year->first, year->last);
	year->month_before = date_month(number, 1) - 1 - measured->panel_first;
	if (year->month_before < 0)
		year->month_before = -1;
	year->valid = settings_kommuner_of_year(measured->settings, number);
	return 0;
}

static int take_months(struct measured *measured, struct arena *arena, struct error *error)
{
	const char **text = arena_take(arena, (size_t)measured->months, sizeof *text, error);
	if (text == NULL)
		return -1;
	for (int m = 0; m < measured->months; m++) {
		char month[DATE_TEXT];
		date_write_month(measured->panel_first + measured->first + m, month);
		text[m] = arena_text(arena, month, strlen(month), error);
		if (text[m] == NULL)
			return -1;
	}
	measured->month_text = text;
	return 0;
}

/* The calendar of the panel as a table: millions of days are asked for. */
static int take_days(struct measured *measured, struct arena *arena, struct error *error)
{
	measured->first_day = date_first_day(measured->panel_first);
	measured->days = date_first_day(measured->panel_first + measured->panel_months) - measured->first_day;
	measured->month_of_day = arena_take(arena, (size_t)measured->days, sizeof *measured->month_of_day, error);
	if (measured->month_of_day == NULL)
		return -1;
	for (int32_t day = 0; day < measured->days; day++)
		measured->month_of_day[day] = (uint8_t)(date_month_of(measured->first_day + day) - measured->panel_first);
	return 0;
}

/* Ages that the settings' groups leave out have groups of their own, labelled as everywhere ("0-17"), but hold 16–64 only. */
static void take_ages(struct measured *measured)
{
	for (int age = MEASURED_YOUNGEST; age <= MEASURED_OLDEST; age++) {
		const char *label = settings_age_label(measured->settings, age);
		if (measured->ages == 0 || strcmp(measured->age[measured->ages - 1], label) != 0) {
			measured->age_from[measured->ages] = age;
			measured->age[measured->ages++] = label;
		}
		measured->age_to[measured->ages - 1] = age;
		measured->group_of[age] = (uint8_t)(measured->ages - 1);
	}
}

static int take_kon(struct measured *measured, const struct codelist *list, struct arena *arena, struct error *error)
{
	const char **kon = arena_take(arena, MEASURED_KON, sizeof *kon, error);
	if (kon == NULL)
		return -1;
	if (list->count != MEASURED_KON)
		return error_set(error, EXIT_BUG, "the list kon has not %d codes", MEASURED_KON);
	for (size_t i = 0; i < MEASURED_KON; i++)
		kon[i] = list->entry[i].kod;
	measured->kon = kon;
	return 0;
}

int measured_init(struct measured *measured, const struct settings *settings, const struct codelist *kommun,
	const struct codelist *kon, struct arena *arena, struct error *error)
{
	*measured = (struct measured){ .settings = settings, .panel_first = settings->historik_from,
		.panel_months = settings_panel_months(settings) };
	measured->first = settings_first_month(settings) - measured->panel_first;
	measured->months = measured->panel_months - measured->first;
	int first_year = settings_first_year(settings), last_year = settings_last_year(settings);
	int panel_year = date_year_of_month(measured->panel_first);
	if (measured->panel_months > MONTHSET_MONTHS || last_year - panel_year >= MEASURED_YEARS || measured->first < 0)
		return error_set(error, EXIT_BUG, "a panel of %d months", measured->panel_months);
	measured->panel_year = (size_t)(first_year - panel_year);
	measured->panel_years = (size_t)(last_year - panel_year + 1);
	for (int number = first_year; number <= last_year; number++)
		if (take_year(measured, &measured->year[measured->years++], number, arena, error) != 0)
			return -1;
	if (take_kommuner(measured, kommun, arena, error) != 0 || take_kon(measured, kon, arena, error) != 0 ||
		take_months(measured, arena, error) != 0 || take_days(measured, arena, error) != 0)
		return -1;
	for (size_t y = 0; y < measured->years; y++)
		if (take_positions(measured, &measured->year[y], kommun, arena, error) != 0)
			return -1;
	take_ages(measured);
	return 0;
}

int measured_month(const struct measured *measured, int32_t day)
{
	int32_t at = day - measured->first_day;
	return at >= 0 && at < measured->days ? measured->month_of_day[at] : date_month_of(day) - measured->panel_first;
}

bool measured_place(const struct measured *measured, size_t year, uint8_t kon, int32_t fodelsear, uint16_t kommun,
	struct place *place)
{
	if (kon >= MEASURED_KON || kommun == CODE_NONE)
		return false;
	const struct measured_year *of = &measured->year[year];
	int64_t age = (int64_t)of->year - fodelsear;
	if (age < MEASURED_YOUNGEST || age > MEASURED_OLDEST || of->position[kommun] == CODE_NONE)
		return false;
	*place = (struct place){ .kommun = of->position[kommun], .kon = kon, .age = measured->group_of[age] };
	return true;
}

size_t measured_places(const struct measured *measured)
{
	return measured->kommuner * MEASURED_KON * measured->ages;
}

size_t measured_number(const struct measured *measured, const struct place *place)
{
	return ((size_t)place->kommun * MEASURED_KON + place->kon) * measured->ages + place->age;
}
