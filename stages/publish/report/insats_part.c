/* What the parts of an insats's section share: see insats.h. */
#include "stages/publish/report/insats.h"

#include "stages/publish/diagram/chart.h"

void insats_withhold(struct section *section, const char *what)
{
	if (section->withheld_count < SECTION_WITHHELD)
		section->withheld[section->withheld_count++] = what;
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
