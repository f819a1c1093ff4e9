/* Tests of what a person receives in a year (m01): days, unions, money by part of the year, groups. */
#include "tests/stages/malgrupp/world.h"

#include "stages/malgrupp/forsorjning.h"

enum { SP, RP, SE, AE, AA }; /* positions in fk_forman */
enum { AK, AS, UE, ET };     /* and in ersattning */

static struct world world;
static struct forsorjning_lists lists;
static struct sweep sweep;
static struct forsorjning result[FORMAN_CODES];

static int begin(void **state)
{
	(void)state;
	world_begin(&world);
	world_measure(&world);
	sweep = (struct sweep){ .arena = world.arena };
	const struct codelist *fk = codelist_load("fk_forman", world.arena, &world.error);
	const struct codelist *af = codelist_load("ersattning", world.arena, &world.error);
	assert_non_null(fk);
	assert_non_null(af);
	return forsorjning_lists(&lists, fk, af, &world.error);
}

static int end(void **state)
{
	(void)state;
	world_end(&world);
	return 0;
}

static void compute(const struct person *person, size_t year)
{
	assert_int_equal(forsorjning_year(person, &world.measured.year[year], &lists, &sweep, result, &world.error), 0);
}

/* Parts of a helårsekvivalent out of per cents of days. */
static int64_t parts(int64_t per_cent_days)
{
	return per_cent_days * 12;
}

static void nothing(void **state)
{
	(void)state;
	struct person person = world_person(&world);
	compute(&person, Y2019);
	for (int forman = 0; forman < FORMAN_CODES; forman++) {
		assert_false(result[forman].present);
		assert_int_equal(result[forman].ore, 0);
		assert_int_equal(result[forman].parts, 0);
	}
}

/* SP 50 % 1–20 January and 75 % 11–30 January: 10·50 + 10·100 + 10·75 = 2250; SE 25 % the whole leap year's half. */
static void overlapping_spells_of_one_forman(void **state)
{
	(void)state;
	struct fk_spell fk[] = {
		{ .fran = date_day(2020, 1, 11), .till = date_day(2020, 1, 30), .forman = SP, .omfattning = 75, .belopp = 30000 },
		{ .fran = date_day(2020, 1, 1), .till = date_day(2020, 1, 20), .forman = SP, .omfattning = 50, .belopp = 10001 },
		{ .fran = date_day(2020, 1, 1), .till = date_day(2020, 6, 30), .forman = SE, .omfattning = 25 },
		{ .fran = date_day(2020, 1, 1), .till = date_day(2020, 1, 31), .forman = AA, .omfattning = 100, .belopp = 5 },
	};
	struct person person = world_person(&world);
	person.fk = fk;
	person.fk_count = 4;
	compute(&person, Y2020);
	assert_true(result[FORMAN_SP].present);
	assert_int_equal(result[FORMAN_SP].ore, 40001);
	assert_int_equal(result[FORMAN_SP].parts, parts(2250));
	assert_int_equal(result[FORMAN_SE].parts, parts(182 * 25));
	assert_int_equal(result[FORMAN_OHALSA].parts, parts(2250 + 182 * 25)); /* different förmåner add up */
	assert_int_equal(result[FORMAN_TOT].ore, 40001); /* AA is none of the nine */
	assert_false(result[FORMAN_ARBMARK].present);
}

/* 2018-12-01 – 2019-01-30 is 61 days; 30 of them in 2019. 100 öre: R(100·61/61) − R(100·31/61 = 50.8) = 49. */
static void money_is_rounded_as_it_runs(void **state)
{
	(void)state;
	struct fk_spell fk[] = { { .fran = date_day(2018, 12, 1), .till = date_day(2019, 1, 30), .forman = RP,
		.omfattning = 100, .belopp = 100 } };
	struct person person = world_person(&world);
	person.fk = fk;
	person.fk_count = 1;
	compute(&person, Y2019);
	assert_int_equal(result[FORMAN_RP].ore, 49);
	assert_int_equal(result[FORMAN_RP].parts, parts(3000));
	fk[0].fran = date_day(2020, 6, 30); /* behind the period's end: 1 of 185 days, R(100/185) = 1 */
	fk[0].till = date_day(2020, 12, 31);
	compute(&person, Y2020);
	assert_int_equal(result[FORMAN_RP].ore, 1);
	assert_int_equal(result[FORMAN_RP].parts, parts(100));
	compute(&person, Y2019);
	assert_false(result[FORMAN_RP].present);
	assert_int_equal(result[FORMAN_RP].ore, 0);
	fk[0].fran = date_day(2018, 3, 1); /* over before the year */
	fk[0].till = date_day(2018, 12, 31);
	compute(&person, Y2019);
	assert_false(result[FORMAN_TOT].present);
	assert_int_equal(result[FORMAN_TOT].ore, 0);
}

/* AK 1–31 March in two overlapping records and one inside: 31 days; AS one day; a record without ersattning is nothing. */
static void records_of_af_are_a_union(void **state)
{
	(void)state;
	struct af_spell af[] = {
		{ .fran = date_day(2019, 3, 1), .till = date_day(2019, 3, 20), .ersattning = AK, .belopp = 1000 },
		{ .fran = date_day(2019, 3, 10), .till = date_day(2019, 3, 31), .ersattning = AK, .belopp = 2000 },
		{ .fran = date_day(2019, 3, 12), .till = date_day(2019, 3, 12), .ersattning = AK },
		{ .fran = date_day(2019, 3, 12), .till = date_day(2019, 3, 12), .ersattning = AS, .belopp = 7 },
		{ .fran = date_day(2019, 1, 1), .till = date_day(2019, 12, 31), .ersattning = CODE_NONE, .belopp = 9999 },
	};
	struct person person = world_person(&world);
	person.af = af;
	person.af_count = 5;
	compute(&person, Y2019);
	assert_int_equal(result[FORMAN_AK].ore, 3000);
	assert_int_equal(result[FORMAN_AK].parts, parts(3100));
	assert_int_equal(result[FORMAN_AS].parts, parts(100));
	assert_int_equal(result[FORMAN_ARBMARK].ore, 3007);
	assert_int_equal(result[FORMAN_TOT].parts, parts(3200));
	assert_true(result[FORMAN_TOT].present);
	assert_false(result[FORMAN_OHALSA].present);
}

/* Bistånd in December 2018 and in January and March 2019; a row of 0 kr is no month. Two months are 2/12. */
static void months_of_bistand(void **state)
{
	(void)state;
	struct bistand rows[] = { { .month = JAN19 - 1, .belopp = 100 }, { .month = JAN19, .belopp = 200 },
		{ .month = JAN19, .belopp = 50 }, { .month = JAN19 + 1, .belopp = 0 }, { .month = JAN19 + 2, .belopp = 300 } };
	struct person person = world_person(&world);
	person.active[PARTI_KOM] = world_months(JAN19 - 1, "1101");
	person.bistand = rows;
	person.bistand_count = 5;
	compute(&person, Y2019);
	assert_true(result[FORMAN_FS].present);
	assert_int_equal(result[FORMAN_FS].ore, 550);
	assert_int_equal(result[FORMAN_FS].parts * 12, (int64_t)2 * 365 * FORSORJNING_PARTS);
	assert_int_equal(result[FORMAN_BISTAND].ore, 550);
	compute(&person, Y2020);
	assert_false(result[FORMAN_FS].present);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(nothing, begin, end),
		cmocka_unit_test_setup_teardown(overlapping_spells_of_one_forman, begin, end),
		cmocka_unit_test_setup_teardown(money_is_rounded_as_it_runs, begin, end),
		cmocka_unit_test_setup_teardown(records_of_af_are_a_union, begin, end),
		cmocka_unit_test_setup_teardown(months_of_bistand, begin, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
