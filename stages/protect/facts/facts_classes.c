/* Classes that no table prints: see facts_inside.h. */
#include <math.h>
#include <string.h>

#include "stages/protect/facts/facts_inside.h"
#include "stages/protect/rules/found.h"

#define TOT CUBE_TOTAL
#define COUNT(array) (sizeof(array) / sizeof *(array))

/* The classes of each row of a table: their counts, then their atoms. */
struct classes {
	const struct class_fact *fact;
	const struct cube *cube;
	size_t table, count;
	int64_t *number;
	size_t *atom;
};

/* Adds a row of the support cube to the row of the table with the same codes, and to those with TOT for some of them. */
static void count_class(struct classes *classes, const struct cube *support, size_t row, size_t measure, size_t place)
{
	const struct class_fact *fact = classes->fact;
	const char *code = cube_code_of(support, row, place);
	size_t class = 0, over = 0;
	while (class < classes->count && strcmp(fact->class[class], code) != 0)
		class++;
	while (over < COUNT(fact->over) && fact->over[over] != NULL)
		over++;
	for (unsigned total = 0; total < 1U << over && class < classes->count; total++) {
		const char *key[TABLE_DIMENSIONS];
		for (size_t d = 0; d < over; d++)
			key[d] = (total >> d & 1) != 0 ? TOT : cube_code_of(support, row, facts_place(support, fact->over[d]));
		size_t at = cube_find_named(classes->cube, key);
		if (at != CUBE_NO_ROW)
			classes->number[at * classes->count + class] += (int64_t)llround(cube_cell(support, row, measure)->number);
	}
}

static int class_row(struct facts_work *work, const struct classes *classes, size_t row, unsigned set, bool printed, size_t measure)
{
	struct system *system = work->facts->system;
	if (system_row(system, printed ? ROW_KNOWN : ROW_HIDDEN, 0, work->error) == SYSTEM_NONE)
		return -1;
	int64_t value = 0;
	for (size_t class = 0; class < classes->count; class++) {
		if ((set >> class & 1) == 0)
			continue;
		value += classes->number[row * classes->count + class];
		if (system_term(system, classes->atom[row * classes->count + class], 1, work->error) != 0)
			return -1;
	}
	if (!printed && tables_small((double)value, (double)work->minimum))
		system_target(&system->row[system->rows - 1], value, work->minimum);
	if (!printed || facts_count(work->tables, classes->table, row, measure) == 0)
		return 0; /* a printed 0 is 0 in each of its classes */
	return system_term(system, work->atom[facts_standing(work, facts_cell(work, classes->table, row, measure))] - 1, -1, work->error);
}

/* The classes of a row: they are there, what they add up to, what of them is protected. */
static int state_row_classes(struct facts_work *work, struct classes *classes, size_t row)
{
	const struct class_fact *fact = classes->fact;
	for (size_t class = 0; class < classes->count; class++) {
		size_t atom = system_atom(work->facts->system, classes->number[row * classes->count + class], work->error);
		classes->atom[row * classes->count + class] = atom;
		if (atom == SYSTEM_NONE)
			return -1;
	}
	for (size_t s = 0; s < COUNT(fact->sum) && fact->sum[s].measure != NULL; s++)
		if (class_row(work, classes, row, fact->sum[s].set, true, cube_measure(classes->cube, fact->sum[s].measure)) != 0)
			return -1;
	for (size_t s = 0; s < COUNT(fact->apart) && fact->apart[s] != 0; s++)
		if (class_row(work, classes, row, fact->apart[s], false, 0) != 0)
			return -1;
	return 0;
}

static int sum_classes(struct facts_work *work, const struct classes *classes, size_t d)
{
	const struct cube *cube = classes->cube;
	struct system *system = work->facts->system;
	uint32_t key[TABLE_DIMENSIONS];
	for (size_t row = 0; row < cube->rows; row++)
		for (size_t class = 0; class < classes->count && cube_is_total(cube, row, d); class++) {
			if (system_row(system, ROW_KNOWN, 0, work->error) == SYSTEM_NONE ||
				system_term(system, classes->atom[row * classes->count + class], 1, work->error) != 0)
				return -1;
			memcpy(key, &cube->key[row * cube->table->dimensions], cube->table->dimensions * sizeof *key);
			for (uint32_t c = 0; c < cube->codes[d].count; c++) {
				key[d] = c;
				size_t part = c == cube->codes[d].total ? CUBE_NO_ROW : cube_find(cube, key);
				if (part != CUBE_NO_ROW &&
					system_term(system, classes->atom[part * classes->count + class], -1, work->error) != 0)
					return -1;
			}
		}
	return 0;
}

int facts_classes(struct facts_work *work, const struct class_fact *fact)
{
	struct classes classes = { .fact = fact, .table = facts_find(work, fact->table) };
	size_t from = facts_find(work, fact->support);
	if (classes.table == SIZE_MAX || from == SIZE_MAX || work->joining)
		return 0;
	const struct cube *support = work->tables->cube[from];
	classes.cube = work->tables->cube[classes.table];
	while (classes.count < COUNT(fact->class) && fact->class[classes.count] != NULL)
		classes.count++;
	size_t numbers = classes.cube->rows * classes.count, measure = cube_measure(support, fact->support_measure);
	classes.number = arena_take(work->tables->arena, numbers, sizeof *classes.number, work->error);
	classes.atom = arena_take(work->tables->arena, numbers, sizeof *classes.atom, work->error);
	if (classes.number == NULL || classes.atom == NULL)
		return -1;
	work->facts->class_list[work->facts->class_lists++] = (struct facts_class_list){ fact, classes.table, classes.count, classes.atom };
	for (size_t row = 0; row < support->rows; row++)
		count_class(&classes, support, row, measure, facts_place(support, fact->dimension));
	for (size_t row = 0; row < classes.cube->rows; row++)
		if (state_row_classes(work, &classes, row) != 0)
			return -1;
	for (size_t d = 0; d < COUNT(fact->over) && fact->over[d] != NULL; d++)
		if (sum_classes(work, &classes, d) != 0)
			return -1;
	return 0;
}

void facts_places(const struct facts *facts, const struct tables *tables, void (*meet)(void *context, size_t atom, size_t cell), void *context)
{
	for (size_t t = 0; t < tables->count; t++) {
		const struct found_numbers numbers = found_numbers(tables, t);
		size_t measures = tables->cube[t]->table->measures;
		for (size_t i = 0; i < tables->cube[t]->rows * measures; i++)
			if (facts->set[t][i] > 0)
				meet(context, facts->set[t][i] - 1, numbers.first + i / measures * numbers.columns + i % measures);
	}
	for (size_t f = 0; f < facts->class_lists; f++) {
		const struct facts_class_list *list = &facts->class_list[f];
		const struct found_numbers numbers = found_numbers(tables, list->table);
		size_t measures = tables->cube[list->table]->table->measures;
		for (size_t i = 0; i < tables->cube[list->table]->rows * list->count; i++)
			meet(context, list->atom[i], numbers.first + i / list->count * numbers.columns + measures + i % list->count);
	}
	size_t behind = found_numbers(tables, tables->count).first;
	for (size_t i = 0; i < facts->crossings; i++)
		meet(context, facts->crossing[i].atom, behind + i);
}
