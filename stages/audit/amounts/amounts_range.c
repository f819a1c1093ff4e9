/* What printed sums leave of withheld amounts: elimination, then linear programs. See amounts_inside.h. */
#include "stages/audit/amounts/amounts_inside.h"

#include <math.h>
#include <string.h>

#include "pipeline/maths/linear.h"

#define LARGEST 1500       /* withheld amounts that hang together and are still ranged by linear programs */
#define ITERATIONS 1000000 /* of the simplex, a solution */
#define ROOM 10            /* times the largest amount: more is not looked for */

/* Withheld amounts that hang together, in a linear program in steps. */
struct part {
	struct amounts *amounts;
	struct linear *program;
	size_t *place; /* of each row of the table: in the program; LINEAR_NONE without */
	double most;
};

/* The row's variable: a withheld amount from 0, or between what it was published as before; a printed one within its rounding. */
static size_t place_row(struct part *part, size_t row)
{
	const struct amounts *amounts = part->amounts;
	const struct cell *cell = amounts_cell(amounts, row);
	if (part->place[row] != LINEAR_NONE)
		return part->place[row];
	double low = 0, high = part->most;
	if (cell->status == CELL_PUBLISHED) {
		low = cell->number / amounts->step - 0.5;
		high = low + 1;
	} else {
		double before, half;
		if (outside_amount(amounts->published, amounts->table, row, amounts->measure, &before, &half)) {
			low = fmax(0, (before - half) / amounts->step);
			high = (before + half) / amounts->step;
		}
	}
	return part->place[row] = linear_variable(part->program, low, high, 0, false);
}

static int build_part(struct part *part, const size_t *root, size_t number)
{
	const struct amounts *amounts = part->amounts;
	for (size_t row = 0; row < amounts->cube->rows; row++) {
		part->place[row] = LINEAR_NONE;
		if (amounts->variable[row] != KNOWLEDGE_NONE && root[amounts->variable[row]] == number)
			part->most = fmax(part->most, ROOM * amounts_truth(amounts, row, amounts->measure) / amounts->step + 1000);
		else if (amounts_kind(amounts, row) != AMOUNT_NEW) /* printed beside withheld ones that nobody knows */
			part->most = fmax(part->most, ROOM * amounts_truth(amounts, row, amounts->measure) / amounts->step);
	}
	for (size_t l = 0; l < amounts->lines; l++) {
		const struct line *line = &amounts->line[l];
		if (root[line->hidden] != number)
			continue;
		size_t sum = linear_sum(part->program, 0, 0);
		if (sum == LINEAR_NONE)
			return -1;
		for (size_t i = 0; i < line->count; i++) {
			size_t at = place_row(part, amounts->member[line->from + i]);
			if (at == LINEAR_NONE || linear_term(part->program, sum, at, i == 0 ? -1 : 1) != 0)
				return -1;
		}
	}
	return 0;
}

/* What a solution shows of every wanted amount. */
static void observe(struct part *part)
{
	struct amounts *amounts = part->amounts;
	for (size_t w = 0; w < amounts->wants; w++) {
		struct wanted *wanted = &amounts->wanted[w];
		if (part->place[wanted->row] == LINEAR_NONE)
			continue;
		double value = linear_value(part->program, part->place[wanted->row]) * amounts->step;
		wanted->was_up = wanted->was_up || value >= wanted->up;
		wanted->was_down = wanted->was_down || value <= wanted->down;
		wanted->most = fmax(wanted->most, value);
		wanted->least = fmin(wanted->least, value);
		if (wanted->unknown)
			wanted->was_up = wanted->was_down = wanted->most >= wanted->least * (1 + amounts->share) - amounts->step;
	}
}

static bool is_open(const struct wanted *wanted)
{
	return wanted->was_up && wanted->was_down;
}

/* Draws up (sign −1) or down (1) all that are not yet shown open, or the one. 0; 1 when no amounts agree; -1. */
static int draw(struct part *part, int sign, const struct wanted *one)
{
	struct amounts *amounts = part->amounts;
	for (size_t w = 0; w < amounts->wants; w++) {
		const struct wanted *wanted = &amounts->wanted[w];
		bool drawn = one == NULL ? !is_open(wanted) : wanted == one;
		if (part->place[wanted->row] != LINEAR_NONE)
			linear_cost(part->program, part->place[wanted->row], drawn ? sign : 0);
	}
	int result = linear_again(part->program, ITERATIONS);
	if (result == 0)
		observe(part);
	return result;
}

static int range_part(struct part *part)
{
	struct amounts *amounts = part->amounts;
	size_t measures = amounts->cube->table->measures;
	int result = draw(part, -1, NULL);
	if (result == 0)
		result = draw(part, 1, NULL);
	for (size_t w = 0; w < amounts->wants && result == 0; w++) {
		struct wanted *wanted = &amounts->wanted[w];
		if (part->place[wanted->row] == LINEAR_NONE)
			continue;
		if (!wanted->was_up)
			result = draw(part, -1, wanted);
		if (result == 0 && !wanted->was_down)
			result = draw(part, 1, wanted);
		unsigned char *finding = &amounts->finding[wanted->row * measures + amounts->measure];
		if (result == 0 && !is_open(wanted) && *finding == AMOUNT_NONE)
			*finding = AMOUNT_NARROW;
	}
	return result;
}

/* Which withheld amounts hang together: each variable's root is the lowest of them. */
static size_t root_of(size_t *root, size_t v)
{
	while (root[v] != v)
		v = root[v] = root[root[v]];
	return v;
}

static void find_parts(const struct amounts *amounts, size_t *root)
{
	for (size_t v = 0; v < amounts->knowledge->variables; v++)
		root[v] = v;
	for (size_t l = 0; l < amounts->lines; l++)
		for (size_t i = 0; i < amounts->line[l].count; i++) {
			size_t variable = amounts->variable[amounts->member[amounts->line[l].from + i]];
			if (variable == KNOWLEDGE_NONE)
				continue;
			size_t one = root_of(root, variable), other = root_of(root, amounts->line[l].hidden);
			root[one > other ? one : other] = one < other ? one : other;
		}
	for (size_t v = 0; v < amounts->knowledge->variables; v++)
		root[v] = root_of(root, v);
}

/* The wanted amounts of one part, by linear programs; not where too many hang together. */
static int judge_part(struct amounts *amounts, const size_t *root, size_t number, size_t *place)
{
	struct part part = { .amounts = amounts, .place = place };
	size_t count = 0, wanted = 0;
	for (size_t v = 0; v < amounts->knowledge->variables; v++)
		count += root[v] == number;
	for (size_t w = 0; w < amounts->wants; w++)
		wanted += root[amounts->variable[amounts->wanted[w].row]] == number;
	if (wanted == 0 || count > LARGEST) {
		amounts->account->unranged += wanted;
		return 0;
	}
	part.program = linear_new();
	int result = part.program == NULL || build_part(&part, root, number) != 0 ? -1 : range_part(&part);
	linear_free(part.program);
	return result;
}

int amounts_judge_wanted(struct amounts *amounts)
{
	struct arena *arena = amounts->published->arena;
	size_t variables = amounts->knowledge->variables, measures = amounts->cube->table->measures;
	bool *determined = arena_take(arena, variables, sizeof *determined, amounts->error);
	size_t *root = arena_take(arena, variables, sizeof *root, amounts->error);
	size_t *place = arena_take(arena, amounts->cube->rows, sizeof *place, amounts->error);
	if (determined == NULL || root == NULL || place == NULL || knowledge_determined(amounts->knowledge, determined, amounts->error) != 0)
		return -1;
	for (size_t w = 0; w < amounts->wants; w++)
		if (determined[amounts->variable[amounts->wanted[w].row]])
			amounts->finding[amounts->wanted[w].row * measures + amounts->measure] = AMOUNT_DETERMINED;
	find_parts(amounts, root);
	int result = 0;
	for (size_t v = 0; v < variables && result == 0 && (amounts->share > 0 || strcmp(amounts->first, "hae_summa") == 0); v++)
		if (root[v] == v)
			result = judge_part(amounts, root, v, place);
	return result;
}
