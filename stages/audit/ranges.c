/* Ranges of withheld counts: see ranges.h.

   One linear program is solved under many costs, each time from the solution before. A solution shows values of many counts at
   once, so that costs are first drawn at random for all counts not yet shown safe; only what is left is asked for by itself. */
#include "stages/audit/ranges.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "pipeline/maths/linear.h"
#include "pipeline/maths/parallel.h"

#define ROUNDS 1000        /* passes of tightening */
#define SWEEPS 60          /* solutions under random costs */
#define ITERATIONS 1000000 /* of the simplex, a solution */
#define NODES 2000         /* of branch and bound, a count */
#define WHOLE 150          /* variables of a part up to which only whole-numbered solutions count */
#define NEARLY 1e-6        /* how far from a whole number a value may lie that is meant to be one */
#define MANY 1e6           /* stands for no upper bound */

/* A variable, sum or target and the part of the knowledge to which it belongs: the lowest variable of that part. */
struct member {
	size_t root, index;
};

/* A part that hangs together: what no bound fixes, and the sums over it. */
struct part {
	struct knowledge *knowledge;
	struct linear *program;
	size_t variables, sums, targets;
	const struct member *variable, *sum, *judged;
	struct target **target;
	size_t *place;         /* of each target's variable in the program */
	int64_t *least, *most; /* of each target in the whole-numbered solutions seen */
	bool *safe;
	bool whole; /* only whole-numbered solutions count */
	int64_t threshold;
	int result; /* 0; 1 when its figures contradict one another; -1 */
	size_t worker; /* the thread that did it */
};

/* Which variables hang together, by union of the sums' terms. */
static size_t root_of(size_t *parent, size_t v)
{
	while (parent[v] != v) {
		parent[v] = parent[parent[v]];
		v = parent[v];
	}
	return v;
}

static bool is_fixed(const struct knowledge *knowledge, size_t v)
{
	return knowledge->low[v] == knowledge->high[v];
}

static void join_terms(const struct knowledge *knowledge, size_t *parent)
{
	for (size_t v = 0; v < knowledge->variables; v++)
		parent[v] = v;
	for (size_t s = 0; s < knowledge->sums; s++) {
		size_t first = KNOWLEDGE_NONE;
		for (size_t i = knowledge->start[s]; i < knowledge->start[s + 1]; i++) {
			size_t v = knowledge->term[i].variable;
			if (is_fixed(knowledge, v))
				continue;
			size_t root = root_of(parent, v);
			if (first == KNOWLEDGE_NONE)
				first = root;
			else if (root != first) {
				parent[root < first ? first : root] = root < first ? root : first;
				first = root < first ? root : first;
			}
		}
	}
}

static double cap(const struct knowledge *knowledge, size_t v)
{
	return knowledge->high[v] == KNOWLEDGE_ENDLESS ? (double)knowledge->low[v] + MANY : (double)knowledge->high[v];
}

/* Adds the sum over the unfixed variables to the program; `at` is the place of each variable of the knowledge in it. */
static int add_sum(struct part *part, size_t sum, const size_t *at)
{
	const struct knowledge *knowledge = part->knowledge;
	double fixed = 0;
	for (size_t i = knowledge->start[sum]; i < knowledge->start[sum + 1]; i++)
		if (is_fixed(knowledge, knowledge->term[i].variable))
			fixed += (double)knowledge->term[i].coefficient * (double)knowledge->low[knowledge->term[i].variable];
	double least = knowledge->least[sum] == -KNOWLEDGE_ENDLESS ? -(double)INFINITY : (double)knowledge->least[sum] - fixed;
	double most = knowledge->most[sum] == KNOWLEDGE_ENDLESS ? (double)INFINITY : (double)knowledge->most[sum] - fixed;
	size_t row = linear_sum(part->program, least, most);
	if (row == LINEAR_NONE)
		return -1;
	for (size_t i = knowledge->start[sum]; i < knowledge->start[sum + 1]; i++) {
		struct knowledge_term term = knowledge->term[i];
		if (!is_fixed(knowledge, term.variable) && term.coefficient != 0 &&
			linear_term(part->program, row, at[term.variable], (double)term.coefficient) != 0)
			return -1;
	}
	return 0;
}

static bool is_whole(const struct part *part)
{
	for (size_t v = 0; v < part->variables; v++) {
		double value = linear_value(part->program, v);
		if (fabs(value - round(value)) > NEARLY)
			return false;
	}
	return true;
}

/* Looks at a solution: what it shows of every target. */
static void observe(struct part *part)
{
	if (part->whole && !is_whole(part))
		return;
	for (size_t t = 0; t < part->targets; t++) {
		double value = linear_value(part->program, part->place[t]);
		int64_t floored = (int64_t)floor(value + NEARLY), raised = (int64_t)ceil(value - NEARLY);
		if (raised < part->least[t])
			part->least[t] = raised;
		if (floored > part->most[t])
			part->most[t] = floored;
		int64_t width = part->most[t] - part->least[t];
		part->safe[t] = part->safe[t] || (part->most[t] >= part->threshold && width >= part->threshold - 1);
	}
}

static size_t count_unsafe(const struct part *part)
{
	size_t count = 0;
	for (size_t t = 0; t < part->targets; t++)
		count += !part->safe[t];
	return count;
}

static uint64_t mix(uint64_t z)
{
	z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
	return z ^ (z >> 31);
}

/* Solutions that draw the unsafe targets up or down, each at random: first all up, then all down. -1 as linear_again; 1 when no
   numbers agree with the part. */
static int sweep(struct part *part)
{
	size_t left = count_unsafe(part), idle = 0;
	for (uint64_t round = 0; round < SWEEPS && left > 0 && idle < 6; round++) {
		for (size_t t = 0; t < part->targets; t++) {
			double weight = (double)(mix(round * 0x10001 + t) % 1000) / 1000;
			double cost = round == 0 ? -1 : round == 1 ? 1 : round % 3 == 0 ? weight : weight < 0.7 ? 0 : -weight;
			linear_cost(part->program, part->place[t], part->safe[t] ? 0 : cost);
		}
		int result = linear_again(part->program, ITERATIONS);
		if (result != 0)
			return result;
		observe(part);
		size_t now = count_unsafe(part);
		idle = now + now / 20 < left ? 0 : idle + 1;
		left = now;
	}
	for (size_t t = 0; t < part->targets; t++)
		linear_cost(part->program, part->place[t], 0);
	return 0;
}

/* The least (sign 1) or greatest (−1) whole value of a target: *exact is false when it is a bound that may not be reached. */
static int extreme(struct part *part, size_t t, int sign, int64_t *value, bool *exact)
{
	size_t place = part->place[t];
	linear_cost(part->program, place, sign);
	int result = linear_again(part->program, ITERATIONS);
	if (result == 0) {
		double bound = linear_value(part->program, place);
		*value = (int64_t)(sign > 0 ? ceil(bound - NEARLY) : floor(bound + NEARLY));
		observe(part);
		*exact = !part->whole || is_whole(part);
		if (!*exact && !part->safe[t]) {
			int whole = linear_whole(part->program, NODES);
			if (whole == 0) {
				*value = (int64_t)llround(linear_value(part->program, place));
				*exact = true;
				observe(part);
			} else if (whole != 2) {
				result = whole;
			}
		}
	}
	linear_cost(part->program, place, 0);
	return result;
}

/* Whether the bounds tell too much about few persons. */
static bool is_narrow(const struct target *target, int64_t threshold)
{
	return target->low < threshold && (target->high < threshold || target->high - target->low < threshold - 1);
}

/* One target by itself. */
static int judge(struct part *part, size_t t)
{
	struct target *target = part->target[t];
	int64_t low = 0, high = 0;
	bool low_exact = true, high_exact = true;
	int result = extreme(part, t, -1, &high, &high_exact);
	if (result == 0 && !part->safe[t])
		result = extreme(part, t, 1, &low, &low_exact);
	if (result != 0 || part->safe[t])
		return result;
	target->low = low;
	target->high = high;
	if (low == high)
		target->finding = FINDING_DETERMINED;
	else if (is_narrow(target, part->threshold))
		target->finding = FINDING_NARROW;
	else if (!low_exact || !high_exact)
		target->finding = FINDING_UNDECIDED;
	return 0;
}

static int judge_part(struct part *part)
{
	int result = sweep(part);
	for (size_t t = 0; t < part->targets && result == 0; t++)
		if (!part->safe[t])
			result = judge(part, t);
	return result;
}

/* The members of all parts, each list sorted by part. */
struct parts {
	struct member *variable, *sum, *target; /* what no bound fixes, the sums over it, and the targets not yet judged */
	size_t variables, sums, targets;
	size_t *at; /* place of each variable in its part's program */
};

static int compare_members(const void *a, const void *b)
{
	const struct member *left = a, *right = b;
	if (left->root != right->root)
		return left->root < right->root ? -1 : 1;
	return left->index < right->index ? -1 : left->index > right->index;
}

static int find_parts(const struct knowledge *knowledge, const struct target *target, size_t targets, struct parts *parts,
	struct arena *arena, struct error *error)
{
	size_t *parent = arena_take(arena, knowledge->variables, sizeof *parent, error);
	parts->at = arena_take(arena, knowledge->variables, sizeof *parts->at, error);
	parts->variable = arena_take(arena, knowledge->variables, sizeof *parts->variable, error);
	parts->sum = arena_take(arena, knowledge->sums, sizeof *parts->sum, error);
	parts->target = arena_take(arena, targets, sizeof *parts->target, error);
	if (parent == NULL || parts->at == NULL || parts->variable == NULL || parts->sum == NULL || parts->target == NULL)
		return -1;
	join_terms(knowledge, parent);
	for (size_t v = 0; v < knowledge->variables; v++)
		if (!is_fixed(knowledge, v))
			parts->variable[parts->variables++] = (struct member){ root_of(parent, v), v };
	for (size_t s = 0; s < knowledge->sums; s++)
		for (size_t i = knowledge->start[s]; i < knowledge->start[s + 1]; i++)
			if (!is_fixed(knowledge, knowledge->term[i].variable)) {
				parts->sum[parts->sums++] = (struct member){ root_of(parent, knowledge->term[i].variable), s };
				break;
			}
	for (size_t t = 0; t < targets; t++)
		if (target[t].finding == FINDING_NONE && !target[t].large)
			parts->target[parts->targets++] = (struct member){ root_of(parent, target[t].variable), t };
	qsort(parts->variable, parts->variables, sizeof *parts->variable, compare_members);
	qsort(parts->sum, parts->sums, sizeof *parts->sum, compare_members);
	qsort(parts->target, parts->targets, sizeof *parts->target, compare_members);
	return 0;
}

/* Builds the program of a part and judges its targets. */
static int do_part(struct part *part, struct target *target, size_t *at, struct arena *arena, struct error *error)
{
	const struct knowledge *knowledge = part->knowledge;
	part->place = arena_take(arena, part->targets, sizeof *part->place, error);
	part->least = arena_take(arena, part->targets, sizeof *part->least, error);
	part->most = arena_take(arena, part->targets, sizeof *part->most, error);
	part->safe = arena_take(arena, part->targets, sizeof *part->safe, error);
	part->target = arena_take(arena, part->targets, sizeof(struct target *), error);
	part->program = linear_new();
	part->whole = part->variables <= WHOLE;
	if (part->place == NULL || part->least == NULL || part->most == NULL || part->safe == NULL || part->target == NULL ||
		part->program == NULL)
		return -1;
	for (size_t v = 0; v < part->variables; v++) {
		size_t index = part->variable[v].index;
		at[index] = v;
		if (linear_variable(part->program, (double)knowledge->low[index], cap(knowledge, index), 0, true) == LINEAR_NONE)
			return -1;
	}
	for (size_t t = 0; t < part->targets; t++) {
		part->target[t] = &target[part->judged[t].index];
		part->place[t] = at[part->target[t]->variable];
		part->least[t] = INT64_MAX;
		part->most[t] = INT64_MIN;
	}
	for (size_t s = 0; s < part->sums; s++)
		if (add_sum(part, part->sum[s].index, at) != 0)
			return -1;
	return judge_part(part);
}

static size_t count_members(const struct member *member, size_t from, size_t end, size_t root)
{
	size_t count = 0;
	while (from + count < end && member[from + count].root == root)
		count++;
	return count;
}

/* The parts to be ranged, each a job of its own. */
struct ranging {
	struct part *part;
	size_t count;
	struct target *target;
	size_t *at;
	struct error *error; /* of each thread: it takes no further part after one that failed */
};

static int do_parts(size_t block, size_t from, size_t to, void *context)
{
	struct ranging *ranging = context;
	(void)block;
	for (size_t i = from; i < to; i++) {
		struct part *part = &ranging->part[i];
		part->worker = parallel_worker();
		struct error *error = &ranging->error[part->worker];
		struct arena *arena = arena_new(error);
		part->result = arena == NULL ? -1 : do_part(part, ranging->target, ranging->at, arena, error);
		linear_free(part->program);
		arena_free(arena);
		if (part->result != 0)
			return -1;
	}
	return 0;
}

/* Those of the parts that linear programs range; what hangs together with more than `largest` is judged by its bounds alone. */
static void list_parts(struct ranging *ranging, struct knowledge *knowledge, const struct parts *parts, int64_t threshold, size_t largest)
{
	for (size_t variable = 0, sum = 0, next = 0; variable < parts->variables;) {
		size_t root = parts->variable[variable].root;
		struct part part = { .knowledge = knowledge, .threshold = threshold, .variable = &parts->variable[variable],
			.sum = &parts->sum[sum], .judged = &parts->target[next],
			.variables = count_members(parts->variable, variable, parts->variables, root),
			.sums = count_members(parts->sum, sum, parts->sums, root),
			.targets = count_members(parts->target, next, parts->targets, root) };
		variable += part.variables;
		sum += part.sums;
		next += part.targets;
		for (size_t t = 0; t < part.targets && part.variables > largest; t++) {
			struct target *left = &ranging->target[part.judged[t].index];
			left->unranged = true;
			left->finding = is_narrow(left, threshold) ? FINDING_NARROW : FINDING_NONE;
		}
		if (part.targets > 0 && part.sums > 0 && part.variables <= largest)
			ranging->part[ranging->count++] = part;
	}
}

static int judge_parts(struct knowledge *knowledge, struct target *target, size_t targets, int64_t threshold, size_t largest,
	struct arena *arena, struct error *error)
{
	struct parts parts = { 0 };
	if (find_parts(knowledge, target, targets, &parts, arena, error) != 0)
		return -1;
	struct ranging ranging = { .target = target, .at = parts.at };
	size_t roots = 0, failed = 0;
	for (size_t v = 0; v < parts.variables; v++)
		roots += v == 0 || parts.variable[v].root != parts.variable[v - 1].root;
	ranging.part = arena_take(arena, roots, sizeof *ranging.part, error);
	ranging.error = arena_take(arena, parallel_threads(), sizeof *ranging.error, error);
	if (ranging.part == NULL || ranging.error == NULL)
		return -1;
	list_parts(&ranging, knowledge, &parts, threshold, largest);
	const struct parallel_job job = { .count = ranging.count, .block = 1, .work = do_parts, .context = &ranging };
	if (parallel_run(&job, &failed) == 0)
		return 0;
	*error = ranging.error[ranging.part[failed].worker];
	return ranging.part[failed].result;
}

int ranges_judge(struct knowledge *knowledge, struct target *target, size_t targets, int64_t threshold, size_t largest,
	struct error *error)
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
		result = judge_parts(knowledge, target, targets, threshold, largest, arena, error);
	arena_free(arena);
	if (result == -1 && error->count == 0)
		return error_set(error, EXIT_IO, "memory is out, or a linear program could not be solved");
	return result;
}
