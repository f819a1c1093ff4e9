/* Tests of rows that may not stand twice: each severity with a source that keeps the rule and one that breaks it, where the rows
   stand, and what is left of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "pipeline/table/column/column.h"
#include "stages/ingest/unique.h"
#include "tests/arena.h"

enum { FILES = 2, ROWS = 6 };
static char folder[] = "/tmp/uniqueXXXXXX", rows_path[64], wrong_path[64], list_path[64];

static int setup(void **state)
{
	if (arena_begin(state) != 0)
		return -1;
	strcpy(folder + strlen(folder) - 6, "XXXXXX");
	if (mkdtemp(folder) == NULL)
		return -1;
	(void)snprintf(rows_path, sizeof rows_path, "%s/rows", folder);
	(void)snprintf(wrong_path, sizeof wrong_path, "%s/wrong", folder);
	(void)snprintf(list_path, sizeof list_path, "%s/list", folder);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	(void)unlink(rows_path);
	(void)unlink(wrong_path);
	(void)unlink(list_path);
	arena_free(arena);
	return rmdir(folder);
}

/* An identity, a number and a text; with `identity` false the first field is a text too, so that equal rows all count. */
static struct field field[] = { { .name = "arende" }, { .name = "ar", .kind = FIELD_INTEGER }, { .name = "post", .kind = FIELD_TEXT } };
static struct extract_rule rule = { .kind = RULE_UNIQUE, .label = "stands once", .field = 0, .fields = 1 };
static const struct extract extract = { .name = "test", .fields = 3, .rules = 1, .field = field, .rule = &rule };
static struct account account[FILES];

static const struct row_of {
	const char *arende, *post;
	int32_t ar;
} apart[ROWS] = { { "a", "x", 1 }, { "b", "x", 1 }, { "c", "x", 1 }, { "d", "å", 1 }, { "e", "x", 1 }, { "f", "x", 1 } },
	/* the third is the first again, the fourth and last say otherwise */
	alike[ROWS] = { { "a", "x", 1 }, { "b", "x", 1 }, { "a", "x", 1 }, { "a", "å", 1 }, { "c", "x", 1 }, { "b", "x", 2 } };

/* Two files of four and two right rows; in the first, records 3 and 5 are wrong. */
static void write_rows(const struct row_of *row, bool identity)
{
	struct column_writer *writer = NULL;
	field[0].kind = identity ? FIELD_ID : FIELD_TEXT;
	const struct column columns[] = { { "arende", identity ? COLUMN_KEY : COLUMN_TEXT }, { "ar", COLUMN_I32 }, { "post", COLUMN_TEXT } };
	assert_int_equal(column_create(&writer, rows_path, columns, 3, &error), 0);
	for (size_t i = 0; i < ROWS; i++) {
		if (identity)
			column_put_key(writer, 0, hash_key(row[i].arende, 1));
		else
			assert_int_equal(column_put_text(writer, 0, row[i].arende, 1, &error), 0);
		column_put_i32(writer, 1, row[i].ar);
		assert_int_equal(column_put_text(writer, 2, row[i].post, strlen(row[i].post), &error), 0);
		assert_int_equal(column_end_row(writer, &error), 0);
	}
	assert_int_equal(column_finish(writer, &error), 0);
	const struct column posts[] = { { "post", COLUMN_U64 } };
	assert_int_equal(column_create(&writer, wrong_path, posts, 1, &error), 0);
	for (uint64_t post = 3; post <= 5; post += 2) {
		column_put_u64(writer, 0, post);
		assert_int_equal(column_end_row(writer, &error), 0);
	}
	assert_int_equal(column_finish(writer, &error), 0);
	memset(account, 0, sizeof account);
	account[0] = (struct account){ .schema = &extract, .shown = "one.csv", .read = 6, .kept = 4, .rejected = 2 };
	account[1] = (struct account){ .schema = &extract, .shown = "two.csv", .read = 2, .kept = 2 };
}

/* Judges; the list of rejected rows as text. */
static const char *judge(enum severity severity, bool lines, double allowed)
{
	static char text[400];
	struct csv_writer *list = NULL;
	rule.severity = severity;
	const struct unique_source source = { .extract = &extract, .account = account, .accounts = FILES, .lines = lines, .path = rows_path,
		.rejected = wrong_path, .limits = { .allowed = allowed, .few = 0, .set = true } };
	(void)unlink(list_path);
	assert_int_equal(csv_create(&list, list_path, &csv_style_machine, &error), 0);
	assert_int_equal(unique_check(&source, list, arena, &error), 0);
	assert_int_equal(csv_finish(list, &error), 0);
	FILE *file = fopen(list_path, "r");
	assert_non_null(file);
	text[fread(text, 1, sizeof text - 1, file)] = '\0';
	assert_int_equal(fclose(file), 0);
	return text;
}

static uint64_t found(size_t file, size_t kind)
{
	return account[file].found[0][REASON_NOT_UNIQUE][kind].rows;
}

static size_t rows_on_file(void)
{
	struct column_file *file = NULL;
	assert_int_equal(column_open(&file, rows_path, &error), 0);
	size_t rows = column_rows(file);
	column_close(file);
	return rows;
}

static void rows_apart_break_nothing(void **state)
{
	(void)state;
	for (enum severity severity = SEVERITY_ERROR; severity <= SEVERITY_WARNING; severity++) {
		write_rows(apart, true);
		assert_string_equal(judge(severity, true, 0), "");
		assert_int_equal(error.count, 0);
		assert_int_equal(found(0, 0) + found(0, 1) + found(1, 0) + found(1, 1), 0);
		assert_int_equal(rows_on_file(), ROWS);
		assert_int_equal(account[0].kept + account[1].kept, ROWS);
		(void)unlink(rows_path);
		(void)unlink(wrong_path);
	}
}

static void a_warning_keeps_the_rows(void **state)
{
	(void)state;
	write_rows(alike, true);
	assert_string_equal(judge(SEVERITY_WARNING, true, 0), "");
	assert_int_equal(error.count, 0);
	assert_int_equal(found(0, 1), 1);
	assert_int_equal(found(1, 1), 1);
	assert_int_equal(found(0, 0) + found(1, 0), 0);
	assert_int_equal(rows_on_file(), ROWS);
	assert_int_equal(account[0].kept, 4);
}

/* Records 2, 4, 6, 7 of the first file are its right ones. */
static void a_refusal_says_where(void **state)
{
	(void)state;
	write_rows(alike, true);
	assert_string_equal(judge(SEVERITY_REFUSE, true, 0), "");
	assert_int_equal(error.count, 2);
	assert_int_equal(error.code, EXIT_DATA);
	assert_string_equal(error.message[0], "one.csv:7: column 'arende': NOT_UNIQUE: stands once; record 2 of one.csv is the same");
	assert_string_equal(error.message[1], "two.csv:3: column 'arende': NOT_UNIQUE: stands once; record 4 of one.csv is the same");
	assert_int_equal(error.spot[1].record, 3);
	assert_int_equal(rows_on_file(), ROWS);
}

static void records_that_are_no_lines(void **state)
{
	(void)state;
	write_rows(alike, false); /* no identity: the third row counts, too */
	account[1].faulty = true;
	(void)judge(SEVERITY_REFUSE, false, 0);
	assert_int_equal(error.count, 3);
	assert_string_equal(error.message[0], "one.csv: record 6: column 'arende': NOT_UNIQUE: stands once; record 2 of one.csv is the same");
	assert_string_equal(error.message[1], "one.csv: record 7: column 'arende': NOT_UNIQUE: stands once; record 2 of one.csv is the same");
	assert_string_equal(error.message[2], "two.csv: column 'arende': NOT_UNIQUE: stands once; record 4 of one.csv is the same");
}

static void an_error_rejects_the_later_row(void **state)
{
	(void)state;
	write_rows(alike, true);
	assert_string_equal(judge(SEVERITY_ERROR, true, 0.6),
		"one.csv,7,7,arende,NOT_UNIQUE,stands once\ntwo.csv,3,3,arende,NOT_UNIQUE,stands once\n");
	assert_int_equal(error.count, 0);
	assert_int_equal(account[0].kept, 3);
	assert_int_equal(account[0].rejected, 3);
	assert_int_equal(account[1].kept, 1);
	assert_int_equal(account[1].rejected, 1);
	assert_int_equal(account[1].reason[REASON_NOT_UNIQUE], 1);
	assert_int_equal(found(0, 0), 1);
	struct column_file *file = NULL;
	assert_int_equal(column_open(&file, rows_path, &error), 0);
	assert_int_equal(column_rows(file), 4);
	const struct key *key = column_load(file, "arende", COLUMN_KEY, arena, &error);
	const int32_t *ar = column_load(file, "ar", COLUMN_I32, arena, &error);
	const uint32_t *post = column_load(file, "post", COLUMN_TEXT, arena, &error);
	for (size_t i = 0; i < 4; i++) {
		static const char *const left[] = { "a", "b", "a", "c" };
		const struct key wanted = hash_key(left[i], 1);
		assert_int_equal(hash_key_compare(&key[i], &wanted), 0);
		assert_int_equal(ar[i], 1);
		assert_string_equal(column_text(file, post[i]), "x");
	}
	column_close(file);
}

static void too_many_errors_refuse_the_file(void **state)
{
	(void)state;
	write_rows(alike, true);
	(void)judge(SEVERITY_ERROR, true, 0.4); /* 3 of 6 and 1 of 2 */
	assert_int_equal(error.count, 2);
	assert_string_equal(error.message[0], "one.csv: TOO_MANY_REJECTED: 3 of 6 rows are wrong (50.00 %), more than the 40.00 % allowed by "
		"[gränser] avvisade");
	assert_true(account[0].refused && account[1].refused);
	assert_int_equal(account[1].messages, 1);
	account_refuse_row(&account[1], 0, &error);
	assert_string_equal(error.message[2], "two.csv:3: column 'arende': NOT_UNIQUE: stands once");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(rows_apart_break_nothing, setup, teardown),
		cmocka_unit_test_setup_teardown(a_warning_keeps_the_rows, setup, teardown),
		cmocka_unit_test_setup_teardown(a_refusal_says_where, setup, teardown),
		cmocka_unit_test_setup_teardown(records_that_are_no_lines, setup, teardown),
		cmocka_unit_test_setup_teardown(an_error_rejects_the_later_row, setup, teardown),
		cmocka_unit_test_setup_teardown(too_many_errors_refuse_the_file, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
