/* Tests of the tables of counts: multi-response, empty codes, exits after the period, margins, bands of time. */
#include "tests/stages/insats/case.h"

static void multi_response_counts_each_code_once_and_the_exit_once(void **state)
{
	(void)state;
	(void)case_add(1, BALDER, "K", 20180201, 20180601,
		(const char *[]){ "FS|SP", "IN", "EJ", "AU:75|SU:25", "01:60|02" });
	(void)case_add(2, BALDER, "M", 20170201, 20180831, (const char *[]){ "FS", "FS|AS:40", "", "AO:50", "" });
	struct cube *i03 = case_counts("i03_forsorjning"), *i04 = case_counts("i04_sysselsattning");
	assert_figure(i03, "Balder|TOT|FS", "fore", 2);
	assert_figure(i03, "Balder|TOT|FS", "efter", 1);
	assert_figure(i03, "Balder|TOT|FS", "forandring", -1);
	assert_figure(i03, "Balder|K|SP", "forandring", -1);
	assert_figure(i03, "Balder|M|AS", "efter", 1);
	assert_figure(i03, "Balder|TOT|TOT", "fore", 2); /* not 3, the sum of the codes */
	assert_figure(i03, "Balder|TOT|TOT", "efter", 2);
	assert_figure(i03, "Balder|TOT|TOT", "forandring", 0);
	assert_figure(i03, "Balder|M|SP", "fore", CASE_NO_ROW);
	assert_figure(i04, "Balder|TOT|AU", "efter", 1);
	assert_figure(i04, "Balder|K|SU", "efter", 1);
	assert_figure(i04, "Balder|M|TOT", "fore", 1); /* an empty field counts in the total */
	struct cube *i05 = case_counts("i05_avslut");
	assert_figure(i05, "Balder|K|01", "avslutade", 1);
	assert_figure(i05, "Balder|K|02", "avslutade", 1);
	assert_figure(i05, "Balder|TOT|TOT", "avslutade", 2);
}

static void exits_after_the_period_have_not_happened(void **state)
{
	(void)state;
	(void)case_add(1, BALDER, "K", 20180201, 20180901, (const char *[]){ "FS", "IN", "EJ", "AO", "01" });
	(void)case_add(2, BALDER, "K", 20180201, 0, NULL);
	(void)case_add(3, BALDER, "K", 20170201, 20171231, (const char *[]){ "FS", "IN", "EJ", "AO", "01" });
	struct cube *i05 = case_counts("i05_avslut"), *i07 = case_counts("i07_tid_i_insats");
	assert_figure(i05, "Balder|TOT|TOT", "avslutade", 0);
	assert_figure(i05, "Balder|TOT|01", "avslutade", CASE_NO_ROW);
	assert_figure(i07, "Balder|TOT|TOT", "avslutade", 0);
	struct cube *atoms = case_counts("deltagande_atomer");
	assert_figure(atoms, "Balder|1440|K|ny+pagaende", "deltaganden", 2);
	assert_int_equal(atoms->rows, 1); /* the one that ended before the period is nowhere */
	assert_int_equal(case_counts("utfall_atomer")->rows, 0);
}

static void margins_stand_for_every_insats_but_volym(void **state)
{
	(void)state;
	(void)case_add(1, VERKSTAN, "K", 20180201, 20180601, NULL);
	struct cube *i08 = case_counts("i08_remittent"), *i02 = case_counts("i02_bakgrund");
	assert_int_equal(i08->rows, 2);
	assert_figure(i08, "Stegen|TOT|TOT|TOT", "deltaganden", 0);
	assert_int_equal(i02->rows, 6);
	assert_figure(i02, "Balder|TOT|tid_off_fors|TOT", "deltaganden", 0);
	assert_int_equal(case_counts("i11_matris")->rows, 0);
}

static void background_has_codes_for_what_is_empty(void **state)
{
	(void)state;
	struct participation *young = case_add(CASE_ANONYMOUS, STEGEN, "X", 20170501, 0, NULL);
	struct participation *old = case_add(CASE_ANONYMOUS, STEGEN, "K", 20180101, 20180101, NULL);
	young->fodelsear = 2002; /* 15 in the year of start, 16 in the period */
	old->fodelsear = 1953;
	old->utbildning = codelist_find(lists.utbildning, "4", 1);
	struct cube *i02 = case_counts("i02_bakgrund");
	assert_figure(i02, "Stegen|TOT|utbildning|0", "deltaganden", 1);
	assert_figure(i02, "Stegen|K|utbildning|4", "deltaganden", 1);
	assert_figure(i02, "Stegen|TOT|tid_off_fors|X", "deltaganden", 2);
	assert_figure(i02, "Stegen|X|aldersgrupp|0-15", "deltaganden", 1);
	assert_figure(i02, "Stegen|K|aldersgrupp|65+", "deltaganden", 1);
	assert_figure(i02, "Stegen|TOT|aldersgrupp|TOT", "deltaganden", 2);
}

static void an_unknown_remittent_counts_in_the_total(void **state)
{
	(void)state;
	(void)case_add(1, BALDER, "K", 20180201, 0, NULL);
	case_add(2, BALDER, "K", 20180201, 0, NULL)->remittent = codelist_find(lists.remittent, "REG_PV", 6);
	struct cube *i08 = case_counts("i08_remittent");
	assert_figure(i08, "Balder|1440|K|REG_PV", "deltaganden", 1);
	assert_figure(i08, "Balder|TOT|TOT|REG_PV", "deltaganden", 1);
	assert_figure(i08, "Balder|1440|TOT|TOT", "deltaganden", 2);
}

static void time_is_in_completed_months(void **state)
{
	(void)state;
	(void)case_add(1, BALDER, "K", 20180115, 20180414, NULL); /* 2: the 15th not reached */
	(void)case_add(2, BALDER, "K", 20180115, 20180415, NULL); /* 3 */
	(void)case_add(3, BALDER, "K", 20160831, 20180831, NULL); /* 24 */
	(void)case_add(4, BALDER, "K", 20180101, 20180101, NULL); /* 0 */
	struct cube *i07 = case_counts("i07_tid_i_insats");
	assert_figure(i07, "Balder|K|0-2", "avslutade", 2);
	assert_figure(i07, "Balder|K|3-5", "avslutade", 1);
	assert_figure(i07, "Balder|TOT|24+", "avslutade", 1);
	assert_figure(i07, "Balder|TOT|TOT", "avslutade", 4);
}

static void the_matrix_holds_every_pair_of_codes(void **state)
{
	(void)state;
	(void)case_add(1, BALDER, "M", 20180201, 20180601, (const char *[]){ "FS|SP:20", "FS|IN", "", "", "" });
	(void)case_add(2, BALDER, "M", 20180201, 20180601, (const char *[]){ "FS", "", "", "", "" });
	struct cube *i11 = case_counts("i11_matris");
	assert_int_equal(i11->rows, 8);
	assert_figure(i11, "Balder|M|FS|IN", "avslutade", 1);
	assert_figure(i11, "Balder|TOT|SP|FS", "avslutade", 1);
}

static void every_exit_has_one_outcome(void **state)
{
	(void)state;
	static const char *const slut[] = { "AO", "SU", "EF|SU", "AR", "AR|AO", "PR", "" };
	for (size_t i = 0; i < 7; i++)
		(void)case_add((uint32_t)i, BALDER, "K", 20180201, 20180601, (const char *[]){ "", "", "", slut[i], "" });
	struct cube *atoms = case_counts("utfall_atomer");
	assert_figure(atoms, "Balder|K|arbete", "avslutade", 2);
	assert_figure(atoms, "Balder|K|studier", "avslutade", 1);
	assert_figure(atoms, "Balder|K|arbete+studier", "avslutade", 1);
	assert_figure(atoms, "Balder|K|arbetssokande", "avslutade", 1);
	assert_figure(atoms, "Balder|K|ovrigt", "avslutade", 2);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, case_begin, case_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(multi_response_counts_each_code_once_and_the_exit_once),
		TEST(exits_after_the_period_have_not_happened),
		TEST(margins_stand_for_every_insats_but_volym),
		TEST(background_has_codes_for_what_is_empty),
		TEST(an_unknown_remittent_counts_in_the_total),
		TEST(time_is_in_completed_months),
		TEST(the_matrix_holds_every_pair_of_codes),
		TEST(every_exit_has_one_outcome),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
