/* i12: answers, the pairs they make, and the pairs' statistics: see enkat.h. */
#include "stages/insats/enkat.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "pipeline/maths/interval.h"
#include "pipeline/maths/moments.h"
#include "pipeline/maths/test.h"
#include "stages/insats/margin.h"

#define MOST_DECIMALS 6 /* of values that are made whole */

int enkat_load(const struct column_file *file, const struct settings *settings, struct arena *arena,
	struct answers *answers, struct error *error)
{
	size_t count = column_rows(file);
	const uint32_t *person = column_load(file, "person", COLUMN_U32, arena, error);
	const uint16_t *insats = column_load(file, "insats", COLUMN_U16, arena, error);
	const uint32_t *instrument = column_load(file, "instrument", COLUMN_TEXT, arena, error);
	const uint16_t *tillfalle = column_load(file, "tillfalle", COLUMN_U16, arena, error);
	const int32_t *datum = column_load(file, "datum", COLUMN_I32, arena, error);
	const double *varde = column_load(file, "varde", COLUMN_F64, arena, error);
	const struct codelist *list = codelist_load("tillfalle", arena, error);
	struct answer *item = arena_take(arena, count, sizeof *item, error);
	if (person == NULL || insats == NULL || instrument == NULL || tillfalle == NULL || datum == NULL || varde == NULL ||
		list == NULL || item == NULL)
		return -1;
	for (size_t i = 0; i < count; i++) {
		if (insats[i] >= settings->insats_count)
			return error_set(error, EXIT_BUG, "enkat: row %zu is not as the stage link writes it", i + 1);
		item[i] = (struct answer){ .insats = insats[i], .tillfalle = tillfalle[i],
			.instrument = column_text(file, instrument[i]), .person = person[i], .datum = datum[i],
			.varde = varde[i] };
	}
	*answers = (struct answers){ .count = count, .item = item,
		.start = codelist_find(list, "start", strlen("start")),
		.slut = codelist_find(list, "slut", strlen("slut")) };
	return 0;
}

/* ---- pairs ---- */

/* Insats, instrument, person. */
static int by_series(const struct answer *a, const struct answer *b)
{
	if (a->insats != b->insats)
		return a->insats < b->insats ? -1 : 1;
	int instrument = strcmp(a->instrument, b->instrument);
	if (instrument != 0)
		return instrument;
	return (a->person > b->person) - (a->person < b->person);
}

static int by_series_and_time(const void *a, const void *b)
{
	const struct answer *x = a, *y = b;
	int series = by_series(x, y);
	if (series != 0)
		return series;
	if (x->datum != y->datum)
		return x->datum < y->datum ? -1 : 1;
	return (x->varde > y->varde) - (x->varde < y->varde);
}

/* Makes a pair of one person's answers in one insats and instrument, in order of time; false when there is none. */
static bool pair_of(const struct answers *answers, const struct answer *series, size_t count,
	const struct settings *settings, struct pair *pair)
{
	const struct answer *start = NULL, *slut = NULL;
	for (size_t i = 0; i < count; i++)
		if (series[i].tillfalle == answers->slut && series[i].datum >= settings->period_from &&
			series[i].datum <= settings->period_to)
			slut = &series[i];
	for (size_t i = 0; i < count && slut != NULL; i++)
		if (series[i].tillfalle == answers->start && series[i].datum <= slut->datum)
			start = &series[i];
	if (start == NULL)
		return false;
	*pair = (struct pair){ .insats = slut->insats, .instrument = slut->instrument, .person = slut->person,
		.start = start->varde, .slut = slut->varde };
	return true;
}

/* ---- a person's participations in an insats ---- */

static int by_person(uint16_t a_insats, uint32_t a_person, uint16_t b_insats, uint32_t b_person)
{
	if (a_insats != b_insats)
		return a_insats < b_insats ? -1 : 1;
	return (a_person > b_person) - (a_person < b_person);
}

/* Insats, person, start, slut, kon: the latest of a person comes last. */
static int by_person_and_time(const void *a, const void *b)
{
	const struct participation *x = *(const struct participation *const *)a;
	const struct participation *y = *(const struct participation *const *)b;
	int person = by_person(x->insats, x->person, y->insats, y->person);
	if (person != 0)
		return person;
	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	if (x->slut != y->slut)
		return x->slut < y->slut ? -1 : 1;
	return (x->kon > y->kon) - (x->kon < y->kon);
}

/* Participations with a person that started by the end of the period, in that order. */
struct latest {
	size_t count;
	const struct participation **item;
};

static int latest_sort(const struct participations *all, int32_t to, struct arena *arena, struct latest *latest,
	struct error *error)
{
	latest->count = 0;
	latest->item = arena_take(arena, all->count, sizeof *latest->item, error);
	if (latest->item == NULL)
		return -1;
	for (size_t i = 0; i < all->count; i++)
		if (all->item[i].person != COLUMN_NONE_U32 && all->item[i].start <= to)
			latest->item[latest->count++] = &all->item[i];
	qsort(latest->item, latest->count, sizeof *latest->item, by_person_and_time);
	return 0;
}

/* The latest participation of the person in the insats; NULL when there is none. */
static const struct participation *latest_find(const struct latest *latest, uint16_t insats, uint32_t person)
{
	size_t low = 0, high = latest->count; /* the first that comes after the person lies in low … high */
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (by_person(latest->item[middle]->insats, latest->item[middle]->person, insats, person) <= 0)
			low = middle + 1;
		else
			high = middle;
	}
	const struct participation *found = low == 0 ? NULL : latest->item[low - 1];
	return found != NULL && found->insats == insats && found->person == person ? found : NULL;
}

int enkat_pairs(struct answers *answers, const struct participations *participations,
	const struct participation_lists *lists, const struct settings *settings, struct arena *arena, struct pairs *pairs,
	struct error *error)
{
	struct latest latest;
	*pairs = (struct pairs){ .item = arena_take(arena, answers->count, sizeof *pairs->item, error) };
	if (pairs->item == NULL || latest_sort(participations, settings->period_to, arena, &latest, error) != 0)
		return -1;
	uint8_t unknown = (uint8_t)codelist_find(lists->kon, "X", 1);
	qsort(answers->item, answers->count, sizeof *answers->item, by_series_and_time);
	for (size_t from = 0, to; from < answers->count; from = to) {
		const struct answer *series = &answers->item[from];
		for (to = from; to < answers->count && by_series(series, &answers->item[to]) == 0;)
			to++;
		struct pair *pair = &pairs->item[pairs->count];
		if (settings->insats[series->insats].registration == REGISTRATION_VOLUME ||
			!pair_of(answers, series, to - from, settings, pair))
			continue;
		const struct participation *own = latest_find(&latest, series->insats, series->person);
		pair->kon = own == NULL ? unknown : own->kon;
		pairs->count++;
	}
	return 0;
}

/* ---- who has a pair ---- */

static int pair_by_person(const void *a, const void *b)
{
	const struct pair *x = *(const struct pair *const *)a, *y = *(const struct pair *const *)b;
	return by_person(x->insats, x->person, y->insats, y->person);
}

bool *enkat_has_pair(const struct pairs *pairs, const struct participations *participations, struct arena *arena,
	struct error *error)
{
	const struct pair **order = arena_take(arena, pairs->count, sizeof *order, error);
	bool *has = arena_take(arena, participations->count, sizeof *has, error);
	if (order == NULL || has == NULL)
		return NULL;
	for (size_t i = 0; i < pairs->count; i++)
		order[i] = &pairs->item[i];
	qsort(order, pairs->count, sizeof *order, pair_by_person);
	for (size_t i = 0; i < participations->count; i++) {
		const struct participation *p = &participations->item[i];
		const struct pair key = { .insats = p->insats, .person = p->person }, *wanted = &key;
		has[i] = p->person != COLUMN_NONE_U32 &&
			bsearch(&wanted, order, pairs->count, sizeof *order, pair_by_person) != NULL;
	}
	return has;
}

/* ---- statistics ---- */

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
	struct sample *sample, double level, struct error *error)
{
	const char *codes[] = { insats, instrument, kon };
	struct interval interval;
	size_t row = cube_row_named(cube, codes, error);
	if (row == CUBE_NO_ROW)
		return -1;
	(void)interval_t(sample->difference, sample->count, level, &interval); /* limits that do not exist are NAN */
	cube_set(cube, row, cube_measure(cube, "par"), (double)sample->count);
	cube_set(cube, row, cube_measure(cube, "medel_start"), moments_mean(sample->start, sample->count));
	cube_set(cube, row, cube_measure(cube, "medel_slut"), moments_mean(sample->slut, sample->count));
	cube_set(cube, row, cube_measure(cube, "skillnad"), interval.estimate);
	cube_set(cube, row, cube_measure(cube, "ki_lag"), interval.low);
	cube_set(cube, row, cube_measure(cube, "ki_hog"), interval.high);
	cube_set(cube, row, cube_measure(cube, "p_wilcoxon"), wilcoxon(sample));
	return 0;
}

/* The rows of one insats and instrument: each kon that occurs, and TOT. */
static int fill_series(const struct pair *pair, size_t count, const struct participation_lists *lists,
	const struct settings *settings, struct cube *cube, struct sample *sample, struct error *error)
{
	for (size_t kon = 0; kon <= lists->kon->count; kon++) {
		bool total = kon == lists->kon->count;
		sample->count = 0;
		for (size_t i = 0; i < count; i++) {
			if (!total && pair[i].kon != kon)
				continue;
			sample->start[sample->count] = pair[i].start;
			sample->slut[sample->count] = pair[i].slut;
			sample->difference[sample->count++] = pair[i].slut - pair[i].start;
		}
		if (sample->count > 0 && set_row(cube, settings->insats[pair->insats].name, pair->instrument,
			total ? CUBE_TOTAL : lists->kon->entry[kon].kod, sample, settings->konfidensgrad, error) != 0)
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
	for (size_t from = 0, to; from < pairs->count; from = to) {
		const struct pair *first = &pairs->item[from];
		for (to = from; to < pairs->count && pairs->item[to].insats == first->insats &&
			strcmp(pairs->item[to].instrument, first->instrument) == 0;)
			to++;
		if (fill_series(first, to - from, lists, settings, cube, &sample, error) != 0)
			return -1;
	}
	return 0;
}
