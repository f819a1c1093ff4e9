/* The rows of the sheet Data, as libxlsxwriter would write them: as its cells they would take most of the book's time and memory. It
   packs the sheet without them, and they are packed beside each other, a block at a time, when it is done (workbook_write). */
#ifndef FINSAMSTAT_STAGES_PUBLISH_WORKBOOK_WORKBOOK_ROWS_H
#define FINSAMSTAT_STAGES_PUBLISH_WORKBOOK_WORKBOOK_ROWS_H

#include "pipeline/table/csv/zip.h"
#include "stages/publish/workbook/workbook_parts.h"

/* A column a dimension name: the table, every dimension of any table, then measure, value and status. */
#define BOOK_COLUMNS 64 /* more than all dimensions of all tables */
struct book_columns {
	size_t count;
	const char *name[BOOK_COLUMNS];
};

/* Whether a table's figures stand in Data: not the reconciliation, whose own dimensions are a table and a measure. */
bool book_is_listed(const struct book *book, size_t table);

/* Gives the sheet a row a figure of every listed table, from its second row on. Returns their number; unless it is 0, book->rows are
   to be packed in the place of the sheet. `columns` is lent as long. */
size_t book_rows(struct book *book, lxw_worksheet *sheet, const struct book_columns *columns);

/* The blocks of the sheet, of which the first holds what comes before the rows and the last what comes behind them, and one of them,
   packed. When the library has packed the book; any thread, each with an arena of its own. -1 with the error set. */
size_t book_rows_blocks(const struct book_rows *rows);
int book_rows_pack(const struct book_rows *rows, size_t block, struct zip_piece *piece, struct arena *arena, struct error *error);

#endif
