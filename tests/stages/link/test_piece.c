/* Tests of pieces: the persons of a partition come out the same however their rows lie and whatever bits say the partition;
   duplicates and rows after the period are counted and gone; anonymous and follow-up rows keep their places. */
#include "stages/link/piece.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "pipeline/base/date.h"

enum { ROWS = 4000, PERSONS = 150, FILES = 2 * SOURCES };

static struct linked_file files[FILES]; /* two of each source */
static struct piece_rules rules;

static uint64_t random_state;
static uint32_t random_below(uint32_t bound)
{
	random_state = random_state * UINT64_C(6364136223846793005) + 1442695040888963407;
	return (uint32_t)(random_state >> 33) % bound;
}

static struct arena *prepare(void)
{
	struct error error = { 0 };
	struct arena *arena = arena_new(&error);
	assert_non_null(arena);
	for (size_t i = 0; i < FILES; i++)
		files[i] = (struct linked_file){ .extract = source_extracts[i / 2], .source = (enum source)(i / 2) };
	rules = (struct piece_rules){ .files = FILES, .file = files, .period_to = date_day(2020, 12, 31), .aa = 7, .kon_unknown = 2,
		.first_year = 2013, .years = 8, .words = 2, .all_records = true };
	assert_int_equal(mask_panel_make(&rules.panel, date_month(2013, 1), 96, arena, &error), 0);
	return arena;
}

static struct placed random_row(size_t number)
{
	char pid[16];
	uint32_t file = random_below(FILES);
	enum source source = files[file].source;
	struct placed placed = { .record = { .file = file & (RECORD_FILES - 1) } };
	(void)snprintf(pid, sizeof pid, "person%u", random_below(PERSONS));
	placed.key = hash_key(pid, strlen(pid));
	placed.record.row = number;
	if (source >= SOURCE_SUS)
		return placed;
	const struct raw raw = { .file = file, .kommun = 1, .kon = (uint16_t)random_below(3),
		.fodelsear = 1980 + (int32_t)random_below(2), .code = (uint16_t)random_below(3), .number = 11,
		.start = source == SOURCE_KOM ? date_month(2013, 1) + (int32_t)random_below(100)
							  : date_day(2013, 1, 1) + (int32_t)random_below(3200),
		.end = DATE_ONGOING, .belopp = random_below(2) };
	placed.record = record_make((enum part)source, &raw, date_day(2020, 12, 31));
	return placed;
}

/* What all partitions of so many bits give together, as numbers whose order is the order of the persons. */
struct result {
	size_t persons, follows, rows[OUTPUTS];
	struct person_row person[PERSONS];
	uint32_t follow[ROWS], fk_person[ROWS];
	uint64_t panel[PERSONS * 2 * 5];
	struct counts counts;
	uint64_t duplicates[FILES];
};

static void join(struct result *result, const struct piece *piece)
{
	for (size_t i = 0; i < piece->follows; i++)
		result->follow[piece->follow[i].row] = (uint32_t)result->persons + piece->follow[i].person;
	for (size_t row = 0; row < piece->output[PART_FK].rows; row++)
		result->fk_person[result->rows[PART_FK] + row] = (uint32_t)result->persons +
			((const uint32_t *)piece->output[PART_FK].values[0])[row];
	for (size_t row = 0; row < piece->output[OUTPUT_PANEL].rows; row++)
		for (size_t column = 0; column < 5; column++)
			result->panel[(result->rows[OUTPUT_PANEL] + row) * 5 + column] =
				((const uint64_t *)piece->output[OUTPUT_PANEL].values[column])[row];
	memcpy(result->person + result->persons, piece->person, piece->persons * sizeof *piece->person);
	for (size_t i = 0; i < OUTPUTS; i++)
		result->rows[i] += piece->output[i].rows;
	for (size_t i = 0; i < FILES; i++)
		result->duplicates[i] += piece->duplicates[i];
	for (size_t i = 0; i < EXTRACTS; i++)
		result->counts.flow[i].after_period += piece->counts.flow[i].after_period;
	result->counts.broken[CROSSCHECK_KON] += piece->counts.broken[CROSSCHECK_KON];
	result->follows += piece->follows;
	result->persons += piece->persons;
}

static int by_chance(const void *a, const void *b)
{
	const struct placed *left = a, *right = b;
	uint64_t one = (left->key.low * 31 + left->record.row * 7919 + (uint64_t)left->record.start) % 1009;
	uint64_t other = (right->key.low * 31 + right->record.row * 7919 + (uint64_t)right->record.start) % 1009;
	return (one > other) - (one < other);
}

static void make(struct result *result, const struct placed *rows, unsigned bits)
{
	static struct placed placed[ROWS];
	struct spread spread = { .bits = bits, .partitions = (size_t)1 << bits, .placed = placed };
	struct piece piece = { .persons = 0 };
	memset(result, 0, sizeof *result);
	spread.start = calloc(spread.partitions + 1, sizeof *spread.start);
	assert_non_null(spread.start);
	size_t at = 0;
	for (size_t p = 0; p < spread.partitions; p++) {
		spread.start[p] = (uint32_t)at;
		for (size_t i = 0; i < ROWS; i++)
			if (rows[i].key.high >> (64 - bits) == p)
				placed[at++] = rows[i];
	}
	spread.start[spread.partitions] = (uint32_t)at;
	for (size_t p = 0; p < spread.partitions; p++) {
		assert_int_equal(piece_make(&piece, &rules, &spread, p), 0);
		join(result, &piece);
	}
	piece_free(&piece);
	free(spread.start);
}

static void persons_are_the_same_in_any_partitions(void **state)
{
	(void)state;
	static struct placed rows[ROWS];
	static struct result first, again;
	struct arena *arena = prepare();
	random_state = 20180831;
	for (size_t i = 0; i < ROWS; i++)
		rows[i] = i % 5 == 4 && files[rows[i - 1].record.file].source < SOURCE_SUS ? rows[i - 1] : random_row(i); /* some twice */
	for (size_t i = 4; i < ROWS; i += 10)
		if (files[rows[i].record.file].source < SOURCE_SUS)
			rows[i].record.file ^= 1; /* some of them in the other file */
	make(&first, rows, 1);
	assert_int_equal(first.persons, PERSONS);
	assert_true(first.duplicates[2 * SOURCE_FK] > 10 && first.duplicates[2 * SOURCE_FK + 1] > first.duplicates[2 * SOURCE_FK]);
	assert_int_equal(first.duplicates[2 * SOURCE_SUS], 0);
	assert_true(first.counts.flow[EXTRACT_FK].after_period > 20);
	assert_true(first.counts.broken[CROSSCHECK_KON] > 100);
	assert_int_equal(first.rows[OUTPUT_PANEL], 2 * PERSONS);
	assert_int_equal(first.rows[OUTPUT_YEAR], 8 * PERSONS);
	for (size_t i = 1; i < first.rows[PART_FK]; i++)
		assert_true(first.fk_person[i - 1] <= first.fk_person[i]);
	for (unsigned bits = 2; bits <= 9; bits++) {
		qsort(rows, ROWS, sizeof *rows, by_chance);
		make(&again, rows, bits);
		assert_memory_equal(&first, &again, sizeof first);
	}
	arena_free(arena);
}

/* The persons stand in the order of their keys, and a follow-up row finds its own. */
static void follow_up_rows_find_their_persons(void **state)
{
	(void)state;
	static struct placed rows[ROWS];
	static struct result result;
	struct arena *arena = prepare();
	random_state = 7;
	for (size_t i = 0; i < ROWS; i++)
		rows[i] = random_row(i);
	make(&result, rows, 3);
	for (size_t i = 0; i < ROWS; i++) {
		if (files[rows[i].record.file].source < SOURCE_SUS)
			continue;
		size_t before = 0; /* persons with a smaller key */
		static struct key seen[PERSONS];
		for (size_t k = 0; k < ROWS; k++) {
			size_t known = 0;
			while (known < before && hash_key_compare(&seen[known], &rows[k].key) != 0)
				known++;
			if (known == before && hash_key_compare(&rows[k].key, &rows[i].key) < 0)
				seen[before++] = rows[k].key;
		}
		assert_int_equal(result.follow[rows[i].record.row], before);
		if (i > 60)
			break;
	}
	arena_free(arena);
}

/* The records that only m01 and m02 ask for: left out, nothing else is another, and a file is empty only when it would be so. */
static void records_without_follow_up_are_left_out(void **state)
{
	(void)state;
	enum { BITS = 3, EVERY = 16 };
	static struct placed rows[ROWS];
	static struct result all, few;
	struct arena *arena = prepare();
	random_state = 11;
	for (size_t i = 0; i < ROWS; i++)
		do
			rows[i] = random_row(i);
		while (files[rows[i].record.file].source >= SOURCE_SUS && rows[i].key.low % EVERY != 0);
	make(&all, rows, BITS);
	rules.all_records = false;
	make(&few, rows, BITS);
	static bool followed[PERSONS];
	memset(followed, 0, sizeof followed);
	for (size_t i = 0; i < ROWS; i++)
		if (files[rows[i].record.file].source >= SOURCE_SUS)
			followed[all.follow[i]] = true;
	size_t kept[PERSONS] = { 0 }, made[PERSONS] = { 0 }, others = 0;
	for (size_t i = 0; i < all.rows[PART_FK]; i++)
		made[all.fk_person[i]]++;
	for (size_t i = 0; i < few.rows[PART_FK]; i++)
		kept[few.fk_person[i]]++;
	for (size_t i = 0; i < PERSONS; i++) {
		assert_true(followed[i] ? kept[i] == made[i] : kept[i] <= 1);
		others += followed[i] ? 0 : kept[i];
	}
	assert_true(few.rows[PART_FK] < all.rows[PART_FK] / 2 && others <= (size_t)1 << BITS);
	for (size_t part = 0; part < PARTS; part++)
		all.rows[part] = few.rows[part];
	memcpy(all.fk_person, few.fk_person, sizeof few.fk_person);
	assert_memory_equal(&all, &few, sizeof all);
	for (size_t i = 0; i < ROWS; i++) /* nobody is followed */
		while (files[rows[i].record.file].source >= SOURCE_SUS)
			rows[i] = random_row(i);
	make(&few, rows, 1);
	for (size_t part = 0; part < PARTS; part++)
		assert_true(few.rows[part] >= 1 && few.rows[part] <= 2);
	arena_free(arena);
}

/* An ongoing spell that begins after uttagsdatum has no day; AA counts from its first day on, whatever its end. */
static void spells_without_a_day_are_left_out_but_not_rejections(void **state)
{
	(void)state;
	static struct placed rows[ROWS];
	static struct result result;
	struct arena *arena = prepare();
	random_state = 5;
	size_t rejections = 0;
	for (size_t i = 0; i < ROWS; i++) {
		const struct raw raw = { .file = 2 * SOURCE_FK, .kommun = 1, .fodelsear = 1980, .code = i % 3 == 0 ? rules.aa : 1, .number = 100,
			.start = date_day(2020, 12, 1) + (int32_t)(i % 20), .end = DATE_ONGOING, .belopp = (int64_t)i };
		rows[i] = (struct placed){ .record = record_make(PART_FK, &raw, date_day(2020, 11, 30)), .key = hash_key("person", 6) };
		rows[i].record.row = i;
		rejections += i % 3 == 0;
	}
	make(&result, rows, 1);
	assert_int_equal(result.rows[PART_FK], rejections);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(persons_are_the_same_in_any_partitions),
		cmocka_unit_test(follow_up_rows_find_their_persons),
		cmocka_unit_test(records_without_follow_up_are_left_out),
		cmocka_unit_test(spells_without_a_day_are_left_out_but_not_rejections),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
