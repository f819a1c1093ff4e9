/* i12: answers, the pairs they make, and who has none: see enkat.h. */
#include "stages/insats/enkat.h"

#include <stdlib.h>
#include <string.h>

#define INSTRUMENT_BYTES 60  /* an instrument's name is published: longer ones, or such with more digits, may be */
#define INSTRUMENT_DIGITS 4  /* keys of persons in the wrong column */

bool enkat_is_instrument(const char *text)
{
	size_t digits = 0, length = strlen(text);
	for (size_t i = 0; i < length; i++) {
		digits += text[i] >= '0' && text[i] <= '9';
		if ((unsigned char)text[i] < ' ')
			return false;
	}
	return length <= INSTRUMENT_BYTES && digits <= INSTRUMENT_DIGITS;
}

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
	size_t strange = 0;
	for (size_t i = 0; i < count; i++) {
		if (insats[i] >= settings->insats_count)
			return error_set(error, EXIT_BUG, "enkat: row %zu is not as the stage link writes it", i + 1);
		strange += !enkat_is_instrument(column_text(file, instrument[i]));
		item[i] = (struct answer){ .insats = insats[i], .tillfalle = tillfalle[i],
			.instrument = column_text(file, instrument[i]), .person = person[i], .datum = datum[i],
			.varde = varde[i] };
	}
	if (strange > 0)
		return error_set(error, EXIT_DATA, "enkat: %zu rows have an instrument of more than %d bytes or %d digits: it is "
			"published, and that may be a person's key; name the instruments", strange, INSTRUMENT_BYTES, INSTRUMENT_DIGITS);
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

static int make_pairs(const struct answers *answers, const struct latest *latest, uint8_t unknown, const struct settings *settings,
	struct arena *arena, struct pairs *pairs, struct error *error)
{
	pairs->item = arena_take(arena, answers->count, sizeof *pairs->item, error);
	if (pairs->item == NULL)
		return -1;
	for (size_t from = 0, to; from < answers->count; from = to) {
		const struct answer *series = &answers->item[from];
		for (to = from; to < answers->count && by_series(series, &answers->item[to]) == 0;)
			to++;
		struct pair *pair = &pairs->item[pairs->count];
		if (settings->insats[series->insats].registration == REGISTRATION_VOLUME ||
			!pair_of(answers, series, to - from, settings, pair))
			continue;
		const struct participation *own = latest_find(latest, series->insats, series->person);
		pair->kon = own == NULL ? unknown : own->kon;
		pairs->count++;
	}
	return 0;
}

static bool same_series(uint16_t insats, const char *instrument, const struct pair *pair)
{
	return pair->insats == insats && strcmp(pair->instrument, instrument) == 0;
}

/* Adds those who exited from the insats in the period and have no pair among the series's pairs, both in order of person. */
static int add_without(struct series *series, const struct latest *latest, struct pairs *pairs, struct arena *arena,
	struct error *error)
{
	size_t at = 0;
	series->without = pairs->without_count;
	for (size_t from = 0, to; from < latest->count; from = to) {
		const struct participation *first = latest->item[from];
		bool exited = false;
		for (to = from; to < latest->count && by_person(latest->item[to]->insats, latest->item[to]->person, first->insats,
			first->person) == 0; to++)
			exited = exited || latest->item[to]->avslutad;
		if (first->insats != series->insats || !exited)
			continue;
		while (at < series->pairs && pairs->item[series->pair + at].person < first->person)
			at++;
		if (at < series->pairs && pairs->item[series->pair + at].person == first->person)
			continue;
		uint8_t *grown = arena_grow(arena, pairs->without_kon, pairs->without_count, pairs->without_count + 1,
			&pairs->without_room, sizeof *grown, error);
		if (grown == NULL)
			return -1;
		pairs->without_kon = grown;
		pairs->without_kon[pairs->without_count++] = latest->item[to - 1]->kon;
		series->withouts++;
	}
	return 0;
}

/* Every insats and instrument with an answer by the end of the period. */
static int make_series(const struct answers *answers, const struct latest *latest, const struct settings *settings,
	struct arena *arena, struct pairs *pairs, struct error *error)
{
	size_t next = 0;
	pairs->series = arena_take(arena, answers->count, sizeof *pairs->series, error);
	for (size_t from = 0, to; pairs->series != NULL && from < answers->count; from = to) {
		const struct answer *first = &answers->item[from];
		bool answered = false;
		for (to = from; to < answers->count && answers->item[to].insats == first->insats &&
			strcmp(answers->item[to].instrument, first->instrument) == 0; to++)
			answered = answered || answers->item[to].datum <= settings->period_to;
		if (!answered || settings->insats[first->insats].registration == REGISTRATION_VOLUME)
			continue;
		struct series *series = &pairs->series[pairs->series_count++];
		*series = (struct series){ .insats = first->insats, .instrument = first->instrument, .pair = next };
		for (; next < pairs->count && same_series(first->insats, first->instrument, &pairs->item[next]); next++)
			series->pairs++;
		if (add_without(series, latest, pairs, arena, error) != 0)
			return -1;
	}
	return pairs->series == NULL ? -1 : 0;
}

int enkat_pairs(struct answers *answers, const struct participations *participations,
	const struct participation_lists *lists, const struct settings *settings, struct arena *arena, struct pairs *pairs,
	struct error *error)
{
	struct latest latest;
	*pairs = (struct pairs){ .count = 0 };
	if (latest_sort(participations, settings->period_to, arena, &latest, error) != 0)
		return -1;
	if (answers->count > 0)
		qsort(answers->item, answers->count, sizeof *answers->item, by_series_and_time);
	if (make_pairs(answers, &latest, (uint8_t)codelist_find(lists->kon, "X", 1), settings, arena, pairs, error) != 0)
		return -1;
	return make_series(answers, &latest, settings, arena, pairs, error);
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
