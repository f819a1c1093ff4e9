/* Tests of forbund.ini: the contract's example value by value, defaults, every way to write a value, questions to the settings, and
   mutations of the example, which may fail but never crash. Insatser and goals: test_settings_insats.c. */
#include "tests/table/settings_text.h"

#include "pipeline/base/date.h"

/* ---- the example ---- */

static void example_forbund(void **state)
{
	(void)state;
	const struct settings *s = read_well(example, NULL);
	assert_string_equal(s->path, "forbund.ini");
	assert_string_equal(s->namn, "Exempelförbundet");
	assert_int_equal(s->kommuner_count, 2);
	assert_int_equal(s->kommuner[0].from, INT32_MIN);
	words_are(s->kommuner[0].codes, "1440 1482 1415 1419");
	assert_int_equal(s->kommuner[1].from, date_day(2018, 1, 1));
	words_are(s->kommuner[1].codes, "1440 1482 1415 1419 1407");
	assert_int_equal(s->period_from, date_day(2018, 1, 1));
	assert_int_equal(s->period_to, date_day(2018, 8, 31));
	assert_int_equal(s->historik_from, date_month(2013, 1));
	assert_int_equal(s->uttagsdatum, date_day(2018, 8, 31));
	assert_true(s->gemensam_nyckel);
	assert_int_equal(s->minsta_antal, 5);
	assert_int_equal(s->age_groups, 7);
	static const int from[] = { 16, 20, 25, 30, 40, 50, 60 }, to[] = { 19, 24, 29, 39, 49, 59, 64 };
	for (size_t i = 0; i < 7; i++) {
		assert_int_equal(s->age_group[i].from, from[i]);
		assert_int_equal(s->age_group[i].to, to[i]);
	}
	same(s->konfidensgrad, 0.95);
	same(s->dominans, 0.10);
	assert_string_equal(s->licens, "CC0-1.0");
	assert_int_equal(s->kalla_count, 0);
	same(s->avvisade, 0.01);
	assert_int_equal(s->avvisade_rader, 1);
	same(s->drift_rader, 0.20);
	same(s->drift_saknade, 0.05);
	assert_int_equal(s->behall_natter, 14);
	assert_int_equal(s->behall_manader, 24);
}

static void example_kalkyl(void **state)
{
	(void)state;
	const struct settings *s = read_well(example, NULL);
	assert_true(s->has_kalkyl);
	assert_int_equal(s->underlag, UNDERLAG_EXTRAKT);
	same(s->kalkylranta, 0.035);
	assert_int_equal(s->horisont, 60);
	assert_int_equal(s->fore, 12);
	assert_int_equal(s->efter, 12);
	same(s->dodvikt.low, 0.10);
	same(s->dodvikt.mode, 0.20);
	same(s->dodvikt.high, 0.30);
	same(s->avtagande.low, 0.05);
	same(s->avtagande.mode, 0.10);
	same(s->avtagande.high, 0.20);
	same(s->prisosakerhet, 0.10);
	assert_int_equal(s->simuleringar, 10000);
	assert_int_equal(s->fro, 20180831);
	same(s->inkomstutjamning, 0);
}

static void example_malgrupper(void **state)
{
	(void)state;
	const struct settings *s = read_well(example, NULL);
	static const char *const names[] = { "unga med aktivitetsersättning", "samordnat behov", "långtidssjukskrivna",
		"rundgång", "nollklassade" };
	static const int lines[] = { 28, 31, 34, 37, 39 };
	assert_int_equal(s->malgrupp_count, 5);
	const struct malgrupp *g = s->malgrupp;
	for (size_t i = 0; i < 5; i++) {
		assert_string_equal(g[i].name, names[i]);
		assert_int_equal(g[i].line, lines[i]);
		assert_int_equal(g[i].kon.count + g[i].kommun.count + g[i].af.count + g[i].af_ersattning.count, 0);
		assert_int_equal(g[i].reg_vardform.count + g[i].diagnos.count, 0);
		assert_false(g[i].kom);
		assert_int_equal(g[i].parter, 0);
		assert_null(g[i].inte);
		assert_int_equal(g[i].age_from, i < 2 ? 16 : -1);
		assert_int_equal(g[i].age_to, i == 0 ? 29 : i == 1 ? 64 : -1);
		assert_int_equal(g[i].minst_parter, i == 1 ? 2 : 0);
		assert_int_equal(g[i].sammanhangande_manader, i == 2 ? 12 : 0);
		assert_int_equal(g[i].byten, i == 3 ? 4 : 0);
		assert_int_equal(g[i].byten_manader, i == 3 ? 24 : 0);
		words_are(g[i].fk, i == 0 ? "AE AA" : i == 2 ? "SP" : "");
		words_are(g[i].kom_hinder, i == 4 ? "SJ1" : "");
	}
}

/* ---- other values ---- */

static void defaults(void **state)
{
	(void)state;
	const struct settings *s = read_well(LEAST, NULL);
	assert_int_equal(s->period_from, date_day(2018, 1, 1));
	assert_int_equal(s->period_to, date_day(2018, 8, 31));
	assert_int_equal(s->historik_from, date_month(2013, 1));
	assert_int_equal(s->uttagsdatum, date_day(2018, 8, 31));
	assert_true(s->gemensam_nyckel);
	assert_int_equal(s->minsta_antal, 5);
	assert_int_equal(s->age_groups, 7);
	assert_string_equal(s->age_group[6].label, "60-64");
	same(s->konfidensgrad, 0.95);
	same(s->dominans, 0.10);
	assert_false(s->has_kalkyl);
	assert_int_equal(s->underlag, UNDERLAG_EXTRAKT);
	same(s->kalkylranta, 0.035);
	assert_int_equal(s->horisont, 60);
	same(s->dodvikt.mode, 0);
	same(s->avtagande.high, 0);
	same(s->prisosakerhet, 0.10);
	assert_int_equal(s->simuleringar, 10000);
	assert_int_equal(s->fro, 1);
	assert_int_equal(s->matt_count + s->malgrupp_count + s->insats_count + s->kalla_count, 0);
	assert_int_equal(read_well(LEAST "gemensam nyckel = nej\n", NULL)->underlag, UNDERLAG_SUS);
	assert_int_equal(read_well(LEAST "[insats A]\n", NULL)->insats[0].registration, REGISTRATION_PERSONAL);
}

static void history_and_panel(void **state)
{
	(void)state;
	static const char period[] = "[förbund]\nnamn = X\nkommuner = 1440\nperiod = ";
	char text[256];
	(void)snprintf(text, sizeof text, "%s2000-01-2019-12\n", period);
	assert_int_equal(settings_panel_months(read_well(text, NULL)), 240); /* the default gives way */
	(void)snprintf(text, sizeof text, "%s2005-01-01 - 2019-12-31\n", period);
	assert_int_equal(settings_panel_months(read_well(text, NULL)), 240);
	(void)snprintf(text, sizeof text, "%s2005-02-01-2019-12-31\n", period);
	assert_int_equal(settings_panel_months(read_well(text, NULL)), 239);
	assert_int_equal(settings_panel_months(read_well(LEAST "historik från = 1998-09\n", NULL)), 240);
	assert_int_equal(settings_panel_months(read_well(LEAST "historik från = 2018-01\n", NULL)), 8);
	const struct settings *s = read_well(LEAST "uttagsdatum = 2018-10-15\n", NULL);
	assert_int_equal(s->uttagsdatum, date_day(2018, 10, 15));
}

static void period_of_the_command_line(void **state)
{
	(void)state;
	const struct settings *s = read_well(example, "2017-01-01–2018-02-28");
	assert_int_equal(s->period_from, date_day(2017, 1, 1));
	assert_int_equal(s->period_to, date_day(2018, 2, 28));
	assert_int_equal(s->uttagsdatum, date_day(2018, 2, 28));
	s = read_well(example, "2017-01-2017-12");
	assert_int_equal(s->period_to, date_day(2017, 12, 31));
	assert_null(read_bytes(example, strlen(example), "2017-01-01–2018-02-27"));
	assert_int_equal(error.code, EXIT_SETTINGS);
	assert_string_equal(error.message[0],
		"--period: the period must be whole months; did you mean it to end on 2018-02-28?");
	assert_null(read_bytes(example, strlen(example), "2017"));
	assert_string_equal(error.message[0], "--period: '2017' is not a period such as 2018-01-01 – 2018-08-31");
	assert_null(read_bytes(example, strlen(example), "2012-01 – 2012-12"));
	assert_string_equal(error.message[0],
		"forbund.ini:6: key 'historik från': after the first month of the period, which is 2012-01");
}

static void spellings(void **state)
{
	(void)state;
	const struct settings *s = read_well("\xEF\xBB\xBF" LEAST
		"[redovisning]\r\nskydd = avrundning\r\ndominans=12.5%\r\nlicens = CC-BY-4.0\r\nåldersgrupper = 0-15,16 – 64 , 65-120\r\n"
		"[kalkyl]\nsimuleringar = 25 000\nhorisont = 48\nfrö = 1\xC2\xA0" "000\xC2\xA0" "000 # seed\n"
		"dödvikt = 12,5% ( 5 % - 20,5 % )\navtagande = 5 %\nkalkylränta = 0\ninkomstutjämning = 95 %\nunderlag = sus\n"
		"[gränser]\navvisade = 0,5 %\navvisade rader = 7\ndrift rader = 150 %\ndrift saknade = 1 %\n"
		"[behåll]\nnätter = 7\nmånader = 36 månader\n"
		"[källa af]\nteckenkodning = windows-1252\nignorera = handläggare, kontor\n"
		"[källa sus]\nteckenkodning = utf-8\n", NULL);
	same(s->dominans, 0.125);
	assert_true(s->avrundning);
	assert_string_equal(s->licens, "CC-BY-4.0");
	assert_int_equal(s->age_groups, 3);
	assert_string_equal(s->age_group[1].label, "16-64");
	assert_int_equal(s->simuleringar, 25000);
	assert_int_equal(s->horisont, 48);
	assert_int_equal(s->fro, 1000000);
	same(s->dodvikt.low, 0.05);
	same(s->dodvikt.mode, 0.125);
	same(s->dodvikt.high, 0.205);
	same(s->avtagande.low, 0.05);
	same(s->avtagande.high, 0.05);
	same(s->kalkylranta, 0);
	same(s->inkomstutjamning, 0.95);
	assert_int_equal(s->underlag, UNDERLAG_SUS);
	same(s->avvisade, 0.005);
	assert_int_equal(s->avvisade_rader, 7);
	same(s->drift_rader, 1.5);
	same(s->drift_saknade, 0.01);
	assert_int_equal(s->behall_natter, 7);
	assert_int_equal(s->behall_manader, 36);
	assert_int_equal(s->kalla_count, 2);
	assert_string_equal(s->kalla[0].name, "af");
	assert_true(s->kalla[0].windows_1252);
	words_are(s->kalla[0].ignorera, "handläggare kontor");
	assert_false(s->kalla[1].windows_1252);
	same(read_well(LEAST "[kalkyl]\ninkomstutjämning = 60 %\n", NULL)->inkomstutjamning, 0.6);
	same(read_well(LEAST "[redovisning]\ndominans = nej\n", NULL)->dominans, 0);
	same(read_well(LEAST "[kalkyl]\ninkomstutjämning = nej\n", NULL)->inkomstutjamning, 0);
}

static void every_condition(void **state)
{
	(void)state;
	const struct settings *s = read_well(LEAST
		"[målgrupp a]\ninte målgrupp = b\nkön = K, X\nkommun = 1440, 1482\nFK = SP, RP, SE, AE, AA\nAF = 11, 99\n"
		"AF ersättning = AK, AS, UE, ET\nKOM = ja\nKOM hinder = SJ1, BO\nREG vardform = PV, OV, SV\n"
		"diagnos = F, M54, F43.8\nminst parter = 4\nparter = REG, AF\nsammanhängande månader = 3 månader\n"
		"byten senaste 3 månader = 2\nålder = 18\n[målgrupp b]\n", NULL);
	const struct malgrupp *g = s->malgrupp;
	assert_ptr_equal(g->inte, &s->malgrupp[1]);
	assert_null(g[1].inte);
	words_are(g->kon, "K X");
	words_are(g->kommun, "1440 1482");
	words_are(g->fk, "SP RP SE AE AA");
	words_are(g->af, "11 99");
	words_are(g->af_ersattning, "AK AS UE ET");
	assert_true(g->kom);
	words_are(g->kom_hinder, "SJ1 BO");
	words_are(g->reg_vardform, "PV OV SV");
	words_are(g->diagnos, "F M54 F43.8");
	assert_int_equal(g->minst_parter, 4);
	assert_int_equal(g->parter, 1U << PARTI_REG | 1U << PARTI_AF);
	assert_int_equal(g->sammanhangande_manader, 3);
	assert_int_equal(g->byten, 2);
	assert_int_equal(g->byten_manader, 3);
	assert_int_equal(g->age_from, 18);
	assert_int_equal(g->age_to, 18);
	assert_string_equal(parti_names[PARTI_KOM], "KOM");
}

/* ---- questions to the settings ---- */

static void municipalities(void **state)
{
	(void)state;
	const struct settings *s = read_well("[förbund]\nnamn = X\nkommuner från 2019-07-01 = 0780\nkommuner = 1440\n"
		"kommuner från 2018-01-01 = 1440, 1407\nperiod = 2017-01 – 2019-06\n", NULL);
	assert_int_equal(s->kommuner_count, 3);
	assert_ptr_equal(settings_kommuner(s, INT32_MIN), &s->kommuner[0]);
	assert_ptr_equal(settings_kommuner(s, date_day(2017, 12, 31)), &s->kommuner[0]);
	assert_ptr_equal(settings_kommuner(s, date_day(2018, 1, 1)), &s->kommuner[1]);
	assert_ptr_equal(settings_kommuner(s, date_day(2019, 7, 1)), &s->kommuner[2]);
	assert_ptr_equal(settings_kommuner(s, INT32_MAX), &s->kommuner[2]);
	assert_ptr_equal(settings_kommuner_of_year(s, 2017), &s->kommuner[0]);
	assert_ptr_equal(settings_kommuner_of_year(s, 2018), &s->kommuner[1]);
	assert_ptr_equal(settings_kommuner_of_year(s, 2019), &s->kommuner[1]); /* of the end of the period */
	assert_true(settings_breaks(s, 2018));
	assert_false(settings_breaks(s, 2017));
	assert_false(settings_breaks(s, 2019)); /* the change comes after the period */
	assert_true(settings_has_kommun(&s->kommuner[1], "1407"));
	assert_false(settings_has_kommun(&s->kommuner[0], "1407"));
	assert_false(settings_has_kommun(&s->kommuner[0], "144"));
	assert_string_equal(s->kommuner[2].codes.word[0], "0780");
	s = read_well("[förbund]\nnamn = X\nkommuner = 1440, 1407\nkommuner från 2015-03-01 = 1440\nkommuner från 2016-05-01 = 1407, 1440\n"
		"kommuner från 2017-01-01 = 1440, 1407\nkommuner från 2018-02-01 = 0780\nkommuner från 2018-12-31 = 1440, 1407\n"
		"period = 2018-01 – 2020-12\nhistorik från = 2015-01\n", NULL);
	assert_false(settings_breaks(s, 2015)); /* the panel's first year */
	assert_true(settings_breaks(s, 2016));
	assert_false(settings_breaks(s, 2017)); /* the same ones in another order */
	assert_false(settings_breaks(s, 2018)); /* out and in again within the year */
	assert_false(settings_breaks(s, 2019));
	assert_false(settings_breaks(s, 2021));
}

static void age_labels(void **state)
{
	(void)state;
	const struct settings *s = read_well(example, NULL);
	static const struct {
		int age;
		const char *label;
	} cases[] = { { -1, "0-15" }, { 0, "0-15" }, { 15, "0-15" }, { 16, "16-19" }, { 19, "16-19" }, { 20, "20-24" },
		{ 64, "60-64" }, { 65, "65+" }, { 130, "65+" } };
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(settings_age_label(s, cases[i].age), cases[i].label);
	s = read_well(LEAST "[redovisning]\nåldersgrupper = 0–17, 18–18\n", NULL);
	assert_string_equal(settings_age_label(s, -1), "0-17");
	assert_string_equal(settings_age_label(s, 0), "0-17");
	assert_string_equal(settings_age_label(s, 18), "18-18");
	assert_string_equal(settings_age_label(s, 19), "19+");
}

static void months_and_years(void **state)
{
	(void)state;
	const struct settings *s = read_well("[förbund]\nnamn = X\nkommuner = 1440\nperiod = 2017-11-01 – 2019-02-28\n"
		"historik från = 2016-01\n", NULL);
	int32_t first = 0, last = 0;
	assert_int_equal(settings_first_month(s), date_month(2017, 11));
	assert_int_equal(settings_last_month(s), date_month(2019, 2));
	assert_int_equal(settings_panel_months(s), 38);
	assert_int_equal(settings_first_year(s), 2017);
	assert_int_equal(settings_last_year(s), 2019);
	assert_true(settings_year_part(s, 2017, &first, &last));
	assert_int_equal(first, date_day(2017, 11, 1));
	assert_int_equal(last, date_day(2017, 12, 31));
	assert_true(settings_year_part(s, 2018, &first, &last));
	assert_int_equal(first, date_day(2018, 1, 1));
	assert_int_equal(last, date_day(2018, 12, 31));
	assert_true(settings_year_part(s, 2019, &first, &last));
	assert_int_equal(last, date_day(2019, 2, 28));
	assert_false(settings_year_part(s, 2016, &first, &last));
	assert_false(settings_year_part(s, 2020, &first, &last));
}

static void names(void **state)
{
	(void)state;
	const struct settings *s = read_well(example, NULL);
	assert_int_equal(settings_insats(s, "Balder"), 0);
	assert_true(settings_insats(s, "") == SIZE_MAX);
	assert_int_equal(settings_malgrupp(s, "nollklassade"), 4);
	assert_true(settings_malgrupp(s, "Balder") == SIZE_MAX);
}

/* ---- mutations ---- */

static uint64_t random_state;

static size_t random_below(size_t limit)
{
	random_state = random_state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (size_t)(random_state >> 33) % limit;
}

/* One change: a byte, a deleted or doubled stretch, or a telling piece put in. */
static size_t mutate(char *text, size_t length, size_t room)
{
	static const char *const pieces[] = { "\n", " = ", "[", "]", "–", " % ", ",", "999999999999999999", "\xC3", "#", "",
		"inom 3 månader", "inte målgrupp = rundgång\n", "gemensam nyckel = nej\n", "ingår i = Balder\n", ":", "±", "(" };
	size_t at = random_below(length), stretch = random_below(40) + 1;
	if (stretch > length - at)
		stretch = length - at;
	const char *piece = pieces[random_below(sizeof pieces / sizeof *pieces)];
	switch (random_below(4)) {
	case 0:
		text[at] = (char)random_below(256);
		return length;
	case 1:
		memmove(text + at, text + at + stretch, length - at - stretch);
		return length > stretch ? length - stretch : 1;
	case 2:
		if (length + stretch > room)
			return length;
		memmove(text + at + stretch, text + at, length - at);
		return length + stretch;
	default:
		if (length + strlen(piece) > room)
			return length;
		memmove(text + at + strlen(piece), text + at, length - at);
		memcpy(text + at, piece, strlen(piece));
		return length + strlen(piece);
	}
}

static void mutations(void **state)
{
	(void)state;
	char text[4096];
	unsigned well = 0;
	for (unsigned run = 0; run < 4000; run++) {
		size_t length = strlen(example);
		random_state = run;
		memcpy(text, example, length);
		for (size_t changes = random_below(4) + 1; changes > 0; changes--)
			length = mutate(text, length, sizeof text);
		assert_int_equal(arena_begin(NULL), 0);
		const struct settings *settings = read_bytes(text, length, NULL);
		assert_true((settings == NULL) == (error.count > 0));
		if (settings == NULL)
			assert_int_equal(error.code, EXIT_SETTINGS);
		else
			well += settings_panel_months(settings) > 0 && settings_age_label(settings, 50) != NULL &&
				settings_kommuner_of_year(settings, 2018)->codes.count > 0;
		for (size_t i = 0; i < error_kept(&error); i++)
			assert_true(strncmp(error.message[i], "forbund.ini:", strlen("forbund.ini:")) == 0);
		(void)arena_end(NULL);
	}
	assert_in_range(well, 20, 3000); /* some changes do no harm, most do */
}

/* A bit a part, in whatever order they stand; a name that only begins like one is none. */
static void parts_of_a_combination(void **state)
{
	(void)state;
	assert_int_equal(parti_set("AF"), 1U << PARTI_AF);
	assert_int_equal(parti_set("AF+FK+KOM+REG"), (1U << PARTIER) - 1);
	assert_int_equal(parti_set("REG+FK"), 1U << PARTI_FK | 1U << PARTI_REG);
	assert_int_equal(parti_set("TOT") | parti_set("") | parti_set("AFK+FKX"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parts_of_a_combination),
		cmocka_unit_test_setup_teardown(example_forbund, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(example_kalkyl, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(example_malgrupper, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(defaults, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(history_and_panel, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(period_of_the_command_line, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(spellings, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(every_condition, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(municipalities, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(age_labels, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(months_and_years, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(names, arena_begin, arena_end),
		cmocka_unit_test(mutations),
	};
	return cmocka_run_group_tests(tests, files_begin, files_end);
}
