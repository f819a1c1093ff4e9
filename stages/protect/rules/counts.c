/* From cubes to universes and back: see counts.h. */
#include "stages/protect/rules/counts.h"

#include <math.h>
#include <string.h>

#include "pipeline/maths/parallel.h"
#include "stages/protect/rules/counts_inside.h"
#include "stages/protect/rules/found.h"
#include "stages/protect/rules/witness.h"

/* Which codes of the cube of atoms are those of atoms: no totals, no groups. */
static int find_atomic(struct build *build, struct arena *arena, struct error *error)
{
	const struct cube *cube = build->tables->cube[build->atoms];
	for (size_t d = 0; d < build->dimensions; d++) {
		const struct cube_codes *codes = &cube->codes[build->place[d]];
		bool grouped = counts_amounts(build->rule) && strcmp(build->rule->dimension[d], "forman") == 0;
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
	double unit = counts_amounts(build->rule) ? build->rule->units : 1;
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

/* The tables that were found: from the universe's cells to those of the run's tables. What stands nowhere is left out. */
static void name_found(const struct build *build)
{
	struct found *found = build->found;
	struct found_numbers numbers[RULE_VIEWS];
	size_t column[RULE_VIEWS] = { 0 }, views[RULE_VIEWS], count = 0, to = 0;
	for (size_t v = 0; v < RULE_VIEWS && found != NULL; v++) {
		const struct view_rule *rule = &build->rule->view[v];
		if (build->view[v] == NULL)
			continue;
		size_t table = tables_find(build->tables, rule->table);
		numbers[v] = found_numbers(build->tables, table);
		column[v] = rule->measure != NULL ? cube_measure(build->tables->cube[table], rule->measure)
			: rule->idle ? found_class(build->tables, table, rule->set[build->dimensions - 1] + 1) : SIZE_MAX;
		views[count++] = v;
	}
	for (size_t i = 0, from = 0; found != NULL && i < found->tables; i++) {
		for (; from < found->end[i]; from++) {
			struct found_change change = found->change[from];
			size_t at = count - 1;
			while (build->view[views[at]]->base > change.cell)
				at--;
			size_t v = views[at], cell = change.cell - build->view[v]->base;
			if (column[v] == SIZE_MAX || build->row[v][cell] == CUBE_NO_ROW)
				continue;
			change.cell = (uint32_t)(numbers[v].first + build->row[v][cell] * numbers[v].columns + column[v]);
			found->change[to++] = change;
		}
		found->end[i] = to;
	}
	if (found != NULL)
		found->changes = to;
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
	build->universe->found = build->found;
	fill_atoms(build, first, end);
	if (counts_views(build, minimum, error) != 0)
		return -1;
	int result = counts_amounts(build->rule) ? witness_amounts(build->universe, error)
					  : witness_counts(build->universe, minimum, error);
	if (result == 0)
		write_back(build, again);
	if (result == 0)
		name_found(build);
	return result;
}

/* One slice: rows from `first` whose slice codes are those of that row. Slices lie scattered when their dimension is not
   the first; each is listed at its first row. */
struct slice {
	size_t first, end; /* the rows among which its own are */
	bool again;
	enum tables_closed closed; /* since the rule was applied before; closed: its tables are found, and nothing more is asked of it */
	struct found found; /* in an arena of its own; without one when nothing is kept */
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

/* Whether the slice that begins at `row` has been closed, or stays open, since the rule was applied before: in any table of the rule, as in all. */
static enum tables_closed was_closed(const struct build *build, size_t row)
{
	enum tables_closed closed = TABLES_NEW;
	for (size_t v = 0; v < RULE_VIEWS && build->rule->view[v].table != NULL && build->rule->tied[0] != NULL; v++) {
		size_t table = tables_find(build->tables, build->rule->view[v].table);
		if (table == SIZE_MAX || build->tables->closed[table] == NULL || closed != TABLES_NEW)
			continue;
		const char *own = cube_code_of(build->tables->cube[build->atoms], row, build->slice_place[0]);
		uint32_t code = cube_find_code(build->tables->cube[table], 0, own);
		closed = code == UINT32_MAX ? TABLES_NEW : (enum tables_closed)build->tables->closed[table][code];
	}
	return closed;
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
		slices[slicing->count++] = (struct slice){ .first = row, .end = slice_end(pattern, row), .closed = was_closed(pattern, row) };
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
			bool by_month = strcmp(build->rule->slice[s], "ar") == 0 && counts_place(cube, "manad") != SIZE_MAX;
			if (!by_month && counts_place(cube, build->rule->slice[s]) == SIZE_MAX)
				return false;
		}
	}
	return true;
}

static int protect_one(const struct slicing *slicing, struct slice *slice, struct error *error)
{
	struct build build = slicing->pattern;
	const struct cube *cube = build.tables->cube[build.atoms];
	for (size_t s = 0; s < build.slices; s++) {
		build.slice_key[s] = cube->key[slice->first * cube->table->dimensions + build.slice_place[s]];
		build.slice[s] = cube_code_of(cube, slice->first, build.slice_place[s]);
	}
	build.arena = arena_new(error);
	if (build.tables->found != NULL && !counts_amounts(build.rule)) {
		slice->found.arena = arena_new(error);
		build.found = &slice->found;
	}
	int result = build.arena == NULL || (build.found != NULL && build.found->arena == NULL) ? -1
		: protect_slice(&build, slice->first, slice->end, build.minimum, &slice->again, error);
	arena_free(build.arena);
	return result;
}

/* What one thread does at a time: a slice, or all of a rule whose slices touch the same cells. */
struct piece {
	const struct slicing *slicing;
	size_t first, count;
};

static int protect_piece(size_t item, void *context, struct error *error)
{
	const struct piece *piece = &((const struct piece *)context)[item];
	int result = 0;
	for (size_t s = piece->first; s < piece->first + piece->count && result == 0; s++)
		result = piece->slicing->slice[s].closed == TABLES_CLOSED ? 0 : protect_one(piece->slicing, &piece->slicing->slice[s], error);
	return result;
}

/* The code of a slice of a tied rule: its month or year, which is the first dimension of all its tables. */
static const char *slice_code(const struct slicing *slicing, const struct slice *slice)
{
	return cube_code_of(slicing->pattern.tables->cube[slicing->pattern.atoms], slice->first, slicing->pattern.slice_place[0]);
}

/* Whether the cells of a slice hang together with such of another table: of a table by year those of the year, or of its last month. */
static bool is_tied(const struct slicing *slicing, const struct slice *slice, const char *name)
{
	const struct tables *tables = slicing->pattern.tables;
	size_t other = tables_find(tables, name);
	if (other == SIZE_MAX)
		return false;
	const struct cube *own = tables->cube[slicing->pattern.atoms];
	const char *code = slice_code(slicing, slice), *last = counts_last_month(own, slicing->pattern.slice_place[0], code);
	bool by_month = strcmp(slicing->pattern.rule->slice[0], "manad") == 0;
	return cube_find_code_of(tables->cube[other], 0, code, YEAR_LENGTH) != UINT32_MAX && (!by_month || strcmp(last, code) == 0);
}

/* Whether a slice's universe is all that is known of its cells: nothing that they hang together with is there, nothing was published of them. Where the
   engine works on other slices it also gets those in which a single person might narrow something: it finds more. */
static bool is_closed(const struct slicing *slicing, const struct slice *slice)
{
	const struct tables *tables = slicing->pattern.tables;
	const struct rule *rule = slicing->pattern.rule;
	bool closed = rule->tied[0] != NULL && slice->found.unmet == 0;
	for (size_t i = 0; i < sizeof rule->tied / sizeof *rule->tied && rule->tied[i] != NULL; i++)
		closed = closed && !is_tied(slicing, slice, rule->tied[i]) &&
			(slice->found.exposed == 0 || tables_find(tables, rule->tied[i]) == SIZE_MAX);
	for (size_t v = 0; v < RULE_VIEWS && rule->view[v].table != NULL && closed; v++) {
		size_t table = tables_find(tables, rule->view[v].table);
		closed = table == SIZE_MAX || (tables->past[table] == NULL && tables->known[table] == NULL);
	}
	return closed;
}

static int set_closed(struct tables *tables, const struct slicing *slicing, const struct slice *slice, enum tables_closed closed, struct error *error)
{
	const struct rule *rule = slicing->pattern.rule;
	for (size_t v = 0; v < RULE_VIEWS && rule->view[v].table != NULL; v++) {
		size_t table = tables_find(tables, rule->view[v].table);
		if (table == SIZE_MAX)
			continue;
		const struct cube *cube = tables->cube[table];
		uint32_t code = cube_find_code(cube, 0, slice_code(slicing, slice));
		if (tables->closed[table] == NULL)
			tables->closed[table] = arena_take(tables->arena, cube->codes[0].count, 1, error);
		if (tables->closed[table] == NULL)
			return -1;
		if (code != UINT32_MAX)
			tables->closed[table][code] = (unsigned char)closed;
	}
	return 0;
}

/* Keeps what was found in a slice, where it belongs: all that ever was found there, with the first. */
static int keep_found(struct tables *tables, const struct slicing *slicing, const struct slice *slice, struct error *error)
{
	enum tables_closed closed = slice->closed;
	if (closed == TABLES_NEW && tables->found != NULL && slicing->pattern.rule->tied[0] != NULL) {
		closed = is_closed(slicing, slice) ? TABLES_CLOSED : TABLES_OPEN;
		if (set_closed(tables, slicing, slice, closed, error) != 0)
			return -1;
	}
	return slice->found.arena == NULL ? 0 : found_append(closed == TABLES_CLOSED ? tables->complete : tables->found, &slice->found, error);
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
		build->slice_place[build->slices] = counts_place(cube, rule->slice[build->slices]);
	for (; build->dimensions < UNIVERSE_DIMENSIONS && rule->dimension[build->dimensions] != NULL; build->dimensions++)
		build->place[build->dimensions] = counts_place(cube, rule->dimension[build->dimensions]);
	return find_atomic(build, arena, error);
}

/* The slices of a rule; none when its atoms are not among the tables. */
static int begin_rule(struct slicing *slicing, struct tables *tables, const struct rule *rule, int64_t minimum, struct error *error)
{
	*slicing = (struct slicing){
		.pattern = { .tables = tables, .rule = rule, .minimum = minimum, .atoms = tables_find(tables, rule->atoms) } };
	if (slicing->pattern.atoms == SIZE_MAX)
		return 0;
	return begin_build(&slicing->pattern, tables->arena, error) != 0 ? -1 : list_slices(slicing, tables->arena, error);
}

int counts_protect(struct tables *tables, const struct rule *const *rules, size_t count, int64_t minimum, bool *again, struct error *error)
{
	struct slicing *slicing = arena_take(tables->arena, count, sizeof *slicing, error);
	size_t most = 0, pieces = 0;
	for (size_t r = 0; r < count && slicing != NULL; most += slicing[r++].count)
		if (begin_rule(&slicing[r], tables, rules[r], minimum, error) != 0)
			return -1;
	struct piece *piece = arena_take(tables->arena, most, sizeof *piece, error);
	if (slicing == NULL || piece == NULL)
		return -1;
	for (size_t r = 0; r < count; r++) {
		size_t together = slicing[r].count > 0 && slices_apart(&slicing[r].pattern) ? 1 : slicing[r].count;
		for (size_t s = 0; s < slicing[r].count; s += together)
			piece[pieces++] = (struct piece){ .slicing = &slicing[r], .first = s, .count = together };
	}
	int result = parallel_each(pieces, protect_piece, piece, error);
	for (size_t r = 0; r < count; r++)
		for (size_t s = 0; s < slicing[r].count; s++) {
			struct slice *slice = &slicing[r].slice[s];
			*again = *again || slice->again;
			if (result == 0)
				result = keep_found(tables, &slicing[r], slice, error);
			arena_free(slice->found.arena);
		}
	return result;
}
