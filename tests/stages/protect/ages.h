/* A year of four months in one kommun: in the first 3 women of 16–29 are at AF, in the second 5 of 30–49, in the third 5 of 50–64, who are at AF in a
   fourth, too. The year (m04) has 13, who all changed once. */
#ifndef FINSAMSTAT_TESTS_PROTECT_AGES_H
#define FINSAMSTAT_TESTS_PROTECT_AGES_H

#include <string.h>

#include "pipeline/table/settings/settings.h"
#include "tests/stages/protect/cubes.h"

#define YOUNG 3
#define OLD 5

/* Each month has a row of its one age, and one with TOT. */
static inline struct cube *count_months(void)
{
	static const char *const month[] = { "2018-01", "2018-02", "2018-03", "2018-04" }, *const age[] = { "16-29", "30-49", "50-64", "50-64" };
	struct cube *m06 = new_cube("m06_manad");
	for (size_t i = 0; i < 32; i++)
		PUT(m06, "personer", i < 8 ? YOUNG : OLD, month[i / 8], i / 4 % 2 == 0 ? "1440" : "TOT", i / 2 % 2 == 0 ? "K" : "TOT",
			i % 2 == 1 ? "TOT" : age[i / 8], "AF");
	return m06;
}

static inline struct cube *count_year(void)
{
	struct cube *m04 = new_cube("m04_rundgang");
	for (size_t i = 0; i < 8; i++)
		PUT(m04, "personer", YOUNG + 2 * OLD, "2018", i / 4 == 0 ? "1440" : "TOT", i / 2 % 2 == 0 ? "K" : "TOT", i % 2 == 0 ? "1" : "TOT");
	return m04;
}

static inline struct settings three_ages(void)
{
	static struct age_group age[] = { { .from = 16, .to = 29, .label = "16-29" }, { .from = 30, .to = 49, .label = "30-49" },
		{ .from = 50, .to = 64, .label = "50-64" } };
	return (struct settings){ .age_group = age, .age_groups = 3 };
}

#endif
