/* The views of a universe, from the cells of cubes: see counts_inside.h. */
#include <math.h>
#include <string.h>

#include "stages/protect/ceiling.h"
#include "stages/protect/past/known.h"
#include "stages/protect/rules/counts_inside.h"
#include "stages/protect/rules/dominance.h"
#include "stages/protect/rules/witness.h"

#define TOTAL_WEIGHT 20U /* how much dearer a total is than one of its parts, in each dimension */
#define GROUP_WEIGHT 5U

/* Whether an atom code belongs to a set such as "arbete|studier" or "=ovrigt" (rules.h); NULL is every code. */
static bool in_set(const char *set, const char *code)
{
	while (set != NULL && *set != '\0') {
		char part[64];
		size_t length = strcspn(set, "|");
		size_t from = set[0] == '=';
		if (length < sizeof part) {
			memcpy(part, set + from, length - from);
			part[length - from] = '\0';
			if (from == 1 ? strcmp(code, part) == 0 : strstr(code, part) != NULL)
				return true;
		}
		set += length + (set[length] == '|');
		if (*set == '\0')
			return false;
	}
	return set == NULL;
}

/* Whether the party stands in the combination: "FK" in "AF+FK". */
static bool in_combination(const char *party, const char *combination)
{
	size_t length = strlen(party);
	for (const char *at = combination; (at = strstr(at, party)) != NULL; at += length)
		if ((at == combination || at[-1] == '+') && (at[length] == '\0' || at[length] == '+'))
			return true;
	return false;
}

static bool cell_holds(const struct build *build, const struct view_rule *rule, size_t d, const char *cell, const char *atom)
{
	switch (rule->code[d]) {
	case CODES_ONE:
		return in_set(rule->set[d], atom);
	case CODES_KALLA:
		return in_combination(cell, atom);
	case CODES_MIX:
		return strcmp(cell, atom) == 0 || (strcmp(cell, CUBE_TOTAL) == 0 && strcmp(atom, "INGEN") != 0);
	case CODES_GROUP: {
		uint16_t code = codelist_find(build->forman, atom, strlen(atom));
		return strcmp(cell, CUBE_TOTAL) == 0 || strcmp(cell, atom) == 0 ||
			(code != CODE_NONE && strcmp(build->forman->entry[code].overordnad, cell) == 0);
	}
	case CODES_SAME:
	case CODES_PARTS:
		break;
	}
	return strcmp(cell, CUBE_TOTAL) == 0 || strcmp(cell, atom) == 0;
}

/* The cell codes of a view in one dimension: the atoms' codes first, so that views of a universe agree in their places. */
static int list_cell_codes(struct build *build, size_t v, size_t d, size_t *count, struct error *error)
{
	const struct view_rule *rule = &build->rule->view[v];
	const struct cube *cube = build->tables->cube[tables_find(build->tables, rule->table)];
	const char *name = rule->dimension[d] != NULL ? rule->dimension[d] : build->rule->dimension[d];
	size_t place = rule->code[d] == CODES_ONE ? SIZE_MAX : counts_place(cube, name);
	size_t known = place == SIZE_MAX ? 0 : cube->codes[place].count;
	const char **codes = arena_take(build->arena, build->codes[d] + known + 1, sizeof *codes, error);
	if (codes == NULL)
		return -1;
	*count = 0;
	if (place == SIZE_MAX) {
		codes[(*count)++] = CUBE_TOTAL;
	} else if (rule->code[d] == CODES_SAME || rule->code[d] == CODES_PARTS) {
		for (size_t c = 0; c < build->codes[d]; c++)
			codes[(*count)++] = build->code[d][c];
		if (rule->code[d] == CODES_SAME && cube->table->dimension[place].total)
			codes[(*count)++] = CUBE_TOTAL;
	} else {
		for (size_t c = 0; c < known; c++)
			codes[(*count)++] = cube->codes[place].code[c];
	}
	build->cell_code[v][d] = codes;
	return 0;
}

static unsigned weight_of(const struct build *build, const struct view_rule *rule, size_t d, const char *cell)
{
	if (rule->code[d] == CODES_ONE)
		return 1;
	if (strcmp(cell, CUBE_TOTAL) == 0)
		return TOTAL_WEIGHT;
	bool group = rule->code[d] == CODES_GROUP && codelist_find(build->forman, cell, strlen(cell)) == CODE_NONE;
	return group ? GROUP_WEIGHT : 1;
}

const char *counts_last_month(const struct cube *cube, size_t d, const char *year)
{
	const char *last = CUBE_TOTAL;
	for (size_t c = 0; c < cube->codes[d].count; c++) /* codes are in order */
		if (strncmp(cube->codes[d].code[c], year, YEAR_LENGTH) == 0)
			last = cube->codes[d].code[c];
	return last;
}

/* Finds the table's row of a cell: the slice's codes, the cell's, and TOT elsewhere; for a year's flows the last month of the
   year. */
struct row_finder {
	const struct cube *cube;
	size_t dimensions;
	uint32_t key[TABLE_DIMENSIONS];           /* where the cell's codes do not stand */
	size_t place[UNIVERSE_DIMENSIONS];        /* of a dimension of the view; SIZE_MAX: not in the table */
	uint32_t *code[UNIVERSE_DIMENSIONS];      /* cell code → the table's; UINT32_MAX: not there */
};

static int row_finder_make(struct row_finder *finder, const struct build *build, size_t v, struct error *error)
{
	const struct view_rule *rule = &build->rule->view[v];
	const struct cube *cube = build->tables->cube[tables_find(build->tables, rule->table)];
	*finder = (struct row_finder){ .cube = cube, .dimensions = build->dimensions };
	for (size_t t = 0; t < cube->table->dimensions; t++) {
		const char *name = cube->table->dimension[t].name;
		const char *code = strcmp(name, "manad") == 0 && build->slices > 0 ? counts_last_month(cube, t, build->slice[0]) : CUBE_TOTAL;
		for (size_t s = 0; s < build->slices; s++)
			if (strcmp(build->rule->slice[s], name) == 0)
				code = build->slice[s];
		finder->key[t] = cube_find_code(cube, t, code);
	}
	for (size_t d = 0; d < build->dimensions; d++) {
		const char *own = rule->dimension[d] != NULL ? rule->dimension[d] : build->rule->dimension[d];
		size_t codes = build->view[v]->dimension[d].codes;
		finder->place[d] = rule->code[d] == CODES_ONE ? SIZE_MAX : counts_place(cube, own);
		finder->code[d] = arena_take(build->arena, codes, sizeof **finder->code, error);
		if (finder->code[d] == NULL)
			return -1;
		for (size_t c = 0; c < codes && finder->place[d] != SIZE_MAX; c++)
			finder->code[d][c] = cube_find_code(cube, finder->place[d], build->cell_code[v][d][c]);
	}
	return 0;
}

static size_t find_row(const struct row_finder *finder, const size_t *code)
{
	uint32_t key[TABLE_DIMENSIONS];
	memcpy(key, finder->key, sizeof key);
	for (size_t d = 0; d < finder->dimensions; d++)
		if (finder->place[d] != SIZE_MAX)
			key[finder->place[d]] = finder->code[d][code[d]];
	for (size_t t = 0; t < finder->cube->table->dimensions; t++)
		if (key[t] == UINT32_MAX)
			return CUBE_NO_ROW;
	return cube_find(finder->cube, key);
}

static void codes_of(const struct build *build, const struct view *view, size_t cell, size_t *code)
{
	for (size_t d = build->dimensions; d > 0; d--) {
		code[d - 1] = cell % view->dimension[d - 1].codes;
		cell /= view->dimension[d - 1].codes;
	}
}

/* Sets the ceilings that inhabitants set, where tables that are found are kept; a count beyond them bears them out of date. */
static int set_ceilings(struct build *build, size_t v, struct error *error)
{
	struct view *view = build->view[v];
	size_t table = tables_find(build->tables, build->rule->view[v].table), last = build->dimensions - 1;
	const char *name = build->rule->view[v].dimension[last];
	size_t alike = name != NULL && strcmp(name, "kalla") == 0 ? view->dimension[last].codes : 1; /* whoever is in a part lives somewhere */
	int64_t *ceiling = arena_take(build->arena, view->cells, sizeof *ceiling, error), most = INT64_MAX;
	const struct ceiling *of_rows = ceiling_new(build->tables, table, build->arena, error);
	if (ceiling == NULL || of_rows == NULL)
		return -1;
	bool asked = false;
	for (size_t cell = 0; cell < view->cells; cell++) {
		asked = asked && cell % alike != 0;
		if (build->row[v][cell] != CUBE_NO_ROW && view->value[cell] > 0 && !asked) {
			most = ceiling_of(of_rows, build->row[v][cell]);
			asked = true;
		}
		ceiling[cell] = asked && view->value[cell] <= most ? most : INT64_MAX;
	}
	view->ceiling = ceiling;
	return 0;
}

/* Values, statuses and demands of a visible view's cells from its table. */
static int read_cells(struct build *build, size_t v, struct error *error)
{
	const struct view_rule *rule = &build->rule->view[v];
	struct view *view = build->view[v];
	size_t table = tables_find(build->tables, rule->table), code[UNIVERSE_DIMENSIONS];
	size_t measure = rule->measure == NULL ? 0 : cube_measure(build->tables->cube[table], rule->measure);
	double unit = counts_amounts(build->rule) ? build->rule->units : 1;
	struct row_finder finder;
	if (row_finder_make(&finder, build, v, error) != 0)
		return -1;
	for (size_t cell = 0; cell < view->cells; cell++) {
		codes_of(build, view, cell, code);
		size_t row = build->row[v][cell] = find_row(&finder, code);
		if (row == CUBE_NO_ROW)
			continue;
		if (rule->measure == NULL)
			continue; /* a class that is not printed */
		const struct cell *value = cube_cell(build->tables->cube[table], row, measure);
		if (!rule->sums && value->status != CELL_MISSING)
			view->value[cell] = (int64_t)llround(value->number * unit);
		view->withheld[cell] = value->status == CELL_PROTECTED;
		view->known[cell] = known_cell(build->tables, table, row, measure);
		int64_t parts = build->tables->parts[table][tables_cell(build->tables, table, row, measure)];
		int64_t least = build->tables->least[table][tables_cell(build->tables, table, row, measure)];
		view->floor[cell] = parts > least ? parts : least;
		if (value->status != CELL_PUBLISHED) { /* a printed one has no witnesses: memory that is not read need not be there before it is written */
			view->raised[cell] = build->tables->raised[table][tables_cell(build->tables, table, row, measure)];
			view->lowered[cell] = build->tables->lowered[table][tables_cell(build->tables, table, row, measure)];
		}
		view->target[cell] = *tables_demand(build->tables, table, row, measure) && view->value[cell] != 0;
		if (!counts_amounts(build->rule) || view->value[cell] == 0)
			continue;
		if (tables_measure_withheld(build->tables, table, row, build->rule->follows))
			view->target[cell] = true;
		if (view->target[cell])
			view->span[cell] = (int64_t)ceil(dominance_span(build->tables, row, rule->measure, (double)build->minimum) * unit);
		if (view->target[cell] && known_outside(build->tables, table, row, measure))
			view->withheld[cell] = true; /* it has no witness */
	}
	return build->found != NULL && tables_find(build->tables, "befolkning_celler") != SIZE_MAX ? set_ceilings(build, v, error) : 0;
}

#define TOLL 40 /* about what withholding the sum of a line costs */

/* Whether the view's cells stand in other universes, too. */
static bool is_shared(const struct build *build, const struct view_rule *rule)
{
	return build->found != NULL && rule->shared != NULL && tables_find(build->tables, rule->shared) != SIZE_MAX;
}

/* Whether a cell code is an atom's own: list_cell_codes gives those the same text at the same place. */
static bool is_own(const struct build *build, const struct view_rule *rule, size_t d, size_t c, const char *cell)
{
	bool kind = rule->code[d] == CODES_SAME || rule->code[d] == CODES_PARTS;
	return kind && c < build->codes[d] && cell == build->code[d][c];
}

static int build_view(struct build *build, size_t v, struct error *error)
{
	const struct view_rule *rule = &build->rule->view[v];
	size_t codes[UNIVERSE_DIMENSIONS];
	for (size_t d = 0; d < build->dimensions; d++)
		if (list_cell_codes(build, v, d, &codes[d], error) != 0)
			return -1;
	struct view *view = universe_view(build->universe, codes, rule->measure != NULL, error);
	if (view == NULL)
		return -1;
	for (size_t d = 0; d < build->dimensions; d++)
		for (size_t c = 0; c < codes[d]; c++) {
			const char *cell = build->cell_code[v][d][c];
			bool own = is_own(build, rule, d, c, cell);
			for (size_t a = own ? c : 0; a < (own ? c + 1 : build->codes[d]); a++)
				if (!rule->apart && (own || cell_holds(build, rule, d, cell, build->code[d][a])))
					view_holds(build->universe, view, d, c, a);
			view->dimension[d].weight[c] = weight_of(build, rule, d, cell) * (d == 0 && rule->dear > 0 ? rule->dear : 1);
		}
	build->view[v] = view;
	view->frozen = rule->frozen;
	view->given = rule->measure != NULL && !rule->sums;
	build->row[v] = arena_take(build->arena, view->cells, sizeof **build->row, error);
	if (build->row[v] == NULL)
		return -1;
	view->idle = rule->idle;
	view->toll = is_shared(build, rule) ? TOLL : 0;
	return rule->measure != NULL || (rule->idle && build->found != NULL) ? read_cells(build, v, error) : 0;
}

/* Whether a total of the view, whose whole is published, holds nothing but this cell: then the two are one. */
static bool only_part(const struct build *build, const struct view *view, const struct view *whole, size_t cell)
{
	size_t code[UNIVERSE_DIMENSIONS];
	for (size_t d = 0; d < build->dimensions; d++) {
		size_t last = view->dimension[d].codes - 1; /* TOT, where the view has it */
		codes_of(build, view, cell, code);
		if (view->dimension[d].codes <= build->codes[d] || code[d] == last)
			continue;
		code[d] = last;
		size_t total = view_cell(build->universe, view, code);
		for (size_t i = 0; i < build->dimensions; i++)
			if (whole->dimension[i].codes == 1)
				code[i] = 0;
		if (view->value[total] == view->value[cell] && !view->withheld[total] &&
			!whole->withheld[view_cell(build->universe, whole, code)])
			return true;
	}
	return false;
}

/* Whether a withheld cell is the only one of some line: the others would give it. */
static bool alone(const struct build *build, const struct view *view, size_t cell)
{
	size_t code[UNIVERSE_DIMENSIONS];
	for (size_t d = 0; d < build->dimensions; d++) {
		codes_of(build, view, cell, code);
		size_t own = code[d], others = 0;
		for (code[d] = 0; code[d] < view->dimension[d].codes; code[d]++) {
			size_t other = view_cell(build->universe, view, code);
			others += code[d] != own && view->withheld[other] && view->value[other] != 0;
		}
		if (others == 0 && view->dimension[d].codes > build->codes[d])
			return true;
	}
	return false;
}

/* What a view's cells take from their wholes: a withheld whole withholds them, a published one is their ceiling, and a small
   rest of it must be able to be larger. */
static int bind_whole(struct build *build, size_t v, int64_t minimum, struct error *error)
{
	const struct view *whole = build->view[build->rule->view[v].whole - 1];
	struct view *view = build->view[v];
	int64_t *ceiling = arena_take(build->arena, view->cells, sizeof *ceiling, error);
	bool parts = false;
	for (size_t d = 0; d < build->dimensions; d++)
		parts = parts || build->rule->view[v].code[d] == CODES_PARTS;
	if (ceiling == NULL)
		return -1;
	for (size_t cell = 0; cell < view->cells; cell++) {
		size_t code[UNIVERSE_DIMENSIONS];
		codes_of(build, view, cell, code);
		for (size_t d = 0; d < build->dimensions; d++)
			if (whole->dimension[d].codes == 1)
				code[d] = 0;
		size_t of = view_cell(build->universe, whole, code);
		int64_t rest = whole->value[of] - view->value[cell];
		ceiling[cell] = whole->withheld[of] ? INT64_MAX : whole->value[of];
		if (view->value[cell] == 0)
			continue;
		if (whole->withheld[of]) /* all parts together would give it; a subset alone does not */
			view->withheld[cell] = view->withheld[cell] || (parts && !only_part(build, view, whole, cell));
		else if (rest >= 1 && rest < minimum)
			view->target_down[cell] = true;
	}
	for (size_t cell = 0; cell < view->cells && parts; cell++)
		view->target[cell] = view->target[cell] || (view->withheld[cell] && alone(build, view, cell));
	view->ceiling = ceiling;
	return 0;
}

/* Whether the view's table is there to be printed. Without a common key m03 has its margins alone, which are missing: a view
   of it would withhold what nobody prints in place of what is printed. */
static bool is_printed(const struct tables *tables, const struct view_rule *rule)
{
	size_t table = tables_find(tables, rule->table);
	if (table == SIZE_MAX || rule->measure == NULL)
		return table != SIZE_MAX;
	const struct cube *cube = tables->cube[table];
	size_t measure = cube_measure(cube, rule->measure), missing = 0;
	while (missing < cube->rows && cube_cell(cube, missing, measure)->status == CELL_MISSING)
		missing++;
	return missing < cube->rows || cube->rows == 0;
}

int counts_views(struct build *build, int64_t minimum, struct error *error)
{
	const struct rule *rule = build->rule;
	for (size_t v = 0; v < RULE_VIEWS && rule->view[v].table != NULL; v++)
		if (is_printed(build->tables, &rule->view[v]) && build_view(build, v, error) != 0)
			return -1;
	for (size_t v = 0; v < RULE_VIEWS && rule->view[v].table != NULL; v++) {
		size_t twin = rule->view[v].twin, whole = rule->view[v].whole;
		if (build->view[v] == NULL)
			continue;
		if (twin > 0)
			build->view[v]->twin = build->view[twin - 1];
		if (whole > 0 && build->view[whole - 1] != NULL && bind_whole(build, v, minimum, error) != 0)
			return -1;
	}
	return 0;
}

bool counts_amounts(const struct rule *rule)
{
	return rule->units > 0;
}

size_t counts_place(const struct cube *cube, const char *name)
{
	for (size_t d = 0; d < cube->table->dimensions; d++)
		if (strcmp(cube->table->dimension[d].name, name) == 0)
			return d;
	return SIZE_MAX;
}
