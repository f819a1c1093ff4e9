/* Tests of figures published earlier outside the program: what is known, what that fixes, what is exempt. */
#include "stages/protect/past/known.h"

#include "pipeline/base/date.h"
#include "pipeline/maths/interval.h"
#include "stages/protect/facts/together.h"
#include "tests/stages/protect/cubes.h"
#include "tests/table/files.h"

static struct tables tables;
static struct cube *i01, *q01;

/* An insats with women and men in one kommun: 3 and 9 participations of as many persons, none new or exited. */
static int begin(void **state)
{
	static const char *const kommun[] = { "1440", "TOT" }, *const kon[] = { "K", "M", "TOT" }, *const insats[] = { "A", "TOT" };
	static const double count[] = { 3, 9, 12 };
	if (arena_begin(state) != 0)
		return -1;
	tables = (struct tables){ .arena = arena };
	i01 = new_cube("i01_deltagare");
	q01 = new_cube("q01_avstamning");
	for (size_t i = 0; i < 8 * 3; i++) {
		const char *codes[] = { insats[i / 12 % 2], kommun[i / 6 % 2], kon[i % 3] };
		PUT(i01, "deltaganden", count[i % 3], codes[0], codes[1], codes[2]);
		PUT(i01, "personer", count[i % 3], codes[0], codes[1], codes[2]);
		PUT(i01, "pagaende", count[i % 3], codes[0], codes[1], codes[2]);
		PUT(i01, "nya", 0, codes[0], codes[1], codes[2]);
		PUT(i01, "avslutade", 0, codes[0], codes[1], codes[2]);
	}
	return 0;
}

/* A line of publicerat.csv as q01 has it. */
static void publish(const char *table, const char *key, const char *measure, const char *text)
{
	const char *codes[] = { table, key, measure };
	size_t row = cube_row_named(q01, codes, &error);
	assert_true(row != CUBE_NO_ROW);
	cube_set_text(q01, row, cube_measure(q01, "publicerat"), text);
}

static void protect(void)
{
	struct together_account account;
	assert_int_equal(tables_add(&tables, i01, &error), 0);
	assert_int_equal(tables_add(&tables, q01, &error), 0);
	assert_int_equal(known_begin(&tables, 5, &error), 0);
	assert_int_equal(together_protect(&tables, 5, &account, &error), 0);
}

static bool withheld(const char *measure, const char *kommun, const char *kon)
{
	size_t row = cube_find_named(i01, (const char *const[]){ "A", kommun, kon });
	return tables_measure_withheld(&tables, 0, row, measure);
}

/* The lines of the list of exempt cells that hold `text`. */
static size_t listed(const char *text)
{
	char path[sizeof files_folder + 16], line[256];
	size_t exempt[TABLES_MOST], count = 0, lines = 0;
	(void)snprintf(path, sizeof path, "%s/exempt.csv", files_folder);
	assert_int_equal(known_write(&tables, path, exempt, &error), 0);
	FILE *list = fopen(path, "r");
	assert_non_null(list);
	while (fgets(line, sizeof line, list) != NULL) {
		lines++;
		count += strstr(line, text) != NULL;
	}
	assert_int_equal(fclose(list), 0);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(lines, 1 + exempt[0] + exempt[1]);
	return count;
}

static void the_figure_of_today_is_known(void **state)
{
	(void)state;
	publish("i01_deltagare", "A|1440|K", "deltaganden", "3");
	publish("i01_deltagare", "A|1440|M", "deltaganden", "9.0");
	publish("i01_deltagare", "A|1440|M", "personer", "8"); /* another figure than today's */
	publish("i01_deltagare", "A|1440", "personer", "9");
	publish("i01_deltagare", "B|1440|M", "personer", "9");
	publish("i01_deltagare", "A|1440|M", "manniskor", "9");
	publish("i99_annat", "A|1440|M", "personer", "9");
	publish("i01_deltagare", "A|1440|TOT", "personer", "tolv");
	protect();
	size_t women = cube_find_named(i01, (const char *const[]){ "A", "1440", "K" });
	size_t men = cube_find_named(i01, (const char *const[]){ "A", "1440", "M" });
	size_t known = 0;
	for (size_t i = 0; i < i01->rows * i01->table->measures; i++)
		known += known_outside(&tables, 0, i / i01->table->measures, i % i01->table->measures);
	assert_int_equal(known, 2);
	assert_true(known_outside(&tables, 0, women, cube_measure(i01, "deltaganden")));
	assert_true(known_cell(&tables, 0, men, cube_measure(i01, "deltaganden")));
}

/* Nobody could be misled about the women, so they are withheld and listed, in every table and margin that counts them. */
static void a_known_small_count_is_withheld_and_exempt(void **state)
{
	(void)state;
	publish("i01_deltagare", "A|1440|K", "deltaganden", "3");
	protect();
	assert_true(withheld("deltaganden", "1440", "K"));
	assert_true(withheld("deltaganden", "TOT", "K"));
	assert_int_equal(listed("i01_deltagare,A|1440|K,deltaganden,publicerad tidigare"), 1);
	assert_int_equal(listed("i01_deltagare,A|TOT|K,deltaganden,"), 1);
}

/* The men are known: the women stay open, as long as the whole is not printed. */
static void a_known_neighbour_is_printed_and_the_whole_is_not(void **state)
{
	(void)state;
	publish("i01_deltagare", "A|1440|M", "deltaganden", "9");
	protect();
	assert_false(withheld("deltaganden", "1440", "M"));
	assert_true(withheld("deltaganden", "1440", "K"));
	assert_true(withheld("deltaganden", "1440", "TOT"));
	assert_int_equal(listed("deltaganden"), 0);
}

static void what_known_figures_give_is_withheld_and_exempt(void **state)
{
	(void)state;
	publish("i01_deltagare", "A|1440|M", "deltaganden", "9");
	publish("i01_deltagare", "TOT|TOT|TOT", "deltaganden", "12");
	protect();
	assert_true(withheld("deltaganden", "1440", "K"));
	assert_int_equal(listed("i01_deltagare,A|1440|K,deltaganden,följer av kända uppgifter"), 1);
	assert_int_equal(listed("|M,"), 0);
}

static void without_known_figures_nothing_is_exempt(void **state)
{
	(void)state;
	protect();
	assert_true(withheld("deltaganden", "1440", "K"));
	assert_int_equal(listed("i01_deltagare"), 0);
}

/* 90 000 kr were spent on 12 participations, 9 of them known to be men's: 7 500 kr each, published, give the women's. */
static void a_cost_per_participation_tells_their_number(void **state)
{
	(void)state;
	const struct settings one_year = { .period_from = date_day(2018, 1, 1), .period_to = date_day(2018, 8, 31), .konfidensgrad = 0.95 };
	struct cube *e01 = new_cube("e01_ekonomi");
	PUT(e01, "utfall", 90000, "A", "2018", "TOT");
	PUT(e01, "kr_per_deltagande", 7500, "A", "2018", "TOT");
	tables.settings = &one_year;
	assert_int_equal(tables_add(&tables, e01, &error), 0);
	publish("i01_deltagare", "A|1440|M", "deltaganden", "9");
	publish("e01_ekonomi", "A|2018|TOT", "kr_per_deltagande", "7500");
	struct together_account account;
	assert_int_equal(tables_add(&tables, i01, &error), 0);
	assert_int_equal(tables_add(&tables, q01, &error), 0);
	assert_int_equal(known_begin(&tables, 5, &error), 0);
	assert_int_equal(together_protect(&tables, 5, &account, &error), 0);
	size_t women = cube_find_named(i01, (const char *const[]){ "A", "1440", "K" }), table = tables_find(&tables, "i01_deltagare");
	assert_non_null(tables.fixed[table]);
	assert_true(tables.fixed[table][tables_cell(&tables, table, women, cube_measure(i01, "deltaganden"))]);
}

/* Exits to work of an insats: 3 of 9 women, 12 of 30 men. */
static struct cube *results(void)
{
	static const char *const kon[] = { "K", "M", "TOT" }, *const insats[] = { "A", "TOT" };
	static const double exits[] = { 9, 30, 39 }, work[] = { 3, 12, 15 };
	struct cube *i06 = new_cube("i06_resultat");
	for (size_t i = 0; i < 6; i++) {
		PUT(i06, "avslutade", exits[i % 3], insats[i / 3], kon[i % 3]);
		PUT(i06, "arbete", work[i % 3], insats[i / 3], kon[i % 3]);
		PUT(i06, "studier", 0, insats[i / 3], kon[i % 3]);
		PUT(i06, "arbete_eller_studier", work[i % 3], insats[i / 3], kon[i % 3]);
		PUT(i06, "arbetssokande", 0, insats[i / 3], kon[i % 3]);
		PUT(i06, "borjat_eller_okat", 0, insats[i / 3], kon[i % 3]);
		PUT(i06, "andel_arbete_eller_studier", 100 * work[i % 3] / exits[i % 3], insats[i / 3], kon[i % 3]);
		struct interval limits;
		assert_int_equal(interval_wilson((int64_t)work[i % 3], (int64_t)exits[i % 3], 0.95, &limits), 0);
		PUT(i06, "ki_lag", 100 * limits.low, insats[i / 3], kon[i % 3]);
		PUT(i06, "ki_hog", 100 * limits.high, insats[i / 3], kon[i % 3]);
	}
	return i06;
}

static const struct matt out = { .name = "arbete", .vid_avslut = { 3, (const char *const[]){ "AO", "AU", "EF" } } };
static const struct goal goal = { .matt_namn = "arbete", .krav = "minst 30 % av avslutade", .measure = GOAL_MATT, .matt = &out, .base = GOAL_AV_AVSLUTADE };
static const struct insats insats_a = { .name = "A", .registration = REGISTRATION_PERSONAL, .goals = 1, .goal = &goal };
static const struct settings of_goals = { .konfidensgrad = 0.95, .insats_count = 1, .insats = &insats_a };

/* Whether a count of the results of A is withheld. */
static bool result_withheld(struct cube *i06, const char *measure, const char *kon)
{
	size_t row = cube_find_named(i06, (const char *const[]){ "A", kon });
	return tables_measure_withheld(&tables, tables_find(&tables, "i06_resultat"), row, measure);
}

static struct cube *protect_results(void)
{
	struct together_account account;
	struct cube *i06 = results();
	tables.settings = &of_goals;
	assert_int_equal(tables_add(&tables, i06, &error), 0);
	assert_int_equal(tables_add(&tables, q01, &error), 0);
	assert_int_equal(known_begin(&tables, 5, &error), 0);
	assert_int_equal(together_protect(&tables, 5, &account, &error), 0);
	assert_true(result_withheld(i06, "arbete", "K"));
	return i06;
}

/* 12 of 30 is the only share with the limits 24.6 and 57.7 (prop.test(12, 30, correct = FALSE)): whoever knows them knows the men, so that all
   together may not be printed. The same of the share and one limit. */
static void limits_tell_both_counts(void **state)
{
	(void)state;
	publish("i06_resultat", "A|M", "ki_lag", "24.6");
	publish("i06_resultat", "A|M", "ki_hog", "57.7");
	struct cube *i06 = protect_results();
	assert_true(result_withheld(i06, "arbete_eller_studier", "TOT"));
}

static void a_share_and_a_limit_tell_both_counts(void **state)
{
	(void)state;
	publish("i06_resultat", "A|M", "andel_arbete_eller_studier", "40.0");
	publish("i06_resultat", "A|M", "ki_hog", "57.7");
	struct cube *i06 = protect_results();
	assert_true(result_withheld(i06, "arbete_eller_studier", "TOT"));
}

/* Limits of another level or another number fix nothing, and without any all together are printed. */
static void limits_of_another_day_tell_nothing(void **state)
{
	(void)state;
	publish("i06_resultat", "A|M", "ki_lag", "24.1");
	publish("i06_resultat", "A|M", "ki_hog", "58.0");
	struct cube *i06 = protect_results();
	assert_false(result_withheld(i06, "arbete_eller_studier", "TOT"));
	assert_true(result_withheld(i06, "arbete_eller_studier", "M"));
}

/* The outcome of a goal: 15 of 39 exits to work. Known, they are no shelter: women and men are withheld, and what gives the men. */
static void outcomes_of_goals_tell_counts(void **state)
{
	(void)state;
	struct cube *g01 = new_cube("g01_mal");
	PUT(g01, "taljare", 15, "A", "1");
	PUT(g01, "namnare", 39, "A", "1");
	PUT(g01, "utfall", 100.0 * 15 / 39, "A", "1");
	assert_int_equal(tables_add(&tables, g01, &error), 0);
	publish("g01_mal", "A|1", "taljare", "15");
	publish("i06_resultat", "A|M", "arbete", "12");
	publish("i06_resultat", "A|M", "arbete_eller_studier", "12");
	struct cube *i06 = protect_results();
	size_t row = cube_find_named(i06, (const char *const[]){ "A", "K" });
	assert_true(tables.fixed[tables_find(&tables, "i06_resultat")][tables_cell(&tables, tables_find(&tables, "i06_resultat"), row, cube_measure(i06, "arbete"))]);
}

/* Women and men with sjukpenning in a kommun that is all of the förbund: 3 and 4 persons. */
static void sjukpenning(struct cube *m01, double equivalents)
{
	static const char *const kommun[] = { "1440", "TOT" }, *const kon[] = { "K", "M", "TOT" }, *const forman[] = { "SP", "OHALSA", "TOT" };
	static const double persons[] = { 3, 4, 7 };
	for (size_t i = 0; i < 18; i++) {
		const char *codes[] = { "2018", kommun[i / 9], kon[i % 3], forman[i / 3 % 3] };
		put(m01, "personer", persons[i % 3], codes);
		put(m01, "helarsekvivalenter", i % 3 == 0 ? equivalents : 0.1, codes);
	}
}

/* Eight months of 2018, 243 days: each person has at most 0.6658 of a year, of kommun's twelve months 0.6667. */
static void equivalents_need_persons(void **state)
{
	(void)state;
	const struct settings settings = { .period_from = date_day(2018, 1, 1), .period_to = date_day(2018, 8, 31) };
	struct cube *m01 = new_cube("m01_forsorjningsmatt");
	PUT(m01, "personer", 5, "2018", "1440", "K", "SP");
	PUT(m01, "helarsekvivalenter", 1.4, "2018", "1440", "K", "SP");
	PUT(m01, "personer", 3, "2018", "1440", "K", "FS");
	PUT(m01, "helarsekvivalenter", 2.0, "2018", "1440", "K", "FS");
	PUT(m01, "personer", 5, "2018", "1440", "K", "OHALSA");
	PUT(m01, "helarsekvivalenter", 1.4, "2018", "1440", "K", "OHALSA");
	assert_int_equal(tables_add(&tables, m01, &error), 0);
	known_least(&tables, &settings);
	size_t measure = cube_measure(m01, "personer");
	assert_int_equal(tables.least[0][tables_cell(&tables, 0, 0, measure)], 3);
	assert_int_equal(tables.least[0][tables_cell(&tables, 0, 1, measure)], 3);
	assert_int_equal(tables.least[0][tables_cell(&tables, 0, 2, measure)], 0);
}

/* 3 women beside 4 men: 1 to 6 of 7 are both wide enough. But whose 3 have two years of 243 days are 3 at least, and 3 to 6 is not. */
static bool prints_whole(double equivalents)
{
	const struct settings settings = { .period_from = date_day(2018, 1, 1), .period_to = date_day(2018, 8, 31) };
	struct together_account account;
	struct cube *m01 = new_cube("m01_forsorjningsmatt");
	sjukpenning(m01, equivalents);
	tables.count = 0;
	assert_int_equal(tables_add(&tables, m01, &error), 0);
	known_least(&tables, &settings);
	assert_int_equal(together_protect(&tables, 5, &account, &error), 0);
	assert_int_equal(account.stuck, 0);
	return !tables_measure_withheld(&tables, 0, cube_find_named(m01, (const char *const[]){ "2018", "TOT", "TOT", "SP" }), "personer");
}

static void a_range_begins_where_the_days_begin(void **state)
{
	(void)state;
	assert_true(prints_whole(0.1));
	assert_false(prints_whole(1.99));
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, begin, arena_end)

/* Where figures of an approved run stand, rows are added that are not there now: the lists, behind which other memory lies, tell nothing of these. */
static void rows_of_earlier_figures_are_not_listed(void **state)
{
	(void)state;
	publish("i01_deltagare", "A|1440|K", "deltaganden", "3");
	assert_int_equal(tables_add(&tables, i01, &error), 0);
	assert_int_equal(tables_add(&tables, q01, &error), 0);
	assert_int_equal(known_begin(&tables, 5, &error), 0);
	const char **behind = arena_take(arena, 64, sizeof *behind, &error);
	assert_non_null(behind);
	for (size_t i = 0; i < 64; i++)
		behind[i] = "7";
	PUT(i01, "deltaganden", 7, "A", "1401", "K");
	cube_cell(i01, i01->rows - 1, cube_measure(i01, "deltaganden"))->status = CELL_PROTECTED;
	assert_int_equal(listed("i01_deltagare"), 1);
	assert_int_equal(listed("1440"), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = { TEST(the_figure_of_today_is_known), TEST(a_known_small_count_is_withheld_and_exempt),
		TEST(a_known_neighbour_is_printed_and_the_whole_is_not), TEST(what_known_figures_give_is_withheld_and_exempt),
		TEST(without_known_figures_nothing_is_exempt), TEST(a_cost_per_participation_tells_their_number), TEST(limits_tell_both_counts),
		TEST(a_share_and_a_limit_tell_both_counts), TEST(limits_of_another_day_tell_nothing), TEST(outcomes_of_goals_tell_counts),
		TEST(equivalents_need_persons), TEST(a_range_begins_where_the_days_begin),
		TEST(rows_of_earlier_figures_are_not_listed) };
	return cmocka_run_group_tests(tests, files_begin, files_end);
}
