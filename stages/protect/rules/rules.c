/* The protection of every table as data: see rules.h. Tables of goals, economy and survival have their own functions. */
#include "stages/protect/rules/rules.h"

/* One table whose cells are its own atoms. */
#define OWN(name, count) .atoms = name, .measure = count
#define CLASS(name, last, class) { .table = name, .idle = true, .code = { [last] = CODES_ONE }, .set = { [last] = class } }
#define WHOLE(name, count) { .table = name, .measure = count, .frozen = true, .shared = name, .code = { CODES_SAME, CODES_ONE } }

const struct rule protect_rules[] = {
	/* Participations and their persons. `aldre` is the difference of deltaganden and nya. */
	{ .atoms = "deltagande_atomer", .measure = "deltaganden", .dimension = { "insats", "kommun", "kon", "lage" },
		.view = { { .table = "i01_deltagare", .measure = "deltaganden", .code = { [3] = CODES_ONE }, .dear = 3, .twin = 6 },
			{ .table = "i01_deltagare", .measure = "nya", .code = { [3] = CODES_ONE }, .set = { [3] = "ny+" } },
			{ .table = "i01_deltagare", .measure = "avslutade", .code = { [3] = CODES_ONE }, .set = { [3] = "+avslutad" },
				.dear = 3 },
			{ .table = "i01_deltagare", .measure = "pagaende", .code = { [3] = CODES_ONE }, .set = { [3] = "+pagaende" } },
			{ .table = "i01_deltagare", .code = { [3] = CODES_ONE }, .set = { [3] = "aldre+" } },
			{ .table = "i01_deltagare", .measure = "personer", .code = { [3] = CODES_ONE }, .dear = 3, .twin = 1 },
			CLASS("i01_deltagare", 3, "=ny+avslutad"), CLASS("i01_deltagare", 3, "=ny+pagaende"),
			CLASS("i01_deltagare", 3, "=aldre+avslutad"), CLASS("i01_deltagare", 3, "=aldre+pagaende") } },

	/* Exits by exclusive outcome; the hidden views are the differences between printed ones. */
	{ .atoms = "utfall_atomer", .measure = "avslutade", .dimension = { "insats", "kon", "utfall" },
		.view = { { .table = "i01_deltagare", .measure = "avslutade", .frozen = true, .shared = "i01_deltagare", .code = { [2] = CODES_ONE } },
			{ .table = "i06_resultat", .measure = "arbete", .code = { [2] = CODES_ONE }, .set = { [2] = "arbete" }, .whole = 1 },
			{ .table = "i06_resultat", .measure = "studier", .code = { [2] = CODES_ONE }, .set = { [2] = "studier" },
				.whole = 1 },
			{ .table = "i06_resultat", .measure = "arbete_eller_studier", .code = { [2] = CODES_ONE },
				.set = { [2] = "arbete|studier" }, .dear = 10, .whole = 1 },
			{ .table = "i06_resultat", .measure = "arbetssokande", .code = { [2] = CODES_ONE },
				.set = { [2] = "=arbetssokande" }, .dear = 6, .whole = 1 },
			{ .table = "i06_resultat", .code = { [2] = CODES_ONE }, .set = { [2] = "=arbete" } },
			{ .table = "i06_resultat", .code = { [2] = CODES_ONE }, .set = { [2] = "=studier" } },
			{ .table = "i06_resultat", .code = { [2] = CODES_ONE }, .set = { [2] = "=studier|=arbetssokande|=ovrigt" } },
			{ .table = "i06_resultat", .code = { [2] = CODES_ONE }, .set = { [2] = "=arbete|=arbetssokande|=ovrigt" } },
			{ .table = "i06_resultat", .code = { [2] = CODES_ONE }, .set = { [2] = "=arbetssokande|=ovrigt" } },
			{ .table = "i06_resultat", .code = { [2] = CODES_ONE }, .set = { [2] = "=ovrigt" } },
			{ .table = "i06_resultat", .code = { [2] = CODES_ONE }, .set = { [2] = "arbete|studier|=ovrigt" } },
			CLASS("i06_resultat", 2, "=arbete"), CLASS("i06_resultat", 2, "=studier"), CLASS("i06_resultat", 2, "=arbete+studier"),
			CLASS("i06_resultat", 2, "=arbetssokande"), CLASS("i06_resultat", 2, "=ovrigt") } },
	{ OWN("i06_resultat", "borjat_eller_okat"), .dimension = { "insats", "kon" },
		.view = { { .table = "i06_resultat", .measure = "arbete_eller_studier", .frozen = true, .apart = true },
			{ .table = "i06_resultat", .measure = "borjat_eller_okat", .whole = 1 } } },

	/* Participations and exits by a code; the sum of the codes, or the whole that they are shares of, stands in i01. */
	{ OWN("i02_bakgrund", "deltaganden"), .slice = { "insats", "variabel" }, .dimension = { "kon", "kod" },
		.view = { WHOLE("i01_deltagare", "deltaganden"),
			{ .table = "i02_bakgrund", .measure = "deltaganden", .code = { CODES_SAME, CODES_PARTS }, .whole = 1 } } },
	{ OWN("i03_forsorjning", "fore"), .slice = { "insats" }, .dimension = { "kon", "kod" },
		.view = { WHOLE("i01_deltagare", "avslutade"),
			{ .table = "i03_forsorjning", .measure = "fore", .code = { CODES_SAME, CODES_PARTS }, .whole = 1 } } },
	{ OWN("i03_forsorjning", "efter"), .slice = { "insats" }, .dimension = { "kon", "kod" },
		.view = { WHOLE("i01_deltagare", "avslutade"),
			{ .table = "i03_forsorjning", .measure = "efter", .code = { CODES_SAME, CODES_PARTS }, .whole = 1 } } },
	{ OWN("i04_sysselsattning", "fore"), .slice = { "insats" }, .dimension = { "kon", "kod" },
		.view = { WHOLE("i01_deltagare", "avslutade"),
			{ .table = "i04_sysselsattning", .measure = "fore", .code = { CODES_SAME, CODES_PARTS }, .whole = 1 } } },
	{ OWN("i04_sysselsattning", "efter"), .slice = { "insats" }, .dimension = { "kon", "kod" },
		.view = { WHOLE("i01_deltagare", "avslutade"),
			{ .table = "i04_sysselsattning", .measure = "efter", .code = { CODES_SAME, CODES_PARTS }, .whole = 1 } } },
	{ OWN("i05_avslut", "avslutade"), .slice = { "insats" }, .dimension = { "kon", "kod" },
		.view = { WHOLE("i01_deltagare", "avslutade"),
			{ .table = "i05_avslut", .measure = "avslutade", .code = { CODES_SAME, CODES_PARTS }, .whole = 1 } } },
	{ OWN("i07_tid_i_insats", "avslutade"), .slice = { "insats" }, .dimension = { "kon", "tid" },
		.view = { WHOLE("i01_deltagare", "avslutade"),
			{ .table = "i07_tid_i_insats", .measure = "avslutade", .code = { CODES_SAME, CODES_PARTS }, .whole = 1 } } },
	{ OWN("i08_remittent", "deltaganden"), .slice = { "insats" }, .dimension = { "kommun", "kon", "remittent" },
		.view = { { .table = "i01_deltagare", .measure = "deltaganden", .frozen = true, .shared = "i01_deltagare", .code = { [2] = CODES_ONE } },
			{ .table = "i08_remittent", .measure = "deltaganden", .code = { [2] = CODES_PARTS }, .whole = 1 } } },
	{ OWN("i11_matris", "avslutade"), .slice = { "insats" }, .dimension = { "kon", "fran", "till" },
		.view = { { .table = "i03_forsorjning", .measure = "fore", .frozen = true, .shared = "i03_forsorjning", .code = { [1] = CODES_PARTS, [2] = CODES_ONE },
				  .dimension = { [1] = "kod" } },
			{ .table = "i03_forsorjning", .measure = "efter", .frozen = true, .shared = "i03_forsorjning", .code = { [1] = CODES_ONE, [2] = CODES_PARTS },
				.dimension = { [2] = "kod" } },
			{ .table = "i11_matris", .measure = "avslutade", .code = { [1] = CODES_PARTS, [2] = CODES_PARTS } } } },

	/* Queue, volume and surveys. */
	{ OWN("i09_ko", "inkomna"), .dimension = { "insats", "kommun", "kon" },
		.view = { { .table = "i09_ko", .measure = "inkomna" } } },
	{ OWN("i09_ko", "startade"), .dimension = { "insats", "kommun", "kon" },
		.view = { { .table = "i09_ko", .measure = "startade" } } },
	{ OWN("i09_ko", "vantande"), .dimension = { "insats", "kommun", "kon" },
		.view = { { .table = "i09_ko", .measure = "vantande" } } },
	{ OWN("i10_volym", "antal"), .slice = { "insats", "ar" }, .dimension = { "kon", "aldersgrupp" },
		.view = { { .table = "i10_volym", .measure = "antal" } } },
	{ OWN("i12_enkat", "par"), .slice = { "insats", "instrument" }, .dimension = { "kon" },
		.view = { { .table = "i12_enkat", .measure = "par" } } },

	/* The bases that the ratios of the economy would show. */
	{ .atoms = "ekonomi_underlag", .measure = "deltaganden", .slice = { "ar" }, .dimension = { "insats" }, .alone = true,
		.view = { { .table = "e01_ekonomi", .measure = "kr_per_deltagande", .sums = true } } },
	{ .atoms = "ekonomi_underlag", .measure = "avslutade_arbete_eller_studier", .slice = { "ar" }, .dimension = { "insats" }, .alone = true,
		.view = { { .table = "e01_ekonomi", .measure = "kr_per_avslutad_till_arbete_eller_studier", .sums = true } } },

	/* Target groups. */
	{ .atoms = "manad_atomer", .measure = "personer", .slice = { "manad" }, .beside = true, .tied = { "m07_floden" },
		.dimension = { "kommun", "kon", "aldersgrupp", "kombination" },
		.view = { { .table = "m06_manad", .measure = "personer", .code = { [3] = CODES_KALLA }, .dimension = { [3] = "kalla" } },
			{ .table = "m03_samtidighet", .measure = "personer", .code = { [1] = CODES_ONE, [2] = CODES_ONE } } } },
	{ OWN("m01_forsorjningsmatt", "personer"), .slice = { "ar", "forman" }, .dimension = { "kommun", "kon" }, .beside = true,
		.view = { { .table = "m01_forsorjningsmatt", .measure = "personer" } } },
	{ OWN("m01_forsorjningsmatt", "helarsekvivalenter"), .slice = { "ar" }, .dimension = { "kommun", "kon", "forman" },
		.alone = true, .units = 1e6, .follows = "personer",
		.view = { { .table = "m01_forsorjningsmatt", .measure = "helarsekvivalenter", .code = { [2] = CODES_GROUP } } } },
	{ OWN("m01_forsorjningsmatt", "belopp_kr"), .slice = { "ar" }, .dimension = { "kommun", "kon", "forman" },
		.alone = true, .units = 100, .follows = "personer",
		.view = { { .table = "m01_forsorjningsmatt", .measure = "belopp_kr", .code = { [2] = CODES_GROUP } } } },
	{ OWN("m02_malgrupp", "personer"), .slice = { "ar", "malgrupp" }, .dimension = { "kommun", "kon", "aldersgrupp" }, .beside = true,
		.view = { { .table = "m02_malgrupp", .measure = "personer" } } },
	{ OWN("m04_rundgang", "personer"), .slice = { "ar" }, .dimension = { "kommun", "kon", "byten" }, .beside = true,
		.tied = { "m01_forsorjningsmatt", "m02_malgrupp", "m05_tid_i_forsorjning" },
		.view = { { .table = "m04_rundgang", .measure = "personer" } } },
	{ OWN("m05_tid_i_forsorjning", "personer"), .slice = { "ar" }, .dimension = { "kommun", "kon", "tid" }, .beside = true,
		.tied = { "m01_forsorjningsmatt", "m02_malgrupp", "m04_rundgang" },
		.view = { { .table = "m05_tid_i_forsorjning", .measure = "personer" } } },
	/* Those who arrive in a combination by the year's last month are its persons in m03. */
	{ OWN("m07_floden", "personer"), .slice = { "ar" }, .dimension = { "kommun", "fran", "till" },
		.view = { { .table = "m03_samtidighet", .measure = "personer", .frozen = true, .shared = "m03_samtidighet",
				  .code = { [1] = CODES_ONE, [2] = CODES_MIX }, .dimension = { [2] = "kombination" } },
			{ .table = "m07_floden", .measure = "personer" } } },
};
const size_t protect_rule_count = sizeof protect_rules / sizeof *protect_rules;

const struct same_rule protect_same[] = {
	{ "e01_ekonomi", "kr_per_deltagande", "finansiar", "i01_deltagare", "deltaganden" },
	{ "e01_ekonomi", "kr_per_avslutad_till_arbete_eller_studier", "finansiar", "i06_resultat", "arbete_eller_studier" },
	{ "i06_resultat", "avslutade", NULL, "i01_deltagare", "avslutade" },
	{ "i02_bakgrund", "deltaganden", "kod", "i01_deltagare", "deltaganden" },
	{ "i03_forsorjning", "fore", "kod", "i01_deltagare", "avslutade" },
	{ "i03_forsorjning", "efter", "kod", "i01_deltagare", "avslutade" },
	{ "i04_sysselsattning", "fore", "kod", "i01_deltagare", "avslutade" },
	{ "i04_sysselsattning", "efter", "kod", "i01_deltagare", "avslutade" },
	{ "i05_avslut", "avslutade", "kod", "i01_deltagare", "avslutade" },
	{ "i07_tid_i_insats", "avslutade", "tid", "i01_deltagare", "avslutade" },
	{ "i08_remittent", "deltaganden", "remittent", "i01_deltagare", "deltaganden" },
};
const size_t protect_same_count = sizeof protect_same / sizeof *protect_same;

const struct follow_rule protect_follows[] = {
	{ "i03_forsorjning", "forandring", { "fore", "efter" } },
	{ "i04_sysselsattning", "forandring", { "fore", "efter" } },
	{ "i06_resultat", "andel_arbete_eller_studier", { "arbete_eller_studier", "avslutade" } },
	{ "i06_resultat", "ki_lag", { "arbete_eller_studier", "avslutade" } },
	{ "i06_resultat", "ki_hog", { "arbete_eller_studier", "avslutade" } },
	{ "i09_ko", "median_vantetid", { "vantande" } },
	{ "i09_ko", "p90_vantetid", { "vantande" } },
	{ "i09_ko", "median_vantetid_startade", { "startade" } },
	{ "i09_ko", "p90_vantetid_startade", { "startade" } },
	{ "i12_enkat", "medel_start", { "par" } },
	{ "i12_enkat", "medel_slut", { "par" } },
	{ "i12_enkat", "skillnad", { "par" } },
	{ "i12_enkat", "ki_lag", { "par" } },
	{ "i12_enkat", "ki_hog", { "par" } },
	{ "i12_enkat", "p_wilcoxon", { "par" } },
	{ "m01_forsorjningsmatt", "belopp_kr", { "personer", "helarsekvivalenter" } },
	{ "m01_forsorjningsmatt", "kr_per_invanare_dag", { "personer", "helarsekvivalenter" } },
	{ "m02_malgrupp", "per_1000", { "personer" } },
};
const size_t protect_follow_count = sizeof protect_follows / sizeof *protect_follows;
