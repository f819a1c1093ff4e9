/* Settings for tests: the example of the contract, and reading a text as the forbund.ini of a temporary folder. */
#ifndef FINSAMSTAT_TESTS_TABLE_SETTINGS_TEXT_H
#define FINSAMSTAT_TESTS_TABLE_SETTINGS_TEXT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "pipeline/table/settings/settings.h"
#include "tests/arena.h"
#include "tests/table/files.h"

/* docs/manual.md */
static const char example[] =
	"[förbund]\n"
	"namn = Exempelförbundet\n"
	"kommuner = 1440, 1482, 1415, 1419\n"
	"kommuner från 2018-01-01 = 1440, 1482, 1415, 1419, 1407\n"
	"period = 2018-01-01 – 2018-08-31\n"
	"historik från = 2013-01\n"
	"gemensam nyckel = ja\n"
	"[redovisning]\n"
	"minsta antal = 5\n"
	"åldersgrupper = 16–19, 20–24, 25–29, 30–39, 40–49, 50–59, 60–64\n"
	"konfidensgrad = 95 %\n"
	"[kalkyl]\n"
	"underlag = extrakt\n"
	"kalkylränta = 3,5 %\n"
	"horisont = 60 månader\n"
	"före = 12 månader\n"
	"efter = 12 månader\n"
	"dödvikt = 20 % (10–30)\n"
	"avtagande = 10 % (5–20)\n"
	"prisosäkerhet = 10 %\n"
	"simuleringar = 10000\n"
	"frö = 20180831\n"
	"[mått egen försörjning]\n"
	"vid avslut = AO, AU, EF, SU\n"
	"[mått till arbetsmarknadens förfogande]\n"
	"vid avslut = AR\n"
	"utesluter = egen försörjning\n"
	"[målgrupp unga med aktivitetsersättning]\n"
	"ålder = 16–29\n"
	"FK = AE, AA\n"
	"[målgrupp samordnat behov]\n"
	"ålder = 16–64\n"
	"minst parter = 2\n"
	"[målgrupp långtidssjukskrivna]\n"
	"FK = SP\n"
	"sammanhängande månader = 12\n"
	"[målgrupp rundgång]\n"
	"byten senaste 24 månader = 4\n"
	"[målgrupp nollklassade]\n"
	"KOM hinder = SJ1\n"
	"[insats Balder]\n"
	"registrering = personuppgifter\n"
	"målgrupp = samordnat behov\n"
	"maxtid = 12 månader\n"
	"risk = låg\n"
	"effekt = hög\n"
	"mål = deltagare: minst 80\n"
	"mål = egen försörjning: minst 30 % av avslutade\n"
	"mål = könsfördelning: 40–60 % av deltagare\n"
	"mål = egen försörjning inom 24 månader: minst 30 % av startade\n";

/* The least that a file must hold: four lines. */
#define LEAST "[förbund]\nnamn = X\nkommuner = 1440\nperiod = 2018-01 – 2018-08\n"

static inline const struct settings *read_bytes(const char *text, size_t length, const char *period)
{
	memset(&error, 0, sizeof error);
	(void)files_write("forbund.ini", text, length);
	return settings_read(files_folder, period, arena, &error);
}

/* Reads a text that must hold no fault. */
static inline const struct settings *read_well(const char *text, const char *period)
{
	const struct settings *settings = read_bytes(text, strlen(text), period);
	if (settings == NULL)
		fail_msg("%s", error.message[0]);
	assert_int_equal(error.count, 0);
	return settings;
}

/* The words, in order, with a space between. */
static inline void words_are(struct words words, const char *joined)
{
	char text[256] = "";
	for (size_t i = 0; i < words.count; i++) {
		(void)strcat(text, i == 0 ? "" : " ");
		(void)strcat(text, words.word[i]);
	}
	assert_string_equal(text, joined);
}

/* Equal to the last bit. */
static inline void same(double value, double expected)
{
	if (!(value == expected))
		fail_msg("%.17g instead of %.17g", value, expected);
}

#endif
