/* Rows that may not stand twice: see unique.h. */
#include "stages/ingest/unique.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pipeline/base/text.h"
#include "pipeline/table/column.h"

enum { TOLD = 5 }; /* repetitions of a file that are named; the rest is counted */

/* A row by what it is compared by. */
struct hashed {
	struct key some, all; /* of the rule's fields; of all fields */
	uint64_t row;
};

static int compare(const void *a, const void *b)
{
	const struct hashed *left = a, *right = b;
	int order = hash_key_compare(&left->some, &right->some);
	if (order == 0)
		order = hash_key_compare(&left->all, &right->all);
	return order != 0 ? order : (left->row > right->row) - (left->row < right->row);
}

/* Adds a value's bytes to what is hashed, a text with its end. */
static int add_value(struct text *bytes, const struct column_file *file, const struct extract *extract, size_t field,
	size_t row, struct error *error)
{
	enum column_type type = schema_column_type(extract->field[field].kind);
	const char *values = column_values(file, field, row / COLUMN_BLOCK);
	size_t size = column_size(type);
	const char *value = values + row % COLUMN_BLOCK * size;
	if (type != COLUMN_TEXT)
		return text_add(bytes, value, size, error);
	uint32_t index;
	memcpy(&index, value, sizeof index);
	const char *text = column_text(file, index);
	return text_add(bytes, text, strlen(text) + 1, error);
}

/* Hashes of every row; NULL with the error set. */
static struct hashed *hash_rows(const struct column_file *file, const struct extract *extract,
	const struct extract_rule *rule, struct arena *arena, struct error *error)
{
	size_t rows = column_rows(file);
	struct hashed *hashed = arena_take(arena, rows, sizeof *hashed, error);
	struct text bytes = { .arena = arena };
	for (size_t row = 0; hashed != NULL && row < rows; row++) {
		bytes.length = 0;
		for (size_t i = 0; i < rule->fields; i++)
			if (add_value(&bytes, file, extract, rule->unique[i], row, error) != 0)
				return NULL;
		hashed[row].some = hash_key(bytes.bytes, bytes.length);
		for (size_t i = 0; i < extract->fields; i++)
			if (add_value(&bytes, file, extract, i, row, error) != 0)
				return NULL;
		hashed[row].all = hash_key(bytes.bytes, bytes.length);
		hashed[row].row = row;
	}
	return hashed;
}

/* The file that a row stands in; *row becomes its number there, from 0. */
static struct account *file_of(struct account *accounts, size_t count, uint64_t *row)
{
	size_t i = 0;
	for (; i + 1 < count && *row >= accounts[i].kept; i++)
		*row -= accounts[i].kept;
	return &accounts[i];
}

/* A row says something else than an earlier one of the same identity. */
static void tell(struct account *accounts, size_t count, const struct extract *extract, const struct extract_rule *rule,
	uint64_t row, uint64_t earlier, struct error *error)
{
	struct account *account = file_of(accounts, count, &row);
	const struct account *other = file_of(accounts, count, &earlier);
	struct finding *finding = &account->found[rule->field][REASON_NOT_UNIQUE][rule->severity == SEVERITY_WARNING];
	*finding = (struct finding){ .rows = finding->rows + 1, .rule = rule->label, .severity = rule->severity };
	if (rule->severity != SEVERITY_REFUSE || finding->rows > TOLD)
		return;
	bool whole = account->rejected == 0 && other->rejected == 0; /* else the rows on file are not the file's records */
	char column[64];
	(void)snprintf(column, sizeof column, "column '%s'", extract->field[rule->field].name);
	const struct error_place place = { .file = account->shown, .record = whole ? row + 2 : 0, /* the header is record 1 */
		.column = column, .code = reason_codes[REASON_NOT_UNIQUE] };
	if (whole)
		(void)error_at(error, &place, "%s; record %" PRIu64 " of %s is the same", rule->label, earlier + 2, other->shown);
	else
		(void)error_at(error, &place, "%s", rule->label);
}

static bool has_identity(const struct extract *extract)
{
	for (size_t i = 0; i < extract->fields; i++)
		if (extract->field[i].kind == FIELD_PID || extract->field[i].kind == FIELD_ID)
			return true;
	return false;
}

static int judge(struct account *accounts, size_t count, const struct extract *extract, const struct extract_rule *rule,
	const struct column_file *file, struct error *error)
{
	struct arena *arena = arena_new(error);
	bool once = has_identity(extract);
	struct hashed *hashed = arena == NULL ? NULL : hash_rows(file, extract, rule, arena, error);
	size_t rows = column_rows(file);
	if (hashed != NULL)
		qsort(hashed, rows, sizeof *hashed, compare);
	for (size_t i = 1; hashed != NULL && i < rows; i++) {
		bool same = hash_key_compare(&hashed[i].some, &hashed[i - 1].some) == 0;
		bool equal = same && hash_key_compare(&hashed[i].all, &hashed[i - 1].all) == 0;
		if (same && !(equal && once)) {
			uint64_t first = hashed[i - 1].row, second = hashed[i].row;
			tell(accounts, count, extract, rule, first > second ? first : second, first > second ? second : first, error);
		}
	}
	arena_free(arena);
	return hashed == NULL ? -1 : 0;
}

int unique_check(struct account *accounts, size_t count, const struct extract *extract, const char *path,
	struct error *error)
{
	struct column_file *file = NULL;
	int result = 0;
	for (size_t i = 0; i < extract->rules && result == 0 && count > 0; i++) {
		const struct extract_rule *rule = &extract->rule[i];
		if (rule->kind != RULE_UNIQUE)
			continue;
		if (file == NULL && column_open(&file, path, error) != 0)
			return -1;
		result = judge(accounts, count, extract, rule, file, error);
	}
	column_close(file);
	return result;
}
