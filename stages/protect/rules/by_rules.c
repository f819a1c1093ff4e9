/* The rules in turn: see by_rules.h. */
#include "stages/protect/rules/by_rules.h"

#include <string.h>

#include "stages/protect/rules/across.h"
#include "stages/protect/rules/counts.h"
#include "stages/protect/rules/dominance.h"
#include "stages/protect/rules/follow.h"

/* Rounds of protecting all rules; each further one withholds more, so that their number is bounded by the cells. */
#define ROUNDS 200

/* The bases of a single year's ratios are those of the whole period, with which e01 shares its statuses (protect_same). */
static bool is_needless(const struct tables *tables, const struct rule *rule)
{
	size_t bases = tables_find(tables, "ekonomi_underlag");
	return strcmp(rule->atoms, "ekonomi_underlag") == 0 && bases != SIZE_MAX && tables->cube[bases]->codes[1].count == 1;
}

/* Whether all that a rule can do it does in one go: none of its views has a whole, is hidden or decided elsewhere, and nothing in them is
   known from before, so that no cell is left without a witness. */
static bool is_simple(const struct tables *tables, const struct rule *rule)
{
	for (size_t v = 0; v < RULE_VIEWS && rule->view[v].table != NULL; v++) {
		size_t table = tables_find(tables, rule->view[v].table);
		if (rule->view[v].measure == NULL || rule->view[v].frozen || rule->view[v].whole > 0 ||
			(table != SIZE_MAX && tables->past[table] != NULL))
			return false;
	}
	return true;
}

/* What has been withheld and demanded in the tables of a rule. Neither is ever taken back: the same number is the same cells. */
static size_t count_done(const struct tables *tables, const struct rule *rule)
{
	size_t done = 0;
	for (size_t v = 0; v < RULE_VIEWS && rule->view[v].table != NULL; v++) {
		size_t table = tables_find(tables, rule->view[v].table);
		const struct cube *cube = table == SIZE_MAX ? NULL : tables->cube[table];
		for (size_t i = 0; cube != NULL && i < cube->rows * cube->table->measures; i++)
			done += (size_t)(cube->cell[i].status == CELL_PROTECTED) + tables->demanded[table][i];
	}
	return done;
}

/* Applies some rules, whose tables are apart, and notes what has been done when they were. */
static int apply(struct tables *tables, const struct rule *const *rules, size_t count, int64_t minimum, size_t *done, bool *again,
	struct error *error)
{
	if (counts_protect(tables, rules, count, minimum, again, error) != 0)
		return -1;
	for (size_t r = 0; r < count; r++)
		done[rules[r] - protect_rules] = is_simple(tables, rules[r]) ? count_done(tables, rules[r]) : 0;
	return 0;
}

/* Whether a rule would find all as it left it. */
static bool is_settled(const struct tables *tables, size_t i, int round, const size_t *done)
{
	return round > 0 && is_simple(tables, &protect_rules[i]) && count_done(tables, &protect_rules[i]) == done[i];
}

/* The first rule, and those that can be applied beside it. */
static int apply_first(struct tables *tables, int64_t minimum, int round, size_t *done, bool *again, struct error *error)
{
	const struct rule **rules = arena_take(tables->arena, protect_rule_count, sizeof *rules, error);
	size_t count = 0;
	for (size_t i = 0; i < protect_rule_count && rules != NULL; i++)
		if ((i == 0 || protect_rules[i].beside) && !is_settled(tables, i, round, done))
			rules[count++] = &protect_rules[i];
	return rules == NULL ? -1 : apply(tables, rules, count, minimum, done, again, error);
}

/* Whether rule i is not applied in its turn: it has been beside the first, or is not one of those wanted; or nothing would come of it, with its atoms or
   without. */
static bool is_passed(const struct tables *tables, size_t i, int round, enum by_rules which, const size_t *done)
{
	const struct rule *rule = &protect_rules[i];
	if (i > 0 && tables_find(tables, rule->atoms) == SIZE_MAX)
		return true;
	if (which == BY_RULES_ALONE)
		return !rule->alone || is_needless(tables, rule) || is_settled(tables, i, round, done);
	return (which == BY_RULES_COUNTS && rule->alone) || (i > 0 && (rule->beside || is_settled(tables, i, round, done)));
}

int by_rules_protect(struct tables *tables, enum by_rules which, int64_t minimum, struct error *error)
{
	bool alone = which == BY_RULES_ALONE;
	bool again = true;
	size_t *done = arena_take(tables->arena, protect_rule_count, sizeof *done, error); /* when the rule was last applied */
	if (done == NULL)
		return -1;
	for (int round = 0; again; round++) {
		if (round == ROUNDS)
			return error_set(error, EXIT_BUG, "the tables do not settle after %d rounds", ROUNDS);
		again = false;
		for (size_t i = 0; i < protect_rule_count; i++) {
			const struct rule *rule = &protect_rules[i];
			if (is_passed(tables, i, round, which, done))
				continue;
			int applied = i == 0 && !alone ? apply_first(tables, minimum, round, done, &again, error)
				: apply(tables, &rule, 1, minimum, done, &again, error);
			if (applied != 0)
				return -1;
			if (!alone && across_withhold(tables, error) != 0)
				return -1;
			follow_same(tables);
			dominance_pair(tables);
		}
		if (!alone && across_demand(tables, (int)minimum, &again, error) != 0)
			return -1;
	}
	return 0;
}
