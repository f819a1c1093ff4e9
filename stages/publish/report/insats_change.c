/* What changed for those who left an insats: support and occupation before and after, results, time, surveys. */
#include <stdio.h>
#include <string.h>

#include "stages/publish/diagram/chart.h"
#include "stages/publish/report/insats.h"
#include "stages/publish/sheet/words.h"

#define LINES 16

/* Slopes of a table of codes with before and after, when two of them have both. */
static void write_slope(struct section *section, const char *table, const char *form, const char *title, const char *what)
{
	struct report *report = section->report;
	const struct sheet *sheet = report_sheet(report, table);
	const char *codes[] = { section->insats->name, CUBE_TOTAL, NULL };
	struct strip strip = strip_find(report, sheet, "kod", codes, false);
	const struct value *before = strip_values(report, sheet, &strip, "kod", codes, "fore");
	const struct value *after = strip_values(report, sheet, &strip, "kod", codes, "efter");
	struct chart_slope_line line[LINES];
	size_t lines = 0, whole = 0;
	if (report->html.failed || strip.count == 0)
		return;
	for (size_t i = 0; i < strip.count && lines < LINES; i++) {
		whole += value_published(&before[i]) && value_published(&after[i]) && (before[i].number > 0 || after[i].number > 0);
		line[lines++] = (struct chart_slope_line){ .name = strip.label[i], .colour = SVG_BAR, .before = before[i], .after = after[i] };
	}
	if (whole < 2) {
		if (strip_withheld(before, strip.count) || strip_withheld(after, strip.count))
			insats_withhold(section, what);
		return;
	}
	bool hidden = strip_withheld(before, strip.count) || strip_withheld(after, strip.count);
	const char *name = report_print(report, "insats-%s-%s", section->slug, form);
	struct chart_slope slope = { .chart = { .name = name, .title = report_print(report, "%s: %s", title, section->insats->name),
		.subtitle = "Avslutade deltaganden; flera svar är möjliga", .note = hidden ? "En punkt utan linje: den andra uppgiften är skyddad. Helt skyddade visas inte." : NULL },
		.before = "Före", .after = "Efter", .lines = lines, .line = line };
	struct svg svg = report_svg(report);
	chart_slope(&svg, &slope);
	report_picture(report, &svg, name, table);
	section->told = true;
}

/* From which support to which: the published flows. */
static void write_flow(struct section *section)
{
	struct report *report = section->report;
	const struct sheet *sheet = report_sheet(report, "i11_matris");
	struct chart_stream stream[2 * LINES];
	const char *label[LINES], *code[LINES];
	size_t streams = 0, states = 0, hidden = 0;
	if (sheet == NULL || report->html.failed)
		return;
	const struct codelist *list = sheet->table->dimension[2].codes;
	for (size_t i = 0; list != NULL && i < list->count && states < LINES; i++) {
		code[states] = list->entry[i].kod;
		label[states++] = list->entry[i].etikett;
	}
	for (size_t f = 0; f < states; f++)
		for (size_t t = 0; t < states; t++) {
			const char *codes[] = { section->insats->name, CUBE_TOTAL, code[f], code[t] };
			struct value value = value_named(sheet, "avslutade", codes);
			hidden += value.status == CELL_PROTECTED;
			if (value.number > 0 && streams < 2 * LINES)
				stream[streams++] = (struct chart_stream){ .from = f, .to = t, .value = value };
		}
	if (streams < 2) {
		if (hidden > 0)
			insats_withhold(section, "flöden mellan försörjning före och efter");
		return;
	}
	const char *name = report_print(report, "insats-%s-flode", section->slug);
	struct chart_flow flow = { .chart = { .name = name, .title = report_print(report, "Från försörjning till försörjning: %s", section->insats->name),
		.subtitle = "Avslutade deltaganden; ett med flera försörjningar räknas i flera flöden", .note = hidden > 0 ? "Flöden som är skyddade uppgifter visas inte." : NULL },
		.before = "Före", .after = "Efter", .states = states, .state = label, .streams = streams, .stream = stream };
	struct svg svg = report_svg(report);
	chart_flow(&svg, &flow);
	report_picture(report, &svg, name, "i11_matris");
	section->told = true;
}

void insats_change(struct section *section)
{
	write_slope(section, "i04_sysselsattning", "sysselsattning", "Sysselsättning före och efter", "sysselsättning före och efter");
	write_slope(section, "i03_forsorjning", "forsorjning", "Försörjning före och efter", "försörjning före och efter");
	write_flow(section);
}

/* ---- results ---- */

static struct value of_results(const struct section *section, const char *measure)
{
	const char *codes[] = { section->insats->name, CUBE_TOTAL };
	return value_named(report_sheet(section->report, "i06_resultat"), measure, codes);
}

/* "Av 40 avslutade gick 13 till arbete eller studier: 32,5 % (…)." */
static void write_result(struct section *section)
{
	struct html *html = &section->report->html;
	char level[WORDS_TEXT];
	struct value ended = of_results(section, "avslutade"), met = of_results(section, "arbete_eller_studier");
	struct value share = of_results(section, "andel_arbete_eller_studier");
	struct value low = of_results(section, "ki_lag"), high = of_results(section, "ki_hog");
	if (ended.sheet == NULL || ended.row == CUBE_NO_ROW)
		return;
	if (value_published(&ended) && !(ended.number > 0)) {
		html_markup(html, "<p>Inget deltagande avslutades i perioden.</p>\n");
		section->told = true;
		return;
	}
	if (!value_published(&share) || !value_published(&met)) {
		if (share.status == CELL_PROTECTED || met.status == CELL_PROTECTED)
			insats_withhold(section, "hur många som gick till arbete eller studier");
		return;
	}
	words_per_cent(section->report->settings->konfidensgrad, level);
	html_markup(html, "<p><strong>Av ");
	value_write(html, &ended);
	html_markup(html, " avslutade gick ");
	value_write(html, &met);
	html_markup(html, " till arbete eller studier: ");
	value_write(html, &share);
	html_text(html, "\u00A0%");
	html_markup(html, "</strong> (");
	html_texts(html, level, " konfidensintervall ", NULL);
	value_write(html, &low);
	html_markup(html, "–");
	value_write(html, &high);
	html_text(html, "\u00A0%).");
	html_markup(html, "</p>\n");
	section->told = true;
}

/* "Kvinnor 29,2 %, män 37,5 %: skillnaden är −8,3 procentenheter (−36,1–19,3)." */
static void write_difference(struct section *section)
{
	struct html *html = &section->report->html;
	const struct sheet *sheet = report_sheet(section->report, "i14_konsskillnad");
	const char *codes[] = { section->insats->name };
	struct value women = value_named(sheet, "andel_k", codes), men = value_named(sheet, "andel_m", codes);
	struct value difference = value_named(sheet, "skillnad", codes);
	struct value low = value_named(sheet, "ki_lag", codes), high = value_named(sheet, "ki_hog", codes);
	if (!value_published(&women) || !value_published(&men) || !value_published(&difference)) {
		if (difference.status == CELL_PROTECTED)
			insats_withhold(section, "skillnaden mellan kvinnor och män");
		return;
	}
	html_markup(html, "<p>Till arbete eller studier gick ");
	value_write(html, &women);
	html_text(html, "\u00A0% av kvinnorna och ");
	value_write(html, &men);
	html_text(html, "\u00A0% av männen. Skillnaden är ");
	value_write(html, &difference);
	html_markup(html, " procentenheter (konfidensintervall ");
	value_write(html, &low);
	html_markup(html, " till ");
	value_write(html, &high);
	html_markup(html, low.number <= 0 && high.number >= 0 ? "), vilket kan bero på slumpen.</p>\n" : ").</p>\n");
	section->told = true;
}

/* Share still without self-support, month by month from the start. */
static void write_survival(struct section *section)
{
	struct report *report = section->report;
	const struct sheet *sheet = report_sheet(report, "i13_overlevnad");
	const char *codes[] = { section->insats->name, CUBE_TOTAL, NULL };
	struct strip months = strip_find(report, sheet, "manad", codes, false);
	const struct value *share = strip_values(report, sheet, &months, "manad", codes, "andel");
	const struct value *low = strip_values(report, sheet, &months, "manad", codes, "ki_lag");
	const struct value *high = strip_values(report, sheet, &months, "manad", codes, "ki_hog");
	if (report->html.failed || months.count == 0)
		return;
	if (strip_shown(share, months.count) < 3) {
		if (strip_withheld(share, months.count))
			insats_withhold(section, "tiden till egen försörjning");
		return;
	}
	const char *name = report_print(report, "insats-%s-tid-till-forsorjning", section->slug);
	struct chart_line line = { .name = "Kvar", .colour = SVG_INK, .value = share, .low = low, .high = high };
	struct chart_series series = { .chart = { .name = name, .title = report_print(report, "Tid till egen försörjning: %s", section->insats->name),
		.subtitle = "Procent som ännu inte lämnat insatsen till egen försörjning, efter månader från start (Kaplan–Meier); ljus yta: konfidensintervall" },
		.points = months.count, .point = months.label, .lines = 1, .line = &line, .highest = 100, .unit = "\u00A0%" };
	struct svg svg = report_svg(report);
	chart_series(&svg, &series);
	report_picture(report, &svg, name, "i13_overlevnad");
	section->told = true;
}

void insats_results(struct section *section)
{
	write_result(section);
	write_difference(section);
	insats_part(section, &(struct insats_part){ .table = "i05_avslut", .dimension = "kod", .measure = "avslutade", .form = "avslut",
		.title = "Avslutningsanledningar", .subtitle = "Avslutade deltaganden; flera svar är möjliga", .what = "avslutningsanledningar" });
	insats_part(section, &(struct insats_part){ .table = "i07_tid_i_insats", .dimension = "tid", .measure = "avslutade", .form = "tid",
		.title = "Månader i insatsen", .subtitle = "Avslutade deltaganden efter hela månader", .what = "tid i insatsen" });
	write_survival(section);
}

/* ---- surveys ---- */

static void write_instrument(struct section *section, const char *instrument, const char *label, size_t number)
{
	struct report *report = section->report;
	struct html *html = &report->html;
	const struct sheet *sheet = report_sheet(report, "i12_enkat");
	struct chart_slope_line line[2];
	const char *codes[] = { section->insats->name, instrument, CUBE_TOTAL };
	struct value pairs = value_named(sheet, "par", codes), change = value_named(sheet, "skillnad", codes);
	struct value low = value_named(sheet, "ki_lag", codes), high = value_named(sheet, "ki_hog", codes);
	struct value p = value_named(sheet, "p_wilcoxon", codes);
	if (!value_published(&change)) {
		if (change.status == CELL_PROTECTED)
			insats_withhold(section, report_print(report, "enkäten %s", label));
		return;
	}
	html_markup(html, "<p>");
	value_write(html, &pairs);
	html_texts(html, " personer svarade på ", label, " både vid start och avslut. Medelvärdet ändrades med ", NULL);
	value_write(html, &change);
	html_markup(html, " (konfidensintervall ");
	value_write(html, &low);
	html_markup(html, " till ");
	value_write(html, &high);
	html_markup(html, "; p\u00A0");
	html_markup(html, p.text[0] == '<' ? "" : "=\u00A0");
	value_write(html, &p);
	html_markup(html, ").</p>\n");
	section->told = true;
	for (size_t i = 0; i < 2; i++) {
		codes[2] = i == 0 ? "K" : "M";
		line[i] = (struct chart_slope_line){ .name = strip_sexes[i].name, .colour = strip_sexes[i].colour,
			.before = value_named(sheet, "medel_start", codes), .after = value_named(sheet, "medel_slut", codes) };
	}
	if (!value_published(&line[0].before) && !value_published(&line[1].before))
		return;
	const char *name = report_print(report, "insats-%s-enkat-%zu", section->slug, number);
	struct chart_slope slope = { .chart = { .name = name, .title = report_print(report, "%s vid start och avslut: %s", label, section->insats->name),
		.subtitle = "Medelvärde bland dem som svarat båda gångerna" }, .before = "Start", .after = "Avslut", .lines = 2, .line = line };
	struct svg svg = report_svg(report);
	chart_slope(&svg, &slope);
	report_picture(report, &svg, name, "i12_enkat");
}

void insats_survey(struct section *section)
{
	const char *codes[] = { section->insats->name, NULL, CUBE_TOTAL };
	struct strip strip = strip_find(section->report, report_sheet(section->report, "i12_enkat"), "instrument", codes, false);
	for (size_t i = 0; i < strip.count && !section->report->html.failed; i++)
		write_instrument(section, strip.code[i], strip.label[i], i + 1);
}
