/* Atoms by how far away they are: in their order, as a search of all for the nearest finds them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "stages/protect/engine/reaches.h"

#define ATOMS 900
#define PUSHES 20000
#define NONE UINT32_MAX

static uint64_t state_of_random = 1;

static uint32_t below(uint32_t most)
{
	state_of_random = state_of_random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)(state_of_random >> 33) % most;
}

/* What a plain list of all that was reached and not taken says. */
static uint32_t far[ATOMS];
static bool taken[ATOMS];

static uint32_t nearest_of_all(void)
{
	uint32_t best = NONE;
	for (uint32_t atom = 0; atom < ATOMS; atom++)
		if (!taken[atom] && far[atom] != NONE && (best == NONE || far[atom] < far[best]))
			best = atom;
	return best;
}

static void reach(struct reaches *reaches, uint32_t atom, uint32_t distance)
{
	if (taken[atom])
		return;
	reaches_push(reaches, atom, distance);
	far[atom] = distance < far[atom] ? distance : far[atom];
}

/* Several searches in the same memory; the last ends before all are taken. */
static void the_nearest_come_first(void **state)
{
	(void)state;
	struct error error = { 0 };
	struct arena *arena = arena_new(&error);
	struct reaches *reaches = reaches_new(arena, ATOMS, PUSHES, &error);
	for (int search = 0; search < 20; search++) {
		size_t pushes = 0, found = 0;
		memset(far, 0xff, sizeof far);
		memset(taken, 0, sizeof taken);
		for (int i = 0; i < 300; i++, pushes++)
			reach(reaches, below(ATOMS), below(2));
		while (reaches_left(reaches) && found < (search == 19 ? 100 : ATOMS)) {
			uint32_t atom = reaches_next(reaches);
			if (taken[atom]) /* again, from further away */
				continue;
			assert_int_equal(atom, nearest_of_all());
			assert_int_equal(reaches->distance, far[atom]);
			taken[atom] = true;
			found++;
			uint32_t from = reaches->distance;
			for (int i = 0; i < 8 && pushes < PUSHES; i++, pushes++)
				reach(reaches, below(ATOMS), from + 1 + below(i < 7 ? 30 : REACHES_LISTS - 1));
		}
		assert_true(found > 99 && (found < 101 || nearest_of_all() == NONE));
		reaches_end(reaches);
		assert_false(reaches_left(reaches));
	}
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(the_nearest_come_first) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
