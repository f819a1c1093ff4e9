/* Tests of the persons that helårsekvivalenter need. */
#include "stages/audit/relations/least.h"

#include "pipeline/base/date.h"
#include "pipeline/base/hash.h"
#include "pipeline/base/number.h"
#include "tests/stages/protect/cubes.h"
#include "tests/table/files.h"

/* A ledger in which the helårsekvivalenter of sick women were withheld with this value; 0: none. */
static const struct ledger *ledger_with(double equivalents)
{
	static const char key_line[] = "0000000000000000000000000000000000000000000000000000000000000000\n";
	const unsigned char key[HASH_KEY_BYTES] = { 0 };
	char number[NUMBER_TEXT], whole[256], hash[HASH_TEXT], text[512];
	if (!(equivalents > 0))
		return NULL;
	number_write_full(equivalents, number);
	(void)snprintf(whole, sizeof whole, "2018-01-01|2018-08-31|m01_forsorjningsmatt|2018|1440|K|SP|helarsekvivalenter|%s", number);
	hash_keyed(key, whole, strlen(whole), hash);
	(void)snprintf(text, sizeof text, "godkand_ar,korning,fran,till,tabell,nyckel,matt,status,varde\n"
		"2018,r1,2018-01-01,2018-08-31,m01_forsorjningsmatt,2018|1440|K|SP,helarsekvivalenter,skyddad,%s\n", hash);
	(void)files_write("huvudbok.csv", text, strlen(text));
	(void)files_write("huvudbok.nyckel", key_line, sizeof key_line - 1);
	const struct ledger *ledger = ledger_open(files_path("huvudbok.csv"), files_path("huvudbok.nyckel"), arena, &error);
	assert_non_null(ledger);
	return ledger;
}

/* The lower bound of 5 withheld women of 2018, of which January to August count. */
static int64_t least(const char *forman, double equivalents, double share, bool told, double before)
{
	const struct settings settings = { .period_from = date_day(2018, 1, 1), .period_to = date_day(2018, 8, 31) };
	struct published published = { .arena = arena, .minimum = 5, .knowledge = knowledge_new(arena, &error) };
	struct cube *m01 = new_cube("m01_forsorjningsmatt"), *truth = new_cube("m01_forsorjningsmatt");
	PUT(m01, "personer", 5, "2018", "1440", "K", forman);
	PUT(truth, "personer", 5, "2018", "1440", "K", forman);
	PUT(truth, "helarsekvivalenter", equivalents, "2018", "1440", "K", forman);
	cube_cell(m01, 0, cube_measure(m01, "personer"))->status = CELL_PROTECTED;
	assert_int_equal(published_add(&published, m01, truth, &error), 0);
	const struct earlier earlier = { .settings = &settings, .ledger = ledger_with(before) };
	assert_int_equal(least_state(&published, &earlier, share, told, &error), 0);
	return published.knowledge->low[0];
}

/* 243 of 365 days each: 0.6658; of twelve months eight: 0.6667. */
static void equivalents_need_persons(void **state)
{
	(void)state;
	assert_int_equal(least("SP", 0.66, 0, false, 0), 1);
	assert_int_equal(least("SP", 1.4, 0, false, 0), 3);
	assert_int_equal(least("SP", 1.4, 0.1, false, 0), 2);
	assert_int_equal(least("FS", 2.0, 0, false, 0), 3);
	assert_int_equal(least("OHALSA", 2.0, 0, false, 0), 1);
	assert_int_equal(least("SP", 0, 0, false, 0), 1);
}

/* What was known before is what an approved run withheld with the same value. */
static void only_the_same_were_known_before(void **state)
{
	(void)state;
	assert_int_equal(least("SP", 1.4, 0, true, 0), 1);
	assert_int_equal(least("SP", 1.4, 0, true, 1.3), 1);
	assert_int_equal(least("SP", 1.4, 0, true, 1.4), 3);
	assert_int_equal(least("SP", 1.4, 0.1, true, 1.4), 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test_setup_teardown(equivalents_need_persons, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(only_the_same_were_known_before, arena_begin, arena_end) };
	return cmocka_run_group_tests(tests, files_begin, files_end);
}
