/* Tests of the persons of a year by kommun, kön and age, as the auditor sees them. */
#include "stages/audit/relations/ages.h"
#include "stages/audit/relations/crossed.h"
#include "stages/audit/relations/months.h"
#include "stages/audit/relations/relations.h"

#include "stages/audit/ranges/ranges.h"
#include "tests/stages/protect/ages.h"

/* What the print leaves of the first month's when only they are withheld, and with `year` all of the year, too. */
static enum finding judge_young(bool ages, bool year)
{
	const struct settings settings = three_ages();
	const struct earlier none = { .ledger = NULL };
	struct published published = { .arena = arena, .minimum = 5, .months = true, .knowledge = knowledge_new(arena, &error) };
	struct cube *m06 = count_months(), *m04 = count_year();
	for (size_t row = 0; row < m06->rows; row++)
		if (strcmp(cube_code_of(m06, row, 0), "2018-01") == 0)
			cube_cell(m06, row, 0)->status = CELL_PROTECTED;
	for (size_t row = 0; row < m04->rows && year; row++)
		cube_cell(m04, row, 0)->status = CELL_PROTECTED;
	assert_int_equal(published_add(&published, m04, count_year(), &error), 0);
	assert_int_equal(published_add(&published, m06, count_months(), &error), 0);
	assert_int_equal(relations_state(&published, &error), 0);
	assert_int_equal(crossed_state(&published, &none, &error), 0);
	assert_int_equal(months_state(&published, &settings, &error), 0);
	assert_int_equal(ages_state(&published, &none, ages ? &settings : NULL, &error), 0);
	size_t row = cube_find_named(m06, (const char *const[]){ "2018-01", "1440", "K", "16-29", "AF" });
	struct target target = { .variable = published.table[1].variable[row] };
	assert_int_equal(ranges_judge(published.knowledge, &target, 1, 5, 1000, NULL, &error), 0);
	return target.finding;
}

/* Of 13 in the year 5 are of 30–49 and 5 of 50–64: no more than 3 can be of 16–29. */
static void a_year_has_room_for_all_ages(void **state)
{
	(void)state;
	assert_int_equal(judge_young(false, false), FINDING_NONE);
	assert_int_equal(judge_young(true, false), FINDING_NARROW);
	assert_int_equal(judge_young(true, true), FINDING_NONE);
}

/* A class of a row is found by its name, where a sum speaks of it. */
static void a_class_is_found_by_its_name(void **state)
{
	(void)state;
	const struct settings settings = three_ages();
	struct published published = { .arena = arena, .minimum = 5, .months = true, .knowledge = knowledge_new(arena, &error) };
	size_t variable;
	assert_int_equal(published_add(&published, count_year(), count_year(), &error), 0);
	assert_int_equal(published_add(&published, count_months(), count_months(), &error), 0);
	assert_int_equal(ages_state(&published, &(const struct earlier){ .ledger = NULL }, &settings, &error), 0);
	size_t row = cube_find_named(published.table[0].cube, (const char *const[]){ "2018", "1440", "K", "TOT" });
	assert_true(ages_find(&published, &published.table[0], row, "aldersgrupp=16-29", &variable));
	assert_true(variable != KNOWLEDGE_NONE);
	assert_true(ages_find(&published, &published.table[0], row, "aldersgrupp=65+", &variable));
	assert_true(variable == KNOWLEDGE_NONE);
	assert_false(ages_find(&published, &published.table[0], row, "kombination=AF", &variable));
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test_setup_teardown(a_year_has_room_for_all_ages, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(a_class_is_found_by_its_name, arena_begin, arena_end) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
