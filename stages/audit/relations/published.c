/* Published tables and sums over their figures: see published.h. */
#include "stages/audit/relations/published.h"

#include <math.h>
#include <string.h>

/* The counts before protection of withheld cells. */
static int find_counts(const struct published_table *table, struct arena *arena, struct error *error)
{
	const struct cube *cube = table->cube;
	size_t measures = cube->table->measures, dimensions = cube->table->dimensions;
	uint32_t *code[TABLE_DIMENSIONS] = { NULL }, key[TABLE_DIMENSIONS]; /* the codes as the table before protection numbers them */
	for (size_t d = 0; table->truth != NULL && d < dimensions; d++) {
		const struct cube_codes *codes = &cube->codes[d];
		code[d] = arena_take(arena, codes->count, sizeof *code[d], error);
		if (code[d] == NULL)
			return -1;
		for (size_t c = 0; c < codes->count; c++)
			code[d][c] = cube_find_code(table->truth, d, codes->code[c]);
	}
	for (size_t i = 0; i < cube->rows * measures; i++) {
		table->count[i] = PUBLISHED_UNTOLD;
		if (table->variable[i] == KNOWLEDGE_NONE || table->truth == NULL)
			continue;
		for (size_t d = 0; d < dimensions; d++)
			key[d] = code[d][cube->key[i / measures * dimensions + d]];
		size_t at = cube_find(table->truth, key);
		table->count[i] = at == CUBE_NO_ROW ? 0 : (int64_t)llround(cube_cell(table->truth, at, i % measures)->number);
	}
	return 0;
}

int published_add(struct published *published, struct cube *cube, struct cube *truth, struct error *error)
{
	struct published_table *table = &published->table[published->tables];
	if (published->tables == PUBLISHED_TABLES)
		return error_set(error, EXIT_BUG, "more than %d tables", PUBLISHED_TABLES);
	size_t measures = cube->table->measures;
	*table = (struct published_table){ .cube = cube, .truth = truth };
	table->variable = arena_take(published->arena, cube->rows * measures, sizeof *table->variable, error);
	table->count = arena_take(published->arena, cube->rows * measures, sizeof *table->count, error);
	table->then = arena_take(published->arena, cube->rows * measures, sizeof *table->then, error);
	if (table->variable == NULL || table->count == NULL || table->then == NULL)
		return -1;
	for (size_t i = 0; i < cube->rows * measures; i++) {
		enum measure_kind kind = cube->table->measure[i % measures].kind;
		table->then[i] = PUBLISHED_UNTOLD;
		bool persons = kind == MEASURE_COUNT && strcmp(cube->table->measure[i % measures].name, "forandring") != 0; /* efter − fore */
		bool withheld = cube_cell(cube, i / measures, i % measures)->status == CELL_PROTECTED && persons;
		bool zeros = published->rounded || strncmp(cube->table->name, "g01", 3) == 0; /* goals are withheld whole, what is rounded by tables */
		int64_t low = zeros ? 0 : 1;
		table->variable[i] = withheld ? knowledge_variable(published->knowledge, low, KNOWLEDGE_ENDLESS, error) : KNOWLEDGE_NONE;
		if (withheld && table->variable[i] == KNOWLEDGE_NONE)
			return -1;
	}
	published->tables++;
	return find_counts(table, published->arena, error);
}

static const struct published_table *find_from(const struct published *published, const char *name, size_t from, size_t to)
{
	for (size_t t = from; t < to; t++)
		if (strncmp(published->table[t].cube->table->name, name, strlen(name)) == 0)
			return &published->table[t];
	return NULL;
}

#define CODE 3 /* letters of a table's name that tell it from all others of its period */

/* The table of the same kind in an approved period. */
static const struct published_table *find_then(const struct published *published, const struct published_period *period, const char *name)
{
	char code[CODE + 1] = { 0 };
	memcpy(code, name, CODE);
	return strcmp(code, "i01") == 0 ? &published->table[period->i01] : find_from(published, code, period->first, period->first + period->tables);
}

const struct published_table *published_own(const struct published *published, const char *name)
{
	return find_from(published, name, 0, published->periods > 0 ? published->own : published->tables);
}

const struct published_table *published_find(const struct published *published, const char *name)
{
	const struct published_period *approved = published->approved;
	const struct published_table *table = approved != NULL ? find_then(published, approved, name) : published_own(published, name);
	bool took_part = strncmp(name, "i02", CODE) == 0 || strncmp(name, "i08", CODE) == 0;
	if (published->less > 0 && strncmp(name, "i01", CODE) != 0 && took_part != published->took_part)
		return NULL;
	for (size_t i = 0; i < published->less && table != NULL; i++)
		table = find_then(published, published->within[i], name) == NULL ? NULL : table;
	return table;
}

void published_classes(struct published *published, const struct published_table *table, size_t first, size_t classes, const char *const *names)
{
	struct published_table *own = &published->table[table - published->table];
	own->class = first;
	own->classes = classes;
	own->class_name = names;
}

int64_t published_count(const struct published_table *table, size_t row, size_t measure)
{
	const struct cell *cell = cube_cell(table->cube, row, measure);
	if (cell->earlier)
		return PUBLISHED_UNTOLD;
	return cell->status == CELL_PROTECTED ? table->count[row * table->cube->table->measures + measure] : cell->status == CELL_MISSING ? 0 : llround(cell->number);
}

void published_begin(struct published *published)
{
	published->sum.known = published->sum.truth = 0;
	published->sum.secret = published->sum.unknown = false;
	published->sum.terms = 0;
	published->sum.broken = false;
}

static int add_term(struct published *published, size_t variable, int64_t coefficient, struct error *error)
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

int published_unseen(struct published *published, size_t variable, int64_t coefficient, int64_t count, struct error *error)
{
	published->sum.unknown = published->sum.unknown || count == PUBLISHED_UNTOLD;
	published->sum.truth += count == PUBLISHED_UNTOLD ? 0 : coefficient * count;
	return add_term(published, variable, coefficient, error);
}

static int add_row(struct published *published, const struct published_table *table, size_t row, size_t measure, int64_t coefficient,
	struct error *error)
{
	const struct cell *cell = cube_cell(table->cube, row, measure);
	size_t at = row * table->cube->table->measures + measure;
	if (cell->status == CELL_PROTECTED) {
		int64_t count = table->count[at] != PUBLISHED_UNTOLD ? table->count[at] : table->then[at];
		published->sum.secret = published->sum.secret || table->count[at] == PUBLISHED_UNTOLD;
		return published_unseen(published, table->variable[at], coefficient, count, error);
	}
	if (cell->status == CELL_MISSING) {
		published->sum.broken = true;
		return 0;
	}
	published->sum.known += coefficient * (int64_t)llround(cell->number);
	published->sum.truth += coefficient * (int64_t)llround(cell->number);
	return 0;
}

int published_row(struct published *published, const struct published_table *table, size_t row, size_t measure, int64_t coefficient,
	struct error *error)
{
	const struct cube *cube = table->cube;
	const char *key[TABLE_DIMENSIONS];
	int result = add_row(published, table, row, measure, coefficient, error);
	published->sum.table = cube->table->name;
	for (size_t d = 0; d < cube->table->dimensions && published->less > 0; d++)
		key[d] = cube_code_of(cube, row, d);
	for (size_t i = 0; i < published->less && result == 0; i++) {
		const struct published_table *then = find_then(published, published->within[i], cube->table->name);
		size_t at = then == NULL ? CUBE_NO_ROW : cube_find_named(then->cube, key);
		result = at == CUBE_NO_ROW ? 0 : add_row(published, then, at, measure, -coefficient, error);
	}
	return result;
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

/* Whether tables of the kind of the latest part's show figures of approved runs. */
static bool stands_beside(const struct published *published)
{
	return published->sum.table != NULL && published->stands[published->sum.table[0] == 'm'];
}

static int state(struct published *published, int64_t most, struct error *error)
{
	int64_t known = published->sum.known, truth = published->sum.truth;
	bool contrary = !published->sum.unknown && (truth < 0 || (truth > 0 && most == 0));
	bool beside = published->approved != NULL || published->less > 0 || published->beside;
	if (published->sum.broken || (contrary && (beside || stands_beside(published))) || (beside && (published->sum.unknown || published->sum.secret)))
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

int published_apart(struct published *published, const struct published_table *table, size_t row, size_t measure, struct error *error)
{
	size_t number = published->apart++;
	int64_t count = published->sum.truth;
	const struct cell *part = cube_cell(table->cube, row, measure);
	bool nobody = part->status == CELL_PUBLISHED && llround(part->number) == 0; /* then it is the whole that is asked for */
	bool small = count >= 1 && count < published->minimum && !nobody && !published->sum.secret && !published->sum.broken && !published->rounded;
	small = small && published->less == 0;
	bool asked = published->together || published->sum.terms == 0; /* the rules do not protect all that withheld counts leave of them */
	if (!small || !asked)
		return published_at_least(published, error);
	struct published_difference *list = arena_grow(published->arena, published->difference, published->differences, published->differences + 1,
		&published->difference_room, sizeof *list, error);
	size_t variable = list == NULL ? KNOWLEDGE_NONE : knowledge_variable(published->knowledge, 0, KNOWLEDGE_ENDLESS, error);
	if (variable == KNOWLEDGE_NONE)
		return -1;
	published->difference = list;
	list[published->differences++] = (struct published_difference){ .variable = variable, .number = number,
		.table = (size_t)(table - published->table), .row = row, .measure = measure, .sum = published->knowledge->sums, .count = count };
	return published_unseen(published, variable, -1, count, error) != 0 ? -1 : published_equal(published, error);
}
