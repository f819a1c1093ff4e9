/* A small förbund for the tests of malgrupp: Ale and Kungälv, from July 2019 Öckerö too; period 2019-01 – 2020-06, panel from
   2018-01. */
#ifndef FINSAMSTAT_TESTS_MALGRUPP_WORLD_H
#define FINSAMSTAT_TESTS_MALGRUPP_WORLD_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "pipeline/base/date.h"
#include "stages/malgrupp/measured.h"
#include "stages/malgrupp/person.h"

/* Positions of months of the panel. */
#define JAN18 0
#define JAN19 12
#define JAN20 24
#define PANEL 30

enum { Y2019, Y2020 };
enum { OCKERO, ALE, KUNGALV }; /* ascending by code */
enum { WOMAN, MAN, UNKNOWN };

struct world {
	struct arena *arena;
	struct error error;
	const struct codelist *kommun, *kon;
	struct settings settings;
	struct measured measured;
};

static const char *const world_codes[] = { "1440", "1482", "1407" };
static const struct kommuner world_kommuner[] = {
	{ .from = INT32_MIN, .codes = { 2, world_codes } },
	{ .from = 18078 /* 2019-07-01 */, .codes = { 3, world_codes } },
};
static const struct age_group world_ages[] = { { 18, 29, "18-29" }, { 30, 64, "30-64" } };

/* The settings alone; a test may change them before world_measure. */
static inline void world_begin(struct world *world)
{
	memset(world, 0, sizeof *world);
	world->arena = arena_new(&world->error);
	assert_non_null(world->arena);
	world->kommun = codelist_load("kommun", world->arena, &world->error);
	world->kon = codelist_load("kon", world->arena, &world->error);
	world->settings = (struct settings){ .kommuner_count = 2, .kommuner = world_kommuner,
		.period_from = date_day(2019, 1, 1), .period_to = date_day(2020, 6, 30), .historik_from = date_month(2018, 1),
		.uttagsdatum = date_day(2020, 6, 30), .gemensam_nyckel = true, .age_groups = 2, .age_group = world_ages,
		.age_below = "0-17", .age_above = "65+" };
}

static inline void world_measure(struct world *world)
{
	assert_int_equal(measured_init(&world->measured, &world->settings, world->kommun, world->kon, world->arena,
		&world->error), 0);
}

static inline void world_end(struct world *world)
{
	arena_free(world->arena);
}

/* Index of a municipality in the list. */
static inline uint16_t world_kommun(const struct world *world, const char *code)
{
	return codelist_find(world->kommun, code, strlen(code));
}

/* A woman born 1985 in Ale, measured in both years, without activity. */
static inline struct person world_person(const struct world *world)
{
	struct person person = { .kon = WOMAN, .fodelsear = 1985 };
	for (size_t y = 0; y < world->measured.years; y++)
		person.measured[y] = measured_place(&world->measured, y, person.kon, person.fodelsear,
			world_kommun(world, "1440"), &person.place[y]);
	return person;
}

/* The set of the months whose characters are '1', from a month on: "1101". */
static inline struct monthset world_months(int first, const char *bits)
{
	struct monthset set = { { 0 } };
	for (int i = 0; bits[i] != '\0'; i++)
		if (bits[i] == '1')
			monthset_add(&set, first + i, first + i);
	return set;
}

static inline void world_derive(struct person *person)
{
	const struct monthset none = { { 0 } };
	person_derive(person, &none, MONTHSET_WORDS);
}

static inline void world_same(const struct monthset *set, const struct monthset *expected)
{
	for (int i = 0; i < MONTHSET_WORDS; i++)
		assert_int_equal(set->word[i], expected->word[i]);
}

#endif
