/* How sets overlap: see chart.h. */
#include <math.h>

#include "stages/publish/diagram/frame.h"

#define BARS 150.0
#define ROW 26.0
#define COLUMN_MOST 46.0

/* A set of a combination: filled where it takes part, else a ring. */
static void draw_member(struct svg *svg, double x, double y, bool member)
{
	svg_circle(svg, x, y, member ? 6 : 5.5, member ? SVG_BAR : "#ffffff", member ? SVG_NONE : SVG_RULE);
}

void chart_upset(struct svg *svg, const struct chart_upset *upset)
{
	struct text words = { 0 };
	double most = 0, names = frame_widest(upset->set, upset->sets, 180);
	for (size_t i = 0; i < upset->combinations; i++) {
		const struct chart_combination *combination = &upset->combination[i];
		const char *before = "";
		frame_say(svg, &words, i > 0 ? " " : "", NULL);
		for (size_t s = 0; s < upset->sets; s++)
			if ((combination->members >> s & 1U) != 0) {
				frame_say(svg, &words, before, upset->set[s], NULL);
				before = " och ";
			}
		frame_say(svg, &words, ": ", frame_spoken(&combination->value), ".", NULL);
		most = fmax(most, combination->value.number);
	}
	double left = FRAME_MARGIN + names + 14, room = CHART_WIDTH - FRAME_MARGIN - left;
	double column = fmin(COLUMN_MOST, room / (double)upset->combinations);
	double top = frame_begin(svg, &upset->chart, &words, 16 + BARS + 14 + (double)upset->sets * ROW);
	double base = top + 16 + BARS, matrix = base + 14;
	double end = left + column * (double)upset->combinations;
	for (size_t s = 0; s < upset->sets; s++) {
		double y = matrix + ((double)s + 0.5) * ROW;
		if (s % 2 == 0)
			svg_rectangle(svg, left, y - ROW / 2, end - left, ROW, "#f2f5f8", SVG_NONE);
		svg_write(svg, left - 10, y + 4.5, &frame_label_end, lettering_break(upset->set[s], names, 1, FRAME_SIZE, false).line[0]);
	}
	for (size_t i = 0; i < upset->combinations; i++) {
		static const struct svg_line link = { SVG_BAR, 3, NULL };
		const struct chart_combination *combination = &upset->combination[i];
		double x = left + ((double)i + 0.5) * column, first = 0, last = 0;
		double height = most > 0 ? combination->value.number / most * BARS : 0;
		if (height > 0)
			svg_rectangle(svg, x - column * 0.32, base, column * 0.64, -height, SVG_BAR, SVG_NONE);
		svg_figure(svg, x, base - height - 5, &frame_label_middle, "", &combination->value, "");
		for (size_t s = 0; s < upset->sets; s++)
			if ((combination->members >> s & 1U) != 0) {
				last = matrix + ((double)s + 0.5) * ROW;
				first = first > 0 ? first : last;
			}
		if (last > first)
			svg_segment(svg, x, first, x, last, &link);
		for (size_t s = 0; s < upset->sets; s++)
			draw_member(svg, x, matrix + ((double)s + 0.5) * ROW, (combination->members >> s & 1U) != 0);
	}
	svg_segment(svg, left, base, end, base, &frame_axis);
	svg_end(svg);
}
