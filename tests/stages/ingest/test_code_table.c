/* Tests of the quick code lookup: the same answers as the list's own search. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "stages/ingest/code_table.h"

static void test_same_answers(void **state)
{
	(void)state;
	static const char *const lists[] = { "kommun", "kon", "forsorjningshinder", "remittent", "status", "tillfalle",
		"avslut", "registrering" };
	struct error error = { 0 };
	struct arena *arena = arena_new(&error);
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
		const struct codelist *list = codelist_load(lists[i], arena, &error);
		const struct code_table *table = code_table_make(list, arena, &error);
		assert_non_null(table);
		for (size_t k = 0; k < list->count; k++)
			assert_int_equal(code_table_find(table, list->entry[k].kod, strlen(list->entry[k].kod)), k);
		for (unsigned number = 0; number < 20000; number++) {
			char code[16];
			int length = snprintf(code, sizeof code, number % 2 == 0 ? "%04u" : "S%u", number / 2);
			assert_int_equal(code_table_find(table, code, (size_t)length), codelist_find(list, code, (size_t)length));
		}
		assert_int_equal(code_table_find(table, "", 0), CODE_NONE);
		assert_int_equal(code_table_find(table, "K\0", 2), CODE_NONE);
		assert_int_equal(code_table_find(table, "much longer than eight", 22), CODE_NONE);
	}
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_same_answers),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
