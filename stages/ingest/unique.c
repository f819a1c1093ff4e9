/* Rows that may not stand twice: see unique.h. */
#include "stages/ingest/unique.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "pipeline/base/text.h"
#include "pipeline/table/column/column.h"
#include "pipeline/table/column/column_leave_out.h"

enum { TOLD = 5, COLUMN_BYTES = 64 }; /* repetitions of a file that are named; the rest is counted */

/* A row by what it is compared by. */
struct hashed {
	struct key some, all; /* of the rule's fields; of all fields, where they are asked for */
};

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

/* Hashes of every row, with `all` also of all fields; NULL with the error set. */
static struct hashed *hash_rows(const struct column_file *file, const struct extract *extract,
	const struct extract_rule *rule, bool all, struct arena *arena, struct error *error)
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
		for (size_t i = 0; all && i < extract->fields; i++)
			if (add_value(&bytes, file, extract, i, row, error) != 0)
				return NULL;
		if (all)
			hashed[row].all = hash_key(bytes.bytes, bytes.length);
	}
	return hashed;
}

/* Gives each row the first one that is alike in the rule's fields: itself, mostly. NULL with the error set. */
static size_t *find_firsts(const struct hashed *hashed, size_t rows, struct arena *arena, struct error *error)
{
	size_t slots = 16;
	while (slots < 2 * rows)
		slots *= 2;
	size_t *slot = arena_take(arena, slots, sizeof *slot, error), *first = arena_take(arena, rows, sizeof *first, error);
	for (size_t row = 0; slot != NULL && first != NULL && row < rows; row++) {
		size_t at = (size_t)hashed[row].some.low & (slots - 1);
		while (slot[at] != 0 && hash_key_compare(&hashed[slot[at] - 1].some, &hashed[row].some) != 0)
			at = (at + 1) & (slots - 1);
		if (slot[at] == 0)
			slot[at] = row + 1;
		first[row] = slot[at] - 1;
	}
	return slot == NULL ? NULL : first;
}

/* The work on a source. What `account` holds is changed when all rules are judged: before, it says where rows stand. */
struct judging {
	const struct unique_source *source;
	struct arena *arena;
	struct error *error;
	struct column_file *file;
	const uint64_t *post;              /* record of each wrong row, file after file; NULL when there is none */
	uint64_t *earlier;                 /* by row: 1 + the earlier row of the same identity; 0: it breaks no rule */
	const struct extract_rule **rejects; /* by row: the rule that rejects it; NULL: none */
	uint64_t *late;                    /* by file: rows rejected so */
};

struct place {
	size_t file;
	uint64_t record; /* 0 where it is not known: records of the wrong width have been passed over */
};

/* The place of a row by its number among the right ones of the source, from 0: the wrong ones stand between them. */
static struct place place_of(const struct judging *judging, uint64_t row)
{
	const struct unique_source *source = judging->source;
	const struct account *account = source->account;
	const uint64_t *post = judging->post;
	size_t i = 0;
	for (; i + 1 < source->accounts && row >= account[i].kept; i++) {
		row -= account[i].kept;
		post += post == NULL ? 0 : account[i].rejected;
	}
	uint64_t below = 0, above = post == NULL ? 0 : account[i].rejected;
	while (below < above) { /* how many wrong rows of the file come before it; the header is record 1 */
		uint64_t middle = below + (above - below) / 2;
		if (post[middle] - 2 - middle <= row)
			below = middle + 1;
		else
			above = middle;
	}
	return (struct place){ .file = i, .record = account[i].faulty ? 0 : row + 2 + below };
}

static void refuse(const struct judging *judging, const struct extract_rule *rule, const struct place *at, const struct place *earlier)
{
	const struct unique_source *source = judging->source;
	char column[COLUMN_BYTES];
	(void)snprintf(column, sizeof column, "column '%s'", source->extract->field[rule->field].name);
	const struct error_place place = { .file = source->account[at->file].shown, .line = source->lines ? at->record : 0,
		.record = at->record, .column = column, .code = reason_codes[REASON_NOT_UNIQUE] };
	if (earlier->record > 0)
		(void)error_at(judging->error, &place, "%s; record %" PRIu64 " of %s is the same", rule->label, earlier->record,
			source->account[earlier->file].shown);
	else
		(void)error_at(judging->error, &place, "%s", rule->label);
}

/* Counts the rows that break a rule, in their order, and does what its severity says. */
static void count(const struct judging *judging, const struct extract_rule *rule)
{
	struct account *accounts = judging->source->account;
	for (size_t row = 0; row < column_rows(judging->file); row++) {
		if (judging->earlier[row] == 0 || judging->rejects[row] != NULL)
			continue;
		const struct place at = place_of(judging, row), earlier = place_of(judging, judging->earlier[row] - 1);
		struct finding *finding = &accounts[at.file].found[rule->field][REASON_NOT_UNIQUE][rule->severity == SEVERITY_WARNING];
		*finding = (struct finding){ .rows = finding->rows + 1, .rule = rule->label, .severity = rule->severity };
		if (rule->severity == SEVERITY_REFUSE && finding->rows <= TOLD)
			refuse(judging, rule, &at, &earlier);
		if (rule->severity == SEVERITY_ERROR) {
			judging->rejects[row] = rule;
			judging->late[at.file]++;
		}
	}
}

static bool has_identity(const struct extract *extract)
{
	for (size_t i = 0; i < extract->fields; i++)
		if (extract->field[i].kind == FIELD_PID || extract->field[i].kind == FIELD_ID)
			return true;
	return false;
}

/* Of rows that are alike in the rule's fields the first stays; one that is equal to it in all fields breaks no rule where rows have
   an identity. */
static int judge(const struct judging *judging, const struct extract_rule *rule)
{
	const struct extract *extract = judging->source->extract;
	size_t rows = column_rows(judging->file);
	bool once = has_identity(extract);
	struct arena *arena = arena_new(judging->error);
	const struct hashed *hashed = arena == NULL ? NULL : hash_rows(judging->file, extract, rule, once, arena, judging->error);
	const size_t *first = hashed == NULL ? NULL : find_firsts(hashed, rows, arena, judging->error);
	memset(judging->earlier, 0, rows * sizeof *judging->earlier);
	for (size_t row = 0; first != NULL && row < rows; row++)
		if (first[row] != row && (!once || hash_key_compare(&hashed[row].all, &hashed[first[row]].all) != 0))
			judging->earlier[row] = first[row] + 1;
	if (first != NULL)
		count(judging, rule);
	arena_free(arena);
	return first == NULL ? -1 : 0;
}

/* ---- rows that are rejected ---- */

/* A rejected row in the list, and among the messages of its file. */
static int list_row(const struct judging *judging, size_t row, struct csv_writer *list)
{
	const struct extract_rule *rule = judging->rejects[row];
	const struct place at = place_of(judging, row);
	struct account *account = &judging->source->account[at.file];
	const char *column = judging->source->extract->field[rule->field].name;
	const struct wrong_row wrong = { .line = judging->source->lines ? at.record : 0, .record = at.record,
		.column = arena_print(judging->arena, judging->error, "column '%s'", column),
		.code = reason_codes[REASON_NOT_UNIQUE], .reason = rule->label };
	char line[24] = "", record[24];
	(void)snprintf(record, sizeof record, "%" PRIu64, wrong.record);
	if (wrong.line > 0)
		(void)snprintf(line, sizeof line, "%" PRIu64, wrong.line);
	const char *const fields[] = { account->shown, line, record, column, wrong.code, wrong.reason };
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		csv_string(list, fields[i]);
	csv_end(list);
	return wrong.column == NULL ? -1 : account_keep_row(account, &wrong, judging->arena, judging->error);
}

static int leave_out(const struct judging *judging)
{
	const struct extract *extract = judging->source->extract;
	struct column column[LAYOUT_FIELDS];
	size_t rows = column_rows(judging->file);
	bool *out = arena_take(judging->arena, rows, sizeof *out, judging->error);
	for (size_t i = 0; i < extract->fields; i++)
		column[i] = (struct column){ extract->field[i].name, schema_column_type(extract->field[i].kind) };
	for (size_t row = 0; out != NULL && row < rows; row++)
		out[row] = judging->rejects[row] != NULL;
	return out == NULL ? -1 : column_leave_out(judging->source->path, column, extract->fields, out, judging->error);
}

static int reject(const struct judging *judging, struct csv_writer *list)
{
	const struct unique_source *source = judging->source;
	for (size_t row = 0; row < column_rows(judging->file); row++)
		if (judging->rejects[row] != NULL && list_row(judging, row, list) != 0)
			return -1;
	for (size_t i = 0; i < source->accounts; i++) {
		struct account *account = &source->account[i];
		account->kept -= judging->late[i];
		account->rejected += judging->late[i];
		account->reason[REASON_NOT_UNIQUE] += judging->late[i];
		if (judging->late[i] > 0 && !account->refused)
			account_judge(account, &source->limits, judging->error);
	}
	return leave_out(judging);
}

/* ---- the source ---- */

/* Opens the rows on file, and the records of the wrong ones. */
static int begin(struct judging *judging)
{
	const struct unique_source *source = judging->source;
	uint64_t rejected = 0;
	struct column_file *wrong = NULL;
	for (size_t i = 0; i < source->accounts; i++)
		rejected += source->account[i].rejected;
	if (column_open(&judging->file, source->path, judging->error) != 0)
		return -1;
	if (rejected > 0 && (column_open(&wrong, source->rejected, judging->error) != 0 ||
		(judging->post = column_load(wrong, "post", COLUMN_U64, judging->arena, judging->error)) == NULL)) {
		column_close(wrong);
		return -1;
	}
	column_close(wrong);
	size_t rows = column_rows(judging->file);
	judging->earlier = arena_take(judging->arena, rows, sizeof *judging->earlier, judging->error);
	judging->rejects = arena_take(judging->arena, rows, sizeof *judging->rejects, judging->error);
	judging->late = arena_take(judging->arena, source->accounts, sizeof *judging->late, judging->error);
	return judging->earlier == NULL || judging->rejects == NULL || judging->late == NULL ? -1 : 0;
}

int unique_check(const struct unique_source *source, struct csv_writer *list, struct arena *arena, struct error *error)
{
	struct judging judging = { .source = source, .arena = arena, .error = error };
	const struct extract *extract = source->extract;
	bool begun = false;
	int result = 0;
	for (size_t i = 0; i < extract->rules && result == 0 && source->accounts > 0; i++) {
		if (extract->rule[i].kind != RULE_UNIQUE)
			continue;
		result = begun ? 0 : begin(&judging);
		begun = true;
		if (result == 0)
			result = judge(&judging, &extract->rule[i]);
	}
	bool any = false;
	for (size_t i = 0; result == 0 && begun && i < source->accounts; i++)
		any = any || judging.late[i] > 0;
	if (any)
		result = reject(&judging, list);
	column_close(judging.file);
	return result;
}
