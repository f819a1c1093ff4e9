/* A month in one kommun: 3 women and 1 of unknown kön are at AF alone; of the men 1 is, 2 are at FK, 4 at both. Where it is asked for 6 women are at FK
   alone, too: then it is the year's målgrupp of those at two parts, in which there are only men, that says that no woman is at both. */
#ifndef FINSAMSTAT_TESTS_PROTECT_CROSSED_H
#define FINSAMSTAT_TESTS_PROTECT_CROSSED_H

#include <string.h>

#include "pipeline/table/settings/settings.h"
#include "tests/stages/protect/cubes.h"

#define CLASSES 6
#define COUNTED 5 /* of them those that are looked for */
#define MANY 60   /* men at AF in a month of so many that it is not told by classes */

struct crossed_class {
	const char *kon, *combination;
	double persons;
};
static struct crossed_class crossed_class[CLASSES] = { { "K", "AF", 3 }, { "X", "AF", 1 }, { "M", "AF", 1 }, { "M", "FK", 2 }, { "M", "AF+FK", 4 },
	{ "K", "FK", 0 } };

static bool many_later; /* in the month after */

static bool of_women;   /* the målgrupp asks for women: then nobody is in it */

/* The settings with that målgrupp. */
static inline struct settings two_parts(void)
{
	static struct malgrupp rule = { .name = "två", .age_from = -1, .age_to = -1, .minst_parter = 2 };
	static const char *const women = "K";
	rule.kon = (struct words){ of_women ? 1 : 0, &women };
	static struct age_group age = { .from = 16, .to = 64, .label = "16-64" };
	return (struct settings){ .malgrupp = &rule, .malgrupp_count = 1, .age_group = &age, .age_groups = 1 };
}

static inline struct cube *count_group(void)
{
	struct cube *m02 = new_cube("m02_malgrupp");
	for (size_t i = of_women ? 7 : 0; i < 8; i++) /* a total has its row always */
		PUT(m02, "personer", of_women ? 0 : crossed_class[4].persons, "2018", "två", i < 4 ? "1440" : "TOT", i / 2 % 2 == 0 ? "M" : "TOT", i % 2 == 0 ? "16-64" : "TOT");
	return m02;
}

static inline double sum_classes(const double *persons, const char *kon, const char *combination, const char *part)
{
	double sum = 0;
	for (size_t c = 0; c < CLASSES; c++)
		if ((strcmp(kon, "TOT") == 0 || strcmp(kon, crossed_class[c].kon) == 0) &&
			(strcmp(combination, "TOT") == 0 || strcmp(combination, crossed_class[c].combination) == 0) &&
			strstr(crossed_class[c].combination, part) != NULL)
			sum += persons[c];
	return sum;
}

static inline void true_classes(double *persons)
{
	for (size_t c = 0; c < CLASSES; c++)
		persons[c] = crossed_class[c].persons;
}

static inline struct cube *count_combinations(void)
{
	static const char *const combination[] = { "AF", "AF+FK", "FK", "TOT" };
	struct cube *m03 = new_cube("m03_samtidighet");
	double persons[CLASSES];
	true_classes(persons);
	for (size_t i = 0; i < 8; i++)
		PUT(m03, "personer", sum_classes(persons, "TOT", combination[i % 4], ""), "2018-02", i < 4 ? "1440" : "TOT", combination[i % 4]);
	for (size_t i = 0; i < 4 && many_later; i++)
		PUT(m03, "personer", MANY, "2018-03", i < 2 ? "1440" : "TOT", i % 2 == 0 ? "AF" : "TOT");
	return m03;
}

static inline struct cube *count_parts(void)
{
	static const char *const kon[] = { "K", "M", "X", "TOT" };
	struct cube *m06 = new_cube("m06_manad");
	double persons[CLASSES];
	true_classes(persons);
	for (size_t i = 0; i < 32; i++) {
		const char *of = kon[i / 4 % 4], *part = i % 2 == 0 ? "AF" : "FK";
		if (sum_classes(persons, of, "TOT", part) > 0)
			PUT(m06, "personer", sum_classes(persons, of, "TOT", part), "2018-02", i < 16 ? "1440" : "TOT", of, i / 2 % 2 == 0 ? "16-64" : "TOT", part);
	}
	for (size_t i = 0; i < 8 && many_later; i++)
		PUT(m06, "personer", MANY, "2018-03", i < 4 ? "1440" : "TOT", i / 2 % 2 == 0 ? "M" : "TOT", i % 2 == 0 ? "16-64" : "TOT", "AF");
	return m06;
}

static inline struct cube *count_classes(void)
{
	struct cube *atoms = new_cube("manad_atomer");
	for (size_t c = 0; c < CLASSES; c++)
		if (crossed_class[c].persons > 0)
			PUT(atoms, "personer", crossed_class[c].persons, "2018-02", "1440", crossed_class[c].kon, "16-64", crossed_class[c].combination);
	return atoms;
}

/* Whether a row of the month agrees with the classes, and is not 0 where it is withheld. */
static inline bool row_agrees(const struct cube *cube, size_t row, const double *persons)
{
	bool parts = cube->table->dimensions == 5;
	const char *last = cube_code_of(cube, row, cube->table->dimensions - 1);
	double sum = sum_classes(persons, parts ? cube_code_of(cube, row, 2) : "TOT", parts ? "TOT" : last, parts ? last : "");
	const struct cell *cell = cube_cell(cube, row, 0);
	return strcmp(cube_code_of(cube, row, 0), "2018-02") != 0 || (cell->status == CELL_PUBLISHED ? cell->number == sum : sum >= 1);
}

/* The least and the greatest number of women at AF in any classes of up to `most` persons that agree with both tables. */
static inline void enumerate_women(const struct cube *m03, const struct cube *m06, int most, double *low, double *high)
{
	double persons[CLASSES] = { [COUNTED] = crossed_class[COUNTED].persons };
	*low = most;
	*high = 0;
	for (size_t at = 0; at < COUNTED;) {
		bool agrees = true;
		for (size_t row = 0; row < m03->rows && agrees; row++)
			agrees = row_agrees(m03, row, persons);
		for (size_t row = 0; row < m06->rows && agrees; row++)
			agrees = row_agrees(m06, row, persons);
		*low = agrees && persons[0] < *low ? persons[0] : *low;
		*high = agrees && persons[0] > *high ? persons[0] : *high;
		for (at = 0; at < COUNTED && ++persons[at] > most; at++)
			persons[at] = 0;
	}
}

#endif
