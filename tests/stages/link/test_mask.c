/* Tests of month masks, against one bit at a time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "pipeline/base/date.h"
#include "stages/link/mask.h"
#include "tests/arena.h"

static struct mask_panel panel_of(int32_t first_month, int32_t months)
{
	struct mask_panel panel;
	assert_int_equal(mask_panel_make(&panel, first_month, months, arena, &error), 0);
	return panel;
}

static void test_known(void **state)
{
	(void)state;
	uint64_t mask[MASK_WORDS] = { 0 };
	const struct mask_panel panel = panel_of(date_month(2018, 1), 8);
	mask_add(mask, &panel, date_day(2018, 1, 31), date_day(2018, 2, 1));
	assert_int_equal(mask[0], 3);
	mask_add(mask, &panel, date_day(2018, 8, 31), date_day(2030, 1, 1));
	assert_int_equal(mask[0], 0x83);
	mask_add(mask, &panel, date_day(2018, 9, 1), date_day(2030, 1, 1)); /* behind the panel */
	mask_add(mask, &panel, date_day(2010, 9, 1), date_day(2017, 12, 31)); /* before it */
	mask_add(mask, &panel, date_day(2018, 5, 2), date_day(2018, 5, 1)); /* no day */
	assert_int_equal(mask[0], 0x83);
	assert_int_equal(mask[1], 0);
	mask_add(mask, &panel, date_day(1990, 1, 1), date_day(2050, 1, 1));
	assert_int_equal(mask[0], 0xFF);
}

static void test_all_pairs(void **state)
{
	(void)state;
	static const int32_t lengths[] = { 1, 63, 64, 65, 128, 129, 192, 193, 239, 240 };
	int32_t first = date_month(1999, 11);
	for (size_t l = 0; l < sizeof lengths / sizeof *lengths; l++) {
		const struct mask_panel panel = panel_of(first, lengths[l]);
		for (int32_t from = -3; from < lengths[l] + 3; from++)
			for (int32_t to = from; to < lengths[l] + 3; to += 5) {
				uint64_t mask[MASK_WORDS] = { 0 }, expected[MASK_WORDS] = { 0 };
				mask_add(mask, &panel, date_last_day(first + from), date_first_day(first + to) +
					(from == to ? 30 : 0));
				for (int32_t month = from; month <= to; month++)
					if (month >= 0 && month < lengths[l])
						expected[month / 64] |= UINT64_C(1) << month % 64;
				if (from != to)
					assert_memory_equal(mask, expected, sizeof mask);
			}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_known),
		cmocka_unit_test(test_all_pairs),
	};
	return cmocka_run_group_tests(tests, arena_begin, arena_end);
}
