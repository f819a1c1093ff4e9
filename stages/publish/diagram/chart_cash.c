/* Cash flow with its band and the payback: see chart.h. */
#include <math.h>
#include <stdio.h>

#include "stages/publish/diagram/frame.h"
#include "stages/publish/diagram/scale.h"

#define PLOT 230.0
#define PLOT_SMALL 130.0
#define HEADING 42.0 /* of a panel: its title, then the payback */
#define FOOT 40.0
#define GAP 22.0

struct layout {
	const struct chart_cash *cash;
	size_t columns;
	double plot, width; /* of a panel's plot */
	double marks;       /* width of the marks of the axis */
	double panel;       /* height of a panel with heading and foot */
	struct scale money; /* in pixels from the plot's top */
};

static void extend(const struct value *value, size_t months, double *low, double *high)
{
	for (size_t i = 0; value != NULL && i < months; i++) {
		*low = fmin(*low, value[i].number);
		*high = fmax(*high, value[i].number);
	}
}

static struct layout lay_out(const struct chart_cash *cash)
{
	struct layout layout = { .cash = cash, .columns = cash->panels > 1 ? 2 : 1 };
	double low = 0, high = 0;
	char text[FORMAT_TEXT];
	for (size_t p = 0; p < cash->panels; p++) {
		extend(cash->panel[p].expected, cash->panel[p].months, &low, &high);
		extend(cash->panel[p].low, cash->panel[p].months, &low, &high);
		extend(cash->panel[p].high, cash->panel[p].months, &low, &high);
	}
	layout.plot = cash->panels > 1 ? PLOT_SMALL : PLOT;
	layout.money = scale_make(low, high, cash->panels > 1 ? 3 : 5, 1, layout.plot, 0);
	for (size_t i = 0; i < scale_marks(&layout.money); i++) {
		format_number(scale_mark(&layout.money, i), 0, text);
		layout.marks = fmax(layout.marks, lettering_width_of(text, FRAME_SMALL, false));
	}
	layout.width = (CHART_WIDTH - 2 * FRAME_MARGIN - 10 - (double)(layout.columns - 1) * GAP) / (double)layout.columns - layout.marks - 8;
	layout.panel = (cash->panels > 1 ? HEADING : 0) + layout.plot + FOOT;
	return layout;
}

/* Where a panel's plot stands, and its months. */
struct place {
	double left, top;
	struct scale month;
};

static struct place place_of(const struct layout *layout, size_t p, double top)
{
	const struct chart_cash_panel *panel = &layout->cash->panel[p];
	double column = (double)(p % layout->columns), row = (double)(p / layout->columns);
	struct place place = { .left = FRAME_MARGIN + column * (layout->marks + 8 + layout->width + GAP) + layout->marks + 8,
		.top = top + row * layout->panel + (layout->cash->panels > 1 ? HEADING : 0) };
	place.month = (struct scale){ .low = 0, .high = (double)panel->months, .from = place.left, .to = place.left + layout->width };
	return place;
}

static double money_at(const struct layout *layout, const struct place *place, const struct value *value)
{
	return place->top + scale_place(&layout->money, value->number);
}

static void draw_axes(struct svg *svg, const struct layout *layout, const struct place *place)
{
	static const struct svg_line zero = { SVG_INK, 1, NULL };
	char text[FORMAT_TEXT];
	for (size_t i = 0; i < scale_marks(&layout->money); i++) {
		double mark = scale_mark(&layout->money, i), y = place->top + scale_place(&layout->money, mark);
		format_number(mark, 0, text);
		svg_segment(svg, place->left, y, place->left + layout->width, y, mark > 0 || mark < 0 ? &frame_grid : &zero);
		svg_write(svg, place->left - 6, y + 4, &frame_quiet_end, text);
	}
	double bottom = place->top + layout->plot;
	size_t step = place->month.high <= 24 ? 6 : place->month.high <= 72 ? 12 : place->month.high <= 144 ? 24 : 60;
	for (size_t month = 0; (double)month <= place->month.high; month += step) {
		double x = scale_place(&place->month, (double)month);
		format_number((double)month, 0, text);
		svg_segment(svg, x, bottom, x, bottom + 4, &frame_axis);
		svg_write(svg, x, bottom + 17, &frame_quiet_middle, text);
	}
	svg_write(svg, place->left + layout->width / 2, bottom + 33, &frame_quiet_middle, "månader från start");
}

static void draw_band(struct svg *svg, const struct layout *layout, const struct chart_cash_panel *panel, const struct place *place)
{
	static const struct svg_line edge = { SVG_RULE, 1, "3 3" };
	size_t end = 0;
	if (panel->low == NULL || panel->high == NULL)
		return;
	while (end < panel->months && value_published(&panel->low[end]) && value_published(&panel->high[end]))
		end++;
	if (end < 2)
		return;
	svg_path(svg);
	for (size_t i = 0; i < end; i++)
		(i == 0 ? svg_move : svg_to)(svg, scale_place(&place->month, (double)(i + 1)), money_at(layout, place, &panel->low[i]));
	for (size_t i = end; i-- > 0;)
		svg_to(svg, scale_place(&place->month, (double)(i + 1)), money_at(layout, place, &panel->high[i]));
	svg_close(svg);
	svg_path_end(svg, SVG_PALE, &edge);
}

static void draw_line(struct svg *svg, const struct layout *layout, const struct chart_cash_panel *panel, const struct place *place)
{
	static const struct svg_line line = { SVG_INK, 2.5, NULL };
	for (size_t first = 0, end; first < panel->months; first = end) {
		end = first + 1;
		if (!value_published(&panel->expected[first]))
			continue;
		while (end < panel->months && value_published(&panel->expected[end]))
			end++;
		svg_path(svg);
		for (size_t i = first; i < end; i++)
			(i == first ? svg_move : svg_to)(svg, scale_place(&place->month, (double)(i + 1)), money_at(layout, place, &panel->expected[i]));
		svg_path_end(svg, SVG_NONE, &line);
	}
}

/* The month of payback on the zero line, its words above the plot. */
static void draw_payback(struct svg *svg, const struct layout *layout, const struct chart_cash_panel *panel, const struct place *place)
{
	static const struct svg_line stem = { SVG_MARK, 1.5, NULL };
	static const struct svg_letters start = { .size = FRAME_SIZE, .colour = SVG_MARK, .bold = true };
	struct svg_letters letters = start;
	if (!value_published(&panel->payback) || panel->payback.number > place->month.high)
		return;
	double x = scale_place(&place->month, panel->payback.number), zero = place->top + scale_place(&layout->money, 0);
	bool right = x < place->left + layout->width / 2;
	letters.anchor = right ? SVG_START : SVG_END;
	svg_segment(svg, x, zero, x, place->top + 2, &stem);
	svg_circle(svg, x, zero, 5, "#ffffff", SVG_MARK);
	svg_figure(svg, right ? x - 4 : x + 4, place->top - 4, &letters, layout->cash->panels > 1 ? "" : "återbetald efter ", &panel->payback,
		" månader");
}

void chart_cash(struct svg *svg, const struct chart_cash *cash)
{
	struct layout layout = lay_out(cash);
	struct text words = { 0 };
	for (size_t p = 0; p < cash->panels; p++) {
		const struct chart_cash_panel *panel = &cash->panel[p];
		frame_say(svg, &words, p > 0 ? " " : "", panel->title == NULL ? "" : panel->title, panel->title == NULL ? "" : ": ",
			"ackumulerat efter första månaden ", frame_spoken(&panel->expected[0]), ", efter den sista ",
			frame_spoken(&panel->expected[panel->months - 1]), " kronor; återbetald efter månader: ", frame_spoken(&panel->payback), ".", NULL);
	}
	size_t rows = (cash->panels + layout.columns - 1) / layout.columns;
	double above = cash->panels > 1 ? 0 : 18;
	double top = frame_begin(svg, &cash->chart, &words, (double)rows * layout.panel + above) + above;
	for (size_t p = 0; p < cash->panels; p++) {
		const struct chart_cash_panel *panel = &cash->panel[p];
		struct place place = place_of(&layout, p, top);
		if (panel->title != NULL)
			svg_write(svg, place.left - layout.marks - 8, place.top - 26, &frame_strong,
				lettering_break(panel->title, layout.width + layout.marks, 1, FRAME_SIZE, true).line[0]);
		draw_band(svg, &layout, panel, &place);
		draw_axes(svg, &layout, &place);
		draw_line(svg, &layout, panel, &place);
		draw_payback(svg, &layout, panel, &place);
	}
	svg_end(svg);
}
