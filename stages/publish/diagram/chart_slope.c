/* Before and after as slopes: see chart.h. */
#include <math.h>
#include <stdio.h>

#include "stages/publish/diagram/frame.h"
#include "stages/publish/diagram/scale.h"

#define NAMES 300.0  /* most width of the labels on the left */
#define GAP 18.0     /* between labels */

struct layout {
	const struct chart_slope *slope;
	double left, right, top, plot;
	struct scale scale;
};

static bool drawn(const struct chart_slope_line *line)
{
	return value_published(&line->before) || value_published(&line->after);
}

static double figure_room(const struct value *value)
{
	return frame_figure_width(value, " ", "");
}

static struct layout lay_out(const struct chart_slope *slope)
{
	struct layout layout = { .slope = slope, .left = lettering_width_of(slope->before, FRAME_SIZE, true) };
	double low = (double)INFINITY, high = -(double)INFINITY, right = lettering_width_of(slope->after, FRAME_SIZE, true);
	size_t count = 0;
	for (size_t i = 0; i < slope->lines; i++) {
		const struct chart_slope_line *line = &slope->line[i];
		double name = fmin(lettering_width_of(line->name, FRAME_SIZE, false), NAMES - 60);
		if (!drawn(line))
			continue;
		count++;
		for (int side = 0; side < 2; side++) {
			const struct value *value = side == 0 ? &line->before : &line->after;
			low = value_published(value) ? fmin(low, value->number) : low;
			high = value_published(value) ? fmax(high, value->number) : high;
		}
		layout.left = fmax(layout.left, name + figure_room(&line->before));
		right = fmax(right, figure_room(&line->after) + (value_published(&line->before) ? 0 : name + 8));
	}
	layout.left += FRAME_MARGIN + 12;
	layout.right = CHART_WIDTH - FRAME_MARGIN - right - 12;
	layout.plot = fmax(150, (double)count * GAP * 1.6);
	layout.scale = (struct scale){ .low = low, .high = high > low ? high : low + 1 };
	return layout;
}

/* Places of the labels on one side, moved apart; only drawn lines with a figure there (or, to the left, any) have one. */
static void place_labels(const struct layout *layout, bool after, double *place)
{
	double taken[FRAME_PLACES];
	size_t of[FRAME_PLACES], count = 0;
	for (size_t i = 0; i < layout->slope->lines && i < FRAME_PLACES; i++) {
		const struct chart_slope_line *line = &layout->slope->line[i];
		const struct value *value = after ? &line->after : &line->before;
		if (!value_published(value))
			continue;
		of[count] = i;
		taken[count++] = scale_place(&layout->scale, value->number);
	}
	frame_spread(taken, count, GAP, layout->top, layout->top + layout->plot);
	for (size_t i = 0; i < count; i++)
		place[of[i]] = taken[i];
}

static void draw(struct svg *svg, const struct layout *layout, const struct chart_slope_line *line, double left, double right)
{
	const struct svg_line stroke = { line->colour, 2.5, NULL };
	bool before = value_published(&line->before), after = value_published(&line->after);
	double x1 = layout->left, x2 = layout->right;
	char name[LETTERING_TEXT + 4];
	struct lettering label = lettering_break(line->name, NAMES - 60, 1, FRAME_SIZE, false);
	double y1 = scale_place(&layout->scale, line->before.number), y2 = scale_place(&layout->scale, line->after.number);
	if (before && after)
		svg_segment(svg, x1, y1, x2, y2, &stroke);
	if (before) {
		(void)snprintf(name, sizeof name, "%s ", label.line[0]);
		svg_circle(svg, x1, y1, 4, line->colour, SVG_NONE);
		svg_figure(svg, x1 - 10, left + 4, &frame_label_end, name, &line->before, "");
	}
	if (after) {
		char behind[LETTERING_TEXT + 4];
		(void)snprintf(behind, sizeof behind, "%s%s", before ? "" : "  ", before ? "" : label.line[0]);
		svg_circle(svg, x2, y2, 4, line->colour, SVG_NONE);
		svg_figure(svg, x2 + 10, right + 4, &frame_label, "", &line->after, behind);
	}
}

void chart_slope(struct svg *svg, const struct chart_slope *slope)
{
	struct layout layout = lay_out(slope);
	struct text words = { 0 };
	double left[FRAME_PLACES] = { 0 }, right[FRAME_PLACES] = { 0 };
	struct svg_letters strong = frame_strong;
	for (size_t i = 0; i < slope->lines; i++)
		frame_say(svg, &words, i > 0 ? " " : "", slope->line[i].name, ": ", slope->before, " ",
			frame_spoken(&slope->line[i].before), ", ", slope->after, " ", frame_spoken(&slope->line[i].after), ".", NULL);
	double top = frame_begin(svg, &slope->chart, &words, layout.plot + 38);
	layout.top = top + 30;
	layout.scale.from = layout.top + layout.plot;
	layout.scale.to = layout.top;
	svg_write(svg, layout.right, top + 10, &strong, slope->after);
	strong.anchor = SVG_END;
	svg_write(svg, layout.left, top + 10, &strong, slope->before);
	svg_segment(svg, layout.left, layout.top - 10, layout.left, layout.top + layout.plot + 6, &frame_axis);
	svg_segment(svg, layout.right, layout.top - 10, layout.right, layout.top + layout.plot + 6, &frame_axis);
	place_labels(&layout, false, left);
	place_labels(&layout, true, right);
	for (size_t i = 0; i < slope->lines && i < FRAME_PLACES; i++)
		if (drawn(&slope->line[i]))
			draw(svg, &layout, &slope->line[i], left[i], right[i]);
	svg_end(svg);
}
