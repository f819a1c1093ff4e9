/* Tests of the stage as a whole on column files made here: one person by hand among many, and what stops it. */
#include "stages/payback/payback.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "pipeline/maths/maths.h"
#include "pipeline/run/run.h"
#include "pipeline/table/cube/cube.h"
#include "tests/stages/payback/common.h"

#define PERSON 40000 /* the one person in the cohort; the spells of those before fill more than a block */
#define PERSONS (PERSON + 10)

static char folder[256];
static struct settings settings;
static struct run run;
static struct run_report report;

/* A column file of `count` columns; each row is written as numbers, or as text where the column is one. */
struct value {
	int64_t number;
	double decimal;
	const char *text;
};

static struct column_writer *writer;
static const struct column *columns;
static size_t column_count;

static void open_table(const char *name, const struct column *list, size_t count)
{
	char path[512];
	(void)snprintf(path, sizeof path, "%s/%s.col", folder, name);
	columns = list, column_count = count;
	assert_int_equal(column_create(&writer, path, list, count, &error), 0);
}

static void put_row(const struct value *row)
{
	for (size_t i = 0; i < column_count; i++)
		switch (columns[i].type) {
		case COLUMN_U8: column_put_u8(writer, i, (uint8_t)row[i].number); break;
		case COLUMN_U16: column_put_u16(writer, i, (uint16_t)row[i].number); break;
		case COLUMN_I32: column_put_i32(writer, i, (int32_t)row[i].number); break;
		case COLUMN_U32: column_put_u32(writer, i, (uint32_t)row[i].number); break;
		case COLUMN_I64: column_put_i64(writer, i, row[i].number); break;
		case COLUMN_U64: column_put_u64(writer, i, (uint64_t)row[i].number); break;
		case COLUMN_F64: column_put_f64(writer, i, row[i].decimal); break;
		case COLUMN_TEXT:
			assert_int_equal(column_put_text(writer, i, row[i].text, strlen(row[i].text), &error), 0);
			break;
		case COLUMN_KEY: default: fail(); break;
		}
	assert_int_equal(column_end_row(writer, &error), 0);
}
#define PUT(...) put_row((const struct value[]){ __VA_ARGS__ })
#define N(value) { .number = (value) }
#define T(value) { .text = (value) }

static void close_table(void)
{
	assert_int_equal(column_finish(writer, &error), 0);
}

/* Balder: one exit that counts, one of a person without records who did not have time, one anonymous that goes on. */
static void write_deltagande(void)
{
	static const struct column list[] = { { "person", COLUMN_U32 }, { "insats", COLUMN_U16 }, { "start", COLUMN_I32 },
		{ "slut", COLUMN_I32 }, { "forsorjning_start", COLUMN_TEXT }, { "forsorjning_slut", COLUMN_TEXT },
		{ "sysselsattning_start", COLUMN_TEXT }, { "sysselsattning_slut", COLUMN_TEXT }, { "avslut", COLUMN_TEXT } };
	open_table("deltagande", list, 9);
	PUT(N(PERSON), N(0), N(date_day(2018, 1, 1)), N(date_day(2018, 3, 31)), T("FS"), T("IN"), T("EJ"), T("AO"), T("01"));
	PUT(N(PERSON + 1), N(0), N(date_day(2018, 1, 1)), N(date_day(2018, 12, 31)), T("FS"), T("FS"), T("EJ"), T("EJ"), T(""));
	PUT(N(COLUMN_NONE_U32), N(0), N(date_day(2018, 12, 23)), N(DATE_ONGOING), T("SP"), T(""), T("EJ"), T(""), T(""));
	close_table();
}

/* Sick-pay of everybody else; the member's 31 000 öre of January 2017 lie in the window, the rest outside. */
static void write_spells(void)
{
	static const struct column fk[] = { { "person", COLUMN_U32 }, { "forman", COLUMN_U16 }, { "fran", COLUMN_I32 },
		{ "till", COLUMN_I32 }, { "belopp", COLUMN_I64 } };
	static const struct column af[] = { { "person", COLUMN_U32 }, { "ersattning", COLUMN_U16 }, { "fran", COLUMN_I32 },
		{ "till", COLUMN_I32 }, { "belopp", COLUMN_I64 } };
	open_table("spell_fk", fk, 5);
	for (int64_t person = 0; person < PERSONS; person++) {
		if (person == PERSON)
			PUT(N(PERSON), N(0), N(date_day(2016, 12, 1)), N(date_day(2017, 1, 31)), N(62000 * 12));
		else
			for (int again = 0; again < 2; again++)
				PUT(N(person), N(0), N(date_day(2017, 1, 1)), N(date_day(2018, 12, 31)), N(99999999));
	}
	close_table();
	open_table("spell_af", af, 5);
	PUT(N(PERSON), N(0), N(date_day(2018, 4, 1)), N(date_day(2018, 4, 30)), N(COLUMN_NONE_I64));
	PUT(N(PERSON), N(CODE_NONE), N(date_day(2018, 4, 1)), N(date_day(2018, 4, 30)), N(5000));
	close_table();
}

/* Bistånd 9 000 a month in 2017, 10 of its months with a contact; the panel says so. */
static void write_rest(void)
{
	static const struct column bistand[] = { { "person", COLUMN_U32 }, { "manad", COLUMN_I32 }, { "belopp", COLUMN_I64 } };
	static const struct column kontakt[] = { { "person", COLUMN_U32 }, { "datum", COLUMN_I32 },
		{ "vardform", COLUMN_U16 }, { "belopp", COLUMN_I64 } };
	static const struct column panel[] = { { "fk", COLUMN_U64 }, { "af", COLUMN_U64 }, { "kom", COLUMN_U64 } };
	open_table("bistand", bistand, 3);
	for (int month = 1; month <= 12; month++)
		PUT(N(PERSON), N(date_month(2017, month)), N(900000));
	PUT(N(PERSON + 2), N(date_month(2017, 5)), N(111));
	close_table();
	open_table("kontakt", kontakt, 4);
	for (int month = 1; month <= 10; month++)
		PUT(N(PERSON), N(date_day(2017, month, 15)), N(0), N(month <= 4 ? 60000 : COLUMN_NONE_I64));
	PUT(N(PERSON), N(date_day(2018, 2, 1)), N(0), N(77777)); /* during the insats */
	close_table();
	open_table("panel", panel, 3);
	for (int64_t person = 0; person < PERSONS; person++)
		PUT(N(person == PERSON ? 1 << 12 : 0), N(0), N(person == PERSON ? 0xfff << 12 : 0));
	close_table();
}

static void write_ekonomi(int64_t utfall)
{
	static const struct column list[] = { { "insats", COLUMN_TEXT }, { "ar", COLUMN_I32 }, { "finansiar", COLUMN_U16 },
		{ "budget", COLUMN_I64 }, { "utfall", COLUMN_I64 }, { "fran", COLUMN_I32 }, { "till", COLUMN_I32 } };
	open_table("ekonomi", list, 7);
	PUT(T("Balder"), N(2018), N(0), N(0), N(utfall), N(COLUMN_NONE_I32), N(COLUMN_NONE_I32));
	close_table();
}

static void write_prislista(const char *without)
{
	static const struct column list[] = { { "post", COLUMN_TEXT }, { "enhet", COLUMN_TEXT }, { "belopp", COLUMN_F64 },
		{ "ar", COLUMN_I32 }, { "kalla", COLUMN_TEXT } };
	struct prices prices = common_prices();
	open_table("prislista", list, 5);
	for (size_t post = 0; post < POSTS; post++) {
		bool kr = post < POSTS_IN_KR;
		if (strcmp(price_name(post), without) != 0)
			PUT(T(price_name(post)), T(!kr ? "%" : post >= POST_VARD ? "kr" : "kr/m\u00e5nad"),
				{ .decimal = kr ? prices.of[post] : 100 * prices.of[post] }, N(2018), T("SCB"));
	}
	close_table();
}

static int begin_stage(void **state)
{
	if (arena_begin(state) != 0)
		return -1;
	maths_init();
	const char *base = getenv("TMPDIR");
	(void)snprintf(folder, sizeof folder, "%s/finsamstat-test-XXXXXX", base != NULL ? base : "/tmp");
	char part[512];
	if (mkdtemp(folder) == NULL)
		return -1;
	static const char *const parts[] = { "aggregate", "support" };
	for (size_t i = 0; i < 2; i++) {
		(void)snprintf(part, sizeof part, "%s/%s", folder, parts[i]);
		if (mkdir(part, 0700) != 0)
			return -1;
	}
	settings = common_settings();
	settings.insats_count = 1;
	report = (struct run_report){ 0 };
	run = (struct run){ .arena = arena, .settings = &settings, .shown = &settings, .internal = folder, .work = folder, .jobs = 1,
		.stage = &stage_payback, .report = &report };
	return log_open(&run.log, NULL, 1, &error);
}

static int end_stage(void **state)
{
	log_close(run.log);
	int removed = run_remove(folder, &error);
	return arena_end(state) != 0 ? -1 : removed;
}

static void write_all(const char *without)
{
	write_deltagande();
	write_spells();
	write_rest();
	write_ekonomi(46400000);
	write_prislista(without);
}

static const struct cube *read_table(const char *kind, const char *name)
{
	char path[512];
	(void)snprintf(path, sizeof path, "%s/%s/%s.%s", folder, kind, name, strcmp(kind, "support") == 0 ? "cube" : "csv");
	const struct table *table = schema_table(name, arena, &error);
	const struct cube *cube = table == NULL ? NULL : cube_read(table, path, arena, &error);
	assert_non_null(cube);
	return cube;
}

static double number(const struct cube *cube, const char *const *key, const char *measure)
{
	size_t row = cube_find_named(cube, key);
	assert_true(row != CUBE_NO_ROW);
	const struct cell *cell = cube_cell(cube, row, cube_measure(cube, measure));
	return cell->status == CELL_MISSING ? (double)NAN : cell->number;
}
#define NUMBER(cube, measure, ...) number(cube, (const char *const[]){ __VA_ARGS__ }, measure)

/* Participant-days: 90 + 365 + 9 = 464 for 464 000 kr, so 1 000 kr a day; the member stayed 90 days: 90 000 kr. A month
   before: sjukpenning 310 kr (31/62 of 7 440 over 12), bistånd 9 000, casework at FK in one month of 12 and at KOM in all,
   care 4·600 + 6·2 000 over 12 = 1 200. After: full-time work. */
static void one_person_by_hand(void **state)
{
	(void)state;
	write_all("SCHABLON_AK");
	assert_int_equal(stage_payback.work(&run, arena, &error), 0);
	const struct cube *e02 = read_table("aggregate", "e02_aterbetalning");
	double taxable = 20000 - 310;
	assert_close(NUMBER(e02, "kostnad", "Balder", "SAMHALLE"), 90000, 1e-13);
	assert_close(NUMBER(e02, "netto_manad", "Balder", "FK"), 310 + 1000.0 / 12, 1e-12);
	assert_close(NUMBER(e02, "netto_manad", "Balder", "AF"), 0, 0);
	assert_close(NUMBER(e02, "netto_manad", "Balder", "STAT"), 6000 + 0.05 * taxable, 1e-12);
	assert_close(NUMBER(e02, "netto_manad", "Balder", "KOM"), 10000 + 0.2 * taxable, 1e-12);
	assert_close(NUMBER(e02, "netto_manad", "Balder", "REG"), 1200 + 0.1 * taxable, 1e-12);
	assert_close(NUMBER(e02, "netto_manad", "Balder", "IND"), 20000 - 9310 - 0.35 * taxable, 1e-12);
	assert_close(NUMBER(e02, "netto_manad", "Balder", "SAMHALLE"), 26000 + 1200 + 1000 + 1000.0 / 12, 1e-12);
	assert_close(NUMBER(e02, "aterbetalning_start", "Balder", "SAMHALLE"), 3 + 90000 / (28200 + 1000.0 / 12), 1e-12);
	assert_close(NUMBER(e02, "nuvarde_p50", "Balder", "KOM"), NUMBER(e02, "nuvarde", "Balder", "KOM"), 1e-9);
	const struct cube *kohort = read_table("support", "kohort_underlag");
	assert_close(NUMBER(kohort, "kohort", "Balder"), 1, 0);
	const struct cube *e06 = read_table("aggregate", "e06_jamforelse");
	assert_close(NUMBER(e06, "kohort", "Balder", "sus", "0"), 2, 0); /* the one who exits at the end too */
	assert_close(NUMBER(e06, "andel_lankad", "Balder", "extrakt", "0"), 100, 0);
	/* April to December; what the net of the two bases consists of. */
	assert_close(NUMBER(e06, "uppfoljning", "Balder", "extrakt", "5"), 9, 0);
	assert_true(isnan(NUMBER(e06, "uppfoljning", "Balder", "sus", "5")));
	assert_close(NUMBER(e06, "kostnad", "Balder", "extrakt", "2"), 90000, 1e-13);
	assert_close(NUMBER(e06, "kostnad", "Balder", "sus", "2"), 1000 * (90 + 365) / 2.0, 1e-13);
	assert_close(NUMBER(e06, "netto_manad", "Balder", "extrakt", "0"), 28200 + 1000.0 / 12, 1e-12);
	assert_close(NUMBER(e06, "produktion", "Balder", "extrakt", "0"), 26000, 1e-12);
	assert_close(NUMBER(e06, "vard", "Balder", "extrakt", "0"), 1200, 1e-12);
	assert_close(NUMBER(e06, "handlaggning", "Balder", "extrakt", "0"), 1000 + 1000.0 / 12, 1e-12);
	assert_close(NUMBER(e06, "netto_manad", "Balder", "sus", "0"), 13500, 1e-12);
	assert_close(NUMBER(e06, "produktion", "Balder", "sus", "0"), 13000, 1e-12);
	assert_close(NUMBER(e06, "vard", "Balder", "sus", "0"), 0, 0);
	assert_close(NUMBER(e06, "handlaggning", "Balder", "sus", "0"), 500, 1e-12);
	/* Nothing is drawn but the one member, always the same: the simulation has no error. */
	assert_close(NUMBER(read_table("support", "simuleringsfel"), "nuvarde_p95", "Balder", "KOM"), 0, 0);
	assert_close(NUMBER(read_table("support", "simuleringsfel_band"), "ackumulerat_p5", "Balder", "SAMHALLE", "60"), 0, 0);
	const struct cube *e03 = read_table("aggregate", "e03_kassaflode");
	assert_close(NUMBER(e03, "ackumulerat", "Balder", "SAMHALLE", "3"), -90000, 1e-12);
	const struct cube *e01 = read_table("aggregate", "e01_ekonomi");
	assert_close(NUMBER(e01, "utfall", "TOT", "2018", "TOT"), 464000, 0);
	assert_int_equal(report.warnings, 0);
}

/* A cohort whose insats has no utfall: the figures stand as the contract has them, but not in silence. */
static void an_insats_without_utfall_warns(void **state)
{
	(void)state;
	write_deltagande(), write_spells(), write_rest(), write_prislista("");
	write_ekonomi(COLUMN_NONE_I64);
	assert_int_equal(stage_payback.work(&run, arena, &error), 0);
	assert_int_equal(report.warnings, 1);
	const struct cube *e02 = read_table("aggregate", "e02_aterbetalning");
	static const char *const missing[] = { "aterbetalning_enkel", "aterbetalning_start", "aterbetalning_avslut",
		"nyttokostnadskvot", "aterbetalning_p50", "sannolikhet_12" };
	for (size_t i = 0; i < sizeof missing / sizeof *missing; i++)
		assert_true(isnan(NUMBER(e02, missing[i], "Balder", "SAMHALLE"))); /* it does not pay back at once */
}

/* With inkomstutjämning both are shown; without it there is nothing to show. */
static void equalisation_is_shown_with_and_without(void **state)
{
	(void)state;
	settings.inkomstutjamning = 0.5;
	write_all("SCHABLON_AK");
	assert_int_equal(stage_payback.work(&run, arena, &error), 0);
	const struct cube *e02 = read_table("aggregate", "e02_aterbetalning"), *e08 = read_table("aggregate", "e08_utjamning");
	double taxable = 20000 - 310;
	assert_int_equal(e08->rows, 8);
	assert_close(NUMBER(e08, "netto_manad", "Balder", "KOM", "utan"), 10000 + 0.2 * taxable, 1e-12);
	assert_close(NUMBER(e08, "netto_manad", "Balder", "KOM", "med"), 10000 + 0.1 * taxable, 1e-12);
	assert_close(NUMBER(e08, "netto_manad", "Balder", "REG", "med"), 1200 + 0.05 * taxable, 1e-12);
	assert_close(NUMBER(e08, "netto_manad", "Balder", "STAT", "med"), 6000 + 0.2 * taxable, 1e-12);
	static const char *const both[] = { "netto_manad", "nuvarde", "aterbetalning_start" };
	for (size_t i = 0; i < 3; i++)
		assert_close(NUMBER(e02, both[i], "Balder", "KOM"), NUMBER(e08, both[i], "Balder", "KOM", "med"), 0);
	assert_true(NUMBER(e08, "aterbetalning_start", "Balder", "KOM", "utan") <
		NUMBER(e08, "aterbetalning_start", "Balder", "KOM", "med"));
}

/* The follow-up register is the base, and no extracts came: there is nothing to compare with. */
static void without_extracts_the_other_base_is_missing(void **state)
{
	(void)state;
	static const struct column bistand[] = { { "person", COLUMN_U32 }, { "manad", COLUMN_I32 }, { "belopp", COLUMN_I64 } };
	settings.underlag = UNDERLAG_SUS;
	write_all("VARD_PV");
	char path[512];
	(void)snprintf(path, sizeof path, "%s/bistand.col", folder);
	assert_int_equal(remove(path), 0);
	open_table("bistand", bistand, 3);
	close_table();
	assert_int_equal(stage_payback.work(&run, arena, &error), 0);
	const struct cube *e06 = read_table("aggregate", "e06_jamforelse");
	assert_true(isnan(NUMBER(e06, "kohort", "Balder", "extrakt", "0")));
	assert_true(isnan(NUMBER(e06, "nuvarde", "Balder", "extrakt", "0")));
	assert_close(NUMBER(e06, "kohort", "Balder", "sus", "0"), 2, 0);
}

static void a_price_that_lacks_stops_it(void **state)
{
	(void)state;
	write_all("VARD_PV");
	assert_int_equal(stage_payback.work(&run, arena, &error), -1);
	assert_int_equal(error.code, EXIT_DATA);
	assert_string_equal(error.message[0], "prislista.csv: no price for post 'VARD_PV' in 2018 or earlier");
}

/* The other underlag lacks a price: its rows of e06 are missing, the rest stands. */
static void the_comparison_alone_goes_without(void **state)
{
	(void)state;
	write_all("SCHABLON_FS");
	assert_int_equal(stage_payback.work(&run, arena, &error), 0);
	const struct cube *e06 = read_table("aggregate", "e06_jamforelse");
	assert_close(NUMBER(e06, "kohort", "Balder", "sus", "2"), 2, 0);
	assert_true(isnan(NUMBER(e06, "nuvarde", "Balder", "sus", "2")));
	assert_true(NUMBER(e06, "nuvarde", "Balder", "extrakt", "2") > 0);
}

static void without_kalkyl_only_e01(void **state)
{
	(void)state;
	settings.has_kalkyl = false;
	write_all("LON_AO");
	assert_int_equal(stage_payback.work(&run, arena, &error), 0);
	static const char *const empty[] = { "e02_aterbetalning", "e03_kassaflode", "e04_kanslighet", "e05_potential",
		"e06_jamforelse", "e07_band", "e08_utjamning", "e09_priser" };
	for (size_t i = 0; i < sizeof empty / sizeof *empty; i++)
		assert_int_equal(read_table("aggregate", empty[i])->rows, 0);
	assert_close(NUMBER(read_table("aggregate", "e01_ekonomi"), "utfall", "Balder", "2018", "TOT"), 464000, 0);
	assert_close(NUMBER(read_table("support", "ekonomi_underlag"), "deltaganden", "Balder", "2018"), 3, 0);
	assert_int_equal(read_table("support", "kohort_underlag")->rows, 0);
}

/* Sources that share no key: nothing is linked, the follow-up register alone serves. */
static void without_a_common_key_nothing_is_linked(void **state)
{
	(void)state;
	settings.gemensam_nyckel = false;
	settings.underlag = UNDERLAG_SUS;
	write_all("VARD_PV");
	assert_int_equal(stage_payback.work(&run, arena, &error), 0);
	const struct cube *e06 = read_table("aggregate", "e06_jamforelse");
	assert_true(isnan(NUMBER(e06, "kohort", "Balder", "extrakt", "0")));
	const struct cube *e02 = read_table("aggregate", "e02_aterbetalning");
	/* Two exits: bistånd 8 000 and casework 1 000 before; afterwards one works full time, one is as before. */
	assert_close(NUMBER(e02, "netto_manad", "Balder", "SAMHALLE"), (26000 + 1000) / 2.0, 1e-12);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(one_person_by_hand, begin_stage, end_stage),
		cmocka_unit_test_setup_teardown(an_insats_without_utfall_warns, begin_stage, end_stage),
		cmocka_unit_test_setup_teardown(equalisation_is_shown_with_and_without, begin_stage, end_stage),
		cmocka_unit_test_setup_teardown(without_extracts_the_other_base_is_missing, begin_stage, end_stage),
		cmocka_unit_test_setup_teardown(a_price_that_lacks_stops_it, begin_stage, end_stage),
		cmocka_unit_test_setup_teardown(the_comparison_alone_goes_without, begin_stage, end_stage),
		cmocka_unit_test_setup_teardown(without_kalkyl_only_e01, begin_stage, end_stage),
		cmocka_unit_test_setup_teardown(without_a_common_key_nothing_is_linked, begin_stage, end_stage),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
