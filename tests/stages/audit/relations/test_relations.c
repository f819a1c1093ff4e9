/* Tests of what the auditor says to hold between the tables: persons who take part more than once. */
#include "stages/audit/relations/relations.h"

#include "tests/stages/protect/cubes.h"

/* A row of i01 in which all took part before and go on. */
static void add_row(struct cube *i01, double took_part, double persons, const char *const *codes)
{
	put(i01, "deltaganden", took_part, codes);
	put(i01, "pagaende", took_part, codes);
	put(i01, "personer", persons, codes);
	put(i01, "nya", 0, codes);
	put(i01, "avslutade", 0, codes);
}

/* Small differences that the auditor finds in each of the four rows of one kommun, kön and their totals, where `again` of 20 + 30 persons take part twice in an insats, and `both` of them in two insatser. */
static size_t differences(double again, double both)
{
	struct published published = { .arena = arena, .minimum = 5, .together = true, .knowledge = knowledge_new(arena, &error) };
	struct cube *i01 = new_cube("i01_deltagare");
	static const char *const insats[] = { "A", "B", "TOT" }, *const kommun[] = { "1440", "TOT" }, *const kon[] = { "K", "TOT" };
	const double persons[] = { 20, 30, 50 - both }, took_part[] = { 20, 30 + again, 50 + again };
	for (size_t i = 0; i < 12; i++)
		add_row(i01, took_part[i / 4], persons[i / 4], (const char *const[]){ insats[i / 4], kommun[i / 2 % 2], kon[i % 2] });
	assert_int_equal(published_add(&published, i01, i01, &error), 0);
	assert_int_equal(relations_state(&published, &error), 0);
	return published.differences / 4;
}

static void persons_who_take_part_again(void **state)
{
	(void)state;
	assert_int_equal(differences(0, 0), 0);
	assert_int_equal(differences(5, 0), 0);
	assert_int_equal(differences(1, 0), 2); /* in B, and in all */
	assert_int_equal(differences(4, 0), 2);
	assert_int_equal(differences(0, 3), 2); /* in all, and of the two insatser */
	assert_int_equal(differences(0, 5), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test_setup_teardown(persons_who_take_part_again, arena_begin, arena_end) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
