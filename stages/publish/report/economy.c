/* The chapters on risk and effect, on money, and on figures published before. */
#include <stdio.h>
#include <string.h>

#include "stages/publish/diagram/chart.h"
#include "stages/publish/report/report.h"
#include "stages/publish/report/strip.h"
#include "stages/publish/sheet/format.h"

/* ---- risk and effect ---- */

/* 0, 1, 2 of låg, medel, hög; −1 without. */
static int level_of(const char *level)
{
	static const char *const levels[] = { "låg", "medel", "hög" };
	for (int i = 0; i < 3 && level != NULL; i++)
		if (strcmp(level, levels[i]) == 0)
			return i;
	return -1;
}

void report_risk(struct report *report)
{
	struct html *html = &report->html;
	const struct settings *settings = report->settings;
	struct chart_placed *place = report_take(report, settings->insats_count, sizeof *place);
	size_t placed = 0, signals = 0;
	html_markup(html, "<h2 id=\"risk\">Risk och effekt</h2>\n");
	for (size_t i = 0; place != NULL && i < settings->insats_count; i++) {
		int risk = level_of(settings->insats[i].risk), effect = level_of(settings->insats[i].effekt);
		if (risk >= 0 && effect >= 0)
			place[placed++] = (struct chart_placed){ .name = settings->insats[i].name, .across = effect, .up = risk };
	}
	if (placed == 0) {
		html_markup(html, "<p>Förbundet har inte bedömt insatsernas risk och effekt.</p>\n");
		return;
	}
	html_markup(html, "<p>Risk och effekt är förbundets egen bedömning av insatserna. Hög risk med låg effekt är en signal att "
		"åtgärda eller avsluta insatsen.");
	for (size_t i = 0; i < placed; i++)
		if (place[i].up == 2 && place[i].across == 0)
			html_texts(html, signals++ == 0 ? " Signalen gäller " : ", ", place[i].name, NULL);
	html_markup(html, signals == 0 ? " Ingen insats ger signalen.</p>\n" : ".</p>\n");
	struct chart_matrix matrix = { .chart = { .name = "risk-effekt", .title = "Insatsernas risk och effekt",
		.subtitle = "Förbundets bedömning" }, .placed = placed, .place = place };
	struct svg svg = report_svg(report);
	chart_matrix(&svg, &matrix);
	report_picture(report, &svg, "risk-effekt", NULL);
}

/* ---- money ---- */

/* Budget and outcome of each insats in the last year. */
static void write_budget(struct report *report, const struct sheet *sheet)
{
	static const struct chart_series_name names[] = { { "Budget", "#8593a1" }, { "Utfall", "#3D3D3D" } };
	const struct cube_codes *years = &sheet->cube->codes[1];
	const char *codes[] = { NULL, years->code[years->count - 1], CUBE_TOTAL };
	struct strip strip = strip_find(report, sheet, "insats", codes, false);
	const struct value *budget = strip_values(report, sheet, &strip, "insats", codes, "budget");
	const struct value *outcome = strip_values(report, sheet, &strip, "insats", codes, "utfall");
	struct value *both = report_take(report, 2 * strip.count, sizeof *both);
	if (both == NULL || budget == NULL || outcome == NULL)
		return;
	for (size_t i = 0; i < strip.count; i++) {
		both[2 * i] = budget[i];
		both[2 * i + 1] = outcome[i];
	}
	if (strip_shown(both, 2 * strip.count) < 2)
		return;
	struct chart_bars bars = { .chart = { .name = "ekonomi", .title = "Budget och utfall",
		.subtitle = report_print(report, "Kronor %s, den del av året som perioden omfattar, alla finansiärer", codes[1]) },
		.categories = strip.count, .series = 2, .category = strip.label, .serie = names, .value = both, .unit = "" };
	struct svg svg = report_svg(report);
	chart_bars(&svg, &bars);
	report_picture(report, &svg, "ekonomi", "e01_ekonomi");
}

/* Says which insatser the total leaves out, since their cost stands in another's. */
static void write_contained(struct report *report)
{
	const struct settings *settings = report->settings;
	size_t said = 0;
	for (size_t i = 0; i < settings->insats_count; i++) {
		const struct insats *insats = &settings->insats[i];
		if (insats->ingar_i == NULL)
			continue;
		html_markup(&report->html, said++ == 0 ? "<p class=\"note\">Totalen räknar inte " : "; inte heller ");
		html_texts(&report->html, insats->name, ", vars kostnad ingår i ", insats->ingar_i->name, NULL);
	}
	html_markup(&report->html, said > 0 ? ".</p>\n" : "");
}

/* Whether the insatser that `ingår i` this one have more of the measure than it has, by more than rounding makes. */
static bool parts_exceed(const struct report *report, const struct sheet *sheet, const struct insats *whole, const char *const *codes,
	const char *measure)
{
	const struct settings *settings = report->settings;
	const char *own[] = { whole->name, codes[1], codes[2] };
	double left = value_named(sheet, measure, own).number;
	size_t parts = 0;
	for (size_t i = 0; i < settings->insats_count; i++) {
		const char *part[] = { settings->insats[i].name, codes[1], codes[2] };
		if (settings->insats[i].ingar_i != whole)
			continue;
		left -= value_named(sheet, measure, part).number;
		parts++;
	}
	return left < -(double)(parts + 1) / 2;
}

/* Sums that miss their lines: a part that costs more than the whole it stands in is missing from the total. */
static void write_exceeding(struct report *report, const struct sheet *sheet)
{
	const struct settings *settings = report->settings;
	const struct cube_codes *years = &sheet->cube->codes[1], *payers = &sheet->cube->codes[2];
	for (size_t i = 0; i < settings->insats_count; i++)
		for (size_t y = 0; y < years->count; y++)
			for (size_t p = 0; p < payers->count; p++) {
				const char *codes[] = { NULL, years->code[y], payers->code[p] };
				bool budget = parts_exceed(report, sheet, &settings->insats[i], codes, "budget");
				bool outcome = parts_exceed(report, sheet, &settings->insats[i], codes, "utfall");
				if (strcmp(codes[2], CUBE_TOTAL) == 0 || (!budget && !outcome))
					continue;
				html_markup(&report->html, "<p class=\"note\"><strong>Summan stämmer inte:</strong> ");
				html_texts(&report->html, codes[1], ", ", sheet->label[2][p],
					budget && outcome ? ": budget och utfall" : budget ? ": budget" : ": utfall", " för det som ingår i ",
					settings->insats[i].name, " är större än insatsens egen summa. Det överskjutande saknas i totalen.", NULL);
				html_markup(&report->html, "</p>\n");
			}
}

void report_economy(struct report *report)
{
	struct html *html = &report->html;
	const struct sheet *sheet = report_sheet(report, "e01_ekonomi");
	html_markup(html, "<h2 id=\"ekonomi\">Ekonomi</h2>\n");
	if (sheet == NULL || sheet->cube->rows == 0) {
		html_markup(html, "<p>Inga ekonomiska uppgifter redovisas.</p>\n");
		return;
	}
	write_budget(report, sheet);
	(void)pivot_write(html, &(struct pivot){ .sheet = sheet, .title = "Budget och utfall", .down = "insats ar", .across = "matt",
		.detail = "kronor, alla finansiärer" });
	html_markup(html, "<p class=\"note\">Avvikelse är budget minus utfall. Varje tal avrundas för sig, så en avvikelse kan "
		"skilja en krona från skillnaden mellan de tal som visas.</p>\n");
	write_contained(report);
	write_exceeding(report, sheet);
	report_fold(report, "Budget och utfall per finansiär");
	(void)pivot_write(html, &(struct pivot){ .sheet = sheet, .title = "Budget och utfall per finansiär", .down = "insats ar finansiar",
		.across = "matt", .measures = "budget utfall avvikelse", .detail = "kronor" });
	report_unfold(report);
}

/* ---- figures published before ---- */

/* A line: which figure, and its texts as the table has them. */
static void write_compared(struct html *html, const struct sheet *sheet, size_t row)
{
	char text[FORMAT_TEXT];
	html_markup(html, "<tr>");
	for (size_t d = 0; d < sheet->table->dimensions; d++) {
		html_markup(html, d == 0 ? "<th scope=\"row\">" : "<td class=\"x\">");
		html_text(html, sheet_label(sheet, row, d));
		html_markup(html, d == 0 ? "</th>" : "</td>");
	}
	for (size_t m = 0; m < sheet->table->measures; m++) {
		html_markup(html, m + 1 == sheet->table->measures ? "<td class=\"x\">" : "<td>");
		struct value value = value_of(sheet, row, m);
		if (sheet->table->measure[m].kind == MEASURE_TEXT)
			html_text(html, format_cell(sheet, row, m, text));
		else
			value_write(html, &value);
		html_markup(html, "</td>");
	}
	html_markup(html, "</tr>\n");
}

void report_reconciliation(struct report *report)
{
	struct html *html = &report->html;
	const struct sheet *sheet = report_sheet(report, "q01_avstamning");
	html_markup(html, "<h2 id=\"avstamning\">Avstämning mot tidigare publicerade siffror</h2>\n");
	if (sheet == NULL || sheet->cube->rows == 0) {
		html_markup(html, "<p>Förbundet har inte lämnat några tidigare publicerade siffror att stämma av mot.</p>\n");
		return;
	}
	html_markup(html, "<p>Siffror som förbundet har publicerat tidigare jämförs med dem som beräknats nu. En skillnad rättas inte: "
		"den redovisas.</p>\n");
	html_markup(html, "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Avstämning\"><table>\n<caption>Publicerat och beräknat"
		"</caption>\n<thead><tr><th scope=\"col\" class=\"c\">Tabell</th><th scope=\"col\" class=\"c\">Uppgift</th>"
		"<th scope=\"col\" class=\"c\">Mått</th><th scope=\"col\">Publicerat</th><th scope=\"col\">Beräknat</th>"
		"<th scope=\"col\">Skillnad</th><th scope=\"col\" class=\"c\">Förklaring</th></tr></thead>\n<tbody>\n");
	for (size_t row = 0; row < sheet->cube->rows; row++)
		write_compared(html, sheet, row);
	html_markup(html, "</tbody></table></div>\n");
}
