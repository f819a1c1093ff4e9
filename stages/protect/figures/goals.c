/* Goals: an outcome and its verdict go with the counts behind them; see goals.h. */
#include "stages/protect/figures/goals.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "stages/protect/figures/nested.h"

/* What the goals are judged against. */
struct goals {
	struct tables *tables;
	const struct settings *settings;
	const struct codelist *sysselsattning;
	size_t table; /* g01 */
};

static uint32_t mask_of(const struct goals *goals, const struct matt *matt)
{
	return nested_codes(goals->sysselsattning, matt);
}

static bool row_withheld(const struct goals *goals, const char *table, const char *const *codes, const char *measure)
{
	size_t source = tables_find(goals->tables, table);
	size_t row = source == SIZE_MAX ? CUBE_NO_ROW : cube_find_named(goals->tables->cube[source], codes);
	return row != CUBE_NO_ROW && tables_measure_withheld(goals->tables, source, row, measure);
}

/* Whether some year's number of the insats, by kön or in all, is withheld in i10. */
static bool volume_withheld(const struct goals *goals, const struct insats *insats)
{
	size_t table = tables_find(goals->tables, "i10_volym");
	for (size_t row = 0; table != SIZE_MAX && row < goals->tables->cube[table]->rows; row++) {
		const struct cube *cube = goals->tables->cube[table];
		if (strcmp(cube_code_of(cube, row, 0), insats->name) == 0 && cube_is_total(cube, row, 3) &&
			tables_measure_withheld(goals->tables, table, row, "antal"))
			return true;
	}
	return false;
}

/* Whether a survey of the insats has a withheld number of pairs. */
static bool pairs_withheld(const struct goals *goals, const struct insats *insats)
{
	size_t table = tables_find(goals->tables, "i12_enkat");
	for (size_t row = 0; table != SIZE_MAX && row < goals->tables->cube[table]->rows; row++)
		if (strcmp(cube_code_of(goals->tables->cube[table], row, 0), insats->name) == 0 &&
			cube_is_total(goals->tables->cube[table], row, 2) && tables_measure_withheld(goals->tables, table, row, "par"))
			return true;
	return false;
}

/* Whether the count that a share is of is withheld where it is printed. */
static bool base_withheld(const struct goals *goals, const struct insats *insats, const struct goal *goal)
{
	if (insats->registration == REGISTRATION_VOLUME)
		return volume_withheld(goals, insats);
	if (goal->measure == GOAL_ENKAT && pairs_withheld(goals, insats))
		return true;
	const char *all[] = { insats->name, CUBE_TOTAL, CUBE_TOTAL };
	if (goal->measure == GOAL_KONSFORDELNING) {
		const char *women[] = { insats->name, CUBE_TOTAL, "K" }, *men[] = { insats->name, CUBE_TOTAL, "M" };
		return row_withheld(goals, "i01_deltagare", women, "personer") ||
			row_withheld(goals, "i01_deltagare", men, "personer");
	}
	switch (goal->base) {
	case GOAL_AV_AVSLUTADE:
		return row_withheld(goals, "i01_deltagare", all, "avslutade");
	case GOAL_AV_DELTAGARE:
		return row_withheld(goals, "i01_deltagare", all, "personer");
	case GOAL_AV_STARTADE:
	case GOAL_NUMBER:
		break;
	}
	return goal->base == GOAL_AV_STARTADE && goal->within_months == 0 &&
		row_withheld(goals, "i01_deltagare", all, "nya");
}

/* A count of i01 for the whole insats; 0 without. */
static double whole_of(const struct goals *goals, const struct insats *insats, const char *measure)
{
	const char *all[] = { insats->name, CUBE_TOTAL, CUBE_TOTAL };
	size_t table = tables_find(goals->tables, "i01_deltagare");
	size_t row = table == SIZE_MAX ? CUBE_NO_ROW : cube_find_named(goals->tables->cube[table], all);
	return row == CUBE_NO_ROW ? 0 : tables_value(goals->tables, table, row, measure);
}

/* Persons with a pair in any instrument, of all participants or of some: each instrument's pairs are nearly among them. */
static bool pairs_leave_few(const struct goals *goals, const struct insats *insats, double value, double minimum)
{
	size_t table = tables_find(goals->tables, "i12_enkat");
	for (size_t row = 0; table != SIZE_MAX && row < goals->tables->cube[table]->rows; row++)
		if (strcmp(cube_code_of(goals->tables->cube[table], row, 0), insats->name) == 0 &&
			cube_is_total(goals->tables->cube[table], row, 2) &&
			tables_small(fabs(value - tables_value(goals->tables, table, row, "par")), minimum))
			return true;
	return false;
}

/* Whether all exits, of whom a goal counts some, are withheld, or the others are few. */
static bool exits_tell(const struct goals *goals, const struct insats *insats, double met, double minimum)
{
	const char *all[] = { insats->name, CUBE_TOTAL, CUBE_TOTAL };
	return row_withheld(goals, "i01_deltagare", all, "avslutade") || tables_small(whole_of(goals, insats, "avslutade") - met, minimum);
}

/* Whether few are left of those who were there before the period and did not leave with a result: all exits with it less the exits of those who started
   in the period are theirs. */
static bool old_ones_are_few(const struct goals *goals, const struct insats *insats, double met, double met_of_started, double minimum)
{
	const char *all[] = { insats->name, CUBE_TOTAL, CUBE_TOTAL };
	return !row_withheld(goals, "i01_deltagare", all, "deltaganden") && !row_withheld(goals, "i01_deltagare", all, "nya") &&
		tables_small(whole_of(goals, insats, "deltaganden") - whole_of(goals, insats, "nya") - (met - met_of_started), minimum);
}

/* Whether a plain number is withheld where it is printed, shows one that is, or leaves few of its whole. */
static bool number_withheld(const struct goals *goals, const struct insats *insats, const struct goal *goal, double value,
	double minimum)
{
	const char *all[] = { insats->name, CUBE_TOTAL, CUBE_TOTAL };
	if (insats->registration == REGISTRATION_VOLUME)
		return volume_withheld(goals, insats);
	switch (goal->measure) {
	case GOAL_DELTAGARE:
	case GOAL_KOSTNAD:
		return row_withheld(goals, "i01_deltagare", all, "personer");
	case GOAL_NYA:
		return row_withheld(goals, "i01_deltagare", all, "nya");
	case GOAL_AVSLUTADE:
		return row_withheld(goals, "i01_deltagare", all, "avslutade");
	case GOAL_KOTID:
		return row_withheld(goals, "i09_ko", all, "vantande");
	case GOAL_ENKAT:
		return tables_small(value, minimum) || pairs_withheld(goals, insats) ||
			tables_small(whole_of(goals, insats, "personer") - value, minimum) || pairs_leave_few(goals, insats, value, minimum);
	case GOAL_MATT:
		return tables_small(value, minimum) || exits_tell(goals, insats, value, minimum);
	case GOAL_KONSFORDELNING:
		break;
	}
	return tables_small(value, minimum);
}

static void withhold_goal(const struct goals *goals, size_t row)
{
	const struct cube *cube = goals->tables->cube[goals->table];
	for (size_t m = 0; m < cube->table->measures; m++)
		if (strcmp(cube->table->measure[m].name, "matt_namn") != 0 && strcmp(cube->table->measure[m].name, "krav") != 0)
			tables_withhold(goals->tables, goals->table, row, m);
}

static void protect_goal(const struct goals *goals, const struct insats *insats, const struct goal *goal, size_t row)
{
	double minimum = goals->settings->minsta_antal;
	bool withhold;
	if (goal->base == GOAL_NUMBER) {
		double number = tables_value(goals->tables, goals->table, row, "utfall");
		withhold = number_withheld(goals, insats, goal, number, minimum) ||
			(goal->measure == GOAL_MATT && nested_tells(goals->tables, goals->settings, goals->sysselsattning, insats, goal, number, minimum));
	} else {
		double numerator = tables_value(goals->tables, goals->table, row, "taljare");
		double rest = tables_value(goals->tables, goals->table, row, "namnare") - numerator;
		withhold = tables_small(numerator, minimum) || tables_small(rest, minimum) || tables_small(numerator + rest, minimum) ||
			base_withheld(goals, insats, goal) || (goal->measure == GOAL_ENKAT && pairs_leave_few(goals, insats, numerator, minimum)) ||
			(goal->measure == GOAL_MATT && !(goal->base == GOAL_AV_STARTADE && goal->within_months > 0) &&
				(exits_tell(goals, insats, numerator, minimum) || nested_tells(goals->tables, goals->settings, goals->sysselsattning, insats, goal, numerator, minimum)));
	}
	if (!withhold && goal->measure == GOAL_MATT && goal->base == GOAL_AV_STARTADE && goal->within_months == 0)
		withhold = old_ones_are_few(goals, insats, nested_whole(goals->tables, goals->sysselsattning, insats, goal),
			tables_value(goals->tables, goals->table, row, "taljare"), minimum);
	if (withhold)
		withhold_goal(goals, row);
}

/* ---- goals of one insats beside each other ---- */

static size_t goal_row(const struct goals *goals, const struct insats *insats, size_t goal)
{
	char number[24];
	(void)snprintf(number, sizeof number, "%zu", goal + 1);
	const char *codes[] = { insats->name, number };
	return cube_find_named(goals->tables->cube[goals->table], codes);
}

/* What a goal counts: exits (a plain number, of the exited), persons, or participations that started N months ago. */
static int counted(const struct goal *goal)
{
	return goal->base == GOAL_NUMBER ? GOAL_AV_AVSLUTADE : (int)goal->base;
}

/* Whether one goal counts the exits of those who started in the period, the other those of all, at any time or within months that are no fewer than the
   period's: whoever started and left in these has left within them. */
static bool is_of_started(const struct goals *goals, const struct goal *one, const struct goal *other)
{
	return counted(one) == GOAL_AV_STARTADE && counted(other) == GOAL_AV_AVSLUTADE && one->within_months == 0 &&
		(other->within_months == 0 || other->within_months >= nested_months(goals->settings, one));
}

/* Whether what one goal counts is among what another does, by the codes, what is excluded and the months. Exits of those who started in the period are
   among all. */
static bool is_among(const struct goals *goals, const struct goal *one, const struct goal *other)
{
	bool new_ones = is_of_started(goals, one, other);
	if (one->measure != GOAL_MATT || other->measure != GOAL_MATT || (counted(one) != counted(other) && !new_ones))
		return false;
	uint32_t without = mask_of(goals, other->matt->utesluter);
	if ((mask_of(goals, one->matt) & ~mask_of(goals, other->matt)) != 0 ||
		(without != 0 && without != mask_of(goals, one->matt->utesluter)))
		return false;
	if (counted(one) == GOAL_AV_STARTADE && !new_ones)
		return one->within_months == other->within_months;
	return new_ones || other->within_months == 0 || (one->within_months > 0 && one->within_months <= other->within_months);
}

/* Whether both ask for the same result, one of those who started in the period, and few who were there before are left without it. */
static bool leave_few_old_ones(const struct goals *goals, const struct insats *insats, const struct goal *one, const struct goal *other, double count, double of_all,
	double minimum)
{
	return one->measure == GOAL_MATT && other->measure == GOAL_MATT && is_of_started(goals, one, other) && mask_of(goals, one->matt) == mask_of(goals, other->matt) &&
		mask_of(goals, one->matt->utesluter) == mask_of(goals, other->matt->utesluter) && old_ones_are_few(goals, insats, of_all, count, minimum);
}

/* Whether two goals that are printed would tell of few together: counts of which one is among the other; or those who started N
   and M months ago, of whom the longer are among the shorter; or what is left of those who were there before. */
static bool tell_together(const struct goals *goals, const struct insats *insats, const struct goal *one, size_t row, const struct goal *other, size_t at)
{
	double minimum = goals->settings->minsta_antal;
	const char *counts = one->base == GOAL_NUMBER ? "utfall" : "taljare", *others = other->base == GOAL_NUMBER ? "utfall" : "taljare";
	double count = tables_value(goals->tables, goals->table, row, counts), beside = tables_value(goals->tables, goals->table, at, others);
	bool surveys = one->measure == GOAL_ENKAT && other->measure == GOAL_ENKAT; /* all count those with a pair, of some who are among others */
	if ((surveys || is_among(goals, one, other) || is_among(goals, other, one)) && tables_small(fabs(count - beside), minimum))
		return true;
	if (leave_few_old_ones(goals, insats, one, other, count, beside, minimum) || leave_few_old_ones(goals, insats, other, one, beside, count, minimum))
		return true;
	return one->base == GOAL_AV_STARTADE && other->base == GOAL_AV_STARTADE && one->within_months > 0 && other->within_months > 0 &&
		tables_small(fabs(tables_value(goals->tables, goals->table, row, "namnare") -
			tables_value(goals->tables, goals->table, at, "namnare")), minimum);
}

/* Of two such goals the later gives way. */
static void protect_pairs(const struct goals *goals, const struct insats *insats)
{
	for (size_t later = 1; later < insats->goals; later++)
		for (size_t earlier = 0; earlier < later; earlier++) {
			size_t row = goal_row(goals, insats, later), at = goal_row(goals, insats, earlier);
			if (row == CUBE_NO_ROW || at == CUBE_NO_ROW || tables_measure_withheld(goals->tables, goals->table, row, "utfall") ||
				tables_measure_withheld(goals->tables, goals->table, at, "utfall"))
				continue;
			if (tell_together(goals, insats, &insats->goal[later], row, &insats->goal[earlier], at))
				withhold_goal(goals, row);
		}
}

int goals_protect(struct tables *tables, const struct settings *settings, struct error *error)
{
	struct goals goals = { .tables = tables, .settings = settings, .table = tables_find(tables, "g01_mal") };
	if (goals.table == SIZE_MAX)
		return 0;
	goals.sysselsattning = codelist_load("sysselsattning", tables->arena, error);
	if (goals.sysselsattning == NULL)
		return -1;
	for (size_t i = 0; i < settings->insats_count; i++)
		for (size_t g = 0; g < settings->insats[i].goals; g++) {
			size_t row = goal_row(&goals, &settings->insats[i], g);
			if (row != CUBE_NO_ROW)
				protect_goal(&goals, &settings->insats[i], &settings->insats[i].goal[g], row);
		}
	for (size_t i = 0; i < settings->insats_count; i++)
		if (settings->insats[i].registration != REGISTRATION_VOLUME)
			protect_pairs(&goals, &settings->insats[i]);
	return 0;
}
