/* Tests of what the tables of exits say of each other beside sums, parts and wholes. */
#include "stages/protect/facts/facts.h"

#include "pipeline/base/date.h"
#include "pipeline/table/settings/settings.h"
#include "tests/stages/protect/cubes.h"

/* The term of a sum that a count of a table's row is. */
static struct term count_of(const struct facts *facts, const struct tables *tables, const char *table, const char *measure, int sign, const char *const *codes)
{
	size_t at = tables_find(tables, table), row = cube_find_named(tables->cube[at], codes);
	assert_true(row != CUBE_NO_ROW);
	uint32_t set = facts->set[at][tables_cell(tables, at, row, cube_measure(tables->cube[at], measure))];
	assert_int_not_equal(set, 0);
	return (struct term){ set - 1, sign };
}
#define COUNT_OF(table, measure, sign, ...) count_of(facts, tables, table, measure, sign, (const char *const[]){ __VA_ARGS__ })

/* How many rows of the system say that the sum of these terms, and of no others, is at least 0; each has the value. */
static size_t times_stated(const struct facts *facts, const struct term *term, size_t terms, int64_t value)
{
	const struct system *system = facts->system;
	size_t times = 0;
	for (size_t row = facts->sets; row < system->rows; row++) {
		size_t found = 0;
		for (size_t t = system->first[row]; t < system->first[row + 1]; t++)
			for (size_t i = 0; i < terms; i++)
				found += system->term[t].index == term[i].index && system->term[t].sign == term[i].sign;
		if (found != terms || system->first[row + 1] - system->first[row] != terms)
			continue;
		assert_int_equal(system->row[row].kind, ROW_HIDDEN);
		assert_int_equal(system->row[row].floor, 0);
		assert_int_equal(system->row[row].value, value);
		times++;
	}
	return times;
}

static struct tables *with(struct cube *one, struct cube *other, struct cube *third, const struct settings *settings)
{
	struct tables *tables = arena_take(arena, 1, sizeof *tables, &error);
	assert_non_null(tables);
	*tables = (struct tables){ .arena = arena, .settings = settings };
	assert_int_equal(tables_add(tables, one, &error) | tables_add(tables, other, &error), 0);
	assert_int_equal(third == NULL ? 0 : tables_add(tables, third, &error), 0);
	return tables;
}

/* Of 30 women 8 had work or studies at the exit, 12 sought work, 9 of them without work or studies: 12 are no more than 9 + 8. 2 had work before: of the 8 at most
   2 have not begun. Where 5 have not (an answer of 0 per cent), nothing is said. */
static void who_seeks_work_and_who_has_begun(void **state)
{
	(void)state;
	for (int contrary = 0; contrary < 2; contrary++) {
		struct cube *i06 = new_cube("i06_resultat"), *i04 = new_cube("i04_sysselsattning");
		PUT(i06, "avslutade", 30, "A", "K");
		PUT(i06, "arbete_eller_studier", 8, "A", "K");
		PUT(i06, "arbetssokande", 9, "A", "K");
		PUT(i06, "borjat_eller_okat", contrary ? 3 : 7, "A", "K");
		PUT(i04, "efter", 12, "A", "K", "AR");
		PUT(i04, "fore", 2, "A", "K", "AO");
		struct tables *tables = with(i06, i04, NULL, NULL);
		struct facts *facts = facts_new(tables, 5, &error);
		assert_non_null(facts);
		const struct term seeking[] = { COUNT_OF("i06_resultat", "arbetssokande", 1, "A", "K"), COUNT_OF("i06_resultat", "arbete_eller_studier", 1, "A", "K"),
			COUNT_OF("i04_sysselsattning", "efter", -1, "A", "K", "AR") };
		const struct term begun[] = { COUNT_OF("i06_resultat", "borjat_eller_okat", 1, "A", "K"), COUNT_OF("i06_resultat", "arbete_eller_studier", -1, "A", "K"),
			COUNT_OF("i04_sysselsattning", "fore", 1, "A", "K", "AO") };
		assert_int_equal(times_stated(facts, seeking, 3, 5), 1);
		assert_int_equal(times_stated(facts, begun, 3, 1), contrary ? 0 : 1);
	}
}

/* Of 10 exits 6 had FS before and 7 IN after, 4 of them both: 6 + 7 − 4 = 9 of the 10. Nobody of the 2 with SP before has IN after: 9 again. */
static void one_support_before_and_another_after(void **state)
{
	(void)state;
	struct cube *i03 = new_cube("i03_forsorjning"), *i11 = new_cube("i11_matris");
	PUT(i03, "fore", 10, "A", "K", "TOT");
	PUT(i03, "fore", 6, "A", "K", "FS");
	PUT(i03, "fore", 2, "A", "K", "SP");
	PUT(i03, "efter", 7, "A", "K", "IN");
	PUT(i11, "avslutade", 4, "A", "K", "FS", "IN");
	struct tables *tables = with(i03, i11, NULL, NULL);
	struct facts *facts = facts_new(tables, 5, &error);
	assert_non_null(facts);
	const struct term both[] = { COUNT_OF("i03_forsorjning", "fore", 1, "A", "K", "TOT"), COUNT_OF("i11_matris", "avslutade", 1, "A", "K", "FS", "IN"),
		COUNT_OF("i03_forsorjning", "fore", -1, "A", "K", "FS"), COUNT_OF("i03_forsorjning", "efter", -1, "A", "K", "IN") };
	const struct term apart[] = { both[0], COUNT_OF("i03_forsorjning", "fore", -1, "A", "K", "SP"), both[3] };
	assert_int_equal(times_stated(facts, both, 4, 1), 1);
	assert_int_equal(times_stated(facts, apart, 3, 1), 1);
}

/* In a period of eight months whoever left after 12 or more had begun before it: 3 and 2 of the 6 who had, not the 4 of 6 to 11 months; in one of twenty
   months, the 2 alone. */
static void longer_than_the_period(void **state)
{
	(void)state;
	for (int years = 0; years < 2; years++) {
		struct settings settings = { .minsta_antal = 5 };
		assert_true(date_read(years ? "2017-01-01" : "2018-01-01", 10, &settings.period_from) && date_read("2018-08-31", 10, &settings.period_to));
		struct cube *i01 = new_cube("i01_deltagare"), *i07 = new_cube("i07_tid_i_insats"), *classes = new_cube("deltagande_atomer");
		static const struct { const char *measure; double count; } counts[] = { { "deltaganden", 20 }, { "nya", 12 }, { "avslutade", 9 }, { "pagaende", 11 } };
		for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
			PUT(i01, counts[i].measure, counts[i].count, "A", "1440", "K");
			PUT(i01, counts[i].measure, counts[i].count, "A", "TOT", "K");
		}
		PUT(classes, "deltaganden", 3, "A", "1440", "K", "ny+avslutad");
		PUT(classes, "deltaganden", 9, "A", "1440", "K", "ny+pagaende");
		PUT(classes, "deltaganden", 6, "A", "1440", "K", "aldre+avslutad");
		PUT(classes, "deltaganden", 2, "A", "1440", "K", "aldre+pagaende");
		PUT(i07, "avslutade", 4, "A", "K", "6-11");
		PUT(i07, "avslutade", 3, "A", "K", "12-17");
		PUT(i07, "avslutade", 2, "A", "K", "24+");
		PUT(i07, "avslutade", 9, "A", "K", "TOT");
		struct tables *tables = with(i01, i07, classes, &settings);
		struct facts *facts = facts_new(tables, 5, &error);
		assert_non_null(facts);
		size_t row = cube_find_named(i01, (const char *const[]){ "A", "TOT", "K" });
		struct term term[] = { { (uint32_t)facts->class_list[0].atom[row * facts->class_list[0].count + 2], 1 },
			COUNT_OF("i07_tid_i_insats", "avslutade", -1, "A", "K", "24+"), COUNT_OF("i07_tid_i_insats", "avslutade", -1, "A", "K", "12-17") };
		assert_int_equal(times_stated(facts, term, 3, 1), years ? 0 : 1);
		assert_int_equal(times_stated(facts, term, 2, 4), years ? 1 : 0);
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
