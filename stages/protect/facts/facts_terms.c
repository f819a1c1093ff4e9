/* How a fact becomes a row of the system: cells and what stands for them, sums with signs; see facts_inside.h. */
#include <math.h>
#include <string.h>

#include "stages/protect/facts/facts_inside.h"

size_t facts_cell(const struct facts_work *work, size_t table, size_t row, size_t measure)
{
	return work->first[table] + tables_cell(work->tables, table, row, measure);
}

#define CODE 3 /* letters of a table's name that no other's begins with; that of an approved period is followed by its days */

bool facts_once_more(const struct facts_work *work)
{
	return work->period > 0 || work->parts > 0;
}

static size_t find_approved(const struct tables *tables, const struct tables_period *period, const char *name)
{
	for (size_t i = 0; i <= period->tables; i++) {
		size_t table = i == 0 ? period->table : period->beside[i - 1];
		if (strncmp(tables->cube[table]->table->name, name, CODE) == 0)
			return table;
	}
	return SIZE_MAX;
}

size_t facts_find(const struct facts_work *work, const char *name)
{
	const struct tables *tables = work->tables;
	size_t table = work->period == 0 ? tables_find(tables, name) : find_approved(tables, &tables->period[work->period], name);
	bool took_part = strncmp(name, "i02", CODE) == 0 || strncmp(name, "i08", CODE) == 0;
	if (work->parts > 0 && strncmp(name, "i01", CODE) != 0 && took_part != work->taking)
		return SIZE_MAX;
	for (size_t p = 0; p < work->parts && table != SIZE_MAX; p++)
		table = find_approved(tables, &tables->period[work->part[p]], name) == SIZE_MAX ? SIZE_MAX : table;
	return table == SIZE_MAX || tables_all_closed(tables, table) ? SIZE_MAX : table;
}

uint32_t facts_standing(const struct facts_work *work, size_t cell)
{
	while (work->same[cell] != cell)
		cell = work->same[cell] = work->same[work->same[cell]];
	return (uint32_t)cell;
}

int64_t facts_count(const struct tables *tables, size_t table, size_t row, size_t measure)
{
	const struct cube *cube = tables->cube[table];
	const struct cell *cell = cube_cell(cube, row, measure);
	const struct measure *figure = &cube->table->measure[measure];
	if (figure->kind != MEASURE_COUNT || cell->status == CELL_MISSING || tables_closed(tables, table, row))
		return 0;
	bool change = figure->name[0] == 'f' && strcmp(figure->name, "forandring") == 0; /* efter − fore: it goes with them (follow.h) */
	return change ? 0 : (int64_t)llround(cell->number);
}

size_t facts_place(const struct cube *cube, const char *dimension)
{
	size_t d = 0;
	while (strcmp(cube->table->dimension[d].name, dimension) != 0)
		d++;
	return d;
}

void facts_join(struct facts_work *work, size_t a, size_t b)
{
	uint32_t one = facts_standing(work, a), other = facts_standing(work, b);
	work->same[one > other ? one : other] = one < other ? one : other;
}

void facts_begin(struct facts_work *work)
{
	work->terms = 0;
	work->value = 0;
	work->broken = false;
}

static int add_term(struct facts_work *work, size_t table, size_t row, size_t measure, int sign)
{
	int64_t count = row == CUBE_NO_ROW ? 0 : facts_count(work->tables, table, row, measure);
	work->broken = work->broken || (row != CUBE_NO_ROW && cube_cell(work->tables->cube[table], row, measure)->status == CELL_MISSING);
	if (count == 0)
		return 0;
	uint32_t *list = arena_grow(work->tables->arena, work->term, work->terms, work->terms + 1, &work->room, sizeof *list, work->error);
	int *signs = arena_grow(work->tables->arena, work->sign, work->terms, work->terms + 1, &work->sign_room, sizeof *signs, work->error);
	if (list == NULL || signs == NULL)
		return -1;
	work->term = list;
	work->sign = signs;
	list[work->terms] = (uint32_t)facts_cell(work, table, row, measure);
	signs[work->terms++] = sign;
	work->value += sign * count;
	return 0;
}

int facts_term(struct facts_work *work, size_t table, size_t row, size_t measure, int sign)
{
	int result = add_term(work, table, row, measure, sign);
	for (size_t p = 0; p < work->parts && row != CUBE_NO_ROW && result == 0; p++) {
		const struct cube *cube = work->tables->cube[table];
		const char *code[TABLE_DIMENSIONS];
		size_t part = find_approved(work->tables, &work->tables->period[work->part[p]], cube->table->name);
		for (size_t d = 0; d < cube->table->dimensions; d++)
			code[d] = cube_code_of(cube, row, d);
		result = add_term(work, part, cube_find_named(work->tables->cube[part], code), measure, -sign);
	}
	return result;
}

uint32_t facts_person(const struct facts_work *work, uint32_t atom)
{
	while (work->person[atom] != atom)
		atom = work->person[atom] = work->person[work->person[atom]];
	return atom;
}

/* A single person within a set of one person is the same. `whole` is the sum's term that holds the others. */
static void find_persons(struct facts_work *work, size_t whole)
{
	const struct system *system = work->facts->system;
	uint32_t of = work->atom[facts_standing(work, work->term[whole])] - 1;
	for (size_t i = 0; i < work->terms && system->atom[of] == 1; i++) {
		uint32_t atom = work->atom[facts_standing(work, work->term[i])] - 1;
		uint32_t one = facts_person(work, of), other = facts_person(work, atom);
		if (system->atom[atom] == 1)
			work->person[one > other ? one : other] = one < other ? one : other;
	}
}

int facts_end(struct facts_work *work, enum row_kind kind, bool apart)
{
	struct system *system = work->facts->system;
	bool approved = facts_once_more(work);
	bool contrary = work->broken || (kind == ROW_KNOWN ? work->value != 0 : work->value < 0);
	work->contrary = work->contrary || (contrary && work->terms > 0 && !work->joining); /* then sums break off where they have too many terms */
	if (approved && contrary)
		return 0; /* or the register was corrected since */
	if (work->joining) { /* a whole with one part is that part */
		if (kind == ROW_KNOWN && work->terms == 2 && work->value == 0)
			facts_join(work, work->term[0], work->term[1]);
		return 0;
	}
	if (work->terms < 2)
		return 0;
	if (system_row(system, kind, 0, work->error) == SYSTEM_NONE)
		return -1;
	for (size_t i = 0; i < work->terms; i++)
		if (system_term(system, work->atom[facts_standing(work, work->term[i])] - 1, work->sign[i], work->error) != 0)
			return -1;
	if (apart && work->parts == 0 && tables_small((double)work->value, (double)work->minimum))
		system_target(&system->row[system->rows - 1], work->value, work->minimum);
	find_persons(work, 0);
	return 0;
}

int facts_state_whole(struct facts_work *work, int (*state)(struct facts_work *work, const void *context), const void *context)
{
	size_t rows = work->facts->system->rows;
	bool before = work->contrary;
	work->contrary = false;
	int result = state(work, context);
	if (result == 0 && work->contrary && !work->whole) {
		system_take_back(work->facts->system, rows);
		work->whole = true;
		result = state(work, context);
		work->whole = false;
	}
	work->contrary = before || work->contrary;
	return result;
}

int facts_state_pair(struct facts_work *work, const struct facts_pair *pair)
{
	int64_t count = facts_count(work->tables, pair->table, pair->row, pair->measure);
	int64_t whole = facts_count(work->tables, pair->other, pair->to, pair->of);
	bool none = (count == 0 || whole == 0) && (work->parts == 0 || pair->relation == SAME); /* beside others they may have been more before the register was corrected */
	if (none || (pair->relation == SAME) != work->joining || (pair->relation == MOSTLY && count > whole))
		return 0;
	if (pair->relation == SAME) {
		if (count == whole)
			facts_join(work, facts_cell(work, pair->table, pair->row, pair->measure), facts_cell(work, pair->other, pair->to, pair->of));
		return 0;
	}
	facts_begin(work);
	return facts_term(work, pair->other, pair->to, pair->of, 1) != 0 || facts_term(work, pair->table, pair->row, pair->measure, -1) != 0 ||
		facts_end(work, ROW_HIDDEN, pair->relation != WITHIN) != 0 ? -1 : 0;
}

int facts_state_sum(struct facts_work *work, const struct facts_count *whole, const struct facts_count *part, size_t parts)
{
	facts_begin(work);
	int result = facts_term(work, whole->table, whole->row, whole->measure, 1);
	for (size_t i = 0; i < parts && result == 0; i++)
		result = facts_term(work, part[i].table, part[i].row, part[i].measure, -1);
	return result != 0 || (work->value == 0 && facts_end(work, ROW_KNOWN, false) != 0) ? -1 : 0;
}

int facts_state_set(struct facts_work *work, const struct facts_count *count, const int *sign, size_t counts, bool nobody)
{
	facts_begin(work);
	for (size_t i = 0; i < counts; i++)
		if (facts_term(work, count[i].table, count[i].row, count[i].measure, sign[i]) != 0)
			return -1;
	if (nobody ? work->value != 0 : work->value < 0)
		return 0;
	return facts_end(work, nobody ? ROW_KNOWN : ROW_HIDDEN, !nobody);
}

int facts_state_bound(struct facts_work *work, const struct facts_count *count, const int *sign, size_t counts)
{
	facts_begin(work);
	for (size_t i = 0; i < counts && !work->joining; i++)
		if (facts_term(work, count[i].table, count[i].row, count[i].measure, sign[i]) != 0)
			return -1;
	work->contrary = work->contrary || (work->value < 0 && !work->joining);
	return work->joining || work->value < 0 ? 0 : facts_end(work, ROW_HIDDEN, false);
}

int facts_state_classes(struct facts_work *work, const struct facts_count *count, const int *sign, size_t counts, const size_t *atom, size_t atoms,
	int atom_sign)
{
	struct system *system = work->facts->system;
	facts_begin(work);
	for (size_t i = 0; i < counts; i++)
		if (facts_term(work, count[i].table, count[i].row, count[i].measure, sign[i]) != 0)
			return -1;
	for (size_t i = 0; i < atoms; i++)
		work->value += atom_sign * system->atom[atom[i]];
	if (work->value < 0 || work->joining || (atoms == 0 && work->terms < 2))
		return 0;
	if (system_row(system, ROW_HIDDEN, 0, work->error) == SYSTEM_NONE)
		return -1;
	system->row[system->rows - 1].loose = true;
	for (size_t i = 0; i < work->terms; i++)
		if (system_term(system, work->atom[facts_standing(work, work->term[i])] - 1, work->sign[i], work->error) != 0)
			return -1;
	for (size_t i = 0; i < atoms; i++)
		if (system_term(system, atom[i], atom_sign, work->error) != 0)
			return -1;
	return 0;
}
