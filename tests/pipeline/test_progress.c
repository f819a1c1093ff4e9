/* The progress line: what it tells, and what it leaves out because it is not known. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "pipeline/run/progress.h"

static void check(const struct progress_state *state, int columns, const char *wanted)
{
	char line[256];
	progress_line(line, sizeof line, columns, "link", state);
	assert_string_equal(line, wanted);
}

static void rate_and_time_left_follow_from_what_is_done(void **unused)
{
	(void)unused;
	/* 1.2 GB in 4 s is 300 MB/s; the 2.2 GB left take 7.33 s at that */
	struct progress_state state = { PROGRESS_BYTES, 1200000000, 3400000000, 9, 4 };
	check(&state, 100, "link: 1.2 of 3.4 GB, 35 %, 300.0 MB/s, 7 s left");
	state = (struct progress_state){ PROGRESS_ROWS, 500000, 36000000, 1, 1 };
	check(&state, 100, "link: 0.5 of 36.0 million rows, 1 %, 1 s"); /* less than a twentieth: a guess */
	state = (struct progress_state){ PROGRESS_ROWS, 3600000, 36000000, 20, 20 };
	check(&state, 100, "link: 3.6 of 36.0 million rows, 10 %, 180 000 rows/s, 3 min 00 s left");
	state = (struct progress_state){ PROGRESS_PERSONS, 100000, 800000, 100, 1000 };
	check(&state, 100, "link: 100 000 of 800 000 persons, 12 %, 100 persons/s, 1 h 56 min left");
	state = (struct progress_state){ PROGRESS_BYTES, 10, 10, 2, 2 };
	check(&state, 100, "link: 0.0 of 0.0 kB, 100 %, 0.0 kB/s, 0 s left");
}

static void what_is_not_known_is_not_told(void **unused)
{
	(void)unused;
	struct progress_state state = { PROGRESS_ROWS, 0, 0, 75, 75 };
	check(&state, 100, "link: 1 min 15 s");
	state = (struct progress_state){ PROGRESS_ROWS, 0, 1000, 12, 12 };
	check(&state, 100, "link: 0 of 1 000 rows, 0 %, 12 s");
	state = (struct progress_state){ PROGRESS_ROWS, 900, 1000, 12, 0.5 }; /* half a second of counting */
	check(&state, 100, "link: 900 of 1 000 rows, 90 %, 12 s");
	state = (struct progress_state){ PROGRESS_INSATSER, 3, 7, 12, 12 }; /* no two take the same time */
	check(&state, 100, "link: 3 of 7 insatser, 42 %, 12 s");
	state = (struct progress_state){ PROGRESS_ROWS, 1200, 1000, 4, 4 }; /* a file that grew */
	check(&state, 100, "link: 1 000 of 1 000 rows, 100 %, 300 rows/s, 0 s left");
}

static void the_line_is_no_wider_than_the_terminal(void **unused)
{
	(void)unused;
	struct progress_state state = { PROGRESS_BYTES, 1200000000, 3400000000, 9, 4 };
	check(&state, 12, "link: 1.2 of");
	check(&state, 1, "l");
}

static void without_a_terminal_there_is_no_line(void **unused)
{
	(void)unused;
	assert_int_equal(unsetenv("TERM"), 0);
	assert_null(progress_open());
	progress_reset(NULL);
	progress_show(NULL, "link");
	progress_expect(NULL, PROGRESS_ROWS, 3);
	progress_advance(NULL, 1);
	progress_hide(NULL);
	progress_close(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rate_and_time_left_follow_from_what_is_done),
		cmocka_unit_test(what_is_not_known_is_not_told),
		cmocka_unit_test(the_line_is_no_wider_than_the_terminal),
		cmocka_unit_test(without_a_terminal_there_is_no_line),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
