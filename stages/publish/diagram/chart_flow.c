/* Flows from one state to another: see chart.h. */
#include <math.h>

#include "stages/publish/diagram/frame.h"

#define NAMES 175.0   /* width of the names on each side */
#define NODE 10.0     /* width of a state's bar */
#define GAP 12.0      /* between states */
#define LEAST 17.0    /* room of the thinnest stream: its figure stands in it */
#define NAME_LINES 3    /* of a state's name, at most */
#define THICK 120.0   /* of the widest stream */

struct layout {
	const struct chart_flow *flow;
	double per; /* pixels of one */
};

static double thickness(const struct layout *layout, const struct chart_stream *stream)
{
	return fmax(2, stream->value.number * layout->per);
}

static double room_of(const struct layout *layout, const struct chart_stream *stream)
{
	return fmax(LEAST, thickness(layout, stream));
}

static struct lettering name_of(const struct layout *layout, size_t state)
{
	return lettering_break(layout->flow->state[state], NAMES, NAME_LINES, FRAME_SIZE, false);
}

/* Least height of a state: its name stands beside it. */
static double least_height(const struct layout *layout, size_t state)
{
	return fmax(2, (double)name_of(layout, state).lines) * FRAME_LEADING + 2;
}

/* Height that a state needs on one side; 0 when no stream touches it there. */
static double height_of(const struct layout *layout, size_t state, bool after)
{
	double height = 0;
	for (size_t i = 0; i < layout->flow->streams; i++)
		if ((after ? layout->flow->stream[i].to : layout->flow->stream[i].from) == state)
			height += room_of(layout, &layout->flow->stream[i]);
	return height > 0 ? fmax(height, least_height(layout, state)) : 0;
}

static double height_of_side(const struct layout *layout, bool after)
{
	double height = 0;
	for (size_t s = 0; s < layout->flow->states; s++) {
		double state = height_of(layout, s, after);
		height += state > 0 ? state + (height > 0 ? GAP : 0) : 0;
	}
	return height;
}

/* Top of a stream's room on one side: below the states before its own, and the streams before it in its own. */
static double top_of(const struct layout *layout, size_t stream, bool after, double top)
{
	const struct chart_flow *flow = layout->flow;
	size_t state = after ? flow->stream[stream].to : flow->stream[stream].from;
	double own = 0;
	for (size_t s = 0; s < state; s++)
		top += height_of(layout, s, after) > 0 ? height_of(layout, s, after) + GAP : 0;
	for (size_t i = 0; i < flow->streams; i++) {
		const struct chart_stream *other = &flow->stream[i];
		if ((after ? other->to : other->from) != state)
			continue;
		size_t a = after ? other->from : other->to, b = after ? flow->stream[stream].from : flow->stream[stream].to;
		top += a < b ? room_of(layout, other) : 0;
		own += room_of(layout, other);
	}
	return top + fmax(0, least_height(layout, state) - own) / 2;
}

static void draw_stream(struct svg *svg, const struct layout *layout, size_t i, double left, double right)
{
	static const struct svg_line edge = { SVG_RULE, 1, NULL };
	const struct chart_stream *stream = &layout->flow->stream[i];
	double x1 = FRAME_MARGIN + NAMES + NODE + 8, x2 = CHART_WIDTH - x1, bend = (x2 - x1) / 2;
	double half = thickness(layout, stream) / 2, room = room_of(layout, stream) / 2;
	double y1 = left + room, y2 = right + room;
	svg_path(svg);
	svg_move(svg, x1, y1 - half);
	svg_curve(svg, x1 + bend, y1 - half, x2 - bend, y2 - half, x2, y2 - half);
	svg_to(svg, x2, y2 + half);
	svg_curve(svg, x2 - bend, y2 + half, x1 + bend, y1 + half, x1, y1 + half);
	svg_close(svg);
	svg_path_end(svg, "#cdd6df", &edge);
}

static void draw_states(struct svg *svg, const struct layout *layout, bool after, double top)
{
	double x = after ? CHART_WIDTH - FRAME_MARGIN - NAMES - NODE - 8 : FRAME_MARGIN + NAMES + 8;
	for (size_t s = 0; s < layout->flow->states; s++) {
		double height = height_of(layout, s, after);
		if (!(height > 0))
			continue;
		struct lettering name = name_of(layout, s);
		svg_rectangle(svg, x, top, NODE, height, SVG_BAR, SVG_NONE);
		frame_block(svg, after ? x + NODE + 8 : x - 8, top + height / 2 + 4.5, after ? &frame_label : &frame_label_end, &name);
		top += height + GAP;
	}
}

void chart_flow(struct svg *svg, const struct chart_flow *flow)
{
	struct layout layout = { .flow = flow, .per = 1 };
	struct text words = { 0 };
	struct svg_letters strong = frame_strong;
	double most = 0;
	for (size_t i = 0; i < flow->streams; i++) {
		const struct chart_stream *stream = &flow->stream[i];
		most = fmax(most, stream->value.number);
		frame_say(svg, &words, i > 0 ? " " : "", "Från ", flow->state[stream->from], " till ", flow->state[stream->to], ": ",
			frame_spoken(&stream->value), ".", NULL);
	}
	layout.per = most > 0 ? THICK / most : 1;
	double before = height_of_side(&layout, false), after = height_of_side(&layout, true);
	double top = frame_begin(svg, &flow->chart, &words, fmax(before, after) + 28) + 28;
	strong.anchor = SVG_END;
	svg_write(svg, FRAME_MARGIN + NAMES + NODE + 8, top - 14, &strong, flow->before);
	strong.anchor = SVG_START;
	svg_write(svg, CHART_WIDTH - FRAME_MARGIN - NAMES - NODE - 8, top - 14, &strong, flow->after);
	for (size_t i = 0; i < flow->streams; i++)
		draw_stream(svg, &layout, i, top_of(&layout, i, false, top), top_of(&layout, i, true, top));
	draw_states(svg, &layout, false, top);
	draw_states(svg, &layout, true, top);
	for (size_t i = 0; i < flow->streams; i++)
		svg_figure(svg, FRAME_MARGIN + NAMES + NODE + 15, top_of(&layout, i, false, top) + room_of(&layout, &flow->stream[i]) / 2 + 4.5,
			&frame_label, "", &flow->stream[i].value, "");
	svg_end(svg);
}
