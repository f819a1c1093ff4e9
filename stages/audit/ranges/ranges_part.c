/* Ranges of the counts of one part: see ranges_part.h.

   One linear program is solved under many costs, each time from the solution before. A solution shows values of many counts at
   once, so that costs are first drawn at random for all counts not yet shown safe; only what is left is asked for by itself. */
#include "stages/audit/ranges/ranges_part.h"

#include <math.h>

#include "pipeline/maths/linear.h"

#define SWEEPS 60          /* solutions under random costs, with caps and without */
#define ITERATIONS 1000000 /* of the simplex, a solution */
#define NODES 2000         /* of branch and bound, a count */
#define WHOLE 150          /* variables of a part up to which only whole-numbered solutions count */
#define NEARLY 1e-6        /* how far from a whole number a value may lie that is meant to be one */
#define MANY 1e6           /* stands for no upper bound */

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
		if (knowledge_fixed(knowledge, knowledge->term[i].variable))
			fixed += (double)knowledge->term[i].coefficient * (double)knowledge->low[knowledge->term[i].variable];
	double least = knowledge->least[sum] == -KNOWLEDGE_ENDLESS ? -(double)INFINITY : (double)knowledge->least[sum] - fixed;
	double most = knowledge->most[sum] == KNOWLEDGE_ENDLESS ? (double)INFINITY : (double)knowledge->most[sum] - fixed;
	size_t row = linear_sum(part->program, least, most);
	if (row == LINEAR_NONE)
		return -1;
	for (size_t i = knowledge->start[sum]; i < knowledge->start[sum + 1]; i++) {
		struct knowledge_term term = knowledge->term[i];
		if (!knowledge_fixed(knowledge, term.variable) && term.coefficient != 0 &&
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

/* The bounds of a target in the program: those of the knowledge; or, capped, as far as it must be seen to be safe. */
static void set_cap(struct part *part, size_t t, bool capped)
{
	const struct knowledge *knowledge = part->knowledge;
	size_t v = part->target[t]->variable;
	int64_t safe = (part->least[t] == INT64_MAX ? knowledge->low[v] : part->least[t]) + part->threshold - 1;
	safe = safe < part->threshold ? part->threshold : safe;
	double high = capped && part->target[t]->small && safe < knowledge->high[v] ? (double)safe : cap(knowledge, v);
	linear_change_variable(part->program, part->place[t], (double)knowledge->low[v], high, 0);
}

/* Solutions that draw the unsafe targets down, once, and then up, each at random. -1 as linear_again; 1 when no numbers agree with the
   part. */
static int sweep(struct part *part, bool capped)
{
	size_t left = count_unsafe(part), idle = 0;
	for (uint64_t round = 0; round < SWEEPS && left > 0 && idle < 6; round++) {
		for (size_t t = 0; t < part->targets; t++) {
			double weight = (double)(mix(round * 0x10001 + t) % 1000) / 1000;
			linear_cost(part->program, part->place[t], part->safe[t] ? 0 : round == 0 ? 1 : -weight);
		}
		int result = linear_again(part->program, ITERATIONS);
		if (result != 0)
			return result;
		observe(part);
		for (size_t t = 0; t < part->targets && capped && round == 0; t++)
			set_cap(part, t, true); /* now that it is seen how small it can be */
		size_t now = count_unsafe(part);
		idle = now + now / 20 < left || round == 0 ? 0 : idle + 1;
		left = now;
	}
	for (size_t t = 0; t < part->targets; t++)
		linear_cost(part->program, part->place[t], 0);
	return 0;
}

/* Sweeps that let no small target be larger than shows it safe: a solution draws one of a sum's targets as far as it can, and with a cap
   it draws the next as well. All of them being what they are, numbers under the caps there are. Then those that are not safe yet go
   without; in the end all that are asked for by themselves do. */
static int sweep_capped(struct part *part)
{
	for (size_t t = 0; t < part->targets; t++)
		set_cap(part, t, true);
	int result = sweep(part, true);
	for (size_t t = 0; t < part->targets && result == 0; t++)
		if (!part->safe[t])
			set_cap(part, t, false);
	if (result == 0)
		result = sweep(part, false);
	bool asked = result != 0 || count_unsafe(part) > 0;
	for (size_t t = 0; t < part->targets && asked; t++)
		set_cap(part, t, false);
	return result == 1 ? 0 : result;
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

bool range_is_narrow(const struct target *target, int64_t threshold)
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
	else if (range_is_narrow(target, part->threshold))
		target->finding = FINDING_NARROW;
	else if (!low_exact || !high_exact)
		target->finding = FINDING_UNDECIDED;
	return 0;
}

static int judge_part(struct part *part)
{
	int result = sweep_capped(part);
	if (result == 0)
		result = sweep(part, false);
	for (size_t t = 0; t < part->targets && result == 0; t++)
		if (!part->safe[t])
			result = judge(part, t);
	return result;
}

/* Builds the program of a part. */
static int make_part(struct part *part, struct target *target, size_t *at, struct arena *arena, struct error *error)
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
	linear_recost(part->program, part->sums < part->variables);
	for (size_t v = 0; v < part->variables; v++) {
		size_t index = part->variable[v];
		at[index] = v;
		if (linear_variable(part->program, (double)knowledge->low[index], cap(knowledge, index), 0, true) == LINEAR_NONE)
			return -1;
	}
	for (size_t t = 0; t < part->targets; t++) {
		part->target[t] = &target[part->judged[t]];
		part->place[t] = at[part->target[t]->variable];
		part->least[t] = INT64_MAX;
		part->most[t] = INT64_MIN;
	}
	for (size_t s = 0; s < part->sums; s++)
		if (add_sum(part, part->sum[s], at) != 0)
			return -1;
	return 0;
}

int range_part(struct part *part, struct target *target, size_t *at, struct arena *arena, struct error *error)
{
	int result = make_part(part, target, at, arena, error);
	if (result == 0)
		result = judge_part(part);
	linear_free(part->program);
	return result;
}
