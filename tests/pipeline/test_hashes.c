/* The hashes that ingest tells of the files it has read come to the right files, and none replaces another. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "pipeline/run/run.h"

#define A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"

static struct extract_file fk[2], kommun[1];
static struct run run;

static struct arena *begin(struct error *error)
{
	*error = (struct error){ 0 };
	fk[0] = (struct extract_file){ .shown = "extrakt/fk1.csv" };
	fk[1] = (struct extract_file){ .shown = "extrakt/fk2.csv" };
	kommun[0] = (struct extract_file){ .shown = "extrakt/kommun.csv" };
	run = (struct run){ .arena = arena_new(error) };
	assert_non_null(run.arena);
	run.extract[EXTRACT_FK] = fk;
	run.extracts[EXTRACT_FK] = 2;
	run.extract[EXTRACT_KOMMUN] = kommun;
	run.extracts[EXTRACT_KOMMUN] = 1;
	return run.arena;
}

static void hashes_find_their_files(void **state)
{
	(void)state;
	struct error error;
	struct arena *arena = begin(&error);
	char events[400];
	(void)snprintf(events, sizeof events, "N\t\tH\t0/0\nH\t%d/1\t" A "\nR\textrakt/fk1.csv\t7\nH\t%d/0\t" B "\nH\t%d/2\t" A "\nH\t99/0\t" A "\n",
		EXTRACT_FK, EXTRACT_KOMMUN, EXTRACT_FK);
	assert_int_equal(run_take_hashes(&run, events, &error), 0);
	assert_null(fk[0].hash);
	assert_string_equal(fk[1].hash, A);
	assert_string_equal(kommun[0].hash, B);
	assert_int_equal(run_take_hashes(&run, events, &error), 0);
	assert_int_equal(run_take_hashes(&run, NULL, &error), 0);
	assert_int_equal(run_take_hashes(&run, "", &error), 0);
	arena_free(arena);
}

static void another_hash_is_another_file(void **state)
{
	(void)state;
	struct error error;
	struct arena *arena = begin(&error);
	char events[200];
	fk[0].hash = B;
	(void)snprintf(events, sizeof events, "H\t%d/0\t" A "\n", EXTRACT_FK);
	assert_int_equal(run_take_hashes(&run, events, &error), -1);
	assert_int_equal(error.code, EXIT_IO);
	assert_non_null(strstr(error.message[0], "extrakt/fk1.csv was changed while the run read it"));
	assert_string_equal(fk[0].hash, B);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hashes_find_their_files),
		cmocka_unit_test(another_hash_is_another_file),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
