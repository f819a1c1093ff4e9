/* Which places of a tableau are filled: see tableau_inside.h. Of hundreds of rows few hold a column, and their entries lie far apart in memory. */
#include "pipeline/maths/tableau_inside.h"

#define BITS 64

static uint64_t *row_bits(const struct tableau *tableau, size_t row)
{
	return tableau->row_bits + row * tableau->row_words;
}

static uint64_t *column_bits(const struct tableau *tableau, size_t column)
{
	return tableau->column_bits + column * tableau->column_words;
}

static size_t list(const uint64_t *bits, size_t words, uint32_t *into)
{
	size_t count = 0;
	for (size_t w = 0; w < words; w++)
		for (uint64_t left = bits[w]; left != 0; left &= left - 1)
			into[count++] = (uint32_t)(w * BITS + (size_t)__builtin_ctzll(left));
	return count;
}

size_t tableau_list_columns(const struct tableau *tableau, size_t row, uint32_t *into)
{
	return list(row_bits(tableau, row), tableau->row_words, into);
}

size_t tableau_list_rows(const struct tableau *tableau, size_t column, uint32_t *into)
{
	return list(column_bits(tableau, column), tableau->column_words, into);
}

void tableau_fill(struct tableau *tableau, size_t row, size_t column)
{
	row_bits(tableau, row)[column / BITS] |= UINT64_C(1) << column % BITS;
	column_bits(tableau, column)[row / BITS] |= UINT64_C(1) << row % BITS;
}

void tableau_clear(struct tableau *tableau, size_t row, size_t column)
{
	row_bits(tableau, row)[column / BITS] &= ~(UINT64_C(1) << column % BITS);
	column_bits(tableau, column)[row / BITS] &= ~(UINT64_C(1) << row % BITS);
}

void tableau_fill_alike(struct tableau *tableau, size_t row, size_t column, size_t filled, size_t holders)
{
	const uint64_t *of_row = row_bits(tableau, row), *of_column = column_bits(tableau, column);
	for (size_t h = 0; h < holders; h++)
		for (size_t w = 0; w < tableau->row_words; w++)
			row_bits(tableau, tableau->holder[h])[w] |= of_row[w];
	for (size_t k = 0; k < filled; k++)
		for (size_t w = 0; w < tableau->column_words; w++)
			column_bits(tableau, tableau->filled[k])[w] |= of_column[w];
}
