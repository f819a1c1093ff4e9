/* Windows of few areas: what they take in, and that they are said to leave something out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "stages/protect/engine/window.h"
#include "tests/stages/protect/engine/areas.h"

static struct error error;

#define AREAS 5
#define CODES 3

/* The table, sealed. */
static struct system *table_of(struct arena *arena)
{
	struct system *system = table_of_areas(arena, AREAS, CODES, &error);
	assert_int_equal(system_seal(system, &error), 0);
	return system;
}

static size_t count_of(const struct window *window, uint32_t area)
{
	size_t count = 0;
	for (size_t i = 0; i < window->atoms; i++)
		count += window->system->area[window->atom[i]] == area;
	return count;
}

/* All cells are alike, but those of the third area are printed and give nothing, and so are those of the second but one. */
static void the_own_area_and_those_that_can_give(void **state)
{
	(void)state;
	struct arena *arena = arena_new(&error);
	struct system *system = table_of(arena);
	system->row[CODES + 2].width = 4; /* so much a table moves */
	for (size_t code = 0; code <= CODES; code++) /* of the second area one cell is withheld, of the third none */
		system->row[2 * (CODES + 1) + code].withheld = code == 1;
	for (size_t code = 0; code <= CODES; code++)
		system->row[3 * (CODES + 1) + code].withheld = false;
	struct window *window = window_new(system, &error);
	static const bool taken[AREAS + 1][AREAS + 1] = { [1] = { [1] = true, [4] = true }, [2] = { [2] = true, [1] = true }, [3] = { [3] = true, [1] = true },
		[4] = { [4] = true, [1] = true }, [5] = { [5] = true, [1] = true } };
	const struct window_extent two = { SIZE_MAX, SIZE_MAX, 2, false, false, REACH_ANY, NULL, 0 };
	for (uint32_t own = 1; own <= AREAS; own++) {
		bool whole = true;
		window_find(window, own * (CODES + 1) + 1, &two, &whole);
		for (uint32_t area = 1; area <= AREAS; area++)
			assert_int_equal(count_of(window, area), taken[own][area] ? CODES + 1 : 0);
		assert_int_equal(count_of(window, 0), CODES + 1); /* of all areas */
		assert_false(whole);
	}
	arena_free(arena);
}

static void free_ones_without_what_is_printed(void **state)
{
	(void)state;
	struct arena *arena = arena_new(&error);
	struct system *system = table_of(arena);
	struct window *window = window_new(system, &error);
	bool whole = true;
	window_find(window, CODES + 2, &(struct window_extent){ SIZE_MAX, 0, 3, false, false, REACH_FREE, NULL, 0 }, &whole);
	assert_int_equal(count_of(window, 0), 0);
	assert_int_equal(window->atoms, 3 * (CODES + 1));
	assert_false(whole);
	window_find(window, 1, &(struct window_extent){ SIZE_MAX, SIZE_MAX, 2, false, false, REACH_ANY, NULL, 0 }, &whole); /* a row of all areas: from the first on */
	assert_int_equal(count_of(window, 1) + count_of(window, 2), 2 * (CODES + 1));
	assert_int_equal(window->atoms, 3 * (CODES + 1));
	arena_free(arena);
}

/* The cells of all areas are of another kind of table than those of each. */
static void those_of_its_own_kind_alone(void **state)
{
	(void)state;
	struct arena *arena = arena_new(&error);
	struct system *system = table_of(arena);
	system->kinds = 2;
	system->kind = arena_take(arena, system->atoms, sizeof *system->kind, &error);
	assert_non_null(system->kind);
	for (size_t a = 0; a < system->atoms; a++)
		system->kind[a] = system->area[a] == 0 ? 1 : 2;
	system->kind[CODES + 1] = 0; /* of no table */
	struct window *window = window_new(system, &error);
	bool whole = true;
	window_find(window, CODES + 2, &(struct window_extent){ SIZE_MAX, SIZE_MAX, 0, false, true, REACH_ANY, NULL, 0 }, &whole);
	assert_int_equal(count_of(window, 0), 0);
	assert_int_equal(window->atoms, AREAS * (CODES + 1));
	assert_false(whole);
	window_find(window, 1, &(struct window_extent){ SIZE_MAX, SIZE_MAX, 0, false, true, REACH_ANY, NULL, 0 }, &whole);
	assert_int_equal(count_of(window, 0), CODES + 1);
	assert_int_equal(window->atoms, CODES + 2);
	arena_free(arena);
}

/* Of what no two tables move up to so many are taken in, the nearest; of the rest, all. */
static void few_that_are_strange(void **state)
{
	(void)state;
	struct arena *arena = arena_new(&error);
	struct system *system = table_of(arena);
	struct window *window = window_new(system, &error);
	uint32_t *trodden = arena_take(arena, system->atoms, sizeof *trodden, &error);
	assert_non_null(trodden);
	for (size_t a = 0; a < system->atoms; a++)
		trodden[a] = system->area[a] == 4 ? 2 : system->area[a] == 5;
	for (size_t strange = 0; strange <= CODES + 2; strange++) {
		bool whole = true;
		window_find(window, CODES + 2, &(struct window_extent){ SIZE_MAX, SIZE_MAX, 0, true, false, REACH_ANY, trodden, strange }, &whole);
		assert_int_equal(window->atoms, strange + count_of(window, 4));
		assert_int_equal(count_of(window, 4), strange == 0 ? 0 : CODES + 1); /* the row's own come first, and they are strange */
		assert_false(whole);
	}
	bool whole = false;
	window_find(window, CODES + 2, &(struct window_extent){ SIZE_MAX, SIZE_MAX, 0, true, false, REACH_ANY, trodden, SIZE_MAX }, &whole);
	assert_int_equal(window->atoms, system->atoms);
	assert_true(whole);
	arena_free(arena);
}

/* Two sets that an inequality alone holds together: it is stopped at, or reached over. */
static void loose_rows_are_stopped_at(void **state)
{
	(void)state;
	struct arena *arena = arena_new(&error);
	struct system *system = system_new(arena, &error);
	for (size_t a = 0; a < 2; a++) {
		assert_int_equal(system_atom(system, 3, &error), a);
		assert_int_equal(system_row(system, ROW_CELL, 8, &error), a);
		assert_int_equal(system_term(system, a, 1, &error), 0);
		system_target(&system->row[a], 3, 5);
		system->row[a].withheld = true;
	}
	assert_int_equal(system_row(system, ROW_HIDDEN, 0, &error), 2);
	assert_int_equal(system_term(system, 0, -1, &error), 0);
	assert_int_equal(system_term(system, 1, 1, &error), 0);
	system->row[2].loose = true;
	assert_int_equal(system_seal(system, &error), 0);
	struct window *window = window_new(system, &error);
	for (int across = 0; across < 2; across++) {
		bool whole;
		window_find(window, 0, &(struct window_extent){ SIZE_MAX, SIZE_MAX, 0, across == 1, false, REACH_ANY, NULL, 0 }, &whole);
		assert_int_equal(window->atoms, 1 + across);
		assert_int_equal(window->stopped, across == 0);
		assert_true(whole);
	}
	arena_free(arena);
}

/* Of a row of 400 cells only the first 192 are reached: the others are outside. */
static void a_long_row_leaves_some_outside(void **state)
{
	(void)state;
	struct arena *arena = arena_new(&error);
	for (size_t codes = 40; codes <= 400; codes += 360) {
		struct system *system = table_of_areas(arena, AREAS, codes, &error);
		bool whole = codes > 40;
		assert_int_equal(system_seal(system, &error), 0);
		struct window *window = window_new(system, &error);
		window_find(window, codes + 2, &(struct window_extent){ SIZE_MAX, SIZE_MAX, 0, true, false, REACH_ANY, NULL, 0 }, &whole);
		assert_int_equal(whole, codes == 40);
		assert_int_equal(window->atoms == system->atoms, codes == 40);
	}
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(those_of_its_own_kind_alone),
		cmocka_unit_test(few_that_are_strange),
		cmocka_unit_test(a_long_row_leaves_some_outside),
		cmocka_unit_test(the_own_area_and_those_that_can_give),
		cmocka_unit_test(free_ones_without_what_is_printed),
		cmocka_unit_test(loose_rows_are_stopped_at),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
