/* Sensitivity of a result: see chart.h. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "stages/publish/diagram/frame.h"
#include "stages/publish/diagram/scale.h"

#define BAR 18.0
#define ROW 30.0
#define NAMES 170.0
#define MOST 32 /* assumptions drawn */
#define LOW "#A285D1"
#define HIGH "#3D3D3D"

struct layout {
	double names;
	struct scale scale;
};

static double reach(const struct chart_tornado *tornado, size_t i)
{
	const struct chart_assumption *assumption = &tornado->assumption[i];
	double low = value_published(&assumption->low) ? assumption->low.number : tornado->centre.number;
	double high = value_published(&assumption->high) ? assumption->high.number : tornado->centre.number;
	return fabs(high - low);
}

/* The most sensitive first; equal ones as they are given. */
static size_t put_in_order(const struct chart_tornado *tornado, size_t *order)
{
	size_t count = tornado->assumptions < MOST ? tornado->assumptions : MOST;
	for (size_t i = 0; i < count; i++) {
		size_t k = i;
		for (; k > 0 && reach(tornado, order[k - 1]) < reach(tornado, i); k--)
			order[k] = order[k - 1];
		order[k] = i;
	}
	return count;
}

static struct layout lay_out(const struct chart_tornado *tornado, size_t count)
{
	struct layout layout = { .names = 0 };
	double low = tornado->centre.number, high = low, room = 0;
	for (size_t i = 0; i < count; i++) {
		const struct chart_assumption *assumption = &tornado->assumption[i];
		const struct value *const values[] = { &assumption->low, &assumption->high };
		layout.names = fmax(layout.names, fmin(NAMES, lettering_width_of(assumption->name, FRAME_SIZE, false) + 1));
		for (size_t k = 0; k < 2; k++) {
			room = fmax(room, frame_figure_width(values[k], "lågt ", ""));
			if (!value_published(values[k]))
				continue;
			low = fmin(low, values[k]->number);
			high = fmax(high, values[k]->number);
		}
	}
	double from = FRAME_MARGIN + layout.names + 12 + room + 8;
	layout.scale = (struct scale){ .low = low, .high = high > low ? high : low + 1, .from = from,
		.to = CHART_WIDTH - FRAME_MARGIN - room - 8 };
	return layout;
}

/* One end of a row: its bar from the centre, its figure beyond it; a figure that does not move stands on its own side. */
static void draw_end(struct svg *svg, const struct layout *layout, double centre, const struct value *value, bool high, bool left,
	const char *name, double y)
{
	double end = value_published(value) ? scale_place(&layout->scale, value->number) : centre;
	svg_rectangle(svg, centre, y, end - centre, BAR, high ? HIGH : LOW, SVG_NONE);
	svg_figure(svg, left ? end - 6 : end + 6, y + 13.5, left ? &frame_label_end : &frame_label, name, value, "");
}

void chart_tornado(struct svg *svg, const struct chart_tornado *tornado)
{
	size_t order[MOST], count = put_in_order(tornado, order);
	struct layout layout = lay_out(tornado, count);
	struct text words = { 0 };
	for (size_t k = 0; k < count; k++) {
		const struct chart_assumption *assumption = &tornado->assumption[order[k]];
		frame_say(svg, &words, k > 0 ? " " : "", assumption->name, ": lågt värde ", frame_spoken(&assumption->low), ", högt värde ",
			frame_spoken(&assumption->high), ".", NULL);
	}
	double top = frame_begin(svg, &tornado->chart, &words, 24 + (double)count * ROW) + 24;
	double centre = scale_place(&layout.scale, tornado->centre.number);
	static const struct svg_line line = { SVG_INK, 1, NULL };
	svg_figure(svg, centre, top - 8, &frame_label_middle, "med kalkylens antaganden ", &tornado->centre, tornado->unit);
	for (size_t k = 0; k < count; k++) {
		const struct chart_assumption *assumption = &tornado->assumption[order[k]];
		double y = top + (double)k * ROW + 6;
		bool low_left = assumption->low.number < assumption->high.number || !(reach(tornado, order[k]) > 0);
		struct lettering name = lettering_break(assumption->name, layout.names, 1, FRAME_SIZE, false);
		svg_write(svg, FRAME_MARGIN + layout.names, y + 13.5, &frame_label_end, name.line[0]);
		draw_end(svg, &layout, centre, &assumption->low, false, low_left, "lågt ", y);
		draw_end(svg, &layout, centre, &assumption->high, true, !low_left, "högt ", y);
	}
	svg_segment(svg, centre, top, centre, top + (double)count * ROW + 2, &line);
	svg_end(svg);
}
