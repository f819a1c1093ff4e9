/* Counts and inhabitants: see inhabitants.h. */
#include "stages/audit/relations/inhabitants.h"

#include <math.h>
#include <string.h>

/* What the tables of the målgrupper call year, place, kön and age; others of their dimensions cut the same persons into classes. */
struct place {
	char year[5];
	const char *kommun, *kon, *age;
};

static struct place place_of(const struct cube *cube, size_t row)
{
	struct place place = { .year = "", .kommun = CUBE_TOTAL, .kon = CUBE_TOTAL, .age = CUBE_TOTAL };
	for (size_t d = 0; d < cube->table->dimensions; d++) {
		const char *name = cube->table->dimension[d].name, *code = cube_code_of(cube, row, d);
		if (strcmp(name, "ar") == 0 || strcmp(name, "manad") == 0)
			(void)strncat(place.year, code, sizeof place.year - 1);
		else if (strcmp(name, "kommun") == 0)
			place.kommun = code;
		else if (strcmp(name, "kon") == 0)
			place.kon = code;
		else if (strcmp(name, "aldersgrupp") == 0)
			place.age = code;
	}
	return place;
}

int64_t inhabitants_of(const struct published *published, const struct cube *cube, size_t row)
{
	const struct cube *inhabitants = published->inhabitants;
	struct place place = place_of(cube, row);
	bool all = strcmp(place.kommun, CUBE_TOTAL) == 0;
	double sum = 0;
	size_t found = 0;
	for (size_t k = 0; inhabitants != NULL && k < (all ? inhabitants->codes[1].count : 1); k++) {
		const char *codes[] = { place.year, all ? inhabitants->codes[1].code[k] : place.kommun, place.kon, place.age };
		size_t at = cube_find_named(inhabitants, codes);
		if (at == CUBE_NO_ROW)
			continue;
		sum += cube_cell(inhabitants, at, 0)->number;
		found++;
	}
	return found == 0 ? KNOWLEDGE_ENDLESS : (int64_t)llround(sum);
}

/* Whether a dimension says something of who lives where. */
static bool tells_place(const char *dimension)
{
	static const char *const names[] = { "ar", "manad", "kommun", "kon", "aldersgrupp" };
	size_t i = 0;
	while (i < sizeof names / sizeof *names && strcmp(dimension, names[i]) != 0)
		i++;
	return i < sizeof names / sizeof *names;
}

/* The inhabitants of the rows of a table, one after another: most have those of the row before, for the classes come last. */
struct walk {
	const struct published *published;
	const struct cube *cube;
	bool tells[TABLE_DIMENSIONS];
	size_t kommun; /* the dimension */
	size_t row;    /* CUBE_NO_ROW: none yet */
	int64_t most;
};

static void walk_begin(struct walk *walk, const struct published *published, const struct cube *cube)
{
	*walk = (struct walk){ .published = published, .cube = cube, .row = CUBE_NO_ROW, .kommun = SIZE_MAX };
	for (size_t d = 0; d < cube->table->dimensions; d++) {
		walk->tells[d] = tells_place(cube->table->dimension[d].name);
		if (strcmp(cube->table->dimension[d].name, "kommun") == 0)
			walk->kommun = d;
	}
}

static int64_t walk_to(struct walk *walk, size_t row)
{
	size_t dimensions = walk->cube->table->dimensions;
	const uint32_t *key = walk->cube->key + row * dimensions;
	bool same = walk->row != CUBE_NO_ROW;
	for (size_t d = 0; d < dimensions && same; d++)
		same = !walk->tells[d] || key[d] == walk->cube->key[walk->row * dimensions + d];
	if (!same)
		walk->most = inhabitants_of(walk->published, walk->cube, row);
	walk->row = row;
	return walk->most;
}

bool inhabitants_state(const struct published *published)
{
	bool any = false;
	for (size_t t = 0; t < published->tables; t++) {
		const struct published_table *table = &published->table[t];
		size_t measures = table->cube->table->measures;
		struct walk walk;
		walk_begin(&walk, published, table->cube);
		for (size_t i = 0; i < table->cube->rows * measures && table->cube->table->name[0] == 'm'; i++) {
			size_t variable = table->variable[i];
			bool whole = walk.kommun == SIZE_MAX || cube_is_total(table->cube, i / measures, walk.kommun); /* its kommuner are bounded one by one */
			if (variable == KNOWLEDGE_NONE || table->count[i] == PUBLISHED_UNTOLD || whole)
				continue;
			int64_t most = walk_to(&walk, i / measures);
			if (most == KNOWLEDGE_ENDLESS || table->count[i] > most)
				continue;
			any = true;
			if (most < published->knowledge->high[variable])
				published->knowledge->high[variable] = most;
		}
	}
	return any;
}
