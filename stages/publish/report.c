/* The frame of the report: head, contents, chapters, foot. */
#include "stages/publish/report.h"

#include <stdio.h>

#include "pipeline/base/date.h"
#include "pipeline/version.h"
#include "stages/publish/format.h"
#include "stages/publish/words.h"

static void write_title(struct html *html, const struct settings *settings)
{
	char period[WORDS_TEXT];
	words_period(settings->period_from, settings->period_to, period);
	html_markup(html, "<!DOCTYPE html>\n<html lang=\"sv\">\n<head>\n<meta charset=\"utf-8\">\n"
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
		"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
		"<title>");
	html_texts(html, "Resultat ", period, " – ", settings->namn, NULL);
	html_markup(html, "</title>\n<style>\n");
	html_markup(html, report_style);
	html_markup(html, "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#innehall\">Till innehållet</a>\n");
}

static void write_head(struct html *html, const struct settings *settings)
{
	char period[WORDS_TEXT], day[WORDS_TEXT], least[FORMAT_TEXT];
	words_period(settings->period_from, settings->period_to, period);
	words_day(settings->uttagsdatum, day);
	format_number(settings->minsta_antal, 0, least);
	html_markup(html, "<header>\n<p class=\"org\">");
	html_text(html, settings->namn);
	html_markup(html, "</p>\n<h1>Målgrupper, insatser och resultat ");
	html_text(html, period);
	html_markup(html, "</h1>\n<p><span class=\"draft\">Arbetsversion</span> Rapporten är inte godkänd.</p>\n"
		"<dl class=\"facts\"><dt>Period</dt><dd>");
	html_text(html, period);
	html_markup(html, "</dd><dt>Uttagsdatum</dt><dd>");
	html_text(html, day);
	html_markup(html, "</dd></dl>\n");
	html_paragraph(html, "Två punkter (" FORMAT_PROTECTED ") betyder skyddad uppgift: uppgifter som bygger på färre än ",
		least, " personer, eller som skulle göra det möjligt att räkna ut en sådan uppgift, visas inte. Ett streck ("
		FORMAT_MISSING ") betyder att uppgiften inte kan beräknas.", NULL);
	html_markup(html, "</header>\n<nav aria-label=\"Innehåll\"><ul>"
		"<li><a href=\"#sammanfattning\">Sammanfattning</a></li>"
		"<li><a href=\"#malgrupper\">Målgrupper</a></li>"
		"<li><a href=\"#insatser\">Insatser</a></li>"
		"<li><a href=\"#ekonomi\">Ekonomi och återbetalning</a></li>"
		"<li><a href=\"#tabeller\">Alla tabeller</a></li>"
		"<li><a href=\"#metod\">Så här har siffrorna räknats</a></li></ul></nav>\n<main id=\"innehall\">\n");
}

static void write_foot(struct html *html, const struct settings *settings)
{
	char day[WORDS_TEXT];
	words_day(settings->uttagsdatum, day);
	html_markup(html, "</main>\n<footer>");
	html_paragraph(html, settings->namn, ". Uppgifterna är uttagna till och med ", day,
		". Framställd med finsamstat " FINSAMSTAT_VERSION ".", NULL);
	html_markup(html, "</footer>\n</body>\n</html>\n");
}

int report_write(struct publication *publication, struct error *error)
{
	struct html html = { .text = { .arena = publication->arena }, .error = error };
	write_title(&html, publication->settings);
	write_head(&html, publication->settings);
	report_goals(&html, publication);
	report_malgrupper(&html, publication);
	report_insatser(&html, publication);
	report_economy(&html, publication);
	report_tables(&html, publication);
	report_method(&html, publication);
	write_foot(&html, publication->settings);
	const char *path = publication_add(publication, "rapport.html", error);
	return path == NULL ? -1 : html_save(&html, path);
}
