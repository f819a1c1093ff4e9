/* Carrying a plan out: see witness_inside.h. */
#include "stages/protect/rules/found.h"
#include "stages/protect/rules/witness_inside.h"

/* A cell differs by `change` between the true table and a witness: it is withheld, and the witness remembered. */
static int note_change(const struct universe *universe, struct view *view, size_t cell, int64_t change, struct error *error)
{
	view_withhold(universe, view, cell);
	if (change > view->raised[cell])
		view->raised[cell] = change;
	if (-change > view->lowered[cell])
		view->lowered[cell] = -change;
	return universe->found == NULL ? 0 : found_change(universe->found, (uint32_t)(view->base + cell), change, error);
}

/* A plan being carried out. */
struct execution {
	const struct universe *universe;
	int64_t step;
	struct error *error;
};

static bool execute(struct view *view, size_t cell, bool loses, void *context)
{
	const struct execution *execution = context;
	return note_change(execution->universe, view, cell, loses ? -execution->step : execution->step, execution->error) == 0;
}

/* A cell that differs in the table that is carried out. */
static int execute_change(struct view *view, size_t cell, int64_t change, void *context)
{
	const struct execution *execution = context;
	return note_change(execution->universe, view, cell, change, execution->error);
}

int witness_apply(struct witness_search *search, const struct witness_plan *plan)
{
	struct universe *universe = search->universe;
	for (size_t v = 0; v < universe->views; v++) {
		struct view *view = universe->view[v];
		struct execution execution = { .universe = universe, .step = plan->step, .error = search->error };
		bool all = true;
		int result = plan->table == NULL ? cycle_cells(universe, &plan->cycle, view, execute, &execution, &all, search->error)
			: universe_meet(universe, view, plan->table, execute_change, &execution);
		if (result != 0 || !all)
			return -1;
	}
	return universe->found == NULL ? 0 : found_finish(universe->found, search->error);
}
