/* The lines of table files, a line a row and measure: what a code or a measure is in the file is made once, not once a line. */
#ifndef FINSAMSTAT_TABLE_CUBE_LINES_H
#define FINSAMSTAT_TABLE_CUBE_LINES_H

#include "pipeline/table/csv/csv_write.h"
#include "pipeline/table/cube/cube.h"

struct cube_lines;

/* For the files of this style of a cube, which must live as long and gain no code. `dress` (NULL: as it is) gives what stands in the
   file for a code, in the arena or the code itself; NULL with the error set when memory is out. NULL likewise. */
struct cube_lines *cube_lines_new(const struct cube *cube, const struct csv_style *style,
	const char *(*dress)(const char *code, struct arena *arena, struct error *error), struct arena *arena, struct error *error);

/* The line of the columns' names; the line of a row's measure, with its value as text ("" where it has none). */
void cube_lines_head(const struct cube_lines *lines, struct csv_writer *writer);
void cube_lines_put(const struct cube_lines *lines, struct csv_writer *writer, size_t row, size_t measure, const char *value);

#endif
