/* Tests of the files of witnesses as the auditor reads them: lines of whole numbers, and every way in which one may be none. */
#include "stages/audit/witnesses/witness_file.h"

#include "tests/stages/protect/cubes.h"
#include "tests/table/files.h"

static struct witness_file file;

/* Three cells of tables that the publication lacks; `lines` behind the header of vittnen.csv. */
static int read_lines(const char *lines)
{
	static const char cells[] = "cell,tabell,nyckel,matt\n0,m09_ingen,\"2018|a,b\",personer\n1,m09_ingen,2019|c,personer\n2,m09_ingen,,personer\n";
	const struct published published = { .arena = arena };
	char bytes[400];
	int length = snprintf(bytes, sizeof bytes, "vittne,cell,varde\n%s", lines);
	error.count = 0;
	error.code = EXIT_DONE;
	return witness_file_read(&published, files_write("vittnen_celler.csv", cells, sizeof cells - 1), files_write("vittnen.csv", bytes, (size_t)length),
		&file, arena, &error);
}

static void lines_are_read(void **state)
{
	(void)state;
	static const struct witness_line expected[] = { { 0, 2, 40 }, { 1, 0, -3 }, { 1, 1, 0 }, { 4294967295, 2, 123456789012 } };
	assert_int_equal(read_lines("0,2,40\n1,0,-3\n1,1,0\n4294967295,2,123456789012\n"), 0);
	assert_int_equal(file.cells, 3);
	assert_int_equal(file.cell[0].table, PUBLISHED_TABLES);
	assert_int_equal(file.lines, 4);
	for (size_t i = 0; i < file.lines; i++) {
		assert_int_equal(file.line[i].witness, expected[i].witness);
		assert_int_equal(file.line[i].cell, expected[i].cell);
		assert_int_equal(file.line[i].value, expected[i].value);
	}
	assert_int_equal(read_lines(""), 0);
	assert_int_equal(file.lines, 0);
}

static void what_is_no_line_is_refused(void **state)
{
	(void)state;
	static const char *const wrong[] = { "x\n", "1,0\n", "1,0,\n", "1,,3\n", ",0,3\n", "1,0,3,4\n", "1,0,3,\n", "1,0,3.0\n", "1,0, 3\n", "1,0,+3\n",
		"1,0,--3\n", "1,0,-\n", "1,0,3-\n", "-1,0,3\n", "1,-0,3\n", "1,3,3\n", "4294967296,0,3\n", "1,0,9999999999999999999\n", "1,0,3\r\n",
		"\"1\",0,3\n", "\n", "1,0,3", "1,0,3\n1,0", "1,0,3\n\n1,0,4\n", "2,0,3\n1,0,3\n" };
	char message[80];
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		assert_int_equal(read_lines(wrong[i]), -1);
		assert_int_equal(error.code, EXIT_DATA);
		const char *second = strstr(wrong[i], "\n1,0") != NULL ? "3" : strncmp(wrong[i], "1,0,3\n", 6) == 0 ? "3" : "2";
		(void)snprintf(message, sizeof message, "vittnen.csv:%s: not a line of witnesses", second);
		assert_string_equal(error.message[0], message);
	}
}

/* A line that two reads share is one line: more lines than fit into a piece of the file. */
static void pieces_meet_within_lines(void **state)
{
	(void)state;
	enum { LINES = 30000 };
	const struct published published = { .arena = arena };
	char *bytes = malloc(LINES * 24);
	assert_non_null(bytes);
	size_t length = (size_t)snprintf(bytes, 24, "vittne,cell,varde\n");
	for (int i = 1; i <= LINES; i++)
		length += (size_t)snprintf(bytes + length, 24, "%d,0,%d\n", i, i % 2 == 0 ? i : -i);
	static const char cells[] = "cell,tabell,nyckel,matt\n0,m09_ingen,2018,personer\n";
	error.count = 0;
	assert_int_equal(witness_file_read(&published, files_write("vittnen_celler.csv", cells, sizeof cells - 1), files_write("vittnen.csv", bytes, length),
		&file, arena, &error), 0);
	assert_int_equal(file.lines, LINES);
	for (size_t i = 0; i < LINES; i++) {
		int64_t number = (int64_t)i + 1;
		assert_int_equal(file.line[i].witness, number);
		assert_int_equal(file.line[i].value, number % 2 == 0 ? number : -number);
	}
	free(bytes);
}

static void files_that_are_not_there_hold_nothing(void **state)
{
	(void)state;
	const struct published published = { .arena = arena };
	error.count = 0;
	assert_int_equal(witness_file_read(&published, files_path("none"), files_path("neither"), &file, arena, &error), 0);
	assert_int_equal(file.cells, 0);
	assert_int_equal(file.lines, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test_setup_teardown(lines_are_read, begin_arena, end),
		cmocka_unit_test_setup_teardown(what_is_no_line_is_refused, begin_arena, end),
		cmocka_unit_test_setup_teardown(pieces_meet_within_lines, begin_arena, end),
		cmocka_unit_test_setup_teardown(files_that_are_not_there_hold_nothing, begin_arena, end) };
	return cmocka_run_group_tests(tests, files_begin, files_end);
}
