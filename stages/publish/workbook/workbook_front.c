/* The sheets that explain the others: Läs mig, Mål, Innehåll and Definitioner. */
#include <stdio.h>
#include <string.h>

#include "pipeline/version.h"
#include "stages/publish/sheet/format.h"
#include "stages/publish/sheet/verdict.h"
#include "stages/publish/sheet/words.h"
#include "stages/publish/workbook/workbook_parts.h"

/* ---- Läs mig ---- */

#define README_WIDTH 70.0

/* A paragraph in the single wide column, as high as its text needs: Excel sizes no row that was never edited. */
static void paragraph(struct book *book, lxw_worksheet *sheet, size_t *row, const char *text, enum book_style style)
{
	if (book->failed || text == NULL)
		return;
	if (style == BOOK_PARAGRAPH)
		book_check(book, worksheet_set_row(sheet, (lxw_row_t)*row, BOOK_ROW * (double)book_lines(text, README_WIDTH) + 4, NULL));
	book_text(book, sheet, (*row)++, 0, text, style);
}

static void write_reading(struct book *book, lxw_worksheet *sheet, size_t *row)
{
	const struct settings *settings = book->publication->settings;
	paragraph(book, sheet, row, "Så läser du tabellerna", BOOK_SUBTITLE);
	paragraph(book, sheet, row, book->publication->rounded, BOOK_PARAGRAPH);
	paragraph(book, sheet, row, book->publication->rounded != NULL
		? FORMAT_PROTECTED "  skyddad uppgift: den kan bygga på för få personer, eller behövs för att en sådan uppgift inte ska gå att räkna ut."
		: book_print(book, FORMAT_PROTECTED "  skyddad uppgift: den bygger på färre än %d personer, eller "
			"behövs för att en sådan uppgift inte ska gå att räkna ut.", settings->minsta_antal), BOOK_PARAGRAPH);
	bool earlier = false;
	for (size_t i = 0; i < book->publication->sheets; i++)
		earlier = earlier || book->publication->sheet[i].earlier;
	if (earlier)
		paragraph(book, sheet, row, SHEET_EARLIER " De tabellerna har en anmärkning under rubriken.", BOOK_PARAGRAPH);
	paragraph(book, sheet, row, FORMAT_MISSING "  kan inte beräknas. En kombination som inte förekommer är noll.", BOOK_PARAGRAPH);
	paragraph(book, sheet, row, "Totalt räknar varje person eller deltagande en gång. En person kan höra till flera grupper, och "
		"varje siffra avrundas för sig: delar kan därför summera till mer eller mindre än totalen.", BOOK_PARAGRAPH);
	paragraph(book, sheet, row, "Ett utelämnat värde ska inte räknas fram: använd totalerna som står i tabellerna.", BOOK_PARAGRAPH);
}

void book_readme(struct book *book)
{
	const struct settings *settings = book->publication->settings;
	char period[WORDS_TEXT], day[WORDS_TEXT];
	size_t row = 0;
	lxw_worksheet *sheet = book_sheet(book, "Läs mig", false);
	if (sheet == NULL)
		return;
	book_check(book, worksheet_set_column(sheet, 0, 0, README_WIDTH, NULL));
	words_period(settings->period_from, settings->period_to, period);
	words_day(settings->uttagsdatum, day);
	book_title(book, sheet, settings->namn);
	row++;
	paragraph(book, sheet, &row, book_print(book, "Målgrupper, insatser och resultat %s", period), BOOK_SUBTITLE);
	paragraph(book, sheet, &row, book_print(book, "%s%s.", book->publication->standing,
		book->publication->approved ? "" : ": siffrorna kan ändras tills årets utvärdering är godkänd"), BOOK_PARAGRAPH);
	row++;
	paragraph(book, sheet, &row, "Vad arbetsboken innehåller", BOOK_SUBTITLE);
	paragraph(book, sheet, &row, "Mål: varje insats mål, utfall och bedömning. Innehåll: länkar till tabellerna. Diagram: "
		"färdiga diagram som kan klistras in i ett dokument. En flik per tabell. Data: alla siffror, en per rad, för "
		"pivottabeller; den är inte gjord för att skrivas ut, och dess utskriftsområde är bara rubrikraden. Definitioner: vad varje "
		"tabell och mått betyder.", BOOK_PARAGRAPH);
	row++;
	write_reading(book, sheet, &row);
	row++;
	paragraph(book, sheet, &row, "Källa", BOOK_SUBTITLE);
	paragraph(book, sheet, &row, book_print(book, "Extrakt från parterna och uppföljningsregistret, uttag %s. Framställd med "
		"finsamstat " FINSAMSTAT_VERSION ". Samma siffror finns i mapparna data, excel och px och i rapport.html.", day),
		BOOK_PARAGRAPH);
}

/* ---- Mål ---- */

static const char *unit_of(const struct goal *goal)
{
	if (goal == NULL)
		return "";
	switch (goal->unit) {
	case GOAL_UNIT_COUNT:
		return "antal";
	case GOAL_UNIT_PER_CENT:
		return "procent";
	case GOAL_UNIT_KR:
		return "kronor";
	case GOAL_UNIT_MONTHS:
		return "månader";
	}
	return "";
}

#define GOAL_COLUMNS 10
static const double goal_widths[GOAL_COLUMNS] = { 24, 28, 28, 10, 10, 10, 10, 14, 14, 24 };

static void write_goal(struct book *book, lxw_worksheet *sheet, size_t row, const struct sheet *goals, size_t cube_row)
{
	static const char *const measures[] = { "matt_namn", "krav", "utfall", NULL, "taljare", "namnare", "ki_lag", "ki_hog" };
	size_t most = book_lines(sheet_label(goals, cube_row, 0), goal_widths[0]);
	char text[FORMAT_TEXT];
	book_text(book, sheet, row, 0, sheet_label(goals, cube_row, 0), BOOK_TEXT);
	for (size_t i = 0; i < sizeof measures / sizeof *measures; i++) {
		size_t measure = measures[i] == NULL ? 0 : cube_measure(goals->cube, measures[i]);
		if (measures[i] == NULL)
			book_text(book, sheet, row, i + 1, unit_of(sheet_goal(goals, cube_row)), BOOK_TEXT);
		else
			book_cell(book, sheet, row, i + 1, goals, cube_row, measure, false);
		size_t lines = i < 2 ? book_lines(format_cell(goals, cube_row, measure, text), goal_widths[i + 1]) : 1;
		most = lines > most ? lines : most;
	}
	static const enum book_style styles[] = { BOOK_YES, BOOK_NO, BOOK_UNSURE, BOOK_UNSURE }; /* by tone */
	const struct verdict *verdict = verdict_shown(goals, cube_row);
	const char *words = book_print(book, "%s %s", verdict->sign, verdict->word);
	if (words == NULL)
		return;
	book_text(book, sheet, row, GOAL_COLUMNS - 1, words, styles[verdict->tone]);
	size_t lines = book_lines(words, goal_widths[GOAL_COLUMNS - 1] * 0.9); /* bold */
	book_check(book, worksheet_set_row(sheet, (lxw_row_t)row, BOOK_ROW * (double)(lines > most ? lines : most), NULL));
}

void book_goals(struct book *book)
{
	static const char *const heads[GOAL_COLUMNS] = { "Insats", "Mål", "Krav", "Utfall", "Enhet", "Täljare", "Nämnare",
		"Intervall, nedre gräns", "Intervall, övre gräns", "Bedömning" };
	const struct sheet *goals = publication_sheet(book->publication, "g01_mal");
	size_t row = 4;
	if (goals == NULL || goals->cube->rows == 0)
		return;
	lxw_worksheet *sheet = book_sheet(book, "Mål", true);
	if (sheet == NULL)
		return;
	book_title(book, sheet, "Nåddes målen?");
	book_text(book, sheet, 1, 0, "En bedömning är osäker när kravet ligger inom konfidensintervallet: med så få personer kan utfallet "
		"bero på slumpen.", BOOK_REMARK);
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
		bool text = i < 3 || i == 4 || i == 9;
		book_text(book, sheet, 3, i, heads[i], text ? BOOK_HEAD_BESIDE : BOOK_HEAD);
		book_check(book, worksheet_set_column(sheet, (lxw_col_t)i, (lxw_col_t)i, goal_widths[i], NULL));
	}
	if (!book->failed)
		book_check(book, worksheet_set_row(sheet, 3, 2 * BOOK_ROW, NULL));
	for (size_t insats = 0; insats < book->publication->settings->insats_count; insats++)
		for (size_t i = 0; i < goals->cube->rows; i++)
			if (strcmp(cube_code_of(goals->cube, i, 0), book->publication->settings->insats[insats].name) == 0)
				write_goal(book, sheet, row++, goals, i);
	worksheet_freeze_panes(sheet, 4, 1);
	worksheet_repeat_rows(sheet, 3, 3);
}

/* ---- Innehåll ---- */

void book_contents(struct book *book)
{
	const struct publication *publication = book->publication;
	lxw_worksheet *sheet = book_sheet(book, "Innehåll", false);
	if (sheet == NULL)
		return;
	book_check(book, worksheet_set_column(sheet, 0, 0, 26, NULL));
	book_check(book, worksheet_set_column(sheet, 1, 1, 40, NULL));
	book_check(book, worksheet_set_column(sheet, 2, 2, 34, NULL));
	book_title(book, sheet, "Innehåll");
	book_text(book, sheet, 2, 0, "Flik", BOOK_HEAD_TEXT);
	book_text(book, sheet, 2, 1, "Tabell", BOOK_HEAD_BESIDE);
	book_text(book, sheet, 2, 2, "Enhet", BOOK_HEAD_BESIDE);
	for (size_t i = 0; i < publication->sheets; i++) {
		const struct table *table = publication->sheet[i].table;
		if (book->left_out[i])
			book_text(book, sheet, i + 3, 0, table->name, BOOK_LABEL);
		else
			book_link(book, sheet, i + 3, 0, table->name, table->name);
		book_text(book, sheet, i + 3, 1, table->title, BOOK_TEXT);
		book_text(book, sheet, i + 3, 2, book->left_out[i] ? "för stor för en flik: finns i mapparna data, excel och px"
			: table->unit, BOOK_TEXT);
	}
	worksheet_freeze_panes(sheet, 3, 0);
	worksheet_repeat_rows(sheet, 2, 2);
}

/* ---- Definitioner ---- */

void book_definitions(struct book *book)
{
	static const char *const heads[] = { "Tabell", "Rubrik", "Namn", "Mått", "Betydelse" };
	static const double widths[] = { 24, 30, 28, 40, 90 };
	const struct publication *publication = book->publication;
	size_t row = 3;
	lxw_worksheet *sheet = book_sheet(book, "Definitioner", true);
	if (sheet == NULL)
		return;
	book_title(book, sheet, "Definitioner");
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
		book_text(book, sheet, 2, i, heads[i], BOOK_HEAD_BESIDE);
		book_check(book, worksheet_set_column(sheet, (lxw_col_t)i, (lxw_col_t)i, widths[i], NULL));
	}
	for (size_t i = 0; i < publication->sheets; i++) {
		const struct table *table = publication->sheet[i].table;
		for (size_t m = 0; m < table->measures; m++, row++) {
			book_text(book, sheet, row, 0, table->name, BOOK_TEXT);
			book_text(book, sheet, row, 1, table->title, BOOK_TEXT);
			book_text(book, sheet, row, 2, table->measure[m].name, BOOK_TEXT);
			book_text(book, sheet, row, 3, table->measure[m].title, BOOK_TEXT);
			book_text(book, sheet, row, 4, m == 0 ? publication->sheet[i].note : "", BOOK_TEXT);
		}
	}
	if (row > 3)
		book_check(book, worksheet_autofilter(sheet, 2, 0, (lxw_row_t)(row - 1), 4));
	worksheet_freeze_panes(sheet, 3, 0);
	worksheet_repeat_rows(sheet, 2, 2);
}
