// sheet.c: writes CSV with the delimiter, column order, line end, decimal sign and encoding of its form.
#include "sample-data/generate/sheet.h"

#include <inttypes.h>
#include <string.h>

FILE *sheet_file(const char *dir, const char *name)
{
	char path[1024];
	int length = snprintf(path, sizeof path, "%s/%s", dir, name);

	return length > 0 && (size_t)length < sizeof path ? fopen(path, "wb") : NULL;
}

static void put(struct sheet *sheet, char character)
{
	if (putc(character, sheet->file) == EOF)
		sheet->failed = true;
}

// All Swedish letters are U+00C0 to U+00FF: C3 and a second byte, which is the code less 0xC0.
static void put_text(struct sheet *sheet, const char *text)
{
	for (const char *at = text; *at != '\0'; at++) {
		if (sheet->form.latin && (unsigned char)*at == 0xC3 && at[1] != '\0') {
			at++;
			put(sheet, (char)((unsigned char)*at + 0x40));
		} else {
			put(sheet, *at);
		}
	}
}

static void put_line_end(struct sheet *sheet)
{
	if (sheet->form.crlf)
		put(sheet, '\r');
	put(sheet, '\n');
}

static size_t name_length(const char *list)
{
	return strcspn(list, ",");
}

// Place of the name (length characters) in a list joined by commas; -1 when it is not there.
static int place_of(const char *list, const char *name, size_t length)
{
	for (int place = 0;; place++) {
		size_t here = name_length(list);

		if (here == length && memcmp(list, name, length) == 0)
			return place;
		if (list[here] == '\0')
			return -1;
		list += here + 1;
	}
}

static void write_header(struct sheet *sheet, const char *usual)
{
	const char *at = sheet->form.columns != NULL ? sheet->form.columns : usual;

	if (sheet->form.bom)
		put_text(sheet, "\xEF\xBB\xBF");
	for (sheet->count = 0; sheet->count < SHEET_COLUMNS; sheet->count++) {
		size_t length = name_length(at);
		int place = place_of(usual, at, length);

		if (place < 0) {
			sheet->failed = true;
			return;
		}
		sheet->order[sheet->count] = place;
		if (sheet->count > 0)
			put(sheet, sheet->form.delimiter);
		for (size_t i = 0; i < length; i++)
			put(sheet, at[i]);
		if (at[length] == '\0') {
			sheet->count++;
			break;
		}
		at += length + 1;
	}
	put_line_end(sheet);
}

int sheet_open(struct sheet *sheet, const char *dir, const char *name, const char *usual,
	       struct sheet_form form)
{
	memset(sheet, 0, sizeof *sheet);
	sheet->form = form;
	sheet->file = sheet_file(dir, name);
	if (sheet->file == NULL)
		return -1;
	write_header(sheet, usual);
	return 0;
}

void sheet_row(struct sheet *sheet, const char *const *values)
{
	for (int i = 0; i < sheet->count; i++) {
		const char *value = values[sheet->order[i]];

		if (i > 0)
			put(sheet, sheet->form.delimiter);
		if (value != NULL)
			put_text(sheet, value);
	}
	put_line_end(sheet);
}

const char *sheet_amount(const struct sheet *sheet, int64_t ore, char out[SHEET_AMOUNT])
{
	if (ore % 100 == 0)
		snprintf(out, SHEET_AMOUNT, "%" PRId64, ore / 100);
	else
		snprintf(out, SHEET_AMOUNT, "%" PRId64 "%c%02d", ore / 100, sheet->form.comma ? ',' : '.',
			 (int)(ore % 100));
	return out;
}

int sheet_close(struct sheet *sheet)
{
	bool failed = sheet->failed;

	if (sheet->file != NULL && fclose(sheet->file) != 0)
		failed = true;
	memset(sheet, 0, sizeof *sheet);
	return failed ? -1 : 0;
}

int sheet_text(const char *dir, const char *name, const char *text)
{
	FILE *file = sheet_file(dir, name);
	int failed;

	if (file == NULL)
		return -1;
	failed = fputs(text, file) == EOF;
	if (fclose(file) != 0)
		failed = 1;
	return failed ? -1 : 0;
}
