/* Tests of the rules over sources: different pseudonymisation, shares, place and time; and participations that overlap. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "pipeline/base/date.h"
#include "stages/validate/sources.h"
#include "tests/arena.h"

static void test_mismatch(void **state)
{
	(void)state;
	char message[SOURCES_MISMATCH];
	uint64_t presence[IN_COMBINATIONS] = { 0 };
	assert_false(sources_mismatch(presence, SOURCES_MANY, message));
	presence[IN_AF] = 50;
	presence[IN_FK] = 50;
	assert_true(sources_mismatch(presence, SOURCES_MANY, message));
	assert_non_null(strstr(message, "AF: none of its 50 persons"));
	assert_non_null(strstr(message, "different pseudonymisation"));
	presence[IN_FK] = 49; /* one large source only */
	assert_false(sources_mismatch(presence, SOURCES_MANY, message));
	presence[IN_AF | IN_FK] = 1; /* 51 and 50, and one who links them */
	assert_false(sources_mismatch(presence, SOURCES_MANY, message));
	presence[IN_SUS] = 49;
	assert_false(sources_mismatch(presence, SOURCES_MANY, message));
	presence[IN_SUS] = 50;
	assert_true(sources_mismatch(presence, SOURCES_MANY, message));
	assert_non_null(strstr(message, "SUS: "));
	presence[IN_SUS | IN_ENKAT] = 10; /* they match each other, but nobody else */
	assert_true(sources_mismatch(presence, SOURCES_MANY, message));
	assert_non_null(strstr(message, "SUS and ENKAT: none of its 60 persons"));
	presence[IN_SUS | IN_KOM] = 1;
	assert_false(sources_mismatch(presence, SOURCES_MANY, message));
}

static struct list list;
static struct profile profile;
static const struct extract *extract[EXTRACTS];
static struct profile_field fk_field[16], af_field[16];
static struct profile_code kommun[2] = { { "0780", 0 }, { "1440", 100 } }, kon[2][2] = { { { "K", 50 }, { "M", 50 } },
	{ { "K", 50 }, { "M", 50 } } };
static const char *const codes[] = { "1440" };
static const struct kommuner kommuner[] = { { INT32_MIN, { 1, codes } } };
static struct settings settings;

/* FK and AF of 100 rows each. */
static int begin(void **state)
{
	if (arena_begin(state) != 0)
		return -1;
	list = (struct list){ .arena = arena };
	memset(&profile, 0, sizeof profile);
	settings = (struct settings){ .kommuner_count = 1, .kommuner = kommuner, .period_from = date_day(2018, 1, 1),
		.period_to = date_day(2018, 8, 31), .drift_antal = 50, .utanfor = 0.10, .skillnad = 0.25, .efterslapning = 2 };
	for (size_t i = 0; i < EXTRACTS; i++) {
		extract[i] = schema_extract(extract_names[i], arena, &error);
		assert_non_null(extract[i]);
	}
	struct profile_field *const fields[] = { fk_field, af_field };
	for (size_t source = EXTRACT_FK; source <= EXTRACT_AF; source++) {
		struct profile_source *own = &profile.source[source];
		*own = (struct profile_source){ .rows = 100, .fields = extract[source]->fields, .field = fields[source] };
		own->decade[8] = 100;
		kon[source][0].rows = 50;
		kon[source][1].rows = 50;
		for (size_t i = 0; i < own->fields; i++) {
			fields[source][i] = (struct profile_field){ .name = extract[source]->field[i].name, .latest = COLUMN_NONE_I32 };
			if (strcmp(fields[source][i].name, "kon") == 0)
				fields[source][i] = (struct profile_field){ "kon", 0, COLUMN_NONE_I32, 2, kon[source] };
			if (strcmp(fields[source][i].name, "kommun") == 0 && source == EXTRACT_FK)
				fields[source][i] = (struct profile_field){ "kommun", 0, COLUMN_NONE_I32, 2, kommun };
			if (strcmp(fields[source][i].name, "fran") == 0)
				fields[source][i].latest = date_day(2018, 6, 30);
		}
	}
	return 0;
}

static int64_t broken(const char *code, size_t source)
{
	list.breaches = 0;
	assert_int_equal(sources_check(&list, &profile, extract, &settings, &error), 0);
	for (size_t i = 0; i < list.breaches; i++)
		if (strcmp(list.breach[i].code, code) == 0 && list.breach[i].extract == source)
			return list.breach[i].count;
	return 0;
}

static void test_inside(void **state)
{
	(void)state;
	kommun[0].rows = 50;
	assert_int_equal(broken("OUTSIDE_FORBUND", EXTRACT_FK), 0); /* half, but no more than 50 rows */
	kommun[0].rows = 51;
	assert_int_equal(broken("OUTSIDE_FORBUND", EXTRACT_FK), 51);
	settings.utanfor = 0.51;
	assert_int_equal(broken("OUTSIDE_FORBUND", EXTRACT_FK), 0);
	kommun[0].rows = 0;
}

static void test_fresh(void **state)
{
	(void)state;
	assert_int_equal(broken("OUT_OF_DATE", EXTRACT_FK), 0);
	settings.efterslapning = 1;
	assert_int_equal(broken("OUT_OF_DATE", EXTRACT_FK), 2);
	profile.source[EXTRACT_FK].rows = 50;
	assert_int_equal(broken("OUT_OF_DATE", EXTRACT_FK), 0);
}

static void test_shares(void **state)
{
	(void)state;
	assert_int_equal(broken("SHARES_DIFFER", EXTRACT_FK), 0);
	kon[EXTRACT_FK][0].rows = 75;
	kon[EXTRACT_FK][1].rows = 25;
	assert_int_equal(broken("SHARES_DIFFER", EXTRACT_FK), 0); /* 25 points are not more than 25 */
	kon[EXTRACT_FK][0].rows = 76;
	kon[EXTRACT_FK][1].rows = 24;
	assert_int_equal(broken("SHARES_DIFFER", EXTRACT_FK), 26);
	assert_int_equal(broken("SHARES_DIFFER", EXTRACT_AF), 26);
	kon[EXTRACT_FK][0].rows = kon[EXTRACT_FK][1].rows = 50;
	profile.source[EXTRACT_FK].decade[8] = 60;
	profile.source[EXTRACT_FK].decade[9] = 40;
	assert_int_equal(broken("SHARES_DIFFER", EXTRACT_FK), 40);
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, begin, arena_end)

/* Files of volym: a second one with the first one's rows, an empty one, one with as many other rows. Those of fk count once. */
static void test_twice(void **state)
{
	(void)state;
	struct profile_file files[] = { { "a", 3, "one" }, { "b", 3, "one" }, { "c", 0, "" }, { "d", 0, "" }, { "e", 3, "other" }, { "f", 4, "one" } };
	struct profile all = { .forbund = "" };
	struct error failed = { 0 };
	struct list found = { .arena = arena_new(&failed) };
	all.source[EXTRACT_FK] = all.source[EXTRACT_VOLYM] = (struct profile_source){ .files = 6, .file = files };
	assert_int_equal(sources_twice(&found, &all, &failed), 0);
	assert_int_equal(found.breaches, 1);
	assert_int_equal(found.breach[0].extract, EXTRACT_VOLYM);
	assert_string_equal(found.breach[0].file, "b");
	assert_string_equal(found.breach[0].code, "FILE_TWICE");
	assert_int_equal(found.breach[0].count, 3);
	assert_non_null(strstr(found.breach[0].label, "the very rows of a,"));
	arena_free(found.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_mismatch), cmocka_unit_test(test_twice), CASE(test_inside), CASE(test_fresh), CASE(test_shares) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
