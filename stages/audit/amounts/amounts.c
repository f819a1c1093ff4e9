/* Amounts of m01: see amounts.h. */
#include "stages/audit/amounts/amounts_inside.h"

const char *const amount_finding_names[] = { "", "published", "determined", "narrow", "not of the rounded persons" };

/* The additive measures, the step in which they are printed, and where their contributions begin in the support cube. */
static const struct {
	const char *measure, *first;
	double step;
} kinds[] = { { "belopp_kr", "kr_summa", 1 }, { "helarsekvivalenter", "hae_summa", 0.01 } };

static int begin(struct amounts *amounts)
{
	struct arena *arena = amounts->published->arena;
	size_t rows = amounts->cube->rows;
	amounts->knowledge = knowledge_new(arena, amounts->error);
	amounts->variable = arena_take(arena, rows, sizeof *amounts->variable, amounts->error);
	if (amounts->knowledge == NULL || amounts->variable == NULL)
		return -1;
	for (size_t row = 0; row < rows; row++) {
		amounts->variable[row] = KNOWLEDGE_NONE;
		if (amounts_cell(amounts, row)->status == CELL_PROTECTED &&
			(amounts->variable[row] = knowledge_variable(amounts->knowledge, 0, KNOWLEDGE_ENDLESS, amounts->error)) == KNOWLEDGE_NONE)
			return -1;
	}
	return 0;
}

int amounts_judge(const struct published *published, const struct cube *contributions, const enum amount_row *kind, double share,
	unsigned char *finding, struct amounts_account *account, struct error *error)
{
	const struct published_table *table = published_find(published, "m01");
	int result = 0;
	for (size_t k = 0; table != NULL && table->truth != NULL && k < sizeof kinds / sizeof *kinds && result == 0; k++) {
		struct amounts amounts = { .published = published, .table = table, .cube = table->cube, .contributions = contributions,
			.kind = kind, .measure = cube_measure(table->cube, kinds[k].measure), .persons = cube_measure(table->cube, "personer"),
			.first = kinds[k].first, .step = kinds[k].step, .share = share, .finding = finding, .account = account, .error = error };
		result = begin(&amounts) != 0 || (published->rounded && amounts_make(&amounts) != 0) || amounts_state_lines(&amounts) != 0 || amounts_list_wanted(&amounts) != 0 ? -1 : amounts_judge_wanted(&amounts);
	}
	if (result == -1 && error->count == 0)
		return error_set(error, EXIT_IO, "memory is out, or a linear program could not be solved");
	return result;
}
