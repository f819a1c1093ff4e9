/* Persons by place, month and combination of parties: see month_cells.h. */
#include "stages/malgrupp/month_cells.h"

#include <string.h>

#include "pipeline/base/text.h"
#include "pipeline/table/cube/cube_index.h"

const char *const *month_cells_combinations(struct arena *arena, struct error *error)
{
	const char **name = arena_take(arena, PERSON_COMBINATIONS, sizeof *name, error);
	if (name == NULL)
		return NULL;
	name[0] = "INGEN";
	for (unsigned combination = 1; combination < PERSON_COMBINATIONS; combination++) {
		struct text text = { .arena = arena };
		for (unsigned part = 0; part < PARTIER; part++)
			if ((combination >> part & 1) != 0 &&
				(text_add_string(&text, text.length > 0 ? "+" : "", error) != 0 ||
					text_add_string(&text, parti_names[part], error) != 0))
				return NULL;
		name[combination] = text.bytes;
	}
	return name;
}

static size_t numbers(const struct measured *measured)
{
	return measured_places(measured) * (size_t)measured->months * PERSON_COMBINATIONS;
}

size_t month_cells_bytes(const struct measured *measured)
{
	return numbers(measured) * sizeof(uint32_t);
}

int month_cells_init(struct month_cells *cells, const struct measured *measured, struct arena *arena, struct error *error)
{
	cells->numbers = numbers(measured);
	cells->number = arena_take(arena, cells->numbers, sizeof *cells->number, error);
	return cells->number == NULL ? -1 : 0;
}

/* The combination of the parts active in a month of one word of them. */
static size_t combination_at(const uint64_t part[PARTIER], int bit)
{
	size_t combination = 0;
	for (int p = 0; p < PARTIER; p++)
		combination |= (size_t)(part[p] >> bit & 1) << p;
	return combination;
}

void month_cells_settle(struct month_cells *cells)
{
	for (size_t i = 0; i < cells->waiting; i++)
		*cells->next[i].number += cells->next[i].change;
	cells->waiting = 0;
}

/* Changes a number, modulo 2^32, when its cache line has come. */
static void change(struct month_cells *cells, uint32_t *number, uint32_t by)
{
	if (cells->waiting == MONTH_CELLS_WAITING)
		month_cells_settle(cells);
	cells->next[cells->waiting++] = (struct month_change){ number, by };
	__builtin_prefetch(number, 1);
}

void month_cells_add(struct month_cells *cells, const struct measured *measured, size_t year, const struct person *person)
{
	const struct measured_year *of = &measured->year[year];
	size_t place = measured_number(measured, &person->place[year]), months = (size_t)measured->months, before = 0;
	uint32_t *number = cells->number + place * months * PERSON_COMBINATIONS;
	for (int word = of->first / 64; word <= (of->last + 1) / 64; word++) {
		uint64_t part[PARTIER], changes = 0;
		for (int p = 0; p < PARTIER; p++) {
			part[p] = person->active[p].word[word] & of->months.word[word];
			changes |= part[p] ^ (part[p] << 1 | (before >> p & 1));
		}
		if (measured->panel_months < 64 * (word + 1)) /* what ends with the panel needs no end */
			changes &= measured->panel_months > 64 * word ? UINT64_MAX >> (64 * (word + 1) - measured->panel_months) : 0;
		for (; changes != 0; changes &= changes - 1) {
			int bit = __builtin_ctzll(changes);
			size_t combination = combination_at(part, bit), at = (size_t)(64 * word + bit - measured->first);
			change(cells, &number[before * months + at], UINT32_MAX);
			change(cells, &number[combination * months + at], 1);
			before = combination;
		}
	}
}

void month_cells_join(struct month_cells *cells, const struct month_cells *other)
{
	for (size_t i = 0; i < cells->numbers; i++)
		cells->number[i] += other->number[i];
}

void month_cells_finish(struct month_cells *cells, const struct measured *measured)
{
	size_t months = (size_t)measured->months;
	uint32_t changes[MONTHSET_MONTHS * PERSON_COMBINATIONS];
	for (size_t i = 0; i < cells->numbers; i += months * PERSON_COMBINATIONS) {
		uint32_t *number = cells->number + i, persons[PERSON_COMBINATIONS] = { 0 };
		memcpy(changes, number, months * PERSON_COMBINATIONS * sizeof *changes);
		for (size_t month = 0; month < months; month++) {
			for (size_t combination = 1; combination < PERSON_COMBINATIONS; combination++) /* of those active nowhere no number is kept */
				persons[combination] += changes[combination * months + month];
			memcpy(&number[month * PERSON_COMBINATIONS], persons, sizeof persons);
		}
	}
}

/* One number of the cells with its coordinates. */
struct cell_at {
	size_t kommun, kon, age, month, combination;
};

static struct cell_at cell_at(const struct measured *measured, size_t i)
{
	struct cell_at at = { .combination = i % PERSON_COMBINATIONS };
	i /= PERSON_COMBINATIONS;
	at.month = i % (size_t)measured->months;
	i /= (size_t)measured->months;
	at.age = i % measured->ages;
	i /= measured->ages;
	at.kon = i % MEASURED_KON;
	at.kommun = i / MEASURED_KON;
	return at;
}

void month_cells_samtidighet(const struct month_cells *cells, const struct measured *measured, struct tally *tally)
{
	for (size_t i = 0; i < cells->numbers; i++)
		if (cells->number[i] > 0) {
			struct cell_at at = cell_at(measured, i);
			*tally_cell(tally, (size_t[]){ at.month, at.kommun, at.combination - 1 }) += cells->number[i];
		}
}

void month_cells_manad(const struct month_cells *cells, const struct measured *measured, struct tally *tally)
{
	for (size_t i = 0; i < cells->numbers; i++)
		if (cells->number[i] > 0) {
			struct cell_at at = cell_at(measured, i);
			int64_t *kalla = tally_cell(tally, (size_t[]){ at.month, at.kommun, at.kon, at.age, 0 });
			for (size_t p = 0; p < PARTIER; p++)
				kalla[p] += (at.combination >> p & 1) != 0 ? cells->number[i] : 0;
		}
}

/* Puts the codes of one dimension into the cube, in order, so that their indices are 0, 1, 2 … */
static int put_codes(struct cube *cube, size_t d, const char *const *code, size_t count, struct error *error)
{
	for (size_t i = 0; i < count; i++)
		if (cube_code(cube, d, code[i], error) == UINT32_MAX)
			return -1;
	return 0;
}

/* The combinations in the order of their names. */
static void order_combinations(const char *const *name, size_t order[PERSON_COMBINATIONS])
{
	for (size_t i = 0; i < PERSON_COMBINATIONS; i++) {
		size_t at = i;
		for (; at > 0 && strcmp(name[order[at - 1]], name[i]) > 0; at--)
			order[at] = order[at - 1];
		order[at] = i;
	}
}

static size_t filled(const struct month_cells *cells)
{
	size_t count = 0;
	for (size_t i = 0; i < cells->numbers; i++)
		count += cells->number[i] > 0;
	return count;
}

/* The rows of one month and place, in the order of the table. -1 with the error set when memory is out. */
static int put_rows(struct cube *cube, const uint32_t *number, const size_t order[PERSON_COMBINATIONS],
	uint32_t key[TABLE_DIMENSIONS], struct error *error)
{
	for (uint32_t i = 0; i < PERSON_COMBINATIONS; i++) {
		if (number[order[i]] == 0)
			continue;
		key[4] = i;
		size_t row = cube_append(cube, key, error); /* no cell comes twice */
		if (row == CUBE_NO_ROW)
			return -1;
		cube_set(cube, row, 0, number[order[i]]);
	}
	return 0;
}

struct cube *month_cells_cube(const struct month_cells *cells, const struct measured *measured, const struct table *table,
	struct arena *arena, struct error *error)
{
	const char *const *name = month_cells_combinations(arena, error), *sorted[PERSON_COMBINATIONS];
	size_t order[PERSON_COMBINATIONS], months = (size_t)measured->months;
	struct cube *cube = name == NULL ? NULL : cube_new(table, arena, error);
	if (cube == NULL)
		return NULL;
	order_combinations(name, order);
	for (size_t i = 0; i < PERSON_COMBINATIONS; i++)
		sorted[i] = name[order[i]];
	if (put_codes(cube, 0, measured->month_text, months, error) != 0 ||
		put_codes(cube, 1, measured->kommun, measured->kommuner, error) != 0 ||
		put_codes(cube, 2, measured->kon, MEASURED_KON, error) != 0 ||
		put_codes(cube, 3, measured->age, measured->ages, error) != 0 ||
		put_codes(cube, 4, sorted, PERSON_COMBINATIONS, error) != 0 || cube_reserve(cube, filled(cells), error) != 0)
		return NULL;
	for (size_t month = 0; month < months; month++)
		for (size_t place = 0; place < measured_places(measured); place++) {
			uint32_t key[TABLE_DIMENSIONS] = { (uint32_t)month, (uint32_t)(place / measured->ages / MEASURED_KON),
				(uint32_t)(place / measured->ages % MEASURED_KON), (uint32_t)(place % measured->ages) };
			const uint32_t *number = cells->number + (place * months + month) * PERSON_COMBINATIONS;
			if (put_rows(cube, number, order, key, error) != 0)
				return NULL;
		}
	return cube;
}
