/* Tests of drift: each kind of change below and above its limits, and a profile written and read. */
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
#include "stages/validate/drift.h"
#include "tests/arena.h"

static struct list list;
static struct settings settings;
static struct profile before, now;
static struct profile_field fields[2][2];
static struct profile_code codes[2][2];

static int begin(void **state)
{
	if (arena_begin(state) != 0)
		return -1;
	list = (struct list){ .arena = arena };
	settings = (struct settings){ .drift_rader = 0.20, .drift_saknade = 0.05, .drift_koder = 0.01, .drift_personer = 0.10,
		.drift_avvisa = 0.90, .drift_antal = 50, .drift_dagar = 31, .drift_avvisa_antal = 1000 };
	memset(&before, 0, sizeof before);
	memset(&now, 0, sizeof now);
	struct profile *const profiles[] = { &before, &now };
	for (size_t i = 0; i < 2; i++) {
		codes[i][0] = (struct profile_code){ "SE", 400 };
		codes[i][1] = (struct profile_code){ "SP", 600 };
		fields[i][0] = (struct profile_field){ "forman", 0, COLUMN_NONE_I32, 2, codes[i] };
		fields[i][1] = (struct profile_field){ "fran", 0, date_day(2018, 8, 31), 0, NULL };
		profiles[i]->forbund = "F";
		profiles[i]->source[EXTRACT_FK] = (struct profile_source){ .rows = 1000, .persons = 500, .elsewhere = 250, .fields = 2,
			.field = fields[i] };
	}
	return arena == NULL;
}

/* The change of that name; NULL without. */
static const struct change *changed(const char *what)
{
	list.changes = 0;
	assert_int_equal(drift_compare(&list, &before, &now, &settings, &error), 0);
	for (size_t i = 0; i < list.changes; i++)
		if (strcmp(list.change[i].what, what) == 0)
			return &list.change[i];
	return NULL;
}

static bool told(const char *what)
{
	const struct change *change = changed(what);
	return change != NULL && change->told;
}

static void test_rows(void **state)
{
	(void)state;
	static const struct {
		uint64_t before, now;
		bool told;
		enum severity severity;
	} cases[] = { { 1000, 1000, false, SEVERITY_WARNING }, { 1000, 1200, false, SEVERITY_WARNING },
		{ 1000, 1201, true, SEVERITY_WARNING }, { 1000, 799, true, SEVERITY_WARNING }, { 100, 150, false, SEVERITY_WARNING },
		{ 100, 151, true, SEVERITY_WARNING }, { 0, 50, false, SEVERITY_WARNING }, { 0, 51, true, SEVERITY_WARNING },
		{ 1000, 0, true, SEVERITY_WARNING }, { 20000, 1999, true, SEVERITY_REFUSE }, { 20000, 2000, true, SEVERITY_WARNING },
		{ 2000, 20000, true, SEVERITY_WARNING } };
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		before.source[EXTRACT_FK].rows = cases[i].before;
		now.source[EXTRACT_FK].rows = cases[i].now;
		const struct change *change = changed("rows");
		assert_non_null(change);
		if (change->told != cases[i].told || change->severity != cases[i].severity)
			fail_msg("%d to %d", (int)cases[i].before, (int)cases[i].now);
	}
}

static void test_empty(void **state)
{
	(void)state;
	assert_null(changed("empty forman"));
	fields[1][0].empty = 50; /* 5 percentage points */
	assert_false(told("empty forman"));
	fields[1][0].empty = 51;
	assert_true(told("empty forman"));
	fields[0][0].empty = 10;
	assert_false(told("empty forman"));
	now.source[EXTRACT_FK].rows = before.source[EXTRACT_FK].rows = 100; /* half of them, but 50 rows */
	fields[0][0].empty = 0;
	fields[1][0].empty = 50;
	assert_false(told("empty forman"));
}

static void test_codes(void **state)
{
	(void)state;
	assert_null(changed("new in forman AE"));
	codes[1][0] = (struct profile_code){ "AE", 50 };
	assert_non_null(changed("new in forman AE"));
	assert_false(told("new in forman AE"));
	assert_true(told("no longer forman SE"));
	codes[1][0].rows = 51;
	assert_true(told("new in forman AE"));
	assert_null(changed("new in forman SP"));
}

static void test_persons_and_dates(void **state)
{
	(void)state;
	assert_non_null(changed("persons who are in another source too"));
	assert_false(told("persons who are in another source too"));
	now.source[EXTRACT_FK].elsewhere = 199;
	assert_true(told("persons who are in another source too"));
	now.source[EXTRACT_FK].elsewhere = 201;
	assert_false(told("persons who are in another source too"));
	assert_false(told("latest fran"));
	fields[1][1].latest = date_day(2018, 7, 31);
	assert_false(told("latest fran"));
	fields[1][1].latest = date_day(2018, 7, 30);
	assert_true(told("latest fran"));
	fields[1][1].latest = date_day(2019, 8, 31);
	assert_false(told("latest fran"));
}

static void test_file(void **state)
{
	(void)state;
	char folder[] = "profile-XXXXXX", path[64];
	struct profile_file file = { "fk;\"1\".csv", 1000, "00112233445566778899aabbccddeeff" };
	struct profile read;
	assert_non_null(mkdtemp(folder));
	(void)snprintf(path, sizeof path, "%s/profile.csv", folder);
	before.forbund = "Åmål, \"öst\"";
	before.source[EXTRACT_FK].file = &file;
	before.source[EXTRACT_FK].files = 1;
	fields[0][1].latest = -5;
	assert_int_equal(profile_write(&before, path, &error), 0);
	assert_int_equal(profile_read(&read, path, arena, &error), 0);
	assert_string_equal(read.forbund, before.forbund);
	const struct profile_source *source = &read.source[EXTRACT_FK];
	assert_int_equal(source->rows, 1000);
	assert_int_equal(source->persons, 500);
	assert_int_equal(source->elsewhere, 250);
	assert_int_equal(source->fields, 2);
	assert_int_equal(source->files, 1);
	assert_string_equal(source->file[0].name, file.name);
	assert_string_equal(source->file[0].print, file.print);
	assert_int_equal(profile_code_rows(profile_field(source, "forman"), "SP"), 600);
	assert_int_equal(profile_field(source, "fran")->latest, -5);
	assert_int_equal(read.source[EXTRACT_AF].rows, 0);
	FILE *spoilt = fopen(path, "a");
	assert_non_null(spoilt);
	(void)fputs("fk,kod,okand,X,1\n", spoilt);
	(void)fclose(spoilt);
	assert_int_equal(profile_read(&read, path, arena, &error), -1);
	(void)unlink(path);
	(void)rmdir(folder);
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, begin, arena_end)

int main(void)
{
	const struct CMUnitTest tests[] = { CASE(test_rows), CASE(test_empty), CASE(test_codes), CASE(test_persons_and_dates),
		CASE(test_file) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
