/* The search for a table in windows of growing size. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "stages/protect/engine/engine.h"

static struct error error;

#define THRICE 180 /* atoms of the wished row that go in threes, and one that goes in fours */
#define UP 40      /* no multiple of three, nor is what the ceiling leaves beyond it */
#define FEW 10     /* counts that are no less than one of those three … */
#define MANY 20    /* … and of those four: that makes the four dearer */

/* An atom of the wished row, to be, that equals `times` others, known to be as many each. The first of these. */
static size_t add_multiple(struct system *system, size_t times)
{
	size_t first = system->atoms + 1;
	for (size_t i = 0; i <= times; i++)
		assert_int_not_equal(system_atom(system, (int64_t)(i == 0 ? times : 1), &error), SYSTEM_NONE);
	for (size_t i = 0; i < times; i++) { /* the sum, and one after the other */
		assert_int_not_equal(system_row(system, ROW_KNOWN, 0, &error), SYSTEM_NONE);
		assert_int_equal(system_term(system, i == 0 ? first - 1 : first + i - 1, -1, &error), 0);
		for (size_t j = i == 0 ? 0 : i; j < (i == 0 ? times : i + 1); j++)
			assert_int_equal(system_term(system, first + j, 1, &error), 0);
	}
	return first;
}

static void add_printed(struct system *system, size_t atom, uint32_t cost)
{
	assert_int_not_equal(system_row(system, ROW_CELL, cost, &error), SYSTEM_NONE);
	assert_int_equal(system_term(system, atom, 1, &error), 0);
}

static void add_beside(struct system *system, size_t atom, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		size_t beside = system_atom(system, 1, &error);
		assert_int_not_equal(beside, SYSTEM_NONE);
		assert_int_not_equal(system_row(system, ROW_HIDDEN, 0, &error), SYSTEM_NONE);
		assert_int_equal(system_term(system, atom, -1, &error), 0);
		assert_int_equal(system_term(system, beside, 1, &error), 0);
	}
}

/* The window that leaves nothing out has many ways that are cheap and come to no whole numbers, so that branching gives up; what is withheld anyway, in tables of
   one kind, has one that does. */
static void what_is_alike_is_asked_where_branching_gives_up(void **state)
{
	(void)state;
	struct arena *arena = arena_new(&error);
	struct system *system = system_new(arena, &error);
	struct engine_account account;
	size_t wished[THRICE + 1];
	for (size_t i = 0; i <= THRICE; i++) {
		size_t part = add_multiple(system, i < THRICE ? 3 : 4);
		wished[i] = part - 1;
		if (i < THRICE)
			add_printed(system, part, 1);
		add_beside(system, part, i < THRICE ? FEW : MANY);
	}
	assert_int_not_equal(system_row(system, ROW_CELL, 8, &error), SYSTEM_NONE);
	for (size_t i = 0; i <= THRICE; i++)
		assert_int_equal(system_term(system, wished[i], 1, &error), 0);
	struct row *row = &system->row[system->rows - 1];
	row->withheld = true;
	row->up = row->width = UP;
	row->ceiling = 3 * THRICE + 4 + UP + 1;
	system->dear = 1152;
	system->kind = arena_take(arena, system->atoms, sizeof *system->kind, &error);
	assert_non_null(system->kind);
	assert_int_equal(system_seal(system, &error), 0);
	assert_int_equal(engine_protect(system, NULL, false, &account, &error), 0);
	assert_int_equal(account.targets, 1);
	assert_int_equal(account.stuck, 0);
	assert_int_equal(account.tables, 1);
	assert_int_equal(account.table[0].moved, 5 + MANY); /* the four, their sum, and those beside */
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(what_is_alike_is_asked_where_branching_gives_up) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
