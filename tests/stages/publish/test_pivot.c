/* Tests of tables laid out as HTML: headings, order, absent and withheld figures, years, escaping. */
#include "tests/stages/publish/forbund.h"

#include "stages/publish/page/pivot.h"

/* A page of its own, which the test reads as text. */
static struct html page(void)
{
	return (struct html){ .text = { .arena = arena }, .error = &error };
}

static struct sheet sheet_of(struct cube *cube)
{
	struct sheet sheet;
	assert_int_equal(cube_sort(cube, &error), 0);
	assert_int_equal(sheet_make(&sheet, cube, settings, arena, &error), 0);
	return sheet;
}

static void put(struct cube *cube, const char *insats, const char *kon, const char *kod, double before, double after)
{
	forbund_cell(cube, "fore", insats, kon, kod)->number = before;
	forbund_cell(cube, "efter", insats, kon, kod)->number = after;
}

static void down_and_across(void **state)
{
	(void)state;
	struct cube *cube = forbund_cube("i03_forsorjning");
	put(cube, FORBUND_INSATS, "TOT", "TOT", 1234, 8);
	put(cube, FORBUND_INSATS, "TOT", "FS", 7, 0);
	put(cube, FORBUND_INSATS, "TOT", "SP", 5, 6);
	put(cube, FORBUND_INSATS, "K", "FS", 7, 0);
	forbund_cell(cube, "efter", FORBUND_INSATS, "TOT", "FS")->status = CELL_PROTECTED;
	forbund_cell(cube, "efter", FORBUND_INSATS, "TOT", "FS")->number = 987654;
	struct sheet sheet = sheet_of(cube);
	struct pivot pivot = { .sheet = &sheet, .title = "Titel <x>", .detail = "mer", .down = "kod", .across = "matt",
		.measures = "efter fore" };
	struct html html = page();
	pivot_fix(&pivot, "insats", FORBUND_INSATS);
	assert_true(pivot_write(&html, &pivot));
	assert_string_equal(forbund_unmarked(html.text.bytes),
		"<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Titel &lt;x&gt;\"><table>\n<caption>Titel &lt;x&gt; <span>– mer</span></caption>\n"
		"<thead>\n<tr><th scope=\"col\" class=\"c\">Försörjning</th><th scope=\"col\">Efter</th><th scope=\"col\">Före</th></tr>\n"
		"</thead>\n<tbody>\n"
		"<tr><th scope=\"row\">Sjukpenning</th><td>6</td><td>5</td></tr>\n"
		"<tr><th scope=\"row\">Ekonomiskt bistånd</th><td><abbr title=\"skyddad uppgift\">..</abbr></td><td>7</td></tr>\n"
		"<tr class=\"t\"><th scope=\"row\">Totalt</th><td>8</td><td>1\u00A0234</td></tr>\n"
		"</tbody>\n</table></div>\n");
}

/* Every figure names its cell; a withheld one has no value and an absent combination is no cell. */
static void a_figure_names_its_cell(void **state)
{
	(void)state;
	struct cube *cube = forbund_cube("i03_forsorjning");
	put(cube, FORBUND_INSATS, "K", "SP", 1234, 6);
	put(cube, FORBUND_INSATS, "M", "FS", 7, 9);
	forbund_cell(cube, "efter", FORBUND_INSATS, "K", "SP")->status = CELL_PROTECTED;
	forbund_cell(cube, "efter", FORBUND_INSATS, "K", "SP")->number = 987654;
	struct sheet sheet = sheet_of(cube);
	struct html html = page();
	assert_int_equal(pivot_write(&html, &(struct pivot){ .sheet = &sheet, .title = "T", .down = "insats kod", .across = "kon matt",
		.measures = "fore efter" }), PIVOT_WRITTEN);
	assert_non_null(strstr(html.text.bytes, "<td><data value=\"1234\" data-tabell=\"i03_forsorjning\" "
		"data-nyckel=\"&lt;b&gt;&amp;&quot;Bo&#39;|K|SP\" data-matt=\"fore\">1\u00A0234</data></td>"));
	assert_non_null(strstr(html.text.bytes, "<td><data value=\"\" data-tabell=\"i03_forsorjning\" "
		"data-nyckel=\"&lt;b&gt;&amp;&quot;Bo&#39;|K|SP\" data-matt=\"efter\"><abbr title=\"skyddad uppgift\">..</abbr></data></td>"
		"<td>0</td>"));
	assert_null(strstr(html.text.bytes, "987"));
}

static void a_sparing_table_is_left_out_when_it_tells_nothing(void **state)
{
	(void)state;
	struct cube *cube = forbund_cube("i03_forsorjning");
	put(cube, FORBUND_INSATS, "TOT", "SP", 5, 6);
	put(cube, FORBUND_INSATS, "TOT", "TOT", 40, 40);
	forbund_cell(cube, "fore", FORBUND_INSATS, "TOT", "SP")->status = CELL_PROTECTED;
	struct sheet sheet = sheet_of(cube);
	struct html html = page();
	struct pivot pivot = { .sheet = &sheet, .title = "T", .down = "kod", .across = "matt", .measures = "fore", .sparing = true };
	pivot_fix(&pivot, "insats", FORBUND_INSATS);
	assert_int_equal(pivot_write(&html, &pivot), PIVOT_WITHHELD); /* the total alone is nothing */
	forbund_cell(cube, "fore", FORBUND_INSATS, "TOT", "SP")->status = CELL_PUBLISHED;
	forbund_cell(cube, "fore", FORBUND_INSATS, "TOT", "SP")->number = 0;
	assert_int_equal(pivot_write(&html, &pivot), PIVOT_EMPTY);
	assert_int_equal(html.text.length, 0);
	pivot.measures = "efter";
	assert_int_equal(pivot_write(&html, &pivot), PIVOT_WRITTEN);
}

static void two_levels_and_absent_cells(void **state)
{
	(void)state;
	struct cube *cube = forbund_cube("i03_forsorjning");
	put(cube, FORBUND_INSATS, "K", "SP", 5, 6);
	put(cube, FORBUND_INSATS, "M", "FS", 7, 9);
	struct sheet sheet = sheet_of(cube);
	struct html html = page();
	assert_true(pivot_write(&html, &(struct pivot){ .sheet = &sheet, .title = "T", .down = "insats kod", .across = "kon matt",
		.measures = "fore efter" }));
	assert_non_null(strstr(html.text.bytes, "<th scope=\"col\" class=\"c\" rowspan=\"2\">Insats</th>"));
	assert_non_null(strstr(html.text.bytes, "<th scope=\"colgroup\" colspan=\"2\">Kvinnor</th>"
		"<th scope=\"colgroup\" colspan=\"2\">Män</th></tr>\n<tr><th scope=\"col\">Före</th>"));
	assert_non_null(strstr(forbund_unmarked(html.text.bytes), "<th scope=\"rowgroup\" rowspan=\"2\">&lt;b&gt;&amp;&quot;Bo&#39;</th>"
		"<th scope=\"row\">Sjukpenning</th><td>5</td><td>6</td><td>0</td><td>0</td></tr>\n"
		"<tr><th scope=\"row\">Ekonomiskt bistånd</th><td>0</td><td>0</td><td>7</td><td>9</td></tr>"));
	assert_null(strstr(html.text.bytes, "<b>"));
}

static void one_year_goes_into_the_caption(void **state)
{
	(void)state;
	struct cube *cube = forbund_cube("m04_rundgang");
	struct html html = page();
	forbund_cell(cube, "personer", "2018", "TOT", "K", "0")->number = 5;
	struct sheet sheet = sheet_of(cube);
	struct pivot pivot = { .sheet = &sheet, .title = "T", .down = "byten ar", .across = "kon" };
	assert_true(pivot_write(&html, &pivot));
	assert_non_null(strstr(html.text.bytes, "<caption>T 2018</caption>"));
	assert_non_null(strstr(forbund_unmarked(html.text.bytes), "<tr><th scope=\"row\">0</th><td>5</td></tr>"));
	forbund_cell(cube, "personer", "2019", "TOT", "K", "0")->number = 6;
	sheet = sheet_of(cube);
	html = page();
	assert_true(pivot_write(&html, &pivot));
	assert_non_null(strstr(html.text.bytes, "<caption>T</caption>"));
	assert_non_null(strstr(html.text.bytes, "<th scope=\"rowgroup\" rowspan=\"2\">0</th><th scope=\"row\">2018</th>"));
}

static void a_complete_part_has_all_rows(void **state)
{
	(void)state;
	struct cube *cube = forbund_cube("m03_samtidighet");
	struct html html = page();
	forbund_cell(cube, "personer", "2018-01", "1440", "AF")->number = 5;
	forbund_cell(cube, "personer", "2018-02", "1482", "FK")->number = 6;
	struct sheet sheet = sheet_of(cube);
	struct pivot pivot = { .sheet = &sheet, .title = "T", .down = "manad", .across = "kommun", .complete = true };
	pivot_fix(&pivot, "kombination", "AF");
	assert_true(pivot_write(&html, &pivot));
	assert_non_null(strstr(forbund_unmarked(html.text.bytes), "<tr><th scope=\"row\">2018-01</th><td>5</td><td>0</td></tr>\n"
		"<tr><th scope=\"row\">2018-02</th><td>0</td><td>0</td></tr>\n"));
}

static void nothing_is_written_without_rows(void **state)
{
	(void)state;
	struct cube *cube = forbund_cube("m04_rundgang");
	struct sheet sheet = sheet_of(cube);
	struct html html = page();
	struct pivot pivot = { .sheet = &sheet, .title = "T", .down = "byten", .across = "kon" };
	pivot_fix(&pivot, "ar", "2018");
	assert_false(pivot_write(&html, &pivot));
	pivot.sheet = NULL;
	assert_false(pivot_write(&html, &pivot));
	assert_int_equal(html.text.length, 0);
	assert_false(html.failed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(down_and_across),
		cmocka_unit_test(a_figure_names_its_cell),
		cmocka_unit_test(a_sparing_table_is_left_out_when_it_tells_nothing),
		cmocka_unit_test(two_levels_and_absent_cells),
		cmocka_unit_test(one_year_goes_into_the_caption),
		cmocka_unit_test(a_complete_part_has_all_rows),
		cmocka_unit_test(nothing_is_written_without_rows),
	};
	return cmocka_run_group_tests(tests, forbund_begin, forbund_end);
}
