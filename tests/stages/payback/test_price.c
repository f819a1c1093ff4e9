/* Tests of the price list: the year, units, KPI and what is missing. */
#include "stages/payback/price.h"

#include <string.h>

#include "stages/payback/result.h"
#include "tests/stages/payback/common.h"

#define MONTH "kr/m\u00e5nad"

static struct price_list list;

static int resolve(const struct price_row *rows, size_t count)
{
	return price_resolve(rows, count, 2018, &list, arena, &error);
}

static void the_latest_year_not_after_the_period_counts(void **state)
{
	(void)state;
	static const struct price_row rows[] = { { "LON_AO", MONTH, 25000, 2018, "SCB" }, { "LON_AO", MONTH, 24000, 2017, "SCB" },
		{ "LON_AO", MONTH, 26000, 2019, "SCB" }, { "SKATT_KOM", "%", 20.74, 2015, "SCB" }, { "VARD_PV", "kr", 1500, 2019, "SCB" } };
	assert_int_equal(resolve(rows, 5), 0);
	assert_close(list.prices.of[POST_LON + WORK_AO], 25000, 0);
	assert_close(list.prices.of[POST_SKATT_KOM], 0.2074, 1e-15);
	assert_true(isnan(list.prices.of[POST_VARD + CARE_PV]));
	assert_null(list.old);
	assert_null(list.unknown);
}

static void kpi_moves_amounts_but_not_per_cents(void **state)
{
	(void)state;
	static const struct price_row rows[] = { { "LON_AO", MONTH, 20000, 2016, "SCB" }, { "KPI", "index", 300, 2016, "SCB" },
		{ "KPI", "index", 330, 2018, "SCB" }, { "PROD_AO", "%", 90, 2016, "SCB" }, { "LON_AU", MONTH, 10000, 2015, "SCB" } };
	assert_int_equal(resolve(rows, 5), 0);
	assert_close(list.prices.of[POST_LON + WORK_AO], 22000, 1e-15);
	assert_close(list.prices.of[POST_PROD + WORK_AO], 0.9, 1e-15);
	assert_close(list.prices.of[POST_LON + WORK_AU], 10000, 0); /* KPI lacks 2015 */
	assert_string_equal(list.old, "LON_AU");
}

static void without_kpi_an_older_amount_stands_and_is_named(void **state)
{
	(void)state;
	static const struct price_row rows[] = { { "LON_AO", MONTH, 20000, 2016, "SCB" }, { "VARD_SV", "kr", 30000, 2017, "SCB" },
		{ "LONEBIDRAG", "%", 60, 2016, "SCB" }, { "prisbasbelopp", "kr", 45500, 2018, "SCB" }, { "prisbasbelopp", "kr", 44800, 2017, "SCB" } };
	assert_int_equal(resolve(rows, 5), 0);
	assert_close(list.prices.of[POST_LON + WORK_AO], 20000, 0);
	assert_string_equal(list.old, "LON_AO, VARD_SV");
	assert_string_equal(list.unknown, "prisbasbelopp");
}

/* A price list serves more than this calculation: what it does not know it does not judge. */
static void posts_of_others_are_left_alone(void **state)
{
	(void)state;
	static const struct price_row rows[] = { { "sjukpenning h\u00f6gst", "kr/dag", 752, 2018, "FK" },
		{ "sjukpenning h\u00f6gst", "kr/dag", 774, 2018, "FK" }, { "justering", "kr", -1, 2018, "" } };
	assert_int_equal(resolve(rows, 3), 0);
	assert_string_equal(list.unknown, "sjukpenning h\u00f6gst, justering");
	assert_null(list.unsourced);
}

/* Each price in use brings its row, with year and source, and the index that moved it. */
static void prices_carry_year_and_source(void **state)
{
	(void)state;
	static const struct price_row rows[] = { { "LON_AO", MONTH, 20000, 2016, "SCB" }, { "KPI", "index", 300, 2016, "SCB" },
		{ "KPI", "index", 330, 2018, "SCB" }, { "KPI", "index", 340, 2017, "SCB" }, { "PROD_AO", "%", 90, 2016, "" } };
	assert_int_equal(resolve(rows, 5), 0);
	assert_ptr_equal(list.row[POST_LON + WORK_AO], &rows[0]);
	assert_ptr_equal(list.kpi[POST_LON + WORK_AO], &rows[1]);
	assert_ptr_equal(list.kpi_now, &rows[2]);
	assert_null(list.kpi[POST_PROD + WORK_AO]);
	assert_string_equal(list.unsourced, "PROD_AO");
	struct cube *e09 = cube_new(schema_table("e09_priser", arena, &error), arena, &error);
	assert_int_equal(result_prices(e09, &list, &error), 0);
	assert_int_equal(e09->rows, 4); /* the two prices and the two indices between which one of them moved */
	size_t row = cube_find_named(e09, (const char *const[]){ "LON_AO", "2016" });
	assert_close(cube_cell(e09, row, cube_measure(e09, "belopp"))->number, 20000, 0);
	assert_close(cube_cell(e09, row, cube_measure(e09, "anvant"))->number, 22000, 1e-15);
	assert_string_equal(cube_cell(e09, row, cube_measure(e09, "kalla"))->text, "SCB");
	row = cube_find_named(e09, (const char *const[]){ "PROD_AO", "2016" });
	assert_close(cube_cell(e09, row, cube_measure(e09, "anvant"))->number, 90, 1e-15);
	assert_int_equal(cube_cell(e09, row, cube_measure(e09, "kalla"))->status, CELL_MISSING);
	assert_true(cube_find_named(e09, (const char *const[]){ "KPI", "2018" }) != CUBE_NO_ROW);
	assert_true(cube_find_named(e09, (const char *const[]){ "KPI", "2017" }) == CUBE_NO_ROW);
}

static void wrong_rows_are_refused(void **state)
{
	(void)state;
	static const struct {
		struct price_row row[2];
		const char *says;
	} cases[] = {
		{ { { "LON_AO", "tkr", 25, 2018, "SCB" } }, "'tkr'" },
		{ { { "LON_AO", "%", 25, 2018, "SCB" } }, "must be 'kr/m\u00e5nad'" },
		{ { { "KPI", "%", 300, 2018, "SCB" } }, "must be 'index'" },
		{ { { "KPI", "index", 0, 2018, "SCB" } }, "above 0" },
		{ { { "VARD_PV", "kr", -1, 2018, "SCB" } }, "at least 0" },
		{ { { "VARD_PV", "kr", 1, 2010, "SCB" }, { "VARD_PV", "kr", 2, 2010, "SCB" } }, "two different amounts" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		error = (struct error){ 0 };
		assert_int_equal(resolve(cases[i].row, cases[i].row[1].post != NULL ? 2 : 1), -1);
		assert_int_equal(error.code, EXIT_DATA);
		assert_non_null(strstr(error.message[0], cases[i].says));
		assert_non_null(strstr(error.message[0], cases[i].row[0].post));
	}
}

static void a_price_that_is_needed_must_be_there(void **state)
{
	(void)state;
	static const struct price_row rows[] = { { "LON_AU", MONTH, 20000, 2018, "SCB" }, { "LON_AO", MONTH, 20000, 2019, "SCB" } };
	bool need[POSTS] = { [POST_LON + WORK_AU] = true };
	struct prices prices;
	assert_int_equal(resolve(rows, 2), 0);
	assert_int_equal(price_complete(&list, need, &prices, &error), 0);
	assert_close(prices.of[POST_LON + WORK_AU], 20000, 0);
	assert_close(prices.of[POST_LON + WORK_AO], 0, 0);
	need[POST_LON + WORK_AO] = true;
	assert_int_equal(price_complete(&list, need, &prices, &error), -1);
	assert_int_equal(error.code, EXIT_DATA);
	assert_string_equal(error.message[0], "prislista.csv: no price for post 'LON_AO' in 2018 or earlier");
}

static void every_post_has_a_name_of_its_own(void **state)
{
	(void)state;
	for (size_t a = 0; a < POSTS; a++)
		for (size_t b = 0; b < a; b++)
			assert_string_not_equal(price_name(a), price_name(b));
	assert_string_equal(price_name(POST_SCHABLON + FORMAN_FS), "SCHABLON_FS");
	assert_string_equal(price_name(POST_VARD + CARE_SV), "VARD_SV");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_latest_year_not_after_the_period_counts, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(kpi_moves_amounts_but_not_per_cents, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(without_kpi_an_older_amount_stands_and_is_named, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(posts_of_others_are_left_alone, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(prices_carry_year_and_source, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(wrong_rows_are_refused, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(a_price_that_is_needed_must_be_there, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(every_post_has_a_name_of_its_own, arena_begin, arena_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
