/* Rows read a column at a time are those read one by one: the same values, counts, reasons and messages, of right lines and wrong
   ones, whatever the pieces of the file and the processor. */
#include "stages/ingest/plain.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "pipeline/base/processor.h"
#include "pipeline/table/csv/csv_block.h"
#include "stages/ingest/parcel.h"

static char path[] = "/tmp/finsamstat-plain-XXXXXX";
static uint32_t random_state;

static uint32_t next(uint32_t below)
{
	random_state = random_state * 1664525 + 1013904223;
	return (random_state >> 8) % below;
}

/* Values of each kind of field, the first ones right; the others are wrong, odd or just right. */
static const char *const pids[] = { "3d11c31467f1394538ac4ca8b93d8491", "90d63fac511a0b53c3be20b431b3ab3a", "ABCDEFGH", "short", "",
	"a-pid_of-an-odd-length-0123456789-0123456789-0123456789-01234567", "a-pid_of-an-odd-length-0123456789-0123456789-0123456789-012345678",
	"sign$sign$sign", " 12345678abc", "12345678abc ", "åäöåäöåäö", "8112289874", "19811228-9874", "x8112289874x", "811228-9875" };
static const char *const codes[] = { "1440", "1482", "0140", "140", "9999", "", " 1440", "1440 ", "144000000", "K" };
static const char *const sexes[] = { "K", "M", "X", "k", "", "KM" };
static const char *const years[] = { "1974", "1990", "1899", "2101", "-1974", "01974", "19 74", "1974.0", "", "123456789", "99999999" };
static const char *const formaner[] = { "SP", "SE", "AA", "XX", "", "SP " };
static const char *const shares[] = { "", "25", "100", "50", "075", "33", "abc" };
static const char *const days[] = { "2016-10-08", "2017-01-06", "2016-02-29", "2017-02-29", "2016-13-01", "2016-00-10", "2016-10-00", "2016-10-32",
	"1900-01-01", "1901-01-01", "2098-12-31", "2099-01-01", "", "2016-1-08", "2016/10/08", "2016-10.08", "20161008", "2016-10-0x", "0000-00-00",
	" 2016-10-08", "9999-12-31" };
static const char *const diagnoses[] = { "", "F43", "Z", "M54", " F43", "F43 ", "åäö", "en längre text än en kod" };
static const char *const amounts[] = { "35308", "113776", "", "0", "12.5", "12.50", "12,50", "12,505", ".50", "0.05", "-5", "12345678", "123456789012",
	"1 000", "12345678.99", "1e5", "+5", "12-", "8112289874" };

struct kind {
	const char *const *value;
	uint32_t count;
};
#define KIND(values) { values, sizeof values / sizeof *values }
static const struct kind kinds[] = { KIND(pids), KIND(codes), KIND(sexes), KIND(years), KIND(formaner), KIND(shares), KIND(days), KIND(days),
	KIND(diagnoses), KIND(amounts) };
enum { FIELDS = sizeof kinds / sizeof *kinds };

/* How odd a file is. */
struct form {
	uint32_t wrong;  /* one value in so many may be any */
	uint32_t broken; /* one line in so many is no plain one */
	bool crlf, absent;
};

static void write_value(FILE *file, const struct kind *kind, const struct form *form)
{
	const char *value = kind->value[next(next(form->wrong) == 0 ? kind->count : 2)];
	bool quoted = next(form->broken) == 0;
	(void)fprintf(file, quoted ? "\"%s\"" : "%s", value);
}

static void write_delivery(const struct form *form, int lines)
{
	static const char *const names[FIELDS] = { "pid", "kommun", "kon", "fodelsear", "forman", "omfattning", "fran", "till", "diagnos", "belopp" };
	FILE *file = fopen(path, "wb");
	assert_non_null(file);
	for (int line = -1; line < lines; line++) {
		for (size_t i = 0; i < FIELDS; i++) {
			if (form->absent && i == 8)
				continue; /* an optional column */
			(void)fputs(i == 0 ? "" : ";", file);
			if (line < 0)
				(void)fputs(names[i], file);
			else
				write_value(file, &kinds[i], form);
		}
		if (line >= 0 && next(8 * form->broken) == 0)
			(void)fputs(next(2) == 0 ? ";one too many" : "\"", file);
		(void)fputs(form->crlf ? "\r\n" : "\n", file);
	}
	(void)fclose(file);
}

/* What a file's rows came to, piece after piece. */
struct outcome {
	size_t rows, pieces;
	uint64_t digest; /* of values, reasons and messages in their order */
	struct account account;
};

static void add(struct outcome *outcome, const void *bytes, size_t length)
{
	const unsigned char *next_byte = bytes;
	for (size_t i = 0; i < length; i++)
		outcome->digest = (outcome->digest ^ next_byte[i]) * UINT64_C(0x100000001b3);
}

static void add_parcel(struct outcome *outcome, const struct parcel *parcel, struct column_texts *texts)
{
	struct error error = { 0 };
	for (size_t row = 0; row < parcel->rows.rows; row++)
		for (size_t i = 0; i < parcel->rows.columns; i++) {
			size_t size = column_size(parcel->rows.type[i]);
			const char *value = (const char *)parcel->rows.values[i] + row * size;
			uint32_t index;
			memcpy(&index, value, sizeof index <= size ? sizeof index : size);
			if (parcel->rows.type[i] == COLUMN_TEXT) { /* as column_append numbers them */
				const struct column_texts *own = &parcel->rows.texts;
				assert_int_equal(column_texts_index(texts, own->bytes.bytes + own->start[index], column_texts_length(own, index),
					&index, &error), 0);
				add(outcome, &index, sizeof index);
			} else {
				add(outcome, value, size);
			}
		}
	for (size_t i = 0; i < parcel->account.rejected; i++) {
		const struct rejection *rejection = &parcel->rejection[i];
		add(outcome, &rejection->line, sizeof rejection->line);
		add(outcome, &rejection->number, sizeof rejection->number);
		add(outcome, &rejection->field, sizeof rejection->field);
		add(outcome, &rejection->reason, sizeof rejection->reason);
	}
	for (size_t i = 0; i < error_kept(&parcel->error); i++)
		add(outcome, parcel->error.message[i], strlen(parcel->error.message[i]));
	outcome->rows += parcel->rows.rows;
	outcome->pieces++;
	account_join(&outcome->account, &parcel->account);
}

static struct outcome read_delivery(const struct extract *extract, const struct settings *settings, struct arena *arena, bool plain,
	size_t piece)
{
	static struct reading reading;
	static struct layout layout;
	static struct column columns[LAYOUT_FIELDS];
	struct error error = { 0 };
	struct outcome outcome = { .digest = UINT64_C(0xcbf29ce484222325) };
	struct csv_record header;
	struct csv *csv;
	struct column_texts texts = { .count = 0 };
	const struct csv_options options = { .one_line = true };
	assert_int_equal(column_texts_begin(&texts, arena, &error), 0);
	assert_int_equal(reading_make(&reading, extract, settings, arena, &error), 0);
	assert_true(reading.plain);
	reading.plain = plain;
	for (size_t i = 0; i < extract->fields; i++)
		columns[i] = (struct column){ extract->field[i].name, schema_column_type(extract->field[i].kind) };
	assert_int_equal(csv_open_sized(&csv, path, "fk.csv", &options, piece, &error), 0);
	assert_int_equal(csv_next(csv, &header, &error), 1);
	assert_int_equal(layout_make(&layout, &reading, &header, NULL, "fk.csv", arena, &error), 0);
	csv_name_fields(csv, layout.name);
	const struct parcel_reading how = { .shown = "fk.csv", .reading = &reading, .layout = &layout, .columns = columns, .usable = true };
	struct parcel parcel = { .last = false };
	for (int more = 1; more == 1 && !parcel.broken;) {
		parcel_clear(&parcel);
		more = csv_take(csv, &parcel.part, &parcel.behind);
		assert_int_equal(parcel_begin(&parcel, &how, (size_t)parcel.part.feeds + 1), 0);
		parcel_read(&parcel, &how, csv);
		add_parcel(&outcome, &parcel, &texts);
	}
	parcel_free(&parcel);
	csv_close(csv);
	return outcome;
}

static void check_same(const struct outcome *a, const struct outcome *b)
{
	assert_int_equal(a->rows, b->rows);
	assert_int_equal(a->account.read, b->account.read);
	assert_int_equal(a->account.kept, b->account.kept);
	assert_int_equal(a->account.rejected, b->account.rejected);
	assert_int_equal(a->account.personnummer, b->account.personnummer);
	assert_memory_equal(a->account.reason, b->account.reason, sizeof a->account.reason);
}

/* All ways of reading one file: what it came to. */
static struct account check_delivery(const struct extract *extract)
{
	static const struct settings settings;
	struct error error = { 0 };
	struct account account = { .read = 0 };
	static const size_t pieces[] = { 5000, 70000, 1 << 20 };
	for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
		struct arena *arena = arena_new(&error);
		struct outcome one = read_delivery(extract, &settings, arena, false, pieces[i]);
		struct outcome all = read_delivery(extract, &settings, arena, true, pieces[i]);
		processor_at_most = PROCESSOR_PLAIN;
		struct outcome simple = read_delivery(extract, &settings, arena, true, pieces[i]);
		processor_at_most = PROCESSOR_WITH_AVX2;
		struct outcome middling = read_delivery(extract, &settings, arena, true, pieces[i]);
		processor_at_most = PROCESSOR_BEST;
		check_same(&one, &all);
		check_same(&one, &simple);
		check_same(&one, &middling);
		assert_true(one.digest == all.digest && one.digest == simple.digest && one.digest == middling.digest);
		assert_int_equal(one.pieces, all.pieces);
		account = one.account;
		arena_free(arena);
	}
	return account;
}

static void rows_are_the_same(void **state)
{
	(void)state;
	struct error error = { 0 };
	struct arena *arena = arena_new(&error);
	const struct extract *extract = schema_extract("fk", arena, &error);
	static const struct form forms[] = { { 1000000, 1000000, false, false }, { 400, 1000000, false, false }, { 400, 1000000, true, true },
		{ 60, 3000, false, false }, { 60, 3000, true, false }, { 5, 200, false, true }, { 1, 20, true, false } };
	struct account whole = { .read = 0 };
	assert_non_null(extract);
	for (uint32_t seed = 1; seed <= 4; seed++)
		for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
			random_state = seed * 7919 + (uint32_t)i;
			write_delivery(&forms[i], 1500);
			struct account account = check_delivery(extract);
			account_join(&whole, &account);
		}
	assert_true(whole.kept > 20000 && whole.rejected > 5000 && whole.personnummer > 20);
	arena_free(arena);
}

/* Which extracts are read so: those that are large. */
static void extracts_taken(void **state)
{
	(void)state;
	struct error error = { 0 };
	struct arena *arena = arena_new(&error);
	for (size_t i = 0; i < EXTRACTS; i++) {
		const struct extract *extract = schema_extract(extract_names[i], arena, &error);
		assert_non_null(extract);
		assert_true(i > EXTRACT_REGION || plain_takes(extract));
		assert_false(i == EXTRACT_SUS && plain_takes(extract)); /* several texts */
	}
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_are_the_same),
		cmocka_unit_test(extracts_taken),
	};
	int descriptor = mkstemp(path);
	if (descriptor < 0 || close(descriptor) != 0)
		return 1;
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	(void)unlink(path);
	return failed;
}
