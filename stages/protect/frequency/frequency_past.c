/* Earlier tables set against new persons: see frequency_past.h. */
#include "stages/protect/frequency/frequency_past.h"

#include <stdlib.h>
#include <string.h>

#include "pipeline/base/number.h"
#include "pipeline/base/text.h"
#include "pipeline/table/csv/csv.h"
#include "pipeline/table/csv/csv_write.h"

/* ---- cells by their codes ---- */

static size_t find_slot(const struct frequency_past *past, const uint32_t *code)
{
	size_t width = past->frequency->request->dimensions;
	uint64_t hash = 0;
	for (size_t d = 0; d < width; d++)
		hash = (hash ^ code[d]) * UINT64_C(0x9E3779B97F4A7C15);
	size_t at = (hash ^ hash >> 32) & (past->slots - 1);
	while (past->slot[at] != 0 && memcmp(past->code + (past->slot[at] - 1) * width, code, width * sizeof *code) != 0)
		at = (at + 1) & (past->slots - 1);
	return at;
}

bool frequency_past_find(const struct frequency_past *past, const uint32_t *code, int64_t *value)
{
	size_t slot = find_slot(past, code);
	if (past->slot[slot] == 0)
		return false;
	*value = past->value[past->slot[slot] - 1];
	return true;
}

static int index_cells(struct frequency_past *past, const char *path, struct error *error)
{
	size_t width = past->frequency->request->dimensions, kept = 0;
	for (past->slots = 16; past->slots < 2 * past->cells;)
		past->slots *= 2;
	past->slot = arena_take(past->frequency->arena, past->slots, sizeof *past->slot, error);
	if (past->slot == NULL)
		return -1;
	for (size_t cell = 0; cell < past->cells; cell++) {
		uint32_t *code = past->code + kept * width;
		if (kept < cell)
			memcpy(code, past->code + cell * width, width * sizeof *code);
		size_t slot = find_slot(past, code);
		if (past->slot[slot] != 0 && past->value[past->slot[slot] - 1] != past->value[cell])
			return error_set(error, EXIT_DATA, "%s: a cell has one value in one table and another in the other", path);
		if (past->slot[slot] != 0)
			continue;
		past->value[kept] = past->value[cell];
		past->slot[slot] = (uint32_t)++kept;
	}
	past->cells = kept;
	past->row = arena_take(past->frequency->arena, kept, sizeof *past->row, error);
	return past->row == NULL ? -1 : 0;
}

/* ---- the file ---- */

struct reader {
	struct frequency_past *past;
	const char *path;
	size_t column[REQUEST_DIMENSIONS]; /* of each dimension */
	size_t codes_room;
	struct error *error;
};

static int fault(const struct reader *reader, const struct csv_record *record, const char *reason)
{
	return error_set(reader->error, EXIT_DATA, "%s:%llu: %s", reader->path, (unsigned long long)record->line, reason);
}

static int read_header(struct reader *reader, const struct csv_record *record)
{
	const struct request *request = reader->past->frequency->request;
	size_t last = request->dimensions + 1;
	bool right = record->fields == last + 1 && text_equal(record->field[0].text, record->field[0].length, "table") &&
		text_equal(record->field[last].text, record->field[last].length, "value");
	for (size_t d = 0; right && d < request->dimensions; d++) {
		size_t column = 1;
		while (column < last && !text_equal(record->field[column].text, record->field[column].length, request->dimension[d]))
			column++;
		reader->column[d] = column;
		right = column < last;
	}
	return right ? 0 : fault(reader, record, "the columns are not table, the dimensions and value");
}

static uint32_t place_of(const struct frequency_dimension *dimension, const struct csv_field *field)
{
	for (size_t c = 0; c < dimension->codes; c++)
		if (text_equal(field->text, field->length, dimension->code[c]))
			return (uint32_t)c;
	return UINT32_MAX; /* a class in which there is nobody now */
}

static int read_cell(struct reader *reader, const struct csv_record *record)
{
	struct frequency_past *past = reader->past;
	const struct frequency *frequency = past->frequency;
	size_t width = frequency->request->dimensions;
	const struct csv_field *field = &record->field[width + 1];
	int64_t *value = arena_grow(frequency->arena, past->value, past->cells, past->cells + 1, &past->room, sizeof *value, reader->error);
	uint32_t *code = arena_grow(frequency->arena, past->code, past->cells * width, (past->cells + 1) * width, &reader->codes_room,
		sizeof *code, reader->error);
	if (value == NULL || code == NULL)
		return -1;
	past->value = value;
	past->code = code;
	for (size_t d = 0; d < width; d++)
		code[past->cells * width + d] = place_of(&frequency->dimension[d], &record->field[reader->column[d]]);
	if (text_equal(field->text, field->length, ".."))
		value[past->cells] = FREQUENCY_WITHHELD;
	else if (!number_read_integer(field->text, field->length, &value[past->cells]) || value[past->cells] < 0)
		return fault(reader, record, "the value is neither a count nor ..");
	past->cells++;
	return 0;
}

/* ---- what changed ---- */

/* The persons of a set of codes now. */
static int64_t count_now(const struct frequency *frequency, const uint32_t *code, size_t d, size_t atom)
{
	if (d == frequency->request->dimensions)
		return frequency->count[atom];
	const struct frequency_dimension *dimension = &frequency->dimension[d];
	int64_t sum = 0;
	if (code[d] == UINT32_MAX)
		return 0;
	for (size_t m = dimension->first[code[d]]; m < dimension->first[code[d] + 1]; m++)
		sum += count_now(frequency, code, d + 1, atom * dimension->leaves + dimension->member[m]);
	return sum;
}

static bool may_not_be_told(int64_t before, int64_t now, int64_t threshold)
{
	if (before == FREQUENCY_WITHHELD)
		return now == 0;
	return now != before && (llabs(now - before) < threshold || (now > 0 && now < threshold));
}

/* How many classes a set of codes is of. */
static int64_t count_classes(const struct frequency *frequency, const uint32_t *code)
{
	int64_t classes = 1;
	for (size_t d = 0; d < frequency->request->dimensions; d++)
		classes *= (int64_t)(frequency->dimension[d].first[code[d] + 1] - frequency->dimension[d].first[code[d]]);
	return classes;
}

static bool has_vanished(const struct frequency_past *past, size_t cell)
{
	size_t width = past->frequency->request->dimensions;
	for (size_t d = 0; d < width; d++)
		if (past->code[cell * width + d] == UINT32_MAX)
			return true;
	return false;
}

int frequency_past_bind(struct frequency_past *past, int64_t threshold, struct error *error)
{
	const struct frequency *frequency = past->frequency;
	past->stands = false;
	past->bound = arena_take(frequency->arena, past->cells, sizeof *past->bound, error);
	for (size_t cell = 0; past->bound != NULL && cell < past->cells; cell++) {
		const uint32_t *code = past->code + cell * frequency->request->dimensions;
		bool gone = has_vanished(past, cell);
		past->stands = past->stands || past->value[cell] == FREQUENCY_WITHHELD || (gone && past->value[cell] > 0);
		past->bound[cell] = !gone &&
			llabs(count_now(frequency, code, 0, 0) - past->value[cell]) < threshold + (threshold - 1) * count_classes(frequency, code);
		past->bounds += past->bound[cell];
	}
	return past->bound == NULL ? -1 : 0;
}

int frequency_past_read(struct frequency_past *past, const struct frequency *frequency, const char *path, int64_t threshold,
	struct error *error)
{
	const struct csv_options options = { .delimiter = ',' };
	struct reader reader = { .past = past, .path = path, .error = error };
	struct csv_record record;
	struct csv *csv = NULL;
	*past = (struct frequency_past){ .frequency = frequency };
	int result = csv_open(&csv, path, path, &options, error), got = 0;
	if (result == 0 && (got = csv_next(csv, &record, error)) == 0)
		result = error_set(error, EXIT_DATA, "%s: the file is empty", path);
	else if (result == 0)
		result = got < 0 ? -1 : read_header(&reader, &record);
	while (result == 0 && (got = csv_next(csv, &record, error)) == 1)
		result = read_cell(&reader, &record);
	csv_close(csv);
	if (result != 0 || got < 0 || index_cells(past, path, error) != 0)
		return -1;
	for (size_t cell = 0; cell < past->cells && !past->stands; cell++)
		past->stands = may_not_be_told(past->value[cell], count_now(frequency, past->code + cell * frequency->request->dimensions, 0, 0),
			threshold);
	return 0;
}

/* ---- out again ---- */

/* Puts the atoms of a set of codes into the last row. */
static int add_atoms(const struct frequency *frequency, struct system *system, const uint32_t *code, size_t d, size_t atom,
	struct error *error)
{
	if (d == frequency->request->dimensions)
		return system_term(system, atom, 1, error);
	const struct frequency_dimension *dimension = &frequency->dimension[d];
	for (size_t m = dimension->first[code[d]]; m < dimension->first[code[d] + 1]; m++)
		if (add_atoms(frequency, system, code, d + 1, atom * dimension->leaves + dimension->member[m], error) != 0)
			return -1;
	return 0;
}

/* Whether the cell binds what is made now: rounded counts by what is near to it, others where it is printed alike or withheld. */
static bool is_held(const struct frequency_past *past, size_t cell)
{
	if (past->bound != NULL)
		return past->bound[cell];
	return !has_vanished(past, cell) && (past->value[cell] == FREQUENCY_WITHHELD ||
		past->value[cell] == count_now(past->frequency, past->code + cell * past->frequency->request->dimensions, 0, 0));
}

int frequency_past_add(const struct frequency_past *past, struct system *system, int64_t threshold, struct error *error)
{
	size_t width = past->frequency->request->dimensions;
	for (size_t cell = 0; cell < past->cells; cell++) {
		const uint32_t *code = past->code + cell * width;
		bool withheld = past->value[cell] == FREQUENCY_WITHHELD;
		past->row[cell] = SIZE_MAX;
		if (!is_held(past, cell))
			continue;
		past->row[cell] = system_row(system, past->bound != NULL || withheld ? ROW_CELL : ROW_KNOWN, 0, error);
		if (past->row[cell] == SYSTEM_NONE || add_atoms(past->frequency, system, code, 0, 0, error) != 0)
			return -1;
		struct row *row = &system->row[past->row[cell]];
		row->value = count_now(past->frequency, code, 0, 0);
		row->withheld = withheld;
		if (withheld)
			frequency_target(row, threshold);
	}
	return 0;
}

int frequency_past_write(const struct frequency_past *past, const struct frequency_table *tables, const char *path, size_t *lacking,
	struct error *error)
{
	const struct frequency *frequency = past->frequency;
	const struct request *request = frequency->request;
	struct csv_writer *writer;
	*lacking = 0;
	if (frequency_begin(frequency, path, &writer, error) != 0)
		return -1;
	for (size_t t = 0; t < request->tables; t++)
		for (size_t cell = 0; cell < tables[t].cells; cell++) {
			uint32_t code[REQUEST_DIMENSIONS];
			int64_t value;
			frequency_codes(frequency, &tables[t], cell, code);
			if (frequency_past_find(past, code, &value))
				frequency_line(frequency, &tables[t], code, value, value == FREQUENCY_WITHHELD, writer);
			else
				++*lacking;
		}
	return csv_finish(writer, error);
}
