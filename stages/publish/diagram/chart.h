/* The chart forms: each draws the figures that it is given, and nothing else, as one SVG picture of CHART_WIDTH.

   A figure that is not published has no mark: its place says `..` or `–`, no axis, length or total knows it. Every picture
   has a heading, says what it shows in its description (figure by figure), and names its parts beside them instead of in a key.
   Space is made for every label from lettering.h, so that none lies on another. Each form has a file of its own. */
#ifndef FINSAMSTAT_STAGES_PUBLISH_DIAGRAM_CHART_H
#define FINSAMSTAT_STAGES_PUBLISH_DIAGRAM_CHART_H

#include <stddef.h>

#include "stages/publish/diagram/svg.h"

#define CHART_WIDTH 640.0

/* What every picture has. */
struct chart {
	const char *name;     /* of the file, without ".svg": letters, digits and '-' */
	const char *title;
	const char *subtitle; /* unit, period and what is counted; NULL without */
	const char *note;     /* below the picture; NULL without */
};

/* Bars from 0, to the right or (negative) to the left: for each category one a series. */
struct chart_series_name {
	const char *name, *colour;
};
struct chart_bars {
	struct chart chart;
	size_t categories, series; /* ≥ 1 */
	const char *const *category;
	const struct chart_series_name *serie;
	const struct value *value; /* categories × series */
	const struct value *total; /* categories: in a column of their own; NULL without */
	const char *unit;          /* behind each figure: " %"; "" without */
};
void chart_bars(struct svg *svg, const struct chart_bars *bars);

/* Lines over months or years. A line stops at a figure that is not published. */
struct chart_line {
	const char *name, *colour, *dash; /* dash NULL: unbroken */
	const struct value *value;      /* points */
	const struct value *low, *high; /* points; the band around the line; NULL without */
};
struct chart_break {
	size_t before;     /* the point before which the series breaks */
	const char *label;
};
struct chart_series {
	struct chart chart;
	size_t points, lines, breaks;
	const char *const *point; /* label of each */
	const struct chart_line *line;
	const struct chart_break *break_at;
	double highest;   /* the axis holds it at least: 100 for shares; 0 */
	const char *unit; /* behind each figure */
};
void chart_series(struct svg *svg, const struct chart_series *series);

/* Before and after: a line from the one to the other for each category. */
struct chart_slope_line {
	const char *name, *colour;
	struct value before, after;
};
struct chart_slope {
	struct chart chart;
	const char *before, *after; /* headings */
	size_t lines;
	const struct chart_slope_line *line;
};
void chart_slope(struct svg *svg, const struct chart_slope *slope);

/* Flows from states on the left to states on the right, as wide as they are many. */
struct chart_stream {
	size_t from, to; /* states */
	struct value value; /* published and above 0 */
};
struct chart_flow {
	struct chart chart;
	const char *before, *after;
	size_t states, streams;
	const char *const *state;
	const struct chart_stream *stream;
};
void chart_flow(struct svg *svg, const struct chart_flow *flow);

/* Women to the left, men to the right, the total beside: age groups, education. */
struct chart_pyramid_part {
	const char *title;
	size_t rows;
	const char *const *row;
	const struct value *women, *men, *total;
};
struct chart_pyramid {
	struct chart chart;
	size_t parts;
	const struct chart_pyramid_part *part;
};
void chart_pyramid(struct svg *svg, const struct chart_pyramid *pyramid);

/* How sets overlap (UpSet): a column for each combination, its bar above, its members dotted below. */
struct chart_combination {
	unsigned members; /* bit i: set i */
	struct value value;
};
struct chart_upset {
	struct chart chart;
	size_t sets, combinations;
	const char *const *set;
	const struct chart_combination *combination; /* in the order of drawing */
};
void chart_upset(struct svg *svg, const struct chart_upset *upset);

/* Goals: outcome with its interval against the requirement, each on a scale of its own, and the verdict in words. */
struct chart_goal {
	const char *group; /* heading above the row; NULL: the same as before */
	const char *text;  /* "egen försörjning: minst 30 % av avslutade" */
	const char *unit;
	struct value outcome, low, high; /* low and high: the interval, missing without one */
	double require_low, require_high; /* as the requirement is met; −INFINITY, INFINITY without a bound */
	double end;        /* of the scale, at least: 100 for shares, 0 */
	const char *icon, *verdict, *colour;
};
struct chart_bullet {
	struct chart chart;
	size_t goals;
	const struct chart_goal *goal;
};
void chart_bullet(struct svg *svg, const struct chart_bullet *bullet);

/* Cash flow over the months from the start, with its band and the month of payback; one panel, or several on one scale. */
struct chart_cash_panel {
	const char *title; /* NULL for a single one */
	size_t months;
	const struct value *expected, *low, *high; /* months; low and high may be NULL */
	struct value payback;                      /* months from the start */
};
struct chart_cash {
	struct chart chart;
	size_t panels;
	const struct chart_cash_panel *panel;
};
void chart_cash(struct svg *svg, const struct chart_cash *cash);

/* Sensitivity: how far a result moves when one assumption is low or high; the most sensitive first. */
struct chart_assumption {
	const char *name;
	struct value low, high;
};
struct chart_tornado {
	struct chart chart;
	struct value centre;
	const char *unit;
	size_t assumptions;
	const struct chart_assumption *assumption;
};
void chart_tornado(struct svg *svg, const struct chart_tornado *tornado);

/* Things placed in three by three boxes: risk upwards, effect to the right; high risk with low effect is marked. */
struct chart_placed {
	const char *name;
	int across, up; /* 0 låg, 1 medel, 2 hög */
};
struct chart_matrix {
	struct chart chart;
	size_t placed;
	const struct chart_placed *place;
};
void chart_matrix(struct svg *svg, const struct chart_matrix *matrix);

#endif
