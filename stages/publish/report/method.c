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

/* What the figures come from: a text, and the tables that tell something where it was delivered. */
struct source {
	const char *text;
	struct {
		const char *table, *dimension, *code, *measure;
	} shown[3];
};

/* Those of the list that tell anything, as a sentence, "BEFORE a, b och c."; nothing where none does. */
static int add_sources(struct text *text, const struct publication *publication, const char *before, const struct source *list, size_t count,
	struct error *error)
{
	const char *said[8];
	size_t many = 0;
	for (size_t i = 0; i < count; i++) {
		bool told = false;
		for (size_t k = 0; k < 3 && list[i].shown[k].table != NULL && !told; k++)
			told = publication_tells(publication, list[i].shown[k].table, list[i].shown[k].dimension, list[i].shown[k].code,
				list[i].shown[k].measure);
		if (told)
			said[many++] = list[i].text;
	}
	for (size_t i = 0; i < many; i++)
		if (text_add_format(text, error, "%s%s%s%s", i == 0 && text->length > 0 ? " " : "", i == 0 ? before : i + 1 == many ? " och " : ", ",
				said[i], i + 1 == many ? "." : "") != 0)
			return -1;
	return 0;
}

/* Only what was delivered: of the rest the tables tell nothing. */
static void explain_sources(struct report *report)
{
	static const struct source parties[] = {
		{ "Försäkringskassan", { { "m06_manad", "kalla", "FK", NULL }, { "m03_samtidighet", "kombination", "FK", NULL },
			{ "m01_forsorjningsmatt", "forman", "OHALSA", NULL } } },
		{ "Arbetsförmedlingen", { { "m06_manad", "kalla", "AF", NULL }, { "m03_samtidighet", "kombination", "AF", NULL },
			{ "m01_forsorjningsmatt", "forman", "ARBMARK", NULL } } },
		{ "kommunerna", { { "m06_manad", "kalla", "KOM", NULL }, { "m03_samtidighet", "kombination", "KOM", NULL },
			{ "m01_forsorjningsmatt", "forman", "BISTAND", NULL } } },
		{ "regionen", { { "m06_manad", "kalla", "REG", NULL }, { "m03_samtidighet", "kombination", "REG", NULL } } },
	};
	static const struct source own[] = {
		{ "uppföljningsregister över deltagare", { { .table = "i01_deltagare" } } }, { "enkäter", { { .table = "i12_enkat" } } },
		{ "intresseanmälningar", { { .table = "i09_ko" } } }, { "volymuppgifter", { { .table = "i10_volym" } } },
		{ "ekonomi", { { .table = "e01_ekonomi" } } },
	};
	static const struct source population = { "befolkningsfil", { { "m02_malgrupp", NULL, NULL, "per_1000" },
		{ "m01_forsorjningsmatt", NULL, NULL, "kr_per_invanare_dag" } } };
	struct text text = { .arena = report->arena };
	const struct publication *publication = report->publication;
	if (add_sources(&text, publication, "Pseudonymiserade utdrag från ", parties, sizeof parties / sizeof *parties, report->error) != 0 ||
		add_sources(&text, publication, "Förbundets ", own, sizeof own / sizeof *own, report->error) != 0 ||
		add_sources(&text, publication, "Folkmängden står i förbundets ", &population, 1, report->error) != 0)
		report->html.failed = true;
	else if (text.length > 0)
		explain(&report->html, "Källor", text.bytes);
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
	explain_sources(report);
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
