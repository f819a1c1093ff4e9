/* Participations: see participation.h. */
#include "stages/link/participation.h"

#include <stdlib.h>

#include "pipeline/table/column/column.h"
#include "pipeline/table/schema/multi.h"
#include "stages/link/counts.h"

struct read_text {
	struct multi multi;
	uint32_t index;
	bool valid;
};

/* Orders by meaning, invalid texts last and each by itself. */
static int compare_meaning(const struct read_text *a, const struct read_text *b)
{
	if (a->valid != b->valid)
		return a->valid ? -1 : 1;
	if (!a->valid)
		return a->index == b->index ? 0 : a->index < b->index ? -1 : 1;
	if (a->multi.mask != b->multi.mask)
		return a->multi.mask < b->multi.mask ? -1 : 1;
	for (size_t i = 0; i < MULTI_CODES; i++)
		if (a->multi.per_cent[i] < b->multi.per_cent[i] || a->multi.per_cent[i] > b->multi.per_cent[i])
			return a->multi.per_cent[i] < b->multi.per_cent[i] ? -1 : 1;
	return 0;
}

static int compare_read(const void *a, const void *b)
{
	return compare_meaning(a, b);
}

static size_t length_of(const char *text)
{
	size_t length = 0;
	while (text[length] != '\0')
		length++;
	return length;
}

int participation_meanings(struct meanings *meanings, const struct codelist *list, const char *const *text, size_t count,
	struct arena *arena, struct error *error)
{
	meanings->meaning = arena_take(arena, count, sizeof *meanings->meaning, error);
	meanings->mask = arena_take(arena, count, sizeof *meanings->mask, error);
	struct read_text *read = calloc(count + 1, sizeof *read);
	int result = -1;
	if (meanings->meaning == NULL || meanings->mask == NULL || read == NULL) {
		if (read == NULL)
			(void)error_set(error, EXIT_IO, "out of memory for participations");
		goto done;
	}
	for (size_t i = 0; i < count; i++) {
		read[i].index = (uint32_t)i;
		read[i].valid = multi_read(list, text[i], length_of(text[i]), &read[i].multi);
	}
	qsort(read, count, sizeof *read, compare_read);
	uint32_t meaning = 0;
	for (size_t i = 0; i < count; i++) {
		if (i > 0 && compare_meaning(&read[i - 1], &read[i]) != 0)
			meaning++;
		meanings->meaning[read[i].index] = meaning;
		meanings->mask[read[i].index] = read[i].valid ? read[i].multi.mask : 0;
	}
	result = 0;
done:
	free(read);
	return result;
}

#define ORDER(member)                                     \
	if (a->member != b->member)                       \
		return a->member < b->member ? -1 : 1

/* By everything but the multi-response fields, in the order of the output's columns. */
static int compare_plain(const struct participation *a, const struct participation *b)
{
	ORDER(insats);
	ORDER(start);
	ORDER(person);
	ORDER(kommun);
	ORDER(kon);
	ORDER(fodelsear);
	ORDER(utbildning);
	ORDER(tid_off_fors);
	ORDER(remittent);
	ORDER(slut);
	return 0;
}

static int compare_texts(const struct participation *a, const struct participation *b)
{
	for (size_t i = 0; i < RESPONSES; i++)
		ORDER(text[i]);
	return 0;
}

static int compare_parsed(const struct participation *a, const struct participation *b)
{
	for (size_t i = 0; i < RESPONSES; i++)
		ORDER(parsed[i]);
	return 0;
}

static int in_output(const void *a, const void *b)
{
	int order = compare_plain(a, b);
	return order != 0 ? order : compare_texts(a, b);
}

/* Equal ones side by side, of which the first in the order of the output comes first. */
static int in_parsed(const void *a, const void *b)
{
	int order = compare_plain(a, b);
	if (order == 0)
		order = compare_parsed(a, b);
	return order != 0 ? order : compare_texts(a, b);
}

size_t participation_unique(struct participation *participations, size_t count, uint64_t *duplicates)
{
	size_t kept = 0;
	qsort(participations, count, sizeof *participations, in_parsed);
	for (size_t i = 0; i < count; i++) {
		struct participation *last = kept == 0 ? NULL : &participations[kept - 1];
		if (last != NULL && last->person != COLUMN_NONE_U32 && compare_plain(last, &participations[i]) == 0 &&
			compare_parsed(last, &participations[i]) == 0)
			counts_duplicate(duplicates, &last->file, participations[i].file);
		else
			participations[kept++] = participations[i];
	}
	qsort(participations, kept, sizeof *participations, in_output);
	return kept;
}
