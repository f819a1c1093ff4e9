/* Tests of a person's classes in a year: changes of the set of parties, time on support, flows. */
#include "tests/stages/malgrupp/world.h"

#include "stages/malgrupp/yearly.h"

static struct world world;

static int begin(void **state)
{
	(void)state;
	world_begin(&world);
	world_measure(&world);
	return 0;
}

static int end(void **state)
{
	(void)state;
	world_end(&world);
	return 0;
}

static const char *byten_of(const struct person *person, size_t year)
{
	size_t class;
	return yearly_changes(person, &world.measured.year[year], &class) ? yearly_byten[class] : "-";
}

static const char *tid_of(const struct person *person, size_t year)
{
	size_t class;
	return yearly_support(person, &world.measured.year[year], &class) ? yearly_tid[class] : "-";
}

/* 2019: AF January–March, AF and FK April, FK May, nothing June–July, KOM from August on: changes in April, May, June and
   August. */
static void changes_of_the_set(void **state)
{
	(void)state;
	struct person person = world_person(&world);
	person.active[PARTI_AF] = world_months(JAN19, "1111");
	person.active[PARTI_FK] = world_months(JAN19, "00011");
	person.active[PARTI_KOM] = world_months(JAN19, "000000011111");
	world_derive(&person);
	assert_string_equal(byten_of(&person, Y2019), "3-4");
	assert_string_equal(byten_of(&person, Y2020), "-"); /* no activity in that year */
}

static void the_turn_of_the_year_is_no_change_in_either(void **state)
{
	(void)state;
	struct person person = world_person(&world);
	person.active[PARTI_AF] = world_months(JAN19, "111111111111");
	person.active[PARTI_FK] = world_months(JAN20, "111111");
	world_derive(&person);
	assert_string_equal(byten_of(&person, Y2019), "0");
	assert_string_equal(byten_of(&person, Y2020), "0");
}

static void regions_are_outside_the_set(void **state)
{
	(void)state;
	struct person person = world_person(&world);
	person.active[PARTI_REG] = world_months(JAN19, "101010101010");
	world_derive(&person);
	assert_string_equal(byten_of(&person, Y2019), "-");
	person.active[PARTI_KOM] = world_months(JAN19, "000001");
	world_derive(&person);
	assert_string_equal(byten_of(&person, Y2019), "2");
	person.active[PARTI_KOM] = world_months(JAN19, "000000000001");
	world_derive(&person);
	assert_string_equal(byten_of(&person, Y2019), "1");
	person.active[PARTI_KOM] = world_months(JAN19, "010101");
	world_derive(&person);
	assert_string_equal(byten_of(&person, Y2019), "5+");
}

/* Two parties that change in the same month are one change. */
static void one_change_a_month(void **state)
{
	(void)state;
	struct person person = world_person(&world);
	person.active[PARTI_AF] = world_months(JAN19, "111111");
	person.active[PARTI_FK] = world_months(JAN19, "000000111111");
	world_derive(&person);
	assert_string_equal(byten_of(&person, Y2019), "1");
}

/* Support from October 2018 with a gap in February 2019 to December 2019: 15 months; it goes on to March 2020: 18. */
static void a_run_with_a_gap(void **state)
{
	(void)state;
	struct person person = world_person(&world);
	person.active[PARTI_FK] = world_months(9, "111101111111111");
	world_derive(&person);
	assert_string_equal(tid_of(&person, Y2019), "12-35");
	assert_int_equal(monthset_run(&person.supported, JAN20 - 1), 15);
	monthset_add(&person.active[PARTI_KOM], JAN20, JAN20 + 2);
	world_derive(&person);
	assert_int_equal(monthset_run(&person.supported, JAN20 - 1), 18);
	assert_string_equal(tid_of(&person, Y2020), "0"); /* June 2020 has none */
}

static void eleven_months_and_none(void **state)
{
	(void)state;
	struct person person = world_person(&world);
	person.active[PARTI_KOM] = world_months(JAN19 + 1, "11111111111");
	world_derive(&person);
	assert_string_equal(tid_of(&person, Y2019), "1-11");
	assert_string_equal(tid_of(&person, Y2020), "-");
	person.active[PARTI_REG] = world_months(JAN20, "1"); /* active, without support */
	world_derive(&person);
	assert_string_equal(tid_of(&person, Y2020), "0");
}

/* AF alone is no support; AF with ersattning is. */
static void af_needs_ersattning(void **state)
{
	(void)state;
	struct person person = world_person(&world);
	person.active[PARTI_AF] = monthset_range(JAN19, PANEL - 1);
	world_derive(&person);
	assert_string_equal(tid_of(&person, Y2019), "0");
	struct monthset ersattning = monthset_range(JAN19 + 6, PANEL - 1);
	person_derive(&person, &ersattning, MONTHSET_WORDS);
	assert_string_equal(tid_of(&person, Y2019), "12-35"); /* on to June 2020: 12 months */
}

/* A change differs from the month before, which the panel's first has not; REG makes none. */
static void changes(void **state)
{
	(void)state;
	static const struct monthset none;
	struct person person = world_person(&world);
	struct monthset expected = world_months(0, "00111");
	person.active[PARTI_AF] = world_months(0, "1101");
	person.active[PARTI_REG] = world_months(0, "0100000001");
	person_derive(&person, &none, 1);
	world_same(&person.changed, &expected);
	person.active[PARTI_AF] = (struct monthset){ { 0 } };
	person.active[PARTI_FK] = monthset_range(64, 127); /* on and off at word limits */
	person.active[PARTI_KOM] = monthset_range(63, 64);
	person_derive(&person, &none, MONTHSET_WORDS);
	assert_int_equal(monthset_count(&person.changed), 4);
	static const int months[] = { 63, 64, 65, 128 };
	for (size_t i = 0; i < 4; i++)
		assert_true(monthset_has(&person.changed, months[i]));
}

static void flows(void **state)
{
	(void)state;
	size_t fran = 0, till = 0;
	struct person person = world_person(&world);
	assert_false(yearly_flow(&person, &world.measured.year[Y2019], &fran, &till)); /* INGEN to INGEN */
	person.active[PARTI_AF] = world_months(JAN19 - 1, "1");
	person.active[PARTI_REG] = world_months(JAN20 - 1, "1");
	person.active[PARTI_KOM] = world_months(JAN20 - 1, "10000001"); /* July 2020 lies outside */
	assert_true(yearly_flow(&person, &world.measured.year[Y2019], &fran, &till));
	assert_int_equal(fran, 1 << PARTI_AF);
	assert_int_equal(till, 1 << PARTI_KOM | 1 << PARTI_REG);
	assert_true(yearly_flow(&person, &world.measured.year[Y2020], &fran, &till));
	assert_int_equal(fran, 1 << PARTI_KOM | 1 << PARTI_REG);
	assert_int_equal(till, 0);
}

static void no_flow_when_the_month_before_lies_outside_the_panel(void **state)
{
	(void)state;
	size_t fran, till;
	world.settings.historik_from = date_month(2019, 1);
	world_measure(&world);
	struct person person = world_person(&world);
	person.active[PARTI_AF] = monthset_range(0, 17);
	assert_false(yearly_flow(&person, &world.measured.year[Y2019], &fran, &till));
	assert_true(yearly_flow(&person, &world.measured.year[Y2020], &fran, &till));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(changes_of_the_set, begin, end),
		cmocka_unit_test_setup_teardown(the_turn_of_the_year_is_no_change_in_either, begin, end),
		cmocka_unit_test_setup_teardown(regions_are_outside_the_set, begin, end),
		cmocka_unit_test_setup_teardown(one_change_a_month, begin, end),
		cmocka_unit_test_setup_teardown(a_run_with_a_gap, begin, end),
		cmocka_unit_test_setup_teardown(eleven_months_and_none, begin, end),
		cmocka_unit_test_setup_teardown(af_needs_ersattning, begin, end),
		cmocka_unit_test_setup_teardown(changes, begin, end),
		cmocka_unit_test_setup_teardown(flows, begin, end),
		cmocka_unit_test_setup_teardown(no_flow_when_the_month_before_lies_outside_the_panel, begin, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
