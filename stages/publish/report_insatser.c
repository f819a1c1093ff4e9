/* The chapter on the insatser: a section for each with its participants, changes, exits and results. */
#include <stdio.h>
#include <string.h>

#include "pipeline/table/codelist.h"
#include "stages/publish/pivot.h"
#include "stages/publish/report.h"

/* A table of an insats's section. */
struct part {
	const char *table, *title, *down, *across, *measures, *detail;
};
static const struct part parts[] = {
	{ "i01_deltagare", "Deltagare", "matt", "kon", NULL, "efter kön" },
	{ "i01_deltagare", "Deltagare, personer", "kommun", "kon", "personer", "efter kommun och kön" },
	{ "i10_volym", "Antal deltagare", "aldersgrupp ar", "kon", NULL, "enligt insatsens egna uppgifter" },
	{ "i03_forsorjning", "Försörjning före och efter", "kod", "matt", NULL, "avslutade; flera svar är möjliga" },
	{ "i04_sysselsattning", "Sysselsättning före och efter", "kod", "matt", NULL, "avslutade; flera svar är möjliga" },
	{ "i05_avslut", "Avslutningsanledningar", "kod", "kon", NULL, "flera svar är möjliga" },
	{ "i06_resultat", "Resultat vid avslut", "matt", "kon", NULL, NULL },
	{ "i14_konsskillnad", "Arbete eller studier: skillnad mellan könen", "matt", "", NULL, NULL },
	{ "i12_enkat", "Enkäter vid start och avslut", "matt", "instrument", NULL, NULL },
	{ "i09_ko", "Intresseanmälningar och kö", "matt", "kon", NULL, NULL },
};

static void write_fact(struct html *html, const char *name, const char *value)
{
	if (value == NULL)
		return;
	html_markup(html, "<dt>");
	html_text(html, name);
	html_markup(html, "</dt><dd>");
	html_text(html, value);
	html_markup(html, "</dd>");
}

/* What the settings say of the insats. */
static void write_facts(struct html *html, const struct insats *insats)
{
	static const char *const registrations[] = {
		[REGISTRATION_PERSONAL] = "deltagarna följs som personer",
		[REGISTRATION_ANONYMOUS] = "deltagarna är anonyma",
		[REGISTRATION_VOLUME] = "bara antal",
	};
	char months[32];
	(void)snprintf(months, sizeof months, "%d månader", insats->maxtid_months);
	html_markup(html, "<dl class=\"facts\">");
	write_fact(html, "Uppgifter", registrations[insats->registration]);
	write_fact(html, "Målgrupp", insats->malgrupp == NULL ? NULL : insats->malgrupp->name);
	write_fact(html, "Längsta tid", insats->maxtid_months == 0 ? NULL : months);
	write_fact(html, "Ingår i", insats->ingar_i == NULL ? NULL : insats->ingar_i->name);
	write_fact(html, "Risk", insats->risk);
	write_fact(html, "Effekt", insats->effekt);
	html_markup(html, "</dl>\n");
	if (insats->risk != NULL && insats->effekt != NULL && strcmp(insats->risk, "hög") == 0 &&
		strcmp(insats->effekt, "låg") == 0)
		html_markup(html, "<p class=\"sign\">Hög risk och låg effekt är en signal att åtgärda eller avsluta insatsen.</p>\n");
}

static void write_section(struct html *html, const struct publication *publication, size_t number)
{
	const struct insats *insats = &publication->settings->insats[number];
	bool any = false;
	html_markup(html, "<h3 id=\"insats-");
	html_number(html, number + 1);
	html_markup(html, "\">");
	html_text(html, insats->name);
	html_markup(html, "</h3>\n");
	write_facts(html, insats);
	html_markup(html, "<div class=\"flow\">\n");
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		struct pivot pivot = { .sheet = publication_sheet(publication, parts[i].table), .title = parts[i].title,
			.detail = parts[i].detail, .down = parts[i].down, .across = parts[i].across,
			.measures = parts[i].measures };
		pivot_fix(&pivot, "insats", insats->name);
		any = pivot_write(html, &pivot) || any;
	}
	html_markup(html, "</div>\n");
	if (!any)
		html_markup(html, "<p>Inga uppgifter redovisas för insatsen.</p>\n");
}

void report_insatser(struct html *html, const struct publication *publication)
{
	html_markup(html, "<h2 id=\"insatser\">Insatser</h2>\n");
	const struct settings *settings = publication->settings;
	if (settings->insats_count == 0) {
		html_markup(html, "<p>Inga insatser redovisas.</p>\n");
		return;
	}
	(void)pivot_write(html, &(struct pivot){ .sheet = publication_sheet(publication, "i01_deltagare"),
		.title = "Deltagare i insatserna", .down = "insats", .across = "matt",
		.detail = "en person kan delta i flera insatser" });
	for (size_t i = 0; i < settings->insats_count; i++)
		write_section(html, publication, i);
}
