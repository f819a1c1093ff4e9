/* Who takes part in an insats, and who waits for it. */
#include <stdio.h>

#include "stages/publish/diagram/chart.h"
#include "stages/publish/report/insats.h"

static struct value of_insats(const struct section *section, const char *table, const char *measure, const char *kon)
{
	const char *codes[] = { section->insats->name, CUBE_TOTAL, kon };
	return value_named(report_sheet(section->report, table), measure, codes);
}

/* "105 personer deltog (56 kvinnor och 49 män)." */
static void write_people(struct section *section)
{
	struct html *html = &section->report->html;
	struct value all = of_insats(section, "i01_deltagare", "personer", CUBE_TOTAL);
	struct value women = of_insats(section, "i01_deltagare", "personer", "K"), men = of_insats(section, "i01_deltagare", "personer", "M");
	struct value new = of_insats(section, "i01_deltagare", "nya", CUBE_TOTAL);
	struct value ended = of_insats(section, "i01_deltagare", "avslutade", CUBE_TOTAL);
	struct value going = of_insats(section, "i01_deltagare", "pagaende", CUBE_TOTAL);
	if (all.row == CUBE_NO_ROW || all.sheet == NULL)
		return;
	section->told = true;
	html_markup(html, "<p>");
	value_write(html, &all);
	html_markup(html, " personer deltog");
	if (value_published(&women) && value_published(&men)) {
		html_markup(html, " (");
		value_write(html, &women);
		html_markup(html, " kvinnor och ");
		value_write(html, &men);
		html_markup(html, " män)");
	}
	html_markup(html, ". Av deltagandena började ");
	value_write(html, &new);
	html_markup(html, " i perioden, ");
	value_write(html, &ended);
	html_markup(html, " avslutades och ");
	value_write(html, &going);
	html_markup(html, " pågick när den slutade.</p>\n");
}

/* A part of the background, as women, men and total. */
static struct strip read_part(struct section *section, const char *variable, const char *title, struct chart_pyramid_part *part)
{
	const struct sheet *sheet = report_sheet(section->report, "i02_bakgrund");
	const char *codes[] = { section->insats->name, CUBE_TOTAL, variable, NULL };
	struct strip strip = strip_find(section->report, sheet, "kod", codes, false);
	*part = (struct chart_pyramid_part){ .title = title, .rows = strip.count, .row = strip.label };
	part->total = strip_values(section->report, sheet, &strip, "kod", codes, "deltaganden");
	codes[1] = "K";
	part->women = strip_values(section->report, sheet, &strip, "kod", codes, "deltaganden");
	codes[1] = "M";
	part->men = strip_values(section->report, sheet, &strip, "kod", codes, "deltaganden");
	return strip;
}

static void write_background(struct section *section)
{
	static const char *const variables[] = { "aldersgrupp", "utbildning", "tid_off_fors" };
	static const char *const titles[] = { "Ålder", "Utbildning", "Tid på stöd före" };
	struct chart_pyramid_part part[3];
	size_t parts = 0;
	bool withheld = false;
	for (size_t i = 0; i < 3; i++) {
		struct strip strip = read_part(section, variables[i], titles[i], &part[parts]);
		if (section->report->html.failed)
			return;
		const struct chart_pyramid_part *read = &part[parts];
		withheld = withheld || strip_withheld(read->total, strip.count);
		parts += strip_shown(read->total, strip.count) + strip_shown(read->women, strip.count) + strip_shown(read->men, strip.count) >= 2;
	}
	if (parts == 0) {
		if (withheld)
			insats_withhold(section, "ålder och utbildning");
		return;
	}
	const char *name = report_print(section->report, "insats-%s-alder-utbildning", section->slug);
	struct chart_pyramid pyramid = { .chart = { .name = name,
		.title = report_print(section->report, "Ålder och utbildning: %s", section->insats->name),
		.subtitle = "Deltaganden; ålder under året för start, offentligt stöd i ett sträck före insatsen" }, .parts = parts, .part = part };
	struct svg svg = report_svg(section->report);
	chart_pyramid(&svg, &pyramid);
	report_picture(section->report, &svg, name, "i02_bakgrund");
	section->told = true;
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
	struct value came = of_insats(section, "i09_ko", "inkomna", CUBE_TOTAL), began = of_insats(section, "i09_ko", "startade", CUBE_TOTAL);
	struct value wait = of_insats(section, "i09_ko", "vantande", CUBE_TOTAL);
	struct value median = of_insats(section, "i09_ko", "median_vantetid", CUBE_TOTAL);
	if (came.sheet == NULL || came.row == CUBE_NO_ROW)
		return;
	section->told = true;
	html_markup(html, "<p>");
	value_write(html, &came);
	html_markup(html, " intresseanmälningar kom in och ");
	value_write(html, &began);
	html_markup(html, " ledde till start. ");
	value_write(html, &wait);
	html_markup(html, " väntade när perioden slutade");
	if (value_published(&median)) {
		html_markup(html, ", hälften av dem i minst ");
		value_write(html, &median);
		html_markup(html, " månader");
	}
	html_markup(html, ".</p>\n");
}
