/* Tests of the files of witnesses as the auditor reads them: lines of whole numbers, and every way in which one may be none. */
#include "stages/audit/witnesses/hearing.h"

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

/* A table of three rows, of which the second is withheld, and with two classes that it does not print. */
static void begin_table(struct published *published)
{
	static const char *const kommun[] = { "1401", "1402", "TOT" }, *const classes[] = { "lage=ny", "lage=aldre" };
	struct cube *m02 = new_cube("m02_malgrupp");
	*published = (struct published){ .arena = arena, .minimum = 5, .knowledge = knowledge_new(arena, &error) };
	for (size_t k = 0; k < 3; k++) {
		const char *codes[] = { "2018", "unga", kommun[k], "TOT", "TOT" };
		put(m02, "personer", 7.0 + (double)k, codes);
		cube_cell(m02, cube_find_named(m02, codes), 0)->status = k == 1 ? CELL_PROTECTED : CELL_PUBLISHED;
	}
	assert_int_equal(published_add(published, m02, NULL, &error), 0);
	published_classes(published, &published->table[0], 40, 2, classes);
}

static const char *cells_of(const char *lines)
{
	char bytes[400];
	int length = snprintf(bytes, sizeof bytes, "cell,tabell,nyckel,matt\n%s", lines);
	return files_write("vittnen_celler.csv", bytes, (size_t)length);
}

/* Measures and classes are found when all is stated, whatever was known when the cells were read; what is neither stops the audit. */
static void cells_are_found(void **state)
{
	(void)state;
	static struct published published;
	begin_table(&published);
	published.table[0].classes = 0; /* not stated yet */
	error.count = 0;
	assert_int_equal(witness_file_read(&published, cells_of("0,m02_malgrupp,2018|unga|1402|TOT|TOT,personer\n1,m02_malgrupp,2018|unga|TOT|TOT|TOT,personer\n"
		"2,m02_malgrupp,2018|unga|1402|TOT|TOT,lage=aldre\n3,m02_malgrupp,2018|unga|1499|TOT|TOT,lage=ny\n"), files_path("neither"), &file, arena, &error), 0);
	published.table[0].classes = 2;
	assert_int_equal(witness_file_find(&published, &file, &error), 0);
	assert_int_equal(file.cells, 4);
	const struct cube *cube = published.table[0].cube;
	size_t row = file.cell[0].row;
	assert_int_equal(file.cell[0].variable, published.table[0].variable[row * cube->table->measures]);
	assert_int_not_equal(file.cell[0].variable, KNOWLEDGE_NONE);
	assert_int_equal(file.cell[1].variable, KNOWLEDGE_NONE);
	assert_int_equal(file.cell[1].printed, 9);
	assert_int_equal(file.cell[2].variable, 40 + 2 * row + 1);
	assert_int_equal(file.cell[3].variable, KNOWLEDGE_NONE);
	assert_int_equal(file.cell[3].row, CUBE_NO_ROW);
	assert_int_equal(witness_file_read(&published, cells_of("0,m02_malgrupp,2018|unga|1402|TOT|TOT,lage=ingen\n"), files_path("neither"), &file, arena, &error), 0);
	assert_int_equal(witness_file_find(&published, &file, &error), -1);
	assert_int_equal(error.code, EXIT_DATA);
	assert_string_equal(error.message[0], "vittnen_celler.csv:2: not a line of witnesses");
}

/* Read once, by whoever comes first; what is wrong is told at the end; without files nobody is heard. */
static void a_hearing_reads_once(void **state)
{
	(void)state;
	static struct published published;
	begin_table(&published);
	const char *lines = files_write("vittnen.csv", "vittne,cell,varde\n0,7,1\n", 24);
	for (int read = 0; read < 2; read++) {
		struct hearing hearing = { .turn = HEARING_UNREAD };
		error.count = 0;
		assert_int_equal(hearing_begin(&hearing, &published, cells_of(""), lines, &error), 0);
		assert_true(read == 0 || hearing_read(&hearing));
		assert_true(read == 0 || !hearing_read(&hearing));
		assert_int_equal(hearing_end(&hearing, NULL, 0, &error), -1);
		assert_string_equal(error.message[0], "vittnen.csv:2: not a line of witnesses");
		hearing_free(&hearing);
	}
	struct hearing nobody = { .turn = HEARING_UNREAD };
	error.count = 0;
	assert_false(hearing_read(&nobody));
	assert_int_equal(hearing_end(&nobody, NULL, 0, &error), 0);
	hearing_free(&nobody);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test_setup_teardown(lines_are_read, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(what_is_no_line_is_refused, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(pieces_meet_within_lines, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(files_that_are_not_there_hold_nothing, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(cells_are_found, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(a_hearing_reads_once, arena_begin, arena_end) };
	return cmocka_run_group_tests(tests, files_begin, files_end);
}
