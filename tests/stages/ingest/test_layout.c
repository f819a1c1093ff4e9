/* Tests of headers, and of what messages may say of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "stages/ingest/layout.h"
#include "tests/arena.h"

static struct layout layout;
static struct reading reading;

static int setup(void **state)
{
	static const struct settings settings;
	if (arena_begin(state) != 0)
		return -1;
	const struct extract *schema = schema_extract("kommun", arena, &error);
	return schema == NULL ? -1 : reading_make(&reading, schema, &settings, arena, &error);
}

/* Checks a header of kommun.csv, its names split at ';'; gives the number of faults. */
static size_t faults(const char *header, const char *ignore)
{
	struct csv_field field[40];
	struct csv_record record = { .line = 1, .number = 1, .field = field };
	const char *const word[] = { ignore };
	const struct words words = { .count = ignore == NULL ? 0 : 1, .word = word };
	memset(&error, 0, sizeof error);
	for (const char *at = header;; at++) {
		size_t length = strcspn(at, ";");
		field[record.fields++] = (struct csv_field){ at, length };
		at += length;
		if (*at == '\0')
			break;
	}
	int result = layout_make(&layout, &reading, &record, &words, "extrakt/kommun.csv", arena, &error);
	assert_int_equal(result, error.count == 0 ? 0 : -1);
	assert_true(error.count == 0 || error.code == EXIT_DATA);
	return error.count;
}

static void assert_said(size_t message, const char *part)
{
	if (strstr(error.message[message], part) == NULL)
		fail_msg("'%s' does not say '%s'", error.message[message], part);
}

#define WHOLE "pid;kommun;kon;fodelsear;manad;belopp"

static void test_right(void **state)
{
	(void)state;
	assert_int_equal(faults(WHOLE, NULL), 0);
	assert_int_equal(layout.column[5], 5);
	assert_int_equal(layout.column[6], LAYOUT_ABSENT);
	assert_string_equal(layout.name[4], "column 'manad'");
	assert_int_equal(faults(" belopp;forsorjningshinder ;manad;fodelsear;kon;kommun;pid", NULL), 0);
	assert_int_equal(layout.column[0], 6);
	assert_int_equal(layout.column[6], 1);
}

static void test_missing(void **state)
{
	(void)state;
	assert_int_equal(faults("pid;kommun;kon;fodelsear", NULL), 2);
	assert_said(0, "extrakt/kommun.csv:1: column 'manad': COLUMN_MISSING: required, but missing");
	assert_said(1, "'belopp'");
}

static void test_twice(void **state)
{
	(void)state;
	assert_int_equal(faults(WHOLE ";kon", NULL), 1);
	assert_said(0, "column 'kon': COLUMN_TWICE: stands twice");
}

static void test_unknown(void **state)
{
	(void)state;
	assert_int_equal(faults(WHOLE ";anteckning", NULL), 1);
	assert_said(0, "column 'anteckning': COLUMN_UNKNOWN: unknown in kommun; rename it or name it in [källa kommun] ignorera");
	assert_int_equal(faults(WHOLE ";anteckning", "anteckning"), 0);
	assert_int_equal(faults(WHOLE ";anteckning;anteckning", "anteckning"), 0);
	assert_int_equal(faults(WHOLE ";forsorjningshindr", NULL), 1);
	assert_said(0, "did you mean 'forsorjningshinder'?");
	assert_int_equal(faults("Pid;kommun;kon;fodelsear;manad;belopp", NULL), 2);
	assert_said(1, "did you mean 'pid'?");
	assert_int_equal(faults(WHOLE ";", NULL), 1);
	assert_said(0, "column 7: COLUMN_UNKNOWN");
}

static void test_ignored_known(void **state)
{
	(void)state;
	assert_int_equal(faults(WHOLE ";forsorjningshinder", "forsorjningshinder"), 0);
	assert_int_equal(layout.column[6], LAYOUT_ABSENT);
	assert_int_equal(faults(WHOLE, "belopp"), 1);
	assert_said(0, "column 'belopp': COLUMN_MISSING");
}

/* A file without a header: nothing of its first row is repeated. */
static void test_no_header(void **state)
{
	(void)state;
	assert_int_equal(faults("abcdefgh;1440;K;1980;2018-01;100", NULL), 1);
	assert_said(0, "the first line names no column of kommun");
	assert_null(strstr(error.message[0], "abcdefgh"));
	assert_null(strstr(error.message[0], "1980"));
	assert_null(strstr(error.message[0], "separated"));
	assert_int_equal(faults("pid|kommun|kon|fodelsear|manad|belopp", NULL), 1);
	assert_said(0, "columns are separated by , ; or TAB, and this line looks separated by '|'");
	assert_int_equal(faults("abcdefgh|1440|K|1980|2018-01|100|", NULL), 1);
	assert_null(strstr(error.message[0], "separated"));
	assert_int_equal(faults(WHOLE ";abcd1234", NULL), 1);
	assert_null(strstr(error.message[0], "abcd1234"));
	assert_said(0, "column 7: COLUMN_UNKNOWN");
	assert_int_equal(faults(WHOLE ";a\nb", NULL), 1);
	assert_said(0, "column 7: COLUMN_UNKNOWN");
}

static void test_personnummer(void **state)
{
	(void)state;
	char header[100];
	int sum = 0;
	for (int i = 0; i < 9; i++) {
		int weighted = ("850716012"[i] - '0') * (i % 2 == 0 ? 2 : 1);
		sum += weighted / 10 + weighted % 10;
	}
	(void)snprintf(header, sizeof header, WHOLE ";850716-012%d", (10 - sum % 10) % 10);
	assert_int_equal(faults(header, NULL), 1);
	assert_said(0, "extrakt/kommun.csv:1: column 7: PERSONNUMMER");
	assert_null(strstr(error.message[0], "850716"));
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, setup, arena_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_right),
		CASE(test_missing),
		CASE(test_twice),
		CASE(test_unknown),
		CASE(test_ignored_known),
		CASE(test_no_header),
		CASE(test_personnummer),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
