/* Who was there when one period ended and the next began, by background and remittent: see facts_inside.h.

   They are among the participations of both periods, and of every other that holds the two days, and all of a background or remittent together are those whom i01
   says were there (pagaende). No table tells them: they are atoms of the system. What they were nobody has written down; any numbers will do that agree with
   all of it. */
#include <math.h>
#include <string.h>

#include "pipeline/maths/linear.h"
#include "stages/protect/facts/facts_inside.h"

#define TOT CUBE_TOTAL
#define CLASSES 64 /* of one insats, kommun, kön and background */
#define CHAINS 32
#define STEPS 10000 /* of the program that finds numbers, and its nodes */

/* Periods that follow on one another and are all of another's days. */
struct chain {
	size_t whole, links, link[TABLES_PERIODS];
};

/* The days on which one period ended and another began the day after. */
struct turns {
	size_t count;
	int32_t day[TABLES_PERIODS];
	size_t before[TABLES_PERIODS]; /* the first of the periods that ended so */
	size_t chains;
	struct chain chain[CHAINS];
};

/* The classes of one insats, kommun, kön and background. */
struct block {
	struct facts_work *work;
	const struct turns *turns;
	size_t table[TABLES_PERIODS]; /* of each period; SIZE_MAX: none */
	size_t margin[TABLES_PERIODS]; /* its row of all classes; CUBE_NO_ROW: nobody */
	size_t last;                  /* dimension of the classes */
	const char *code[TABLE_DIMENSIONS];
	size_t classes;
	const char *class[CLASSES];
	size_t row[CLASSES][TABLES_PERIODS];
	int64_t there[TABLES_PERIODS]; /* of each turn: pagaende */
	size_t there_row[TABLES_PERIODS];
	bool all[TABLES_PERIODS];      /* everybody has a class */
	size_t atom[CLASSES][TABLES_PERIODS]; /* SYSTEM_NONE: nobody of the class can have been there */
	size_t variable[CLASSES][TABLES_PERIODS];
};

static const struct tables_period *period_of(const struct block *block, size_t p)
{
	return &block->work->tables->period[p];
}

/* ---- turns ---- */

/* `table`: of each period; SIZE_MAX: it has none, and is no link. */
static void find_chain(const struct tables *tables, const size_t *table, struct turns *turns, struct chain *chain)
{
	const struct tables_period *whole = &tables->period[chain->whole];
	int32_t from = chain->links == 0 ? whole->from : tables->period[chain->link[chain->links - 1]].to + 1;
	if (from == whole->to + 1 && turns->chains < CHAINS)
		turns->chain[turns->chains++] = *chain;
	for (size_t p = 0; p < tables->periods; p++) {
		const struct tables_period *next = &tables->period[p];
		if (p == chain->whole || table[p] == SIZE_MAX || next->from != from || next->to > whole->to)
			continue;
		chain->link[chain->links++] = p;
		find_chain(tables, table, turns, chain);
		chain->links--;
	}
}

static void find_turns(const struct tables *tables, const size_t *table, struct turns *turns)
{
	for (size_t p = 0; p < tables->periods; p++) {
		bool turn = false, known = table[p] == SIZE_MAX;
		for (size_t other = 0; other < tables->periods; other++)
			turn = turn || (table[other] != SIZE_MAX && tables->period[other].from == tables->period[p].to + 1);
		for (size_t t = 0; t < turns->count; t++)
			known = known || turns->day[t] == tables->period[p].to;
		if (!turn || known)
			continue;
		turns->day[turns->count] = tables->period[p].to;
		turns->before[turns->count++] = p;
	}
	for (size_t p = 0; p < tables->periods && turns->count > 0; p++)
		if (table[p] != SIZE_MAX)
			find_chain(tables, table, turns, &(struct chain){ .whole = p });
}

/* Whether whoever was there at a turn took part in a period. */
static bool holds(const struct block *block, size_t turn, size_t p)
{
	int32_t day = block->turns->day[turn];
	return block->table[p] != SIZE_MAX && period_of(block, p)->from <= day + 1 && period_of(block, p)->to >= day;
}

static int64_t count_of(const struct block *block, size_t p, size_t row)
{
	return row == CUBE_NO_ROW ? 0 : facts_count(block->work->tables, block->table[p], row, 0);
}

static bool is_missing(const struct tables *tables, size_t table, size_t row, size_t measure)
{
	return row != CUBE_NO_ROW && cube_cell(tables->cube[table], row, measure)->status == CELL_MISSING;
}

/* ---- what they may have been ---- */

static bool is_known_class(const struct block *block, const char *code)
{
	for (size_t c = 0; c < block->classes; c++)
		if (strcmp(block->class[c], code) == 0)
			return true;
	return false;
}

/* Its classes and their rows. False where they are too many, or a figure could not be computed. */
static bool find_classes(struct block *block)
{
	const struct tables *tables = block->work->tables;
	block->classes = 0;
	for (size_t p = 0; p < tables->periods; p++) {
		const struct cube *cube = block->table[p] == SIZE_MAX ? NULL : tables->cube[block->table[p]];
		for (size_t c = 0; cube != NULL && c < cube->codes[block->last].count; c++) {
			block->code[block->last] = cube->codes[block->last].code[c];
			if (c == cube->codes[block->last].total || is_known_class(block, block->code[block->last]) || cube_find_named(cube, block->code) == CUBE_NO_ROW)
				continue;
			if (block->classes == CLASSES)
				return false;
			block->class[block->classes++] = block->code[block->last];
		}
	}
	for (size_t p = 0; p < tables->periods; p++)
		for (size_t c = 0; c <= block->classes && block->table[p] != SIZE_MAX; c++) {
			block->code[block->last] = c == block->classes ? TOT : block->class[c];
			size_t row = cube_find_named(tables->cube[block->table[p]], block->code);
			*(c == block->classes ? &block->margin[p] : &block->row[c][p]) = row;
			if (is_missing(tables, block->table[p], row, 0))
				return false;
		}
	return true;
}

/* How many were there at each turn, as i01 of the period that ended says, and whether everybody of a period around it has a class. */
static bool find_there(struct block *block)
{
	const struct tables *tables = block->work->tables;
	const struct cube *of = tables->cube[block->table[block->turns->before[0]]];
	for (size_t t = 0; t < block->turns->count; t++) {
		size_t i01 = tables->period[block->turns->before[t]].table, pagaende = cube_measure(tables->cube[i01], "pagaende");
		bool kommun = strcmp(of->table->dimension[1].name, "kommun") == 0;
		const char *code[] = { block->code[0], kommun ? block->code[1] : TOT, block->code[kommun ? 2 : 1] };
		size_t row = block->there_row[t] = cube_find_named(tables->cube[i01], code);
		if (is_missing(tables, i01, row, pagaende))
			return false;
		block->there[t] = row == CUBE_NO_ROW ? 0 : facts_count(tables, i01, row, pagaende);
		block->all[t] = false;
		for (size_t p = 0; p < tables->periods; p++) {
			int64_t rest = holds(block, t, p) ? count_of(block, p, block->margin[p]) : 1;
			for (size_t c = 0; c < block->classes && holds(block, t, p); c++)
				rest -= count_of(block, p, block->row[c][p]);
			block->all[t] = block->all[t] || rest == 0;
		}
	}
	return true;
}

/* The most of a class that can have been there at a turn. */
static int64_t most_of(const struct block *block, size_t class, size_t turn)
{
	int64_t most = INT64_MAX;
	for (size_t p = 0; p < block->work->tables->periods; p++)
		if (holds(block, turn, p) && count_of(block, p, block->row[class][p]) < most)
			most = count_of(block, p, block->row[class][p]);
	return most;
}

/* Of how many more than a class has in a chain's whole its links tell. */
static int64_t twice_of(const struct block *block, size_t class, const struct chain *chain)
{
	int64_t count = -count_of(block, chain->whole, block->row[class][chain->whole]);
	for (size_t i = 0; i < chain->links; i++)
		count += count_of(block, chain->link[i], block->row[class][chain->link[i]]);
	return count;
}

/* Whether a turn lies between two links of the chain. */
static bool is_inside(const struct block *block, const struct chain *chain, size_t turn)
{
	for (size_t i = 0; i + 1 < chain->links; i++)
		if (period_of(block, chain->link[i])->to == block->turns->day[turn])
			return true;
	return false;
}

/* 1 where nobody can have been there and somebody was. -1 when memory is out. */
static int add_sum(const struct block *block, struct linear *program, double low, double high, size_t class, size_t turn, const struct chain *chain)
{
	size_t sum = linear_sum(program, low, high), terms = 0;
	for (size_t c = 0; c < block->classes && sum != LINEAR_NONE; c++)
		for (size_t t = 0; t < block->turns->count; t++)
			if (block->variable[c][t] != LINEAR_NONE && (chain == NULL ? t == turn : c == class && is_inside(block, chain, t))) {
				terms++;
				if (linear_term(program, sum, block->variable[c][t], 1) != 0)
					return -1;
			}
	return sum == LINEAR_NONE ? -1 : terms == 0 && (low > 0 || high < 0);
}

/* The least that must have a class: those there, less those without one in the period where these are fewest. */
static int64_t least_there(const struct block *block, size_t turn)
{
	int64_t fewest = INT64_MAX;
	for (size_t p = 0; p < block->work->tables->periods; p++) {
		int64_t rest = holds(block, turn, p) ? count_of(block, p, block->margin[p]) : INT64_MAX;
		for (size_t c = 0; c < block->classes && holds(block, turn, p); c++)
			rest -= count_of(block, p, block->row[c][p]);
		fewest = rest < fewest ? rest : fewest;
	}
	return block->there[turn] - fewest;
}

/* Likewise. */
static int state_program(struct block *block, struct linear *program)
{
	int result = 0;
	for (size_t c = 0; c < block->classes; c++)
		for (size_t t = 0; t < block->turns->count; t++) {
			int64_t most = most_of(block, c, t);
			block->variable[c][t] = LINEAR_NONE;
			if (most > 0 && (block->variable[c][t] = linear_variable(program, 0, (double)most, 0, true)) == LINEAR_NONE)
				return -1;
		}
	for (size_t t = 0; t < block->turns->count && result == 0; t++)
		result = add_sum(block, program, (double)least_there(block, t), (double)block->there[t], 0, t, NULL);
	for (size_t i = 0; i < block->turns->chains; i++)
		for (size_t c = 0; c < block->classes && result == 0; c++) {
			double twice = (double)twice_of(block, c, &block->turns->chain[i]);
			result = add_sum(block, program, twice, twice, c, 0, &block->turns->chain[i]);
		}
	return result;
}

/* Makes the atoms, with numbers that agree. 1 where there are none: the register was corrected since. */
static int make_atoms(struct block *block)
{
	struct facts_work *work = block->work;
	struct linear *program = linear_new();
	int solved = program == NULL ? -1 : state_program(block, program);
	solved = solved == 0 ? linear_solve(program, STEPS, STEPS) : solved;
	int result = solved < 0 ? error_set(work->error, EXIT_IO, "out of memory") : solved > 0;
	for (size_t c = 0; c < block->classes && result == 0; c++)
		for (size_t t = 0; t < block->turns->count && result == 0; t++) {
			struct facts *facts = work->facts;
			block->atom[c][t] = SYSTEM_NONE;
			if (block->variable[c][t] == LINEAR_NONE)
				continue;
			struct facts_crossing *list = arena_grow(work->tables->arena, facts->crossing, facts->crossings, facts->crossings + 1, &facts->crossing_room,
				sizeof *list, work->error);
			block->atom[c][t] = list == NULL ? SYSTEM_NONE : system_atom(facts->system, llround(linear_value(program, block->variable[c][t])), work->error);
			result = block->atom[c][t] == SYSTEM_NONE ? -1 : 0;
			if (result == 0) {
				size_t before = block->turns->before[t];
				facts->crossing = list;
				list[facts->crossings++] = (struct facts_crossing){ block->atom[c][t], block->table[before], block->row[c][before], NULL, NULL };
			}
		}
	linear_free(program);
	return result;
}

/* ---- what holds ---- */

/* Adds a count to the row that is being stated. */
static int add_count(const struct block *block, size_t table, size_t row, size_t measure, int sign)
{
	struct facts_work *work = block->work;
	if (row == CUBE_NO_ROW || facts_count(work->tables, table, row, measure) == 0)
		return 0;
	size_t cell = facts_standing(work, facts_cell(work, table, row, measure));
	return system_term(work->facts->system, work->atom[cell] - 1, sign, work->error);
}

static int add_atom(const struct block *block, size_t class, size_t turn, int sign)
{
	size_t atom = block->atom[class][turn];
	return atom == SYSTEM_NONE ? 0 : system_term(block->work->facts->system, atom, sign, block->work->error);
}

static int begin_row(const struct block *block, enum row_kind kind)
{
	return system_row(block->work->facts->system, kind, 0, block->work->error) == SYSTEM_NONE ? -1 : 0;
}

/* Of no class more than took part. */
static int state_class(const struct block *block, size_t class, size_t turn)
{
	for (size_t p = 0; p < block->work->tables->periods && block->atom[class][turn] != SYSTEM_NONE; p++)
		if (holds(block, turn, p) && (begin_row(block, ROW_HIDDEN) != 0 || add_count(block, block->table[p], block->row[class][p], 0, 1) != 0 ||
				add_atom(block, class, turn, -1) != 0))
			return -1;
	return 0;
}

/* All classes are together those who were there, or no more, and whoever of them has none is among those of a period who have none. */
static int state_turn(const struct block *block, size_t turn)
{
	const struct tables *tables = block->work->tables;
	size_t i01 = tables->period[block->turns->before[turn]].table, pagaende = cube_measure(tables->cube[i01], "pagaende");
	int result = begin_row(block, block->all[turn] ? ROW_KNOWN : ROW_HIDDEN);
	if (result != 0 || add_count(block, i01, block->there_row[turn], pagaende, 1) != 0)
		return -1;
	for (size_t c = 0; c < block->classes && result == 0; c++)
		result = add_atom(block, c, turn, -1);
	for (size_t p = 0; p < tables->periods && result == 0 && !block->all[turn]; p++) {
		if (!holds(block, turn, p))
			continue;
		result = begin_row(block, ROW_HIDDEN) != 0 || add_count(block, block->table[p], block->margin[p], 0, 1) != 0 ||
			add_count(block, i01, block->there_row[turn], pagaende, -1) != 0 ? -1 : 0;
		for (size_t c = 0; c < block->classes && result == 0; c++)
			result = add_count(block, block->table[p], block->row[c][p], 0, -1) != 0 ? -1 : add_atom(block, c, turn, 1);
	}
	return result;
}

/* Whoever was there at a turn inside a chain is in two of its links, and once in the whole. */
static int state_chain(const struct block *block, size_t class, const struct chain *chain)
{
	int result = begin_row(block, ROW_KNOWN) != 0 || add_count(block, block->table[chain->whole], block->row[class][chain->whole], 0, -1) != 0 ? -1 : 0;
	for (size_t i = 0; i < chain->links && result == 0; i++)
		result = add_count(block, block->table[chain->link[i]], block->row[class][chain->link[i]], 0, 1);
	for (size_t t = 0; t < block->turns->count && result == 0; t++)
		result = is_inside(block, chain, t) ? add_atom(block, class, t, -1) : 0;
	return result;
}

static int state_block(struct block *block)
{
	if (!find_classes(block) || !find_there(block))
		return 0;
	int result = make_atoms(block);
	if (result != 0)
		return result < 0 ? -1 : 0;
	for (size_t t = 0; t < block->turns->count; t++) {
		if (state_turn(block, t) != 0)
			return -1;
		for (size_t c = 0; c < block->classes; c++)
			if (state_class(block, c, t) != 0)
				return -1;
	}
	for (size_t i = 0; i < block->turns->chains; i++)
		for (size_t c = 0; c < block->classes; c++)
			if (state_chain(block, c, &block->turns->chain[i]) != 0)
				return -1;
	return 0;
}

/* ---- all of a table ---- */

/* Its codes; false where the row is no margin of the classes of one insats, kommun and kön, or an earlier period has come to it. */
static bool find_margin(struct block *block, size_t of, size_t row)
{
	const struct tables *tables = block->work->tables;
	const struct cube *cube = tables->cube[block->table[of]];
	block->last = cube->table->dimensions - 1;
	for (size_t d = 0; d < cube->table->dimensions; d++) {
		block->code[d] = cube_code_of(cube, row, d);
		if (cube->table->dimension[d].total && cube_is_total(cube, row, d) != (d == block->last))
			return false;
	}
	for (size_t p = 0; p < of; p++)
		if (block->table[p] != SIZE_MAX && cube_find_named(tables->cube[block->table[p]], block->code) != CUBE_NO_ROW)
			return false;
	return true;
}

/* Of two periods that are together a third: who is in both is a set of persons. */
static int state_sets(const struct block *block, const struct chain *chain)
{
	const struct tables *tables = block->work->tables;
	const size_t of[] = { chain->whole, chain->link[0], chain->link[1] };
	const struct cube *cube = tables->cube[block->table[chain->whole]];
	for (size_t row = 0; row < cube->rows; row++) {
		struct facts_count count[3];
		const char *code[TABLE_DIMENSIONS];
		bool missing = false;
		for (size_t d = 0; d < cube->table->dimensions; d++)
			code[d] = cube_code_of(cube, row, d);
		for (size_t i = 0; i < 3; i++) {
			count[i] = (struct facts_count){ block->table[of[i]], cube_find_named(tables->cube[block->table[of[i]]], code), 0 };
			missing = missing || is_missing(tables, count[i].table, count[i].row, 0);
		}
		if (!missing && !cube_is_total(cube, row, cube->table->dimensions - 1) &&
			facts_state_set(block->work, count, (const int[]){ -1, 1, 1 }, 3, false) != 0)
			return -1;
	}
	return 0;
}

static int state_table(struct facts_work *work, const char *name)
{
	const struct tables *tables = work->tables;
	struct turns turns = { .count = 0 };
	struct block block = { .work = work, .turns = &turns };
	for (work->period = 0; work->period < tables->periods; work->period++)
		block.table[work->period] = facts_find(work, name);
	work->period = 0;
	find_turns(tables, block.table, &turns);
	for (size_t i = 0; i < turns.chains; i++)
		if (turns.chain[i].links == 2 && state_sets(&block, &turns.chain[i]) != 0)
			return -1;
	for (size_t p = 0; p < tables->periods && turns.count > 0; p++)
		for (size_t row = 0; block.table[p] != SIZE_MAX && row < tables->cube[block.table[p]]->rows; row++)
			if (find_margin(&block, p, row) && state_block(&block) != 0)
				return -1;
	return 0;
}

int facts_staying(struct facts_work *work)
{
	if (work->joining || work->tables->periods == 0)
		return 0;
	return state_table(work, "i02_bakgrund") != 0 ? -1 : state_table(work, "i08_remittent");
}
