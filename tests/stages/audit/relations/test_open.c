/* Tests of numbers that may lack a code, which stand in TOT alone (i10, i08). */
#include "stages/audit/relations/relations.h"

#include <string.h>

#include "tests/stages/protect/cubes.h"

/* The least number of men of 30–64 years that the print leaves, of 12 men and 8 of 16–29 years, of all withheld; `more` women and men have no age. */
static int64_t least_men(double more, bool known)
{
	static const struct {
		const char *kon, *age;
		double number;
		bool withheld;
	} lines[] = { { "K", "16-29", 4, true }, { "K", "30-64", 9, true }, { "K", "TOT", 13, false }, { "M", "16-29", 4, true },
		{ "M", "30-64", 8, true }, { "M", "TOT", 12, false }, { "TOT", "16-29", 8, false }, { "TOT", "30-64", 17, false }, { "TOT", "TOT", 25, false } };
	struct published published = { .arena = arena, .minimum = 10, .knowledge = knowledge_new(arena, &error) };
	struct cube *i10 = new_cube("i10_volym"), *truth = new_cube("i10_volym");
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		double of = strcmp(lines[i].age, "TOT") != 0 ? 0 : strcmp(lines[i].kon, "TOT") == 0 ? 2 : 1;
		double number = lines[i].number + of * more;
		PUT(i10, "antal", number, "Verkstan", "2018", lines[i].kon, lines[i].age);
		PUT(truth, "antal", number, "Verkstan", "2018", lines[i].kon, lines[i].age);
		if (lines[i].withheld)
			i10->cell[i].status = CELL_PROTECTED;
	}
	assert_int_equal(published_add(&published, i10, known ? truth : NULL, &error), 0);
	assert_int_equal(relations_state(&published, &error), 0);
	assert_int_equal(knowledge_tighten(published.knowledge, 100, &error), 0);
	return published.knowledge->low[published.table[0].variable[4]];
}

/* Where the ages of each kön add up nobody lacks one: of 12 men at most 7 are younger, since a woman is. Where one man and one woman lack an age, or nobody
   knows, more may. */
static void nothing_lacks_a_code_where_nothing_does(void **state)
{
	(void)state;
	assert_int_equal(least_men(0, true), 5);
	assert_int_equal(least_men(1, true), 4); /* 17 less 13, who may be all women and lack no age */
	assert_int_equal(least_men(0, false), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test_setup_teardown(nothing_lacks_a_code_where_nothing_does, arena_begin, arena_end) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
