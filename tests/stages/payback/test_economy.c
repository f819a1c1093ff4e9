/* Tests of e01: the part of a row inside the period, the margins and the two ratios. */
#include "stages/payback/economy.h"

#include "pipeline/table/column/column.h"
#include "tests/stages/payback/common.h"

static struct settings settings;
static struct codes codes;

static int begin_economy(void **state)
{
	if (arena_begin(state) != 0)
		return -1;
	settings = common_settings();
	return codes_load(&codes, arena, &error);
}

static struct economy_row row_of(int ar, int64_t kr, int32_t fran, int32_t till)
{
	struct economy_row row = { .ar = ar, .finansiar = codes.bearer[FINANSIAR_FORBUND], .budget = 200 * kr,
		.utfall = 100 * kr, .fran = fran, .till = till };
	economy_dates(&row, &settings);
	return row;
}

static void default_dates_end_with_the_period(void **state)
{
	(void)state;
	struct economy_row row = row_of(2018, 1, COLUMN_NONE_I32, COLUMN_NONE_I32);
	assert_int_equal(row.fran, date_day(2018, 1, 1));
	assert_int_equal(row.till, date_day(2018, 12, 31));
	settings.period_to = date_day(2018, 8, 31);
	row = row_of(2018, 1, COLUMN_NONE_I32, COLUMN_NONE_I32);
	assert_int_equal(row.till, date_day(2018, 8, 31));
	row = row_of(2017, 1, COLUMN_NONE_I32, COLUMN_NONE_I32);
	assert_int_equal(row.till, date_day(2017, 12, 31));
}

static void only_what_reaches_outside_the_period_is_cut(void **state)
{
	(void)state;
	settings.period_from = date_day(2018, 2, 1), settings.period_to = date_day(2018, 8, 31);
	struct economy_row inside = row_of(2018, 1000, date_day(2018, 2, 1), date_day(2018, 8, 31));
	assert_int_equal(economy_cut(&inside, inside.utfall, &settings), 100000);
	struct economy_row year = row_of(2018, 365, date_day(2018, 1, 1), date_day(2018, 12, 31));
	assert_int_equal(economy_cut(&year, year.utfall, &settings), (243 - 31) * 100);
	struct economy_row rounded = row_of(2018, 0, date_day(2018, 8, 31), date_day(2018, 9, 2));
	assert_int_equal(economy_cut(&rounded, 100, &settings), 33); /* a third of a krona */
	struct economy_row outside = row_of(2018, 1000, date_day(2018, 9, 1), date_day(2018, 9, 30));
	assert_int_equal(economy_cut(&outside, outside.utfall, &settings), 0);
	struct economy_row no_days = row_of(2018, 1000, date_day(2018, 10, 1), COLUMN_NONE_I32);
	assert_int_equal(economy_cut(&no_days, no_days.utfall, &settings), 0);
	assert_int_equal(economy_cut(&inside, COLUMN_NONE_I64, &settings), 0);
}

/* The parts before, in and after the period add up to the amount. */
static void parts_add_up(void **state)
{
	(void)state;
	for (int64_t amount = 1; amount < 1000000; amount = amount * 3 + 1) {
		struct economy_row row = row_of(2018, 0, date_day(2017, 11, 7), date_day(2019, 2, 3));
		int64_t sum = 0;
		const int32_t from[] = { date_day(2000, 1, 1), date_day(2018, 1, 1), date_day(2019, 1, 1), date_day(2030, 1, 1) };
		for (size_t i = 0; i < 3; i++) {
			struct settings part = settings;
			part.period_from = from[i], part.period_to = from[i + 1] - 1;
			sum += economy_cut(&row, amount, &part);
		}
		assert_int_equal(sum, amount);
	}
}

static double number(const struct cube *cube, const char *const *key, const char *measure)
{
	size_t row = cube_find_named(cube, key);
	assert_true(row != CUBE_NO_ROW);
	const struct cell *cell = cube_cell(cube, row, cube_measure(cube, measure));
	return cell->status == CELL_MISSING ? (double)NAN : cell->number;
}
#define NUMBER(cube, measure, ...) number(cube, (const char *const[]){ __VA_ARGS__ }, measure)

static struct cube *cube_of(const char *name)
{
	const struct table *table = schema_table(name, arena, &error);
	assert_non_null(table);
	return cube_new(table, arena, &error);
}

static void e01_by_hand(void **state)
{
	(void)state;
	struct economy_row rows[] = { row_of(2018, 1000, COLUMN_NONE_I32, COLUMN_NONE_I32),
		row_of(2018, 500, COLUMN_NONE_I32, COLUMN_NONE_I32), row_of(2018, 70, COLUMN_NONE_I32, COLUMN_NONE_I32),
		row_of(2018, 30, COLUMN_NONE_I32, COLUMN_NONE_I32), row_of(2017, 9999, COLUMN_NONE_I32, COLUMN_NONE_I32) };
	rows[1].finansiar = codes.bearer[FINANSIAR_ESF];
	rows[2].insats = 1; /* part of Balder */
	rows[3].insats = 2; /* volym */
	struct economy economy = { .rows = 5, .row = rows };
	struct deltagande list[] = { { .start = date_day(2017, 5, 1), .slut = DATE_ONGOING },
		{ .start = date_day(2018, 5, 1), .slut = date_day(2018, 9, 1), .efter = codes.work_or_studies },
		{ .start = date_day(2018, 5, 1), .slut = date_day(2019, 1, 1), .efter = codes.work_or_studies },
		{ .start = date_day(2018, 5, 1), .slut = date_day(2018, 6, 1) },
		{ .insats = 1, .start = date_day(2018, 5, 1), .slut = date_day(2018, 6, 1), .efter = codes.work_or_studies } };
	struct cube *e01 = cube_of("e01_ekonomi"), *underlag = cube_of("ekonomi_underlag");
	assert_int_equal(economy_fill(&economy, list, 5, &settings, &codes, e01, underlag, &error), 0);
	assert_close(NUMBER(e01, "budget", "Balder", "2018", "FORBUND"), 2000, 0);
	assert_close(NUMBER(e01, "utfall", "Balder", "2018", "TOT"), 1500, 0);
	assert_close(NUMBER(e01, "avvikelse", "Balder", "2018", "TOT"), 1500, 0);
	assert_close(NUMBER(e01, "kr_per_deltagande", "Balder", "2018", "TOT"), 375, 0);
	assert_close(NUMBER(e01, "kr_per_avslutad_till_arbete_eller_studier", "Balder", "2018", "ESF"), 500, 0);
	assert_close(NUMBER(e01, "utfall", "TOT", "2018", "TOT"), 1530, 0); /* without the 70 that stand in Balder's */
	assert_close(NUMBER(e01, "utfall", "Del", "2018", "TOT"), 70, 0);
	assert_close(NUMBER(e01, "kr_per_deltagande", "TOT", "2018", "TOT"), 306, 0);
	assert_true(isnan(NUMBER(e01, "kr_per_deltagande", "Volym", "2018", "TOT")));
	assert_int_equal(cube_find_code(e01, 1, "2017"), UINT32_MAX);
	assert_close(NUMBER(underlag, "deltaganden", "Balder", "2018"), 4, 0);
	assert_close(NUMBER(underlag, "avslutade_arbete_eller_studier", "Balder", "2018"), 1, 0);
	assert_close(NUMBER(underlag, "deltaganden", "Del", "2018"), 1, 0);
	assert_int_equal(underlag->rows, 2); /* not the volym insats */
}

static void without_rows_the_margin_stands(void **state)
{
	(void)state;
	struct economy none = { 0 };
	struct cube *e01 = cube_of("e01_ekonomi"), *underlag = cube_of("ekonomi_underlag");
	assert_int_equal(economy_fill(&none, NULL, 0, &settings, &codes, e01, underlag, &error), 0);
	assert_close(NUMBER(e01, "utfall", "TOT", "2018", "TOT"), 0, 0);
	assert_true(isnan(NUMBER(e01, "kr_per_deltagande", "TOT", "2018", "TOT")));
}

static void an_outcome_must_be_stated(void **state)
{
	(void)state;
	struct economy_row rows[] = { row_of(2017, 5, COLUMN_NONE_I32, COLUMN_NONE_I32),
		row_of(2018, 7, COLUMN_NONE_I32, COLUMN_NONE_I32) };
	struct economy economy = { .rows = 1, .row = rows };
	int64_t outcome[FINANSIARER];
	assert_false(economy_outcome(&economy, 0, &settings, &codes, outcome));
	economy.rows = 2;
	assert_true(economy_outcome(&economy, 0, &settings, &codes, outcome));
	assert_int_equal(outcome[FINANSIAR_FORBUND], 700);
	assert_int_equal(outcome[FINANSIAR_ESF], 0);
	assert_false(economy_outcome(&economy, 1, &settings, &codes, outcome));
	rows[1].utfall = COLUMN_NONE_I64; /* a budget alone */
	assert_false(economy_outcome(&economy, 0, &settings, &codes, outcome));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(default_dates_end_with_the_period, begin_economy, arena_end),
		cmocka_unit_test_setup_teardown(only_what_reaches_outside_the_period_is_cut, begin_economy, arena_end),
		cmocka_unit_test_setup_teardown(parts_add_up, begin_economy, arena_end),
		cmocka_unit_test_setup_teardown(e01_by_hand, begin_economy, arena_end),
		cmocka_unit_test_setup_teardown(without_rows_the_margin_stands, begin_economy, arena_end),
		cmocka_unit_test_setup_teardown(an_outcome_must_be_stated, begin_economy, arena_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
