/* The summary: every goal with its outcome in words and its verdict. */
#include <string.h>

#include "stages/publish/format.h"
#include "stages/publish/report.h"
#include "stages/publish/words.h"

/* A verdict as shown: a sign beside the word, so that nothing hangs on colour. */
struct verdict {
	const char *code, *class, *icon;
};
static const struct verdict verdicts[] = {
	{ "uppfyllt", "v yes", "✓" },
	{ "uppfyllt_osakert", "v yes unsure", "(✓)" },
	{ "ej_uppfyllt", "v no", "✗" },
	{ "ej_uppfyllt_osakert", "v no unsure", "(✗)" },
	{ "ej_bedombart", "v none", "○" },
};

/* Cells of the row of g01 that is being written. */
struct outcome {
	const struct sheet *sheet;
	size_t row;
};

static bool is_published(const struct outcome *outcome, const char *measure)
{
	return cube_cell(outcome->sheet->cube, outcome->row, cube_measure(outcome->sheet->cube, measure))->status ==
		CELL_PUBLISHED;
}

static const char *cell(const struct outcome *outcome, const char *measure, char text[FORMAT_TEXT])
{
	return format_cell(outcome->sheet, outcome->row, cube_measure(outcome->sheet->cube, measure), text);
}

static enum cell_status status_of(const struct outcome *outcome, const char *measure)
{
	return cube_cell(outcome->sheet->cube, outcome->row, cube_measure(outcome->sheet->cube, measure))->status;
}

static const char *unit_of(const struct goal *goal)
{
	if (goal == NULL)
		return "";
	switch (goal->unit) {
	case GOAL_UNIT_COUNT:
		return "";
	case GOAL_UNIT_PER_CENT:
		return "\u00A0%";
	case GOAL_UNIT_KR:
		return "\u00A0kr";
	case GOAL_UNIT_MONTHS:
		return " månader";
	}
	return "";
}

/* "14 av 40; 95 % konfidensintervall 22,1–50,5 %" in parentheses, as far as it is published. */
static void write_base(struct html *html, const struct outcome *outcome)
{
	char a[FORMAT_TEXT], b[FORMAT_TEXT], level[WORDS_TEXT];
	bool counts = is_published(outcome, "taljare") && is_published(outcome, "namnare");
	bool interval = is_published(outcome, "ki_lag") && is_published(outcome, "ki_hog");
	if (!counts && !interval)
		return;
	html_markup(html, " (");
	if (counts)
		html_texts(html, cell(outcome, "taljare", a), " av ", cell(outcome, "namnare", b), NULL);
	html_markup(html, counts && interval ? "; " : "");
	if (interval) {
		words_per_cent(outcome->sheet->settings->konfidensgrad, level);
		html_texts(html, level, " konfidensintervall ", cell(outcome, "ki_lag", a), "–", cell(outcome, "ki_hog", b),
			unit_of(sheet_goal(outcome->sheet, outcome->row)), NULL);
	}
	html_markup(html, ")");
}

static void write_outcome(struct html *html, const struct outcome *outcome)
{
	char text[FORMAT_TEXT];
	html_markup(html, "<td>");
	switch (status_of(outcome, "utfall")) {
	case CELL_PUBLISHED:
		html_texts(html, cell(outcome, "utfall", text), unit_of(sheet_goal(outcome->sheet, outcome->row)), NULL);
		write_base(html, outcome);
		break;
	case CELL_PROTECTED:
		html_markup(html, "skyddad uppgift");
		break;
	case CELL_MISSING:
		html_markup(html, "kan inte beräknas");
		break;
	}
	html_markup(html, "</td>");
}

static void write_verdict(struct html *html, const struct outcome *outcome)
{
	char text[FORMAT_TEXT];
	size_t measure = cube_measure(outcome->sheet->cube, "bedomning");
	const struct cell *bedomning = cube_cell(outcome->sheet->cube, outcome->row, measure);
	const char *code = bedomning->status == CELL_PUBLISHED && bedomning->text != NULL ? bedomning->text : "";
	const struct verdict *verdict = NULL;
	for (size_t i = 0; i < sizeof verdicts / sizeof *verdicts; i++)
		if (strcmp(verdicts[i].code, code) == 0)
			verdict = &verdicts[i];
	html_markup(html, "<td><span class=\"");
	html_markup(html, verdict == NULL ? "v none" : verdict->class);
	html_markup(html, "\"><i aria-hidden=\"true\">");
	html_markup(html, verdict == NULL ? FORMAT_PROTECTED : verdict->icon);
	html_markup(html, "</i> ");
	if (bedomning->status == CELL_PROTECTED)
		html_markup(html, "Skyddad uppgift");
	else
		html_text(html, cell(outcome, "bedomning", text));
	html_markup(html, "</span></td>");
}

static void write_goal(struct html *html, const struct outcome *outcome, bool first, size_t goals, size_t insats)
{
	char text[FORMAT_TEXT];
	html_markup(html, "<tr>");
	if (first) {
		html_markup(html, "<th scope=\"rowgroup\" rowspan=\"");
		html_number(html, goals);
		html_markup(html, "\"><a href=\"#insats-");
		html_number(html, insats + 1);
		html_markup(html, "\">");
		html_text(html, outcome->sheet->settings->insats[insats].name);
		html_markup(html, "</a></th>");
	}
	html_markup(html, "<th scope=\"row\">");
	html_text(html, cell(outcome, "matt_namn", text));
	html_markup(html, "</th><td>");
	html_text(html, cell(outcome, "krav", text));
	html_markup(html, "</td>");
	write_outcome(html, outcome);
	write_verdict(html, outcome);
	html_markup(html, "</tr>\n");
}

/* The goals of one insats: its rows stand together, ordered by number. */
static void write_insats(struct html *html, const struct sheet *sheet, size_t insats)
{
	size_t goals = 0, first = 0;
	for (size_t row = sheet->cube->rows; row-- > 0;)
		if (strcmp(cube_code_of(sheet->cube, row, 0), sheet->settings->insats[insats].name) == 0) {
			goals++;
			first = row;
		}
	if (goals == 0)
		return;
	html_markup(html, "<tbody>\n");
	for (size_t i = 0; i < goals; i++)
		write_goal(html, &(struct outcome){ .sheet = sheet, .row = first + i }, i == 0, goals, insats);
	html_markup(html, "</tbody>\n");
}

void report_goals(struct html *html, const struct publication *publication)
{
	const struct sheet *sheet = publication_sheet(publication, "g01_mal");
	html_markup(html, "<h2 id=\"sammanfattning\">Sammanfattning: nåddes målen?</h2>\n");
	if (sheet == NULL || sheet->cube->rows == 0) {
		html_markup(html, "<p>Inga mål redovisas.</p>\n");
		return;
	}
	html_markup(html, "<p>En bedömning är osäker när kravet ligger inom konfidensintervallet: med så få personer kan "
		"utfallet bero på slumpen.</p>\n<div class=\"scroll\"><table class=\"goals\">\n"
		"<caption>Insatsernas mål, utfall och bedömning</caption>\n<thead>\n<tr><th scope=\"col\">Insats</th>"
		"<th scope=\"col\">Mål</th><th scope=\"col\">Krav</th><th scope=\"col\">Utfall</th>"
		"<th scope=\"col\">Bedömning</th></tr>\n</thead>\n");
	for (size_t insats = 0; insats < publication->settings->insats_count; insats++)
		write_insats(html, sheet, insats);
	html_markup(html, "</table></div>\n");
}
