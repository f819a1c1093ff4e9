/* Amounts of m01: see amounts.h. */
#include "stages/audit/amounts/amounts.h"

#include <math.h>
#include <string.h>

#include "pipeline/maths/dominance.h"
#include "pipeline/maths/linear.h"
#include "stages/audit/relations/outside.h"

#define TOT CUBE_TOTAL
#define LARGEST 1500       /* withheld amounts that hang together and are still ranged by linear programs */
#define ITERATIONS 1000000 /* of the simplex, a solution */
#define ROOM 10            /* times the largest amount: more is not looked for */

const char *const amount_finding_names[] = { "", "published", "determined", "narrow" };

/* The additive measures, the step in which they are printed, and where their contributions begin in the support cube. */
static const struct {
	const char *measure, *first;
	double step;
} kinds[] = { { "belopp_kr", "kr_summa", 1 }, { "helarsekvivalenter", "hae_summa", 0.01 } };

/* Groups of förmåner and what they add up. */
static const struct {
	const char *whole, *part[5];
} groups[] = { { "OHALSA", { "SP", "RP", "SE", "AE" } }, { "ARBMARK", { "AK", "AS", "UE", "ET" } }, { "BISTAND", { "FS" } },
	{ TOT, { "OHALSA", "ARBMARK", "BISTAND" } } };

enum { AR, KOMMUN, KON, FORMAN };

/* One measure of m01. */
struct amounts {
	const struct published *published;
	const struct published_table *table;
	const struct cube *cube, *contributions;
	const enum amount_row *kind; /* of each row; NULL: all are new */
	size_t measure, persons;
	const char *first;
	double step, share;
	struct knowledge *knowledge; /* the withheld amounts, and the sums over them without what is printed in them */
	size_t *variable;            /* of each row: in the knowledge; KNOWLEDGE_NONE when it is not withheld */
	size_t *row;                 /* of each variable */
	struct line {
		size_t from, count;  /* its rows in `member`: the whole first */
		size_t hidden;       /* one of its variables */
	} *line;
	size_t lines, line_room, members, member_room;
	size_t *member;
	struct wanted {
		size_t row;
		double up, down;     /* values that must be possible … */
		bool was_up, was_down;
		bool unknown;        /* … or, where nobody knows what it is, p per cent between the largest and the least seen */
		double most, least;
	} *wanted;
	size_t wants;
	unsigned char *finding;
	struct amounts_account *account;
	struct error *error;
};

static const struct cell *cell_of(const struct amounts *amounts, size_t row)
{
	return cube_cell(amounts->cube, row, amounts->measure);
}

static enum amount_row kind_of(const struct amounts *amounts, size_t row)
{
	return amounts->kind == NULL ? AMOUNT_NEW : amounts->kind[row];
}

/* The row's figure before protection; 0 where it has none. Of an approved run's only what it printed is known. */
static double truth_of(const struct amounts *amounts, size_t row, size_t measure)
{
	const struct cell *printed = cube_cell(amounts->cube, row, measure);
	if (kind_of(amounts, row) != AMOUNT_NEW)
		return printed->status == CELL_PUBLISHED ? printed->number : 0;
	const char *key[TABLE_DIMENSIONS];
	for (size_t d = 0; d < amounts->cube->table->dimensions; d++)
		key[d] = cube_code_of(amounts->cube, row, d);
	size_t at = cube_find_named(amounts->table->truth, key);
	return at == CUBE_NO_ROW ? 0 : cube_cell(amounts->table->truth, at, measure)->number;
}

/* ---- what adds up ---- */

static int add_member(struct amounts *amounts, size_t row)
{
	size_t *grown = arena_grow(amounts->published->arena, amounts->member, amounts->members, amounts->members + 1, &amounts->member_room,
		sizeof *grown, amounts->error);
	if (grown == NULL)
		return -1;
	amounts->member = grown;
	grown[amounts->members++] = row;
	return 0;
}

/* Whether counts are rounded and a part of a line, which has this code in dimension d and else the row's, has no row since few persons are in
   it: its amount is not 0. */
static bool is_gone(const struct amounts *amounts, size_t row, size_t d, const char *code)
{
	const char *key[TABLE_DIMENSIONS];
	for (size_t i = 0; i < amounts->cube->table->dimensions; i++)
		key[i] = cube_code_of(amounts->cube, row, i);
	key[d] = code;
	return amounts->published->rounded && cube_find_named(amounts->cube, key) == CUBE_NO_ROW &&
		cube_find_named(amounts->table->truth, key) != CUBE_NO_ROW;
}

/* Ends a line: it is kept when it holds something withheld and nothing that cannot be computed. */
static int end_line(struct amounts *amounts, size_t from)
{
	struct line line = { .from = from, .count = amounts->members - from, .hidden = KNOWLEDGE_NONE };
	bool broken = false;
	for (size_t i = 0; i < line.count; i++) {
		size_t row = amounts->member[from + i];
		broken = broken || cell_of(amounts, row)->status == CELL_MISSING;
		line.hidden = amounts->variable[row] == KNOWLEDGE_NONE ? line.hidden : amounts->variable[row];
	}
	if (broken || line.hidden == KNOWLEDGE_NONE) {
		amounts->members = from;
		return 0;
	}
	struct line *grown = arena_grow(amounts->published->arena, amounts->line, amounts->lines, amounts->lines + 1, &amounts->line_room,
		sizeof *grown, amounts->error);
	if (grown == NULL || knowledge_sum(amounts->knowledge, 0, 0, amounts->error) != 0)
		return -1;
	amounts->line = grown;
	grown[amounts->lines++] = line;
	for (size_t i = 0; i < line.count; i++) {
		size_t variable = amounts->variable[amounts->member[from + i]];
		if (variable != KNOWLEDGE_NONE && knowledge_term(amounts->knowledge, variable, i == 0 ? -1 : 1, amounts->error) != 0)
			return -1;
	}
	return 0;
}

/* The row is the sum of those with the other codes of a dimension. */
static int state_over(struct amounts *amounts, size_t row, size_t d)
{
	const struct cube *cube = amounts->cube;
	size_t from = amounts->members, width = cube->table->dimensions;
	uint32_t key[TABLE_DIMENSIONS];
	const struct cube_codes *codes = &amounts->table->truth->codes[d];
	if (!cube_is_total(cube, row, d))
		return 0;
	for (size_t c = 0; c < codes->count; c++)
		if (is_gone(amounts, row, d, codes->code[c]))
			return 0;
	memcpy(key, &cube->key[row * width], width * sizeof *key);
	if (add_member(amounts, row) != 0)
		return -1;
	for (uint32_t c = 0; c < cube->codes[d].count; c++) {
		key[d] = c;
		size_t part = c == cube->codes[d].total ? CUBE_NO_ROW : cube_find(cube, key);
		if (part != CUBE_NO_ROW && add_member(amounts, part) != 0)
			return -1;
	}
	return end_line(amounts, from);
}

/* The row, of a group of förmåner, is the sum of its members. */
static int state_group(struct amounts *amounts, size_t row)
{
	const struct cube *cube = amounts->cube;
	const char *key[TABLE_DIMENSIONS];
	for (size_t g = 0; g < sizeof groups / sizeof *groups; g++) {
		size_t from = amounts->members;
		if (strcmp(cube_code_of(cube, row, FORMAN), groups[g].whole) != 0)
			continue;
		for (size_t d = 0; d < cube->table->dimensions; d++)
			key[d] = cube_code_of(cube, row, d);
		if (add_member(amounts, row) != 0)
			return -1;
		for (size_t p = 0; groups[g].part[p] != NULL; p++) {
			if (is_gone(amounts, row, FORMAN, groups[g].part[p])) {
				amounts->members = from;
				return 0;
			}
			key[FORMAN] = groups[g].part[p];
			size_t part = cube_find_named(cube, key);
			if (part != CUBE_NO_ROW && add_member(amounts, part) != 0)
				return -1;
		}
		return end_line(amounts, from);
	}
	return 0;
}

static int state_lines(struct amounts *amounts)
{
	for (size_t row = 0; row < amounts->cube->rows; row++)
		if (state_over(amounts, row, KOMMUN) != 0 || state_over(amounts, row, KON) != 0 || state_group(amounts, row) != 0)
			return -1;
	return 0;
}

/* ---- which are personal ---- */

static bool is_sensitive(const struct amounts *amounts, size_t row)
{
	const char *key[TABLE_DIMENSIONS];
	if (amounts->contributions == NULL)
		return false;
	for (size_t d = 0; d < amounts->cube->table->dimensions; d++)
		key[d] = cube_code_of(amounts->cube, row, d);
	const struct cube *cube = amounts->contributions;
	size_t at = cube_find_named(cube, key), first = cube_measure(cube, amounts->first);
	if (at == CUBE_NO_ROW)
		return false;
	const struct contributions contributions = { .total = cube_cell(cube, at, first)->number,
		.first = cube_cell(cube, at, first + 1)->number, .second = cube_cell(cube, at, first + 2)->number };
	return dominance_sensitive(&contributions, amounts->share);
}

/* How much more a row's helårsekvivalenter of bistånd must be able to be, since twelve of them are the persons of its months at KOM in m06, added
   up: minimum − 1 such months where one is withheld, or half of what they are. 0 of other rows, and where all months are printed. */
static double months_need(const struct amounts *amounts, size_t row)
{
	const struct cube *cube = amounts->cube;
	const struct published_table *m06 = published_find(amounts->published, "m06");
	const char *year = cube_code_of(cube, row, AR), *forman = cube_code_of(cube, row, FORMAN);
	if (m06 == NULL || amounts->published->rounded || strcmp(amounts->first, "hae_summa") != 0 || (strcmp(forman, "FS") != 0 && strcmp(forman, "BISTAND") != 0))
		return 0;
	for (size_t month = 0; month < m06->cube->codes[0].count; month++) {
		const char *key[] = { m06->cube->codes[0].code[month], cube_code_of(cube, row, KOMMUN), cube_code_of(cube, row, KON), TOT, "KOM" };
		size_t at = strncmp(key[0], year, strlen(year)) == 0 ? cube_find_named(m06->cube, key) : CUBE_NO_ROW;
		if (at != CUBE_NO_ROW && cube_cell(m06->cube, at, 0)->status == CELL_PROTECTED)
			return fmin(((double)amounts->published->minimum - 1) / 12, truth_of(amounts, row, amounts->measure) / 2);
	}
	return 0;
}

static bool is_few(const struct amounts *amounts, size_t row)
{
	double persons = truth_of(amounts, row, amounts->persons);
	return (persons >= 1 && persons < (double)amounts->published->minimum) || is_sensitive(amounts, row);
}

static bool is_personal(const struct amounts *amounts, size_t row)
{
	if (kind_of(amounts, row) != AMOUNT_NEW)
		return kind_of(amounts, row) == AMOUNT_STANDS_FEW;
	return is_few(amounts, row) || months_need(amounts, row) > 0;
}

/* Whether a förmån or group of them holds a förmån. */
static bool holds(const char *whole, const char *part)
{
	if (strcmp(whole, part) == 0 || strcmp(whole, TOT) == 0)
		return true;
	for (size_t g = 0; g + 1 < sizeof groups / sizeof *groups; g++)
		for (size_t p = 0; strcmp(groups[g].whole, whole) == 0 && groups[g].part[p] != NULL; p++)
			if (strcmp(groups[g].part[p], part) == 0)
				return true;
	return false;
}

static bool is_finest(const struct cube *cube, size_t row)
{
	const char *forman = cube_code_of(cube, row, FORMAN);
	return !cube_is_total(cube, row, KOMMUN) && !cube_is_total(cube, row, KON) && !cube_is_total(cube, row, FORMAN) &&
		strcmp(forman, "OHALSA") != 0 && strcmp(forman, "ARBMARK") != 0 && strcmp(forman, "BISTAND") != 0;
}

/* The largest of the finest amounts in a row's: in its kommun, kön and förmån, or in all of those that these hold. */
static double largest_in(const struct amounts *amounts, size_t row)
{
	const struct cube *cube = amounts->cube;
	uint32_t key[TABLE_DIMENSIONS], from[FORMAN], end[FORMAN];
	double largest = 0;
	memcpy(key, &cube->key[row * cube->table->dimensions], cube->table->dimensions * sizeof *key);
	for (size_t d = KOMMUN; d < FORMAN; d++) {
		from[d] = cube_is_total(cube, row, d) ? 0 : key[d];
		end[d] = cube_is_total(cube, row, d) ? (uint32_t)cube->codes[d].count : key[d] + 1;
	}
	for (key[FORMAN] = 0; key[FORMAN] < cube->codes[FORMAN].count; key[FORMAN]++) {
		if (!holds(cube_code_of(cube, row, FORMAN), cube->codes[FORMAN].code[key[FORMAN]]))
			continue;
		for (key[KOMMUN] = from[KOMMUN]; key[KOMMUN] < end[KOMMUN]; key[KOMMUN]++)
			for (key[KON] = from[KON]; key[KON] < end[KON]; key[KON]++) {
				size_t other = cube_find(cube, key);
				if (other != CUBE_NO_ROW && is_finest(cube, other))
					largest = fmax(largest, truth_of(amounts, other, amounts->measure));
			}
	}
	return largest;
}

/* Judges what is printed, and lists what must stay open. */
static int list_wanted(struct amounts *amounts)
{
	size_t measures = amounts->cube->table->measures;
	amounts->wanted = arena_take(amounts->published->arena, amounts->cube->rows, sizeof *amounts->wanted, amounts->error);
	if (amounts->wanted == NULL)
		return -1;
	for (size_t row = 0; row < amounts->cube->rows; row++) {
		const struct cell *cell = cell_of(amounts, row);
		double truth = truth_of(amounts, row, amounts->measure);
		amounts->account->withheld += cell->status == CELL_PROTECTED;
		bool unknown = kind_of(amounts, row) != AMOUNT_NEW && cell->status == CELL_PROTECTED;
		if (cell->status == CELL_MISSING || !(truth > 0 || unknown) || !is_personal(amounts, row))
			continue;
		if (cell->status == CELL_PUBLISHED && cell->number > 0)
			amounts->finding[row * measures + amounts->measure] = AMOUNT_PUBLISHED;
		if (cell->status != CELL_PROTECTED)
			continue;
		amounts->account->personal++;
		double share = unknown || is_few(amounts, row) ? amounts->share : 0;
		double less = fmin(share * truth, largest_in(amounts, row) - amounts->step);
		amounts->wanted[amounts->wants++] = (struct wanted){ .row = row,
			.up = truth + fmax(share * truth, unknown ? 0 : months_need(amounts, row)) - amounts->step,
			.down = truth - fmax(less, 0) + amounts->step, .unknown = unknown, .most = 0, .least = (double)INFINITY };
	}
	return 0;
}

/* ---- what sums leave of them ---- */

/* Withheld amounts that hang together, in a linear program in steps. */
struct part {
	struct amounts *amounts;
	struct linear *program;
	size_t *place; /* of each row of the table: in the program; LINEAR_NONE without */
	double most;
};

/* The row's variable: a withheld amount from 0, or between what it was published as before; a printed one within its rounding. */
static size_t place_row(struct part *part, size_t row)
{
	const struct amounts *amounts = part->amounts;
	const struct cell *cell = cell_of(amounts, row);
	if (part->place[row] != LINEAR_NONE)
		return part->place[row];
	double low = 0, high = part->most;
	if (cell->status == CELL_PUBLISHED) {
		low = cell->number / amounts->step - 0.5;
		high = low + 1;
	} else {
		double before, half;
		if (outside_amount(amounts->published, amounts->table, row, amounts->measure, &before, &half)) {
			low = fmax(0, (before - half) / amounts->step);
			high = (before + half) / amounts->step;
		}
	}
	return part->place[row] = linear_variable(part->program, low, high, 0, false);
}

static int build_part(struct part *part, const size_t *root, size_t number)
{
	const struct amounts *amounts = part->amounts;
	for (size_t row = 0; row < amounts->cube->rows; row++) {
		part->place[row] = LINEAR_NONE;
		if (amounts->variable[row] != KNOWLEDGE_NONE && root[amounts->variable[row]] == number)
			part->most = fmax(part->most, ROOM * truth_of(amounts, row, amounts->measure) / amounts->step + 1000);
		else if (kind_of(amounts, row) != AMOUNT_NEW) /* printed beside withheld ones that nobody knows */
			part->most = fmax(part->most, ROOM * truth_of(amounts, row, amounts->measure) / amounts->step);
	}
	for (size_t l = 0; l < amounts->lines; l++) {
		const struct line *line = &amounts->line[l];
		if (root[line->hidden] != number)
			continue;
		size_t sum = linear_sum(part->program, 0, 0);
		if (sum == LINEAR_NONE)
			return -1;
		for (size_t i = 0; i < line->count; i++) {
			size_t at = place_row(part, amounts->member[line->from + i]);
			if (at == LINEAR_NONE || linear_term(part->program, sum, at, i == 0 ? -1 : 1) != 0)
				return -1;
		}
	}
	return 0;
}

/* What a solution shows of every wanted amount. */
static void observe(struct part *part)
{
	struct amounts *amounts = part->amounts;
	for (size_t w = 0; w < amounts->wants; w++) {
		struct wanted *wanted = &amounts->wanted[w];
		if (part->place[wanted->row] == LINEAR_NONE)
			continue;
		double value = linear_value(part->program, part->place[wanted->row]) * amounts->step;
		wanted->was_up = wanted->was_up || value >= wanted->up;
		wanted->was_down = wanted->was_down || value <= wanted->down;
		wanted->most = fmax(wanted->most, value);
		wanted->least = fmin(wanted->least, value);
		if (wanted->unknown)
			wanted->was_up = wanted->was_down = wanted->most >= wanted->least * (1 + amounts->share) - amounts->step;
	}
}

static bool is_open(const struct wanted *wanted)
{
	return wanted->was_up && wanted->was_down;
}

/* Draws up (sign −1) or down (1) all that are not yet shown open, or the one. 0; 1 when no amounts agree; -1. */
static int draw(struct part *part, int sign, const struct wanted *one)
{
	struct amounts *amounts = part->amounts;
	for (size_t w = 0; w < amounts->wants; w++) {
		const struct wanted *wanted = &amounts->wanted[w];
		bool drawn = one == NULL ? !is_open(wanted) : wanted == one;
		if (part->place[wanted->row] != LINEAR_NONE)
			linear_cost(part->program, part->place[wanted->row], drawn ? sign : 0);
	}
	int result = linear_again(part->program, ITERATIONS);
	if (result == 0)
		observe(part);
	return result;
}

static int range_part(struct part *part)
{
	struct amounts *amounts = part->amounts;
	size_t measures = amounts->cube->table->measures;
	int result = draw(part, -1, NULL);
	if (result == 0)
		result = draw(part, 1, NULL);
	for (size_t w = 0; w < amounts->wants && result == 0; w++) {
		struct wanted *wanted = &amounts->wanted[w];
		if (part->place[wanted->row] == LINEAR_NONE)
			continue;
		if (!wanted->was_up)
			result = draw(part, -1, wanted);
		if (result == 0 && !wanted->was_down)
			result = draw(part, 1, wanted);
		unsigned char *finding = &amounts->finding[wanted->row * measures + amounts->measure];
		if (result == 0 && !is_open(wanted) && *finding == AMOUNT_NONE)
			*finding = AMOUNT_NARROW;
	}
	return result;
}

/* Which withheld amounts hang together: each variable's root is the lowest of them. */
static size_t root_of(size_t *root, size_t v)
{
	while (root[v] != v)
		v = root[v] = root[root[v]];
	return v;
}

static void find_parts(const struct amounts *amounts, size_t *root)
{
	for (size_t v = 0; v < amounts->knowledge->variables; v++)
		root[v] = v;
	for (size_t l = 0; l < amounts->lines; l++)
		for (size_t i = 0; i < amounts->line[l].count; i++) {
			size_t variable = amounts->variable[amounts->member[amounts->line[l].from + i]];
			if (variable == KNOWLEDGE_NONE)
				continue;
			size_t one = root_of(root, variable), other = root_of(root, amounts->line[l].hidden);
			root[one > other ? one : other] = one < other ? one : other;
		}
	for (size_t v = 0; v < amounts->knowledge->variables; v++)
		root[v] = root_of(root, v);
}

/* The wanted amounts of one part, by linear programs; not where too many hang together. */
static int judge_part(struct amounts *amounts, const size_t *root, size_t number, size_t *place)
{
	struct part part = { .amounts = amounts, .place = place };
	size_t count = 0, wanted = 0;
	for (size_t v = 0; v < amounts->knowledge->variables; v++)
		count += root[v] == number;
	for (size_t w = 0; w < amounts->wants; w++)
		wanted += root[amounts->variable[amounts->wanted[w].row]] == number;
	if (wanted == 0 || count > LARGEST) {
		amounts->account->unranged += wanted;
		return 0;
	}
	part.program = linear_new();
	int result = part.program == NULL || build_part(&part, root, number) != 0 ? -1 : range_part(&part);
	linear_free(part.program);
	return result;
}

static int judge_wanted(struct amounts *amounts)
{
	struct arena *arena = amounts->published->arena;
	size_t variables = amounts->knowledge->variables, measures = amounts->cube->table->measures;
	bool *determined = arena_take(arena, variables, sizeof *determined, amounts->error);
	size_t *root = arena_take(arena, variables, sizeof *root, amounts->error);
	size_t *place = arena_take(arena, amounts->cube->rows, sizeof *place, amounts->error);
	if (determined == NULL || root == NULL || place == NULL || knowledge_determined(amounts->knowledge, determined, amounts->error) != 0)
		return -1;
	for (size_t w = 0; w < amounts->wants; w++)
		if (determined[amounts->variable[amounts->wanted[w].row]])
			amounts->finding[amounts->wanted[w].row * measures + amounts->measure] = AMOUNT_DETERMINED;
	find_parts(amounts, root);
	int result = 0;
	for (size_t v = 0; v < variables && result == 0 && (amounts->share > 0 || strcmp(amounts->first, "hae_summa") == 0); v++)
		if (root[v] == v)
			result = judge_part(amounts, root, v, place);
	return result;
}

/* ---- all of it ---- */

static int begin(struct amounts *amounts)
{
	struct arena *arena = amounts->published->arena;
	size_t rows = amounts->cube->rows;
	amounts->knowledge = knowledge_new(arena, amounts->error);
	amounts->variable = arena_take(arena, rows, sizeof *amounts->variable, amounts->error);
	if (amounts->knowledge == NULL || amounts->variable == NULL)
		return -1;
	for (size_t row = 0; row < rows; row++) {
		amounts->variable[row] = KNOWLEDGE_NONE;
		if (cell_of(amounts, row)->status == CELL_PROTECTED &&
			(amounts->variable[row] = knowledge_variable(amounts->knowledge, 0, KNOWLEDGE_ENDLESS, amounts->error)) == KNOWLEDGE_NONE)
			return -1;
	}
	return 0;
}

int amounts_judge(const struct published *published, const struct cube *contributions, const enum amount_row *kind, double share,
	unsigned char *finding, struct amounts_account *account, struct error *error)
{
	const struct published_table *table = published_find(published, "m01");
	int result = 0;
	for (size_t k = 0; table != NULL && table->truth != NULL && k < sizeof kinds / sizeof *kinds && result == 0; k++) {
		struct amounts amounts = { .published = published, .table = table, .cube = table->cube, .contributions = contributions,
			.kind = kind, .measure = cube_measure(table->cube, kinds[k].measure), .persons = cube_measure(table->cube, "personer"),
			.first = kinds[k].first, .step = kinds[k].step, .share = share, .finding = finding, .account = account, .error = error };
		result = begin(&amounts) != 0 || state_lines(&amounts) != 0 || list_wanted(&amounts) != 0 ? -1 : judge_wanted(&amounts);
	}
	if (result == -1 && error->count == 0)
		return error_set(error, EXIT_IO, "memory is out, or a linear program could not be solved");
	return result;
}
