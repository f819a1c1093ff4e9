/* Tests of column files: every type over several blocks, texts, and files that are missing, cut or damaged. */
#include "pipeline/table/column_batch.h"

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

#define NOBODY ((uid_t)65534)

/* Where things stand in the header (struct header of column.c). */
enum { HEADER = 64, TAIL_AT = 16, TAIL_BYTES = 24, CHECKSUM = 32 };

static struct error error;
static char folder[256], path[300], other[300];

static int begin(void **state)
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

static int end(void **state)
{
	(void)state;
	(void)unlink(path);
	(void)unlink(other);
	return rmdir(folder);
}

/* ---- a table of all types whose values follow from the row ---- */

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

static uint64_t mixed(size_t row)
{
	return ((uint64_t)row + 1) * UINT64_C(0x9e3779b97f4a7c15);
}

static int32_t i32_of(size_t row)
{
	return row % 7 == 0 ? COLUMN_NONE_I32 : (int32_t)(mixed(row) >> 33) - 1000000000;
}

static int64_t i64_of(size_t row)
{
	return row % 5 == 0 ? COLUMN_NONE_I64 : (int64_t)(mixed(row) >> 1) - (INT64_MAX / 2);
}

static double f64_of(size_t row)
{
	return row % 11 == 0 ? (double)NAN : (double)row / 3;
}

/* Row 0 has none; there are 1 000 different ones. */
static int text_of(size_t row, char text[32])
{
	return row % 1000 == 0 ? 0 : snprintf(text, 32, "text %zu", row % 1000);
}

static void put_row(struct column_writer *writer, size_t row)
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

static void write_table(size_t rows)
{
	struct column_writer *writer = NULL;
	assert_int_equal(column_create(&writer, path, all_types, COLUMNS, &error), 0);
	assert_non_null(writer);
	for (size_t row = 0; row < rows; row++)
		put_row(writer, row);
	assert_int_equal(column_finish(writer, &error), 0);
}

static struct column_file *open_table(void)
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

static const void *array(const struct column_file *file, size_t column, size_t block)
{
	const void *values = column_values(file, column, block);
	assert_non_null(values);
	assert_int_equal((uintptr_t)values % 64, 0);
	return values;
}

static void check_row(const struct column_file *file, const struct arrays *a, size_t i, size_t row)
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

static void check_table(const struct column_file *file, size_t rows)
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

static void check_rows(size_t rows)
{
	write_table(rows);
	struct column_file *file = open_table();
	check_table(file, rows);
	assert_int_equal(column_texts(file), rows == 0 ? 1 : rows < 1000 ? rows : 1000);
	column_close(file);
	assert_int_equal(unlink(path), 0);
}

static void tables_of_many_lengths(void **state)
{
	(void)state;
	static const size_t lengths[] = { 0, 1, 2, 3, 31, 63, 64, 65, 1000, COLUMN_BLOCK - 1, COLUMN_BLOCK, COLUMN_BLOCK + 1,
		3 * COLUMN_BLOCK, 3 * COLUMN_BLOCK + 77 };
	for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++)
		check_rows(lengths[i]);
	assert_int_equal(error.count, 0);
}

static void sizes_of_types(void **state)
{
	(void)state;
	static const size_t bytes[COLUMNS] = { 1, 2, 4, 4, 8, 8, 8, 16, 4 };
	for (size_t i = 0; i < COLUMNS; i++)
		assert_int_equal(column_size(all_types[i].type), bytes[i]);
}

static void the_same_rows_give_the_same_bytes(void **state)
{
	(void)state;
	char first[HASH_TEXT], second[HASH_TEXT];
	write_table(COLUMN_BLOCK + 5);
	assert_int_equal(hash_file(path, first, &error), 0);
	assert_int_equal(unlink(path), 0);
	write_table(COLUMN_BLOCK + 5);
	assert_int_equal(hash_file(path, second, &error), 0);
	assert_string_equal(first, second);
}

static void a_file_without_columns(void **state)
{
	(void)state;
	struct column_writer *writer = NULL;
	assert_int_equal(column_create(&writer, path, NULL, 0, &error), 0);
	for (size_t row = 0; row < COLUMN_BLOCK + 3; row++)
		assert_int_equal(column_end_row(writer, &error), 0);
	assert_int_equal(column_finish(writer, &error), 0);
	struct column_file *file = open_table();
	assert_int_equal(column_rows(file), COLUMN_BLOCK + 3);
	assert_null(column_values(file, 0, 0));
	column_close(file);
}

/* A value left out is 0 in every block, also where an earlier block had one. */
static void values_left_out_are_zero(void **state)
{
	(void)state;
	struct column_writer *writer = NULL;
	assert_int_equal(column_create(&writer, path, all_types, COLUMNS, &error), 0);
	for (size_t row = 0; row < COLUMN_BLOCK; row++)
		put_row(writer, row + 1);
	assert_int_equal(column_end_row(writer, &error), 0);
	column_put_u8(writer, U8, 9); /* a row that is not ended is dropped */
	assert_int_equal(column_finish(writer, &error), 0);

	struct column_file *file = open_table();
	static const unsigned char zeros[sizeof(struct key)];
	assert_int_equal(column_rows(file), COLUMN_BLOCK + 1);
	for (size_t i = 0; i < COLUMNS; i++)
		assert_memory_equal(array(file, i, 1), zeros, column_size(all_types[i].type));
	column_close(file);
}

/* ---- finding, loading, texts ---- */

static void columns_are_found(void **state)
{
	(void)state;
	write_table(3);
	struct column_file *file = open_table();
	size_t column = 77;
	for (size_t i = 0; i < COLUMNS; i++) {
		assert_int_equal(column_find(file, all_types[i].name, all_types[i].type, &column, &error), 0);
		assert_int_equal(column, i);
	}
	column = 77;
	assert_int_equal(column_find(file, "u", COLUMN_U8, &column, &error), -1);
	assert_int_equal(column_find(file, "", COLUMN_U8, &column, &error), -1);
	assert_int_equal(column_find(file, "u8", COLUMN_U16, &column, &error), -1);
	assert_int_equal(column, 77);
	assert_int_equal(error.count, 3);
	assert_int_equal(error.code, EXIT_BUG);
	column_close(file);
}

static void a_column_is_loaded(void **state)
{
	(void)state;
	size_t rows = 2 * COLUMN_BLOCK + 10;
	write_table(rows);
	struct column_file *file = open_table();
	struct arena *arena = arena_new(&error);
	assert_non_null(arena);
	const int64_t *i64 = column_load(file, "i64", COLUMN_I64, arena, &error);
	const struct key *key = column_load(file, "key", COLUMN_KEY, arena, &error);
	assert_true(i64 != NULL && key != NULL);
	for (size_t row = 0; row < rows; row++)
		assert_true(i64[row] == i64_of(row) && key[row].low == row);
	assert_null(column_load(file, "i64", COLUMN_U64, arena, &error));
	assert_null(column_load(file, "none", COLUMN_U64, arena, &error));
	assert_int_equal(error.count, 2);
	arena_free(arena);
	column_close(file);
}

static void an_empty_column_is_loaded(void **state)
{
	(void)state;
	write_table(0);
	struct column_file *file = open_table();
	struct arena *arena = arena_new(&error);
	assert_non_null(arena);
	assert_non_null(column_load(file, "i64", COLUMN_I64, arena, &error));
	arena_free(arena);
	column_close(file);
}

static const char *put_text(struct column_writer *writer, size_t column, const char *text)
{
	assert_int_equal(column_put_text(writer, column, text, strlen(text), &error), 0);
	return text;
}

static void equal_texts_share_an_index(void **state)
{
	(void)state;
	static const struct column columns[] = { { "a", COLUMN_TEXT }, { "b", COLUMN_TEXT } };
	static const char *const known[] = { "", "F32", "Sm\303\245land", "F3", "F321" };
	struct column_writer *writer = NULL;
	assert_int_equal(column_create(&writer, path, columns, 2, &error), 0);
	for (size_t row = 0; row < 10; row++) {
		(void)put_text(writer, 0, known[row % 5]);
		(void)put_text(writer, 1, known[4 - row % 5]);
		assert_int_equal(column_end_row(writer, &error), 0);
	}
	assert_int_equal(column_finish(writer, &error), 0);

	struct column_file *file = open_table();
	static const uint32_t index_a[] = { 0, 2, 4, 3, 1 }; /* first used: F321 (b), F32, F3 (b), Småland */
	const uint32_t *a = array(file, 0, 0), *b = array(file, 1, 0);
	assert_int_equal(column_texts(file), 5);
	for (size_t row = 0; row < 10; row++) {
		assert_int_equal(a[row], index_a[row % 5]);
		assert_int_equal(b[row], index_a[4 - row % 5]);
		assert_string_equal(column_text(file, a[row]), known[row % 5]);
	}
	assert_string_equal(column_text(file, 5), "");
	assert_string_equal(column_text(file, UINT32_MAX), "");
	column_close(file);
}

static void many_texts(void **state)
{
	(void)state;
	enum { TEXTS = 100000 };
	static const struct column columns[] = { { "text", COLUMN_TEXT } };
	struct column_writer *writer = NULL;
	char text[32];
	assert_int_equal(column_create(&writer, path, columns, 1, &error), 0);
	for (size_t row = 0; row < (size_t)2 * TEXTS; row++) {
		(void)snprintf(text, sizeof text, "%zu", row % TEXTS);
		(void)put_text(writer, 0, text);
		assert_int_equal(column_end_row(writer, &error), 0);
	}
	assert_int_equal(column_finish(writer, &error), 0);

	struct column_file *file = open_table();
	struct arena *arena = arena_new(&error);
	assert_non_null(arena);
	const uint32_t *index = column_load(file, "text", COLUMN_TEXT, arena, &error);
	assert_non_null(index);
	assert_int_equal(column_texts(file), TEXTS + 1);
	for (size_t row = 0; row < (size_t)2 * TEXTS; row++) {
		(void)snprintf(text, sizeof text, "%zu", row % TEXTS);
		assert_int_equal(index[row], row % TEXTS + 1);
		assert_string_equal(column_text(file, index[row]), text);
	}
	arena_free(arena);
	column_close(file);
}

/* ---- writing where it cannot be, and wrong use ---- */

/* Texts given beforehand keep their numbers, which batches may hold; what is put afterwards is numbered behind them. */
static void texts_given_beforehand(void **state)
{
	(void)state;
	static const char *const given[] = { "", "F", "M54" }, *const twice[] = { "", "F", "F" };
	static const struct column columns[] = { { "diagnos", COLUMN_TEXT } };
	static const uint32_t expected[] = { 2, 0, 1, 3 };
	struct column_writer *writer;
	struct column_file *file;
	struct column_batch batch = { .rows = 0 };
	assert_int_equal(column_create(&writer, path, columns, 1, &error), 0);
	assert_int_equal(column_give_texts(writer, given, 3, &error), 0);
	assert_int_equal(column_batch_begin(&batch, columns, 1, 3, &error), 0);
	batch.numbered = true;
	memcpy(batch.values[0], expected, 3 * sizeof *expected);
	batch.rows = 3;
	assert_int_equal(column_append(writer, &batch, &error), 0);
	assert_int_equal(column_put_text(writer, 0, "S7", 2, &error), 0);
	assert_int_equal(column_end_row(writer, &error), 0);
	assert_int_equal(column_finish(writer, &error), 0);
	column_batch_free(&batch);
	assert_int_equal(column_open(&file, path, &error), 0);
	assert_int_equal(column_texts(file), 4);
	assert_memory_equal(column_values(file, 0, 0), expected, sizeof expected);
	assert_string_equal(column_text(file, 2), "M54");
	assert_string_equal(column_text(file, 3), "S7");
	column_close(file);

	assert_int_equal(column_create(&writer, other, columns, 1, &error), 0);
	assert_int_equal(column_give_texts(writer, twice, 3, &error), -1);
	assert_int_equal(error.code, EXIT_BUG);
	assert_int_equal(column_finish(writer, &error), -1);
}

static void expect_no_file(const char *at)
{
	struct column_writer *writer = NULL;
	memset(&error, 0, sizeof error);
	assert_int_equal(column_create(&writer, at, all_types, COLUMNS, &error), -1);
	assert_null(writer);
	assert_int_equal(error.code, EXIT_IO);
	assert_int_equal(error.count, 1);
	assert_non_null(strstr(error.message[0], at));
}

static void files_are_not_overwritten(void **state)
{
	(void)state;
	write_table(2);
	expect_no_file(path);
	assert_int_equal(symlink("nowhere", other), 0);
	expect_no_file(other);
	struct column_file *file = open_table();
	check_table(file, 2);
	column_close(file);
}

static void folders_that_cannot_be_written(void **state)
{
	(void)state;
	char missing[400];
	(void)snprintf(missing, sizeof missing, "%s/missing/table.col", folder);
	expect_no_file(missing);
	expect_no_file(folder);
	bool root = geteuid() == 0; /* the mode stops anyone but root */
	if (root && seteuid(NOBODY) != 0)
		skip();
	if (!root)
		assert_int_equal(chmod(folder, 0500), 0);
	expect_no_file(path);
	assert_int_equal(root ? seteuid(0) : chmod(folder, 0700), 0);
}

static void only_the_owner_may_read(void **state)
{
	(void)state;
	static const mode_t masks[] = { 0, 022, 0777 };
	for (size_t i = 0; i < sizeof masks / sizeof masks[0]; i++) {
		struct stat status;
		mode_t before = umask(masks[i]);
		write_table(1);
		(void)umask(before);
		assert_int_equal(stat(path, &status), 0);
		assert_int_equal(status.st_mode & 07777, 0600);
		assert_int_equal(unlink(path), 0);
	}
}

/* Writes two blocks against a limit of the file's size; the fault is said once. */
static bool write_with_limit(void)
{
	struct column_writer *writer = NULL;
	memset(&error, 0, sizeof error);
	if (column_create(&writer, path, all_types, COLUMNS, &error) != 0)
		return false;
	int result = 0;
	for (size_t row = 0; row < 2 * COLUMN_BLOCK + 5; row++) {
		column_put_i64(writer, I64, 5);
		(void)column_put_text(writer, TEXT, "text", 4, &error);
		result |= column_end_row(writer, &error); /* goes on after a fault, which must do no harm */
	}
	return column_finish(writer, &error) == 0 && result == 0;
}

static void a_full_disk(void **state)
{
	(void)state;
	struct rlimit before, limit;
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
	static const rlim_t blocks = 2 * (rlim_t)COLUMN_BLOCK * (1 + 2 + 4 + 4 + 8 + 8 + 8 + 16 + 4);
	const rlim_t sizes[] = { 0, 10, HEADER, HEADER + 1, 1000000, 4000000, 7000000, blocks, blocks + 700, blocks + 1200 };
	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		limit = before;
		limit.rlim_cur = sizes[i];
		assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
		bool written = write_with_limit();
		assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
		assert_false(written);
		assert_int_equal(error.code, EXIT_IO);
		assert_int_equal(error.count, 1);
		struct column_file *file = NULL;
		assert_int_equal(column_open(&file, path, &error), -1);
		assert_int_equal(unlink(path), 0);
	}
	limit.rlim_cur = blocks + 3000;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
	bool written = write_with_limit();
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	(void)signal(SIGXFSZ, handler);
	assert_true(written);
}

static void a_value_of_another_type_is_reported(void **state)
{
	(void)state;
	for (int wrong = 0; wrong < 3; wrong++) {
		struct column_writer *writer = NULL;
		memset(&error, 0, sizeof error);
		assert_int_equal(column_create(&writer, path, all_types, COLUMNS, &error), 0);
		if (wrong == 0)
			column_put_i64(writer, U8, 1);
		else if (wrong == 1)
			column_put_u8(writer, COLUMNS, 1);
		else
			(void)put_text(writer, U32, "x");
		assert_int_equal(error.count, 0);
		if (wrong != 1) /* or column_finish finds it */
			assert_int_equal(column_end_row(writer, &error), -1);
		assert_int_equal(column_finish(writer, &error), -1);
		assert_int_equal(error.count, 1);
		assert_int_equal(error.code, EXIT_BUG);
		struct column_file *file = NULL;
		assert_int_equal(column_open(&file, path, &error), -1);
		assert_int_equal(unlink(path), 0);
	}
}

static void names_have_a_limit(void **state)
{
	(void)state;
	char name[COLUMN_NAME + 1];
	memset(name, 'n', sizeof name);
	name[COLUMN_NAME] = '\0';
	struct column column = { name, COLUMN_U8 };
	struct column_writer *writer = NULL;
	assert_int_equal(column_create(&writer, path, &column, 1, &error), -1);
	assert_int_equal(error.code, EXIT_BUG);
	assert_null(writer);
	column.name = "";
	assert_int_equal(column_create(&writer, path, &column, 1, &error), -1);
	assert_int_equal(access(path, F_OK), -1); /* nothing was created */

	name[COLUMN_NAME - 1] = '\0';
	column.name = name;
	assert_int_equal(column_create(&writer, path, &column, 1, &error), 0);
	assert_int_equal(column_finish(writer, &error), 0);
	struct column_file *file = open_table();
	size_t found = 77;
	assert_int_equal(column_find(file, name, COLUMN_U8, &found, &error), 0);
	column_close(file);
}

static void nothing_can_be_closed(void **state)
{
	(void)state;
	assert_int_equal(column_finish(NULL, &error), 0);
	column_close(NULL);
	assert_int_equal(error.count, 0);
}

/* ---- files that are no column files ---- */

static void expect_unreadable(const char *at)
{
	struct column_file *file = NULL;
	memset(&error, 0, sizeof error);
	assert_int_equal(column_open(&file, at, &error), -1);
	assert_null(file);
	assert_int_equal(error.code, EXIT_IO);
	assert_int_equal(error.count, 1);
	assert_non_null(strstr(error.message[0], at));
}

static void things_that_are_no_column_files(void **state)
{
	(void)state;
	expect_unreadable(path); /* missing */
	expect_unreadable(folder);
	write_table(1);
	assert_int_equal(symlink("table.col", other), 0);
	expect_unreadable(other);
	assert_int_equal(unlink(other), 0);
	assert_int_equal(mkfifo(other, 0600), 0);
	expect_unreadable(other); /* without waiting for a writer */
	char below[400];
	(void)snprintf(below, sizeof below, "%s/none", path);
	expect_unreadable(below);
}

static void an_unfinished_file(void **state)
{
	(void)state;
	struct column_writer *writer = NULL;
	assert_int_equal(column_create(&writer, path, all_types, COLUMNS, &error), 0);
	expect_unreadable(path);
	for (size_t row = 0; row < COLUMN_BLOCK; row++)
		put_row(writer, row);
	expect_unreadable(path);
	assert_int_equal(column_finish(writer, &error), 0);
	struct column_file *file = open_table();
	check_table(file, COLUMN_BLOCK);
	column_close(file);
}

static unsigned char *read_bytes(size_t *length)
{
	struct stat status;
	assert_int_equal(stat(path, &status), 0);
	*length = (size_t)status.st_size;
	unsigned char *bytes = malloc(*length);
	FILE *file = fopen(path, "rb");
	assert_true(bytes != NULL && file != NULL);
	assert_int_equal(fread(bytes, 1, *length, file), *length);
	(void)fclose(file);
	return bytes;
}

/* Overwrites in place: much faster, over thousands of rounds, than making the file anew. */
static void write_bytes(const unsigned char *bytes, size_t length)
{
	int descriptor = open(other, O_WRONLY | O_CREAT, 0600);
	assert_true(descriptor >= 0);
	assert_int_equal(write(descriptor, bytes, length), length);
	assert_int_equal(ftruncate(descriptor, (off_t)length), 0);
	assert_int_equal(close(descriptor), 0);
}

/* From the longest to the shortest: every length near the ends, about a thousand between. */
static void files_cut_short(void **state)
{
	(void)state;
	static const size_t rows[] = { 0, 1, 70, 2 * COLUMN_BLOCK + 3 };
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		size_t length;
		write_table(rows[i]);
		unsigned char *bytes = read_bytes(&length);
		write_bytes(bytes, length);
		free(bytes);
		for (size_t cut = length; cut > 0;) {
			size_t step = length / 1000 + 1;
			bool between = cut > 300 + step && cut + 300 < length;
			cut -= between ? step : 1;
			assert_int_equal(truncate(other, (off_t)cut), 0);
			expect_unreadable(other);
		}
		assert_int_equal(unlink(path), 0);
	}
}

static void something_behind_the_end(void **state)
{
	(void)state;
	static const off_t more[] = { 1, 8, 64, 4096 };
	for (size_t i = 0; i < sizeof more / sizeof more[0]; i++) {
		struct stat status;
		write_table(70);
		assert_int_equal(stat(path, &status), 0);
		assert_int_equal(truncate(path, status.st_size + more[i]), 0);
		expect_unreadable(path);
		assert_int_equal(unlink(path), 0);
	}
}

static size_t tail_of(const unsigned char *bytes)
{
	uint64_t at;
	memcpy(&at, bytes + TAIL_AT, sizeof at);
	return at;
}

/* Every byte of header and tail matters. */
static void each_byte_of_the_frame_damaged(void **state)
{
	(void)state;
	static const unsigned char flips[] = { 0x01, 0x80, 0xFF };
	size_t length;
	write_table(70);
	unsigned char *bytes = read_bytes(&length);
	for (size_t at = 0; at < length; at = at == HEADER - 1 ? tail_of(bytes) : at + 1)
		for (size_t i = 0; i < sizeof flips; i++) {
			bytes[at] ^= flips[i];
			write_bytes(bytes, length);
			expect_unreadable(other);
			bytes[at] ^= flips[i];
		}
	write_bytes(bytes, length);
	struct column_file *file = NULL;
	assert_int_equal(column_open(&file, other, &error), 0);
	column_close(file);
	free(bytes);
}

/* Reads all that a file offers: nothing may lie outside it. */
static uint64_t read_everything(const struct column_file *file)
{
	uint64_t sum = 0;
	for (size_t column = 0; column < COLUMNS + 5; column++)
		for (size_t block = 0; block < column_blocks(file) && block < 100; block++) {
			const unsigned char *values = column_values(file, column, block);
			if (values != NULL)
				sum += values[0] + (uint64_t)values[column_block_rows(file, block) - 1];
		}
	for (uint32_t i = 0; i < column_texts(file) && i < 100000; i++)
		sum += strlen(column_text(file, i));
	struct error ignored = { 0 };
	size_t column;
	for (size_t i = 0; i < COLUMNS; i++)
		sum += (uint64_t)column_find(file, all_types[i].name, all_types[i].type, &column, &ignored);
	return sum;
}

static void open_with_true_checksum(unsigned char *bytes, size_t length)
{
	size_t tail_at = tail_of(bytes);
	struct key checksum = hash_key((const char *)bytes + tail_at, length - tail_at);
	memcpy(bytes + CHECKSUM, &checksum, sizeof checksum);
	write_bytes(bytes, length);
	struct column_file *file = NULL;
	memset(&error, 0, sizeof error);
	if (column_open(&file, other, &error) == 0)
		assert_true(read_everything(file) < UINT64_MAX);
	else
		assert_true(file == NULL && error.count == 1 && error.code == EXIT_IO);
	column_close(file);
}

/* A tail that is wrong but has a true checksum: a fault or a file that can be read, never a crash. */
static void each_byte_of_the_tail_forged(void **state)
{
	(void)state;
	static const unsigned char values[] = { 0x00, 0x01, 0x7F, 0x80, 0xFF };
	size_t length;
	write_table(70);
	unsigned char *bytes = read_bytes(&length);
	for (size_t at = tail_of(bytes); at < length; at++) {
		unsigned char before = bytes[at];
		for (size_t i = 0; i < sizeof values; i++) {
			bytes[at] = values[i];
			open_with_true_checksum(bytes, length);
		}
		bytes[at] = before;
	}
	free(bytes);
}

/* The four numbers of the directory set to values that overflow sums and products. */
static void numbers_of_the_directory_forged(void **state)
{
	(void)state;
	static const uint64_t values[] = { 0, 1, 2, 69, 71, COLUMN_BLOCK, UINT32_MAX, UINT64_MAX,
		UINT64_MAX - 63, UINT64_MAX / 2, UINT64_MAX / 8 + 1, UINT64_MAX / 64 + 1, UINT64_MAX / 64 + 10, (UINT64_C(1) << 61) + 71, UINT64_C(1) << 58,
		UINT64_C(1) << 48 };
	enum { COUNT = sizeof values / sizeof values[0] };
	size_t length;
	write_table(70);
	unsigned char *bytes = read_bytes(&length);
	unsigned char *directory = bytes + tail_of(bytes);
	for (size_t number = 0; number < 4; number++)
		for (size_t second = 0; second < 4; second++)
			for (size_t i = 0; i < (size_t)COUNT * COUNT; i++) {
				unsigned char before[32];
				memcpy(before, directory, sizeof before);
				memcpy(directory + 8 * number, &values[i % COUNT], 8);
				memcpy(directory + 8 * second, &values[i / COUNT], 8);
				open_with_true_checksum(bytes, length);
				memcpy(directory, before, sizeof before);
			}
	free(bytes);
}

/* A tail said to be elsewhere, with the checksum of what stands there. */
/* The digest that the writer reckoned is that of the values in the file; a damaged value, or another order of rows, makes another. */
static void digests(void **state)
{
	(void)state;
	static const size_t rows[] = { 0, 1, 70, 2 * COLUMN_BLOCK + 3 };
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct column_file *file;
		char written[COLUMN_DIGEST], anew[COLUMN_DIGEST];
		size_t length;
		write_table(rows[i]);
		assert_int_equal(column_open(&file, path, &error), 0);
		column_digest(file, false, written);
		column_digest(file, true, anew);
		assert_int_equal(strlen(written), COLUMN_DIGEST - 1);
		assert_string_equal(written, anew);
		column_close(file);
		unsigned char *bytes = read_bytes(&length);
		size_t end = tail_of(bytes), step = (end - HEADER) / 97 + 1;
		for (size_t at = HEADER; at < end; at += step) {
			bytes[at] ^= 0x80;
			write_bytes(bytes, length);
			bytes[at] ^= 0x80;
			assert_int_equal(column_open(&file, other, &error), 0);
			column_digest(file, false, anew);
			assert_string_equal(written, anew);
			column_digest(file, true, anew);
			assert_string_not_equal(written, anew);
			column_close(file);
			assert_int_equal(unlink(other), 0);
		}
		free(bytes);
		assert_int_equal(unlink(path), 0);
	}
}

static void the_tail_moved(void **state)
{
	(void)state;
	size_t length;
	write_table(70);
	unsigned char *bytes = read_bytes(&length);
	for (uint64_t at = 0; at <= length; at++) {
		uint64_t rest = length - at;
		if (at == tail_of(bytes))
			continue;
		unsigned char before[HEADER];
		memcpy(before, bytes, sizeof before);
		memcpy(bytes + TAIL_AT, &at, sizeof at);
		memcpy(bytes + TAIL_BYTES, &rest, sizeof rest);
		open_with_true_checksum(bytes, length);
		memcpy(bytes, before, sizeof before);
		assert_int_equal(error.count, 1);
	}
	free(bytes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(tables_of_many_lengths, begin, end),
		cmocka_unit_test(sizes_of_types),
		cmocka_unit_test_setup_teardown(the_same_rows_give_the_same_bytes, begin, end),
		cmocka_unit_test_setup_teardown(a_file_without_columns, begin, end),
		cmocka_unit_test_setup_teardown(values_left_out_are_zero, begin, end),
		cmocka_unit_test_setup_teardown(columns_are_found, begin, end),
		cmocka_unit_test_setup_teardown(a_column_is_loaded, begin, end),
		cmocka_unit_test_setup_teardown(an_empty_column_is_loaded, begin, end),
		cmocka_unit_test_setup_teardown(equal_texts_share_an_index, begin, end),
		cmocka_unit_test_setup_teardown(many_texts, begin, end),
		cmocka_unit_test_setup_teardown(texts_given_beforehand, begin, end),
		cmocka_unit_test_setup_teardown(files_are_not_overwritten, begin, end),
		cmocka_unit_test_setup_teardown(folders_that_cannot_be_written, begin, end),
		cmocka_unit_test_setup_teardown(only_the_owner_may_read, begin, end),
		cmocka_unit_test_setup_teardown(a_full_disk, begin, end),
		cmocka_unit_test_setup_teardown(a_value_of_another_type_is_reported, begin, end),
		cmocka_unit_test_setup_teardown(names_have_a_limit, begin, end),
		cmocka_unit_test_setup_teardown(nothing_can_be_closed, begin, end),
		cmocka_unit_test_setup_teardown(things_that_are_no_column_files, begin, end),
		cmocka_unit_test_setup_teardown(an_unfinished_file, begin, end),
		cmocka_unit_test_setup_teardown(files_cut_short, begin, end),
		cmocka_unit_test_setup_teardown(something_behind_the_end, begin, end),
		cmocka_unit_test_setup_teardown(each_byte_of_the_frame_damaged, begin, end),
		cmocka_unit_test_setup_teardown(each_byte_of_the_tail_forged, begin, end),
		cmocka_unit_test_setup_teardown(numbers_of_the_directory_forged, begin, end),
		cmocka_unit_test_setup_teardown(digests, begin, end),
		cmocka_unit_test_setup_teardown(the_tail_moved, begin, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
