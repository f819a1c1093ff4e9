/* The files of witnesses: see witness_file.h. */
#include "stages/audit/witnesses/witness_file.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

#include "pipeline/base/file.h"
#include "pipeline/base/number.h"
#include "pipeline/base/text.h"
#include "pipeline/table/csv/csv.h"
#include "pipeline/table/cube/figure_name.h"

struct reader {
	const struct published *published;
	struct witness_file *file;
};

/* Calls for every record after the header, which has `fields` fields. */
static int read_records(const char *path, const char *shown, size_t fields, int (*take)(struct reader *, const struct csv_record *, struct error *),
	struct reader *reader, struct error *error)
{
	const struct csv_options options = { .delimiter = ',' };
	struct csv_record record;
	struct csv *csv = NULL;
	int more;
	bool there = false;
	if (path != NULL && file_is_there(path, &there, error) != 0)
		return -1;
	if (!there)
		return 0;
	if (csv_open(&csv, path, shown, &options, error) != 0)
		return -1;
	while ((more = csv_next(csv, &record, error)) > 0) {
		if (record.fields == fields && record.number == 1)
			continue;
		if (record.fields == fields && take(reader, &record, error) == 0)
			continue;
		more = error->count > 0 ? -1 : error_set(error, EXIT_DATA, "%s:%llu: not a line of witnesses", shown, (unsigned long long)record.line);
		break;
	}
	csv_close(csv);
	return more;
}

/* What a cell's name says: its table, row and measure, or class. */
static int find_cell(const struct published *published, const struct csv_record *record, struct witness_cell *cell, struct error *error)
{
	const char *codes[TABLE_DIMENSIONS];
	struct csv_field name = record->field[1], measure = record->field[3];
	char *key = arena_text(published->arena, record->field[2].text, record->field[2].length, error);
	char *figure = key == NULL ? NULL : arena_text(published->arena, measure.text, measure.length, error);
	*cell = (struct witness_cell){ .table = PUBLISHED_TABLES, .variable = KNOWLEDGE_NONE };
	if (figure == NULL)
		return -1;
	for (size_t t = 0; t < published->tables && cell->table == PUBLISHED_TABLES; t++)
		if (text_equal(name.text, name.length, published->table[t].cube->table->name))
			cell->table = t;
	if (cell->table == PUBLISHED_TABLES)
		return 0;
	const struct published_table *table = &published->table[cell->table];
	const struct cube *cube = table->cube;
	if (!figure_split(key, cube->table, codes))
		return -1;
	cell->row = cube_find_named(cube, codes);
	cell->measure = figure_measure(cube->table, figure);
	size_t class = 0;
	while (cell->measure == SIZE_MAX && class < table->classes && strcmp(table->class_name[class], figure) != 0)
		class++;
	if (cell->measure == SIZE_MAX && class == table->classes)
		return -1;
	if (cell->row == CUBE_NO_ROW)
		return 0; /* it is printed as 0 */
	if (cell->measure == SIZE_MAX) {
		cell->variable = table->class + cell->row * table->classes + class;
		cell->measure = 0;
		return 0;
	}
	cell->variable = table->variable[cell->row * cube->table->measures + cell->measure];
	cell->printed = (int64_t)llround(cube_cell(cube, cell->row, cell->measure)->number);
	return 0;
}

static int take_cell(struct reader *reader, const struct csv_record *record, struct error *error)
{
	struct witness_file *file = reader->file;
	int64_t number;
	struct witness_cell *grown = arena_grow(reader->published->arena, file->cell, file->cells, file->cells + 1, &file->cell_room, sizeof *grown,
		error);
	if (grown == NULL)
		return -1;
	file->cell = grown;
	if (!number_read_integer(record->field[0].text, record->field[0].length, &number) || number != (int64_t)file->cells)
		return -1;
	return find_cell(reader->published, record, &grown[file->cells++], error);
}

static int take_line(struct reader *reader, const struct csv_record *record, struct error *error)
{
	struct witness_file *file = reader->file;
	int64_t number[3];
	struct witness_line *grown = arena_grow(reader->published->arena, file->line, file->lines, file->lines + 1, &file->line_room, sizeof *grown,
		error);
	if (grown == NULL)
		return -1;
	file->line = grown;
	for (size_t i = 0; i < 3; i++)
		if (!number_read_integer(record->field[i].text, record->field[i].length, &number[i]))
			return -1;
	if (number[0] < 0 || number[0] > UINT32_MAX || number[1] < 0 || number[1] >= (int64_t)file->cells ||
		(file->lines > 0 && number[0] < grown[file->lines - 1].witness))
		return -1;
	grown[file->lines++] = (struct witness_line){ (uint32_t)number[0], (uint32_t)number[1], number[2] };
	return 0;
}

int witness_file_any(const char *lines, bool *any, struct error *error)
{
	const struct csv_options options = { .delimiter = ',' };
	struct csv_record record;
	struct csv *csv = NULL;
	*any = false;
	if (access(lines, F_OK) != 0)
		return 0;
	int more = csv_open(&csv, lines, "vittnen.csv", &options, error) != 0 ? -1 : csv_next(csv, &record, error);
	if (more > 0)
		more = csv_next(csv, &record, error);
	csv_close(csv);
	*any = more > 0;
	return more < 0 ? -1 : 0;
}

int witness_file_read(const struct published *published, const char *cells, const char *lines, struct witness_file *file, struct error *error)
{
	struct reader reader = { published, file };
	*file = (struct witness_file){ 0 };
	return read_records(cells, "vittnen_celler.csv", 4, take_cell, &reader, error) != 0 ||
		read_records(lines, "vittnen.csv", 3, take_line, &reader, error) != 0 ? -1 : 0;
}
