/* The rounding mode over all tables: see rounded.h. */
#include "stages/protect/rounding/rounded.h"

#include <math.h>
#include <string.h>

#include "stages/protect/formaner.h"
#include "stages/protect/rules/rules.h"

static int64_t whole(double number)
{
	return (int64_t)llround(number);
}

static int keep_truth(struct rounded *rounded, struct error *error)
{
	for (size_t t = 0; t < rounded->tables->count; t++) {
		const struct cube *cube = rounded->tables->cube[t];
		size_t cells = cube->rows * cube->table->measures;
		double *truth = rounded->tables->truth[t] = arena_take(rounded->tables->arena, cells, sizeof *truth, error);
		if (truth == NULL)
			return -1;
		for (size_t i = 0; i < cells; i++)
			truth[i] = cube->cell[i].number;
	}
	return 0;
}

/* ---- persons of i01 ---- */

/* Participations beyond a person's first count in whole bases: persons = participations − them, at least one base. */
static int64_t persons(const struct rounded *rounded, size_t table, size_t row, size_t personer, size_t deltaganden)
{
	int64_t base = rounded->base, beyond = whole(rounded_truth(rounded, table, row, deltaganden) -
		rounded_truth(rounded, table, row, personer));
	int64_t all = whole(cube_cell(rounded->tables->cube[table], row, deltaganden)->number), count = all - beyond / base * base;
	return count >= base || all == 0 ? count : base;
}

/* The row in which `part` has TOT in the dimensions of the bit set instead of its codes. */
static size_t holding_row(const struct cube *cube, size_t part, unsigned set)
{
	uint32_t key[TABLE_DIMENSIONS];
	for (size_t d = 0; d < cube->table->dimensions; d++)
		key[d] = (set >> d & 1U) != 0 ? cube->codes[d].total : cube->key[part * cube->table->dimensions + d];
	return cube_find(cube, key);
}

/* Persons do not add up over insatser, and one may take part in two kommuner: each row for itself, but no less than any within it. */
static void round_persons(struct rounded *rounded)
{
	size_t table = tables_find(rounded->tables, "i01_deltagare");
	if (table == SIZE_MAX)
		return;
	const struct cube *cube = rounded->tables->cube[table];
	size_t personer = cube_measure(cube, "personer"), deltaganden = cube_measure(cube, "deltaganden");
	for (size_t row = 0; row < cube->rows; row++) {
		int64_t held = rounded_held(rounded, table, row, personer, persons(rounded, table, row, personer, deltaganden));
		int64_t all = whole(cube_cell(cube, row, deltaganden)->number);
		rounded_set(rounded, table, row, personer, held > all ? all : held);
	}
	for (size_t row = 0; row < cube->rows; row++)
		for (unsigned set = 1; set < 1U << cube->table->dimensions; set++) {
			size_t of = holding_row(cube, row, set);
			double own = cube_cell(cube, row, personer)->number;
			if (of != CUBE_NO_ROW && cube_cell(cube, of, personer)->number < own)
				rounded_set(rounded, table, of, personer, whole(own));
		}
}

/* ---- occupation at exit (i04) within the results (i06) ---- */

struct exits {
	struct rounded *rounded;
	size_t codes, results, measure; /* i04, i06, efter */
};

static size_t code_row(const struct exits *exits, size_t result, const char *code)
{
	const struct cube *results = exits->rounded->tables->cube[exits->results];
	const char *codes[] = { cube_code_of(results, result, 0), cube_code_of(results, result, 1), code };
	return cube_find_named(exits->rounded->tables->cube[exits->codes], codes);
}

/* At least `least` and no more than `most`; as many as `same` where it was as many before. */
static void hold(const struct exits *exits, size_t row, const char *same, size_t result, int64_t least, int64_t most)
{
	if (row == CUBE_NO_ROW)
		return;
	const struct cube *cube = exits->rounded->tables->cube[exits->codes], *results = exits->rounded->tables->cube[exits->results];
	size_t measure = cube_measure(results, same);
	int64_t count = whole(cube_cell(cube, row, exits->measure)->number);
	bool equal = whole(rounded_truth(exits->rounded, exits->codes, row, exits->measure)) ==
		whole(rounded_truth(exits->rounded, exits->results, result, measure));
	count = equal ? whole(cube_cell(results, result, measure)->number) : count > most ? most : count < least ? least : count;
	rounded_set(exits->rounded, exits->codes, row, exits->measure, count);
}

/* Work is one of its three kinds: they are together no less. The largest kind makes up for what lacks. */
static void cover_work(const struct exits *exits, size_t result)
{
	static const char *const kinds[] = { "AO", "AU", "EF" };
	const struct cube *cube = exits->rounded->tables->cube[exits->codes];
	int64_t work = whole(tables_value(exits->rounded->tables, exits->results, result, "arbete"));
	size_t largest = CUBE_NO_ROW;
	for (size_t k = 0; k < 3; k++) {
		size_t row = code_row(exits, result, kinds[k]);
		if (row == CUBE_NO_ROW)
			continue;
		work -= whole(cube_cell(cube, row, exits->measure)->number);
		if (largest == CUBE_NO_ROW || rounded_truth(exits->rounded, exits->codes, row, exits->measure) >
				rounded_truth(exits->rounded, exits->codes, largest, exits->measure))
			largest = row;
	}
	if (work > 0 && largest != CUBE_NO_ROW)
		rounded_set(exits->rounded, exits->codes, largest, exits->measure,
			whole(cube_cell(cube, largest, exits->measure)->number) + work);
}

static void sum_sexes(const struct exits *exits)
{
	const struct cube *cube = exits->rounded->tables->cube[exits->codes];
	for (size_t row = 0; row < cube->rows; row++) {
		if (!cube_is_total(cube, row, 1) || cube_is_total(cube, row, 2))
			continue;
		double sum = 0;
		for (uint32_t c = 0; c < cube->codes[1].count; c++) {
			uint32_t key[] = { cube->key[row * 3], c, cube->key[row * 3 + 2] };
			size_t part = c == cube->codes[1].total ? CUBE_NO_ROW : cube_find(cube, key);
			sum += part == CUBE_NO_ROW ? 0 : cube_cell(cube, part, exits->measure)->number;
		}
		rounded_set(exits->rounded, exits->codes, row, exits->measure, whole(sum));
	}
}

static void bind_occupations(struct rounded *rounded)
{
	struct exits exits = { rounded, tables_find(rounded->tables, "i04_sysselsattning"), tables_find(rounded->tables, "i06_resultat"), 0 };
	if (exits.codes == SIZE_MAX || exits.results == SIZE_MAX)
		return;
	const struct cube *results = rounded->tables->cube[exits.results];
	exits.measure = cube_measure(rounded->tables->cube[exits.codes], "efter");
	for (size_t row = 0; row < results->rows; row++) {
		if (cube_is_total(results, row, 0) || cube_is_total(results, row, 1))
			continue;
		int64_t work = whole(tables_value(rounded->tables, exits.results, row, "arbete"));
		int64_t studies = whole(tables_value(rounded->tables, exits.results, row, "studier"));
		int64_t seeking = whole(tables_value(rounded->tables, exits.results, row, "arbetssokande"));
		int64_t either = whole(tables_value(rounded->tables, exits.results, row, "arbete_eller_studier"));
		hold(&exits, code_row(&exits, row, "AO"), "arbete", row, 0, work);
		hold(&exits, code_row(&exits, row, "AU"), "arbete", row, 0, work);
		hold(&exits, code_row(&exits, row, "EF"), "arbete", row, 0, work);
		hold(&exits, code_row(&exits, row, "SU"), "studier", row, studies, studies);
		hold(&exits, code_row(&exits, row, "AR"), "arbetssokande", row, seeking, seeking + either);
		cover_work(&exits, row);
	}
	sum_sexes(&exits);
}

/* ---- groups of förmåner (m01) ---- */

/* One kommun and kön of m01, by one of its rows. */
struct line {
	struct rounded *rounded;
	const struct cube *cube;
	size_t table, row;
};

/* The row of a förmån in the line, or in its totals: bit 1 over kommun, bit 2 over kön. */
static size_t forman_row(const struct line *line, const char *forman, unsigned totals)
{
	const char *codes[] = { cube_code_of(line->cube, line->row, 0), (totals & 1U) != 0 ? CUBE_TOTAL : cube_code_of(line->cube, line->row, 1),
		(totals & 2U) != 0 ? CUBE_TOTAL : cube_code_of(line->cube, line->row, 2), forman };
	return cube_find_named(line->cube, codes);
}

static int64_t persons_with(const struct line *line, const char *forman)
{
	size_t row = forman_row(line, forman, 0);
	return row == CUBE_NO_ROW ? 0 : whole(cube_cell(line->cube, row, 0)->number);
}

static double true_persons(const struct line *line, const char *forman)
{
	size_t row = forman_row(line, forman, 0);
	return row == CUBE_NO_ROW ? 0 : rounded_truth(line->rounded, line->table, row, 0);
}

/* By how much a count is beyond what periods within its own or around it leave. */
static double beyond_bounds(const struct line *line, size_t row, double count)
{
	const struct past_bounds *bounds = &line->rounded->bounds;
	size_t at = tables_cell(line->rounded->tables, line->table, row, 0);
	if (bounds->least[line->table] == NULL)
		return 0;
	double least = (double)bounds->least[line->table][at], most = (double)bounds->most[line->table][at];
	return fmax(0, least - count) + fmax(0, count - most);
}

#define BEYOND 1e6 /* what each that a count is beyond its bounds weighs */

/* What the squared deviations of the line's count and its totals grow by. */
static double price(const struct line *line, const char *forman, int64_t change)
{
	double price = 0;
	for (unsigned totals = 0; totals < 4; totals++) {
		size_t row = forman_row(line, forman, totals);
		double moved = row == CUBE_NO_ROW ? 0
			: cube_cell(line->cube, row, 0)->number - rounded_truth(line->rounded, line->table, row, 0);
		price += (double)change * (2 * moved + (double)change);
		if (row != CUBE_NO_ROW) {
			double now = cube_cell(line->cube, row, 0)->number;
			price += BEYOND * (beyond_bounds(line, row, now + (double)change) - beyond_bounds(line, row, now));
		}
	}
	return price;
}

static void add_everywhere(const struct line *line, const char *forman, int64_t change)
{
	for (unsigned totals = 0; totals < 4; totals++) {
		size_t row = forman_row(line, forman, totals);
		if (row != CUBE_NO_ROW)
			rounded_set(line->rounded, line->table, row, 0, whole(cube_cell(line->cube, row, 0)->number) + change);
	}
}

static const char *largest_part(const struct line *line, const char *const *part)
{
	const char *largest = *part;
	for (; *part != NULL; part++)
		if (true_persons(line, *part) > true_persons(line, largest))
			largest = *part;
	return largest;
}

static int64_t lacking(const struct line *line, const struct forman_group *group)
{
	int64_t lacks = persons_with(line, group->code);
	for (size_t p = 0; group->part[p] != NULL; p++)
		lacks -= persons_with(line, group->part[p]);
	return lacks;
}

/* Whoever is in a group has one of its förmåner: they are together no less. The whole gives way or the largest part, with the part
   of that; the whole not where it is the same persons as TOT. */
static void cover_group(const struct line *line, const struct forman_group *group)
{
	int64_t lacks = lacking(line, group);
	if (lacks <= 0)
		return;
	const char *part = largest_part(line, group->part), *below = NULL;
	for (size_t g = 0; g < FORMAN_AGENCIES; g++)
		if (strcmp(forman_groups[g].code, part) == 0 && lacking(line, &forman_groups[g]) + lacks > 0)
			below = largest_part(line, forman_groups[g].part);
	bool total = strcmp(group->code, CUBE_TOTAL) == 0;
	bool fixed = !total && whole(true_persons(line, group->code)) == whole(true_persons(line, CUBE_TOTAL));
	double raised = price(line, part, lacks) + (below == NULL ? 0 : price(line, below, lacks));
	if (!fixed && price(line, group->code, -lacks) < raised) {
		add_everywhere(line, group->code, -lacks);
		return;
	}
	add_everywhere(line, part, lacks);
	if (below != NULL)
		add_everywhere(line, below, lacks);
}

static void cover_groups(struct rounded *rounded)
{
	struct line line = { .rounded = rounded, .table = tables_find(rounded->tables, "m01_forsorjningsmatt") };
	if (line.table == SIZE_MAX)
		return;
	line.cube = rounded->tables->cube[line.table];
	for (size_t g = 0; g < FORMAN_GROUPS; g++)
		for (line.row = 0; line.row < line.cube->rows; line.row++)
			if (strcmp(cube_code_of(line.cube, line.row, 3), forman_groups[g].code) == 0 && !cube_is_total(line.cube, line.row, 1) &&
				!cube_is_total(line.cube, line.row, 2))
				cover_group(&line, &forman_groups[g]);
}

/* ---- all tables ---- */

/* Counts that stand in another table: the whole that codes are parts of. */
static void copy_same(struct rounded *rounded)
{
	for (size_t i = 0; i < protect_same_count; i++) {
		const struct same_rule *rule = &protect_same[i];
		size_t table = tables_find(rounded->tables, rule->table), source = tables_find(rounded->tables, rule->source);
		if (table == SIZE_MAX || source == SIZE_MAX)
			continue;
		const struct cube *cube = rounded->tables->cube[table];
		size_t measure = cube_measure(cube, rule->measure);
		for (size_t row = 0; row < cube->rows && cube->table->measure[measure].kind == MEASURE_COUNT; row++) {
			bool applies = rule->only == NULL;
			for (size_t d = 0; d < cube->table->dimensions && !applies; d++)
				applies = strcmp(cube->table->dimension[d].name, rule->only) == 0 && cube_is_total(cube, row, d);
			size_t other = applies ? tables_counterpart(rounded->tables, table, row, source) : CUBE_NO_ROW;
			if (other != CUBE_NO_ROW)
				rounded_set(rounded, table, row, measure,
					whole(tables_value(rounded->tables, source, other, rule->source_measure)));
		}
	}
}

static void set_changes(struct rounded *rounded)
{
	static const char *const names[] = { "i03_forsorjning", "i04_sysselsattning" };
	for (size_t i = 0; i < 2; i++) {
		size_t table = tables_find(rounded->tables, names[i]);
		for (size_t row = 0; table != SIZE_MAX && row < rounded->tables->cube[table]->rows; row++)
			rounded_set(rounded, table, row, cube_measure(rounded->tables->cube[table], "forandring"),
				whole(tables_value(rounded->tables, table, row, "efter") - tables_value(rounded->tables, table, row, "fore")));
	}
}

/* Whether every count of the row is 0; false for a row without counts. */
static bool is_empty(const struct cube *cube, size_t row)
{
	bool any = false;
	for (size_t m = 0; m < cube->table->measures; m++) {
		const struct cell *cell = cube_cell(cube, row, m);
		bool counts = cube->table->measure[m].kind == MEASURE_COUNT;
		if (counts && (cell->status != CELL_PUBLISHED || cell->number > 0 || cell->number < 0))
			return false;
		any = any || counts;
	}
	return any;
}

static bool is_margin(const struct cube *cube, size_t row)
{
	for (size_t d = 0; d < cube->table->dimensions; d++)
		if (cube->table->dimension[d].total && !cube_is_total(cube, row, d))
			return false;
	return true;
}

/* A row of nobody is left out, as where nobody was; a margin stays, and says nothing of amounts, whether there was somebody or not. */
static void empty_rows(struct rounded *rounded)
{
	for (size_t t = 0; t < rounded->tables->count; t++) {
		struct cube *cube = rounded->tables->cube[t];
		if (cube->table->support || strcmp(cube->table->name, "g01_mal") == 0)
			continue;
		for (size_t row = 0; row < cube->rows; row++) {
			bool empty = is_empty(cube, row), margin = is_margin(cube, row);
			for (size_t m = 0; m < cube->table->measures && empty; m++) {
				struct cell *cell = cube_cell(cube, row, m);
				if (!margin)
					*cell = (struct cell){ .status = CELL_PUBLISHED };
				else if (cube->table->measure[m].kind != MEASURE_COUNT)
					cell->status = cube->table->measure[m].additive || strcmp(cube->table->name, "m01_forsorjningsmatt") == 0
						? CELL_PROTECTED : CELL_MISSING;
			}
		}
	}
}

/* Every count that is printed is a multiple of the base; and how far they moved. */
static int account_for(const struct rounded *rounded, struct rounded_account *account, struct error *error)
{
	double all = 0;
	*account = (struct rounded_account){ 0 };
	for (size_t t = 0; t < rounded->tables->count; t++) {
		const struct cube *cube = rounded->tables->cube[t];
		for (size_t i = 0; i < cube->rows * cube->table->measures && !cube->table->support; i++) {
			if (cube->table->measure[i % cube->table->measures].kind != MEASURE_COUNT || cube->cell[i].status != CELL_PUBLISHED)
				continue;
			int64_t count = whole(cube->cell[i].number), moved = count - whole(rounded->tables->truth[t][i]);
			if (count % rounded->base != 0)
				return error_set(error, EXIT_BUG, "table %s has a count that is not rounded", cube->table->name);
			moved = moved < 0 ? -moved : moved;
			account->furthest = moved > account->furthest ? moved : account->furthest;
			account->counts++;
			all += (double)moved;
		}
	}
	account->mean = account->counts == 0 ? 0 : all / (double)account->counts;
	return 0;
}

int rounded_apply(struct tables *tables, const struct ledger *ledger, const struct settings *settings, struct rounded_account *account, struct error *error)
{
	struct rounded rounded = { .tables = tables, .settings = settings, .ledger = ledger, .base = settings->minsta_antal };
	if (keep_truth(&rounded, error) != 0 || past_bounds(tables, ledger, settings, &rounded.bounds, error) != 0)
		return -1;
	for (size_t p = 0; p < round_plan_count; p++) {
		const char *name = round_plans[p].atoms;
		if (rounded_bound_year(&rounded, name, error) != 0 || rounded_plan(&rounded, &round_plans[p], error) != 0 ||
			rounded_hold_months(&rounded, name, error) != 0)
			return -1;
		if (strncmp(name, "m01", 3) == 0)
			cover_groups(&rounded);
		if ((round_plans[p].alone && rounded_take_alone(&rounded, error) != 0) || rounded_bind_alone(&rounded, name, error) != 0)
			return -1;
	}
	round_persons(&rounded);
	bind_occupations(&rounded);
	copy_same(&rounded);
	set_changes(&rounded);
	if (rounded_amounts(&rounded, error) != 0 || rounded_figures(&rounded, error) != 0 || rounded_goals(&rounded, error) != 0)
		return -1;
	empty_rows(&rounded);
	return account_for(&rounded, account, error);
}
