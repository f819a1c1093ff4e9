/* What holds between the tables of a run: see facts_list.h. */
#include "stages/protect/facts_list.h"

#include "pipeline/table/cube/cube.h"

#define TOT CUBE_TOTAL
#define COUNT(array) (sizeof(array) / sizeof *(array))

const struct sum_fact sum_facts[] = {
	{ "i01_deltagare", { "deltaganden", "nya", "avslutade", "pagaende" }, { "insats", "kommun", "kon" }, false },
	{ "i02_bakgrund", { "deltaganden" }, { "kon", "kod" }, false },
	{ "i03_forsorjning", { "fore", "efter" }, { "kon" }, false },
	{ "i04_sysselsattning", { "fore", "efter" }, { "kon" }, false },
	{ "i05_avslut", { "avslutade" }, { "kon" }, false },
	{ "i06_resultat", { "avslutade", "arbete", "studier", "arbete_eller_studier", "arbetssokande", "borjat_eller_okat" },
		{ "insats", "kon" }, false },
	{ "i07_tid_i_insats", { "avslutade" }, { "kon", "tid" }, false },
	{ "i08_remittent", { "deltaganden" }, { "kommun", "kon" }, false },
	{ "i08_remittent", { "deltaganden" }, { "remittent" }, true },
	{ "i09_ko", { "inkomna", "startade", "vantande" }, { "insats", "kommun", "kon" }, false },
	{ "i10_volym", { "antal" }, { "kon", "aldersgrupp" }, true },
	{ "i11_matris", { "avslutade" }, { "kon" }, false },
	{ "i12_enkat", { "par" }, { "kon" }, false },
	{ "m01_forsorjningsmatt", { "personer" }, { "kommun", "kon" }, false },
	{ "m02_malgrupp", { "personer" }, { "kommun", "kon", "aldersgrupp" }, false },
	{ "m03_samtidighet", { "personer" }, { "kommun", "kombination" }, false },
	{ "m04_rundgang", { "personer" }, { "kommun", "kon", "byten" }, false },
	{ "m05_tid_i_forsorjning", { "personer" }, { "kommun", "kon", "tid" }, false },
	{ "m06_manad", { "personer" }, { "kommun", "kon", "aldersgrupp" }, false },
	{ "m07_floden", { "personer" }, { "kommun", "fran", "till" }, false },
};
const size_t sum_fact_count = COUNT(sum_facts);

const struct person_fact person_facts[] = { { "i01_deltagare", "personer", { "insats", "kommun", "kon" } } };
const size_t person_fact_count = COUNT(person_facts);

const struct pair_fact pair_facts[] = {
	{ "i01_deltagare", "nya", { NULL }, false, "i01_deltagare", "deltaganden", { "insats", "kommun", "kon" }, APART },
	{ "i01_deltagare", "personer", { NULL }, false, "i01_deltagare", "deltaganden", { "insats", "kommun", "kon" }, APART },
	{ "i01_deltagare", "avslutade", { NULL }, false, "i01_deltagare", "deltaganden", { "insats", "kommun", "kon" }, WITHIN },
	{ "i01_deltagare", "pagaende", { NULL }, false, "i01_deltagare", "deltaganden", { "insats", "kommun", "kon" }, WITHIN },
	{ "i02_bakgrund", "deltaganden", { "kod", TOT }, false, "i01_deltagare", "deltaganden", { "insats", "=TOT", "kon" }, SAME },
	{ "i02_bakgrund", "deltaganden", { "kod", TOT }, true, "i01_deltagare", "deltaganden", { "insats", "=TOT", "kon" }, APART },
	{ "i07_tid_i_insats", "avslutade", { "tid", TOT }, false, "i01_deltagare", "avslutade", { "insats", "=TOT", "kon" }, SAME },
	{ "i07_tid_i_insats", "avslutade", { "tid", TOT }, true, "i01_deltagare", "avslutade", { "insats", "=TOT", "kon" }, APART },
	{ "i03_forsorjning", "fore", { "kod", TOT }, false, "i01_deltagare", "avslutade", { "insats", "=TOT", "kon" }, SAME },
	{ "i03_forsorjning", "efter", { "kod", TOT }, false, "i01_deltagare", "avslutade", { "insats", "=TOT", "kon" }, SAME },
	{ "i04_sysselsattning", "fore", { "kod", TOT }, false, "i01_deltagare", "avslutade", { "insats", "=TOT", "kon" }, SAME },
	{ "i04_sysselsattning", "efter", { "kod", TOT }, false, "i01_deltagare", "avslutade", { "insats", "=TOT", "kon" }, SAME },
	{ "i05_avslut", "avslutade", { "kod", TOT }, false, "i01_deltagare", "avslutade", { "insats", "=TOT", "kon" }, SAME },
	{ "i03_forsorjning", "fore", { "kod", TOT }, true, "i01_deltagare", "avslutade", { "insats", "=TOT", "kon" }, APART },
	{ "i03_forsorjning", "efter", { "kod", TOT }, true, "i01_deltagare", "avslutade", { "insats", "=TOT", "kon" }, APART },
	{ "i04_sysselsattning", "fore", { "kod", TOT }, true, "i01_deltagare", "avslutade", { "insats", "=TOT", "kon" }, APART },
	{ "i04_sysselsattning", "efter", { "kod", TOT }, true, "i01_deltagare", "avslutade", { "insats", "=TOT", "kon" }, APART },
	{ "i05_avslut", "avslutade", { "kod", TOT }, true, "i01_deltagare", "avslutade", { "insats", "=TOT", "kon" }, APART },
	{ "i06_resultat", "avslutade", { NULL }, false, "i01_deltagare", "avslutade", { "insats", "=TOT", "kon" }, SAME },
	{ "i06_resultat", "arbete_eller_studier", { NULL }, false, "i06_resultat", "avslutade", { "insats", "kon" }, WITHIN },
	{ "i06_resultat", "arbete", { NULL }, false, "i06_resultat", "arbete_eller_studier", { "insats", "kon" }, WITHIN },
	{ "i06_resultat", "studier", { NULL }, false, "i06_resultat", "arbete_eller_studier", { "insats", "kon" }, WITHIN },
	{ "i06_resultat", "arbetssokande", { NULL }, false, "i06_resultat", "avslutade", { "insats", "kon" }, WITHIN },
	{ "i06_resultat", "borjat_eller_okat", { NULL }, false, "i06_resultat", "arbete_eller_studier", { "insats", "kon" }, APART },
	{ "i04_sysselsattning", "efter", { "kod", "SU" }, false, "i06_resultat", "studier", { "insats", "kon" }, SAME },
	{ "i04_sysselsattning", "efter", { "kod", "AO" }, false, "i06_resultat", "arbete", { "insats", "kon" }, APART },
	{ "i04_sysselsattning", "efter", { "kod", "AU" }, false, "i06_resultat", "arbete", { "insats", "kon" }, APART },
	{ "i04_sysselsattning", "efter", { "kod", "EF" }, false, "i06_resultat", "arbete", { "insats", "kon" }, APART },
	{ "i06_resultat", "arbetssokande", { NULL }, false, "i04_sysselsattning", "efter", { "insats", "kon", "=AR" }, APART },
	{ "i08_remittent", "deltaganden", { "remittent", TOT }, false, "i01_deltagare", "deltaganden", { "insats", "kommun", "kon" }, SAME },
	{ "i08_remittent", "deltaganden", { "remittent", TOT }, true, "i01_deltagare", "deltaganden", { "insats", "kommun", "kon" }, APART },
	{ "i11_matris", "avslutade", { NULL }, false, "i03_forsorjning", "fore", { "insats", "kon", "fran" }, APART },
	{ "i11_matris", "avslutade", { NULL }, false, "i03_forsorjning", "efter", { "insats", "kon", "till" }, APART },
	{ "m01_forsorjningsmatt", "personer", { "forman", "SP" }, false, "m01_forsorjningsmatt", "personer", { "ar", "kommun", "kon", "=OHALSA" }, APART },
	{ "m01_forsorjningsmatt", "personer", { "forman", "RP" }, false, "m01_forsorjningsmatt", "personer", { "ar", "kommun", "kon", "=OHALSA" }, APART },
	{ "m01_forsorjningsmatt", "personer", { "forman", "SE" }, false, "m01_forsorjningsmatt", "personer", { "ar", "kommun", "kon", "=OHALSA" }, APART },
	{ "m01_forsorjningsmatt", "personer", { "forman", "AE" }, false, "m01_forsorjningsmatt", "personer", { "ar", "kommun", "kon", "=OHALSA" }, APART },
	{ "m01_forsorjningsmatt", "personer", { "forman", "AK" }, false, "m01_forsorjningsmatt", "personer", { "ar", "kommun", "kon", "=ARBMARK" }, APART },
	{ "m01_forsorjningsmatt", "personer", { "forman", "AS" }, false, "m01_forsorjningsmatt", "personer", { "ar", "kommun", "kon", "=ARBMARK" }, APART },
	{ "m01_forsorjningsmatt", "personer", { "forman", "UE" }, false, "m01_forsorjningsmatt", "personer", { "ar", "kommun", "kon", "=ARBMARK" }, APART },
	{ "m01_forsorjningsmatt", "personer", { "forman", "ET" }, false, "m01_forsorjningsmatt", "personer", { "ar", "kommun", "kon", "=ARBMARK" }, APART },
	{ "m01_forsorjningsmatt", "personer", { "forman", "FS" }, false, "m01_forsorjningsmatt", "personer", { "ar", "kommun", "kon", "=BISTAND" }, SAME },
	{ "m01_forsorjningsmatt", "personer", { "forman", "OHALSA" }, false, "m01_forsorjningsmatt", "personer", { "ar", "kommun", "kon", "=TOT" }, APART },
	{ "m01_forsorjningsmatt", "personer", { "forman", "ARBMARK" }, false, "m01_forsorjningsmatt", "personer", { "ar", "kommun", "kon", "=TOT" }, APART },
	{ "m01_forsorjningsmatt", "personer", { "forman", "BISTAND" }, false, "m01_forsorjningsmatt", "personer", { "ar", "kommun", "kon", "=TOT" }, APART },
	{ "m04_rundgang", "personer", { "byten", TOT }, false, "m05_tid_i_forsorjning", "personer", { "ar", "kommun", "kon", "=TOT" }, APART },
	/* Who is paid at AF is registered there, but for 95 to 98. */
	{ "m01_forsorjningsmatt", "personer", { "forman", TOT }, false, "m04_rundgang", "personer", { "ar", "kommun", "kon", "=TOT" }, MOSTLY },
	{ "m01_forsorjningsmatt", "personer", { "forman", TOT }, false, "m05_tid_i_forsorjning", "personer", { "ar", "kommun", "kon", "=TOT" }, MOSTLY },
};
const size_t pair_fact_count = COUNT(pair_facts);

const struct cover_fact cover_facts[] = {
	{ "m01_forsorjningsmatt", "personer", "OHALSA", { "SP", "RP", "SE", "AE" }, "m01_forsorjningsmatt", "personer" },
	{ "m01_forsorjningsmatt", "personer", "ARBMARK", { "AK", "AS", "UE", "ET" }, "m01_forsorjningsmatt", "personer" },
	{ "m01_forsorjningsmatt", "personer", TOT, { "OHALSA", "ARBMARK", "BISTAND" }, "m01_forsorjningsmatt", "personer" },
	{ "i06_resultat", "arbete", NULL, { "AO", "AU", "EF" }, "i04_sysselsattning", "efter" },
};
const size_t cover_fact_count = COUNT(cover_facts);

const struct class_fact class_facts[] = {
	{ "i01_deltagare", "deltagande_atomer", "deltaganden", "lage",
		{ "ny+avslutad", "ny+pagaende", "aldre+avslutad", "aldre+pagaende" }, { "insats", "kommun", "kon" },
		{ { "deltaganden", 0xF }, { "nya", 0x3 }, { "avslutade", 0x5 }, { "pagaende", 0xA } }, { 0 } },
	{ "i06_resultat", "utfall_atomer", "avslutade", "utfall",
		{ "arbete", "studier", "arbete+studier", "arbetssokande", "ovrigt" }, { "insats", "kon" },
		{ { "avslutade", 0x1F }, { "arbete", 0x5 }, { "studier", 0x6 }, { "arbete_eller_studier", 0x7 }, { "arbetssokande", 0x8 } },
		{ 0x1, 0x2, 0x1A, 0x19, 0x18, 0x10, 0x17 } },
};
const size_t class_fact_count = COUNT(class_facts);

const struct dear_fact dear_facts[] = { { "i01_deltagare", "deltaganden", 40 }, { "i01_deltagare", "personer", 40 }, { "i01_deltagare", "avslutade", 25 },
	{ "i06_resultat", "arbete_eller_studier", 200 }, { "i06_resultat", "arbetssokande", 100 }, { "i06_resultat", "arbete", 6 },
	{ "i06_resultat", "studier", 6 } };
const size_t dear_fact_count = COUNT(dear_facts);
