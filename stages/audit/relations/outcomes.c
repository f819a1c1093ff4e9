/* What goals count: see outcomes.h. Written from docs/method.md, section 8. */
#include "stages/audit/relations/outcomes.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Exits by what they are to, and the figure that counts them; i04 counts each code by itself. */
static const struct result {
	const char *codes;    /* in the order of the alphabet */
	const char *excluded; /* likewise, of the measure that is excluded */
	const char *table, *measure, *code;
} results[] = { { "AO,AU,EF,SU,", "", "i06", "arbete_eller_studier", NULL }, { "AO,AU,EF,", "", "i06", "arbete", NULL },
	{ "AR,", "AO,AU,EF,SU,", "i06", "arbetssokande", NULL }, { "SU,", "", "i04", "efter", "SU" }, { "AO,", "", "i04", "efter", "AO" },
	{ "AU,", "", "i04", "efter", "AU" }, { "EF,", "", "i04", "efter", "EF" }, { "AR,", "", "i04", "efter", "AR" } };

/* Whether the codes of a measure are those of the list, in any order. */
static bool is_list(const struct matt *matt, const char *list)
{
	size_t length = 0;
	for (size_t i = 0; matt != NULL && i < matt->vid_avslut.count; i++) {
		const char *word = matt->vid_avslut.word[i], *at = strstr(list, word);
		if (at == NULL)
			return false;
		length += strlen(word) + 1;
	}
	return length == strlen(list);
}

/* A count of the insats in the table whose name begins so: `kon`, or the code of the last dimension; TOT in the others. */
static struct ratios_count count_in(const struct published *published, const char *name, const struct insats *insats, const char *last,
	const char *measure)
{
	struct ratios_count count = { published_find(published, name), CUBE_NO_ROW, measure };
	const char *codes[TABLE_DIMENSIONS] = { insats->name };
	for (size_t d = 1; count.table != NULL && d < count.table->cube->table->dimensions; d++)
		codes[d] = last != NULL && d == count.table->cube->table->dimensions - 1 ? last : CUBE_TOTAL;
	if (count.table != NULL)
		count.row = cube_find_named(count.table->cube, codes);
	return count;
}

static struct ratios_count met_by(const struct published *published, const struct insats *insats, const struct goal *goal)
{
	bool of_exits = goal->measure == GOAL_MATT && goal->within_months == 0 && (goal->base == GOAL_NUMBER || goal->base == GOAL_AV_AVSLUTADE);
	for (size_t r = 0; of_exits && r < COUNT(results); r++)
		if (is_list(goal->matt, results[r].codes) && is_list(goal->matt->utesluter, results[r].excluded) &&
			(goal->matt->utesluter == NULL || goal->matt->utesluter->utesluter == NULL))
			return count_in(published, results[r].table, insats, results[r].code, results[r].measure);
	return (struct ratios_count){ .row = CUBE_NO_ROW };
}

static struct ratios_count whole_of(const struct published *published, const struct insats *insats, const struct goal *goal)
{
	enum goal_measure number = goal->base == GOAL_NUMBER ? goal->measure : GOAL_MATT;
	if ((goal->base == GOAL_AV_STARTADE && goal->within_months == 0) || (number == GOAL_NYA && goal->within_months == 0))
		return count_in(published, "i01", insats, NULL, "nya");
	if (goal->base == GOAL_AV_AVSLUTADE || number == GOAL_AVSLUTADE)
		return count_in(published, "i01", insats, NULL, "avslutade");
	if (goal->base == GOAL_AV_DELTAGARE || number == GOAL_DELTAGARE)
		return count_in(published, "i01", insats, NULL, "personer");
	return (struct ratios_count){ .row = CUBE_NO_ROW };
}

static int state_goal(struct published *published, const struct ratios_figure *figure, const struct insats *insats, const struct goal *goal,
	double level, struct error *error)
{
	static const char *const measures[] = { "utfall", "ki_lag", "ki_hog" };
	const char *measure = figure->table->cube->table->measure[figure->measure].name;
	struct ratios_count met = met_by(published, insats, goal), whole = whole_of(published, insats, goal), rest = { .row = CUBE_NO_ROW };
	bool sexes = goal->measure == GOAL_KONSFORDELNING, number = goal->base == GOAL_NUMBER && !sexes;
	if (sexes) {
		met = whole = count_in(published, "i01", insats, "K", "personer");
		rest = count_in(published, "i01", insats, "M", "personer");
	}
	if (strcmp(measure, "taljare") == 0 || (number && strcmp(measure, "utfall") == 0))
		ratios_bound(published, &met, figure->number, figure->number);
	if (!sexes && (strcmp(measure, "namnare") == 0 || (number && strcmp(measure, "utfall") == 0)))
		ratios_bound(published, &whole, figure->number, figure->number);
	if (sexes && strcmp(measure, "namnare") == 0 && met.row != CUBE_NO_ROW && rest.row != CUBE_NO_ROW) {
		size_t persons = cube_measure(met.table->cube, "personer");
		published_begin(published);
		published->sum.known = published->sum.truth = -llround(figure->number);
		return published_row(published, met.table, met.row, persons, 1, error) != 0 ||
			published_row(published, rest.table, rest.row, persons, 1, error) != 0 ? -1 : published_equal(published, error);
	}
	if (number || strcmp(measure, "taljare") == 0 || strcmp(measure, "namnare") == 0)
		return 0;
	if (!sexes)
		ratios_limits(published, figure, measures, level, &met, &whole);
	if (strcmp(measure, "utfall") != 0)
		return 0;
	return ratios_share(published, figure, &met, &whole, &rest, error);
}

int outcomes_state(struct published *published, const struct ratios_figure *figure, const struct settings *settings, struct error *error)
{
	const struct cube *cube = figure->table->cube;
	if (settings == NULL || strncmp(cube->table->name, "g01", 3) != 0)
		return 0;
	const char *name = cube_code_of(cube, figure->row, 0);
	long goal = strtol(cube_code_of(cube, figure->row, 1), NULL, 10);
	for (size_t i = 0; i < settings->insats_count; i++) {
		const struct insats *insats = &settings->insats[i];
		if (strcmp(insats->name, name) == 0 && goal >= 1 && (size_t)goal <= insats->goals && insats->registration != REGISTRATION_VOLUME)
			return state_goal(published, figure, insats, &insats->goal[goal - 1], settings->konfidensgrad, error);
	}
	return 0;
}
