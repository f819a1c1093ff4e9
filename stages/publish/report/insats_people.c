/* Who takes part in an insats, and who waits for it. */
#include <stdio.h>

#include "stages/publish/diagram/chart.h"
#include "stages/publish/report/insats.h"

static struct value of_insats(const struct section *section, const char *table, const char *measure, const char *kon)
{
	const char *codes[] = { section->insats->name, CUBE_TOTAL, kon };
	return value_named(report_sheet(section->report, table), measure, codes);
}

/* A count with the words around it: as the first of a sentence, whose verb comes before it, and as a later one. */
struct phrase {
	struct value value;
	const char *before, *after, *later;
};

/* "Av deltagandena började 38 i perioden, 40 avslutades och 65 pågick": of the phrases those whose count is published. Returns how many. */
static size_t write_phrases(struct html *html, const char *begin, const struct phrase *phrase, size_t count)
{
	size_t written = 0, published = 0;
	for (size_t i = 0; i < count; i++)
		published += value_published(&phrase[i].value);
	for (size_t i = 0; i < count; i++) {
		if (!value_published(&phrase[i].value))
			continue;
		html_text(html, written == 0 ? begin : written + 1 == published ? " och " : ", ");
		html_text(html, written == 0 ? phrase[i].before : "");
		value_write(html, &phrase[i].value);
		html_text(html, written == 0 ? phrase[i].after : phrase[i].later);
		written++;
	}
	html_text(html, written > 0 ? "." : "");
	return written;
}

/* "105 personer deltog (56 kvinnor och 49 män)." */
static void write_all(struct section *section, const struct value *all)
{
	struct html *html = &section->report->html;
	struct value women = of_insats(section, "i01_deltagare", "personer", "K"), men = of_insats(section, "i01_deltagare", "personer", "M");
	if (!value_published(all))
		return;
	value_write(html, all);
	html_markup(html, " personer deltog");
	if (value_published(&women) && value_published(&men)) {
		html_markup(html, " (");
		value_write(html, &women);
		html_markup(html, " kvinnor och ");
		value_write(html, &men);
		html_markup(html, " män)");
	}
	html_markup(html, ". ");
}

static void write_people(struct section *section)
{
	struct html *html = &section->report->html;
	struct value all = of_insats(section, "i01_deltagare", "personer", CUBE_TOTAL);
	const struct phrase phrases[] = {
		{ of_insats(section, "i01_deltagare", "nya", CUBE_TOTAL), "började ", " i perioden", " började i perioden" },
		{ of_insats(section, "i01_deltagare", "avslutade", CUBE_TOTAL), "avslutades ", "", " avslutades" },
		{ of_insats(section, "i01_deltagare", "pagaende", CUBE_TOTAL), "pågick ", " när perioden slutade", " pågick när perioden slutade" },
	};
	size_t count = sizeof phrases / sizeof *phrases, shown = value_published(&all);
	if (all.row == CUBE_NO_ROW || all.sheet == NULL)
		return;
	for (size_t i = 0; i < count; i++)
		shown += value_published(&phrases[i].value);
	if (shown < count + 1)
		insats_withhold(section, shown == 0 ? "antal deltagare" : "en del av antalen deltagare");
	if (shown == 0)
		return;
	section->told = true;
	html_markup(html, "<p>");
	write_all(section, &all);
	(void)write_phrases(html, "Av deltagandena ", phrases, count);
	html_markup(html, "</p>\n");
}

static void write_background(struct section *section)
{
	insats_part(section, &(struct insats_part){ .table = "i02_bakgrund", .dimension = "kod", .measure = "deltaganden",
		.variable = "aldersgrupp", .form = "alder", .title = "Ålder", .subtitle = "Deltaganden efter ålder under året för start", .what = "ålder" });
	insats_part(section, &(struct insats_part){ .table = "i02_bakgrund", .dimension = "kod", .measure = "deltaganden",
		.variable = "utbildning", .form = "utbildning", .title = "Utbildning", .subtitle = "Deltaganden efter utbildning vid start", .what = "utbildning" });
	insats_part(section, &(struct insats_part){ .table = "i02_bakgrund", .dimension = "kod", .measure = "deltaganden",
		.variable = "tid_off_fors", .form = "tid-pa-stod", .title = "Tid i offentlig försörjning före start",
		.subtitle = "Deltaganden efter obruten tid", .what = "tid i offentlig försörjning" });
}

/* An insats that only counts its participants. */
static void write_volume(struct section *section)
{
	const struct sheet *sheet = report_sheet(section->report, "i10_volym");
	if (sheet == NULL)
		return;
	const struct cube_codes *years = &sheet->cube->codes[1];
	for (size_t i = 0; i < years->count; i++) {
		const char *codes[] = { section->insats->name, years->code[i], CUBE_TOTAL, CUBE_TOTAL };
		struct value antal = value_named(sheet, "antal", codes);
		if (antal.row == CUBE_NO_ROW)
			continue;
		html_markup(&section->report->html, "<p>");
		value_write(&section->report->html, &antal);
		html_texts(&section->report->html, " deltagare ", years->code[i], ", enligt insatsens egen räkning.", NULL);
		html_markup(&section->report->html, "</p>\n");
		section->told = true;
	}
}

void insats_participants(struct section *section)
{
	write_people(section);
	write_volume(section);
	write_background(section);
}

void insats_queue(struct section *section)
{
	struct html *html = &section->report->html;
	const struct phrase interests[] = {
		{ of_insats(section, "i09_ko", "inkomna", CUBE_TOTAL), "", " intresseanmälningar kom in", "" },
		{ of_insats(section, "i09_ko", "startade", CUBE_TOTAL), "", " intresseanmälningar ledde till start", " ledde till start" },
	};
	struct value wait = of_insats(section, "i09_ko", "vantande", CUBE_TOTAL);
	struct value median = of_insats(section, "i09_ko", "median_vantetid", CUBE_TOTAL);
	bool told = value_published(&interests[0].value) || value_published(&interests[1].value) || value_published(&wait);
	if (wait.sheet == NULL || wait.row == CUBE_NO_ROW)
		return;
	section->told = section->told || told;
	if (!value_published(&interests[0].value) || !value_published(&interests[1].value) || !value_published(&wait))
		insats_withhold(section, told ? "en del av antalen intresseanmälningar" : "intresseanmälningar och kö");
	if (!told)
		return;
	html_markup(html, "<p>");
	size_t before = write_phrases(html, "", interests, sizeof interests / sizeof *interests);
	if (value_published(&wait)) {
		html_markup(html, before > 0 ? " " : "");
		value_write(html, &wait);
		html_markup(html, before > 0 ? " väntade när perioden slutade" : " sökande väntade när perioden slutade");
	}
	if (value_published(&wait) && value_published(&median)) {
		html_markup(html, ", hälften av dem i minst ");
		value_write(html, &median);
		html_markup(html, " månader");
	}
	html_markup(html, value_published(&wait) ? ".</p>\n" : "</p>\n");
}
