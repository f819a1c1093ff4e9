/* Tests of the rule over ekonomi: parts that cost more than their whole, by year, financier and amount. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "pipeline/base/date.h"
#include "stages/validate/economy.h"
#include "tests/arena.h"

enum { STAT = 1 }; /* places in the code list finansiar: FORBUND, STAT, … */

static struct list list;
static const struct extract *schema;
static struct insats insatser[3];
static struct settings settings;

/* Huset holds Köket and Verkstan; the period is 2018 and half of 2019. */
static int begin(void **state)
{
	if (arena_begin(state) != 0)
		return -1;
	list = (struct list){ .arena = arena };
	schema = schema_extract("ekonomi", arena, &error);
	assert_non_null(schema);
	assert_string_equal(schema->field[2].codes->entry[STAT].kod, "STAT");
	insatser[0] = (struct insats){ .name = "Huset" };
	insatser[1] = (struct insats){ .name = "Köket", .ingar_i = &insatser[0] };
	insatser[2] = (struct insats){ .name = "Verkstan", .ingar_i = &insatser[0] };
	settings = (struct settings){ .insats_count = 3, .insats = insatser, .period_from = date_day(2018, 1, 1),
		.period_to = date_day(2019, 6, 30) };
	return 0;
}

struct line {
	const char *insats;
	int32_t ar;
	uint16_t finansiar;
	int64_t budget, utfall; /* öre */
};

/* Checks these rows; the number of breaches. */
static size_t check(const struct line *line, size_t lines)
{
	static const struct column columns[] = { { "insats", COLUMN_TEXT }, { "ar", COLUMN_I32 }, { "finansiar", COLUMN_U16 },
		{ "budget", COLUMN_I64 }, { "utfall", COLUMN_I64 } };
	char folder[] = "/tmp/finsamstat-economy-XXXXXX", path[sizeof folder + 16];
	assert_non_null(mkdtemp(folder));
	(void)snprintf(path, sizeof path, "%s/ekonomi.col", folder);
	struct column_writer *writer = NULL;
	struct column_file *file = NULL;
	assert_int_equal(column_create(&writer, path, columns, 5, &error), 0);
	for (size_t i = 0; i < lines; i++) {
		assert_int_equal(column_put_text(writer, 0, line[i].insats, strlen(line[i].insats), &error), 0);
		column_put_i32(writer, 1, line[i].ar);
		column_put_u16(writer, 2, line[i].finansiar);
		column_put_i64(writer, 3, line[i].budget);
		column_put_i64(writer, 4, line[i].utfall);
		assert_int_equal(column_end_row(writer, &error), 0);
	}
	assert_int_equal(column_finish(writer, &error), 0);
	assert_int_equal(column_open(&file, path, &error), 0);
	list.breaches = 0;
	int result = economy_check(&list, file, schema, &settings, &error);
	column_close(file);
	assert_int_equal(unlink(path) | rmdir(folder), 0);
	assert_int_equal(result, 0);
	return list.breaches;
}
#define CHECK(lines) check(lines, sizeof(lines) / sizeof *(lines))

static void test_within(void **state)
{
	(void)state;
	static const struct line lines[] = { { "Huset", 2018, 0, 60000, 50000 }, { "Huset", 2018, 0, 40000, COLUMN_NONE_I64 },
		{ "Köket", 2018, 0, 70000, 20000 }, { "Verkstan", 2018, 0, 30000, 30000 } };
	assert_int_equal(CHECK(lines), 0); /* the parts are all there is: no more */
	assert_int_equal(check(lines, 0), 0);
}

static void test_more_than_the_whole(void **state)
{
	(void)state;
	static const struct line lines[] = { { "Huset", 2018, 0, 100000, 100000 }, { "Köket", 2018, 0, 70000, 20000 },
		{ "Verkstan", 2018, 0, 30001, 30000 } };
	assert_int_equal(CHECK(lines), 1);
	assert_string_equal(list.breach[0].column, "budget");
	assert_string_equal(list.breach[0].code, "PARTS_EXCEED");
	assert_int_equal(list.breach[0].severity, SEVERITY_WARNING);
	assert_non_null(strstr(list.breach[0].label, "of FORBUND in 2018 those of 'Huset' have 1000.01 kr and it has 1000.00 kr"));
}

static void test_each_year_and_financier(void **state)
{
	(void)state;
	static const struct line lines[] = { { "Huset", 2018, 0, 0, 100000 }, { "Köket", 2018, STAT, 0, 10 }, { "Huset", 2019, STAT, 0, 10 },
		{ "Köket", 2019, 0, 0, 20 }, { "Köket", 2017, 0, 0, 30 }, { "Köket", 2020, 0, 0, 30 } };
	assert_int_equal(CHECK(lines), 2); /* those of 2017 and 2020 lie outside the period */
	assert_non_null(strstr(list.breach[0].label, "of STAT in 2018 those of 'Huset' have 0.10 kr and it has 0.00 kr"));
	assert_non_null(strstr(list.breach[1].label, "of FORBUND in 2019"));
}

static void test_a_part_of_a_part(void **state)
{
	(void)state;
	static const struct line lines[] = { { "Huset", 2018, 0, 0, 100 }, { "Köket", 2018, 0, 0, 100 }, { "Verkstan", 2018, 0, 0, 100 } };
	insatser[2].ingar_i = &insatser[1];
	assert_int_equal(CHECK(lines), 0);
	insatser[2].ingar_i = &insatser[0];
	assert_int_equal(CHECK(lines), 1);
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, begin, arena_end)

int main(void)
{
	const struct CMUnitTest tests[] = { CASE(test_within), CASE(test_more_than_the_whole), CASE(test_each_year_and_financier),
		CASE(test_a_part_of_a_part) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
