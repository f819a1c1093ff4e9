/* Moves and sums in a window's program: see sums.h. */
#include "stages/protect/engine/sums.h"

int sums_move(struct linear *program, bool whole, bool rewarded, struct move *move)
{
	move->rise = linear_variable(program, 0, 0, 0, whole);
	move->more = rewarded ? linear_variable(program, 0, 0, 0, whole) : LINEAR_NONE;
	move->fall = linear_variable(program, 0, 0, 0, whole);
	return move->rise == LINEAR_NONE || (rewarded && move->more == LINEAR_NONE) || move->fall == LINEAR_NONE ? -1 : 0;
}

int sums_terms(struct linear *program, size_t sum, const struct move *move, double sign)
{
	if (move->more != LINEAR_NONE && linear_term(program, sum, move->more, sign) != 0)
		return -1;
	return linear_term(program, sum, move->rise, sign) != 0 || linear_term(program, sum, move->fall, -sign) != 0 ? -1 : 0;
}

size_t sums_form(struct sight *sight, const struct form *form, double low, double high)
{
	size_t sum = linear_sum(sight->program, low, high);
	for (size_t i = 0; i < form->count && sum != LINEAR_NONE; i++)
		if (sums_terms(sight->program, sum, &sight->atom[form->part[i].place], (double)form->part[i].factor) != 0)
			return LINEAR_NONE;
	return sum;
}

int sums_bind(struct sight *sight, size_t place, double low, double high)
{
	sight->joined++;
	forms_add(sight->forms, place, 1);
	sight->atom_sum[place] = sums_form(sight, forms_sum(sight->forms), low, high);
	return sight->atom_sum[place] == LINEAR_NONE ? -1 : 0;
}

void sums_term(struct sight *sight, size_t atom, int sign)
{
	uint32_t at = sight->window->atom_place[atom];
	if (at > 0)
		forms_add(sight->forms, at - 1, sign);
}

size_t sums_end(struct sight *sight, double low, double high)
{
	sight->joined++;
	return sums_form(sight, forms_sum(sight->forms), low, high);
}
