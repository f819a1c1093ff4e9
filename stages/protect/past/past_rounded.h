/* Inside of past: rounded figures set against the ledger. It has of them what was printed, not what they were rounded from. */
#ifndef FINSAMSTAT_STAGES_PROTECT_PAST_PAST_ROUNDED_H
#define FINSAMSTAT_STAGES_PROTECT_PAST_PAST_ROUNDED_H

#include "stages/protect/past/past_stands.h"

/* What is looked at: the names of its row, what the ledger says of it, whether some count of its row is printed otherwise. */
struct past_figure {
	const char *key;
	int32_t from, to;
	enum ledger_state state;
	bool persons_changed;
};

/* Whether the run rounds; `past` was begun when it had. */
bool past_is_rounded(const struct past *past);

/* Whether a figure would tell of persons beside the approved one: a count that is printed otherwise although it was near to what was
   printed, since two roundings of one count, or of one and the next, narrow it; any figure made of persons beside counts that are printed alike,
   the economics too; any that was withheld and is printed. */
bool past_rounding_tells(const struct past *past, size_t table, size_t row, size_t measure, const struct past_figure *figure);

/* Whether a rounded count of the row is on the wrong side of what an approval printed of a period within its own or around it, but near to it: then
   both would be known within a narrow range. */
bool past_rounding_narrows(const struct past *past, size_t table, size_t row);

/* Whether a count that an approval printed or withheld of a period within the run's has no row now, for days that no approval has, *from to *to: that
   nobody is printed there would tell that there were few. -1 with the error set. */
int past_rounding_lost(const struct past *past, const struct ledger_entry *entry, bool *lost, int32_t *from, int32_t *to, struct error *error);

#endif
