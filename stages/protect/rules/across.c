/* What a cell of one table tells of another's: see across.h. */
#include "stages/protect/rules/across.h"

#include <math.h>
#include <string.h>

#include "pipeline/table/schema/codelist.h"

/* m07: who stands in a combination in the year's last month is counted in m03, too. */
struct arrivals {
	size_t flows, months;   /* the tables; SIZE_MAX: one of them is not there */
	size_t rows;            /* of m07 */
	const uint32_t *code[3]; /* of each code of m07's ar, kommun and till: that of m03, of ar the last month's */
};

static const size_t arrivals_place[] = { 0, 1, 3 };

static int find_arrivals(const struct tables *tables, struct arrivals *arrivals, struct error *error)
{
	*arrivals = (struct arrivals){ .flows = tables_find(tables, "m07_floden"), .months = tables_find(tables, "m03_samtidighet") };
	if (arrivals->flows == SIZE_MAX || arrivals->months == SIZE_MAX)
		return 0;
	const struct cube *flows = tables->cube[arrivals->flows], *months = tables->cube[arrivals->months];
	arrivals->rows = flows->rows;
	for (size_t d = 0; d < 3; d++) {
		const struct cube_codes *codes = &flows->codes[arrivals_place[d]];
		uint32_t *code = arena_take(tables->arena, codes->count, sizeof *code, error);
		if (code == NULL)
			return -1;
		for (size_t c = 0; c < codes->count; c++)
			code[c] = cube_find_code(months, d, codes->code[c]);
		for (size_t c = 0; c < codes->count && d == 0; c++)
			for (uint32_t month = 0; month < months->codes[0].count; month++) /* codes are in order */
				if (strncmp(months->codes[0].code[month], codes->code[c], 4) == 0)
					code[c] = month;
		arrivals->code[d] = code;
	}
	return 0;
}

/* The row of m03; CUBE_NO_ROW without. */
static size_t arrivals_of(const struct tables *tables, const struct arrivals *arrivals, size_t row)
{
	const struct cube *flows = tables->cube[arrivals->flows];
	uint32_t key[3];
	for (size_t d = 0; d < 3; d++)
		key[d] = arrivals->code[d][flows->key[row * flows->table->dimensions + arrivals_place[d]]];
	return cube_find(tables->cube[arrivals->months], key);
}

/* A withheld count of m03 withholds its parts by where they come from. */
static int follow_flows(struct tables *tables, struct error *error)
{
	struct arrivals arrivals;
	if (find_arrivals(tables, &arrivals, error) != 0)
		return -1;
	for (size_t row = 0; row < arrivals.rows; row++) {
		const struct cell *cell = cube_cell(tables->cube[arrivals.flows], row, 0);
		size_t other = cell->status == CELL_PUBLISHED && cell->number >= 1 ? arrivals_of(tables, &arrivals, row) : CUBE_NO_ROW;
		if (other != CUBE_NO_ROW && tables_withheld(tables, arrivals.months, other, 0))
			tables_withhold(tables, arrivals.flows, row, 0);
	}
	return 0;
}

/* The measures of i06 that a code at exit (i04) is a part of. */
static const struct {
	const char *code, *measure;
} outcomes[] = { { "AO", "arbete" }, { "AU", "arbete" }, { "EF", "arbete" }, { "SU", "studier" }, { "AR", "arbetssokande" },
	{ "AO", "arbete_eller_studier" }, { "AU", "arbete_eller_studier" }, { "EF", "arbete_eller_studier" },
	{ "SU", "arbete_eller_studier" } };

/* The row of i06 that a row of i04 with that code belongs to; CUBE_NO_ROW for another code. */
static size_t outcome_row(const struct tables *tables, size_t codes, size_t row, size_t results, const char *code)
{
	const struct cube *cube = tables->cube[codes];
	return strcmp(cube_code_of(cube, row, 2), code) == 0 ? tables_counterpart(tables, codes, row, results) : CUBE_NO_ROW;
}

/* i04: a code of a withheld result of i06 is withheld, too; its count would bound the result's. */
static void follow_outcomes(struct tables *tables)
{
	size_t codes = tables_find(tables, "i04_sysselsattning"), results = tables_find(tables, "i06_resultat");
	if (codes == SIZE_MAX || results == SIZE_MAX)
		return;
	for (size_t i = 0; i < sizeof outcomes / sizeof *outcomes; i++)
		for (size_t row = 0; row < tables->cube[codes]->rows; row++) {
			size_t other = outcome_row(tables, codes, row, results, outcomes[i].code);
			if (other != CUBE_NO_ROW && tables_value(tables, codes, row, "efter") > 0 &&
				tables_measure_withheld(tables, results, other, outcomes[i].measure))
				tables_withhold(tables, codes, row, cube_measure(tables->cube[codes], "efter"));
		}
}

/* m04 and m05: who is in m05 but not in m04 is at the region alone. Where those are few, m04 gives way; and m05, too, where it is
   m04 that is withheld: what is printed of m05 would bound it. */
static bool demand_movers(struct tables *tables, double minimum)
{
	size_t moves = tables_find(tables, "m04_rundgang"), times = tables_find(tables, "m05_tid_i_forsorjning");
	bool demanded = false;
	if (moves == SIZE_MAX || times == SIZE_MAX)
		return false;
	for (size_t row = 0; row < tables->cube[moves]->rows; row++) {
		size_t other = cube_is_total(tables->cube[moves], row, 3) ? tables_counterpart(tables, moves, row, times) : CUBE_NO_ROW;
		double value = tables_value(tables, moves, row, "personer");
		double alone = other == CUBE_NO_ROW ? minimum : tables_value(tables, times, other, "personer") - value;
		bool bounded = value >= 1 && alone < minimum && tables_measure_withheld(tables, moves, row, "personer") &&
			!tables_measure_withheld(tables, times, other, "personer");
		if (value < 1 || alone >= minimum || (alone < 1 && !bounded))
			continue;
		bool *demand = bounded ? tables_demand(tables, times, other, cube_measure(tables->cube[times], "personer"))
			: tables_demand(tables, moves, row, cube_measure(tables->cube[moves], "personer"));
		demanded = demanded || !*demand;
		*demand = true;
	}
	return demanded;
}

static bool demand_outcomes(struct tables *tables)
{
	size_t codes = tables_find(tables, "i04_sysselsattning"), results = tables_find(tables, "i06_resultat");
	bool demanded = false;
	if (codes == SIZE_MAX || results == SIZE_MAX)
		return false;
	for (size_t i = 0; i < 5; i++) /* the codes with the narrower result of each */
		for (size_t row = 0; row < tables->cube[codes]->rows; row++) {
			size_t other = outcome_row(tables, codes, row, results, outcomes[i].code);
			double value = tables_value(tables, codes, row, "efter");
			if (other == CUBE_NO_ROW || value < 1 || !tables_measure_withheld(tables, codes, row, "efter") ||
				tables_measure_withheld(tables, results, other, outcomes[i].measure) ||
				value < tables_value(tables, results, other, outcomes[i].measure))
				continue;
			bool *demand = tables_demand(tables, results, other, cube_measure(tables->cube[results], outcomes[i].measure));
			demanded = demanded || !*demand;
			*demand = true;
		}
	return demanded;
}

/* ---- wholes that their members cover ---- */

/* A whole and its members, of which one person or exit may be in several: it is at most all of them together. Where few are in
   two, what is printed of the whole bounds a withheld member from below, and what is printed of the members the whole from above:
   then both are withheld or neither. A whole of one member is that member. */
struct cover {
	size_t members, withheld;    /* members that are not 0, and how many of them are withheld */
	size_t table, row, measure;  /* of the largest member */
	double largest, sum;
};

static void add_member(const struct tables *tables, struct cover *cover, size_t table, size_t row, const char *measure)
{
	double value = row == CUBE_NO_ROW ? 0 : tables_value(tables, table, row, measure);
	if (value < 1)
		return;
	cover->members++;
	cover->withheld += tables_measure_withheld(tables, table, row, measure);
	cover->sum += value;
	if (value > cover->largest) {
		cover->largest = value;
		cover->table = table;
		cover->row = row;
		cover->measure = cube_measure(tables->cube[table], measure);
	}
}

/* Demands the whole or its largest member where one of them must follow the other; true when that is new. `room`: the overlap from
   which on nothing is demanded. */
static bool demand_cover(struct tables *tables, const struct cover *cover, size_t table, size_t row, const char *measure, double room)
{
	bool withheld = tables_measure_withheld(tables, table, row, measure);
	if (cover->members == 0 || withheld == (cover->withheld > 0) || cover->sum - tables_value(tables, table, row, measure) >= room)
		return false;
	bool *demand = withheld ? tables_demand(tables, cover->table, cover->row, cover->measure)
		: tables_demand(tables, table, row, cube_measure(tables->cube[table], measure));
	bool new = !*demand;
	*demand = true;
	return new;
}

/* The members of a group of förmåner in m01 for one year, kommun and kön: förmåner, or of TOT the groups. */
static struct cover group_of(const struct tables *tables, size_t table, size_t row, const struct codelist *forman)
{
	const struct cube *cube = tables->cube[table];
	const char *name = cube_code_of(cube, row, 3), *before = "";
	bool whole = strcmp(name, CUBE_TOTAL) == 0;
	struct cover cover = { 0 };
	for (size_t i = 0; i < forman->count; i++) {
		const struct code *code = &forman->entry[i];
		if (whole ? code->overordnad[0] == '\0' || strcmp(code->overordnad, before) == 0 : strcmp(code->overordnad, name) != 0)
			continue;
		before = code->overordnad; /* the list has the förmåner of a group beside each other */
		const char *codes[] = { cube_code_of(cube, row, 0), cube_code_of(cube, row, 1), cube_code_of(cube, row, 2),
			whole ? code->overordnad : code->kod };
		add_member(tables, &cover, table, cube_find_named(cube, codes), "personer");
	}
	return cover;
}

/* In a group of few persons there is little room for changes in several members at once, however many have two. */
#define FEW 10 /* times the least number that is printed */

static int demand_groups(struct tables *tables, double minimum, bool *demanded, struct error *error)
{
	size_t table = tables_find(tables, "m01_forsorjningsmatt");
	const struct codelist *forman = codelist_load("forman", tables->arena, error);
	if (forman == NULL)
		return -1;
	for (size_t row = 0; table != SIZE_MAX && row < tables->cube[table]->rows; row++) {
		const char *name = cube_code_of(tables->cube[table], row, 3);
		if (codelist_find(forman, name, strlen(name)) != CODE_NONE)
			continue; /* a förmån */
		struct cover cover = group_of(tables, table, row, forman);
		double room = tables_value(tables, table, row, "personer") < FEW * minimum ? (double)INFINITY : minimum - 1;
		bool new = demand_cover(tables, &cover, table, row, "personer", room);
		*demanded = *demanded || new;
	}
	return 0;
}

/* Work at exit by its kinds (i04), and work or studies by both (i06). */
static bool demand_results(struct tables *tables, double minimum)
{
	static const char *const kinds[] = { "AO", "AU", "EF" };
	size_t codes = tables_find(tables, "i04_sysselsattning"), results = tables_find(tables, "i06_resultat");
	bool demanded = false;
	for (size_t row = 0; codes != SIZE_MAX && results != SIZE_MAX && row < tables->cube[results]->rows; row++) {
		const struct cube *cube = tables->cube[results];
		struct cover work = { 0 }, either = { 0 };
		for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
			const char *key[] = { cube_code_of(cube, row, 0), cube_code_of(cube, row, 1), kinds[i] };
			add_member(tables, &work, codes, cube_find_named(tables->cube[codes], key), "efter");
		}
		add_member(tables, &either, results, row, "arbete");
		add_member(tables, &either, results, row, "studier");
		/* several withheld members leave each other room; the whole is what goals rest on */
		bool by_kind = work.withheld <= 1 && demand_cover(tables, &work, results, row, "arbete", minimum - 1);
		bool by_both = either.withheld <= 1 && demand_cover(tables, &either, results, row, "arbete_eller_studier", minimum - 1);
		demanded = demanded || by_kind || by_both;
	}
	return demanded;
}

int across_demand(struct tables *tables, int minimum, bool *again, struct error *error)
{
	bool movers = demand_movers(tables, minimum), outcomes_changed = demand_outcomes(tables), groups = false;
	bool results = demand_results(tables, minimum);
	if (demand_groups(tables, minimum, &groups, error) != 0)
		return -1;
	*again = *again || movers || outcomes_changed || results || groups;
	return 0;
}

/* Exits are at least those to work or studies and those to job search; those to work or studies at least those who began or
   increased either. */
static void count_outcomes(struct tables *tables)
{
	size_t exits = tables_find(tables, "i01_deltagare"), results = tables_find(tables, "i06_resultat");
	for (size_t row = 0; exits != SIZE_MAX && results != SIZE_MAX && row < tables->cube[results]->rows; row++) {
		size_t other = tables_counterpart(tables, results, row, exits);
		double known = tables_value(tables, results, row, "arbete_eller_studier") + tables_value(tables, results, row, "arbetssokande");
		if (other == CUBE_NO_ROW)
			continue;
		int64_t *parts = &tables->parts[exits][tables_cell(tables, exits, other, cube_measure(tables->cube[exits], "avslutade"))];
		*parts = (int64_t)known > *parts ? (int64_t)known : *parts;
		tables->parts[results][tables_cell(tables, results, row, cube_measure(tables->cube[results], "arbete_eller_studier"))] =
			(int64_t)tables_value(tables, results, row, "borjat_eller_okat");
	}
}

/* A group of förmåner is at least its largest förmån that may be printed. */
static int count_groups(struct tables *tables, double minimum, struct error *error)
{
	size_t table = tables_find(tables, "m01_forsorjningsmatt");
	const struct codelist *forman = codelist_load("forman", tables->arena, error);
	if (forman == NULL)
		return -1;
	for (size_t row = 0; table != SIZE_MAX && row < tables->cube[table]->rows; row++) {
		const struct cube *cube = tables->cube[table];
		const char *member = cube_code_of(cube, row, 3);
		uint16_t code = codelist_find(forman, member, strlen(member));
		double value = tables_value(tables, table, row, "personer");
		if (code == CODE_NONE || forman->entry[code].overordnad[0] == '\0' || value < minimum)
			continue;
		const char *groups[] = { forman->entry[code].overordnad, CUBE_TOTAL };
		for (size_t g = 0; g < 2; g++) {
			const char *codes[] = { cube_code_of(cube, row, 0), cube_code_of(cube, row, 1), cube_code_of(cube, row, 2),
				groups[g] };
			size_t other = cube_find_named(cube, codes);
			if (other == CUBE_NO_ROW)
				continue;
			int64_t *least = &tables->parts[table][tables_cell(tables, table, other, cube_measure(cube, "personer"))];
			*least = (int64_t)value > *least ? (int64_t)value : *least;
		}
	}
	return 0;
}

int across_count_parts(struct tables *tables, int minimum, struct error *error)
{
	if (count_groups(tables, minimum, error) != 0)
		return -1;
	count_outcomes(tables);
	struct arrivals arrivals;
	if (find_arrivals(tables, &arrivals, error) != 0)
		return -1;
	for (size_t row = 0; row < arrivals.rows; row++) {
		size_t other = cube_is_total(tables->cube[arrivals.flows], row, 2) ? CUBE_NO_ROW : arrivals_of(tables, &arrivals, row);
		if (other != CUBE_NO_ROW && tables_value(tables, arrivals.flows, row, "personer") >= 1)
			tables->parts[arrivals.months][tables_cell(tables, arrivals.months, other, 0)]++;
	}
	return 0;
}

int across_withhold(struct tables *tables, struct error *error)
{
	follow_outcomes(tables);
	return follow_flows(tables, error);
}
