/* Bars by category and series: see chart.h. */
#include <math.h>
#include <stdio.h>

#include "stages/publish/diagram/frame.h"
#include "stages/publish/diagram/scale.h"

#define BAR 15.0
#define LABELS 210.0 /* most width of the categories */

struct layout {
	const struct chart_bars *bars;
	double labels, row; /* width of the categories; height of one */
	double totals;      /* width of the totals; 0 without */
	struct scale scale;
};

static const struct value *value_at(const struct chart_bars *bars, size_t category, size_t serie)
{
	return &bars->value[category * bars->series + serie];
}

/* The name of a series stands before its figures in the first category alone, where that names the bars below too. */
static const char *name_of(const struct chart_bars *bars, size_t category, size_t serie)
{
	return category == 0 && bars->series > 1 ? bars->serie[serie].name : "";
}

static const char *gap_after(const char *name)
{
	return *name == '\0' ? "" : " ";
}

static double label_width(const struct chart_bars *bars, size_t category, size_t serie)
{
	return 6 + lettering_width_of(name_of(bars, category, serie), FRAME_SIZE, false) +
		frame_figure_width(value_at(bars, category, serie), " ", bars->unit);
}

static struct layout lay_out(const struct chart_bars *bars)
{
	struct layout layout = { .bars = bars, .labels = frame_widest(bars->category, bars->categories, LABELS) };
	double low = 0, high = 0, left = 0, right = 0;
	size_t lines = 1;
	for (size_t c = 0; bars->total != NULL && c < bars->categories; c++)
		layout.totals = fmax(layout.totals, fmax(frame_figure_width(&bars->total[c], "", bars->unit), lettering_width_of("Totalt", FRAME_SMALL, false)) + 16);
	for (size_t c = 0; c < bars->categories; c++) {
		struct lettering label = lettering_break(bars->category[c], layout.labels, 3, FRAME_SIZE, false);
		lines = label.lines > lines ? label.lines : lines;
		for (size_t s = 0; s < bars->series; s++) {
			double number = value_at(bars, c, s)->number, width = label_width(bars, c, s);
			low = fmin(low, number);
			high = fmax(high, number);
			left = number < 0 ? fmax(left, width) : left;
			right = number < 0 ? right : fmax(right, width);
		}
	}
	double from = FRAME_MARGIN + layout.labels + 12 + left;
	layout.row = fmax((double)bars->series * (BAR + 2), (double)lines * FRAME_LEADING) + 12;
	layout.scale = scale_plain(low, high, from, fmax(from + 60, CHART_WIDTH - FRAME_MARGIN - right - layout.totals));
	return layout;
}

static void draw_bar(struct svg *svg, const struct layout *layout, size_t category, size_t serie, double y)
{
	const struct chart_bars *bars = layout->bars;
	const struct value *value = value_at(bars, category, serie);
	const char *name = name_of(bars, category, serie);
	char before[LETTERING_TEXT];
	(void)snprintf(before, sizeof before, "%.120s%s", name, gap_after(name));
	double zero = scale_place(&layout->scale, 0), end = scale_place(&layout->scale, value->number);
	if (value->number > 0 || value->number < 0)
		svg_rectangle(svg, zero, y, end - zero, BAR, bars->serie[serie].colour, SVG_NONE);
	if (value->number < 0)
		svg_figure(svg, end - 5, y + 12, &frame_label_end, before, value, bars->unit);
	else
		svg_figure(svg, end + 5, y + 12, &frame_label, before, value, bars->unit);
}

void chart_bars(struct svg *svg, const struct chart_bars *bars)
{
	struct layout layout = lay_out(bars);
	struct text words = { 0 };
	for (size_t c = 0; c < bars->categories; c++) {
		frame_say(svg, &words, c > 0 ? " " : "", bars->category[c], ": ", NULL);
		for (size_t s = 0; s < bars->series; s++)
			frame_say(svg, &words, s > 0 ? ", " : "", bars->series > 1 ? bars->serie[s].name : "",
				bars->series > 1 ? " " : "", frame_spoken(value_at(bars, c, s)), NULL);
		if (bars->total != NULL)
			frame_say(svg, &words, ", totalt ", frame_spoken(&bars->total[c]), NULL);
		frame_say(svg, &words, ".", NULL);
	}
	double above = bars->total != NULL ? 12 : 0, height = (double)bars->categories * layout.row;
	double top = frame_begin(svg, &bars->chart, &words, height + above) + above;
	if (bars->total != NULL)
		svg_write(svg, CHART_WIDTH - FRAME_MARGIN, top - 8, &frame_quiet_end, "Totalt");
	for (size_t c = 0; c < bars->categories; c++) {
		double y = top + (double)c * layout.row, middle = y + (layout.row - 12) / 2;
		struct lettering label = lettering_break(bars->category[c], layout.labels, 3, FRAME_SIZE, false);
		frame_block(svg, FRAME_MARGIN + layout.labels, middle + 4.5, &frame_label_end, &label);
		if (bars->total != NULL)
			svg_figure(svg, CHART_WIDTH - FRAME_MARGIN, middle + 4.5, &frame_label_end, "", &bars->total[c], bars->unit);
		for (size_t s = 0; s < bars->series; s++)
			draw_bar(svg, &layout, c, s, middle + ((double)s - (double)bars->series / 2) * (BAR + 2) + 1);
	}
	double zero = scale_place(&layout.scale, 0);
	svg_segment(svg, zero, top - 4, zero, top + height - 8, &frame_axis);
	svg_end(svg);
}
