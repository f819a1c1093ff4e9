/* Tests of what another name for the same gives away. */
#include "stages/audit/relations/renamed.h"

#include "pipeline/base/date.h"
#include "tests/stages/protect/cubes.h"
#include "tests/table/files.h"

#define HEAD "godkand_ar,korning,fran,till,tabell,nyckel,matt,status,varde\n"
#define YEAR "2018,r1,2018-01-01,2018-12-31,i01_deltagare,"
#define AUTUMN "2018,r2,2018-09-01,2018-12-31,i01_deltagare,"

/* What is found of the participations of one insats in 2018. */
static enum earlier_finding finding_of(const char *lines, const char *insats, double count)
{
	static const char key_line[] = "0000000000000000000000000000000000000000000000000000000000000000\n";
	const struct settings settings = { .period_from = date_day(2018, 1, 1), .period_to = date_day(2018, 12, 31) };
	(void)files_write("huvudbok.csv", lines, strlen(lines));
	(void)files_write("huvudbok.nyckel", key_line, sizeof key_line - 1);
	const struct earlier earlier = { .settings = &settings,
		.ledger = ledger_open(files_path("huvudbok.csv"), files_path("huvudbok.nyckel"), arena, &error) };
	assert_non_null(earlier.ledger);
	struct cube *cube = new_cube("i01_deltagare");
	PUT(cube, "deltaganden", count, insats, "TOT", "TOT");
	unsigned char finding[16] = { EARLIER_NONE };
	assert_true(cube->table->measures <= sizeof finding);
	assert_int_equal(renamed_judge(&earlier, cube, 5, false, finding, &error), 0);
	return (enum earlier_finding)finding[cube_measure(cube, "deltaganden")];
}

/* An insats that approvals of the days do not tell of, beside one that is gone: they may be the same, also where an approval of other days knows both names. */
static void a_new_name_beside_one_that_is_gone(void **state)
{
	(void)state;
	assert_int_equal(finding_of(HEAD YEAR "Balder|TOT|TOT,deltaganden,,40\n", "Brage", 40), EARLIER_CHANGED);
	assert_int_equal(finding_of(HEAD YEAR "Balder|TOT|TOT,deltaganden,,40\n" AUTUMN "Brage|TOT|TOT,deltaganden,,20\n", "Brage", 40), EARLIER_CHANGED);
	assert_int_equal(finding_of(HEAD YEAR "Balder|TOT|TOT,deltaganden,,40\n", "Balder", 40), EARLIER_NONE);
	assert_int_equal(finding_of(HEAD YEAR "Balder|TOT|TOT,deltaganden,,40\n", "Brage", 0), EARLIER_NONE);
}

/* 40 in the year beside 37 in the autumn under another name leave 3 of the spring. */
static void days_within_the_others(void **state)
{
	(void)state;
	assert_int_equal(finding_of(HEAD AUTUMN "Balder|TOT|TOT,deltaganden,,37\n", "Brage", 40), EARLIER_CHANGED);
	assert_int_equal(finding_of(HEAD AUTUMN "Balder|TOT|TOT,deltaganden,,20\n", "Brage", 40), EARLIER_NONE);
	assert_int_equal(finding_of(HEAD AUTUMN "Balder|TOT|TOT,deltaganden,,40\n", "Brage", 40), EARLIER_NONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test_setup_teardown(a_new_name_beside_one_that_is_gone, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(days_within_the_others, arena_begin, arena_end) };
	return cmocka_run_group_tests(tests, files_begin, files_end);
}
