/* Tests of the cross-checks of one person: each rule with records that keep it and records that break it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "stages/link/crosscheck.h"

#define AA 9
static const struct crosscheck_codes codes = { .aa = AA, .not_from = 95, .not_to = 98 };
static bool broken[CROSSCHECKS];

/* FK: förmån, per cent, days; AF: category, days. Kommun 1 unless said. */
static struct record fk(unsigned forman, unsigned share, int32_t from, int32_t to)
{
	return (struct record){ .head = (uint16_t)(forman << 8 | share), .start = from, .end = to, .kommun = 1 };
}

static struct record af(unsigned category, int32_t from, int32_t to)
{
	return (struct record){ .head = (uint16_t)category, .start = from, .end = to, .kommun = 1 };
}

static struct record living(uint16_t kommun, int32_t from, int32_t to)
{
	return (struct record){ .start = from, .end = to, .kommun = kommun };
}

static void check(enum part part, const struct record *record, size_t count)
{
	struct error error = { 0 };
	struct span span[PARTS] = { { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 } };
	span[part] = (struct span){ record, count };
	struct attribute attribute = attribute_person(span, 9);
	attribute.kon_differs = true;
	assert_int_equal(crosscheck_person(span, &attribute, &codes, broken, &error), 0);
	assert_true(broken[CROSSCHECK_KON]);
	assert_false(broken[CROSSCHECK_FODELSEAR]);
}
#define CHECK(part, records) check(part, records, sizeof records / sizeof *records)

static void test_full_day(void **state)
{
	(void)state;
	const struct record halves[] = { fk(1, 50, 0, 30), fk(1, 50, 10, 40) };
	CHECK(PART_FK, halves);
	assert_false(broken[CROSSCHECK_DAY] || broken[CROSSCHECK_FORMAN]);
	const struct record more[] = { fk(1, 50, 0, 30), fk(1, 75, 30, 40) };
	CHECK(PART_FK, more);
	assert_true(broken[CROSSCHECK_DAY] && broken[CROSSCHECK_FORMAN]);
	const struct record beside[] = { fk(1, 50, 0, 30), fk(1, 75, 31, 40) };
	CHECK(PART_FK, beside);
	assert_false(broken[CROSSCHECK_DAY] || broken[CROSSCHECK_FORMAN]);
	const struct record two[] = { fk(1, 100, 0, 30), fk(2, 25, 5, 5) };
	CHECK(PART_FK, two);
	assert_true(broken[CROSSCHECK_DAY]);
	assert_false(broken[CROSSCHECK_FORMAN]);
	const struct record event[] = { fk(1, 100, 0, 30), fk(AA, 100, 5, 5) };
	CHECK(PART_FK, event);
	assert_false(broken[CROSSCHECK_DAY]);
	const struct record empty[] = { fk(1, 100, 0, 30), fk(2, 100, 10, 9) };
	CHECK(PART_FK, empty);
	assert_false(broken[CROSSCHECK_DAY]);
}

static void test_af(void **state)
{
	(void)state;
	const struct record after[] = { af(11, 0, 10), af(70, 11, 20) };
	CHECK(PART_AF, after);
	assert_false(broken[CROSSCHECK_AF]);
	const struct record shared[] = { af(70, 10, 20), af(11, 0, 10) };
	CHECK(PART_AF, shared);
	assert_true(broken[CROSSCHECK_AF]);
	const struct record inside[] = { af(11, 0, 100), af(11, 5, 6), af(70, 50, 60) };
	CHECK(PART_AF, inside);
	assert_true(broken[CROSSCHECK_AF]);
	const struct record decision[] = { af(11, 0, 100), af(96, 5, 6) };
	CHECK(PART_AF, decision);
	assert_false(broken[CROSSCHECK_AF]);
}

static void test_kommun(void **state)
{
	(void)state;
	const struct record moved[] = { living(1, 0, 10), living(2, 11, 20), living(1, 21, 30) };
	CHECK(PART_REG, moved);
	assert_false(broken[CROSSCHECK_KOMMUN]);
	const struct record both[] = { living(1, 0, 100), living(1, 5, 6), living(1, 7, 8), living(2, 50, 50) };
	CHECK(PART_REG, both);
	assert_true(broken[CROSSCHECK_KOMMUN]);
}

/* Against looking at every pair, on records without end. */
static void test_against_pairs(void **state)
{
	(void)state;
	enum { MOST = 200 };
	struct record record[MOST];
	uint32_t seed = 1;
	for (int round = 0; round < 3000; round++) {
		size_t count = round % 50 == 0 ? MOST : 2 + (size_t)round % 5;
		bool pair = false;
		for (size_t i = 0; i < count; i++) {
			seed = seed * 1664525 + 1013904223;
			int32_t from = (int32_t)(seed >> 8 & 0xFF), length = (int32_t)(seed >> 16 & 0xF);
			record[i] = living((uint16_t)(seed >> 28 & 3), from, from + length);
		}
		for (size_t i = 0; i < count; i++)
			for (size_t k = 0; k < i; k++)
				pair = pair || (record[i].kommun != record[k].kommun && record[i].start <= record[k].end &&
					record[k].start <= record[i].end);
		check(PART_KOM, record, count);
		assert_int_equal(broken[CROSSCHECK_KOMMUN], pair);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_full_day),
		cmocka_unit_test(test_af),
		cmocka_unit_test(test_kommun),
		cmocka_unit_test(test_against_pairs),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
