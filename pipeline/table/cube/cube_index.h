/* What the parts of the cube (cube.c, cube_sort.c, cube_file.c, cube_plain.c) share. */
#ifndef FINSAMSTAT_TABLE_CUBE_INDEX_H
#define FINSAMSTAT_TABLE_CUBE_INDEX_H

#include "pipeline/table/cube/cube.h"

/* cube_code of a text that does not end in NUL. */
uint32_t cube_code_of_length(struct cube *cube, size_t d, const char *code, size_t length, struct error *error);

/* Builds the index of a dimension's codes, or of the rows, anew in the room that it has, after they changed. */
void cube_index_codes(struct cube_codes *codes);
void cube_index_rows(struct cube *cube);

/* Adds a row, known not to be there, to a cube that has no index of its rows; cube_index_appended makes one when all are in.
   CUBE_NO_ROW, -1 with the error set when memory is out. */
size_t cube_append(struct cube *cube, const uint32_t *key, struct error *error);
int cube_index_appended(struct cube *cube, struct error *error);

/* Room for so many rows, so that appending them moves none. -1 with the error set when memory is out. */
int cube_reserve(struct cube *cube, size_t rows, struct error *error);

/* Whether a line can hold this text as it is: UTF-8 without a quote, line end or NUL. */
bool cube_plain_text(const char *text, size_t length);

/* Reads a table file whose every line is as cube_write makes it and holds no quote, in order, into an empty cube, without sorting and
   index. 1; 0 when it is not such a file or cannot be read, which cube_read then finds out (the cube is then of no use); -1 with the
   error set when memory is out. */
int cube_read_plain(struct cube *cube, const char *path, struct error *error);

/* Whether a path is that of a packed cube. The rows of a sorted cube, the listed ones, as such a file; and a file into an empty cube, whose
   rows are in order and have their index then. -1 with the error set (EXIT_IO). */
bool cube_is_packed(const char *path);
int cube_pack(const struct cube *cube, const uint32_t *row, size_t rows, const char *path, struct error *error);
int cube_unpack(struct cube *cube, const char *path, struct error *error);

/* The statuses as table files have them; "tidigare" is a published one. -1 for any other text. */
int cube_status_of(const char *text, size_t length, bool *earlier);

/* The order of two codes of dimension d: < 0, 0, > 0 (cube_sort). */
int cube_compare_codes(const struct cube *cube, size_t d, const char *a, const char *b);

#endif
