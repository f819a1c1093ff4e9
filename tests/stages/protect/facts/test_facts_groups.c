/* Tests of målgrupper that lie within one another: small differences are protected, equal sets share a status. */
#include "stages/protect/facts/together.h"

#include <string.h>

#include "tests/stages/protect/groups.h"

static bool stands(const struct cube *cube, const char *const *codes)
{
	return cube_cell(cube, cube_find_named(cube, codes), cube_measure(cube, "personer"))->status == CELL_PUBLISHED;
}

static bool is_printed(const struct cube *m02, const char *name, const char *kon, const char *age)
{
	return stands(m02, (const char *const[]){ "2018", name, "1440", kon, age });
}

/* Protects groups of 27 + 40 and 30 + 40; whether both of those of 16–19 are printed. */
static bool both_printed(const struct malgrupp *few, const struct malgrupp *many, size_t *targets)
{
	struct malgrupp list[2];
	const struct settings settings = settings_of(few, many, list);
	struct tables tables = { .arena = arena, .settings = &settings };
	struct together_account account;
	struct cube *m02 = new_cube("m02_malgrupp");
	add_ages(m02, "a", 27, 40);
	add_ages(m02, "b", 30, 40);
	assert_int_equal(tables_add(&tables, m02, &error), 0);
	assert_int_equal(together_protect(&tables, 5, &account, &error), 0);
	assert_int_equal(account.stuck, 0);
	*targets = account.targets;
	return is_printed(m02, "a", "TOT", "16-19") && is_printed(m02, "b", "TOT", "16-19");
}

/* Three persons lie between two groups where the one holds the other, and nowhere else. */
static void rules_within_rules(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof nested / sizeof *nested; i++) {
		size_t targets;
		const struct nested *pair = &nested[i];
		bool apart = pair->within && !pair->holds; /* what is stated as one set is no difference, whatever the counts */
		assert_int_equal(both_printed(&pair->first, &pair->second, &targets), !apart);
		assert_int_equal(targets > 0, apart);
	}
}

/* SP within SP, RP and SE within FK: the three persons of 16–19 between the first and the last are a target, also where the second is known to lie between:
   while its rest falls from 3 the first's may rise. */
static void a_group_between_hides_no_small_difference(void **state)
{
	(void)state;
	size_t targets[2];
	for (size_t between = 0; between < 2; between++) {
		struct malgrupp list[] = { nested[6].first, { ANY, .parter = 1U << PARTI_FK }, nested[6].second };
		list[0].name = "a";
		list[1].name = "c";
		list[2].name = "b";
		const struct settings settings = { .age_groups = 2, .age_group = two_ages, .malgrupp_count = 2 + between, .malgrupp = list };
		struct tables tables = { .arena = arena, .settings = &settings };
		struct together_account account;
		struct cube *m02 = new_cube("m02_malgrupp");
		add_ages(m02, "a", 27, 40);
		add_ages(m02, "c", 30, 40);
		if (between > 0)
			add_ages(m02, "b", 27, 40);
		assert_int_equal(tables_add(&tables, m02, &error), 0);
		assert_int_equal(together_protect(&tables, 5, &account, &error), 0);
		assert_int_equal(account.stuck, 0);
		targets[between] = account.targets;
	}
	assert_true(targets[0] > 0);
	assert_int_equal(targets[1], 2 * targets[0]);
}

/* Those of 20–24 are the same in both groups: what is withheld for the younger's sake is withheld in both. */
static void equal_ages_share_a_status(void **state)
{
	(void)state;
	struct malgrupp list[2];
	const struct settings settings = settings_of(&nested[0].first, &nested[0].second, list);
	struct tables tables = { .arena = arena, .settings = &settings };
	struct together_account account;
	struct cube *m02 = new_cube("m02_malgrupp");
	add_ages(m02, "a", 27, 40);
	add_ages(m02, "b", 30, 40);
	size_t row = cube_find_named(m02, (const char *const[]){ "2018", "a", "1440", "K", "20-24" });
	cube_cell(m02, row, cube_measure(m02, "personer"))->status = CELL_PROTECTED;
	assert_int_equal(tables_add(&tables, m02, &error), 0);
	assert_int_equal(together_protect(&tables, 5, &account, &error), 0);
	assert_false(is_printed(m02, "a", "K", "20-24"));
	assert_false(is_printed(m02, "b", "K", "20-24"));
}

/* 2, 2 and 2 women are all 6 of the fourth group: each could be 4 at most, if that were printed. */
static void groups_that_split_another_add_up(void **state)
{
	(void)state;
	struct tables tables = { .arena = arena, .settings = &of_slices };
	struct together_account account;
	struct cube *m02 = count_slices();
	assert_int_equal(tables_add(&tables, m02, &error), 0);
	assert_int_equal(together_protect(&tables, 5, &account, &error), 0);
	assert_int_equal(account.stuck, 0);
	assert_false(is_printed(m02, "a", "K", "16-19"));
	assert_false(is_printed(m02, "all", "K", "16-19"));
	assert_true(is_printed(m02, "all", "TOT", "TOT"));
}

/* Of 30 persons active at another part than the region 27 are counted elsewhere: the three others are told by a subtraction where the 27 lie within
   the 30. */
static void whoever_is_insured_is_in_m04(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof insured / sizeof *insured; i++) {
		struct malgrupp rule = insured[i].rule;
		rule.name = "a";
		const struct settings settings = { .age_groups = 2, .age_group = two_ages, .malgrupp_count = 1, .malgrupp = &rule };
		struct tables tables = { .arena = arena, .settings = &settings };
		struct together_account account;
		struct cube *m04, *other = count_insured(&insured[i], &m04);
		assert_int_equal(tables_add(&tables, other, &error), 0);
		assert_int_equal(tables_add(&tables, m04, &error), 0);
		assert_int_equal(together_protect(&tables, 5, &account, &error), 0);
		assert_int_equal(account.stuck, 0);
		assert_int_equal(account.targets > 0, insured[i].within);
		const char *code = insured[i].forman;
		bool here = code == NULL ? is_printed(other, "a", "K", "TOT") : stands(other, (const char *const[]){ "2018", "1440", "K", code });
		assert_int_equal(here && stands(m04, (const char *const[]){ "2018", "1440", "K", "TOT" }), !insured[i].within);
	}
}

/* 3 of the 8 in the group did not change so often in the year, where whoever did is in it. */
static void who_changed_in_the_year_is_in_the_group(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof changing / sizeof *changing; i++) {
		struct malgrupp rule = changing[i].rule;
		rule.name = "a";
		const struct settings settings = { .age_groups = 2, .age_group = two_ages, .malgrupp_count = 1, .malgrupp = &rule };
		struct tables tables = { .arena = arena, .settings = &settings };
		struct together_account account;
		struct cube *m02 = new_cube("m02_malgrupp"), *m04 = count_changes(changing[i].least, 10);
		add_ages(m02, "a", 5, 8);
		assert_int_equal(tables_add(&tables, m02, &error), 0);
		assert_int_equal(tables_add(&tables, m04, &error), 0);
		assert_int_equal(together_protect(&tables, 5, &account, &error), 0);
		assert_int_equal(account.stuck, 0);
		bool both = is_printed(m02, "a", "TOT", "TOT") && stands(m04, (const char *const[]){ "2018", "1440", "TOT", changing[i].least });
		assert_int_equal(both, !changing[i].within);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test_setup_teardown(rules_within_rules, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(a_group_between_hides_no_small_difference, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(equal_ages_share_a_status, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(groups_that_split_another_add_up, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(whoever_is_insured_is_in_m04, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(who_changed_in_the_year_is_in_the_group, arena_begin, arena_end) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
