/* Goals beside tables of exits: see nested.h. */
#include "stages/protect/figures/nested.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "pipeline/base/date.h"
#include "pipeline/maths/maths.h"

uint32_t nested_codes(const struct codelist *sysselsattning, const struct matt *matt)
{
	uint32_t codes = 0;
	for (size_t i = 0; matt != NULL && i < matt->vid_avslut.count; i++)
		codes |= UINT32_C(1) << codelist_find(sysselsattning, matt->vid_avslut.word[i], strlen(matt->vid_avslut.word[i]));
	return codes;
}

int nested_months(const struct settings *settings, const struct goal *goal)
{
	int period = date_month_of(settings->period_to) - date_month_of(settings->period_from) + 1;
	return goal->base == GOAL_AV_STARTADE && goal->within_months == 0 ? period : goal->within_months;
}

/* The set that a goal counts: exits with any of `any`, but for those who meet what is excluded. `all`: of the exits of any participation and at any
   time, or their persons, else of some. */
struct exits {
	uint32_t any, none;
	bool all, plain; /* plain: what is excluded excludes nothing itself */
	double count;
};

/* A count of a table: those with any of the codes of `any` and none of `none`. */
struct counted {
	uint32_t any, none;
	bool withheld;
	double count;
};

static bool is_counted(const struct exits *goal, const struct counted *count)
{
	return goal->all && goal->plain && goal->any == count->any && goal->none == count->none;
}

/* Whether more reached the goal than the counts of its other codes can hold, and one of each withheld count. `wide`: a count of several codes in place of theirs;
   no place in the list: none. */
static bool needs_more(const struct exits *goal, const struct counted *count, const struct counted *list, size_t counts, size_t wide)
{
	uint32_t left = goal->any & ~count->any;
	double most = 1; /* of the withheld count */
	if (wide < counts) {
		most += list[wide].count;
		left &= ~list[wide].any;
	}
	for (size_t i = 0; i < counts; i++) {
		bool one = (list[i].any & (list[i].any - 1)) == 0 && list[i].none == 0;
		if (!one || (list[i].any & left) == 0)
			continue;
		most += list[i].withheld ? 1 : list[i].count;
		left &= ~list[i].any;
	}
	return goal->count > most;
}

/* Whether a goal of some exits, within N months or of the started, holds a withheld count and bounds it from below. */
static bool bounds_below(const struct exits *goal, const struct counted *count, const struct counted *list, size_t counts)
{
	if (!count->withheld || goal->none != 0 || (count->any & ~goal->any) != 0)
		return false;
	bool bounds = needs_more(goal, count, list, counts, counts);
	for (size_t wide = 0; wide < counts; wide++)
		bounds = bounds || (!list[wide].withheld && list[wide].none == 0 && needs_more(goal, count, list, counts, wide));
	return bounds;
}

/* What the goal counts lies within what the table does, or the other way round: few are left between them, or it bounds what is withheld. What is left when some
   codes are excluded is the difference of counts of which each may be withheld. */
static bool tells_beside(const struct exits *goal, const struct counted *count, double minimum)
{
	bool inside = (goal->any & ~count->any) == 0 && (count->none == 0 || (goal->plain && goal->none == count->none));
	bool holds = goal->all && goal->none == 0 && (count->any & ~goal->any) == 0;
	bool meets = goal->none != 0 && ((goal->any | goal->none) & (count->any | count->none)) != 0;
	return count->withheld ? inside || holds || meets : (inside || holds) && tables_small(fabs(count->count - goal->count), minimum);
}

/* Exits within N months beside those of less (i07): all but those that did not reach it, and the ones on the day itself. They are bounds of bands that are
   withheld. */
static bool tells_beside_bands(const struct tables *tables, const struct insats *insats, int months, double met, double minimum)
{
	size_t i07 = tables_find(tables, "i07_tid_i_insats");
	double exits = 0;
	bool bounded = false, withheld = false, longer = false;
	for (size_t row = 0; i07 != SIZE_MAX && row < tables->cube[i07]->rows; row++) {
		const struct cube *cube = tables->cube[i07];
		const char *band = cube_code_of(cube, row, 2), *to = strchr(band, '-');
		double count = tables_value(tables, i07, row, "avslutade");
		if (strcmp(cube_code_of(cube, row, 0), insats->name) != 0 || !cube_is_total(cube, row, 1))
			continue;
		withheld = withheld || tables_measure_withheld(tables, i07, row, "avslutade");
		if (cube_is_total(cube, row, 2))
			continue;
		bool less = strtol(band, NULL, 10) < months;
		exits += less ? count : 0;
		longer = longer || (!less && count > 0);
		bounded = bounded || (to != NULL && strtol(to + 1, NULL, 10) == months - 1);
	}
	return withheld && longer ? exits - met < minimum : bounded && tables_small(fabs(exits - met), minimum);
}

#define COUNTS 32

/* The counts of all kön of the insats' exits: of i06, and with each code (i04). */
static size_t list_counts(const struct tables *tables, const struct codelist *sysselsattning, const struct insats *insats, struct counted list[COUNTS])
{
	static const char *const work[] = { "AO", "AU", "EF", "SU" };
	uint32_t code[4], seeking = UINT32_C(1) << codelist_find(sysselsattning, "AR", 2);
	for (size_t i = 0; i < 4; i++)
		code[i] = UINT32_C(1) << codelist_find(sysselsattning, work[i], 2);
	uint32_t paid = code[0] | code[1] | code[2];
	const struct { const char *measure; uint32_t any, none; } results[] = { { "arbete", paid, 0 }, { "studier", code[3], 0 },
		{ "arbete_eller_studier", paid | code[3], 0 }, { "arbetssokande", seeking, paid | code[3] } };
	size_t i06 = tables_find(tables, "i06_resultat"), i04 = tables_find(tables, "i04_sysselsattning"), count = 0;
	const char *codes[] = { insats->name, CUBE_TOTAL };
	size_t row = i06 == SIZE_MAX ? CUBE_NO_ROW : cube_find_named(tables->cube[i06], codes);
	for (size_t i = 0; row != CUBE_NO_ROW && i < sizeof results / sizeof *results; i++)
		list[count++] = (struct counted){ results[i].any, results[i].none, tables_measure_withheld(tables, i06, row, results[i].measure),
			tables_value(tables, i06, row, results[i].measure) };
	for (row = 0; i04 != SIZE_MAX && row < tables->cube[i04]->rows && count < COUNTS; row++) {
		const struct cube *cube = tables->cube[i04];
		const char *one = cube_code_of(cube, row, 2);
		uint16_t at = codelist_find(sysselsattning, one, strlen(one));
		if (strcmp(cube_code_of(cube, row, 0), insats->name) == 0 && cube_is_total(cube, row, 1) && !cube_is_total(cube, row, 2) && at != CODE_NONE)
			list[count++] = (struct counted){ UINT32_C(1) << at, 0, tables_measure_withheld(tables, i04, row, "efter"), tables_value(tables, i04, row, "efter") };
	}
	return count;
}

static struct exits exits_of(const struct codelist *sysselsattning, const struct goal *goal, bool all, double count)
{
	const struct matt *without = goal->matt->utesluter;
	return (struct exits){ .any = nested_codes(sysselsattning, goal->matt), .none = nested_codes(sysselsattning, without), .all = all,
		.plain = without == NULL || without->utesluter == NULL, .count = count };
}

/* Whether nobody left the insats after N months or more. */
static bool none_took_longer(const struct tables *tables, const struct insats *insats, int months)
{
	size_t i07 = tables_find(tables, "i07_tid_i_insats");
	double longer = 0;
	for (size_t row = 0; i07 != SIZE_MAX && row < tables->cube[i07]->rows; row++) {
		const struct cube *cube = tables->cube[i07];
		const char *band = cube_code_of(cube, row, 2), *to = strchr(band, '-');
		bool below = to != NULL && strtol(to + 1, NULL, 10) < months;
		if (strcmp(cube_code_of(cube, row, 0), insats->name) == 0 && cube_is_total(cube, row, 1) && !cube_is_total(cube, row, 2) && !below)
			longer += tables_value(tables, i07, row, "avslutade");
	}
	return i07 != SIZE_MAX && longer == 0;
}

/* Whether it is printed that nobody was there before the period. */
static bool none_are_old(const struct tables *tables, const struct insats *insats)
{
	size_t i01 = tables_find(tables, "i01_deltagare");
	const char *codes[] = { insats->name, CUBE_TOTAL, CUBE_TOTAL };
	size_t row = i01 == SIZE_MAX ? CUBE_NO_ROW : cube_find_named(tables->cube[i01], codes);
	if (row == CUBE_NO_ROW || tables_measure_withheld(tables, i01, row, "deltaganden") || tables_measure_withheld(tables, i01, row, "nya"))
		return false;
	double there = tables_value(tables, i01, row, "deltaganden");
	return there > 0 && there == tables_value(tables, i01, row, "nya");
}

/* Whether the goal counts among all exits of the insats: by what it asks for, or since there are no others. */
static bool is_of_all(const struct tables *tables, const struct insats *insats, const struct goal *goal)
{
	return (goal->base != GOAL_AV_STARTADE || none_are_old(tables, insats)) &&
		(goal->within_months == 0 || none_took_longer(tables, insats, goal->within_months));
}

bool nested_tells(const struct tables *tables, const struct settings *settings, const struct codelist *sysselsattning, const struct insats *insats,
	const struct goal *goal, double numerator, double minimum)
{
	int months = nested_months(settings, goal);
	const struct exits met = exits_of(sysselsattning, goal, is_of_all(tables, insats, goal), numerator);
	struct counted list[COUNTS];
	size_t counts = list_counts(tables, sysselsattning, insats, list);
	for (size_t i = 0; i < counts; i++)
		if (is_counted(&met, &list[i]))
			return list[i].withheld || tables_small(fabs(list[i].count - numerator), minimum);
	bool tells = false;
	for (size_t i = 0; i < counts; i++)
		tells = tells || tells_beside(&met, &list[i], minimum) || bounds_below(&met, &list[i], list, counts);
	return tells || (months > 0 && tells_beside_bands(tables, insats, months, numerator, minimum));
}

double nested_whole(const struct tables *tables, const struct codelist *sysselsattning, const struct insats *insats, const struct goal *goal)
{
	const struct exits met = exits_of(sysselsattning, goal, true, 0);
	struct counted list[COUNTS];
	size_t counts = list_counts(tables, sysselsattning, insats, list);
	for (size_t i = 0; i < counts; i++)
		if (is_counted(&met, &list[i]) && !list[i].withheld)
			return list[i].count;
	return MATHS_NAN;
}
