/* Tests of small counts between printed figures, as the auditor sees them. */
#include "stages/audit/relations/between.h"

#include "pipeline/base/date.h"
#include "stages/audit/relations/beside.h"
#include "tests/stages/protect/cubes.h"

static struct published published;

static int begin(void **state)
{
	int result = arena_begin(state);
	published = (struct published){ .arena = arena, .minimum = 5, .knowledge = knowledge_new(arena, &error) };
	return result;
}

static void add(struct cube *cube)
{
	assert_int_equal(published_add(&published, cube, NULL, &error), 0);
}

static struct settings two_years(void)
{
	return (struct settings){ .period_from = date_day(2017, 1, 1), .period_to = date_day(2018, 12, 31) };
}

static int found(struct cube *cube, const char *measure, const char *const *codes)
{
	const struct settings settings = two_years();
	size_t measures = cube->table->measures;
	unsigned char *finding = arena_take(arena, cube->rows * measures, sizeof *finding, &error);
	assert_non_null(finding);
	for (size_t t = 0; t < published.tables; t++)
		if (published.table[t].cube == cube)
			between_judge(&published, &published.table[t], &settings, finding);
	return finding[cube_find_named(cube, codes) * measures + cube_measure(cube, measure)];
}
#define FOUND(cube, measure, ...) found(cube, measure, (const char *const[]){ __VA_ARGS__ })

static void hide(struct cube *cube, const char *measure, const char *const *codes)
{
	cube_cell(cube, cube_find_named(cube, codes), cube_measure(cube, measure))->status = CELL_PROTECTED;
}
#define HIDE(cube, measure, ...) hide(cube, measure, (const char *const[]){ __VA_ARGS__ })

/* 15 events and 21 other ends in three months beside 33 exits: 3 go on; beside 30, 6 do. Not when the exits are withheld. */
static void a_curve_leaves_few_beside_a_band(void **state)
{
	(void)state;
	static const char *const insats[] = { "A", "B", "C" }, *const months[] = { "0", "1", "2" };
	struct cube *i13 = new_cube("i13_overlevnad"), *i07 = new_cube("i07_tid_i_insats");
	for (size_t i = 0; i < 3; i++) {
		for (size_t m = 0; m < 3; m++) {
			PUT(i13, "kvar", 100, insats[i], "K", months[m]);
			PUT(i13, "handelser", 5, insats[i], "K", months[m]);
			PUT(i13, "censurerade", 7, insats[i], "K", months[m]);
		}
		PUT(i07, "avslutade", i == 1 ? 30 : 33, insats[i], "K", "0-2");
	}
	HIDE(i07, "avslutade", "C", "K", "0-2");
	add(i13);
	add(i07);
	assert_int_equal(FOUND(i13, "kvar", "A", "K", "0"), BESIDE_FEW);
	assert_int_equal(FOUND(i13, "kvar", "B", "K", "0"), BESIDE_NONE);
	assert_int_equal(FOUND(i13, "kvar", "C", "K", "0"), BESIDE_NONE);
}

/* Those without a pair beside 48 exits of 60 participations: 30 pairs and 15 without one leave 3, 45 without one leave 3 who have, 57 leave 3 who went on or
   have a pair. Of B the exits are withheld, and of the last survey those of one kön. */
static void who_has_no_pair_leaves_few(void **state)
{
	(void)state;
	static const struct {
		const char *insats, *instrument, *kon;
		double pairs, without;
		int finding;
	} rows[] = { { "A", "EQ-5D", "TOT", 30, 15, BESIDE_FEW }, { "A", "KASAM", "TOT", 20, 45, BESIDE_FEW }, { "A", "STRESS", "TOT", 20, 57, BESIDE_FEW },
		{ "A", "SKALA", "TOT", 28, 20, BESIDE_NONE }, { "A", "LIV", "TOT", 48, 0, BESIDE_NONE }, { "B", "SKALA", "TOT", 28, 20, BESIDE_FIGURE },
		{ "A", "ORK", "TOT", 28, 20, BESIDE_FIGURE }, { "A", "ORK", "K", 14, 10, BESIDE_NONE } };
	struct cube *i12 = new_cube("i12_enkat"), *i01 = new_cube("i01_deltagare");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		PUT(i12, "par", rows[i].pairs, rows[i].insats, rows[i].instrument, rows[i].kon);
		PUT(i12, "utan_par", rows[i].without, rows[i].insats, rows[i].instrument, rows[i].kon);
	}
	for (size_t i = 0; i < 2; i++) {
		PUT(i01, "avslutade", 48, i == 0 ? "A" : "B", "TOT", "TOT");
		PUT(i01, "deltaganden", 60, i == 0 ? "A" : "B", "TOT", "TOT");
		PUT(i01, "personer", 60, i == 0 ? "A" : "B", "TOT", "TOT");
	}
	HIDE(i01, "avslutade", "B", "TOT", "TOT");
	HIDE(i12, "utan_par", "A", "ORK", "K");
	add(i12);
	add(i01);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_int_equal(FOUND(i12, "utan_par", rows[i].insats, rows[i].instrument, rows[i].kon), rows[i].finding);
}

/* 100 on the curve, 97 of whom started two months ago. */
static void a_curve_leaves_few_beside_a_goal(void **state)
{
	(void)state;
	static const char *const insats[] = { "A", "B" };
	struct cube *i13 = new_cube("i13_overlevnad"), *g01 = new_cube("g01_mal");
	for (size_t i = 0; i < 2; i++) {
		PUT(i13, "kvar", 100, insats[i], "TOT", "0");
		PUT(i13, "handelser", 30, insats[i], "TOT", "0");
		PUT(g01, "namnare", i == 0 ? 97 : 90, insats[i], "1");
		PUT(g01, "taljare", 20, insats[i], "1");
		struct cell *text = cube_cell(g01, i, cube_measure(g01, "matt_namn"));
		text->text = "egen försörjning inom 2 månader";
		cube_cell(g01, i, cube_measure(g01, "krav"))->text = "minst 30 % av startade";
	}
	add(i13);
	add(g01);
	assert_int_equal(FOUND(i13, "kvar", "A", "TOT", "0"), BESIDE_FEW);
	assert_int_equal(FOUND(i13, "kvar", "B", "TOT", "0"), BESIDE_NONE);
}

/* What was spent, 1 000 000 kr a year, by what is printed per head: 100 participations in two years, 40 of them old and 40 of them going on. */
static struct cube *years(double first, double second, double second_exits)
{
	struct cube *e01 = new_cube("e01_ekonomi"), *i01 = new_cube("i01_deltagare"), *i06 = new_cube("i06_resultat");
	PUT(i01, "deltaganden", 100, "A", "TOT", "TOT");
	PUT(i01, "nya", 60, "A", "TOT", "TOT");
	PUT(i01, "pagaende", 40, "A", "TOT", "TOT");
	PUT(i06, "arbete_eller_studier", 10 + second_exits, "A", "TOT");
	PUT(e01, "utfall", 1e6, "A", "2017", "TOT");
	PUT(e01, "utfall", 1e6, "A", "2018", "TOT");
	PUT(e01, "kr_per_deltagande", 1e6 / first, "A", "2017", "TOT");
	PUT(e01, "kr_per_deltagande", 1e6 / second, "A", "2018", "TOT");
	PUT(e01, "kr_per_avslutad_till_arbete_eller_studier", 1e6 / 10, "A", "2017", "TOT");
	PUT(e01, "kr_per_avslutad_till_arbete_eller_studier", 1e6 / second_exits, "A", "2018", "TOT");
	add(i01);
	add(i06);
	add(e01);
	return e01;
}

static void check_years(double first, double second, double second_exits, bool tells, bool tells_exits)
{
	struct cube *e01 = years(first, second, second_exits);
	bool any = FOUND(e01, "kr_per_deltagande", "A", "2017", "TOT") == BESIDE_FEW || FOUND(e01, "kr_per_deltagande", "A", "2018", "TOT") == BESIDE_FEW;
	assert_int_equal(any, tells);
	assert_int_equal(FOUND(e01, "kr_per_avslutad_till_arbete_eller_studier", "A", "2018", "TOT") == BESIDE_FEW, tells_exits);
}
#define YEARS(name, ...) static void name(void **state) { (void)state; check_years(__VA_ARGS__); }

YEARS(years_that_leave_nobody_few, 70, 80, 20, false, false)
YEARS(three_were_not_there_the_first_year, 97, 80, 20, true, false)
YEARS(three_began_the_first_year, 43, 80, 20, true, false)
YEARS(three_were_there_both_years, 50, 53, 8, true, false)
YEARS(two_exited_the_last_year_to_nothing, 70, 80, 38, false, true)

/* Where a ratio of the other year is withheld, nobody knows who was there in both. */
static void a_withheld_ratio_tells_nothing(void **state)
{
	(void)state;
	struct cube *e01 = years(50, 53, 8);
	HIDE(e01, "kr_per_deltagande", "A", "2018", "TOT");
	assert_int_equal(FOUND(e01, "kr_per_deltagande", "A", "2017", "TOT"), BESIDE_NONE);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, arena_end)
	const struct CMUnitTest tests[] = { TEST(a_curve_leaves_few_beside_a_band), TEST(who_has_no_pair_leaves_few), TEST(a_curve_leaves_few_beside_a_goal), TEST(years_that_leave_nobody_few),
		TEST(three_were_not_there_the_first_year), TEST(three_began_the_first_year), TEST(three_were_there_both_years),
		TEST(two_exited_the_last_year_to_nothing), TEST(a_withheld_ratio_tells_nothing) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
