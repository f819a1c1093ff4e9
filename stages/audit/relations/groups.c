/* Groups within groups: see groups.h. Written from docs/method.md, 4; it knows nothing of the protector. */
#include "stages/audit/relations/groups.h"

#include <stdlib.h>
#include <string.h>

#define GROUPS 64 /* that are compared */
#define FIRST_AGE 16
#define AGES ((UINT64_C(1) << 49) - 1) /* a bit a year from 16 to 64 */

/* A group of a row: whom the tables could count there. */
struct crowd {
	const struct malgrupp *rule; /* of its conditions on months */
	struct words forman;         /* with one of these in the month; none: no condition */
	bool bistand;
	unsigned active;             /* parts, a bit each, at which everybody in it is active in the month */
	int parts;                   /* at least at so many */
	bool insured;                /* and at one of them that is not the region */
	uint64_t ages;
	const char *table, *code;
};

static const char *const sick[] = { "SP", "RP", "SE", "AE" };
static const struct words all_sick = { 4, sick };
static const char *const registered[] = { "95", "96", "97", "98" }; /* at AF, but not active there */
static const struct words passive = { 4, registered };

/* Whether every word of `list` stands in `of`; with `begins` it is enough that one of `of` begins it. */
static bool all_in(struct words list, struct words of, bool begins)
{
	size_t found = 0;
	for (size_t i = 0; i < list.count; i++) {
		bool in = false;
		for (size_t k = 0; k < of.count; k++)
			in = in || (begins ? strncmp(list.word[i], of.word[k], strlen(of.word[k])) : strcmp(list.word[i], of.word[k])) == 0;
		found += in;
	}
	return found == list.count;
}

/* Whether any word of `list` stands in `of`. */
static bool any_in(struct words list, struct words of)
{
	bool any = false;
	for (size_t i = 0; i < list.count; i++)
		any = any || all_in((struct words){ 1, &list.word[i] }, of, false);
	return any;
}

/* Whether a condition `of` (or: one of a list) holds for whoever meets `list`. */
static bool met(struct words list, struct words of, bool begins)
{
	return of.count == 0 || (list.count > 0 && all_in(list, of, begins));
}

static uint64_t ages_of(int from, int to)
{
	uint64_t ages = 0;
	for (int age = FIRST_AGE; age <= 64; age++)
		ages |= age >= from && age <= to ? UINT64_C(1) << (age - FIRST_AGE) : 0;
	return ages;
}

static struct crowd crowd_of(const struct malgrupp *rule, const char *table, const char *code)
{
	struct crowd crowd = { .rule = rule, .forman = rule->fk, .active = rule->parter, .parts = rule->minst_parter, .table = table, .code = code,
		.ages = rule->age_from < 0 ? AGES : ages_of(rule->age_from, rule->age_to) };
	if (crowd.forman.count > 0 && all_in(crowd.forman, all_sick, false))
		crowd.active |= 1U << PARTI_FK;
	else if (crowd.forman.count == 0 && (crowd.active >> PARTI_FK & 1) != 0)
		crowd.forman = all_sick;
	if (rule->af.count > 0 && !any_in(rule->af, passive))
		crowd.active |= 1U << PARTI_AF;
	if (rule->kom)
		crowd.active |= 1U << PARTI_KOM;
	if (rule->reg_vardform.count > 0)
		crowd.active |= 1U << PARTI_REG;
	crowd.bistand = (crowd.active >> PARTI_KOM & 1) != 0;
	int active = 0;
	for (int part = 0; part < PARTIER; part++)
		active += (int)(crowd.active >> part & 1);
	crowd.parts = active > crowd.parts ? active : crowd.parts;
	crowd.insured = crowd.parts > 1 || (crowd.active & ~(1U << PARTI_REG)) != 0;
	return crowd;
}

/* Whether everybody in `inner` is in `outer`, as far as the conditions on their months tell. */
static bool months_follow(const struct crowd *inner, const struct crowd *outer)
{
	const struct malgrupp *a = inner->rule, *b = outer->rule;
	bool lists = met(inner->forman, outer->forman, false) && met(a->af, b->af, false) && met(a->af_ersattning, b->af_ersattning, false) &&
		met(a->kom_hinder, b->kom_hinder, false) && met(a->reg_vardform, b->reg_vardform, false) && met(a->diagnos, b->diagnos, true);
	bool parts = (outer->active & ~inner->active) == 0 && inner->parts >= outer->parts && (inner->bistand || !outer->bistand) &&
		(inner->insured || !outer->insured);
	bool lasting = a->sammanhangande_manader >= b->sammanhangande_manader;
	bool changes = b->byten == 0 || (a->byten >= b->byten && a->byten_manader <= b->byten_manader);
	return lists && parts && lasting && changes;
}

static bool follows(const struct crowd *inner, const struct crowd *outer)
{
	if (!months_follow(inner, outer))
		return false;
	if (outer->rule->inte == NULL)
		return true;
	if (inner->rule->inte == NULL) /* whom the outer one leaves out the inner one may hold */
		return false;
	const struct malgrupp *less = outer->rule->inte, *more = inner->rule->inte; /* the inner one leaves out more */
	const struct crowd one = crowd_of(less, "", ""), other = crowd_of(more, "", "");
	bool persons = (one.ages & ~other.ages) == 0 && met(less->kon, more->kon, false) && met(less->kommun, more->kommun, false);
	return persons && (more->age_from < 0 || less->age_from >= more->age_from) && follows(&one, &other);
}

/* Whether a code of kommun or kön is one that the condition admits; with TOT, whether the condition admits all that `inner` does. */
static bool admits(struct words outer, struct words inner, const char *code)
{
	struct words one = { 1, &code };
	return strcmp(code, CUBE_TOTAL) == 0 ? met(inner, outer, false) : outer.count == 0 || all_in(one, outer, false);
}

/* Whether the row's persons in `inner` are in `outer`, too. row: year, kommun, kön, age. */
static bool row_follows(const struct crowd *inner, const struct crowd *outer, const char *const row[4], uint64_t ages)
{
	return (inner->ages & ages) != 0 && (inner->ages & ages & ~outer->ages) == 0 && admits(outer->rule->kommun, inner->rule->kommun, row[1]) &&
		admits(outer->rule->kon, inner->rule->kon, row[2]) && follows(inner, outer);
}

static int part_of(struct published *published, const struct crowd *crowd, const char *const row[4], int64_t sign, struct error *error)
{
	const struct published_table *table = published_find(published, crowd->table);
	const char *of_m02[] = { row[0], crowd->code, row[1], row[2], row[3] }, *others[] = { row[0], row[1], row[2], crowd->code };
	return published_part(published, table, strcmp(crowd->table, "m02") == 0 ? of_m02 : others, cube_measure(table->cube, "personer"), sign, error);
}

/* Whether the group has a row there: without one its count is 0, of which nothing need be said. */
static bool has_row(const struct published *published, const struct crowd *crowd, const char *const row[4], size_t *at)
{
	const struct published_table *table = published_find(published, crowd->table);
	const char *of_m02[] = { row[0], crowd->code, row[1], row[2], row[3] }, *others[] = { row[0], row[1], row[2], crowd->code };
	*at = cube_find_named(table->cube, strcmp(crowd->table, "m02") == 0 ? of_m02 : others);
	return *at != CUBE_NO_ROW;
}

static int state_row(struct published *published, const struct crowd *inner, const struct crowd *outer, const char *const row[4], uint64_t ages,
	struct error *error)
{
	size_t at, other;
	if (!has_row(published, inner, row, &at) || !has_row(published, outer, row, &other) || !row_follows(inner, outer, row, ages))
		return 0;
	const struct published_table *table = published_find(published, inner->table);
	published_begin(published);
	if (part_of(published, inner, row, -1, error) != 0 || part_of(published, outer, row, 1, error) != 0)
		return -1;
	return row_follows(outer, inner, row, ages) ? published_equal(published, error)
		: published_apart(published, table, at, cube_measure(table->cube, "personer"), error);
}

/* The ages of a row of m02; false for another code. */
static bool row_ages(const struct settings *settings, const char *code, uint64_t *ages)
{
	*ages = AGES;
	for (size_t g = 0; g < settings->age_groups; g++)
		if (strcmp(settings->age_group[g].label, code) == 0) {
			*ages = ages_of(settings->age_group[g].from, settings->age_group[g].to);
			return true;
		}
	return strcmp(code, CUBE_TOTAL) == 0;
}

/* All rows in which two groups are counted: those of m02 for a målgrupp among them, else those of the outer one. */
static int state_pair(struct published *published, const struct settings *settings, const struct crowd *inner, const struct crowd *outer,
	struct error *error)
{
	bool inner_m02 = strcmp(inner->table, "m02") == 0, outer_m02 = strcmp(outer->table, "m02") == 0, any = inner_m02 || outer_m02;
	const struct cube *cube = published_find(published, any ? "m02" : outer->table)->cube;
	size_t place = any ? 1 : 3; /* of the groups */
	uint32_t code = cube_find_code(cube, place, inner_m02 ? inner->code : outer->code);
	uint64_t ages;
	for (size_t r = 0; r < cube->rows && follows(inner, outer); r++) {
		const char *key[TABLE_DIMENSIONS];
		if (cube->key[r * cube->table->dimensions + place] != code)
			continue;
		for (size_t d = 0; d < cube->table->dimensions; d++)
			key[d] = cube_code_of(cube, r, d);
		const char *const row[] = { key[0], key[any ? 2 : 1], key[any ? 3 : 2], any ? key[4] : CUBE_TOTAL };
		bool all_ages = strcmp(row[3], CUBE_TOTAL) == 0;
		if (!row_ages(settings, row[3], &ages) || (!all_ages && !(inner_m02 && outer_m02)))
			continue;
		if (state_row(published, inner, outer, row, ages, error) != 0)
			return -1;
	}
	return 0;
}

/* The groups: those with a förmån of FK or with bistånd, all who are active, and of them those not at the region alone, whose rules are put
   into `own`; and the målgrupper. */
static size_t list_crowds(const struct published *published, const struct settings *settings, struct crowd list[GROUPS], struct malgrupp own[GROUPS])
{
	static const char *const codes[] = { "SP", "RP", "SE", "AE", "OHALSA", "BISTAND", CUBE_TOTAL };
	size_t count = 0, kinds = sizeof codes / sizeof *codes;
	for (size_t c = 0; c < kinds; c++) {
		bool everybody = strcmp(codes[c], CUBE_TOTAL) == 0;
		own[c] = (struct malgrupp){ .age_from = -1, .age_to = -1, .minst_parter = everybody, .kom = strcmp(codes[c], "BISTAND") == 0 };
		if (c < all_sick.count)
			own[c].fk = (struct words){ 1, &sick[c] };
		if (strcmp(codes[c], "OHALSA") == 0)
			own[c].fk = all_sick;
		const char *table = everybody ? "m05" : "m01";
		if (published_find(published, table) != NULL)
			list[count++] = crowd_of(&own[c], table, codes[c]);
	}
	own[kinds] = (struct malgrupp){ .age_from = -1, .age_to = -1, .minst_parter = 1 };
	if (published_find(published, "m04") != NULL) {
		list[count] = crowd_of(&own[kinds], "m04", CUBE_TOTAL);
		list[count++].insured = true;
	}
	for (size_t g = 0; g < settings->malgrupp_count && count < GROUPS && published_find(published, "m02") != NULL; g++)
		list[count++] = crowd_of(&settings->malgrupp[g], "m02", settings->malgrupp[g].name);
	return count;
}

/* Counts of one row, whose sum with the signs is being found. */
struct tiling {
	const struct crowd *list;
	size_t count, whole;
	const char *const *row;
	uint64_t ages; /* of the row that are in the whole */
	size_t part[4], parts;
};

/* Whether those of the whole who are of the crowd's ages are the crowd. */
static bool is_tile(const struct tiling *tiling, size_t crowd)
{
	uint64_t ages = tiling->list[crowd].ages & tiling->ages;
	return strcmp(tiling->list[crowd].table, "m02") == 0 && crowd != tiling->whole && ages != 0 && ages != tiling->ages &&
		row_follows(&tiling->list[crowd], &tiling->list[tiling->whole], tiling->row, ages) &&
		row_follows(&tiling->list[tiling->whole], &tiling->list[crowd], tiling->row, ages);
}

static int state_tiles(struct published *published, const struct tiling *tiling, struct error *error)
{
	published_begin(published);
	if (part_of(published, &tiling->list[tiling->whole], tiling->row, 1, error) != 0)
		return -1;
	for (size_t p = 0; p < tiling->parts; p++)
		if (part_of(published, &tiling->list[tiling->part[p]], tiling->row, -1, error) != 0)
			return -1;
	return published_equal(published, error);
}

/* Adds crowds that hold the least age that is left and none that is taken, until nothing is left. */
static int tile(struct published *published, struct tiling *tiling, uint64_t left, struct error *error)
{
	if (left == 0)
		return state_tiles(published, tiling, error);
	for (size_t c = 0; c < tiling->count && tiling->parts < 4; c++) {
		uint64_t own = tiling->list[c].ages & tiling->ages;
		if ((own & ~left) != 0 || (own & left & -left) == 0 || !is_tile(tiling, c))
			continue;
		tiling->part[tiling->parts++] = c;
		int result = tile(published, tiling, left & ~own, error);
		tiling->parts--;
		if (result != 0)
			return -1;
	}
	return 0;
}

/* Groups of some ages each that are together another: within an age group of m02, and of those whom m01 and m05 count. */
static int state_tilings(struct published *published, const struct settings *settings, const struct crowd *list, size_t count, size_t whole,
	struct error *error)
{
	bool m02 = strcmp(list[whole].table, "m02") == 0;
	const struct published_table *table = published_find(published, list[whole].table);
	size_t place = m02 ? 1 : 3; /* of the groups */
	uint32_t code = cube_find_code(table->cube, place, list[whole].code);
	for (size_t r = 0; r < table->cube->rows && published_find(published, "m02") != NULL; r++) {
		const char *key[TABLE_DIMENSIONS];
		uint64_t ages = 0;
		if (table->cube->key[r * table->cube->table->dimensions + place] != code)
			continue;
		for (size_t d = 0; d < table->cube->table->dimensions; d++)
			key[d] = cube_code_of(table->cube, r, d);
		const char *const row[] = { key[0], key[m02 ? 2 : 1], key[m02 ? 3 : 2], m02 ? key[4] : CUBE_TOTAL };
		bool wanted = row_ages(settings, row[3], &ages);
		bool made = m02 && strcmp(row[3], CUBE_TOTAL) == 0; /* of its age groups */
		struct tiling tiling = { .list = list, .count = count, .whole = whole, .row = row, .ages = ages & list[whole].ages };
		if (wanted && !made && tiling.ages != 0 && tile(published, &tiling, tiling.ages, error) != 0)
			return -1;
	}
	return 0;
}

/* A group of those who changed so many times in 12 months or more, and asks for nothing else, holds whoever did in the year (m04): class by class, and all
   classes together. */
static int state_changed(struct published *published, const struct malgrupp *rule, const char *const row[3], struct error *error)
{
	const struct published_table *m02 = published_find(published, "m02"), *m04 = published_find(published, "m04");
	const char *group[] = { row[0], rule->name, row[1], row[2], CUBE_TOTAL };
	const struct cube_codes *classes = &m04->cube->codes[3];
	size_t measure = cube_measure(m04->cube, "personer"), to = cube_measure(m02->cube, "personer");
	for (size_t c = 0; c <= classes->count; c++) { /* and at last all */
		published_begin(published);
		int result = published_part(published, m02, group, to, 1, error);
		size_t part = CUBE_NO_ROW;
		for (size_t of = c == classes->count ? 0 : c; of < (c == classes->count ? c : c + 1) && result == 0; of++) {
			const char *key[] = { row[0], row[1], row[2], classes->code[of] };
			bool often = of != classes->total && atoi(key[3]) >= rule->byten && cube_find_named(m04->cube, key) != CUBE_NO_ROW;
			part = often ? cube_find_named(m04->cube, key) : part;
			result = often ? published_part(published, m04, key, measure, -1, error) : 0;
		}
		if (result == 0 && part != CUBE_NO_ROW)
			result = c == classes->count ? published_at_least(published, error) : published_apart(published, m04, part, measure, error);
		if (result != 0)
			return -1;
	}
	return 0;
}

/* Whoever is active anywhere meets its other conditions, of none. */
bool groups_by_changes(const struct malgrupp *rule)
{
	struct malgrupp rest = *rule, none = { .age_from = -1, .age_to = -1 };
	rest.byten = rest.byten_manader = 0;
	const struct crowd one = crowd_of(&rest, "", ""), other = crowd_of(&none, "", "");
	return rule->byten > 0 && rule->byten_manader >= 12 && one.ages == AGES && rule->kon.count == 0 && rule->kommun.count == 0 && rule->inte == NULL &&
		rule->sammanhangande_manader == 0 && follows(&other, &one);
}

static int state_changes(struct published *published, const struct settings *settings, struct error *error)
{
	const struct published_table *m02 = published_find(published, "m02");
	if (m02 == NULL || published_find(published, "m04") == NULL)
		return 0;
	for (size_t g = 0; g < settings->malgrupp_count; g++)
		for (size_t r = 0; r < m02->cube->rows && groups_by_changes(&settings->malgrupp[g]); r++) {
			const char *row[] = { cube_code_of(m02->cube, r, 0), cube_code_of(m02->cube, r, 2), cube_code_of(m02->cube, r, 3) };
			if (strcmp(cube_code_of(m02->cube, r, 1), settings->malgrupp[g].name) == 0 && strcmp(cube_code_of(m02->cube, r, 4), CUBE_TOTAL) == 0 &&
				state_changed(published, &settings->malgrupp[g], row, error) != 0)
				return -1;
		}
	return 0;
}

int groups_state(struct published *published, const struct settings *settings, struct error *error)
{
	struct crowd list[GROUPS];
	struct malgrupp own[GROUPS];
	size_t count = settings == NULL ? 0 : list_crowds(published, settings, list, own);
	for (size_t a = 0; a < count; a++)
		for (size_t b = 0; b < count; b++) {
			bool m04 = strcmp(list[a].table, "m04") == 0; /* within m05, and m01 by itself: relations.c */
			bool other = strcmp(list[a].table, "m02") == 0 || (!m04 && strcmp(list[a].table, list[b].table) != 0);
			if (a != b && other && state_pair(published, settings, &list[a], &list[b], error) != 0)
				return -1;
		}
	for (size_t whole = 0; whole < count; whole++)
		if (state_tilings(published, settings, list, count, whole, error) != 0)
			return -1;
	return settings == NULL ? 0 : state_changes(published, settings, error);
}
