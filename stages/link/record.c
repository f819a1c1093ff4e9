/* Packed records: see record.h. */
#include "stages/link/record.h"

#include <stdlib.h>

#include "stages/link/counts.h"

#define FEW 24               /* records that are put where the number of smaller ones says */
#define SOME 96              /* records that are sorted by insertion */
#define DAY_BITS 20          /* of a day in a record's word: years 534 to 3405 */
#define WORD_AT 8            /* and of its place: SOME places, and more */

#define ORDER(member)                                     \
	if (a->member != b->member)                       \
		return a->member < b->member ? -1 : 1

static inline int compare_records(const struct record *a, const struct record *b)
{
	ORDER(head);
	ORDER(start);
	ORDER(end);
	ORDER(code);
	ORDER(diagnos);
	ORDER(belopp);
	ORDER(tail);
	ORDER(kommun);
	ORDER(fodelsear);
	ORDER(kon);
	ORDER(ongoing);
	return 0;
}

int record_compare(const struct record *a, const struct record *b)
{
	return compare_records(a, b);
}

static int compare(const void *a, const void *b)
{
	return compare_records(a, b);
}

static void sort_few(struct record *records, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		if (compare_records(&records[i - 1], &records[i]) <= 0)
			continue;
		struct record moving = records[i];
		size_t at = i;
		for (; at > 0 && compare_records(&records[at - 1], &moving) > 0; at--)
			records[at] = records[at - 1];
		records[at] = moving;
	}
}

/* What most records are told apart by, in their order, above the place where one stands. */
static uint64_t word_of(const struct record *record, size_t at)
{
	const uint32_t half = UINT32_C(1) << (DAY_BITS - 1), mask = (UINT32_C(1) << DAY_BITS) - 1;
	uint64_t start = ((uint32_t)record->start + half) & mask, end = ((uint32_t)record->end + half) & mask;
	return ((uint64_t)record->head << 2 * DAY_BITS | start << DAY_BITS | end) << WORD_AT | at;
}

static void sort_words(uint64_t *word, const struct record *const *from, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const uint64_t moving = word_of(from[i], i);
		size_t at = i;
		for (; at > 0 && word[at - 1] > moving; at--)
			word[at] = word[at - 1];
		word[at] = moving;
	}
}

/* The same of few: no two words are equal, so each has its place by the number of smaller ones, and nothing need be guessed. */
static void place_words(uint64_t *word, const struct record *const *from, size_t count)
{
	uint64_t own[FEW];
	uint32_t smaller[FEW];
	for (size_t i = 0; i < count; i++) {
		own[i] = word_of(from[i], i);
		smaller[i] = 0;
	}
	for (size_t i = 1; i < count; i++) {
		uint32_t before = 0;
		for (size_t k = 0; k < i; k++) {
			uint32_t is_smaller = own[k] < own[i];
			before += is_smaller;
			smaller[k] += 1 - is_smaller;
		}
		smaller[i] = before;
	}
	for (size_t i = 0; i < count; i++)
		word[smaller[i]] = own[i];
}

/* The words of most persons' records are sorted, and the records moved once. */
static void take_some(struct record *records, const struct record *const *from, size_t count)
{
	uint64_t word[SOME];
	bool alike = false;
	if (count <= FEW)
		place_words(word, from, count);
	else
		sort_words(word, from, count);
	for (size_t i = 0; i < count; i++) {
		records[i] = *from[word[i] & ((1 << WORD_AT) - 1)];
		alike |= i > 0 && word[i] >> WORD_AT == word[i - 1] >> WORD_AT;
	}
	if (alike)
		sort_few(records, count); /* those that only later members tell apart */
}

size_t record_unique(struct record *records, const struct record *const *from, size_t count, uint64_t *duplicates)
{
	if (count <= SOME) {
		take_some(records, from, count);
	} else {
		for (size_t i = 0; i < count; i++)
			records[i] = *from[i];
		qsort(records, count, sizeof *records, compare);
	}
	size_t kept = count > 0 ? 1 : 0;
	for (size_t i = 1; i < count; i++)
		if (compare_records(&records[kept - 1], &records[i]) != 0) {
			if (kept < i)
				records[kept] = records[i];
			kept++;
		} else {
			uint32_t first = records[kept - 1].file;
			counts_duplicate(duplicates, &first, records[i].file);
			records[kept - 1].file = first & (RECORD_FILES - 1);
		}
	return kept;
}
