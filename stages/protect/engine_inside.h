/* Inside of the engine: its tables found so far, and what its files ask of each other. */
#ifndef FINSAMSTAT_STAGES_PROTECT_ENGINE_INSIDE_H
#define FINSAMSTAT_STAGES_PROTECT_ENGINE_INSIDE_H

#include "stages/protect/engine.h"
#include "stages/protect/possible.h"

/* A table that was found: the rows that move in it, and the atoms. */
struct witness {
	size_t count;
	const uint32_t *row;
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
	struct witness *witness;
	size_t witnesses, witness_room;
	struct use *use;
	size_t uses, use_room;
	uint32_t *last;  /* of each row: 1 + its last use */
	bool *initial;   /* of each row: withheld from the start, and never printed again */
	bool *still;     /* of each row: must not move in the next table */
	uint32_t *stilled; /* the rows so marked */
	size_t stills;
	struct aside aside; /* the cheapest of the tables that are being looked for */
	uint64_t *moves; /* of each row: scratch of find_stills */
	uint32_t *lone;  /* likewise, a list */
	bool secluding;  /* tables are looked for that single persons cannot rule out */
	bool earnest;    /* meanwhile: not only what is likely, and whatever is withheld for it */
	struct error *error;
};

/* Whether a row is a target that stands for itself; whether its range is still too narrow; the step up that finishes its range together
   with what lowers it. */
bool engine_is_target(const struct system *system, size_t r);
bool engine_needs(const struct row *row);
int64_t engine_step_up(const struct row *row);

/* One more table for the row, which stands as `row`: down where that finishes it for nothing, else up. 0 when it was found, 1 when there
   is none, -1 with the error set. */
int engine_serve(struct engine *engine, size_t r, const struct row *row, int64_t up);

/* Marks (engine->still) the lone rows whose persons could narrow the row's range: those that move in tables that it needs. Returns the row as
   the one who knows most about it sees it. engine_forget_stills ends the marks. */
struct row engine_find_stills(struct engine *engine, size_t r);
void engine_forget_stills(struct engine *engine);

/* For every target tables that no single person elsewhere can rule out. -1 with the error set. */
int engine_seclude_all(struct engine *engine);

#endif
