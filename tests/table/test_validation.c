/* Tests of the validation report: the balance of rows, combinations, the two written forms and their escaping. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "pipeline/table/validation.h"

static void test_balance(void **state)
{
	(void)state;
	const struct delivered_file files[] = { { .extract = EXTRACT_FK, .file = "a", .read = 10, .kept = 8, .duplicates = 1,
		.rejected = 1 }, { .extract = EXTRACT_FK, .file = "b", .read = 5, .kept = 2, .duplicates = 3 }, { .extract = EXTRACT_VOLYM, .file = "v", .read = 7, .kept = 7 } };
	struct validation validation = { .files = 3, .file = files };
	validation_count(&validation);
	assert_int_equal(validation.flow[EXTRACT_FK].files, 2);
	assert_int_equal(validation.flow[EXTRACT_FK].read, 15);
	assert_int_equal(validation.flow[EXTRACT_FK].rejected, 1);
	assert_int_equal(validation.flow[EXTRACT_FK].kept, 10);
	assert_int_equal(validation.flow[EXTRACT_FK].duplicates, 4);
	assert_int_equal(validation.flow[EXTRACT_VOLYM].kept, 7);
	assert_int_equal(validation.flow[EXTRACT_AF].read, 0);
}

static void test_combination(void **state)
{
	(void)state;
	char name[VALIDATION_COMBINATION];
	validation_combination(0, name);
	assert_string_equal(name, "");
	validation_combination(IN_FK | IN_AF, name);
	assert_string_equal(name, "AF+FK");
	validation_combination(63, name);
	assert_string_equal(name, "AF+FK+KOM+REG+SUS+ENKAT");
}

static void expect(const struct text *text, const char *const *parts)
{
	for (; *parts != NULL; parts++)
		if (strstr(text->bytes, *parts) == NULL)
			fail_msg("'%s' is not in\n%s", *parts, text->bytes);
}

static void test_reports(void **state)
{
	(void)state;
	struct error error = { 0 }, why = { 0 };
	struct arena *arena = arena_new(&error);
	struct text json = { .arena = arena }, html = { .arena = arena };
	const struct delivered_file files[] = { { EXTRACT_FK, "fk<b>\".csv", 12345, 12340, 2, 3, "diagnos", "fk & old.csv" } };
	const struct breach breaches[] = { { EXTRACT_FK, "fk<b>\".csv", "kon", "CODE_UNKNOWN", "a <code>", SEVERITY_ERROR, 3, "rows" },
		{ EXTRACTS, "", "pid", "DIFFERENT_KEYS", "one key", SEVERITY_REFUSE, 1, "source" } };
	const struct change changes[] = { { EXTRACT_FK, "rows", "10", "12345", true, SEVERITY_WARNING },
		{ EXTRACT_FK, "latest fran", "2018-01-01", "2018-01-02", false, SEVERITY_WARNING } };
	struct validation validation = { .title = "A & B", .reference = "20180101T000000Z", .linked = true, .files = 1, .file = files,
		.breaches = 2, .breach = breaches, .changes = 2, .change = changes, .persons = 3 };
	validation.presence[IN_FK] = 3;
	validation_count(&validation);
	assert_int_equal(validation_json(&validation, &json, &error), 0);
	assert_int_equal(validation_html(&validation, &html, &error), 0);
	static const char *const in_json[] = { "\"verdict\": \"accepted\"", "\"compared_with\": \"20180101T000000Z\"",
		"\"file\": \"fk<b>\\\".csv\", \"rows_read\": 12345, \"rows_kept\": 12340, \"rows_rejected\": 3, \"duplicates\": 2",
		"\"columns_absent\": \"diagnos\", \"same_rows_as\": \"fk & old.csv\"",
		"\"column\": \"kon\", \"code\": \"CODE_UNKNOWN\", \"severity\": \"error\", \"label\": \"a <code>\", \"count\": 3, \"unit\": \"rows\"",
		"{\"source\": null, \"file\": null, \"column\": \"pid\"", "\"before\": \"10\", \"now\": \"12345\", \"told\": \"warning\"",
		"\"told\": null", "\"FK\": 3", NULL };
	static const char *const in_html[] = { "<p>A &amp; B</p>", "fk&lt;b&gt;&quot;.csv", "12&#8239;345", "is accepted, with findings",
		"the very same rows as fk &amp; old.csv", "a &lt;code&gt;", NULL };
	expect(&json, in_json);
	expect(&html, in_html);
	assert_null(strstr(html.bytes, "<b>\""));
	assert_true(strstr(html.bytes, "DIFFERENT_KEYS") < strstr(html.bytes, "CODE_UNKNOWN")); /* the gravest first */
	json.length = html.length = 0;
	validation.linked = false;
	validation.reference = NULL;
	validation.why = &why;
	(void)error_set(&why, EXIT_DATA, "fk.csv:1: <wrong>");
	const struct error_place place = { .file = "fk.csv", .line = 4, .record = 3, .column = "column 'fran'", .code = "DATE_INVALID" };
	(void)error_at(&why, &place, "not a date");
	assert_int_equal(validation_json(&validation, &json, &error), 0);
	assert_int_equal(validation_html(&validation, &html, &error), 0);
	static const char *const refused_json[] = { "\"verdict\": \"refused\"", "{\"message\": \"fk.csv:1: <wrong>\", \"file\": null, \"line\": null, "
		"\"record\": null, \"column\": null, \"code\": null}", "{\"message\": \"fk.csv:4: column 'fran': DATE_INVALID: not a date (record 3)\", "
		"\"file\": \"fk.csv\", \"line\": 4, \"record\": 3, \"column\": \"fran\", \"code\": \"DATE_INVALID\"}", "\"errors_in_all\": 2", "\"persons\": null",
		"\"compared_with\": null", NULL };
	static const char *const refused_html[] = { "is refused: 2 faults", "fk.csv:1: &lt;wrong&gt;", "<tr><td><code>fk.csv</code><td class=\"n\">4<td><code>fran</code>"
		"<td><code>DATE_INVALID</code><td class=\"why\">not a date (record 3)</tr>", "no published run to compare", NULL };
	expect(&json, refused_json);
	expect(&html, refused_html);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_balance),
		cmocka_unit_test(test_combination),
		cmocka_unit_test(test_reports),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
