/* Goals against their requirements: see chart.h. */
#include <math.h>
#include <stdio.h>

#include "stages/publish/diagram/frame.h"
#include "stages/publish/diagram/scale.h"

#define TRACK 400.0   /* right end of the scales */
#define VERDICT 424.0 /* where the verdicts begin */
#define GROUP 28.0
#define ROW 54.0
#define BAR 10.0

static double room_of(const struct chart_goal *goal, size_t i)
{
	return (goal->group != NULL ? GROUP + (i > 0 ? 8 : 0) : 0) + ROW;
}

/* The requirement: a zone between two bounds, or a bound with its side of the scale left free. */
static void draw_requirement(struct svg *svg, const struct chart_goal *goal, const struct scale *scale, double y)
{
	static const struct svg_line bound = { SVG_MARK, 3, NULL };
	bool low = isfinite(goal->require_low), high = isfinite(goal->require_high);
	double x1 = scale_place(scale, low ? goal->require_low : scale->low);
	double x2 = scale_place(scale, high ? goal->require_high : scale->high);
	svg_rectangle(svg, x1, y - 4, x2 - x1, BAR + 8, SVG_PALE, SVG_RULE);
	if (low)
		svg_segment(svg, x1, y - 6, x1, y + BAR + 6, &bound);
	if (high)
		svg_segment(svg, x2, y - 6, x2, y + BAR + 6, &bound);
}

static void draw_interval(struct svg *svg, const struct chart_goal *goal, const struct scale *scale, double y)
{
	static const struct svg_line whisker = { SVG_INK, 1.5, NULL };
	if (!value_published(&goal->low) || !value_published(&goal->high))
		return;
	double x1 = scale_place(scale, goal->low.number), x2 = scale_place(scale, goal->high.number), middle = y + BAR / 2;
	svg_segment(svg, x1, middle, x2, middle, &whisker);
	svg_segment(svg, x1, middle - 4, x1, middle + 4, &whisker);
	svg_segment(svg, x2, middle - 4, x2, middle + 4, &whisker);
}

static struct scale scale_of(const struct chart_goal *goal)
{
	double high = fmax(goal->end, fmax(goal->outcome.number, goal->high.number));
	high = isfinite(goal->require_low) ? fmax(high, goal->require_low * 1.15) : high;
	high = isfinite(goal->require_high) ? fmax(high, goal->require_high * 1.15) : high;
	return scale_plain(0, high, FRAME_MARGIN + 12, TRACK);
}

static void draw_goal(struct svg *svg, const struct chart_goal *goal, double y)
{
	struct scale scale = scale_of(goal);
	struct lettering text = lettering_break(goal->text, VERDICT - FRAME_MARGIN - 20, 1, FRAME_SIZE, false);
	struct svg_letters verdict = { .size = FRAME_SIZE, .colour = goal->colour, .bold = true };
	double bar = y + 26, zero = scale_place(&scale, 0);
	svg_write(svg, FRAME_MARGIN + 12, y + 12, &frame_label, text.line[0]);
	draw_requirement(svg, goal, &scale, bar);
	if (value_published(&goal->outcome))
		svg_rectangle(svg, zero, bar, scale_place(&scale, goal->outcome.number) - zero, BAR, "#8593a1", SVG_BAR);
	draw_interval(svg, goal, &scale, bar);
	svg_segment(svg, zero, bar - 4, zero, bar + BAR + 4, &frame_axis);
	svg_segment(svg, zero, bar + BAR + 8, TRACK, bar + BAR + 8, &frame_grid);
	svg_write(svg, VERDICT, y + 12, &verdict, goal->icon);
	svg_write(svg, VERDICT + 30, y + 12, &verdict, goal->verdict);
	svg_text(svg, VERDICT + 30, y + 34, &frame_label);
	svg_value(svg, &goal->outcome);
	svg_words(svg, value_published(&goal->outcome) ? goal->unit : "");
	if (value_published(&goal->low) && value_published(&goal->high)) {
		svg_words(svg, " (");
		svg_value(svg, &goal->low);
		svg_words(svg, "–");
		svg_value(svg, &goal->high);
		svg_words(svg, ")");
	}
	svg_text_end(svg);
}

void chart_bullet(struct svg *svg, const struct chart_bullet *bullet)
{
	struct text words = { 0 };
	double height = 0;
	for (size_t i = 0; i < bullet->goals; i++) {
		const struct chart_goal *goal = &bullet->goal[i];
		height += room_of(goal, i);
		frame_say(svg, &words, i > 0 ? " " : "", goal->group == NULL ? "" : goal->group, goal->group == NULL ? "" : ", ", goal->text,
			": ", frame_spoken(&goal->outcome), value_published(&goal->outcome) ? goal->unit : "", ", ", goal->verdict, ".", NULL);
	}
	double y = frame_begin(svg, &bullet->chart, &words, height);
	for (size_t i = 0; i < bullet->goals; i++) {
		const struct chart_goal *goal = &bullet->goal[i];
		if (goal->group != NULL) {
			double below = y + (i > 0 ? 8 : 0);
			svg_write(svg, FRAME_MARGIN, below + 14, &frame_strong,
				lettering_break(goal->group, CHART_WIDTH - 2 * FRAME_MARGIN, 1, FRAME_SIZE, true).line[0]);
		}
		draw_goal(svg, goal, y + room_of(goal, i) - ROW);
		y += room_of(goal, i);
	}
	svg_end(svg);
}
