/* Measures of exits within one another. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "stages/protect/rounding/matt_within.h"

static const char *const codes[] = { "AO", "AU", "EF", "SU", "PR", "AR" };
static const struct matt work = { .vid_avslut = { 3, codes } }, study = { .vid_avslut = { 1, codes + 3 } }, either = { .vid_avslut = { 4, codes } },
	seeking = { .vid_avslut = { 1, codes + 5 } }, only_seeking = { .vid_avslut = { 1, codes + 5 }, .utesluter = &either },
	seeking_but_study = { .vid_avslut = { 1, codes + 5 }, .utesluter = &study },
	practice = { .vid_avslut = { 2, codes + 3 }, .utesluter = &seeking }, deep = { .vid_avslut = { 2, codes + 3 }, .utesluter = &seeking_but_study };

static void asks_for_some_of_the_codes(void **state)
{
	(void)state;
	assert_true(matt_within(&work, &either));
	assert_true(matt_within(&study, &either));
	assert_false(matt_within(&either, &work));
	assert_false(matt_within(&work, &study));
	assert_true(matt_within(&work, &work));
}

/* Whoever studies and seeks work is in `study`, in `seeking` and, since seeking is excluded only for who does not study, in `deep`. */
static void what_is_excluded_may_exclude(void **state)
{
	(void)state;
	assert_true(matt_within(&only_seeking, &seeking));
	assert_false(matt_within(&seeking, &only_seeking));
	assert_true(matt_within(&only_seeking, &seeking_but_study));
	assert_false(matt_within(&study, &practice));
	assert_true(matt_within(&study, &deep));
	assert_true(matt_within(&practice, &deep));
	assert_false(matt_within(&deep, &practice));
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(asks_for_some_of_the_codes), cmocka_unit_test(what_is_excluded_may_exclude) };
	return cmocka_run_group_tests_name("matt_within", tests, NULL, NULL);
}
