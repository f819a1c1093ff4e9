/* Tests of which sources the settings need. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "pipeline/table/schema/schema.h"
#include "stages/ingest/need.h"

#define BIT(extract) (1U << EXTRACT_##extract)
#define THREE (BIT(FK) | BIT(AF) | BIT(KOMMUN))

static unsigned needed(const struct settings *settings)
{
	unsigned sources = 0;
	for (unsigned i = 0; i < EXTRACTS; i++) {
		char why[NEED_TEXT];
		if (need_extract(settings, i, why)) {
			assert_true(strlen(why) > 3);
			sources |= 1U << i;
		}
	}
	return sources;
}

static unsigned needed_by_malgrupp(const struct malgrupp *malgrupp)
{
	const struct settings settings = { .malgrupp_count = 1, .malgrupp = malgrupp };
	return needed(&settings);
}

static void test_malgrupp(void **state)
{
	(void)state;
	const char *const word[] = { "x" };
	const struct words one = { 1, word };
	assert_int_equal(needed_by_malgrupp(&(struct malgrupp){ .name = "a", .kon = one, .kommun = one }), 0);
	assert_int_equal(needed_by_malgrupp(&(struct malgrupp){ .name = "a", .fk = one }), BIT(FK));
	assert_int_equal(needed_by_malgrupp(&(struct malgrupp){ .name = "a", .diagnos = one }), BIT(FK));
	assert_int_equal(needed_by_malgrupp(&(struct malgrupp){ .name = "a", .af = one }), BIT(AF));
	assert_int_equal(needed_by_malgrupp(&(struct malgrupp){ .name = "a", .af_ersattning = one }), BIT(AF));
	assert_int_equal(needed_by_malgrupp(&(struct malgrupp){ .name = "a", .kom = true }), BIT(KOMMUN));
	assert_int_equal(needed_by_malgrupp(&(struct malgrupp){ .name = "a", .kom_hinder = one }), BIT(KOMMUN));
	assert_int_equal(needed_by_malgrupp(&(struct malgrupp){ .name = "a", .reg_vardform = one }), BIT(REGION));
	assert_int_equal(needed_by_malgrupp(&(struct malgrupp){ .name = "a", .minst_parter = 2 }), THREE);
	assert_int_equal(needed_by_malgrupp(&(struct malgrupp){ .name = "a", .byten = 4, .byten_manader = 24 }), THREE);
	assert_int_equal(needed_by_malgrupp(&(struct malgrupp){ .name = "a",
				 .parter = 1U << PARTI_AF | 1U << PARTI_REG }), BIT(AF) | BIT(REGION));
}

static unsigned needed_by_insats(const struct insats *insats, bool kalkyl, enum underlag underlag)
{
	const struct settings settings = { .insats_count = 1, .insats = insats, .has_kalkyl = kalkyl,
		.underlag = underlag };
	return needed(&settings);
}

static void test_insats(void **state)
{
	(void)state;
	const struct insats personal = { .name = "a" }, anonymous = { .name = "a", .registration = REGISTRATION_ANONYMOUS },
			    volume = { .name = "a", .registration = REGISTRATION_VOLUME };
	assert_int_equal(needed_by_insats(&personal, false, UNDERLAG_EXTRAKT), BIT(SUS));
	assert_int_equal(needed_by_insats(&anonymous, false, UNDERLAG_EXTRAKT), BIT(SUS));
	assert_int_equal(needed_by_insats(&volume, false, UNDERLAG_EXTRAKT), BIT(VOLYM));
	assert_int_equal(needed_by_insats(&personal, true, UNDERLAG_EXTRAKT), BIT(SUS) | BIT(PRISLISTA) | THREE);
	assert_int_equal(needed_by_insats(&personal, true, UNDERLAG_SUS), BIT(SUS) | BIT(PRISLISTA));
	assert_int_equal(needed_by_insats(&anonymous, true, UNDERLAG_EXTRAKT), BIT(SUS) | BIT(PRISLISTA));
	assert_int_equal(needed_by_insats(&volume, true, UNDERLAG_EXTRAKT), BIT(VOLYM) | BIT(PRISLISTA));
}

static void test_goals(void **state)
{
	(void)state;
	static const struct {
		enum goal_measure measure;
		unsigned source;
	} cases[] = { { GOAL_ENKAT, BIT(ENKAT) }, { GOAL_KOTID, BIT(INTRESSE) }, { GOAL_KOSTNAD, BIT(EKONOMI) },
		{ GOAL_DELTAGARE, 0 }, { GOAL_MATT, 0 }, { GOAL_KONSFORDELNING, 0 } };
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct goal goals[] = { { .measure = GOAL_NYA }, { .measure = cases[i].measure } };
		const struct insats insats = { .name = "a", .goals = 2, .goal = goals };
		assert_int_equal(needed_by_insats(&insats, false, UNDERLAG_EXTRAKT), BIT(SUS) | cases[i].source);
	}
}

static void test_nothing(void **state)
{
	(void)state;
	assert_int_equal(needed(&(struct settings){ .has_kalkyl = false }), 0);
	assert_int_equal(needed(&(struct settings){ .has_kalkyl = true }), BIT(PRISLISTA));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_malgrupp),
		cmocka_unit_test(test_insats),
		cmocka_unit_test(test_goals),
		cmocka_unit_test(test_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
