/* Tests of packed records: what is packed comes back, order, and exact duplicates. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "pipeline/base/date.h"
#include "pipeline/table/column/column.h"
#include "stages/link/record.h"

#define UTTAG 17774 /* 2018-08-31 */

static const struct raw spell = { .file = 7, .kommun = 12, .kon = 1, .fodelsear = 1980, .code = 2, .number = 50,
	.start = 17500, .end = 17600, .diagnos = 70000, .belopp = 123456 };

/* record_unique of records that stand in a row. */
static size_t unique_of(struct record *records, size_t count, uint64_t *duplicates)
{
	struct record *copy = calloc(count + 1, sizeof *copy);
	const struct record **from = calloc(count + 1, sizeof *from);
	assert_true(copy != NULL && from != NULL);
	for (size_t i = 0; i < count; i++) {
		copy[i] = records[i];
		from[i] = &copy[i];
	}
	size_t unique = record_unique(records, from, count, duplicates);
	free(copy);
	free(from);
	return unique;
}

static void test_packing(void **state)
{
	(void)state;
	struct record fk = record_make(PART_FK, &spell, UTTAG);
	assert_int_equal(record_forman(&fk), 2);
	assert_int_equal(record_omfattning(&fk), 50);
	assert_int_equal(fk.diagnos, 70000);
	assert_int_equal(fk.start, 17500);
	assert_int_equal(fk.end, 17600);
	assert_int_equal(fk.belopp, 123456);
	assert_int_equal(fk.fodelsear, 1980);

	struct raw raw = spell;
	raw.code = COLUMN_NONE_U16;
	raw.number = 98;
	raw.cause = 6;
	struct record af = record_make(PART_AF, &raw, UTTAG);
	assert_int_equal(record_sokandekategori(&af), 98);
	assert_int_equal(record_wide(af.code), COLUMN_NONE_U16);
	assert_int_equal(af.tail, 6);

	raw.start = date_month(2018, 2);
	raw.code = 3;
	struct record kom = record_make(PART_KOM, &raw, UTTAG);
	assert_int_equal(kom.start, date_day(2018, 2, 1));
	assert_int_equal(kom.end, date_day(2018, 2, 28));
	assert_int_equal(kom.tail, 3);

	struct record reg = record_make(PART_REG, &spell, UTTAG);
	assert_int_equal(record_wide(reg.code), 2);
	assert_int_equal(reg.diagnos, 70000);
	assert_int_equal(reg.end, reg.start);
}

static void test_ongoing(void **state)
{
	(void)state;
	struct raw raw = spell;
	raw.end = DATE_ONGOING;
	struct record ongoing = record_make(PART_AF, &raw, UTTAG);
	assert_int_equal(ongoing.end, UTTAG);
	assert_true(ongoing.ongoing);
	raw.end = UTTAG;
	struct record ended = record_make(PART_AF, &raw, UTTAG);
	assert_int_equal(ended.end, UTTAG);
	assert_int_not_equal(record_compare(&ongoing, &ended), 0); /* not the same as parsed */
	raw.end = UTTAG + 100; /* a known end later than uttagsdatum stays */
	assert_int_equal(record_make(PART_AF, &raw, UTTAG).end, UTTAG + 100);
}

static void test_duplicates(void **state)
{
	(void)state;
	struct raw same = spell, full = spell, empty = spell, other = spell, zero = spell, none = spell;
	full.number = 100;
	empty.number = COLUMN_NONE_I32;
	other.diagnos++;
	zero.belopp = 0;
	none.belopp = COLUMN_NONE_I64;
	const struct raw *const raws[] = { &spell, &full, &zero, &same, &empty, &other, &none, &spell };
	struct record records[8];
	for (size_t i = 0; i < 8; i++)
		records[i] = record_make(PART_FK, raws[i], UTTAG);
	uint64_t duplicates[8] = { 0 };
	assert_int_equal(unique_of(records, 8, duplicates), 5); /* spell, full, zero, other, none */
	for (size_t i = 1; i < 5; i++)
		assert_int_equal(record_compare(&records[i - 1], &records[i]), -1);
	assert_int_equal(unique_of(records, 0, duplicates), 0);
	assert_int_equal(unique_of(records, 1, duplicates), 1);
}

/* Every value of the row counts for equality. */
static void test_every_value(void **state)
{
	(void)state;
	for (size_t i = 0; i < 9; i++) {
		struct raw raw = spell;
		switch (i) {
		case 0: raw.kommun++; break;
		case 1: raw.kon++; break;
		case 2: raw.fodelsear++; break;
		case 3: raw.code++; break;
		case 4: raw.cause++; break;
		case 5: raw.number++; break;
		case 6: raw.start++; break;
		case 7: raw.end++; break;
		default: raw.belopp++; break;
		}
		struct record a = record_make(PART_AF, &spell, UTTAG), b = record_make(PART_AF, &raw, UTTAG);
		assert_int_equal(record_compare(&a, &b), -1);
		assert_int_equal(record_compare(&b, &a), 1);
		assert_int_equal(record_compare(&a, &a), 0);
	}
}

static void test_many(void **state)
{
	(void)state;
	enum { COUNT = 1000, KINDS = 37 };
	struct record *records = calloc(COUNT, sizeof *records);
	assert_non_null(records);
	for (size_t i = 0; i < COUNT; i++) {
		struct raw raw = spell;
		raw.start = 17000 + (int32_t)(i * 7919 % KINDS);
		records[i] = record_make(PART_REG, &raw, UTTAG);
	}
	uint64_t duplicates[8] = { 0 };
	assert_int_equal(unique_of(records, COUNT, duplicates), KINDS);
	assert_int_equal(duplicates[spell.file], COUNT - KINDS);
	for (size_t i = 0; i < KINDS; i++)
		assert_int_equal(records[i].start, 17000 + (int32_t)i);
	free(records);
}

/* However many records there are, they come out in order, each once, with no record lost. */
static void test_any_number(void **state)
{
	(void)state;
	enum { MOST = 140 };
	struct record records[MOST], before[MOST];
	uint32_t random = 20180831;
	for (size_t count = 1; count <= MOST; count++) {
		uint64_t duplicates[8] = { 0 };
		for (size_t i = 0; i < count; i++) {
			struct raw raw = spell;
			random = random * 1664525 + 1013904223;
			raw.start = (int32_t)(random >> 24 & 7) - 3; /* days before 1970, too */
			raw.number = 25 * (int32_t)(random >> 20 & 3);
			raw.belopp = random >> 16 & 3;
			before[i] = records[i] = record_make(PART_FK, &raw, UTTAG);
		}
		size_t unique = unique_of(records, count, duplicates);
		assert_int_equal(unique + duplicates[spell.file], count);
		for (size_t i = 1; i < unique; i++)
			assert_int_equal(record_compare(&records[i - 1], &records[i]), -1);
		for (size_t i = 0; i < count; i++) {
			size_t at = 0;
			while (at < unique && record_compare(&records[at], &before[i]) != 0)
				at++;
			assert_true(at < unique);
		}
	}
}

/* The first file that holds a row has it; each other copy is a duplicate of the file where it stands. */
static void test_files(void **state)
{
	(void)state;
	static const uint32_t file[] = { 4, 1, 4, 6, 1, 2 }; /* of six copies */
	struct record records[7];
	uint64_t duplicates[8] = { 0 };
	struct raw other = spell;
	other.belopp++;
	for (size_t i = 0; i < 6; i++) {
		records[i] = record_make(PART_FK, &spell, UTTAG);
		records[i].file = file[i] & (RECORD_FILES - 1);
	}
	records[6] = record_make(PART_FK, &other, UTTAG);
	assert_int_equal(unique_of(records, 7, duplicates), 2);
	static const uint64_t wanted[8] = { 0, 1, 1, 0, 2, 0, 1, 0 };
	assert_memory_equal(duplicates, wanted, sizeof wanted);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_packing),
		cmocka_unit_test(test_ongoing),
		cmocka_unit_test(test_duplicates),
		cmocka_unit_test(test_every_value),
		cmocka_unit_test(test_many),
		cmocka_unit_test(test_any_number),
		cmocka_unit_test(test_files),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
