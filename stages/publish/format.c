/* Figures as they are printed: see format.h. */
#include "stages/publish/format.h"

#include <string.h>

int format_decimals(enum measure_kind kind, const struct goal *goal)
{
	switch (kind) {
	case MEASURE_COUNT:
	case MEASURE_KR:
	case MEASURE_TEXT:
		return 0;
	case MEASURE_PER_CENT:
	case MEASURE_MONTHS:
		return 1;
	case MEASURE_TWO:
		return 2;
	case MEASURE_P:
		return 3;
	case MEASURE_GOAL:
		return goal == NULL || goal->unit == GOAL_UNIT_PER_CENT || goal->unit == GOAL_UNIT_MONTHS ? 1 : 0;
	}
	return 0;
}

bool format_absent_is_zero(enum measure_kind kind)
{
	return kind == MEASURE_COUNT || kind == MEASURE_KR || kind == MEASURE_TWO;
}

static int decimals_of(const struct sheet *sheet, size_t row, size_t measure)
{
	enum measure_kind kind = sheet->table->measure[measure].kind;
	return format_decimals(kind, kind == MEASURE_GOAL ? sheet_goal(sheet, row) : NULL);
}

const char *format_machine(const struct sheet *sheet, size_t row, size_t measure, char number[NUMBER_TEXT])
{
	const struct cell *cell = cube_cell(sheet->cube, row, measure);
	number[0] = '\0';
	if (cell->status != CELL_PUBLISHED)
		return number;
	if (sheet->table->measure[measure].kind == MEASURE_TEXT)
		return cell->text == NULL ? number : cell->text;
	number_write_rounded(cell->number, decimals_of(sheet, row, measure), number);
	return number;
}

const char *format_excel(const struct sheet *sheet, size_t row, size_t measure, char number[NUMBER_TEXT])
{
	const char *text = format_machine(sheet, row, measure, number);
	char *point = text == number ? strchr(number, '.') : NULL;
	if (point != NULL)
		*point = ',';
	return text;
}

const char *format_status(enum cell_status status)
{
	return status == CELL_PROTECTED ? "skyddad" : status == CELL_MISSING ? "saknas" : "";
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
	if (sheet->table->measure[measure].kind == MEASURE_TEXT)
		return codelist_label(sheet->words[measure], cell->text == NULL ? "" : cell->text);
	if (sheet->table->measure[measure].kind == MEASURE_P && cell->number < 0.0005)
		return FORMAT_SMALL_P;
	format_number(cell->number, decimals_of(sheet, row, measure), text);
	return text;
}
