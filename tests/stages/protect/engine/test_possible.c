/* Tables found in one window: what breaks a loose row is mended, or the row joins the program. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "stages/protect/engine/most.h"
#include "stages/protect/engine/possible.h"
#include "tests/stages/protect/engine/areas.h"

static struct error error;

#define AREAS 5
#define CODES 400
#define DEAR 1152
#define FROM (CODES + 2) /* the first cell of the first area: the wished one */
#define TO (CODES + 3)

/* The table; who is in the first code of the first area is in the second, too, as many. */
static struct system *table_of(struct arena *arena)
{
	struct system *system = table_of_areas(arena, AREAS, CODES, &error);
	system->dear = DEAR;
	assert_int_not_equal(system_row(system, ROW_HIDDEN, 0, &error), SYSTEM_NONE);
	assert_int_equal(system_term(system, FROM, -1, &error), 0);
	assert_int_equal(system_term(system, TO, 1, &error), 0);
	system->row[system->rows - 1].loose = true;
	system->row[FROM].up = system->row[FROM].width = 4;
	assert_int_equal(system_seal(system, &error), 0);
	return system;
}

static bool mends_nothing(void *context, const struct wish *wish)
{
	(void)context;
	(void)wish;
	return false;
}

static int64_t change_of(const struct possible *possible, size_t atom)
{
	for (size_t i = 0; i < possible->moved; i++)
		if (possible->atom[i] == atom)
			return possible->change[i];
	return 0;
}

static void a_loose_row_joins_what_nothing_mends(void **state)
{
	(void)state;
	struct arena *arena = arena_new(&error);
	struct system *system = table_of(arena);
	struct possible *possible = possible_new(system, &error);
	bool still[(AREAS + 1) * (CODES + 1) * 2 + 2] = { false };
	possible->mend = mends_nothing;
	assert_true(system->rows <= sizeof still);
	const struct wish wish = { .row = FROM, .step = 4, .still = still, .shunned = still };
	for (enum sight_size size = SIGHT_NEAR; size <= SIGHT_AREAS; size++) {
		bool found = false, whole = true;
		assert_int_equal(possible_find(possible, &wish, size, &found, &whole, &error), 0);
		assert_int_equal(found, size == SIGHT_AREAS);
		assert_false(whole); /* there is a loose row, and other areas */
	}
	assert_true(change_of(possible, FROM) >= 4);
	assert_true(change_of(possible, TO) >= change_of(possible, FROM));
	assert_true(possible_check(possible));
	assert_int_equal(possible->cost, 0);
	possible_end(possible);
	arena_free(arena);
}

#define MAY FROM
#define JUNE TO
#define YEAR (4 * (CODES + 1) + 300) /* a cell of another area and code */

/* A year, a whole of that sign, with a group of a month and the next, each of as many; `of` is wished 4 more. */
static struct possible *find_more(struct arena *arena, int sign, size_t of)
{
	static const bool still[(AREAS + 1) * (CODES + 1) * 2];
	struct system *system = table_of_areas(arena, AREAS, CODES, &error);
	system->dear = DEAR;
	assert_int_equal(most_whole(system, YEAR, sign, &error), 0);
	assert_int_equal(most_group(system, &error), 0);
	for (size_t month = MAY; month <= JUNE; month++)
		assert_false(most_item(system, &error) != 0 || most_term(system, month, &error) != 0);
	system->row[of].up = system->row[of].width = 4;
	assert_int_equal(system_seal(system, &error), 0);
	struct possible *possible = possible_new(system, &error);
	possible->mend = mends_nothing;
	const struct wish wish = { .row = of, .step = 4, .still = still, .shunned = still };
	const enum sight_size sizes[] = { SIGHT_NEAR, SIGHT_WIDE };
	for (size_t i = 0; i < 2; i++) {
		bool found = false, whole = true;
		assert_int_equal(possible_find(possible, &wish, sizes[i], &found, &whole, &error), 0);
		assert_int_equal(found, sizes[i] == SIGHT_WIDE); /* near by the year, or its months, are not in the window */
	}
	assert_true(change_of(possible, of) >= 4);
	assert_true(possible_check(possible));
	return possible;
}

/* Of the year's 10 all are at once in May and in June: who is more in May is more in the year, too. */
static void a_whole_rises_with_the_most_of_its_group(void **state)
{
	(void)state;
	struct arena *arena = arena_new(&error);
	struct possible *possible = find_more(arena, 1, MAY);
	assert_true(change_of(possible, YEAR) >= change_of(possible, MAY));
	possible_end(possible);
	arena_free(arena);
}

/* The year's 10 are in both months: more can be only where more are in both. */
static void a_whole_rises_no_more_than_the_least_of_its_group(void **state)
{
	(void)state;
	struct arena *arena = arena_new(&error);
	struct possible *possible = find_more(arena, -1, YEAR);
	for (size_t month = MAY; month <= JUNE; month++)
		assert_true(change_of(possible, month) >= change_of(possible, YEAR));
	possible_end(possible);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_whole_rises_with_the_most_of_its_group),
		cmocka_unit_test(a_whole_rises_no_more_than_the_least_of_its_group),
		cmocka_unit_test(a_loose_row_joins_what_nothing_mends),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
