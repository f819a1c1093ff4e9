/* What the chart forms share: the heading and note of a picture, its description, labels that make room for each other. Only
   the charts include it. */
#ifndef FINSAMSTAT_STAGES_PUBLISH_DIAGRAM_FRAME_H
#define FINSAMSTAT_STAGES_PUBLISH_DIAGRAM_FRAME_H

#include "stages/publish/diagram/chart.h"
#include "stages/publish/diagram/lettering.h"

#define FRAME_MARGIN 8.0
#define FRAME_SIZE 13.0  /* of labels */
#define FRAME_SMALL 12.0 /* of headings of axes, notes */
#define FRAME_LEADING 16.0

extern const struct svg_letters frame_label;  /* ink, from the left */
extern const struct svg_letters frame_label_end;
extern const struct svg_letters frame_label_middle;
extern const struct svg_letters frame_quiet;
extern const struct svg_letters frame_quiet_middle;
extern const struct svg_letters frame_quiet_end;
extern const struct svg_letters frame_strong;
extern const struct svg_line frame_axis, frame_grid;

/* Begins the picture, writes heading and note; `height` of the chart between them. Returns where that begins. */
double frame_begin(struct svg *svg, const struct chart *chart, const struct text *description, double height);

/* Adds texts, ending with NULL, to the description. */
void frame_say(struct svg *svg, struct text *description, ...) __attribute__((sentinel));

/* A figure as it is read aloud. */
const char *frame_spoken(const struct value *value);

/* Width of a figure with the texts around it. */
double frame_figure_width(const struct value *value, const char *before, const char *after);

/* Writes a broken text with its middle line at y; the anchor is that of the letters. */
void frame_block(struct svg *svg, double x, double y, const struct svg_letters *letters, const struct lettering *text);

/* Widest of some texts, at most `most`. */
double frame_widest(const char *const *text, size_t count, double most);

/* Moves places (pixels, any order) apart to at least `gap`, as little as that takes, within [from, to] if there is room. */
#define FRAME_PLACES 64
void frame_spread(double *place, size_t count, double gap, double from, double to);

#endif
