/* What the parts of the cube (cube.c, cube_sort.c, cube_file.c) share. */
#ifndef FINSAMSTAT_TABLE_CUBE_INDEX_H
#define FINSAMSTAT_TABLE_CUBE_INDEX_H

#include "pipeline/table/cube.h"

/* cube_code of a text that does not end in NUL. */
uint32_t cube_code_of_length(struct cube *cube, size_t d, const char *code, size_t length, struct error *error);

/* Builds the index of a dimension's codes, or of the rows, anew in the room that it has, after they changed. */
void cube_index_codes(struct cube_codes *codes);
void cube_index_rows(struct cube *cube);

/* Adds a row, known not to be there, to a cube that has no index of its rows; cube_index_appended makes one when all are in.
   CUBE_NO_ROW, -1 with the error set when memory is out. */
size_t cube_append(struct cube *cube, const uint32_t *key, struct error *error);
int cube_index_appended(struct cube *cube, struct error *error);

/* The order of two codes of dimension d: < 0, 0, > 0 (cube_sort). */
int cube_compare_codes(const struct cube *cube, size_t d, const char *a, const char *b);

#endif
