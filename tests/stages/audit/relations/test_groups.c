/* Tests of groups within groups as the auditor sees them. */
#include "stages/audit/relations/groups.h"
#include "stages/audit/relations/relations.h"

#include "tests/stages/protect/groups.h"

/* Small differences between groups of 27 + 40 and `young` + `old`; SIZE_MAX where what is printed cannot be. */
static size_t differences(const struct malgrupp *first, const struct malgrupp *second, double young, double old)
{
	struct malgrupp list[2];
	const struct settings settings = settings_of(first, second, list);
	struct published published = { .arena = arena, .minimum = 5, .knowledge = knowledge_new(arena, &error) };
	struct cube *m02 = new_cube("m02_malgrupp");
	add_ages(m02, "a", 27, 40);
	add_ages(m02, "b", young, old);
	assert_int_equal(published_add(&published, m02, m02, &error), 0);
	int result = groups_state(&published, &settings, &error);
	error = (struct error){ 0 };
	return result != 0 ? SIZE_MAX : published.differences;
}

/* Of 27 and 30 persons the difference tells where the one group holds the other: in the age and in all ages, of two kommuner and two kön. */
static void rules_within_rules(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof nested / sizeof *nested; i++) {
		const struct nested *pair = &nested[i];
		size_t found = differences(&pair->first, &pair->second, 30, 40);
		if (pair->within && pair->holds)
			assert_int_equal(found, SIZE_MAX); /* the same persons, and not as many */
		else if (pair->within)
			assert_int_equal(found, 8);
		else if (pair->holds)
			assert_int_equal(found, SIZE_MAX); /* fewer than a part of them */
		else
			assert_int_equal(found, 0);
	}
}

/* Those of 20–24 are all in both. */
static void equal_ages(void **state)
{
	(void)state;
	assert_int_equal(differences(&nested[0].first, &nested[0].second, 40, 40), 0);
	assert_int_equal(differences(&nested[0].first, &nested[0].second, 40, 41), SIZE_MAX);
	static const char *const kvinnor[] = { "K" };
	const struct malgrupp sick = { ANY, .fk = WORDS(fk_codes, 1) }, women = { ANY, .fk = WORDS(fk_codes, 1), .kon = WORDS(kvinnor, 1) };
	assert_int_equal(differences(&women, &sick, 27, 40), 0);
	assert_int_equal(differences(&women, &sick, 30, 40), SIZE_MAX); /* among women they are the same */
	const struct malgrupp first = { .minst_parter = 2, .age_from = 18, .age_to = 40 }, second = { .minst_parter = 2, .age_from = 17, .age_to = 30 };
	assert_int_equal(differences(&first, &second, 30, 40), 4); /* the one within the other up to 30, but not of all ages */
}

/* The women of three groups are the 6 of the fourth, which is printed: 1 to 4 each. */
static void groups_that_split_another(void **state)
{
	(void)state;
	struct published published = { .arena = arena, .minimum = 5, .knowledge = knowledge_new(arena, &error) };
	struct cube *m02 = count_slices();
	for (size_t row = 0; row < m02->rows; row++)
		if (cube_cell(m02, row, 0)->number < 5)
			cube_cell(m02, row, 0)->status = CELL_PROTECTED;
	assert_int_equal(published_add(&published, m02, m02, &error), 0);
	assert_int_equal(groups_state(&published, &of_slices, &error), 0);
	assert_int_equal(knowledge_tighten(published.knowledge, 10, &error), 0);
	size_t row = cube_find_named(m02, (const char *const[]){ "2018", "a", "1440", "K", "16-19" });
	size_t variable = published.table[0].variable[row * m02->table->measures + cube_measure(m02, "personer")];
	assert_int_equal(published.knowledge->low[variable], 1);
	assert_int_equal(published.knowledge->high[variable], 4);
}

/* The auditor finds the same: by the rules of groups, and for all who are paid by the relations of m01. */
static void whoever_is_insured_is_in_m04(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof insured / sizeof *insured; i++) {
		struct malgrupp rule = insured[i].rule;
		rule.name = "a";
		const struct settings settings = { .age_groups = 2, .age_group = two_ages, .malgrupp_count = 1, .malgrupp = &rule };
		struct published published = { .arena = arena, .minimum = 5, .knowledge = knowledge_new(arena, &error) };
		struct cube *m04, *other = count_insured(&insured[i], &m04);
		assert_int_equal(published_add(&published, other, other, &error), 0);
		assert_int_equal(published_add(&published, m04, m04, &error), 0);
		assert_int_equal(groups_state(&published, &settings, &error), 0);
		assert_int_equal(relations_state(&published, &error), 0);
		assert_int_equal(published.differences > 0, insured[i].within);
	}
}

/* 13 in the group and 10 who changed as often in the year: 3 did not, in one kommun and kön and in all. Twenty of them would be more than there are. */
static void who_changed_in_the_year_is_in_the_group(void **state)
{
	(void)state;
	for (size_t i = 0; i < 2 * sizeof changing / sizeof *changing; i++) {
		const struct changing *of = &changing[i / 2];
		struct malgrupp rule = of->rule;
		rule.name = "a";
		const struct settings settings = { .age_groups = 2, .age_group = two_ages, .malgrupp_count = 1, .malgrupp = &rule };
		struct published published = { .arena = arena, .minimum = 5, .knowledge = knowledge_new(arena, &error) };
		struct cube *m02 = new_cube("m02_malgrupp"), *m04 = count_changes(of->least, i % 2 == 0 ? 10 : 20);
		add_ages(m02, "a", 5, 8);
		assert_int_equal(published_add(&published, m02, m02, &error), 0);
		assert_int_equal(published_add(&published, m04, m04, &error), 0);
		int result = groups_state(&published, &settings, &error);
		error = (struct error){ 0 };
		assert_int_equal(result, of->within && i % 2 == 1 ? -1 : 0);
		assert_int_equal(published.differences, of->within && i % 2 == 0 ? 4 : 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test_setup_teardown(rules_within_rules, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(equal_ages, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(groups_that_split_another, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(whoever_is_insured_is_in_m04, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(who_changed_in_the_year_is_in_the_group, arena_begin, arena_end) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
