/* Tests of months and the year that holds them. */
#include "stages/protect/facts/facts.h"
#include "stages/protect/facts/together.h"

#include "pipeline/base/date.h"
#include "pipeline/table/settings/settings.h"
#include "stages/protect/past/past.h"
#include "tests/stages/protect/month.h"
#include "tests/table/files.h"

/* In m01 the women and men are withheld, in m06 the women and those of unknown kön: each table by itself leaves the three women open, but in a year of one
   month the men are printed in the one and the others in the other. */
static void a_year_of_one_month_is_that_month(void **state)
{
	(void)state;
	const struct settings settings = { .period_from = 0 };
	struct tables tables = { .arena = arena, .settings = &settings };
	struct together_account account;
	struct cube *m01 = count_year(), *m06 = count_month();
	(void)is_told(m01, "M", true);
	(void)is_told(m06, "X", true);
	assert_int_equal(tables_add(&tables, m01, &error), 0);
	assert_int_equal(tables_add(&tables, m06, &error), 0);
	assert_int_equal(together_protect(&tables, 5, &account, &error), 0);
	assert_int_equal(account.stuck, 0);
	assert_true(tables.months);
	bool told[4];
	for (size_t i = 0; i < 4; i++)
		told[i] = is_told(m01, kon_of_month[i], false) || is_told(m06, kon_of_month[i], false);
	assert_false(told[0]);
	assert_false(told[1] && told[2] && told[3]);
}

/* Of 20 women with bistånd in the year 17 had it in the month: who had not are 3. */
static void few_are_in_the_year_alone(void **state)
{
	(void)state;
	const struct settings settings = { .period_from = 0 };
	struct tables tables = { .arena = arena, .settings = &settings };
	struct together_account account;
	struct cube *m01 = count_women(20), *m06 = count_women_of_month(17);
	assert_int_equal(tables_add(&tables, m01, &error), 0);
	assert_int_equal(tables_add(&tables, m06, &error), 0);
	assert_int_equal(together_protect(&tables, 5, &account, &error), 0);
	assert_int_equal(account.stuck, 0);
	assert_false(is_told(m01, "K", false) && is_told(m06, "K", false));
}

/* Of 20 women and 20 men with bistånd in the year 18 and 19 had it in the month: 2 and 1 had not, and these 3 together are a target, too. */
static void few_of_both_kinds_are_in_the_year_alone(void **state)
{
	(void)state;
	const struct settings settings = { .period_from = 0 };
	struct tables tables = { .arena = arena, .settings = &settings, .months = true };
	static const double year[] = { 20, 20, 40 }, month[] = { 18, 19, 37 };
	static const char *const kon[] = { "K", "M", "TOT" }, *const forman[] = { "FS", "BISTAND", "TOT" };
	struct cube *m01 = new_cube("m01_forsorjningsmatt"), *m06 = new_cube("m06_manad");
	for (size_t i = 0; i < 18; i++)
		PUT(m01, "personer", year[i % 3], "2018", i < 9 ? "1440" : "TOT", kon[i % 3], forman[i / 3 % 3]);
	for (size_t i = 0; i < 12; i++)
		PUT(m06, "personer", month[i % 3], "2018-02", i < 6 ? "1440" : "TOT", kon[i % 3], i / 3 % 2 == 0 ? "16-64" : "TOT", "KOM");
	assert_int_equal(tables_add(&tables, m01, &error), 0);
	assert_int_equal(tables_add(&tables, m06, &error), 0);
	const struct facts *facts = facts_new(&tables, 5, &error);
	assert_non_null(facts);
	bool asked[5] = { false }; /* by how many they must rise */
	for (size_t r = 0; r < facts->system->rows; r++)
		if (facts->system->row[r].up > 0 && facts->system->row[r].up < 5)
			asked[facts->system->row[r].up] = true;
	assert_true(asked[3] && asked[4]);
	assert_true(asked[2]);
}

/* Of 20 persons of each of two kommuner 18 and 19 were active in the month: of all, 3 were not. */
static void few_of_two_kommuner_are_in_the_year_alone(void **state)
{
	(void)state;
	const struct settings settings = { .period_from = 0 };
	struct tables tables = { .arena = arena, .settings = &settings, .months = true };
	static const char *const kommun[] = { "1440", "1441", "TOT" };
	static const double month[] = { 18, 19, 37 };
	struct cube *m05 = new_cube("m05_tid_i_forsorjning"), *m03 = new_cube("m03_samtidighet");
	for (size_t i = 0; i < 12; i++)
		PUT(m05, "personer", i % 3 == 2 ? 40 : 20, "2018", kommun[i % 3], i < 6 ? "K" : "TOT", i / 3 % 2 == 0 ? "1-11" : "TOT");
	for (size_t i = 0; i < 6; i++)
		PUT(m03, "personer", month[i % 3], "2018-02", kommun[i % 3], i < 3 ? "FK" : "TOT");
	assert_int_equal(tables_add(&tables, m05, &error), 0);
	assert_int_equal(tables_add(&tables, m03, &error), 0);
	const struct facts *facts = facts_new(&tables, 5, &error);
	assert_non_null(facts);
	bool asked = false;
	for (size_t r = 0; r < facts->system->rows; r++)
		asked = asked || facts->system->row[r].up == 2;
	assert_true(asked);
}

/* An approved run had 16 women of the month, and 15 are known now: those stand as 16 beside the 20 of a year that no approved run has, and 4 are apart. So the year
   is withheld, for a table in which it is more, and none in which it is fewer than 16; not where the run had 14, or 15. */
static void few_apart_from_a_month_that_stands(void **state)
{
	(void)state;
	const struct settings settings = { .period_from = date_day(2018, 1, 1), .period_to = date_day(2018, 12, 31), .minsta_antal = 5 };
	for (int then = 14; then <= 16; then++) {
		struct tables tables = { .arena = arena, .settings = &settings };
		struct together_account account;
		struct cube *m01 = count_women(20), *m06 = count_women_of_month(15);
		assert_int_equal(tables_add(&tables, m01, &error), 0);
		assert_int_equal(tables_add(&tables, m06, &error), 0);
		char text[1024];
		(void)snprintf(text, sizeof text, "godkand_ar,korning,fran,till,tabell,nyckel,matt,status,varde\n"
			"2018,r1,2018-02-01,2018-02-28,m06_manad,2018-02|1440|K|TOT|KOM,personer,,%d\n", then);
		(void)files_write("huvudbok.csv", text, strlen(text));
		static const char key[] = "0000000000000000000000000000000000000000000000000000000000000000\n";
		(void)files_write("huvudbok.nyckel", key, sizeof key - 1);
		const struct ledger *ledger = ledger_open(files_path("huvudbok.csv"), files_path("huvudbok.nyckel"), arena, &error);
		assert_non_null(ledger);
		assert_non_null(past_begin(&tables, ledger, &settings, &error));
		assert_int_equal(together_protect(&tables, 5, &account, &error), 0);
		assert_int_equal(account.stuck, 0);
		const char *const code[] = { "2018", "1440", "K", "BISTAND" };
		assert_int_equal(cube_cell(m01, cube_find_named(m01, code), cube_measure(m01, "personer"))->status == CELL_PROTECTED, then == 16);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test_setup_teardown(a_year_of_one_month_is_that_month, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(few_are_in_the_year_alone, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(few_of_both_kinds_are_in_the_year_alone, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(few_of_two_kommuner_are_in_the_year_alone, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(few_apart_from_a_month_that_stands, arena_begin, arena_end) };
	return cmocka_run_group_tests(tests, files_begin, files_end);
}
