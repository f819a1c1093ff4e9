/* The sheet Diagram: charts that can be pasted into a document, each beside the figures that it draws. A figure that is not
   published is an empty cell there: Excel would draw a mark as 0. */
#include <string.h>

#include "pipeline/table/cube/breaks.h"
#include "stages/publish/sheet/arrangement.h"
#include "stages/publish/sheet/format.h"
#include "stages/publish/workbook/workbook_parts.h"

#define SHEET_NAME "Diagram"
#define CHART_ROWS 20    /* rows that a chart covers */
#define CHART_WIDTH 696.0 /* pixels: 1.45 of the library's 480 */
#define CHART_WIDTH_SCALE 1.45
#define CHART_HEIGHT_SCALE 1.3
#define LABEL_WIDTH 34   /* characters */
#define FIGURE_WIDTH 12
#define CATEGORIES 150   /* more are no chart */
#define SERIES 8

struct chart_plan {
	const char *table, *title;
	const char *each;      /* a chart for each code of this dimension; NULL: one chart */
	const char *down;      /* the categories */
	const char *across;    /* the series: a dimension, or "matt" */
	const char *only;      /* codes of `across` that are drawn, parted by spaces; NULL: all but TOT */
	const char *measures;
	const char *fixed, *code; /* a dimension taken at one code; NULL without */
	bool line;
};
static const struct chart_plan plans[] = {
	{ "i01_deltagare", "Deltagare efter kön", NULL, "insats", "kon", "K M", "personer", NULL, NULL, false },
	{ "i06_resultat", "Andel i arbete eller studier vid avslut, procent", NULL, "insats", "kon", "K M",
		"andel_arbete_eller_studier", NULL, NULL, false },
	{ "i03_forsorjning", "Försörjning före och efter", "insats", "kod", "matt", NULL, "fore efter", NULL, NULL, false },
	{ "m02_malgrupp", "Personer i målgrupperna efter kön", NULL, "malgrupp", "kon", "K M", "personer", NULL, NULL, false },
	{ "m06_manad", "Personer aktuella hos parterna", NULL, "manad", "kalla", NULL, "personer", NULL, NULL, true },
	{ "m05_tid_i_forsorjning", "Personer efter månader i försörjning", NULL, "tid", "kon", "K M", "personer", NULL, NULL, false },
	{ "e01_ekonomi", "Budget och utfall, kronor", NULL, "insats", "matt", NULL, "budget utfall", NULL, NULL, false },
	{ "e03_kassaflode", "Ackumulerat kassaflöde för samhället, kronor per deltagare", NULL, "manad", "insats", NULL,
		"ackumulerat", "aktor", "SAMHALLE", true },
};

/* Women and men first; the others for series without a meaning of their own. */
static const lxw_color_t colours[SERIES] = { 0x12436D, 0xF46A25, 0x28A197, 0x801650, 0x3D3D3D, 0xA285D1, 0x2073BC, 0x6BACE6 };

/* The sheet being filled from top to bottom. */
struct gallery {
	lxw_worksheet *sheet; /* NULL until there is a chart */
	size_t top;           /* the next free row */
	size_t series;        /* the most that a chart has */
	struct book_part *part;
	size_t parts, room;
};

/* The figures of one chart, laid out and chosen. */
struct drawing {
	struct arrangement arrangement;
	size_t rows, series;
	size_t row[CATEGORIES], column[SERIES]; /* positions that are drawn */
};

static bool holds(const char *codes, const char *code)
{
	size_t length = strlen(code);
	for (const char *at = codes; at != NULL && (at = strstr(at, code)) != NULL; at += length)
		if ((at == codes || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0'))
			return true;
	return false;
}

/* Whether a position of an axis is drawn: no totals, and only the codes that the plan names. */
static bool is_drawn(const struct arrangement *arrangement, const struct axis *axis, size_t position, const char *only)
{
	size_t measure = 0;
	const struct place *place = arrangement_place(arrangement, axis, position, &measure);
	if (axis->dimensions == 0)
		return true;
	const char *code = cube_code_of(arrangement->sheet->cube, place->row, axis->dimension[0]);
	return only == NULL ? strcmp(code, CUBE_TOTAL) != 0 : holds(only, code);
}

/* Whether a category has a bar or a point that shows. */
static bool has_figure(const struct drawing *drawing, size_t row)
{
	double number;
	for (size_t s = 0; s < drawing->series; s++) {
		size_t measure, cube_row = arrangement_cell(&drawing->arrangement, row, drawing->column[s], &measure);
		if (cube_row != CUBE_NO_ROW && book_value(drawing->arrangement.sheet, cube_row, measure, &number) && number != 0)
			return true;
	}
	return false;
}

/* Chooses what is drawn; false when nothing is, or too much. */
static bool choose(struct drawing *drawing, const char *only)
{
	const struct arrangement *arrangement = &drawing->arrangement;
	for (size_t i = 0; i < arrangement_positions(arrangement, &arrangement->across); i++)
		if (is_drawn(arrangement, &arrangement->across, i, only) && drawing->series < SERIES)
			drawing->column[drawing->series++] = i;
	for (size_t i = 0; i < arrangement_positions(arrangement, &arrangement->down); i++)
		if (is_drawn(arrangement, &arrangement->down, i, NULL) && has_figure(drawing, i)) {
			if (drawing->rows == CATEGORIES)
				return false;
			drawing->row[drawing->rows++] = i;
		}
	return drawing->rows > 0 && drawing->series > 0;
}

static void write_figures(struct book *book, lxw_worksheet *sheet, const struct drawing *drawing, size_t top)
{
	const struct arrangement *arrangement = &drawing->arrangement;
	book_text(book, sheet, top, 0, arrangement->sheet->table->dimension[arrangement->down.dimension[0]].title, BOOK_HEAD_TEXT);
	for (size_t s = 0; s < drawing->series; s++)
		book_text(book, sheet, top, s + 1, arrangement_heading(arrangement, &arrangement->across, drawing->column[s], 0), BOOK_HEAD);
	for (size_t i = 0; i < drawing->rows; i++) {
		book_text(book, sheet, top + 1 + i, 0, arrangement_heading(arrangement, &arrangement->down, drawing->row[i], 0), BOOK_PLAIN);
		for (size_t s = 0; s < drawing->series; s++) {
			size_t measure, row = arrangement_cell(arrangement, drawing->row[i], drawing->column[s], &measure);
			double number;
			if (book_value(arrangement->sheet, row, measure, &number))
				book_cell(book, sheet, top + 1 + i, s + 1, arrangement->sheet, row, measure, false);
		}
	}
}

static void add_series(struct book *book, lxw_chart *chart, const struct drawing *drawing, size_t top, bool line)
{
	for (size_t s = 0; s < drawing->series; s++) {
		lxw_chart_series *series = chart_add_series(chart, NULL, NULL);
		if (series == NULL) {
			book_check(book, LXW_ERROR_MEMORY_MALLOC_FAILED);
			return;
		}
		lxw_row_t first = (lxw_row_t)(top + 1), last = (lxw_row_t)(top + drawing->rows);
		lxw_col_t column = (lxw_col_t)(s + 1);
		lxw_chart_line stroke = { .color = colours[s], .width = 2.25 };
		lxw_chart_fill fill = { .color = colours[s] };
		chart_series_set_categories(series, SHEET_NAME, first, 0, last, 0);
		chart_series_set_values(series, SHEET_NAME, first, column, last, column);
		chart_series_set_name_range(series, SHEET_NAME, (lxw_row_t)top, column);
		if (line)
			chart_series_set_line(series, &stroke);
		else
			chart_series_set_fill(series, &fill);
	}
}

static void insert_chart(struct book *book, lxw_worksheet *sheet, const struct drawing *drawing, size_t top,
	const struct chart_plan *plan, const char *title)
{
	lxw_chart *chart = workbook_add_chart(book->file, plan->line ? LXW_CHART_LINE : LXW_CHART_COLUMN);
	const struct arrangement *arrangement = &drawing->arrangement;
	const char *alt = book_print(book, "%s. %s efter %s. Siffrorna står i tabellen bredvid; tomma celler är skyddade uppgifter eller "
		"kan inte beräknas.", title, plan->line ? "Linjediagram" : "Stapeldiagram",
		arrangement->sheet->table->dimension[arrangement->down.dimension[0]].title);
	if (chart == NULL || alt == NULL) {
		book_check(book, LXW_ERROR_MEMORY_MALLOC_FAILED);
		return;
	}
	char *description = arena_text(book->arena, alt, strlen(alt), book->error);
	lxw_chart_options options = { .x_scale = CHART_WIDTH_SCALE, .y_scale = CHART_HEIGHT_SCALE, .description = description };
	chart_title_set_name(chart, title);
	chart_show_blanks_as(chart, LXW_CHART_BLANKS_AS_GAP);
	chart_legend_set_position(chart, LXW_CHART_LEGEND_BOTTOM);
	chart_axis_set_num_format(chart->y_axis, "#,##0;\u2212#,##0");
	if (!plan->line)
		chart_axis_set_min(chart->y_axis, 0);
	chart_axis_set_label_position(chart->x_axis, LXW_CHART_AXIS_LABEL_POSITION_LOW);
	add_series(book, chart, drawing, top, plan->line);
	if (!book->failed)
		book_check(book, worksheet_insert_chart_opt(sheet, (lxw_row_t)(top - 1), (lxw_col_t)(drawing->series + 2), chart, &options));
}

/* Takes the latest year where the table has years that the chart does not show. */
static void fix_year(struct pivot *pivot)
{
	size_t ar = sheet_dimension(pivot->sheet->table, "ar", 2);
	if (ar != SIZE_MAX && pivot->sheet->cube->codes[ar].count > 0)
		pivot->fixed[ar] = pivot->sheet->cube->codes[ar].code[sheet_code_at(pivot->sheet, ar,
			pivot->sheet->cube->codes[ar].count - 1)];
}

/* The title, with the years from which the series that is drawn is of other municipalities. */
static const char *mark_breaks(struct book *book, const struct sheet *table, const char *down, const char *title)
{
	size_t d = sheet_dimension(table->table, down, strlen(down));
	for (size_t place = 1; d != SIZE_MAX && title != NULL && place < table->cube->codes[d].count; place++) {
		size_t code = sheet_code_at(table, d, place);
		if (breaks_at(table->cube, book->publication->settings, d, code))
			title = book_print(book, "%s – från och med %.4s andra kommuner", title, table->cube->codes[d].code[code]);
	}
	return title;
}

static void begin_gallery(struct book *book, struct gallery *gallery)
{
	if (gallery->sheet != NULL || (gallery->sheet = book_sheet(book, SHEET_NAME, true)) == NULL)
		return;
	book_title(book, gallery->sheet, "Diagram");
	book_text(book, gallery->sheet, 1, 0, "En tom cell, och en stapel som saknas, är en skyddad uppgift eller kan inte beräknas.",
		BOOK_REMARK);
	book_check(book, worksheet_set_column(gallery->sheet, 0, 0, LABEL_WIDTH, NULL));
	book_check(book, worksheet_set_column(gallery->sheet, 1, SERIES, FIGURE_WIDTH, NULL));
}

static void end_chart(struct book *book, struct gallery *gallery, const struct drawing *drawing)
{
	size_t rows = 3 + (drawing->rows > CHART_ROWS ? drawing->rows : CHART_ROWS);
	struct book_part *part = book->failed ? NULL
		: arena_grow(book->arena, gallery->part, gallery->parts, gallery->parts + 1, &gallery->room, sizeof *part, book->error);
	book->failed = part == NULL;
	if (part == NULL)
		return;
	gallery->part = part;
	part[gallery->parts] = (struct book_part){ gallery->parts == 0 ? 0 : gallery->top, BOOK_ROW * (double)rows };
	part[gallery->parts].height += gallery->parts == 0 ? BOOK_ROW * (double)gallery->top : 0;
	gallery->parts++;
	gallery->top += rows;
	gallery->series = drawing->series > gallery->series ? drawing->series : gallery->series;
}

/* One chart with its figures at the top of what is free. */
static void write_chart(struct book *book, struct gallery *gallery, const struct chart_plan *plan, struct pivot *pivot, const char *title)
{
	struct arena *scratch = book->failed ? NULL : arena_new(book->error);
	struct drawing *drawing = scratch == NULL ? NULL : arena_take(scratch, 1, sizeof *drawing, book->error);
	fix_year(pivot);
	int made = drawing == NULL ? -1 : arrangement_make(&drawing->arrangement, pivot, scratch, book->error);
	book->failed = book->failed || made < 0;
	if (made > 0 && choose(drawing, plan->only)) {
		size_t year = sheet_dimension(pivot->sheet->table, "ar", 2);
		const char *whole = year == SIZE_MAX ? title : book_print(book, "%s %s", title, pivot->fixed[year]);
		begin_gallery(book, gallery);
		if (gallery->sheet != NULL && whole != NULL) {
			book_text(book, gallery->sheet, gallery->top, 0, whole, BOOK_SUBTITLE);
			write_figures(book, gallery->sheet, drawing, gallery->top + 1);
			insert_chart(book, gallery->sheet, drawing, gallery->top + 1, plan, whole);
		}
		end_chart(book, gallery, drawing);
	}
	arena_free(scratch);
}

void book_charts(struct book *book)
{
	struct gallery gallery = { .top = 3 };
	for (size_t i = 0; i < sizeof plans / sizeof *plans; i++) {
		const struct sheet *table = publication_sheet(book->publication, plans[i].table);
		if (table == NULL || table->cube->rows == 0)
			continue;
		size_t each = plans[i].each == NULL ? SIZE_MAX : sheet_dimension(table->table, plans[i].each, strlen(plans[i].each));
		size_t charts = each == SIZE_MAX ? 1 : table->cube->codes[each].count;
		for (size_t place = 0; place < charts && !book->failed; place++) {
			struct pivot pivot = { .sheet = table, .down = plans[i].down, .across = plans[i].across, .measures = plans[i].measures };
			const char *title = plans[i].title;
			if (plans[i].fixed != NULL)
				pivot_fix(&pivot, plans[i].fixed, plans[i].code);
			if (each != SIZE_MAX) {
				size_t code = sheet_code_at(table, each, place);
				pivot.fixed[each] = table->cube->codes[each].code[code];
				title = book_print(book, "%s: %s", title, table->label[each][code]);
			}
			title = title == NULL ? NULL : mark_breaks(book, table, plans[i].down, title);
			if (title != NULL)
				write_chart(book, &gallery, &plans[i], &pivot, title);
		}
	}
	if (gallery.sheet != NULL)
		book_paginate(book, gallery.sheet, book_column_pixels(LABEL_WIDTH) +
			(double)(gallery.series + 1) * book_column_pixels(FIGURE_WIDTH) + CHART_WIDTH, 0, gallery.part, gallery.parts);
}
