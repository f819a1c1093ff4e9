/* The plans of the rounding mode in their order: see round_plan.h. */
#include "stages/protect/rounding/round_plan.h"

#define OWN(name, count) .atoms = name, .measure = count, .view = { { name, count, NULL, 0 } }
#define PARTICIPATIONS .whole = { { "i01_deltagare", "deltaganden", NULL, NULL } }
#define EXITS .whole = { { "i01_deltagare", "avslutade", NULL, NULL } }

const struct plan round_plans[] = {
	{ .atoms = "deltagande_atomer", .measure = "deltaganden", .sort = "lage",
		.view = { { "i01_deltagare", "deltaganden", NULL, 3 }, { "i01_deltagare", "nya", "|ny+avslutad|ny+pagaende|", 0 },
			{ "i01_deltagare", "avslutade", "|ny+avslutad|aldre+avslutad|", 3 },
			{ "i01_deltagare", "pagaende", "|ny+pagaende|aldre+pagaende|", 0 } } },
	{ .atoms = "utfall_atomer", .measure = "avslutade", .sort = "utfall", EXITS,
		.view = { { "i06_resultat", "avslutade", NULL, 0 }, { "i06_resultat", "arbete", "|arbete|arbete+studier|", 0 },
			{ "i06_resultat", "studier", "|studier|arbete+studier|", 0 },
			{ "i06_resultat", "arbete_eller_studier", "|arbete|studier|arbete+studier|", 10 },
			{ "i06_resultat", "arbetssokande", "|arbetssokande|", 6 } } },
	{ OWN("i06_resultat", "borjat_eller_okat"), .whole = { { "i06_resultat", "arbete_eller_studier", NULL, NULL } } },
	{ OWN("i02_bakgrund", "deltaganden"), .slice = { "insats", "variabel" }, .parts = "kod", PARTICIPATIONS },
	{ OWN("i03_forsorjning", "fore"), .slice = { "insats" }, .parts = "kod", EXITS },
	{ OWN("i03_forsorjning", "efter"), .slice = { "insats" }, .parts = "kod", EXITS },
	{ OWN("i04_sysselsattning", "fore"), .slice = { "insats" }, .parts = "kod", EXITS },
	{ OWN("i04_sysselsattning", "efter"), .slice = { "insats" }, .parts = "kod", .alike = { "kod" }, EXITS },
	{ OWN("i05_avslut", "avslutade"), .slice = { "insats" }, .parts = "kod", EXITS },
	{ OWN("i07_tid_i_insats", "avslutade"), .slice = { "insats" }, .parts = "tid", EXITS },
	{ OWN("i08_remittent", "deltaganden"), .slice = { "insats" }, .parts = "remittent", PARTICIPATIONS },
	{ OWN("i11_matris", "avslutade"), .slice = { "insats" }, .alike = { "fran", "till" },
		.whole = { { "i03_forsorjning", "fore", "kod", "fran" }, { "i03_forsorjning", "efter", "kod", "till" } } },
	{ OWN("i09_ko", "inkomna") },
	{ OWN("i09_ko", "startade") },
	{ OWN("i09_ko", "vantande") },
	{ .atoms = "volym_atomer", .measure = "antal", .slice = { "insats", "ar" }, .view = { { "i10_volym", "antal", NULL, 0 } } },
	{ OWN("i12_enkat", "par"), .slice = { "insats", "instrument" }, PARTICIPATIONS },
	{ OWN("i12_enkat", "utan_par"), .slice = { "insats", "instrument" }, EXITS },
	/* a month that is all of its year: the year has the same persons */
	{ .atoms = "manad_atomer", .measure = "personer", .slice = { "manad" }, .alone = true,
		.view = { { "m03_samtidighet", "personer", NULL, 0 }, { "m06_manad", "personer", NULL, 0 }, { "manad_atomer", "personer", NULL, 0 } } },
	/* a month has no more than its year, nor a målgrupp than those among whom it is */
	{ OWN("m05_tid_i_forsorjning", "personer"), .slice = { "ar" } },
	{ OWN("m04_rundgang", "personer"), .slice = { "ar" }, .whole = { { "m05_tid_i_forsorjning", "personer", NULL, NULL } } },
	{ OWN("m01_forsorjningsmatt", "personer"), .slice = { "ar" }, .alike = { "forman" } },
	{ OWN("m02_malgrupp", "personer"), .slice = { "ar" }, .alike = { "malgrupp" } },
	{ .atoms = "manad_atomer", .measure = "personer", .slice = { "manad" },
		.view = { { "m03_samtidighet", "personer", NULL, 0 }, { "m06_manad", "personer", NULL, 0 } } },
	{ OWN("m07_floden", "personer"), .slice = { "ar" }, .whole = { { "m03_samtidighet", "personer", "kombination", "till" } } },
};
const size_t round_plan_count = sizeof round_plans / sizeof *round_plans;
