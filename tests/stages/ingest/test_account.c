/* Tests of files' accounts: counts, the share that refuses, the two written forms. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "stages/ingest/account.h"

static void test_counts(void **state)
{
	(void)state;
	struct account account = { .extract = EXTRACT_AF, .shown = "af.csv" }, part = { .extract = EXTRACT_AF };
	const struct row good = { .reason = REASON_NONE, .warnings = 1,
		.warning = { { .reason = REASON_CODE_UNKNOWN, .field = 4, .rule = "known" } } };
	const struct row bad = { .reason = REASON_DATE_INVALID, .field = 5, .rule = "a date", .warnings = 1,
		.warning = { { .reason = REASON_CODE_UNKNOWN, .field = 4, .rule = "known" } } };
	account_row(&account, &good);
	account_row(&account, &bad);
	account_row(&part, &good);
	account_join(&account, &part);
	assert_int_equal(account.read, 3);
	assert_int_equal(account.kept, 2);
	assert_int_equal(account.rejected, 1);
	assert_int_equal(account.reason[REASON_DATE_INVALID], 1);
	assert_int_equal(account.found[5][REASON_DATE_INVALID][0].rows, 1);
	assert_int_equal(account.found[4][REASON_CODE_UNKNOWN][1].rows, 2);
	assert_string_equal(account.found[4][REASON_CODE_UNKNOWN][1].rule, "known");
	assert_false(account_refuses(&account, 1, 0));
	const struct row worst = { .reason = REASON_DATE_INVALID, .severity = SEVERITY_REFUSE };
	account_row(&account, &worst);
	assert_true(account_refuses(&account, 1, 100));
}

static void test_share(void **state)
{
	(void)state;
	static const struct {
		uint64_t rejected, read;
		double allowed;
		int few;
		bool refuses;
	} cases[] = { { 0, 0, 0, 0, false }, { 0, 10, 0, 0, false }, { 1, 10, 0, 0, true }, { 1, 100, 0.01, 0, false },
		{ 2, 100, 0.01, 0, true }, { 1, 99, 0.01, 0, true }, { 3, 300, 0.01, 0, false }, { 7, 700, 0.01, 0, false },
		{ 29, 2900, 0.01, 0, false }, { 30, 2900, 0.01, 0, true }, { 10, 10, 1, 0, false },
		/* few wrong rows of a small file are taken, unless they are most of it */
		{ 1, 20, 0.01, 1, false }, { 2, 20, 0.01, 1, true }, { 1, 2, 0.01, 1, false }, { 1, 1, 0.01, 1, true },
		{ 2, 3, 0.01, 5, true }, { 5, 500, 0.001, 5, false }, { 6, 500, 0.001, 5, true }, { 9, 10, 0.9, 1, false } };
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct account account = { .read = cases[i].read, .rejected = cases[i].rejected };
		assert_int_equal(account_refuses(&account, cases[i].allowed, cases[i].few), cases[i].refuses);
	}
}

static void test_written(void **state)
{
	(void)state;
	struct error error = { 0 };
	struct arena *arena = arena_new(&error);
	struct text text = { .arena = arena }, empty = { .arena = arena };
	struct account account[2] = { { .extract = EXTRACT_FK, .shown = "a\"b.csv", .delimiter = '\t', .read = 5, .kept = 2,
		.rejected = 3 }, { .extract = EXTRACT_SUS, .shown = "sus.csv", .delimiter = ';' } };
	account[0].reason[REASON_DATE_INVALID] = 2;
	account[0].reason[REASON_INSATS_UNKNOWN] = 1;
	assert_int_equal(account_json(account, 2, &text, &error), 0);
	assert_string_equal(text.bytes,
		"{\n  \"files\": [\n"
		"    {\"source\": \"fk\", \"file\": \"a\\\"b.csv\", \"delimiter\": \"\\u0009\", \"rows_read\": 5, \"rows_kept\": 2, "
		"\"rows_rejected\": 3, \"reasons\": {\"DATE_INVALID\": 2, \"INSATS_UNKNOWN\": 1}},\n"
		"    {\"source\": \"sus\", \"file\": \"sus.csv\", \"delimiter\": \";\", \"rows_read\": 0, \"rows_kept\": 0, "
		"\"rows_rejected\": 0, \"reasons\": {}}\n  ]\n}\n");
	assert_int_equal(account_json(NULL, 0, &empty, &error), 0);
	assert_string_equal(empty.bytes, "{\n  \"files\": []\n}\n");
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_counts),
		cmocka_unit_test(test_share),
		cmocka_unit_test(test_written),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
