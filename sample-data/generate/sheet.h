// sheet.h: one CSV file under writing, in the form that a real authority might send it.
#ifndef SAMPLE_SHEET_H
#define SAMPLE_SHEET_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

enum { SHEET_COLUMNS = 16, SHEET_AMOUNT = 24 };

struct sheet_form {
	char delimiter;
	bool bom;
	bool crlf;
	bool comma;           // decimal comma in amounts
	bool latin;           // windows-1252 instead of UTF-8
	const char *columns;  // columns in the order written, joined by commas; NULL = all, in the usual order
};

struct sheet {
	FILE *file;
	struct sheet_form form;
	int order[SHEET_COLUMNS];  // place written -> usual place
	int count;
	bool failed;
};

// Opens dir/name and writes the header. `usual` names the columns in the order in which sheet_row takes
// values. Returns 0, or -1 when the file cannot be made (errno says why).
int sheet_open(struct sheet *sheet, const char *dir, const char *name, const char *usual,
	       struct sheet_form form);

// Writes one row; a NULL value is empty. Values hold no delimiter, quote or newline. A failed write shows
// in sheet_close.
void sheet_row(struct sheet *sheet, const char *const *values);

// kr with the sheet's decimal sign; whole kr without decimals.
const char *sheet_amount(const struct sheet *sheet, int64_t ore, char out[SHEET_AMOUNT]);

// Returns 0, or -1 when anything was not written. Harmless on a sheet that is all zero.
int sheet_close(struct sheet *sheet);

// Writes a text file as it stands. Returns 0 or -1.
int sheet_text(const char *dir, const char *name, const char *text);

// dir/name opened for writing, or NULL.
FILE *sheet_file(const char *dir, const char *name);

#endif
