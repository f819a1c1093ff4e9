/* Tests of rounded tables of a year beside months as the auditor sees them. */
#include "stages/audit/relations/within.h"

#include "pipeline/base/date.h"
#include "stages/audit/relations/beside.h"
#include "tests/stages/protect/cubes.h"

static struct published published;

static int begin(void **state)
{
	int result = arena_begin(state);
	published = (struct published){ .arena = arena, .minimum = 5, .rounded = true, .knowledge = knowledge_new(arena, &error) };
	return result;
}

/* What is printed, and how many they were. */
struct pair {
	struct cube *printed, *truth;
};

static struct pair new_pair(const char *name)
{
	return (struct pair){ new_cube(name), new_cube(name) };
}
#define PRINT(pair, count, true_count, ...) do { PUT((pair).printed, "personer", count, __VA_ARGS__); PUT((pair).truth, "personer", true_count, __VA_ARGS__); } while (0)

static void add(struct pair pair)
{
	assert_int_equal(published_add(&published, pair.printed, pair.truth, &error), 0);
}

/* The finding of a row of a table, of a period from January 2018 to the last of a month. */
static int found(struct cube *cube, int month, const char *const *codes)
{
	struct settings settings = { .period_from = date_day(2018, 1, 1), .period_to = date_day(2018, month + 1, 1) - 1 };
	size_t measures = cube->table->measures, row = cube_row_named(cube, codes, &error);
	unsigned char *finding = arena_take(arena, cube->rows * measures, sizeof *finding, &error);
	assert_non_null(finding);
	for (size_t t = 0; t < published.tables; t++)
		if (published.table[t].cube == cube)
			within_judge(&published, &published.table[t], &settings, finding);
	return finding[row * measures + cube_measure(cube, "personer")];
}
#define FOUND(cube, month, ...) found(cube, month, (const char *const[]){ __VA_ARGS__ })

/* Seven in a month are at FK. The year that has other months may print more; the year of that month may not, unless it had more. */
static void a_year_of_one_month_is_that_month(void **state)
{
	(void)state;
	struct pair m06 = new_pair("m06_manad"), m01 = new_pair("m01_forsorjningsmatt");
	PRINT(m06, 5, 7, "2018-01", "1401", "K", "TOT", "FK");
	PRINT(m06, 5, 7, "2018-01", "1402", "K", "TOT", "FK");
	PRINT(m06, 10, 7, "2018-01", "1407", "K", "TOT", "FK");
	PRINT(m06, 5, 7, "2018-01", "1415", "K", "TOT", "FK");
	PRINT(m01, 10, 7, "2018", "1401", "K", "OHALSA");
	PRINT(m01, 10, 8, "2018", "1402", "K", "OHALSA");
	PRINT(m01, 5, 7, "2018", "1407", "K", "OHALSA");
	PRINT(m01, 5, 7, "2018", "1415", "K", "OHALSA");
	for (size_t k = 0; k < 4; k++) /* all who are paid, as in the month */
		PRINT(m01, k == 2 ? 10 : 5, 7, "2018", ((const char *const[]){ "1401", "1402", "1407", "1415" })[k], "K", "TOT");
	add(m06);
	add(m01);
	assert_int_equal(FOUND(m01.printed, 1, "2018", "1401", "K", "OHALSA"), BESIDE_LESS);
	assert_int_equal(FOUND(m01.printed, 2, "2018", "1401", "K", "OHALSA"), BESIDE_NONE);
	assert_int_equal(FOUND(m01.printed, 1, "2018", "1402", "K", "OHALSA"), BESIDE_NONE);
	assert_int_equal(FOUND(m01.printed, 1, "2018", "1407", "K", "OHALSA"), BESIDE_LESS);
	assert_int_equal(FOUND(m01.printed, 2, "2018", "1407", "K", "OHALSA"), BESIDE_LESS);
	assert_int_equal(FOUND(m01.printed, 1, "2018", "1415", "K", "OHALSA"), BESIDE_NONE);
}

/* Three have a contact of the region alone: printed as 5, those without support cannot be 0. Of several months they may have been supported in the last. */
static void contacts_alone_are_without_support(void **state)
{
	(void)state;
	struct pair m03 = new_pair("m03_samtidighet"), m05 = new_pair("m05_tid_i_forsorjning");
	PRINT(m03, 5, 3, "2018-01", "1401", "REG");
	PRINT(m03, 5, 6, "2018-01", "1401", "FK");
	PRINT(m03, 10, 9, "2018-01", "1401", "TOT");
	PRINT(m05, 0, 3, "2018", "1401", "TOT", "0");
	PRINT(m05, 10, 6, "2018", "1401", "TOT", "1-11");
	PRINT(m05, 10, 9, "2018", "1401", "TOT", "TOT");
	add(m03);
	add(m05);
	assert_int_equal(FOUND(m05.printed, 1, "2018", "1401", "TOT", "0"), BESIDE_LESS);
	assert_int_equal(FOUND(m05.printed, 2, "2018", "1401", "TOT", "0"), BESIDE_NONE);
	assert_int_equal(FOUND(m05.printed, 1, "2018", "1401", "TOT", "TOT"), BESIDE_NONE);
}

/* Who is at FK or KOM in the month is paid in it. */
static void the_insured_are_paid(void **state)
{
	(void)state;
	struct pair m03 = new_pair("m03_samtidighet"), m01 = new_pair("m01_forsorjningsmatt");
	PRINT(m03, 5, 4, "2018-01", "1401", "FK");
	PRINT(m03, 5, 4, "2018-01", "1401", "KOM");
	PRINT(m03, 10, 8, "2018-01", "1401", "TOT");
	PRINT(m01, 5, 9, "2018", "1401", "TOT", "TOT");
	add(m03);
	add(m01);
	assert_int_equal(FOUND(m01.printed, 1, "2018", "1401", "TOT", "TOT"), BESIDE_LESS);
	assert_int_equal(FOUND(m01.printed, 2, "2018", "1401", "TOT", "TOT"), BESIDE_NONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_year_of_one_month_is_that_month, begin, arena_end),
		cmocka_unit_test_setup_teardown(contacts_alone_are_without_support, begin, arena_end),
		cmocka_unit_test_setup_teardown(the_insured_are_paid, begin, arena_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
