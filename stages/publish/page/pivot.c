/* Tables laid out as HTML: see pivot.h. */
#include "stages/publish/page/pivot.h"

#include <string.h>

#include "pipeline/table/cube/figure_name.h"
#include "stages/publish/page/value.h"
#include "stages/publish/sheet/arrangement.h"
#include "stages/publish/sheet/format.h"

/* ---- headings ---- */

static void span(struct html *html, const char *attribute, size_t count)
{
	if (count < 2)
		return;
	html_markup(html, attribute);
	html_number(html, count);
	html_markup(html, "\"");
}

/* The corner: what the rows are headed by. */
static void write_corner(struct html *html, const struct arrangement *arrangement, size_t height)
{
	for (size_t level = 0; level < arrangement_levels(&arrangement->down); level++) {
		html_markup(html, "<th scope=\"col\" class=\"c\"");
		span(html, " rowspan=\"", height);
		html_markup(html, ">");
		html_text(html, level < arrangement->down.dimensions
			? arrangement->sheet->table->dimension[arrangement->down.dimension[level]].title : "Mått");
		html_markup(html, "</th>");
	}
}

static bool is_text_column(const struct arrangement *arrangement, size_t position, size_t level)
{
	return arrangement->across.measures && level == arrangement->across.dimensions &&
		measure_holds_text(
			arrangement->sheet->table->measure[arrangement->measure[position % arrangement->measures]].kind);
}

static void write_head(struct html *html, const struct arrangement *arrangement)
{
	size_t height = arrangement_levels(&arrangement->across);
	html_markup(html, "<thead>\n<tr>");
	write_corner(html, arrangement, height);
	if (height == 0) {
		html_markup(html, "<th scope=\"col\">");
		html_text(html, arrangement->down.measures ? "Värde" : arrangement->sheet->table->measure[arrangement->measure[0]].title);
		html_markup(html, "</th></tr>\n");
	}
	for (size_t level = 0; level < height; level++) {
		html_markup(html, level > 0 ? "<tr>" : "");
		for (size_t position = 0; position < arrangement_positions(arrangement, &arrangement->across); position++) {
			size_t length = arrangement_run(arrangement, &arrangement->across, position, level);
			if (length == 0)
				continue;
			html_markup(html, level + 1 < height ? "<th scope=\"colgroup\"" : "<th scope=\"col\"");
			html_markup(html, is_text_column(arrangement, position, level) ? " class=\"c\"" : "");
			span(html, " colspan=\"", length);
			html_markup(html, ">");
			html_text(html, arrangement_heading(arrangement, &arrangement->across, position, level));
			html_markup(html, "</th>");
		}
		html_markup(html, "</tr>\n");
	}
	html_markup(html, "</thead>\n");
}

static void write_row_headings(struct html *html, const struct arrangement *arrangement, size_t position)
{
	size_t width = arrangement_levels(&arrangement->down);
	for (size_t level = 0; level < width; level++) {
		size_t length = arrangement_run(arrangement, &arrangement->down, position, level);
		if (length == 0)
			continue;
		html_markup(html, level + 1 < width ? "<th scope=\"rowgroup\"" : "<th scope=\"row\"");
		span(html, " rowspan=\"", length);
		html_markup(html, ">");
		html_text(html, arrangement_heading(arrangement, &arrangement->down, position, level));
		html_markup(html, "</th>");
	}
}

/* ---- cells ---- */

static void write_cell(struct html *html, const struct arrangement *arrangement, size_t down, size_t across)
{
	char number[FORMAT_TEXT];
	size_t m, row = arrangement_cell(arrangement, down, across, &m);
	struct value value = value_of(arrangement->sheet, row, m);
	bool is_text = value_published(&value) && value.text[0] == '\0';
	html_markup(html, arrangement->sheet->table->measure[m].kind == MEASURE_TEXT ? "<td class=\"x\">" : "<td>");
	if (is_text)
		html_text(html, format_cell(arrangement->sheet, row, m, number));
	else
		value_write(html, &value);
	html_markup(html, "</td>");
}

static void write_body(struct html *html, const struct arrangement *arrangement)
{
	bool grouped = arrangement_levels(&arrangement->down) > 1;
	html_markup(html, "<tbody>\n");
	for (size_t row = 0; row < arrangement_positions(arrangement, &arrangement->down); row++) {
		if (grouped && row > 0 && arrangement_run(arrangement, &arrangement->down, row, 0) > 0)
			html_markup(html, "</tbody>\n<tbody>\n");
		html_markup(html, arrangement_is_sum(arrangement, row) ? "<tr class=\"t\">" : "<tr>");
		write_row_headings(html, arrangement, row);
		for (size_t column = 0; column < arrangement_positions(arrangement, &arrangement->across); column++)
			write_cell(html, arrangement, row, column);
		html_markup(html, "</tr>\n");
	}
	html_markup(html, "</tbody>\n");
}

/* What the cells tell: PIVOT_WRITTEN when one that is no row of sums (unless all are) is published and not 0, else PIVOT_WITHHELD
   when one is withheld. */
static enum pivot_state look(const struct arrangement *arrangement)
{
	size_t rows = arrangement_positions(arrangement, &arrangement->down), columns = arrangement_positions(arrangement, &arrangement->across);
	bool parts = false, withheld = false;
	for (size_t row = 0; row < rows; row++)
		parts = parts || !arrangement_is_sum(arrangement, row);
	for (size_t row = 0; row < rows; row++)
		for (size_t column = 0; column < columns; column++) {
			size_t m, at = arrangement_cell(arrangement, row, column, &m);
			struct value value = value_of(arrangement->sheet, at, m);
			withheld = withheld || value.status == CELL_PROTECTED;
			if ((value.number > 0 || value.number < 0) && !(parts && arrangement_is_sum(arrangement, row)))
				return PIVOT_WRITTEN;
		}
	return withheld ? PIVOT_WITHHELD : PIVOT_EMPTY;
}

static void write_caption(struct html *html, const struct arrangement *arrangement, const struct pivot *pivot)
{
	html_markup(html, "<caption>");
	html_text(html, pivot->title);
	if (arrangement->year != SIZE_MAX) {
		size_t year = sheet_dimension(arrangement->sheet->table, "ar", 2);
		html_texts(html, " ", sheet_label(arrangement->sheet, arrangement->year, year), NULL);
	}
	if (pivot->detail != NULL) {
		html_markup(html, " <span>– ");
		html_text(html, pivot->detail);
		html_markup(html, "</span>");
	}
	html_markup(html, "</caption>\n");
}

/* A wide table scrolls in a frame that the keyboard reaches, named as its caption begins. */
static void begin_frame(struct html *html, const struct pivot *pivot)
{
	html_markup(html, "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"");
	html_text(html, pivot->title);
	html_markup(html, "\"><table>\n");
}

enum pivot_state pivot_write(struct html *html, const struct pivot *pivot)
{
	struct arrangement arrangement;
	if (pivot->sheet == NULL || html->failed)
		return PIVOT_EMPTY;
	struct arena *scratch = arena_new(html->error);
	int made = scratch == NULL ? -1 : arrangement_make(&arrangement, pivot, scratch, html->error);
	enum pivot_state state = made <= 0 ? PIVOT_EMPTY : pivot->sparing ? look(&arrangement) : PIVOT_WRITTEN;
	html->failed = made < 0;
	if (state == PIVOT_WRITTEN) {
		begin_frame(html, pivot);
		write_caption(html, &arrangement, pivot);
		write_head(html, &arrangement);
		write_body(html, &arrangement);
		html_markup(html, "</table></div>\n");
	}
	arena_free(scratch);
	return state;
}
