/* Tests of persons' attributes: the latest record, ties, X, and kommun by calendar year. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "pipeline/base/date.h"
#include "pipeline/table/column/column.h"
#include "pipeline/table/schema/codelist.h"
#include "stages/link/attribute.h"

enum { K, M, X };

static struct record made(int32_t start, int32_t end, uint8_t kon, int16_t fodelsear, uint16_t kommun)
{
	return (struct record){ .start = start, .end = end, .kon = kon & 0x7Fu, .fodelsear = fodelsear, .kommun = kommun };
}

static struct attribute of(const struct record *fk, size_t fks, const struct record *af, size_t afs)
{
	const struct span span[PARTS] = { [PART_FK] = { fk, fks }, [PART_AF] = { af, afs } };
	return attribute_person(span, X);
}

static void kommun_of(const struct span span[PARTS], int first_year, size_t years, uint16_t *kommun)
{
	struct attribute attribute = attribute_person(span, X);
	attribute_kommun(span, &attribute, first_year, years, kommun);
}

static void test_none(void **state)
{
	(void)state;
	struct attribute attribute = of(NULL, 0, NULL, 0);
	assert_int_equal(attribute.kon, COLUMN_NONE_U8);
	assert_int_equal(attribute.fodelsear, COLUMN_NONE_I32);
	assert_false(attribute.kon_differs);
	assert_int_equal(attribute.kommun, CODE_NONE);
}

static void test_latest(void **state)
{
	(void)state;
	const struct record fk[] = { made(100, 900, K, 1980, 1), made(300, 310, M, 1981, 2) };
	const struct record af[] = { made(200, 999, K, 1982, 3) };
	struct attribute attribute = of(fk, 2, af, 1);
	assert_int_equal(attribute.kon, M);
	assert_int_equal(attribute.fodelsear, 1981);
	assert_true(attribute.kon_differs);
	assert_true(attribute.fodelsear_differs);
	attribute = of(fk, 1, NULL, 0);
	assert_int_equal(attribute.kon, K);
	assert_false(attribute.kon_differs);
	assert_false(attribute.fodelsear_differs);
}

static void test_ties(void **state)
{
	(void)state;
	const struct record fk[] = { made(100, 100, K, 1980, 1) }, af[] = { made(100, 100, M, 1999, 9) };
	struct attribute attribute = of(fk, 1, af, 1);
	assert_int_equal(attribute.kon, K); /* FK before AF, whatever the value */
	assert_int_equal(attribute.fodelsear, 1980);
	const struct record same[] = { made(100, 100, M, 1980, 1), made(100, 100, K, 1985, 1) };
	attribute = of(same, 2, NULL, 0);
	assert_int_equal(attribute.kon, M); /* in one source the larger value, each by itself */
	assert_int_equal(attribute.fodelsear, 1985);
	const struct record kom[] = { made(100, 100, M, 1970, 1) }, reg[] = { made(100, 100, K, 1971, 2) };
	const struct span span[PARTS] = { [PART_KOM] = { kom, 1 }, [PART_REG] = { reg, 1 } };
	attribute = attribute_person(span, X);
	assert_int_equal(attribute.kon, M);
	assert_int_equal(attribute.fodelsear, 1970);
}

static void test_unknown_kon(void **state)
{
	(void)state;
	const struct record later[] = { made(100, 100, K, 1980, 1), made(300, 300, X, 1981, 2) };
	struct attribute attribute = of(later, 2, NULL, 0);
	assert_int_equal(attribute.kon, K);
	assert_int_equal(attribute.fodelsear, 1981); /* of the record with X all the same */
	assert_false(attribute.kon_differs);
	attribute = of(later + 1, 1, NULL, 0);
	assert_int_equal(attribute.kon, X);
}

static void test_kommun_active(void **state)
{
	(void)state;
	const struct record fk[] = { made(date_day(2015, 6, 1), date_day(2017, 3, 1), K, 1980, 10),
		made(date_day(2016, 5, 1), date_day(2016, 5, 1), K, 1980, 20) };
	const struct span span[PARTS] = { [PART_FK] = { fk, 2 } };
	uint16_t kommun[6];
	kommun_of(span, 2014, 6, kommun);
	assert_int_equal(kommun[0], CODE_NONE); /* 2014: nothing yet */
	assert_int_equal(kommun[1], 10);
	assert_int_equal(kommun[2], 20); /* both active, the later start */
	assert_int_equal(kommun[3], 10); /* only the first is active, though the other started later */
	assert_int_equal(kommun[4], 20); /* none active: the latest started */
	assert_int_equal(kommun[5], 20);
}

static void test_kommun_borders(void **state)
{
	(void)state;
	const struct record fk[] = { made(date_day(2010, 1, 1), date_day(2016, 1, 1), K, 1980, 10),
		made(date_day(2015, 12, 31), date_day(2015, 12, 31), K, 1980, 20) };
	const struct span span[PARTS] = { [PART_FK] = { fk, 2 } };
	uint16_t kommun[3];
	kommun_of(span, 2015, 3, kommun);
	assert_int_equal(kommun[0], 20);
	assert_int_equal(kommun[1], 10);
	assert_int_equal(kommun[2], 20);
	kommun_of(span, 2018, 1, kommun); /* all long before the panel */
	assert_int_equal(kommun[0], 20);
	kommun_of(span, 2009, 1, kommun); /* all after it */
	assert_int_equal(kommun[0], CODE_NONE);
}

static void test_kommun_ties(void **state)
{
	(void)state;
	int32_t day = date_day(2018, 2, 1);
	const struct record af[] = { made(day, day, K, 1980, 5), made(day, day, K, 1980, 7) };
	const struct record kom[] = { made(day, day, K, 1980, 100) };
	const struct span span[PARTS] = { [PART_AF] = { af, 2 }, [PART_KOM] = { kom, 1 } };
	uint16_t kommun[2];
	kommun_of(span, 2018, 2, kommun);
	assert_int_equal(kommun[0], 7);
	assert_int_equal(kommun[1], 7);
}

/* An ongoing spell that begins after uttagsdatum is active nowhere, but it has started. */
static void test_kommun_never_active(void **state)
{
	(void)state;
	const struct record af[] = { made(date_day(2017, 3, 1), date_day(2017, 2, 1), K, 1980, 5) };
	const struct span span[PARTS] = { [PART_AF] = { af, 1 } };
	uint16_t kommun[2];
	kommun_of(span, 2017, 2, kommun);
	assert_int_equal(kommun[0], CODE_NONE);
	assert_int_equal(kommun[1], 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_none),
		cmocka_unit_test(test_latest),
		cmocka_unit_test(test_ties),
		cmocka_unit_test(test_unknown_kon),
		cmocka_unit_test(test_kommun_active),
		cmocka_unit_test(test_kommun_borders),
		cmocka_unit_test(test_kommun_ties),
		cmocka_unit_test(test_kommun_never_active),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
