/* Tests of figures as printed: rounding, goal units, Swedish numbers, what is withheld, labels, order, words. */
#include "tests/stages/publish/forbund.h"

#include "pipeline/table/cube/figure_name.h"
#include "stages/publish/files/data.h"
#include "stages/publish/sheet/format.h"
#include "stages/publish/sheet/words.h"

static void decimals_by_kind(void **state)
{
	(void)state;
	struct goal goal = { .unit = GOAL_UNIT_COUNT };
	assert_int_equal(figure_kind_decimals(MEASURE_COUNT, NULL), 0);
	assert_int_equal(figure_kind_decimals(MEASURE_KR, NULL), 0);
	assert_int_equal(figure_kind_decimals(MEASURE_PER_CENT, NULL), 1);
	assert_int_equal(figure_kind_decimals(MEASURE_TWO, NULL), 2);
	assert_int_equal(figure_kind_decimals(MEASURE_MONTHS, NULL), 1);
	assert_int_equal(figure_kind_decimals(MEASURE_P, NULL), 3);
	assert_int_equal(figure_kind_decimals(MEASURE_GOAL, &goal), 0);
	goal.unit = GOAL_UNIT_KR;
	assert_int_equal(figure_kind_decimals(MEASURE_GOAL, &goal), 0);
	goal.unit = GOAL_UNIT_PER_CENT;
	assert_int_equal(figure_kind_decimals(MEASURE_GOAL, &goal), 1);
	goal.unit = GOAL_UNIT_MONTHS;
	assert_int_equal(figure_kind_decimals(MEASURE_GOAL, &goal), 1);
}

static void swedish_numbers(void **state)
{
	(void)state;
	static const struct {
		double value;
		int decimals;
		const char *text;
	} cases[] = {
		{ 0, 0, "0" },
		{ 999, 0, "999" },
		{ 1000, 0, "1\u00A0000" },
		{ 1234567.5, 0, "1\u00A0234\u00A0568" },
		{ 16.15, 1, "16,2" },
		{ -0.04, 1, "0,0" },
		{ -12345.678, 2, "\u221212\u00A0345,68" },
		{ 0.0005, 3, "0,001" },
		{ 129805657, 0, "129\u00A0805\u00A0657" },
		{ -999999999999999.0, 0, "\u2212999\u00A0999\u00A0999\u00A0999\u00A0999" },
	};
	char text[FORMAT_TEXT];
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		format_number(cases[i].value, cases[i].decimals, text);
		assert_string_equal(text, cases[i].text);
	}
}

/* Row of g01 for a goal of the first insats, with utfall and the lower limit 5.25. */
static size_t goal_row(struct cube *cube, const char *mal)
{
	const char *const codes[] = { FORBUND_INSATS, mal };
	forbund_cell(cube, "utfall", FORBUND_INSATS, mal)->number = 5.25;
	forbund_cell(cube, "ki_lag", FORBUND_INSATS, mal)->number = 5.25;
	return cube_find_named(cube, codes);
}

static void goals_by_unit(void **state)
{
	(void)state;
	static const char *const mal[] = { "1", "2", "3", "4", "9" };
	static const char *const machine[] = { "5", "5.3", "5", "5.3", "5.3" };
	static const char *const excel[] = { "5", "5,3", "5", "5,3", "5,3" };
	struct cube *cube = forbund_cube("g01_mal");
	struct sheet sheet;
	char number[NUMBER_TEXT];
	for (size_t i = 0; i < 5; i++)
		(void)goal_row(cube, mal[i]);
	assert_int_equal(sheet_make(&sheet, cube, settings, arena, &error), 0);
	for (size_t i = 0; i < 5; i++) {
		size_t row = goal_row(cube, mal[i]);
		assert_string_equal(format_machine(&sheet, row, cube_measure(cube, "utfall"), number), machine[i]);
		assert_string_equal(format_machine(&sheet, row, cube_measure(cube, "ki_lag"), number), machine[i]);
		assert_string_equal(format_excel(&sheet, row, cube_measure(cube, "utfall"), number), excel[i]);
	}
	assert_null(sheet_goal(&sheet, goal_row(cube, "9")));
}

static void withheld_has_no_number(void **state)
{
	(void)state;
	struct cube *cube = forbund_cube("m04_rundgang");
	struct sheet sheet;
	char number[NUMBER_TEXT], text[FORMAT_TEXT];
	static const enum cell_status status[] = { CELL_PROTECTED, CELL_MISSING };
	static const char *const shown[] = { "..", "–" }, *const names[] = { "skyddad", "saknas" };
	struct cell *cell = forbund_cell(cube, "personer", "2018", "1440", "K", "0");
	assert_int_equal(sheet_make(&sheet, cube, settings, arena, &error), 0);
	for (size_t i = 0; i < 2; i++) {
		*cell = (struct cell){ .status = status[i], .number = 987654 };
		assert_string_equal(format_machine(&sheet, 0, 0, number), "");
		assert_string_equal(format_excel(&sheet, 0, 0, number), "");
		assert_string_equal(format_cell(&sheet, 0, 0, text), shown[i]);
		assert_string_equal(cube_status(cell), names[i]);
	}
	*cell = (struct cell){ .number = 987654 };
	assert_string_equal(format_machine(&sheet, 0, 0, number), "987654");
	assert_string_equal(format_cell(&sheet, 0, 0, text), "987\u00A0654");
	assert_string_equal(cube_status(cell), "");
	assert_false(sheet.earlier);
	cell->earlier = true; /* shown as any figure; its status tells */
	assert_string_equal(format_machine(&sheet, 0, 0, number), "987654");
	assert_string_equal(cube_status(cell), "tidigare");
	assert_int_equal(sheet_make(&sheet, cube, settings, arena, &error), 0);
	assert_true(sheet.earlier);
}

static void texts_and_their_labels(void **state)
{
	(void)state;
	struct cube *cube = forbund_cube("g01_mal");
	struct sheet sheet;
	char number[NUMBER_TEXT], text[FORMAT_TEXT];
	size_t verdict = cube_measure(cube, "bedomning"), krav = cube_measure(cube, "krav");
	forbund_cell(cube, "krav", FORBUND_INSATS, "1")->text = "minst 80";
	forbund_cell(cube, "bedomning", FORBUND_INSATS, "1")->text = "uppfyllt_osakert";
	assert_int_equal(sheet_make(&sheet, cube, settings, arena, &error), 0);
	assert_string_equal(format_machine(&sheet, 0, verdict, number), "uppfyllt_osakert");
	assert_string_equal(format_cell(&sheet, 0, verdict, text), "Uppfyllt, osäkert");
	assert_string_equal(format_cell(&sheet, 0, krav, text), "minst 80");
	cube_cell(cube, 0, krav)->status = CELL_PROTECTED;
	assert_string_equal(format_machine(&sheet, 0, krav, number), "");
	assert_string_equal(format_cell(&sheet, 0, krav, text), "..");
}

static void formulas(void **state)
{
	(void)state;
	static const char *const guarded[] = { "=1+1", "+46 31", "-x", "@namn", "\tx", "\rx", "--1", "-" };
	static const char *const plain[] = { "", "Balder", "-5", "-1,5", "-1.5", "3-5", "a=1" };
	for (size_t i = 0; i < sizeof guarded / sizeof *guarded; i++)
		assert_true(data_is_formula(guarded[i]));
	for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
		assert_false(data_is_formula(plain[i]));
}

/* Labels of dimension d in the order of printing, joined by '|'. */
static const char *labels(const struct sheet *sheet, size_t d, char text[512])
{
	size_t count = sheet->cube->rows;
	text[0] = '\0';
	for (uint32_t rank = 0; rank < count; rank++)
		for (size_t row = 0; row < count; row++)
			if (sheet_rank(sheet, row, d) == rank)
				(void)snprintf(text + strlen(text), 512 - strlen(text), "%s|", sheet_label(sheet, row, d));
	return text;
}

static void order_and_labels(void **state)
{
	(void)state;
	static const char *const tid[] = { "TOT", "120+", "0", "12-35", "1-11" };
	static const char *const kon[] = { "TOT", "X", "K", "M", "K" };
	static const char *const insats[] = { FORBUND_FORMULA, "TOT", FORBUND_INSATS, "Annan", "3-5 x" };
	struct cube *times = forbund_cube("m05_tid_i_forsorjning"), *people = forbund_cube("i01_deltagare");
	struct sheet sheet;
	char text[512];
	for (size_t i = 0; i < 5; i++) {
		(void)forbund_cell(times, "personer", "2018", "1440", kon[i], tid[i]);
		(void)forbund_cell(people, "personer", insats[i], "1440", "K");
	}
	assert_int_equal(cube_sort(times, &error), 0);
	assert_int_equal(sheet_make(&sheet, times, settings, arena, &error), 0);
	assert_string_equal(labels(&sheet, 3, text), "0|1–11|12–35|120+|Totalt|");
	assert_string_equal(labels(&sheet, 2, text), "Kvinnor|Kvinnor|Män|Uppgift saknas|Totalt|");
	assert_int_equal(cube_sort(people, &error), 0);
	assert_int_equal(sheet_make(&sheet, people, settings, arena, &error), 0);
	assert_string_equal(labels(&sheet, 0, text), FORBUND_INSATS "|" FORBUND_FORMULA "|3-5 x|Annan|Totalt|");
	assert_string_equal(labels(&sheet, 1, text), "Ale|Ale|Ale|Ale|Ale|");
}

static void labels_by_another_dimension(void **state)
{
	(void)state;
	struct cube *cube = forbund_cube("i02_bakgrund");
	struct sheet sheet;
	(void)forbund_cell(cube, "deltaganden", "A", "K", "utbildning", "1");
	(void)forbund_cell(cube, "deltaganden", "A", "K", "tid_off_fors", "1");
	(void)forbund_cell(cube, "deltaganden", "A", "K", "aldersgrupp", "16-19");
	(void)forbund_cell(cube, "deltaganden", "A", "K", "aldersgrupp", "TOT");
	assert_int_equal(sheet_make(&sheet, cube, settings, arena, &error), 0);
	assert_string_equal(sheet_label(&sheet, 0, 3), "Grundskola");
	assert_string_equal(sheet_label(&sheet, 1, 3), "Mindre än 1 år");
	assert_string_equal(sheet_label(&sheet, 2, 3), "16–19");
	assert_string_equal(sheet_label(&sheet, 3, 3), "Totalt");
	assert_string_equal(sheet_label(&sheet, 0, 2), "Utbildning");
	assert_true(sheet_rank(&sheet, 2, 3) < sheet_rank(&sheet, 3, 3));
}

static void months_and_rates_are_themselves(void **state)
{
	(void)state;
	struct cube *months = forbund_cube("m03_samtidighet"), *rates = forbund_cube("e06_jamforelse");
	struct sheet sheet;
	(void)forbund_cell(months, "personer", "2018-01", "TOT", "AF+FK");
	(void)forbund_cell(rates, "kohort", "A", "sus", "3.5");
	assert_int_equal(sheet_make(&sheet, months, settings, arena, &error), 0);
	assert_string_equal(sheet_label(&sheet, 0, 0), "2018-01");
	assert_string_equal(sheet_label(&sheet, 0, 2), "Arbetsförmedlingen och Försäkringskassan");
	assert_int_equal(sheet_make(&sheet, rates, settings, arena, &error), 0);
	assert_string_equal(sheet_label(&sheet, 0, 2), "3,5");
}

static void words(void **state)
{
	(void)state;
	const struct uncertain range = { .low = 0.1, .mode = 0.2, .high = 0.3 }, sure = { .low = 0.2, .mode = 0.2, .high = 0.2 };
	char text[WORDS_TEXT];
	words_period(settings->period_from, settings->period_to, text);
	assert_string_equal(text, "januari–augusti 2018");
	words_period(17532, 17562, text); /* 2018-01-01, 2018-01-31 */
	assert_string_equal(text, "januari 2018");
	words_period(17348, 17712, text); /* 2017-07-01, 2018-06-30 */
	assert_string_equal(text, "juli 2017–juni 2018");
	words_day(settings->period_to, text);
	assert_string_equal(text, "31 augusti 2018");
	words_per_cent(0.95, text);
	assert_string_equal(text, "95\u00A0%");
	words_per_cent(0.035, text);
	assert_string_equal(text, "3,5\u00A0%");
	words_uncertain(&range, text);
	assert_string_equal(text, "20\u00A0% (10–30\u00A0%)");
	words_uncertain(&sure, text);
	assert_string_equal(text, "20\u00A0%");
}

static void requirements_do_not_break_before_a_unit(void **state)
{
	(void)state;
	char text[WORDS_TEXT];
	struct goal goal = { .krav = "cirka 60 ± 10 %", .form = GOAL_CIRKA, .base = GOAL_NUMBER, .unit = GOAL_UNIT_COUNT, .low = 54, .high = 66 };
	words_requirement(&goal, text);
	assert_string_equal(text, "cirka 60\u00A0±\u00A010\u00A0%");
	goal = (struct goal){ .krav = "minst 30 % av avslutade", .form = GOAL_MINST, .base = GOAL_AV_AVSLUTADE, .unit = GOAL_UNIT_PER_CENT, .low = 30 };
	words_requirement(&goal, text);
	assert_string_equal(text, "minst 30\u00A0% av avslutade");
	goal = (struct goal){ .krav = "högst 15000 kr", .form = GOAL_HOGST, .base = GOAL_NUMBER, .unit = GOAL_UNIT_KR, .high = 15000 };
	words_requirement(&goal, text);
	assert_string_equal(text, "högst 15\u00A0000\u00A0kr");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(decimals_by_kind),
		cmocka_unit_test(swedish_numbers),
		cmocka_unit_test(goals_by_unit),
		cmocka_unit_test(withheld_has_no_number),
		cmocka_unit_test(texts_and_their_labels),
		cmocka_unit_test(formulas),
		cmocka_unit_test(order_and_labels),
		cmocka_unit_test(labels_by_another_dimension),
		cmocka_unit_test(months_and_rates_are_themselves),
		cmocka_unit_test(words),
		cmocka_unit_test(requirements_do_not_break_before_a_unit),
	};
	return cmocka_run_group_tests(tests, forbund_begin, forbund_end);
}
