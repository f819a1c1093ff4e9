/* Tests of the persons of a year by kommun, kön and age. */
#include "stages/protect/facts/together.h"

#include "tests/stages/protect/ages.h"

static bool is_printed(const struct cube *cube, const char *const *codes)
{
	return cube_cell(cube, cube_find_named(cube, codes), 0)->status == CELL_PUBLISHED;
}

/* Of 13 in the year 5 are of 30–49 and 5 of 50–64: with all of these printed no more than 3 can be of 16–29 in the first month. */
static void a_year_has_room_for_all_ages(void **state)
{
	(void)state;
	static const char *const month[] = { "2018-02", "2018-03", "2018-04" }, *const age[] = { "30-49", "50-64", "50-64" };
	const struct settings settings = three_ages();
	struct tables tables = { .arena = arena, .settings = &settings };
	struct together_account account;
	struct cube *m06 = count_months(), *m04 = count_year();
	assert_int_equal(tables_add(&tables, m04, &error), 0);
	assert_int_equal(tables_add(&tables, m06, &error), 0);
	assert_int_equal(together_protect(&tables, 5, &account, &error), 0);
	assert_int_equal(account.stuck, 0);
	assert_true(tables.months);
	bool year = is_printed(m04, (const char *const[]){ "2018", "1440", "K", "TOT" }), months[3];
	for (size_t m = 0; m < 3; m++)
		months[m] = is_printed(m06, (const char *const[]){ month[m], "1440", "K", age[m], "AF" });
	assert_false(year && months[0] && (months[1] || months[2]));
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test_setup_teardown(a_year_has_room_for_all_ages, arena_begin, arena_end) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
