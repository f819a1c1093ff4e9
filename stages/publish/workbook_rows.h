/* The rows of the sheet Data, as libxlsxwriter would write them: handed to it as text when it packs the sheet. Kept as its cells they
   would take most of the book's time and memory. */
#ifndef FINSAMSTAT_STAGES_PUBLISH_WORKBOOK_ROWS_H
#define FINSAMSTAT_STAGES_PUBLISH_WORKBOOK_ROWS_H

#include "stages/publish/workbook_parts.h"

/* A column a dimension name: the table, every dimension of any table, then measure, value and status. */
#define BOOK_COLUMNS 64 /* more than all dimensions of all tables */
struct book_columns {
	size_t count;
	const char *name[BOOK_COLUMNS];
};

/* Whether a table's figures stand in Data: not the reconciliation, whose own dimensions are a table and a measure. */
bool book_is_listed(const struct book *book, size_t table);

/* Puts a row a figure of every listed table into the sheet, from its second row on. Returns their number. `columns` is lent until the
   workbook is closed. */
size_t book_rows(struct book *book, lxw_worksheet *sheet, const struct book_columns *columns);

#endif
