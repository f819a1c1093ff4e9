/* Tests of the rules: those that are applied beside the first one are apart from all rules before them, and what is all that is known of its cells
   stays out of the system. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "stages/protect/facts/facts.h"
#include "stages/protect/rules/by_rules.h"
#include "stages/protect/rules/found.h"
#include "stages/protect/rules/rules.h"
#include "tests/stages/protect/cubes.h"

static bool touches(const struct rule *rule, const char *table)
{
	if (strcmp(rule->atoms, table) == 0)
		return true;
	for (size_t v = 0; v < RULE_VIEWS && rule->view[v].table != NULL; v++)
		if (strcmp(rule->view[v].table, table) == 0)
			return true;
	return false;
}

static bool share_a_table(const struct rule *one, const struct rule *other)
{
	if (touches(other, one->atoms))
		return true;
	for (size_t v = 0; v < RULE_VIEWS && one->view[v].table != NULL; v++)
		if (touches(other, one->view[v].table))
			return true;
	return false;
}

static void rules_beside_the_first_are_apart(void **state)
{
	(void)state;
	size_t beside = 0;
	assert_false(protect_rules[0].beside);
	for (size_t i = 1; i < protect_rule_count; i++) {
		if (!protect_rules[i].beside)
			continue;
		beside++;
		assert_false(protect_rules[i].alone);
		for (size_t k = 0; k < i; k++)
			if (share_a_table(&protect_rules[i], &protect_rules[k]))
				fail_msg("%s shares a table with %s before it", protect_rules[i].atoms, protect_rules[k].atoms);
		for (size_t s = 0; s < protect_same_count; s++)
			assert_false(touches(&protect_rules[i], protect_same[s].table) || touches(&protect_rules[i], protect_same[s].source));
	}
	assert_true(beside > 0);
}

/* ---- months ---- */

#define CLASSES 24 /* kommun × kön × ålder × part */

static void add_class(struct cube *cube, double number, const char *const *codes)
{
	uint32_t key[TABLE_DIMENSIONS];
	for (size_t d = 0; d < cube->table->dimensions; d++)
		key[d] = cube_code(cube, d, codes[d], &error);
	assert_int_equal(cube_add_margins(cube, key, 0, number, &error), 0);
}
#define ADD(cube, number, ...) add_class(cube, number, (const char *const[]){ __VA_ARGS__ })

/* Two months of a year, each with classes of few, and the year's flows into the latter. */
static struct tables *two_months(bool flows, bool alone)
{
	static const char *const kommun[] = { "1401", "1402", "1407" }, *const month[] = { "2018-07", "2018-08" };
	struct tables *tables = arena_take(arena, 1, sizeof *tables, &error);
	struct cube *atoms = new_cube("manad_atomer"), *m03 = new_cube("m03_samtidighet"), *m06 = new_cube("m06_manad"), *m07 = new_cube("m07_floden");
	for (size_t m = 0; m < 2; m++)
		for (size_t i = 0; i < CLASSES; i++) {
			const char *place = kommun[i / 8], *kon = i / 4 % 2 == 0 ? "K" : "M", *age = i / 2 % 2 == 0 ? "16-29" : "30-64";
			const char *part = i % 2 == 0 ? "AF" : "FK";
			double number = alone ? i % 5 == 0 ? 1 : i % 4 == 0 ? 2 : 0 : i == 5 ? 2 : 20 + (double)i;
			PUT(atoms, "personer", number, month[m], place, kon, age, part);
			ADD(m03, number, month[m], place, part);
			ADD(m06, number, month[m], place, kon, age, part);
			if (m == 1)
				ADD(m07, number, "2018", place, "INGEN", part);
		}
	struct cube *const cube[] = { atoms, m03, m06, m07 };
	tables->arena = arena;
	for (size_t t = 0; t < 3 + (size_t)flows; t++)
		assert_true(cube_sort(cube[t], &error) == 0 && tables_add(tables, cube[t], &error) == 0);
	tables->found = arena_take(arena, 1, sizeof *tables->found, &error);
	tables->complete = arena_take(arena, 1, sizeof *tables->complete, &error);
	tables->found->arena = tables->complete->arena = arena;
	assert_int_equal(by_rules_protect(tables, BY_RULES_COUNTS, 5, &error), 0);
	return tables;
}

/* Where flows lead to a year's last month its cells hang together with theirs; those of months before stay alone. */
static void only_the_last_month_waits_for_the_flows(void **state)
{
	(void)state;
	for (size_t flows = 0; flows < 2; flows++) {
		struct tables *tables = two_months(flows > 0, false);
		struct facts *facts = facts_new(tables, 5, &error);
		assert_non_null(facts);
		assert_true(tables->complete->needs > 0 && tables->complete->unmet == 0);
		for (size_t t = 1; t < 3; t++) {
			size_t small = 0;
			for (size_t row = 0; row < tables->cube[t]->rows; row++) {
				bool last = strcmp(cube_code_of(tables->cube[t], row, 0), "2018-08") == 0;
				assert_int_equal(tables_closed(tables, t, row), flows == 0 || !last);
				assert_int_equal(facts->set[t][row] > 0, flows > 0 && last);
				small += cube_cell(tables->cube[t], row, 0)->number < 5 && tables_withheld(tables, t, row, 0);
			}
			assert_int_equal(small, t == 1 ? 0 : 2); /* none of m03 is small */
			assert_int_equal(tables_all_closed(tables, t), flows == 0);
		}
	}
}

/* Those in which a single person might narrow something are left to the engine where it works anyway. */
static void who_is_alone_is_left_to_the_engine(void **state)
{
	(void)state;
	struct tables *without = two_months(false, true), *with = two_months(true, true);
	assert_true(without->complete->exposed > 0 && without->complete->unmet == 0);
	assert_true(tables_all_closed(without, 1));
	assert_int_equal(by_rules_protect(with, BY_RULES_COUNTS, 5, &error), 0); /* nothing is left to be found, but what was found stays with the engine */
	for (size_t row = 0; row < with->cube[1]->rows; row++)
		assert_false(tables_closed(with, 1, row));
	assert_int_equal(with->complete->tables, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(rules_beside_the_first_are_apart),
		cmocka_unit_test_setup_teardown(only_the_last_month_waits_for_the_flows, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(who_is_alone_is_left_to_the_engine, arena_begin, arena_end) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
