/* The workbook being written, and its parts. Faults are kept and reported by workbook_write, so that a part reads like the
   sheet itself. Only workbook*.c include it. */
#ifndef FINSAMSTAT_STAGES_PUBLISH_WORKBOOK_WORKBOOK_PARTS_H
#define FINSAMSTAT_STAGES_PUBLISH_WORKBOOK_WORKBOOK_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <xlsxwriter.h>

#include "stages/publish/sheet/publication.h"

enum book_style {
	BOOK_TITLE,
	BOOK_SUBTITLE,
	BOOK_PARAGRAPH,  /* wrapped */
	BOOK_NOTE,       /* wrapped, grey */
	BOOK_REMARK,     /* on one line, grey */
	BOOK_HEAD,       /* over numbers */
	BOOK_HEAD_TEXT,  /* over labels */
	BOOK_HEAD_BESIDE, /* over texts beside numbers, BOOK_TEXT */
	BOOK_LABEL,
	BOOK_LABEL_SUM,
	BOOK_TEXT,       /* wrapped, top */
	BOOK_PLAIN,      /* on one line */
	BOOK_LINK,
	BOOK_YES,        /* verdicts: sign, word and colour */
	BOOK_NO,
	BOOK_UNSURE,
	BOOK_MARK,       /* `..` and `–` */
	BOOK_MARK_SUM,
	BOOK_NUMBER,     /* with 0–3 decimals: BOOK_NUMBER + decimals */
	BOOK_NUMBER_SUM = BOOK_NUMBER + 4, /* the same in rows of sums */
	BOOK_STYLES = BOOK_NUMBER_SUM + 4
};

struct book_rows;
struct book {
	const struct publication *publication;
	struct arena *arena;
	lxw_workbook *file;
	lxw_format *style[BOOK_STYLES];
	struct book_rows *rows; /* of Data (workbook_rows.h); NULL: there are none */
	unsigned rows_sheet;    /* the number of that sheet */
	bool *left_out; /* by sheet of the publication: too large for a workbook, see book_fits */
	struct error *error;
	bool failed; /* the error is set; nothing more is written */
};

/* Makes the styles, before any sheet. */
void book_styles(struct book *book);

/* A new sheet with what all have: A4, one page wide, page numbers, the förbund's name. NULL when the book has failed. */
lxw_worksheet *book_sheet(struct book *book, const char *name, bool landscape);

#define BOOK_ROW 15.0       /* points of a row of one line */
#define BOOK_TITLE_ROW 24.0

/* The title of a sheet, in its first row. */
void book_title(struct book *book, lxw_worksheet *sheet, const char *title);

/* Characters of a text, or of its longest word. */
size_t book_characters(const char *text, bool words);
/* Lines that a text takes when it is wrapped in a column so many characters wide. */
size_t book_lines(const char *text, double width);
/* Pixels of such a column. */
double book_column_pixels(double characters);

/* A part of a sheet that should not be parted by a page's end: its first row, and its height in points. */
struct book_part {
	size_t row;
	double height;
};

/* Page breaks that keep each part whole where one page can hold it, in landscape, when the sheet's columns, `width` pixels together, are
   fitted to a page's width. `repeated` are the points of the rows repeated on every page. */
void book_paginate(struct book *book, lxw_worksheet *sheet, double width, double repeated, const struct book_part *part, size_t parts);

/* One cell. A text is never taken as a formula. */
void book_text(struct book *book, lxw_worksheet *sheet, size_t row, size_t column, const char *text, enum book_style style);
void book_number(struct book *book, lxw_worksheet *sheet, size_t row, size_t column, double number, enum book_style style);
/* A text over several columns of a row; with one column like book_text. */
void book_wide_text(struct book *book, lxw_worksheet *sheet, size_t row, size_t column, size_t columns, const char *text,
	enum book_style style);
/* A text that leads to another sheet of the book. */
void book_link(struct book *book, lxw_worksheet *sheet, size_t row, size_t column, const char *target, const char *text);

/* A cell of a table as it is published: a number as every format rounds it, `..`, `–` or a text. `row` may be CUBE_NO_ROW. */
void book_cell(struct book *book, lxw_worksheet *sheet, size_t row, size_t column, const struct sheet *table, size_t cube_row,
	size_t measure, bool sum);

/* Whether a published cell has a number; it goes to *number as rounded for publication. */
bool book_value(const struct sheet *table, size_t cube_row, size_t measure, double *number);

/* Takes note of a library call's result. */
void book_check(struct book *book, lxw_error result);

/* A text of the book's arena. NULL when the book has failed. */
const char *book_print(struct book *book, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The parts, in the order of the sheets. */
void book_readme(struct book *book);       /* Läs mig */
void book_goals(struct book *book);        /* Mål; nothing without g01 */
void book_contents(struct book *book);     /* Innehåll */
void book_charts(struct book *book);       /* Diagram; nothing when no chart has figures */
void book_tables(struct book *book);       /* one sheet a table that is not left out */
void book_data(struct book *book);         /* Data: those tables again, a row a figure */
void book_definitions(struct book *book);  /* Definitioner */

#endif
