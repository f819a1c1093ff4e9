/* Attributes of persons: see attribute.h. */
#include "stages/link/attribute.h"

#include <limits.h>

#include "pipeline/base/date.h"
#include "pipeline/table/column/column.h"
#include "pipeline/table/schema/codelist.h"

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

/* What can be said of a person whose records agree, as most persons' do, in one look at each. *kon and *fodelsear: whether they
   do not agree in these. */
static struct attribute look(const struct span span[PARTS], bool *kon, bool *fodelsear)
{
	struct attribute attribute = { .kon = COLUMN_NONE_U8, .fodelsear = COLUMN_NONE_I32, .kommun = CODE_NONE,
		.first_day = INT32_MAX, .first_empty = INT32_MAX };
	const struct record *first = NULL;
	bool kommun = false;
	*kon = *fodelsear = false;
	for (enum part part = PART_FK; part < PARTS; part++)
		for (size_t i = 0; i < span[part].count; i++) {
			const struct record *record = &span[part].record[i];
			int32_t *earliest = record->end >= record->start ? &attribute.first_day : &attribute.first_empty;
			*earliest = record->start < *earliest ? record->start : *earliest;
			first = first == NULL ? record : first;
			*kon |= record->kon != first->kon;
			*fodelsear |= record->fodelsear != first->fodelsear;
			kommun |= record->kommun != first->kommun;
		}
	if (first != NULL) {
		attribute.kon = (uint8_t)first->kon;
		attribute.fodelsear = first->fodelsear;
		attribute.kommun = kommun ? CODE_NONE : first->kommun;
	}
	return attribute;
}

struct attribute attribute_person(const struct span span[PARTS], uint8_t kon_unknown)
{
	struct best known = { 0 }, unknown = { 0 }, born = { 0 };
	bool kon, fodelsear;
	struct attribute attribute = look(span, &kon, &fodelsear);
	if (!kon && !fodelsear)
		return attribute;
	for (enum part part = PART_FK; part < PARTS; part++)
		for (size_t i = 0; i < span[part].count; i++) {
			const struct record *record = &span[part].record[i];
			struct best candidate = { true, record->start, (int32_t)record->kon, part };
			struct best *best = record->kon == kon_unknown ? &unknown : &known;
			attribute.kon_differs |= best == &known && known.found && known.value != (int32_t)record->kon;
			offer(best, &candidate);
			candidate.value = record->fodelsear;
			offer(&born, &candidate);
		}
	attribute.kon = (uint8_t)(known.found ? known.value : unknown.value);
	attribute.fodelsear = born.value;
	attribute.fodelsear_differs = fodelsear;
	return attribute;
}

/* Years by one kommun: known from the year of the first day on, of records without days from the year behind it. */
static void fill_kommun(const struct attribute *attribute, int first_year, int count, uint16_t *kommun)
{
	int known = attribute->first_day == INT32_MAX ? INT_MAX : date_year_of(attribute->first_day);
	if (attribute->first_empty != INT32_MAX && date_year_of(attribute->first_empty) < known)
		known = date_year_of(attribute->first_empty) + 1;
	for (int year = 0; year < count; year++)
		kommun[year] = first_year + year >= known ? attribute->kommun : CODE_NONE;
}

void attribute_kommun(const struct span span[PARTS], const struct attribute *attribute, int first_year, size_t years,
	uint16_t *kommun)
{
	int count = years > ATTRIBUTE_YEARS ? ATTRIBUTE_YEARS : (int)years;
	if (attribute->kommun != CODE_NONE) {
		fill_kommun(attribute, first_year, count, kommun);
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
