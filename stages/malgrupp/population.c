/* Inhabitants by year, kommun, kon and age group: see population.h. */
#include "stages/malgrupp/population.h"

#include <stdlib.h>
#include <string.h>

#include "pipeline/base/text.h"

#define KON_KNOWN 2 /* K and M */

int64_t population_cover(const struct band *bands, size_t count, int from, int to)
{
	bool coverable[MEASURED_OLDEST - MEASURED_YOUNGEST + 2] = { false }; /* from age 16 + i to `to` */
	int end = to + 1 - MEASURED_YOUNGEST;
	coverable[end] = true;
	for (size_t i = count; i-- > 0;) /* by descending `from`: what follows a band is known by then */
		if (bands[i].from >= from && bands[i].from <= bands[i].to && bands[i].to <= to &&
			coverable[bands[i].to + 1 - MEASURED_YOUNGEST])
			coverable[bands[i].from - MEASURED_YOUNGEST] = true;
	if (!coverable[from - MEASURED_YOUNGEST])
		return POPULATION_UNKNOWN;
	int64_t sum = 0;
	for (size_t i = 0; i < count && from <= to; i++)
		if (bands[i].from == from && bands[i].from <= bands[i].to && bands[i].to <= to &&
			coverable[bands[i].to + 1 - MEASURED_YOUNGEST]) {
			sum += bands[i].count;
			from = bands[i].to + 1;
		}
	return sum;
}

static int compare(const int64_t *a, const int64_t *b, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (a[i] != b[i])
			return a[i] < b[i] ? -1 : 1;
	return 0;
}

static int compare_bands(const void *left, const void *right)
{
	const struct band *a = left, *b = right;
	return compare((const int64_t[]){ a->ar, a->kommun, a->kon, a->from, a->to, a->count },
		(const int64_t[]){ b->ar, b->kommun, b->kon, b->from, b->to, b->count }, 6);
}

/* The first band not before (year, kommun, kon), as they are sorted. */
static size_t find(const struct band *bands, size_t count, int32_t ar, uint16_t kommun, uint16_t kon)
{
	size_t low = 0, high = count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct band *band = &bands[middle];
		if (compare((const int64_t[]){ band->ar, band->kommun, band->kon }, (const int64_t[]){ ar, kommun, kon }, 3) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static int64_t *inhabitants_at(const struct population *population, size_t year, size_t kommun, size_t kon, size_t age)
{
	const struct measured *measured = population->measured;
	return population->inhabitants +
		((year * (measured->kommuner + 1) + kommun) * (MEASURED_KON + 1) + kon) * (measured->ages + 1) + age;
}

/* Adds a part to a sum; a sum with an unknown part is unknown. */
static void add(int64_t *sum, int64_t part)
{
	*sum = *sum == POPULATION_UNKNOWN || part == POPULATION_UNKNOWN ? POPULATION_UNKNOWN : *sum + part;
}

/* One kommun and year: each kon and age group, women and men together, and what it adds to all kommuner. */
static void fill_kommun(struct population *population, size_t year, size_t kommun, uint16_t code, const struct band *bands,
	size_t count, bool groups)
{
	const struct measured *measured = population->measured;
	int32_t ar = measured->year[year].year;
	bool unfilled = false;
	for (uint16_t kon = 0; kon < KON_KNOWN; kon++) {
		size_t from = find(bands, count, ar, code, kon), to = find(bands, count, ar, code, (uint16_t)(kon + 1));
		for (size_t age = 0; age <= measured->ages; age++) {
			bool whole = age == measured->ages;
			int64_t number = population_cover(bands + from, to - from,
				whole ? MEASURED_YOUNGEST : measured->age_from[age], whole ? MEASURED_OLDEST : measured->age_to[age]);
			*inhabitants_at(population, year, kommun, kon, age) = number;
			add(inhabitants_at(population, year, kommun, MEASURED_KON, age), number);
			add(inhabitants_at(population, year, measured->kommuner, kon, age), number);
			add(inhabitants_at(population, year, measured->kommuner, MEASURED_KON, age), number);
			unfilled = unfilled || (number == POPULATION_UNKNOWN && (whole || groups));
		}
	}
	for (size_t age = 0; age <= measured->ages; age++)
		*inhabitants_at(population, year, kommun, KON_KNOWN, age) = POPULATION_UNKNOWN; /* X */
	population->asked++;
	if (unfilled && population->unfilled < POPULATION_GAPS)
		population->gap[population->unfilled] = (struct population_gap){ year, kommun };
	population->unfilled += unfilled ? 1 : 0;
}

/* A kommun that is not valid in the year. */
static void leave_out(struct population *population, size_t year, size_t kommun)
{
	for (size_t kon = 0; kon <= MEASURED_KON; kon++)
		for (size_t age = 0; age <= population->measured->ages; age++)
			*inhabitants_at(population, year, kommun, kon, age) = POPULATION_UNKNOWN;
}

int population_init(struct population *population, const struct measured *measured, const struct codelist *kommun,
	struct band *bands, size_t count, bool groups, struct arena *arena, struct error *error)
{
	*population = (struct population){ .measured = measured };
	population->inhabitants = arena_take(arena, measured->years * (measured->kommuner + 1) * (MEASURED_KON + 1),
		(measured->ages + 1) * sizeof *population->inhabitants, error);
	if (population->inhabitants == NULL)
		return -1;
	if (count > 0)
		qsort(bands, count, sizeof *bands, compare_bands);
	for (size_t year = 0; year < measured->years; year++) {
		for (size_t k = 0; k < measured->kommuner; k++) {
			uint16_t code = codelist_find(kommun, measured->kommun[k], strlen(measured->kommun[k]));
			if (code != CODE_NONE && measured->year[year].position[code] != CODE_NONE)
				fill_kommun(population, year, k, code, bands, count, groups);
			else
				leave_out(population, year, k);
		}
		for (size_t age = 0; age <= measured->ages; age++)
			*inhabitants_at(population, year, measured->kommuner, KON_KNOWN, age) = POPULATION_UNKNOWN;
	}
	return 0;
}

int64_t population_of(const struct population *population, size_t year, size_t kommun, size_t kon, size_t age)
{
	return *inhabitants_at(population, year, kommun, kon, age);
}

struct cube *population_cube(const struct population *population, const struct table *table, struct arena *arena, struct error *error)
{
	const struct measured *measured = population->measured;
	struct cube *cube = cube_new(table, arena, error);
	for (size_t year = 0; cube != NULL && year < measured->years; year++)
		for (size_t k = 0; k < measured->kommuner; k++)
			for (size_t kon = 0; kon <= MEASURED_KON; kon++)
				for (size_t age = 0; age <= measured->ages; age++) {
					int64_t inhabitants = population_of(population, year, k, kon, age);
					const char *codes[] = { measured->year[year].text, measured->kommun[k], kon == MEASURED_KON ? CUBE_TOTAL : measured->kon[kon],
						age == measured->ages ? CUBE_TOTAL : measured->age[age] };
					if (inhabitants == POPULATION_UNKNOWN)
						continue;
					size_t row = cube_row_named(cube, codes, error);
					if (row == CUBE_NO_ROW)
						return NULL;
					cube_set(cube, row, 0, (double)inhabitants);
				}
	return cube;
}

const char *population_gaps(const struct population *population, const struct codelist *kommun, struct arena *arena, struct error *error)
{
	const struct measured *measured = population->measured;
	struct text text = { .arena = arena };
	if (text_add(&text, "", 0, error) != 0)
		return NULL;
	for (size_t i = 0; i < population->unfilled && i < POPULATION_GAPS; i++) {
		const char *code = measured->kommun[population->gap[i].kommun];
		if (text_add_format(&text, error, "%s%s (%s) %d", i > 0 ? ", " : "", codelist_label(kommun, code), code,
			(int)measured->year[population->gap[i].year].year) != 0)
			return NULL;
	}
	return population->unfilled > POPULATION_GAPS && text_add_string(&text, " …", error) != 0 ? NULL : text.bytes;
}
