/* Tables found in one window: what breaks a loose row is mended, or the row joins the program. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "stages/protect/engine/possible.h"

static struct error error;

#define AREAS 5
#define CODES 400
#define DEAR 1152
#define FROM (CODES + 2) /* the first cell of the first area: the wished one */
#define TO (CODES + 3)

/* A table of areas and codes with totals, all withheld but those of all areas; who is in the first code of the first area is in the second, too, as many. */
static struct system *table_of(struct arena *arena)
{
	struct system *system = system_new(arena, &error);
	size_t atoms = (AREAS + 1) * (CODES + 1);
	system->area = arena_take(arena, atoms, sizeof *system->area, &error);
	system->areas = AREAS;
	system->dear = DEAR;
	for (size_t a = 0; a < atoms; a++) {
		size_t area = a / (CODES + 1), code = a % (CODES + 1);
		assert_int_equal(system_atom(system, 10 * (area == 0 ? AREAS : 1) * (code == 0 ? CODES : 1), &error), a);
		assert_int_equal(system_row(system, ROW_CELL, 8, &error), a);
		assert_int_equal(system_term(system, a, 1, &error), 0);
		system->row[a].withheld = area > 0;
		system->area[a] = (uint32_t)area;
	}
	for (size_t a = 0; a < atoms; a++)
		for (size_t d = 0; d < 2; d++) {
			size_t step = d == 0 ? CODES + 1 : 1, codes = d == 0 ? AREAS : CODES;
			if (a / step % (codes + 1) != 0)
				continue;
			assert_int_not_equal(system_row(system, ROW_KNOWN, 0, &error), SYSTEM_NONE);
			assert_int_equal(system_term(system, a, 1, &error), 0);
			for (size_t code = 1; code <= codes; code++)
				assert_int_equal(system_term(system, a + code * step, -1, &error), 0);
		}
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
	const struct wish wish = { .row = FROM, .step = 4, .still = still };
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_loose_row_joins_what_nothing_mends),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
