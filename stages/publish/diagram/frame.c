/* What the chart forms share: see frame.h. */
#include "stages/publish/diagram/frame.h"

#include <math.h>
#include <stdarg.h>

#define TITLE_SIZE 16.0
#define TITLE_LEADING 20.0

const struct svg_letters frame_label = { .size = FRAME_SIZE, .colour = SVG_INK };
const struct svg_letters frame_label_end = { .size = FRAME_SIZE, .colour = SVG_INK, .anchor = SVG_END };
const struct svg_letters frame_label_middle = { .size = FRAME_SIZE, .colour = SVG_INK, .anchor = SVG_MIDDLE };
const struct svg_letters frame_quiet = { .size = FRAME_SMALL, .colour = SVG_QUIET };
const struct svg_letters frame_quiet_middle = { .size = FRAME_SMALL, .colour = SVG_QUIET, .anchor = SVG_MIDDLE };
const struct svg_letters frame_quiet_end = { .size = FRAME_SMALL, .colour = SVG_QUIET, .anchor = SVG_END };
const struct svg_letters frame_strong = { .size = FRAME_SIZE, .colour = SVG_INK, .bold = true };
const struct svg_line frame_axis = { SVG_RULE, 1, NULL };
const struct svg_line frame_grid = { SVG_GRID, 1, NULL };

static void write_lines(struct svg *svg, double y, double leading, const struct svg_letters *letters, const struct lettering *text)
{
	for (size_t i = 0; i < text->lines; i++)
		svg_write(svg, FRAME_MARGIN, y + (double)i * leading, letters, text->line[i]);
}

static struct lettering broken(const char *text, size_t most, double size, bool bold)
{
	if (text == NULL)
		return (struct lettering){ .lines = 0 };
	return lettering_break(text, CHART_WIDTH - 2 * FRAME_MARGIN, most, size, bold);
}

double frame_begin(struct svg *svg, const struct chart *chart, const struct text *description, double height)
{
	static const struct svg_letters heading = { .size = TITLE_SIZE, .colour = SVG_INK, .bold = true };
	struct lettering title = broken(chart->title, 3, TITLE_SIZE, true);
	struct lettering subtitle = broken(chart->subtitle, 3, FRAME_SMALL, false);
	struct lettering note = broken(chart->note, LETTERING_LINES, FRAME_SMALL, false);
	double top = 6 + (double)title.lines * TITLE_LEADING + (double)subtitle.lines * FRAME_LEADING + 14;
	double bottom = top + height + 10;
	svg_begin(svg, chart->name, chart->title, description->bytes == NULL ? chart->title : description->bytes, CHART_WIDTH,
		bottom + (double)note.lines * FRAME_LEADING + 4);
	write_lines(svg, 20, TITLE_LEADING, &heading, &title);
	write_lines(svg, 18 + (double)title.lines * TITLE_LEADING, FRAME_LEADING, &frame_quiet, &subtitle);
	write_lines(svg, bottom + FRAME_SMALL, FRAME_LEADING, &frame_quiet, &note);
	return top;
}

void frame_say(struct svg *svg, struct text *description, ...)
{
	va_list texts;
	va_start(texts, description);
	description->arena = svg->text.arena;
	for (const char *text; (text = va_arg(texts, const char *)) != NULL;)
		if (!svg->failed)
			svg->failed = text_add_string(description, text, svg->error) != 0;
	va_end(texts);
}

const char *frame_spoken(const struct value *value)
{
	switch (value->status) {
	case CELL_PUBLISHED:
		return value->text;
	case CELL_PROTECTED:
		return "skyddad uppgift";
	case CELL_MISSING:
		return "kan inte beräknas";
	}
	return "";
}

double frame_figure_width(const struct value *value, const char *before, const char *after)
{
	return lettering_width_of(before, FRAME_SIZE, false) + lettering_width_of(value->text, FRAME_SIZE, false) +
		(value->status == CELL_PUBLISHED ? lettering_width_of(after, FRAME_SIZE, false) : 0);
}

void frame_block(struct svg *svg, double x, double y, const struct svg_letters *letters, const struct lettering *text)
{
	double first = y - (double)(text->lines - 1) * FRAME_LEADING / 2;
	for (size_t i = 0; i < text->lines; i++)
		svg_write(svg, x, first + (double)i * FRAME_LEADING, letters, text->line[i]);
}

double frame_widest(const char *const *text, size_t count, double most)
{
	double widest = 0;
	for (size_t i = 0; i < count; i++)
		widest = fmax(widest, lettering_width_of(text[i], FRAME_SIZE, false));
	return fmin(widest + 1, most);
}

void frame_spread(double *place, size_t count, double gap, double from, double to)
{
	size_t order[FRAME_PLACES];
	for (size_t i = 0; i < count; i++) {
		size_t k = i;
		for (; k > 0 && place[order[k - 1]] > place[i]; k--)
			order[k] = order[k - 1];
		order[k] = i;
	}
	for (size_t i = 0; i < count; i++)
		place[order[i]] = fmax(place[order[i]], i == 0 ? from : place[order[i - 1]] + gap);
	for (size_t i = count; i-- > 0;)
		place[order[i]] = fmin(place[order[i]], i + 1 == count ? to : place[order[i + 1]] - gap);
}
