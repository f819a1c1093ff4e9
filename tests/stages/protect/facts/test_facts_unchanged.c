/* Tests of who never changed in a year, by the parts at which they were. */
#include "stages/protect/facts/together.h"

#include "tests/stages/protect/unchanged.h"

static bool is_printed(const struct cube *cube, const char *const *codes)
{
	return cube_cell(cube, cube_find_named(cube, codes), 0)->status == CELL_PUBLISHED;
}

/* Who never changed and who was there in February are not both printed: then no more than 4 would be at FK. By combinations, and by classes of the months. */
static void who_never_changed_was_there_in_every_month(void **state)
{
	(void)state;
	const struct settings settings = { .period_from = 0 };
	for (int classes = 0; classes < 2; classes++) {
		struct tables tables = { .arena = arena, .settings = &settings, .months = true };
		struct together_account account;
		struct cube *m03 = count_still_combinations(), *m04 = count_still();
		assert_int_equal(tables_add(&tables, m03, &error), 0);
		assert_int_equal(tables_add(&tables, m04, &error), 0);
		assert_false(classes == 1 && tables_add(&tables, count_still_parts(), &error) != 0);
		assert_false(classes == 1 && tables_add(&tables, count_still_classes(), &error) != 0);
		assert_int_equal(together_protect(&tables, 5, &account, &error), 0);
		assert_int_equal(account.stuck, 0);
		assert_true(tables.months);
		assert_false(is_printed(m03, (const char *const[]){ "2018-02", "1440", "FK" }));
		assert_false(is_printed(m03, (const char *const[]){ "2018-02", "1440", "TOT" }) && is_printed(m04, (const char *const[]){ "2018", "1440", "K", "0" }));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test_setup_teardown(who_never_changed_was_there_in_every_month, arena_begin, arena_end) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
