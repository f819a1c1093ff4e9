/* What the parts of the cube (cube.c, cube_sort.c, cube_file.c) share. */
#ifndef FINSAMSTAT_TABLE_CUBE_INDEX_H
#define FINSAMSTAT_TABLE_CUBE_INDEX_H

#include "pipeline/table/cube.h"

/* cube_code of a text that does not end in NUL. */
uint32_t cube_code_of_length(struct cube *cube, size_t d, const char *code, size_t length, struct error *error);

/* Builds the hash index of a dimension's codes, or of the rows, anew in the room that it has, after they changed. */
void cube_index_codes(struct cube_codes *codes);
void cube_index_rows(struct cube *cube);

#endif
