/* The measures of m01 and m02: see rates.h. */
#include "stages/malgrupp/rates.h"

#include "pipeline/base/date.h"
#include "stages/malgrupp/forsorjning.h"

/* Measures in the order of the schemas. */
enum { M01_PERSONER, M01_KR, M01_HELAR, M01_RATE };
enum { M02_PERSONER, M02_RATE };

static void set_rate(struct cube *cube, size_t row, size_t measure, double number, int64_t inhabitants)
{
	if (inhabitants == POPULATION_UNKNOWN || inhabitants == 0)
		cube_set_missing(cube, row, measure);
	else
		cube_set(cube, row, measure, number / (double)inhabitants);
}

void rates_forsorjning(struct cube *cube, size_t row, const size_t *at, const int64_t *number, const void *context)
{
	const struct population *population = context;
	const struct measured *measured = population->measured;
	const struct measured_year *year = &measured->year[at[0]];
	double kr = (double)number[1] / 100;
	int64_t parts = (int64_t)FORSORJNING_PARTS * date_days_in_year(year->year);
	if (at[3] == FORMAN_TOT && !measured->settings->gemensam_nyckel)
		cube_set_missing(cube, row, M01_PERSONER);
	else
		cube_set(cube, row, M01_PERSONER, (double)number[0]);
	cube_set(cube, row, M01_KR, kr);
	cube_set(cube, row, M01_HELAR, (double)number[2] / (double)parts);
	set_rate(cube, row, M01_RATE, kr / (year->last_day - year->first_day + 1),
		population_of(population, at[0], at[1], at[2], measured->ages));
}

void rates_malgrupp(struct cube *cube, size_t row, const size_t *at, const int64_t *number, const void *context)
{
	cube_set(cube, row, M02_PERSONER, (double)number[0]);
	set_rate(cube, row, M02_RATE, (double)number[0] * 1000, population_of(context, at[0], at[2], at[3], at[4]));
}
