/* How the figures were computed: population, sources, several answers, missing values, breaks, protection, rounding, prices. */
#include <string.h>

#include "pipeline/base/date.h"
#include "pipeline/table/schema/codelist.h"
#include "stages/publish/report/report.h"
#include "stages/publish/sheet/format.h"
#include "stages/publish/sheet/words.h"

static void write_term(struct html *html, const char *term)
{
	html_markup(html, "<dt>");
	html_text(html, term);
	html_markup(html, "</dt>");
}

/* The municipalities of `these` that the others lack, "Ale, Tjörn"; false when there are none. */
static bool write_kommuner(struct html *html, const struct codelist *list, const struct kommuner *these,
	const struct kommuner *others)
{
	bool any = false;
	for (size_t i = 0; i < these->codes.count; i++) {
		if (others != NULL && settings_has_kommun(others, these->codes.word[i]))
			continue;
		html_texts(html, any ? ", " : "", codelist_label(list, these->codes.word[i]), NULL);
		any = true;
	}
	return any;
}

static bool lacks_any(const struct kommuner *these, const struct kommuner *others)
{
	for (size_t i = 0; i < these->codes.count; i++)
		if (!settings_has_kommun(others, these->codes.word[i]))
			return true;
	return false;
}

/* A change of municipalities inside the panel breaks every series. */
static void write_breaks(struct html *html, const struct settings *settings, const struct codelist *list)
{
	char day[WORDS_TEXT];
	for (size_t i = 1; i < settings->kommuner_count; i++) {
		const struct kommuner *now = &settings->kommuner[i], *before = now - 1;
		if (now->from <= date_first_day(settings->historik_from) || now->from > settings->period_to)
			continue;
		words_day(now->from, day);
		write_term(html, "Brott i serierna");
		html_markup(html, "<dd>Förbundets kommuner ändrades den ");
		html_text(html, day);
		html_markup(html, ".");
		if (lacks_any(now, before)) {
			html_markup(html, " Nya kommuner: ");
			(void)write_kommuner(html, list, now, before);
			html_markup(html, ".");
		}
		if (lacks_any(before, now)) {
			html_markup(html, " Kommuner som inte längre ingår: ");
			(void)write_kommuner(html, list, before, now);
			html_markup(html, ".");
		}
		html_markup(html, " Ett års uppgifter för hela förbundet gäller de kommuner som hörde dit vid årets eller periodens slut; före "
			"och efter ett brott går de inte att jämföra.</dd>\n");
	}
}

static void write_population(struct html *html, const struct settings *settings, const struct codelist *list)
{
	char first[WORDS_TEXT];
	words_day(date_first_day(settings->historik_from), first);
	write_term(html, "Population");
	html_markup(html, "<dd>Målgruppstabellerna gäller personer 16–64 år i förbundets kommuner: ");
	(void)write_kommuner(html, list, settings_kommuner(settings, settings->period_to), NULL);
	html_texts(html, ". Ålder är kalenderår minus födelseår. Historiken börjar ", first,
		". Insatstabellerna gäller deltaganden i insatserna, oavsett var deltagaren bor.", NULL);
	html_markup(html, "</dd>\n");
	write_breaks(html, settings, list);
	if (settings->gemensam_nyckel)
		return;
	write_term(html, "Källor utan gemensam nyckel");
	html_markup(html, "<dd>Källorna har var sin egen nyckel och kan inte kopplas samman. Uppgifter om samtidighet, rundgång, "
		"tid i försörjning och flöden mellan parterna kan därför inte beräknas.</dd>\n");
}

static void write_protection(struct html *html, const struct publication *publication)
{
	char least[FORMAT_TEXT];
	format_number(publication->settings->minsta_antal, 0, least);
	write_term(html, "Skydd av uppgifter");
	html_markup(html, "<dd>");
	if (publication->rounded != NULL) {
		html_texts(html, publication->rounded, " Belopp, tider, medelvärden och andra uppgifter som inte är gjorda av antal visas inte där de "
			"bygger på för få personer: ", FORMAT_PROTECTED " i rapporten, ”skyddad” i filerna.", NULL);
		html_markup(html, "</dd>\n");
		return;
	}
	html_texts(html, "Uppgifter som bygger på färre än ", least, " personer visas inte. Även andra uppgifter hålls "
		"tillbaka om det annars skulle gå att räkna ut en skyddad uppgift ur summor eller ur andra tabeller. De visas som "
		FORMAT_PROTECTED " i rapporten och som ”skyddad” i filerna.", NULL);
	html_markup(html, "</dd>\n");
}

static void write_rounding(struct html *html, const struct settings *settings)
{
	char level[WORDS_TEXT];
	words_per_cent(settings->konfidensgrad, level);
	write_term(html, "Avrundning");
	html_markup(html, "<dd>Varje siffra avrundas för sig, en gång och sist, så summor kan skilja sig från summan av "
		"delarna. Antal och kronor visas utan decimaler, procent och månader med en, helårsekvivalenter, medelvärden "
		"och kvoter med två och p-värden med tre.</dd>\n");
	write_term(html, "Osäkerhet");
	html_markup(html, "<dd>");
	html_texts(html, "Konfidensintervall har konfidensgraden ", level, ". De visar hur mycket slumpen kan spela in när få "
		"personer följs.", NULL);
	html_markup(html, "</dd>\n");
}

/* A term and its explanation in whole texts, ending with NULL. */
static void explain(struct html *html, const char *term, const char *text)
{
	write_term(html, term);
	html_markup(html, "<dd>");
	html_text(html, text);
	html_markup(html, "</dd>\n");
}

static void write_sources(struct report *report)
{
	struct html *html = &report->html;
	char period[WORDS_TEXT], day[WORDS_TEXT];
	words_period(report->settings->period_from, report->settings->period_to, period);
	words_day(report->settings->uttagsdatum, day);
	write_term(html, "Period och uttag");
	html_markup(html, "<dd>");
	html_texts(html, "Uppgifterna gäller ", period, ". Pågående perioder räknas till och med uttagsdatum, ", day, ".", NULL);
	html_markup(html, "</dd>\n");
	explain(html, "Källor", "Pseudonymiserade utdrag från Försäkringskassan, Arbetsförmedlingen, kommunerna och regionen, "
		"förbundets uppföljningsregister över deltagare, enkäter, intresseanmälningar, volymuppgifter och ekonomi. "
		"Folkmängden står i förbundets befolkningsfil.");
	explain(html, "Flera svar", "Försörjning, sysselsättning och avslutningsanledning kan ha flera svar. Delarna kan därför vara "
		"fler än de avslutade; raden Totalt räknar varje deltagande en gång.");
	explain(html, "Saknade uppgifter", "Den som saknar uppgift om kön, utbildning eller tid i offentlig försörjning räknas på "
		"en egen rad och ingår i totalen. Ett deltagande utan svar på en fråga räknas bara i totalen.");
	explain(html, "Deltaganden och personer", "En person kan delta flera gånger. En deltagare utan nyckel (utan samtycke eller i en "
		"anonym insats) räknas som en person för varje deltagande och ingår inte i kalkylen.");
}

static void write_prices(struct report *report)
{
	char before[FORMAT_TEXT], after[FORMAT_TEXT], runs[FORMAT_TEXT], price[WORDS_TEXT];
	struct html *html = &report->html;
	if (!report->settings->has_kalkyl)
		return;
	format_number(report->settings->fore, 0, before);
	format_number(report->settings->efter, 0, after);
	format_number(report->settings->simuleringar, 0, runs);
	words_per_cent(report->settings->prisosakerhet, price);
	write_term(html, "Kalkylen");
	html_markup(html, "<dd>");
	html_texts(html, "Deltagarna jämförs med sig själva, ", before, " månader före start och upp till ", after,
		" månader efter avslut. Den som fått pension, flyttat eller avlidit ingår inte. Osäkerheten kommer av ", runs,
		" simuleringar som drar om deltagarna och antagandena, med prisosäkerheten ", price,
		". Av varje pris används det senaste år som inte ligger efter perioden.", NULL);
	html_markup(html, "</dd>\n");
}

/* The price list as it was used, with year and source. */
static void write_price_list(struct report *report)
{
	const struct sheet *sheet = report_sheet(report, "e09_priser");
	if (sheet == NULL || sheet->cube->rows == 0)
		return;
	html_markup(&report->html, "<h3>Priser i kalkylen</h3>\n");
	(void)pivot_write(&report->html, &(struct pivot){ .sheet = sheet, .title = "Priser, med år och källa", .down = "post ar",
		.across = "matt" });
}

void report_method(struct report *report)
{
	struct html *html = &report->html;
	const struct codelist *list = html->failed ? NULL : codelist_load("kommun", report->arena, report->error);
	html->failed = list == NULL;
	html_markup(html, "<h2 id=\"metod\">Metod och data</h2>\n<dl class=\"method\">\n");
	if (list != NULL)
		write_population(html, report->settings, list);
	write_sources(report);
	write_protection(html, report->publication);
	write_rounding(html, report->settings);
	write_prices(report);
	explain(html, "Tabellerna", "Vad varje tabell räknar står i bilagan.");
	if (!report->publication->approved)
		explain(html, "Arbetsversion", "Rapporten är en arbetsversion tills förbundet har godkänt den: siffrorna kan ändras.");
	html_markup(html, "</dl>\n");
	write_price_list(report);
}
