/* Tests of the schemas: every embedded one loads, and every table, dimension, measure and column of the contract is there. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "pipeline/base/text.h"
#include "pipeline/table/schema/embedded.h"
#include "pipeline/table/schema/schema.h"
#include "tests/arena.h"

/* docs/manual.md, docs/method.md, in the order of `extract_names`; * = required. */
static const struct {
	const char *name, *fields;
} extracts[EXTRACTS] = {
	{ "fk", "pid*,kommun*,kon*,fodelsear*,forman*,omfattning,fran*,till,diagnos,belopp" },
	{ "af", "pid*,kommun*,kon*,fodelsear*,sokandekategori*,fran*,till,ersattning,belopp,avslutsorsak" },
	{ "kommun", "pid*,kommun*,kon*,fodelsear*,manad*,belopp*,forsorjningshinder" },
	{ "region", "pid*,kommun*,kon*,fodelsear*,datum*,vardform,diagnos,belopp" },
	{ "sus", "pid,insats*,kommun*,kon*,fodelsear*,utbildning,tid_off_fors,remittent,start*,slut,forsorjning_start,"
		"forsorjning_slut,sysselsattning_start,sysselsattning_slut,avslut" },
	{ "volym", "insats*,ar*,kommun,kon,aldersgrupp,antal*" },
	{ "enkat", "pid*,insats*,instrument*,tillfalle*,datum*,varde*" },
	{ "intresse", "arende*,insats*,kommun*,kon*,remittent*,inkom*,status*,start" },
	{ "ekonomi", "insats*,ar*,finansiar*,budget,utfall,fran,till" },
	{ "prislista", "post*,aktor,belopp*,enhet*,ar*,kalla" },
	{ "befolkning", "kommun*,ar*,kon*,alder_fran*,alder_till*,antal*" },
	{ "publicerat", "tabell*,nyckel*,matt*,varde*,kalla" },
};

/* docs/method.md: dimensions (* = has TOT) and measures. */
static const struct {
	const char *name, *chapter, *dimensions, *measures;
} tables[] = {
	{ "e01_ekonomi", "ekonomi", "insats*,ar,finansiar*",
		"budget,utfall,avvikelse,kr_per_deltagande,kr_per_avslutad_till_arbete_eller_studier" },
	{ "e02_aterbetalning", "ekonomi", "insats,aktor",
		"kostnad,netto_manad,aterbetalning_enkel,aterbetalning_start,aterbetalning_avslut,nuvarde,nyttokostnadskvot,nuvarde_p5,"
		"nuvarde_p50,nuvarde_p95,aterbetalning_p5,aterbetalning_p50,aterbetalning_p95,sannolikhet_lonsam,sannolikhet_12,"
		"sannolikhet_24,sannolikhet_36,sannolikhet_60" },
	{ "e03_kassaflode", "ekonomi", "insats,aktor,manad", "ackumulerat" },
	{ "e04_kanslighet", "ekonomi", "insats,parameter,lage", "aterbetalning_start,nuvarde,brytvarde" },
	{ "e05_potential", "ekonomi", "insats", "potential,realiserat,verkningsgrad,produktion,resursforbrukning" },
	{ "e06_jamforelse", "ekonomi", "insats,underlag,ranta",
		"kohort,andel_lankad,aterbetalning_start,nuvarde,resultat_12,resultat_60,uppfoljning,kostnad,netto_manad,produktion,"
		"vard,handlaggning" },
	{ "e07_band", "ekonomi", "insats,aktor,manad", "ackumulerat_p5,ackumulerat_p50,ackumulerat_p95" },
	{ "e08_utjamning", "ekonomi", "insats,aktor,utjamning", "netto_manad,aterbetalning_start,nuvarde" },
	{ "e09_priser", "ekonomi", "post,ar", "belopp,enhet,anvant,kalla" },
	{ "g01_mal", "mal", "insats,mal", "matt_namn,krav,utfall,taljare,namnare,ki_lag,ki_hog,bedomning" },
	{ "i01_deltagare", "insats", "insats*,kommun*,kon*", "deltaganden,personer,nya,avslutade,pagaende" },
	{ "i02_bakgrund", "insats", "insats,kon*,variabel,kod*", "deltaganden" },
	{ "i03_forsorjning", "insats", "insats,kon*,kod*", "fore,efter,forandring" },
	{ "i04_sysselsattning", "insats", "insats,kon*,kod*", "fore,efter,forandring" },
	{ "i05_avslut", "insats", "insats,kon*,kod*", "avslutade" },
	{ "i06_resultat", "insats", "insats*,kon*",
		"avslutade,arbete,studier,arbete_eller_studier,arbetssokande,borjat_eller_okat,andel_arbete_eller_studier,ki_lag,ki_hog" },
	{ "i07_tid_i_insats", "insats", "insats,kon*,tid*", "avslutade" },
	{ "i08_remittent", "insats", "insats,kommun*,kon*,remittent*", "deltaganden" },
	{ "i09_ko", "insats", "insats*,kommun*,kon*", "inkomna,startade,vantande,median_vantetid,p90_vantetid,"
		"median_vantetid_startade,p90_vantetid_startade" },
	{ "i10_volym", "insats", "insats,ar,kon*,aldersgrupp*", "antal" },
	{ "i11_matris", "insats", "insats,kon*,fran,till", "avslutade" },
	{ "i12_enkat", "insats", "insats,instrument,kon*", "par,utan_par,medel_start,medel_slut,skillnad,ki_lag,ki_hog,p_wilcoxon" },
	{ "i13_overlevnad", "insats", "insats,kon*,manad", "kvar,handelser,censurerade,andel,ki_lag,ki_hog" },
	{ "i14_konsskillnad", "insats", "insats", "andel_k,andel_m,skillnad,ki_lag,ki_hog,p_logrank" },
	{ "m01_forsorjningsmatt", "malgrupp", "ar,kommun*,kon*,forman", "personer,belopp_kr,helarsekvivalenter,kr_per_invanare_dag" },
	{ "m02_malgrupp", "malgrupp", "ar,malgrupp,kommun*,kon*,aldersgrupp*", "personer,per_1000" },
	{ "m03_samtidighet", "malgrupp", "manad,kommun*,kombination*", "personer" },
	{ "m04_rundgang", "malgrupp", "ar,kommun*,kon*,byten*", "personer" },
	{ "m05_tid_i_forsorjning", "malgrupp", "ar,kommun*,kon*,tid*", "personer" },
	{ "m06_manad", "malgrupp", "manad,kommun*,kon*,aldersgrupp*,kalla", "personer" },
	{ "m07_floden", "malgrupp", "ar,kommun*,fran*,till*", "personer" },
	{ "q01_avstamning", "avstamning", "tabell,nyckel,matt", "publicerat,beraknat,skillnad,forklaring" },
};
#define TABLES (sizeof tables / sizeof *tables)

static const struct {
	const char *name, *dimensions, *measures;
} supports[] = {
	{ "avstamning_celler", "tabell,nyckel,matt_namn,celltabell,cellnyckel,cellmatt", "tal" },
	{ "befolkning_celler", "ar,kommun,kon*,aldersgrupp*", "invanare" },
	{ "deltagande_atomer", "insats,kommun,kon,lage", "deltaganden" },
	{ "dominans_aktor", "insats,underlag,utjamning,post", "summa,storst,nast" },
	{ "dominans_forman", "ar,kommun*,kon*,forman", "kr_summa,kr_storst,kr_nast,hae_summa,hae_storst,hae_nast" },
	{ "dominans_poster", "insats,underlag,utjamning,post,kvantitet", "verkan" },
	{ "ekonomi_underlag", "insats,ar", "deltaganden,avslutade_arbete_eller_studier" },
	{ "kohort_underlag", "insats", "kohort" },
	{ "manad_atomer", "manad,kommun,kon,aldersgrupp,kombination", "personer" },
	{ "simuleringsfel", "insats,aktor", "nuvarde_p5,nuvarde_p50,nuvarde_p95,aterbetalning_p5,aterbetalning_p50,aterbetalning_p95" },
	{ "simuleringsfel_band", "insats,aktor,manad", "ackumulerat_p5,ackumulerat_p50,ackumulerat_p95" },
	{ "utfall_atomer", "insats,kon,utfall", "avslutade" },
};
#define SUPPORTS (sizeof supports / sizeof *supports)

static const struct extract *extract_of(const char *name)
{
	const struct extract *extract = schema_extract(name, arena, &error);
	if (extract == NULL)
		fail_msg("%s: %s", name, error.message[0]);
	return extract;
}

static const struct table *table_of(const char *name)
{
	const struct table *table = schema_table(name, arena, &error);
	if (table == NULL)
		fail_msg("%s: %s", name, error.message[0]);
	return table;
}

static const struct field *field_of(const struct extract *extract, const char *name)
{
	for (size_t i = 0; i < extract->fields; i++)
		if (strcmp(extract->field[i].name, name) == 0)
			return &extract->field[i];
	fail_msg("%s has no field %s", extract->name, name);
	return NULL;
}

static const struct measure *measure_of(const struct table *table, const char *name)
{
	for (size_t m = 0; m < table->measures; m++)
		if (strcmp(table->measure[m].name, name) == 0)
			return &table->measure[m];
	fail_msg("%s has no measure %s", table->name, name);
	return NULL;
}

static void extracts_of_the_contract(void **state)
{
	(void)state;
	for (size_t e = 0; e < EXTRACTS; e++) {
		char fields[512] = "";
		size_t used = 0;
		assert_string_equal(extract_names[e], extracts[e].name);
		const struct extract *extract = extract_of(extracts[e].name);
		for (size_t i = 0; i < extract->fields; i++)
			used += (size_t)snprintf(fields + used, sizeof fields - used, "%s%s%s", i > 0 ? "," : "",
				extract->field[i].name, extract->field[i].required ? "*" : "");
		assert_string_equal(fields, extracts[e].fields);
	}
}

static void kinds_and_limits(void **state)
{
	(void)state;
	const struct extract *fk = extract_of("fk"), *af = extract_of("af"), *sus = extract_of("sus");
	const struct field *field = field_of(fk, "omfattning");
	assert_int_equal(field->kind, FIELD_INTEGER);
	assert_int_equal(field->allowed_count, 4);
	assert_int_equal(field->allowed[0], 25);
	assert_int_equal(field->allowed[3], 100);
	field = field_of(fk, "fodelsear");
	assert_true(field->minimum >= 1900 && field->minimum <= 1900 && field->maximum >= 2100 && field->maximum <= 2100);
	field = field_of(fk, "till");
	assert_true(field->kind == FIELD_DATE && field->may_be_ongoing);
	field = field_of(fk, "belopp");
	assert_true(field->kind == FIELD_AMOUNT && field->minimum >= 0 && isinf(field->maximum));
	assert_string_equal(field_of(fk, "forman")->codes->name, "fk_forman");
	field = field_of(af, "sokandekategori");
	assert_true(field->kind == FIELD_INTEGER && field->minimum >= 0 && field->maximum <= 99 && field->codes != NULL);
	assert_int_equal(field_of(sus, "pid")->kind, FIELD_PID);
	assert_int_equal(field_of(sus, "avslut")->kind, FIELD_CODES);
	assert_int_equal(field_of(extract_of("kommun"), "manad")->kind, FIELD_MONTH);
	assert_int_equal(field_of(extract_of("intresse"), "arende")->kind, FIELD_ID);
	assert_int_equal(field_of(extract_of("enkat"), "varde")->kind, FIELD_DECIMAL);
	field = field_of(extract_of("ekonomi"), "utfall");
	assert_true(field->kind == FIELD_AMOUNT && isinf(field->minimum));
	field = field_of(extract_of("ekonomi"), "till");
	assert_false(field->may_be_ongoing);
	assert_int_equal(field_of(extract_of("prislista"), "belopp")->kind, FIELD_DECIMAL);
	assert_int_equal(field_of(extract_of("publicerat"), "varde")->kind, FIELD_TEXT);
}

/* Every rule of the contract stands in a schema, with the severity that decides what a breach does. */
static void rules_are_declared(void **state)
{
	(void)state;
	static const struct {
		const char *extract;
		enum rule_kind kind;
		const char *field, *same;
		enum severity severity;
	} rules[] = { { "fk", RULE_NOT_BEFORE, "till", NULL, SEVERITY_ERROR }, { "af", RULE_NOT_BEFORE, "till", NULL, SEVERITY_ERROR },
		{ "sus", RULE_NOT_BEFORE, "slut", NULL, SEVERITY_ERROR }, { "ekonomi", RULE_NOT_BEFORE, "till", NULL, SEVERITY_ERROR },
		{ "sus", RULE_NEEDS, "slut", NULL, SEVERITY_WARNING }, { "intresse", RULE_NEEDS, "status", NULL, SEVERITY_WARNING },
		{ "volym", RULE_REGISTERED, "insats", NULL, SEVERITY_WARNING }, { "intresse", RULE_UNIQUE, "arende", NULL, SEVERITY_WARNING },
		{ "prislista", RULE_UNIQUE, "post", NULL, SEVERITY_REFUSE }, { "fk", RULE_AT_MOST, "omfattning", NULL, SEVERITY_WARNING },
		{ "fk", RULE_AT_MOST, "omfattning", "forman", SEVERITY_WARNING }, { "af", RULE_NO_OVERLAP, "fran", NULL, SEVERITY_WARNING },
		{ "sus", RULE_NO_OVERLAP, "start", "insats", SEVERITY_WARNING }, { "region", RULE_AGREES, "kon", NULL, SEVERITY_WARNING },
		{ "kommun", RULE_AGREES, "fodelsear", NULL, SEVERITY_WARNING }, { "fk", RULE_ONE_AT_A_TIME, "kommun", NULL, SEVERITY_WARNING },
		{ "af", RULE_SHARES, "kon", NULL, SEVERITY_WARNING }, { "kommun", RULE_INSIDE, "kommun", NULL, SEVERITY_WARNING },
		{ "region", RULE_FRESH, "datum", NULL, SEVERITY_WARNING } };
	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
		const struct extract_rule *rule = schema_rule(extract_of(rules[i].extract), rules[i].kind, rules[i].field, rules[i].same);
		assert_non_null(rule);
		assert_int_equal(rule->severity, rules[i].severity);
		assert_true(strlen(rule->label) > 0 && strlen(schema_rule_code(rule->kind)) > 0);
	}
	assert_null(schema_rule(extract_of("fk"), RULE_NEEDS, "till", NULL));
	assert_null(schema_rule(extract_of("sus"), RULE_NO_OVERLAP, "start", NULL));
}

static void stored_types(void **state)
{
	(void)state;
	assert_int_equal(schema_column_type(FIELD_PID), COLUMN_KEY);
	assert_int_equal(schema_column_type(FIELD_CODE), COLUMN_U16);
	assert_int_equal(schema_column_type(FIELD_CODES), COLUMN_TEXT);
	assert_int_equal(schema_column_type(FIELD_MONTH), COLUMN_I32);
	assert_int_equal(schema_column_type(FIELD_AMOUNT), COLUMN_I64);
	assert_int_equal(schema_column_type(FIELD_DECIMAL), COLUMN_F64);
}

static void has_columns(const struct table *table, const char *dimensions, const char *measures)
{
	char text[512] = "";
	size_t used = 0;
	for (size_t d = 0; d < table->dimensions; d++)
		used += (size_t)snprintf(text + used, sizeof text - used, "%s%s%s", d > 0 ? "," : "", table->dimension[d].name,
			table->dimension[d].total ? "*" : "");
	assert_string_equal(text, dimensions);
	used = 0;
	for (size_t m = 0; m < table->measures; m++)
		used += (size_t)snprintf(text + used, sizeof text - used, "%s%s", m > 0 ? "," : "", table->measure[m].name);
	assert_string_equal(text, measures);
}

static void tables_of_the_contract(void **state)
{
	(void)state;
	size_t count;
	const char *const *names = schema_table_names(&count, arena, &error);
	assert_non_null(names);
	assert_int_equal(count, TABLES);
	for (size_t t = 0; t < TABLES; t++) {
		assert_string_equal(names[t], tables[t].name);
		const struct table *table = table_of(tables[t].name);
		has_columns(table, tables[t].dimensions, tables[t].measures);
		assert_string_equal(table->chapter, tables[t].chapter);
		assert_false(table->support);
		for (size_t d = 0; d < table->dimensions; d++)
			assert_int_equal(table->dimension[d].numeric, strcmp(table->dimension[d].name, "mal") == 0);
		if (table->parent != NULL)
			assert_true(table_of(table->parent)->support);
		char letter_and_digits[4];
		(void)snprintf(letter_and_digits, sizeof letter_and_digits, "%.3s", table->name);
		assert_string_equal(table_of(letter_and_digits)->name, table->name);
	}
}

static void support_cubes(void **state)
{
	(void)state;
	size_t count;
	const char *const *names = schema_support_names(&count, arena, &error);
	assert_non_null(names);
	assert_int_equal(count, SUPPORTS);
	for (size_t t = 0; t < SUPPORTS; t++) {
		assert_string_equal(names[t], supports[t].name);
		const struct table *table = table_of(supports[t].name);
		has_columns(table, supports[t].dimensions, supports[t].measures);
		assert_true(table->support);
		assert_null(table->parent);
	}
}

static void measures_and_labels(void **state)
{
	(void)state;
	const struct table *m01 = table_of("m01"), *i01 = table_of("i01"), *i02 = table_of("i02"), *g01 = table_of("g01");
	assert_string_equal(measure_of(m01, "personer")->not_over, "forman");
	assert_int_equal(measure_of(m01, "helarsekvivalenter")->kind, MEASURE_TWO);
	assert_int_equal(measure_of(m01, "belopp_kr")->kind, MEASURE_KR);
	assert_string_equal(codelist_label(m01->dimension[3].codes, "OHALSA"), "Ohälsa totalt");
	assert_string_equal(codelist_label(m01->dimension[1].codes, "1440"), "Ale");
	assert_true(measure_of(i01, "personer")->additive);
	assert_string_equal(measure_of(i01, "personer")->not_over, "insats");
	assert_null(measure_of(i01, "deltaganden")->not_over);
	assert_null(i02->dimension[3].codes);
	assert_string_equal(i02->dimension[3].codes_by, "variabel");
	assert_int_equal(measure_of(g01, "utfall")->kind, MEASURE_GOAL);
	assert_int_equal(measure_of(g01, "bedomning")->kind, MEASURE_TEXT);
	assert_int_equal(measure_of(table_of("i12"), "p_wilcoxon")->kind, MEASURE_P);
	assert_int_equal(measure_of(table_of("i06"), "ki_lag")->kind, MEASURE_PER_CENT);
	assert_false(measure_of(table_of("i06"), "ki_lag")->additive);
	assert_int_equal(measure_of(table_of("e02"), "aterbetalning_p50")->kind, MEASURE_MONTHS);
}

/* Counts are additive wherever a dimension has totals. */
static void counts_are_additive(void **state)
{
	(void)state;
	for (size_t t = 0; t < TABLES; t++) {
		const struct table *table = table_of(tables[t].name);
		bool totals = false;
		for (size_t d = 0; d < table->dimensions; d++)
			totals = totals || table->dimension[d].total;
		for (size_t m = 0; m < table->measures && totals; m++)
			if (table->measure[m].kind == MEASURE_COUNT)
				assert_true(table->measure[m].additive);
	}
}

static void every_file_loads(void **state)
{
	(void)state;
	for (size_t i = 0; i < embedded_count; i++) {
		char name[64];
		const char *file = embedded_files[i].name, *start = strchr(file, '/') + 1;
		(void)snprintf(name, sizeof name, "%.*s", (int)strcspn(start, "."), start);
		if (text_starts(file, "extrakt/"))
			assert_non_null(extract_of(name));
		else if (text_starts(file, "tabeller/"))
			assert_string_equal(table_of(name)->name, name);
	}
}

static void unknown_names(void **state)
{
	(void)state;
	assert_null(schema_table("m06_mnad", arena, &error));
	assert_int_equal(error.code, EXIT_USAGE);
	assert_non_null(strstr(error.message[0], "m06_manad"));
	static const char *const wrong[] = { "", "m", "m0", "m99", "m06_", "../extrakt/fk", "manad", "helt främmande ord" };
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		memset(&error, 0, sizeof error);
		assert_null(schema_table(wrong[i], arena, &error));
		assert_int_equal(error.code, EXIT_USAGE);
		assert_int_equal(error.count, 1);
	}
	memset(&error, 0, sizeof error);
	assert_null(schema_extract("okand", arena, &error));
	assert_int_equal(error.code, EXIT_BUG);
	assert_non_null(strstr(error.message[0], "extrakt/okand.json"));
	struct error unknown = { 0 };
	assert_null(schema_table("zzzz", arena, &unknown));
	assert_non_null(strstr(unknown.message[0], "no table is called 'zzzz'; the tables are e01 e02 "));
	assert_string_equal(strrchr(unknown.message[0], ' '), " q01");
	unknown = (struct error){ 0 };
	assert_null(schema_table("m3", arena, &unknown));
	assert_non_null(strstr(unknown.message[0], "did you mean 'm03_samtidighet'?"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(extracts_of_the_contract, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(rules_are_declared, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(kinds_and_limits, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(stored_types, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(tables_of_the_contract, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(support_cubes, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(measures_and_labels, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(counts_are_additive, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(every_file_loads, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(unknown_names, arena_begin, arena_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
