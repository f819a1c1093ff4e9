/* Tests of the code lists: every embedded list loads, the domain's codes are there, and finding and joining work. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "pipeline/base/text.h"
#include "pipeline/table/schema/codelist.h"
#include "pipeline/table/schema/embedded.h"
#include "tests/arena.h"

static const struct codelist *load(const char *name)
{
	const struct codelist *list = codelist_load(name, arena, &error);
	if (list == NULL)
		fail_msg("%s: %s", name, error.message[0]);
	return list;
}

/* The codes of a list, joined by spaces, are these. */
static void holds(const char *name, const char *codes)
{
	const struct codelist *list = load(name);
	char joined[1024] = "";
	size_t used = 0;
	assert_string_equal(list->name, name);
	for (size_t i = 0; i < list->count; i++)
		used += (size_t)snprintf(joined + used, sizeof joined - used, "%s%s", i > 0 ? " " : "", list->entry[i].kod);
	assert_string_equal(joined, codes);
}

static void every_list_loads(void **state)
{
	(void)state;
	size_t lists = 0;
	for (size_t i = 0; i < embedded_count; i++) {
		char name[64];
		if (!text_starts(embedded_files[i].name, "kodlistor/"))
			continue;
		const char *start = embedded_files[i].name + strlen("kodlistor/");
		(void)snprintf(name, sizeof name, "%.*s", (int)(strlen(start) - strlen(".csv")), start);
		const struct codelist *list = load(name);
		assert_true(list->count > 0);
		for (size_t j = 0; j < list->count; j++) {
			const char *kod = list->entry[j].kod;
			assert_int_equal(codelist_find(list, kod, strlen(kod)), j);
			assert_string_equal(codelist_label(list, kod), list->entry[j].etikett);
			assert_true(text_bad_utf8(list->entry[j].etikett, strlen(list->entry[j].etikett)) ==
				strlen(list->entry[j].etikett));
			assert_non_null(list->entry[j].overordnad);
		}
		lists++;
	}
	assert_true(lists >= 22);
}

static void domain_codes(void **state)
{
	(void)state;
	holds("kon", "K M X");
	holds("utbildning", "0 1 2 3 4");
	holds("tid_off_fors", "E 1 2 3 4 5 X");
	holds("forman", "SP RP SE AE AK AS UE ET FS AA");
	holds("formansgrupp", "OHALSA ARBMARK BISTAND TOT");
	holds("fk_forman", "SP RP SE AE AA");
	holds("ersattning", "AK AS UE ET");
	holds("forsorjning", "SP RP SE AE AK AS UE ET FS ST OV IN");
	holds("sysselsattning", "AO AU EF SU AR PR PG EJ OV");
	holds("avslut", "01 02 03 04 05 06 07 08 09 10 11 12 13 14 98 99");
	holds("remittent", "AF FK KOM REG_PV REG_PSY SJALV ANN");
	holds("inriktning", "IND STR");
	holds("registrering", "personuppgifter anonym volym");
	holds("avslutsorsak", "1 2 3 4 5 6 7 8");
	holds("forsorjningshinder",
		"AL1 AL2 AL3 ET1 ET2 ET3 SS SJ1 SJ2 SJ3 SA1 SA2 AD1 AD2 AH1 AH2 FL1 FL2 PE1 PE2 EU BO UT");
	holds("vardform", "PV OV SV");
	holds("aktor", "FK AF STAT STATEN KOM REG OFFENTLIG IND ARBG SAMHALLE");
	holds("status", "VANTAR STARTAD AVBOJD AVSLAG ANNAN");
	holds("tillfalle", "start mitt slut");
	holds("finansiar", "FORBUND STAT KOM REG ESF OVR");
	holds("bedomning", "uppfyllt uppfyllt_osakert ej_uppfyllt ej_uppfyllt_osakert ej_bedombart");
	holds("sokandekategori", "11 14 15 21 22 28 31 33 35 36 38 39 41 42 43 46 49 51 54 68 69 70 71 72 73 75 76 80 81 83 86 87 88 "
		"95 96 97 98");
}

static void formaner_have_groups(void **state)
{
	(void)state;
	static const char *const groups[] = { "OHALSA", "OHALSA", "OHALSA", "OHALSA", "ARBMARK", "ARBMARK", "ARBMARK", "ARBMARK",
		"BISTAND", "" };
	const struct codelist *list = load("forman");
	for (size_t i = 0; i < list->count; i++)
		assert_string_equal(list->entry[i].overordnad, groups[i]);
}

static void kommuner(void **state)
{
	(void)state;
	const struct codelist *list = load("kommun");
	assert_int_equal(list->count, 290);
	assert_true(list->ascending);
	for (size_t i = 0; i < list->count; i++)
		assert_int_equal(strlen(list->entry[i].kod), 4);
	assert_string_equal(codelist_label(list, "1407"), "Öckerö");
	assert_string_equal(codelist_label(list, "0780"), "Växjö");
	assert_string_equal(list->entry[codelist_find(list, "1482", 4)].overordnad, "Västra Götalands län");
	assert_int_equal(codelist_find(list, "780", 3), CODE_NONE);
	assert_int_equal(codelist_find(list, "0000", 4), CODE_NONE);
	assert_int_equal(codelist_find(list, "9999", 4), CODE_NONE);
	assert_int_equal(codelist_find(list, "14", 2), CODE_NONE);
	assert_int_equal(codelist_find(list, "14079", 5), CODE_NONE);
	assert_int_equal(codelist_find(list, "14079", 4), codelist_find(list, "1407", 4));
	assert_int_equal(codelist_find(list, "", 0), CODE_NONE);
}

static void finding_in_any_order(void **state)
{
	(void)state;
	const struct codelist *list = load("forman");
	assert_false(list->ascending);
	assert_int_equal(codelist_find(list, "AE", 2), 3);
	assert_int_equal(codelist_find(list, "A", 1), CODE_NONE);
	assert_int_equal(codelist_find(list, "AEX", 3), CODE_NONE);
	assert_int_equal(codelist_find(list, "", 0), CODE_NONE);
	assert_int_equal(codelist_find(list, "AE\0X", 4), CODE_NONE);
	assert_int_equal(codelist_find(NULL, "AE", 2), CODE_NONE);
	assert_string_equal(codelist_label(list, "16-19"), "16-19");
	assert_string_equal(codelist_label(NULL, "K"), "K");
}

static void joining(void **state)
{
	(void)state;
	const struct codelist *lists[2] = { load("forman"), load("formansgrupp") };
	const struct codelist *both = codelist_join(lists, 2, arena, &error);
	assert_non_null(both);
	assert_string_equal(both->name, "forman+formansgrupp");
	assert_int_equal(both->count, 14);
	assert_string_equal(codelist_label(both, "SP"), "Sjukpenning");
	assert_string_equal(codelist_label(both, "TOT"), "Totalt");
	lists[1] = load("ersattning");
	assert_null(codelist_join(lists, 2, arena, &error));
	assert_int_equal(error.code, EXIT_BUG);
}

static void unknown_list(void **state)
{
	(void)state;
	assert_null(codelist_load("finnsinte", arena, &error));
	assert_int_equal(error.code, EXIT_BUG);
	assert_non_null(strstr(error.message[0], "kodlistor/finnsinte.csv"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(every_list_loads, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(domain_codes, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(formaner_have_groups, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(kommuner, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(finding_in_any_order, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(joining, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(unknown_list, arena_begin, arena_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
