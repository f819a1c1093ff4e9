/* Tests of participations: what multi-response texts mean, duplicates, anonymous rows and order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "pipeline/table/column/column.h"
#include "stages/link/participation.h"
#include "tests/arena.h"

static void test_meanings(void **state)
{
	(void)state;
	static const char *const text[] = { "", "AO", "AO:100", "AO|SU", "SU|AO", "AO:50|SU:50", "AO:60|SU:40", "Balder",
		"2 timmar", "AO:50,0|SU" };
	struct meanings meanings;
	const struct codelist *list = codelist_load("sysselsattning", arena, &error);
	assert_int_equal(participation_meanings(&meanings, list, text, 10, arena, &error), 0);
	const uint32_t *meaning = meanings.meaning;
	assert_int_equal(meaning[1], meaning[2]);
	assert_int_equal(meaning[3], meaning[4]);
	assert_int_equal(meaning[3], meaning[5]);
	assert_int_equal(meaning[3], meaning[9]);
	assert_int_not_equal(meaning[0], meaning[1]);
	assert_int_not_equal(meaning[3], meaning[6]);
	assert_int_not_equal(meaning[7], meaning[8]);
	assert_int_equal(meanings.mask[0], 0);
	assert_int_equal(meanings.mask[7], 0);
	assert_int_equal(meanings.mask[1], UINT32_C(1) << codelist_find(list, "AO", 2));
	assert_int_equal(meanings.mask[3], meanings.mask[6]);
}

static uint64_t duplicates[8];

static const struct participation one = { .insats = 1, .person = 4, .start = 100, .slut = 200, .fodelsear = 1980,
	.text = { 1, 2, 3, 4, 5 }, .parsed = { 1, 2, 3, 4, 5 } };

static void test_duplicates(void **state)
{
	(void)state;
	struct participation other = one, written = one, anonymous = one;
	other.parsed[AVSLUT]++;
	other.text[AVSLUT]++;
	written.text[AVSLUT] = 9; /* as parsed the same */
	anonymous.person = COLUMN_NONE_U32;
	struct participation rows[] = { anonymous, written, one, other, anonymous, one };
	memset(duplicates, 0, sizeof duplicates);
	rows[1].file = 3;
	rows[2].file = 4;
	rows[5].file = 2; /* the first file */
	assert_int_equal(participation_unique(rows, 6, duplicates), 4);
	for (size_t i = 0; i < 8; i++)
		assert_int_equal(duplicates[i], i == 3 || i == 4);
	assert_int_equal(rows[0].text[AVSLUT], 5);
	assert_int_equal(rows[1].text[AVSLUT], 6);
	assert_int_equal(rows[2].person, COLUMN_NONE_U32);
	assert_int_equal(rows[3].person, COLUMN_NONE_U32);
	assert_int_equal(participation_unique(rows, 0, duplicates), 0);
}

static void test_every_value(void **state)
{
	(void)state;
	for (size_t i = 0; i < 15; i++) {
		struct participation rows[2] = { one, one };
		uint16_t *const codes[] = { &rows[0].insats, &rows[0].kommun, &rows[0].kon, &rows[0].utbildning,
			&rows[0].tid_off_fors, &rows[0].remittent };
		int32_t *const numbers[] = { &rows[0].start, &rows[0].slut, &rows[0].fodelsear };
		if (i < 6)
			(*codes[i])++;
		else if (i < 9)
			(*numbers[i - 6])++;
		else if (i < 14)
			rows[0].parsed[i - 9]++;
		else
			rows[0].person++;
		assert_int_equal(participation_unique(rows, 2, duplicates), 2);
	}
}

static void test_order(void **state)
{
	(void)state;
	struct participation late = one, early = one, second = one;
	early.start = 50;
	early.insats = 2;
	late.start = 300;
	second.person = 3;
	struct participation rows[] = { early, late, one, second };
	assert_int_equal(participation_unique(rows, 4, duplicates), 4);
	assert_int_equal(rows[0].person, 3);
	assert_int_equal(rows[1].start, 100);
	assert_int_equal(rows[2].start, 300);
	assert_int_equal(rows[3].insats, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_meanings, arena_begin, arena_end),
		cmocka_unit_test(test_duplicates),
		cmocka_unit_test(test_every_value),
		cmocka_unit_test(test_order),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
