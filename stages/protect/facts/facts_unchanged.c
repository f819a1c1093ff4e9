/* Who never changed in a year (m04, byten 0), by the parts at which they were: see facts_inside.h.

   A set of AF, FK and KOM that is the same in two months is the same in all, and is not nobody's: so who never changed is in every month of the year among
   those at just these of the three, and of each set no more never changed than its least month has. By kön where the classes of the months are told
   (facts_crossed.c); where one month's are not, of all kön together, by m03. */
#include <string.h>

#include "pipeline/table/settings/settings.h"
#include "stages/protect/engine/most.h"
#include "stages/protect/facts/facts_year.h"

#define TOT CUBE_TOTAL
#define SUPPORT (AT_AF | AT_FK | AT_KOM)
#define SET_ATOMS 1024

/* A year, kommun and kön, and its months. */
struct unchanged {
	struct facts_work *work;
	struct facts_year year;
	size_t m03;
	int64_t least;                  /* of the sets so far: the persons of their least months, … */
	size_t atom[SET_ATOMS], atoms;  /* … and their atoms */
};

/* Atoms of a month's persons at a set. */
struct month_set {
	size_t atom[SET_ATOMS], atoms;
	int64_t persons;
};

static size_t month_row(const struct unchanged *of, int month, const char *combination)
{
	return cube_find_named(of->work->tables->cube[of->m03], (const char *const[]){ of->year.month[month], of->year.kommun, combination });
}

/* Whether the classes of every month are told; where nobody is in a month they are. */
static bool is_told(const struct unchanged *of)
{
	bool told = of->work->crossed != NULL;
	for (int month = 0; month < of->year.months && told; month++) {
		size_t row = month_row(of, month, TOT);
		told = row == CUBE_NO_ROW || facts_count(of->work->tables, of->m03, row, 0) == 0 || of->work->crossed[row].from < of->work->crossed[row].to;
	}
	return told;
}

static void add_atom(const struct unchanged *of, struct month_set *set, size_t atom)
{
	if (set->atoms < SET_ATOMS)
		set->atom[set->atoms++] = atom;
	set->persons += of->work->facts->system->atom[atom];
}

/* Finds those of a month at just these of the three parts, by classes or by m03. */
static void find_set(const struct unchanged *of, int month, unsigned parts, struct month_set *set)
{
	const struct facts_work *work = of->work;
	const struct cube_codes *combination = &work->tables->cube[of->m03]->codes[2];
	size_t margin = month_row(of, month, TOT);
	bool all = strcmp(of->year.kon, TOT) == 0;
	set->atoms = 0;
	set->persons = 0;
	for (size_t c = 0; all && c < combination->count; c++) {
		size_t row = c == combination->total || (parti_set(combination->code[c]) & SUPPORT) != parts ? CUBE_NO_ROW : month_row(of, month, combination->code[c]);
		if (row != CUBE_NO_ROW && facts_count(work->tables, of->m03, row, 0) > 0)
			add_atom(of, set, work->atom[facts_standing(work, facts_cell(work, of->m03, row, 0))] - 1);
	}
	for (size_t i = all || margin == CUBE_NO_ROW ? 0 : work->crossed[margin].from; !all && margin != CUBE_NO_ROW && i < work->crossed[margin].to; i++) {
		const struct facts_crossing *crossing = &work->facts->crossing[i];
		const char *kon = cube_code_of(work->tables->cube[crossing->table], crossing->row, 2);
		if (strcmp(kon, of->year.kon) == 0 && (parti_set(crossing->code) & SUPPORT) == parts)
			add_atom(of, set, crossing->atom);
	}
}

/* Those of a set in its least month; false where nobody can be of it in some month. */
static bool find_least(const struct unchanged *of, unsigned parts, struct month_set *least)
{
	for (int month = 0; month < of->year.months; month++) {
		struct month_set set;
		find_set(of, month, parts, &set);
		if (set.atoms == 0 || set.atoms == SET_ATOMS)
			return false;
		if (month == 0 || set.persons < least->persons)
			*least = set;
	}
	return true;
}

static const char *name_of(unsigned parts)
{
	static const char *const name[] = { "", "AF", "FK", "AF+FK", "KOM", "AF+KOM", "FK+KOM", "AF+FK+KOM" };
	size_t i = 0;
	while (parti_set(name[i]) != parts)
		i++;
	return name[i];
}

/* A group of the whole: the set in each month. */
static int state_set(const struct unchanged *of, unsigned parts)
{
	struct facts *facts = of->work->facts;
	struct error *error = of->work->error;
	struct facts_crossing *list = arena_grow(of->work->tables->arena, facts->age, facts->ages, facts->ages + 1, &facts->age_room, sizeof *list, error);
	int result = list == NULL ? -1 : most_group(facts->system, error);
	if (result != 0)
		return -1;
	facts->age = list;
	list[facts->ages++] = (struct facts_crossing){ SYSTEM_NONE, of->year.count.table, of->year.count.row, "kombination", name_of(parts) };
	for (int month = 0; month < of->year.months && result == 0; month++) {
		struct month_set set;
		find_set(of, month, parts, &set);
		result = most_item(facts->system, error);
		for (size_t i = 0; i < set.atoms && result == 0; i++)
			result = most_term(facts->system, set.atom[i], error);
	}
	return result;
}

/* All sets; as a row of the system what are the least now, so that windows reach from one to the other. */
static int state_row(struct unchanged *of)
{
	const struct facts_count *count = &of->year.count;
	bool stated[FACTS_COMBINATIONS] = { false };
	const int sign = -1;
	of->least = 0;
	of->atoms = 0;
	for (unsigned parts = 1; parts < FACTS_COMBINATIONS; parts++) {
		struct month_set least = { .atoms = 0 };
		if ((parts & ~SUPPORT) != 0 || !find_least(of, parts, &least) || of->atoms + least.atoms > SET_ATOMS)
			continue;
		stated[parts] = true;
		of->least += least.persons;
		for (size_t i = 0; i < least.atoms; i++)
			of->atom[of->atoms++] = least.atom[i];
	}
	if (of->atoms == 0 || facts_count(of->work->tables, count->table, count->row, count->measure) > of->least)
		return 0;
	size_t cell = facts_standing(of->work, facts_cell(of->work, count->table, count->row, count->measure));
	if (most_whole(of->work->facts->system, of->work->atom[cell] - 1, -1, of->work->error) != 0)
		return -1;
	for (unsigned parts = 1; parts < FACTS_COMBINATIONS; parts++)
		if (stated[parts] && state_set(of, parts) != 0)
			return -1;
	return facts_state_classes(of->work, count, &sign, 1, of->atom, of->atoms, 1);
}

int facts_unchanged(struct facts_work *work)
{
	size_t m04 = facts_find(work, "m04_rundgang");
	const struct cube *cube = m04 == SIZE_MAX ? NULL : work->tables->cube[m04];
	struct unchanged of = { .work = work, .m03 = facts_find(work, "m03_samtidighet") };
	for (size_t row = 0; cube != NULL && row < cube->rows && !work->joining && of.m03 != SIZE_MAX; row++) {
		of.year = (struct facts_year){ .count = { m04, row, cube_measure(cube, "personer") }, .ar = cube_code_of(cube, row, 0), .kommun = cube_code_of(cube, row, 1),
			.kon = cube_code_of(cube, row, 2), .age = TOT };
		if (cube_is_total(cube, row, 1) || strcmp(cube_code_of(cube, row, 3), "0") != 0 || facts_count(work->tables, m04, row, of.year.count.measure) < 1)
			continue;
		facts_list_months(work, &of.year, of.m03);
		if (of.year.months > 0 && is_told(&of) != cube_is_total(cube, row, 2) && state_row(&of) != 0)
			return -1;
	}
	return 0;
}
