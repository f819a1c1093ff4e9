/* What adds up in m01: kommuner, kön and förmåner to their totals and groups. See amounts_inside.h. */
#include "stages/audit/amounts/amounts_inside.h"

#include <string.h>

static int add_member(struct amounts *amounts, size_t row)
{
	size_t *grown = arena_grow(amounts->published->arena, amounts->member, amounts->members, amounts->members + 1, &amounts->member_room,
		sizeof *grown, amounts->error);
	if (grown == NULL)
		return -1;
	amounts->member = grown;
	grown[amounts->members++] = row;
	return 0;
}

/* Whether counts are rounded, the line is an approved run's, perhaps of a program that kept amounts as they were, and a part of it, which has this code in
   dimension d and else the row's, has no row since few persons are in it: its amount is not 0. */
static bool is_gone(const struct amounts *amounts, size_t row, size_t d, const char *code)
{
	const char *key[TABLE_DIMENSIONS];
	for (size_t i = 0; i < amounts->cube->table->dimensions; i++)
		key[i] = cube_code_of(amounts->cube, row, i);
	key[d] = code;
	return amounts->published->rounded && amounts_kind(amounts, row) != AMOUNT_NEW && cube_find_named(amounts->cube, key) == CUBE_NO_ROW &&
		cube_find_named(amounts->table->truth, key) != CUBE_NO_ROW;
}

/* Ends a line: it is kept when it holds something withheld and nothing that cannot be computed. */
static int end_line(struct amounts *amounts, size_t from)
{
	struct line line = { .from = from, .count = amounts->members - from, .hidden = KNOWLEDGE_NONE };
	bool broken = false;
	for (size_t i = 0; i < line.count; i++) {
		size_t row = amounts->member[from + i];
		broken = broken || amounts_cell(amounts, row)->status == CELL_MISSING;
		line.hidden = amounts->variable[row] == KNOWLEDGE_NONE ? line.hidden : amounts->variable[row];
	}
	if (broken || line.hidden == KNOWLEDGE_NONE) {
		amounts->members = from;
		return 0;
	}
	struct line *grown = arena_grow(amounts->published->arena, amounts->line, amounts->lines, amounts->lines + 1, &amounts->line_room,
		sizeof *grown, amounts->error);
	if (grown == NULL || knowledge_sum(amounts->knowledge, 0, 0, amounts->error) != 0)
		return -1;
	amounts->line = grown;
	grown[amounts->lines++] = line;
	for (size_t i = 0; i < line.count; i++) {
		size_t variable = amounts->variable[amounts->member[from + i]];
		if (variable != KNOWLEDGE_NONE && knowledge_term(amounts->knowledge, variable, i == 0 ? -1 : 1, amounts->error) != 0)
			return -1;
	}
	return 0;
}

/* The row is the sum of those with the other codes of a dimension. */
static int state_over(struct amounts *amounts, size_t row, size_t d)
{
	const struct cube *cube = amounts->cube;
	size_t from = amounts->members, width = cube->table->dimensions;
	uint32_t key[TABLE_DIMENSIONS];
	const struct cube_codes *codes = &amounts->table->truth->codes[d];
	if (!cube_is_total(cube, row, d))
		return 0;
	for (size_t c = 0; c < codes->count; c++)
		if (is_gone(amounts, row, d, codes->code[c]))
			return 0;
	memcpy(key, &cube->key[row * width], width * sizeof *key);
	if (add_member(amounts, row) != 0)
		return -1;
	for (uint32_t c = 0; c < cube->codes[d].count; c++) {
		key[d] = c;
		size_t part = c == cube->codes[d].total ? CUBE_NO_ROW : cube_find(cube, key);
		if (part != CUBE_NO_ROW && add_member(amounts, part) != 0)
			return -1;
	}
	return end_line(amounts, from);
}

/* The row, of a group of förmåner, is the sum of its members. */
static int state_group(struct amounts *amounts, size_t row)
{
	const struct cube *cube = amounts->cube;
	const char *key[TABLE_DIMENSIONS];
	for (size_t g = 0; g < AMOUNT_GROUPS; g++) {
		size_t from = amounts->members;
		if (strcmp(cube_code_of(cube, row, FORMAN), amount_groups[g].whole) != 0)
			continue;
		for (size_t d = 0; d < cube->table->dimensions; d++)
			key[d] = cube_code_of(cube, row, d);
		if (add_member(amounts, row) != 0)
			return -1;
		for (size_t p = 0; amount_groups[g].part[p] != NULL; p++) {
			if (is_gone(amounts, row, FORMAN, amount_groups[g].part[p])) {
				amounts->members = from;
				return 0;
			}
			key[FORMAN] = amount_groups[g].part[p];
			size_t part = cube_find_named(cube, key);
			if (part != CUBE_NO_ROW && add_member(amounts, part) != 0)
				return -1;
		}
		return end_line(amounts, from);
	}
	return 0;
}

int amounts_state_lines(struct amounts *amounts)
{
	for (size_t row = 0; row < amounts->cube->rows; row++)
		if (state_over(amounts, row, KOMMUN) != 0 || state_over(amounts, row, KON) != 0 || state_group(amounts, row) != 0)
			return -1;
	return 0;
}
