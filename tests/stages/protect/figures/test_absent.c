/* Tests of figures that cannot be computed: they are withheld where what they rest on is, and else stay missing. */
#include "stages/protect/figures/absent.h"

#include "tests/stages/protect/cubes.h"

static size_t row_of(struct cube *cube, const char *const *codes)
{
	size_t row = cube_row_named(cube, codes, &error);
	assert_true(row != CUBE_NO_ROW);
	return row;
}
#define ROW(cube, ...) row_of(cube, (const char *const[]){ __VA_ARGS__ })

static void set(struct cube *cube, size_t row, const char *measure, double number)
{
	cube_set(cube, row, cube_measure(cube, measure), number);
}

static void miss(struct cube *cube, size_t row, const char *measure)
{
	cube_set_missing(cube, row, cube_measure(cube, measure));
}

static enum cell_status status(const struct cube *cube, size_t row, const char *measure)
{
	return cube_cell(cube, row, cube_measure(cube, measure))->status;
}

/* One pair has means and no interval: a withheld number of pairs beside a missing interval would be 1. */
static void an_interval_that_is_missing_tells_of_one_pair(void **state)
{
	(void)state;
	struct tables tables = { .arena = arena };
	struct cube *i12 = new_cube("i12_enkat");
	size_t one = ROW(i12, "A", "EQ5D", "K"), none = ROW(i12, "A", "EQ5D", "M");
	set(i12, one, "par", 1);
	set(i12, one, "medel_start", 40);
	set(i12, none, "par", 0);
	const char *const limits[] = { "ki_lag", "ki_hog" };
	for (size_t i = 0; i < 2; i++) {
		miss(i12, one, limits[i]);
		miss(i12, none, limits[i]);
	}
	miss(i12, none, "medel_start");
	assert_int_equal(tables_add(&tables, i12, &error), 0);
	tables_withhold(&tables, 0, one, cube_measure(i12, "par"));
	tables_withhold(&tables, 0, one, cube_measure(i12, "medel_start"));
	absent_withhold(&tables);
	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(status(i12, one, limits[i]), CELL_PROTECTED);
		assert_int_equal(status(i12, none, limits[i]), CELL_MISSING); /* 0 is printed */
	}
	assert_int_equal(status(i12, none, "medel_start"), CELL_MISSING);
}

/* With rounded counts one pair may be printed as 5: its mean is withheld all the same, and so is that it has no interval. */
static void a_rounded_number_of_pairs_tells_no_more(void **state)
{
	(void)state;
	struct tables tables = { .arena = arena };
	struct cube *i12 = new_cube("i12_enkat");
	size_t row = ROW(i12, "A", "EQ5D", "TOT");
	set(i12, row, "par", 5);
	set(i12, row, "medel_start", 40);
	miss(i12, row, "ki_lag");
	assert_int_equal(tables_add(&tables, i12, &error), 0);
	tables_withhold(&tables, 0, row, cube_measure(i12, "medel_start"));
	absent_withhold(&tables);
	assert_int_equal(status(i12, row, "ki_lag"), CELL_PROTECTED);
}

/* A curve has limits from its first event on: where they are missing tells in which month that was. */
static void a_withheld_curve_hides_its_first_event(void **state)
{
	(void)state;
	struct tables tables = { .arena = arena };
	struct cube *i13 = new_cube("i13_overlevnad"), *i14 = new_cube("i14_konsskillnad");
	size_t shown = ROW(i13, "A", "TOT", "0"), withheld = ROW(i13, "B", "TOT", "0"), test[] = { ROW(i14, "A"), ROW(i14, "B") };
	const size_t curve[] = { shown, withheld };
	for (size_t i = 0; i < 2; i++) {
		set(i13, curve[i], "kvar", 20);
		set(i13, curve[i], "andel", 100);
		miss(i13, curve[i], "ki_lag");
		miss(i14, test[i], "p_logrank");
		miss(i14, test[i], "skillnad");
	}
	assert_int_equal(tables_add(&tables, i13, &error), 0);
	assert_int_equal(tables_add(&tables, i14, &error), 0);
	tables_withhold(&tables, 0, withheld, cube_measure(i13, "kvar"));
	absent_withhold(&tables);
	assert_int_equal(status(i13, shown, "ki_lag"), CELL_MISSING);
	assert_int_equal(status(i13, withheld, "ki_lag"), CELL_PROTECTED);
	assert_int_equal(status(i14, test[0], "p_logrank"), CELL_MISSING);
	assert_int_equal(status(i14, test[1], "p_logrank"), CELL_PROTECTED);
	assert_int_equal(status(i14, test[1], "skillnad"), CELL_MISSING); /* one kön has no exits: a zero, which i06 prints */
}

/* A net that pays nothing back within the horizon is small: that is told of no withheld one. Who bears no cost has nothing to get back. */
static void a_net_that_does_not_pay_back_is_not_told(void **state)
{
	(void)state;
	struct tables tables = { .arena = arena };
	struct cube *e02 = new_cube("e02_aterbetalning"), *e06 = new_cube("e06_jamforelse");
	size_t bears = ROW(e02, "A", "KOM"), free = ROW(e02, "A", "IND"), sus = ROW(e06, "A", "sus", "0");
	const size_t rows[] = { bears, free };
	for (size_t i = 0; i < 2; i++) {
		set(e02, rows[i], "kostnad", i == 0 ? 1000 : 0);
		set(e02, rows[i], "netto_manad", -20);
		miss(e02, rows[i], "aterbetalning_start");
	}
	set(e06, sus, "nuvarde", -20);
	miss(e06, sus, "aterbetalning_start");
	miss(e06, sus, "uppfoljning");
	assert_int_equal(tables_add(&tables, e02, &error), 0);
	assert_int_equal(tables_add(&tables, e06, &error), 0);
	for (size_t i = 0; i < 2; i++)
		tables_withhold(&tables, 0, rows[i], cube_measure(e02, "netto_manad"));
	tables_withhold(&tables, 1, sus, cube_measure(e06, "nuvarde"));
	absent_withhold(&tables);
	assert_int_equal(status(e02, bears, "aterbetalning_start"), CELL_PROTECTED);
	assert_int_equal(status(e02, free, "aterbetalning_start"), CELL_MISSING);
	assert_int_equal(status(e06, sus, "aterbetalning_start"), CELL_PROTECTED);
	assert_int_equal(status(e06, sus, "uppfoljning"), CELL_MISSING);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(an_interval_that_is_missing_tells_of_one_pair, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(a_rounded_number_of_pairs_tells_no_more, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(a_withheld_curve_hides_its_first_event, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(a_net_that_does_not_pay_back_is_not_told, arena_begin, arena_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
