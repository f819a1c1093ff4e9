/* Tests of the persons of a month by kommun, kön, age and combination. */
#include "stages/protect/facts/together.h"

#include "pipeline/table/settings/settings.h"
#include "tests/stages/protect/crossed.h"

static void withhold(struct cube *cube, size_t place, const char *code)
{
	for (size_t row = 0; row < cube->rows; row++)
		if (strcmp(cube_code_of(cube, row, place), code) == 0)
			cube_cell(cube, row, 0)->status = CELL_PROTECTED;
}

/* All at AF by kön are withheld, and who is at FK alone or at both: of the women at AF too little is left. Protects them. */
static void protect_women(struct tables *tables)
{
	struct together_account account;
	struct cube *m03 = count_combinations(), *m06 = count_parts();
	double low, high;
	withhold(m06, 4, "AF");
	withhold(m03, 2, "FK");
	withhold(m03, 2, "AF+FK");
	enumerate_women(m03, m06, 12, &low, &high);
	assert_true(high < 5);
	assert_int_equal(tables_add(tables, m03, &error), 0);
	assert_int_equal(tables_add(tables, m06, &error), 0);
	assert_int_equal(tables_add(tables, count_classes(), &error), 0);
	assert_int_equal(together_protect(tables, 5, &account, &error), 0);
	assert_int_equal(account.stuck, 0);
	assert_true(tables->months);
	enumerate_women(m03, m06, 12, &low, &high);
	assert_true(high >= 5 && high - low >= 4);
}

/* Only men are at FK, so that the women and those of unknown kön are among the 5 at AF alone: of them 1 at least is not a woman. */
static void who_can_be_in_a_combination(void **state)
{
	(void)state;
	const struct settings settings = { .period_from = 0 };
	struct tables tables = { .arena = arena, .settings = &settings };
	crossed_class[COUNTED].persons = 0;
	protect_women(&tables);
}

/* Women are at FK, too, but in the year's målgrupp of those at two parts there are none. */
static void protect_women_of_the_year(void)
{
	const struct settings settings = two_parts();
	struct tables tables = { .arena = arena, .settings = &settings };
	crossed_class[COUNTED].persons = 6;
	assert_int_equal(tables_add(&tables, count_group(), &error), 0);
	protect_women(&tables);
}

static void who_can_be_in_a_combination_in_the_year(void **state)
{
	(void)state;
	protect_women_of_the_year();
}

/* The month after has so many that its classes are not told: what the year says of the first holds all the same. */
static void a_month_of_many_hides_none_of_few(void **state)
{
	(void)state;
	many_later = true;
	protect_women_of_the_year();
	many_later = false;
}

/* The målgrupp is of women at two parts, and has none: whom its rule leaves out hides nobody of the others. */
static void who_can_be_in_a_combination_of_women(void **state)
{
	(void)state;
	of_women = true;
	protect_women_of_the_year();
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
