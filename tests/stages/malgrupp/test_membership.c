/* Tests of who belongs to a target group: each key of a målgrupp section, one at a time and joined. */
#include "tests/stages/malgrupp/world.h"

#include "stages/malgrupp/membership.h"

enum { SP, RP, SE, AE, AA };   /* positions in fk_forman */
enum { NO_TEXT, F43, F32, M54 }; /* texts of both files */

#define WORDS(name, ...) \
	static const char *const name##_words[] = { __VA_ARGS__ }; \
	static const struct words name = { sizeof name##_words / sizeof *name##_words, name##_words }

static struct world world;
static struct malgrupp groups[2]; /* the one at test, and one that it may leave out */
static struct person person;

static int begin(void **state)
{
	(void)state;
	world_begin(&world);
	memset(groups, 0, sizeof groups);
	for (int i = 0; i < 2; i++)
		groups[i].age_from = groups[i].age_to = -1;
	world.settings.malgrupp_count = 2;
	world.settings.malgrupp = groups;
	world_measure(&world);
	person = world_person(&world);
	return 0;
}

static int end(void **state)
{
	(void)state;
	world_end(&world);
	return 0;
}

#define MANY 70 /* more rules than are looked at together */

/* The months of a group must be these, from January 2019 on. */
static void expect_of(size_t group, const char *bits)
{
	static const char *const text[] = { "", "F43", "F32", "M54" };
	const struct membership_texts texts = { 4, text };
	const struct membership_lists lists = { .fk_forman = codelist_load("fk_forman", world.arena, &world.error),
		.ersattning = codelist_load("ersattning", world.arena, &world.error),
		.hinder = codelist_load("forsorjningshinder", world.arena, &world.error),
		.vardform = codelist_load("vardform", world.arena, &world.error), .kon = world.kon };
	struct membership membership;
	struct monthset result[2 * MANY];
	bool done[2 * MANY];
	world_derive(&person);
	assert_int_equal(membership_init(&membership, &world.measured, &lists, &texts, &texts, world.arena, &world.error), 0);
	assert_true(membership_room(&membership) <= 2 * MANY);
	membership_months(&membership, &person, result, done);
	struct monthset expected = world_months(JAN19, bits);
	world_same(&result[group], &expected);
}

static void expect(const char *bits)
{
	expect_of(0, bits);
}

static const char all[] = "111111111111111111";

static void no_condition_holds_always(void **state)
{
	(void)state;
	expect(all);
	person.measured[Y2019] = false;
	expect("000000000000111111");
}

/* Each from another age on: 35, 34 … 30 years the last of them. */
static void many_groups(void **state)
{
	(void)state;
	struct malgrupp many[MANY];
	for (int i = 0; i < MANY; i++) {
		many[i] = groups[0];
		many[i].age_from = 99 - i;
		many[i].age_to = 120;
	}
	world.settings.malgrupp_count = MANY;
	world.settings.malgrupp = many;
	expect_of(MANY - 7, "000000000000000000");
	expect_of(MANY - 6, "000000000000111111");
	expect_of(MANY - 5, all);
	expect_of(MANY - 1, all);
}

/* Born 1985: 34 in 2019, 35 in 2020. */
static void alder(void **state)
{
	(void)state;
	groups[0].age_from = 16;
	groups[0].age_to = 34;
	expect("111111111111");
	groups[0].age_from = 35;
	groups[0].age_to = 64;
	expect("000000000000111111");
}

static void kon(void **state)
{
	(void)state;
	WORDS(men, "M");
	WORDS(women, "K", "X");
	groups[0].kon = men;
	expect("");
	groups[0].kon = women;
	expect(all);
}

/* Two groups that ask the same have the same months; one that differs in a single condition has its own. */
static void groups_alike(void **state)
{
	(void)state;
	WORDS(one, "1440");
	WORDS(same, "1440");
	WORDS(other, "1482");
	groups[0].kommun = one;
	groups[1].kommun = same;
	expect_of(1, all);
	groups[1].kommun = other;
	expect_of(1, "");
	groups[1].kommun = same;
	groups[1].age_from = 16;
	groups[1].age_to = 34;
	expect_of(1, "111111111111");
	expect(all);
}

static void kommun(void **state)
{
	(void)state;
	WORDS(one, "1482", "0180");
	groups[0].kommun = one;
	expect("");
	person.place[Y2020].kommun = KUNGALV; /* moved */
	expect("000000000000111111");
}

static void fk(void **state)
{
	(void)state;
	WORDS(two, "SP", "SE");
	struct fk_spell spells[] = { { .from = JAN18, .to = JAN19 + 1, .forman = SP }, { .from = JAN19 + 4, .to = JAN19 + 4, .forman = SE },
		{ .from = JAN19 + 6, .to = JAN19 + 9, .forman = AE } };
	groups[0].fk = two;
	person.fk = spells;
	person.fk_count = 3;
	expect("11001");
}

/* AA holds in the month of `fran` and the 11 after it, whatever its end. */
static void fk_rejection(void **state)
{
	(void)state;
	WORDS(rejection, "AE", "AA");
	struct fk_spell spells[] = { { .from = JAN19 - 6, .to = JAN19 - 6, .forman = AA }, { .from = JAN20, .to = PANEL + 5, .forman = AA } };
	groups[0].fk = rejection;
	person.fk = spells;
	person.fk_count = 2;
	expect("111111000000111111");
	spells[1].from = JAN19 - 20; /* before the panel: until July 2018 */
	expect("111111");
}

static void af(void **state)
{
	(void)state;
	WORDS(two, "11", "70");
	struct af_spell spells[] = { { .from = JAN19 + 2, .to = JAN19 + 3, .sokandekategori = 70, .ersattning = CODE_NONE },
		{ .from = JAN19 + 6, .to = JAN19 + 9, .sokandekategori = 21, .ersattning = CODE_NONE } };
	groups[0].af = two;
	person.af = spells;
	person.af_count = 2;
	expect("0011");
}

static void af_ersattning(void **state)
{
	(void)state;
	WORDS(activity, "AS");
	struct af_spell spells[] = { { .from = JAN19 + 2, .to = JAN19 + 3, .sokandekategori = 70, .ersattning = 1 },
		{ .from = JAN19, .to = JAN19 + 9, .sokandekategori = 70, .ersattning = 0 },
		{ .from = JAN19, .to = JAN19 + 9, .sokandekategori = 11, .ersattning = CODE_NONE } };
	groups[0].af_ersattning = activity;
	person.af = spells;
	person.af_count = 3;
	expect("0011");
}

static void kom(void **state)
{
	(void)state;
	groups[0].kom = true;
	person.active[PARTI_KOM] = world_months(JAN19, "0101");
	expect("0101");
}

/* A row of 0 kr meets the hinder, though it is no activity. */
static void kom_hinder(void **state)
{
	(void)state;
	WORDS(sick, "SJ1", "SJ2");
	const struct codelist *list = codelist_load("forsorjningshinder", world.arena, &world.error);
	uint16_t sj1 = codelist_find(list, "SJ1", 3), al1 = codelist_find(list, "AL1", 3);
	struct bistand rows[] = { { .month = JAN19, .hinder = sj1 }, { .month = JAN19 + 1, .hinder = al1, .belopp = 5 },
		{ .month = JAN19 + 2, .hinder = CODE_NONE, .belopp = 5 }, { .month = JAN19 + 3, .hinder = sj1, .belopp = 5 } };
	groups[0].kom_hinder = sick;
	person.bistand = rows;
	person.bistand_count = 4;
	expect("1001");
}

static void reg_vardform(void **state)
{
	(void)state;
	WORDS(closed, "SV");
	const struct codelist *list = codelist_load("vardform", world.arena, &world.error);
	struct kontakt rows[] = { { .month = JAN19 + 1, .vardform = codelist_find(list, "SV", 2) },
		{ .month = JAN19 + 2, .vardform = codelist_find(list, "PV", 2) }, { .month = JAN19 + 3, .vardform = CODE_NONE } };
	groups[0].reg_vardform = closed;
	person.kontakt = rows;
	person.kontakt_count = 3;
	expect("01");
}

static void diagnos(void **state)
{
	(void)state;
	WORDS(mental, "F4", "G");
	struct fk_spell spells[] = { { .from = JAN19, .to = JAN19 + 1, .forman = SP, .diagnos = F43 },
		{ .from = JAN19 + 2, .to = JAN19 + 2, .forman = SP, .diagnos = F32 } };
	struct kontakt rows[] = { { .month = JAN19 + 4, .vardform = CODE_NONE, .diagnos = F43 },
		{ .month = JAN19 + 5, .vardform = CODE_NONE, .diagnos = M54 }, { .month = JAN19 + 6, .vardform = CODE_NONE } };
	groups[0].diagnos = mental;
	person.fk = spells;
	person.fk_count = 2;
	person.kontakt = rows;
	person.kontakt_count = 3;
	expect("11001");
}

static void parter(void **state)
{
	(void)state;
	person.active[PARTI_AF] = world_months(JAN19, "11110000");
	person.active[PARTI_FK] = world_months(JAN19, "01100010");
	person.active[PARTI_KOM] = world_months(JAN19, "00100011");
	person.active[PARTI_REG] = world_months(JAN19, "00100001");
	groups[0].parter = 1U << PARTI_AF | 1U << PARTI_FK; /* active at both */
	expect("0110");
	groups[0].parter = 0;
	groups[0].minst_parter = 1;
	expect("11110011");
	groups[0].minst_parter = 2;
	expect("01100011");
	groups[0].minst_parter = 3;
	expect("001");
	groups[0].minst_parter = 4;
	expect("001");
}

/* Sick October–December 2018, not January, February–March 2019, then two months off, then June on: the run of six months
   counts the gap of one. */
static void sammanhangande_manader(void **state)
{
	(void)state;
	WORDS(sick, "SP");
	struct fk_spell spells[] = { { .from = 9, .to = 11, .forman = SP }, { .from = 13, .to = 14, .forman = SP },
		{ .from = 17, .to = PANEL - 1, .forman = SP } };
	groups[0].fk = sick;
	person.fk = spells;
	person.fk_count = 3;
	groups[0].sammanhangande_manader = 5;
	expect("011000000111111111"); /* February is the fifth, January itself is none; October again */
	groups[0].sammanhangande_manader = 6;
	expect("001000000011111111");
	groups[0].sammanhangande_manader = 7;
	expect("000000000001111111");
	spells[0].from = -5; /* months before the panel are not known */
	groups[0].sammanhangande_manader = 15;
	expect("001000000000000000");
	groups[0].sammanhangande_manader = 16;
	expect("");
}

/* The run is made of the other conditions joined, without ålder, kön and kommun: who turns 35 in 2020 has been sick all of
   2019. */
static void a_run_may_begin_at_another_age(void **state)
{
	(void)state;
	WORDS(sick, "SP");
	struct fk_spell spells[] = { { .from = JAN19 + 6, .to = PANEL - 1, .forman = SP } };
	groups[0].fk = sick;
	groups[0].age_from = groups[0].age_to = 35;
	groups[0].sammanhangande_manader = 9;
	person.fk = spells;
	person.fk_count = 1;
	expect("000000000000001111"); /* July 2019 is the first, March 2020 the ninth */
	groups[0].minst_parter = 1;   /* joined by and: no months of activity at all */
	expect("");
	person.active[PARTI_FK] = monthset_range(JAN19 + 8, PANEL - 1);
	expect("000000000000000011");
}

/* AF until February, nothing in March, FK from April: changes in January, March and April. */
static void byten(void **state)
{
	(void)state;
	person.active[PARTI_AF] = world_months(JAN19, "11");
	person.active[PARTI_FK] = world_months(JAN19, "000111111111111111");
	groups[0].byten = 1;
	groups[0].byten_manader = 2; /* a change needs both months inside */
	expect("1011");
	groups[0].byten = 2;
	groups[0].byten_manader = 3;
	expect("0001");
	groups[0].byten_manader = 4; /* three pairs of months */
	expect("00111");
	groups[0].byten = 3;
	groups[0].byten_manader = 5;
	expect("0001");
	groups[0].byten_manader = 24;
	expect("000111111111111111");
}

/* Activity in the panel's first month is no change: what was before is not known. */
static void no_change_into_the_panel(void **state)
{
	(void)state;
	person.active[PARTI_AF] = monthset_range(0, PANEL - 1);
	groups[0].byten = 1;
	groups[0].byten_manader = 24;
	expect("");
}

static void inte_malgrupp(void **state)
{
	(void)state;
	groups[0].kom = true;
	groups[0].inte = &groups[1];
	groups[1].minst_parter = 2;
	groups[1].age_from = groups[1].age_to = 34; /* 2019 alone */
	person.active[PARTI_KOM] = monthset_range(JAN19, PANEL - 1);
	person.active[PARTI_AF] = monthset_range(JAN19 + 3, PANEL - 1);
	expect("111000000000111111");
}

static void conditions_are_joined_by_and(void **state)
{
	(void)state;
	WORDS(sick, "SP");
	struct fk_spell spells[] = { { .from = JAN19, .to = JAN19 + 5, .forman = SP } };
	groups[0].fk = sick;
	groups[0].kom = true;
	person.fk = spells;
	person.fk_count = 1;
	person.active[PARTI_KOM] = world_months(JAN19, "00001111");
	expect("000011");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(no_condition_holds_always, begin, end),
		cmocka_unit_test_setup_teardown(alder, begin, end),
		cmocka_unit_test_setup_teardown(many_groups, begin, end),
		cmocka_unit_test_setup_teardown(kon, begin, end),
		cmocka_unit_test_setup_teardown(groups_alike, begin, end),
		cmocka_unit_test_setup_teardown(kommun, begin, end),
		cmocka_unit_test_setup_teardown(fk, begin, end),
		cmocka_unit_test_setup_teardown(fk_rejection, begin, end),
		cmocka_unit_test_setup_teardown(af, begin, end),
		cmocka_unit_test_setup_teardown(af_ersattning, begin, end),
		cmocka_unit_test_setup_teardown(kom, begin, end),
		cmocka_unit_test_setup_teardown(kom_hinder, begin, end),
		cmocka_unit_test_setup_teardown(reg_vardform, begin, end),
		cmocka_unit_test_setup_teardown(diagnos, begin, end),
		cmocka_unit_test_setup_teardown(parter, begin, end),
		cmocka_unit_test_setup_teardown(sammanhangande_manader, begin, end),
		cmocka_unit_test_setup_teardown(a_run_may_begin_at_another_age, begin, end),
		cmocka_unit_test_setup_teardown(byten, begin, end),
		cmocka_unit_test_setup_teardown(no_change_into_the_panel, begin, end),
		cmocka_unit_test_setup_teardown(inte_malgrupp, begin, end),
		cmocka_unit_test_setup_teardown(conditions_are_joined_by_and, begin, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
