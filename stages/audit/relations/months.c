/* Months and the year that holds them: see months.h. Written from docs/method.md, 4; it knows nothing of the protector. */
#include "stages/audit/relations/months.h"

#include <stdlib.h>
#include <string.h>

#include "pipeline/table/settings/settings.h"
#include "stages/audit/relations/crossed.h"

#define TOT CUBE_TOTAL
#define AF (1U << PARTI_AF)
#define FK (1U << PARTI_FK)
#define KOM (1U << PARTI_KOM)
#define REG (1U << PARTI_REG)
#define MOST_MONTHS 12

/* Who is counted in a year: whoever meets this in some month of it, if `all`; else some of them. */
struct yearly {
	unsigned active; /* parts at all of which they are active */
	unsigned any;    /* and at one of these */
	int parts;       /* and at so many */
	bool all;
	int age_from, age_to;
	const struct words *kon, *kommun; /* of these alone; NULL or empty: of all */
};

/* A row of a yearly table, and the months of its year. */
struct place {
	const struct published_table *table;
	size_t row, measure;
	const char *kommun, *kon, *age;
	int age_from, age_to;
	const char *month[MOST_MONTHS];
	size_t months;
};

static bool meets(const struct yearly *yearly, unsigned parts)
{
	return (yearly->active & ~parts) == 0 && (yearly->any == 0 || (yearly->any & parts) != 0) && __builtin_popcount(parts) >= yearly->parts;
}

static bool lets_in(const struct words *words, const char *code)
{
	bool in = words == NULL || words->count == 0;
	for (size_t w = 0; !in && w < words->count; w++)
		in = strcmp(words->word[w], code) == 0;
	return in;
}

/* Whether whoever of the place meets it in a month is counted in the year. */
static bool counts_whoever(const struct yearly *yearly, const struct place *place)
{
	bool ages = yearly->age_from < 0 || (yearly->age_from <= place->age_from && yearly->age_to >= place->age_to);
	return yearly->all && ages && lets_in(yearly->kon, place->kon) && lets_in(yearly->kommun, place->kommun);
}

/* Adds the persons of a month who meet it, by combinations (m03); false where m03 is not of them. */
static int add_combinations(struct published *published, const struct yearly *yearly, const struct place *place, const char *month, int64_t sign,
	struct error *error)
{
	const struct published_table *m03 = published_find(published, "m03");
	int result = 0;
	for (uint32_t c = 0; c < m03->cube->codes[2].count && result == 0; c++) {
		const char *code = m03->cube->codes[2].code[c], *key[] = { month, place->kommun, code };
		if (strcmp(code, TOT) != 0 && meets(yearly, parti_set(code)))
			result = published_part(published, m03, key, 0, sign, error);
	}
	return result;
}

/* Those of a month who are active at one of the parts, with those at several as often (m06). */
static int add_parts(struct published *published, unsigned parts, const struct place *place, const char *month, int64_t sign, struct error *error)
{
	int result = 0;
	for (int part = 0; part < PARTIER && result == 0; part++) {
		const char *key[] = { month, place->kommun, place->kon, place->age, parti_names[part] };
		if ((parts >> part & 1) != 0)
			result = published_part(published, published_find(published, "m06"), key, 0, sign, error);
	}
	return result;
}

/* At least 0, where the figures before protection do not say the contrary: what a person is in a month and in a year is read from other records. */
static int state(struct published *published, struct error *error)
{
	return published->sum.truth < 0 && !published->sum.secret ? 0 : published_at_least(published, error);
}

static bool has_combinations(const struct published *published, const struct place *place)
{
	const struct published_table *m03 = published_find(published, "m03");
	const char *margin[] = { place->month[0], TOT, TOT };
	size_t row = m03 == NULL ? CUBE_NO_ROW : cube_find_named(m03->cube, margin);
	return row != CUBE_NO_ROW && cube_cell(m03->cube, row, 0)->status != CELL_MISSING && strcmp(place->kon, TOT) == 0 && strcmp(place->age, TOT) == 0;
}

static int begin(struct published *published, const struct place *place, int64_t sign, struct error *error)
{
	published_begin(published);
	return published_row(published, place->table, place->row, place->measure, sign, error);
}

/* A count of a month is within the year's; who is in the year alone is a set of persons, too. */
static int state_apart(struct published *published, const struct place *place, const char *name, const char *const *key, struct error *error)
{
	const struct published_table *table = published_find(published, name);
	size_t row = cube_find_named(table->cube, key);
	if (begin(published, place, 1, error) != 0 || published_part(published, table, key, 0, -1, error) != 0)
		return -1;
	if (row == CUBE_NO_ROW || (published->sum.truth < 0 && !published->sum.secret))
		return state(published, error);
	return published_apart(published, table, row, 0, error);
}

static bool is_wanted(const void *context, unsigned parts)
{
	return meets(context, parts);
}

/* Of a kön or age: the row, less another where there is one, is at least (side −1: at most) those who meet it of the months from `from` to before `to`, by
   classes of a month's persons, where these are told apart in each. */
static int state_crossed(struct published *published, const struct yearly *yearly, const struct place *place, const char *const *less, size_t from, size_t to,
	int side, struct error *error)
{
	bool told = strcmp(place->kon, TOT) != 0 || strcmp(place->age, TOT) != 0;
	int result = begin(published, place, side, error);
	if (result == 0 && less != NULL)
		result = published_part(published, place->table, less, place->measure, -side, error);
	for (size_t m = from; m < to && result == 0 && told; m++) {
		const char *key[] = { place->month[m], place->kommun, place->kon, place->age };
		result = crossed_add(published, key, is_wanted, yearly, -side, &told, error);
	}
	return result != 0 || !told ? result : state(published, error);
}

/* Who meets it in one month is counted in the year. */
static int state_within(struct published *published, const struct yearly *yearly, const struct place *place, struct error *error)
{
	unsigned one = yearly->active != 0 ? yearly->active : yearly->any;
	bool single = yearly->active != 0 ? __builtin_popcount(yearly->active) == 1 && yearly->parts <= 1 && yearly->any == 0 : yearly->parts <= 1;
	if (!counts_whoever(yearly, place))
		return 0;
	for (size_t m = 0; m < place->months; m++) {
		if (has_combinations(published, place) && (begin(published, place, 1, error) != 0 ||
			add_combinations(published, yearly, place, place->month[m], -1, error) != 0 || state(published, error) != 0))
			return -1;
		for (int part = 0; part < PARTIER && single && published_find(published, "m06") != NULL; part++) {
			const char *key[] = { place->month[m], place->kommun, place->kon, place->age, parti_names[part] };
			if ((one >> part & 1) != 0 && state_apart(published, place, "m06", key, error) != 0)
				return -1;
		}
		const char *margin[] = { place->month[m], place->kommun, TOT };
		if (yearly->any == (AF | FK | KOM | REG) && has_combinations(published, place) && state_apart(published, place, "m03", margin, error) != 0)
			return -1;
		if (state_crossed(published, yearly, place, NULL, m, m + 1, 1, error) != 0)
			return -1;
	}
	return 0;
}

/* Whether the row is of all who are paid (m01), some of them by AF in months that are not told. */
static bool is_all_paid(const struct place *place)
{
	return strncmp(place->table->cube->table->name, "m01", 3) == 0 && cube_is_total(place->table->cube, place->row, 3);
}

static int begin_covered(struct published *published, const struct place *place, struct error *error)
{
	const char *arbmark[] = { cube_code_of(place->table->cube, place->row, 0), place->kommun, place->kon, "ARBMARK" };
	int result = begin(published, place, -1, error);
	return result != 0 || !is_all_paid(place) ? result : published_part(published, place->table, arbmark, place->measure, 1, error);
}

/* Whoever is counted in the year meets it in some month. */
static int state_covered(struct published *published, const struct yearly *yearly, const struct place *place, struct error *error)
{
	if (has_combinations(published, place)) {
		int result = begin_covered(published, place, error);
		for (size_t m = 0; m < place->months && result == 0; m++)
			result = add_combinations(published, yearly, place, place->month[m], 1, error);
		if (result != 0 || state(published, error) != 0)
			return -1;
	}
	for (int part = -1; part < PARTIER && published_find(published, "m06") != NULL; part++) {
		unsigned parts = part < 0 ? yearly->any : yearly->active & 1U << part;
		int result = parts == 0 ? 0 : begin_covered(published, place, error);
		for (size_t m = 0; m < place->months && parts != 0 && result == 0; m++)
			result = add_parts(published, parts, place, place->month[m], 1, error);
		if (result != 0 || (parts != 0 && state(published, error) != 0))
			return -1;
	}
	const char *arbmark[] = { cube_code_of(place->table->cube, place->row, 0), place->kommun, place->kon, "ARBMARK" };
	return state_crossed(published, yearly, place, is_all_paid(place) ? arbmark : NULL, 0, place->months, -1, error);
}

static bool find_months(const struct published *published, const char *year, struct place *place)
{
	const struct published_table *table = published_find(published, "m06");
	if (table == NULL)
		table = published_find(published, "m03");
	place->months = 0;
	for (uint32_t c = 0; table != NULL && c < table->cube->codes[0].count; c++) /* codes are in order */
		if (strncmp(table->cube->codes[0].code[c], year, 4) == 0 && place->months < MOST_MONTHS)
			place->month[place->months++] = table->cube->codes[0].code[c];
	return place->months > 0;
}

/* The ages of a code of m02; false where it is none of the settings. */
static bool find_ages(const struct settings *settings, const char *age, struct place *place)
{
	place->age_from = 16;
	place->age_to = 64;
	for (size_t g = 0; g < settings->age_groups; g++)
		if (strcmp(settings->age_group[g].label, age) == 0) {
			place->age_from = settings->age_group[g].from < 16 ? 16 : settings->age_group[g].from;
			place->age_to = settings->age_group[g].to > 64 ? 64 : settings->age_group[g].to;
			return true;
		}
	return strcmp(age, TOT) == 0;
}

/* The row of a yearly table with these codes at `at`: ar, kommun, kon and, of m02, aldersgrupp. */
static bool find_place(const struct published *published, const struct settings *settings, const struct published_table *table, size_t row,
	struct place *place)
{
	const struct cube *cube = table->cube;
	bool groups = strncmp(cube->table->name, "m02", 3) == 0;
	size_t shift = groups ? 1 : 0;
	*place = (struct place){ .table = table, .row = row, .measure = cube_measure(cube, "personer"), .kommun = cube_code_of(cube, row, 1 + shift),
		.kon = cube_code_of(cube, row, 2 + shift), .age = groups ? cube_code_of(cube, row, 4) : TOT };
	return find_ages(settings, place->age, place) && find_months(published, cube_code_of(cube, row, 0), place);
}

unsigned months_parts(const struct malgrupp *rule)
{
	bool sick = rule->fk.count > 0;
	for (size_t w = 0; w < rule->fk.count; w++)
		sick = sick && strcmp(rule->fk.word[w], "AA") != 0;
	return rule->parter | (rule->kom ? KOM : 0) | (sick ? FK : 0);
}

/* Whether its förmåner of FK are those with which one is active there, all of them and no other. */
static bool any_sick(const struct malgrupp *rule)
{
	static const char *const sickness[] = { "SP", "RP", "SE", "AE" };
	bool all = (months_parts(rule) & FK) != 0 && rule->fk.count > 0;
	for (size_t f = 0; f < sizeof sickness / sizeof *sickness; f++)
		all = all && lets_in(&rule->fk, sickness[f]);
	return all && !lets_in(&rule->fk, "AA");
}

bool months_say_all(const struct malgrupp *rule)
{
	return (rule->fk.count == 0 || any_sick(rule)) && rule->af.count == 0 && rule->af_ersattning.count == 0 && rule->kom_hinder.count == 0 &&
		rule->reg_vardform.count == 0 && rule->diagnos.count == 0 && rule->sammanhangande_manader == 0 && rule->byten == 0 && rule->inte == NULL;
}

bool months_let_in(const struct malgrupp *rule, const char *kommun, const char *kon)
{
	return lets_in(&rule->kommun, kommun) && lets_in(&rule->kon, kon);
}

/* Whom a målgrupp counts; false where months say nothing of them. */
static bool find_group(const struct settings *settings, const char *name, struct yearly *yearly)
{
	*yearly = (struct yearly){ .all = true, .age_from = -1 };
	for (size_t g = 0; g < settings->malgrupp_count; g++) {
		const struct malgrupp *rule = &settings->malgrupp[g];
		if (strcmp(rule->name, name) != 0)
			continue;
		yearly->active = months_parts(rule);
		yearly->parts = rule->minst_parter;
		yearly->all = months_say_all(rule);
		yearly->kon = &rule->kon;
		yearly->kommun = &rule->kommun;
		yearly->age_from = rule->age_from;
		yearly->age_to = rule->age_to;
		return yearly->active != 0 || yearly->parts > 0;
	}
	return false;
}

/* Whom a row of a yearly table counts; false where months say nothing of them. */
static bool find_yearly(const struct settings *settings, const struct cube *cube, size_t row, struct yearly *yearly)
{
	const char *name = cube->table->name, *last = cube_code_of(cube, row, cube->table->dimensions - 1);
	*yearly = (struct yearly){ .all = true, .age_from = -1 };
	if (strncmp(name, "m04", 3) == 0 || strncmp(name, "m05", 3) == 0) {
		yearly->any = name[2] == '4' ? AF | FK | KOM : AF | FK | KOM | REG;
		return strcmp(last, TOT) == 0;
	}
	if (strncmp(name, "m01", 3) == 0) {
		if (strcmp(last, TOT) == 0 || strcmp(last, "ARBMARK") == 0) { /* of whom AF pays some are not registered there: 95 to 98 */
			yearly->all = strcmp(last, TOT) == 0;
			yearly->any = yearly->all ? FK | KOM : AF;
			return true;
		}
		bool kom = strcmp(last, "FS") == 0 || strcmp(last, "BISTAND") == 0, sick = strcmp(last, "OHALSA") == 0;
		yearly->active = kom ? KOM : FK;
		yearly->all = kom || sick;
		return kom || sick || strcmp(last, "SP") == 0 || strcmp(last, "RP") == 0 || strcmp(last, "SE") == 0 || strcmp(last, "AE") == 0;
	}
	return find_group(settings, cube_code_of(cube, row, 1), yearly);
}

/* m05: who is supported in the last month has a time of 1 month or more; m04: who never changes is active in every month. */
static int state_classes(struct published *published, const struct place *place, const char *code, struct error *error)
{
	bool unchanged = strncmp(place->table->cube->table->name, "m04", 3) == 0;
	const struct yearly paid = { .any = FK | KOM }, insured = { .any = AF | FK | KOM };
	const char *last = place->month[place->months - 1];
	if (strcmp(code, "0") == 0 && unchanged) {
		for (size_t m = 0; m < place->months; m++) {
			if (has_combinations(published, place) && (begin(published, place, -1, error) != 0 ||
				add_combinations(published, &insured, place, place->month[m], 1, error) != 0 || state(published, error) != 0))
				return -1;
			if (published_find(published, "m06") != NULL && (begin(published, place, -1, error) != 0 ||
				add_parts(published, insured.any, place, place->month[m], 1, error) != 0 || state(published, error) != 0))
				return -1;
			if (state_crossed(published, &insured, place, NULL, m, m + 1, -1, error) != 0)
				return -1;
		}
		return 0;
	}
	if (strcmp(code, TOT) != 0 || unchanged)
		return 0;
	const char *none[] = { cube_code_of(place->table->cube, place->row, 0), place->kommun, place->kon, "0" };
	for (int side = -1; side <= 1; side += 2) {
		const struct yearly *bound = side > 0 ? &paid : &insured; /* at least those, at most these */
		if (state_crossed(published, bound, place, none, place->months - 1, place->months, side, error) != 0)
			return -1;
		if (has_combinations(published, place) && (begin(published, place, side, error) != 0 ||
			published_part(published, place->table, none, place->measure, -side, error) != 0 ||
			add_combinations(published, bound, place, last, -side, error) != 0 || state(published, error) != 0))
			return -1;
		for (int part = 0; part < PARTIER && published_find(published, "m06") != NULL; part++) {
			unsigned parts = side > 0 ? paid.any & 1U << part : part == 0 ? insured.any : 0;
			if (parts != 0 && (begin(published, place, side, error) != 0 ||
				published_part(published, place->table, none, place->measure, -side, error) != 0 ||
				add_parts(published, parts, place, last, -side, error) != 0 || state(published, error) != 0))
				return -1;
		}
	}
	return 0;
}

/* A kommun, kön and age that a målgrupp has no row of: none of their classes meets it in any month that is told by classes. */
static int state_without_row(struct published *published, const struct settings *settings, const struct published_table *m02, const char *const key[5],
	struct error *error)
{
	struct yearly yearly;
	struct place place = { .table = m02, .kommun = key[2], .kon = key[3], .age = key[4] };
	bool told = find_group(settings, key[1], &yearly) && find_ages(settings, key[4], &place) && counts_whoever(&yearly, &place) &&
		find_months(published, key[0], &place);
	published_begin(published);
	published->sum.table = m02->cube->table->name;
	for (size_t m = 0; m < place.months && told; m++) {
		const char *of[] = { place.month[m], place.kommun, place.kon, place.age };
		bool apart = true; /* of a month that is not told by them nothing is added */
		if (crossed_add(published, of, is_wanted, &yearly, -1, &apart, error) != 0)
			return -1;
	}
	return told ? state(published, error) : 0;
}

static int state_without_rows(struct published *published, const struct settings *settings, const char *group, struct error *error)
{
	const struct published_table *m02 = published_find(published, "m02"), *m06 = published_find(published, "m06");
	const struct cube_codes *year = &m02->cube->codes[0], *kommun = &m06->cube->codes[1], *kon = &m06->cube->codes[2], *age = &m06->cube->codes[3];
	for (size_t at = 0; at < year->count * kommun->count * kon->count * age->count; at++) {
		size_t a = at % age->count, k = at / age->count % kon->count, o = at / age->count / kon->count % kommun->count;
		const char *key[] = { year->code[at / age->count / kon->count / kommun->count], group, kommun->code[o], kon->code[k], age->code[a] };
		bool total = o == kommun->total || k == kon->total || a == age->total;
		if (!total && cube_find_named(m02->cube, key) == CUBE_NO_ROW && state_without_row(published, settings, m02, key, error) != 0)
			return -1;
	}
	return 0;
}

int months_state(struct published *published, const struct settings *settings, struct error *error)
{
	static const char *const tables[] = { "m01", "m02", "m04", "m05" };
	for (size_t t = 0; t < sizeof tables / sizeof *tables && settings != NULL && published->months && !published->rounded; t++) {
		const struct published_table *table = published_find(published, tables[t]);
		for (size_t row = 0; table != NULL && row < table->cube->rows; row++) {
			struct place place;
			struct yearly yearly;
			if (!find_place(published, settings, table, row, &place))
				continue;
			if (find_yearly(settings, table->cube, row, &yearly) && (state_within(published, &yearly, &place, error) != 0 ||
				state_covered(published, &yearly, &place, error) != 0))
				return -1;
			if (t >= 2 && state_classes(published, &place, cube_code_of(table->cube, row, 3), error) != 0)
				return -1;
		}
	}
	bool classes = settings != NULL && published->crossed != NULL && published_find(published, "m02") != NULL;
	for (size_t g = 0; classes && g < settings->malgrupp_count; g++)
		if (state_without_rows(published, settings, settings->malgrupp[g].name, error) != 0)
			return -1;
	return 0;
}
