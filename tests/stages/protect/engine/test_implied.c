/* Ties that follow from others, against what is known of tables: a table of r × c × d classes with all its totals has rcd free counts, so that
   of all its ties (r + 1)(c + 1)(d + 1) − rcd say something new. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "stages/protect/engine/implied.h"

static struct error error;

/* The atoms of a table with totals (code 0), and a tie for each line: its total less its parts. */
static struct system *table_of(struct arena *arena, const size_t codes[3])
{
	struct system *system = system_new(arena, &error);
	size_t step[3] = { (codes[1] + 1) * (codes[2] + 1), codes[2] + 1, 1 }, atoms = step[0] * (codes[0] + 1);
	for (size_t a = 0; a < atoms; a++) {
		int64_t count = 1; /* of each finest class; a total of n codes is n times as much */
		for (size_t d = 0; d < 3; d++)
			count *= a / step[d] % (codes[d] + 1) == 0 ? (int64_t)codes[d] : 1;
		assert_int_equal(system_atom(system, count, &error), a);
	}
	for (size_t a = 0; a < atoms; a++)
		for (size_t d = 0; d < 3; d++) {
			if (a / step[d] % (codes[d] + 1) != 0)
				continue;
			assert_int_not_equal(system_row(system, ROW_KNOWN, 0, &error), SYSTEM_NONE);
			assert_int_equal(system_term(system, a, 1, &error), 0);
			for (size_t code = 1; code <= codes[d]; code++)
				assert_int_equal(system_term(system, a + code * step[d], -1, &error), 0);
		}
	return system;
}

static size_t count_new(const struct system *system)
{
	size_t count = 0;
	for (size_t r = 0; r < system->rows; r++)
		count += system->row[r].same == r && system->row[r].kind == ROW_KNOWN && !system->row[r].implied;
	return count;
}

static void tables_with_all_totals(void **unused)
{
	(void)unused;
	for (size_t r = 1; r <= 4; r++)
		for (size_t c = 1; c <= 4; c++)
			for (size_t d = 1; d <= 4; d++) {
				struct arena *arena = arena_new(&error);
				struct system *system = table_of(arena, (const size_t[]){ r, c, d });
				assert_int_equal(system_seal(system, &error), 0);
				assert_int_equal(implied_find(system, &error), 0);
				assert_int_equal(count_new(system), (r + 1) * (c + 1) * (d + 1) - r * c * d);
				arena_free(arena);
			}
}

/* a = b + c, a = d and d = b + c: the longest of equal standing goes. Cells and what is hidden never do, however often they are said. */
static void the_shortest_stay(void **unused)
{
	(void)unused;
	struct arena *arena = arena_new(&error);
	struct system *system = system_new(arena, &error);
	for (size_t a = 0; a < 4; a++)
		(void)system_atom(system, a == 1 || a == 2 ? 6 : 12, &error);
	static const int sign[5][4] = { { 1, -1, -1, 0 }, { 0, -1, -1, 1 }, { 1, 0, 0, -1 }, { 0, 1, 1, 0 }, { 1, 0, 0, -1 } };
	for (size_t r = 0; r < 5; r++) {
		(void)system_row(system, r < 3 ? ROW_KNOWN : r == 3 ? ROW_CELL : ROW_HIDDEN, 0, &error);
		for (size_t a = 0; a < 4; a++)
			if (sign[r][a] != 0)
				assert_int_equal(system_term(system, a, sign[r][a], &error), 0);
	}
	assert_int_equal(system_seal(system, &error), 0);
	assert_int_equal(implied_find(system, &error), 0);
	static const bool implied[5] = { false, true, false, false, false };
	for (size_t r = 0; r < 5; r++)
		assert_int_equal(system->row[r].implied, implied[r]);
	arena_free(arena);
}

static void nothing_is_known(void **unused)
{
	(void)unused;
	struct arena *arena = arena_new(&error);
	struct system *system = system_new(arena, &error);
	(void)system_atom(system, 7, &error);
	(void)system_row(system, ROW_CELL, 1, &error);
	assert_int_equal(system_term(system, 0, 1, &error), 0);
	assert_int_equal(system_seal(system, &error) | implied_find(system, &error), 0);
	assert_false(system->row[0].implied);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tables_with_all_totals),
		cmocka_unit_test(the_shortest_stay),
		cmocka_unit_test(nothing_is_known),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
