/* Who was still there: see staying.h. */
#include "stages/audit/relations/staying.h"

#include <string.h>

#include "pipeline/maths/linear.h"

#define TOT CUBE_TOTAL
#define PERIODS (PUBLISHED_PERIODS + 1) /* the first is the publication's */
#define CODES 64
#define WAYS 32
#define WORK 10000

/* A figure: NULL, or a row that is not there: nobody. */
struct figure {
	const struct published_table *table;
	size_t row, measure;
};

/* Several periods, one after the other, that are all days of another. */
struct row_of_periods {
	size_t all, count, of[PERIODS];
};

/* All periods of a table. */
struct shelf {
	struct published *published;
	struct error *error;
	size_t periods;
	struct published_period period[PERIODS];
	const struct published_table *table[PERIODS], *i01[PERIODS]; /* NULL: it has none */
	size_t nights, night[PERIODS]; /* periods after which another begins the next day */
	size_t ways;
	struct row_of_periods way[WAYS];
};

/* Those of one insats, kommun, kön and kind of background. */
struct group {
	struct shelf *shelf;
	const char *key[TABLE_DIMENSIONS];
	size_t place;              /* of the code in the key */
	size_t codes;
	const char *code[CODES];
	size_t variable[CODES][PERIODS]; /* of each night; KNOWLEDGE_NONE: nobody can have been there */
	size_t unknown[CODES][PERIODS];  /* likewise in the program */
};

/* ---- figures ---- */

static bool is_nobody(const struct figure *figure)
{
	return figure->table == NULL || figure->row == CUBE_NO_ROW;
}

/* What it was before protection; PUBLISHED_UNTOLD where that is not known or an approved run's, or it was not computed. */
static int64_t number_of(const struct figure *figure)
{
	if (is_nobody(figure))
		return 0;
	const struct cell *cell = cube_cell(figure->table->cube, figure->row, figure->measure);
	if (cell->status == CELL_MISSING)
		return PUBLISHED_UNTOLD;
	return cell->status == CELL_PROTECTED ? figure->table->count[figure->row * figure->table->cube->table->measures + figure->measure]
					      : (int64_t)(cell->number < 0 ? cell->number - 0.5 : cell->number + 0.5);
}

static struct figure figure_of(const struct group *group, size_t period, const char *code)
{
	const struct published_table *table = group->shelf->table[period];
	const char *key[TABLE_DIMENSIONS];
	memcpy(key, group->key, sizeof key);
	key[group->place] = code;
	return (struct figure){ table, table == NULL ? CUBE_NO_ROW : cube_find_named(table->cube, key), 0 };
}

/* Those who were there when the period ended: pagaende of i01. */
static struct figure there_of(const struct group *group, size_t period)
{
	const struct published_table *i01 = group->shelf->i01[period];
	bool of_kommun = strncmp(group->shelf->table[period]->cube->table->name, "i08", 3) == 0;
	const char *key[] = { group->key[0], of_kommun ? group->key[1] : TOT, group->key[of_kommun ? 2 : 1] };
	return (struct figure){ i01, cube_find_named(i01->cube, key), cube_measure(i01->cube, "pagaende") };
}

/* Whether all who were there that night took part in a period. */
static bool spans(const struct shelf *shelf, size_t night, size_t period)
{
	int32_t day = shelf->period[shelf->night[night]].to;
	return shelf->table[period] != NULL && shelf->period[period].from <= day + 1 && day <= shelf->period[period].to;
}

/* ---- periods ---- */

static void find_ways(struct shelf *shelf, struct row_of_periods *way)
{
	const struct published_period *all = &shelf->period[way->all];
	int32_t next = way->count == 0 ? all->from : shelf->period[way->of[way->count - 1]].to + 1;
	if (next > all->to && shelf->ways < WAYS)
		shelf->way[shelf->ways++] = *way;
	for (size_t p = 0; p < shelf->periods && next <= all->to; p++)
		if (p != way->all && shelf->table[p] != NULL && shelf->period[p].from == next && shelf->period[p].to <= all->to) {
			way->of[way->count++] = p;
			find_ways(shelf, way);
			way->count--;
		}
}

static void find_nights(struct shelf *shelf)
{
	for (size_t p = 0; p < shelf->periods; p++) {
		bool night = false;
		for (size_t other = 0; other < shelf->periods; other++)
			night = night || (shelf->table[other] != NULL && shelf->period[other].from == shelf->period[p].to + 1);
		for (size_t n = 0; n < shelf->nights; n++)
			night = night && shelf->period[shelf->night[n]].to != shelf->period[p].to;
		if (night && shelf->table[p] != NULL)
			shelf->night[shelf->nights++] = p;
	}
	for (size_t p = 0; p < shelf->periods && shelf->nights > 0; p++)
		if (shelf->table[p] != NULL)
			find_ways(shelf, &(struct row_of_periods){ .all = p });
}

/* Whether a night lies between two periods of a way. */
static bool passes(const struct shelf *shelf, const struct row_of_periods *way, size_t night)
{
	for (size_t i = 0; i + 1 < way->count; i++)
		if (shelf->period[way->of[i]].to == shelf->period[shelf->night[night]].to)
			return true;
	return false;
}

/* ---- numbers ---- */

/* Of a period: who has no code. */
static int64_t uncoded(const struct group *group, size_t period)
{
	const struct figure all = figure_of(group, period, TOT);
	int64_t left = number_of(&all);
	for (size_t c = 0; c < group->codes; c++) {
		const struct figure one = figure_of(group, period, group->code[c]);
		left -= number_of(&one);
	}
	return left;
}

/* The fewest without a code in the periods around a night. */
static int64_t fewest_uncoded(const struct group *group, size_t night)
{
	int64_t fewest = INT64_MAX;
	for (size_t p = 0; p < group->shelf->periods; p++) {
		int64_t left = spans(group->shelf, night, p) ? uncoded(group, p) : INT64_MAX;
		fewest = left < fewest ? left : fewest;
	}
	return fewest;
}

/* How many more times than in the whole a code stands in the periods of a way. */
static int64_t surplus(const struct group *group, size_t code, const struct row_of_periods *way)
{
	const struct figure whole = figure_of(group, way->all, group->code[code]);
	int64_t more = -number_of(&whole);
	for (size_t i = 0; i < way->count; i++) {
		const struct figure one = figure_of(group, way->of[i], group->code[code]);
		more += number_of(&one);
	}
	return more;
}

static int64_t most_of(const struct group *group, size_t code, size_t night)
{
	int64_t most = INT64_MAX;
	for (size_t p = 0; p < group->shelf->periods; p++) {
		const struct figure one = figure_of(group, p, group->code[code]);
		if (spans(group->shelf, night, p) && number_of(&one) < most)
			most = number_of(&one);
	}
	return most;
}

/* A sum of one night, or of one code along a way. 1 where nobody is in it and somebody should be. -1 when memory is out. */
static int add_sum(const struct group *group, struct linear *program, int64_t low, int64_t high, size_t night, size_t code, const struct row_of_periods *way)
{
	size_t sum = linear_sum(program, (double)low, (double)high);
	bool any = false;
	for (size_t c = 0; c < group->codes && sum != LINEAR_NONE; c++)
		for (size_t n = 0; n < group->shelf->nights; n++) {
			bool in = way == NULL ? n == night : c == code && passes(group->shelf, way, n);
			in = in && group->unknown[c][n] != LINEAR_NONE;
			any = any || in;
			if (in && linear_term(program, sum, group->unknown[c][n], 1) != 0)
				return -1;
		}
	return sum == LINEAR_NONE ? -1 : !any && (low > 0 || high < 0);
}

/* Likewise. */
static int fill_program(struct group *group, struct linear *program)
{
	const struct shelf *shelf = group->shelf;
	int result = 0;
	for (size_t c = 0; c < group->codes; c++)
		for (size_t n = 0; n < shelf->nights; n++) {
			int64_t most = most_of(group, c, n);
			group->unknown[c][n] = most < 1 ? LINEAR_NONE : linear_variable(program, 0, (double)most, 0, true);
			if (most >= 1 && group->unknown[c][n] == LINEAR_NONE)
				return -1;
		}
	for (size_t n = 0; n < shelf->nights && result == 0; n++) {
		const struct figure there = there_of(group, shelf->night[n]);
		result = add_sum(group, program, number_of(&there) - fewest_uncoded(group, n), number_of(&there), n, 0, NULL);
	}
	for (size_t w = 0; w < shelf->ways; w++)
		for (size_t c = 0; c < group->codes && result == 0; c++) {
			int64_t more = surplus(group, c, &shelf->way[w]);
			result = add_sum(group, program, more, more, 0, c, &shelf->way[w]);
		}
	return result;
}

/* Whether some numbers agree with all that is known. -1 with the error set. */
static int agrees(struct group *group, bool *does)
{
	struct linear *program = linear_new();
	int solved = program == NULL ? -1 : fill_program(group, program);
	solved = solved == 0 ? linear_solve(program, WORK, WORK) : solved;
	linear_free(program);
	*does = solved == 0;
	return solved < 0 ? error_set(group->shelf->error, EXIT_IO, "out of memory") : 0;
}

/* Whether all of its counts are known. */
static bool is_told(const struct group *group)
{
	for (size_t p = 0; p < group->shelf->periods; p++)
		for (size_t c = 0; c <= group->codes; c++) {
			const struct figure one = figure_of(group, p, c == group->codes ? TOT : group->code[c]);
			if (number_of(&one) == PUBLISHED_UNTOLD)
				return false;
		}
	for (size_t n = 0; n < group->shelf->nights; n++) {
		const struct figure there = there_of(group, group->shelf->night[n]);
		if (number_of(&there) == PUBLISHED_UNTOLD)
			return false;
	}
	return true;
}

/* ---- what is stated ---- */

static int add_figure(const struct group *group, const struct figure *figure, int64_t times)
{
	return is_nobody(figure) ? 0 : published_row(group->shelf->published, figure->table, figure->row, figure->measure, times, group->shelf->error);
}

static int add_code(const struct group *group, size_t period, const char *code, int64_t times)
{
	const struct figure figure = figure_of(group, period, code);
	return add_figure(group, &figure, times);
}

static int add_unknown(const struct group *group, size_t code, size_t night, int64_t times)
{
	size_t variable = group->variable[code][night];
	return variable == KNOWLEDGE_NONE ? 0 : published_unseen(group->shelf->published, variable, times, PUBLISHED_UNTOLD, group->shelf->error);
}

static int make_unknowns(struct group *group)
{
	struct shelf *shelf = group->shelf;
	struct published *published = shelf->published;
	for (size_t c = 0; c < group->codes; c++)
		for (size_t n = 0; n < shelf->nights; n++) {
			group->variable[c][n] = KNOWLEDGE_NONE;
			if (most_of(group, c, n) < 1)
				continue;
			const struct figure at = figure_of(group, shelf->night[n], group->code[c]);
			struct published_table *table = &published->table[at.table - published->table];
			if (table->staying == NULL && (table->staying = arena_take(published->arena, table->cube->rows, sizeof *table->staying, shelf->error)) != NULL)
				for (size_t row = 0; row < table->cube->rows; row++)
					table->staying[row] = KNOWLEDGE_NONE;
			group->variable[c][n] = table->staying == NULL ? KNOWLEDGE_NONE : knowledge_variable(published->knowledge, 0, KNOWLEDGE_ENDLESS, shelf->error);
			if (group->variable[c][n] == KNOWLEDGE_NONE)
				return -1;
			table->staying[at.row] = group->variable[c][n];
		}
	return 0;
}

/* All of a night with a code are no more than those who were there, and who has none of them is among those of a period who have none: where these are nobody, they
   are all. */
static int state_night(const struct group *group, size_t night)
{
	const struct shelf *shelf = group->shelf;
	const struct figure there = there_of(group, shelf->night[night]);
	bool all = fewest_uncoded(group, night) == 0;
	published_begin(shelf->published);
	int result = add_figure(group, &there, 1);
	for (size_t c = 0; c < group->codes && result == 0; c++)
		result = add_unknown(group, c, night, -1);
	if (result != 0 || (all ? published_equal : published_at_least)(shelf->published, shelf->error) != 0)
		return -1;
	for (size_t p = 0; p < shelf->periods && !all; p++) {
		if (!spans(shelf, night, p))
			continue;
		published_begin(shelf->published);
		result = add_code(group, p, TOT, 1) != 0 ? -1 : add_figure(group, &there, -1);
		for (size_t c = 0; c < group->codes && result == 0; c++)
			result = add_code(group, p, group->code[c], -1) != 0 ? -1 : add_unknown(group, c, night, 1);
		if (result != 0 || published_at_least(shelf->published, shelf->error) != 0)
			return -1;
	}
	return 0;
}

static int state_code(const struct group *group, size_t code)
{
	const struct shelf *shelf = group->shelf;
	for (size_t n = 0; n < shelf->nights; n++)
		for (size_t p = 0; p < shelf->periods && group->variable[code][n] != KNOWLEDGE_NONE; p++) {
			if (!spans(shelf, n, p))
				continue;
			published_begin(shelf->published);
			if (add_code(group, p, group->code[code], 1) != 0 || add_unknown(group, code, n, -1) != 0 ||
				published_at_least(shelf->published, shelf->error) != 0)
				return -1;
		}
	for (size_t w = 0; w < shelf->ways; w++) {
		const struct row_of_periods *way = &shelf->way[w];
		published_begin(shelf->published);
		int result = add_code(group, way->all, group->code[code], -1);
		for (size_t i = 0; i < way->count && result == 0; i++)
			result = add_code(group, way->of[i], group->code[code], 1);
		for (size_t n = 0; n < shelf->nights && result == 0; n++)
			result = passes(shelf, way, n) ? add_unknown(group, code, n, -1) : 0;
		if (result != 0 || published_equal(shelf->published, shelf->error) != 0)
			return -1;
	}
	return 0;
}

static int state_group(struct group *group)
{
	bool does;
	if (!is_told(group))
		return 0;
	if (agrees(group, &does) != 0)
		return -1;
	if (!does)
		return 0; /* the register was corrected since */
	if (make_unknowns(group) != 0)
		return -1;
	for (size_t n = 0; n < group->shelf->nights; n++)
		if (state_night(group, n) != 0)
			return -1;
	for (size_t c = 0; c < group->codes; c++)
		if (state_code(group, c) != 0)
			return -1;
	return 0;
}

/* ---- all ---- */

/* The codes of the group in any period. False where they are too many. */
static bool find_codes(struct group *group)
{
	const struct shelf *shelf = group->shelf;
	group->codes = 0;
	for (size_t p = 0; p < shelf->periods; p++) {
		const struct cube_codes *codes = shelf->table[p] == NULL ? NULL : &shelf->table[p]->cube->codes[group->place];
		for (size_t i = 0; codes != NULL && i < codes->count; i++) {
			bool known = i == codes->total;
			for (size_t c = 0; c < group->codes; c++)
				known = known || strcmp(group->code[c], codes->code[i]) == 0;
			const struct figure at = figure_of(group, p, codes->code[i]);
			if (known || is_nobody(&at))
				continue;
			if (group->codes == CODES)
				return false;
			group->code[group->codes++] = codes->code[i];
		}
	}
	return true;
}

/* The group of a row: that of all codes of one kön (and kommun), which no period before has. */
static bool find_group(struct group *group, size_t period, size_t row)
{
	const struct shelf *shelf = group->shelf;
	const struct cube *cube = shelf->table[period]->cube;
	group->place = cube->table->dimensions - 1;
	for (size_t d = 0; d < cube->table->dimensions; d++) {
		group->key[d] = cube_code_of(cube, row, d);
		if ((strcmp(group->key[d], TOT) == 0) != (d == group->place))
			return false;
	}
	for (size_t p = 0; p < period; p++)
		if (shelf->table[p] != NULL && cube_find_named(shelf->table[p]->cube, group->key) != CUBE_NO_ROW)
			return false;
	return find_codes(group);
}

/* Who took part in both of two periods that are a third together is a set of participations, which may be small. */
static int state_both(struct shelf *shelf, const struct row_of_periods *way)
{
	struct published *published = shelf->published;
	const struct cube *cube = shelf->table[way->all]->cube;
	const size_t of[] = { way->all, way->of[0], way->of[1] };
	for (size_t row = 0; row < cube->rows; row++) {
		const char *key[TABLE_DIMENSIONS];
		for (size_t d = 0; d < cube->table->dimensions; d++)
			key[d] = cube_code_of(cube, row, d);
		if (strcmp(key[cube->table->dimensions - 1], TOT) == 0)
			continue;
		published_begin(published);
		for (size_t i = 0; i < 3; i++)
			if (published_part(published, shelf->table[of[i]], key, 0, i == 0 ? -1 : 1, shelf->error) != 0)
				return -1;
		bool told = !published->sum.secret && !published->sum.unknown && published->sum.truth >= 0;
		if (told && published_apart(published, shelf->table[way->all], row, 0, shelf->error) != 0)
			return -1;
	}
	return 0;
}

static int state_shelf(struct shelf *shelf)
{
	struct group group = { .shelf = shelf };
	find_nights(shelf);
	for (size_t w = 0; w < shelf->ways; w++)
		if (shelf->way[w].count == 2 && state_both(shelf, &shelf->way[w]) != 0)
			return -1;
	for (size_t p = 0; p < shelf->periods && shelf->nights > 0; p++)
		for (size_t row = 0; shelf->table[p] != NULL && row < shelf->table[p]->cube->rows; row++)
			if (find_group(&group, p, row) && state_group(&group) != 0)
				return -1;
	return 0;
}

int staying_state(struct published *published, const struct earlier *earlier, struct error *error)
{
	static const char *const names[] = { "i02", "i08" };
	for (size_t t = 0; t < 2 && published->periods > 0; t++) {
		struct shelf shelf = { .published = published, .error = error, .periods = 1 + published->periods };
		shelf.period[0] = (struct published_period){ .from = earlier->settings->period_from, .to = earlier->settings->period_to };
		memcpy(&shelf.period[1], published->period, published->periods * sizeof *published->period);
		for (size_t p = 0; p < shelf.periods; p++) {
			published->approved = p == 0 ? NULL : &published->period[p - 1];
			shelf.table[p] = published_find(published, names[t]);
			shelf.i01[p] = published_find(published, "i01");
		}
		published->approved = NULL;
		if (state_shelf(&shelf) != 0)
			return -1;
	}
	return 0;
}

bool staying_find(const struct published_table *table, size_t row, const char *name, size_t *variable)
{
	*variable = KNOWLEDGE_NONE;
	if (strcmp(name, "kvar") != 0)
		return false;
	if (table->staying != NULL && row != CUBE_NO_ROW)
		*variable = table->staying[row];
	return true;
}
