/* A year of two months in one kommun, of women: 25 are at AF in both, 4 at AF and then at FK, 6 at AF and then nowhere. So of 29 in February the 25 who never
   changed are at AF: no more than 4 are at FK. */
#ifndef FINSAMSTAT_TESTS_PROTECT_UNCHANGED_H
#define FINSAMSTAT_TESTS_PROTECT_UNCHANGED_H

#include <string.h>

#include "pipeline/table/settings/settings.h"
#include "tests/stages/protect/cubes.h"

#define NEVER 25
#define CHANGED 4
#define LEFT 6

/* A month and a part of it (TOT: all). */
struct month_part {
	const char *month, *part;
	double persons;
};
static const struct month_part month_part[] = { { "2018-01", "AF", NEVER + CHANGED + LEFT }, { "2018-01", "TOT", NEVER + CHANGED + LEFT },
	{ "2018-02", "AF", NEVER }, { "2018-02", "FK", CHANGED }, { "2018-02", "TOT", NEVER + CHANGED } };
#define MONTH_PARTS (sizeof month_part / sizeof *month_part)

static inline struct cube *count_still(void)
{
	struct cube *m04 = new_cube("m04_rundgang");
	static const char *const byten[] = { "0", "1", "TOT" };
	static const double persons[] = { NEVER, CHANGED + LEFT, NEVER + CHANGED + LEFT };
	for (size_t i = 0; i < 12; i++)
		PUT(m04, "personer", persons[i % 3], "2018", i < 6 ? "1440" : "TOT", i / 3 % 2 == 0 ? "K" : "TOT", byten[i % 3]);
	return m04;
}

static inline struct cube *count_still_combinations(void)
{
	struct cube *m03 = new_cube("m03_samtidighet");
	for (size_t i = 0; i < 2 * MONTH_PARTS; i++)
		PUT(m03, "personer", month_part[i / 2].persons, month_part[i / 2].month, i % 2 == 0 ? "1440" : "TOT", month_part[i / 2].part);
	return m03;
}

static inline struct cube *count_still_parts(void)
{
	struct cube *m06 = new_cube("m06_manad");
	for (size_t i = 0; i < 8 * MONTH_PARTS; i++)
		if (strcmp(month_part[i / 8].part, "TOT") != 0)
			PUT(m06, "personer", month_part[i / 8].persons, month_part[i / 8].month, i % 2 == 0 ? "1440" : "TOT", i / 2 % 2 == 0 ? "K" : "TOT",
				i / 4 % 2 == 0 ? "16-64" : "TOT", month_part[i / 8].part);
	return m06;
}

static inline struct cube *count_still_classes(void)
{
	struct cube *atoms = new_cube("manad_atomer");
	for (size_t i = 0; i < MONTH_PARTS; i++)
		if (strcmp(month_part[i].part, "TOT") != 0)
			PUT(atoms, "personer", month_part[i].persons, month_part[i].month, "1440", "K", "16-64", month_part[i].part);
	return atoms;
}

#endif
