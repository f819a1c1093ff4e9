/* Which tables hold too many small counts, and what is proposed for them. */
#include "stages/protect/figures/crowded.h"
#include "tests/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* m03 of two kommuner in one month: each kombination has `count` persons there; the totals follow. */
static struct cube *month(double count)
{
	static const char *const kombinationer[] = { "AF", "FK", "KOM" };
	struct cube *cube = cube_new(schema_table("m03_samtidighet", arena, &error), arena, &error);
	assert_non_null(cube);
	for (unsigned kommun = 0; kommun < 2; kommun++)
		for (unsigned k = 0; k < 3; k++) {
			const char *codes[] = { "2018-01", kommun == 0 ? "1440" : "1482", kombinationer[k] };
			uint32_t key[3];
			for (size_t d = 0; d < 3; d++)
				key[d] = cube_code(cube, d, codes[d], &error);
			assert_int_equal(cube_add_margins(cube, key, 0, count, &error), 0);
		}
	return cube;
}

static void large_counts_are_not_crowded(void **state)
{
	(void)state;
	assert_false(crowded_is(month(5), 5));
	assert_false(crowded_is(month(0), 5)); /* nothing is small where nobody is */
}

/* 4 in each class: 8 by kombination, 12 by kommun, 24 in all. Either dimension alone would do; kombination of all kommuner
   leaves three counts and the total, kommun of all kombinationer two. */
static void the_dimension_that_costs_least_is_proposed(void **state)
{
	(void)state;
	struct cube *cube = month(4);
	assert_true(crowded_is(cube, 5));
	assert_string_equal(crowded_advice(cube, 5, arena, &error), "utan kommun");
}

/* 2 in each class: 4 by kombination, 6 by kommun. */
static void a_dimension_that_does_not_help_is_not_proposed(void **state)
{
	(void)state;
	assert_string_equal(crowded_advice(month(2), 5, arena, &error), "utan kombination");
}

/* 1 in each class: 2 by kombination, 3 by kommun, 6 in all; with a minimum of 10 not even that. */
static void several_dimensions_or_rounding(void **state)
{
	(void)state;
	assert_string_equal(crowded_advice(month(1), 5, arena, &error), "utan kommun och kombination");
	assert_string_equal(crowded_advice(month(1), 10, arena, &error), "skydd = avrundning");
}

/* m06 of one kommun and month: 4 women and 4 men of each of two ages, at one party. Without kon as without aldersgrupp two counts of 8
   are left, of one kind or the other, and their total: the one that a setting can leave out is proposed, though kon comes first. */
static void what_a_setting_can_leave_out_is_proposed(void **state)
{
	(void)state;
	static const char *const kon[] = { "K", "M" }, *const ages[] = { "16-19", "20-24" };
	struct cube *cube = cube_new(schema_table("m06_manad", arena, &error), arena, &error);
	assert_non_null(cube);
	for (unsigned i = 0; i < 4; i++) {
		const char *codes[] = { "2018-01", "1440", kon[i / 2], ages[i % 2], "AF" };
		uint32_t key[5];
		for (size_t d = 0; d < 5; d++)
			key[d] = cube_code(cube, d, codes[d], &error);
		assert_int_equal(cube_add_margins(cube, key, 0, 4, &error), 0);
	}
	assert_string_equal(crowded_advice(cube, 5, arena, &error), "utan aldersgrupp");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(large_counts_are_not_crowded),
		cmocka_unit_test(the_dimension_that_costs_least_is_proposed),
		cmocka_unit_test(a_dimension_that_does_not_help_is_not_proposed),
		cmocka_unit_test(several_dimensions_or_rounding),
		cmocka_unit_test(what_a_setting_can_leave_out_is_proposed),
	};
	return cmocka_run_group_tests(tests, arena_begin, arena_end);
}
