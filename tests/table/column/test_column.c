/* Tests of column files: every type over several blocks, texts, and writing where it cannot be. */
#include "tests/table/column_rows.h"

#define NOBODY ((uid_t)65534)

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

/* Likewise behind rows that were appended together, in their block and in a later one. */
static void values_left_out_behind_a_batch_are_zero(void **state)
{
	(void)state;
	static const struct column number[] = { { "number", COLUMN_U64 } };
	struct column_writer *writer = NULL;
	struct column_batch batch = { 0 };
	const size_t rows = COLUMN_BLOCK + 7;
	assert_int_equal(column_create(&writer, path, number, 1, &error), 0);
	assert_int_equal(column_batch_begin(&batch, number, 1, rows, &error), 0);
	for (batch.rows = 0; batch.rows < rows; batch.rows++)
		((uint64_t *)batch.values[0])[batch.rows] = batch.rows + 1;
	assert_int_equal(column_append(writer, &batch, &error), 0);
	assert_int_equal(column_end_row(writer, &error), 0);
	batch.rows = 3;
	assert_int_equal(column_append(writer, &batch, &error), 0);
	column_put_u64(writer, 0, 9);
	assert_int_equal(column_end_row(writer, &error), 0);
	assert_int_equal(column_end_row(writer, &error), 0);
	assert_int_equal(column_finish(writer, &error), 0);
	column_batch_free(&batch);

	struct column_file *file = open_table();
	static const uint64_t behind[] = { COLUMN_BLOCK + 7, 0, 1, 2, 3, 9, 0 };
	const uint64_t *values = column_values(file, 0, 1);
	assert_int_equal(column_rows(file), rows + 6);
	assert_memory_equal(&values[6], behind, sizeof behind);
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
	const rlim_t sizes[] = { 0, 10, HEADER, HEADER + 1, 1000000, 4000000, 7000000, HEADER + blocks, HEADER + blocks + 700,
		HEADER + blocks + 1200 };
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
	limit.rlim_cur = HEADER + blocks + 3000;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
	bool written = write_with_limit();
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	(void)signal(SIGXFSZ, handler);
	assert_true(written);
}

/* Of the disk a finished file takes what it holds, and not what was taken ahead. */
static void a_file_takes_no_more_than_it_holds(void **state)
{
	(void)state;
	enum { UNIT = 512, SLACK = 1 << 20 };
	static const size_t rows[] = { 1, COLUMN_BLOCK - 1, COLUMN_BLOCK, 2 * COLUMN_BLOCK + 3 };
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct stat status;
		write_table(rows[i]);
		assert_int_equal(stat(path, &status), 0);
		assert_true(status.st_blocks * UNIT < status.st_size + SLACK);
		assert_int_equal(unlink(path), 0);
	}
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(tables_of_many_lengths, begin, end),
		cmocka_unit_test(sizes_of_types),
		cmocka_unit_test_setup_teardown(the_same_rows_give_the_same_bytes, begin, end),
		cmocka_unit_test_setup_teardown(a_file_without_columns, begin, end),
		cmocka_unit_test_setup_teardown(values_left_out_are_zero, begin, end),
		cmocka_unit_test_setup_teardown(values_left_out_behind_a_batch_are_zero, begin, end),
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
		cmocka_unit_test_setup_teardown(a_file_takes_no_more_than_it_holds, begin, end),
		cmocka_unit_test_setup_teardown(a_value_of_another_type_is_reported, begin, end),
		cmocka_unit_test_setup_teardown(names_have_a_limit, begin, end),
		cmocka_unit_test_setup_teardown(nothing_can_be_closed, begin, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
