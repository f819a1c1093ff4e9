/* Ranges of withheld counts: what hangs together, part by part; see ranges.h. The linear programs are in ranges_part.c. */
#include "stages/audit/ranges/ranges.h"

#include "pipeline/maths/parallel.h"
#include "stages/audit/ranges/clusters.h"
#include "stages/audit/ranges/ranges_part.h"

#define ROUNDS 1000        /* passes of tightening */

/* The clusters, and the targets not yet judged by cluster. */
struct parts {
	struct clusters clusters;
	size_t *target_from, *target;
	size_t *at; /* place of each variable in its part's program */
};

static int find_parts(const struct knowledge *knowledge, const struct target *target, size_t targets, struct parts *parts,
	struct arena *arena, struct error *error)
{
	struct clusters *clusters = &parts->clusters;
	size_t *of = arena_take(arena, knowledge->variables, sizeof *of, error);
	parts->at = arena_take(arena, knowledge->variables, sizeof *parts->at, error);
	parts->target = arena_take(arena, targets, sizeof *parts->target, error);
	if (of == NULL || parts->at == NULL || parts->target == NULL || clusters_find(knowledge, false, 1, clusters, arena, error) != 0)
		return -1;
	parts->target_from = arena_take(arena, clusters->count + 2, sizeof *parts->target_from, error);
	if (parts->target_from == NULL)
		return -1;
	for (size_t c = 0; c < clusters->count; c++)
		for (size_t i = clusters->variable_from[c]; i < clusters->variable_from[c + 1]; i++)
			of[clusters->variable[i]] = c;
	for (int turn = 0; turn < 2; turn++) { /* counts them, then lists them */
		for (size_t t = 0; t < targets; t++) {
			if (target[t].finding != FINDING_NONE || target[t].large || target[t].shown)
				continue;
			size_t *place = &parts->target_from[of[target[t].variable] + 2 - (size_t)turn];
			if (turn == 1)
				parts->target[*place] = t;
			++*place;
		}
		for (size_t c = 0; c < clusters->count && turn == 0; c++)
			parts->target_from[c + 1] += parts->target_from[c];
	}
	return 0;
}

/* The parts to be ranged, each a job of its own. */
struct ranging {
	struct part *part;
	size_t count;
	struct target *target;
	size_t *at;
	const struct ranges_beside *beside; /* behind the parts; NULL: nothing */
};

static int do_part(size_t item, void *context, struct error *error)
{
	struct ranging *ranging = context;
	if (item >= ranging->count) {
		(void)ranging->beside->work(ranging->beside->context);
		return 0;
	}
	struct arena *arena = arena_new(error);
	int result = arena == NULL ? -1 : range_part(&ranging->part[item], ranging->target, ranging->at, arena, error);
	arena_free(arena);
	return result;
}

/* Those of the parts that linear programs range; what hangs together with more than `largest` is judged by its bounds alone. */
static void list_parts(struct ranging *ranging, struct knowledge *knowledge, const struct parts *parts, int64_t threshold, size_t largest)
{
	const struct clusters *clusters = &parts->clusters;
	for (size_t c = 0; c < clusters->count; c++) {
		size_t variable = clusters->variable_from[c], sum = clusters->sum_from[c], next = parts->target_from[c];
		struct part part = { .knowledge = knowledge, .threshold = threshold, .variable = &clusters->variable[variable],
			.sum = &clusters->sum[sum], .judged = &parts->target[next], .variables = clusters->variable_from[c + 1] - variable,
			.sums = clusters->sum_from[c + 1] - sum, .targets = parts->target_from[c + 1] - next };
		for (size_t t = 0; t < part.targets && part.variables > largest; t++) {
			struct target *left = &ranging->target[part.judged[t]];
			left->unranged = true;
			left->finding = range_is_narrow(left, threshold) ? FINDING_NARROW : FINDING_NONE;
		}
		if (part.targets > 0 && part.sums > 0 && part.variables <= largest)
			ranging->part[ranging->count++] = part;
	}
}

static int judge_parts(struct knowledge *knowledge, struct target *target, size_t targets, int64_t threshold, size_t largest,
	const struct ranges_beside *beside, struct arena *arena, struct error *error)
{
	struct parts parts = { 0 };
	if (find_parts(knowledge, target, targets, &parts, arena, error) != 0)
		return -1;
	struct ranging ranging = { .target = target, .at = parts.at, .beside = beside };
	ranging.part = arena_take(arena, parts.clusters.count, sizeof *ranging.part, error);
	if (ranging.part == NULL)
		return -1;
	list_parts(&ranging, knowledge, &parts, threshold, largest);
	return parallel_each(ranging.count + (beside == NULL ? 0 : beside->count), do_part, &ranging, error);
}

int ranges_judge(struct knowledge *knowledge, struct target *target, size_t targets, int64_t threshold, size_t largest,
	const struct ranges_beside *beside, struct error *error)
{
	int result = knowledge_tighten(knowledge, ROUNDS, error);
	if (result != 0)
		return result;
	struct arena *arena = arena_new(error);
	bool *determined = arena == NULL ? NULL : arena_take(arena, knowledge->variables, sizeof *determined, error);
	result = determined == NULL ? -1 : knowledge_determined(knowledge, determined, error);
	for (size_t t = 0; t < targets && result == 0; t++) {
		size_t v = target[t].variable;
		target[t].low = knowledge->low[v];
		target[t].high = knowledge->high[v];
		if (determined[v])
			target[t].finding = FINDING_DETERMINED;
	}
	if (result == 0)
		result = judge_parts(knowledge, target, targets, threshold, largest, beside, arena, error);
	arena_free(arena);
	if (result == -1 && error->count == 0)
		return error_set(error, EXIT_IO, "memory is out, or a linear program could not be solved");
	return result;
}
