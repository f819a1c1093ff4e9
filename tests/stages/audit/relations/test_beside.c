/* Tests of figures beside withheld counts as the auditor sees them. */
#include "stages/audit/relations/beside.h"

#include "tests/stages/protect/cubes.h"

static struct published published;

static int begin(void **state)
{
	int result = arena_begin(state);
	published = (struct published){ .arena = arena, .minimum = 5, .knowledge = knowledge_new(arena, &error) };
	return result;
}

static struct cell *cell_of(struct cube *cube, const char *measure, const char *const *codes)
{
	size_t row = cube_row_named(cube, codes, &error);
	assert_true(row != CUBE_NO_ROW);
	return cube_cell(cube, row, cube_measure(cube, measure));
}
#define HIDE(cube, measure, ...) (cell_of(cube, measure, (const char *const[]){ __VA_ARGS__ })->status = CELL_PROTECTED)
#define MISS(cube, measure, ...) (cell_of(cube, measure, (const char *const[]){ __VA_ARGS__ })->status = CELL_MISSING)

static void add(struct cube *cube, struct cube *truth)
{
	assert_int_equal(published_add(&published, cube, truth, &error), 0);
}

/* The finding of a cell of the table that was added last. */
static int found(struct cube *cube, const char *measure, const char *const *codes)
{
	size_t measures = cube->table->measures, row = cube_row_named(cube, codes, &error);
	unsigned char *finding = arena_take(arena, cube->rows * measures, sizeof *finding, &error);
	assert_non_null(finding);
	for (size_t t = 0; t < published.tables; t++)
		if (published.table[t].cube == cube)
			beside_judge(&published, &published.table[t], finding);
	return finding[row * measures + cube_measure(cube, measure)];
}
#define FOUND(cube, measure, ...) found(cube, measure, (const char *const[]){ __VA_ARGS__ })

/* A share, a wait and a rate are breaches beside their withheld count, and none beside a printed one or when withheld with it. */
static void a_figure_tells_of_the_count_it_is_made_of(void **state)
{
	(void)state;
	struct cube *i06 = new_cube("i06_resultat");
	static const char *const insats[] = { "A", "B", "C" };
	for (size_t i = 0; i < 3; i++) {
		PUT(i06, "avslutade", 10, insats[i], "K");
		PUT(i06, "arbete_eller_studier", 3, insats[i], "K");
		PUT(i06, "andel_arbete_eller_studier", 30, insats[i], "K");
	}
	HIDE(i06, "arbete_eller_studier", "A", "K");
	HIDE(i06, "arbete_eller_studier", "C", "K");
	HIDE(i06, "andel_arbete_eller_studier", "C", "K");
	struct cube *i14 = new_cube("i14_konsskillnad");
	PUT(i14, "andel_k", 30, "A");
	PUT(i14, "andel_m", 30, "A");
	PUT(i14, "skillnad", 0, "A");
	PUT(i14, "andel_k", 30, "B");
	add(i06, NULL);
	add(i14, NULL);
	assert_int_equal(FOUND(i06, "andel_arbete_eller_studier", "A", "K"), BESIDE_FIGURE);
	assert_int_equal(FOUND(i06, "andel_arbete_eller_studier", "B", "K"), BESIDE_NONE);
	assert_int_equal(FOUND(i06, "andel_arbete_eller_studier", "C", "K"), BESIDE_NONE);
	assert_int_equal(FOUND(i14, "andel_k", "A"), BESIDE_FIGURE);
	assert_int_equal(FOUND(i14, "andel_m", "A"), BESIDE_NONE);
	assert_int_equal(FOUND(i14, "skillnad", "A"), BESIDE_FIGURE);
	assert_int_equal(FOUND(i14, "andel_k", "B"), BESIDE_NONE);
}

/* A cost per participation is of the period's participations where the table has one year; of two years it is of a part of them. */
static void a_cost_per_head_tells_of_one_year(void **state)
{
	(void)state;
	struct cube *i01 = new_cube("i01_deltagare"), *e01 = new_cube("e01_ekonomi");
	PUT(i01, "deltaganden", 3, "A", "TOT", "TOT");
	HIDE(i01, "deltaganden", "A", "TOT", "TOT");
	PUT(e01, "kr_per_deltagande", 1000, "A", "2018", "TOT");
	add(i01, NULL);
	add(e01, NULL);
	assert_int_equal(FOUND(e01, "kr_per_deltagande", "A", "2018", "TOT"), BESIDE_FIGURE);
	PUT(e01, "kr_per_deltagande", 1000, "A", "2019", "TOT");
	assert_int_equal(FOUND(e01, "kr_per_deltagande", "A", "2018", "TOT"), BESIDE_NONE);
}

/* One pair has no interval; that none is printed beside a withheld number of pairs says that it is one. Beside 0, which is printed, it says nothing. */
static void a_missing_figure_tells_of_few(void **state)
{
	(void)state;
	struct cube *i12 = new_cube("i12_enkat"), *e02 = new_cube("e02_aterbetalning");
	PUT(i12, "par", 1, "A", "EQ5D", "K");
	HIDE(i12, "par", "A", "EQ5D", "K");
	MISS(i12, "ki_lag", "A", "EQ5D", "K");
	PUT(i12, "par", 0, "A", "EQ5D", "M");
	MISS(i12, "ki_lag", "A", "EQ5D", "M");
	static const char *const actors[] = { "KOM", "IND" }; /* of whom only the first bears a cost */
	for (size_t i = 0; i < 2; i++) {
		PUT(e02, "kostnad", i == 0 ? 1000 : 0, "A", actors[i]);
		HIDE(e02, "netto_manad", "A", actors[i]);
		MISS(e02, "aterbetalning_start", "A", actors[i]);
	}
	add(i12, NULL);
	add(e02, NULL);
	assert_int_equal(FOUND(i12, "ki_lag", "A", "EQ5D", "K"), BESIDE_ABSENCE);
	assert_int_equal(FOUND(i12, "ki_lag", "A", "EQ5D", "M"), BESIDE_NONE);
	assert_int_equal(FOUND(e02, "aterbetalning_start", "A", "KOM"), BESIDE_ABSENCE);
	assert_int_equal(FOUND(e02, "aterbetalning_start", "A", "IND"), BESIDE_NONE);
}

/* Who bears no cost pays nothing back: whether that is so where the cost is withheld, too, the run's own folder knows, and a publication alone does not. */
static void nothing_is_said_where_nobody_knows_why_it_is_missing(void **state)
{
	(void)state;
	struct cube *e02[] = { new_cube("e02_aterbetalning"), new_cube("e02_aterbetalning") }, *truth = new_cube("e02_aterbetalning");
	PUT(truth, "kostnad", 1000, "A", "KOM");
	PUT(truth, "kostnad", 0, "A", "IND");
	for (size_t i = 0; i < 2; i++) {
		HIDE(e02[i], "kostnad", "A", "KOM");
		HIDE(e02[i], "netto_manad", "A", "KOM");
		MISS(e02[i], "aterbetalning_start", "A", "KOM");
		HIDE(e02[i], "kostnad", "A", "IND");
		HIDE(e02[i], "netto_manad", "A", "IND");
		MISS(e02[i], "aterbetalning_start", "A", "IND");
		add(e02[i], i == 0 ? truth : NULL);
	}
	assert_int_equal(FOUND(e02[0], "aterbetalning_start", "A", "KOM"), BESIDE_ABSENCE);
	assert_int_equal(FOUND(e02[0], "aterbetalning_start", "A", "IND"), BESIDE_NONE);
	assert_int_equal(FOUND(e02[1], "aterbetalning_start", "A", "KOM"), BESIDE_NONE);
}

static struct cube *cohort_at_two_rates(double cohort, double share)
{
	struct cube *e06 = new_cube("e06_jamforelse");
	static const char *const rates[] = { "0", "2" };
	for (size_t i = 0; i < 2; i++) {
		PUT(e06, "kohort", cohort, "A", "extrakt", rates[i]);
		PUT(e06, "andel_lankad", share, "A", "extrakt", rates[i]);
	}
	return e06;
}

/* Of 30 members 90 per cent are linked: 3 are not. The share is a breach, printed; withheld, it is one that it was published before, at any rate of
   interest, for then the cohort must not be printed at any. */
static void a_linked_share_tells_of_the_others(void **state)
{
	(void)state;
	for (int known = 0; known < 3; known++) {
		assert_int_equal(begin(state), 0);
		struct cube *truth = cohort_at_two_rates(30, 90), *e06 = cohort_at_two_rates(30, 90), *q01 = new_cube("q01_avstamning");
		if (known > 0) {
			HIDE(e06, "andel_lankad", "A", "extrakt", "0");
			HIDE(e06, "andel_lankad", "A", "extrakt", "2");
		}
		size_t row = cube_row_named(q01, (const char *const[]){ "e06_jamforelse", "A|extrakt|0", "andel_lankad" }, &error);
		*cube_cell(q01, row, cube_measure(q01, "publicerat")) = (struct cell){ .text = known == 2 ? "90.0" : "" };
		add(e06, truth);
		add(q01, q01);
		assert_int_equal(FOUND(e06, "andel_lankad", "A", "extrakt", "2"), known == 0 ? BESIDE_FEW : BESIDE_NONE);
		assert_int_equal(FOUND(e06, "kohort", "A", "extrakt", "0"), known == 1 ? BESIDE_NONE : BESIDE_FEW);
		assert_int_equal(FOUND(e06, "kohort", "A", "extrakt", "2"), known == 1 ? BESIDE_NONE : BESIDE_FEW);
		(void)arena_end(state);
	}
}

/* 9 of 16 are 56.3 per cent: of a withheld number that tells which. All of it may be of any. */
static void a_linked_share_goes_with_its_cohort(void **state)
{
	(void)state;
	for (int all = 0; all < 2; all++) {
		assert_int_equal(begin(state), 0);
		struct cube *truth = cohort_at_two_rates(16, all ? 100 : 56.25), *e06 = cohort_at_two_rates(16, all ? 100 : 56.25);
		HIDE(e06, "kohort", "A", "extrakt", "0");
		add(e06, truth);
		assert_int_equal(FOUND(e06, "andel_lankad", "A", "extrakt", "0"), all ? BESIDE_NONE : BESIDE_FIGURE);
		assert_int_equal(FOUND(e06, "andel_lankad", "A", "extrakt", "2"), BESIDE_NONE);
		(void)arena_end(state);
	}
}

/* Of 32 exits a cohort of 30 leaves 2 out, and one of 20 twelve; it is 30 where the other underlag has 27. */
static void a_cohort_tells_whom_it_leaves_out(void **state)
{
	(void)state;
	static const struct {
		double exits, other, left_out;
		bool tells;
	} cases[] = { { 40, 20, 0, false }, { 32, 20, 0, true }, { 40, 27, 0, true }, { 37, 20, 3, true }, { 50, 20, 3, false } };
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		if (i > 0)
			assert_int_equal(begin(state), 0);
		struct cube *e06 = cohort_at_two_rates(30, 50), *i01 = new_cube("i01_deltagare"), *i05 = new_cube("i05_avslut");
		PUT(e06, "kohort", cases[i].other, "A", "sus", "0");
		PUT(i01, "avslutade", cases[i].exits, "A", "TOT", "TOT");
		PUT(i05, "avslutade", cases[i].left_out, "A", "TOT", "07");
		if (cases[i].left_out > 0)
			HIDE(i05, "avslutade", "A", "TOT", "07");
		add(e06, NULL);
		add(i01, NULL);
		add(i05, NULL);
		assert_int_equal(FOUND(e06, "kohort", "A", "extrakt", "0"), cases[i].tells ? BESIDE_FEW : BESIDE_NONE);
		HIDE(i01, "avslutade", "A", "TOT", "TOT");
		assert_int_equal(FOUND(e06, "kohort", "A", "extrakt", "0"), BESIDE_FEW);
		HIDE(e06, "kohort", "A", "extrakt", "0");
		assert_int_equal(FOUND(e06, "kohort", "A", "extrakt", "0"), BESIDE_NONE);
		if (i + 1 < sizeof cases / sizeof *cases)
			(void)arena_end(state);
	}
}

/* Rounded: 5 women have answered twice and none takes part; where more did so before protection it is no relation. */
static void who_answered_takes_part(void **state)
{
	(void)state;
	struct cube *i01 = new_cube("i01_deltagare"), *i12 = new_cube("i12_enkat"), *before = new_cube("i01_deltagare"), *answers = new_cube("i12_enkat");
	static const char *const insats[] = { "A", "B" };
	for (size_t i = 0; i < 2; i++) {
		PUT(i01, "deltaganden", i == 0 ? 10 : 0, insats[i], "TOT", "M");
		PUT(i12, "par", 5, insats[i], "EQ", "K");
		PUT(i12, "par", 10, insats[i], "EQ", "M");
		PUT(before, "deltaganden", 2, insats[i], "TOT", "K");
		PUT(before, "deltaganden", 9, insats[i], "TOT", "M");
		PUT(answers, "par", 2, insats[i], "EQ", "K");
		PUT(answers, "par", i == 0 ? 8 : 11, insats[i], "EQ", "M");
	}
	PUT(i12, "par", 5, "C", "EQ", "X"); /* who took part before the period */
	PUT(answers, "par", 2, "C", "EQ", "X");
	published.rounded = true;
	add(i01, before);
	add(i12, answers);
	assert_int_equal(FOUND(i12, "par", "A", "EQ", "K"), BESIDE_LESS);
	assert_int_equal(FOUND(i12, "par", "A", "EQ", "M"), BESIDE_NONE);
	assert_int_equal(FOUND(i12, "par", "B", "EQ", "M"), BESIDE_NONE);
	assert_int_equal(FOUND(i12, "par", "C", "EQ", "X"), BESIDE_NONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test_setup_teardown(a_figure_tells_of_the_count_it_is_made_of, begin, arena_end),
		cmocka_unit_test_setup_teardown(a_cost_per_head_tells_of_one_year, begin, arena_end),
		cmocka_unit_test_setup_teardown(a_missing_figure_tells_of_few, begin, arena_end),
		cmocka_unit_test_setup_teardown(nothing_is_said_where_nobody_knows_why_it_is_missing, begin, arena_end),
		cmocka_unit_test(a_linked_share_tells_of_the_others), cmocka_unit_test(a_linked_share_goes_with_its_cohort),
		cmocka_unit_test_setup_teardown(a_cohort_tells_whom_it_leaves_out, begin, arena_end),
		cmocka_unit_test_setup_teardown(who_answered_takes_part, begin, arena_end) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
