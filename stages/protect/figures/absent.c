/* Figures that cannot be computed: see absent.h. */
#include "stages/protect/figures/absent.h"

#include <string.h>

/* In a row where one of `by` is withheld, whether the other figures can be computed depends on it. */
static const struct absent_rule {
	const char *table, *by[2]; /* NULL ends */
	const char *measure;       /* NULL: all of the row */
	const char *unless;        /* where this is 0 there is nothing to compute, whatever the rest; NULL: no such figure */
} absent_rules[] = {
	{ "i12_enkat", { "par", "medel_start" }, NULL, NULL },
	{ "i13_overlevnad", { "kvar" }, NULL, NULL },
	{ "e02_aterbetalning", { "netto_manad" }, NULL, "kostnad" },
	{ "e04_kanslighet", { "nuvarde" }, NULL, NULL },
	{ "e06_jamforelse", { "nuvarde" }, "aterbetalning_start", NULL }, /* that one underlag has no uppföljning is no secret */
	{ "e08_utjamning", { "nuvarde" }, NULL, NULL },
};

static void withhold_missing(struct tables *tables, size_t table, size_t row, size_t measure)
{
	struct cell *cell = cube_cell(tables->cube[table], row, measure);
	if (cell->status == CELL_MISSING)
		*cell = (struct cell){ .status = CELL_PROTECTED };
}

static bool applies(const struct tables *tables, const struct absent_rule *rule, size_t table, size_t row)
{
	if (rule->unless != NULL && !(tables_value(tables, table, row, rule->unless) > 0))
		return false;
	bool withheld = false;
	for (size_t b = 0; b < 2 && rule->by[b] != NULL; b++)
		withheld = withheld || tables_measure_withheld(tables, table, row, rule->by[b]);
	return withheld;
}

/* The log-rank test has no value where nobody had an event, which the curves that it compares do not tell where they are withheld. */
static void withhold_tests(struct tables *tables)
{
	size_t table = tables_find(tables, "i14_konsskillnad"), curves = tables_find(tables, "i13_overlevnad");
	for (size_t row = 0; table != SIZE_MAX && curves != SIZE_MAX && row < tables->cube[table]->rows; row++)
		for (size_t curve = 0; curve < tables->cube[curves]->rows; curve++)
			if (strcmp(cube_code_of(tables->cube[curves], curve, 0), cube_code_of(tables->cube[table], row, 0)) == 0 &&
				tables_measure_withheld(tables, curves, curve, "kvar"))
				withhold_missing(tables, table, row, cube_measure(tables->cube[table], "p_logrank"));
}

void absent_withhold(struct tables *tables)
{
	for (size_t i = 0; i < sizeof absent_rules / sizeof *absent_rules; i++) {
		const struct absent_rule *rule = &absent_rules[i];
		size_t table = tables_find(tables, rule->table);
		for (size_t row = 0; table != SIZE_MAX && row < tables->cube[table]->rows; row++)
			for (size_t m = 0; m < tables->cube[table]->table->measures && applies(tables, rule, table, row); m++)
				if (rule->measure == NULL || strcmp(tables->cube[table]->table->measure[m].name, rule->measure) == 0)
					withhold_missing(tables, table, row, m);
	}
	withhold_tests(tables);
}
