/* Tests of reading rows: each rule with a row that passes and one that fails. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "pipeline/base/date.h"
#include "stages/ingest/row.h"
#include "tests/arena.h"

static struct settings settings;
static const struct insats insatser[] = { { .name = "Balder" }, { .name = "Grön väg" },
	{ .name = "Kontoret", .registration = REGISTRATION_VOLUME } };

static int setup(void **state)
{
	(void)state;
	memset(&error, 0, sizeof error);
	settings = (struct settings){ .insats_count = 3, .insats = insatser };
	arena = arena_new(&error);
	return arena == NULL;
}

/* Splits at ';'. */
static struct csv_record split(const char *line, struct csv_field fields[LAYOUT_FIELDS])
{
	struct csv_record record = { .line = 2, .number = 2, .field = fields };
	for (const char *at = line;; at++) {
		size_t length = strcspn(at, ";");
		fields[record.fields++] = (struct csv_field){ at, length };
		at += length;
		if (*at == '\0')
			return record;
	}
}

static struct row row;
static struct reading reading;

/* The severity that the schema gives this constraint, or with CONSTRAINTS its rules over several fields. */
static enum constraint given_constraint;
static enum severity given_severity;

static const struct extract *given_schema(const struct extract *schema)
{
	struct extract *given = arena_take(arena, 1, sizeof *given, &error);
	struct field *field = arena_take(arena, schema->fields, sizeof *field, &error);
	struct extract_rule *rule = arena_take(arena, schema->rules, sizeof *rule, &error);
	*given = *schema;
	for (size_t i = 0; i < schema->fields; i++) {
		field[i] = schema->field[i];
		if (given_constraint < CONSTRAINTS && given_severity != SEVERITY_ERROR)
			field[i].severity[given_constraint] = given_severity;
	}
	for (size_t i = 0; i < schema->rules; i++) {
		rule[i] = schema->rule[i];
		if (given_constraint == CONSTRAINTS)
			rule[i].severity = given_severity;
	}
	given->field = field;
	given->rule = rule;
	return given;
}

/* Reads one line of an extract under a header. */
static enum reason read_line(const char *extract, const char *header, const char *line)
{
	struct csv_field names[LAYOUT_FIELDS], fields[LAYOUT_FIELDS];
	struct csv_record head = split(header, names), record = split(line, fields);
	struct layout layout;
	const struct extract *schema = schema_extract(extract, arena, &error);
	assert_non_null(schema);
	schema = given_schema(schema);
	assert_int_equal(reading_make(&reading, schema, &settings, arena, &error), 0);
	assert_int_equal(layout_make(&layout, &reading, &head, NULL, "x.csv", arena, &error), 0);
	row_read(&row, &reading, &layout, &record);
	assert_true(row.reason == REASON_NONE || row.field < schema->fields);
	assert_true(row.reason == REASON_NONE || strlen(row.rule) > 0);
	return row.reason;
}

static const union value *value(const char *name)
{
	for (size_t i = 0; i < reading.extract->fields; i++)
		if (strcmp(reading.extract->field[i].name, name) == 0)
			return &row.value[i];
	fail_msg("no field %s", name);
	return NULL;
}

static const char *wrong_field(void)
{
	return reading.extract->field[row.field].name;
}

/* Whether the row breaks that one rule, and is kept. */
static bool warns(const char *field, enum reason reason)
{
	return row.reason == REASON_NONE && row.warnings == 1 && row.warning[0].reason == reason &&
		strcmp(reading.extract->field[row.warning[0].field].name, field) == 0 && strlen(row.warning[0].rule) > 0;
}

#define FK "pid;kommun;kon;fodelsear;forman;omfattning;fran;till;diagnos;belopp"
#define AF "pid;kommun;kon;fodelsear;sokandekategori;fran;till;ersattning;belopp;avslutsorsak"
#define KOM "pid;kommun;kon;fodelsear;manad;belopp;forsorjningshinder"
#define SUS "pid;insats;kommun;kon;fodelsear;start;slut;sysselsattning_slut;avslut"

static void test_whole_row(void **state)
{
	(void)state;
	assert_int_equal(read_line("fk", FK, "abcd_123; 1440 ;K;1980;SP;50;2018-01-31;2018-02-28; F32\t;12345,6"), REASON_NONE);
	struct key key = hash_key("abcd_123", 8);
	assert_memory_equal(&value("pid")->key, &key, sizeof key);
	assert_string_equal(reading.extract->field[1].codes->entry[value("kommun")->code].kod, "1440");
	assert_int_equal(value("kon")->code, 0);
	assert_int_equal(value("fodelsear")->number, 1980);
	assert_int_equal(value("omfattning")->number, 50);
	assert_int_equal(value("fran")->number, date_day(2018, 1, 31));
	assert_int_equal(value("till")->number, date_day(2018, 2, 28));
	assert_int_equal(value("diagnos")->text.length, 3);
	assert_int_equal(value("belopp")->ore, 1234560);
}

/* Columns in another order, optional ones absent. */
static void test_missing_values(void **state)
{
	(void)state;
	assert_int_equal(read_line("fk", "forman;fran;kon;pid;fodelsear;kommun", "SE;2018-01-31;M;abcd_123;1980;0780"),
		REASON_NONE);
	assert_int_equal(value("till")->number, DATE_ONGOING);
	assert_int_equal(value("omfattning")->number, COLUMN_NONE_I32);
	assert_true(value("belopp")->ore == COLUMN_NONE_I64);
	assert_int_equal(value("diagnos")->text.length, 0);
	assert_int_equal(read_line("af", AF, "abcd_123;1440;K;1980;11;2018-01-31;;;;"), REASON_NONE);
	assert_int_equal(value("ersattning")->code, CODE_NONE);
	assert_int_equal(value("avslutsorsak")->code, CODE_NONE);
	assert_int_equal(read_line("fk", FK, "abcd_123;1440;K;1980;;50;2018-01-31;;;"), REASON_REQUIRED_MISSING);
	assert_string_equal(wrong_field(), "forman");
	assert_int_equal(read_line("fk", FK, "  ;1440;K;1980;SP;50;2018-01-31;;;"), REASON_REQUIRED_MISSING);
}

static void test_pid(void **state)
{
	(void)state;
	static const char longest[] = "0123456789abcdef0123456789ABCDEF0123456789abcdef0123456789_-_-_-";
	static const struct {
		const char *pid;
		enum reason reason;
	} cases[] = { { "12345678", REASON_NONE }, { longest, REASON_NONE }, { "1234567", REASON_PID_INVALID },
		{ "1234567 8", REASON_PID_INVALID }, { "12345678\xC3\xA5", REASON_PID_INVALID }, { "1234.5678", REASON_PID_INVALID },
		{ "0123456789abcdef0123456789ABCDEF0123456789abcdef0123456789_-_-_-x", REASON_PID_INVALID } };
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char line[160];
		(void)snprintf(line, sizeof line, "%s;1440;K;1980;SP;;2018-01-31;;;", cases[i].pid);
		assert_int_equal(read_line("fk", FK, line), cases[i].reason);
	}
}

/* Lines of which only one value differs; %s marks it. */
static void check(const char *extract, const char *header, const char *form, const char *text, enum reason reason)
{
	char line[200];
	const char *mark = strstr(form, "%s");
	(void)snprintf(line, sizeof line, "%.*s%s%s", (int)(mark - form), form, text, mark + 2);
	if (read_line(extract, header, line) != reason)
		fail_msg("%s: '%s' gives %s", extract, text, reason_codes[row.reason]);
}

static void test_codes(void **state)
{
	(void)state;
	static const char kommun[] = "abcd_123;%s;K;1980;SP;;2018-01-31;;;", kon[] = "abcd_123;1440;%s;1980;SP;;2018-01-31;;;";
	check("fk", FK, kommun, "0780", REASON_NONE);
	check("fk", FK, kommun, "780", REASON_KOMMUN_LEADING_ZERO);
	check("fk", FK, kommun, "999", REASON_CODE_UNKNOWN);
	check("fk", FK, kommun, "9999", REASON_CODE_UNKNOWN);
	check("fk", FK, kommun, "14400", REASON_CODE_UNKNOWN);
	check("fk", FK, kommun, "Kungälv", REASON_CODE_UNKNOWN);
	check("fk", FK, kon, "X", REASON_NONE);
	check("fk", FK, kon, "k", REASON_CODE_UNKNOWN);
	check("fk", FK, "abcd_123;1440;K;1980;%s;;2018-01-31;;;", "AA", REASON_NONE);
	check("fk", FK, "abcd_123;1440;K;1980;%s;;2018-01-31;;;", "AK", REASON_CODE_UNKNOWN);
}

/* It is published as it stands: no free text. */
static void test_age_groups(void **state)
{
	(void)state;
	static const char half_a_dash[] = "16\xe2\x80" "19"; /* the escape must end before the digits */
	static const char *const right[] = { "16-19", "16–19", "0-15", "65+", "TOT", "100-105", "" };
	static const char *const bad[] = { "Kalle", "16-", "-19", "+", "16-19x", "16-19-", "65+1", "16 - 19", "1616-19", "16", "TOTALS",
		half_a_dash, "16\xe2" };
	for (size_t i = 0; i < sizeof right / sizeof *right; i++)
		check("volym", "insats;ar;aldersgrupp;antal", "Balder;2018;%s;5", right[i], REASON_NONE);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		check("volym", "insats;ar;aldersgrupp;antal", "Balder;2018;%s;5", bad[i], REASON_TEXT_INVALID);
}

static void test_sokandekategori(void **state)
{
	(void)state;
	static const char form[] = "abcd_123;1440;K;1980;%s;2018-01-31;;;;";
	check("af", AF, form, "11", REASON_NONE);
	assert_int_equal(row.warnings, 0);
	assert_int_equal(value("sokandekategori")->number, 11);
	check("af", AF, form, "05", REASON_NONE);
	assert_true(warns("sokandekategori", REASON_CODE_UNKNOWN));
	assert_int_equal(value("sokandekategori")->number, 5);
	check("af", AF, form, "5", REASON_CODE_UNKNOWN);
	check("af", AF, form, "100", REASON_CODE_UNKNOWN);
	check("af", AF, form, "-1", REASON_CODE_UNKNOWN);
	check("af", AF, form, "1a", REASON_CODE_UNKNOWN);
	check("af", AF, form, "98", REASON_NONE);
}

static void test_dates(void **state)
{
	(void)state;
	static const char fran[] = "abcd_123;1440;K;1980;SP;;%s;;;", till[] = "abcd_123;1440;K;1980;SP;;2018-01-31;%s;;";
	check("fk", FK, fran, "2016-02-29", REASON_NONE);
	check("fk", FK, fran, "2018-02-29", REASON_DATE_INVALID);
	check("fk", FK, fran, "20180131", REASON_DATE_INVALID);
	check("fk", FK, fran, "31/1 2018", REASON_DATE_INVALID);
	check("fk", FK, fran, "2018-01-31 00:00", REASON_DATE_INVALID);
	check("fk", FK, fran, "1901-01-01", REASON_NONE);
	check("fk", FK, fran, "1900-12-31", REASON_DATE_PLACEHOLDER);
	check("fk", FK, fran, "1900-01-01", REASON_DATE_PLACEHOLDER);
	check("fk", FK, fran, "2098-12-31", REASON_NONE);
	check("fk", FK, fran, "2099-01-01", REASON_DATE_PLACEHOLDER);
	check("fk", FK, till, "2018-01-31", REASON_NONE);
	assert_int_equal(value("till")->number, date_day(2018, 1, 31));
	check("fk", FK, till, "2018-01-30", REASON_END_BEFORE_START);
	assert_string_equal(wrong_field(), "till");
	check("fk", FK, till, "1900-01-01", REASON_DATE_PLACEHOLDER);
	check("fk", FK, till, "2099-01-01", REASON_NONE);
	assert_int_equal(value("till")->number, DATE_ONGOING);
	check("fk", FK, till, "9999-12-31", REASON_NONE);
	assert_int_equal(value("till")->number, DATE_ONGOING);
	static const char manad[] = "abcd_123;1440;K;1980;%s;100;";
	check("kommun", KOM, manad, "2018-12", REASON_NONE);
	assert_int_equal(value("manad")->number, date_month(2018, 12));
	check("kommun", KOM, manad, "2018-13", REASON_DATE_INVALID);
	check("kommun", KOM, manad, "2018-12-01", REASON_DATE_INVALID);
	check("kommun", KOM, manad, "1900-01", REASON_DATE_PLACEHOLDER);
}

static void test_missing_start(void **state)
{
	(void)state;
	static const char header[] = "insats;ar;finansiar;fran;till";
	assert_int_equal(read_line("ekonomi", header, "Balder;2018;KOM;;2018-03-01"), REASON_NONE);
	assert_int_equal(read_line("ekonomi", header, "Balder;2018;KOM;2018-03-02;"), REASON_NONE);
	assert_int_equal(value("till")->number, COLUMN_NONE_I32);
	assert_int_equal(read_line("ekonomi", header, "Balder;2018;KOM;2018-03-02;2018-03-01"), REASON_END_BEFORE_START);
	/* what is empty is the first or last day of the year */
	assert_int_equal(read_line("ekonomi", header, "Balder;2018;KOM;;2018-01-01"), REASON_NONE);
	assert_int_equal(read_line("ekonomi", header, "Balder;2018;KOM;;2017-12-31"), REASON_END_BEFORE_START);
	assert_string_equal(wrong_field(), "till");
	assert_int_equal(read_line("ekonomi", header, "Balder;2018;KOM;2018-12-31;"), REASON_NONE);
	assert_int_equal(read_line("ekonomi", header, "Balder;2018;KOM;2019-01-01;"), REASON_END_BEFORE_START);
	assert_int_equal(read_line("ekonomi", header, "Balder;2018;KOM;;"), REASON_NONE);
}

static void test_numbers(void **state)
{
	(void)state;
	static const char born[] = "abcd_123;1440;K;%s;SP;;2018-01-31;;;", share[] = "abcd_123;1440;K;1980;SP;%s;2018-01-31;;;";
	static const char amount[] = "abcd_123;1440;K;1980;SP;;2018-01-31;;;%s";
	check("fk", FK, born, "1900", REASON_NONE);
	check("fk", FK, born, "1899", REASON_OUT_OF_RANGE);
	check("fk", FK, born, "2101", REASON_OUT_OF_RANGE);
	check("fk", FK, born, "80", REASON_OUT_OF_RANGE);
	check("fk", FK, born, "99999999999", REASON_OUT_OF_RANGE);
	check("fk", FK, born, "1980.0", REASON_NUMBER_INVALID);
	check("fk", FK, born, "-", REASON_NUMBER_INVALID);
	check("fk", FK, share, "75", REASON_NONE);
	check("fk", FK, share, "60", REASON_OUT_OF_RANGE);
	check("fk", FK, amount, "0", REASON_NONE);
	check("fk", FK, amount, "1234.50", REASON_NONE);
	check("fk", FK, amount, "1 234", REASON_NUMBER_INVALID);
	check("fk", FK, amount, "1.234", REASON_NUMBER_INVALID);
	check("fk", FK, amount, "1e3", REASON_NUMBER_INVALID);
	check("fk", FK, amount, "100 kr", REASON_NUMBER_INVALID);
	check("fk", FK, amount, "-0,01", REASON_OUT_OF_RANGE);
	static const char varde[] = "abcd_123;Balder;EQ5D;start;2018-01-31;%s";
	check("enkat", "pid;insats;instrument;tillfalle;datum;varde", varde, "3,25", REASON_NONE);
	check("enkat", "pid;insats;instrument;tillfalle;datum;varde", varde, "bra", REASON_NUMBER_INVALID);
	check("ekonomi", "insats;ar;finansiar;utfall", "Balder;2018;KOM;%s", "-100,50", REASON_NONE); /* a credit */
	assert_int_equal(value("utfall")->ore, -10050);
}

static void test_multi(void **state)
{
	(void)state;
	static const char form[] = "abcd_123;Balder;1440;K;1980;2018-01-31;2018-05-01;%s;01";
	check("sus", SUS, form, "AU:75|SU:25", REASON_NONE);
	assert_int_equal(value("sysselsattning_slut")->text.length, 11);
	check("sus", SUS, form, "AU|SU", REASON_NONE);
	check("sus", SUS, form, "AU,SU", REASON_MULTI_INVALID);
	check("sus", SUS, form, "AU:75|SU:50", REASON_MULTI_INVALID);
	check("sus", SUS, form, "AU|AU", REASON_MULTI_INVALID);
	check("sus", SUS, form, "QQ", REASON_MULTI_INVALID);
	static const char avslut[] = "abcd_123;Balder;1440;K;1980;2018-01-31;2018-05-01;AO;%s";
	check("sus", SUS, avslut, "01|98", REASON_NONE);
	check("sus", SUS, avslut, "1", REASON_MULTI_INVALID);
}

static void test_consent_withdrawn(void **state)
{
	(void)state;
	static const struct key nobody = { 0, 0 };
	static const char form[] = "abcd_123;Balder;1440;K;1980;2018-01-31;2018-05-01;AO;%s";
	check("sus", SUS, form, "12", REASON_NONE);
	assert_memory_equal(&value("pid")->key, &nobody, sizeof nobody);
	check("sus", SUS, form, "10|12", REASON_NONE);
	assert_memory_equal(&value("pid")->key, &nobody, sizeof nobody);
	check("sus", SUS, form, "10", REASON_NONE);
	assert_memory_not_equal(&value("pid")->key, &nobody, sizeof nobody);
	assert_int_equal(read_line("sus", SUS, ";Balder;1440;K;1980;2018-01-31;;;"), REASON_NONE);
	assert_memory_equal(&value("pid")->key, &nobody, sizeof nobody);
	assert_int_equal(read_line("sus", "insats;kommun;kon;fodelsear;start", "Balder;1440;K;1980;2018-01-31"), REASON_NONE);
	assert_memory_equal(&value("pid")->key, &nobody, sizeof nobody);
}

static void test_exit_without_occupation(void **state)
{
	(void)state;
	assert_int_equal(read_line("sus", SUS, ";Balder;1440;K;1980;2018-01-31;2018-05-01;;"), REASON_NONE);
	assert_true(warns("sysselsattning_slut", REASON_COMPANION_MISSING));
	assert_int_equal(read_line("sus", SUS, ";Balder;1440;K;1980;2018-01-31;2018-05-01;AO;"), REASON_NONE);
	assert_int_equal(row.warnings, 0);
	assert_int_equal(read_line("sus", SUS, ";Balder;1440;K;1980;2018-01-31;2099-12-31;;"), REASON_NONE);
	assert_int_equal(row.warnings, 0);
	assert_int_equal(read_line("fk", FK, "abcd_123;1440;K;1980;SP;;2018-01-31;2018-02-01;;"), REASON_NONE);
	assert_int_equal(row.warnings, 0);
}

static void test_insats(void **state)
{
	(void)state;
	static const char form[] = "abcd_123;%s;1440;K;1980;2018-01-31;;;";
	check("sus", SUS, form, "Grön väg", REASON_NONE);
	check("sus", SUS, form, "balder", REASON_INSATS_UNKNOWN);
	assert_string_equal(row.nearest, "Balder");
	assert_int_equal(row.severity, SEVERITY_REFUSE);
	check("sus", SUS, form, "Något helt annat", REASON_INSATS_UNKNOWN);
	assert_null(row.nearest);
	assert_int_equal(read_line("enkat", "pid;insats;instrument;tillfalle;datum;varde", "abcd_123;baldr;EQ5D;start;2018-01-31;5"),
		REASON_INSATS_UNKNOWN);
	assert_int_equal(row.severity, SEVERITY_REFUSE);
	check("intresse", "arende;insats;kommun;kon;remittent;inkom;status;start", "1;%s;1440;K;AF;2018-01-31;VANTAR;", "Bälder",
		REASON_INSATS_UNKNOWN);
	assert_int_equal(row.severity, SEVERITY_REFUSE);
	check("ekonomi", "insats;ar;finansiar;budget;utfall", "%s;2018;STAT;5;5", "Bälder", REASON_INSATS_UNKNOWN);
	assert_int_equal(row.severity, SEVERITY_REFUSE);
	check("volym", "insats;ar;antal", "%s;2018;5", "Baldre", REASON_INSATS_UNKNOWN);
	assert_string_equal(row.nearest, "Balder");
	check("volym", "insats;ar;antal", "%s;2018;5", "Balder", REASON_NONE);
	assert_null(row.nearest);
	assert_true(warns("insats", REASON_INSATS_KIND));
	check("volym", "insats;ar;antal", "%s;2018;5", "Kontoret", REASON_NONE);
	assert_int_equal(row.warnings, 0);
	check("sus", SUS, form, "Kontoret", REASON_NONE);
	assert_true(warns("insats", REASON_INSATS_KIND));
	check("sus", SUS, form, "Balder", REASON_NONE);
	assert_int_equal(row.warnings, 0);
}

/* What a code may be is told; the nearest one is not, for it would tell of the person. */
static void test_what_is_told(void **state)
{
	(void)state;
	check("fk", FK, "abcd_123;1440;%s;1980;SP;;2018-01-31;;;", "Kvinna", REASON_CODE_UNKNOWN);
	assert_string_equal(row.rule, "not a code of its list: K M X");
	assert_null(row.nearest);
	check("fk", FK, "abcd_123;%s;K;1980;SP;;2018-01-31;;;", "Ale", REASON_CODE_UNKNOWN);
	assert_string_equal(row.rule, "not a code of its list (schemas/kodlistor/kommun.csv)");
	check("sus", SUS, "abcd_123;Balder;1440;K;1980;2018-01-31;2018-05-01;%s;01", "AO:60|QQ", REASON_MULTI_INVALID);
	assert_string_equal(row.rule, "not CODE[:PER CENT]|…, each code once and at most 100 per cent in all, with codes of its list: "
		"AO AU EF SU AR PR PG EJ OV");
	check("fk", FK, "%s;1440;K;1980;SP;;2018-01-31;;;", "short", REASON_PID_INVALID);
	assert_string_equal(row.rule, "not of the form ^[0-9A-Za-z_-]{8,64}$: 8–64 letters (A–Z, a–z), digits, - or _");
}

static void test_no_records(void **state)
{
	(void)state;
	assert_int_equal(read_line("volym", "insats;ar;antal", "insats;ar;antal"), REASON_HEADER_AGAIN);
	assert_int_equal(row.severity, SEVERITY_ERROR);
	assert_int_equal(read_line("volym", "insats;ar;antal", "insats;ar;5"), REASON_INSATS_UNKNOWN);
	assert_int_equal(read_line("volym", "insats;ar;antal", "Summa;2018;50"), REASON_TOTAL_ROW);
	assert_int_equal(row.severity, SEVERITY_ERROR);
	assert_null(row.nearest);
	assert_int_equal(read_line("volym", "insats;ar;antal", "TOTALT: ;;50"), REASON_TOTAL_ROW);
	assert_int_equal(read_line("fk", FK, "Totalt;;;;;;;;;12000"), REASON_TOTAL_ROW);
	assert_int_equal(read_line("volym", "insats;ar;antal", "Summa summarum;2018;50"), REASON_INSATS_UNKNOWN);
	assert_int_equal(row.warnings, 0);
}

static void test_started_when(void **state)
{
	(void)state;
	static const char header[] = "arende;insats;kommun;kon;remittent;inkom;status;start";
	assert_int_equal(read_line("intresse", header, "A1;Balder;1440;K;REG_PSY;2018-01-01;STARTAD;"), REASON_NONE);
	assert_true(warns("start", REASON_COMPANION_MISSING));
	assert_int_equal(read_line("intresse", header, "A1;Balder;1440;K;REG_PSY;2018-01-01;AVBOJD;"), REASON_NONE);
	assert_int_equal(row.warnings, 0);
}

/* A severity that a schema may give any rule: the same row is rejected, refuses the delivery, or is kept and counted. */
static void test_severities(void **state)
{
	(void)state;
	static const enum severity severities[] = { SEVERITY_ERROR, SEVERITY_REFUSE, SEVERITY_WARNING };
	static const struct {
		const char *line;
		enum constraint constraint;
		enum reason reason;
	} cases[] = { { "abcd_123;1440;K;1899;SP;50;2018-01-31;;;", CONSTRAINT_RANGE, REASON_OUT_OF_RANGE },
		{ "abcd_123;1440;K;1980;SP;33;2018-01-31;;;", CONSTRAINT_ENUM, REASON_OUT_OF_RANGE },
		{ "abcd 123;1440;K;1980;SP;50;2018-01-31;;;", CONSTRAINT_PATTERN, REASON_PID_INVALID },
		{ "abcd_123;1440;K;1980;QQ;50;2018-01-31;;;", CONSTRAINT_CODES, REASON_CODE_UNKNOWN },
		{ "abcd_123;1440;K;1980;;50;2018-01-31;;;", CONSTRAINT_REQUIRED, REASON_REQUIRED_MISSING },
		{ "abcd_123;1440;K;1980;SP;50;2018-02-31;;;", CONSTRAINT_TYPE, REASON_DATE_INVALID },
		{ "abcd_123;1440;K;1980;SP;50;2018-01-31;2017-01-01;;", CONSTRAINTS, REASON_END_BEFORE_START } };
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		for (size_t k = 0; k < sizeof severities / sizeof *severities; k++) {
			given_constraint = cases[i].constraint;
			given_severity = severities[k];
			enum reason reason = read_line("fk", FK, cases[i].line);
			given_constraint = CONSTRAINT_TYPE;
			given_severity = SEVERITY_ERROR;
			bool warning = severities[k] == SEVERITY_WARNING;
			assert_int_equal(reason, warning ? REASON_NONE : cases[i].reason);
			assert_int_equal(row.warnings, warning);
			assert_int_equal(warning ? row.warning[0].reason : row.reason, cases[i].reason);
			assert_true(warning || row.severity == severities[k]);
		}
}

/* The first wrong field in the order of the schema decides, whatever the order of the columns. */
static void test_first_reason(void **state)
{
	(void)state;
	assert_int_equal(read_line("fk", "fran;forman;kon;pid;fodelsear;kommun", "x;SP;?;abcd_123;1;780"),
		REASON_KOMMUN_LEADING_ZERO);
	assert_int_equal(read_line("fk", "fran;forman;kon;pid;fodelsear;kommun;till", "2018-02-01;SP;K;abcd_123;1;1440;2018-01-01"),
		REASON_OUT_OF_RANGE);
}

static void test_id(void **state)
{
	(void)state;
	static const char header[] = "arende;insats;kommun;kon;remittent;inkom;status;start";
	assert_int_equal(read_line("intresse", header, "A 1/2018;Balder;1440;K;REG_PSY;2018-01-01;STARTAD;2018-02-01"),
		REASON_NONE);
	assert_int_equal(read_line("intresse", header, "A1;Balder;1440;K;REG_PSY;2018-01-01;VANTAR;"), REASON_NONE);
	assert_int_equal(value("start")->number, COLUMN_NONE_I32);
	assert_int_equal(read_line("intresse", header, ";Balder;1440;K;REG_PSY;2018-01-01;VANTAR;"), REASON_REQUIRED_MISSING);
	assert_int_equal(read_line("intresse", header, "A1;Balder;1440;K;REG;2018-01-01;VANTAR;"), REASON_CODE_UNKNOWN);
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, setup, arena_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_whole_row),
		CASE(test_missing_values),
		CASE(test_pid),
		CASE(test_codes),
		CASE(test_age_groups),
		CASE(test_sokandekategori),
		CASE(test_dates),
		CASE(test_missing_start),
		CASE(test_numbers),
		CASE(test_multi),
		CASE(test_consent_withdrawn),
		CASE(test_exit_without_occupation),
		CASE(test_insats),
		CASE(test_what_is_told),
		CASE(test_no_records),
		CASE(test_started_when),
		CASE(test_severities),
		CASE(test_first_reason),
		CASE(test_id),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
