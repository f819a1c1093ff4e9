// settings.c: writes forbund.ini; the calculation, measures and target groups are the same for all.
#include "sample-data/generate/settings.h"

#include <stdio.h>

#include "sample-data/generate/sheet.h"

// Goes on in [kalkyl], which `head` opens.
static const char common[] =
	"underlag = extrakt\n"
	"kalkylränta = 3,5 %\n"
	"horisont = 60 månader\n"
	"före = 12 månader\n"
	"efter = 12 månader\n"
	"dödvikt = 20 % (10–30)\n"
	"avtagande = 10 % (5–20)\n"
	"prisosäkerhet = 10 %\n"
	"simuleringar = 10000\n"
	"[redovisning]\n"
	"minsta antal = 5\n"
	"åldersgrupper = 16–19, 20–24, 25–29, 30–39, 40–49, 50–59, 60–64\n"
	"konfidensgrad = 95 %\n"
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
	"KOM hinder = SJ1\n";

int settings_write(const char *dir, const char *head, const char *insatser)
{
	FILE *file = sheet_file(dir, "forbund.ini");
	int failed;

	if (file == NULL)
		return -1;
	failed = fputs(head, file) == EOF || fputs(common, file) == EOF || fputs(insatser, file) == EOF;
	return fclose(file) != 0 || failed ? -1 : 0;
}
