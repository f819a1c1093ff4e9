/* The chapter on target groups: how many they are, what they live on, and how they move between the parties. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pipeline/base/date.h"
#include "pipeline/table/cube/breaks.h"
#include "stages/publish/diagram/chart.h"
#include "stages/publish/report/report.h"
#include "stages/publish/report/strip.h"
#include "stages/publish/sheet/words.h"

#define KOMMUNER 12 /* with more of them a table by kommun is left to the files */
#define BREAKS 4    /* most breaks marked in a series */
#define STREAMS 14  /* most flows in a picture */

/* The last year of a table, "" without any. */
static const char *last_year(const struct sheet *sheet)
{
	const struct cube_codes *years = sheet == NULL ? NULL : &sheet->cube->codes[0];
	return years == NULL || years->count == 0 ? "" : years->code[years->count - 1];
}

static bool few_kommuner(const struct report *report)
{
	return settings_kommuner(report->settings, report->settings->period_to)->codes.count <= KOMMUNER;
}

/* Leaves out the codes that are groups of others: ekonomiskt bistånd would stand twice. */
static void leave_out_groups(const struct sheet *sheet, size_t d, struct strip *strip)
{
	const struct codelist *list = sheet->table->dimension[d].codes;
	size_t kept = 0;
	for (size_t i = 0; i < strip->count; i++) {
		bool group = false;
		for (size_t k = 0; list != NULL && k < list->count; k++)
			group = group || strcmp(list->entry[k].overordnad, strip->code[i]) == 0;
		if (!group) {
			strip->code[kept] = strip->code[i];
			strip->label[kept++] = strip->label[i];
		}
	}
	strip->count = kept;
}

/* Bars by sex along a dimension of a table; `codes` as in strip.h, `kon` the position of the sex in them. False, nothing
   written, when fewer than two figures can be shown. */
static bool write_bars(struct report *report, const char *table, const char *dimension, const char **codes, size_t kon,
	const struct chart *head)
{
	const struct sheet *sheet = report_sheet(report, table);
	struct strip strip = strip_find(report, sheet, dimension, codes, false);
	struct by_sex people;
	if (strip.count > 0)
		leave_out_groups(sheet, sheet_dimension(sheet->table, dimension, strlen(dimension)), &strip);
	if (strip.count == 0 || !strip_by_sex(report, sheet, &strip, dimension, codes, kon, "personer", &people) ||
		strip_shown(people.both, 2 * strip.count) < 2)
		return false;
	struct chart_bars bars = { .chart = *head, .categories = strip.count, .series = 2, .category = strip.label, .serie = strip_sexes,
		.value = people.both, .total = people.total, .unit = "" };
	struct svg svg = report_svg(report);
	chart_bars(&svg, &bars);
	report_picture(report, &svg, head->name, table);
	return true;
}

/* ---- how many ---- */

/* Ages of the women and men of one target group. */
static void write_ages(struct report *report, const char *year, const char *malgrupp, size_t number)
{
	const struct sheet *sheet = report_sheet(report, "m02_malgrupp");
	const char *codes[] = { year, malgrupp, CUBE_TOTAL, CUBE_TOTAL, NULL };
	struct strip strip = strip_find(report, sheet, "aldersgrupp", codes, false);
	struct by_sex people;
	if (strip.count == 0 || !strip_by_sex(report, sheet, &strip, "aldersgrupp", codes, 3, "personer", &people) ||
		strip_shown(people.both, 2 * strip.count) < 2)
		return;
	struct chart_pyramid_part part = { .title = "Ålder", .rows = strip.count, .row = strip.label, .women = people.women,
		.men = people.men, .total = people.total };
	const char *name = report_print(report, "malgrupp-%zu-alder", number + 1);
	struct chart_pyramid pyramid = { .chart = { .name = name, .title = report_print(report, "Ålder och kön: %s", malgrupp),
		.subtitle = report_print(report, "Personer %s", year) }, .parts = 1, .part = &part };
	struct svg svg = report_svg(report);
	chart_pyramid(&svg, &pyramid);
	report_picture(report, &svg, name, "m02_malgrupp");
}

/* The target groups year by year, where the period has three years or more. */
static void write_years(struct report *report, const struct sheet *sheet)
{
	static const char *const dashes[] = { NULL, "7 4", "2 4", "10 3 2 3" };
	static const char *const colours[] = { "#3D3D3D", "#801650", "#1f7d76", "#7d5bb5" };
	const char *codes[] = { NULL, NULL, CUBE_TOTAL, CUBE_TOTAL, CUBE_TOTAL };
	size_t groups = report->settings->malgrupp_count, shown = 0, breaks = 0;
	struct chart_line *line = report_take(report, groups, sizeof *line);
	struct chart_break at[BREAKS];
	struct strip years = { .count = 0 };
	for (size_t i = 0; line != NULL && i < groups; i++) {
		codes[1] = report->settings->malgrupp[i].name;
		struct strip own = strip_find(report, sheet, "ar", codes, false);
		years = own.count > years.count ? own : years;
	}
	for (size_t i = 0; line != NULL && i < groups; i++) {
		codes[1] = report->settings->malgrupp[i].name;
		line[i] = (struct chart_line){ .name = codes[1], .colour = colours[i % 4], .dash = dashes[i / 4 % 4],
			.value = strip_values(report, sheet, &years, "ar", codes, "personer") };
		shown += strip_shown(line[i].value, years.count);
	}
	if (report->html.failed || years.count < 3 || shown < 3)
		return;
	for (size_t point = 1; point < years.count && breaks < BREAKS; point++)
		if (settings_breaks(report->settings, atoi(years.code[point])))
			at[breaks++] = (struct chart_break){ .before = point, .label = "andra kommuner" };
	struct chart_series series = { .chart = { .name = "malgrupper-ar", .title = "Målgrupperna år för år",
		.subtitle = "Personer 16–64 år; en person kan höra till flera", .note = "En linje stannar där uppgiften är skyddad." },
		.points = years.count, .point = years.label, .lines = groups, .line = line, .breaks = breaks, .break_at = at, .unit = "" };
	struct svg svg = report_svg(report);
	chart_series(&svg, &series);
	report_picture(report, &svg, "malgrupper-ar", "m02_malgrupp");
}

static void write_group_tables(struct report *report)
{
	struct html *html = &report->html;
	const struct sheet *sheet = report_sheet(report, "m02_malgrupp");
	(void)pivot_write(html, &(struct pivot){ .sheet = sheet, .title = "Personer i målgrupperna", .down = "malgrupp ar",
		.across = "kon", .measures = "personer", .detail = "efter kön" });
	if (!few_kommuner(report))
		return;
	(void)pivot_write(html, &(struct pivot){ .sheet = sheet, .title = "Personer i målgrupperna", .down = "malgrupp ar",
		.across = "kommun", .measures = "personer", .detail = "efter kommun" });
	(void)pivot_write(html, &(struct pivot){ .sheet = sheet, .title = "Personer per 1\u00A0000 invånare",
		.down = "malgrupp ar", .across = "kommun", .measures = "per_1000", .detail = "efter kommun" });
}

static void write_groups(struct report *report)
{
	const struct sheet *sheet = report_sheet(report, "m02_malgrupp");
	const char *year = last_year(sheet), *codes[] = { year, NULL, CUBE_TOTAL, CUBE_TOTAL, CUBE_TOTAL };
	if (sheet == NULL || sheet->cube->rows == 0)
		return;
	html_markup(&report->html, "<h3>Hur många är de?</h3>\n");
	(void)write_bars(report, "m02_malgrupp", "malgrupp", codes, 3, &(struct chart){ .name = "malgrupper",
		.title = "Personer i målgrupperna", .subtitle = report_print(report, "Personer 16–64 år %s; en person kan höra till flera", year) });
	write_years(report, sheet);
	write_group_tables(report);
	if (report->settings->malgrupp_count == 0)
		return;
	report_fold(report, "Ålder och kön i varje målgrupp");
	for (size_t i = 0; i < report->settings->malgrupp_count; i++)
		write_ages(report, year, report->settings->malgrupp[i].name, i);
	report_unfold(report);
}

/* ---- what they live on ---- */

static void write_support(struct report *report)
{
	struct html *html = &report->html;
	const struct sheet *sheet = report_sheet(report, "m01_forsorjningsmatt");
	const struct sheet *tid = report_sheet(report, "m05_tid_i_forsorjning");
	if (sheet == NULL && tid == NULL)
		return;
	html_markup(html, "<h3>Vad lever de av?</h3>\n");
	const char *codes[] = { last_year(sheet), CUBE_TOTAL, CUBE_TOTAL, NULL };
	if (sheet != NULL)
		(void)write_bars(report, "m01_forsorjningsmatt", "forman", codes, 2, &(struct chart){ .name = "forsorjning",
			.title = "Personer efter försörjning", .subtitle = report_print(report, "Personer 16–64 år med minst en dag %s; en person kan ha flera", codes[0]) });
	(void)pivot_write(html, &(struct pivot){ .sheet = sheet, .title = "Försörjningsmått", .down = "forman ar",
		.across = "matt", .detail = "alla kommuner" });
	if (few_kommuner(report) && sheet != NULL) {
		report_fold(report, "Helårsekvivalenter efter kommun");
		(void)pivot_write(html, &(struct pivot){ .sheet = sheet, .title = "Helårsekvivalenter", .down = "forman ar",
			.across = "kommun", .measures = "helarsekvivalenter", .detail = "efter kommun" });
		report_unfold(report);
	}
	const char *time[] = { last_year(tid), CUBE_TOTAL, CUBE_TOTAL, NULL };
	if (tid != NULL && !write_bars(report, "m05_tid_i_forsorjning", "tid", time, 2, &(struct chart){ .name = "tid-i-forsorjning",
		.title = "Månader i obruten offentlig försörjning", .subtitle = report_print(report, "Personer 16–64 år %s", time[0]) }))
		(void)pivot_write(html, &(struct pivot){ .sheet = tid, .title = "Tid i offentlig försörjning, personer", .down = "tid ar",
			.across = "kon", .detail = "månader, efter kön", .sparing = true });
}

/* ---- at which parties ---- */

/* The first months of years with other municipalities than the year before, as points of a series; at most `most`. A year's
   municipalities are those of its last day, so a change in July is one from January. */
static size_t find_breaks(const struct report *report, const struct strip *months, struct chart_break *at, size_t most)
{
	size_t count = 0;
	for (size_t point = 1; point < months->count && count < most; point++)
		if (strncmp(months->code[point], months->code[point - 1], 4) != 0 &&
			settings_breaks(report->settings, atoi(months->code[point])))
			at[count++] = (struct chart_break){ .before = point, .label = "andra kommuner" };
	return count;
}

static void write_months(struct report *report)
{
	static const struct {
		const char *code, *colour, *dash;
	} parties[] = { { "AF", "#3D3D3D", NULL }, { "FK", "#801650", "7 4" }, { "KOM", "#1f7d76", NULL }, { "REG", "#7d5bb5", "2 4" } };
	const struct sheet *sheet = report_sheet(report, "m06_manad");
	const char *codes[] = { NULL, CUBE_TOTAL, CUBE_TOTAL, CUBE_TOTAL, "AF" };
	struct chart_line line[4];
	struct chart_break breaks[BREAKS];
	size_t lines = 0, shown = 0;
	bool hidden = false;
	const char *note = "";
	struct strip months = strip_find(report, sheet, "manad", codes, false);
	const struct codelist *names = months.count == 0 || report->html.failed ? NULL : codelist_load("parti", report->arena, report->error);
	if (names == NULL)
		return;
	for (size_t i = 0; i < 4; i++) {
		codes[4] = parties[i].code;
		struct value *value = strip_values(report, sheet, &months, "manad", codes, "personer");
		if (strip_shown(value, months.count) == 0) {
			if (strip_withheld(value, months.count))
				note = report_print(report, "%s%s: skyddad uppgift. ", note, codelist_label(names, parties[i].code));
			continue;
		}
		shown += strip_shown(value, months.count);
		hidden = hidden || strip_withheld(value, months.count);
		line[lines++] = (struct chart_line){ .name = codelist_label(names, parties[i].code), .colour = parties[i].colour,
			.dash = parties[i].dash, .value = value };
	}
	if (report->html.failed || shown < 2 || months.count < 2)
		return;
	note = report_print(report, "%s%s", note, hidden ? "En linje stannar där uppgiften är skyddad." : "");
	for (size_t i = 0; i < months.count; i++) {
		char month[WORDS_TEXT];
		int32_t number;
		if (date_read_month(months.code[i], strlen(months.code[i]), &number)) {
			words_month(number, month);
			months.label[i] = report_print(report, "%s", month);
		}
	}
	struct chart_series series = { .chart = { .name = "parter", .title = "Personer aktuella hos parterna, månad för månad",
		.subtitle = "En person kan vara aktuell hos flera parter samma månad", .note = *note == '\0' ? NULL : note },
		.points = months.count, .point = months.label, .lines = lines, .line = line, .break_at = breaks, .unit = "" };
	series.breaks = find_breaks(report, &months, breaks, BREAKS);
	struct svg svg = report_svg(report);
	chart_series(&svg, &series);
	report_picture(report, &svg, "parter", "m06_manad");
}

static int compare_combinations(const void *a, const void *b)
{
	const struct chart_combination *left = a, *right = b;
	bool left_shown = value_published(&left->value), right_shown = value_published(&right->value);
	if (left_shown != right_shown)
		return left_shown ? -1 : 1;
	if (left->value.number > right->value.number || left->value.number < right->value.number)
		return left->value.number > right->value.number ? -1 : 1;
	return left->value.row < right->value.row ? -1 : left->value.row > right->value.row;
}

/* Bits of the parties that stand in a code such as AF+KOM. */
static unsigned members_of(const char *code)
{
	unsigned members = 0;
	for (size_t length; *code != '\0'; code += length + (code[length] == '+')) {
		length = strcspn(code, "+");
		for (unsigned i = 0; i < PARTIER; i++)
			if (strlen(parti_names[i]) == length && memcmp(code, parti_names[i], length) == 0)
				members |= 1U << i;
	}
	return members;
}

static void write_overlap(struct report *report)
{
	static const char *const sets[] = { "Arbetsförmedlingen", "Försäkringskassan", "Kommunen", "Regionen" };
	const struct sheet *sheet = report_sheet(report, "m03_samtidighet");
	char month[DATE_TEXT], day[WORDS_TEXT];
	date_write_month(settings_last_month(report->settings), month);
	words_period(date_first_day(settings_last_month(report->settings)), report->settings->period_to, day);
	const char *codes[] = { month, CUBE_TOTAL, NULL };
	struct strip strip = strip_find(report, sheet, "kombination", codes, false);
	struct value *value = strip_values(report, sheet, &strip, "kombination", codes, "personer");
	struct chart_combination *combination = report_take(report, strip.count, sizeof *combination);
	if (value == NULL || combination == NULL || strip.count == 0)
		return;
	for (size_t i = 0; i < strip.count; i++)
		combination[i] = (struct chart_combination){ .members = members_of(strip.code[i]), .value = value[i] };
	qsort(combination, strip.count, sizeof *combination, compare_combinations);
	if (strip_shown(value, strip.count) < 2) {
		if (strip_withheld(value, strip.count))
			html_paragraph(&report->html, "Hur de fyra parterna överlappar varandra i ", day, " är skyddade uppgifter.", NULL);
		return;
	}
	struct chart_upset upset = { .chart = { .name = "samtidighet", .title = "Hur parterna överlappar varandra",
		.subtitle = report_print(report, "Personer %s efter vilka parter de var aktuella hos; varje person i en stapel", day),
		.note = strip_withheld(value, strip.count) ? "Två punkter i stället för en stapel: skyddad uppgift." : NULL },
		.sets = 4, .set = sets, .combinations = strip.count, .combination = combination };
	struct svg svg = report_svg(report);
	chart_upset(&svg, &upset);
	report_picture(report, &svg, "samtidighet", "m03_samtidighet");
}

/* The largest published flows of a year, those who stay left out. */
static void write_flows(struct report *report)
{
	const struct sheet *sheet = report_sheet(report, "m07_floden");
	struct chart_stream stream[STREAMS];
	size_t streams = 0, hidden = 0;
	const char *year = last_year(sheet), *any[] = { year, CUBE_TOTAL, NULL, CUBE_TOTAL };
	struct strip from = strip_find(report, sheet, "fran", any, false);
	for (size_t f = 0; f < from.count; f++) {
		const char *codes[] = { year, CUBE_TOTAL, from.code[f], NULL };
		for (size_t t = 0; t < from.count; t++) {
			codes[3] = from.code[t];
			struct value value = value_named(sheet, "personer", codes);
			hidden += value.status == CELL_PROTECTED;
			if (t == f || !(value.number > 0))
				continue;
			size_t k = streams < STREAMS ? streams++ : STREAMS;
			for (; k > 0 && stream[k - 1].value.number < value.number; k--)
				if (k < STREAMS)
					stream[k] = stream[k - 1];
			if (k < STREAMS)
				stream[k] = (struct chart_stream){ .from = f, .to = t, .value = value };
		}
	}
	if (streams < 2)
		return;
	struct chart_flow flow = { .chart = { .name = "floden", .title = "Flöden mellan parterna",
		.subtitle = report_print(report, "Personer efter vilka parter de var aktuella hos i december %d och i den sista månaden %s; de största flödena",
			atoi(year) - 1, year), .note = hidden > 0 ? "Flöden som är skyddade uppgifter visas inte." : NULL },
		.before = "Före", .after = "Efter", .states = from.count, .state = from.label, .streams = streams, .stream = stream };
	struct svg svg = report_svg(report);
	chart_flow(&svg, &flow);
	report_picture(report, &svg, "floden", "m07_floden");
}

static void write_parties(struct report *report)
{
	const struct sheet *rundgang = report_sheet(report, "m04_rundgang");
	html_markup(&report->html, "<h3>Hos vilka parter är de aktuella?</h3>\n");
	if (!report->settings->gemensam_nyckel)
		html_paragraph(&report->html, "Källorna har ingen gemensam nyckel. Samtidighet, rundgång och flöden kan därför inte beräknas.", NULL);
	write_months(report);
	write_overlap(report);
	const char *codes[] = { last_year(rundgang), CUBE_TOTAL, CUBE_TOTAL, NULL };
	if (rundgang != NULL && !write_bars(report, "m04_rundgang", "byten", codes, 2, &(struct chart){ .name = "rundgang",
		.title = "Rundgång: byten mellan försörjningssystem", .subtitle = report_print(report, "Personer %s efter antal byten mellan parter", codes[0]) }))
		(void)pivot_write(&report->html, &(struct pivot){ .sheet = rundgang, .title = "Rundgång: personer efter antal byten mellan parter",
			.down = "byten ar", .across = "kon", .detail = "efter kön", .sparing = true });
	write_flows(report);
}

void report_malgrupper(struct report *report)
{
	html_markup(&report->html, "<h2 id=\"malgrupper\">Målgrupper</h2>\n"
		"<p>Personer 16–64 år i förbundets kommuner. En person kan höra till flera målgrupper.</p>\n");
	const char *breaks = breaks_text(report->settings, report->arena, report->error);
	report->html.failed = report->html.failed || breaks == NULL;
	if (breaks != NULL && *breaks != '\0')
		html_paragraph(&report->html, breaks, NULL);
	write_groups(report);
	write_support(report);
	write_parties(report);
	if (!few_kommuner(report))
		html_markup(&report->html, "<p>Uppgifter för varje kommun finns i filerna bredvid rapporten; se bilagan.</p>\n");
}
