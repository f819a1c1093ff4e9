/* Excel's CSV, PX and marked figures of pages and pictures against data/: see formats.h. The workbook is in workbook_figures.c. */
#include "stages/audit/formats/formats.h"

#include <stdlib.h>
#include <string.h>

#include "pipeline/base/number.h"
#include "pipeline/base/text.h"
#include "pipeline/table/csv/csv.h"
#include "pipeline/table/csv/source.h"

int formats_read(struct formats *formats, const char *path, struct error *error)
{
	struct source *source = NULL;
	struct text text = { .arena = formats->arena };
	char buffer[1 << 14];
	size_t got = 1;
	int result = source_open_by_content(&source, path, formats->shown, error);
	while (result == 0 && got > 0 && (result = source_read(source, buffer, sizeof buffer, &got, error)) == 0)
		result = text_add(&text, buffer, got, error);
	source_close(source);
	formats->bytes = text.bytes == NULL ? "" : text.bytes;
	formats->length = text.length;
	return result;
}

int formats_differ(const struct formats *formats, const struct published_table *table, struct error *error)
{
	return error_set(error, EXIT_DISCLOSURE, "%s shows a figure of table %s that data/ withholds or gives otherwise; nothing is "
						 "published", formats->shown, table->cube->table->name);
}

static int not_understood(const struct formats *formats, struct error *error)
{
	return error_set(error, EXIT_DATA, "%s cannot be read back, so that it cannot be audited", formats->shown);
}

int formats_compare(struct formats *formats, const struct published_table *table, size_t row, size_t measure, const char *text,
	size_t length, struct error *error)
{
	double number;
	formats->figures++;
	if (row == CUBE_NO_ROW) /* does not occur: 0 or nothing */
		return length == 0 || (number_read_full(text, length, &number) && !(number < 0) && !(number > 0))
			? 0 : formats_differ(formats, table, error);
	const struct cell *cell = cube_cell(table->cube, row, measure);
	if (cell->status != CELL_PUBLISHED)
		return length == 0 ? 0 : formats_differ(formats, table, error);
	if (cell->text != NULL)
		return text_equal(text, length, cell->text) ? 0 : formats_differ(formats, table, error);
	bool same = number_read_full(text, length, &number) && !(number < cell->number) && !(number > cell->number);
	return same ? 0 : formats_differ(formats, table, error);
}

static struct published_table *table_named(struct formats *formats, const char *name, size_t length)
{
	for (size_t t = 0; t < formats->published->own; t++)
		if (text_equal(name, length, formats->published->table[t].cube->table->name))
			return &formats->published->table[t];
	return NULL;
}

/* Position of a measure; SIZE_MAX when the table has none of that name. */
static size_t measure_named(const struct cube *cube, const char *name, size_t length)
{
	for (size_t m = 0; m < cube->table->measures; m++)
		if (text_equal(name, length, cube->table->measure[m].name))
			return m;
	return SIZE_MAX;
}

/* ---- excel/ ---- */

/* Whether a line has these codes as they stand, and the measure. */
static bool is_row(const struct cube *cube, const struct csv_record *record, size_t row, size_t measure)
{
	size_t d = 0;
	while (d < cube->table->dimensions && text_equal(record->field[d].text, record->field[d].length, cube_code_of(cube, row, d)))
		d++;
	return d == cube->table->dimensions && text_equal(record->field[d].text, record->field[d].length, cube->table->measure[measure].name);
}

/* The row and measure of a line: the next of data/, or wherever it stands there. CUBE_NO_ROW, SIZE_MAX when it stands nowhere. */
static void find_figure(struct formats *formats, const struct cube *cube, const struct csv_record *record, size_t *row, size_t *measure)
{
	uint32_t key[TABLE_DIMENSIONS];
	size_t dimensions = cube->table->dimensions, measures = cube->table->measures;
	*row = formats->next / measures;
	*measure = formats->next % measures;
	if (*row >= cube->rows || !is_row(cube, record, *row, *measure)) {
		for (size_t d = 0; d < dimensions; d++) {
			const struct csv_field *field = &record->field[d];
			bool guarded = field->length > 1 && field->text[0] == '\'' && strchr("=+-@\t\r", field->text[1]) != NULL;
			key[d] = cube_find_code_of(cube, d, field->text + guarded, field->length - guarded);
		}
		*row = cube_find(cube, key);
		*measure = measure_named(cube, record->field[dimensions].text, record->field[dimensions].length);
	}
	formats->next = *row == CUBE_NO_ROW || *measure == SIZE_MAX ? 0 : *row * measures + *measure + 1;
}

static int excel_row(struct formats *formats, const struct published_table *table, const struct csv_record *record,
	struct error *error)
{
	const struct cube *cube = table->cube;
	char value[NUMBER_TEXT];
	size_t dimensions = cube->table->dimensions, row, measure;
	if (record->fields != dimensions + 3)
		return not_understood(formats, error);
	find_figure(formats, cube, record, &row, &measure);
	struct csv_field shown = record->field[dimensions + 1];
	if (row == CUBE_NO_ROW || measure == SIZE_MAX)
		return formats_differ(formats, table, error);
	double number;
	for (size_t i = 0; i < shown.length && i < sizeof value; i++)
		value[i] = shown.text[i] == ',' ? '.' : shown.text[i];
	/* a number that stands as it was written (publicerat of q01) has its decimal comma, too */
	if (cube->table->measure[measure].kind == MEASURE_TEXT && !number_read_decimal(value, shown.length < sizeof value ? shown.length : 0,
		&number)) {
		bool guarded = shown.length > 1 && shown.text[0] == '\'' && strchr("=+-@\t\r", shown.text[1]) != NULL;
		return formats_compare(formats, table, row, measure, shown.text + guarded, shown.length - guarded, error);
	}
	if (shown.length >= sizeof value)
		return not_understood(formats, error);
	return formats_compare(formats, table, row, measure, value, shown.length, error);
}

int formats_excel(struct formats *formats, const char *path, const char *name, struct error *error)
{
	const struct published_table *table = table_named(formats, name, strlen(name));
	struct csv_options options = { .delimiter = ';' };
	struct csv_record record;
	struct csv *csv = NULL;
	if (table == NULL)
		return not_understood(formats, error);
	int result = csv_open(&csv, path, formats->shown, &options, error);
	if (result == 0)
		result = csv_next(csv, &record, error) == 1 ? 0 : not_understood(formats, error);
	while (result == 0 && (result = csv_next(csv, &record, error)) == 1)
		result = excel_row(formats, table, &record, error);
	csv_close(csv);
	return result;
}

/* ---- px/ ---- */

/* The codes of one axis, in the order of the file. */
struct axis {
	size_t count, room;
	uint32_t *code; /* the cube's, UINT32_MAX for one that it lacks; of the last axis the position of the measure */
};

/* The values of the statement CODES("…")=… whose VARIABLECODE is `name`; *after them. Texts hold no quote. */
static int px_axis(struct formats *formats, const char *head, const struct cube *cube, size_t d, struct axis *axis, struct error *error)
{
	bool measures = d == cube->table->dimensions;
	const char *name = measures ? "matt" : cube->table->dimension[d].name;
	const char *code = arena_print(formats->arena, error, "\")=\"%s\";", name);
	const char *at = code == NULL ? NULL : strstr(head, code), *title = at;
	*axis = (struct axis){ 0 };
	if (at == NULL)
		return code == NULL ? -1 : not_understood(formats, error);
	while (title > head && title[-1] != '"')
		title--;
	const char *statement = arena_print(formats->arena, error, "\nCODES(\"%.*s\")=", (int)(at - title), title);
	at = statement == NULL ? NULL : strstr(head, statement);
	if (at == NULL)
		return statement == NULL ? -1 : not_understood(formats, error);
	at += strlen(statement);
	while (*at != ';' && *at != '\0') {
		size_t length = *at == '"' ? strcspn(at + 1, "\"") : 0;
		if (*at == '"') {
			uint32_t *codes = arena_grow(formats->arena, axis->code, axis->count, axis->count + 1, &axis->room,
				sizeof *codes, error);
			size_t measure = measures ? measure_named(cube, at + 1, length) : 0;
			if (codes == NULL || measure == SIZE_MAX)
				return codes == NULL ? -1 : not_understood(formats, error);
			axis->code = codes;
			codes[axis->count++] = measures ? (uint32_t)measure : cube_find_code_of(cube, d, at + 1, length);
			at += length + 2;
		} else {
			at++;
		}
	}
	return axis->count > 0 ? 0 : not_understood(formats, error);
}

/* The next value of DATA: a number, or "" for a quoted mark. False at the end. */
static bool px_value(const char **at, const char **value, size_t *length)
{
	*at += strspn(*at, " \t\r\n");
	if (**at == ';' || **at == '\0')
		return false;
	*value = *at;
	*length = strcspn(*at, " \t\r\n;");
	*at += *length;
	if (**value == '"')
		*length = 0;
	return true;
}

int formats_px(struct formats *formats, const char *name, struct error *error)
{
	const struct published_table *table = table_named(formats, name, strlen(name));
	size_t whole;
	const char *file = text_from_windows_1252(formats->arena, formats->bytes, formats->length, &whole, error);
	const char *at = file == NULL ? NULL : strstr(file, "\nDATA="), *value;
	struct axis axis[TABLE_DIMENSIONS + 1];
	size_t place[TABLE_DIMENSIONS + 1] = { 0 }, length, axes;
	if (table == NULL || at == NULL)
		return file == NULL ? -1 : not_understood(formats, error);
	at += strlen("\nDATA=");
	axes = table->cube->table->dimensions + 1;
	uint32_t only[] = { 0 };
	for (size_t d = 0; d < axes; d++) {
		if (d + 1 == axes && table->cube->table->measures == 1) { /* one measure is no axis */
			axis[d] = (struct axis){ .count = 1, .code = only };
			continue;
		}
		if (px_axis(formats, file, table->cube, d, &axis[d], error) != 0)
			return -1;
	}
	for (size_t full = 0; px_value(&at, &value, &length);) {
		uint32_t key[TABLE_DIMENSIONS];
		if (full == axes) /* more values than combinations */
			return not_understood(formats, error);
		for (size_t d = 0; d + 1 < axes; d++)
			key[d] = axis[d].code[place[d]];
		size_t measure = axis[axes - 1].code[place[axes - 1]];
		if (formats_compare(formats, table, cube_find(table->cube, key), measure, value, length, error) != 0)
			return -1;
		for (full = 0; full < axes && ++place[axes - 1 - full] == axis[axes - 1 - full].count; full++)
			place[axes - 1 - full] = 0;
	}
	for (size_t d = 0; d < axes; d++)
		if (place[d] != 0) /* fewer */
			return not_understood(formats, error);
	return 0;
}

/* ---- figures that name their cell ---- */

/* The value of an attribute of the tag at `tag`, unescaped; NULL when it has none. */
static char *attribute(const struct formats *formats, const char *tag, const char *name, struct error *error)
{
	static const struct {
		const char *written, *meant;
	} references[] = { { "&amp;", "&" }, { "&lt;", "<" }, { "&gt;", ">" }, { "&quot;", "\"" }, { "&#39;", "'" } };
	size_t length = strcspn(tag, ">"), named = strlen(name);
	for (const char *at = tag; at + named + 2 < tag + length; at++) {
		if ((at[0] != ' ' && at[0] != '\n') || strncmp(at + 1, name, named) != 0 || strncmp(at + 1 + named, "=\"", 2) != 0)
			continue;
		const char *from = at + named + 3;
		char *value = arena_text(formats->arena, from, strcspn(from, "\""), error), *to = value;
		for (from = value; from != NULL && *from != '\0'; to++) {
			size_t r = 0;
			while (r < 5 && strncmp(from, references[r].written, strlen(references[r].written)) != 0)
				r++;
			*to = r < 5 ? references[r].meant[0] : *from;
			from += r < 5 ? strlen(references[r].written) : 1;
		}
		if (value != NULL)
			*to = '\0';
		return value;
	}
	return NULL;
}

/* What a reader sees as the number: digits, sign and comma of the text up to the next tag; "" without a digit. */
static void seen_number(const char *text, char *number, size_t room)
{
	size_t count = 0;
	bool digits = false;
	for (; *text != '\0' && *text != '<'; text++) {
		unsigned char c = (unsigned char)*text;
		if (strncmp(text, "\xE2\x88\x92", 3) == 0 && count + 1 < room) { /* minus */
			number[count++] = '-';
			text += 2;
		} else if (((c >= '0' && c <= '9') || c == ',' || c == '-') && count + 1 < room) {
			number[count++] = c == ',' ? '.' : (char)c;
			digits = digits || (c >= '0' && c <= '9');
		}
	}
	number[digits ? count : 0] = '\0';
}

/* Whether the codes of a row joined by | are the text. */
static bool is_joined(const struct cube *cube, size_t row, const char *text)
{
	for (size_t d = 0; d < cube->table->dimensions; d++) {
		const char *code = cube_code_of(cube, row, d);
		size_t length = strlen(code);
		if ((d > 0 && *text++ != '|') || strncmp(text, code, length) != 0)
			return false;
		text += length;
	}
	return *text == '\0';
}

/* The row of a key "a|b|c"; a code may hold a | of its own (nyckel of q01). CUBE_NO_ROW without. */
static size_t find_joined(const struct formats *formats, const struct cube *cube, const char *joined, struct error *error)
{
	const char *key[TABLE_DIMENSIONS];
	size_t dimensions = 0, row = 0;
	char *at = arena_text(formats->arena, joined, strlen(joined), error);
	if (at == NULL)
		return CUBE_NO_ROW;
	for (; at != NULL && dimensions < cube->table->dimensions; dimensions++) {
		key[dimensions] = at;
		if ((at = strchr(at, '|')) != NULL)
			*at++ = '\0';
	}
	if (at == NULL && dimensions == cube->table->dimensions)
		return cube_find_named(cube, key);
	while (row < cube->rows && !is_joined(cube, row, joined))
		row++;
	return row == cube->rows ? CUBE_NO_ROW : row;
}

/* One marked figure. */
static int marked(struct formats *formats, const char *tag, const char *value_name, struct error *error)
{
	char *name = attribute(formats, tag, "data-tabell", error), *codes = attribute(formats, tag, "data-nyckel", error);
	char *measure_name = attribute(formats, tag, "data-matt", error), *value = attribute(formats, tag, value_name, error);
	char seen[NUMBER_TEXT];
	struct published_table *table = name == NULL ? NULL : table_named(formats, name, strlen(name));
	if (table == NULL || codes == NULL || measure_name == NULL || value == NULL)
		return error->count > 0 ? -1 : not_understood(formats, error);
	size_t measure = measure_named(table->cube, measure_name, strlen(measure_name));
	if (measure == SIZE_MAX)
		return not_understood(formats, error);
	size_t row = find_joined(formats, table->cube, codes, error);
	if (row == CUBE_NO_ROW)
		return error->count > 0 ? -1 : formats_differ(formats, table, error);
	if (formats_compare(formats, table, row, measure, value, strlen(value), error) != 0)
		return -1;
	seen_number(strchr(tag, '>') + 1, seen, sizeof seen);
	if (cube_cell(table->cube, row, measure)->status == CELL_PUBLISHED)
		return 0;
	return seen[0] == '\0' ? 0 : formats_differ(formats, table, error);
}

int formats_marked(struct formats *formats, struct error *error)
{
	const char *at = formats->bytes, *mark = at;
	while ((at = strchr(at, '<')) != NULL) {
		const char *end = strchr(at, '>');
		if (mark <= at) /* else the next mark is known */
			mark = strstr(at, "data-tabell=");
		if (end == NULL || mark == NULL)
			return end == NULL ? not_understood(formats, error) : 0;
		if (mark < end && marked(formats, at, strncmp(at, "<data ", 6) == 0 ? "value" : "data-varde", error) != 0)
			return -1;
		at = end;
	}
	return 0;
}
