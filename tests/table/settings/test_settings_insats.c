/* Tests of what forbund.ini says of mått, insatser and their goals: the contract's example, every key, every form of a goal. */
#include "tests/table/settings_text.h"

static void example_insats(void **state)
{
	(void)state;
	const struct settings *s = read_well(example, NULL);
	assert_int_equal(s->matt_count, 2);
	assert_string_equal(s->matt[0].name, "egen försörjning");
	assert_int_equal(s->matt[0].line, 23);
	words_are(s->matt[0].vid_avslut, "AO AU EF SU");
	assert_null(s->matt[0].utesluter);
	assert_string_equal(s->matt[1].name, "till arbetsmarknadens förfogande");
	words_are(s->matt[1].vid_avslut, "AR");
	assert_ptr_equal(s->matt[1].utesluter, &s->matt[0]);
	assert_int_equal(s->insats_count, 1);
	const struct insats *insats = s->insats;
	assert_string_equal(insats->name, "Balder");
	assert_int_equal(insats->line, 41);
	assert_int_equal(insats->registration, REGISTRATION_PERSONAL);
	assert_ptr_equal(insats->malgrupp, &s->malgrupp[1]);
	assert_int_equal(insats->maxtid_months, 12);
	assert_string_equal(insats->risk, "låg");
	assert_string_equal(insats->effekt, "hög");
	assert_null(insats->inriktning);
	assert_null(insats->ingar_i);
}

static void goal_is(const struct goal *goal, struct goal expected)
{
	assert_string_equal(goal->matt_namn, expected.matt_namn);
	assert_string_equal(goal->krav, expected.krav);
	assert_int_equal(goal->measure, expected.measure);
	assert_int_equal(goal->within_months, expected.within_months);
	assert_int_equal(goal->form, expected.form);
	assert_int_equal(goal->base, expected.base);
	assert_int_equal(goal->unit, expected.unit);
	same(goal->low, expected.low);
	same(goal->high, expected.high);
}

static void example_goals(void **state)
{
	(void)state;
	const struct settings *s = read_well(example, NULL);
	const struct insats *insats = s->insats;
	assert_int_equal(insats->goals, 4);
	goal_is(&insats->goal[0], (struct goal){ .matt_namn = "deltagare", .krav = "minst 80", .measure = GOAL_DELTAGARE,
		.form = GOAL_MINST, .base = GOAL_NUMBER, .unit = GOAL_UNIT_COUNT, .low = 80 });
	goal_is(&insats->goal[1], (struct goal){ .matt_namn = "egen försörjning", .krav = "minst 30 % av avslutade",
		.measure = GOAL_MATT, .form = GOAL_MINST, .base = GOAL_AV_AVSLUTADE, .unit = GOAL_UNIT_PER_CENT, .low = 30 });
	goal_is(&insats->goal[2], (struct goal){ .matt_namn = "könsfördelning", .krav = "40–60 % av deltagare",
		.measure = GOAL_KONSFORDELNING, .form = GOAL_MELLAN, .base = GOAL_AV_DELTAGARE,
		.unit = GOAL_UNIT_PER_CENT, .low = 40, .high = 60 });
	goal_is(&insats->goal[3], (struct goal){ .matt_namn = "egen försörjning inom 24 månader",
		.krav = "minst 30 % av startade", .measure = GOAL_MATT, .within_months = 24, .form = GOAL_MINST,
		.base = GOAL_AV_STARTADE, .unit = GOAL_UNIT_PER_CENT, .low = 30 });
	for (size_t i = 0; i < 4; i++) {
		assert_int_equal(insats->goal[i].line, 47 + (int)i);
		assert_ptr_equal(insats->goal[i].matt, i % 2 == 1 ? &s->matt[0] : NULL);
	}
}

static void insats_keys(void **state)
{
	(void)state;
	const struct settings *s = read_well(LEAST
		"[insats Del]\ningår i = Hel\nregistrering = anonym\ninriktning = STR\nrisk = hög\neffekt = medel\n"
		"[insats Hel]\nregistrering = volym\nmål = deltagare: minst 5\nmål = könsfördelning: 40–60 %\n"
		"mål = kostnad per deltagare: högst 900 kr\n", NULL);
	assert_ptr_equal(s->insats[0].ingar_i, &s->insats[1]);
	assert_int_equal(s->insats[0].registration, REGISTRATION_ANONYMOUS);
	assert_string_equal(s->insats[0].inriktning, "STR");
	assert_string_equal(s->insats[0].risk, "hög");
	assert_string_equal(s->insats[0].effekt, "medel");
	assert_int_equal(s->insats[0].goals, 0);
	assert_int_equal(s->insats[1].registration, REGISTRATION_VOLUME);
	assert_int_equal(s->insats[1].goals, 3);
	assert_int_equal(settings_insats(s, "Hel"), 1);
	assert_true(settings_insats(s, "hel") == SIZE_MAX);
}

/* A goal of an insats in a file that also holds [mått arbete]. */
static const struct goal *goal_of(const char *text)
{
	char file[1024];
	(void)snprintf(file, sizeof file, LEAST "[insats A]\nmål = %s\n[mått arbete]\nvid avslut = AO\n", text);
	const struct settings *settings = read_well(file, NULL);
	assert_int_equal(settings->insats[0].goals, 1);
	return settings->insats[0].goal;
}

static void goal_forms(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		enum goal_measure measure;
		enum goal_form form;
		enum goal_base base;
		enum goal_unit unit;
		double low, high;
	} cases[] = {
		{ "nya: minst 1 200", GOAL_NYA, GOAL_MINST, GOAL_NUMBER, GOAL_UNIT_COUNT, 1200, 0 },
		{ "avslutade: högst 40", GOAL_AVSLUTADE, GOAL_HOGST, GOAL_NUMBER, GOAL_UNIT_COUNT, 0, 40 },
		{ "deltagare: cirka 100 ± 10 %", GOAL_DELTAGARE, GOAL_CIRKA, GOAL_NUMBER, GOAL_UNIT_COUNT, 90, 110 },
		{ "deltagare:cirka 100+-5%", GOAL_DELTAGARE, GOAL_CIRKA, GOAL_NUMBER, GOAL_UNIT_COUNT, 95, 105 },
		{ "deltagare: 90-110", GOAL_DELTAGARE, GOAL_MELLAN, GOAL_NUMBER, GOAL_UNIT_COUNT, 90, 110 },
		{ "könsfördelning: 40 – 60 %", GOAL_KONSFORDELNING, GOAL_MELLAN, GOAL_AV_DELTAGARE, GOAL_UNIT_PER_CENT, 40, 60 },
		{ "könsfördelning: 40 %–60%", GOAL_KONSFORDELNING, GOAL_MELLAN, GOAL_AV_DELTAGARE, GOAL_UNIT_PER_CENT, 40, 60 },
		{ "könsfördelning: cirka 50 ± 20 % av avslutade", GOAL_KONSFORDELNING, GOAL_CIRKA, GOAL_AV_AVSLUTADE,
			GOAL_UNIT_PER_CENT, 40, 60 },
		{ "enkät vid start och avslut: minst 40", GOAL_ENKAT, GOAL_MINST, GOAL_NUMBER, GOAL_UNIT_COUNT, 40, 0 },
		{ "enkät vid start och avslut: minst 100 % av avslutade", GOAL_ENKAT, GOAL_MINST, GOAL_AV_AVSLUTADE,
			GOAL_UNIT_PER_CENT, 100, 0 },
		{ "kostnad per deltagare: högst 25 000,50 kr", GOAL_KOSTNAD, GOAL_HOGST, GOAL_NUMBER, GOAL_UNIT_KR, 0, 25000.5 },
		{ "kostnad per deltagare: högst 25000", GOAL_KOSTNAD, GOAL_HOGST, GOAL_NUMBER, GOAL_UNIT_KR, 0, 25000 },
		{ "kötid: högst 3,5 månader", GOAL_KOTID, GOAL_HOGST, GOAL_NUMBER, GOAL_UNIT_MONTHS, 0, 3.5 },
		{ "kötid: 2–4 månader", GOAL_KOTID, GOAL_MELLAN, GOAL_NUMBER, GOAL_UNIT_MONTHS, 2, 4 },
		{ "kötid: cirka 3 ± 50 % månader", GOAL_KOTID, GOAL_CIRKA, GOAL_NUMBER, GOAL_UNIT_MONTHS, 1.5, 4.5 },
		{ "arbete: minst 10", GOAL_MATT, GOAL_MINST, GOAL_NUMBER, GOAL_UNIT_COUNT, 10, 0 },
		{ "arbete: 25–35 % av deltagare", GOAL_MATT, GOAL_MELLAN, GOAL_AV_DELTAGARE, GOAL_UNIT_PER_CENT, 25, 35 },
		{ "arbete: cirka 30 % ± 10 % av startade", GOAL_MATT, GOAL_CIRKA, GOAL_AV_STARTADE, GOAL_UNIT_PER_CENT, 27, 33 },
		{ "arbete inom 1 månad: minst 12,5% av avslutade", GOAL_MATT, GOAL_MINST, GOAL_AV_AVSLUTADE,
			GOAL_UNIT_PER_CENT, 12.5, 0 },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct goal *goal = goal_of(cases[i].text);
		assert_int_equal(goal->measure, cases[i].measure);
		assert_int_equal(goal->form, cases[i].form);
		assert_int_equal(goal->base, cases[i].base);
		assert_int_equal(goal->unit, cases[i].unit);
		same(goal->low, cases[i].low);
		same(goal->high, cases[i].high);
	}
	const struct goal *goal = goal_of("arbete  inom\xC2\xA0" "6 månader :  minst  5 ");
	assert_int_equal(goal->within_months, 6);
	assert_string_equal(goal->matt_namn, "arbete inom 6 månader");
	assert_string_equal(goal->krav, "minst 5");
}

/* A measure may have a colon or "inom" in its name. */
static void measure_names(void **state)
{
	(void)state;
	const struct settings *s = read_well(LEAST
		"[mått jobb: fast inom 6 månader]\nvid avslut = AO\n[insats A]\n"
		"mål = jobb: fast inom 6 månader: minst 5\nmål = jobb: fast inom 6 månader inom 12 månader: minst 5\n", NULL);
	const struct goal *goal = s->insats[0].goal;
	assert_ptr_equal(goal[0].matt, &s->matt[0]);
	assert_int_equal(goal[0].within_months, 0);
	assert_ptr_equal(goal[1].matt, &s->matt[0]);
	assert_int_equal(goal[1].within_months, 12);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(example_insats, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(example_goals, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(insats_keys, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(goal_forms, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(measure_names, arena_begin, arena_end),
	};
	return cmocka_run_group_tests(tests, files_begin, files_end);
}
