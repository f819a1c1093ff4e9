/* The chapter on money: budget and outcome, and for each insats whether and when it pays off, and for whom. */
#include <stdio.h>
#include <string.h>

#include "stages/publish/format.h"
#include "stages/publish/pivot.h"
#include "stages/publish/report.h"
#include "stages/publish/words.h"

/* Cells of e02 for one insats and actor. */
struct actor {
	const struct sheet *sheet;
	size_t row;
};

/* False when the table has no such row. */
static bool find_actor(struct actor *actor, const struct sheet *sheet, const char *insats, const char *name)
{
	const char *const codes[] = { insats, name };
	actor->sheet = sheet;
	actor->row = sheet == NULL ? CUBE_NO_ROW : cube_find_named(sheet->cube, codes);
	return actor->row != CUBE_NO_ROW;
}

static const struct cell *cell_of(const struct actor *actor, const char *measure)
{
	return cube_cell(actor->sheet->cube, actor->row, cube_measure(actor->sheet->cube, measure));
}

/* "12 345 kr", "13,0 månader", "skyddad uppgift" or "kan inte beräknas". */
static void write_value(struct html *html, const struct actor *actor, const char *measure, const char *unit)
{
	char text[FORMAT_TEXT];
	switch (cell_of(actor, measure)->status) {
	case CELL_PUBLISHED:
		html_texts(html, format_cell(actor->sheet, actor->row, cube_measure(actor->sheet->cube, measure), text), unit, NULL);
		break;
	case CELL_PROTECTED:
		html_markup(html, "skyddad uppgift");
		break;
	case CELL_MISSING:
		html_markup(html, "kan inte beräknas");
		break;
	}
}

static void write_payback(struct html *html, const struct actor *society)
{
	char horizon[FORMAT_TEXT];
	format_number(society->sheet->settings->horisont, 0, horizon);
	switch (cell_of(society, "aterbetalning_start")->status) {
	case CELL_PUBLISHED:
		html_markup(html, "<strong>Kostnaden är återbetald efter ");
		write_value(html, society, "aterbetalning_start", " månader");
		html_markup(html, " från start.</strong>");
		break;
	case CELL_PROTECTED:
		html_markup(html, "<strong>Återbetalningstiden är en skyddad uppgift.</strong>");
		break;
	case CELL_MISSING:
		if (cell_of(society, "nuvarde")->status == CELL_MISSING) {
			html_markup(html, "<strong>Återbetalningstiden kan inte beräknas: underlaget räcker inte.</strong>");
			break;
		}
		html_markup(html, "<strong>Kostnaden är inte återbetald inom ");
		html_text(html, horizon);
		html_markup(html, " månader.</strong>");
		break;
	}
}

/* The present value, a loss as clear as a gain. The sign is that of the figure as it is printed. */
static void write_present_value(struct html *html, const struct actor *society)
{
	char text[FORMAT_TEXT], horizon[FORMAT_TEXT];
	if (cell_of(society, "nuvarde")->status == CELL_MISSING)
		return;
	format_number(society->sheet->settings->horisont, 0, horizon);
	html_texts(html, " Nuvärdet över ", horizon, " månader är ", NULL);
	write_value(html, society, "nuvarde", "\u00A0kr per deltagare");
	if (cell_of(society, "nuvarde")->status == CELL_PUBLISHED) {
		size_t nuvarde = cube_measure(society->sheet->cube, "nuvarde");
		const char *value = format_cell(society->sheet, society->row, nuvarde, text);
		bool loss = strncmp(value, "\u2212", strlen("\u2212")) == 0;
		html_markup(html, loss ? ": insatsen kostar mer än den ger"
			: strcmp(value, "0") == 0 ? ": insatsen ger lika mycket som den kostar" : ": insatsen ger mer än den kostar");
	}
	html_markup(html, ".");
	if (cell_of(society, "sannolikhet_lonsam")->status == CELL_PUBLISHED) {
		html_markup(html, " Sannolikheten att insatsen är lönsam är ");
		write_value(html, society, "sannolikhet_lonsam", "\u00A0%");
		html_markup(html, ".");
	}
}

/* Who among the public parties gains most each month, when all three figures are published and somebody gains. */
static void write_winner(struct html *html, const struct sheet *sheet, const char *insats)
{
	static const char *const parties[] = { "STATEN", "KOM", "REG" };
	static const char *const names[] = { "staten", "kommunerna", "regionen" };
	size_t best = 0;
	double most = 0;
	for (size_t i = 0; i < 3; i++) {
		struct actor party;
		if (!find_actor(&party, sheet, insats, parties[i]))
			return;
		const struct cell *netto = cell_of(&party, "netto_manad");
		if (netto->status != CELL_PUBLISHED)
			return;
		if (i == 0 || netto->number > most) {
			best = i;
			most = netto->number;
		}
	}
	if (most > 0)
		html_texts(html, " Av staten, kommunerna och regionen får ", names[best], " det största nettot.", NULL);
}

static void write_insats(struct html *html, const struct sheet *sheet, const char *insats)
{
	struct actor society;
	if (!find_actor(&society, sheet, insats, "SAMHALLE"))
		return;
	html_markup(html, "<h3>");
	html_text(html, insats);
	html_markup(html, "</h3>\n<p>");
	if (cell_of(&society, "netto_manad")->status == CELL_MISSING) {
		html_markup(html, "Ingen kalkyl: ingen avslutad deltagare har följts tillräckligt länge.</p>\n");
		return;
	}
	write_payback(html, &society);
	html_markup(html, " En hel medverkan kostar i genomsnitt ");
	write_value(html, &society, "kostnad", "\u00A0kr");
	html_markup(html, " per deltagare, och samhällets netto efter insatsen är ");
	write_value(html, &society, "netto_manad", "\u00A0kr per månad");
	html_markup(html, ".");
	write_present_value(html, &society);
	write_winner(html, sheet, insats);
	html_markup(html, "</p>\n");
	struct pivot pivot = { .sheet = sheet, .title = "Kostnad, netto och återbetalningstid per aktör", .down = "aktor",
		.detail = "kronor och månader per deltagare", .across = "matt",
		.measures = "kostnad netto_manad aterbetalning_start aterbetalning_avslut nuvarde" };
	pivot_fix(&pivot, "insats", insats);
	(void)pivot_write(html, &pivot);
}

/* On what the calculation rests, from the settings. */
static void write_assumptions(struct html *html, const struct settings *settings)
{
	char rate[WORDS_TEXT], dead[WORDS_TEXT], fading[WORDS_TEXT], horizon[FORMAT_TEXT];
	words_per_cent(settings->kalkylranta, rate);
	words_uncertain(&settings->dodvikt, dead);
	words_uncertain(&settings->avtagande, fading);
	format_number(settings->horisont, 0, horizon);
	html_paragraph(html, "Kalkylen jämför deltagarnas försörjning, arbete och vård före och efter insatsen. Den sträcker sig ",
		horizon, " månader från start med ", rate, " kalkylränta om året. Dödvikt (det som hade hänt ändå): ", dead,
		". Avtagande effekt om året: ", fading, ". Ett negativt netto betyder att aktören förlorar på insatsen.", NULL);
}

void report_economy(struct html *html, const struct publication *publication)
{
	const struct settings *settings = publication->settings;
	const struct sheet *payback = publication_sheet(publication, "e02_aterbetalning");
	html_markup(html, "<h2 id=\"ekonomi\">Ekonomi och återbetalning</h2>\n");
	bool any = pivot_write(html, &(struct pivot){ .sheet = publication_sheet(publication, "e01_ekonomi"),
		.title = "Budget och utfall", .down = "insats ar", .across = "matt", .detail = "kronor, alla finansiärer" });
	if (payback != NULL && payback->cube->rows > 0) {
		any = true;
		write_assumptions(html, settings);
		for (size_t i = 0; i < settings->insats_count; i++)
			write_insats(html, payback, settings->insats[i].name);
	}
	if (!any)
		html_markup(html, "<p>Inga ekonomiska uppgifter redovisas.</p>\n");
	const struct sheet *potential = publication_sheet(publication, "e05_potential");
	if (potential != NULL && potential->cube->rows > 0) {
		html_markup(html, "<h3>Hur stor del av den möjliga vinsten nåddes?</h3>\n");
		(void)pivot_write(html, &(struct pivot){ .sheet = potential, .title = "Möjlig och uppnådd vinst för samhället",
			.down = "insats", .across = "matt", .detail = "kronor per deltagare och månad" });
	}
}
