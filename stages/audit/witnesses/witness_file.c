/* The files of witnesses: see witness_file.h. */
#include "stages/audit/witnesses/witness_file.h"

#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "pipeline/base/file.h"
#include "pipeline/base/number.h"
#include "pipeline/base/text.h"
#include "pipeline/table/csv/csv.h"
#include "pipeline/table/csv/source.h"
#include "pipeline/table/cube/figure_name.h"
#include "stages/audit/relations/ages.h"
#include "stages/audit/relations/crossed.h"
#include "stages/audit/relations/staying.h"
#include "stages/audit/relations/unchanged.h"

#define KEY_BYTES 512 /* a longer key is rare */
#define CELL_BYTES 40 /* about as many as a line of the one file has, and of the other: room for all is made by the files' sizes */
#define LINE_BYTES 12

struct reader {
	const struct published *published;
	struct witness_file *file;
	struct arena *arena;
	size_t table;       /* of the cell before: mostly that of the next, too */
	const char *figure; /* what it calls its measure or class; NULL before the first */
};

/* The table of a name; PUBLISHED_TABLES when this publication has none. */
static size_t find_table(struct reader *reader, struct csv_field name)
{
	const struct published *published = reader->published;
	size_t t = reader->table;
	if (t < published->tables && text_equal(name.text, name.length, published->table[t].cube->table->name))
		return t;
	for (t = 0; t < published->tables; t++)
		if (text_equal(name.text, name.length, published->table[t].cube->table->name)) {
			reader->table = t;
			return t;
		}
	return PUBLISHED_TABLES;
}

/* The name of a measure or class in the reader's memory: that of the cell before, where it is the same. */
static const char *keep_figure(struct reader *reader, struct csv_field name, struct error *error)
{
	if (reader->figure == NULL || !text_equal(name.text, name.length, reader->figure))
		reader->figure = arena_text(reader->arena, name.text, name.length, error);
	return reader->figure;
}

/* What a cell's name says: its table, row and measure, or what it calls a class. */
static int find_cell(struct reader *reader, const struct csv_record *record, struct witness_cell *cell, struct error *error)
{
	const char *codes[TABLE_DIMENSIONS];
	struct csv_field name = record->field[2];
	char room[KEY_BYTES], *key = name.length < sizeof room ? room : arena_text(reader->arena, name.text, name.length, error);
	const char *figure = key == NULL ? NULL : keep_figure(reader, record->field[3], error);
	*cell = (struct witness_cell){ .table = find_table(reader, record->field[1]), .variable = KNOWLEDGE_NONE };
	if (figure == NULL)
		return -1;
	if (cell->table == PUBLISHED_TABLES)
		return 0;
	if (key == room) {
		memcpy(room, name.text, name.length);
		room[name.length] = '\0';
	}
	const struct cube *cube = reader->published->table[cell->table].cube;
	if (!figure_split(key, cube->table, codes))
		return -1;
	cell->row = cube_find_named(cube, codes);
	cell->measure = figure_measure(cube->table, figure);
	if (cell->measure == SIZE_MAX)
		cell->class = figure;
	return 0;
}

static int take_cell(struct reader *reader, const struct csv_record *record, struct error *error)
{
	struct witness_file *file = reader->file;
	int64_t number;
	struct witness_cell *grown = arena_grow(reader->arena, file->cell, file->cells, file->cells + 1, &file->cell_room, sizeof *grown,
		error);
	if (grown == NULL)
		return -1;
	file->cell = grown;
	if (!number_read_integer(record->field[0].text, record->field[0].length, &number) || number != (int64_t)file->cells)
		return -1;
	return find_cell(reader, record, &grown[file->cells++], error);
}

static const char cells_shown[] = "vittnen_celler.csv";

static int not_a_line(const char *shown, uint64_t line, struct error *error)
{
	return error_set(error, EXIT_DATA, "%s:%llu: not a line of witnesses", shown, (unsigned long long)line);
}

/* How many lines a file of that size is likely to have, of so many bytes each: for room that need not grow. 0: there is no file; −1 with the
   error set. */
static int count_likely(const char *path, size_t line_bytes, size_t *lines, struct error *error)
{
	struct stat state;
	int found = path == NULL ? 0 : file_look(path, &state, error);
	*lines = found == 1 ? (size_t)state.st_size / line_bytes + 1 : 0;
	return found;
}

static int read_cells(struct reader *reader, const char *path, struct error *error)
{
	const struct csv_options options = { .delimiter = ',' };
	struct witness_file *file = reader->file;
	struct csv_record record;
	struct csv *csv = NULL;
	size_t likely;
	int more = count_likely(path, CELL_BYTES, &likely, error);
	if (more <= 0)
		return more;
	file->cell = arena_grow(reader->arena, NULL, 0, likely, &file->cell_room, sizeof *file->cell, error);
	if (file->cell == NULL || csv_open(&csv, path, cells_shown, &options, error) != 0)
		return -1;
	while ((more = csv_next(csv, &record, error)) > 0) {
		if (record.fields == 4 && (record.number == 1 || take_cell(reader, &record, error) == 0))
			continue;
		more = error->count > 0 ? -1 : not_a_line(cells_shown, record.line, error);
		break;
	}
	csv_close(csv);
	return more;
}

/* ---- vittnen.csv: half a million lines of three whole numbers, as csv_integer writes them ---- */

#define PIECE_BYTES ((size_t)1 << 16)
#define LARGEST (INT64_MAX / 10 - 1)

/* Where the reader stands in a line. */
struct line {
	int64_t number[3];
	size_t field;          /* of `number` */
	bool negative, begun;  /* the field at hand: has a sign; has a digit */
	uint64_t lines;        /* that have ended */
};

static int add_line(struct reader *reader, const struct line *line, struct error *error)
{
	struct witness_file *file = reader->file;
	const int64_t *number = line->number;
	if (line->field != 2 || !line->begun || number[0] < 0 || number[0] > UINT32_MAX || number[1] < 0 || number[1] >= (int64_t)file->cells ||
		(file->lines > 0 && number[0] < file->line[file->lines - 1].witness))
		return -1;
	struct witness_line *grown = arena_grow(reader->arena, file->line, file->lines, file->lines + 1, &file->line_room, sizeof *grown,
		error);
	if (grown == NULL)
		return -1;
	file->line = grown;
	grown[file->lines++] = (struct witness_line){ (uint32_t)number[0], (uint32_t)number[1], line->negative ? -number[2] : number[2] };
	return 0;
}

/* One byte of a line that is no header. False where none may stand. */
static bool take_byte(struct line *line, char byte)
{
	int64_t *number = &line->number[line->field];
	if (byte >= '0' && byte <= '9' && *number < LARGEST) {
		*number = 10 * *number + (byte - '0');
		line->begun = true;
		return true;
	}
	if (byte == '-' && !line->begun && !line->negative && line->field == 2)
		return line->negative = true;
	if (byte != ',' || !line->begun || line->field == 2)
		return false;
	line->number[++line->field] = 0;
	line->begun = false;
	return true;
}

static int take_piece(struct reader *reader, struct line *line, const char *bytes, size_t length, struct error *error)
{
	const char *at = bytes, *end = bytes + length;
	if (line->lines == 0) {
		const char *feed = memchr(at, '\n', length);
		at = feed == NULL ? end : feed + 1;
		line->lines = feed != NULL;
	}
	for (; at < end; at++) {
		if (*at != '\n') {
			if (!take_byte(line, *at))
				return -1;
			continue;
		}
		if (add_line(reader, line, error) != 0)
			return -1;
		*line = (struct line){ .lines = line->lines + 1 };
	}
	return 0;
}

static int read_lines(struct reader *reader, const char *path, struct error *error)
{
	static const char shown[] = "vittnen.csv";
	struct line line = { .lines = 0 };
	struct source *source = NULL;
	struct witness_file *file = reader->file;
	size_t got = 1, likely;
	int result = count_likely(path, LINE_BYTES, &likely, error);
	if (result <= 0)
		return result;
	char *piece = arena_take(reader->arena, PIECE_BYTES, 1, error);
	file->line = arena_grow(reader->arena, NULL, 0, likely, &file->line_room, sizeof *file->line, error);
	result = piece == NULL || file->line == NULL ? -1 : source_open_by_content(&source, path, shown, error);
	while (result == 0 && got > 0 && (result = source_read(source, piece, PIECE_BYTES, &got, error)) == 0)
		result = take_piece(reader, &line, piece, got, error);
	if (result == 0 && (line.field > 0 || line.begun))
		result = -1; /* it breaks off */
	source_close(source);
	return result == 0 || error->count > 0 ? result : not_a_line(shown, line.lines + 1, error);
}

int witness_file_any(const char *path, const char *shown, bool *any, struct error *error)
{
	const struct csv_options options = { .delimiter = ',' };
	struct csv_record record;
	struct csv *csv = NULL;
	*any = false;
	if (access(path, F_OK) != 0)
		return 0;
	int more = csv_open(&csv, path, shown, &options, error) != 0 ? -1 : csv_next(csv, &record, error);
	if (more > 0)
		more = csv_next(csv, &record, error);
	csv_close(csv);
	*any = more > 0;
	return more < 0 ? -1 : 0;
}

int witness_file_read(const struct published *published, const char *cells, const char *lines, struct witness_file *file, struct arena *arena,
	struct error *error)
{
	struct reader reader = { .published = published, .file = file, .arena = arena };
	*file = (struct witness_file){ 0 };
	return read_cells(&reader, cells, error) != 0 ||
		read_lines(&reader, lines, error) != 0 ? -1 : 0;
}

/* False for what is neither a measure of the table nor one of its classes. */
static bool find_variable(const struct published *published, const struct published_table *table, struct witness_cell *cell)
{
	const struct cube *cube = table->cube;
	size_t class = 0;
	while (cell->class != NULL && class < table->classes && strcmp(table->class_name[class], cell->class) != 0)
		class++;
	if (cell->class != NULL && class == table->classes) {
		if (!crossed_find(published, table, cell->row, cell->class, &cell->variable) && !staying_find(table, cell->row, cell->class, &cell->variable) &&
			!ages_find(published, table, cell->row, cell->class, &cell->variable) &&
			!unchanged_find(published, table, cell->row, cell->class, &cell->variable))
			return false;
		cell->table = cell->variable == KNOWLEDGE_NONE ? PUBLISHED_TABLES : cell->table; /* no sum speaks of it */
		cell->measure = 0;
		return true;
	}
	if (cell->row == CUBE_NO_ROW)
		return true; /* it is printed as 0 */
	if (cell->class != NULL) {
		cell->variable = table->class + cell->row * table->classes + class;
		cell->measure = 0;
		return true;
	}
	cell->variable = table->variable[cell->row * cube->table->measures + cell->measure];
	cell->printed = (int64_t)llround(cube_cell(cube, cell->row, cell->measure)->number);
	return true;
}

int witness_file_find(const struct published *published, struct witness_file *file, struct error *error)
{
	for (size_t i = 0; i < file->cells; i++)
		if (file->cell[i].table != PUBLISHED_TABLES && !find_variable(published, &published->table[file->cell[i].table], &file->cell[i]))
			return not_a_line(cells_shown, i + 2, error);
	return 0;
}
