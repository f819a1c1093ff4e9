/* Sets of months of the panel: see monthset.h. */
#include "stages/malgrupp/monthset.h"

int monthset_first(const struct monthset *set)
{
	int word = 0;
	while (set->word[word] == 0)
		word++;
	return 64 * word + __builtin_ctzll(set->word[word]);
}

int monthset_last(const struct monthset *set)
{
	int word = MONTHSET_WORDS - 1;
	while (set->word[word] == 0)
		word--;
	return 64 * word + 63 - __builtin_clzll(set->word[word]);
}

/* Every month moved on (the last fall out). */
static struct monthset later(const struct monthset *set, int months)
{
	struct monthset moved = { { 0 } };
	int words = months / 64, bits = months % 64;
	for (int i = words; i < MONTHSET_WORDS; i++)
		moved.word[i] = set->word[i - words] << bits | (bits > 0 && i > words ? set->word[i - words - 1] >> (64 - bits) : 0);
	return moved;
}

static struct monthset one_later(const struct monthset *set)
{
	struct monthset moved;
	for (int i = 0; i < MONTHSET_WORDS; i++)
		moved.word[i] = set->word[i] << 1 | (i > 0 ? set->word[i - 1] >> 63 : 0);
	return moved;
}

static struct monthset one_earlier(const struct monthset *set)
{
	struct monthset moved;
	for (int i = 0; i < MONTHSET_WORDS; i++)
		moved.word[i] = set->word[i] >> 1 | (i < MONTHSET_WORDS - 1 ? set->word[i + 1] << 63 : 0);
	return moved;
}

struct monthset monthset_filled(const struct monthset *set)
{
	struct monthset before = one_later(set), after = one_earlier(set), between = monthset_and(&before, &after);
	return monthset_or(set, &between);
}

struct monthset monthset_lasting(const struct monthset *set, int length)
{
	struct monthset lasting = monthset_filled(set);
	if (monthset_count(&lasting) < length)
		return (struct monthset){ { 0 } };
	for (int run = 1; run < length;) { /* what has lasted for `run` months, and had so `more` months before, has lasted for both */
		int more = run < length - run ? run : length - run;
		struct monthset before = later(&lasting, more);
		lasting = monthset_and(&lasting, &before);
		run += more;
	}
	return monthset_and(&lasting, set);
}

int monthset_run(const struct monthset *set, int month)
{
	if (!monthset_has(set, month))
		return 0;
	struct monthset filled = monthset_filled(set);
	int first = month, last = month;
	while (first > 0 && monthset_has(&filled, first - 1))
		first--;
	while (last < MONTHSET_MONTHS - 1 && monthset_has(&filled, last + 1))
		last++;
	return last - first + 1;
}
