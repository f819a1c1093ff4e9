/* Which unknown figures hang together through sums: what lies in different clusters can be judged apart. */
#ifndef FINSAMSTAT_STAGES_AUDIT_RANGES_CLUSTERS_H
#define FINSAMSTAT_STAGES_AUDIT_RANGES_CLUSTERS_H

#include "stages/audit/ranges/knowledge.h"

/* The variables that no bound fixes and the sums over any of them, cluster by cluster. Those of cluster c are variable[variable_from[c]]
   up to variable[variable_from[c + 1]], sums likewise. */
struct clusters {
	size_t count;
	size_t *variable_from, *variable;
	size_t *sum_from, *sum;
	size_t others, *other; /* sums over no such variable */
};

/* Finds the clusters; with `equations` only equations join variables and are listed. Clusters stand in the order of their lowest variable;
   neighbours go together as one until that has `least` variables (1: never). -1 with the error set when memory is out. */
int clusters_find(const struct knowledge *knowledge, bool equations, size_t least, struct clusters *clusters, struct arena *arena,
	struct error *error);

#endif
