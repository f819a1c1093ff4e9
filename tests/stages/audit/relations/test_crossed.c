/* Tests of the persons of a month by kommun, kön, age and combination, as the auditor sees them. */
#include "stages/audit/relations/crossed.h"
#include "stages/audit/relations/months.h"
#include "stages/audit/relations/relations.h"

#include "stages/audit/ranges/ranges.h"
#include "tests/stages/protect/crossed.h"

/* What the print leaves of the women at AF when all at AF by kön are withheld, and who is at FK alone or at both. */
static enum finding judge_women(bool months, const struct settings *settings)
{
	struct published published = { .arena = arena, .minimum = 5, .months = months, .knowledge = knowledge_new(arena, &error) };
	struct cube *m03 = count_combinations(), *m06 = count_parts();
	for (size_t row = 0; row < m03->rows; row++)
		if (strstr(cube_code_of(m03, row, 2), "FK") != NULL)
			cube_cell(m03, row, 0)->status = CELL_PROTECTED;
	for (size_t row = 0; row < m06->rows; row++)
		if (strcmp(cube_code_of(m06, row, 4), "AF") == 0)
			cube_cell(m06, row, 0)->status = CELL_PROTECTED;
	struct cube *m02 = count_group(), *classes = count_classes();
	for (size_t row = 0; row < m02->rows; row++)
		cube_cell(m02, row, 0)->status = CELL_PROTECTED;
	published.classes = classes;
	assert_int_equal(published_add(&published, m03, count_combinations(), &error), 0);
	assert_int_equal(published_add(&published, m06, count_parts(), &error), 0);
	assert_int_equal(relations_state(&published, &error), 0);
	if (settings != NULL)
		assert_int_equal(published_add(&published, m02, count_group(), &error), 0);
	assert_int_equal(crossed_state(&published, &(const struct earlier){ .ledger = NULL }, &error), 0);
	assert_int_equal(months_state(&published, settings, &error), 0);
	size_t row = cube_find_named(m06, (const char *const[]){ "2018-02", "1440", "K", "16-64", "AF" });
	struct target target = { .variable = published.table[1].variable[row] };
	assert_int_equal(ranges_judge(published.knowledge, &target, 1, 5, 1000, NULL, &error), 0);
	return target.finding;
}

static void who_can_be_in_a_combination(void **state)
{
	(void)state;
	crossed_class[COUNTED].persons = 0;
	assert_int_equal(judge_women(false, NULL), FINDING_NONE);
	assert_int_equal(judge_women(true, NULL), FINDING_NARROW);
}

/* Women are at FK, too: only the year's målgrupp of those at two parts tells that none is at both. */
static void who_can_be_in_a_combination_in_the_year(void **state)
{
	(void)state;
	const struct settings settings = two_parts();
	crossed_class[COUNTED].persons = 6;
	assert_int_equal(judge_women(true, NULL), FINDING_NONE);
	assert_int_equal(judge_women(true, &settings), FINDING_NARROW);
}

/* The month after has so many that its classes are not told: what the year says of the first holds all the same. */
static void a_month_of_many_hides_none_of_few(void **state)
{
	many_later = true;
	who_can_be_in_a_combination_in_the_year(state);
	many_later = false;
}

/* The målgrupp is of women at two parts, and has none. */
static void who_can_be_in_a_combination_of_women(void **state)
{
	of_women = true;
	who_can_be_in_a_combination_in_the_year(state);
	of_women = false;
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test_setup_teardown(who_can_be_in_a_combination, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(who_can_be_in_a_combination_in_the_year, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(a_month_of_many_hides_none_of_few, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(who_can_be_in_a_combination_of_women, arena_begin, arena_end) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
