/* Withholds rows of a system until every target could have other values: see engine.c. */
#ifndef FINSAMSTAT_STAGES_PROTECT_ENGINE_ENGINE_H
#define FINSAMSTAT_STAGES_PROTECT_ENGINE_ENGINE_H

#include "stages/protect/engine/system.h"

/* A possible table that was found: what it makes of atoms. */
struct engine_table {
	size_t moved;
	const uint32_t *atom;
	const int64_t *change;
};

/* How the work went. */
struct engine_account {
	size_t targets, solved;                 /* rows with `up` > 0; programs solved */
	size_t stuck;                           /* targets that what is known fixes: they are withheld, and nothing more can be done */
	size_t exposed;                         /* targets that a single person who forms another row may narrow: no table was found that shows the contrary */
	size_t bound;                           /* likewise, and there is none: whatever is withheld, they are no larger where her row stays as it is */
	size_t shifted;                         /* tables that the start's finder found */
	size_t tables;                          /* the possible tables that all this rests on, in the system's arena */
	const struct engine_table *table;
};

/* Looks for a table without a program, among what is withheld: one in which the row moves by `step`, up or down, and none of the rows of `still`
   does. False when there is none. What is found is checked; it lasts until the next call. */
struct engine_finder {
	bool (*find)(void *context, size_t row, int64_t step, const bool *still, struct engine_table *table);
	void *context;
	uint64_t effort; /* what it has taken so far, in steps of the simplex method times sums (linear.h) of about the same length: the same on any machine */
};

/* What is there before the engine begins: tables that may be possible, found otherwise. Those are kept that are, with what is withheld already. */
struct engine_start {
	size_t tables;
	const struct engine_table *table;
	/* Makes a finder for an engine on the system, in its arena: it is asked before any program is solved. NULL: there is none. The finder is NULL with
	   the error set when memory is out. */
	struct engine_finder *(*finder)(const void *context, const struct system *system, struct error *error);
	const void *context;
	bool wide; /* windows of any size are looked through, as where nothing is there; else narrow ones alone, since most is */
};

struct engine;

/* An engine on a system, in its arena, that has taken over what is there at the start; `start` NULL: nothing is. Targets are the rows with `up` > 0 whose rows
   are withheld or hidden. It keeps the pointers. NULL with the error set when memory is out. */
struct engine *engine_new(struct system *system, const struct engine_start *start, struct engine_account *account, struct error *error);

/* Whether so much is left to do that two engines are worth their while. */
bool engine_pairs(const struct engine *engine);

/* Protects every target: sets `withheld`, `raised` and `lowered`. -1 with the error set when memory is out. */
int engine_work(struct engine *engine, struct error *error);

/* Likewise of several engines, on each of which two share the work. Each of the two knows what both have found until they last met, and they meet after so much work
   that it is the same on any number of threads; what is withheld is another choice than by one alone. The pairs work beside each other, the first before the others,
   on two threads where it is not called from inside parallel work. -1 with the error set. */
int engine_work_pairs(struct engine *const *engine, size_t engines, struct error *error);

/* After that, on any thread: prints again what can be, and fills the account. -1 with the error set when memory is out. */
int engine_end(struct engine *engine, struct error *error);

/* All three; paired: by two. */
int engine_protect(struct system *system, const struct engine_start *start, bool paired, struct engine_account *account, struct error *error);

#endif
