/* The lines of table files: see cube_lines.h. */
#include "pipeline/table/cube/cube_lines.h"

#include <string.h>

#define STEP 16 /* bytes copied at a time: most fields are shorter */

/* A field as it stands in the file, with STEP bytes to be read from any of its own. */
struct made {
	const char *text;
	size_t length;
};

struct cube_lines {
	const struct cube *cube;
	struct made *code[TABLE_DIMENSIONS];
	struct made measure[TABLE_MEASURES];
	struct made ending[3], stands; /* status and line end by enum cell_status; of a figure with status tidigare */
	char delimiter;
	size_t longest; /* bytes of a line without its value, at most */
};

static int make(struct made *made, const struct csv_style *style, bool first, const char *field, struct arena *arena, struct error *error)
{
	struct text text = { .arena = arena };
	if (field == NULL || csv_make_field(style, first, field, &text, error) != 0)
		return -1;
	size_t length = text.length;
	if (text_add(&text, (const char[STEP]){ 0 }, STEP, error) != 0)
		return -1;
	*made = (struct made){ text.bytes, length };
	return 0;
}

static int make_ending(struct made *made, const struct csv_style *style, const struct cell *cell, struct arena *arena, struct error *error)
{
	const char *text = arena_print(arena, error, "%c%s%s%*s", style->delimiter, cube_status(cell), style->crlf ? "\r\n" : "\n", STEP, "");
	if (text == NULL)
		return -1;
	*made = (struct made){ text, strlen(text) - STEP };
	return 0;
}

static size_t longest_of(const struct made *made, size_t count)
{
	size_t longest = 0;
	for (size_t i = 0; i < count; i++)
		longest = made[i].length > longest ? made[i].length : longest;
	return longest;
}

static int make_endings(struct cube_lines *lines, const struct csv_style *style, struct arena *arena, struct error *error)
{
	lines->delimiter = style->delimiter;
	lines->longest = 1 + longest_of(lines->measure, lines->cube->table->measures);
	for (size_t d = 0; d < lines->cube->table->dimensions; d++)
		lines->longest += longest_of(lines->code[d], lines->cube->codes[d].count);
	for (enum cell_status status = CELL_PUBLISHED; status <= CELL_MISSING; status++) {
		if (make_ending(&lines->ending[status], style, &(struct cell){ .status = status }, arena, error) != 0)
			return -1;
	}
	if (make_ending(&lines->stands, style, &(struct cell){ .earlier = true }, arena, error) != 0)
		return -1;
	lines->longest += lines->stands.length + longest_of(lines->ending, 3);
	return 0;
}

struct cube_lines *cube_lines_new(const struct cube *cube, const struct csv_style *style,
	const char *(*dress)(const char *code, struct arena *arena, struct error *error), struct arena *arena, struct error *error)
{
	struct cube_lines *lines = arena_take(arena, 1, sizeof *lines, error);
	if (lines == NULL)
		return NULL;
	lines->cube = cube;
	for (size_t d = 0; d < cube->table->dimensions; d++) {
		lines->code[d] = arena_take(arena, cube->codes[d].count, sizeof *lines->code[d], error);
		if (lines->code[d] == NULL)
			return NULL;
		for (size_t c = 0; c < cube->codes[d].count; c++) {
			const char *code = cube->codes[d].code[c];
			if (make(&lines->code[d][c], style, d == 0, dress == NULL ? code : dress(code, arena, error), arena, error) != 0)
				return NULL;
		}
	}
	for (size_t m = 0; m < cube->table->measures; m++)
		if (make(&lines->measure[m], style, cube->table->dimensions == 0, cube->table->measure[m].name, arena, error) != 0)
			return NULL;
	return make_endings(lines, style, arena, error) == 0 ? lines : NULL;
}

void cube_lines_head(const struct cube_lines *lines, struct csv_writer *writer)
{
	static const char *const columns[] = { "matt", "varde", "status" };
	for (size_t d = 0; d < lines->cube->table->dimensions; d++)
		csv_string(writer, lines->cube->table->dimension[d].name);
	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
		csv_string(writer, columns[i]);
	csv_end(writer);
}

/* Copies in steps, beyond the end of the text: there is room for it on both sides. */
static inline char *put(char *at, const struct made *made)
{
	size_t done = 0;
	do {
		memcpy(at + done, made->text + done, STEP);
		done += STEP;
	} while (done < made->length);
	return at + made->length;
}

/* Field by field: a text, which may need quotes, or a very long line. */
static void put_fields(const struct cube_lines *lines, struct csv_writer *writer, size_t row, size_t measure, const char *value)
{
	const uint32_t *key = lines->cube->key + row * lines->cube->table->dimensions;
	for (size_t d = 0; d < lines->cube->table->dimensions; d++)
		csv_made(writer, lines->code[d][key[d]].text, lines->code[d][key[d]].length);
	csv_made(writer, lines->measure[measure].text, lines->measure[measure].length);
	csv_string(writer, value);
	csv_string(writer, cube_status(cube_cell(lines->cube, row, measure)));
	csv_end(writer);
}

void cube_lines_put(const struct cube_lines *lines, struct csv_writer *writer, size_t row, size_t measure, const char *value)
{
	const struct table *table = lines->cube->table;
	size_t length = strlen(value), room = lines->longest + length + STEP;
	if (measure_holds_text(table->measure[measure].kind) || room > CSV_ROOM) {
		put_fields(lines, writer, row, measure, value);
		return;
	}
	const uint32_t *key = lines->cube->key + row * table->dimensions;
	const struct cell *cell = cube_cell(lines->cube, row, measure);
	char *line = csv_room(writer, room), *at = line;
	for (size_t d = 0; d < table->dimensions; d++)
		at = put(at, &lines->code[d][key[d]]);
	at = put(at, &lines->measure[measure]);
	*at++ = lines->delimiter;
	memcpy(at, value, length);
	at = put(at + length, cell->status == CELL_PUBLISHED && cell->earlier ? &lines->stands : &lines->ending[cell->status]);
	csv_took(writer, (size_t)(at - line));
}
