/* From cubes to universes and back: see counts.h. */
#include "stages/protect/counts.h"

#include <math.h>
#include <string.h>

#include "pipeline/maths/parallel.h"
#include "pipeline/table/codelist.h"
#include "stages/protect/dominance.h"
#include "stages/protect/past.h"
#include "stages/protect/witness.h"

#define TOTAL_WEIGHT 20U /* how much dearer a total is than one of its parts, in each dimension */
#define GROUP_WEIGHT 5U

/* One universe being built from a rule and a combination of its slice dimensions. */
struct build {
	struct tables *tables;
	const struct rule *rule;
	const struct codelist *forman;
	int64_t minimum;
	size_t atoms; /* position of the cube of atoms */
	size_t atom_measure;
	size_t slices;                            /* dimensions of the slice */
	size_t slice_place[2];                    /* of each in the cube of atoms */
	uint32_t slice_key[2];                    /* the code there … */
	const char *slice[2];                     /* … and as text */
	size_t dimensions;
	size_t place[UNIVERSE_DIMENSIONS];        /* of each dimension in the cube of atoms */
	bool *atomic[UNIVERSE_DIMENSIONS];        /* by code of the cube: an atom's, no total's */
	size_t codes[UNIVERSE_DIMENSIONS];
	const char **code[UNIVERSE_DIMENSIONS];   /* atom codes by name */
	uint32_t *position[UNIVERSE_DIMENSIONS];  /* code of the cube → atom code; UINT32_MAX: none here */
	struct arena *arena;
	struct universe *universe;
	struct view *view[RULE_VIEWS];            /* NULL: its table is not there */
	const char **cell_code[RULE_VIEWS][UNIVERSE_DIMENSIONS];
	size_t *row[RULE_VIEWS];                  /* of each cell: CUBE_NO_ROW without */
};

static bool is_amounts(const struct rule *rule)
{
	return rule->units > 0;
}

static size_t dimension_place(const struct cube *cube, const char *name)
{
	for (size_t d = 0; d < cube->table->dimensions; d++)
		if (strcmp(cube->table->dimension[d].name, name) == 0)
			return d;
	return SIZE_MAX;
}

/* Which codes of the cube of atoms are those of atoms: no totals, no groups. */
static int find_atomic(struct build *build, struct arena *arena, struct error *error)
{
	const struct cube *cube = build->tables->cube[build->atoms];
	for (size_t d = 0; d < build->dimensions; d++) {
		const struct cube_codes *codes = &cube->codes[build->place[d]];
		bool grouped = is_amounts(build->rule) && strcmp(build->rule->dimension[d], "forman") == 0;
		build->atomic[d] = arena_take(arena, codes->count, sizeof **build->atomic, error);
		if (build->atomic[d] == NULL)
			return -1;
		for (size_t c = 0; c < codes->count; c++)
			build->atomic[d][c] = c != codes->total &&
				(!grouped || codelist_find(build->forman, codes->code[c], strlen(codes->code[c])) != CODE_NONE);
	}
	return 0;
}

/* Whether a row of atoms lies in the build's slice and is no total. */
static bool in_slice(const struct build *build, size_t row)
{
	const struct cube *cube = build->tables->cube[build->atoms];
	const uint32_t *key = cube->key + row * cube->table->dimensions;
	for (size_t s = 0; s < build->slices; s++)
		if (key[build->slice_place[s]] != build->slice_key[s])
			return false;
	for (size_t d = 0; d < build->dimensions; d++)
		if (!build->atomic[d][key[build->place[d]]])
			return false;
	return cube_cell(cube, row, build->atom_measure)->status != CELL_MISSING;
}

/* Finds the atom codes of the slice; false when it holds no atom. */
static int find_codes(struct build *build, size_t first, size_t end, bool *any, struct error *error)
{
	const struct cube *cube = build->tables->cube[build->atoms];
	for (size_t d = 0; d < build->dimensions; d++) {
		size_t known = cube->codes[build->place[d]].count;
		build->codes[d] = 0;
		build->code[d] = arena_take(build->arena, known, sizeof **build->code, error);
		build->position[d] = arena_take(build->arena, known, sizeof **build->position, error);
		if (build->code[d] == NULL || build->position[d] == NULL)
			return -1;
	}
	*any = false;
	for (size_t row = first; row < end; row++) {
		if (!in_slice(build, row))
			continue;
		*any = true;
		for (size_t d = 0; d < build->dimensions; d++)
			build->position[d][cube->key[row * cube->table->dimensions + build->place[d]]] = 1;
	}
	for (size_t d = 0; d < build->dimensions; d++)
		for (size_t c = 0; c < cube->codes[build->place[d]].count; c++) {
			if (build->position[d][c] == 0) {
				build->position[d][c] = UINT32_MAX;
				continue;
			}
			build->code[d][build->codes[d]] = cube->codes[build->place[d]].code[c];
			build->position[d][c] = (uint32_t)build->codes[d]++;
		}
	return 0;
}

static void fill_atoms(struct build *build, size_t first, size_t end)
{
	const struct cube *cube = build->tables->cube[build->atoms];
	double unit = is_amounts(build->rule) ? build->rule->units : 1;
	for (size_t row = first; row < end; row++) {
		if (!in_slice(build, row))
			continue;
		size_t code[UNIVERSE_DIMENSIONS];
		for (size_t d = 0; d < build->dimensions; d++)
			code[d] = build->position[d][cube->key[row * cube->table->dimensions + build->place[d]]];
		build->universe->atom[universe_atom(build->universe, code)] =
			(int64_t)llround(cube_cell(cube, row, build->atom_measure)->number * unit);
	}
}

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
	size_t place = rule->code[d] == CODES_ONE ? SIZE_MAX : dimension_place(cube, name);
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

/* The last month of the slice's year in a table by month; TOT when it has none. */
static const char *last_month(const struct build *build, const struct cube *cube, size_t d)
{
	const char *last = CUBE_TOTAL;
	for (size_t c = 0; c < cube->codes[d].count; c++)
		if (build->slice[0] != NULL && strncmp(cube->codes[d].code[c], build->slice[0], 4) == 0)
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
		const char *code = strcmp(name, "manad") == 0 ? last_month(build, cube, t) : CUBE_TOTAL;
		for (size_t s = 0; s < build->slices; s++)
			if (strcmp(build->rule->slice[s], name) == 0)
				code = build->slice[s];
		finder->key[t] = cube_find_code(cube, t, code);
	}
	for (size_t d = 0; d < build->dimensions; d++) {
		const char *own = rule->dimension[d] != NULL ? rule->dimension[d] : build->rule->dimension[d];
		size_t codes = build->view[v]->dimension[d].codes;
		finder->place[d] = rule->code[d] == CODES_ONE ? SIZE_MAX : dimension_place(cube, own);
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

/* Values, statuses and demands of a visible view's cells from its table. */
static int read_cells(struct build *build, size_t v, struct error *error)
{
	const struct view_rule *rule = &build->rule->view[v];
	struct view *view = build->view[v];
	size_t table = tables_find(build->tables, rule->table), code[UNIVERSE_DIMENSIONS];
	size_t measure = cube_measure(build->tables->cube[table], rule->measure);
	double unit = is_amounts(build->rule) ? build->rule->units : 1;
	struct row_finder finder;
	if (row_finder_make(&finder, build, v, error) != 0)
		return -1;
	for (size_t cell = 0; cell < view->cells; cell++) {
		codes_of(build, view, cell, code);
		size_t row = build->row[v][cell] = find_row(&finder, code);
		if (row == CUBE_NO_ROW)
			continue;
		const struct cell *value = cube_cell(build->tables->cube[table], row, measure);
		if (!rule->sums && value->status != CELL_MISSING)
			view->value[cell] = (int64_t)llround(value->number * unit);
		view->withheld[cell] = value->status == CELL_PROTECTED;
		view->known[cell] = past_known(build->tables, table, row, measure);
		view->floor[cell] = build->tables->parts[table][tables_cell(build->tables, table, row, measure)];
		view->raised[cell] = build->tables->raised[table][tables_cell(build->tables, table, row, measure)];
		view->lowered[cell] = build->tables->lowered[table][tables_cell(build->tables, table, row, measure)];
		view->target[cell] = *tables_demand(build->tables, table, row, measure) && view->value[cell] != 0;
		if (!is_amounts(build->rule) || view->value[cell] == 0)
			continue;
		if (tables_measure_withheld(build->tables, table, row, build->rule->follows))
			view->target[cell] = true;
		if (view->target[cell])
			view->span[cell] = (int64_t)ceil(dominance_span(build->tables, row, rule->measure, (double)build->minimum) * unit);
	}
	return 0;
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
			for (size_t a = 0; a < build->codes[d]; a++)
				if (!rule->apart && cell_holds(build, rule, d, cell, build->code[d][a]))
					view_holds(build->universe, view, d, c, a);
			view->dimension[d].weight[c] = weight_of(build, rule, d, cell) * (d == 0 && rule->dear > 0 ? rule->dear : 1);
		}
	build->view[v] = view;
	view->frozen = rule->frozen;
	view->given = rule->measure != NULL && !rule->sums;
	build->row[v] = arena_take(build->arena, view->cells, sizeof **build->row, error);
	if (build->row[v] == NULL)
		return -1;
	return rule->measure == NULL ? 0 : read_cells(build, v, error);
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

static int build_views(struct build *build, int64_t minimum, struct error *error)
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

/* Statuses back into the tables; a failure becomes a demand on the table of the frozen view. */
static void write_back(struct build *build, bool *again)
{
	for (size_t v = 0; v < RULE_VIEWS; v++) {
		const struct view_rule *rule = &build->rule->view[v];
		const struct view *view = build->view[v];
		if (view == NULL || rule->measure == NULL)
			continue;
		size_t table = tables_find(build->tables, rule->table);
		size_t measure = cube_measure(build->tables->cube[table], rule->measure);
		for (size_t cell = 0; cell < view->cells && view->frozen; cell++)
			if (view->lacking[cell] && build->row[v][cell] != CUBE_NO_ROW) {
				*tables_demand(build->tables, table, build->row[v][cell], measure) = true;
				*again = true;
			}
		for (size_t cell = 0; cell < view->cells && !view->frozen; cell++) {
			size_t row = build->row[v][cell];
			if (!view->withheld[cell] || row == CUBE_NO_ROW)
				continue;
			tables_withhold(build->tables, table, row, measure);
			build->tables->raised[table][tables_cell(build->tables, table, row, measure)] = view->raised[cell];
			build->tables->lowered[table][tables_cell(build->tables, table, row, measure)] = view->lowered[cell];
		}
	}
}

static int protect_slice(struct build *build, size_t first, size_t end, int64_t minimum, bool *again, struct error *error)
{
	bool any;
	if (find_codes(build, first, end, &any, error) != 0)
		return -1;
	if (!any)
		return 0;
	build->universe = universe_new(build->dimensions, build->codes, build->arena, error);
	if (build->universe == NULL)
		return -1;
	fill_atoms(build, first, end);
	if (build_views(build, minimum, error) != 0)
		return -1;
	int result = is_amounts(build->rule) ? witness_amounts(build->universe, error)
					  : witness_counts(build->universe, minimum, error);
	if (result == 0)
		write_back(build, again);
	return result;
}

/* One slice: rows from `first` whose slice codes are those of that row. Slices lie scattered when their dimension is not
   the first; each is listed at its first row. */
struct slice {
	size_t first, end; /* the rows among which its own are */
	bool again;
	size_t worker; /* the thread that did it */
};

static bool begins_slice(const struct build *build, size_t row)
{
	const struct cube *cube = build->tables->cube[build->atoms];
	size_t width = cube->table->dimensions;
	if (build->slices == 0)
		return row == 0;
	for (size_t earlier = row; earlier-- > 0;) {
		bool same = true;
		for (size_t s = 0; s < build->slices && same; s++)
			same = cube->key[earlier * width + build->slice_place[s]] == cube->key[row * width + build->slice_place[s]];
		if (same)
			return false;
		if (build->slice_place[0] == 0 && cube->key[earlier * width] != cube->key[row * width])
			return true; /* rows are sorted: the first slice dimension has just changed */
	}
	return true;
}

/* End of the rows that can belong to the slice that begins at `row`. */
static size_t slice_end(const struct build *build, size_t row)
{
	const struct cube *cube = build->tables->cube[build->atoms];
	size_t width = cube->table->dimensions, end = row;
	if (build->slices == 0 || build->slice_place[0] != 0)
		return cube->rows;
	while (end < cube->rows && cube->key[end * width] == cube->key[row * width])
		end++;
	return end;
}

/* All slices of a rule. */
struct slicing {
	struct build pattern;
	struct slice *slice;
	size_t count, capacity;
};

static int list_slices(struct slicing *slicing, struct arena *arena, struct error *error)
{
	const struct build *pattern = &slicing->pattern;
	for (size_t row = 0; row < pattern->tables->cube[pattern->atoms]->rows; row++) {
		if (!begins_slice(pattern, row))
			continue;
		struct slice *slices = arena_grow(arena, slicing->slice, slicing->count, slicing->count + 1, &slicing->capacity,
			sizeof *slices, error);
		if (slices == NULL)
			return -1;
		slicing->slice = slices;
		slices[slicing->count++] = (struct slice){ .first = row, .end = slice_end(pattern, row) };
	}
	return 0;
}

/* Whether no two slices touch the same cell: each table that the rule sees has all dimensions of the slice, a month standing
   for its year. */
static bool slices_apart(const struct build *build)
{
	for (size_t v = 0; v < RULE_VIEWS && build->rule->view[v].table != NULL; v++) {
		size_t table = tables_find(build->tables, build->rule->view[v].table);
		for (size_t s = 0; s < build->slices && table != SIZE_MAX; s++) {
			const struct cube *cube = build->tables->cube[table];
			bool by_month = strcmp(build->rule->slice[s], "ar") == 0 && dimension_place(cube, "manad") != SIZE_MAX;
			if (!by_month && dimension_place(cube, build->rule->slice[s]) == SIZE_MAX)
				return false;
		}
	}
	return true;
}

static int protect_slices(size_t block, size_t from, size_t to, void *context)
{
	struct slicing *slicing = context;
	(void)block;
	for (size_t i = from; i < to; i++) {
		struct slice *slice = &slicing->slice[i];
		struct build build = slicing->pattern;
		slice->worker = parallel_worker();
		struct error *error = &build.tables->thread_error[slice->worker];
		const struct cube *cube = build.tables->cube[build.atoms];
		for (size_t s = 0; s < build.slices; s++) {
			build.slice_key[s] = cube->key[slice->first * cube->table->dimensions + build.slice_place[s]];
			build.slice[s] = cube_code_of(cube, slice->first, build.slice_place[s]);
		}
		build.arena = arena_new(error);
		if (build.arena == NULL)
			return -1;
		int result = protect_slice(&build, slice->first, slice->end, slicing->pattern.minimum, &slice->again, error);
		arena_free(build.arena);
		if (result != 0)
			return -1;
	}
	return 0;
}

/* What all slices of a rule have in common. */
static int begin_build(struct build *build, struct arena *arena, struct error *error)
{
	const struct rule *rule = build->rule;
	const struct cube *cube = build->tables->cube[build->atoms];
	build->forman = codelist_load("forman", arena, error);
	if (build->forman == NULL)
		return -1;
	build->atom_measure = cube_measure(cube, rule->measure);
	for (; build->slices < 2 && rule->slice[build->slices] != NULL; build->slices++)
		build->slice_place[build->slices] = dimension_place(cube, rule->slice[build->slices]);
	for (; build->dimensions < UNIVERSE_DIMENSIONS && rule->dimension[build->dimensions] != NULL; build->dimensions++)
		build->place[build->dimensions] = dimension_place(cube, rule->dimension[build->dimensions]);
	return find_atomic(build, arena, error);
}

int counts_protect(struct tables *tables, const struct rule *rule, int64_t minimum, bool *again, struct error *error)
{
	struct slicing slicing = {
		.pattern = { .tables = tables, .rule = rule, .minimum = minimum, .atoms = tables_find(tables, rule->atoms) } };
	if (slicing.pattern.atoms == SIZE_MAX)
		return 0;
	if (begin_build(&slicing.pattern, tables->arena, error) != 0 || list_slices(&slicing, tables->arena, error) != 0)
		return -1;
	if (tables->thread_error == NULL)
		tables->thread_error = arena_take(tables->arena, parallel_threads(), sizeof *tables->thread_error, error);
	if (tables->thread_error == NULL)
		return -1;
	size_t failed = 0;
	const struct parallel_job job = { .count = slicing.count,
		.block = slices_apart(&slicing.pattern) || slicing.count == 0 ? 1 : slicing.count,
		.work = protect_slices, .context = &slicing };
	if (parallel_run(&job, &failed) != 0) {
		*error = tables->thread_error[slicing.slice[failed * job.block].worker];
		return -1;
	}
	for (size_t i = 0; i < slicing.count; i++)
		*again = *again || slicing.slice[i].again;
	return 0;
}
