/* An SVG picture being written: see svg.h. */
#include "stages/publish/diagram/svg.h"

#include <string.h>

static void markup(struct svg *svg, const char *text)
{
	if (!svg->failed)
		svg->failed = text_add_string(&svg->text, text, svg->error) != 0;
}

static void escaped(struct svg *svg, const char *text)
{
	if (!svg->failed)
		svg->failed = text_add_html(&svg->text, text, svg->error) != 0;
}

/* Tenths of a pixel: finer is not seen, and no figure can be read off more exactly than it is printed. */
static void number(struct svg *svg, double value)
{
	char text[NUMBER_TEXT];
	number_write_rounded(value, 1, text);
	size_t length = strlen(text);
	if (length > 2 && strcmp(text + length - 2, ".0") == 0)
		text[length - 2] = '\0';
	markup(svg, text);
}

static void attribute(struct svg *svg, const char *name, double value)
{
	markup(svg, " ");
	markup(svg, name);
	markup(svg, "=\"");
	number(svg, value);
	markup(svg, "\"");
}

static void colour(struct svg *svg, const char *name, const char *value)
{
	markup(svg, " ");
	markup(svg, name);
	markup(svg, "=\"");
	markup(svg, value);
	markup(svg, "\"");
}

static void line_attributes(struct svg *svg, const struct svg_line *line)
{
	colour(svg, "stroke", line->colour);
	attribute(svg, "stroke-width", line->width);
	if (line->dash != NULL)
		colour(svg, "stroke-dasharray", line->dash);
}

void svg_begin(struct svg *svg, const char *name, const char *title, const char *description, double width, double height)
{
	markup(svg, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ");
	number(svg, width);
	markup(svg, " ");
	number(svg, height);
	markup(svg, "\"");
	attribute(svg, "width", width);
	attribute(svg, "height", height);
	markup(svg, " role=\"img\" aria-labelledby=\"t-");
	escaped(svg, name);
	markup(svg, "\" aria-describedby=\"d-");
	escaped(svg, name);
	markup(svg, "\" font-family=\"Arial, Helvetica, 'Segoe UI', 'DejaVu Sans', sans-serif\">\n<title id=\"t-");
	escaped(svg, name);
	markup(svg, "\">");
	escaped(svg, title);
	markup(svg, "</title>\n<desc id=\"d-");
	escaped(svg, name);
	markup(svg, "\">");
	escaped(svg, description);
	markup(svg, "</desc>\n");
	svg_rectangle(svg, 0, 0, width, height, "#ffffff", SVG_NONE);
}

void svg_end(struct svg *svg)
{
	markup(svg, "</svg>\n");
}

void svg_segment(struct svg *svg, double x1, double y1, double x2, double y2, const struct svg_line *line)
{
	markup(svg, "<line");
	attribute(svg, "x1", x1);
	attribute(svg, "y1", y1);
	attribute(svg, "x2", x2);
	attribute(svg, "y2", y2);
	line_attributes(svg, line);
	markup(svg, "/>\n");
}

void svg_rectangle(struct svg *svg, double x, double y, double width, double height, const char *fill, const char *edge)
{
	markup(svg, "<rect");
	attribute(svg, "x", width < 0 ? x + width : x);
	attribute(svg, "y", height < 0 ? y + height : y);
	attribute(svg, "width", width < 0 ? -width : width);
	attribute(svg, "height", height < 0 ? -height : height);
	colour(svg, "fill", fill);
	if (strcmp(edge, SVG_NONE) != 0)
		colour(svg, "stroke", edge);
	markup(svg, "/>\n");
}

void svg_circle(struct svg *svg, double x, double y, double radius, const char *fill, const char *edge)
{
	markup(svg, "<circle");
	attribute(svg, "cx", x);
	attribute(svg, "cy", y);
	attribute(svg, "r", radius);
	colour(svg, "fill", fill);
	if (strcmp(edge, SVG_NONE) != 0) {
		colour(svg, "stroke", edge);
		attribute(svg, "stroke-width", 2);
	}
	markup(svg, "/>\n");
}

void svg_path(struct svg *svg)
{
	markup(svg, "<path d=\"");
}

static void point(struct svg *svg, const char *command, double x, double y)
{
	markup(svg, command);
	number(svg, x);
	markup(svg, " ");
	number(svg, y);
}

void svg_move(struct svg *svg, double x, double y)
{
	point(svg, "M", x, y);
}

void svg_to(struct svg *svg, double x, double y)
{
	point(svg, "L", x, y);
}

void svg_curve(struct svg *svg, double x1, double y1, double x2, double y2, double x, double y)
{
	point(svg, "C", x1, y1);
	point(svg, " ", x2, y2);
	point(svg, " ", x, y);
}

void svg_close(struct svg *svg)
{
	markup(svg, "Z");
}

void svg_path_end(struct svg *svg, const char *fill, const struct svg_line *line)
{
	markup(svg, "\"");
	colour(svg, "fill", fill);
	if (line != NULL)
		line_attributes(svg, line);
	markup(svg, "/>\n");
}

void svg_text(struct svg *svg, double x, double y, const struct svg_letters *letters)
{
	static const char *const anchors[] = { [SVG_START] = "start", [SVG_MIDDLE] = "middle", [SVG_END] = "end" };
	markup(svg, "<text");
	attribute(svg, "x", x);
	attribute(svg, "y", y);
	attribute(svg, "font-size", letters->size);
	colour(svg, "fill", letters->colour);
	if (letters->anchor != SVG_START)
		colour(svg, "text-anchor", anchors[letters->anchor]);
	if (letters->bold)
		colour(svg, "font-weight", "bold");
	markup(svg, ">");
}

void svg_words(struct svg *svg, const char *words)
{
	escaped(svg, words);
}

void svg_value(struct svg *svg, const struct value *value)
{
	char machine[NUMBER_TEXT];
	bool is_cell = value->sheet != NULL && value->row != CUBE_NO_ROW;
	if (is_cell) {
		markup(svg, "<tspan");
		if (!svg->failed)
			svg->failed = value_add_attributes(&svg->text, value, svg->error) != 0;
		markup(svg, " data-varde=\"");
		escaped(svg, value_machine(value, machine));
		markup(svg, "\">");
	}
	escaped(svg, value->text);
	markup(svg, is_cell ? "</tspan>" : "");
}

void svg_text_end(struct svg *svg)
{
	markup(svg, "</text>\n");
}

void svg_write(struct svg *svg, double x, double y, const struct svg_letters *letters, const char *text)
{
	if (*text == '\0')
		return;
	svg_text(svg, x, y, letters);
	svg_words(svg, text);
	svg_text_end(svg);
}

void svg_figure(struct svg *svg, double x, double y, const struct svg_letters *letters, const char *before,
	const struct value *value, const char *after)
{
	svg_text(svg, x, y, letters);
	svg_words(svg, before);
	svg_value(svg, value);
	svg_words(svg, value_published(value) ? after : "");
	svg_text_end(svg);
}

int svg_save(const struct svg *svg, const char *path)
{
	struct text document = { .arena = svg->text.arena };
	if (svg->failed ||
		text_add_string(&document, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n", svg->error) != 0 ||
		text_add(&document, svg->text.bytes, svg->text.length, svg->error) != 0)
		return -1;
	return text_save(&document, path, svg->error);
}
