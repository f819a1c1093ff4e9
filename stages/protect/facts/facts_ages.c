/* The persons of a year by kommun, kön and age, which no table prints: see facts_inside.h.

   m01, m04 and m05 count them by kommun and kön, m06 and the målgrupper of m02 by age, too. Nobody is of two ages: so a year has no fewer than the most
   that a month, or a målgrupp, has of each age, together. Only where few are counted do single persons matter so. */
#include <string.h>

#include "pipeline/table/settings/settings.h"
#include "stages/protect/asked.h"
#include "stages/protect/engine/most.h"
#include "stages/protect/facts/facts_inside.h"

#define TOT CUBE_TOTAL
#define AGES 128
#define TERMS_MOST (1U << PARTIER)

/* Some of an age: atoms that are added up. */
struct some {
	size_t atom[TERMS_MOST];
	size_t count;
};

/* A count of a year, and the tables that tell of its ages. */
struct whole {
	struct facts_work *work;
	struct facts_count count;
	unsigned any; /* whoever is active at one of these parts in a month is counted: bits */
	const char *ar, *kommun, *kon;
	size_t m02, m03, m06;
	int64_t persons;   /* the most of an age that are counted anywhere, … */
	struct some most;  /* … and where */
	size_t atom[AGES * TERMS_MOST], atoms; /* of all ages */
};

/* What is done with what is counted of an age. */
typedef int (*meet_some)(struct whole *whole, const struct some *some);

static int find_most(struct whole *whole, const struct some *some)
{
	int64_t persons = 0;
	for (size_t i = 0; i < some->count; i++)
		persons += whole->work->facts->system->atom[some->atom[i]];
	if (persons > whole->persons) {
		whole->persons = persons;
		whole->most = *some;
	}
	return 0;
}

/* Those are of the age. */
static int state_within(struct whole *whole, const struct some *some)
{
	struct system *system = whole->work->facts->system;
	int result = most_item(system, whole->work->error);
	for (size_t i = 0; i < some->count && result == 0; i++)
		result = most_term(system, some->atom[i], whole->work->error);
	return result;
}

/* Meets what a row of a table counts, where there is anybody. */
static int meet_row(struct whole *whole, size_t table, const char *const *codes, meet_some meet)
{
	const struct facts_work *work = whole->work;
	const struct cube *cube = work->tables->cube[table];
	size_t row = cube_find_named(cube, codes), measure = cube_measure(cube, "personer");
	if (row == CUBE_NO_ROW || facts_count(work->tables, table, row, measure) == 0)
		return 0;
	const struct some some = { { work->atom[facts_standing(work, facts_cell(work, table, row, measure))] - 1 }, 1 };
	return meet(whole, &some);
}

/* Those of a month by combinations, where these are told apart. */
static int meet_classes(struct whole *whole, const char *month, const char *age, meet_some meet)
{
	const struct facts_work *work = whole->work;
	const char *codes[] = { month, whole->kommun, TOT };
	size_t row = whole->m03 == SIZE_MAX ? CUBE_NO_ROW : cube_find_named(work->tables->cube[whole->m03], codes);
	struct some some = { .count = 0 };
	for (size_t i = row == CUBE_NO_ROW ? 0 : work->crossed[row].from; row != CUBE_NO_ROW && i < work->crossed[row].to; i++) {
		const struct facts_crossing *crossing = &work->facts->crossing[i];
		const struct cube *m06 = work->tables->cube[crossing->table];
		if (strcmp(whole->kon, cube_code_of(m06, crossing->row, 2)) == 0 && strcmp(age, cube_code_of(m06, crossing->row, 3)) == 0 &&
			(parti_set(crossing->code) & whole->any) != 0)
			some.atom[some.count++] = crossing->atom;
	}
	return some.count == 0 ? 0 : meet(whole, &some);
}

/* Whether whoever is in the målgrupp is active at one of the parts in some month of the year. */
static bool holds_group(const struct whole *whole, const struct malgrupp *rule)
{
	return (asked_parts(rule) & whole->any) != 0 || rule->minst_parter > PARTIER - __builtin_popcount(whole->any);
}

/* Meets all that is counted of an age. */
static int meet_age(struct whole *whole, const char *age, meet_some meet)
{
	const struct tables *tables = whole->work->tables;
	const struct cube_codes *months = &tables->cube[whole->m06]->codes[0];
	for (size_t m = 0; m < months->count; m++) {
		if (strncmp(months->code[m], whole->ar, 4) != 0)
			continue;
		for (int part = 0; part < PARTIER; part++) {
			const char *codes[] = { months->code[m], whole->kommun, whole->kon, age, parti_names[part] };
			if ((whole->any >> part & 1) != 0 && meet_row(whole, whole->m06, codes, meet) != 0)
				return -1;
		}
		if ((whole->any & (whole->any - 1)) != 0 && meet_classes(whole, months->code[m], age, meet) != 0)
			return -1;
	}
	for (size_t g = 0; whole->m02 != SIZE_MAX && g < tables->settings->malgrupp_count; g++) {
		const char *codes[] = { whole->ar, tables->settings->malgrupp[g].name, whole->kommun, whole->kon, age };
		if (holds_group(whole, &tables->settings->malgrupp[g]) && meet_row(whole, whole->m02, codes, meet) != 0)
			return -1;
	}
	return 0;
}

/* An age of the whole: at least as many as are counted of it anywhere. */
static int add_age(struct whole *whole, const char *age)
{
	struct facts *facts = whole->work->facts;
	struct error *error = whole->work->error;
	struct facts_crossing *list = arena_grow(whole->work->tables->arena, facts->age, facts->ages, facts->ages + 1, &facts->age_room, sizeof *list, error);
	if (list == NULL)
		return -1;
	facts->age = list;
	list[facts->ages++] = (struct facts_crossing){ SYSTEM_NONE, whole->count.table, whole->count.row, "aldersgrupp", age };
	return most_group(facts->system, error) != 0 ? -1 : meet_age(whole, age, state_within);
}

/* The ages, and that the whole has no fewer; as a row of the system what are the most now, so that windows reach from one to the other. */
static int state_whole(struct whole *whole)
{
	const struct cube_codes *age = &whole->work->tables->cube[whole->m06]->codes[3];
	bool any[AGES] = { false };
	const int sign = 1;
	int64_t all = 0;
	whole->atoms = 0;
	for (size_t a = 0; a < age->count && a < AGES; a++) {
		whole->persons = 0;
		if (a != age->total && meet_age(whole, age->code[a], find_most) != 0)
			return -1;
		any[a] = whole->persons > 0;
		all += whole->persons;
		for (size_t i = 0; any[a] && i < whole->most.count; i++)
			whole->atom[whole->atoms++] = whole->most.atom[i];
	}
	const struct facts_count *count = &whole->count;
	if (whole->atoms == 0 || all > facts_count(whole->work->tables, count->table, count->row, count->measure))
		return 0;
	size_t cell = facts_standing(whole->work, facts_cell(whole->work, count->table, count->row, count->measure));
	if (most_whole(whole->work->facts->system, whole->work->atom[cell] - 1, 1, whole->work->error) != 0)
		return -1;
	for (size_t a = 0; a < age->count && a < AGES; a++)
		if (any[a] && add_age(whole, age->code[a]) != 0)
			return -1;
	return facts_state_classes(whole->work, count, &sign, 1, whole->atom, whole->atoms, -1);
}

/* The parts at one of which whoever is active in a month is counted by a row; 0: it is none of these. */
static unsigned parts_of(const struct cube *cube, size_t row)
{
	const char *name = cube->table->name, *last = cube_code_of(cube, row, cube->table->dimensions - 1);
	if (strncmp(name, "m01", 3) == 0)
		return (strcmp(last, "BISTAND") == 0 || strcmp(last, TOT) == 0 ? 1U << PARTI_KOM : 0) |
			(strcmp(last, "OHALSA") == 0 || strcmp(last, TOT) == 0 ? 1U << PARTI_FK : 0);
	unsigned paid = 1U << PARTI_AF | 1U << PARTI_FK | 1U << PARTI_KOM;
	return strcmp(last, TOT) != 0 ? 0 : strncmp(name, "m04", 3) == 0 ? paid : paid | 1U << PARTI_REG;
}

int facts_ages(struct facts_work *work)
{
	static const char *const tables[] = { "m01_forsorjningsmatt", "m04_rundgang", "m05_tid_i_forsorjning" };
	struct whole whole = { .work = work, .m02 = facts_find(work, "m02_malgrupp"), .m03 = facts_find(work, "m03_samtidighet"),
		.m06 = facts_find(work, "m06_manad") };
	whole.m03 = work->crossed == NULL ? SIZE_MAX : whole.m03;
	for (size_t t = 0; t < sizeof tables / sizeof *tables && !work->joining && work->tables->settings != NULL && whole.m06 != SIZE_MAX; t++) {
		size_t table = facts_find(work, tables[t]);
		const struct cube *cube = table == SIZE_MAX ? NULL : work->tables->cube[table];
		for (size_t row = 0; cube != NULL && row < cube->rows; row++) {
			whole.count = (struct facts_count){ table, row, cube_measure(cube, "personer") };
			whole.any = parts_of(cube, row);
			int64_t persons = facts_count(work->tables, table, row, whole.count.measure);
			if (whole.any == 0 || cube_is_total(cube, row, 1) || cube_is_total(cube, row, 2) || persons < 1)
				continue;
			whole.ar = cube_code_of(cube, row, 0);
			whole.kommun = cube_code_of(cube, row, 1);
			whole.kon = cube_code_of(cube, row, 2);
			if (state_whole(&whole) != 0)
				return -1;
		}
	}
	return 0;
}
