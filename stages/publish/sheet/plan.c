/* How each table is laid out: see plan.h. */
#include "stages/publish/sheet/plan.h"

#include <string.h>

static const struct plan plans[] = {
	{ "m01_forsorjningsmatt", "ar matt", "kommun forman", "kon", true },
	{ "m02_malgrupp", "ar malgrupp matt", "kommun kon", "aldersgrupp", true },
	{ "m03_samtidighet", "kombination", "manad", "kommun", true },
	{ "m04_rundgang", "ar", "kommun byten", "kon", false },
	{ "m05_tid_i_forsorjning", "ar", "kommun tid", "kon", false },
	{ "m06_manad", "kalla kommun", "manad kon", "aldersgrupp", true },
	{ "m07_floden", "ar", "fran till", "kommun", false },
	{ "i01_deltagare", "matt", "insats kommun", "kon", true },
	{ "i02_bakgrund", "insats", "variabel kod", "kon", false },
	{ "i03_forsorjning", "insats", "kod", "kon matt", false },
	{ "i04_sysselsattning", "insats", "kod", "kon matt", false },
	{ "i05_avslut", "insats", "kod", "kon", false },
	{ "i06_resultat", "matt", "insats", "kon", true },
	{ "i07_tid_i_insats", "", "insats tid", "kon", false },
	{ "i08_remittent", "insats", "kommun remittent", "kon", false },
	{ "i09_ko", "matt", "insats kommun", "kon", true },
	{ "i10_volym", "", "insats ar aldersgrupp", "kon", false },
	{ "i11_matris", "insats", "fran till", "kon", false },
	{ "i12_enkat", "", "insats instrument kon", "matt", false },
	{ "i13_overlevnad", "insats kon", "manad", "matt", false },
	{ "i14_konsskillnad", "", "insats", "matt", false },
	{ "g01_mal", "", "insats mal", "matt", false },
	{ "e01_ekonomi", "insats", "ar finansiar", "matt", false },
	{ "e02_aterbetalning", "insats", "matt", "aktor", false },
	{ "e03_kassaflode", "insats", "manad", "aktor", false },
	{ "e04_kanslighet", "insats", "parameter lage", "matt", false },
	{ "e05_potential", "", "insats", "matt", false },
	{ "e06_jamforelse", "insats", "underlag ranta", "matt", false },
	{ "e07_band", "insats matt", "manad", "aktor", false },
	{ "e08_utjamning", "insats", "aktor utjamning", "matt", false },
	{ "e09_priser", "", "post ar", "matt", false },
	{ "q01_avstamning", "tabell", "nyckel matt", "varde", false },
};

const struct plan *plan_of(const struct table *table)
{
	for (size_t i = 0; i < sizeof plans / sizeof *plans; i++)
		if (strcmp(plans[i].table, table->name) == 0)
			return &plans[i];
	return NULL;
}
