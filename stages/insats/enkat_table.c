/* i12: the statistics of the pairs: see enkat.h. */
#include <math.h>

#include "pipeline/maths/interval.h"
#include "pipeline/maths/moments.h"
#include "pipeline/maths/test.h"
#include "stages/insats/enkat.h"

#define MOST_DECIMALS 6 /* of values that are made whole */

/* Values of the pairs of one row, with room for all pairs. */
struct sample {
	size_t count;
	double *start, *slut, *difference, *work;
};

/* The power of ten that makes every value whole, so that equal differences of decimal numbers are equal as doubles; 1
   when none up to 10^MOST_DECIMALS does. */
static double whole_scale(const struct sample *sample)
{
	double scale = 1;
	for (int decimals = 0; decimals <= MOST_DECIMALS; decimals++, scale *= 10) {
		bool whole = true;
		for (size_t i = 0; i < sample->count && whole; i++)
			whole = fabs(sample->start[i] * scale - nearbyint(sample->start[i] * scale)) < 1e-6 &&
				fabs(sample->slut[i] * scale - nearbyint(sample->slut[i] * scale)) < 1e-6;
		if (whole)
			return scale;
	}
	return 1;
}

/* Wilcoxon's p of the sample, whose values it may scale. */
static double wilcoxon(struct sample *sample)
{
	struct test_wilcoxon_result result;
	double scale = whole_scale(sample);
	for (size_t i = 0; i < sample->count && scale > 1; i++) {
		sample->start[i] = nearbyint(sample->start[i] * scale);
		sample->slut[i] = nearbyint(sample->slut[i] * scale);
	}
	(void)test_wilcoxon(sample->slut, sample->start, sample->count, sample->work, &result);
	return result.p; /* NAN, so saknas, when no pair differs */
}

static int set_row(struct cube *cube, const char *insats, const char *instrument, const char *kon,
	struct sample *sample, size_t without, double level, struct error *error)
{
	const char *codes[] = { insats, instrument, kon };
	struct interval interval;
	size_t row = cube_row_named(cube, codes, error);
	if (row == CUBE_NO_ROW)
		return -1;
	(void)interval_t(sample->difference, sample->count, level, &interval); /* limits that do not exist are NAN */
	cube_set(cube, row, cube_measure(cube, "par"), (double)sample->count);
	cube_set(cube, row, cube_measure(cube, "utan_par"), (double)without);
	cube_set(cube, row, cube_measure(cube, "medel_start"), moments_mean(sample->start, sample->count));
	cube_set(cube, row, cube_measure(cube, "medel_slut"), moments_mean(sample->slut, sample->count));
	cube_set(cube, row, cube_measure(cube, "skillnad"), interval.estimate);
	cube_set(cube, row, cube_measure(cube, "ki_lag"), interval.low);
	cube_set(cube, row, cube_measure(cube, "ki_hog"), interval.high);
	cube_set(cube, row, cube_measure(cube, "p_wilcoxon"), wilcoxon(sample));
	return 0;
}

/* The rows of one insats and instrument: each kon that occurs, and TOT. */
static int fill_series(const struct pairs *pairs, const struct series *series, const struct participation_lists *lists,
	const struct settings *settings, struct cube *cube, struct sample *sample, struct error *error)
{
	for (size_t kon = 0; kon <= lists->kon->count; kon++) {
		bool total = kon == lists->kon->count;
		size_t without = 0;
		sample->count = 0;
		for (size_t i = 0; i < series->pairs; i++) {
			const struct pair *pair = &pairs->item[series->pair + i];
			if (!total && pair->kon != kon)
				continue;
			sample->start[sample->count] = pair->start;
			sample->slut[sample->count] = pair->slut;
			sample->difference[sample->count++] = pair->slut - pair->start;
		}
		for (size_t i = 0; i < series->withouts; i++)
			without += total || pairs->without_kon[series->without + i] == kon;
		if ((total || sample->count + without > 0) && set_row(cube, settings->insats[series->insats].name, series->instrument,
			total ? CUBE_TOTAL : lists->kon->entry[kon].kod, sample, without, settings->konfidensgrad, error) != 0)
			return -1;
	}
	return 0;
}

int enkat_fill(const struct pairs *pairs, const struct participation_lists *lists, const struct settings *settings,
	struct cube *cube, struct arena *arena, struct error *error)
{
	double *room = arena_take(arena, 4 * pairs->count, sizeof *room, error);
	if (room == NULL)
		return -1;
	struct sample sample = { .start = room, .slut = room + pairs->count, .difference = room + 2 * pairs->count,
		.work = room + 3 * pairs->count };
	for (size_t i = 0; i < pairs->series_count; i++)
		if (fill_series(pairs, &pairs->series[i], lists, settings, cube, &sample, error) != 0)
			return -1;
	return 0;
}
