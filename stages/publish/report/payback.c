/* The chapter on payback: whether and when each insats pays off, how surely, and for whom. */
#include <stdio.h>
#include <string.h>

#include "stages/publish/diagram/chart.h"
#include "stages/publish/report/report.h"
#include "stages/publish/report/strip.h"
#include "stages/publish/sheet/words.h"

/* The calculation of one insats. */
struct calculation {
	struct report *report;
	const struct sheet *sheet; /* e02 */
	const char *insats, *slug;
};

static struct value of_actor(const struct calculation *calculation, const char *actor, const char *measure)
{
	const char *codes[] = { calculation->insats, actor };
	return value_named(calculation->sheet, measure, codes);
}

/* "(90 % av simuleringarna: 16,1–45,2 månader)" */
static void write_range(struct html *html, const struct value *low, const struct value *high, const char *unit)
{
	if (!value_published(low))
		return;
	html_markup(html, " (i 90\u00A0% av simuleringarna ");
	if (value_published(high)) {
		value_write(html, low);
		html_markup(html, " till ");
		value_write(html, high);
		html_text(html, unit);
	} else {
		html_markup(html, "tidigast efter ");
		value_write(html, low);
		html_texts(html, unit, ", i de sämsta aldrig inom kalkylen", NULL);
	}
	html_markup(html, ")");
}

static void write_strongly(struct html *html, const char *before, const char *middle, const char *after)
{
	html_markup(html, "<strong>");
	html_texts(html, before, middle, after, NULL);
	html_markup(html, "</strong>");
}

static void write_payback(const struct calculation *calculation)
{
	struct html *html = &calculation->report->html;
	char horizon[FORMAT_TEXT];
	struct value start = of_actor(calculation, "SAMHALLE", "aterbetalning_start");
	struct value low = of_actor(calculation, "SAMHALLE", "aterbetalning_p5"), high = of_actor(calculation, "SAMHALLE", "aterbetalning_p95");
	format_number(calculation->report->settings->horisont, 0, horizon);
	switch (start.status) {
	case CELL_PUBLISHED:
		html_markup(html, "<strong>Kostnaden är återbetald efter ");
		value_write(html, &start);
		html_markup(html, " månader från start</strong>");
		write_range(html, &low, &high, " månader");
		html_markup(html, ".");
		break;
	case CELL_PROTECTED:
		html_markup(html, "<strong>Återbetalningstiden är en skyddad uppgift.</strong>");
		break;
	case CELL_MISSING:
		if (of_actor(calculation, "SAMHALLE", "nuvarde").status == CELL_MISSING)
			html_markup(html, "<strong>Återbetalningstiden kan inte beräknas: underlaget räcker inte.</strong>");
		else
			write_strongly(html, "Kostnaden är inte återbetald inom ", horizon, " månader.");
		break;
	}
}

/* On how many the calculation rests, and for how long they were followed. */
static void write_cohort(const struct calculation *calculation)
{
	struct report *report = calculation->report;
	struct html *html = &report->html;
	const struct sheet *sheet = report_sheet(report, "e06_jamforelse");
	const char *codes[] = { calculation->insats, report->settings->underlag == UNDERLAG_SUS ? "sus" : "extrakt", NULL };
	struct strip rates = strip_find(report, sheet, "ranta", codes, false);
	char before[FORMAT_TEXT], after[FORMAT_TEXT];
	if (rates.count == 0)
		return;
	codes[2] = rates.code[0];
	struct value cohort = value_named(sheet, "kohort", codes), linked = value_named(sheet, "andel_lankad", codes);
	format_number(report->settings->fore, 0, before);
	format_number(report->settings->efter, 0, after);
	html_markup(html, "<p class=\"note\">Underlag: ");
	value_write_words(html, &cohort, " avslutade deltagare");
	html_markup(html, ", ");
	value_write_words(html, &linked, "\u00A0% av dem länkade till registren");
	html_texts(html, ". De följs ", before, " månader före insatsen och upp till ", after, " månader efter den.", NULL);
	html_markup(html, "</p>\n");
}

/* The present value, a loss as clear as a gain. The sign is that of the figure as it is printed. */
static void write_present_value(const struct calculation *calculation)
{
	struct html *html = &calculation->report->html;
	char horizon[FORMAT_TEXT];
	struct value value = of_actor(calculation, "SAMHALLE", "nuvarde"), sure = of_actor(calculation, "SAMHALLE", "sannolikhet_lonsam");
	struct value low = of_actor(calculation, "SAMHALLE", "nuvarde_p5"), high = of_actor(calculation, "SAMHALLE", "nuvarde_p95");
	if (value.status == CELL_MISSING)
		return;
	format_number(calculation->report->settings->horisont, 0, horizon);
	html_texts(html, " Nuvärdet över ", horizon, " månader är ", NULL);
	value_write_words(html, &value, "\u00A0kr per deltagare");
	if (value_published(&value))
		html_markup(html, value.number < 0 ? ": insatsen kostar mer än den ger"
			: value.number > 0 ? ": insatsen ger mer än den kostar" : ": insatsen ger lika mycket som den kostar");
	write_range(html, &low, &high, "\u00A0kr");
	html_markup(html, ".");
	if (value_published(&sure)) {
		html_markup(html, " Sannolikheten att insatsen är lönsam är ");
		value_write_words(html, &sure, "\u00A0%");
		html_markup(html, ".");
	}
}

/* Who among the public parties gains most each month, when all three figures are published and somebody gains. */
static void write_winner(const struct calculation *calculation)
{
	static const char *const parties[] = { "STATEN", "KOM", "REG" };
	static const char *const names[] = { "staten", "kommunerna", "regionen" };
	size_t best = 0;
	double most = 0;
	for (size_t i = 0; i < 3; i++) {
		struct value netto = of_actor(calculation, parties[i], "netto_manad");
		if (!value_published(&netto))
			return;
		if (i == 0 || netto.number > most) {
			best = i;
			most = netto.number;
		}
	}
	if (most > 0)
		html_texts(&calculation->report->html, " Av staten, kommunerna och regionen får ", names[best], " det största nettot.", NULL);
}

/* ---- pictures ---- */

/* The curve of an actor; false when no month of it is published. */
static bool read_panel(const struct calculation *calculation, const char *actor, const char *title, struct chart_cash_panel *panel)
{
	struct report *report = calculation->report;
	const struct sheet *flow = report_sheet(report, "e03_kassaflode"), *band = report_sheet(report, "e07_band");
	const char *codes[] = { calculation->insats, actor, NULL };
	struct strip months = strip_find(report, flow, "manad", codes, false);
	const struct value *expected = strip_values(report, flow, &months, "manad", codes, "ackumulerat");
	*panel = (struct chart_cash_panel){ .title = title, .months = months.count, .expected = expected,
		.payback = of_actor(calculation, actor, "aterbetalning_start") };
	if (band != NULL) {
		panel->low = strip_values(report, band, &months, "manad", codes, "ackumulerat_p5");
		panel->high = strip_values(report, band, &months, "manad", codes, "ackumulerat_p95");
	}
	return !report->html.failed && strip_shown(expected, months.count) > 1;
}

static void write_cash(const struct calculation *calculation)
{
	struct report *report = calculation->report;
	struct chart_cash_panel panel;
	if (!read_panel(calculation, "SAMHALLE", NULL, &panel))
		return;
	const char *name = report_print(report, "insats-%s-kassaflode", calculation->slug);
	struct chart_cash cash = { .chart = { .name = name, .title = report_print(report, "Samhällets kassaflöde: %s", calculation->insats),
		.subtitle = "Ackumulerade kronor per deltagare från start, i dagens värde; ljus yta: 90 % av simuleringarna" },
		.panels = 1, .panel = &panel };
	struct svg svg = report_svg(report);
	chart_cash(&svg, &cash);
	report_picture(report, &svg, name, "e03_kassaflode");
}

static void write_parties(const struct calculation *calculation)
{
	static const struct {
		const char *code, *title;
	} actors[] = { { "STATEN", "Staten" }, { "KOM", "Kommunerna" }, { "REG", "Regionen" }, { "OFFENTLIG", "Offentlig sektor" } };
	struct report *report = calculation->report;
	struct chart_cash_panel panel[4];
	size_t panels = 0;
	for (size_t i = 0; i < sizeof actors / sizeof *actors; i++)
		panels += read_panel(calculation, actors[i].code, actors[i].title, &panel[panels]);
	if (panels == 0)
		return;
	const char *name = report_print(report, "insats-%s-parter", calculation->slug);
	struct chart_cash cash = { .chart = { .name = name, .title = report_print(report, "Parternas kassaflöden: %s", calculation->insats),
		.subtitle = "Ackumulerade kronor per deltagare från start, alla på samma skala; ring: månaden då kostnaden är återbetald" },
		.panels = panels, .panel = panel };
	if (panels == 1)
		return;
	struct svg svg = report_svg(report);
	chart_cash(&svg, &cash);
	report_picture(report, &svg, name, "e03_kassaflode");
}

static void write_sensitivity(const struct calculation *calculation)
{
	struct report *report = calculation->report;
	const struct sheet *sheet = report_sheet(report, "e04_kanslighet");
	const char *codes[] = { calculation->insats, NULL, "lag" };
	struct strip strip = strip_find(report, sheet, "parameter", codes, false);
	const struct value *low = strip_values(report, sheet, &strip, "parameter", codes, "nuvarde");
	codes[2] = "hog";
	const struct value *high = strip_values(report, sheet, &strip, "parameter", codes, "nuvarde");
	struct chart_assumption *assumption = report_take(report, strip.count, sizeof *assumption);
	struct value centre = of_actor(calculation, "SAMHALLE", "nuvarde");
	if (assumption == NULL || low == NULL || high == NULL || !value_published(&centre) ||
		strip_shown(low, strip.count) + strip_shown(high, strip.count) < 2)
		return;
	for (size_t i = 0; i < strip.count; i++)
		assumption[i] = (struct chart_assumption){ .name = strip.label[i], .low = low[i], .high = high[i] };
	const char *name = report_print(report, "insats-%s-kanslighet", calculation->slug);
	struct chart_tornado tornado = { .chart = { .name = name, .title = report_print(report, "Vad resultatet är känsligt för: %s", calculation->insats),
		.subtitle = "Samhällets nuvärde, kronor per deltagare, när ett antagande i taget är lågt eller högt" }, .centre = centre,
		.unit = "\u00A0kr", .assumptions = strip.count, .assumption = assumption };
	struct svg svg = report_svg(report);
	chart_tornado(&svg, &tornado);
	report_picture(report, &svg, name, "e04_kanslighet");
}

/* ---- an insats ---- */

static void write_insats(struct report *report, const struct sheet *sheet, size_t number)
{
	struct html *html = &report->html;
	struct calculation calculation = { .report = report, .sheet = sheet, .insats = report->settings->insats[number].name,
		.slug = report_insats_slug(report, number) };
	struct value netto = of_actor(&calculation, "SAMHALLE", "netto_manad"), cost = of_actor(&calculation, "SAMHALLE", "kostnad");
	if (netto.row == CUBE_NO_ROW)
		return;
	html_markup(html, "<h3>");
	html_texts(html, "Återbetalning: ", calculation.insats, NULL);
	html_markup(html, "</h3>\n<p>");
	if (netto.status == CELL_MISSING) {
		html_markup(html, report->publication->rounded == NULL ? "Ingen kalkyl: ingen avslutad deltagare har följts tillräckligt länge.</p>\n"
			: "Ingen kalkyl: ingen avslutad deltagare, eller för få, har följts tillräckligt länge.</p>\n");
		return;
	}
	if (netto.status == CELL_PROTECTED && cost.status == CELL_PROTECTED) {
		html_markup(html, "Kalkylen bygger på för få avslutade deltagare och är en skyddad uppgift.</p>\n");
		return;
	}
	write_payback(&calculation);
	html_markup(html, " En hel medverkan kostar i genomsnitt ");
	value_write_words(html, &cost, "\u00A0kr");
	html_markup(html, " per deltagare, och samhällets netto efter insatsen är ");
	value_write_words(html, &netto, "\u00A0kr per månad");
	html_markup(html, ".");
	write_present_value(&calculation);
	write_winner(&calculation);
	html_markup(html, "</p>\n");
	write_cohort(&calculation);
	write_cash(&calculation);
	struct pivot pivot = { .sheet = sheet, .title = "Kostnad, netto och återbetalningstid per aktör", .down = "aktor",
		.detail = "kronor och månader per deltagare", .across = "matt", .sparing = true,
		.measures = "kostnad netto_manad aterbetalning_start aterbetalning_avslut nuvarde" };
	pivot_fix(&pivot, "insats", calculation.insats);
	(void)pivot_write(html, &pivot);
	write_parties(&calculation);
	write_sensitivity(&calculation);
}

/* The calculation on other grounds: the other base and other rates, and with the levelling of taxes between municipalities. */
static void write_compared(struct report *report)
{
	const struct sheet *levelled = report_sheet(report, "e08_utjamning");
	report_fold(report, "Kalkylen med andra underlag, räntor och inkomstutjämning");
	(void)pivot_write(&report->html, &(struct pivot){ .sheet = report_sheet(report, "e06_jamforelse"), .title = "Samhällets kalkyl på två underlag",
		.down = "insats underlag ranta", .across = "matt", .detail = "kronor och månader per deltagare", .sparing = true });
	if (levelled != NULL && levelled->cube->rows > 0)
		(void)pivot_write(&report->html, &(struct pivot){ .sheet = levelled, .title = "Med och utan inkomstutjämning",
			.down = "insats aktor utjamning", .across = "matt", .detail = "kronor och månader per deltagare", .sparing = true });
	report_unfold(report);
}

/* On what the calculation rests, from the settings. */
static void write_assumptions(struct html *html, const struct settings *settings)
{
	char rate[WORDS_TEXT], dead[WORDS_TEXT], fading[WORDS_TEXT], horizon[FORMAT_TEXT];
	words_per_cent(settings->kalkylranta, rate);
	words_uncertain(&settings->dodvikt, dead);
	words_uncertain(&settings->avtagande, fading);
	format_number(settings->horisont, 0, horizon);
	html_paragraph(html, "Kalkylen jämför deltagarnas försörjning, arbete och vård före och efter insatsen. Den sträcker sig ",
		horizon, " månader från start med ", rate, " kalkylränta om året. Dödvikt (det som hade hänt ändå): ", dead,
		". Avtagande effekt om året: ", fading, ". Ett negativt netto betyder att aktören förlorar på insatsen.", NULL);
}

void report_payback(struct report *report)
{
	struct html *html = &report->html;
	const struct sheet *sheet = report_sheet(report, "e02_aterbetalning"), *potential = report_sheet(report, "e05_potential");
	html_markup(html, "<h2 id=\"aterbetalning\">Återbetalning</h2>\n");
	if (sheet == NULL || sheet->cube->rows == 0) {
		html_markup(html, "<p>Ingen återbetalningskalkyl redovisas.</p>\n");
		return;
	}
	write_assumptions(html, report->settings);
	for (size_t i = 0; i < report->settings->insats_count; i++)
		write_insats(report, sheet, i);
	write_compared(report);
	if (potential == NULL || potential->cube->rows == 0)
		return;
	html_markup(html, "<h3>Hur stor del av den möjliga vinsten nåddes?</h3>\n");
	(void)pivot_write(html, &(struct pivot){ .sheet = potential, .title = "Möjlig och uppnådd vinst för samhället",
		.down = "insats", .across = "matt", .detail = "kronor per deltagare och månad", .sparing = true });
}
