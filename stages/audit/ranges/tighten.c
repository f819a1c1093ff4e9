/* Bounds drawn together, sum by sum: see knowledge.h. */
#include "stages/audit/ranges/knowledge.h"

#include <stdlib.h>
#include <string.h>

#include "pipeline/maths/parallel.h"
#include "stages/audit/ranges/clusters.h"

#define CLUSTER 2000 /* variables of clusters that a thread takes at a time */

/* Least and most of a sum by the bounds of its terms; an end that a term leaves open is counted. */
struct span {
	int64_t low, high;
	size_t open_low, open_high;
};

static struct span span_of(const struct knowledge *knowledge, size_t sum)
{
	struct span span = { 0 };
	for (size_t i = knowledge->start[sum]; i < knowledge->start[sum + 1]; i++) {
		int64_t c = knowledge->term[i].coefficient, low = knowledge->low[knowledge->term[i].variable];
		int64_t high = knowledge->high[knowledge->term[i].variable];
		bool endless = high == KNOWLEDGE_ENDLESS;
		if (c > 0) {
			span.low += c * low;
			span.high += endless ? 0 : c * high;
			span.open_high += endless;
		} else if (c < 0) {
			span.low += endless ? 0 : c * high;
			span.open_low += endless;
			span.high += c * low;
		}
	}
	return span;
}

static int64_t divide_up(int64_t a, int64_t b)
{
	return a >= 0 ? (a + b - 1) / b : -(-a / b);
}

static int64_t divide_down(int64_t a, int64_t b)
{
	return -divide_up(-a, b);
}

/* Tightens the variables of one sum; true when a bound moved. */
static bool tighten_sum(struct knowledge *knowledge, size_t sum)
{
	struct span span = span_of(knowledge, sum);
	int64_t least = knowledge->least[sum], most = knowledge->most[sum];
	bool moved = false;
	for (size_t i = knowledge->start[sum]; i < knowledge->start[sum + 1]; i++) {
		size_t v = knowledge->term[i].variable;
		int64_t c = knowledge->term[i].coefficient, size = c < 0 ? -c : c, *low = &knowledge->low[v], *high = &knowledge->high[v];
		bool endless = *high == KNOWLEDGE_ENDLESS;
		if (c == 0 || *low == *high)
			continue;
		/* size·variable ≤ room above: what the others leave of `most` (c > 0) or of −`least` (c < 0); likewise below */
		bool upper = c > 0 ? most != KNOWLEDGE_ENDLESS && span.open_low == 0 : least != -KNOWLEDGE_ENDLESS && span.open_high == 0;
		bool lower = c > 0 ? least != -KNOWLEDGE_ENDLESS && span.open_high == (endless ? 1U : 0U)
				   : most != KNOWLEDGE_ENDLESS && span.open_low == (endless ? 1U : 0U);
		int64_t own_high = endless ? 0 : *high, low_before = *low, high_before = *high;
		if (upper) {
			int64_t bound = divide_down(c > 0 ? most - (span.low - c * *low) : span.high - c * *low - least, size);
			if (endless || bound < *high)
				*high = bound;
		}
		if (lower) {
			int64_t bound = divide_up(c > 0 ? least - (span.high - c * own_high) : span.low - c * own_high - most, size);
			if (bound > *low)
				*low = bound;
		}
		if (*low == low_before && *high == high_before)
			continue;
		moved = true;
		span = span_of(knowledge, sum);
	}
	return moved;
}

/* The sums in which each variable stands, as one list: of variable v from from[v] to from[v + 1]. */
struct places {
	size_t *from, *sum;
};

static int find_places(const struct knowledge *knowledge, struct places *places)
{
	places->from = calloc(knowledge->variables + 2, sizeof *places->from);
	places->sum = calloc(knowledge->terms + 1, sizeof *places->sum);
	if (places->from == NULL || places->sum == NULL)
		return -1;
	for (size_t i = 0; i < knowledge->terms; i++)
		places->from[knowledge->term[i].variable + 2]++;
	for (size_t v = 0; v < knowledge->variables; v++)
		places->from[v + 2] += places->from[v + 1];
	for (size_t s = 0; s < knowledge->sums; s++)
		for (size_t i = knowledge->start[s]; i < knowledge->start[s + 1]; i++)
			places->sum[places->from[knowledge->term[i].variable + 1]++] = s;
	return 0;
}

/* A sum by whose terms it cannot hold. */
static bool impossible(const struct knowledge *knowledge, size_t sum)
{
	struct span span = span_of(knowledge, sum);
	for (size_t i = knowledge->start[sum]; i < knowledge->start[sum + 1]; i++)
		if (knowledge->low[knowledge->term[i].variable] > knowledge->high[knowledge->term[i].variable])
			return true;
	return (span.open_low == 0 && knowledge->most[sum] != KNOWLEDGE_ENDLESS && span.low > knowledge->most[sum]) ||
		(span.open_high == 0 && knowledge->least[sum] != -KNOWLEDGE_ENDLESS && span.high < knowledge->least[sum]);
}

/* One sum of the queue: its neighbours join when it moves a bound. False when no numbers agree with it. */
static bool visit(struct knowledge *knowledge, const struct places *places, size_t sum, bool *waits)
{
	if (impossible(knowledge, sum))
		return false;
	if (!tighten_sum(knowledge, sum))
		return true;
	for (size_t i = knowledge->start[sum]; i < knowledge->start[sum + 1]; i++) {
		size_t v = knowledge->term[i].variable;
		if (knowledge->low[v] > knowledge->high[v])
			return false;
		for (size_t j = places->from[v]; j < places->from[v + 1]; j++)
			waits[places->sum[j]] = true;
	}
	return true;
}

/* The clusters, each tightened by itself. */
struct tightening {
	struct knowledge *knowledge;
	const struct places *places;
	const struct clusters *clusters;
	bool *waits; /* of each sum */
	int rounds;
};

static int tighten_clusters(size_t block, size_t from, size_t to, void *context)
{
	const struct tightening *tightening = context;
	const struct clusters *clusters = tightening->clusters;
	(void)block;
	for (size_t c = from; c < to; c++) {
		bool any = true;
		for (int round = 0; any && round < tightening->rounds; round++) {
			any = false;
			for (size_t i = clusters->sum_from[c]; i < clusters->sum_from[c + 1]; i++) {
				size_t sum = clusters->sum[i];
				if (!tightening->waits[sum])
					continue;
				tightening->waits[sum] = false;
				any = true;
				if (!visit(tightening->knowledge, tightening->places, sum, tightening->waits))
					return 1;
			}
		}
	}
	return 0;
}

int knowledge_tighten(struct knowledge *knowledge, int rounds, struct error *error)
{
	struct places places = { 0 };
	struct clusters clusters;
	struct arena *arena = arena_new(error);
	bool *waits = arena == NULL ? NULL : arena_take(arena, knowledge->sums, sizeof *waits, error);
	int result = waits == NULL || clusters_find(knowledge, false, CLUSTER, &clusters, arena, error) != 0 ? -1 : 0;
	if (result == 0 && find_places(knowledge, &places) != 0)
		result = error_set(error, EXIT_IO, "memory is out");
	for (size_t i = 0; result == 0 && i < clusters.others; i++)
		result = impossible(knowledge, clusters.other[i]) ? 1 : 0;
	if (result == 0) {
		struct tightening tightening = { .knowledge = knowledge, .places = &places, .clusters = &clusters, .waits = waits, .rounds = rounds };
		const struct parallel_job job = { .count = clusters.count, .block = 1, .work = tighten_clusters, .context = &tightening };
		memset(waits, 1, knowledge->sums);
		result = parallel_run(&job, NULL) == 0 ? 0 : 1;
	}
	free(places.from);
	free(places.sum);
	arena_free(arena);
	return result;
}
