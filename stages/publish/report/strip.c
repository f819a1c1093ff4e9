/* Figures along a dimension: see strip.h. */
#include "stages/publish/report/strip.h"

#include <stdlib.h>
#include <string.h>

struct entry {
	uint32_t rank;
	size_t row;
};

static int compare(const void *a, const void *b)
{
	const struct entry *left = a, *right = b;
	return left->rank < right->rank ? -1 : left->rank > right->rank;
}

struct strip strip_find(struct report *report, const struct sheet *sheet, const char *dimension, const char *const *codes, bool total)
{
	struct strip strip = { .count = 0 };
	if (sheet == NULL)
		return strip;
	size_t d = sheet_dimension(sheet->table, dimension, strlen(dimension)), found = 0, count = sheet->cube->codes[d].count;
	const char *key[TABLE_DIMENSIONS];
	memcpy(key, codes, sheet->table->dimensions * sizeof *key);
	struct entry *entry = report_take(report, count, sizeof *entry);
	strip.code = report_take(report, count, sizeof *strip.code);
	strip.label = report_take(report, count, sizeof *strip.label);
	if (entry == NULL || strip.code == NULL || strip.label == NULL)
		return strip;
	for (size_t i = 0; i < count; i++) {
		key[d] = sheet->cube->codes[d].code[i];
		size_t row = cube_find_named(sheet->cube, key);
		if (row != CUBE_NO_ROW && (total || strcmp(key[d], CUBE_TOTAL) != 0))
			entry[found++] = (struct entry){ .rank = sheet_rank(sheet, row, d), .row = row };
	}
	qsort(entry, found, sizeof *entry, compare);
	for (; strip.count < found; strip.count++) {
		strip.code[strip.count] = cube_code_of(sheet->cube, entry[strip.count].row, d);
		strip.label[strip.count] = sheet_label(sheet, entry[strip.count].row, d);
	}
	return strip;
}

struct value *strip_values(struct report *report, const struct sheet *sheet, const struct strip *strip, const char *dimension,
	const char *const *codes, const char *measure)
{
	const char *key[TABLE_DIMENSIONS];
	struct value *value = report_take(report, strip->count, sizeof *value);
	if (value == NULL || sheet == NULL)
		return value;
	size_t d = sheet_dimension(sheet->table, dimension, strlen(dimension));
	memcpy(key, codes, sheet->table->dimensions * sizeof *key);
	for (size_t i = 0; i < strip->count; i++) {
		key[d] = strip->code[i];
		value[i] = value_named(sheet, measure, key);
	}
	return value;
}

const struct chart_series_name strip_sexes[2] = { { "Kvinnor", SVG_WOMEN }, { "Män", SVG_MEN } };

bool strip_by_sex(struct report *report, const struct sheet *sheet, const struct strip *strip, const char *dimension, const char **codes,
	size_t kon, const char *measure, struct by_sex *by_sex)
{
	struct value *both = report_take(report, 2 * strip->count, sizeof *both);
	by_sex->total = strip_values(report, sheet, strip, dimension, codes, measure);
	codes[kon] = "K";
	by_sex->women = strip_values(report, sheet, strip, dimension, codes, measure);
	codes[kon] = "M";
	by_sex->men = strip_values(report, sheet, strip, dimension, codes, measure);
	codes[kon] = CUBE_TOTAL;
	by_sex->both = both;
	if (report->html.failed)
		return false;
	for (size_t i = 0; i < strip->count; i++) {
		both[2 * i] = by_sex->women[i];
		both[2 * i + 1] = by_sex->men[i];
	}
	return true;
}

size_t strip_shown(const struct value *value, size_t count)
{
	size_t shown = 0;
	for (size_t i = 0; value != NULL && i < count; i++)
		shown += value[i].number > 0 || value[i].number < 0;
	return shown;
}

bool strip_withheld(const struct value *value, size_t count)
{
	for (size_t i = 0; value != NULL && i < count; i++)
		if (value[i].status == CELL_PROTECTED)
			return true;
	return false;
}
