/* Bounds and sums of whole numbers: see knowledge.h. */
#include "stages/audit/ranges/knowledge.h"

struct knowledge *knowledge_new(struct arena *arena, struct error *error)
{
	struct knowledge *knowledge = arena_take(arena, 1, sizeof *knowledge, error);
	if (knowledge == NULL)
		return NULL;
	knowledge->arena = arena;
	knowledge->start = arena_grow(arena, NULL, 0, 2, &knowledge->sum_room, sizeof *knowledge->start, error);
	return knowledge->start == NULL ? NULL : knowledge;
}

static int64_t *grow_numbers(struct knowledge *knowledge, int64_t *numbers, size_t used, size_t *room, struct error *error)
{
	return arena_grow(knowledge->arena, numbers, used, used + 1, room, sizeof *numbers, error);
}

size_t knowledge_variable(struct knowledge *knowledge, int64_t low, int64_t high, struct error *error)
{
	size_t index = knowledge->variables;
	int64_t *lows = grow_numbers(knowledge, knowledge->low, index, &knowledge->low_room, error);
	int64_t *highs = grow_numbers(knowledge, knowledge->high, index, &knowledge->high_room, error);
	if (lows == NULL || highs == NULL)
		return KNOWLEDGE_NONE;
	knowledge->low = lows;
	knowledge->high = highs;
	lows[index] = low;
	highs[index] = high;
	knowledge->variables++;
	return index;
}

int knowledge_sum(struct knowledge *knowledge, int64_t least, int64_t most, struct error *error)
{
	size_t index = knowledge->sums;
	size_t *start = arena_grow(knowledge->arena, knowledge->start, index + 1, index + 2, &knowledge->sum_room, sizeof *start, error);
	int64_t *leasts = grow_numbers(knowledge, knowledge->least, index, &knowledge->least_room, error);
	int64_t *mosts = grow_numbers(knowledge, knowledge->most, index, &knowledge->most_room, error);
	if (start == NULL || leasts == NULL || mosts == NULL)
		return -1;
	knowledge->start = start;
	knowledge->least = leasts;
	knowledge->most = mosts;
	leasts[index] = least;
	mosts[index] = most;
	start[index + 1] = knowledge->terms;
	knowledge->sums++;
	return 0;
}

int knowledge_term(struct knowledge *knowledge, size_t variable, int64_t coefficient, struct error *error)
{
	size_t first = knowledge->start[knowledge->sums - 1];
	for (size_t i = first; i < knowledge->terms && knowledge->terms - first < 16; i++) /* short sums: the same variable once */
		if (knowledge->term[i].variable == variable) {
			knowledge->term[i].coefficient += coefficient;
			return 0;
		}
	struct knowledge_term *term = arena_grow(knowledge->arena, knowledge->term, knowledge->terms, knowledge->terms + 1, &knowledge->term_room,
		sizeof *term, error);
	if (term == NULL)
		return -1;
	knowledge->term = term;
	term[knowledge->terms++] = (struct knowledge_term){ variable, coefficient };
	knowledge->start[knowledge->sums] = knowledge->terms;
	return 0;
}
