/* The persons of a month by kommun, kön, age and combination, which no table prints: see facts_inside.h.

   m03 counts them by combination, m06 by part, kön and age: both are sums of the same classes, and what no class of a kön and age can be in tells of
   the others. Only where a kommun has few in a month do single persons matter so. */
#include <math.h>
#include <string.h>

#include "pipeline/table/settings/settings.h"
#include "stages/protect/facts/facts_inside.h"

#define TOT CUBE_TOTAL
#define COMBINATIONS (1U << PARTIER)
#define GROUPS 128 /* of kön and age */

/* A kön and age with anybody in a kommun and month, and its counts in m06. */
struct crowd {
	const char *kon, *age;
	struct facts_count count[PARTIER];
	unsigned parts; /* where it has somebody: bits */
};

/* A kommun and month. */
struct crossed {
	struct facts_work *work;
	size_t m03, m06, classes;
	const char *month, *kommun;
	size_t combination[COMBINATIONS]; /* rows of m03; CUBE_NO_ROW where there is nobody */
	struct crowd crowd[GROUPS];
	size_t crowds;
	size_t atom[GROUPS][COMBINATIONS]; /* SYSTEM_NONE where nobody can be */
};

/* The crowds of the kommun and month; false where there are too many. */
static bool find_crowds(struct crossed *crossed)
{
	const struct cube *cube = crossed->work->tables->cube[crossed->m06];
	crossed->crowds = 0;
	for (size_t kon = 0; kon < cube->codes[2].count; kon++)
		for (size_t age = 0; age < cube->codes[3].count; age++) {
			struct crowd crowd = { .kon = cube->codes[2].code[kon], .age = cube->codes[3].code[age] };
			for (int part = 0; part < PARTIER; part++) {
				const char *codes[] = { crossed->month, crossed->kommun, crowd.kon, crowd.age, parti_names[part] };
				size_t row = cube_find_named(cube, codes);
				crowd.count[part] = (struct facts_count){ crossed->m06, row, 0 };
				crowd.parts |= row != CUBE_NO_ROW && facts_count(crossed->work->tables, crossed->m06, row, 0) > 0 ? 1U << part : 0;
			}
			if (kon == cube->codes[2].total || age == cube->codes[3].total || crowd.parts == 0)
				continue;
			if (crossed->crowds == GROUPS)
				return false;
			crossed->crowd[crossed->crowds++] = crowd;
		}
	return true;
}

static void find_combinations(struct crossed *crossed)
{
	const struct cube *cube = crossed->work->tables->cube[crossed->m03];
	for (unsigned parts = 0; parts < COMBINATIONS; parts++)
		crossed->combination[parts] = CUBE_NO_ROW;
	for (size_t c = 0; c < cube->codes[2].count; c++) {
		const char *codes[] = { crossed->month, crossed->kommun, cube->codes[2].code[c] };
		size_t row = c == cube->codes[2].total ? CUBE_NO_ROW : cube_find_named(cube, codes);
		if (row != CUBE_NO_ROW && facts_count(crossed->work->tables, crossed->m03, row, 0) > 0)
			crossed->combination[parti_set(codes[2])] = row;
	}
}

/* The class of a crowd in a combination: its atom, which stands in m06 where the crowd's first part of them does. */
static int add_class(struct crossed *crossed, size_t number, unsigned parts)
{
	struct facts *facts = crossed->work->facts;
	const struct tables *tables = crossed->work->tables;
	const struct crowd *crowd = &crossed->crowd[number];
	const struct cube *m03 = tables->cube[crossed->m03];
	const char *combination = cube_code_of(m03, crossed->combination[parts], 2);
	const char *codes[] = { crossed->month, crossed->kommun, crowd->kon, crowd->age, combination };
	size_t row = cube_find_named(tables->cube[crossed->classes], codes);
	int64_t count = row == CUBE_NO_ROW ? 0 : (int64_t)llround(cube_cell(tables->cube[crossed->classes], row, 0)->number);
	size_t atom = system_atom(facts->system, count, crossed->work->error);
	struct facts_crossing *list = arena_grow(tables->arena, facts->crossing, facts->crossings, facts->crossings + 1, &facts->crossing_room, sizeof *list,
		crossed->work->error);
	if (atom == SYSTEM_NONE || list == NULL)
		return -1;
	int first = 0;
	while ((parts >> first & 1) == 0)
		first++;
	facts->crossing = list;
	list[facts->crossings++] = (struct facts_crossing){ atom, crossed->m06, crowd->count[first].row, "kombination", combination };
	crossed->atom[number][parts] = atom;
	return 0;
}

static int add_classes(struct crossed *crossed)
{
	for (size_t i = 0; i < crossed->crowds; i++)
		for (unsigned parts = 0; parts < COMBINATIONS; parts++) {
			crossed->atom[i][parts] = SYSTEM_NONE;
			if (crossed->combination[parts] != CUBE_NO_ROW && (parts & ~crossed->crowd[i].parts) == 0 && add_class(crossed, i, parts) != 0)
				return -1;
		}
	return 0;
}

static int begin_sum(struct crossed *crossed, const struct facts_count *count)
{
	struct facts_work *work = crossed->work;
	struct system *system = work->facts->system;
	size_t cell = facts_standing(work, facts_cell(work, count->table, count->row, count->measure));
	return system_row(system, ROW_KNOWN, 0, work->error) == SYSTEM_NONE ? -1 : system_term(system, work->atom[cell] - 1, -1, work->error);
}

static int add_to_sum(struct crossed *crossed, size_t crowd, unsigned parts)
{
	size_t atom = crossed->atom[crowd][parts];
	return atom == SYSTEM_NONE ? 0 : system_term(crossed->work->facts->system, atom, 1, crossed->work->error);
}

/* Each count of both tables is the sum of its classes. */
static int state_sums(struct crossed *crossed)
{
	for (unsigned parts = 0; parts < COMBINATIONS; parts++) {
		const struct facts_count count = { crossed->m03, crossed->combination[parts], 0 };
		int result = count.row == CUBE_NO_ROW ? 0 : begin_sum(crossed, &count);
		for (size_t i = 0; i < crossed->crowds && result == 0; i++)
			result = add_to_sum(crossed, i, parts);
		if (result != 0)
			return -1;
	}
	for (size_t i = 0; i < crossed->crowds; i++)
		for (int part = 0; part < PARTIER; part++) {
			bool there = (crossed->crowd[i].parts >> part & 1) != 0;
			int result = there ? begin_sum(crossed, &crossed->crowd[i].count[part]) : 0;
			for (unsigned parts = 0; parts < COMBINATIONS && result == 0; parts++)
				result = there && (parts >> part & 1) != 0 ? add_to_sum(crossed, i, parts) : 0;
			if (result != 0)
				return -1;
		}
	return 0;
}

int facts_crossed(struct facts_work *work)
{
	struct crossed crossed = { .work = work, .m03 = facts_find(work, "m03_samtidighet"), .m06 = facts_find(work, "m06_manad"),
		.classes = facts_find(work, "manad_atomer") };
	if (work->joining || crossed.m03 == SIZE_MAX || crossed.m06 == SIZE_MAX || crossed.classes == SIZE_MAX)
		return 0;
	const struct cube *m03 = work->tables->cube[crossed.m03];
	work->crossed = arena_take(work->tables->arena, m03->rows, sizeof *work->crossed, work->error);
	if (work->crossed == NULL)
		return -1;
	for (size_t row = 0; row < m03->rows; row++) {
		int64_t persons = facts_count(work->tables, crossed.m03, row, 0);
		if (!cube_is_total(m03, row, 2) || cube_is_total(m03, row, 1) || persons < 1 || persons > FACTS_CROSSED_MOST)
			continue;
		crossed.month = cube_code_of(m03, row, 0);
		crossed.kommun = cube_code_of(m03, row, 1);
		find_combinations(&crossed);
		work->crossed[row].from = work->facts->crossings;
		if (find_crowds(&crossed) && (add_classes(&crossed) != 0 || state_sums(&crossed) != 0))
			return -1;
		work->crossed[row].to = work->facts->crossings;
	}
	return 0;
}
