/* Tests of what the times of m05 say of the months of their year, as the auditor sees it. */
#include "stages/audit/relations/times.h"

#include "stages/audit/relations/crossed.h"
#include "stages/audit/relations/months.h"
#include "stages/audit/relations/relations.h"

#include "stages/audit/ranges/ranges.h"
#include "tests/stages/protect/times.h"

/* A withheld figure of each kön: the codes of its row, kön left out, and the place of kön. */
struct withheld {
	int table;
	size_t kon;
	const char *code[4];
	bool both; /* the figure of both together, too */
};

/* Whether the row is of it, of some kön. */
static bool is_of(const struct withheld *withheld, const struct cube *cube, size_t row)
{
	bool same = withheld->both || !cube_is_total(cube, row, withheld->kon);
	for (size_t d = 0, at = 0; d < cube->table->dimensions; d++)
		if (d != withheld->kon) {
			const char *code = withheld->code[at++];
			same = same && (code == NULL || strcmp(code, cube_code_of(cube, row, d)) == 0);
		}
	return same;
}

/* Withholds it of women and men, in the kommun and in all, and of all ages. */
static void withhold(const struct times_cubes *cubes, const struct withheld *withheld)
{
	struct cube *cube = cubes->cube[withheld->table];
	for (size_t row = 0; row < cube->rows; row++)
		if (is_of(withheld, cube, row))
			cube_cell(cube, row, cube_measure(cube, "personer"))->status = CELL_PROTECTED;
}

static const char *const later[] = { "2019-01", "2019-02", "2019-03", "2019-04", "2019-05", "2019-06", "2019-07", "2019-08", "2019-09", "2019-10", "2019-11",
	"2019-12" };
static size_t months_after; /* of the next year, in which there are others */

static void add_months_after(const struct times_cubes *cubes)
{
	for (size_t m = 0; m < months_after; m++) {
		add_persons(cubes->cube[TIMES_M03], 20, 0x6, 3, (const char *const[]){ later[m], "1440", "REG" });
		add_persons(cubes->cube[TIMES_M06], 20, 0xE, 5, (const char *const[]){ later[m], "1440", "K", "16-64", "REG" });
	}
}

/* What the print of a case leaves of the first of some withheld figures, of one kön. The tables are those of `with` (bits). */
static enum finding judge(const struct times_case *of, unsigned with, bool classes, bool months, bool times, const struct withheld *withheld, size_t count,
	const char *kon)
{
	const struct settings settings = { .period_from = 0 };
	struct published published = { .arena = arena, .minimum = 5, .months = months, .knowledge = knowledge_new(arena, &error) };
	const struct times_cubes cubes = count_times(of), truth = count_times(of);
	size_t variable = KNOWLEDGE_NONE;
	published.classes = classes ? count_atoms(of) : NULL;
	add_months_after(&cubes);
	add_months_after(&truth);
	for (size_t w = 0; w < count; w++)
		withhold(&cubes, &withheld[w]);
	for (size_t t = 0; t < TIMES_TABLES; t++)
		if ((with >> t & 1) != 0)
			assert_int_equal(published_add(&published, cubes.cube[t], truth.cube[t], &error), 0);
	assert_int_equal(relations_state(&published, &error), 0);
	if (classes)
		assert_int_equal(crossed_state(&published, &(const struct earlier){ .ledger = NULL }, &error), 0);
	assert_int_equal(months_state(&published, &settings, &error), 0);
	if (times)
		assert_int_equal(times_state(&published, &error), 0);
	const struct cube *cube = cubes.cube[withheld[0].table];
	for (size_t t = 0; t < published.tables; t++)
		for (size_t row = 0; published.table[t].cube == cube && row < cube->rows; row++)
			if (is_of(&withheld[0], cube, row) && strcmp(cube_code_of(cube, row, withheld[0].kon), kon) == 0)
				variable = published.table[t].variable[row * cube->table->measures + cube_measure(cube, "personer")];
	struct target target = { .variable = variable };
	assert_int_equal(ranges_judge(published.knowledge, &target, 1, 5, 1000, NULL, &error), 0);
	return target.finding;
}

/* It is open to whoever reckons without the times, and too narrow to who reckons with them; by classes of the months and without. */
static void check(const struct times_case *of, unsigned with, const struct withheld *withheld, size_t count, const char *kon)
{
	for (int classes = 0; classes < 2; classes++) {
		assert_int_equal(judge(of, with, classes == 1, true, false, withheld, count, kon), FINDING_NONE);
		assert_int_not_equal(judge(of, with, classes == 1, true, true, withheld, count, kon), FINDING_NONE);
	}
}

#define MONTHS_TOO (1U << TIMES_M03 | 1U << TIMES_M05 | 1U << TIMES_M06)

/* The 10 men with a long time have FK in January, as none of them has in February: of 13 who have it no more than 3 are women. */
static void long_times_have_no_gap_of_two_months(void **state)
{
	(void)state;
	static const struct withheld withheld[] = { { TIMES_M06, 2, { "2018-01", NULL, NULL, "FK" }, false } };
	check(&gap_of_a_month, MONTHS_TOO, withheld, 1, "K");
}

/* A time that goes on for a year after this one may have begun in its last month: then it says nothing of the two first. Two months of those after are not enough
   for that. */
static void a_time_may_go_on(void **state)
{
	(void)state;
	static const struct withheld withheld[] = { { TIMES_M06, 2, { "2018-01", NULL, NULL, "FK" }, false } };
	for (months_after = 2; months_after <= 12; months_after += 10)
		assert_int_equal(judge(&gap_of_a_month, MONTHS_TOO, false, true, true, withheld, 1, "K") == FINDING_NONE, months_after == 12);
	months_after = 0;
}

/* The 10 men who never change have FK in every month: of 14 with a time of a year no more than 4 are women. */
static void who_never_changes_is_paid_all_the_year(void **state)
{
	(void)state;
	static const struct withheld withheld[] = { { TIMES_M05, 2, { "2018", NULL, "12-35" }, false }, { TIMES_M05, 2, { "2018", NULL, "1-11" }, false } };
	check(&of_a_year, MONTHS_TOO | 1U << TIMES_M04, withheld, 2, "K");
}

/* The 10 men have a time and no FK: AF pays them, and of 13 whom it pays no more than 3 are women. */
static void who_has_a_time_is_paid(void **state)
{
	(void)state;
	static const struct withheld withheld[] = { { TIMES_M01, 2, { "2018", NULL, NULL }, false } };
	check(&paid_by_af, MONTHS_TOO | 1U << TIMES_M01, withheld, 1, "K");
}

/* Of 13 men who have FK in the year, or are active at all, 10 have it in January, and all in the other months: no more than 3 have a time of less than a year. */
static void short_times_have_months_without(void **state)
{
	(void)state;
	static const struct withheld withheld[] = { { TIMES_M05, 2, { "2018", NULL, "1-11" }, false }, { TIMES_M05, 2, { "2018", NULL, "12-35" }, false } };
	check(&short_times, MONTHS_TOO | 1U << TIMES_M01, withheld, 2, "M");
	check(&short_times, MONTHS_TOO, withheld, 2, "M");
}

/* 5 of the 10 men with a time have FK and AF pays the others: of 13 who are paid in the year no more than 3 are women. */
static void who_has_a_time_is_paid_in_the_year(void **state)
{
	(void)state;
	static const struct withheld withheld[] = { { TIMES_M01, 2, { "2018", NULL, "TOT" }, false }, { TIMES_M01, 2, { "2018", NULL, "AK" }, true },
		{ TIMES_M01, 2, { "2018", NULL, "ARBMARK" }, true } };
	check(&paid_by_either, MONTHS_TOO | 1U << TIMES_M01, withheld, 3, "K");
}

/* The 20 men at FK or KOM in the month are all paid: of 23 who are paid no more than 3 are women. And AF pays 13 who are there, no more than 3 of them women. */
static void who_is_paid_in_a_month(void **state)
{
	(void)state;
	static const struct withheld men[] = { { TIMES_M01, 2, { "2018", NULL, "TOT" }, false }, { TIMES_M01, 2, { "2018", NULL, "AK" }, true },
		{ TIMES_M01, 2, { "2018", NULL, "ARBMARK" }, true } };
	static const struct withheld af[] = { { TIMES_M01, 2, { "2018", NULL, NULL }, false } };
	for (int months = 0; months < 2; months++) {
		assert_int_equal(judge(&paid_by_two, MONTHS_TOO | 1U << TIMES_M01, true, months == 1, false, men, 3, "K") == FINDING_NONE, months == 0);
		assert_int_equal(judge(&month_of_af, 1U << TIMES_M01 | 1U << TIMES_M03 | 1U << TIMES_M06, true, months == 1, false, af, 1, "K") == FINDING_NONE, months == 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test_setup_teardown(long_times_have_no_gap_of_two_months, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(who_never_changes_is_paid_all_the_year, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(who_has_a_time_is_paid, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(short_times_have_months_without, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(a_time_may_go_on, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(who_has_a_time_is_paid_in_the_year, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(who_is_paid_in_a_month, arena_begin, arena_end) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
