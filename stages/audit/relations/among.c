/* What is between goals and counts: see among.h. Written from docs/method.md, 5 and 8; it knows nothing of the protector. */
#include "stages/audit/relations/among.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pipeline/maths/maths.h"
#include "stages/audit/relations/beside.h"

#define CODES 16 /* of a list */

/* Exits with one of some codes, and none of others. */
struct reached {
	const char *code[CODES], *without[CODES]; /* NULL at the end */
	bool deeper;   /* what is excluded has an exclusion of its own */
	bool some;     /* only of those who started in the period */
	int months;    /* only within so many from the start; 0: at any time */
	const struct matt *matt; /* of a goal */
	double count;  /* not a number when it is not printed */
	bool withheld;
};

static void list_codes(const struct matt *matt, const char *list[CODES])
{
	size_t count = 0;
	for (size_t i = 0; matt != NULL && i < matt->vid_avslut.count && count + 1 < CODES; i++)
		list[count++] = matt->vid_avslut.word[i];
	list[count] = NULL;
}

static bool within(const char *const *part, const char *const *whole)
{
	bool all = true;
	for (size_t i = 0; part[i] != NULL; i++) {
		bool found = false;
		for (size_t j = 0; whole[j] != NULL; j++)
			found = found || strcmp(part[i], whole[j]) == 0;
		all = all && found;
	}
	return all;
}

static bool alike(const char *const *one, const char *const *other)
{
	return within(one, other) && within(other, one);
}

/* Whether each of `part` is also one of `whole`, by what they are. */
static bool is_among(const struct reached *part, const struct reached *whole)
{
	bool excluded = whole->without[0] == NULL || (part->matt != NULL && part->matt == whole->matt) ||
		(!whole->deeper && !part->deeper && alike(part->without, whole->without));
	bool in_time = whole->months == 0 || (part->months > 0 && part->months <= whole->months);
	return within(part->code, whole->code) && excluded && (!whole->some || part->some) && in_time;
}

static bool is_few(const struct published *published, double count)
{
	return round(count) >= 1 && round(count) < (double)published->minimum;
}

static bool tells(const struct published *published, const struct reached *goal, const struct reached *other)
{
	bool inside = is_among(goal, other), holds = is_among(other, goal);
	if (inside && holds && other->withheld)
		return true;
	return (inside || holds) && is_few(published, fabs(goal->count - other->count));
}

static void take(const struct published_table *table, size_t row, const char *measure, struct reached *reached)
{
	const struct cell *cell = cube_cell(table->cube, row, cube_measure(table->cube, measure));
	reached->count = cell->status == CELL_PUBLISHED ? cell->number : MATHS_NAN;
	reached->withheld = cell->status == CELL_PROTECTED;
}

/* The exits of a goal of the insats; false when it counts none. */
static bool read_goal(const struct published_table *goals, const struct insats *insats, size_t number, struct reached *reached)
{
	const struct goal *goal = &insats->goal[number];
	char text[24];
	(void)snprintf(text, sizeof text, "%zu", number + 1);
	const char *key[] = { insats->name, text };
	size_t row = cube_find_named(goals->cube, key);
	bool started = goal->base == GOAL_AV_STARTADE;
	if (row == CUBE_NO_ROW || goal->measure != GOAL_MATT || goal->base == GOAL_AV_DELTAGARE || (started && goal->within_months > 0))
		return false;
	*reached = (struct reached){ .some = started, .months = goal->within_months, .matt = goal->matt,
		.deeper = goal->matt->utesluter != NULL && goal->matt->utesluter->utesluter != NULL };
	list_codes(goal->matt, reached->code);
	list_codes(goal->matt->utesluter, reached->without);
	take(goals, row, goal->base == GOAL_NUMBER ? "utfall" : "taljare", reached);
	return true;
}

static bool tells_beside_tables(const struct published *published, const struct insats *insats, const struct reached *goal)
{
	static const struct { const char *measure; struct reached set; } results[] = { { "arbete", { .code = { "AO", "AU", "EF" } } },
		{ "studier", { .code = { "SU" } } }, { "arbete_eller_studier", { .code = { "AO", "AU", "EF", "SU" } } },
		{ "arbetssokande", { .code = { "AR" }, .without = { "AO", "AU", "EF", "SU" } } } };
	const struct published_table *i06 = published_find(published, "i06"), *i04 = published_find(published, "i04");
	const char *key[] = { insats->name, CUBE_TOTAL };
	size_t at = i06 == NULL ? CUBE_NO_ROW : cube_find_named(i06->cube, key);
	bool found = false;
	for (size_t r = 0; at != CUBE_NO_ROW && r < sizeof results / sizeof *results; r++) {
		struct reached other = results[r].set;
		take(i06, at, results[r].measure, &other);
		found = found || tells(published, goal, &other);
	}
	for (size_t row = 0; i04 != NULL && row < i04->cube->rows; row++) {
		if (strcmp(cube_code_of(i04->cube, row, 0), insats->name) != 0 || !cube_is_total(i04->cube, row, 1) || cube_is_total(i04->cube, row, 2))
			continue;
		struct reached other = { .code = { cube_code_of(i04->cube, row, 2) } };
		take(i04, row, "efter", &other);
		found = found || tells(published, goal, &other);
	}
	return found;
}

/* A goal within N months, of the exited, beside those who exited in less (i07), by the bands below N or by all less the others. */
static bool tells_beside_bands(const struct published *published, const struct insats *insats, const struct reached *goal)
{
	const struct published_table *i07 = published_find(published, "i07");
	double below = 0, above = 0, all = MATHS_NAN;
	bool bounded = false;
	for (size_t row = 0; i07 != NULL && row < i07->cube->rows; row++) {
		const char *band = cube_code_of(i07->cube, row, 2), *to = strchr(band, '-');
		struct reached exits;
		if (strcmp(cube_code_of(i07->cube, row, 0), insats->name) != 0 || !cube_is_total(i07->cube, row, 1))
			continue;
		take(i07, row, "avslutade", &exits);
		bool total = strcmp(band, CUBE_TOTAL) == 0, less = to != NULL && strtol(to + 1, NULL, 10) < goal->months;
		if (total)
			all = exits.count;
		else if (less)
			below += exits.count;
		else
			above += exits.count;
		bounded = bounded || (less && strtol(to + 1, NULL, 10) == goal->months - 1);
	}
	return bounded && (is_few(published, fabs(below - goal->count)) || is_few(published, fabs(all - above - goal->count)));
}

/* How many have answered twice, by a goal or by an instrument's pairs: nearly the same persons. */
static bool tells_of_pairs(const struct published *published, const struct published_table *goals, const struct insats *insats, size_t number, double count)
{
	const struct published_table *i12 = published_find(published, "i12");
	bool found = false;
	for (size_t row = 0; i12 != NULL && row < i12->cube->rows; row++) {
		struct reached pairs;
		take(i12, row, "par", &pairs);
		found = found || (strcmp(cube_code_of(i12->cube, row, 0), insats->name) == 0 && cube_is_total(i12->cube, row, 2) &&
			is_few(published, fabs(pairs.count - count)));
	}
	for (size_t g = 0; g < number; g++) {
		char text[24];
		(void)snprintf(text, sizeof text, "%zu", g + 1);
		const char *key[] = { insats->name, text };
		size_t row = cube_find_named(goals->cube, key);
		struct reached other = { .count = MATHS_NAN };
		if (row != CUBE_NO_ROW && insats->goal[g].measure == GOAL_ENKAT)
			take(goals, row, insats->goal[g].base == GOAL_NUMBER ? "utfall" : "taljare", &other);
		found = found || is_few(published, fabs(other.count - count));
	}
	return found;
}

static bool goal_tells(const struct published *published, const struct published_table *goals, const struct insats *insats, size_t number, size_t row)
{
	const struct goal *goal = &insats->goal[number];
	struct reached met, other;
	if (goal->measure == GOAL_ENKAT) {
		take(goals, row, goal->base == GOAL_NUMBER ? "utfall" : "taljare", &met);
		return tells_of_pairs(published, goals, insats, number, met.count);
	}
	if (!read_goal(goals, insats, number, &met) || isnan(met.count))
		return false;
	bool found = tells_beside_tables(published, insats, &met) || (met.months > 0 && tells_beside_bands(published, insats, &met));
	for (size_t g = 0; g < number; g++)
		found = found || (read_goal(goals, insats, g, &other) && !isnan(other.count) && tells(published, &met, &other));
	return found;
}

void among_judge(const struct published *published, const struct published_table *goals, const struct settings *settings, unsigned char *finding)
{
	const struct cube *cube = goals->cube;
	size_t outcome = cube_measure(cube, "utfall");
	for (size_t i = 0; settings != NULL && i < settings->insats_count; i++)
		for (size_t g = 0; g < settings->insats[i].goals && settings->insats[i].registration != REGISTRATION_VOLUME; g++) {
			char text[24];
			(void)snprintf(text, sizeof text, "%zu", g + 1);
			const char *key[] = { settings->insats[i].name, text };
			size_t row = cube_find_named(cube, key);
			if (row != CUBE_NO_ROW && cube_cell(cube, row, outcome)->status == CELL_PUBLISHED && goal_tells(published, goals, &settings->insats[i], g, row))
				finding[row * cube->table->measures + outcome] = BESIDE_FEW;
		}
}
