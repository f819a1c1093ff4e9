/* The publication of a run rendered once more, with the words of its approval in place of "Arbetsversion". */
#ifndef FINSAMSTAT_HISTORY_APPROVE_H
#define FINSAMSTAT_HISTORY_APPROVE_H

#include "pipeline/run/past.h"
#include "pipeline/run/run.h"

/* Renders the protected tables of the run, with its own settings, as approved for the years ("2018") into a folder beside its
   publication, which run->publication then names; no figure may change: data/ and excel/ come out byte for byte as they stand.
   The lock of OUT is held. -1 with the error set: EXIT_DATA when the run's tables do not give what it
   published: they have gone, or this program prints them otherwise. */
int approve_render(struct run *run, const struct past *past, const struct settings *settings, const char *years,
	struct arena *arena, struct error *error);

/* Puts what was rendered in the place of the publication, whole by one rename where the file system can, and lists it in the run's
   approval.json (past_publication). */
int approve_replace(struct run *run, const struct past *past, const char *years, struct error *error);

/* Removes what was rendered and not put in place. */
void approve_drop(struct run *run);

#endif
