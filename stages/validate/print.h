/* Prints: what tells whether two files hold the same rows, in any order. Each row has a number of 64 bits, made of its values one
   column after the other; of the rows of a file two sums are kept, so that their order does not matter, and no step waits for the
   row before. */
#ifndef FINSAMSTAT_STAGES_VALIDATE_PRINT_H
#define FINSAMSTAT_STAGES_VALIDATE_PRINT_H

#include <stddef.h>
#include <stdint.h>

#include "pipeline/table/column/column.h"

struct print {
	uint64_t sum, other;
};

/* The numbers of rows of which no value is known. */
void print_begin(uint64_t *number, size_t rows);

/* Adds a column's values to the numbers of the rows; of texts, text[] holds the number of each by its index. */
void print_column(uint64_t *number, size_t rows, enum column_type type, const void *values, const uint64_t *text);

/* Adds the rows to the print of their file. */
void print_end(const uint64_t *number, size_t rows, struct print *print);

#endif
