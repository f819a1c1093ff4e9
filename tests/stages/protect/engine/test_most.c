/* Tests of wholes that have no fewer than the most of each of their groups, together. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "stages/protect/engine/most.h"

#include "tests/arena.h"

enum { WHOLE, YOUNG_MAY, YOUNG_JUNE, OLD_MAY, OLD_JUNE_AF, OLD_JUNE_FK, ATOMS };

/* A year of 12: of the young 3 in May and 5 in June, of the old 4 in May, and 2 and 3 in two parts of June. 12 − 5 − 5 = 2 are left. */
static struct system *year_of_two_ages(void)
{
	static const int64_t persons[ATOMS] = { 12, 3, 5, 4, 2, 3 };
	struct system *system = system_new(arena, &error);
	for (size_t a = 0; a < ATOMS; a++)
		assert_int_equal(system_atom(system, persons[a], &error), a);
	assert_int_equal(most_whole(system, WHOLE, 1, &error), 0);
	for (size_t a = 0; a < ATOMS; a++) {
		if (a == YOUNG_MAY || a == OLD_MAY)
			assert_int_equal(most_group(system, &error), 0);
		if (a != WHOLE && a != OLD_JUNE_FK)
			assert_int_equal(most_item(system, &error), 0);
		if (a != WHOLE)
			assert_int_equal(most_term(system, a, &error), 0);
	}
	assert_int_equal(system_seal(system, &error), 0);
	return system;
}

static void what_is_left_and_how_far_each_may_rise(void **state)
{
	(void)state;
	const struct most *most = year_of_two_ages()->most;
	assert_int_equal(most->whole[0].left, 2);
	assert_int_equal(most->group[0].height, 5);
	assert_int_equal(most->group[1].height, 5);
	assert_int_equal(most->group[1].top, 3);
	static const int64_t rise[ATOMS] = { INT64_MAX, 4, 2, 3, 2, 2 };
	for (size_t a = 0; a < ATOMS; a++)
		assert_int_equal(most->rise[a], rise[a]);
}

static void a_whole_has_room_for_all_groups(void **state)
{
	(void)state;
	struct most_view *view = most_view_new(year_of_two_ages(), arena, &error);
	assert_true(most_holds(view, 0, NULL, NULL));
	assert_true(most_holds(view, 2, (const uint32_t[]){ YOUNG_JUNE, OLD_MAY }, (const int64_t[]){ 2, 1 }));
	assert_true(view->height[0] == 7 && view->height[1] == 5);
	assert_false(most_holds(view, 2, (const uint32_t[]){ YOUNG_JUNE, OLD_MAY }, (const int64_t[]){ 2, 2 }));
	assert_true(most_lacks(view, 0) && view->left[0] == -1);
	assert_true(most_holds(view, 3, (const uint32_t[]){ YOUNG_JUNE, OLD_MAY, WHOLE }, (const int64_t[]){ 2, 2, 1 }));
	assert_false(most_holds(view, 1, (const uint32_t[]){ WHOLE }, (const int64_t[]){ -3 }));
	assert_true(most_holds(view, 3, (const uint32_t[]){ WHOLE, OLD_JUNE_AF, OLD_JUNE_FK }, (const int64_t[]){ -3, -2, 1 }));
	assert_true(most_holds(view, 1, (const uint32_t[]){ WHOLE }, (const int64_t[]){ -2 })); /* nothing is left of the table before */
}

static void a_solution_between_whole_numbers_is_judged_too(void **state)
{
	(void)state;
	struct most_view *view = most_view_new(year_of_two_ages(), arena, &error);
	most_begin(view);
	most_move(view, YOUNG_MAY, 4.5);
	assert_false(most_end(view));
	assert_true(view->top[0] == 0 && view->left[0] == -0.5);
	most_begin(view);
	most_move(view, YOUNG_MAY, 4.5);
	most_move(view, WHOLE, 0.5 - 1e-9);
	assert_true(most_end(view));
}

/* Who never changed: 5, all at AF in May and in June, or at FK. At AF are 4 and 3, at FK 3 and 6: 3 + 3 − 5 = 1 is left. */
static void a_whole_has_no_more_than_the_least_of_all_groups(void **state)
{
	(void)state;
	enum { NEVER, AF_MAY, AF_JUNE, FK_MAY, FK_JUNE, ALL };
	static const int64_t persons[ALL] = { 5, 4, 3, 3, 6 };
	struct system *system = system_new(arena, &error);
	for (size_t a = 0; a < ALL; a++)
		assert_int_equal(system_atom(system, persons[a], &error), a);
	assert_int_equal(most_whole(system, NEVER, -1, &error), 0);
	for (size_t a = AF_MAY; a < ALL; a++) {
		assert_false((a == AF_MAY || a == FK_MAY) && most_group(system, &error) != 0);
		assert_false(most_item(system, &error) != 0 || most_term(system, a, &error) != 0);
	}
	assert_int_equal(system_seal(system, &error), 0);
	const struct most *most = system->most;
	assert_int_equal(most->whole[0].left, 1);
	assert_int_equal(most->group[0].height, -3);
	assert_int_equal(most->group[0].top, 1);
	assert_true(most->rise[NEVER] == 1 && most->rise[AF_MAY] == INT64_MAX);
	struct most_view *view = most_view_new(system, arena, &error);
	assert_true(most_holds(view, 1, (const uint32_t[]){ NEVER }, (const int64_t[]){ 1 }));
	assert_false(most_holds(view, 1, (const uint32_t[]){ NEVER }, (const int64_t[]){ 2 }));
	assert_false(most_holds(view, 2, (const uint32_t[]){ AF_MAY, FK_MAY }, (const int64_t[]){ -2, -1 }));
	assert_true(most_holds(view, 3, (const uint32_t[]){ AF_JUNE, FK_MAY, NEVER }, (const int64_t[]){ 2, 1, 3 }));
	assert_true(view->height[0] == -4 && view->left[0] == 0);
	assert_true(most_holds(view, 2, (const uint32_t[]){ AF_JUNE, NEVER }, (const int64_t[]){ -3, -2 }));
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test_setup_teardown(what_is_left_and_how_far_each_may_rise, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(a_whole_has_room_for_all_groups, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(a_whole_has_no_more_than_the_least_of_all_groups, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(a_solution_between_whole_numbers_is_judged_too, arena_begin, arena_end) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
