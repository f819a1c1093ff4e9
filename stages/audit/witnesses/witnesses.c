/* Witnesses against the knowledge: see witnesses.h. */
#include "stages/audit/witnesses/witnesses.h"

#include <string.h>

#include "stages/audit/witnesses/witness_check.h"

struct check {
	const struct published *published;
	const struct knowledge *knowledge;
	struct witnesses *witnesses;
};

static int index_places(struct check *check, struct arena *arena, struct error *error)
{
	const struct knowledge *knowledge = check->knowledge;
	size_t *from = arena_take(arena, knowledge->variables + 2, sizeof *from, error);
	struct witness_place *at = arena_take(arena, knowledge->terms, sizeof *at, error);
	if (from == NULL || at == NULL)
		return -1;
	for (size_t i = 0; i < knowledge->terms; i++)
		from[knowledge->term[i].variable + 2]++;
	for (size_t v = 0; v < knowledge->variables; v++)
		from[v + 2] += from[v + 1];
	for (size_t s = 0; s < knowledge->sums; s++)
		for (size_t i = knowledge->start[s]; i < knowledge->start[s + 1]; i++)
			at[from[knowledge->term[i].variable + 1]++] = (struct witness_place){ s, knowledge->term[i].coefficient };
	check->witnesses->from = from;
	check->witnesses->at = at;
	return 0;
}

/* ---- the truth ---- */

/* Counts that are withheld, classes as witness 0 says, differences. */
static void find_base(struct check *check)
{
	const struct published *published = check->published;
	const struct witness_file *file = check->witnesses->file;
	int64_t *base = check->witnesses->base;
	for (size_t t = 0; t < published->tables; t++) {
		const struct published_table *table = &published->table[t];
		bool untold = false;
		for (size_t i = 0; i < table->cube->rows * table->cube->table->measures; i++) {
			if (table->variable[i] == KNOWLEDGE_NONE)
				continue;
			base[table->variable[i]] = table->count[i];
			untold = untold || table->count[i] == PUBLISHED_UNTOLD;
		}
		for (size_t i = 0; i < table->cube->rows * table->classes && untold; i++)
			base[table->class + i] = PUBLISHED_UNTOLD;
	}
	for (size_t i = 0; i < file->lines && file->line[i].witness == 0; i++) {
		size_t variable = file->cell[file->line[i].cell].variable;
		if (variable != KNOWLEDGE_NONE && base[variable] != PUBLISHED_UNTOLD)
			base[variable] = file->line[i].value;
	}
	for (size_t i = 0; i < published->differences; i++)
		base[published->difference[i].variable] = published->difference[i].count;
}

/* The table that a sum speaks of, by the first of its withheld counts. */
static const char *table_of(const struct check *check, size_t sum)
{
	const struct published *published = check->published;
	size_t variable = check->knowledge->term[check->knowledge->start[sum]].variable;
	for (size_t t = 0; t < published->tables; t++) {
		const struct published_table *table = &published->table[t];
		size_t figures = table->cube->rows * table->cube->table->measures;
		for (size_t i = 0; i < figures; i++)
			if (table->variable[i] == variable)
				return table->cube->table->name;
		for (size_t row = 0; row < table->cube->rows && table->staying != NULL; row++)
			if (table->staying[row] == variable)
				return table->cube->table->name;
		if (table->classes > 0 && variable >= table->class && variable < table->class + table->cube->rows * table->classes)
			return table->cube->table->name;
	}
	for (size_t d = 0; d < published->differences; d++) /* of two printed figures */
		if (published->difference[d].variable == variable)
			return published->table[published->difference[d].table].cube->table->name;
	return published_find(published, "m06")->cube->table->name; /* a class of a month's persons (crossed.h) */
}

/* Whether a sum speaks of those who were still there when a period ended (staying.h). */
static bool is_of_staying(const struct check *check, size_t sum)
{
	const struct published *published = check->published;
	for (size_t i = check->knowledge->start[sum]; i < check->knowledge->start[sum + 1]; i++)
		for (size_t t = 0; t < published->tables; t++)
			for (size_t row = 0; published->table[t].staying != NULL && row < published->table[t].cube->rows; row++)
				if (published->table[t].staying[row] == check->knowledge->term[i].variable)
					return true;
	return false;
}

/* Of a run that was made before others were approved the witnesses do not know of these. */
static int refuse_base(const struct check *check, size_t sum, struct error *error)
{
	const char *table = table_of(check, sum);
	if (is_of_staying(check, sum))
		return error_set(error, EXIT_DISCLOSURE, "the witnesses do not reckon with who was still there when the period of table %s ended", table);
	return error_set(error, EXIT_DISCLOSURE, "the figures of table %s before protection do not agree with what is printed, or with each "
		"other: no witness can be checked", table);
}

static int check_base(struct check *check, struct error *error)
{
	const struct knowledge *knowledge = check->knowledge;
	struct witnesses *witnesses = check->witnesses;
	const int64_t *base = witnesses->base;
	for (size_t s = 0; s < knowledge->sums; s++) {
		bool bounds = true;
		for (size_t i = knowledge->start[s]; i < knowledge->start[s + 1]; i++) {
			struct knowledge_term term = knowledge->term[i];
			witnesses->unknown[s] = base[term.variable] == PUBLISHED_UNTOLD;
			if (witnesses->unknown[s])
				break;
			witnesses->value[s] += term.coefficient * base[term.variable];
			bounds = bounds && witness_possible(knowledge, term.variable, base[term.variable]);
		}
		if (witnesses->unknown[s] || (bounds && witness_within(knowledge, s, witnesses->value[s])))
			continue;
		witnesses->unknown[s] = true;
		if (!witness_earlier(check->published, table_of(check, s)))
			return refuse_base(check, s, error);
	}
	return 0;
}

int witnesses_check(const struct published *published, const struct witness_file *file, struct witnesses *witnesses, struct error *error)
{
	const struct knowledge *knowledge = published->knowledge;
	struct arena *arena = published->arena;
	struct check check = { .published = published, .knowledge = knowledge, .witnesses = witnesses };
	*witnesses = (struct witnesses){ .file = file };
	witnesses->base = arena_take(arena, knowledge->variables, sizeof *witnesses->base, error);
	witnesses->idle_at = arena_take(arena, knowledge->variables, sizeof *witnesses->idle_at, error);
	witnesses->least = arena_take(arena, knowledge->variables, sizeof *witnesses->least, error);
	witnesses->most = arena_take(arena, knowledge->variables, sizeof *witnesses->most, error);
	witnesses->value = arena_take(arena, knowledge->sums, sizeof *witnesses->value, error);
	witnesses->unknown = arena_take(arena, knowledge->sums, sizeof *witnesses->unknown, error);
	witnesses->difference = arena_take(arena, knowledge->sums, sizeof *witnesses->difference, error);
	if (witnesses->base == NULL || witnesses->idle_at == NULL || witnesses->least == NULL || witnesses->most == NULL || witnesses->value == NULL ||
		witnesses->unknown == NULL || witnesses->difference == NULL || index_places(&check, arena, error) != 0)
		return -1;
	for (size_t s = 0; s < knowledge->sums; s++)
		witnesses->difference[s] = NO_DIFFERENCE;
	for (size_t i = 0; i < published->differences; i++)
		witnesses->difference[published->difference[i].sum] = published->difference[i].variable;
	find_base(&check);
	if (check_base(&check, error) != 0)
		return -1;
	memcpy(witnesses->least, witnesses->base, knowledge->variables * sizeof *witnesses->base);
	memcpy(witnesses->most, witnesses->base, knowledge->variables * sizeof *witnesses->base);
	return witness_check_all(published, witnesses, error);
}

bool witnesses_may_be(const struct published *published, const struct witnesses *witnesses, size_t variable, int64_t value)
{
	const struct knowledge *knowledge = published->knowledge;
	bool may = witness_possible(knowledge, variable, value);
	for (size_t i = witnesses->from[variable]; i < witnesses->from[variable + 1] && may; i++) {
		const struct witness_place *place = &witnesses->at[i];
		int64_t change = place->coefficient * (value - witnesses->base[variable]);
		size_t difference = witnesses->difference[place->sum];
		may = !witnesses->unknown[place->sum] && (difference == NO_DIFFERENCE
			? witness_within(knowledge, place->sum, witnesses->value[place->sum] + change)
			: difference != variable && witnesses->base[difference] + change >= 0);
	}
	return may;
}

void witnesses_show(const struct published *published, const struct witnesses *witnesses, struct target *target, size_t targets)
{
	int64_t minimum = published->minimum;
	for (size_t t = 0; t < targets; t++) {
		size_t v = target[t].variable;
		int64_t base = witnesses->base[v], high = base + minimum - 1 > minimum ? base + minimum - 1 : minimum;
		if (target[t].large || base == PUBLISHED_UNTOLD)
			continue;
		bool reached = witnesses->most[v] >= minimum && witnesses->most[v] - witnesses->least[v] >= minimum - 1;
		target[t].shown = reached || witnesses_may_be(published, witnesses, v, high);
	}
}
