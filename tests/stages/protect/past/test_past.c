/* What the ledger makes of the cells of one table: known, withheld, revised by few and by many, of periods within one another. */
#include "stages/protect/past/past.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "pipeline/base/date.h"
#include "pipeline/base/hash.h"
#include "tests/arena.h"
#include "tests/table/files.h"

#define HEAD "godkand_ar,korning,fran,till,tabell,nyckel,matt,status,varde\n"
#define AUGUST "2018,r1,2018-01-01,2018-08-31,i01_deltagare,"
#define JUNE "2018,r1,2018-01-01,2018-06-30,i01_deltagare,"

static struct settings settings;
static struct tables tables;
static struct cube *cube;

static int begin(void **state)
{
	(void)state;
	error = (struct error){ 0 };
	settings = (struct settings){ .minsta_antal = 5, .period_from = date_day(2018, 1, 1), .period_to = date_day(2018, 8, 31) };
	arena = arena_new(&error);
	tables = (struct tables){ .arena = arena };
	cube = cube_new(schema_table("i01", arena, &error), arena, &error);
	return cube == NULL ? -1 : 0;
}

/* One participation figure; the row's other measures are 0. */
static size_t add(const char *insats, const char *kon, double deltaganden)
{
	const char *codes[] = { insats, "TOT", kon };
	size_t row = cube_row_named(cube, codes, &error);
	assert_true(row != CUBE_NO_ROW);
	cube_set(cube, row, 0, deltaganden);
	return row;
}

static struct cell *cell_of(const char *insats, const char *kon)
{
	const char *codes[] = { insats, "TOT", kon };
	size_t row = cube_find_named(cube, codes);
	assert_true(row != CUBE_NO_ROW);
	return cube_cell(cube, row, 0);
}

static const struct ledger *ledger_of(const char *lines)
{
	char text[4096];
	(void)snprintf(text, sizeof text, HEAD "%s", lines);
	(void)files_write("huvudbok.csv", text, strlen(text));
	static const char key[] = "0000000000000000000000000000000000000000000000000000000000000000\n";
	(void)files_write("huvudbok.nyckel", key, sizeof key - 1);
	const struct ledger *ledger = ledger_open(files_path("huvudbok.csv"), files_path("huvudbok.nyckel"), arena, &error);
	assert_non_null(ledger);
	return ledger;
}

/* The line of a withheld count. */
static const char *withheld_line(const char *till, const char *nyckel, int count)
{
	static char line[512];
	char whole[256], hash[HASH_TEXT];
	const unsigned char key[HASH_KEY_BYTES] = { 0 };
	(void)snprintf(whole, sizeof whole, "2018-01-01|%s|i01_deltagare|%s|deltaganden|%d", till, nyckel, count);
	hash_keyed(key, whole, strlen(whole), hash);
	(void)snprintf(line, sizeof line, "2018,r1,2018-01-01,%s,i01_deltagare,%s,deltaganden,skyddad,%s\n", till, nyckel, hash);
	return line;
}

static struct past *start(const struct ledger *ledger)
{
	assert_int_equal(tables_add(&tables, cube, &error), 0);
	struct past *past = past_begin(&tables, ledger, &settings, &error);
	assert_non_null(past);
	return past;
}

static struct past_account finish(struct past *past)
{
	struct past_account account;
	assert_int_equal(past_end(past, &account, &error), 0);
	return account;
}

static void without_a_ledger_nothing_is_known(void **state)
{
	(void)state;
	size_t row = add("A", "TOT", 3);
	struct past *past = start(NULL);
	assert_int_equal(past_state(&tables, 0, row, 0), LEDGER_NEW);
	assert_int_equal(finish(past).earlier, 0);
}

static void what_is_the_same_keeps_its_status(void **state)
{
	(void)state;
	char lines[1024];
	size_t all = add("A", "TOT", 26), women = add("A", "K", 3), men = add("A", "M", 23);
	(void)snprintf(lines, sizeof lines, "%s%s", AUGUST "A|TOT|TOT,deltaganden,,26\n" AUGUST "A|TOT|M,deltaganden,,23\n",
		withheld_line("2018-08-31", "A|TOT|K", 3));
	struct past *past = start(ledger_of(lines));
	assert_true(past_known(&tables, 0, all, 0) && past_known(&tables, 0, men, 0));
	assert_true(tables_withheld(&tables, 0, women, 0) && !tables_withheld(&tables, 0, men, 0));
	tables_withhold(&tables, 0, men, 0); /* in vain: everybody knows it */
	assert_int_equal(finish(past).known, 1);
	assert_int_equal(cell_of("A", "M")->status, CELL_PUBLISHED);
	assert_int_equal(cell_of("A", "K")->status, CELL_PROTECTED);
	assert_false(cell_of("A", "M")->earlier);
}

/* 26 to 27: what was printed stands, of the whole table; a row that is gone comes back, one that is new goes. */
static void a_change_of_one_leaves_everything_as_it_was(void **state)
{
	(void)state;
	char lines[1024];
	(void)add("A", "TOT", 27);
	(void)add("A", "K", 12);
	(void)add("B", "TOT", 40);
	(void)add("A", "X", 9);
	(void)snprintf(lines, sizeof lines, "%s%s", AUGUST "A|TOT|TOT,deltaganden,,26\n" AUGUST "A|TOT|M,deltaganden,,15\n"
		AUGUST "B|TOT|TOT,deltaganden,,40\n", withheld_line("2018-08-31", "A|TOT|K", 11));
	struct past_account account = finish(start(ledger_of(lines)));
	assert_int_equal(account.earlier, 3);
	assert_true(cell_of("A", "TOT")->number > 25.5 && cell_of("A", "TOT")->number < 26.5 && cell_of("A", "TOT")->earlier);
	assert_true(cell_of("A", "M")->number > 14.5 && cell_of("A", "M")->earlier);
	assert_true(cell_of("B", "TOT")->earlier);
	assert_int_equal(cell_of("A", "K")->status, CELL_PROTECTED);
	assert_true(cell_of("A", "X")->number < 0.5 && cell_of("A", "X")->status == CELL_PUBLISHED);
}

static void a_change_of_six_is_told(void **state)
{
	(void)state;
	char lines[1024];
	size_t all = add("A", "TOT", 32);
	size_t women = add("A", "K", 9);
	(void)snprintf(lines, sizeof lines, "%s%s", AUGUST "A|TOT|TOT,deltaganden,,26\n", withheld_line("2018-08-31", "A|TOT|K", 3));
	struct past *past = start(ledger_of(lines));
	assert_int_equal(past_state(&tables, 0, all, 0), LEDGER_REVISED);
	assert_true(tables_withheld(&tables, 0, women, 0)); /* changed, and withheld as before */
	assert_int_equal(finish(past).earlier, 0);
	assert_true(cell_of("A", "TOT")->number > 31.5);
}

static void a_change_that_would_be_withheld_is_not_told(void **state)
{
	(void)state;
	size_t all = add("A", "TOT", 32);
	struct past *past = start(ledger_of(AUGUST "A|TOT|TOT,deltaganden,,26\n"));
	tables_withhold(&tables, 0, all, 0);
	assert_int_equal(finish(past).earlier, 1);
	assert_true(cell_of("A", "TOT")->number < 26.5);
}

/* Against every approval, not the latest alone: 100, 110, now 103. */
static void an_older_approval_counts_too(void **state)
{
	(void)state;
	(void)add("A", "TOT", 103);
	assert_int_equal(finish(start(ledger_of(AUGUST "A|TOT|TOT,deltaganden,,100\n"
		"2018,r2,2018-01-01,2018-08-31,i01_deltagare,A|TOT|TOT,deltaganden,,110\n"))).earlier, 1);
	assert_true(cell_of("A", "TOT")->number > 109.5);
}

/* A withheld count that is 0 now, or whose row is gone, would be told. */
static void a_withheld_count_that_is_gone_is_not_told(void **state)
{
	(void)state;
	char lines[1024];
	(void)add("A", "TOT", 60);
	(void)snprintf(lines, sizeof lines, "%s%s", AUGUST "A|TOT|TOT,deltaganden,,50\n", withheld_line("2018-08-31", "A|TOT|K", 10));
	assert_int_equal(finish(start(ledger_of(lines))).earlier, 1);
	assert_int_equal(cell_of("A", "K")->status, CELL_PROTECTED);
}

/* A month that a withheld survival curve had no row for was not printed as 0: neither is its 0 known, nor are its 6 events a change of 0. */
static void a_withheld_curve_had_no_zeros(void **state)
{
	(void)state;
	static const char *const months[] = { "0", "5" };
	static const char line[] = "2018,r1,2018-01-01,2018-08-31,i13_overlevnad,A|TOT|0,%s,skyddad,"
		"0000000000000000000000000000000000000000000000000000000000000001\n";
	char lines[1024];
	size_t length = 0;
	cube = cube_new(schema_table("i13", arena, &error), arena, &error);
	assert_non_null(cube);
	for (size_t i = 0; i < 2; i++) {
		size_t row = cube_row_named(cube, (const char *const[]){ "A", "TOT", months[i] }, &error);
		cube_set(cube, row, cube_measure(cube, "kvar"), 20 - 6 * (double)i);
		cube_set(cube, row, cube_measure(cube, "handelser"), 6);
	}
	static const char *const measures[] = { "kvar", "handelser", "censurerade" };
	for (size_t i = 0; i < 3; i++) {
		(void)snprintf(lines + length, sizeof lines - length, line, measures[i]);
		length = strlen(lines);
	}
	struct past *past = start(ledger_of(lines));
	size_t fifth = cube_find_named(cube, (const char *const[]){ "A", "TOT", "5" });
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(past_state(&tables, 0, fifth, cube_measure(cube, measures[i])), LEDGER_NEW);
	assert_true(tables_withheld(&tables, 0, cube_find_named(cube, (const char *const[]){ "A", "TOT", "0" }), cube_measure(cube, "censurerade")));
	assert_int_equal(finish(past).earlier, 0); /* nothing of it would be told */
}

static void periods_within_one_another(void **state)
{
	(void)state;
	char lines[2048];
	size_t near = add("A", "TOT", 22), same = add("A", "K", 20), far = add("A", "M", 25), fresh = add("B", "TOT", 22);
	size_t bound = add("C", "TOT", 24), free_of = add("C", "K", 30);
	(void)snprintf(lines, sizeof lines, "%s%s", JUNE "A|TOT|TOT,deltaganden,,20\n" JUNE "A|TOT|K,deltaganden,,20\n"
		JUNE "A|TOT|M,deltaganden,,20\n", withheld_line("2018-06-30", "C|TOT|TOT", 22));
	size_t length = strlen(lines);
	(void)snprintf(lines + length, sizeof lines - length, "%s", withheld_line("2018-06-30", "C|TOT|K", 22));
	struct past *past = start(ledger_of(lines));
	assert_true(tables_withheld(&tables, 0, near, 0) && *tables_demand(&tables, 0, near, 0));
	assert_true(tables_withheld(&tables, 0, bound, 0));
	assert_false(tables_withheld(&tables, 0, same, 0) || tables_withheld(&tables, 0, far, 0) || tables_withheld(&tables, 0, fresh, 0));
	assert_false(tables_withheld(&tables, 0, free_of, 0));
	assert_int_equal(tables.least[0][tables_cell(&tables, 0, near, 0)], 20); /* never fewer than in June */
	assert_int_equal(finish(past).earlier, 0);
}

/* Of 12 exits from January to May 3 were men's, withheld with the 9 women's; from June to August 30 women's were printed, and the 8 men's withheld. All
   eight months may not print their 39 women's: the 9 and so the 3 would follow. Their total is known: 12 and 38. The men's, withheld in both parts, are
   neither; nor are participations, of which one may be in both parts. Of B's 52 those of February to May and of the summer leave 2. */
static void periods_that_together_are_another(void **state)
{
	(void)state;
#define EARLY "2018,r1,2018-01-01,2018-05-31,i01_deltagare,"
#define LATE "2018,r2,2018-06-01,2018-08-31,i01_deltagare,"
#define MIDDLE "2018,r3,2018-02-01,2018-05-31,i01_deltagare,"
	static const char lines[] = EARLY "A|TOT|TOT,avslutade,,12\n" EARLY "A|TOT|K,avslutade,skyddad,0\n" EARLY "A|TOT|M,avslutade,skyddad,0\n"
		EARLY "A|TOT|X,deltaganden,,6\n" LATE "A|TOT|TOT,avslutade,,38\n" LATE "A|TOT|K,avslutade,,30\n"
		LATE "A|TOT|M,avslutade,skyddad,0\n" LATE "A|TOT|X,deltaganden,,5\n" LATE "B|TOT|TOT,avslutade,,30\n" MIDDLE "B|TOT|TOT,avslutade,,20\n";
	size_t all = add("A", "TOT", 0), women = add("A", "K", 0), men = add("A", "M", 0), unknown = add("A", "X", 11), other = add("B", "TOT", 0);
	size_t avslutade = cube_measure(cube, "avslutade");
	cube_set(cube, all, avslutade, 50);
	cube_set(cube, women, avslutade, 39);
	cube_set(cube, men, avslutade, 11);
	cube_set(cube, other, avslutade, 52);
	(void)start(ledger_of(lines));
	assert_true(past_known(&tables, 0, all, avslutade) && !tables_withheld(&tables, 0, all, avslutade));
	assert_true(tables_withheld(&tables, 0, women, avslutade));
	assert_false(tables_withheld(&tables, 0, men, avslutade) || past_known(&tables, 0, men, avslutade));
	assert_false(past_known(&tables, 0, unknown, 0)); /* participations of both parts are counted once */
	assert_true(tables_withheld(&tables, 0, other, avslutade));
}

/* A bears its name since June; what an approval of January to May printed of insatser then was not 0 of A, so that nobody knows its 12 of February to
   August to be those of all eight months. B was there, and had nobody. */
static void an_insats_of_another_name_was_not_nobody(void **state)
{
	(void)state;
#define LONG "2018,r2,2018-02-01,2018-08-31,i01_deltagare,"
	static const char lines[] = EARLY "B|TOT|TOT,deltaganden,,9\n" LONG "A|TOT|TOT,avslutade,,12\n" LONG "B|TOT|TOT,avslutade,,12\n";
	size_t renamed = add("A", "TOT", 0), same = add("B", "TOT", 0), avslutade = cube_measure(cube, "avslutade");
	cube_set(cube, renamed, avslutade, 12);
	cube_set(cube, same, avslutade, 12);
	(void)start(ledger_of(lines));
	assert_false(past_known(&tables, 0, renamed, avslutade));
	assert_true(past_known(&tables, 0, same, avslutade));
}

/* A of the approved months is B since: both are not told beside each other, also when another approval, of other days, knows B. What was printed of A stands, and
   nothing of B, which was not nobody. */
static void an_insats_renamed_since_stands_as_it_was(void **state)
{
	(void)state;
	static const char lines[] = AUGUST "A|TOT|TOT,deltaganden,,26\n" AUGUST "TOT|TOT|TOT,deltaganden,,40\n" LONG "B|TOT|TOT,deltaganden,,20\n";
	size_t renamed = add("B", "TOT", 26);
	(void)add("TOT", "TOT", 40);
	struct past *past = start(ledger_of(lines));
	assert_int_equal(past_state(&tables, 0, renamed, 0), LEDGER_NEW);
	assert_true(finish(past).earlier > 0);
	assert_int_equal(cell_of("A", "TOT")->status, CELL_PUBLISHED);
	assert_true(cell_of("A", "TOT")->earlier);
	assert_int_equal(cell_of("B", "TOT")->status, CELL_MISSING);
}

/* The year came first, and printed 69 women's exits: the 39 until August may not be printed, since the withheld 30 of the autumn would follow. The men's are known: 60 − 20. */
static void a_part_beside_its_whole(void **state)
{
	(void)state;
#define YEAR "2018,r2,2018-01-01,2018-12-31,i01_deltagare,"
#define AUTUMN "2018,r3,2018-09-01,2018-12-31,i01_deltagare,"
	static const char lines[] = YEAR "A|TOT|K,avslutade,,69\n" YEAR "A|TOT|M,avslutade,,60\n"
		AUTUMN "A|TOT|K,avslutade,skyddad,0\n" AUTUMN "A|TOT|M,avslutade,,20\n";
	size_t women = add("A", "K", 0), men = add("A", "M", 0), avslutade = cube_measure(cube, "avslutade");
	cube_set(cube, women, avslutade, 39);
	cube_set(cube, men, avslutade, 40);
	(void)start(ledger_of(lines));
	assert_true(tables_withheld(&tables, 0, women, avslutade));
	assert_true(past_known(&tables, 0, men, avslutade));
}

/* What was printed of a count that is another now, or is of nobody now; not what is the same, what was withheld, and days that no approval has. */
static void what_was_told_of_other_numbers(void **state)
{
	(void)state;
	char lines[1024];
	(void)add("A", "TOT", 27);
	(void)add("A", "K", 12);
	(void)add("A", "X", 3);
	(void)snprintf(lines, sizeof lines, "%s%s", AUGUST "A|TOT|TOT,deltaganden,,26\n" AUGUST "A|TOT|K,deltaganden,,12\n" AUGUST "A|TOT|M,deltaganden,,15\n",
		withheld_line("2018-08-31", "A|TOT|X", 2));
	const struct ledger *ledger = ledger_of(lines);
	(void)start(ledger);
	static const char *const kon[] = { "TOT", "K", "M", "X" };
	static const int64_t expected[] = { 26, 0, 15, 0 };
	int64_t told = -1;
	for (size_t i = 0; i < 4; i++) {
		const char *const code[] = { "A", "TOT", kon[i] };
		assert_int_equal(past_told(&tables, 0, code, 0, &told, &error), 0);
		assert_int_equal(told, expected[i]);
	}
	settings.period_to = date_day(2018, 7, 31);
	assert_int_equal(past_told(&tables, 0, (const char *const[]){ "A", "TOT", "M" }, 0, &told, &error), 0);
	assert_int_equal(told, 0);
	tables.history = NULL;
	assert_int_equal(past_told(&tables, 0, (const char *const[]){ "A", "TOT", "TOT" }, 0, &told, &error), 0);
	assert_int_equal(told, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(without_a_ledger_nothing_is_known, begin, arena_end),
		cmocka_unit_test_setup_teardown(what_is_the_same_keeps_its_status, begin, arena_end),
		cmocka_unit_test_setup_teardown(a_change_of_one_leaves_everything_as_it_was, begin, arena_end),
		cmocka_unit_test_setup_teardown(a_change_of_six_is_told, begin, arena_end),
		cmocka_unit_test_setup_teardown(a_change_that_would_be_withheld_is_not_told, begin, arena_end),
		cmocka_unit_test_setup_teardown(an_older_approval_counts_too, begin, arena_end),
		cmocka_unit_test_setup_teardown(a_withheld_count_that_is_gone_is_not_told, begin, arena_end),
		cmocka_unit_test_setup_teardown(a_withheld_curve_had_no_zeros, begin, arena_end),
		cmocka_unit_test_setup_teardown(periods_within_one_another, begin, arena_end),
		cmocka_unit_test_setup_teardown(periods_that_together_are_another, begin, arena_end),
		cmocka_unit_test_setup_teardown(an_insats_of_another_name_was_not_nobody, begin, arena_end),
		cmocka_unit_test_setup_teardown(an_insats_renamed_since_stands_as_it_was, begin, arena_end),
		cmocka_unit_test_setup_teardown(a_part_beside_its_whole, begin, arena_end),
		cmocka_unit_test_setup_teardown(what_was_told_of_other_numbers, begin, arena_end),
	};
	return cmocka_run_group_tests(tests, files_begin, files_end);
}
