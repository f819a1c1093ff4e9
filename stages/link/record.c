/* Packed records: see record.h. */
#include "stages/link/record.h"

#include <stdlib.h>
#include <string.h>

#include "pipeline/base/date.h"
#include "pipeline/table/column.h"
#include "stages/link/counts.h"

enum { FULL = 100, FEW = 6, SOME = 96 };

struct record record_make(enum part part, const struct raw *raw, int32_t uttagsdatum)
{
	struct record record = { .file = raw->file, .start = raw->start, .end = raw->start, .belopp = raw->belopp,
		.kommun = raw->kommun, .fodelsear = (int16_t)raw->fodelsear, .kon = (uint8_t)raw->kon };
	switch (part) {
	case PART_FK:
		record.head = (uint32_t)raw->code << 8 |
			(uint32_t)(raw->number == COLUMN_NONE_I32 ? FULL : raw->number);
		record.middle = raw->diagnos;
		break;
	case PART_AF:
		record.head = (uint32_t)raw->number;
		record.middle = raw->code;
		record.tail = raw->cause;
		break;
	case PART_KOM:
		record.start = date_first_day(raw->start);
		record.end = date_last_day(raw->start);
		record.tail = raw->code;
		break;
	case PART_REG:
		record.middle = (uint64_t)raw->code << 32 | raw->diagnos;
		break;
	case PARTS:
		break;
	}
	if (part == PART_FK || part == PART_AF) {
		record.ongoing = raw->end == DATE_ONGOING;
		record.end = record.ongoing ? uttagsdatum : raw->end;
	}
	return record;
}

uint16_t record_forman(const struct record *record)
{
	return (uint16_t)(record->head >> 8);
}

uint8_t record_omfattning(const struct record *record)
{
	return (uint8_t)(record->head & 0xFF);
}

int32_t record_sokandekategori(const struct record *record)
{
	return (int32_t)record->head;
}

uint16_t record_ersattning(const struct record *record)
{
	return (uint16_t)record->middle;
}

uint16_t record_vardform(const struct record *record)
{
	return (uint16_t)(record->middle >> 32);
}

uint32_t record_diagnos(const struct record *record)
{
	return (uint32_t)record->middle;
}

#define ORDER(member)                                     \
	if (a->member != b->member)                       \
		return a->member < b->member ? -1 : 1

int record_compare(const struct record *a, const struct record *b)
{
	ORDER(head);
	ORDER(start);
	ORDER(end);
	ORDER(middle);
	ORDER(belopp);
	ORDER(tail);
	ORDER(kommun);
	ORDER(fodelsear);
	ORDER(kon);
	ORDER(ongoing);
	return 0;
}

static int compare(const void *a, const void *b)
{
	return record_compare(a, b);
}

/* Most persons have a handful of records. */
static void sort_few(struct record *records, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		if (record_compare(&records[i - 1], &records[i]) <= 0)
			continue;
		struct record moving = records[i];
		size_t at = i;
		for (; at > 0 && record_compare(&records[at - 1], &moving) > 0; at--)
			records[at] = records[at - 1];
		records[at] = moving;
	}
}

/* What most records are told apart by, and where one stands. */
struct place {
	uint64_t order; /* head, then start */
	uint32_t at;
};

static uint64_t order_of(const struct record *record)
{
	return (uint64_t)record->head << 32 | ((uint32_t)record->start ^ UINT32_C(0x80000000));
}

/* More of them, as the months of a year: their places are sorted, which are small, and the records moved once. */
static void sort_some(struct record *records, size_t count)
{
	struct place place[SOME];
	struct record sorted[SOME];
	for (size_t i = 0; i < count; i++) {
		const struct place moving = { order_of(&records[i]), (uint32_t)i };
		size_t at = i;
		for (; at > 0 && place[at - 1].order > moving.order; at--)
			place[at] = place[at - 1];
		place[at] = moving;
	}
	for (size_t i = 0; i < count; i++)
		sorted[i] = records[place[i].at];
	memcpy(records, sorted, count * sizeof *records);
	sort_few(records, count); /* those that only later members tell apart */
}

size_t record_unique(struct record *records, size_t count, uint64_t *duplicates)
{
	if (count <= FEW)
		sort_few(records, count);
	else if (count <= SOME)
		sort_some(records, count);
	else
		qsort(records, count, sizeof *records, compare);
	size_t kept = 0;
	for (size_t i = 0; i < count; i++)
		if (kept == 0 || record_compare(&records[kept - 1], &records[i]) != 0)
			records[kept++] = records[i];
		else
			counts_duplicate(duplicates, &records[kept - 1].file, records[i].file);
	return kept;
}
