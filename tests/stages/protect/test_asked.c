/* Tests of what a målgrupp asks for. */
#include "stages/protect/asked.h"

#include "tests/stages/protect/cubes.h"

#define WORDS(of) { sizeof of / sizeof *of, of }

static const char *const women[] = { "K" }, *const kommuner[] = { "1440", "1482" }, *const sick[] = { "AE", "RP", "SE", "SP" },
	*const some[] = { "SP", "RP", "SE" }, *const young[] = { "SP", "RP", "SE", "AE", "AA" };

/* All four förmåner of FK are activity there; with AA, which is none, they are another condition. */
static void asks_for_parts_alone(void **state)
{
	(void)state;
	const struct malgrupp all = { .fk = WORDS(sick) }, few = { .fk = WORDS(some) }, idle = { .fk = WORDS(young) };
	assert_false(asked_more(&all));
	assert_int_equal(asked_parts(&all), 1U << PARTI_FK);
	assert_true(asked_more(&few));
	assert_int_equal(asked_parts(&few), 1U << PARTI_FK);
	assert_true(asked_more(&idle));
	assert_int_equal(asked_parts(&idle), 0);
}

/* Kön and kommun leave others out, and nobody of those named. */
static void leaves_others_out(void **state)
{
	(void)state;
	const struct malgrupp everybody = { .minst_parter = 2 }, few = { .minst_parter = 2, .kon = WORDS(women), .kommun = WORDS(kommuner) };
	assert_false(asked_more(&few));
	assert_true(asked_of(&everybody, "TOT", "TOT"));
	assert_true(asked_of(&few, "1482", "K"));
	assert_false(asked_of(&few, "1482", "M"));
	assert_false(asked_of(&few, "1407", "K"));
	assert_false(asked_of(&few, "1482", "TOT"));
	assert_false(asked_of(&few, "TOT", "K"));
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(asks_for_parts_alone), cmocka_unit_test(leaves_others_out) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
