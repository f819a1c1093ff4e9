/* A year of some months in one kommun, from groups of persons who are alike: when they are at FK and at AF, who pays them, and what m04 and m05 call them. */
#ifndef FINSAMSTAT_TESTS_PROTECT_TIMES_H
#define FINSAMSTAT_TESTS_PROTECT_TIMES_H

#include <string.h>

#include "pipeline/table/settings/settings.h"
#include "tests/stages/protect/cubes.h"

/* Months, a bit each: at FK, or where forman is FS at KOM; and at AF. forman: SP, AK or FS; "" who are not paid. */
struct times_group {
	const char *kon;
	double persons;
	unsigned paid, af;
	const char *byten, *tid, *forman;
};

struct times_case {
	int months;
	size_t groups;
	struct times_group group[8];
};

enum { TIMES_M01, TIMES_M03, TIMES_M04, TIMES_M05, TIMES_M06, TIMES_TABLES };

struct times_cubes {
	struct cube *cube[TIMES_TABLES];
};

static const char *const month_of[] = { "2018-01", "2018-02", "2018-03", "2018-04", "2018-05", "2018-06", "2018-07", "2018-08", "2018-09", "2018-10",
	"2018-11", "2018-12" };

/* Adds persons to a row and to those with TOT in the places (bits) of the dimensions. */
static inline void add_persons(struct cube *cube, double persons, unsigned totals, size_t dimensions, const char *const *codes)
{
	for (unsigned set = 0; set < 1U << dimensions; set++) {
		const char *key[TABLE_DIMENSIONS];
		for (size_t d = 0; d < dimensions; d++)
			key[d] = (set >> d & 1) != 0 ? CUBE_TOTAL : codes[d];
		if ((set & ~totals) != 0)
			continue;
		size_t row = cube_row_named(cube, key, &error);
		assert_true(row != CUBE_NO_ROW);
		cube_add(cube, row, cube_measure(cube, "personer"), persons);
	}
}

/* The parts at which they are in a month, as m03 writes them; none: NULL. */
static inline const char *parts_of(const struct times_group *group, int month)
{
	static const char *const name[] = { NULL, "AF", "FK", "AF+FK", "KOM", "AF+KOM", "FK+KOM", "AF+FK+KOM" };
	return name[(group->af >> month & 1) + (strcmp(group->forman, "FS") == 0 ? 4 : 2) * (group->paid >> month & 1)];
}

static inline void count_month(struct times_cubes *cubes, const struct times_group *group, int month)
{
	static const char *const part[] = { "AF", "FK", "KOM" };
	const char *parts = parts_of(group, month);
	for (size_t p = 0; p < 3; p++)
		if (parts != NULL && strstr(parts, part[p]) != NULL)
			add_persons(cubes->cube[TIMES_M06], group->persons, 0xE, 5, (const char *const[]){ month_of[month], "1440", group->kon, "16-64", part[p] });
	if (parts != NULL)
		add_persons(cubes->cube[TIMES_M03], group->persons, 0x6, 3, (const char *const[]){ month_of[month], "1440", parts });
}

static inline struct times_cubes count_times(const struct times_case *of)
{
	static const char *const name[] = { "m01_forsorjningsmatt", "m03_samtidighet", "m04_rundgang", "m05_tid_i_forsorjning", "m06_manad" };
	struct times_cubes cubes;
	for (size_t t = 0; t < TIMES_TABLES; t++)
		cubes.cube[t] = new_cube(name[t]);
	for (int m = 0; m < of->months; m++) /* codes are in the order of time */
		for (size_t g = 0; g < of->groups; g++)
			count_month(&cubes, &of->group[g], m);
	for (size_t g = 0; g < of->groups; g++) {
		const struct times_group *group = &of->group[g];
		add_persons(cubes.cube[TIMES_M04], group->persons, 0xE, 4, (const char *const[]){ "2018", "1440", group->kon, group->byten });
		add_persons(cubes.cube[TIMES_M05], group->persons, 0xE, 4, (const char *const[]){ "2018", "1440", group->kon, group->tid });
		const char *const sum = strcmp(group->forman, "AK") == 0 ? "ARBMARK" : strcmp(group->forman, "FS") == 0 ? "BISTAND" : "OHALSA";
		if (*group->forman == '\0')
			continue;
		add_persons(cubes.cube[TIMES_M01], group->persons, 0xE, 4, (const char *const[]){ "2018", "1440", group->kon, group->forman });
		add_persons(cubes.cube[TIMES_M01], group->persons, 0x6, 4, (const char *const[]){ "2018", "1440", group->kon, sum });
	}
	return cubes;
}

/* Those of each month by kön, age and combination. */
static inline struct cube *count_atoms(const struct times_case *of)
{
	struct cube *atoms = new_cube("manad_atomer");
	for (int m = 0; m < of->months; m++)
		for (size_t g = 0; g < of->groups; g++) {
			const char *parts = parts_of(&of->group[g], m);
			if (parts != NULL)
				add_persons(atoms, of->group[g].persons, 0, 5, (const char *const[]){ month_of[m], "1440", of->group[g].kon, "16-64", parts });
		}
	return atoms;
}

#define JANUARY 1U
#define FEBRUARY 2U
#define MARCH 4U
#define WHOLE_YEAR 0xFFFU
#define FROM_JULY 0xFC0U

/* 10 men with a time of more than a year have FK in January and March; in February nobody of them is anywhere, and who is are 23 women at AF. In January 3
   women have FK, too: all but the 10. */
static const struct times_case gap_of_a_month = { 3, 3, { { "M", 10, JANUARY | MARCH, 0, "2", "12-35", "SP" },
	{ "K", 23, 0, FEBRUARY, "2", "0", "" }, { "K", 3, JANUARY, 0, "1", "0", "SP" } } };

/* 10 men and 3 women have FK in all months, 1 woman in all but March, 7 of each come to it in July; 8 women are at AF. */
static const struct times_case of_a_year = { 12, 6, { { "M", 10, WHOLE_YEAR, 0, "0", "12-35", "SP" }, { "K", 3, WHOLE_YEAR, 0, "0", "12-35", "SP" },
	{ "K", 1, WHOLE_YEAR & ~MARCH, 0, "2", "12-35", "SP" }, { "K", 8, 0, WHOLE_YEAR, "0", "0", "" }, { "M", 7, FROM_JULY, 0, "1", "1-11", "SP" },
	{ "K", 7, FROM_JULY, 0, "1", "1-11", "SP" } } };

/* 10 men and 20 women have FK in all months, 3 men come to it in February and 7 women in July. */
static const struct times_case short_times = { 12, 4, { { "M", 10, WHOLE_YEAR, 0, "0", "12-35", "SP" }, { "K", 20, WHOLE_YEAR, 0, "0", "12-35", "SP" },
	{ "M", 3, WHOLE_YEAR & ~JANUARY, 0, "1", "1-11", "SP" }, { "K", 7, FROM_JULY, 0, "1", "1-11", "SP" } } };

/* 10 men are paid by AF all the time, and 3 women, whose time is not that of the last month. */
static const struct times_case paid_by_af = { 3, 3, { { "M", 10, 0, JANUARY | FEBRUARY | MARCH, "0", "12-35", "AK" }, { "K", 3, 0, JANUARY, "1", "0", "AK" },
	{ "K", 20, 0, FEBRUARY | MARCH, "1", "0", "" } } };

/* 5 men have FK all the time and 5 others are paid by AF, and 3 of 23 women are, whose times have ended. */
static const struct times_case paid_by_either = { 3, 4, { { "M", 5, JANUARY | FEBRUARY | MARCH, 0, "0", "12-35", "SP" },
	{ "M", 5, 0, JANUARY | FEBRUARY | MARCH, "0", "12-35", "AK" }, { "K", 3, 0, JANUARY, "1", "0", "AK" }, { "K", 20, 0, FEBRUARY, "2", "0", "" } } };

/* A month in which 10 men have FK and 10 others KOM, and of 23 women at AF 3 are paid; and one in which AF pays 10 men and 3 women, and nobody else is there. */
static const struct times_case paid_by_two = { 1, 4, { { "M", 10, JANUARY, 0, "0", "1-11", "SP" }, { "M", 10, JANUARY, 0, "0", "1-11", "FS" },
	{ "K", 3, 0, JANUARY, "0", "1-11", "AK" }, { "K", 20, 0, JANUARY, "0", "0", "" } } };
static const struct times_case month_of_af = { 1, 2, { { "M", 10, 0, JANUARY, "0", "1-11", "AK" }, { "K", 3, 0, JANUARY, "0", "1-11", "AK" } } };

#endif
