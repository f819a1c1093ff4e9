/* Tests of table files read beside each other: the same cubes for any number of threads, and the error of the first file that fails. */
#include "pipeline/maths/readings.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "pipeline/maths/parallel.h"

#define FILES 6

static char folder[] = "/tmp/finsamstat-readings-XXXXXX";
static char path[FILES][64];

static int begin(void **state)
{
	(void)state;
	if (mkdtemp(folder) == NULL)
		return -1;
	for (int i = 0; i < FILES; i++) {
		(void)snprintf(path[i], sizeof path[i], "%s/%d.csv", folder, i);
		FILE *file = fopen(path[i], "w");
		if (file == NULL)
			return -1;
		(void)fprintf(file, "manad,kommun,kombination,matt,varde,status\n2018-01,1440,AF,personer,%d,\n", 10 + i);
		if (fclose(file) != 0)
			return -1;
	}
	return 0;
}

static int end(void **state)
{
	(void)state;
	for (int i = 0; i < FILES; i++)
		(void)unlink(path[i]);
	parallel_set_threads(0);
	return rmdir(folder);
}

/* All files but number `none`, which has no path, and number `lost`, which is not there. */
static int read_with(int threads, int none, int lost, struct readings *readings, struct reading *file, struct arena *arena, struct error *error)
{
	parallel_set_threads(threads);
	memset(file, 0, FILES * sizeof *file);
	const struct table *table = schema_table("m03_samtidighet", arena, error);
	assert_non_null(table);
	for (int i = 0; i < FILES; i++)
		file[i] = (struct reading){ .table = table, .path = i == none ? NULL : i >= lost ? "/nonexistent/table.csv" : path[i] };
	*readings = (struct readings){ .count = FILES, .file = file };
	return readings_read(readings, error);
}

static void each_file_gives_its_cube(void **state)
{
	(void)state;
	for (int threads = 1; threads <= 4; threads += 3) {
		struct error error = { 0 };
		struct arena *arena = arena_new(&error);
		struct readings readings;
		struct reading file[FILES];
		assert_int_equal(read_with(threads, 2, FILES, &readings, file, arena, &error), 0);
		for (int i = 0; i < FILES; i++) {
			if (i == 2) {
				assert_null(file[i].cube);
				continue;
			}
			assert_int_equal(file[i].cube->rows, 1);
			assert_int_equal((int)cube_cell(file[i].cube, 0, 0)->number, 10 + i);
		}
		readings_free(&readings);
		arena_free(arena);
	}
}

static void a_file_that_fails_is_told(void **state)
{
	(void)state;
	for (int threads = 1; threads <= 4; threads += 3) {
		struct error error = { 0 };
		struct arena *arena = arena_new(&error);
		struct readings readings;
		struct reading file[FILES];
		assert_int_equal(read_with(threads, FILES, 3, &readings, file, arena, &error), -1);
		assert_int_equal(error.count, 1);
		assert_non_null(strstr(error.message[0], "/nonexistent/table.csv"));
		readings_free(&readings);
		arena_free(arena);
	}
}

static void no_files_are_read(void **state)
{
	(void)state;
	struct error error = { 0 };
	struct arena *arena = arena_new(&error);
	struct readings readings = { 0 };
	assert_int_equal(readings_read(&readings, &error), 0);
	readings_free(&readings);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_file_gives_its_cube),
		cmocka_unit_test(a_file_that_fails_is_told),
		cmocka_unit_test(no_files_are_read),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
