/* Tests of who never changed in a year, by the parts at which they were, as the auditor sees them. */
#include "stages/audit/relations/unchanged.h"
#include "stages/audit/relations/crossed.h"
#include "stages/audit/relations/relations.h"

#include "stages/audit/ranges/ranges.h"
#include "tests/stages/protect/unchanged.h"

static const struct earlier none = { .ledger = NULL };

/* Withholds the rows of a code, in a table's first or last dimension. */
static void withhold(struct cube *cube, size_t dimension, const char *code, const char *but)
{
	for (size_t row = 0; row < cube->rows; row++)
		if (strcmp(cube_code_of(cube, row, dimension), code) == 0 && strcmp(cube_code_of(cube, row, cube->table->dimensions - 1), but) != 0)
			cube_cell(cube, row, 0)->status = CELL_PROTECTED;
}

/* The tables with February's parts withheld, and with `year` who never changed, too; by combinations, or with the classes of the months. */
static struct published publish(bool year, bool classes)
{
	struct published published = { .arena = arena, .minimum = 5, .months = true, .knowledge = knowledge_new(arena, &error) };
	struct cube *m03 = count_still_combinations(), *m04 = count_still(), *m06 = count_still_parts();
	withhold(m03, 0, "2018-02", "TOT");
	withhold(m06, 0, "2018-02", "");
	withhold(m04, 0, year ? "2018" : "", "TOT");
	assert_int_equal(published_add(&published, m03, count_still_combinations(), &error), 0);
	assert_int_equal(published_add(&published, m04, count_still(), &error), 0);
	assert_false(classes && published_add(&published, m06, count_still_parts(), &error) != 0);
	published.classes = classes ? count_still_classes() : NULL;
	assert_int_equal(relations_state(&published, &error), 0);
	assert_int_equal(crossed_state(&published, &none, &error), 0);
	return published;
}

/* What the print leaves of those at FK in February. */
static enum finding judge(bool unchanged, bool year, bool classes)
{
	struct published published = publish(year, classes);
	assert_false(unchanged && unchanged_state(&published, &none, &error) != 0);
	size_t row = cube_find_named(published.table[0].cube, (const char *const[]){ "2018-02", "1440", "FK" });
	struct target target = { .variable = published.table[0].variable[row] };
	assert_int_equal(ranges_judge(published.knowledge, &target, 1, 5, 1000, NULL, &error), 0);
	return target.finding;
}

static void who_never_changed_was_there_in_every_month(void **state)
{
	(void)state;
	for (int classes = 0; classes < 2; classes++) {
		assert_int_equal(judge(false, false, classes == 1), FINDING_NONE);
		assert_int_equal(judge(true, false, classes == 1), FINDING_NARROW);
		assert_int_equal(judge(true, true, classes == 1), FINDING_NONE);
	}
}

/* A class of a row is found by its name, where a sum speaks of it: of one kön where the classes of the months are told, else of all. Nobody was at FK in
   January. */
static void a_class_is_found_by_its_name(void **state)
{
	(void)state;
	for (int classes = 0; classes < 2; classes++) {
		struct published published = publish(false, classes == 1);
		size_t variable;
		assert_int_equal(unchanged_state(&published, &none, &error), 0);
		const struct published_table *m04 = &published.table[1];
		for (int all = 0; all < 2; all++) {
			size_t row = cube_find_named(m04->cube, (const char *const[]){ "2018", "1440", all == 1 ? "TOT" : "K", "0" });
			assert_true(unchanged_find(&published, m04, row, "kombination=AF", &variable));
			assert_true((variable != KNOWLEDGE_NONE) == (all != classes));
			assert_true(unchanged_find(&published, m04, row, "kombination=FK", &variable));
			assert_true(variable == KNOWLEDGE_NONE);
		}
		assert_true(unchanged_find(&published, m04, CUBE_NO_ROW, "kombination=AF", &variable));
		assert_true(variable == KNOWLEDGE_NONE);
		assert_false(unchanged_find(&published, m04, 0, "aldersgrupp=16-64", &variable));
		assert_false(unchanged_find(&published, &published.table[0], 0, "kombination=AF", &variable));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test_setup_teardown(who_never_changed_was_there_in_every_month, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(a_class_is_found_by_its_name, arena_begin, arena_end) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
