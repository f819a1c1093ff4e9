/* Tests of runs with very many small counts, small ones here: the rules find tables first, the engine checks them against everything that holds. */
#include <string.h>

#include "stages/protect/facts/together.h"
#include "stages/protect/rules/by_rules.h"
#include "stages/protect/rules/found.h"
#include "tests/stages/protect/groups.h"

static bool is_printed(const struct cube *m02, const char *name, const char *kon, const char *age)
{
	size_t row = cube_find_named(m02, (const char *const[]){ "2018", name, "1440", kon, age });
	return cube_cell(m02, row, cube_measure(m02, "personer"))->status == CELL_PUBLISHED;
}

/* Protects groups of 27 + 40 and 30 + 40 by the rules, and with `engine` by that, too; whether both of those of 16–19 are printed. */
static bool both_printed(const struct nested *pair, bool engine)
{
	struct malgrupp list[2];
	const struct settings settings = settings_of(&pair->first, &pair->second, list);
	struct found found = { .arena = arena }, complete = { .arena = arena };
	struct tables tables = { .arena = arena, .settings = &settings, .found = &found, .complete = &complete };
	struct together_account account;
	struct cube *m02 = new_cube("m02_malgrupp");
	add_ages(m02, "a", 27, 40);
	add_ages(m02, "b", 30, 40);
	assert_int_equal(tables_add(&tables, m02, &error), 0);
	assert_int_equal(by_rules_protect(&tables, BY_RULES_COUNTS, 5, &error), 0);
	if (engine) {
		assert_int_equal(together_protect(&tables, 5, &account, &error), 0);
		assert_int_equal(account.stuck, 0);
	}
	return is_printed(m02, "a", "TOT", "16-19") && is_printed(m02, "b", "TOT", "16-19");
}

/* Three persons lie between two groups of which one holds the other: the rules do not know that, the engine does. */
static void differences_of_groups_are_protected(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof nested / sizeof *nested; i++) {
		bool apart = nested[i].within && !nested[i].holds;
		assert_true(both_printed(&nested[i], false));
		assert_int_equal(both_printed(&nested[i], true), !apart);
	}
}

/* A month by kommun, kön, age and combination: m06 and m03, and the atoms behind them. */
struct month {
	struct cube *m03, *m06, *atoms;
};

static void add_person_cells(const struct month *month, const char *const *codes, double persons)
{
	static const char *const part[] = { "AF", "FK" };
	for (unsigned total = 0; total < 8; total++) {
		const char *kommun = (total & 1) != 0 ? "TOT" : codes[0], *kon = (total & 2) != 0 ? "TOT" : codes[1];
		const char *age = (total & 4) != 0 ? "TOT" : codes[2];
		for (size_t p = 0; p < 2; p++) {
			if (strstr(codes[3], part[p]) == NULL)
				continue;
			size_t row = cube_row_named(month->m06, (const char *const[]){ "2018-06", kommun, kon, age, part[p] }, &error);
			cube_set(month->m06, row, 0, cube_cell(month->m06, row, 0)->number + persons);
		}
	}
	for (unsigned total = 0; total < 4; total++) {
		size_t row = cube_row_named(month->m03, (const char *const[]){ "2018-06", (total & 1) != 0 ? "TOT" : codes[0],
			(total & 2) != 0 ? "TOT" : codes[3] }, &error);
		cube_set(month->m03, row, 0, cube_cell(month->m03, row, 0)->number + persons);
	}
	PUT(month->atoms, "personer", persons, "2018-06", codes[0], codes[1], codes[2], codes[3]);
}

static struct month make_month(struct tables *tables, unsigned seed)
{
	static const char *const kommun[] = { "1440", "1441", "1442" }, *const kon[] = { "K", "M" }, *const age[] = { "16-29", "30-64" };
	static const char *const combination[] = { "AF", "FK", "AF+FK" };
	struct month month = { new_cube("m03_samtidighet"), new_cube("m06_manad"), new_cube("manad_atomer") };
	unsigned draw = seed * 2654435761U + 12345;
	for (size_t i = 0; i < 36; i++) {
		draw = draw * 1664525U + 1013904223U;
		unsigned persons = (draw >> 16) % ((draw >> 28) % 3 == 0 ? 4 : 20);
		if (persons > 0)
			add_person_cells(&month, (const char *const[]){ kommun[i / 12], kon[i / 6 % 2], age[i / 3 % 2], combination[i % 3] }, persons);
	}
	struct cube *const cubes[] = { month.m03, month.m06, month.atoms };
	for (size_t c = 0; c < 3; c++)
		assert_int_equal(tables_add(tables, cubes[c], &error), 0);
	return month;
}

/* What the rules find in a universe that is all that is known of its cells is possible to the engine, too, with nothing left to do: closed, it need
   not be asked. With m07 in the run it is. */
static void what_is_closed_holds_in_the_whole(void **state)
{
	size_t all = 0;
	for (unsigned seed = 0; seed < 40; seed++) {
		(void)arena_end(state);
		assert_int_equal(arena_begin(state), 0);
		struct found found = { .arena = arena }, complete = { .arena = arena };
		struct tables tables = { .arena = arena, .found = &found, .complete = &complete };
		struct together_account account;
		(void)make_month(&tables, seed);
		assert_int_equal(by_rules_protect(&tables, BY_RULES_COUNTS, 5, &error), 0);
		assert_true(tables.closed[0] && tables.closed[1] && found.tables == 0);
		assert_int_equal(complete.unmet, 0);
		assert_int_equal(together_protect(&tables, 5, &account, &error), 0);
		assert_int_equal(account.proof->witnesses, complete.tables);
		assert_int_equal(account.targets, complete.needs);
		tables.closed[0] = tables.closed[1] = false;
		tables.found = &complete; /* now the engine checks them against all facts */
		tables.complete = NULL;
		assert_int_equal(together_protect(&tables, 5, &account, &error), 0);
		assert_int_equal(account.stuck, 0);
		assert_true(account.proof->witnesses >= complete.tables);
		assert_true(account.programs <= 2 * complete.exposed + 4);
		all += complete.tables;
	}
	assert_true(all > 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test_setup_teardown(differences_of_groups_are_protected, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(what_is_closed_holds_in_the_whole, arena_begin, arena_end) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
