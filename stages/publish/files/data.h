/* The tables as CSV files: data/ for machines, excel/ for Swedish Excel. */
#ifndef FINSAMSTAT_STAGES_PUBLISH_FILES_DATA_H
#define FINSAMSTAT_STAGES_PUBLISH_FILES_DATA_H

#include "stages/publish/sheet/sheet.h"

/* Writes data/<table>.csv at `path`: every measure of every row, sorted as cube_sort does. 0, or -1 with the error set. */
int data_write(const struct sheet *sheet, const char *path, struct error *error);

/* Writes excel/<table>.csv: the same rows; a text that Excel would take for a formula gets an apostrophe before it. */
int data_write_excel(const struct sheet *sheet, const char *path, struct error *error);

/* Whether Excel takes the text for a formula: it begins with = + - @ TAB or CR and is no number. */
bool data_is_formula(const char *text);

#endif
