/* What a goal measures: see figure.h; the definitions stand in the stage's README. */
#include "stages/goals/figure.h"

#include <stdlib.h>
#include <string.h>

#include "pipeline/base/date.h"
#include "pipeline/maths/maths.h"
#include "pipeline/table/column/column.h"

/* ---- does a participation meet the measure? ---- */

static bool has_code(const struct codelist *list, const struct words *codes, uint16_t bits)
{
	for (size_t i = 0; i < codes->count; i++) {
		uint16_t code = codelist_find(list, codes->word[i], strlen(codes->word[i]));
		if (code < 16 && (bits >> code & 1) != 0)
			return true;
	}
	return false;
}

static bool meets_matt(const struct matt *matt, const struct codelist *list, uint16_t bits)
{
	return has_code(list, &matt->vid_avslut, bits) &&
		(matt->utesluter == NULL || !meets_matt(matt->utesluter, list, bits));
}

/* A survey pair, or an exit by the end of the period that meets the [mått …], within its months of the start if it has
   any. */
static bool meets(const struct goal *goal, const struct facts *facts, const struct outcome *outcome)
{
	if (goal->measure == GOAL_ENKAT)
		return outcome->enkatpar;
	if (goal->measure != GOAL_MATT || outcome->slut == DATE_ONGOING)
		return false;
	if (goal->within_months > 0 && outcome->slut > date_add_months(outcome->start, goal->within_months))
		return false;
	return meets_matt(goal->matt, facts->sysselsattning, outcome->sysselsattning);
}

/* Whether the participation is looked at: a survey belongs to every participation of the period, a [mått …] to the
   exited. */
static bool concerns(const struct goal *goal, const struct outcome *outcome)
{
	return goal->measure == GOAL_ENKAT ? outcome->i_period : outcome->avslutad;
}

/* Whether the participation belongs to the base "startade": started in the period, or with `inom N månader` long enough
   before its end. */
static bool started(const struct goal *goal, const struct facts *facts, const struct outcome *outcome)
{
	return goal->within_months > 0
		? date_add_months(outcome->start, goal->within_months) <= facts->period_to
		: outcome->ny;
}

/* ---- counting ---- */

static int by_number(const void *a, const void *b)
{
	const uint32_t *x = a, *y = b;
	return (*x > *y) - (*x < *y);
}

/* Distinct persons among the participations that the goal concerns and that meet it; each anonymous one is a person. */
static int64_t persons_meeting(const struct goal *goal, const struct facts *facts, uint32_t *persons)
{
	size_t count = 0;
	int64_t distinct = 0;
	for (size_t i = 0; i < facts->outcomes; i++)
		if (concerns(goal, &facts->outcome[i]) && meets(goal, facts, &facts->outcome[i]))
			persons[count++] = facts->outcome[i].person;
	if (count > 0)
		qsort(persons, count, sizeof *persons, by_number);
	for (size_t i = 0; i < count; i++)
		distinct += i == 0 || persons[i] != persons[i - 1] || persons[i] == COLUMN_NONE_U32;
	return distinct;
}

static struct figure number(double value)
{
	return (struct figure){ .value = value };
}

static struct figure share(int64_t taljare, int64_t namnare)
{
	return (struct figure){ .share = true, .taljare = taljare, .namnare = namnare,
		.value = namnare == 0 ? MATHS_NAN : 100 * (double)taljare / (double)namnare };
}

/* Share of the exited or the started participations that meet the goal. */
static struct figure share_of_participations(const struct goal *goal, const struct facts *facts)
{
	int64_t taljare = 0, namnare = 0;
	for (size_t i = 0; i < facts->outcomes; i++) {
		const struct outcome *outcome = &facts->outcome[i];
		if (goal->base == GOAL_AV_AVSLUTADE ? !outcome->avslutad : !started(goal, facts, outcome))
			continue;
		namnare++;
		taljare += meets(goal, facts, outcome);
	}
	return share(taljare, namnare);
}

/* Exits that meet a [mått …] with a plain number. */
static double exits_meeting(const struct goal *goal, const struct facts *facts)
{
	double count = 0;
	for (size_t i = 0; i < facts->outcomes; i++)
		count += facts->outcome[i].avslutad && meets(goal, facts, &facts->outcome[i]);
	return count;
}

struct figure figure_of(const struct goal *goal, const struct facts *facts, uint32_t *persons)
{
	if (goal->measure == GOAL_KONSFORDELNING)
		return share(facts->kvinnor, facts->kvinnor + facts->man);
	if (goal->base == GOAL_AV_DELTAGARE)
		return share(persons_meeting(goal, facts, persons), facts->deltagare);
	if (goal->base != GOAL_NUMBER)
		return share_of_participations(goal, facts);
	switch (goal->measure) {
	case GOAL_DELTAGARE:
		return number((double)facts->deltagare);
	case GOAL_NYA:
		return number((double)facts->nya);
	case GOAL_AVSLUTADE:
		return number((double)facts->avslutade);
	case GOAL_ENKAT:
		return number((double)persons_meeting(goal, facts, persons));
	case GOAL_KOSTNAD:
		return number(facts->deltagare == 0 ? MATHS_NAN : (double)facts->kostnad / (100 * (double)facts->deltagare));
	case GOAL_KOTID:
		return number(facts->kotid);
	case GOAL_MATT:
		return number(exits_meeting(goal, facts));
	case GOAL_KONSFORDELNING:
		break;
	}
	return number(MATHS_NAN);
}
