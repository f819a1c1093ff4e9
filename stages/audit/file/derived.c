/* Equations between rows and combinations of leaves: see derived.h. */
#include "stages/audit/file/derived.h"

#include <string.h>

#define COMBINATIONS_MOST ((size_t)1 << 22)

/* Combinations are numbered by the places of their leaves, the last dimension fastest. */
struct search {
	const struct grid *grid;
	struct arena *arena;
	size_t leaves[GRID_DIMENSIONS];
	uint32_t *code[GRID_DIMENSIONS]; /* of each leaf, in the order of codes */
	size_t combinations;
	bool *empty;                     /* in a row of 0 */
	struct knowledge *knowledge;
	size_t *variable;                /* KNOWLEDGE_NONE: not yet in a sum */
	size_t one;                      /* the variable that stands for the number 1 */
};

static int list_leaves(struct search *search, bool *searched, struct error *error)
{
	search->combinations = 1;
	for (size_t d = 0; d < search->grid->dimensions; d++) {
		const struct codes *codes = &search->grid->codes[d];
		search->code[d] = arena_take(search->arena, codes->count, sizeof **search->code, error);
		if (search->code[d] == NULL)
			return -1;
		for (uint32_t c = 0; c < codes->count; c++)
			if (codes->code[c].leaves == 1 && codes->code[c].same == c)
				search->code[d][search->leaves[d]++] = c;
		if (search->leaves[d] == 0) /* no table crosses it: its total is its only code */
			search->code[d][search->leaves[d]++] = CODES_TOTAL;
		*searched = *searched && search->combinations <= COMBINATIONS_MOST / search->leaves[d];
		search->combinations *= *searched ? search->leaves[d] : 1;
	}
	return 0;
}

static bool holds(const struct codes *codes, uint32_t code, uint32_t leaf)
{
	return leaf == CODES_TOTAL || codes_within(codes, leaf, code);
}

/* The next combination within a row, from *at on; false at the end. */
static bool next_within(const struct search *search, const uint32_t *code, size_t *at)
{
	for (; *at < search->combinations; ++*at) {
		size_t rest = *at, step = 1;
		bool inside = true;
		for (size_t d = search->grid->dimensions; d-- > 0 && inside;) {
			inside = holds(&search->grid->codes[d], code[d], search->code[d][rest % search->leaves[d]]);
			if (!inside) /* the whole of what lies behind this dimension is outside */
				*at += step - 1 - *at % step;
			rest /= search->leaves[d];
			step *= search->leaves[d];
		}
		if (inside)
			return true;
	}
	return false;
}

/* Whether rows with the leaves of one of its codes instead add up to the row: then they say as much. */
static bool is_sum(const struct search *search, const uint32_t *code)
{
	uint32_t part[GRID_DIMENSIONS];
	memcpy(part, code, search->grid->dimensions * sizeof *part);
	for (size_t d = 0; d < search->grid->dimensions; d++) {
		const struct codes *codes = &search->grid->codes[d];
		bool all = codes->code[code[d]].leaves > 1;
		for (size_t l = 0; l < search->leaves[d] && all; l++) {
			part[d] = search->code[d][l];
			all = !holds(codes, code[d], part[d]) || grid_find(search->grid, part) < search->grid->shown;
		}
		part[d] = code[d];
		if (all)
			return true;
	}
	return false;
}

static void mark_empty(struct search *search, const uint32_t *code)
{
	for (size_t at = 0; next_within(search, code, &at); at++)
		search->empty[at] = true;
}

static int state_row(struct search *search, const uint32_t *code, int64_t value, struct error *error)
{
	if (knowledge_sum(search->knowledge, 0, 0, error) != 0 || knowledge_term(search->knowledge, search->one, -value, error) != 0)
		return -1;
	for (size_t at = 0; next_within(search, code, &at); at++) {
		if (search->empty[at])
			continue;
		if (search->variable[at] == KNOWLEDGE_NONE)
			search->variable[at] = knowledge_variable(search->knowledge, 0, KNOWLEDGE_ENDLESS, error);
		if (search->variable[at] == KNOWLEDGE_NONE || knowledge_term(search->knowledge, search->variable[at], 1, error) != 0)
			return -1;
	}
	return 0;
}

static int state_rows(struct search *search, struct error *error)
{
	const struct grid *grid = search->grid;
	for (size_t c = 0; c < grid->shown; c++) { /* each set once, and the combinations without a row, which are 0 */
		const uint32_t *code = &grid->key[c * grid->dimensions];
		if (grid->cell[c].known && grid->cell[c].value == 0)
			mark_empty(search, code);
	}
	for (size_t c = 0; c < grid->shown; c++) {
		const uint32_t *code = &grid->key[c * grid->dimensions];
		if (grid->cell[c].known && grid->cell[c].value != 0 && !is_sum(search, code) &&
			state_row(search, code, grid->cell[c].value, error) != 0)
			return -1;
	}
	return 0;
}

static int tell_all(const struct search *search, int64_t threshold, derived_tell *tell, void *context, struct error *error)
{
	uint32_t code[GRID_DIMENSIONS];
	int64_t *multiple = arena_take(search->arena, search->knowledge->variables, sizeof *multiple, error);
	if (multiple == NULL || knowledge_multiples(search->knowledge, search->one, threshold - 1, multiple, error) != 0)
		return -1;
	for (size_t at = 0; at < search->combinations; at++) {
		if (search->variable[at] == KNOWLEDGE_NONE || multiple[search->variable[at]] == 0)
			continue;
		size_t rest = at;
		for (size_t d = search->grid->dimensions; d-- > 0; rest /= search->leaves[d])
			code[d] = search->code[d][rest % search->leaves[d]];
		if (grid_find(search->grid, code) >= search->grid->shown && tell(context, code, error) != 0)
			return -1;
	}
	return 0;
}

int derived_find(const struct grid *grid, int64_t threshold, derived_tell *tell, void *context, bool *searched, struct error *error)
{
	struct arena *arena = arena_new(error);
	struct search search = { .grid = grid, .arena = arena };
	int result = arena == NULL ? -1 : 0;
	*searched = true;
	if (result == 0)
		result = list_leaves(&search, searched, error);
	if (result == 0 && *searched) {
		search.empty = arena_take(arena, search.combinations, sizeof *search.empty, error);
		search.variable = arena_take(arena, search.combinations, sizeof *search.variable, error);
		search.knowledge = knowledge_new(arena, error);
		result = search.empty == NULL || search.variable == NULL || search.knowledge == NULL ? -1 : 0;
	}
	if (result == 0 && *searched) {
		memset(search.variable, 0xFF, search.combinations * sizeof *search.variable); /* KNOWLEDGE_NONE */
		search.one = knowledge_variable(search.knowledge, 1, KNOWLEDGE_ENDLESS, error); /* fixed variables leave the equations */
		result = search.one == KNOWLEDGE_NONE || state_rows(&search, error) != 0 ||
			tell_all(&search, threshold, tell, context, error) != 0 ? -1 : 0;
	}
	arena_free(arena);
	return result;
}
