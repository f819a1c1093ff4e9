/* Attributes of persons: see attribute.h. */
#include "stages/link/attribute.h"

#include <limits.h>

#include "pipeline/base/date.h"
#include "pipeline/table/codelist.h"
#include "pipeline/table/column.h"

/* The record that decides so far. */
struct best {
	bool found;
	int32_t start, value;
	enum part part;
};

/* Whether the candidate decides over the best so far: later start, else earlier part, else larger value. */
static bool decides(const struct best *candidate, const struct best *best)
{
	if (!best->found || candidate->start != best->start)
		return !best->found || candidate->start > best->start;
	if (candidate->part != best->part)
		return candidate->part < best->part;
	return candidate->value > best->value;
}

static void offer(struct best *best, const struct best *candidate)
{
	if (decides(candidate, best))
		*best = *candidate;
}

struct attribute attribute_person(const struct span span[PARTS], uint8_t kon_unknown)
{
	struct best known = { 0 }, unknown = { 0 }, born = { 0 };
	struct attribute attribute = { .kon = COLUMN_NONE_U8, .fodelsear = COLUMN_NONE_I32 };
	for (enum part part = PART_FK; part < PARTS; part++)
		for (size_t i = 0; i < span[part].count; i++) {
			const struct record *record = &span[part].record[i];
			struct best candidate = { true, record->start, record->kon, part };
			struct best *best = record->kon == kon_unknown ? &unknown : &known;
			attribute.kon_differs |= best == &known && known.found && known.value != record->kon;
			offer(best, &candidate);
			candidate.value = record->fodelsear;
			attribute.fodelsear_differs |= born.found && born.value != record->fodelsear;
			offer(&born, &candidate);
		}
	if (known.found || unknown.found)
		attribute.kon = (uint8_t)(known.found ? known.value : unknown.value);
	if (born.found)
		attribute.fodelsear = born.value;
	return attribute;
}

/* The kommun that all records hold, as most persons' do; CODE_NONE where they differ or there are none. *from becomes the first day of those
   that have days, *other of those that have none: ongoing ones that begin after uttagsdatum. */
static uint16_t one_kommun(const struct span span[PARTS], int32_t *from, int32_t *other)
{
	uint16_t kommun = CODE_NONE;
	*from = *other = INT32_MAX;
	for (enum part part = PART_FK; part < PARTS; part++)
		for (size_t i = 0; i < span[part].count; i++) {
			const struct record *record = &span[part].record[i];
			int32_t *first = record->end >= record->start ? from : other;
			if (kommun != CODE_NONE && kommun != record->kommun)
				return CODE_NONE;
			kommun = record->kommun;
			*first = record->start < *first ? record->start : *first;
		}
	return kommun;
}

/* Years by one kommun: known from the year of the first day on, of records without days from the year behind it. */
static void fill_kommun(uint16_t one, int32_t from, int32_t other, int first_year, int count, uint16_t *kommun)
{
	int known = from == INT32_MAX ? INT_MAX : date_year_of(from);
	if (other != INT32_MAX && date_year_of(other) < known)
		known = date_year_of(other) + 1;
	for (int year = 0; year < count; year++)
		kommun[year] = first_year + year >= known ? one : CODE_NONE;
}

void attribute_kommun(const struct span span[PARTS], int first_year, size_t years, uint16_t *kommun)
{
	int count = years > ATTRIBUTE_YEARS ? ATTRIBUTE_YEARS : (int)years;
	int32_t first, other;
	uint16_t one = one_kommun(span, &first, &other);
	if (one != CODE_NONE) {
		fill_kommun(one, first, other, first_year, count, kommun);
		return;
	}
	struct best active[ATTRIBUTE_YEARS] = { 0 }, before[ATTRIBUTE_YEARS] = { 0 }; /* before[i]: started in the year
		before year i, for i = 0 in any earlier one */
	for (enum part part = PART_FK; part < PARTS; part++)
		for (size_t i = 0; i < span[part].count; i++) {
			const struct record *record = &span[part].record[i];
			struct best candidate = { true, record->start, record->kommun, part };
			int from = date_year_of(record->start) - first_year, to = date_year_of(record->end) - first_year;
			if (from + 1 < count)
				offer(&before[from + 1 > 0 ? from + 1 : 0], &candidate);
			for (int year = from > 0 ? from : 0; year <= to && year < count && record->end >= record->start; year++)
				offer(&active[year], &candidate);
		}
	for (int year = 0; year < count; year++) {
		if (year > 0 && before[year - 1].found)
			offer(&before[year], &before[year - 1]);
		const struct best *best = active[year].found ? &active[year] : &before[year];
		kommun[year] = best->found ? (uint16_t)best->value : CODE_NONE;
	}
}
