/* What is between goals and counts: see among.h. Written from docs/method.md, 5 and 8; it knows nothing of the protector. */
#include "stages/audit/relations/among.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pipeline/base/date.h"
#include "pipeline/maths/maths.h"
#include "stages/audit/relations/beside.h"

#define CODES 16 /* of a list */

/* Exits with one of some codes, and none of others. */
struct reached {
	const char *code[CODES], *without[CODES]; /* NULL at the end */
	bool deeper;   /* what is excluded has an exclusion of its own */
	bool some;     /* only of those who started in the period */
	bool persons;  /* each once, of all participants */
	int months;    /* only within so many from the start; 0: at any time */
	int longest;   /* all of them within so many: their months, or those of the period in which they started and left; 0: not known */
	const struct matt *matt; /* of a goal */
	double count;  /* not a number when it is not printed */
	double before; /* protection; not a number where that is not known */
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
	bool in_time = whole->months == 0 || (part->longest > 0 && part->longest <= whole->months);
	return within(part->code, whole->code) && excluded && (!whole->some || part->some) && in_time;
}

static bool is_few(const struct published *published, double count)
{
	return round(count) >= 1 && round(count) < (double)published->minimum;
}

static bool any_common(const char *const *one, const char *const *other)
{
	for (size_t i = 0; one[i] != NULL; i++)
		for (size_t j = 0; other[j] != NULL; j++)
			if (strcmp(one[i], other[j]) == 0)
				return true;
	return false;
}

/* Whether what is left without the excluded codes has to do with those of the other count: it is a difference of several. */
static bool meets(const struct reached *goal, const struct reached *other)
{
	return goal->without[0] != NULL && (any_common(goal->code, other->code) || any_common(goal->code, other->without) ||
		any_common(goal->without, other->code) || any_common(goal->without, other->without));
}

/* Two that are printed. */
static bool leaves_few(const struct published *published, const struct reached *goal, const struct reached *other)
{
	return (is_among(goal, other) || is_among(other, goal)) && is_few(published, fabs(goal->count - other->count));
}

/* A goal that is printed beside the count of a table, which may be withheld: then the goal bounds it. */
static bool tells(const struct published *published, const struct reached *goal, const struct reached *other)
{
	return other->withheld ? is_among(goal, other) || is_among(other, goal) || meets(goal, other) : leaves_few(published, goal, other);
}

/* Whether the table counts what the goal does: nothing new is told, but how many persons of a goal did so more than once. */
static bool is_counted(const struct reached *goal, const struct reached *other)
{
	return alike(goal->code, other->code) && alike(goal->without, other->without) && !goal->deeper && !goal->some && goal->months == 0;
}

static void take(const struct published_table *table, size_t row, const char *measure, struct reached *reached)
{
	const struct cell *cell = cube_cell(table->cube, row, cube_measure(table->cube, measure));
	reached->count = cell->status == CELL_PUBLISHED ? cell->number : MATHS_NAN;
	reached->withheld = cell->status == CELL_PROTECTED;
	const char *key[TABLE_DIMENSIONS];
	for (size_t d = 0; d < table->cube->table->dimensions; d++)
		key[d] = cube_code_of(table->cube, row, d);
	size_t at = table->truth == NULL ? CUBE_NO_ROW : cube_find_named(table->truth, key);
	reached->before = at == CUBE_NO_ROW ? MATHS_NAN : cube_cell(table->truth, at, cube_measure(table->truth, measure))->number;
}

/* A count of i01 of the whole insats; not a number where there is none. */
static struct reached of_insats(const struct published *published, const struct insats *insats, const char *measure)
{
	const struct published_table *i01 = published_find(published, "i01");
	const char *key[] = { insats->name, CUBE_TOTAL, CUBE_TOTAL };
	size_t row = i01 == NULL ? CUBE_NO_ROW : cube_find_named(i01->cube, key);
	struct reached reached = { .count = MATHS_NAN };
	if (row != CUBE_NO_ROW)
		take(i01, row, measure, &reached);
	return reached;
}

/* Whether i01 prints as many who began in the period as took part. */
static bool all_are_new(const struct published *published, const struct insats *insats)
{
	double there = of_insats(published, insats, "deltaganden").count;
	return there > 0 && there == of_insats(published, insats, "nya").count;
}

/* Whether i07 has exits, and nobody in a band that reaches to the months or beyond. */
static bool all_are_shorter(const struct published *published, const struct insats *insats, int months)
{
	const struct published_table *i07 = published_find(published, "i07");
	bool shorter = false, longer = false;
	for (size_t row = 0; i07 != NULL && row < i07->cube->rows; row++) {
		const char *band = cube_code_of(i07->cube, row, 2), *to = strchr(band, '-');
		struct reached exits;
		if (strcmp(cube_code_of(i07->cube, row, 0), insats->name) != 0 || !cube_is_total(i07->cube, row, 1) || strcmp(band, CUBE_TOTAL) == 0)
			continue;
		take(i07, row, "avslutade", &exits);
		bool any = exits.withheld || exits.count > 0;
		if (to != NULL && strtol(to + 1, NULL, 10) <= months - 1)
			shorter = shorter || any;
		else
			longer = longer || any;
	}
	return shorter && !longer;
}

/* The exits of a goal of the insats; false when it counts none. */
static bool read_goal(const struct published_table *goals, const struct settings *settings, const struct insats *insats, size_t number, struct reached *reached)
{
	const struct goal *goal = &insats->goal[number];
	char text[24];
	(void)snprintf(text, sizeof text, "%zu", number + 1);
	const char *key[] = { insats->name, text };
	size_t row = cube_find_named(goals->cube, key);
	bool started = goal->base == GOAL_AV_STARTADE;
	if (row == CUBE_NO_ROW || goal->measure != GOAL_MATT || (started && goal->within_months > 0))
		return false;
	int period = date_month_of(settings->period_to) - date_month_of(settings->period_from) + 1;
	*reached = (struct reached){ .some = started, .persons = goal->base == GOAL_AV_DELTAGARE, .months = goal->within_months, .matt = goal->matt,
		.longest = started ? period : goal->within_months,
		.deeper = goal->matt->utesluter != NULL && goal->matt->utesluter->utesluter != NULL };
	list_codes(goal->matt, reached->code);
	list_codes(goal->matt->utesluter, reached->without);
	take(goals, row, goal->base == GOAL_NUMBER ? "utfall" : "taljare", reached);
	return true;
}

/* The exits of a goal whose number is printed exactly; false when it counts none or is withheld. Of all of them where the tables have no others (of rounded ones nobody
   knows that). */
static bool read_exact(const struct published *published, const struct published_table *goals, const struct settings *settings, const struct insats *insats, size_t number,
	struct reached *reached)
{
	if (!read_goal(goals, settings, insats, number, reached) || isnan(reached->count))
		return false;
	reached->some = reached->some && !all_are_new(published, insats);
	reached->months = reached->months > 0 && all_are_shorter(published, insats, reached->months) ? 0 : reached->months;
	return true;
}

#define COUNTS 32

/* The exits of all kön by result (i06) and by code (i04). */
static size_t list_counts(const struct published *published, const struct insats *insats, struct reached list[COUNTS])
{
	static const struct { const char *measure; struct reached set; } results[] = { { "arbete", { .code = { "AO", "AU", "EF" } } },
		{ "studier", { .code = { "SU" } } }, { "arbete_eller_studier", { .code = { "AO", "AU", "EF", "SU" } } },
		{ "arbetssokande", { .code = { "AR" }, .without = { "AO", "AU", "EF", "SU" } } } };
	const struct published_table *i06 = published_find(published, "i06"), *i04 = published_find(published, "i04");
	const char *key[] = { insats->name, CUBE_TOTAL };
	size_t at = i06 == NULL ? CUBE_NO_ROW : cube_find_named(i06->cube, key), counts = 0;
	for (size_t r = 0; at != CUBE_NO_ROW && r < sizeof results / sizeof *results; r++) {
		list[counts] = results[r].set;
		take(i06, at, results[r].measure, &list[counts++]);
	}
	for (size_t row = 0; i04 != NULL && row < i04->cube->rows && counts < COUNTS; row++) {
		if (strcmp(cube_code_of(i04->cube, row, 0), insats->name) != 0 || !cube_is_total(i04->cube, row, 1) || cube_is_total(i04->cube, row, 2))
			continue;
		list[counts] = (struct reached){ .code = { cube_code_of(i04->cube, row, 2) } };
		take(i04, row, "efter", &list[counts++]);
	}
	return counts;
}

/* Those who were there before the period: `started` counts the exits of all others, `all` the same exits of everybody. Few of them may be left without. */
static bool old_ones_are_few(const struct published *published, const struct insats *insats, const struct reached *started, const struct reached *all)
{
	if (!started->some || all->some || started->persons || all->persons || started->months != 0 ||
		!alike(started->code, all->code) || !alike(started->without, all->without) || !is_among(started, all))
		return false;
	double there = of_insats(published, insats, "deltaganden").count, fresh = of_insats(published, insats, "nya").count;
	return is_few(published, there - fresh - (all->count - started->count));
}

static bool is_one_of(const char *code, const char *const *list)
{
	return within((const char *const[]){ code, NULL }, list);
}

/* The most that the goal can have without those of a withheld count, by the list: what is printed, of several codes by `wide` (NULL: each by itself), and one
   of each that is withheld. */
static double most_without(const struct reached *goal, const struct reached *hidden, const struct reached *list, size_t counts, const struct reached *wide)
{
	double most = wide == NULL ? 0 : wide->count;
	for (size_t c = 0; goal->code[c] != NULL; c++) {
		const struct reached *single = NULL;
		if (is_one_of(goal->code[c], hidden->code) || (wide != NULL && is_one_of(goal->code[c], wide->code)))
			continue;
		for (size_t i = 0; i < counts && single == NULL; i++)
			single = list[i].code[1] == NULL && list[i].without[0] == NULL && strcmp(list[i].code[0], goal->code[c]) == 0 ? &list[i] : NULL;
		most += single == NULL ? 0 : single->withheld ? 1 : single->count;
	}
	return most;
}

/* A goal of some exits that holds a withheld count: more reached it than others can be, and one. */
static bool needs_more(const struct reached *goal, const struct reached *hidden, const struct reached *list, size_t counts)
{
	if (!hidden->withheld || goal->without[0] != NULL || !within(hidden->code, goal->code))
		return false;
	bool needs = goal->count > 1 + most_without(goal, hidden, list, counts, NULL);
	for (size_t i = 0; i < counts; i++)
		needs = needs || (list[i].without[0] == NULL && goal->count > 1 + most_without(goal, hidden, list, counts, &list[i]));
	return needs;
}

static bool tells_beside_tables(const struct published *published, const struct insats *insats, const struct reached *goal)
{
	struct reached list[COUNTS];
	const struct reached all = of_insats(published, insats, "avslutade");
	size_t counts = list_counts(published, insats, list);
	if (all.withheld || is_few(published, all.count - goal->count))
		return true;
	for (size_t i = 0; i < counts; i++)
		if (old_ones_are_few(published, insats, goal, &list[i]))
			return true;
	for (size_t i = 0; i < counts; i++)
		if (is_counted(goal, &list[i]))
			return list[i].withheld || is_few(published, fabs(list[i].count - goal->count));
	bool found = false;
	for (size_t i = 0; i < counts; i++)
		found = found || tells(published, goal, &list[i]) || needs_more(goal, &list[i], list, counts);
	return found;
}

/* A goal within N months, of the exited, or of those who started in the period, beside those who exited in less (i07), by the bands below N or by all less
   the others: it bounds them where they are
   withheld. */
static bool tells_beside_bands(const struct published *published, const struct insats *insats, const struct reached *goal)
{
	const struct published_table *i07 = published_find(published, "i07");
	double below = 0, above = 0, all = MATHS_NAN;
	bool bounded = false, withheld = false;
	for (size_t row = 0; i07 != NULL && row < i07->cube->rows; row++) {
		const char *band = cube_code_of(i07->cube, row, 2), *to = strchr(band, '-');
		struct reached exits;
		if (strcmp(cube_code_of(i07->cube, row, 0), insats->name) != 0 || !cube_is_total(i07->cube, row, 1))
			continue;
		take(i07, row, "avslutade", &exits);
		int64_t before = i07->count[row * i07->cube->table->measures + cube_measure(i07->cube, "avslutade")]; /* protection */
		exits.count = exits.withheld && before != PUBLISHED_UNTOLD ? (double)before : exits.count;
		withheld = withheld || exits.withheld;
		if (strcmp(band, CUBE_TOTAL) == 0)
			all = exits.count;
		else if (strtol(band, NULL, 10) < goal->longest)
			below += exits.count;
		else
			above += exits.count;
		bounded = bounded || (to != NULL && strtol(to + 1, NULL, 10) == goal->longest - 1);
	}
	below = isnan(below) ? all - above : below;
	if (withheld && above > 0)
		return below - goal->count < (double)published->minimum;
	return bounded && is_few(published, fabs(below - goal->count));
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

static bool goal_tells(const struct published *published, const struct published_table *goals, const struct settings *settings, const struct insats *insats,
	size_t number, size_t row)
{
	const struct goal *goal = &insats->goal[number];
	struct reached met, other;
	if (goal->measure == GOAL_ENKAT) {
		take(goals, row, goal->base == GOAL_NUMBER ? "utfall" : "taljare", &met);
		return tells_of_pairs(published, goals, insats, number, met.count);
	}
	if (!read_exact(published, goals, settings, insats, number, &met))
		return false;
	bool found = tells_beside_tables(published, insats, &met) || (met.longest > 0 && tells_beside_bands(published, insats, &met));
	for (size_t g = 0; g < number; g++)
		found = found || (read_exact(published, goals, settings, insats, g, &other) && other.persons == met.persons && (leaves_few(published, &met, &other) ||
			old_ones_are_few(published, insats, &met, &other) || old_ones_are_few(published, insats, &other, &met)));
	return found;
}

/* The codes that two counts ask for or exclude, each once. */
struct named {
	const char *code[24]; /* of nine */
	size_t count;
};

static unsigned bit_of(struct named *named, const char *code)
{
	size_t at = 0;
	while (at < named->count && strcmp(named->code[at], code) != 0)
		at++;
	if (at == named->count && at < sizeof named->code / sizeof *named->code)
		named->code[named->count++] = code;
	return 1U << at;
}

/* An exit with the codes of the set, a bit each: what a goal excludes may exclude in turn. */
static bool meets_goal(struct named *named, const struct matt *matt, unsigned set)
{
	unsigned asked = 0;
	for (size_t i = 0; i < matt->vid_avslut.count; i++)
		asked |= bit_of(named, matt->vid_avslut.word[i]);
	bool excluded = matt->utesluter != NULL && meets_goal(named, matt->utesluter, set);
	return (asked & set) != 0 && !excluded;
}

static bool is_counted_in(struct named *named, const struct reached *reached, unsigned set)
{
	unsigned asked = 0, excluded = 0;
	if (reached->matt != NULL)
		return meets_goal(named, reached->matt, set);
	for (size_t i = 0; reached->code[i] != NULL; i++)
		asked |= bit_of(named, reached->code[i]);
	for (size_t i = 0; reached->without[i] != NULL; i++)
		excluded |= bit_of(named, reached->without[i]);
	return (asked & set) != 0 && (excluded & set) == 0;
}

#define TRIED 12 /* codes at most of which all sets are tried; sysselsattning has nine */

/* Whether each of `part` is also one of `whole`, whatever its codes are. */
static bool is_held(const struct reached *part, const struct reached *whole)
{
	struct named named = { .count = 0 };
	bool all = (!whole->some || part->some) && (whole->months == 0 || (part->longest > 0 && part->longest <= whole->months));
	(void)is_counted_in(&named, part, 0);
	(void)is_counted_in(&named, whole, 0);
	if (named.count > TRIED)
		return is_among(part, whole);
	for (unsigned set = 0; all && set < 1U << named.count; set++)
		all = !is_counted_in(&named, part, set) || is_counted_in(&named, whole, set);
	return all;
}

/* Rounded counts: whether less is printed of a whole than of what is among it, though before they were not so. */
static bool is_less(const struct reached *whole, const struct reached *part)
{
	return is_held(part, whole) && !whole->persons && part->count > whole->count && part->before <= whole->before;
}

/* A goal of surveys beside the pairs of i12: of all participants no fewer than those of any instrument, and no more than all pairs, though before they
   were not so. */
static bool answers_are_torn(const struct published *published, const struct published_table *goals, const struct insats *insats, size_t number)
{
	const struct goal *goal = &insats->goal[number];
	const struct published_table *i12 = published_find(published, "i12");
	struct reached met, all = { 0 };
	char text[24];
	(void)snprintf(text, sizeof text, "%zu", number + 1);
	const char *key[] = { insats->name, text };
	bool torn = false;
	take(goals, cube_find_named(goals->cube, key), goal->base == GOAL_NUMBER ? "utfall" : "taljare", &met);
	for (size_t row = 0; i12 != NULL && row < i12->cube->rows; row++) {
		struct reached pairs;
		if (strcmp(cube_code_of(i12->cube, row, 0), insats->name) != 0 || !cube_is_total(i12->cube, row, 2))
			continue;
		take(i12, row, "par", &pairs);
		all.count += pairs.count;
		all.before += pairs.before;
		torn = torn || ((goal->base == GOAL_NUMBER || goal->base == GOAL_AV_DELTAGARE) && met.count < pairs.count && met.before >= pairs.before);
	}
	return torn || (i12 != NULL && met.count > all.count && met.before <= all.before);
}

static bool goal_is_torn(const struct published *published, const struct published_table *goals, const struct settings *settings, const struct insats *insats,
	size_t number)
{
	struct reached list[COUNTS], met;
	bool torn = false;
	if (!published->stands[0] && insats->goal[number].measure == GOAL_ENKAT)
		return answers_are_torn(published, goals, insats, number);
	if (published->stands[0] || !read_goal(goals, settings, insats, number, &met)) /* figures of approved runs are rounded by themselves */
		return false;
	size_t counts = list_counts(published, insats, list);
	for (size_t i = 0; i < counts; i++)
		torn = torn || is_less(&list[i], &met) || is_less(&met, &list[i]);
	return torn;
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
			if (row == CUBE_NO_ROW || cube_cell(cube, row, outcome)->status != CELL_PUBLISHED)
				continue;
			if (published->rounded ? goal_is_torn(published, goals, settings, &settings->insats[i], g) : goal_tells(published, goals, settings, &settings->insats[i], g, row))
				finding[row * cube->table->measures + outcome] = published->rounded ? BESIDE_LESS : BESIDE_FEW;
		}
}
