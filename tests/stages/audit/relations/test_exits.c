/* Tests of what the auditor takes tables of exits to say of each other. */
#include "stages/audit/relations/exits.h"

#include "pipeline/base/date.h"
#include "stages/audit/relations/relations.h"
#include "tests/stages/protect/cubes.h"

/* The tables as published, their relations stated, and what that leaves of the count of `table`'s last row: from *low to *high. */
static void judge(struct cube *const *cube, size_t cubes, size_t table, size_t measure, const struct settings *settings, int64_t *low, int64_t *high)
{
	struct published published = { .arena = arena, .minimum = 5, .knowledge = knowledge_new(arena, &error) };
	for (size_t i = 0; i < cubes; i++)
		assert_int_equal(published_add(&published, cube[i], NULL, &error), 0);
	assert_int_equal(relations_state(&published, &error) | exits_state_longer(&published, settings, &error), 0);
	assert_int_equal(knowledge_tighten(published.knowledge, 100, &error), 0);
	size_t at = (cube[table]->rows - 1) * cube[table]->table->measures + measure;
	*low = published.knowledge->low[published.table[table].variable[at]];
	*high = published.knowledge->high[published.table[table].variable[at]];
}

/* Withholds a count of the row that was put last. */
static void withhold(struct cube *cube, const char *measure)
{
	cube_cell(cube, cube->rows - 1, cube_measure(cube, measure))->status = CELL_PROTECTED;
}

/* 12 seek work, and 8 have work or studies: of the others who seek it there are at least 4. 2 had work before, so that at least 6 of the 8 have begun. */
static void who_seeks_work_and_who_has_begun(void **state)
{
	(void)state;
	for (size_t m = 0; m < 2; m++) {
		const char *measure = m == 0 ? "arbetssokande" : "borjat_eller_okat";
		struct cube *i06 = new_cube("i06_resultat"), *i04 = new_cube("i04_sysselsattning");
		PUT(i04, "efter", 12, "A", "K", "AR");
		PUT(i04, "fore", 2, "A", "K", "AO");
		PUT(i04, "efter", 8, "A", "K", "AO");
		PUT(i06, "avslutade", 30, "A", "K");
		PUT(i06, "arbete", 8, "A", "K");
		PUT(i06, "arbete_eller_studier", 8, "A", "K");
		PUT(i06, "arbetssokande", 9, "A", "K");
		PUT(i06, "borjat_eller_okat", 7, "A", "K");
		withhold(i06, measure);
		int64_t low, high;
		judge((struct cube *const[]){ i06, i04 }, 2, 0, cube_measure(i06, measure), NULL, &low, &high);
		assert_int_equal(low, m == 0 ? 4 : 6);
	}
}

/* Of 10 exits 6 had FS before, 4 of them IN after: of the other 4 none or all may have it. Nobody has both: 4 at most have it. */
static void one_support_before_and_another_after(void **state)
{
	(void)state;
	for (int both = 0; both < 2; both++) {
		struct cube *i03 = new_cube("i03_forsorjning"), *i11 = new_cube("i11_matris");
		PUT(i03, "fore", 10, "A", "K", "TOT");
		PUT(i03, "efter", 10, "A", "K", "TOT");
		PUT(i03, "fore", 6, "A", "K", "FS");
		PUT(i03, "efter", both ? 7 : 3, "A", "K", "IN");
		withhold(i03, "efter");
		PUT(i11, "avslutade", both ? 4 : 0, "A", "K", "FS", "IN");
		int64_t low, high;
		judge((struct cube *const[]){ i03, i11 }, 2, 0, cube_measure(i03, "efter"), NULL, &low, &high);
		assert_int_equal(high, both ? 8 : 4);
	}
}

/* 6 of 20 had begun before the period of eight months, and 2 of them left after 24 months or more: at most 4 left after 12 to 17. In one of twenty months nothing
   is said of them. */
static void longer_than_the_period(void **state)
{
	(void)state;
	for (int years = 0; years < 2; years++) {
		struct settings settings = { .minsta_antal = 5 };
		assert_true(date_read(years ? "2017-01-01" : "2018-01-01", 10, &settings.period_from) && date_read("2018-08-31", 10, &settings.period_to));
		struct cube *i01 = new_cube("i01_deltagare"), *i07 = new_cube("i07_tid_i_insats");
		static const struct { const char *measure; double count; } counts[] = { { "deltaganden", 20 }, { "personer", 20 }, { "nya", 14 }, { "avslutade", 12 }, { "pagaende", 8 } };
		for (size_t i = 0; i < 2 * sizeof counts / sizeof *counts; i++)
			PUT(i01, counts[i / 2].measure, counts[i / 2].count, "A", i % 2 == 0 ? "1440" : "TOT", "K");
		PUT(i07, "avslutade", 12, "A", "K", "TOT");
		PUT(i07, "avslutade", 2, "A", "K", "24+");
		PUT(i07, "avslutade", 7, "A", "K", "6-11");
		withhold(i07, "avslutade");
		PUT(i07, "avslutade", 3, "A", "K", "12-17");
		withhold(i07, "avslutade");
		int64_t low, high;
		judge((struct cube *const[]){ i01, i07 }, 2, 1, 0, &settings, &low, &high);
		assert_int_equal(high, years ? 9 : 4);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(who_seeks_work_and_who_has_begun, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(one_support_before_and_another_after, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(longer_than_the_period, arena_begin, arena_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
