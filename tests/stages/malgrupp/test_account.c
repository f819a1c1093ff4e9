/* Tests of the account of rules: each condition in words, alone and left out, and the numbers that are written. */
#include "tests/arena.h"
#include "tests/stages/malgrupp/world.h"

#include <stdlib.h>
#include <unistd.h>

#include "stages/malgrupp/account.h"
#include "stages/malgrupp/condition.h"

#define WORDS(name, ...) \
	static const char *const name##_words[] = { __VA_ARGS__ }; \
	static const struct words name = { sizeof name##_words / sizeof *name##_words, name##_words }

WORDS(women, "K");
WORDS(kommuner, "1440", "1482");
WORDS(sick, "SP", "RP", "AA");
WORDS(categories, "11", "70");
WORDS(paid, "AK");
WORDS(hinder, "SJ1");
WORDS(forms, "PV", "OV");
WORDS(diagnoses, "F3", "F4");

static struct malgrupp groups[2];

/* A group with every condition, and one that it leaves out. */
static int begin(void **state)
{
	if (arena_begin(state) != 0)
		return -1;
	groups[0] = (struct malgrupp){ .name = "alla", .age_from = 16, .age_to = 29, .kon = women, .kommun = kommuner, .fk = sick,
		.af = categories, .af_ersattning = paid, .kom = true, .kom_hinder = hinder, .reg_vardform = forms,
		.diagnos = diagnoses, .minst_parter = 2, .parter = 1U << PARTI_AF | 1U << PARTI_KOM, .sammanhangande_manader = 12,
		.byten = 4, .byten_manader = 24, .inte = &groups[1] };
	groups[1] = (struct malgrupp){ .name = "sjuka", .age_from = -1, .age_to = -1, .fk = sick };
	return 0;
}

static void every_condition_in_words(void **state)
{
	(void)state;
	static const char *const texts[CONDITIONS] = { "är 16–29 år", "kön: Kvinnor (K)", "bor i Ale eller Kungälv",
		"har från Försäkringskassan: Sjukpenning (SP), Rehabiliteringspenning (RP) eller Avslag på aktivitetsersättning (AA)",
		"är inskriven hos Arbetsförmedlingen som: Öppet arbetslös (11) eller Jobb- och utvecklingsgarantin (70)",
		"har som inskriven: Arbetslöshetsersättning (a-kassa) (AK)", "får ekonomiskt bistånd",
		"har försörjningshinder: Sjukskriven med läkarintyg, ingen sjukpenning (SJ1)",
		"har vårdkontakt i: Primärvård (PV) eller Öppen specialiserad vård (OV)", "har en diagnos som börjar på F3 eller F4",
		"är aktuell hos minst 2 av de fyra parterna", "är aktuell hos Arbetsförmedlingen (AF) och Kommunen (KOM) samtidigt",
		"och det har varat i minst 12 månader, uppehåll på en månad medräknade",
		"har bytt minst 4 gånger mellan parterna de senaste 24 månaderna", "hör inte till målgruppen sjuka" };
	for (enum condition condition = 0; condition < CONDITIONS; condition++) {
		assert_true(condition_stands(&groups[0], condition));
		assert_string_equal(condition_text(&groups[0], condition, arena, &error), texts[condition]);
		assert_int_equal(condition_stands(&groups[1], condition), condition == CONDITION_FK);
	}
}

static void a_condition_alone_and_left_out(void **state)
{
	(void)state;
	for (enum condition condition = 0; condition < CONDITIONS; condition++) {
		struct malgrupp alone = condition_alone(&groups[0], condition), rest = condition_left_out(&groups[0], condition);
		for (enum condition other = 0; other < CONDITIONS; other++) {
			bool lasts = condition == CONDITION_SAMMANHANGANDE && other >= CONDITION_FK && other <= CONDITION_PARTER;
			assert_int_equal(condition_stands(&alone, other), other == condition || lasts);
			assert_int_equal(condition_stands(&rest, other), other != condition);
		}
	}
}

static void the_settings_of_the_account(void **state)
{
	(void)state;
	const struct settings settings = { .malgrupp_count = 2, .malgrupp = groups };
	const struct settings *wider = account_settings(&settings, arena, &error);
	assert_non_null(wider);
	assert_int_equal(wider->malgrupp_count, 2 + 2 * (CONDITIONS + 1));
	assert_ptr_equal(wider->malgrupp[0].inte, &wider->malgrupp[1]); /* positions are counted in the wider list */
	assert_true(condition_stands(&wider->malgrupp[2], CONDITION_ALDER) && !condition_stands(&wider->malgrupp[2], CONDITION_FK));
	assert_true(!condition_stands(&wider->malgrupp[3], CONDITION_ALDER) && condition_stands(&wider->malgrupp[3], CONDITION_FK));
}

static void what_is_written(void **state)
{
	(void)state;
	char folder[] = "/tmp/account-XXXXXX", path[60], text[400] = "";
	const struct settings settings = { .malgrupp_count = 1, .malgrupp = &groups[1] };
	static const int64_t met[] = { 7, 7, 90 }; /* the group; its condition alone; without it: everybody */
	assert_non_null(mkdtemp(folder));
	(void)snprintf(path, sizeof path, "%s/a.csv", folder);
	assert_int_equal(account_write(&settings, met, path, arena, &error), 0);
	FILE *file = fopen(path, "r");
	assert_non_null(file);
	assert_true(fread(text, 1, sizeof text - 1, file) > 0);
	(void)fclose(file);
	assert_string_equal(text, "malgrupp,villkor,ensamt,utan_villkoret\n"
		"sjuka,\"har från Försäkringskassan: Sjukpenning (SP), Rehabiliteringspenning (RP) eller Avslag på "
		"aktivitetsersättning (AA)\",7,90\nsjuka,,7,\n");
	(void)unlink(path);
	(void)rmdir(folder);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, begin, arena_end)
	const struct CMUnitTest tests[] = { TEST(every_condition_in_words), TEST(a_condition_alone_and_left_out),
		TEST(the_settings_of_the_account), TEST(what_is_written) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
