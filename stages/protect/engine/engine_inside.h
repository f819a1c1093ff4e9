/* Inside of the engine: its tables found so far, and what its files ask of each other. */
#ifndef FINSAMSTAT_STAGES_PROTECT_ENGINE_ENGINE_INSIDE_H
#define FINSAMSTAT_STAGES_PROTECT_ENGINE_ENGINE_INSIDE_H

#include "stages/protect/engine/engine.h"
#include "stages/protect/engine/possible.h"

/* A table that was found: the rows that move in it, and the atoms. */
struct witness {
	size_t count, lones;
	const uint32_t *row;
	const uint32_t *lone; /* those that one person forms: lones of them */
	const int64_t *move;
	struct engine_table table;
	bool gone; /* a row of it is printed again */
};

/* A witness in which a row moves. */
struct use {
	uint32_t witness, before; /* 1 + the row's use before this one; 0: none */
	int64_t move;
};

/* A table set aside. */
struct aside {
	size_t moved;
	uint32_t *atom;
	int64_t *change;
	uint64_t cost;
};

struct engine {
	struct system *system;
	struct possible *possible;
	struct engine_account *account;
	const struct engine_start *start; /* NULL: nothing was there */
	uint32_t *target; /* account->targets of them */
	struct engine_finder *finder; /* NULL: none */
	struct witness *witness;
	size_t witnesses, witness_room;
	struct use *use;
	size_t uses, use_room;
	uint32_t *last;  /* of each row: 1 + its last use */
	bool *initial;   /* of each row: withheld from the start, and never printed again */
	bool *still;     /* of each row: must not move in the next table */
	bool *shunned;   /* of each row: a single person's that had better not move in the next table, since one is looked for in which it does not */
	uint32_t *stilled; /* the rows so marked */
	size_t stills;
	struct aside aside; /* the cheapest of the tables that are being looked for */
	uint64_t *moves; /* of each row: scratch of find_stills */
	uint32_t *lone;  /* likewise, a list */
	bool secluding;  /* tables are looked for that single persons cannot rule out */
	bool none;       /* the latest search upwards ended so: possible.h */
	bool earnest;    /* meanwhile: not only what is likely, and whatever is withheld for it */
	struct error *error;
};

/* Whether a row is a target that stands for itself; whether its range is still too narrow; the step up that finishes its range together
   with what lowers it. */
bool engine_is_target(const struct system *system, size_t r);
bool engine_needs(const struct row *row);
int64_t engine_step_up(const struct row *row);

/* What is done for every target, one after the other: a table that raises it enough, one that finishes its range, and tables that no
   single person elsewhere can rule out. */
enum engine_stage { ENGINE_RAISES, ENGINE_WIDENS, ENGINE_SECLUDES, ENGINE_STAGES };

/* An engine with what is there at the start, in the system's arena. -1 with the error set when memory is out. */
int engine_begin(struct engine *engine, struct system *system, const struct engine_start *start, struct engine_account *account,
	struct error *error);

/* What it has taken so far, the same on any machine. */
uint64_t engine_effort(const struct engine *engine);

/* A stage for one target. 0, or -1 with the error set. */
int engine_step(struct engine *engine, enum engine_stage stage, size_t r);

/* Looks for a table in up to `sizes` windows of growing size, until one has any that is not far too dear; what is dear in the smallest is
   looked for in the largest in vain, and once more in the smallest, by branching and for cost alone, as it is in wide windows. -1 with the error set when memory is out. */
int engine_look(struct engine *engine, struct wish *wish, enum sight_size sizes, bool *found);

/* Adds to the table at hand (engine->possible), while it breaks loose rows and nothing else, kept tables that raise these: engine_mend is
   possible->mend. */
bool engine_mend(void *context, const struct wish *wish);

/* Keeps the table that was found (engine->possible), and withholds what moves in it; or one that another engine found, when it is
   possible. -1 with the error set. */
int engine_keep(struct engine *engine);
int engine_adopt(struct engine *engine, size_t moved, const uint32_t *atom, const int64_t *change);

/* Copies a table. */
void engine_copy_table(size_t moved, uint32_t *atom, const uint32_t *from_atom, int64_t *change, const int64_t *from_change);

/* One more table for the row, which stands as `row`: down where that finishes it for nothing, else up. 0 when it was found, 1 when there
   is none, -1 with the error set. */
int engine_serve(struct engine *engine, size_t r, const struct row *row, int64_t up);

/* Marks (engine->still) the lone rows whose persons could narrow the row's range: those that move in tables that it needs. Returns the row as
   the one who knows most about it sees it. engine_forget_stills ends the marks. */
struct row engine_find_stills(struct engine *engine, size_t r);
void engine_forget_stills(struct engine *engine);

/* Tables for one target that no single person elsewhere can rule out: one for all such persons, or one for each. -1 with the error set. */
int engine_seclude(struct engine *engine, size_t r);

/* Prints rows again, the dearest first, where all that rests on them finds other tables among what is withheld anyway. -1 with the error
   set. */
int engine_release(struct engine *engine);

#endif
