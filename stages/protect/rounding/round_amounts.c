/* Amounts of m01 by the rounded persons, and what else is withheld of few of them: see rounded.h. */
#include <string.h>

#include "stages/protect/formaner.h"
#include "stages/protect/rounding/rounded.h"
#include "stages/protect/rules/by_rules.h"

#define KOMMUN 1
#define KON 2
#define FORMAN 3

static const char *const amounts[] = { "belopp_kr", "helarsekvivalenter" };
#define AMOUNTS (sizeof amounts / sizeof *amounts)

static size_t group_of(const char *code)
{
	size_t g = 0;
	while (g < FORMAN_GROUPS && strcmp(forman_groups[g].code, code) != 0)
		g++;
	return g;
}

static bool is_finest(const struct cube *cube, size_t row)
{
	return !cube_is_total(cube, row, KOMMUN) && !cube_is_total(cube, row, KON) && !cube_is_total(cube, row, FORMAN) &&
		group_of(cube_code_of(cube, row, FORMAN)) == FORMAN_GROUPS;
}

/* The codes of a förmån's rows: its own, its group, TOT. */
static size_t codes_with(const char *forman, const char *codes[3])
{
	size_t count = 0;
	codes[count++] = forman;
	for (size_t g = 0; g < FORMAN_GROUPS; g++)
		for (size_t p = 0; forman_groups[g].part[p] != NULL; p++)
			if (strcmp(forman_groups[g].part[p], forman) == 0)
				codes[count++] = forman_groups[g].code;
	codes[count++] = CUBE_TOTAL;
	return count;
}

/* Adds an amount of a finest row to every row that holds it. */
static void add_to_all(struct cube *cube, size_t row, size_t measure, double amount)
{
	const char *forman[3];
	size_t formaner = codes_with(cube_code_of(cube, row, FORMAN), forman);
	for (size_t f = 0; f < formaner; f++)
		for (unsigned total = 0; total < 4; total++) {
			const char *key[] = { cube_code_of(cube, row, 0), (total & 1U) != 0 ? CUBE_TOTAL : cube_code_of(cube, row, KOMMUN),
				(total & 2U) != 0 ? CUBE_TOTAL : cube_code_of(cube, row, KON), forman[f] };
			size_t at = cube_find_named(cube, key);
			if (at != CUBE_NO_ROW && cube_cell(cube, at, measure)->status != CELL_MISSING)
				cube_cell(cube, at, measure)->number += amount;
		}
}

/* The mean of the row's persons times the rounded persons; totals are the sums of these. So a row of nobody adds nothing to any total, and no amount
   needs more persons than are printed. */
static void scale(const struct rounded *rounded, size_t table, size_t measure)
{
	struct cube *cube = rounded->tables->cube[table];
	size_t personer = cube_measure(cube, "personer");
	for (size_t row = 0; row < cube->rows; row++)
		if (cube_cell(cube, row, measure)->status != CELL_MISSING)
			*cube_cell(cube, row, measure) = (struct cell){ .status = CELL_PUBLISHED };
	for (size_t row = 0; row < cube->rows; row++) {
		double before = rounded_truth(rounded, table, row, personer);
		if (is_finest(cube, row) && before > 0 && cube_cell(cube, row, measure)->status != CELL_MISSING)
			add_to_all(cube, row, measure, rounded->tables->truth[table][tables_cell(rounded->tables, table, row, measure)] *
				cube_cell(cube, row, personer)->number / before);
	}
}

static void forget_witnesses(const struct rounded *rounded, size_t table, size_t measure)
{
	for (size_t row = 0; row < rounded->tables->rows[table]; row++) {
		size_t cell = tables_cell(rounded->tables, table, row, measure);
		rounded->tables->raised[table][cell] = rounded->tables->lowered[table][cell] = 0;
	}
}

/* kr_per_invanare_dag goes with its belopp_kr. */
static void follow_kronor(const struct rounded *rounded, size_t table)
{
	struct cube *cube = rounded->tables->cube[table];
	size_t kronor = cube_measure(cube, "belopp_kr"), rate = cube_measure(cube, "kr_per_invanare_dag");
	for (size_t row = 0; row < cube->rows; row++) {
		double before = rounded_truth(rounded, table, row, kronor), each = rounded_truth(rounded, table, row, rate);
		const struct cell *amount = cube_cell(cube, row, kronor);
		if (cube_cell(cube, row, rate)->status == CELL_MISSING)
			continue;
		cube_set(cube, row, rate, before > 0 ? each * amount->number / before : each);
		if (amount->status == CELL_PROTECTED)
			tables_withhold(rounded->tables, table, row, rate);
	}
}

int rounded_amounts(struct rounded *rounded, struct error *error)
{
	size_t table = tables_find(rounded->tables, "m01_forsorjningsmatt");
	if (table == SIZE_MAX)
		return 0;
	struct cube *cube = rounded->tables->cube[table];
	size_t personer = cube_measure(cube, "personer");
	for (size_t a = 0; a < AMOUNTS; a++) {
		scale(rounded, table, cube_measure(cube, amounts[a]));
		forget_witnesses(rounded, table, cube_measure(cube, amounts[a]));
	}
	for (size_t row = 0; row < cube->rows; row++)
		if (rounded_few(rounded, table, row, personer))
			tables_withhold(rounded->tables, table, row, personer); /* until the amounts have followed */
	if (by_rules_protect(rounded->tables, BY_RULES_ALONE, rounded->base + 1, error) != 0)
		return -1;
	for (size_t row = 0; row < cube->rows; row++) {
		struct cell *cell = cube_cell(cube, row, personer);
		cell->status = cell->status == CELL_PROTECTED ? CELL_PUBLISHED : cell->status;
	}
	follow_kronor(rounded, table);
	return 0;
}
