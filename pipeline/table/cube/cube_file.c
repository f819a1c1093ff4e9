/* Cubes on disk: the table file of docs/manual.md, dimension columns and then matt,varde,status. */
#include <string.h>

#include "pipeline/base/number.h"
#include "pipeline/base/text.h"
#include "pipeline/table/csv/csv.h"
#include "pipeline/table/cube/cube_index.h"
#include "pipeline/table/cube/cube_lines.h"

enum { MATT, VARDE, STATUS, VALUE_COLUMNS }; /* behind the dimensions */
static const char *const value_columns[VALUE_COLUMNS] = { "matt", "varde", "status" };
/* TOT in every starred dimension. */
static bool is_margin(const struct cube *cube, size_t row)
{
	for (size_t d = 0; d < cube->table->dimensions; d++)
		if (cube->table->dimension[d].total && !cube_is_total(cube, row, d))
			return false;
	return true;
}

/* 0 in every number, no text, nothing missing or protected. */
static bool is_nothing(const struct cube *cube, size_t row)
{
	for (size_t m = 0; m < cube->table->measures; m++) {
		const struct cell *cell = cube_cell(cube, row, m);
		if (cell->status != CELL_PUBLISHED || cell->number < 0 || cell->number > 0 ||
			(cell->text != NULL && *cell->text != '\0'))
			return false;
	}
	return true;
}

static const char *value_of(const struct cell *cell, char number[NUMBER_TEXT])
{
	number[0] = '\0';
	if (cell->status == CELL_PUBLISHED && cell->text == NULL)
		number_write_full(cell->number, number);
	return cell->status == CELL_PUBLISHED && cell->text != NULL ? cell->text : number;
}

static int write_lines(const struct cube *cube, const uint32_t *row, size_t rows, const char *path, struct arena *scratch,
	struct error *error)
{
	struct csv_writer *writer = NULL;
	const struct cube_lines *lines = cube_lines_new(cube, &csv_style_machine, NULL, scratch, error);
	if (lines == NULL || csv_create(&writer, path, &csv_style_machine, error) != 0)
		return -1;
	cube_lines_head(lines, writer);
	for (size_t i = 0; i < rows; i++) {
		char number[NUMBER_TEXT];
		for (size_t m = 0; m < cube->table->measures; m++)
			cube_lines_put(lines, writer, row[i], m, value_of(cube_cell(cube, row[i], m), number));
	}
	return csv_finish(writer, error);
}

int cube_write(struct cube *cube, const char *path, struct error *error)
{
	struct arena *scratch = arena_new(error);
	int result = scratch == NULL ? -1 : cube_sort(cube, error);
	uint32_t *row = result != 0 ? NULL : arena_take(scratch, cube->rows, sizeof *row, error);
	size_t rows = 0;
	for (size_t r = 0; row != NULL && r < cube->rows; r++)
		if (!is_nothing(cube, r) || is_margin(cube, r))
			row[rows++] = (uint32_t)r;
	if (row == NULL)
		result = -1;
	else if (cube_is_packed(path))
		result = cube_pack(cube, row, rows, path, error);
	else
		result = write_lines(cube, row, rows, path, scratch, error);
	arena_free(scratch);
	return result;
}

/* Where the reader stands: lines of one row stand together, its measures in the table's order. */
struct reader {
	struct cube *cube;
	const char *path;
	size_t row;     /* CUBE_NO_ROW before the first line */
	size_t measure; /* the next one that the row may have */
	bool apart;     /* a line stood before its place: from there on rows are looked for among those read */
	struct error *error;
};

static bool is_text(const struct csv_field *field, const char *text)
{
	return strlen(text) == field->length && memcmp(field->text, text, field->length) == 0;
}

static int fault(const struct reader *reader, const struct csv_record *record, const char *reason)
{
	return error_set(reader->error, EXIT_DATA, "%s:%llu: %s", reader->path, (unsigned long long)record->line, reason);
}

static int read_header(const struct reader *reader, const struct csv_record *record)
{
	const struct table *table = reader->cube->table;
	bool right = record->fields == table->dimensions + VALUE_COLUMNS;
	for (size_t i = 0; right && i < record->fields; i++)
		right = is_text(&record->field[i],
			i < table->dimensions ? table->dimension[i].name : value_columns[i - table->dimensions]);
	return right ? 0 : fault(reader, record, "the columns are not those of the table");
}

/* Whether a row comes after the one before it, and so is none of those read when all have done so. */
static bool comes_after(const struct reader *reader, const uint32_t *key)
{
	const struct cube *cube = reader->cube;
	if (reader->row == CUBE_NO_ROW)
		return true;
	const uint32_t *before = cube->key + reader->row * cube->table->dimensions;
	for (size_t d = 0; d < cube->table->dimensions; d++)
		if (key[d] != before[d])
			return cube_compare_codes(cube, d, cube->codes[d].code[before[d]], cube->codes[d].code[key[d]]) < 0;
	return false;
}

/* Finds or makes the row of a line. */
static int read_row(struct reader *reader, const struct csv_record *record)
{
	struct cube *cube = reader->cube;
	uint32_t key[TABLE_DIMENSIONS];
	bool same = reader->row != CUBE_NO_ROW;
	for (size_t d = 0; d < cube->table->dimensions; d++) {
		const struct csv_field *field = &record->field[d];
		if (reader->row != CUBE_NO_ROW && is_text(field, cube_code_of(cube, reader->row, d))) {
			key[d] = cube->key[reader->row * cube->table->dimensions + d];
			continue;
		}
		same = false;
		key[d] = cube_code_of_length(cube, d, field->text, field->length, reader->error);
		if (key[d] == UINT32_MAX)
			return -1;
	}
	if (same)
		return 0;
	if (!reader->apart && !comes_after(reader, key)) {
		reader->apart = true;
		if (cube_index_appended(cube, reader->error) != 0)
			return -1;
	}
	size_t rows = cube->rows;
	reader->row = reader->apart ? cube_row(cube, key, reader->error) : cube_append(cube, key, reader->error);
	reader->measure = 0;
	if (reader->row == CUBE_NO_ROW)
		return -1;
	return cube->rows > rows ? 0 : fault(reader, record, "the line stands apart from its row");
}

static int read_measure(struct reader *reader, const struct csv_record *record, size_t *measure)
{
	const struct table *table = reader->cube->table;
	const struct csv_field *field = &record->field[table->dimensions + MATT];
	for (size_t m = reader->measure; m < table->measures; m++)
		if (is_text(field, table->measure[m].name)) {
			*measure = m;
			reader->measure = m + 1;
			return 0;
		}
	return fault(reader, record, "the measure is not the table's, or stands twice or out of order");
}

static int read_value(const struct reader *reader, const struct csv_record *record, size_t measure)
{
	struct cube *cube = reader->cube;
	const struct csv_field *varde = &record->field[cube->table->dimensions + VARDE];
	double number;
	if (measure_holds_text(cube->table->measure[measure].kind)) {
		const char *text = arena_text(cube->arena, varde->text, varde->length, reader->error);
		if (text == NULL)
			return -1;
		cube_set_text(cube, reader->row, measure, text);
		return 0;
	}
	if (!number_read_full(varde->text, varde->length, &number))
		return fault(reader, record, "the value is not a number");
	cube_set(cube, reader->row, measure, number);
	return 0;
}

static int read_line(struct reader *reader, const struct csv_record *record)
{
	struct cube *cube = reader->cube;
	const struct csv_field *varde = &record->field[cube->table->dimensions + VARDE];
	const struct csv_field *status = &record->field[cube->table->dimensions + STATUS];
	size_t measure = 0;
	bool stands;
	if (read_row(reader, record) != 0 || read_measure(reader, record, &measure) != 0)
		return -1;
	int s = cube_status_of(status->text, status->length, &stands);
	if (s < 0)
		return fault(reader, record, "the status is not empty, tidigare, skyddad or saknas");
	struct cell *cell = cube_cell(cube, reader->row, measure);
	cell->status = (enum cell_status)s;
	if (s != CELL_PUBLISHED)
		return varde->length == 0 ? 0 : fault(reader, record, "a figure that is withheld or missing has a value");
	int result = read_value(reader, record, measure);
	cell->earlier = stands;
	return result;
}

/* The file as CSV, whatever it holds; says what is wrong with it. */
static int read_records(struct reader *reader, struct error *error)
{
	const struct csv_options options = { .delimiter = ',' };
	struct csv_record record;
	struct csv *csv = NULL;
	int result = -1, got;
	if (csv_open(&csv, reader->path, reader->path, &options, error) != 0)
		return -1;
	got = csv_next(csv, &record, error);
	if (got == 0)
		(void)error_set(error, EXIT_DATA, "%s: the file is empty", reader->path);
	if (got <= 0 || read_header(reader, &record) != 0)
		goto end;
	while ((got = csv_next(csv, &record, error)) > 0)
		if (read_line(reader, &record) != 0)
			goto end;
	result = got;
end:
	csv_close(csv);
	return result;
}

struct cube *cube_read(const struct table *table, const char *path, struct arena *arena, struct error *error)
{
	struct reader reader = { .path = path, .row = CUBE_NO_ROW, .error = error };
	reader.cube = cube_new(table, arena, error);
	if (reader.cube != NULL && cube_is_packed(path))
		return cube_unpack(reader.cube, path, error) == 0 ? reader.cube : NULL;
	int plain = reader.cube == NULL ? -1 : cube_read_plain(reader.cube, path, error);
	if (plain == 0) {
		reader.cube = cube_new(table, arena, error);
		plain = reader.cube == NULL || read_records(&reader, error) != 0 ? -1 : 1;
	}
	if (plain < 0 || cube_sort(reader.cube, error) != 0 || (!reader.apart && cube_index_appended(reader.cube, error) != 0))
		return NULL;
	return reader.cube;
}
