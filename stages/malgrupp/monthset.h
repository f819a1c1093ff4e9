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

/* The months first … last; what lies outside 0 … MONTHSET_MONTHS − 1 is left out. Empty when last < first. */
struct monthset monthset_range(int first, int last);

/* Adds the months of monthset_range(first, last). */
void monthset_add(struct monthset *set, int first, int last);

static inline bool monthset_has(const struct monthset *set, int month) /* month 0 … MONTHSET_MONTHS − 1 */
{
	return (set->word[(unsigned)month / 64] >> ((unsigned)month % 64) & 1) != 0;
}

static inline bool monthset_is_empty(const struct monthset *set)
{
	return (set->word[0] | set->word[1] | set->word[2] | set->word[3]) == 0;
}

int monthset_count(const struct monthset *set);

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


/* The months in which the set differs from the month before: month k is in exactly one of set and set one month on.
   Month 0 has no month before and never is a change. */
struct monthset monthset_changes(const struct monthset *set);

/* The set with its gaps of one month filled: a month that lacks is added when both its neighbours are in. */
struct monthset monthset_filled(const struct monthset *set);

/* The months m of the set at which an unbroken run has lasted for at least `length` ≥ 1 months, m included. A gap of one
   month neither breaks the run nor is deducted; before month 0 nothing is known, so no run reaches there. */
struct monthset monthset_lasting(const struct monthset *set, int length);

/* Months from the first to the last of the unbroken run that holds `month`, gaps of one month not breaking it and counted;
   0 when the set lacks the month. */
int monthset_run(const struct monthset *set, int month);

#endif
