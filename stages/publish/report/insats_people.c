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
	if (!value_published(&all) && !value_published(&new) && !value_published(&ended) && !value_published(&going)) {
		insats_withhold(section, "antal deltagare");
		return;
	}
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

static void write_pyramid(struct section *section, const struct insats_part *part, const struct strip *strip, const struct by_sex *people,
	const struct chart *chart)
{
	struct chart_pyramid_part only = { .title = "", .rows = strip->count, .row = strip->label, .women = people->women, .men = people->men,
		.total = people->total };
	struct chart_pyramid pyramid = { .chart = *chart, .parts = 1, .part = &only };
	struct svg svg = report_svg(section->report);
	chart_pyramid(&svg, &pyramid);
	report_picture(section->report, &svg, chart->name, part->table);
}

static void write_totals(struct section *section, const struct insats_part *part, const struct strip *strip, const struct by_sex *people,
	const struct chart *chart)
{
	static const struct chart_series_name all = { "Totalt", SVG_BAR };
	struct chart_bars bars = { .chart = *chart, .categories = strip->count, .series = 1, .category = strip->label, .serie = &all,
		.value = people->total, .unit = "" };
	struct svg svg = report_svg(section->report);
	chart_bars(&svg, &bars);
	report_picture(section->report, &svg, chart->name, part->table);
}

void insats_part(struct section *section, const struct insats_part *part)
{
	struct report *report = section->report;
	const struct sheet *sheet = report_sheet(report, part->table);
	const char *codes[] = { section->insats->name, CUBE_TOTAL, part->variable, NULL };
	struct strip strip = strip_find(report, sheet, part->dimension, codes, false);
	struct by_sex people;
	if (strip.count == 0 || !strip_by_sex(report, sheet, &strip, part->dimension, codes, 1, part->measure, &people))
		return;
	struct chart chart = { .name = report_print(report, "insats-%s-%s", section->slug, part->form),
		.title = report_print(report, "%s: %s", part->title, section->insats->name), .subtitle = part->subtitle };
	section->told = true;
	if (strip_shown(people.both, 2 * strip.count) >= 3)
		write_pyramid(section, part, &strip, &people, &chart);
	else if (strip_shown(people.total, strip.count) >= 2)
		write_totals(section, part, &strip, &people, &chart);
	else if (strip_withheld(people.total, strip.count))
		insats_withhold(section, part->what);
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
