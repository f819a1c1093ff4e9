/* For tests of column files: a folder of their own, and a table of all types whose values follow from the row. */
#ifndef FINSAMSTAT_TESTS_TABLE_COLUMN_ROWS_H
#define FINSAMSTAT_TESTS_TABLE_COLUMN_ROWS_H

#include <fcntl.h>
#include <math.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "pipeline/table/column/column_batch.h"

/* Where things stand in the header (struct header of column.c). */
enum { HEADER = 4096, TAIL_AT = 16, TAIL_BYTES = 24, CHECKSUM = 32 };

static struct error error;
static char folder[256], path[300], other[300];

static inline int begin(void **state)
{
	(void)state;
	const char *parent = getenv("TMPDIR");
	memset(&error, 0, sizeof error);
	(void)snprintf(folder, sizeof folder, "%s/test_column.XXXXXX", parent != NULL ? parent : "/tmp");
	if (mkdtemp(folder) == NULL)
		return -1;
	(void)snprintf(path, sizeof path, "%s/table.col", folder);
	(void)snprintf(other, sizeof other, "%s/other.col", folder);
	return 0;
}

static inline int end(void **state)
{
	(void)state;
	(void)unlink(path);
	(void)unlink(other);
	return rmdir(folder);
}

/* ---- the table ---- */

enum { U8, U16, I32, U32, I64, U64, F64, KEY, TEXT, COLUMNS };
static const struct column all_types[COLUMNS] = {
	{ "u8", COLUMN_U8 },
	{ "u16", COLUMN_U16 },
	{ "i32", COLUMN_I32 },
	{ "u32", COLUMN_U32 },
	{ "i64", COLUMN_I64 },
	{ "u64", COLUMN_U64 },
	{ "f64", COLUMN_F64 },
	{ "key", COLUMN_KEY },
	{ "text", COLUMN_TEXT },
};

static inline uint64_t mixed(size_t row)
{
	return ((uint64_t)row + 1) * UINT64_C(0x9e3779b97f4a7c15);
}

static inline int32_t i32_of(size_t row)
{
	return row % 7 == 0 ? COLUMN_NONE_I32 : (int32_t)(mixed(row) >> 33) - 1000000000;
}

static inline int64_t i64_of(size_t row)
{
	return row % 5 == 0 ? COLUMN_NONE_I64 : (int64_t)(mixed(row) >> 1) - (INT64_MAX / 2);
}

static inline double f64_of(size_t row)
{
	return row % 11 == 0 ? (double)NAN : (double)row / 3;
}

/* Row 0 has none; there are 1 000 different ones. */
static inline int text_of(size_t row, char text[32])
{
	return row % 1000 == 0 ? 0 : snprintf(text, 32, "text %zu", row % 1000);
}

static inline void put_row(struct column_writer *writer, size_t row)
{
	char text[32] = "";
	int length = text_of(row, text);
	column_put_u8(writer, U8, (uint8_t)mixed(row));
	column_put_u16(writer, U16, (uint16_t)mixed(row));
	column_put_i32(writer, I32, i32_of(row));
	column_put_u32(writer, U32, (uint32_t)mixed(row));
	column_put_i64(writer, I64, i64_of(row));
	column_put_u64(writer, U64, mixed(row));
	column_put_f64(writer, F64, f64_of(row));
	column_put_key(writer, KEY, (struct key){ mixed(row), row });
	assert_int_equal(column_put_text(writer, TEXT, text, (size_t)length, &error), 0);
	assert_int_equal(column_end_row(writer, &error), 0);
}

static inline void write_table(size_t rows)
{
	struct column_writer *writer = NULL;
	assert_int_equal(column_create(&writer, path, all_types, COLUMNS, &error), 0);
	assert_non_null(writer);
	for (size_t row = 0; row < rows; row++)
		put_row(writer, row);
	assert_int_equal(column_finish(writer, &error), 0);
}

static inline struct column_file *open_table(void)
{
	struct column_file *file = NULL;
	assert_int_equal(column_open(&file, path, &error), 0);
	assert_non_null(file);
	return file;
}

/* The arrays of one block, by column. */
struct arrays {
	const uint8_t *u8;
	const uint16_t *u16;
	const int32_t *i32;
	const uint32_t *u32;
	const int64_t *i64;
	const uint64_t *u64;
	const double *f64;
	const struct key *key;
	const uint32_t *text;
};

static inline const void *array(const struct column_file *file, size_t column, size_t block)
{
	const void *values = column_values(file, column, block);
	assert_non_null(values);
	assert_int_equal((uintptr_t)values % 64, 0);
	return values;
}

static inline void check_row(const struct column_file *file, const struct arrays *a, size_t i, size_t row)
{
	double real = f64_of(row);
	char text[32] = "";
	(void)text_of(row, text);
	assert_true(a->u8[i] == (uint8_t)mixed(row));
	assert_true(a->u16[i] == (uint16_t)mixed(row));
	assert_true(a->i32[i] == i32_of(row));
	assert_true(a->u32[i] == (uint32_t)mixed(row));
	assert_true(a->i64[i] == i64_of(row));
	assert_true(a->u64[i] == mixed(row));
	assert_true(isnan(real) ? isnan(a->f64[i]) : a->f64[i] == real);
	assert_true(a->key[i].high == mixed(row) && a->key[i].low == row);
	assert_string_equal(column_text(file, a->text[i]), text);
	assert_true((a->text[i] == 0) == (text[0] == '\0'));
}

static inline void check_table(const struct column_file *file, size_t rows)
{
	size_t row = 0;
	assert_int_equal(column_rows(file), rows);
	assert_int_equal(column_blocks(file), (rows + COLUMN_BLOCK - 1) / COLUMN_BLOCK);
	for (size_t block = 0; block < column_blocks(file); block++) {
		struct arrays a = { array(file, U8, block), array(file, U16, block), array(file, I32, block),
			array(file, U32, block), array(file, I64, block), array(file, U64, block), array(file, F64, block),
			array(file, KEY, block), array(file, TEXT, block) };
		size_t count = column_block_rows(file, block);
		assert_true(count == COLUMN_BLOCK || (count > 0 && block + 1 == column_blocks(file)));
		for (size_t i = 0; i < count; i++)
			check_row(file, &a, i, row++);
	}
	assert_int_equal(row, rows);
	assert_int_equal(column_block_rows(file, column_blocks(file)), 0);
	assert_int_equal(column_block_rows(file, SIZE_MAX), 0);
	assert_null(column_values(file, 0, column_blocks(file)));
	assert_null(column_values(file, COLUMNS, 0));
}

#endif
