/* Tests of what approved periods that make up another tell of it. */
#include "stages/audit/relations/earlier.h"

#include "pipeline/base/date.h"
#include "pipeline/base/hash.h"
#include "tests/stages/protect/cubes.h"
#include "tests/table/files.h"

#define HEAD "godkand_ar,korning,fran,till,tabell,nyckel,matt,status,varde\n"
#define WINTER "2018,r1,2018-01-01,2018-04-30,i03_forsorjning,Balder|TOT|FS,fore,,8\n"
#define SUMMER "2018,r2,2018-05-01,2018-08-31,i03_forsorjning,Balder|TOT|FS,fore,,13\n"
#define SUMMER_WITHHELD "2018,r2,2018-05-01,2018-08-31,i03_forsorjning,Balder|TOT|FS,fore,skyddad,00\n"
#define WHOLE "2018,r3,2018-01-01,2018-08-31,i03_forsorjning,Balder|TOT|FS,fore,,21\n"
#define SPRING "2018,r4,2018-03-01,2018-04-30,i03_forsorjning,Balder|TOT|FS,fore,,9\n"

/* What is left of a count of January to August when all is hidden that these lines of the ledger do not tell. */
static enum cell_status status_in(const char *lines, double count, bool rounded)
{
	static const char key_line[] = "0000000000000000000000000000000000000000000000000000000000000000\n";
	const struct settings settings = { .period_from = date_day(2018, 1, 1), .period_to = date_day(2018, 8, 31) };
	(void)files_write("huvudbok.csv", lines, strlen(lines));
	(void)files_write("huvudbok.nyckel", key_line, sizeof key_line - 1);
	const struct earlier earlier = { .settings = &settings,
		.ledger = ledger_open(files_path("huvudbok.csv"), files_path("huvudbok.nyckel"), arena, &error) };
	assert_non_null(earlier.ledger);
	struct cube *cube = new_cube("i03_forsorjning");
	PUT(cube, "fore", count, "Balder", "TOT", "FS");
	assert_int_equal(earlier_hide(&earlier, cube, rounded, &error), 0);
	return cube_cell(cube, 0, cube_measure(cube, "fore"))->status;
}

static enum cell_status status_of(const char *lines, double count)
{
	return status_in(lines, count, false);
}

/* Who left in a period left in one of its parts: 8 and 13 are 21, if nothing was corrected since. */
static void parts_tell_the_whole(void **state)
{
	(void)state;
	assert_int_equal(status_of(HEAD WINTER SUMMER, 21), CELL_PUBLISHED);
	assert_int_equal(status_of(HEAD WINTER SUMMER, 20), CELL_PROTECTED);
	assert_int_equal(status_of(HEAD WHOLE, 21), CELL_PUBLISHED);
}

/* Not when a part was withheld or is missing, nor of registers that contradict themselves: 9 of two of the months in which 8 left. */
static void less_tells_nothing(void **state)
{
	(void)state;
	assert_int_equal(status_of(HEAD WINTER SUMMER_WITHHELD, 21), CELL_PROTECTED);
	assert_int_equal(status_of(HEAD WINTER, 21), CELL_PROTECTED);
	assert_int_equal(status_of(HEAD WINTER SUMMER SPRING, 21), CELL_PROTECTED);
	assert_int_equal(status_of(HEAD, 21), CELL_PROTECTED);
}

#define OTHERS "2018,r5,2018-01-01,2018-03-31,i03_forsorjning,Grön väg|TOT|FS,fore,,7\n"
#define NOBODY "2018,r5,2018-01-01,2018-03-31,i01_deltagare,Balder|TOT|TOT,deltaganden,,7\n"
#define MOST "2018,r6,2018-02-01,2018-08-31,i03_forsorjning,Balder|TOT|FS,fore,,21\n"

/* Nobody left until March, and 21 from February to August: 21 in all. Not where only other insatser were told of until March: it may have had another
   name. */
static void an_insats_that_was_not_there_was_not_nobody(void **state)
{
	(void)state;
	assert_int_equal(status_of(HEAD OTHERS NOBODY MOST, 21), CELL_PUBLISHED);
	assert_int_equal(status_of(HEAD OTHERS MOST, 21), CELL_PROTECTED);
}

#define ROUNDED_WINTER "2018,r1,2018-01-01,2018-04-30,i03_forsorjning,Balder|TOT|FS,fore,avrundad,8\n"
#define ROUNDED_OTHERS "2018,r2,2018-05-01,2018-08-31,i03_forsorjning,Balder|TOT|SP,fore,avrundad,10\n"
#define ROUNDED_WHOLE "2018,r3,2018-01-01,2018-08-31,i03_forsorjning,Balder|TOT|FS,fore,avrundad,20\n"

/* A rounded count adds up with no other, nor was one without a row beside rounded ones 0; that an exact one is the same nobody knew. */
static void rounded_counts_tell_nothing(void **state)
{
	(void)state;
	assert_int_equal(status_of(HEAD ROUNDED_WINTER SUMMER, 21), CELL_PROTECTED);
	assert_int_equal(status_of(HEAD "2018,r2,2018-05-01,2018-08-31,i03_forsorjning,Balder|TOT|SP,fore,,10\n" WINTER, 8), CELL_PUBLISHED);
	assert_int_equal(status_of(HEAD ROUNDED_OTHERS WINTER, 8), CELL_PROTECTED);
	assert_int_equal(status_of(HEAD ROUNDED_WHOLE, 20), CELL_PROTECTED);
	assert_int_equal(status_in(HEAD ROUNDED_WHOLE, 20, true), CELL_PUBLISHED);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test_setup_teardown(parts_tell_the_whole, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(less_tells_nothing, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(an_insats_that_was_not_there_was_not_nobody, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(rounded_counts_tell_nothing, arena_begin, arena_end) };
	return cmocka_run_group_tests(tests, files_begin, files_end);
}
