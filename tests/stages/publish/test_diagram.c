/* Tests of the pictures: scales, letters, labels that make room, and that what is not published leaves no trace. */
#include "tests/stages/publish/forbund.h"

#include <math.h>
#include <stdlib.h>

#include "stages/publish/diagram/frame.h"
#include "stages/publish/diagram/scale.h"

#define CLOSE(a, b) assert_true(fabs((a) - (b)) < 1e-9)

static void scales_have_round_marks(void **state)
{
	(void)state;
	struct scale scale = scale_make(-41222, 131747, 5, 1, 200, 0); /* 172 969 / 5 → 50 000 */
	CLOSE(scale.step, 50000);
	CLOSE(scale.low, -50000);
	CLOSE(scale.high, 150000);
	assert_int_equal(scale_marks(&scale), 5);
	CLOSE(scale_mark(&scale, 1), 0);
	CLOSE(scale_place(&scale, -50000), 200);
	CLOSE(scale_place(&scale, 150000), 0);
	scale = scale_make(0, 0, 5, 1, 0, 100); /* nothing to show: still a scale */
	assert_true(scale.high > scale.low);
	scale = scale_make(3, 7, 4, 1, 0, 100); /* counts have whole marks */
	CLOSE(scale.low, 0);
	CLOSE(scale.step, 2);
	CLOSE(scale.high, 8);
	scale = scale_make(0, 0.37, 4, 0, 0, 100);
	CLOSE(scale.step, 0.1);
	scale = scale_make(-5, -3, 4, 1, 0, 100); /* 0 belongs to every scale */
	CLOSE(scale.high, 0);
}

static void letters_are_measured_and_broken(void **state)
{
	(void)state;
	CLOSE(lettering_width_of("ab", 1000, false), 613 + 635); /* DejaVu Sans: a 0.613 em, b 0.635 em */
	CLOSE(lettering_width_of("\u00A0ö", 1000, false), 318 + 612);
	struct lettering text = lettering_break("Sjuk- eller aktivitetsersättning", 150, 3, 13, false);
	assert_int_equal(text.lines, 2);
	assert_string_equal(text.line[0], "Sjuk- eller");
	assert_string_equal(text.line[1], "aktivitetsersättning");
	text = lettering_break("Arbetslöshetsersättning (a-kassa)", 190, 2, 13, false); /* not after a single letter */
	assert_string_equal(text.line[1], "(a-kassa)");
	text = lettering_break("Överenskommelseberedningsgruppen", 60, 2, 13, false);
	assert_int_equal(text.lines, 1);
	assert_non_null(strstr(text.line[0], "…"));
	assert_true(lettering_width_of(text.line[0], 13, false) <= 60);
	text = lettering_break("", 60, 2, 13, false);
	assert_int_equal(text.lines, 1);
	assert_string_equal(text.line[0], "");
	char longest[2000];
	memset(longest, 'a', sizeof longest - 1);
	longest[sizeof longest - 1] = '\0';
	text = lettering_break(longest, 1e9, 2, 13, false); /* a line has an end, however wide */
	assert_true(strlen(text.line[0]) < LETTERING_TEXT);
	text = lettering_break("å å å å å å å å", 1, 4, 13, false); /* no room for a single letter */
	assert_true(text.lines <= 4);
}

static void labels_move_apart(void **state)
{
	(void)state;
	double place[] = { 50, 52, 10, 51 };
	frame_spread(place, 4, 18, 0, 100);
	for (size_t i = 0; i < 4; i++)
		for (size_t k = 0; k < i; k++)
			assert_true(fabs(place[i] - place[k]) >= 18 - 1e-9);
	assert_true(place[2] < place[0] && place[0] < place[3] && place[3] < place[1]); /* the order stays */
	for (size_t i = 0; i < 4; i++)
		assert_true(place[i] >= 0 && place[i] <= 100);
}

/* ---- what is withheld ---- */

static struct sheet sheet;

/* i01 of one insats: 56 women, men withheld behind 987654, the total missing. */
static void make_sheet(void)
{
	struct cube *cube = forbund_cube("i01_deltagare");
	forbund_cell(cube, "personer", FORBUND_INSATS, "TOT", "K")->number = 56;
	forbund_cell(cube, "personer", FORBUND_INSATS, "TOT", "M")->number = 987654;
	forbund_cell(cube, "personer", FORBUND_INSATS, "TOT", "M")->status = CELL_PROTECTED;
	forbund_cell(cube, "personer", FORBUND_INSATS, "TOT", "TOT")->number = 987654;
	forbund_cell(cube, "personer", FORBUND_INSATS, "TOT", "TOT")->status = CELL_MISSING;
	assert_int_equal(cube_sort(cube, &error), 0);
	assert_int_equal(sheet_make(&sheet, cube, settings, arena, &error), 0);
}

static struct value value_at(const char *kon)
{
	return value_named(&sheet, "personer", (const char *const[]){ FORBUND_INSATS, "TOT", kon });
}

static struct svg empty(void)
{
	return (struct svg){ .text = { .arena = arena }, .error = &error };
}

static void a_withheld_figure_has_no_number(void **state)
{
	(void)state;
	char number[NUMBER_TEXT];
	make_sheet();
	struct value women = value_at("K"), men = value_at("M"), all = value_at("TOT"), none = value_at("X");
	CLOSE(women.number, 56);
	assert_string_equal(women.text, "56");
	CLOSE(men.number, 0);
	assert_string_equal(men.text, "..");
	assert_string_equal(value_machine(&men, number), "");
	CLOSE(all.number, 0);
	assert_string_equal(all.text, "–");
	assert_true(value_published(&none)); /* a combination that does not occur is 0 */
	assert_string_equal(none.text, "0");
	struct value nothing = value_named(NULL, "personer", NULL);
	assert_int_equal(nothing.status, CELL_MISSING);
}

/* Each form drawn from the same three figures, one withheld and one missing. */
static void draw(struct svg *svg, int form, const char *title)
{
	static const char *const names[] = { "Namn <x>", "Annat", "Tredje" };
	static const struct chart_series_name series[] = { { "Kvinnor", SVG_WOMEN } };
	struct value value[] = { value_at("K"), value_at("M"), value_at("TOT") }, none = value_of(NULL, CUBE_NO_ROW, 0);
	struct chart chart = { .name = "prov", .title = title, .subtitle = "under", .note = "not" };
	struct chart_line line = { .name = "Linje", .colour = SVG_INK, .value = value };
	struct chart_break at = { 1, "nya kommuner" };
	struct chart_slope_line slope[] = { { "Ett", SVG_INK, value[0], value[1] }, { "Två", SVG_INK, value[0], value[0] } };
	struct chart_stream stream[] = { { 0, 1, value[0] }, { 1, 1, value[0] } };
	struct chart_pyramid_part part = { "Del", 3, names, value, value, value };
	struct chart_combination combination[] = { { 1, value[0] }, { 3, value[1] }, { 2, value[2] } };
	struct chart_goal goal = { "Grupp", "mål: minst 30", "", value[1], none, none, 30, (double)INFINITY, 0, "..", "Skyddad uppgift", SVG_QUIET };
	struct chart_cash_panel panel = { NULL, 3, value, value, value, value[1] };
	struct chart_assumption assumption[] = { { "Lön", value[1], value[0] }, { "Vård", value[2], value[1] } };
	struct chart_placed place = { "Insats", 0, 2 };
	switch (form) {
	case 0: chart_bars(svg, &(struct chart_bars){ chart, 3, 1, names, series, value, value, "" }); break;
	case 1: chart_series(svg, &(struct chart_series){ .chart = chart, .points = 3, .lines = 1, .breaks = 1, .break_at = &at, .point = names,
		.line = &line, .unit = "" }); break;
	case 2: chart_slope(svg, &(struct chart_slope){ chart, "Före", "Efter", 2, slope }); break;
	case 3: chart_flow(svg, &(struct chart_flow){ chart, "Före", "Efter", 2, 2, names, stream }); break;
	case 4: chart_pyramid(svg, &(struct chart_pyramid){ chart, 1, &part }); break;
	case 5: chart_upset(svg, &(struct chart_upset){ chart, 2, 3, names, combination }); break;
	case 6: chart_bullet(svg, &(struct chart_bullet){ chart, 1, &goal }); break;
	case 7: chart_cash(svg, &(struct chart_cash){ chart, 1, &panel }); break;
	case 8: chart_tornado(svg, &(struct chart_tornado){ chart, value[0], " kr", 2, assumption }); break;
	default: chart_matrix(svg, &(struct chart_matrix){ chart, 1, &place }); break;
	}
}

/* A state of all parts stands there with its whole name. */
static void a_long_name_of_a_flow_stands_whole(void **state)
{
	(void)state;
	static const char *const names[] = { "Arbetsförmedlingen, Försäkringskassan, Kommunen och Regionen", "Ingen aktivitet" };
	make_sheet();
	struct chart_stream stream[] = { { 0, 1, { .number = 7 } }, { 1, 0, { .number = 9 } } };
	struct svg svg = empty();
	chart_flow(&svg, &(struct chart_flow){ { .name = "prov", .title = "Titel" }, "Före", "Efter", 2, 2, names, stream });
	assert_false(svg.failed);
	assert_null(strstr(svg.text.bytes, "…"));
	assert_non_null(strstr(svg.text.bytes, ">Kommunen och Regionen<"));
}

static void every_form_is_a_picture_without_what_is_withheld(void **state)
{
	(void)state;
	make_sheet();
	for (int form = 0; form < 10; form++) {
		struct svg svg = empty(), again = empty();
		draw(&svg, form, "Titel <b>&\"");
		assert_false(svg.failed);
		const char *bytes = svg.text.bytes;
		assert_memory_equal(bytes, "<svg xmlns=", 11);
		assert_true(text_ends(bytes, "</svg>\n"));
		assert_non_null(strstr(bytes, "<title id=\"t-prov\">Titel &lt;b&gt;&amp;&quot;</title>"));
		assert_non_null(strstr(bytes, "<desc id=\"d-prov\">"));
		assert_null(strstr(bytes, "987"));
		assert_null(strstr(bytes, "nan"));
		assert_null(strstr(bytes, "inf"));
		assert_null(strstr(bytes, "<b>"));
		draw(&again, form, "Titel <b>&\"");
		assert_string_equal(again.text.bytes, bytes);
	}
}

/* The axis, the lengths and the order are the same whatever number is hidden. */
static void the_hidden_number_changes_nothing(void **state)
{
	(void)state;
	for (int form = 0; form < 10; form++) {
		struct svg small = empty(), large = empty();
		make_sheet();
		draw(&small, form, "T");
		size_t row = cube_find_named(sheet.cube, (const char *const[]){ FORBUND_INSATS, "TOT", "M" });
		cube_cell(sheet.cube, row, cube_measure(sheet.cube, "personer"))->number = 1;
		draw(&large, form, "T");
		assert_string_equal(large.text.bytes, small.text.bytes);
	}
}

static void bars_are_as_long_as_their_figures(void **state)
{
	(void)state;
	static const char *const names[] = { "A", "B" };
	static const struct chart_series_name series[] = { { "x", SVG_BAR } };
	struct value value[2] = { value_of(NULL, CUBE_NO_ROW, 0), value_of(NULL, CUBE_NO_ROW, 0) };
	double width[2];
	struct svg svg = empty();
	for (size_t i = 0; i < 2; i++) {
		value[i].status = CELL_PUBLISHED;
		value[i].number = i == 0 ? 40 : 10;
		(void)snprintf(value[i].text, sizeof value[i].text, "%d", i == 0 ? 40 : 10);
	}
	chart_bars(&svg, &(struct chart_bars){ { .name = "n", .title = "t" }, 2, 1, names, series, value, NULL, "" });
	const char *bar = svg.text.bytes;
	for (size_t i = 0; i < 2; i++) {
		bar = strstr(bar, "fill=\"" SVG_BAR "\"");
		assert_non_null(bar);
		const char *at = bar;
		while (strncmp(at, " width=\"", 8) != 0)
			at--;
		width[i] = strtod(at + 8, NULL);
		bar++;
	}
	assert_true(fabs(width[0] - 4 * width[1]) < 0.5); /* a tenth of a pixel each */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(scales_have_round_marks),
		cmocka_unit_test(letters_are_measured_and_broken),
		cmocka_unit_test(labels_move_apart),
		cmocka_unit_test(a_withheld_figure_has_no_number),
		cmocka_unit_test(a_long_name_of_a_flow_stands_whole),
		cmocka_unit_test(every_form_is_a_picture_without_what_is_withheld),
		cmocka_unit_test(the_hidden_number_changes_nothing),
		cmocka_unit_test(bars_are_as_long_as_their_figures),
	};
	return cmocka_run_group_tests(tests, forbund_begin, forbund_end);
}
