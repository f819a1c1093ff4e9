/* Tables laid out as HTML: see pivot.h. */
#include "stages/publish/pivot.h"

#include <stdlib.h>
#include <string.h>

#include "stages/publish/format.h"

/* A place on an axis: the ranks of its codes, in the axis's order of dimensions, and a row of the cube that has them. */
struct place {
	uint32_t rank[TABLE_DIMENSIONS];
	size_t row;
};

/* The rows, or the columns, of the HTML table: every place, times the measures where they stand on this axis. */
struct axis {
	size_t dimensions;
	size_t dimension[TABLE_DIMENSIONS];
	bool measures;
	size_t places;
	struct place *place;
};

struct layout {
	struct html *html;
	const struct sheet *sheet;
	struct axis down, across;
	uint32_t fixed[TABLE_DIMENSIONS]; /* index of the only code taken; UINT32_MAX: on an axis */
	size_t measures;
	size_t measure[TABLE_MEASURES];
	size_t year; /* the row whose year stands in the caption; SIZE_MAX without */
};

void pivot_fix(struct pivot *pivot, const char *dimension, const char *code)
{
	size_t d = pivot->sheet == NULL ? SIZE_MAX : sheet_dimension(pivot->sheet->table, dimension, strlen(dimension));
	if (d != SIZE_MAX)
		pivot->fixed[d] = code;
}

/* ---- which rows and columns there are ---- */

/* The next of some names parted by spaces; false at the end. */
static bool next_name(const char **names, const char **name, size_t *length)
{
	if (*names == NULL)
		return false;
	*names += strspn(*names, " ");
	*name = *names;
	*length = strcspn(*names, " ");
	*names += *length;
	return *length > 0;
}

/* Names that the table lacks are passed over: layouts serve several tables. */
static void read_axis(const struct table *table, const char *names, struct axis *axis)
{
	const char *name;
	size_t length;
	while (next_name(&names, &name, &length)) {
		size_t d = sheet_dimension(table, name, length);
		if (d != SIZE_MAX)
			axis->dimension[axis->dimensions++] = d;
		else if (length == 4 && memcmp(name, "matt", 4) == 0)
			axis->measures = true;
	}
}

static void read_measures(const struct pivot *pivot, struct layout *layout)
{
	const struct table *table = pivot->sheet->table;
	const char *names = pivot->measures, *name;
	size_t length;
	if (names == NULL)
		for (size_t m = 0; m < table->measures; m++)
			layout->measure[layout->measures++] = m;
	while (next_name(&names, &name, &length)) {
		size_t m = sheet_measure(table, name, length);
		if (m != SIZE_MAX)
			layout->measure[layout->measures++] = m;
	}
}

static bool on_axis(const struct axis *axis, size_t d)
{
	for (size_t i = 0; i < axis->dimensions; i++)
		if (axis->dimension[i] == d)
			return true;
	return false;
}

/* The only code taken in each dimension that is on no axis; false when it does not occur, so that no row is left. */
static bool read_fixed(const struct pivot *pivot, struct layout *layout)
{
	const struct cube *cube = layout->sheet->cube;
	for (size_t d = 0; d < cube->table->dimensions; d++) {
		layout->fixed[d] = UINT32_MAX;
		if (on_axis(&layout->down, d) || on_axis(&layout->across, d))
			continue;
		layout->fixed[d] = cube_find_code(cube, d, pivot->fixed[d] != NULL ? pivot->fixed[d] : CUBE_TOTAL);
		if (layout->fixed[d] == UINT32_MAX)
			return false;
	}
	return true;
}

static bool is_taken(const struct layout *layout, size_t row)
{
	size_t dimensions = layout->sheet->table->dimensions;
	const uint32_t *key = layout->sheet->cube->key + row * dimensions;
	for (size_t d = 0; d < dimensions; d++)
		if (layout->fixed[d] != UINT32_MAX && layout->fixed[d] != key[d])
			return false;
	return true;
}

static int compare(const void *a, const void *b)
{
	const struct place *left = a, *right = b;
	for (size_t i = 0; i < TABLE_DIMENSIONS; i++)
		if (left->rank[i] != right->rank[i])
			return left->rank[i] < right->rank[i] ? -1 : 1;
	return left->row < right->row ? -1 : left->row > right->row;
}

/* Whether two places agree in their first `levels` dimensions. */
static bool same(const struct place *a, const struct place *b, size_t levels)
{
	return memcmp(a->rank, b->rank, levels * sizeof *a->rank) == 0;
}

/* The different places of the rows that are taken, in order of printing. */
static void find_places(struct layout *layout, struct axis *axis, const size_t *row, size_t rows)
{
	axis->place = html_take(layout->html, rows, sizeof *axis->place);
	if (axis->place == NULL)
		return;
	for (size_t i = 0; i < rows; i++) {
		axis->place[i].row = row[i];
		for (size_t k = 0; k < axis->dimensions; k++)
			axis->place[i].rank[k] = sheet_rank(layout->sheet, row[i], axis->dimension[k]);
	}
	qsort(axis->place, rows, sizeof *axis->place, compare);
	for (size_t i = 0; i < rows; i++)
		if (axis->places == 0 || !same(&axis->place[i], &axis->place[axis->places - 1], TABLE_DIMENSIONS))
			axis->place[axis->places++] = axis->place[i];
}

/* Takes the year off an axis that has others beside it, when all rows are of one. */
static void move_year(struct layout *layout, struct axis *axis, const size_t *row, size_t rows)
{
	size_t at = 0, year = sheet_dimension(layout->sheet->table, "ar", 2);
	while (at < axis->dimensions && axis->dimension[at] != year)
		at++;
	if (at == axis->dimensions || (axis->dimensions == 1 && !axis->measures))
		return;
	for (size_t i = 1; i < rows; i++)
		if (sheet_rank(layout->sheet, row[i], year) != sheet_rank(layout->sheet, row[0], year))
			return;
	layout->year = row[0];
	layout->fixed[year] = layout->sheet->cube->key[row[0] * layout->sheet->table->dimensions + year];
	axis->dimensions--;
	for (; at < axis->dimensions; at++)
		axis->dimension[at] = axis->dimension[at + 1];
}

/* False when no row is taken, or memory is out. */
static bool lay_out(const struct pivot *pivot, struct layout *layout)
{
	size_t all = layout->sheet->cube->rows, rows = 0;
	read_axis(layout->sheet->table, pivot->down, &layout->down);
	read_axis(layout->sheet->table, pivot->across, &layout->across);
	read_measures(pivot, layout);
	if (layout->measures == 0 || !read_fixed(pivot, layout))
		return false;
	for (size_t r = 0; r < all; r++)
		rows += is_taken(layout, r);
	size_t *row = rows == 0 ? NULL : html_take(layout->html, rows, sizeof *row);
	if (row == NULL)
		return false;
	for (size_t r = 0, used = 0; r < all; r++)
		if (is_taken(layout, r))
			row[used++] = r;
	move_year(layout, &layout->down, row, rows);
	if (pivot->complete) {
		row = html_take(layout->html, all, sizeof *row);
		for (rows = 0; row != NULL && rows < all; rows++)
			row[rows] = rows;
	}
	if (row == NULL)
		return false;
	find_places(layout, &layout->down, row, rows);
	find_places(layout, &layout->across, row, rows);
	return layout->down.place != NULL && layout->across.place != NULL;
}

/* ---- headings ---- */

static size_t levels(const struct axis *axis)
{
	return axis->dimensions + axis->measures;
}

static size_t positions(const struct layout *layout, const struct axis *axis)
{
	return axis->places * (axis->measures ? layout->measures : 1);
}

/* The place and, on the axis that has them, the measure of a position. */
static const struct place *place_at(const struct layout *layout, const struct axis *axis, size_t position, size_t *measure)
{
	if (!axis->measures)
		return &axis->place[position];
	*measure = layout->measure[position % layout->measures];
	return &axis->place[position / layout->measures];
}

/* How many positions from this one on share its heading on a level; 0 when the one before does already. */
static size_t run_length(const struct layout *layout, const struct axis *axis, size_t position, size_t level)
{
	size_t measure = 0, end = position + 1;
	if (level == axis->dimensions)
		return 1; /* the measures: each has its own */
	const struct place *place = place_at(layout, axis, position, &measure);
	if (position > 0 && same(place_at(layout, axis, position - 1, &measure), place, level + 1))
		return 0;
	while (end < positions(layout, axis) && same(place_at(layout, axis, end, &measure), place, level + 1))
		end++;
	return end - position;
}

static const char *heading(const struct layout *layout, const struct axis *axis, size_t position, size_t level)
{
	size_t measure = 0;
	const struct place *place = place_at(layout, axis, position, &measure);
	if (level == axis->dimensions)
		return layout->sheet->table->measure[measure].title;
	return sheet_label(layout->sheet, place->row, axis->dimension[level]);
}

static void span(struct html *html, const char *attribute, size_t count)
{
	if (count < 2)
		return;
	html_markup(html, attribute);
	html_number(html, count);
	html_markup(html, "\"");
}

/* The corner: what the rows are headed by. */
static void write_corner(const struct layout *layout, size_t height)
{
	struct html *html = layout->html;
	for (size_t level = 0; level < levels(&layout->down); level++) {
		html_markup(html, "<th scope=\"col\" class=\"c\"");
		span(html, " rowspan=\"", height);
		html_markup(html, ">");
		html_text(html, level < layout->down.dimensions
			? layout->sheet->table->dimension[layout->down.dimension[level]].title : "Mått");
		html_markup(html, "</th>");
	}
}

static bool is_text_column(const struct layout *layout, size_t position, size_t level)
{
	return layout->across.measures && level == layout->across.dimensions &&
		layout->sheet->table->measure[layout->measure[position % layout->measures]].kind == MEASURE_TEXT;
}

static void write_head(const struct layout *layout)
{
	struct html *html = layout->html;
	size_t height = levels(&layout->across);
	html_markup(html, "<thead>\n<tr>");
	write_corner(layout, height);
	if (height == 0) {
		html_markup(html, "<th scope=\"col\">");
		html_text(html, layout->down.measures ? "Värde" : layout->sheet->table->measure[layout->measure[0]].title);
		html_markup(html, "</th></tr>\n");
	}
	for (size_t level = 0; level < height; level++) {
		html_markup(html, level > 0 ? "<tr>" : "");
		for (size_t position = 0; position < positions(layout, &layout->across); position++) {
			size_t length = run_length(layout, &layout->across, position, level);
			if (length == 0)
				continue;
			html_markup(html, level + 1 < height ? "<th scope=\"colgroup\"" : "<th scope=\"col\"");
			html_markup(html, is_text_column(layout, position, level) ? " class=\"c\"" : "");
			span(html, " colspan=\"", length);
			html_markup(html, ">");
			html_text(html, heading(layout, &layout->across, position, level));
			html_markup(html, "</th>");
		}
		html_markup(html, "</tr>\n");
	}
	html_markup(html, "</thead>\n");
}

static void write_row_headings(const struct layout *layout, size_t position)
{
	struct html *html = layout->html;
	size_t width = levels(&layout->down);
	for (size_t level = 0; level < width; level++) {
		size_t length = run_length(layout, &layout->down, position, level);
		if (length == 0)
			continue;
		html_markup(html, level + 1 < width ? "<th scope=\"rowgroup\"" : "<th scope=\"row\"");
		span(html, " rowspan=\"", length);
		html_markup(html, ">");
		html_text(html, heading(layout, &layout->down, position, level));
		html_markup(html, "</th>");
	}
}

/* ---- cells ---- */

/* What a combination without a row means (CONTRACT section 4): 0, in what is counted or summed or a rate of that. */
static void absent_text(enum measure_kind kind, char text[FORMAT_TEXT])
{
	switch (kind) {
	case MEASURE_COUNT:
	case MEASURE_KR:
	case MEASURE_TWO:
		format_number(0, format_decimals(kind, NULL), text);
		break;
	case MEASURE_PER_CENT:
	case MEASURE_MONTHS:
	case MEASURE_P:
	case MEASURE_TEXT:
	case MEASURE_GOAL:
		memcpy(text, FORMAT_MISSING, sizeof FORMAT_MISSING);
		break;
	}
}

static void set_key(const struct layout *layout, const struct axis *axis, const struct place *place, uint32_t *key)
{
	const struct cube *cube = layout->sheet->cube;
	for (size_t i = 0; i < axis->dimensions; i++)
		key[axis->dimension[i]] = cube->key[place->row * cube->table->dimensions + axis->dimension[i]];
}

static void write_cell(const struct layout *layout, size_t down, size_t across)
{
	struct html *html = layout->html;
	uint32_t key[TABLE_DIMENSIONS];
	char number[FORMAT_TEXT];
	const char *text = number;
	size_t m = layout->measure[0];
	memcpy(key, layout->fixed, sizeof key);
	set_key(layout, &layout->down, place_at(layout, &layout->down, down, &m), key);
	set_key(layout, &layout->across, place_at(layout, &layout->across, across, &m), key);
	size_t row = cube_find(layout->sheet->cube, key);
	enum measure_kind kind = layout->sheet->table->measure[m].kind;
	if (row == CUBE_NO_ROW)
		absent_text(kind, number);
	else
		text = format_cell(layout->sheet, row, m, number);
	enum cell_status status = row == CUBE_NO_ROW ? CELL_PUBLISHED : cube_cell(layout->sheet->cube, row, m)->status;
	html_markup(html, kind == MEASURE_TEXT ? "<td class=\"x\">" : "<td>");
	html_markup(html, status == CELL_PROTECTED ? "<abbr title=\"skyddad uppgift\">"
		: status == CELL_MISSING ? "<abbr title=\"kan inte beräknas\">" : "");
	html_text(html, text);
	html_markup(html, status == CELL_PUBLISHED ? "</td>" : "</abbr></td>");
}

/* Whether some code of the list belongs to this one: Ohälsa, to which sjukpenning belongs. */
static bool is_group(const struct codelist *list, const char *code)
{
	for (size_t i = 0; list != NULL && i < list->count; i++)
		if (strcmp(list->entry[i].overordnad, code) == 0)
			return true;
	return false;
}

/* A row of sums: TOT or a group of codes in the last dimension down. */
static bool is_total_row(const struct layout *layout, size_t position)
{
	size_t measure = 0;
	const struct axis *down = &layout->down;
	if (down->dimensions == 0)
		return false;
	size_t d = down->dimension[down->dimensions - 1];
	const char *code = cube_code_of(layout->sheet->cube, place_at(layout, down, position, &measure)->row, d);
	return strcmp(code, CUBE_TOTAL) == 0 || is_group(layout->sheet->table->dimension[d].codes, code);
}

static void write_body(const struct layout *layout)
{
	struct html *html = layout->html;
	bool grouped = levels(&layout->down) > 1;
	html_markup(html, "<tbody>\n");
	for (size_t row = 0; row < positions(layout, &layout->down); row++) {
		if (grouped && row > 0 && run_length(layout, &layout->down, row, 0) > 0)
			html_markup(html, "</tbody>\n<tbody>\n");
		html_markup(html, is_total_row(layout, row) ? "<tr class=\"t\">" : "<tr>");
		write_row_headings(layout, row);
		for (size_t column = 0; column < positions(layout, &layout->across); column++)
			write_cell(layout, row, column);
		html_markup(html, "</tr>\n");
	}
	html_markup(html, "</tbody>\n");
}

static void write_caption(const struct layout *layout, const struct pivot *pivot)
{
	struct html *html = layout->html;
	html_markup(html, "<caption>");
	html_text(html, pivot->title);
	if (layout->year != SIZE_MAX) {
		size_t year = sheet_dimension(layout->sheet->table, "ar", 2);
		html_texts(html, " ", sheet_label(layout->sheet, layout->year, year), NULL);
	}
	if (pivot->detail != NULL) {
		html_markup(html, " <span>– ");
		html_text(html, pivot->detail);
		html_markup(html, "</span>");
	}
	html_markup(html, "</caption>\n");
}

bool pivot_write(struct html *html, const struct pivot *pivot)
{
	struct layout layout = { .html = html, .sheet = pivot->sheet, .year = SIZE_MAX };
	if (pivot->sheet == NULL || !lay_out(pivot, &layout))
		return false;
	html_markup(html, "<div class=\"scroll\"><table>\n");
	write_caption(&layout, pivot);
	write_head(&layout);
	write_body(&layout);
	html_markup(html, "</table></div>\n");
	return true;
}
