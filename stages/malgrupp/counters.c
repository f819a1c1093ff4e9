/* Everything that one pass over the persons counts: see counters.h. */
#include "stages/malgrupp/counters.h"

#include "stages/malgrupp/yearly.h"

/* Numbers of a cell of m01: personer, öre, parts of a helårsekvivalent. */
#define FORSORJNING_VALUES 3

static int take_names(const struct measured *measured, struct tally_codes *codes, struct arena *arena, struct error *error)
{
	const struct settings *settings = measured->settings;
	const char **name = arena_take(arena, settings->malgrupp_count, sizeof *name, error);
	if (name == NULL)
		return -1;
	for (size_t i = 0; i < settings->malgrupp_count; i++)
		name[i] = settings->malgrupp[i].name;
	*codes = (struct tally_codes){ .count = settings->malgrupp_count, .code = name };
	return 0;
}

/* Years; of m07 only those whose month before lies in the panel, which all but the first do. */
static int take_years(const struct measured *measured, bool flows, struct tally_codes *codes, struct arena *arena,
	struct error *error)
{
	const char **text = arena_take(arena, measured->years, sizeof *text, error);
	if (text == NULL)
		return -1;
	*codes = (struct tally_codes){ .code = text };
	for (size_t y = 0; y < measured->years; y++)
		if (!flows || measured->year[y].month_before >= 0)
			text[codes->count++] = measured->year[y].text;
	return 0;
}

int counters_codes(const struct measured *measured, enum malgrupp_table table, struct tally_codes codes[TABLE_DIMENSIONS],
	struct arena *arena, struct error *error)
{
	struct tally_codes years, groups, combinations = { .count = PERSON_COMBINATIONS,
		.code = month_cells_combinations(arena, error) };
	if (combinations.code == NULL || take_years(measured, table == M07, &years, arena, error) != 0 ||
		take_names(measured, &groups, arena, error) != 0)
		return -1;
	const struct tally_codes months = { .count = (size_t)measured->months, .code = measured->month_text };
	const struct tally_codes kommun = { .count = measured->kommuner, .code = measured->kommun, .outer = true };
	const struct tally_codes kon = { .count = MEASURED_KON, .code = measured->kon, .outer = true };
	const struct tally_codes age = { .count = measured->ages, .code = measured->age, .outer = true };
	const struct tally_codes some = { .count = PERSON_COMBINATIONS - 1, .code = combinations.code + 1 };
	const struct tally_codes forman = { .count = FORMAN_CODES, .code = forsorjning_codes };
	const struct tally_codes byten = { .count = YEARLY_BYTEN, .code = yearly_byten };
	const struct tally_codes tid = { .count = YEARLY_TID, .code = yearly_tid };
	const struct tally_codes parti = { .count = PARTIER, .code = parti_names };
	const struct tally_codes of[MALGRUPP_TABLES][TABLE_DIMENSIONS] = {
		[M01] = { years, kommun, kon, forman },
		[M02] = { years, groups, kommun, kon, age },
		[M03] = { months, kommun, some },
		[M04] = { years, kommun, kon, byten },
		[M05] = { years, kommun, kon, tid },
		[M06] = { months, kommun, kon, age, parti },
		[M07] = { years, kommun, combinations, combinations },
	};
	for (size_t d = 0; d < TABLE_DIMENSIONS; d++)
		codes[d] = of[table][d];
	return 0;
}

static int make_tally(struct counters *counters, enum malgrupp_table table, struct arena *arena, struct error *error)
{
	const struct counting *counting = counters->counting;
	struct tally_codes codes[TABLE_DIMENSIONS];
	if (counters_codes(counting->measured, table, codes, arena, error) != 0)
		return -1;
	return tally_init(&counters->tally[table], counting->table[table], codes, table == M01 ? FORSORJNING_VALUES : 1, arena,
		error);
}

int counters_init(struct counters *counters, const struct counting *counting, struct arena *arena, struct error *error)
{
	*counters = (struct counters){ .counting = counting, .sweep = { .arena = arena } };
	for (int table = 0; table < MALGRUPP_TABLES; table++)
		if (counting->wanted[table] && table != M03 && table != M06 &&
			make_tally(counters, (enum malgrupp_table)table, arena, error) != 0)
			return -1;
	if (counting->wanted[M01] &&
		dominans_init(&counters->dominans, &counters->tally[M01], counting->measured, arena, error) != 0)
		return -1;
	if (counting->months && month_cells_init(&counters->cells, counting->measured, arena, error) != 0)
		return -1;
	if (!counting->wanted[M02])
		return 0;
	counters->months = arena_take(arena, membership_room(counting->membership), sizeof *counters->months, error);
	counters->met = arena_take(arena, counting->membership->count, sizeof *counters->met, error);
	counters->done = arena_take(arena, membership_room(counting->membership), sizeof *counters->done, error);
	return counters->months == NULL || counters->met == NULL || counters->done == NULL ? -1 : 0;
}

void counters_settle(struct counters *counters)
{
	for (size_t i = 0; i < counters->waiting; i++)
		++*counters->next[i];
	counters->waiting = 0;
	month_cells_settle(&counters->cells);
}

/* One more in a cell, later: persons come in no order of places, so that nearly every number has to be fetched. */
static void raise_by_one(struct counters *counters, int64_t *number)
{
	if (counters->waiting == COUNTERS_WAITING)
		counters_settle(counters);
	counters->next[counters->waiting++] = number;
	__builtin_prefetch(number, 1);
}

/* What the person received in a year, and where it is counted: NULL when that is nothing. */
struct received {
	struct forsorjning of[FORMAN_CODES];
	int64_t *number;
};

/* Asks for the numbers that add_forsorjning will change. */
static int find_forsorjning(struct counters *counters, size_t year, const struct person *person, struct received *received,
	struct error *error)
{
	const struct counting *counting = counters->counting;
	const struct place *place = &person->place[year];
	received->number = NULL;
	if (forsorjning_year(person, &counting->measured->year[year], counting->lists, &counters->sweep, received->of, error) != 0)
		return -1;
	if (!received->of[FORMAN_TOT].present)
		return 0;
	received->number = tally_cell(&counters->tally[M01], (size_t[]){ year, place->kommun, place->kon, 0 });
	for (size_t forman = 0; forman < FORMAN_CODES; forman++)
		if (received->of[forman].present) {
			__builtin_prefetch(received->number + forman * FORSORJNING_VALUES, 1);
			dominans_expect(&counters->dominans, received->number + forman * FORSORJNING_VALUES);
		}
	return 0;
}

static void add_forsorjning(struct counters *counters, const struct received *received)
{
	int64_t *number = received->number;
	for (size_t forman = 0; number != NULL && forman < FORMAN_CODES; forman++, number += FORSORJNING_VALUES)
		if (received->of[forman].present) {
			number[0]++;
			number[1] += received->of[forman].ore;
			number[2] += received->of[forman].parts;
			dominans_add(&counters->dominans, number, received->of[forman].ore, received->of[forman].parts);
		}
}

/* The months of every rule, and whether there are any. */
static void apply_rules(struct counters *counters, const struct person *person)
{
	const struct membership *membership = counters->counting->membership;
	membership_months(membership, person, counters->months, counters->done);
	for (size_t rule = 0; rule < membership->count; rule++)
		counters->met[rule] += !monthset_is_empty(&counters->months[rule]);
}

static void add_malgrupper(struct counters *counters, size_t year, const struct person *person)
{
	const struct place *place = &person->place[year];
	for (size_t rule = 0; rule < counters->counting->measured->settings->malgrupp_count; rule++) {
		struct monthset months = monthset_and(&counters->months[rule], &counters->counting->measured->year[year].months);
		if (!monthset_is_empty(&months))
			raise_by_one(counters, tally_cell(&counters->tally[M02], (size_t[]){ year, rule, place->kommun, place->kon, place->age }));
	}
}

/* The tables that have one class a person and year. */
static void add_classes(struct counters *counters, size_t year, const struct person *person)
{
	const struct counting *counting = counters->counting;
	const struct measured_year *of = &counting->measured->year[year];
	const struct place *place = &person->place[year];
	size_t class, till;
	if (counting->wanted[M04] && yearly_changes(person, of, &class))
		raise_by_one(counters, tally_cell(&counters->tally[M04], (size_t[]){ year, place->kommun, place->kon, class }));
	if (counting->wanted[M05] && yearly_support(person, of, &class))
		raise_by_one(counters, tally_cell(&counters->tally[M05], (size_t[]){ year, place->kommun, place->kon, class }));
	if (counting->wanted[M07] && yearly_flow(person, of, &class, &till)) {
		size_t left_out = counting->measured->year[0].month_before < 0;
		raise_by_one(counters, tally_cell(&counters->tally[M07], (size_t[]){ year - left_out, place->kommun, class, till }));
	}
}

int counters_add(struct counters *counters, const struct person *person, struct error *error)
{
	const struct counting *counting = counters->counting;
	bool ruled = false;
	for (size_t year = 0; year < counting->measured->years; year++) {
		if (!person->measured[year])
			continue;
		struct received received;
		received.number = NULL;
		if (counting->wanted[M01] && find_forsorjning(counters, year, person, &received, error) != 0)
			return -1;
		if (counting->months)
			month_cells_add(&counters->cells, counting->measured, year, person);
		add_classes(counters, year, person);
		if (counting->wanted[M02]) {
			if (!ruled)
				apply_rules(counters, person);
			ruled = true;
			add_malgrupper(counters, year, person);
		}
		add_forsorjning(counters, &received);
	}
	return 0;
}

void counters_join(struct counters *counters, const struct counters *other)
{
	for (int table = 0; table < MALGRUPP_TABLES; table++)
		if (counters->tally[table].number != NULL)
			tally_join(&counters->tally[table], &other->tally[table]);
	if (counters->counting->wanted[M01])
		dominans_join(&counters->dominans, &other->dominans);
	for (size_t rule = 0; counters->met != NULL && rule < counters->counting->membership->count; rule++)
		counters->met[rule] += other->met[rule];
	month_cells_join(&counters->cells, &other->cells);
}

void counters_finish(struct counters *counters)
{
	if (counters->counting->months)
		month_cells_finish(&counters->cells, counters->counting->measured);
}

int counters_sum_months(struct counters *counters, enum malgrupp_table table, struct arena *arena, struct error *error)
{
	if (make_tally(counters, table, arena, error) != 0)
		return -1;
	if (table == M03)
		month_cells_samtidighet(&counters->cells, counters->counting->measured, &counters->tally[M03]);
	else
		month_cells_manad(&counters->cells, counters->counting->measured, &counters->tally[M06]);
	return 0;
}
