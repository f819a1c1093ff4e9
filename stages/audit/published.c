/* Published tables and sums over their figures: see published.h. */
#include "stages/audit/published.h"

#include <math.h>
#include <string.h>

int published_add(struct published *published, struct cube *cube, struct cube *truth, struct error *error)
{
	struct published_table *table = &published->table[published->tables];
	if (published->tables == PUBLISHED_TABLES)
		return error_set(error, EXIT_BUG, "more than %d tables", PUBLISHED_TABLES);
	size_t measures = cube->table->measures;
	*table = (struct published_table){ .cube = cube, .truth = truth };
	table->variable = arena_take(published->arena, cube->rows * measures, sizeof *table->variable, error);
	if (table->variable == NULL)
		return -1;
	for (size_t i = 0; i < cube->rows * measures; i++) {
		enum measure_kind kind = cube->table->measure[i % measures].kind;
		bool withheld = cube_cell(cube, i / measures, i % measures)->status == CELL_PROTECTED && kind == MEASURE_COUNT;
		int64_t low = strncmp(cube->table->name, "g01", 3) == 0 ? 0 : 1; /* goals are withheld whole, their zeros too */
		table->variable[i] = withheld ? knowledge_variable(published->knowledge, low, KNOWLEDGE_ENDLESS, error) : KNOWLEDGE_NONE;
		if (withheld && table->variable[i] == KNOWLEDGE_NONE)
			return -1;
	}
	published->tables++;
	return 0;
}

const struct published_table *published_find(const struct published *published, const char *name)
{
	for (size_t t = 0; t < published->tables; t++)
		if (strncmp(published->table[t].cube->table->name, name, strlen(name)) == 0)
			return &published->table[t];
	return NULL;
}

void published_begin(struct published *published)
{
	published->sum.known = 0;
	published->sum.terms = 0;
	published->sum.broken = false;
}

int published_unseen(struct published *published, size_t variable, int64_t coefficient, struct error *error)
{
	size_t terms = published->sum.terms;
	size_t *variables = arena_grow(published->arena, published->sum.variable, terms, terms + 1, &published->sum.room,
		sizeof *variables, error);
	int64_t *coefficients = arena_grow(published->arena, published->sum.coefficient, terms, terms + 1,
		&published->sum.coefficients, sizeof *coefficients, error);
	if (variables == NULL || coefficients == NULL)
		return -1;
	published->sum.variable = variables;
	published->sum.coefficient = coefficients;
	variables[terms] = variable;
	coefficients[terms] = coefficient;
	published->sum.terms++;
	return 0;
}

int published_row(struct published *published, const struct published_table *table, size_t row, size_t measure, int64_t coefficient,
	struct error *error)
{
	const struct cell *cell = cube_cell(table->cube, row, measure);
	published->sum.table = table->cube->table->name;
	if (cell->status == CELL_PROTECTED)
		return published_unseen(published, table->variable[row * table->cube->table->measures + measure], coefficient, error);
	if (cell->status == CELL_MISSING)
		published->sum.broken = true;
	else
		published->sum.known += coefficient * (int64_t)llround(cell->number);
	return 0;
}

int published_part(struct published *published, const struct published_table *table, const char *const *key, size_t measure,
	int64_t coefficient, struct error *error)
{
	if (table == NULL) {
		published->sum.broken = true;
		return 0;
	}
	size_t row = cube_find_named(table->cube, key);
	return row == CUBE_NO_ROW ? 0 : published_row(published, table, row, measure, coefficient, error);
}

static int state(struct published *published, int64_t most, struct error *error)
{
	int64_t known = published->sum.known;
	if (published->sum.broken)
		return 0;
	if (published->sum.terms == 0 && (known < 0 || (known > 0 && most == 0)))
		return error_set(error, EXIT_DISCLOSURE, "printed figures of table %s do not add up, in it or with others", published->sum.table);
	if (published->sum.terms == 0)
		return 0;
	if (knowledge_sum(published->knowledge, -known, most == 0 ? -known : KNOWLEDGE_ENDLESS, error) != 0)
		return -1;
	for (size_t i = 0; i < published->sum.terms; i++)
		if (knowledge_term(published->knowledge, published->sum.variable[i], published->sum.coefficient[i], error) != 0)
			return -1;
	return 0;
}

int published_equal(struct published *published, struct error *error)
{
	return state(published, 0, error);
}

int published_at_least(struct published *published, struct error *error)
{
	return state(published, KNOWLEDGE_ENDLESS, error);
}
