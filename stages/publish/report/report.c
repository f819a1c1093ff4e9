/* The frame of the report: head, contents, chapters, foot. */
#include "stages/publish/report/report.h"

#include "pipeline/base/date.h"
#include "pipeline/version.h"
#include "stages/publish/sheet/words.h"

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
	html_markup(html, report_style_narrow_and_print);
	html_markup(html, "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#innehall\">Till innehållet</a>\n");
}

static void write_standing(struct html *html, const struct publication *publication)
{
	html_markup(html, publication->approved ? "<p><span class=\"approved\">" : "<p><span class=\"draft\">");
	html_text(html, publication->standing);
	html_markup(html, publication->approved ? "</span></p>\n" : "</span> Rapporten är inte godkänd.</p>\n");
}

/* Which tables show figures of an approved run, since their changes may not be told. */
static void write_earlier(struct html *html, const struct publication *publication)
{
	size_t count = 0;
	for (size_t i = 0; i < publication->sheets; i++) {
		if (!publication->sheet[i].earlier)
			continue;
		html_markup(html, count == 0 ? "<p><strong>Tidigare publicerade uppgifter.</strong> Tabellerna " : ", ");
		html_texts(html, "”", publication->sheet[i].table->title, "”", NULL);
		count++;
	}
	html_markup(html, count == 0 ? "" : " visar helt eller delvis de uppgifter som redan har publicerats för perioden. Ändringarna "
		"sedan dess rör så få personer att de inte kan visas. I filerna har de uppgifterna status ”tidigare”.</p>\n");
}

static void write_head(struct html *html, const struct publication *publication)
{
	const struct settings *settings = publication->settings;
	char period[WORDS_TEXT], day[WORDS_TEXT], least[FORMAT_TEXT];
	words_period(settings->period_from, settings->period_to, period);
	words_day(settings->uttagsdatum, day);
	format_number(settings->minsta_antal, 0, least);
	html_markup(html, "<header>\n<p class=\"org\">");
	html_text(html, settings->namn);
	html_markup(html, "</p>\n<h1>Målgrupper, insatser och resultat ");
	html_text(html, period);
	html_markup(html, "</h1>\n");
	write_standing(html, publication);
	html_markup(html, "<dl class=\"facts\"><dt>Period</dt><dd>");
	html_text(html, period);
	html_markup(html, "</dd><dt>Uttagsdatum</dt><dd>");
	html_text(html, day);
	html_markup(html, "</dd></dl>\n");
	if (publication->rounded != NULL)
		html_paragraph(html, publication->rounded, " Två punkter (" FORMAT_PROTECTED ") betyder skyddad uppgift: uppgifter som kan bygga på för få "
			"personer, eller som skulle göra det möjligt att räkna ut sådana, visas inte. Ett streck (" FORMAT_MISSING ") betyder att uppgiften inte kan beräknas.", NULL);
	else
		html_paragraph(html, "Två punkter (" FORMAT_PROTECTED ") betyder skyddad uppgift: uppgifter som bygger på färre än ",
			least, " personer, eller som skulle göra det möjligt att räkna ut en sådan uppgift, visas inte. Ett streck ("
			FORMAT_MISSING ") betyder att uppgiften inte kan beräknas.", NULL);
	write_earlier(html, publication);
	html_markup(html, "</header>\n<nav aria-label=\"Innehåll\"><ul>"
		"<li><a href=\"#sammanfattning\">Sammanfattning</a></li>"
		"<li><a href=\"#malgrupper\">Målgrupper</a></li>"
		"<li><a href=\"#insatser\">Insatser</a></li>"
		"<li><a href=\"#aterbetalning\">Återbetalning</a></li>"
		"<li><a href=\"#risk\">Risk och effekt</a></li>"
		"<li><a href=\"#ekonomi\">Ekonomi</a></li>"
		"<li><a href=\"#avstamning\">Avstämning</a></li>"
		"<li><a href=\"#metod\">Metod och data</a></li>"
		"<li><a href=\"#tabeller\">Bilaga: tabeller</a></li></ul></nav>\n<main id=\"innehall\">\n");
}

static void write_foot(struct html *html, const struct publication *publication)
{
	const struct settings *settings = publication->settings;
	char day[WORDS_TEXT];
	words_day(settings->uttagsdatum, day);
	html_markup(html, "</main>\n<footer>");
	html_paragraph(html, settings->namn, ". ", publication->standing, ". Uppgifterna är uttagna till och med ", day,
		". Framställd med finsamstat " FINSAMSTAT_VERSION ".", NULL);
	html_markup(html, "</footer>\n</body>\n</html>\n");
}

int report_write(struct publication *publication, struct error *error)
{
	struct report report = { .html = { .text = { .arena = publication->arena }, .error = error }, .publication = publication,
		.settings = publication->settings, .arena = publication->arena, .error = error };
	write_title(&report.html, publication->settings);
	write_head(&report.html, publication);
	report_goals(&report);
	report_malgrupper(&report);
	report_insatser(&report);
	report_payback(&report);
	report_risk(&report);
	report_economy(&report);
	report_reconciliation(&report);
	report_method(&report);
	report_tables(&report);
	write_foot(&report.html, publication);
	const char *path = report.html.failed ? NULL : publication_add(publication, "rapport.html", error);
	return path == NULL ? -1 : html_save(&report.html, path);
}
