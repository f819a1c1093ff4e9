/* Terms of sums in three arrays: see linear_terms.h. */
#include "pipeline/maths/linear_terms.h"

#include <stdlib.h>

int linear_terms_reserve(struct linear_terms *terms)
{
	if (terms->count + 1 < terms->room)
		return 0;
	size_t room = terms->room == 0 ? 256 : terms->room * 2;
	int *sum = realloc(terms->sum, room * sizeof *sum);
	if (sum != NULL)
		terms->sum = sum;
	int *variable = realloc(terms->variable, room * sizeof *variable);
	if (variable != NULL)
		terms->variable = variable;
	double *coefficient = realloc(terms->coefficient, room * sizeof *coefficient);
	if (coefficient != NULL)
		terms->coefficient = coefficient;
	if (sum == NULL || variable == NULL || coefficient == NULL)
		return -1;
	terms->room = room;
	return 0;
}

static void put(struct linear_terms *terms, size_t at, int sum, int variable, double coefficient)
{
	terms->sum[at] = sum;
	terms->variable[at] = variable;
	terms->coefficient[at] = coefficient;
}

int linear_terms_add(struct linear_terms *terms, size_t sum, size_t variable, double coefficient)
{
	if (linear_terms_reserve(terms) != 0)
		return -1;
	terms->mixed = terms->mixed || (terms->count > 0 && terms->sum[terms->count] > (int)sum + 1);
	put(terms, ++terms->count, (int)sum + 1, (int)variable + 1, coefficient);
	return 0;
}

int linear_terms_order(struct linear_terms *terms, size_t sums)
{
	struct linear_terms ordered = { .count = terms->count, .room = terms->room, .sum = malloc(terms->room * sizeof *ordered.sum),
		.variable = malloc(terms->room * sizeof *ordered.variable), .coefficient = malloc(terms->room * sizeof *ordered.coefficient) };
	size_t *last = calloc(sums + 2, sizeof *last); /* of each sum the place of its last term so far; at first that of the sum before */
	bool room = last != NULL && ordered.sum != NULL && ordered.variable != NULL && ordered.coefficient != NULL;
	for (size_t i = 1; i <= terms->count && room; i++)
		last[terms->sum[i] + 1]++;
	for (size_t s = 1; s <= sums && room; s++)
		last[s + 1] += last[s];
	for (size_t i = 1; i <= terms->count && room; i++)
		put(&ordered, ++last[terms->sum[i]], terms->sum[i], terms->variable[i], terms->coefficient[i]);
	free(last);
	linear_terms_free(room ? terms : &ordered);
	if (room)
		*terms = ordered;
	return room ? 0 : -1;
}

void linear_terms_empty(struct linear_terms *terms)
{
	terms->count = 0;
	terms->mixed = false;
}

void linear_terms_free(struct linear_terms *terms)
{
	free(terms->sum);
	free(terms->variable);
	free(terms->coefficient);
}
