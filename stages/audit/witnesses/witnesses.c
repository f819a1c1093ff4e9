/* Witnesses against the knowledge: see witnesses.h. */
#include "stages/audit/witnesses/witnesses.h"

#include <string.h>

#define NO_DIFFERENCE SIZE_MAX

struct check {
	const struct published *published;
	const struct knowledge *knowledge;
	struct witnesses *witnesses;
	int64_t *moved, *change; /* of each variable and sum in the witness at hand; 0 outside */
	bool *listed;            /* of each sum: it is among the touched */
	size_t *touched, sums;   /* those in which a count changes */
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
		if (table->classes > 0 && variable >= table->class && variable < table->class + table->cube->rows * table->classes)
			return table->cube->table->name;
	}
	for (size_t d = 0; d < published->differences; d++) /* of two printed figures */
		if (published->difference[d].variable == variable)
			return published->table[published->difference[d].table].cube->table->name;
	return published_find(published, "m06")->cube->table->name; /* a class of a month's persons (crossed.h) */
}

static bool within(const struct knowledge *knowledge, size_t sum, int64_t value)
{
	return (knowledge->least[sum] == -KNOWLEDGE_ENDLESS || value >= knowledge->least[sum]) &&
		(knowledge->most[sum] == KNOWLEDGE_ENDLESS || value <= knowledge->most[sum]);
}

static bool possible(const struct knowledge *knowledge, size_t variable, int64_t value)
{
	return value >= knowledge->low[variable] && value <= knowledge->high[variable];
}

/* Whether a table of the same kind (m: who lives where) shows figures of approved runs. Then all of its days may, those that are
   withheld too, and the tables before protection do not tell what they hold. */
static bool shows_earlier(const struct published *published, const char *name)
{
	return published->stands[name[0] == 'm'];
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
			bounds = bounds && possible(knowledge, term.variable, base[term.variable]);
		}
		if (witnesses->unknown[s] || (bounds && within(knowledge, s, witnesses->value[s])))
			continue;
		witnesses->unknown[s] = true;
		if (!shows_earlier(check->published, table_of(check, s)))
			return error_set(error, EXIT_DISCLOSURE, "the figures of table %s before protection do not agree with what is printed, or with each "
				"other: no witness can be checked", table_of(check, s));
	}
	return 0;
}

/* ---- a witness ---- */

static int add_finding(struct check *check, enum witness_fault fault, size_t line, struct error *error)
{
	struct witnesses *witnesses = check->witnesses;
	const struct witness_cell *cell = &witnesses->file->cell[witnesses->file->line[line].cell];
	struct witness_finding *grown = arena_grow(check->published->arena, witnesses->finding, witnesses->findings, witnesses->findings + 1,
		&witnesses->finding_room, sizeof *grown, error);
	if (grown == NULL)
		return -1;
	witnesses->finding = grown;
	grown[witnesses->findings++] = (struct witness_finding){ fault, cell->table, cell->row, cell->measure };
	return 0;
}

/* Sets the count of a line, and what it does to the sums that it stands in. */
static enum witness_fault set_count(struct check *check, const struct witness_line *line)
{
	const struct witness_cell *cell = &check->witnesses->file->cell[line->cell];
	size_t v = cell->variable;
	if (cell->table == PUBLISHED_TABLES)
		return WITNESS_IDLE; /* a table that this publication lacks */
	if (v == KNOWLEDGE_NONE)
		return line->value == cell->printed ? WITNESS_STANDS : WITNESS_PRINTED;
	if (check->witnesses->base[v] == PUBLISHED_UNTOLD)
		return WITNESS_IDLE;
	if (!possible(check->knowledge, v, line->value))
		return WITNESS_BOUND;
	int64_t change = line->value - check->witnesses->base[v] - check->moved[v];
	check->moved[v] += change;
	for (size_t i = check->witnesses->from[v]; i < check->witnesses->from[v + 1]; i++) {
		const struct witness_place *place = &check->witnesses->at[i];
		if (!check->listed[place->sum])
			check->touched[check->sums++] = place->sum;
		check->listed[place->sum] = true;
		check->change[place->sum] += place->coefficient * change;
	}
	return WITNESS_STANDS;
}

/* Whether the sums that change still hold. */
static enum witness_fault judge_sums(const struct check *check)
{
	const struct witnesses *witnesses = check->witnesses;
	enum witness_fault fault = WITNESS_STANDS;
	for (size_t i = 0; i < check->sums && fault == WITNESS_STANDS; i++) {
		size_t sum = check->touched[i], difference = witnesses->difference[sum];
		if (check->change[sum] == 0)
			continue;
		if (witnesses->unknown[sum])
			fault = WITNESS_IDLE;
		else if (difference != NO_DIFFERENCE) /* whole − part − difference = 0: it changes as they do, and is not below 0 */
			fault = witnesses->base[difference] + check->change[sum] < 0 ? WITNESS_RELATION : WITNESS_STANDS;
		else if (!within(check->knowledge, sum, witnesses->value[sum] + check->change[sum]))
			fault = WITNESS_RELATION;
	}
	return fault;
}

static int see(struct check *check, size_t variable, int64_t value, struct error *error)
{
	struct witnesses *witnesses = check->witnesses;
	struct witness_move *move = arena_grow(check->published->arena, witnesses->move, witnesses->moves, witnesses->moves + 1,
		&witnesses->move_room, sizeof *move, error);
	if (move == NULL)
		return -1;
	witnesses->move = move;
	move[witnesses->moves++] = (struct witness_move){ variable, witnesses->standing, value };
	witnesses->least[variable] = value < witnesses->least[variable] ? value : witnesses->least[variable];
	witnesses->most[variable] = value > witnesses->most[variable] ? value : witnesses->most[variable];
	return 0;
}

/* Takes back what the lines changed; of a witness that stands, or is idle, notes it first. */
static int end_witness(struct check *check, size_t from, size_t to, enum witness_fault fault, struct error *error)
{
	const struct witnesses *witnesses = check->witnesses;
	bool stands = fault == WITNESS_STANDS, idle = fault == WITNESS_IDLE;
	int result = 0;
	for (size_t i = 0; i < check->sums; i++) {
		size_t sum = check->touched[i], difference = witnesses->difference[sum];
		if (stands && difference != NO_DIFFERENCE && check->change[sum] != 0 && result == 0)
			result = see(check, difference, witnesses->base[difference] + check->change[sum], error);
		if (idle && difference != NO_DIFFERENCE)
			witnesses->idle_at[difference] = true;
		check->change[sum] = 0;
		check->listed[sum] = false;
	}
	check->sums = 0;
	for (size_t i = from; i < to; i++) {
		size_t v = witnesses->file->cell[witnesses->file->line[i].cell].variable;
		if (v != KNOWLEDGE_NONE && stands && check->moved[v] != 0 && result == 0)
			result = see(check, v, witnesses->base[v] + check->moved[v], error);
		if (v == KNOWLEDGE_NONE)
			continue;
		witnesses->idle_at[v] = witnesses->idle_at[v] || idle;
		check->moved[v] = 0;
	}
	return result;
}

/* The table of a line, which is one of the publication. */
static const char *table_at(const struct check *check, size_t line)
{
	const struct witness_file *file = check->witnesses->file;
	return check->published->table[file->cell[file->line[line].cell].table].cube->table->name;
}

static int check_witness(struct check *check, size_t from, size_t to, struct error *error)
{
	struct witnesses *witnesses = check->witnesses;
	enum witness_fault fault = WITNESS_STANDS;
	size_t line = from;
	for (size_t i = from; i < to; i++) {
		enum witness_fault own = set_count(check, &witnesses->file->line[i]);
		if (own > fault) {
			fault = own;
			line = i;
		}
	}
	if (fault == WITNESS_STANDS)
		fault = judge_sums(check);
	if (fault > WITNESS_IDLE && shows_earlier(check->published, table_at(check, line)))
		fault = WITNESS_IDLE;
	if (end_witness(check, from, to, fault, error) != 0)
		return -1;
	witnesses->count++;
	witnesses->standing += fault == WITNESS_STANDS;
	witnesses->idle += fault == WITNESS_IDLE;
	return fault <= WITNESS_IDLE ? 0 : add_finding(check, fault, line, error);
}

static int check_all(struct check *check, struct error *error)
{
	const struct witness_file *file = check->witnesses->file;
	for (size_t from = 0, to; from < file->lines; from = to) {
		for (to = from; to < file->lines && file->line[to].witness == file->line[from].witness; to++)
			;
		if (file->line[from].witness > 0 && check_witness(check, from, to, error) != 0)
			return -1;
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
	check.change = arena_take(arena, knowledge->sums, sizeof *check.change, error);
	check.listed = arena_take(arena, knowledge->sums, sizeof *check.listed, error);
	check.touched = arena_take(arena, knowledge->sums, sizeof *check.touched, error);
	check.moved = arena_take(arena, knowledge->variables, sizeof *check.moved, error);
	witnesses->move = arena_grow(arena, NULL, 0, file->lines + 1, &witnesses->move_room, sizeof *witnesses->move, error); /* about as many */
	if (witnesses->base == NULL || witnesses->idle_at == NULL || witnesses->least == NULL || witnesses->most == NULL || witnesses->value == NULL ||
		witnesses->unknown == NULL || witnesses->difference == NULL || check.change == NULL || check.listed == NULL ||
		check.touched == NULL || check.moved == NULL || witnesses->move == NULL || index_places(&check, arena, error) != 0)
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
	return check_all(&check, error);
}

bool witnesses_may_be(const struct published *published, const struct witnesses *witnesses, size_t variable, int64_t value)
{
	const struct knowledge *knowledge = published->knowledge;
	bool may = possible(knowledge, variable, value);
	for (size_t i = witnesses->from[variable]; i < witnesses->from[variable + 1] && may; i++) {
		const struct witness_place *place = &witnesses->at[i];
		int64_t change = place->coefficient * (value - witnesses->base[variable]);
		size_t difference = witnesses->difference[place->sum];
		may = !witnesses->unknown[place->sum] && (difference == NO_DIFFERENCE
			? within(knowledge, place->sum, witnesses->value[place->sum] + change)
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
