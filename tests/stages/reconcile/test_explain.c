/* Tests of the comparison with published figures: every reason of a difference, names that are none, and what was looked at. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "pipeline/maths/maths.h"
#include "stages/reconcile/explain.h"
#include "tests/arena.h"
#include "tests/maths/close.h"

#define ROOM 10

static struct desk desk;
static const struct goal goals[] = { { .unit = GOAL_UNIT_PER_CENT }, { .unit = GOAL_UNIT_COUNT } };
static const struct insats insatser[] = { { .name = "Balder", .goals = 2, .goal = goals }, { .name = "Stegen" },
	{ .name = "Köket", .ingar_i = &insatser[0] } };
static const struct settings settings = { .insats_count = 3, .insats = insatser };

static struct cube *add_cube(const char *name)
{
	const struct table *table = schema_table(name, arena, &error);
	assert_non_null(table);
	struct cube *cube = cube_new(table, arena, &error);
	assert_non_null(cube);
	desk.cube[desk.cubes++] = cube;
	return cube;
}

static void set(struct cube *cube, const char *a, const char *b, const char *c, const char *measure, double number)
{
	const char *codes[] = { a, b, c };
	size_t row = cube_row_named(cube, codes, &error);
	assert_true(row != CUBE_NO_ROW);
	cube_set(cube, row, cube_measure(cube, measure), number);
}

/* Balder: 12 women, 9 men, 1 of unknown sex; 22 persons with 25 participations. Stegen: 10 persons; 30 distinct in all. */
static void fill_i01(struct cube *i01)
{
	set(i01, "Balder", "TOT", "K", "personer", 12);
	set(i01, "Balder", "TOT", "M", "personer", 9);
	set(i01, "Balder", "TOT", "X", "personer", 1);
	set(i01, "Balder", "TOT", "TOT", "personer", 22);
	set(i01, "Balder", "TOT", "TOT", "deltaganden", 25);
	set(i01, "Stegen", "TOT", "K", "personer", 6);
	set(i01, "Stegen", "TOT", "M", "personer", 4);
	set(i01, "Stegen", "TOT", "TOT", "personer", 10);
	set(i01, "TOT", "TOT", "TOT", "personer", 30);
}

static int begin(void **state)
{
	if (arena_begin(state) != 0)
		return -1;
	desk = (struct desk){ .settings = &settings, .arena = arena, .error = &error };
	desk.cube = arena_take(arena, ROOM, sizeof *desk.cube, &error);
	desk.place = arena_take(arena, ROOM, sizeof *desk.place, &error);
	desk.figure = arena_take(arena, ROOM, sizeof *desk.figure, &error);
	fill_i01(add_cube("i01_deltagare"));
	struct cube *i06 = add_cube("i06_resultat"), *i05 = add_cube("i05_avslut"), *e01 = add_cube("e01_ekonomi");
	/* 16 exits: 5 to work or studies (31.25 %), 4 to job search */
	set(i06, "Balder", "TOT", "", "avslutade", 16);
	set(i06, "Balder", "TOT", "", "arbete", 3);
	set(i06, "Balder", "TOT", "", "arbete_eller_studier", 5);
	set(i06, "Balder", "TOT", "", "arbetssokande", 4);
	set(i06, "Balder", "TOT", "", "andel_arbete_eller_studier", 31.25);
	set(i06, "Stegen", "TOT", "", "andel_arbete_eller_studier", MATHS_NAN);
	/* 16 exits with 18 codes */
	set(i05, "Balder", "TOT", "01", "avslutade", 10);
	set(i05, "Balder", "TOT", "04", "avslutade", 8);
	set(i05, "Balder", "TOT", "TOT", "avslutade", 16);
	set(e01, "Balder", "2018", "TOT", "budget", 500000);
	set(e01, "Balder", "2018", "TOT", "utfall", 412345);
	set(e01, "Balder", "2018", "TOT", "avvikelse", 87655);
	set(e01, "Balder", "2018", "TOT", "kr_per_deltagande", 16493.8);
	/* Balder's cost holds Köket's, so all is Balder and Stegen */
	set(e01, "Köket", "2018", "TOT", "budget", 60000);
	set(e01, "Stegen", "2018", "TOT", "budget", 250000);
	set(e01, "TOT", "2018", "TOT", "budget", 750000);
	struct cube *g01 = add_cube("g01_mal");
	const char *goal[] = { "Balder", "1" };
	size_t row = cube_row_named(g01, goal, &error);
	cube_set(g01, row, cube_measure(g01, "utfall"), 12.5);
	cube_set(g01, row, cube_measure(g01, "taljare"), 2);
	cube_set(g01, row, cube_measure(g01, "namnare"), 16);
	cube_set_text(g01, row, cube_measure(g01, "bedomning"), "ej_uppfyllt_osakert");
	return error.count > 0 ? -1 : 0;
}

static void publish(const char *tabell, const char *nyckel, const char *matt, const char *varde)
{
	struct published figure = { .tabell = tabell, .nyckel = nyckel, .matt = matt };
	assert_int_equal(desk_read_value(varde, &figure, arena, &error), 0);
	assert_int_equal(desk_name(&desk, &figure), 0);
	assert_int_equal(desk_add(&desk, &figure), 0);
}

/* The comparison of the first figure on the desk. */
static struct comparison compare(void)
{
	struct comparison comparison;
	assert_int_equal(explain(&desk, &desk.figure[0], &comparison), 0);
	return comparison;
}

static void assert_explained(const char *tabell, const char *nyckel, const char *matt, const char *varde, bool agrees,
	const char *beginning)
{
	publish(tabell, nyckel, matt, varde);
	struct comparison comparison = compare();
	if (strncmp(comparison.explanation, beginning, strlen(beginning)) != 0)
		fail_msg("%s %s: \"%s\" does not begin with \"%s\"", nyckel, varde, comparison.explanation, beginning);
	assert_int_equal(comparison.agrees, agrees);
	desk.figures = 0;
	memset(desk.place, 0, ROOM * sizeof *desk.place);
}

static void values_as_people_write_them(void **state)
{
	(void)state;
	static const struct {
		const char *text, *varde;
		int decimals;
	} values[] = { { "105", "105", 0 }, { "60,0 %", "60.0", 1 }, { "4 227 400", "4227400", 0 }, { "1\u00A0133\u00A0000 kr", "1133000", 0 },
		{ "\u22125,25", "-5.25", 2 } };
	for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
		struct published figure = { 0 };
		assert_int_equal(desk_read_value(values[i].text, &figure, arena, &error), 0);
		assert_true(figure.is_number);
		assert_string_equal(figure.varde, values[i].varde);
		assert_int_equal(figure.decimals, values[i].decimals);
	}
	struct published word = { 0 };
	assert_int_equal(desk_read_value("ej uppfyllt", &word, arena, &error), 0);
	assert_false(word.is_number);
	assert_string_equal(word.varde, "ej uppfyllt");
}

static void rounding_and_truncation(void **state)
{
	(void)state;
	static const char share[] = "andel_arbete_eller_studier";
	assert_explained("i06_resultat", "Balder|TOT", share, "31,3", true, "stämmer"); /* 31.25, half away from zero */
	assert_explained("i06_resultat", "Balder|TOT", share, "31.25", true, "stämmer");
	assert_explained("i06", "Balder|TOT", share, "31", true, "avrundning: det beräknade avrundat till heltal");
	assert_explained("i06_resultat", "Balder|TOT", share, "31,2", false, "avkortning");
	assert_explained("e01_ekonomi", "Balder|2018|TOT", "utfall", "412", false, "enhet");
	assert_explained("e01_ekonomi", "Balder|2018|TOT", "utfall", "412 000", false, "avrundning: det beräknade avrundat till jämna");
	assert_explained("i01_deltagare", "Balder|TOT|TOT", "personer", "22", true, "stämmer");
}

static void difference_and_its_sign(void **state)
{
	(void)state;
	publish("i01_deltagare", "Balder|TOT|K", "personer", "14");
	struct comparison comparison = compare();
	assert_true(comparison.is_number && comparison.status == CELL_PUBLISHED);
	assert_close(comparison.number, 12, 0);
	assert_string_equal(comparison.explanation, "ingen förklaring funnen");
}

static void parts_that_miss_their_total(void **state)
{
	(void)state;
	publish("i01_deltagare", "Stegen|TOT|TOT", "personer", "10");
	publish("i01_deltagare", "Stegen|TOT|K", "personer", "7");
	publish("i01_deltagare", "Stegen|TOT|M", "personer", "4");
	struct comparison comparison;
	assert_int_equal(explain(&desk, &desk.figure[0], &comparison), 0); /* right, but its parts are not */
	assert_string_equal(comparison.explanation, "stämmer; delsumma: kvinnor och män i det publicerade blir 11, men totalen är 10");
	assert_false(comparison.agrees);
	assert_int_equal(explain(&desk, &desk.figure[1], &comparison), 0);
	assert_string_equal(comparison.explanation, "delsumma: kvinnor och män i det publicerade blir 11, men totalen är 10");
	assert_int_equal(explain(&desk, &desk.figure[2], &comparison), 0);
	assert_string_equal(comparison.explanation, "stämmer");
	assert_true(comparison.agrees);
}

/* Lines of a budget that miss its sum; an insats whose cost stands in another's is no line of it. */
static void lines_that_miss_their_sum(void **state)
{
	(void)state;
	struct comparison comparison;
	publish("e01_ekonomi", "TOT|2018|TOT", "budget", "750 000");
	publish("e01_ekonomi", "Balder|2018|TOT", "budget", "500 000");
	publish("e01_ekonomi", "Köket|2018|TOT", "budget", "60 000");
	assert_int_equal(explain(&desk, &desk.figure[0], &comparison), 0);
	assert_true(comparison.agrees); /* Stegen's line was not published: nothing is said of a sum */
	publish("e01_ekonomi", "Stegen|2018|TOT", "budget", "250 000");
	assert_int_equal(explain(&desk, &desk.figure[0], &comparison), 0);
	assert_true(comparison.agrees);
	desk.figures = 0;
	memset(desk.place, 0, ROOM * sizeof *desk.place);
	publish("e01_ekonomi", "TOT|2018|TOT", "budget", "750 000");
	publish("e01_ekonomi", "Balder|2018|TOT", "budget", "500 000");
	publish("e01_ekonomi", "Stegen|2018|TOT", "budget", "240 000");
	assert_int_equal(explain(&desk, &desk.figure[0], &comparison), 0);
	assert_false(comparison.agrees);
	assert_string_equal(comparison.explanation, "stämmer; delsumma: delarna i det publicerade blir 740000, men totalen är 750000");
	assert_int_equal(explain(&desk, &desk.figure[2], &comparison), 0);
	assert_string_equal(comparison.explanation, "delsumma: delarna i det publicerade blir 740000, men totalen är 750000");
}

static void money_counted_twice(void **state)
{
	(void)state;
	assert_explained("e01_ekonomi", "TOT|2018|TOT", "budget", "810 000", false,
		"dubbelräkning: det publicerade räknar med insatser vars kostnad ingår i en annans");
	assert_explained("e01_ekonomi", "TOT|2018|TOT", "budget", "690 000", false, "ingen förklaring");
}

/* Of Balder one person's sex is unknown: women and men alone need not make the total. */
static void parts_that_are_not_all(void **state)
{
	(void)state;
	publish("i01_deltagare", "Balder|TOT|TOT", "personer", "22");
	publish("i01_deltagare", "Balder|TOT|K", "personer", "12");
	publish("i01_deltagare", "Balder|TOT|M", "personer", "9");
	assert_true(compare().agrees);
}

static void bases_and_numerators(void **state)
{
	(void)state;
	static const char share[] = "andel_arbete_eller_studier";
	assert_explained("i01_deltagare", "Balder|TOT|TOT", "personer", "21", false, "bas: kvinnor och män utan dem vars kön");
	assert_explained("i06_resultat", "Balder|TOT", share, "20", false, "bas: det publicerade är av deltaganden"); /* 5 of 25 */
	assert_explained("i06_resultat", "Balder|TOT", share, "22,7", false, "bas: det publicerade är av personer");  /* 5 of 22 */
	assert_explained("i06_resultat", "Balder|TOT", share, "18,8", false, "täljare: det publicerade är arbete av");
	assert_explained("i06_resultat", "Balder|TOT", share, "56,3", false, "täljare: det publicerade är arbete, studier eller");
	assert_explained("i06_resultat", "Balder|TOT", share, "68,8", false, "täljare: det publicerade är den andra delen");
	assert_explained("i06_resultat", "Balder|TOT", share, "33,3", false, "bas: inget antal av de avslutade");
	assert_explained("i06_resultat", "Balder|TOT", share, "87,5", false, "ingen förklaring"); /* 14 of 16 */
	assert_explained("g01_mal", "Balder|1", "utfall", "8", false, "bas: det publicerade är av deltaganden");
	assert_explained("g01_mal", "Balder|1", "utfall", "87,5", false, "täljare: det publicerade är den andra");
	assert_explained("e01_ekonomi", "Balder|2018|TOT", "kr_per_deltagande", "18743", false, "bas: det publicerade är per personer");
	assert_explained("e01_ekonomi", "Balder|2018|TOT", "kr_per_deltagande", "20 000", false, "täljare: det publicerade är räknat på budgeten");
}

static void overlapping_parts(void **state)
{
	(void)state;
	assert_explained("i05_avslut", "Balder|TOT|TOT", "avslutade", "18", false, "flersvar");
	assert_explained("i01_deltagare", "TOT|TOT|TOT", "personer", "32", false, "flersvar");
}

static void other_measures_and_texts(void **state)
{
	(void)state;
	assert_explained("i01_deltagare", "Balder|TOT|TOT", "personer", "25", false, "annat mått: det publicerade är deltaganden");
	assert_explained("g01_mal", "Balder|1", "bedomning", "ej_uppfyllt_osakert", true, "stämmer");
	assert_explained("g01_mal", "Balder|1", "bedomning", "Ej uppfyllt, osäkert", true, "stämmer");
	assert_explained("g01_mal", "Balder|1", "bedomning", "uppfyllt", false, "en annan text");
	assert_explained("i01_deltagare", "Balder|TOT|TOT", "personer", "många", false, "det publicerade är inget tal");
}

static void absent_and_missing(void **state)
{
	(void)state;
	assert_explained("i01_deltagare", "Stegen|TOT|X", "personer", "0", true, "stämmer"); /* no row means 0 */
	assert_explained("i06_resultat", "Stegen|TOT", "andel_arbete_eller_studier", "10", false, "kan inte beräknas");
	assert_explained("m03_samtidighet", "2018-01|TOT|TOT", "personer", "10", false, "tabellen är inte beräknad");
}

static void names_that_are_none(void **state)
{
	(void)state;
	assert_explained("i01_deltagere", "Balder|TOT|TOT", "personer", "1", false, "tabellen finns inte");
	assert_explained("i01_deltagare", "Balder|TOT|TOT", "person", "1", false, "måttet finns inte i tabellen");
	assert_explained("i01_deltagare", "Balder|TOT", "personer", "1", false, "nyckeln ska ha 3 delar");
	assert_explained("i01_deltagare", "Baldr|TOT|TOT", "personer", "1", false, "koden Baldr finns inte");
	publish("i01_deltagare", "Baldr|TOT|TOT", "personer", "1");
	assert_string_equal(desk.figure[0].nearest, "Balder");
}

static void a_figure_published_twice(void **state)
{
	(void)state;
	publish("i01_deltagare", "Balder|TOT|TOT", "personer", "22");
	publish("i01_deltagare", "Balder|TOT|TOT", "personer", "22");
	assert_int_equal(desk.figures, 1);
	assert_true(compare().agrees);
	publish("i01", "Balder|TOT|TOT", "personer", "23");
	assert_int_equal(desk.figures, 1);
	assert_string_equal(compare().explanation, "stämmer; även publicerat som 23");
	assert_false(compare().agrees);
}

/* Protection lets an explanation tell no more than the cells it looked at: they must all be noted. */
static void what_was_looked_at(void **state)
{
	(void)state;
	publish("i01_deltagare", "Balder|TOT|TOT", "personer", "22");
	(void)compare();
	assert_int_equal(desk.seen_count, 1);
	desk.figures = 0;
	memset(desk.place, 0, ROOM * sizeof *desk.place);
	publish("i01_deltagare", "Balder|TOT|TOT", "personer", "21");
	(void)compare();
	bool women = false, men = false;
	for (size_t i = 0; i < desk.seen_count; i++) {
		women = women || strcmp(desk.seen[i].code[2], "K") == 0;
		men = men || strcmp(desk.seen[i].code[2], "M") == 0;
	}
	assert_true(women && men);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, begin, arena_end)
	const struct CMUnitTest tests[] = { TEST(values_as_people_write_them), TEST(rounding_and_truncation),
		TEST(difference_and_its_sign), TEST(parts_that_miss_their_total), TEST(parts_that_are_not_all),
		TEST(lines_that_miss_their_sum), TEST(money_counted_twice),
		TEST(bases_and_numerators), TEST(overlapping_parts), TEST(other_measures_and_texts), TEST(absent_and_missing),
		TEST(names_that_are_none), TEST(a_figure_published_twice), TEST(what_was_looked_at) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
