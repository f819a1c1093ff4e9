/* The chapter on the insatser: all of them beside each other, then a section for each. */
#include <stdio.h>
#include <string.h>

#include "stages/publish/diagram/chart.h"
#include "stages/publish/report/insats.h"
#include "stages/publish/report/report.h"
#include "stages/publish/sheet/words.h"

static void write_fact(struct html *html, const char *name, const char *value)
{
	if (value == NULL)
		return;
	html_markup(html, "<div><dt>");
	html_text(html, name);
	html_markup(html, "</dt><dd>");
	html_text(html, value);
	html_markup(html, "</dd></div>");
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
	html_markup(html, "<dl class=\"facts line\">");
	write_fact(html, "Uppgifter", registrations[insats->registration]);
	write_fact(html, "Målgrupp", insats->malgrupp == NULL ? NULL : insats->malgrupp->name);
	write_fact(html, "Längsta tid", insats->maxtid_months == 0 ? NULL : months);
	write_fact(html, "Ingår i", insats->ingar_i == NULL ? NULL : insats->ingar_i->name);
	write_fact(html, "Risk", insats->risk);
	write_fact(html, "Effekt", insats->effekt);
	html_markup(html, "</dl>\n");
}

/* What cannot be shown, in one sentence. */
static void write_withheld(const struct section *section)
{
	struct html *html = &section->report->html;
	if (section->withheld_count == 0)
		return;
	html_markup(html, "<p class=\"note\">Skyddade uppgifter, som inte kan visas i en så liten grupp: ");
	for (size_t i = 0; i < section->withheld_count; i++)
		html_texts(html, i == 0 ? "" : i + 1 == section->withheld_count ? " och " : ", ", section->withheld[i], NULL);
	html_markup(html, ".</p>\n");
}

/* The tables of an insats, folded below its pictures. */
static void write_tables(struct section *section)
{
	static const struct {
		const char *table, *title, *down, *across, *measures, *detail;
	} parts[] = {
		{ "i01_deltagare", "Deltagare", "matt", "kon", NULL, "efter kön" },
		{ "i10_volym", "Antal deltagare", "aldersgrupp ar", "kon", NULL, "enligt insatsens egna uppgifter" },
		{ "i02_bakgrund", "Bakgrund", "variabel kod", "kon", NULL, "deltaganden" },
		{ "i03_forsorjning", "Försörjning före och efter", "kod", "matt", NULL, "avslutade; flera svar är möjliga" },
		{ "i04_sysselsattning", "Sysselsättning före och efter", "kod", "matt", NULL, "avslutade; flera svar är möjliga" },
		{ "i05_avslut", "Avslutningsanledningar", "kod", "kon", NULL, "flera svar är möjliga" },
		{ "i06_resultat", "Resultat vid avslut", "matt", "kon", NULL, "antal och procent av avslutade" },
		{ "i07_tid_i_insats", "Månader i insatsen", "tid", "kon", NULL, "avslutade" },
		{ "i08_remittent", "Remittenter", "remittent", "kon", NULL, "deltaganden" },
		{ "i12_enkat", "Enkäter vid start och avslut", "matt", "instrument", NULL, NULL },
		{ "i09_ko", "Intresseanmälningar och kö", "matt", "kon", NULL, NULL },
	};
	report_fold(section->report, report_print(section->report, "Tabeller: %s", section->insats->name));
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		struct pivot pivot = { .sheet = report_sheet(section->report, parts[i].table), .title = parts[i].title,
			.detail = parts[i].detail, .down = parts[i].down, .across = parts[i].across, .measures = parts[i].measures,
			.sparing = true };
		pivot_fix(&pivot, "insats", section->insats->name);
		section->told = pivot_write(&section->report->html, &pivot) == PIVOT_WRITTEN || section->told;
	}
	report_unfold(section->report);
}

static void write_section(struct report *report, size_t number)
{
	struct html *html = &report->html;
	struct section section = { .report = report, .insats = &report->settings->insats[number],
		.slug = report_insats_slug(report, number) };
	html_markup(html, "<h3 id=\"insats-");
	html_number(html, number + 1);
	html_markup(html, "\">");
	html_text(html, section.insats->name);
	html_markup(html, "</h3>\n");
	write_facts(html, section.insats);
	insats_participants(&section);
	insats_change(&section);
	insats_results(&section);
	insats_survey(&section);
	insats_queue(&section);
	write_withheld(&section);
	write_tables(&section);
	if (!section.told && section.withheld_count == 0)
		html_markup(html, "<p>Inga uppgifter redovisas för insatsen.</p>\n");
}

/* All insatser, by sex. */
static void write_overview(struct report *report)
{
	const struct sheet *sheet = report_sheet(report, "i01_deltagare");
	const char *codes[] = { NULL, CUBE_TOTAL, CUBE_TOTAL };
	struct strip strip = strip_find(report, sheet, "insats", codes, false);
	struct by_sex people;
	if (strip.count > 0 && strip_by_sex(report, sheet, &strip, "insats", codes, 2, "personer", &people) &&
		strip_shown(people.both, 2 * strip.count) >= 2) {
		struct chart_bars bars = { .chart = { .name = "insatser", .title = "Deltagare i insatserna", .subtitle = "Personer efter kön" },
			.categories = strip.count, .series = 2, .category = strip.label, .serie = strip_sexes, .value = people.both,
			.total = people.total, .unit = "" };
		struct svg svg = report_svg(report);
		chart_bars(&svg, &bars);
		report_picture(report, &svg, "insatser", "i01_deltagare");
	}
	(void)pivot_write(&report->html, &(struct pivot){ .sheet = sheet, .title = "Deltagare i insatserna", .down = "insats",
		.across = "matt", .detail = "en person kan delta i flera insatser" });
}

void report_insatser(struct report *report)
{
	html_markup(&report->html, "<h2 id=\"insatser\">Insatser</h2>\n");
	if (report->settings->insats_count == 0) {
		html_markup(&report->html, "<p>Inga insatser redovisas.</p>\n");
		return;
	}
	write_overview(report);
	for (size_t i = 0; i < report->settings->insats_count; i++)
		write_section(report, i);
}
