/* Lines over time: see chart.h. */
#include <math.h>
#include <stdio.h>

#include "stages/publish/diagram/frame.h"
#include "stages/publish/diagram/scale.h"

#define PLOT 220.0
#define NAMES 190.0     /* most width of the names to the right */
#define DOTS 36         /* with more points a line has none */

struct layout {
	const struct chart_series *series;
	double left, right, top;
	struct scale scale;
};

static double place_of(const struct layout *layout, size_t point)
{
	size_t points = layout->series->points;
	if (points < 2)
		return (layout->left + layout->right) / 2;
	return layout->left + 8 + (double)point / (double)(points - 1) * (layout->right - layout->left - 16);
}

static void extend(const struct value *value, size_t points, double *low, double *high)
{
	for (size_t i = 0; value != NULL && i < points; i++) {
		*low = fmin(*low, value[i].number);
		*high = fmax(*high, value[i].number);
	}
}

/* The last published point of a line; SIZE_MAX without any. */
static size_t last_point(const struct chart_series *series, const struct chart_line *line)
{
	for (size_t i = series->points; i-- > 0;)
		if (value_published(&line->value[i]))
			return i;
	return SIZE_MAX;
}

static bool is_broken(const struct chart_series *series, size_t point)
{
	for (size_t i = 0; i < series->breaks; i++)
		if (series->break_at[i].before == point)
			return true;
	return false;
}

static double name_width(const struct chart_series *series, const struct chart_line *line)
{
	size_t last = last_point(series, line);
	double figure = last == SIZE_MAX ? lettering_width_of(FORMAT_PROTECTED, FRAME_SIZE, false)
		: frame_figure_width(&line->value[last], "", series->unit);
	return lettering_width_of(line->name, FRAME_SIZE, false) + figure + 8;
}

static struct layout lay_out(const struct chart_series *series)
{
	struct layout layout = { .series = series };
	double low = 0, high = series->highest, names = 0, marks = 0;
	char text[FORMAT_TEXT];
	for (size_t i = 0; i < series->lines; i++) {
		extend(series->line[i].value, series->points, &low, &high);
		extend(series->line[i].low, series->points, &low, &high);
		extend(series->line[i].high, series->points, &low, &high);
		names = fmax(names, name_width(series, &series->line[i]));
	}
	layout.scale = scale_make(low, high, 5, 1, 0, 0);
	for (size_t i = 0; i < scale_marks(&layout.scale); i++) {
		format_number(scale_mark(&layout.scale, i), 0, text);
		marks = fmax(marks, lettering_width_of(text, FRAME_SMALL, false));
	}
	layout.left = FRAME_MARGIN + marks + 6;
	layout.right = CHART_WIDTH - FRAME_MARGIN - fmin(names, NAMES + 40) - 8;
	return layout;
}

static void draw_axes(struct svg *svg, const struct layout *layout)
{
	const struct chart_series *series = layout->series;
	char text[FORMAT_TEXT];
	double widest = 0, bottom = layout->top + PLOT;
	for (size_t i = 0; i < scale_marks(&layout->scale); i++) {
		double y = scale_place(&layout->scale, scale_mark(&layout->scale, i));
		format_number(scale_mark(&layout->scale, i), 0, text);
		svg_segment(svg, layout->left, y, layout->right, y, i == 0 ? &frame_axis : &frame_grid);
		svg_write(svg, layout->left - 6, y + 4, &frame_quiet_end, text);
	}
	for (size_t i = 0; i < series->points; i++)
		widest = fmax(widest, lettering_width_of(series->point[i], FRAME_SMALL, false));
	double room = series->points > 1 ? place_of(layout, 1) - place_of(layout, 0) : layout->right;
	size_t every = room <= 0 ? 1 : (size_t)ceil((widest + 14) / room);
	for (size_t i = 0; i < series->points; i += every)
		svg_write(svg, place_of(layout, i), bottom + 17, &frame_quiet_middle, series->point[i]);
}

static void draw_breaks(struct svg *svg, const struct layout *layout)
{
	static const struct svg_line dashed = { SVG_MARK, 1.5, "5 4" };
	const struct chart_series *series = layout->series;
	for (size_t i = 0; i < series->breaks; i++) {
		double x = (place_of(layout, series->break_at[i].before) + place_of(layout, series->break_at[i].before - 1)) / 2;
		bool left = x > (layout->left + layout->right) / 2;
		double room = left ? x - layout->left : layout->right - x;
		struct lettering label = lettering_break(series->break_at[i].label, room - 6, 1, FRAME_SMALL, false);
		double y = layout->top - 22 - (double)(series->breaks - 1 - i) * FRAME_LEADING;
		svg_segment(svg, x, y, x, layout->top + PLOT, &dashed);
		svg_write(svg, left ? x - 4 : x + 4, y + 10, left ? &frame_quiet_end : &frame_quiet, label.line[0]);
	}
}

static void draw_band(struct svg *svg, const struct layout *layout, const struct chart_line *line)
{
	static const struct svg_line edge = { SVG_RULE, 1, "3 3" };
	for (size_t first = 0, end; line->low != NULL && first < layout->series->points; first = end) {
		for (end = first; end < layout->series->points && value_published(&line->low[end]) && value_published(&line->high[end]);)
			end++;
		if (end == first) {
			end++;
			continue;
		}
		svg_path(svg);
		for (size_t i = first; i < end; i++)
			(i == first ? svg_move : svg_to)(svg, place_of(layout, i), scale_place(&layout->scale, line->low[i].number));
		for (size_t i = end; i-- > first;)
			svg_to(svg, place_of(layout, i), scale_place(&layout->scale, line->high[i].number));
		svg_close(svg);
		svg_path_end(svg, SVG_PALE, &edge);
	}
}

static void draw_line(struct svg *svg, const struct layout *layout, const struct chart_line *line)
{
	const struct chart_series *series = layout->series;
	struct svg_line stroke = { line->colour, 2.5, line->dash };
	for (size_t first = 0, end; first < series->points; first = end) {
		end = first + 1;
		if (!value_published(&line->value[first]))
			continue;
		while (end < series->points && value_published(&line->value[end]) && !is_broken(series, end))
			end++;
		if (end - first > 1) {
			svg_path(svg);
			for (size_t i = first; i < end; i++)
				(i == first ? svg_move : svg_to)(svg, place_of(layout, i), scale_place(&layout->scale, line->value[i].number));
			svg_path_end(svg, SVG_NONE, &stroke);
		}
		for (size_t i = first; i < end && (series->points <= DOTS || end - first == 1); i++)
			svg_circle(svg, place_of(layout, i), scale_place(&layout->scale, line->value[i].number), 3, line->colour, SVG_NONE);
	}
}

static void draw_names(struct svg *svg, const struct layout *layout)
{
	const struct chart_series *series = layout->series;
	double place[FRAME_PLACES];
	size_t lines = series->lines < FRAME_PLACES ? series->lines : FRAME_PLACES;
	for (size_t i = 0; i < lines; i++) {
		size_t last = last_point(series, &series->line[i]);
		place[i] = last == SIZE_MAX ? layout->top + PLOT : scale_place(&layout->scale, series->line[i].value[last].number);
	}
	frame_spread(place, lines, FRAME_LEADING + 2, layout->top, layout->top + PLOT);
	for (size_t i = 0; i < lines; i++) {
		const struct chart_line *line = &series->line[i];
		size_t last = last_point(series, line);
		const struct value *value = &line->value[last == SIZE_MAX ? series->points - 1 : last];
		double x = layout->right + 8, room = CHART_WIDTH - FRAME_MARGIN - x - frame_figure_width(value, " ", series->unit);
		struct lettering name = lettering_break(line->name, room, 1, FRAME_SIZE, false);
		char before[LETTERING_TEXT + 1];
		(void)snprintf(before, sizeof before, "%s ", name.line[0]);
		svg_figure(svg, x, place[i] + 4, &frame_label, before, value, series->unit);
	}
}

void chart_series(struct svg *svg, const struct chart_series *series)
{
	struct layout layout = lay_out(series);
	struct text words = { 0 };
	for (size_t i = 0; i < series->lines; i++) {
		frame_say(svg, &words, i > 0 ? " " : "", series->line[i].name, ": ", NULL);
		for (size_t p = 0; p < series->points; p++)
			frame_say(svg, &words, p > 0 ? ", " : "", series->point[p], " ", frame_spoken(&series->line[i].value[p]), NULL);
		frame_say(svg, &words, ".", NULL);
	}
	double above = series->breaks > 0 ? 22 + (double)(series->breaks - 1) * FRAME_LEADING : 0;
	layout.top = frame_begin(svg, &series->chart, &words, above + PLOT + 24) + above;
	layout.scale.from = layout.top + PLOT;
	layout.scale.to = layout.top;
	draw_axes(svg, &layout);
	for (size_t i = 0; i < series->lines; i++)
		draw_band(svg, &layout, &series->line[i]);
	draw_breaks(svg, &layout);
	for (size_t i = 0; i < series->lines; i++)
		draw_line(svg, &layout, &series->line[i]);
	draw_names(svg, &layout);
	svg_end(svg);
}
