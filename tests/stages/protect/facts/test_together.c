/* Tests of counts protected together: sums in every direction, equal sets, differences, parts that do not touch each other. */
#include "stages/protect/facts/together.h"

#include <stdio.h>
#include <string.h>

#include "tests/stages/protect/cubes.h"

static bool withheld(const struct tables *tables, const struct cube *cube, const char *measure, const char *const *codes)
{
	size_t table = tables_find(tables, cube->table->name), row = cube_find_named(cube, codes);
	assert_true(row != CUBE_NO_ROW);
	return tables_measure_withheld(tables, table, row, measure);
}
/* ---- persons and participations, all possible tables written down ---- */

enum { WOMEN, MEN, BOTH };
static const char *const of_kon[] = { "K", "M", "TOT" };

/* One insats in one kommun, so that each row stands four times; all took part before and go on. */
static struct cube *persons_cube(const int took_part[3], const int persons[3])
{
	static const char *const insats[] = { "A", "TOT" }, *const kommun[] = { "1440", "TOT" };
	struct cube *i01 = new_cube("i01_deltagare");
	for (size_t i = 0; i < 12; i++) {
		const char *codes[] = { insats[i / 6], kommun[i / 3 % 2], of_kon[i % 3] };
		put(i01, "deltaganden", took_part[i % 3], codes);
		put(i01, "pagaende", took_part[i % 3], codes);
		put(i01, "personer", persons[i % 3], codes);
		put(i01, "nya", 0, codes);
		put(i01, "avslutade", 0, codes);
	}
	return i01;
}

/* The classes of these participations, which no table prints: all took part before and go on. */
static struct cube *classes_cube(const int took_part[3])
{
	struct cube *classes = new_cube("deltagande_atomer");
	for (size_t i = 0; i < 2; i++)
		PUT(classes, "deltaganden", took_part[i], "A", "1440", of_kon[i], "aldre+pagaende");
	return classes;
}

/* Whether some row that is of these persons prints the measure. */
static bool is_printed(const struct cube *i01, const char *measure, const char *kon)
{
	for (size_t row = 0; row < i01->rows; row++)
		if (strcmp(cube_code_of(i01, row, 2), kon) == 0 &&
			cube_cell(i01, row, cube_measure(i01, measure))->status == CELL_PUBLISHED)
			return true;
	return false;
}

/* Participations of women, of men and of both, persons likewise; persons who are not among the women, or not among the men; participations beyond a
   person's first, of each; and those who are women and men. */
enum { NUMBERS = 12 };
static void numbers_of(const int took_part[3], const int persons[3], int number[NUMBERS])
{
	for (int i = 0; i < 3; i++) {
		number[i] = took_part[i];
		number[3 + i] = persons[i];
		number[8 + i] = took_part[i] - persons[i];
	}
	number[6] = persons[BOTH] - persons[WOMEN];
	number[7] = persons[BOTH] - persons[MEN];
	number[11] = persons[WOMEN] + persons[MEN] - persons[BOTH];
}

/* The least and greatest value of each number in all tables that agree with the print. */
static void write_down(const int value[NUMBERS], const bool printed[6], int least[NUMBERS], int most[NUMBERS])
{
	enum { LIMIT = 24 };
	for (int w = 1; w <= LIMIT; w++)
		for (int m = 1; m <= LIMIT; m++)
			for (int k = 1; k <= w; k++)
				for (int n = 1; n <= m; n++)
					for (int p = k > n ? k : n; p <= k + n; p++) {
						int table[NUMBERS];
						bool agrees = true;
						numbers_of((const int[]){ w, m, w + m }, (const int[]){ k, n, p }, table);
						for (size_t i = 0; i < 6; i++)
							agrees = agrees && (!printed[i] || table[i] == value[i]);
						for (size_t i = 0; i < NUMBERS && agrees; i++) {
							least[i] = table[i] < least[i] ? table[i] : least[i];
							most[i] = table[i] > most[i] ? table[i] : most[i];
						}
					}
}

/* Who take part more than once, and women who come again as men by a later record, are few: persons lie between the largest part and the
   sum of parts. A whole in which nobody comes twice has no part in which somebody does. Those of the whole who are not in the one part are
   few, too; so are those who come again, and those who do as men. */
static void persons_and_participations(void **state)
{
	size_t small = 0;
	for (unsigned seed = 0; seed < 120; seed++) {
		(void)arena_end(state);
		assert_int_equal(arena_begin(state), 0);
		int women = 1 + (int)(seed * 7 % 6), men = 2 + (int)(seed * 5 % 9), again = seed % 3 == 0 ? 1 : 0;
		int took_part[] = { women, men + again, women + men + again }, persons[] = { women, men, women + men - (seed % 7 == 0 && women > 1) };
		int value[NUMBERS], least[NUMBERS], most[NUMBERS] = { 0 };
		numbers_of(took_part, persons, value);
		for (size_t i = 0; i < NUMBERS; i++)
			least[i] = 99;
		struct tables tables = { .arena = arena };
		struct together_account account;
		struct cube *i01 = persons_cube(took_part, persons);
		assert_int_equal(tables_add(&tables, i01, &error), 0);
		assert_int_equal(tables_add(&tables, classes_cube(took_part), &error), 0);
		assert_int_equal(together_protect(&tables, 5, &account, &error), 0);
		assert_int_equal(account.stuck, 0);
		bool printed[6];
		for (size_t i = 0; i < 3; i++) {
			printed[i] = is_printed(i01, "deltaganden", of_kon[i]) || is_printed(i01, "pagaende", of_kon[i]);
			printed[3 + i] = is_printed(i01, "personer", of_kon[i]);
		}
		write_down(value, printed, least, most);
		for (size_t i = 0; i < NUMBERS; i++) {
			if (value[i] >= 5 || value[i] == 0)
				continue;
			small++;
			assert_true(most[i] >= 5);
			assert_true(most[i] - least[i] >= 4);
		}
	}
	assert_true(small > 200);
}

#define WITHHELD(cube, measure, ...) withheld(&tables, cube, measure, (const char *const[]){ __VA_ARGS__ })

static const char *const kommuner[] = { "1401", "1402", "1440" }, *const kon[] = { "K", "M" };

/* A målgrupp in three kommuner by kön, of one age, with its margins. */
static void add_group(struct cube *m02, const char *name, const double count[3][2])
{
	double sex[2] = { 0, 0 };
	for (size_t k = 0; k < 3; k++) {
		for (size_t s = 0; s < 2; s++) {
			sex[s] += count[k][s];
			PUT(m02, "personer", count[k][s], "2018", name, kommuner[k], kon[s], "16-29");
			PUT(m02, "personer", count[k][s], "2018", name, kommuner[k], kon[s], "TOT");
		}
		PUT(m02, "personer", count[k][0] + count[k][1], "2018", name, kommuner[k], "TOT", "16-29");
		PUT(m02, "personer", count[k][0] + count[k][1], "2018", name, kommuner[k], "TOT", "TOT");
	}
	for (size_t s = 0; s < 2; s++) {
		PUT(m02, "personer", sex[s], "2018", name, "TOT", kon[s], "16-29");
		PUT(m02, "personer", sex[s], "2018", name, "TOT", kon[s], "TOT");
	}
	PUT(m02, "personer", sex[0] + sex[1], "2018", name, "TOT", "TOT", "16-29");
	PUT(m02, "personer", sex[0] + sex[1], "2018", name, "TOT", "TOT", "TOT");
}

static const double with_small[3][2] = { { 3, 40 }, { 50, 60 }, { 70, 80 } }, without_small[3][2] = { { 30, 40 }, { 50, 60 }, { 0, 80 } };

/* By hand: 3 women in 1401 give way with three others that a sum of two finer cells each balances; totals are dearer and stay. The
   age is the only one, so that each cell with it is the same set as its margin and shares its status. */
static void a_small_count_takes_a_square_with_it(void **state)
{
	(void)state;
	struct tables tables = { .arena = arena };
	struct together_account account;
	struct cube *m02 = new_cube("m02_malgrupp");
	add_group(m02, "liten", with_small);
	assert_int_equal(tables_add(&tables, m02, &error), 0);
	assert_int_equal(together_protect(&tables, 5, &account, &error), 0);
	assert_int_equal(account.targets, 1);
	assert_int_equal(account.stuck, 0);
	assert_true(WITHHELD(m02, "personer", "2018", "liten", "1401", "K", "16-29"));
	assert_true(WITHHELD(m02, "personer", "2018", "liten", "1401", "K", "TOT"));
	assert_true(WITHHELD(m02, "personer", "2018", "liten", "1401", "M", "TOT"));
	bool second = WITHHELD(m02, "personer", "2018", "liten", "1402", "K", "TOT");
	assert_true(second != WITHHELD(m02, "personer", "2018", "liten", "1440", "K", "TOT"));
	assert_int_equal(second, WITHHELD(m02, "personer", "2018", "liten", "1402", "M", "TOT"));
	for (size_t k = 0; k < 3; k++)
		assert_false(WITHHELD(m02, "personer", "2018", "liten", kommuner[k], "TOT", "TOT"));
	assert_false(WITHHELD(m02, "personer", "2018", "liten", "TOT", "K", "TOT"));
	assert_false(WITHHELD(m02, "personer", "2018", "liten", "TOT", "TOT", "TOT"));
}

/* A group without small counts stands beside another: nothing of it is withheld, least of all its 0. */
static void parts_do_not_touch_each_other(void **state)
{
	(void)state;
	struct tables tables = { .arena = arena };
	struct together_account account;
	struct cube *m02 = new_cube("m02_malgrupp");
	add_group(m02, "liten", with_small);
	add_group(m02, "stor", without_small);
	assert_int_equal(tables_add(&tables, m02, &error), 0);
	assert_int_equal(together_protect(&tables, 5, &account, &error), 0);
	for (size_t row = 0; row < m02->rows; row++)
		if (strcmp(cube_code_of(m02, row, 1), "stor") == 0)
			assert_false(tables_measure_withheld(&tables, 0, row, "personer"));
}

/* Those who came to AF by the year's last month (m07) are those in AF that month (m03): one set, one status. They are 2. */
static void equal_sets_share_a_status(void **state)
{
	(void)state;
	struct tables tables = { .arena = arena };
	struct together_account account;
	struct cube *m03 = new_cube("m03_samtidighet"), *m07 = new_cube("m07_floden");
	static const char *const places[] = { "1401", "TOT" };
	for (size_t k = 0; k < 2; k++) {
		PUT(m03, "personer", 2, "2018-12", places[k], "AF");
		PUT(m03, "personer", 40, "2018-12", places[k], "FK");
		PUT(m03, "personer", 30, "2018-12", places[k], "KOM");
		PUT(m03, "personer", 72, "2018-12", places[k], "TOT");
		PUT(m07, "personer", 2, "2018", places[k], "FK", "AF");
		PUT(m07, "personer", 40, "2018", places[k], "FK", "FK");
		PUT(m07, "personer", 30, "2018", places[k], "FK", "KOM");
		PUT(m07, "personer", 72, "2018", places[k], "FK", "TOT");
		PUT(m07, "personer", 2, "2018", places[k], "TOT", "AF");
		PUT(m07, "personer", 40, "2018", places[k], "TOT", "FK");
		PUT(m07, "personer", 30, "2018", places[k], "TOT", "KOM");
		PUT(m07, "personer", 72, "2018", places[k], "TOT", "TOT");
	}
	assert_int_equal(tables_add(&tables, m03, &error), 0);
	assert_int_equal(tables_add(&tables, m07, &error), 0);
	assert_int_equal(together_protect(&tables, 5, &account, &error), 0);
	static const char *const parties[] = { "AF", "FK", "KOM" };
	size_t count = 0;
	for (size_t p = 0; p < 3; p++) {
		bool here = WITHHELD(m03, "personer", "2018-12", "1401", parties[p]);
		count += here;
		assert_int_equal(here, WITHHELD(m03, "personer", "2018-12", "TOT", parties[p]));
		assert_int_equal(here, WITHHELD(m07, "personer", "2018", "1401", "TOT", parties[p]));
		assert_int_equal(here, WITHHELD(m07, "personer", "2018", "1401", "FK", parties[p]));
	}
	assert_true(WITHHELD(m03, "personer", "2018-12", "1401", "AF"));
	assert_int_equal(count, 2);
	assert_false(WITHHELD(m03, "personer", "2018-12", "1401", "TOT"));
}

/* 12 exits, of whom 10 had SP before: the 2 without it can be had by a subtraction, so one of the two goes. With 10 of 20 none does. */
static void a_small_difference_is_protected(void **state)
{
	(void)state;
	for (size_t exits = 12; exits <= 20; exits += 8) {
		struct tables tables = { .arena = arena };
		struct together_account account;
		struct cube *i03 = new_cube("i03_forsorjning");
		static const char *const both[] = { "K", "TOT" };
		for (size_t s = 0; s < 2; s++) {
			PUT(i03, "fore", (double)exits, "A", both[s], "TOT");
			PUT(i03, "fore", 10, "A", both[s], "SP");
		}
		assert_int_equal(tables_add(&tables, i03, &error), 0);
		struct cube *i01 = new_cube("i01_deltagare");
		for (size_t s = 0; s < 2; s++)
			PUT(i01, "avslutade", (double)exits, "A", "TOT", both[s]);
		assert_int_equal(tables_add(&tables, i01, &error), 0);
		assert_int_equal(together_protect(&tables, 5, &account, &error), 0);
		bool gone = WITHHELD(i03, "fore", "A", "K", "SP") || WITHHELD(i03, "fore", "A", "K", "TOT");
		assert_int_equal(gone, exits == 12);
	}
}

/* So many counts of one person in m02, and of many. */
static void put_counts(struct cube *m02, size_t ones, size_t many)
{
	char code[32];
	for (size_t i = 0; i < ones + many; i++) {
		(void)snprintf(code, sizeof code, "%05zu", i);
		PUT(m02, "personer", i < ones ? 1 : 100, "2018", code, "1401", "K", "16-29");
	}
}

static bool by_itself(size_t ones, size_t many)
{
	struct tables tables = { .arena = arena };
	struct cube *m02 = new_cube("m02_malgrupp");
	assert_int_equal(tables_add(&tables, m02, &error), 0);
	put_counts(m02, ones, many);
	return together_by_itself(&tables, 5);
}

/* Above the number of small cells that the engine works by itself the rules begin; of fewer where most counts are small. */
static void of_very_many_small_counts_the_rules_find_tables_first(void **state)
{
	(void)state;
	assert_true(by_itself(32000, 21334));
	assert_false(by_itself(32001, 21335));
	assert_true(by_itself(12001, 8001));
	assert_false(by_itself(12001, 8000)); /* more than 0.6 of 20 001 */
	assert_true(by_itself(12000, 0));
}

/* Likewise of fewer, where they hang together over the months of several years. */
static void of_many_small_counts_of_several_years_too(void **state)
{
	(void)state;
	for (size_t months = 12; months <= 13; months++) {
		struct tables tables = { .arena = arena };
		struct cube *m02 = new_cube("m02_malgrupp"), *m06 = new_cube("m06_manad"), *i13 = new_cube("i13_overlevnad");
		char code[32];
		assert_int_equal(tables_add(&tables, i13, &error), 0);
		for (size_t month = 0; month <= 60; month++) { /* since a start: of no period */
			(void)snprintf(code, sizeof code, "%zu", month);
			PUT(i13, "kvar", 100, "A", "TOT", code);
		}
		assert_int_equal(tables_add(&tables, m02, &error), 0);
		assert_int_equal(tables_add(&tables, m06, &error), 0);
		for (size_t month = 0; month < months; month++) {
			(void)snprintf(code, sizeof code, "%zu-%02zu", 2018 + month / 12, 1 + month % 12);
			PUT(m06, "personer", 100, code, "1401", "K", "16-29", "AF");
		}
		put_counts(m02, 16001, 16000);
		assert_int_equal(together_by_itself(&tables, 5), months == 12);
	}
}

/* So they do where the tables of many kommuner hang together, however few of the counts are small. */
static void of_many_kommuner_the_rules_find_tables_first(void **state)
{
	(void)state;
	for (size_t codes = 40; codes <= 41; codes++) {
		struct tables tables = { .arena = arena };
		struct cube *m02 = new_cube("m02_malgrupp");
		for (size_t i = 0; i < codes; i++) {
			char code[32];
			(void)snprintf(code, sizeof code, "%04zu", i);
			PUT(m02, "personer", 100, "2018", "annan", code, "K", "16-29");
		}
		PUT(m02, "personer", 100 * (double)codes, "2018", "annan", "TOT", "K", "16-29");
		assert_int_equal(tables_add(&tables, m02, &error), 0);
		assert_int_equal(together_by_itself(&tables, 5), codes == 40);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_small_count_takes_a_square_with_it, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(parts_do_not_touch_each_other, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(equal_sets_share_a_status, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(a_small_difference_is_protected, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(persons_and_participations, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(of_very_many_small_counts_the_rules_find_tables_first, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(of_many_small_counts_of_several_years_too, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(of_many_kommuner_the_rules_find_tables_first, arena_begin, arena_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
