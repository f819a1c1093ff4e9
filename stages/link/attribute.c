/* Attributes of persons: see attribute.h. */
#include "stages/link/attribute.h"

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

void attribute_kommun(const struct span span[PARTS], int first_year, size_t years, uint16_t *kommun)
{
	struct best active[ATTRIBUTE_YEARS] = { 0 }, before[ATTRIBUTE_YEARS] = { 0 }; /* before[i]: started in the year
		before year i, for i = 0 in any earlier one */
	int count = years > ATTRIBUTE_YEARS ? ATTRIBUTE_YEARS : (int)years;
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
