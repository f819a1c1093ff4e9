/* How wide a text is and where it breaks, without a font at hand. The widths are those of DejaVu Sans, the widest of the
   common sans-serif fonts: what fits by them fits in Arial, Helvetica and Segoe UI too. */
#ifndef FINSAMSTAT_STAGES_PUBLISH_DIAGRAM_LETTERING_H
#define FINSAMSTAT_STAGES_PUBLISH_DIAGRAM_LETTERING_H

#include <stdbool.h>
#include <stddef.h>

/* Width of UTF-8 text in a size in pixels; `length` bytes of it. */
double lettering_width(const char *text, size_t length, double size, bool bold);
double lettering_width_of(const char *text, double size, bool bold);

#define LETTERING_LINES 4
#define LETTERING_TEXT 160

/* A text broken into lines. */
struct lettering {
	size_t lines;
	char line[LETTERING_LINES][LETTERING_TEXT];
};

/* Breaks at spaces, and after a '-' or '/' that follows two letters or more, into at most `most` (≤ LETTERING_LINES) lines no wider than `width`. A word that is
   wider than a line, and text after the last line, is cut and ends in '…'. "" gives one empty line. */
struct lettering lettering_break(const char *text, double width, size_t most, double size, bool bold);

#endif
