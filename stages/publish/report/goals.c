/* The summary: how many goals were met, each goal with its outcome and verdict, as picture and as table. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "stages/publish/diagram/chart.h"
#include "stages/publish/page/value.h"
#include "stages/publish/report/report.h"
#include "stages/publish/sheet/verdict.h"
#include "stages/publish/sheet/words.h"

/* By tone: the class in the page and the colour in the picture; an uncertain verdict has a neutral one. */
static const char *const classes[] = { "v yes", "v no", "v unsure", "v none" };
static const char *const colours[] = { "#17632a", "#a01c1c", "#444444", "#555555" };

/* A row of g01. */
struct outcome {
	const struct sheet *sheet;
	size_t row, insats;
	const struct goal *goal; /* NULL: the settings have no such goal */
	struct value utfall, taljare, namnare, low, high;
	const struct verdict *verdict;
	const char *name, *krav; /* as they are printed */
};

static struct value value_at(const struct sheet *sheet, size_t row, const char *measure)
{
	return value_of(sheet, row, cube_measure(sheet->cube, measure));
}

static struct outcome read_outcome(struct report *report, const struct sheet *sheet, size_t row, size_t insats)
{
	char text[FORMAT_TEXT], krav[WORDS_TEXT];
	struct outcome outcome = { .sheet = sheet, .row = row, .insats = insats, .goal = sheet_goal(sheet, row),
		.utfall = value_at(sheet, row, "utfall"), .taljare = value_at(sheet, row, "taljare"),
		.namnare = value_at(sheet, row, "namnare"), .low = value_at(sheet, row, "ki_lag"), .high = value_at(sheet, row, "ki_hog"),
		.verdict = verdict_shown(sheet, row) };
	outcome.name = format_cell(sheet, row, cube_measure(sheet->cube, "matt_namn"), text);
	outcome.krav = format_cell(sheet, row, cube_measure(sheet->cube, "krav"), text);
	if (outcome.goal != NULL) {
		words_requirement(outcome.goal, krav);
		outcome.krav = report_print(report, "%s", krav);
	}
	return outcome;
}

/* The goals in the order of the settings. */
static struct outcome *read_outcomes(struct report *report, const struct sheet *sheet, size_t *count)
{
	struct outcome *outcome = report_take(report, sheet->cube->rows, sizeof *outcome);
	*count = 0;
	for (size_t i = 0; outcome != NULL && i < report->settings->insats_count; i++)
		for (size_t row = 0; row < sheet->cube->rows; row++)
			if (strcmp(cube_code_of(sheet->cube, row, 0), report->settings->insats[i].name) == 0)
				outcome[(*count)++] = read_outcome(report, sheet, row, i);
	return outcome;
}

/* ---- the count of verdicts ---- */

static void write_tally(struct html *html, const struct outcome *outcome, size_t count)
{
	html_markup(html, "<p>");
	html_number(html, count);
	html_markup(html, " mål följs upp.");
	html_markup(html, "</p>\n<ul class=\"tally\">");
	for (size_t v = 0; v < VERDICTS; v++) {
		const struct verdict *verdict = &verdicts[v];
		size_t of = 0;
		for (size_t i = 0; i < count; i++)
			of += outcome[i].verdict == verdict;
		if (of == 0)
			continue;
		html_markup(html, "<li><span class=\"");
		html_markup(html, classes[verdict->tone]);
		html_markup(html, "\"><i aria-hidden=\"true\">");
		html_markup(html, verdict->sign);
		html_markup(html, "</i> <strong>");
		html_number(html, of);
		html_markup(html, "</strong> ");
		html_text(html, verdict->word);
		html_markup(html, "</span></li>");
	}
	html_markup(html, "</ul>\n");
}

/* ---- what else the summary says ---- */

/* "424 personer deltog (268 kvinnor och 156 män)." */
static void write_people(struct report *report)
{
	struct html *html = &report->html;
	const struct sheet *sheet = report_sheet(report, "i01_deltagare");
	const char *codes[] = { CUBE_TOTAL, CUBE_TOTAL, CUBE_TOTAL };
	struct value all = value_named(sheet, "personer", codes);
	codes[2] = "K";
	struct value women = value_named(sheet, "personer", codes);
	codes[2] = "M";
	struct value men = value_named(sheet, "personer", codes);
	if (!value_published(&all) || all.row == CUBE_NO_ROW)
		return;
	html_markup(html, "<p><strong>");
	value_write(html, &all);
	html_markup(html, " personer</strong> deltog i insatser");
	if (value_published(&women) && value_published(&men)) {
		html_markup(html, ": ");
		value_write(html, &women);
		html_markup(html, " kvinnor och ");
		value_write(html, &men);
		html_markup(html, " män");
	}
	html_markup(html, ".</p>\n");
}

/* Whether each insats pays off, a line each: a loss as plainly as a gain. */
static void write_paybacks(struct report *report)
{
	struct html *html = &report->html;
	const struct sheet *sheet = report_sheet(report, "e02_aterbetalning");
	bool any = false;
	for (size_t i = 0; i < report->settings->insats_count; i++) {
		const char *codes[] = { report->settings->insats[i].name, "SAMHALLE" };
		struct value value = value_named(sheet, "nuvarde", codes), start = value_named(sheet, "aterbetalning_start", codes);
		if (!value_published(&value) || value.row == CUBE_NO_ROW)
			continue;
		html_markup(html, any ? "<li>" : "<p>Lönar sig insatserna för samhället?</p>\n<ul><li>");
		any = true;
		html_texts(html, codes[0], ": ", NULL);
		if (value_published(&start)) {
			html_markup(html, "kostnaden är återbetald efter ");
			value_write(html, &start);
			html_markup(html, " månader från start; ");
		} else if (start.status == CELL_MISSING)
			html_markup(html, "kostnaden är inte återbetald inom kalkylen; ");
		html_markup(html, "nuvärdet är ");
		value_write(html, &value);
		html_markup(html, value.number < 0 ? "\u00A0kr per deltagare, en förlust.</li>\n" : "\u00A0kr per deltagare.</li>\n");
	}
	html_markup(html, any ? "</ul>\n" : "");
}

/* ---- the picture ---- */

static struct chart_goal bullet_of(struct report *report, const struct outcome *outcome, bool first)
{
	const struct goal *goal = outcome->goal;
	struct chart_goal bullet = { .group = first ? report->settings->insats[outcome->insats].name : NULL, .unit = words_unit(goal),
		.text = report_print(report, "%s: %s", outcome->name, outcome->krav), .outcome = outcome->utfall, .low = outcome->low,
		.high = outcome->high, .require_low = -(double)INFINITY, .require_high = (double)INFINITY, .icon = outcome->verdict->sign,
		.verdict = outcome->verdict->word, .colour = colours[outcome->verdict->tone] };
	if (goal == NULL)
		return bullet;
	if (goal->form != GOAL_HOGST)
		bullet.require_low = goal->low;
	if (goal->form != GOAL_MINST)
		bullet.require_high = goal->high;
	bullet.end = goal->unit == GOAL_UNIT_PER_CENT ? 100 : 0;
	return bullet;
}

#define PICTURE_GOALS 10 /* goals in a picture: what fits on a page of paper */

/* The goals whose outcome is published: there is nothing to draw of the others, which the table has. */
static void write_picture(struct report *report, const struct outcome *outcome, size_t count, const char *name)
{
	struct chart_goal *bullet = report_take(report, count, sizeof *bullet);
	size_t goals = 0, last = SIZE_MAX;
	for (size_t i = 0; bullet != NULL && i < count; i++)
		if (value_published(&outcome[i].utfall)) {
			bullet[goals++] = bullet_of(report, &outcome[i], outcome[i].insats != last);
			last = outcome[i].insats;
		}
	if (bullet == NULL || goals == 0)
		return;
	struct chart_bullet chart = { .chart = { .name = name, .title = "Målen: utfall mot krav",
		.subtitle = "Varje mål har sin egen skala. Lodrätt streck: kravet; ljus yta: där kravet är nått; "
			"smal linje: konfidensintervall.", .note = goals < count ? "Mål vars utfall är skyddat eller inte kan beräknas står bara i tabellen." : NULL },
		.goals = goals, .goal = bullet };
	struct svg svg = report_svg(report);
	chart_bullet(&svg, &chart);
	report_picture(report, &svg, name, "g01_mal");
}

/* All goals in one picture, or in several that part between insatser. */
static void write_pictures(struct report *report, const struct outcome *outcome, size_t count)
{
	size_t number = 0;
	for (size_t first = 0, end; first < count; first = end) {
		end = first + 1;
		for (size_t next = end; next <= count && next - first <= PICTURE_GOALS; next++)
			if (next == count || outcome[next].insats != outcome[next - 1].insats)
				end = next;
		while (end < count && outcome[end].insats == outcome[end - 1].insats)
			end++;
		number++;
		write_picture(report, outcome + first, end - first, first == 0 && end == count ? "mal" : report_print(report, "mal-%zu", number));
	}
}

/* ---- the table ---- */

/* "14 av 40; 95 % konfidensintervall 22,1–50,5 %" in parentheses, as far as it is published. */
static void write_base(struct report *report, const struct outcome *outcome)
{
	struct html *html = &report->html;
	char level[WORDS_TEXT];
	bool counts = value_published(&outcome->taljare) && value_published(&outcome->namnare);
	bool interval = value_published(&outcome->low) && value_published(&outcome->high);
	if (!counts && !interval)
		return;
	html_markup(html, " (");
	if (counts) {
		value_write(html, &outcome->taljare);
		html_markup(html, " av ");
		value_write(html, &outcome->namnare);
		if (outcome->goal != NULL && outcome->goal->measure == GOAL_KONSFORDELNING)
			html_markup(html, " med känt kön");
	}
	html_markup(html, counts && interval ? "; " : "");
	if (interval) {
		words_per_cent(report->settings->konfidensgrad, level);
		html_texts(html, level, " konfidensintervall ", NULL);
		value_write(html, &outcome->low);
		html_markup(html, "–");
		value_write(html, &outcome->high);
		html_text(html, words_unit(outcome->goal));
	}
	html_markup(html, ")");
}

/* How much of a requirement on a number of persons or exits is reached; other goals have no pace. It follows from the outcome as
   printed and the settings alone. */
static void write_pace(struct html *html, const struct outcome *outcome)
{
	const struct goal *goal = outcome->goal;
	char share[FORMAT_TEXT];
	double asked = goal == NULL ? 0 : goal->form == GOAL_MINST ? goal->low : goal->form == GOAL_HOGST ? goal->high : (goal->low + goal->high) / 2;
	if (goal == NULL || goal->base != GOAL_NUMBER || goal->unit != GOAL_UNIT_COUNT || asked <= 0)
		return;
	format_number(100 * outcome->utfall.number / asked, 0, share);
	html_texts(html, " (", share, "\u00A0% av ", goal->form == GOAL_HOGST ? "taket)" : "kravet)", NULL);
}

static void write_outcome(struct report *report, const struct outcome *outcome, bool pace)
{
	struct html *html = &report->html;
	html_markup(html, "<td>");
	value_write_words(html, &outcome->utfall, words_unit(outcome->goal));
	if (value_published(&outcome->utfall) && pace)
		write_pace(html, outcome);
	if (value_published(&outcome->utfall))
		write_base(report, outcome);
	html_markup(html, "</td>");
}

static void write_verdict(struct html *html, const struct verdict *verdict)
{
	html_markup(html, "<td><span class=\"");
	html_markup(html, classes[verdict->tone]);
	html_markup(html, "\"><i aria-hidden=\"true\">");
	html_markup(html, verdict->sign);
	html_markup(html, "</i> ");
	html_text(html, verdict->word);
	html_markup(html, "</span></td>");
}

static void write_goal(struct report *report, const struct outcome *outcome, bool pace)
{
	struct html *html = &report->html;
	html_markup(html, "<tr><th scope=\"row\">");
	html_texts(html, outcome->name, ": ", outcome->krav, NULL);
	html_markup(html, "</th>");
	write_outcome(report, outcome, pace);
	write_verdict(html, outcome->verdict);
	html_markup(html, "</tr>\n");
}

static void write_insats(struct report *report, const struct outcome *outcome)
{
	struct html *html = &report->html;
	html_markup(html, "<tbody>\n<tr><th scope=\"rowgroup\" colspan=\"3\"><a href=\"#insats-");
	html_number(html, outcome->insats + 1);
	html_markup(html, "\">");
	html_text(html, report->settings->insats[outcome->insats].name);
	html_markup(html, "</a></th></tr>\n");
}

/* Three columns: a phone has room for them. */
static void write_table(struct report *report, const struct outcome *outcome, size_t count, bool pace)
{
	struct html *html = &report->html;
	html_markup(html, "<table class=\"goals\">\n<caption>Insatsernas mål, utfall och bedömning</caption>\n<thead>\n"
		"<tr><th scope=\"col\">Mål och krav</th><th scope=\"col\">Utfall</th><th scope=\"col\">Bedömning</th></tr>\n</thead>\n");
	for (size_t i = 0; i < count;) {
		size_t goals = 1;
		while (i + goals < count && outcome[i + goals].insats == outcome[i].insats)
			goals++;
		write_insats(report, &outcome[i]);
		for (size_t k = 0; k < goals; k++)
			write_goal(report, &outcome[i + k], pace);
		html_markup(html, "</tbody>\n");
		i += goals;
	}
	html_markup(html, "</table>\n");
}

/* How much of the year the period is, where it is less than one. */
static void write_part_of_year(struct report *report, int months)
{
	char share[WORDS_TEXT], of[32];
	words_per_cent(round(100.0 * months / 12) / 100, share);
	(void)snprintf(of, sizeof of, "%d", months);
	html_paragraph(&report->html, settings_first_month(report->settings) % 12 == 0 ? "Av året har " : "Perioden är ", of, " av 12 månader",
		settings_first_month(report->settings) % 12 == 0 ? " gått, " : ", ", share,
		". Kraven jämförs med periodens utfall. För ett krav på antal står hur stor del av kravet som är nådd; andelar, kostnader och "
		"kötider jämförs som de är.", NULL);
}

void report_goals(struct report *report)
{
	struct html *html = &report->html;
	const struct sheet *sheet = report_sheet(report, "g01_mal");
	size_t count = 0;
	int months;
	html_markup(html, "<h2 id=\"sammanfattning\">Sammanfattning</h2>\n");
	write_people(report);
	write_paybacks(report);
	html_markup(html, "<h3>Nåddes målen?</h3>\n");
	struct outcome *outcome = sheet == NULL ? NULL : read_outcomes(report, sheet, &count);
	if (outcome == NULL || count == 0) {
		html_markup(html, "<p>Inga mål redovisas.</p>\n");
		return;
	}
	bool pace = report_part_of_year(report, &months);
	write_tally(html, outcome, count);
	html_markup(html, "<p>En bedömning är osäker när kravet ligger inom konfidensintervallet: med så få personer kan "
		"utfallet bero på slumpen.</p>\n");
	if (pace)
		write_part_of_year(report, months);
	write_table(report, outcome, count, pace);
	write_pictures(report, outcome, count);
}
