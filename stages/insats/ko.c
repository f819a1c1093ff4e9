/* i09: counts by row, and the waiting times of each row: see ko.h. */
#include "stages/insats/ko.h"

#include <stdlib.h>
#include <string.h>

#include "pipeline/maths/quantile.h"
#include "stages/insats/margin.h"

#define DAYS_A_MONTH 30.4375

/* A waiting time in one row of the cube: of one who started, or of one who waits. */
struct wait {
	size_t row;
	bool started;
	double days;
};

struct waits {
	size_t count, capacity;
	struct wait *item;
};

int ko_load(const struct column_file *file, const struct settings *settings, struct arena *arena,
	struct interests *interests, struct error *error)
{
	size_t count = column_rows(file);
	const uint16_t *insats = column_load(file, "insats", COLUMN_U16, arena, error);
	const uint16_t *kommun = column_load(file, "kommun", COLUMN_U16, arena, error);
	const uint8_t *kon = column_load(file, "kon", COLUMN_U8, arena, error);
	const uint16_t *status = column_load(file, "status", COLUMN_U16, arena, error);
	const int32_t *inkom = column_load(file, "inkom", COLUMN_I32, arena, error);
	const int32_t *start = column_load(file, "start", COLUMN_I32, arena, error);
	struct interest *item = arena_take(arena, count, sizeof *item, error);
	interests->kommun = codelist_load("kommun", arena, error);
	interests->kon = codelist_load("kon", arena, error);
	interests->status = codelist_load("status", arena, error);
	if (insats == NULL || kommun == NULL || kon == NULL || status == NULL || inkom == NULL || start == NULL ||
		item == NULL || interests->kommun == NULL || interests->kon == NULL || interests->status == NULL)
		return -1;
	for (size_t i = 0; i < count; i++) {
		if (insats[i] >= settings->insats_count || kommun[i] >= interests->kommun->count ||
			kon[i] >= interests->kon->count)
			return error_set(error, EXIT_BUG, "ko: row %zu is not as the stage link writes it", i + 1);
		item[i] = (struct interest){ .insats = insats[i], .kommun = kommun[i], .kon = kon[i], .status = status[i],
			.inkom = inkom[i], .start = start[i] };
	}
	interests->count = count;
	interests->item = item;
	return 0;
}

static int add_wait(struct waits *waits, size_t row, bool started, double days, struct arena *arena, struct error *error)
{
	struct wait *item = arena_grow(arena, waits->item, waits->count, waits->count + 1, &waits->capacity, sizeof *item,
		error);
	if (item == NULL)
		return -1;
	waits->item = item;
	waits->item[waits->count++] = (struct wait){ .row = row, .started = started, .days = days };
	return 0;
}

static int count_one(const struct interests *interests, const struct interest *one, const struct settings *settings,
	struct cube *cube, struct waits *waits, struct arena *arena, struct error *error)
{
	int32_t from = settings->period_from, to = settings->period_to;
	bool started = one->status == codelist_find(interests->status, "STARTAD", strlen("STARTAD")) &&
		one->start != COLUMN_NONE_I32;
	bool waits_still = one->status == codelist_find(interests->status, "VANTAR", strlen("VANTAR"));
	bool inkommen = one->inkom >= from && one->inkom <= to;
	bool startad = started && one->start >= from && one->start <= to;
	bool vantar = one->inkom <= to && (waits_still || (started && one->start > to));
	const char *codes[] = { settings->insats[one->insats].name, interests->kommun->entry[one->kommun].kod,
		interests->kon->entry[one->kon].kod };
	struct margin_rows rows;
	if (!inkommen && !startad && !vantar)
		return 0;
	if (margin_rows(cube, codes, &rows, error) != 0)
		return -1;
	for (size_t i = 0; i < rows.count; i++) {
		cube_add(cube, rows.row[i], cube_measure(cube, "inkomna"), inkommen);
		cube_add(cube, rows.row[i], cube_measure(cube, "startade"), startad);
		cube_add(cube, rows.row[i], cube_measure(cube, "vantande"), vantar);
		if (vantar && add_wait(waits, rows.row[i], false, to - one->inkom, arena, error) != 0)
			return -1;
		if (startad && one->start >= one->inkom &&
			add_wait(waits, rows.row[i], true, one->start - one->inkom, arena, error) != 0)
			return -1;
	}
	return 0;
}

static int by_row_and_days(const void *a, const void *b)
{
	const struct wait *x = a, *y = b;
	if (x->row != y->row)
		return x->row < y->row ? -1 : 1;
	if (x->started != y->started)
		return x->started ? 1 : -1;
	return (x->days > y->days) - (x->days < y->days);
}

/* Median and 90th percentile of every row; the waits are sorted, `days` has room for all of them. */
static void set_times(const struct waits *waits, struct cube *cube, double *days)
{
	static const char *const medians[] = { "median_vantetid", "median_vantetid_startade" };
	static const char *const p90s[] = { "p90_vantetid", "p90_vantetid_startade" };
	for (size_t row = 0; row < cube->rows; row++)
		for (size_t started = 0; started < 2; started++) {
			cube_set_missing(cube, row, cube_measure(cube, medians[started]));
			cube_set_missing(cube, row, cube_measure(cube, p90s[started]));
		}
	for (size_t i = 0; i < waits->count; i++)
		days[i] = waits->item[i].days;
	for (size_t from = 0, to; from < waits->count; from = to) {
		size_t row = waits->item[from].row;
		bool started = waits->item[from].started;
		for (to = from; to < waits->count && waits->item[to].row == row && waits->item[to].started == started;)
			to++;
		cube_set(cube, row, cube_measure(cube, medians[started]),
			quantile_type7_sorted(days + from, to - from, 0.5) / DAYS_A_MONTH);
		cube_set(cube, row, cube_measure(cube, p90s[started]),
			quantile_type7_sorted(days + from, to - from, 0.9) / DAYS_A_MONTH);
	}
}

int ko_fill(const struct interests *interests, const struct settings *settings, struct cube *cube, struct arena *arena,
	struct error *error)
{
	const char *const total[] = { NULL, NULL, NULL };
	struct margin_rows rows;
	struct waits waits = { .count = 0 };
	if (margin_rows(cube, total, &rows, error) != 0)
		return -1;
	for (size_t i = 0; i < interests->count; i++) {
		const struct interest *one = &interests->item[i];
		if (settings->insats[one->insats].registration != REGISTRATION_VOLUME &&
			count_one(interests, one, settings, cube, &waits, arena, error) != 0)
			return -1;
	}
	double *days = arena_take(arena, waits.count, sizeof *days, error);
	if (days == NULL)
		return -1;
	if (waits.count > 0)
		qsort(waits.item, waits.count, sizeof *waits.item, by_row_and_days);
	set_times(&waits, cube, days);
	return 0;
}
