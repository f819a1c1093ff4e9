/* What the tests of the stage insats share: settings with three insatser, participations made by hand, figures of a cube. */
#ifndef FINSAMSTAT_TESTS_STAGES_INSATS_CASE_H
#define FINSAMSTAT_TESTS_STAGES_INSATS_CASE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "pipeline/base/date.h"
#include "pipeline/maths/maths.h"
#include "pipeline/table/schema/schema.h"
#include "stages/insats/counts.h"
#include "tests/maths/close.h"

#define CASE_ROOM 100
#define CASE_ANONYMOUS COLUMN_NONE_U32

static struct arena *arena;
static struct error error;
static struct participation_lists lists;
static struct participation room[CASE_ROOM];
static struct participations participations;

static const struct insats insatser[] = {
	{ .name = "Balder", .registration = REGISTRATION_PERSONAL },
	{ .name = "Stegen", .registration = REGISTRATION_ANONYMOUS },
	{ .name = "Verkstan", .registration = REGISTRATION_VOLUME },
};
static const struct age_group age_groups[] = { { 16, 29, "16-29" }, { 30, 64, "30-64" } };
enum { BALDER, STEGEN, VERKSTAN };

/* Period: January to August 2018. */
static struct settings settings = { .insats_count = 3, .insats = insatser, .konfidensgrad = 0.95, .age_groups = 2,
	.age_group = age_groups, .age_below = "0-15", .age_above = "65+" };
static struct counting counting = { .settings = &settings, .lists = &lists, .participations = &participations };

static inline int case_begin(void **state)
{
	(void)state;
	maths_init();
	memset(&error, 0, sizeof error);
	memset(room, 0, sizeof room);
	participations = (struct participations){ .item = room };
	settings.period_from = date_day(2018, 1, 1);
	settings.period_to = date_day(2018, 8, 31);
	settings.matt_count = 0;
	arena = arena_new(&error);
	return arena == NULL ? -1 : participation_lists_load(&settings, arena, &lists, &error);
}

static inline int case_end(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

/* Days written YYYYMMDD; 0: ongoing. */
static inline int32_t case_day(int date)
{
	return date == 0 ? DATE_ONGOING : date_day(date / 10000, date / 100 % 100, date % 100);
}

/* Adds a participation of a woman ("K"), man or X in kommun 1440 with five answers: försörjning before and after,
   sysselsättning before and after, avslut. */
static inline struct participation *case_add(uint32_t person, uint16_t insats, const char *kon, int start, int slut,
	const char *const answers[5])
{
	static const char *const none[5] = { "", "", "", "", "" };
	struct participation *p = &room[participations.count++];
	*p = (struct participation){ .person = person, .insats = insats, .start = case_day(start), .slut = case_day(slut),
		.kon = (uint8_t)codelist_find(lists.kon, kon, 1), .kommun = codelist_find(lists.kommun, "1440", 4),
		.fodelsear = 1990, .utbildning = CODE_NONE, .tid_off_fors = CODE_NONE, .remittent = CODE_NONE };
	assert_true(participation_answers(&lists, answers == NULL ? none : answers, p));
	participation_classify(&lists, &settings, p);
	return p;
}

static inline struct cube *case_cube(const char *name)
{
	const struct table *table = schema_table(name, arena, &error);
	assert_non_null(table);
	struct cube *cube = cube_new(table, arena, &error);
	assert_non_null(cube);
	return cube;
}

/* The cube of one of the tables of counts, filled. */
static inline struct cube *case_counts(const char *name)
{
	struct cube *cube = case_cube(name);
	size_t i = 0;
	while (i < count_table_count && strcmp(count_tables[i].name, name) != 0)
		i++;
	assert_true(i < count_table_count);
	assert_int_equal(counts_fill(&count_tables[i], &counting, cube, &error), 0);
	return cube;
}

/* The row whose codes are those of `key`, joined by '|'; CUBE_NO_ROW when it does not occur. */
static inline size_t case_row(const struct cube *cube, const char *key)
{
	char copy[200];
	const char *codes[TABLE_DIMENSIONS] = { NULL };
	assert_true(strlen(key) < sizeof copy);
	char *at = memcpy(copy, key, strlen(key) + 1);
	for (size_t d = 0; d < cube->table->dimensions; d++) {
		codes[d] = at;
		char *bar = strchr(at, '|');
		assert_true((bar == NULL) == (d + 1 == cube->table->dimensions));
		if (bar != NULL) {
			*bar = '\0';
			at = bar + 1;
		}
	}
	return cube_find_named(cube, codes);
}

/* A figure; −1000 when the row does not occur, −2000 when it is saknas. */
static inline double case_figure(const struct cube *cube, const char *key, const char *measure)
{
	size_t row = case_row(cube, key);
	if (row == CUBE_NO_ROW)
		return -1000;
	const struct cell *cell = cube_cell(cube, row, cube_measure(cube, measure));
	return cell->status == CELL_MISSING ? -2000 : cell->number;
}
#define CASE_NO_ROW (-1000.0)
#define CASE_MISSING (-2000.0)

#define assert_figure(cube, key, measure, expected) \
	assert_close(case_figure(cube, key, measure), expected, 1e-9)

#endif
