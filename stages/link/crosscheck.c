/* Cross-checks of one person: see crosscheck.h. */
#include "stages/link/crosscheck.h"

#include <stdlib.h>

enum { AT_HAND = 64, FEW = 16, FULL = 100 };

/* A stretch of days, both ends included. */
struct stretch {
	int32_t from, to;
	uint32_t what; /* a per cent, or a kommun */
};

static int by_start(const void *a, const void *b)
{
	const struct stretch *left = a, *right = b;
	return (left->from > right->from) - (left->from < right->from);
}

/* Most persons have a few. */
static void sort(struct stretch *stretch, size_t count)
{
	if (count > FEW) {
		qsort(stretch, count, sizeof *stretch, by_start);
		return;
	}
	for (size_t i = 1; i < count; i++) {
		struct stretch moving = stretch[i];
		size_t at = i;
		for (; at > 0 && stretch[at - 1].from > moving.from; at--)
			stretch[at] = stretch[at - 1];
		stretch[at] = moving;
	}
}

/* Whether the per cents of stretches that share a day sum to more than 100. Moves those that go on to the front: never many,
   for each is at least 1 per cent. */
static bool exceeds(struct stretch *stretch, size_t count)
{
	size_t going = 0;
	for (size_t i = 0; i < count; i++) {
		uint64_t sum = stretch[i].what;
		size_t kept = 0;
		for (size_t k = 0; k < going; k++)
			if (stretch[k].to >= stretch[i].from) {
				sum += stretch[k].what;
				stretch[kept++] = stretch[k];
			}
		stretch[kept] = stretch[i];
		going = kept + 1;
		if (sum > FULL)
			return true;
	}
	return false;
}

/* Whether two stretches share a day. */
static bool overlaps(const struct stretch *stretch, size_t count)
{
	int32_t last = INT32_MIN;
	for (size_t i = 0; i < count; i++) {
		if (stretch[i].from <= last)
			return true;
		last = stretch[i].to > last ? stretch[i].to : last;
	}
	return false;
}

/* Whether two stretches of different kinds share a day. Only the one that ends last, and the one of another kind that does,
   can reach a later one. */
static bool differs(const struct stretch *stretch, size_t count)
{
	struct stretch last = { 0, INT32_MIN, 0 }, other = { 0, INT32_MIN, 0 };
	for (size_t i = 0; i < count; i++) {
		const struct stretch *at = &stretch[i];
		if ((last.what != at->what ? last.to : other.to) >= at->from)
			return true;
		if (last.what == at->what || last.to == INT32_MIN) {
			if (at->to > last.to)
				last = *at;
		} else if (at->to > last.to) {
			other = last;
			last = *at;
		} else if (at->to > other.to) {
			other = *at;
		}
	}
	return false;
}

/* Not so an ongoing spell that begins after uttagsdatum. */
static bool has_days(const struct record *record)
{
	return record->end >= record->start;
}

/* FK spells that support. */
static size_t take_fk(struct stretch *stretch, const struct span *span, const struct crosscheck_codes *codes)
{
	size_t count = 0;
	for (size_t i = 0; i < span->count; i++)
		if (record_forman(&span->record[i]) != codes->aa && record_omfattning(&span->record[i]) > 0 && has_days(&span->record[i]))
			stretch[count++] = (struct stretch){ span->record[i].start, span->record[i].end,
				record_omfattning(&span->record[i]) };
	return count;
}

/* FK records are sorted by förmån first. */
static bool forman_exceeds(struct stretch *stretch, const struct span *span, const struct crosscheck_codes *codes)
{
	bool result = false;
	for (size_t from = 0, to; from < span->count && !result; from = to) {
		uint16_t forman = record_forman(&span->record[from]);
		for (to = from + 1; to < span->count && record_forman(&span->record[to]) == forman; to++)
			continue;
		const struct span one = { span->record + from, to - from };
		size_t count = take_fk(stretch, &one, codes);
		sort(stretch, count);
		result = exceeds(stretch, count);
	}
	return result;
}

static size_t take_af(struct stretch *stretch, const struct span *span, const struct crosscheck_codes *codes)
{
	size_t count = 0;
	for (size_t i = 0; i < span->count; i++) {
		int32_t category = record_sokandekategori(&span->record[i]);
		if ((category < codes->not_from || category > codes->not_to) && has_days(&span->record[i]))
			stretch[count++] = (struct stretch){ span->record[i].start, span->record[i].end, (uint32_t)category };
	}
	return count;
}

static size_t take_kommuner(struct stretch *stretch, const struct span span[PARTS])
{
	size_t count = 0;
	for (enum part part = PART_FK; part < PARTS; part++)
		for (size_t i = 0; i < span[part].count; i++)
			if (has_days(&span[part].record[i]))
				stretch[count++] = (struct stretch){ span[part].record[i].start, span[part].record[i].end,
					span[part].record[i].kommun };
	return count;
}

int crosscheck_person(const struct span span[PARTS], const struct attribute *attribute, const struct crosscheck_codes *codes,
	bool broken[CROSSCHECKS], struct error *error)
{
	struct stretch at_hand[AT_HAND], *stretch = at_hand;
	size_t records = 0;
	for (enum part part = PART_FK; part < PARTS; part++)
		records += span[part].count;
	if (records > AT_HAND && (stretch = calloc(records, sizeof *stretch)) == NULL)
		return error_set(error, EXIT_IO, "out of memory for the records of a person");
	broken[CROSSCHECK_KON] = attribute->kon_differs;
	broken[CROSSCHECK_FODELSEAR] = attribute->fodelsear_differs;
	broken[CROSSCHECK_KOMMUN] = broken[CROSSCHECK_FORMAN] = broken[CROSSCHECK_DAY] = broken[CROSSCHECK_AF] = false;
	if (attribute->kommun == CODE_NONE) {
		size_t count = take_kommuner(stretch, span);
		sort(stretch, count);
		broken[CROSSCHECK_KOMMUN] = differs(stretch, count);
	}
	if (span[PART_FK].count > 1) {
		size_t count = take_fk(stretch, &span[PART_FK], codes);
		sort(stretch, count);
		broken[CROSSCHECK_DAY] = exceeds(stretch, count);
		broken[CROSSCHECK_FORMAN] = broken[CROSSCHECK_DAY] && forman_exceeds(stretch, &span[PART_FK], codes);
	}
	if (span[PART_AF].count > 1) {
		size_t count = take_af(stretch, &span[PART_AF], codes);
		sort(stretch, count);
		broken[CROSSCHECK_AF] = overlaps(stretch, count);
	}
	if (stretch != at_hand)
		free(stretch);
	return 0;
}
