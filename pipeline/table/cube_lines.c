/* The lines of table files: see cube_lines.h. */
#include "pipeline/table/cube_lines.h"

#include <string.h>

/* A field as it stands in the file. */
struct made {
	const char *text;
	size_t length;
};

struct cube_lines {
	const struct cube *cube;
	struct made *code[TABLE_DIMENSIONS];
	struct made measure[TABLE_MEASURES];
};

static int make(struct made *made, const struct csv_style *style, bool first, const char *field, struct arena *arena, struct error *error)
{
	struct text text = { .arena = arena };
	if (field == NULL || csv_make_field(style, first, field, &text, error) != 0)
		return -1;
	*made = (struct made){ text.bytes, text.length };
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
	return lines;
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

void cube_lines_put(const struct cube_lines *lines, struct csv_writer *writer, size_t row, size_t measure, const char *value)
{
	size_t dimensions = lines->cube->table->dimensions;
	const uint32_t *key = lines->cube->key + row * dimensions;
	for (size_t d = 0; d < dimensions; d++)
		csv_made(writer, lines->code[d][key[d]].text, lines->code[d][key[d]].length);
	csv_made(writer, lines->measure[measure].text, lines->measure[measure].length);
	csv_string(writer, value);
	csv_string(writer, cube_status(cube_cell(lines->cube, row, measure)));
	csv_end(writer);
}
