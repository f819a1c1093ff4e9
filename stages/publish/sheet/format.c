/* Figures as they are printed: see format.h. */
#include "stages/publish/sheet/format.h"

#include <string.h>

#include "pipeline/table/cube/figure_name.h"

#define MOST_DIGITS 10 /* of a number that is printed as it was written, with its point */

bool format_absent_is_zero(enum measure_kind kind)
{
	return kind == MEASURE_COUNT || kind == MEASURE_KR || kind == MEASURE_TWO;
}

int format_decimals(const struct sheet *sheet, size_t row, size_t measure)
{
	enum measure_kind kind = sheet->table->measure[measure].kind;
	if (kind == MEASURE_FIGURE)
		return sheet->decimals[row];
	return figure_kind_decimals(kind, kind == MEASURE_GOAL ? sheet_goal(sheet, row) : NULL);
}

/* The number that a published cell shows; one that is written as a text, too. */
static bool number_of(const struct sheet *sheet, size_t row, size_t measure, double *number)
{
	const struct cell *cell = cube_cell(sheet->cube, row, measure);
	enum measure_kind kind = sheet->table->measure[measure].kind;
	*number = cell->number;
	if (kind == MEASURE_FIGURE)
		return cell->text != NULL && number_read_full(cell->text, strlen(cell->text), number);
	return kind != MEASURE_TEXT;
}

const char *format_machine(const struct sheet *sheet, size_t row, size_t measure, char number[NUMBER_TEXT])
{
	const struct cell *cell = cube_cell(sheet->cube, row, measure);
	number[0] = '\0';
	if (cell->status != CELL_PUBLISHED)
		return number;
	double value;
	if (!number_of(sheet, row, measure, &value))
		return cell->text == NULL ? number : cell->text;
	number_write_rounded(value, format_decimals(sheet, row, measure), number);
	return number;
}

const char *format_excel(const struct sheet *sheet, size_t row, size_t measure, char number[NUMBER_TEXT])
{
	const char *text = format_machine(sheet, row, measure, number);
	double value;
	if (text != number && number_read_decimal(text, strlen(text), &value)) /* at most 40 bytes */
		text = memcpy(number, text, strlen(text) + 1); /* a number that is kept as it was written */
	char *point = text == number ? strchr(number, '.') : NULL;
	if (point != NULL)
		*point = ',';
	return text;
}

void format_number(double value, int decimals, char text[FORMAT_TEXT])
{
	char plain[NUMBER_TEXT];
	number_write_rounded(value, decimals, plain);
	const char *at = plain;
	size_t used = 0, whole = strcspn(plain, ".") - (plain[0] == '-');
	if (*at == '-') {
		memcpy(text, "\u2212", strlen("\u2212"));
		used = strlen("\u2212");
		at++;
	}
	for (; whole > 0 && used + 8 < FORMAT_TEXT; whole--) {
		text[used++] = *at++;
		if (whole % 3 == 1 && whole > 1) {
			memcpy(text + used, "\u00A0", 2);
			used += 2;
		}
	}
	if (*at == '.') {
		text[used++] = ',';
		at++;
	}
	while (*at != '\0' && used < FORMAT_TEXT - 1)
		text[used++] = *at++;
	text[used] = '\0';
}

const char *format_cell(const struct sheet *sheet, size_t row, size_t measure, char text[FORMAT_TEXT])
{
	const struct cell *cell = cube_cell(sheet->cube, row, measure);
	if (cell->status != CELL_PUBLISHED)
		return cell->status == CELL_PROTECTED ? FORMAT_PROTECTED : FORMAT_MISSING;
	double value;
	if (!number_of(sheet, row, measure, &value)) {
		const char *written = cell->text == NULL ? "" : cell->text;
		const char *point = strchr(written, '.');
		if (!number_read_decimal(written, strlen(written), &value) || strlen(written) > MOST_DIGITS)
			return codelist_label(sheet->words[measure], written);
		format_number(value, point == NULL ? 0 : (int)strlen(point + 1), text); /* kept as it was written */
		return text;
	}
	if (sheet->table->measure[measure].kind == MEASURE_P && value < 0.0005)
		return FORMAT_SMALL_P;
	format_number(value, format_decimals(sheet, row, measure), text);
	return text;
}
