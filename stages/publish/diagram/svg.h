/* An SVG picture being written: plain shapes and text with presentation attributes alone (no style sheet, script or font), so
   that it looks the same in a browser, in Word and on paper. Faults are kept and reported at the end, as in html.h. */
#ifndef FINSAMSTAT_STAGES_PUBLISH_DIAGRAM_SVG_H
#define FINSAMSTAT_STAGES_PUBLISH_DIAGRAM_SVG_H

#include <stdbool.h>

#include "pipeline/base/text.h"
#include "stages/publish/page/value.h"

struct svg {
	struct text text; /* with its arena */
	struct error *error;
	bool failed; /* the error is set; nothing more is added */
};

/* Colours. Women and men have theirs in every picture; those of charts contrast at least 3:1 with white, text 7:1. The two sexes
   differ by 3:1 in lightness too, so that they can be told apart in grey. */
#define SVG_WOMEN "#12436D"
#define SVG_MEN "#F46A25"
#define SVG_INK "#1c1c1c"     /* text */
#define SVG_QUIET "#555555"   /* lesser text */
#define SVG_BAR "#5b6b7b"     /* what has no sex */
#define SVG_MARK "#801650"    /* requirements, break-even */
#define SVG_RULE "#75818d"    /* axes */
#define SVG_GRID "#d9dfe5"    /* lines that only guide the eye */
#define SVG_PALE "#e6ebf0"    /* bands and backgrounds, always inside an edge that contrasts */
#define SVG_NONE "none"

enum svg_anchor { SVG_START, SVG_MIDDLE, SVG_END };

struct svg_letters {
	double size; /* pixels */
	enum svg_anchor anchor;
	const char *colour;
	bool bold;
};

struct svg_line {
	const char *colour;
	double width;
	const char *dash; /* "4 3"; NULL: unbroken */
};

/* The root element with its accessible name and description; `name` makes the ids unique where several pictures stand on one
   page. */
void svg_begin(struct svg *svg, const char *name, const char *title, const char *description, double width, double height);
void svg_end(struct svg *svg);

void svg_segment(struct svg *svg, double x1, double y1, double x2, double y2, const struct svg_line *line);
/* A width or height below 0 extends to the left or upwards. `edge` SVG_NONE: without. */
void svg_rectangle(struct svg *svg, double x, double y, double width, double height, const char *fill, const char *edge);
void svg_circle(struct svg *svg, double x, double y, double radius, const char *fill, const char *edge);

/* A path: begun at its first svg_move; `line` may be NULL. */
void svg_path(struct svg *svg);
void svg_move(struct svg *svg, double x, double y);
void svg_to(struct svg *svg, double x, double y);
void svg_curve(struct svg *svg, double x1, double y1, double x2, double y2, double x, double y);
void svg_close(struct svg *svg);
void svg_path_end(struct svg *svg, const char *fill, const struct svg_line *line);

/* Text on its baseline; lines of a broken text `leading` apart, the first at y. */
void svg_write(struct svg *svg, double x, double y, const struct svg_letters *letters, const char *text);

/* Text made of parts: words, and figures marked as the cells that they are (value_add_attributes and data-varde). */
void svg_text(struct svg *svg, double x, double y, const struct svg_letters *letters);
void svg_words(struct svg *svg, const char *words);
void svg_value(struct svg *svg, const struct value *value);
void svg_text_end(struct svg *svg);

/* A text of one figure with words before and, when it is published, after it ("" without). */
void svg_figure(struct svg *svg, double x, double y, const struct svg_letters *letters, const char *before,
	const struct value *value, const char *after);

/* Writes the picture to a new file, as an XML document. 0, or -1 with the error set, also by any call before. */
int svg_save(const struct svg *svg, const char *path);

#endif
