/* Clusters of unknown figures: see clusters.h. */
#include "stages/audit/ranges/clusters.h"

#define OUTSIDE SIZE_MAX /* of a variable or sum that belongs to no cluster */

static size_t root_of(size_t *parent, size_t v)
{
	while (parent[v] != v) {
		parent[v] = parent[parent[v]];
		v = parent[v];
	}
	return v;
}

static bool is_listed(const struct knowledge *knowledge, size_t sum, bool equations)
{
	return !equations || knowledge->least[sum] == knowledge->most[sum];
}

/* Joins the unfixed variables of every sum: the root of a set is its lowest variable. Notes one variable of each sum. */
static void join_terms(const struct knowledge *knowledge, bool equations, size_t *parent, size_t *first)
{
	for (size_t v = 0; v < knowledge->variables; v++)
		parent[v] = v;
	for (size_t s = 0; s < knowledge->sums; s++) {
		first[s] = OUTSIDE;
		for (size_t i = knowledge->start[s]; i < knowledge->start[s + 1] && is_listed(knowledge, s, equations); i++) {
			size_t v = knowledge->term[i].variable;
			if (knowledge_fixed(knowledge, v))
				continue;
			size_t root = root_of(parent, v);
			if (first[s] == OUTSIDE)
				first[s] = root;
			else if (root != first[s]) {
				parent[root < first[s] ? first[s] : root] = root < first[s] ? root : first[s];
				first[s] = root < first[s] ? root : first[s];
			}
		}
	}
}

/* Numbers the clusters; of[v] becomes the cluster of each variable. Returns their number. */
static size_t number_clusters(const struct knowledge *knowledge, size_t least, size_t *parent, size_t *of, size_t *size)
{
	size_t count = 0, variables = 0;
	for (size_t v = 0; v < knowledge->variables; v++)
		if (!knowledge_fixed(knowledge, v))
			size[root_of(parent, v)]++;
	for (size_t v = 0; v < knowledge->variables; v++) {
		of[v] = OUTSIDE;
		if (knowledge_fixed(knowledge, v))
			continue;
		size_t root = root_of(parent, v);
		if (root == v) { /* its lowest variable: the cluster begins */
			bool joins = count > 0 && variables < least;
			variables = (joins ? variables : 0) + size[v];
			count += !joins;
			of[v] = count - 1;
		} else {
			of[v] = of[root];
		}
	}
	return count;
}

/* Items 0 … items−1 by cluster: their places in from[], themselves in list[]. */
static void sort_items(const size_t *of, size_t items, size_t count, size_t *from, size_t *list)
{
	for (size_t i = 0; i < items; i++)
		if (of[i] != OUTSIDE)
			from[of[i] + 1]++;
	for (size_t c = 0; c < count; c++)
		from[c + 1] += from[c];
	for (size_t i = 0; i < items; i++)
		if (of[i] != OUTSIDE)
			list[from[of[i]]++] = i;
	for (size_t c = count; c > 0; c--)
		from[c] = from[c - 1];
	from[0] = 0;
}

int clusters_find(const struct knowledge *knowledge, bool equations, size_t least, struct clusters *clusters, struct arena *arena,
	struct error *error)
{
	size_t variables = knowledge->variables, sums = knowledge->sums;
	size_t *parent = arena_take(arena, variables, sizeof *parent, error), *of = arena_take(arena, variables, sizeof *of, error);
	size_t *size = arena_take(arena, variables, sizeof *size, error), *first = arena_take(arena, sums, sizeof *first, error);
	clusters->variable = arena_take(arena, variables, sizeof *clusters->variable, error);
	clusters->sum = arena_take(arena, sums, sizeof *clusters->sum, error);
	clusters->other = arena_take(arena, sums, sizeof *clusters->other, error);
	clusters->others = 0;
	if (parent == NULL || of == NULL || size == NULL || first == NULL || clusters->variable == NULL || clusters->sum == NULL ||
		clusters->other == NULL)
		return -1;
	join_terms(knowledge, equations, parent, first);
	clusters->count = number_clusters(knowledge, least, parent, of, size);
	clusters->variable_from = arena_take(arena, clusters->count + 1, sizeof *clusters->variable_from, error);
	clusters->sum_from = arena_take(arena, clusters->count + 1, sizeof *clusters->sum_from, error);
	if (clusters->variable_from == NULL || clusters->sum_from == NULL)
		return -1;
	for (size_t s = 0; s < sums; s++) {
		if (first[s] == OUTSIDE && is_listed(knowledge, s, equations))
			clusters->other[clusters->others++] = s;
		first[s] = first[s] == OUTSIDE ? OUTSIDE : of[first[s]];
	}
	sort_items(of, variables, clusters->count, clusters->variable_from, clusters->variable);
	sort_items(first, sums, clusters->count, clusters->sum_from, clusters->sum);
	return 0;
}
