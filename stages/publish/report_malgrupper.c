/* The chapter on target groups: how many they are, where, and how they move between the parties. */
#include "pipeline/base/date.h"
#include "stages/publish/pivot.h"
#include "stages/publish/report.h"

static void write_groups(struct html *html, const struct publication *publication)
{
	const struct sheet *sheet = publication_sheet(publication, "m02_malgrupp");
	(void)pivot_write(html, &(struct pivot){ .sheet = sheet, .title = "Personer i målgrupperna", .down = "malgrupp ar",
		.across = "kon", .measures = "personer", .detail = "efter kön" });
	(void)pivot_write(html, &(struct pivot){ .sheet = sheet, .title = "Personer i målgrupperna", .down = "malgrupp ar",
		.across = "kommun", .measures = "personer", .detail = "efter kommun" });
	(void)pivot_write(html, &(struct pivot){ .sheet = sheet, .title = "Personer per 1\u00A0000 invånare",
		.down = "malgrupp ar", .across = "kommun", .measures = "per_1000", .detail = "efter kommun" });
}

static void write_support(struct html *html, const struct publication *publication)
{
	const struct sheet *sheet = publication_sheet(publication, "m01_forsorjningsmatt");
	(void)pivot_write(html, &(struct pivot){ .sheet = sheet, .title = "Försörjningsmått", .down = "forman ar",
		.across = "matt", .detail = "alla kommuner" });
	(void)pivot_write(html, &(struct pivot){ .sheet = sheet, .title = "Helårsekvivalenter", .down = "forman ar",
		.across = "kommun", .measures = "helarsekvivalenter", .detail = "efter kommun" });
	(void)pivot_write(html, &(struct pivot){ .sheet = publication_sheet(publication, "m05_tid_i_forsorjning"),
		.title = "Tid i offentlig försörjning, personer", .down = "tid ar", .across = "kon", .detail = "efter kön" });
}

static void write_parties(struct html *html, const struct publication *publication)
{
	char month[DATE_TEXT];
	date_write_month(settings_last_month(publication->settings), month);
	(void)pivot_write(html, &(struct pivot){ .sheet = publication_sheet(publication, "m06_manad"),
		.title = "Personer som var aktuella hos parterna", .down = "manad", .across = "kalla",
		.detail = "en person kan vara aktuell hos flera parter" });
	struct pivot together = { .sheet = publication_sheet(publication, "m03_samtidighet"),
		.title = "Personer efter vilka parter de var aktuella hos", .detail = month, .down = "kombination",
		.across = "kommun" };
	pivot_fix(&together, "manad", month);
	(void)pivot_write(html, &together);
	(void)pivot_write(html, &(struct pivot){ .sheet = publication_sheet(publication, "m04_rundgang"),
		.title = "Rundgång: personer efter antal byten mellan parter", .down = "byten ar", .across = "kon",
		.detail = "efter kön" });
}

void report_malgrupper(struct html *html, const struct publication *publication)
{
	html_markup(html, "<h2 id=\"malgrupper\">Målgrupper</h2>\n"
		"<p>Personer 16–64 år i förbundets kommuner. En person kan höra till flera målgrupper.</p>\n"
		"<h3>Hur många är de?</h3>\n<div class=\"flow\">\n");
	write_groups(html, publication);
	html_markup(html, "</div>\n<h3>Vad lever de av?</h3>\n<div class=\"flow\">\n");
	write_support(html, publication);
	html_markup(html, "</div>\n<h3>Hos vilka parter är de aktuella?</h3>\n<div class=\"flow\">\n");
	write_parties(html, publication);
	html_markup(html, "</div>\n");
}
