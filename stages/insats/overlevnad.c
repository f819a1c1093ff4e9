/* i13: see overlevnad.h. */
#include "stages/insats/overlevnad.h"

#include <math.h>
#include <stdio.h>

#include "pipeline/base/date.h"
#include "pipeline/maths/maths.h"
#include "pipeline/maths/survival.h"
#include "pipeline/maths/test.h"

#define MONTH_TEXT 12

static struct survival_subject subject_of(const struct participation *p, int32_t to)
{
	bool exited = p->slut <= to;
	return (struct survival_subject){ .time = date_completed_months(p->start, exited ? p->slut : to),
		.event = exited && p->egen_forsorjning };
}

/* The subjects of an insats and a kon (a position in the list; beyond its end: all). */
static size_t collect(const struct counting *counting, size_t insats, size_t kon, struct survival_subject *subjects)
{
	size_t count = 0;
	int32_t to = counting->settings->period_to;
	for (size_t i = 0; i < counting->participations->count; i++) {
		const struct participation *p = &counting->participations->item[i];
		if (p->insats == insats && p->start <= to && (kon >= counting->lists->kon->count || p->kon == kon))
			subjects[count++] = subject_of(p, to);
	}
	return count;
}

static int set_month(struct cube *cube, const char *insats, const char *kon, int month,
	const struct survival_step *steps, size_t count, struct error *error)
{
	char text[MONTH_TEXT];
	(void)snprintf(text, sizeof text, "%d", month);
	const char *codes[] = { insats, kon, text };
	const struct survival_step *step = survival_at(steps, count, month);
	bool here = step != NULL && step->time >= month;
	size_t row = cube_row_named(cube, codes, error);
	if (row == CUBE_NO_ROW)
		return -1;
	cube_set(cube, row, cube_measure(cube, "kvar"), (double)survival_at_risk(steps, count, month));
	cube_set(cube, row, cube_measure(cube, "handelser"), here ? (double)step->events : 0);
	cube_set(cube, row, cube_measure(cube, "censurerade"), here ? (double)step->censored : 0);
	cube_set(cube, row, cube_measure(cube, "andel"), step == NULL ? 100 : 100 * step->survival);
	cube_set(cube, row, cube_measure(cube, "ki_lag"), step == NULL ? MATHS_NAN : 100 * step->low);
	cube_set(cube, row, cube_measure(cube, "ki_hog"), step == NULL ? MATHS_NAN : 100 * step->high);
	return 0;
}

/* Room for one curve. */
struct curve {
	struct survival_subject *subjects;
	struct survival_step *steps;
};

static int fill_curve(const struct counting *counting, size_t insats, size_t kon, const struct curve *curve,
	struct cube *cube, struct error *error)
{
	const struct codelist *list = counting->lists->kon;
	size_t steps, count = collect(counting, insats, kon, curve->subjects);
	if (survival_kaplan_meier(curve->subjects, count, counting->settings->konfidensgrad, curve->steps, &steps) != 0)
		return error_set(error, EXIT_BUG, "i13: a participation ends before it starts");
	for (int month = 0; steps > 0 && month <= (int)curve->steps[steps - 1].time; month++)
		if (set_month(cube, counting->settings->insats[insats].name,
			kon < list->count ? list->entry[kon].kod : CUBE_TOTAL, month, curve->steps, steps, error) != 0)
			return -1;
	return 0;
}

int overlevnad_fill(const struct counting *counting, struct cube *cube, struct arena *arena, struct error *error)
{
	size_t room = counting->participations->count;
	struct curve curve = { .subjects = arena_take(arena, room, sizeof *curve.subjects, error),
		.steps = arena_take(arena, room, sizeof *curve.steps, error) };
	if (curve.subjects == NULL || curve.steps == NULL)
		return -1;
	for (size_t insats = 0; insats < counting->settings->insats_count; insats++)
		for (size_t kon = 0; kon <= counting->lists->kon->count; kon++)
			if (counting->settings->insats[insats].registration != REGISTRATION_VOLUME &&
				fill_curve(counting, insats, kon, &curve, cube, error) != 0)
				return -1;
	return 0;
}

int overlevnad_compare(const struct counting *counting, struct cube *i14, struct arena *arena, struct error *error)
{
	const struct codelist *kon = counting->lists->kon;
	size_t room = counting->participations->count;
	struct survival_subject *women = arena_take(arena, room, sizeof *women, error), *men = arena_take(arena, room, sizeof *men, error);
	if (women == NULL || men == NULL)
		return -1;
	for (size_t i = 0; i < counting->settings->insats_count; i++) {
		const char *insats = counting->settings->insats[i].name;
		size_t row = cube_find_named(i14, &insats);
		struct test_logrank_result result;
		if (row == CUBE_NO_ROW)
			continue;
		(void)test_logrank(women, collect(counting, i, codelist_find(kon, "K", 1), women), men,
			collect(counting, i, codelist_find(kon, "M", 1), men), &result);
		cube_set(i14, row, cube_measure(i14, "p_logrank"), result.p); /* NAN, so saknas, where nothing can be compared */
	}
	return 0;
}
