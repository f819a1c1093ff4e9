/* Tests of column files that are missing, cut, damaged or forged; and of what tells that. */
#include "tests/table/column_rows.h"

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
