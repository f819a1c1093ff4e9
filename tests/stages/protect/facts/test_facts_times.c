/* Tests of what the times of m05 say of the months of their year. */
#include "stages/protect/facts/facts.h"
#include "stages/protect/facts/together.h"

#include "tests/stages/protect/times.h"

static const struct settings settings = { .period_from = 0 };

/* The tables of a case, those of `with` (bits), and the classes of its months. */
static struct tables take(const struct times_case *of, const struct times_cubes *cubes, unsigned with, bool classes)
{
	struct tables tables = { .arena = arena, .settings = &settings, .months = true };
	for (size_t t = 0; t < TIMES_TABLES; t++)
		if ((with >> t & 1) != 0)
			assert_int_equal(tables_add(&tables, cubes->cube[t], &error), 0);
	if (classes)
		assert_int_equal(tables_add(&tables, count_atoms(of), &error), 0);
	return tables;
}

static struct times_cubes protect(const struct times_case *of, unsigned with, bool classes)
{
	const struct times_cubes cubes = count_times(of);
	struct tables tables = take(of, &cubes, with, classes);
	struct together_account account;
	assert_int_equal(together_protect(&tables, 5, &account, &error), 0);
	assert_int_equal(account.stuck, 0);
	assert_true(tables.months);
	return cubes;
}

static bool is_printed(const struct cube *cube, const char *const *codes)
{
	return cube_cell(cube, cube_find_named(cube, codes), cube_measure(cube, "personer"))->status == CELL_PUBLISHED;
}
#define PRINTED(cube, ...) is_printed(cube, (const char *const[]){ __VA_ARGS__ })

/* The 10 men with a long time have FK in January, as none of them has in February: of 13 who have it no more than 3 are women. */
static void long_times_have_no_gap_of_two_months(void **state)
{
	(void)state;
	for (int classes = 0; classes < 2; classes++) {
		const struct times_cubes cubes = protect(&gap_of_a_month, 1U << TIMES_M03 | 1U << TIMES_M05 | 1U << TIMES_M06, classes == 1);
		assert_false(PRINTED(cubes.cube[TIMES_M03], "2018-01", "1440", "FK") && PRINTED(cubes.cube[TIMES_M05], "2018", "1440", "M", "12-35"));
	}
}

/* The 10 men have a time and no FK: AF pays them, and of 13 whom it pays no more than 3 are women. */
static void who_has_a_time_is_paid(void **state)
{
	(void)state;
	for (int classes = 0; classes < 2; classes++) {
		const struct times_cubes cubes = protect(&paid_by_af, 1U << TIMES_M01 | 1U << TIMES_M03 | 1U << TIMES_M05 | 1U << TIMES_M06, classes == 1);
		assert_false(PRINTED(cubes.cube[TIMES_M01], "2018", "1440", "TOT", "AK") && PRINTED(cubes.cube[TIMES_M05], "2018", "1440", "M", "12-35"));
	}
}

/* A count that is so many more. */
struct change {
	int table;
	const char *code[5];
	int more;
};

/* The set of a row's persons: 1 + its atom. */
static uint32_t set_of(const struct tables *tables, const struct facts *facts, const struct times_cubes *cubes, const struct change *change)
{
	const struct cube *cube = cubes->cube[change->table];
	size_t t = 0, row = cube_find_named(cube, change->code);
	while (tables->cube[t] != cube)
		t++;
	return facts->set[t][row * cube->table->measures + cube_measure(cube, "personer")];
}

/* Whether what is known is so, too, when these counts are. Of counts of the same persons the first is taken. */
static bool is_possible(const struct tables *tables, const struct facts *facts, const struct times_cubes *cubes, const struct change *change, size_t changes)
{
	const struct system *system = facts->system;
	for (size_t r = 0; r < system->rows; r++) {
		int64_t value = system->row[r].value;
		for (size_t t = system->first[r]; t < system->first[r + 1]; t++) {
			size_t c = 0;
			while (c < changes && system->term[t].index + 1 != set_of(tables, facts, cubes, &change[c]))
				c++;
			value += c == changes ? 0 : system->term[t].sign * change[c].more;
		}
		if (value < system->row[r].floor || (system->row[r].kind == ROW_KNOWN && value != system->row[r].value))
			return false;
	}
	return true;
}

/* Men with a time of a year in place of women, and the reverse with shorter ones; and the contrary. */
#define MOVE(men) { { TIMES_M05, { "2018", "1440", "M", "1-11" }, -(men) }, { TIMES_M05, { "2018", "1440", "M", "12-35" }, men }, \
	{ TIMES_M05, { "2018", "1440", "K", "1-11" }, men }, { TIMES_M05, { "2018", "1440", "K", "12-35" }, -(men) } }
static const struct change longer[] = MOVE(1), shorter[] = MOVE(-1);

/* That men have no shorter times follows from the case, and that they have no longer ones does not. */
static void check_men(const struct times_case *of, unsigned with)
{
	for (int classes = 0; classes < 2; classes++) {
		const struct times_cubes cubes = count_times(of);
		struct tables tables = take(of, &cubes, with | 1U << TIMES_M03 | 1U << TIMES_M05 | 1U << TIMES_M06, classes == 1);
		const struct facts *facts = facts_new(&tables, 5, &error);
		assert_non_null(facts);
		assert_false(is_possible(&tables, facts, &cubes, shorter, 4));
		assert_true(is_possible(&tables, facts, &cubes, longer, 4));
	}
}

/* The 10 men who never change have FK in every month: their time is a year or longer. */
static void who_never_changes_is_paid_all_the_year(void **state)
{
	(void)state;
	check_men(&of_a_year, 1U << TIMES_M04);
}

/* Of 13 men who have FK in the year 10 have it in January, and all in the other months: no more than 3 have a time of less than a year. */
static void short_times_have_months_without(void **state)
{
	(void)state;
	check_men(&short_times, 1U << TIMES_M01);
	check_men(&short_times, 0); /* then nobody else is active in the year */
}

/* A time that goes on for a year after this one may have begun in its last month: then it says nothing of the two first. Two months of those after are not enough
   for that. */
static void a_time_may_go_on(void **state)
{
	(void)state;
	static const struct change fewer[] = { { TIMES_M06, { "2018-01", "1440", "M", "TOT", "FK" }, -1 }, { TIMES_M06, { "2018-01", "1440", "K", "TOT", "FK" }, 1 } };
	static const char *const later[] = { "2019-01", "2019-02", "2019-03", "2019-04", "2019-05", "2019-06", "2019-07", "2019-08", "2019-09", "2019-10", "2019-11",
		"2019-12" };
	for (size_t months = 2; months <= 12; months += 10) {
		const struct times_cubes cubes = count_times(&gap_of_a_month);
		for (size_t m = 0; m < months; m++) {
			add_persons(cubes.cube[TIMES_M03], 20, 0x6, 3, (const char *const[]){ later[m], "1440", "REG" });
			add_persons(cubes.cube[TIMES_M06], 20, 0xE, 5, (const char *const[]){ later[m], "1440", "K", "16-64", "REG" });
		}
		struct tables tables = take(&gap_of_a_month, &cubes, 1U << TIMES_M03 | 1U << TIMES_M05 | 1U << TIMES_M06, false);
		const struct facts *facts = facts_new(&tables, 5, &error);
		assert_non_null(facts);
		assert_int_equal(is_possible(&tables, facts, &cubes, fewer, 2), months == 12);
	}
}

/* Whether these counts of who is paid are possible beside the months. */
static bool may_be_paid(const struct times_case *of, const struct change *change, size_t changes)
{
	const struct times_cubes cubes = count_times(of);
	struct tables tables = take(of, &cubes, 1U << TIMES_M01 | 1U << TIMES_M03 | 1U << TIMES_M05 | 1U << TIMES_M06, true);
	const struct facts *facts = facts_new(&tables, 5, &error);
	assert_non_null(facts);
	assert_true(is_possible(&tables, facts, &cubes, change, 0));
	return is_possible(&tables, facts, &cubes, change, changes);
}

/* The 20 men at FK or KOM in the month are all paid, and of 23 who are paid no more than 3 are women. */
static void who_is_at_fk_or_kom_is_paid(void **state)
{
	(void)state;
	static const struct change change[] = { { TIMES_M01, { "2018", "1440", "M", "TOT" }, -1 }, { TIMES_M01, { "2018", "1440", "K", "TOT" }, 1 },
		{ TIMES_M01, { "2018", "1440", "K", "AK" }, 1 }, { TIMES_M01, { "2018", "1440", "K", "ARBMARK" }, 1 } };
	assert_false(may_be_paid(&paid_by_two, change, 4));
}

/* The 10 men with a time are paid in the year: of 13 who are no more than 3 are women. */
static void who_has_a_time_is_paid_in_the_year(void **state)
{
	(void)state;
	static const struct change change[] = { { TIMES_M01, { "2018", "1440", "M", "TOT" }, -1 }, { TIMES_M01, { "2018", "1440", "K", "TOT" }, 1 },
		{ TIMES_M01, { "2018", "1440", "K", "AK" }, 1 }, { TIMES_M01, { "2018", "1440", "K", "ARBMARK" }, 1 },
		{ TIMES_M01, { "2018", "1440", "TOT", "AK" }, 1 }, { TIMES_M01, { "2018", "1440", "TOT", "ARBMARK" }, 1 } };
	assert_false(may_be_paid(&paid_by_either, change, 6));
}

/* AF pays 13 who are there: no more than 3 of them are women. */
static void whom_af_pays_is_there(void **state)
{
	(void)state;
	static const struct change change[] = { { TIMES_M01, { "2018", "1440", "M", "TOT" }, -1 }, { TIMES_M01, { "2018", "1440", "K", "TOT" }, 1 },
		{ TIMES_M01, { "2018", "1440", "M", "AK" }, -1 }, { TIMES_M01, { "2018", "1440", "K", "AK" }, 1 },
		{ TIMES_M01, { "2018", "1440", "M", "ARBMARK" }, -1 }, { TIMES_M01, { "2018", "1440", "K", "ARBMARK" }, 1 } };
	assert_false(may_be_paid(&month_of_af, change, 6));
}

/* Of a month one woman is at FK and another at AF; who never changes is the one of them. */
static void two_single_persons_of_a_month(void **state)
{
	(void)state;
	static const struct times_case two = { 2, 2, { { "K", 1, 0, JANUARY, "1", "0", "" }, { "K", 1, JANUARY | FEBRUARY, 0, "0", "1-11", "SP" } } };
	static const struct change one = { TIMES_M06, { "2018-01", "1440", "K", "TOT", "AF" }, 0 }, other = { TIMES_M06, { "2018-01", "1440", "K", "TOT", "FK" }, 0 };
	const struct times_cubes cubes = count_times(&two);
	struct tables tables = take(&two, &cubes, 1U << TIMES_M04 | 1U << TIMES_M06, false);
	const struct facts *facts = facts_new(&tables, 5, &error);
	assert_non_null(facts);
	const struct row *row = facts->system->row;
	assert_int_not_equal(row[set_of(&tables, facts, &cubes, &one) - 1].person, row[set_of(&tables, facts, &cubes, &other) - 1].person);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test_setup_teardown(long_times_have_no_gap_of_two_months, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(who_never_changes_is_paid_all_the_year, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(who_has_a_time_is_paid, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(short_times_have_months_without, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(a_time_may_go_on, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(who_is_at_fk_or_kom_is_paid, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(who_has_a_time_is_paid_in_the_year, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(whom_af_pays_is_there, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(two_single_persons_of_a_month, arena_begin, arena_end) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
