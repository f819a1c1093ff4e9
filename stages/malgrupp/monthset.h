/* Sets of months of the panel, one bit a month: bit 0 of word 0 is the panel's first month. */
#ifndef FINSAMSTAT_STAGES_MALGRUPP_MONTHSET_H
#define FINSAMSTAT_STAGES_MALGRUPP_MONTHSET_H

#include <stdbool.h>
#include <stdint.h>

#define MONTHSET_WORDS 4 /* room for the longest panel, 240 months */
#define MONTHSET_MONTHS (64 * MONTHSET_WORDS)

struct monthset {
	uint64_t word[MONTHSET_WORDS];
};

/* Adds the months first … last; what lies outside 0 … MONTHSET_MONTHS − 1 is left out. None when last < first. Here, as all that is
   asked for each person and rule: a call would take longer. */
static inline void monthset_add(struct monthset *set, int first, int last)
{
	first = first < 0 ? 0 : first;
	last = last >= MONTHSET_MONTHS ? MONTHSET_MONTHS - 1 : last;
	if (first > last)
		return;
	int low = first / 64, high = last / 64;
	uint64_t from = UINT64_MAX << first % 64, to = UINT64_MAX >> (63 - last % 64);
	set->word[low] |= low == high ? from & to : from;
	for (int word = low + 1; word < high; word++)
		set->word[word] = UINT64_MAX;
	if (low < high)
		set->word[high] |= to;
}

/* The months that monthset_add adds. */
static inline struct monthset monthset_range(int first, int last)
{
	struct monthset set = { { 0 } };
	monthset_add(&set, first, last);
	return set;
}

static inline bool monthset_has(const struct monthset *set, int month) /* month 0 … MONTHSET_MONTHS − 1 */
{
	return (set->word[(unsigned)month / 64] >> ((unsigned)month % 64) & 1) != 0;
}

static inline bool monthset_is_empty(const struct monthset *set)
{
	return (set->word[0] | set->word[1] | set->word[2] | set->word[3]) == 0;
}

/* Bits of a word that are set. The processor's own instruction is not one of those that every processor has. */
static inline int monthset_bits(uint64_t word)
{
	word -= word >> 1 & UINT64_C(0x5555555555555555);
	word = (word & UINT64_C(0x3333333333333333)) + (word >> 2 & UINT64_C(0x3333333333333333));
	word = (word + (word >> 4)) & UINT64_C(0x0F0F0F0F0F0F0F0F);
	return (int)(word * UINT64_C(0x0101010101010101) >> 56);
}

static inline int monthset_count(const struct monthset *set)
{
	int count = 0;
	for (int i = 0; i < MONTHSET_WORDS; i++)
		count += set->word[i] != 0 ? monthset_bits(set->word[i]) : 0; /* most words are empty */
	return count;
}

/* Of a set that is not empty. */
int monthset_first(const struct monthset *set);
int monthset_last(const struct monthset *set);

static inline struct monthset monthset_and(const struct monthset *a, const struct monthset *b)
{
	struct monthset set;
	for (int i = 0; i < MONTHSET_WORDS; i++)
		set.word[i] = a->word[i] & b->word[i];
	return set;
}

static inline struct monthset monthset_or(const struct monthset *a, const struct monthset *b)
{
	struct monthset set;
	for (int i = 0; i < MONTHSET_WORDS; i++)
		set.word[i] = a->word[i] | b->word[i];
	return set;
}

static inline struct monthset monthset_without(const struct monthset *a, const struct monthset *b) /* in a, not in b */
{
	struct monthset set;
	for (int i = 0; i < MONTHSET_WORDS; i++)
		set.word[i] = a->word[i] & ~b->word[i];
	return set;
}

/* The set with its gaps of one month filled: a month that lacks is added when both its neighbours are in. */
struct monthset monthset_filled(const struct monthset *set);

/* The months m of the set at which an unbroken run has lasted for at least `length` ≥ 1 months, m included. A gap of one
   month neither breaks the run nor is deducted; before month 0 nothing is known, so no run reaches there. */
struct monthset monthset_lasting(const struct monthset *set, int length);

/* Months from the first to the last of the unbroken run that holds `month`, gaps of one month not breaking it and counted;
   0 when the set lacks the month. */
int monthset_run(const struct monthset *set, int month);

#endif
