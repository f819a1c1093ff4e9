/* Tests of the validation report: the balance of rows, different pseudonymisation, escaping. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "stages/link/validation.h"

static void test_balance(void **state)
{
	(void)state;
	const struct delivered files[] = { { EXTRACT_FK, "a", "", 10, 9, 1 }, { EXTRACT_FK, "b", "", 5, 5, 0 },
		{ EXTRACT_VOLYM, "v", "", 7, 7, 0 } };
	struct validation validation = { .files = 3, .file = files };
	validation.flow[EXTRACT_FK].duplicates = 4;
	validation_count(&validation);
	assert_int_equal(validation.flow[EXTRACT_FK].files, 2);
	assert_int_equal(validation.flow[EXTRACT_FK].read, 15);
	assert_int_equal(validation.flow[EXTRACT_FK].rejected, 1);
	assert_int_equal(validation.flow[EXTRACT_FK].kept, 10);
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

static void test_mismatch(void **state)
{
	(void)state;
	char message[VALIDATION_MISMATCH];
	struct validation validation = { 0 };
	assert_false(validation_mismatch(&validation, VALIDATION_MANY, message));
	validation.presence[IN_AF] = 50;
	validation.presence[IN_FK] = 50;
	assert_true(validation_mismatch(&validation, VALIDATION_MANY, message));
	assert_non_null(strstr(message, "AF: none of its 50 persons"));
	assert_non_null(strstr(message, "different pseudonymisation"));
	validation.presence[IN_FK] = 49; /* one large source only */
	assert_false(validation_mismatch(&validation, VALIDATION_MANY, message));
	validation.presence[IN_AF | IN_FK] = 1; /* 51 and 50, and one who links them */
	assert_false(validation_mismatch(&validation, VALIDATION_MANY, message));
	validation.presence[IN_SUS] = 49;
	assert_false(validation_mismatch(&validation, VALIDATION_MANY, message));
	validation.presence[IN_SUS] = 50;
	assert_true(validation_mismatch(&validation, VALIDATION_MANY, message));
	assert_non_null(strstr(message, "SUS: "));
	validation.presence[IN_SUS | IN_ENKAT] = 10; /* they match each other, but nobody else */
	assert_true(validation_mismatch(&validation, VALIDATION_MANY, message));
	assert_non_null(strstr(message, "SUS and ENKAT: none of its 60 persons"));
	validation.presence[IN_SUS | IN_KOM] = 1;
	assert_false(validation_mismatch(&validation, VALIDATION_MANY, message));
}

static void test_reports(void **state)
{
	(void)state;
	struct error error = { 0 };
	struct arena *arena = arena_new(&error);
	struct text json = { .arena = arena }, html = { .arena = arena };
	const struct delivered files[] = { { EXTRACT_FK, "fk<b>\".csv", "DATE_INVALID:2|OUT_OF_RANGE:1", 10, 7, 3 } };
	struct validation validation = { .files = 1, .file = files, .persons = 3 };
	validation.presence[IN_FK] = 3;
	validation_count(&validation);
	assert_int_equal(validation_json(&validation, &json, &error), 0);
	assert_non_null(strstr(json.bytes, "\"file\": \"fk<b>\\\".csv\", \"rows_read\": 10, \"rows_kept\": 7, "
					   "\"rows_rejected\": 3, \"reasons\": {\"DATE_INVALID\": 2, \"OUT_OF_RANGE\": 1}}"));
	assert_non_null(strstr(json.bytes, "\"FK\": 3"));
	assert_int_equal(validation_html(&validation, "A & B", &html, &error), 0);
	assert_non_null(strstr(html.bytes, "<h1>Validation: A &amp; B</h1>"));
	assert_non_null(strstr(html.bytes, "fk&lt;b&gt;&quot;.csv"));
	assert_null(strstr(html.bytes, "<b>"));
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_balance),
		cmocka_unit_test(test_combination),
		cmocka_unit_test(test_mismatch),
		cmocka_unit_test(test_reports),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
