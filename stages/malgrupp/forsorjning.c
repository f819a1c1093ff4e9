/* What a person received in a year's part of the period: see forsorjning.h. */
#include "stages/malgrupp/forsorjning.h"

#include <string.h>

#include "pipeline/base/date.h"
#include "pipeline/base/number.h"

const char *const forsorjning_codes[FORMAN_CODES] = { "SP", "RP", "SE", "AE", "AK", "AS", "UE", "ET", "FS", "OHALSA", "ARBMARK",
	"BISTAND", "TOT" };

/* The group of each förmån. */
static const enum forman group_of[FORMANER] = { FORMAN_OHALSA, FORMAN_OHALSA, FORMAN_OHALSA, FORMAN_OHALSA, FORMAN_ARBMARK,
	FORMAN_ARBMARK, FORMAN_ARBMARK, FORMAN_ARBMARK, FORMAN_BISTAND };

static int map_list(enum forman *of, const struct codelist *list, struct error *error)
{
	if (list->count > FORSORJNING_LIST)
		return error_set(error, EXIT_BUG, "the list %s has more than %d codes", list->name, FORSORJNING_LIST);
	for (size_t i = 0; i < list->count; i++) {
		int forman = 0;
		while (forman < FORMANER && strcmp(forsorjning_codes[forman], list->entry[i].kod) != 0)
			forman++;
		of[i] = (enum forman)forman;
	}
	return 0;
}

int forsorjning_lists(struct forsorjning_lists *lists, const struct codelist *fk_forman, const struct codelist *ersattning,
	struct error *error)
{
	if (map_list(lists->of_fk, fk_forman, error) != 0)
		return -1;
	return map_list(lists->of_ersattning, ersattning, error);
}

/* Öre of the days fran … till that fall in the year's part, out of an amount for all of them. */
static int64_t ore_in_year(int64_t belopp, int32_t fran, int32_t till, const struct measured_year *year)
{
	int32_t days = till - fran + 1, before = year->first_day - fran, passed = year->last_day - fran + 1;
	if (belopp == 0 || before >= days || passed <= 0)
		return 0;
	return number_share(belopp, passed < days ? passed : days, days) - number_share(belopp, before > 0 ? before : 0, days);
}

/* The spells of one förmån of FK or AF. The days of AF are a union: 100 per cent each, at most 100 a day. */
static int add_forman(const struct person *person, const struct measured_year *year, const struct forsorjning_lists *lists,
	enum forman forman, struct sweep *sweep, struct forsorjning *result, struct error *error)
{
	int32_t first = year->first_day, last = year->last_day;
	sweep_clear(sweep);
	for (size_t i = 0; i < person->fk_count; i++) {
		const struct fk_spell *spell = &person->fk[i];
		if (lists->of_fk[spell->forman] != forman)
			continue;
		if (sweep_add(sweep, spell->fran, spell->till, first, last, spell->omfattning, error) != 0)
			return -1;
		result->ore += ore_in_year(spell->belopp, spell->fran, spell->till, year);
	}
	for (size_t i = 0; i < person->af_count; i++) {
		const struct af_spell *spell = &person->af[i];
		if (spell->ersattning == CODE_NONE || lists->of_ersattning[spell->ersattning] != forman)
			continue;
		if (sweep_add(sweep, spell->fran, spell->till, first, last, 100, error) != 0)
			return -1;
		result->ore += ore_in_year(spell->belopp, spell->fran, spell->till, year);
	}
	int64_t per_cent_days = sweep_per_cent_days(sweep);
	result->present = per_cent_days > 0;
	result->parts = per_cent_days * (FORSORJNING_PARTS / 100);
	return 0;
}

static void add_bistand(const struct person *person, const struct measured_year *year, struct forsorjning *result)
{
	struct monthset months = monthset_and(&person->active[PARTI_KOM], &year->months);
	int count = monthset_count(&months);
	result->present = count > 0;
	result->parts = (int64_t)count * date_days_in_year(year->year) * (FORSORJNING_PARTS / 12);
	for (size_t i = 0; i < person->bistand_count; i++)
		if (person->bistand[i].month >= year->first && person->bistand[i].month <= year->last)
			result->ore += person->bistand[i].belopp;
}

static void add_to(struct forsorjning *sum, const struct forsorjning *part)
{
	sum->present = sum->present || part->present;
	sum->ore += part->ore;
	sum->parts += part->parts;
}

static bool touches(int32_t fran, int32_t till, const struct measured_year *year)
{
	return fran <= year->last_day && till >= year->first_day;
}

int forsorjning_year(const struct person *person, const struct measured_year *year, const struct forsorjning_lists *lists,
	struct sweep *sweep, struct forsorjning result[FORMAN_CODES], struct error *error)
{
	bool wanted[FORMANER + 1] = { false };
	memset(result, 0, FORMAN_CODES * sizeof *result);
	for (size_t i = 0; i < person->fk_count; i++)
		if (touches(person->fk[i].fran, person->fk[i].till, year))
			wanted[lists->of_fk[person->fk[i].forman]] = true;
	for (size_t i = 0; i < person->af_count; i++)
		if (person->af[i].ersattning != CODE_NONE && touches(person->af[i].fran, person->af[i].till, year))
			wanted[lists->of_ersattning[person->af[i].ersattning]] = true;
	for (int forman = 0; forman < FORMAN_FS; forman++)
		if (wanted[forman] &&
			add_forman(person, year, lists, (enum forman)forman, sweep, &result[forman], error) != 0)
			return -1;
	add_bistand(person, year, &result[FORMAN_FS]);
	wanted[FORMAN_FS] = true;
	for (int forman = 0; forman < FORMANER; forman++) {
		if (!wanted[forman])
			continue;
		add_to(&result[group_of[forman]], &result[forman]);
		add_to(&result[FORMAN_TOT], &result[forman]);
	}
	return 0;
}
