/* Tests of group disclosure: bases with one category, and bases of one kön or age. */
#include "stages/protect/figures/group.h"

#include "stages/protect/rules/counts.h"
#include "stages/protect/rules/follow.h"
#include "tests/stages/protect/cubes.h"

#define MINIMUM 5

static struct tables tables;
static struct cube *i01, *i03, *i05, *m01, *atoms;

/* Twenty women and thirty men exit from A in two kommuner. All had försörjningsstöd before, the women all have sjukpenning after; avslut
   differ. In B all is mixed. */
static int begin(void **state)
{
	if (arena_begin(state) != 0)
		return -1;
	tables = (struct tables){ .arena = arena };
	i01 = new_cube("i01_deltagare");
	i03 = new_cube("i03_forsorjning");
	i05 = new_cube("i05_avslut");
	m01 = new_cube("m01_forsorjningsmatt");
	atoms = new_cube("deltagande_atomer");
	static const char *const kon[] = { "K", "M", "TOT" }, *const insats[] = { "A", "B", "TOT" };
	static const double exits[] = { 20, 30, 50 };
	for (size_t s = 0; s < 3; s++) {
		for (size_t i = 0; i < 3; i++) {
			static const char *const counts[] = { "deltaganden", "personer", "avslutade" };
			double times = i == 2 ? 2 : 1;
			for (size_t c = 0; c < 3; c++) {
				PUT(i01, counts[c], times * exits[s] * 0.4, insats[i], "1440", kon[s]);
				PUT(i01, counts[c], times * exits[s] * 0.6, insats[i], "1482", kon[s]);
				PUT(i01, counts[c], times * exits[s], insats[i], "TOT", kon[s]);
			}
			if (i < 2 && s < 2) {
				PUT(atoms, "deltaganden", exits[s] * 0.4, insats[i], "1440", kon[s], "aldre+avslutad");
				PUT(atoms, "deltaganden", exits[s] * 0.6, insats[i], "1482", kon[s], "aldre+avslutad");
			}
			if (i == 2)
				continue;
			PUT(i03, "fore", exits[s], insats[i], kon[s], "TOT");
			PUT(i03, "efter", exits[s], insats[i], kon[s], "TOT");
			PUT(i05, "avslutade", exits[s], insats[i], kon[s], "TOT");
			PUT(i05, "avslutade", exits[s] / 2, insats[i], kon[s], "01");
			PUT(i05, "avslutade", exits[s] / 2, insats[i], kon[s], "02");
			PUT(i03, "fore", i == 0 ? exits[s] : exits[s] / 2, insats[i], kon[s], "FS");
		}
		PUT(i03, "fore", exits[s] / 2, "B", kon[s], "SP");
		PUT(i03, "efter", exits[s] / 2, "B", kon[s], "SP");
		PUT(i03, "efter", exits[s] / 2, "B", kon[s], "FS");
	}
	PUT(i03, "efter", 20, "A", "K", "SP");
	PUT(i03, "efter", 35, "A", "TOT", "SP");
	PUT(i03, "efter", 15, "A", "M", "SP");
	PUT(i03, "efter", 15, "A", "M", "FS");
	PUT(i03, "efter", 15, "A", "TOT", "FS");
	PUT(m01, "personer", 12, "2020", "1440", "K", "FS");
	PUT(m01, "personer", 12, "2020", "1440", "K", "BISTAND");
	PUT(m01, "personer", 12, "2020", "1440", "K", "TOT");
	PUT(m01, "personer", 9, "2020", "1440", "M", "FS");
	PUT(m01, "personer", 9, "2020", "1440", "M", "BISTAND");
	PUT(m01, "personer", 8, "2020", "1440", "M", "SP");
	PUT(m01, "personer", 8, "2020", "1440", "M", "OHALSA");
	PUT(m01, "personer", 14, "2020", "1440", "M", "TOT");
	struct cube *all[] = { i01, i03, i05, m01, atoms };
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (cube_sort(all[i], &error) != 0 || tables_add(&tables, all[i], &error) != 0)
			return -1;
	return group_demand(&tables, &error);
}

static bool demanded(const struct cube *cube, const char *measure, const char *const *codes)
{
	size_t row = cube_find_named(cube, codes);
	assert_true(row != CUBE_NO_ROW);
	return *tables_demand(&tables, tables_find(&tables, cube->table->name), row, cube_measure(cube, measure));
}
#define DEMANDED(cube, measure, ...) demanded(cube, measure, (const char *const[]){ __VA_ARGS__ })

static void the_base_and_its_only_category(void **state)
{
	(void)state;
	assert_true(DEMANDED(i03, "fore", "A", "K", "FS"));
	assert_true(DEMANDED(i03, "fore", "A", "TOT", "FS"));
	assert_true(DEMANDED(i03, "efter", "A", "K", "SP"));
	assert_true(DEMANDED(i01, "avslutade", "A", "TOT", "K"));
	assert_true(DEMANDED(i01, "avslutade", "A", "TOT", "TOT"));
	assert_false(DEMANDED(i01, "avslutade", "A", "1440", "K")); /* no table tells their category */
}

static void two_categories_tell_nothing(void **state)
{
	(void)state;
	assert_false(DEMANDED(i03, "efter", "A", "M", "SP"));
	assert_false(DEMANDED(i03, "fore", "B", "K", "FS"));
	assert_false(DEMANDED(i05, "avslutade", "A", "K", "01"));
	assert_false(DEMANDED(i01, "avslutade", "B", "TOT", "K"));
}

/* The group and the total hold the same persons as their only förmån. */
static void a_forman_takes_its_groups(void **state)
{
	(void)state;
	assert_true(DEMANDED(m01, "personer", "2020", "1440", "K", "FS"));
	assert_true(DEMANDED(m01, "personer", "2020", "1440", "K", "BISTAND"));
	assert_true(DEMANDED(m01, "personer", "2020", "1440", "K", "TOT"));
	assert_false(DEMANDED(m01, "personer", "2020", "1440", "M", "FS"));
	assert_false(DEMANDED(m01, "personer", "2020", "1440", "M", "TOT"));
}

/* Through the rules of i01 and i03: base and category are withheld in every table that prints them, with others. */
static void what_is_demanded_is_withheld_everywhere(void **state)
{
	(void)state;
	bool again = true;
	for (int round = 0; again; round++) {
		assert_true(round < 20);
		again = false;
		for (size_t i = 0; i < protect_rule_count; i++) {
			assert_int_equal(counts_protect(&tables, &(const struct rule *){ &protect_rules[i] }, 1, MINIMUM, &again, &error), 0);
			follow_same(&tables);
		}
	}
	static const char *const total[] = { "A", "K", "TOT" }, *const category[] = { "A", "K", "FS" };
	assert_true(tables_measure_withheld(&tables, 1, cube_find_named(i03, total), "fore"));
	assert_true(tables_measure_withheld(&tables, 1, cube_find_named(i03, category), "fore"));
	assert_true(tables_measure_withheld(&tables, 2, cube_find_named(i05, total), "avslutade"));
}

/* All of 1440 aged 16-19 are women; all men of 1482 are 16-19. Small bases are not
   noted. */
static void one_kon_or_age_is_noted(void **state)
{
	(void)state;
	struct cube *cube = new_cube("m02_malgrupp");
	size_t noted;
	PUT(cube, "personer", 9, "2020", "g", "1440", "K", "16-19");
	PUT(cube, "personer", 9, "2020", "g", "1440", "TOT", "16-19");
	PUT(cube, "personer", 7, "2020", "g", "1440", "K", "20-24");
	PUT(cube, "personer", 7, "2020", "g", "1440", "M", "20-24");
	PUT(cube, "personer", 14, "2020", "g", "1440", "TOT", "20-24");
	PUT(cube, "personer", 6, "2020", "g", "1482", "M", "16-19");
	PUT(cube, "personer", 6, "2020", "g", "1482", "M", "TOT");
	PUT(cube, "personer", 3, "2020", "g", "1407", "M", "16-19");
	PUT(cube, "personer", 3, "2020", "g", "1407", "M", "TOT");
	assert_int_equal(group_noted(cube, MINIMUM, &noted, arena, &error), 0);
	assert_int_equal(noted, 2); /* 1440 of 16-19: women only; men of 1482: one age */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_base_and_its_only_category, begin, arena_end),
		cmocka_unit_test_setup_teardown(two_categories_tell_nothing, begin, arena_end),
		cmocka_unit_test_setup_teardown(a_forman_takes_its_groups, begin, arena_end),
		cmocka_unit_test_setup_teardown(what_is_demanded_is_withheld_everywhere, begin, arena_end),
		cmocka_unit_test_setup_teardown(one_kon_or_age_is_noted, begin, arena_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
