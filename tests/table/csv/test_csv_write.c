/* Tests of csv_write: the bytes of each style, files that read back as they were written, and writes that fail. */
#include "pipeline/table/csv/csv_write.h"

#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/resource.h>

#include <cmocka.h>

#include "pipeline/table/csv/csv.h"
#include "tests/table/files.h"

static struct error error;

/* A path at which there is no file. */
static const char *fresh(void)
{
	const char *path = files_path("out.csv");
	(void)remove(path);
	error.count = 0;
	error.code = EXIT_DONE;
	return path;
}

static size_t read_file(const char *path, char *bytes, size_t room)
{
	FILE *file = fopen(path, "rb");
	assert_non_null(file);
	size_t length = fread(bytes, 1, room - 1, file);
	bytes[length] = '\0';
	assert_int_equal(fclose(file), 0);
	return length;
}

/* Writes records of fields ("|" between fields, "/" between records) and holds the file against `expected`. */
static void expect(const struct csv_style *style, const char *records, const char *expected)
{
	struct csv_writer *writer = NULL;
	char bytes[1000];
	const char *path = fresh(), *next = records;
	assert_int_equal(csv_create(&writer, path, style, &error), 0);
	while (*next != '\0') {
		size_t length = strcspn(next, "|/");
		csv_field(writer, next, length);
		if (next[length] != '|')
			csv_end(writer);
		next += length + (next[length] != '\0');
		if (next[-1] == '|' && *next == '\0') {
			csv_string(writer, "");
			csv_end(writer);
		}
	}
	assert_int_equal(csv_finish(writer, &error), 0);
	assert_int_equal(read_file(path, bytes, sizeof bytes), strlen(expected));
	assert_string_equal(bytes, expected);
}

static void integers_are_decimal(void **state)
{
	(void)state;
	static const int64_t numbers[] = { 0, 9, 10, -1, 1234567890123, INT64_MAX, INT64_MIN };
	struct csv_writer *writer = NULL;
	char bytes[1000];
	const char *path = fresh();
	assert_int_equal(csv_create(&writer, path, &csv_style_excel, &error), 0);
	for (size_t i = 0; i < 3; i++) {
		csv_integer(writer, numbers[i]);
		csv_integer(writer, numbers[3 + i]);
		csv_end(writer);
	}
	csv_string(writer, "x");
	csv_integer(writer, numbers[6]);
	csv_end(writer);
	assert_int_equal(csv_finish(writer, &error), 0);
	(void)read_file(path, bytes, sizeof bytes);
	assert_string_equal(bytes, "\xEF\xBB\xBF" "0;-1\r\n9;1234567890123\r\n10;9223372036854775807\r\nx;-9223372036854775808\r\n");
}

static void machines_get_commas(void **state)
{
	(void)state;
	const struct csv_style *style = &csv_style_machine;
	expect(style, "", "");
	expect(style, "a|b/c|d", "a,b\nc,d\n");
	expect(style, "a|b;c", "a,b;c\n");
	expect(style, "a,b|c", "\"a,b\",c\n");
	expect(style, "a\"b|\"", "\"a\"\"b\",\"\"\"\"\n");
	expect(style, "a\nb|c\rd", "\"a\nb\",\"c\rd\"\n");
	expect(style, " a|a | |a b", "\" a\",\"a \",\" \",a b\n");
	expect(style, "||", ",,\n");
	expect(style, "a|", "a,\n");
	expect(style, "/a", "\"\"\na\n");
	expect(style, "kön|€", "kön,€\n");
}

static void excel_gets_semicolons(void **state)
{
	(void)state;
	const struct csv_style *style = &csv_style_excel;
	expect(style, "", "\xEF\xBB\xBF");
	expect(style, "ar|varde/2018|1,5", "\xEF\xBB\xBF" "ar;varde\r\n2018;1,5\r\n");
	expect(style, "a;b|c", "\xEF\xBB\xBF\"a;b\";c\r\n");
	expect(style, "/", "\xEF\xBB\xBF\"\"\r\n");
}

/* Records of every length, through the buffer's edge, come back as they were. */
static void what_is_written_is_read(void **state)
{
	(void)state;
	static const struct csv_style *const styles[] = {&csv_style_machine, &csv_style_excel};
	static char field[2][3000];
	for (size_t i = 0; i < sizeof field[0]; i++) {
		field[0][i] = "ab\"c,;\n\r d\xC3\xA5" "efg"[i % 15];
		field[1][i] = (char)('a' + i % 26);
	}
	for (size_t s = 0; s < 2; s++) {
		const struct csv_options options = {.delimiter = styles[s]->delimiter};
		struct csv_writer *writer = NULL;
		struct csv_record record;
		struct csv *csv = NULL;
		const char *path = fresh();
		assert_int_equal(csv_create(&writer, path, styles[s], &error), 0);
		for (size_t length = 0; length < 3000; length += 15) {
			csv_field(writer, field[0], length);
			csv_field(writer, field[1], length);
			csv_end(writer);
		}
		assert_int_equal(csv_finish(writer, &error), 0);
		assert_int_equal(csv_open(&csv, path, "f", &options, &error), 0);
		for (size_t length = 0; length < 3000; length += 15) {
			assert_int_equal(csv_next(csv, &record, &error), 1);
			assert_int_equal(record.fields, 2);
			for (size_t i = 0; i < 2; i++) {
				assert_int_equal(record.field[i].length, length);
				assert_memory_equal(record.field[i].text, field[i], length);
			}
		}
		assert_int_equal(csv_next(csv, &record, &error), 0);
		csv_close(csv);
	}
}

static void fields_longer_than_the_buffer(void **state)
{
	(void)state;
	size_t length = 300000;
	char *text = malloc(length), *back = malloc(length + 100);
	struct csv_writer *writer = NULL;
	const char *path = fresh();
	assert_non_null(text);
	assert_non_null(back);
	memset(text, 'x', length);
	assert_int_equal(csv_create(&writer, path, &csv_style_machine, &error), 0);
	csv_field(writer, text, length);
	csv_end(writer);
	assert_int_equal(csv_finish(writer, &error), 0);
	assert_int_equal(read_file(path, back, length + 100), length + 1);
	assert_memory_equal(back, text, length);
	free(text);
	free(back);
}

static void files_are_new_and_private(void **state)
{
	(void)state;
	static const mode_t masks[] = {0, 022, 0777};
	struct csv_writer *writer = NULL;
	struct stat status;
	for (size_t i = 0; i < sizeof masks / sizeof masks[0]; i++) {
		const char *path = fresh();
		mode_t before = umask(masks[i]);
		assert_int_equal(csv_create(&writer, path, &csv_style_machine, &error), 0);
		(void)umask(before);
		assert_int_equal(csv_finish(writer, &error), 0);
		assert_int_equal(stat(path, &status), 0);
		assert_int_equal(status.st_mode & 07777, 0600);
	}
}

static void expect_refused(const char *path)
{
	struct csv_writer *writer = NULL;
	error.count = 0;
	error.code = EXIT_DONE;
	assert_int_equal(csv_create(&writer, path, &csv_style_machine, &error), -1);
	assert_null(writer);
	assert_int_equal(error.code, EXIT_IO);
	assert_non_null(strstr(error.message[0], path));
}

static void nothing_is_overwritten(void **state)
{
	(void)state;
	char bytes[10];
	const char *path = files_write("there.csv", "a\n", 2), *link = files_path("link.csv");
	expect_refused(path);
	assert_int_equal(read_file(path, bytes, sizeof bytes), 2);
	assert_int_equal(symlink(files_path("nowhere.csv"), link), 0);
	expect_refused(link);
	expect_refused(files_path("no-folder/a.csv"));
}

/* A limit on the size of files stands for a full disk. */
static void a_failed_write_is_an_error(void **state)
{
	(void)state;
	struct rlimit before, small;
	struct csv_writer *writer = NULL;
	const char *path = fresh();
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	small = before;
	small.rlim_cur = 100000;
	(void)signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(csv_create(&writer, path, &csv_style_machine, &error), 0);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	for (size_t i = 0; i < 100000; i++) {
		csv_string(writer, "abc");
		csv_end(writer);
	}
	int result = csv_finish(writer, &error);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	assert_int_equal(result, -1);
	assert_int_equal(error.code, EXIT_IO);
	assert_int_equal(error.count, 1);
	assert_non_null(strstr(error.message[0], ": cannot be written: "));
	assert_int_equal(csv_finish(NULL, &error), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(integers_are_decimal),
		cmocka_unit_test(machines_get_commas),
		cmocka_unit_test(excel_gets_semicolons),
		cmocka_unit_test(what_is_written_is_read),
		cmocka_unit_test(fields_longer_than_the_buffer),
		cmocka_unit_test(files_are_new_and_private),
		cmocka_unit_test(nothing_is_overwritten),
		cmocka_unit_test(a_failed_write_is_an_error),
	};
	return cmocka_run_group_tests(tests, files_begin, files_end);
}
