/* What the codes that a table lists leave of their whole: see frequency.h. */
#include "stages/protect/frequency/frequency.h"

/* Sets of leaves of one dimension: the listed codes, and behind them what those within each of them leave of it. */
struct parts {
	size_t listed, count;
	size_t *first;    /* count + 1: the leaves of each, in member */
	uint32_t *member;
	size_t *whole;    /* of each, the listed code that it is or is left of */
};

/* A combination of such sets, one a dimension, while all are gone through. */
struct place {
	const struct frequency *frequency;
	struct parts part[REQUEST_DIMENSIONS];
	size_t at[REQUEST_DIMENSIONS];
	struct system *system;
	int64_t threshold;
};

/* Whether code `part` is of some, not all, leaves of code `whole`. `in`: a flag a leaf, false before and after. */
static bool is_within(const struct frequency_dimension *dimension, size_t part, size_t whole, bool *in)
{
	size_t leaves = dimension->first[part + 1] - dimension->first[part];
	if (leaves >= dimension->first[whole + 1] - dimension->first[whole])
		return false;
	for (size_t m = dimension->first[whole]; m < dimension->first[whole + 1]; m++)
		in[dimension->member[m]] = true;
	for (size_t m = dimension->first[part]; m < dimension->first[part + 1]; m++)
		leaves -= in[dimension->member[m]];
	for (size_t m = dimension->first[whole]; m < dimension->first[whole + 1]; m++)
		in[dimension->member[m]] = false;
	return leaves == 0;
}

static void add_set(struct parts *parts, size_t whole, const uint32_t *member, size_t count)
{
	for (size_t i = 0; i < count; i++)
		parts->member[parts->first[parts->count] + i] = member[i];
	parts->whole[parts->count] = whole;
	parts->first[parts->count + 1] = parts->first[parts->count] + count;
	parts->count++;
}

/* The leaves of the listed code `whole` that no listed code within it has; none where no code is within it. */
static void add_rest(const struct frequency_dimension *dimension, const struct frequency_table *table, size_t d, size_t whole,
	struct parts *parts, bool *in, bool *covered, uint32_t *rest)
{
	size_t code = table->code[d][whole], count = 0;
	bool parted = false;
	for (size_t leaf = 0; leaf < dimension->leaves; leaf++)
		covered[leaf] = false;
	for (size_t i = 0; i < table->codes[d]; i++)
		if (is_within(dimension, table->code[d][i], code, in))
			for (size_t m = dimension->first[table->code[d][i]]; m < dimension->first[table->code[d][i] + 1]; m++)
				covered[dimension->member[m]] = parted = true;
	for (size_t m = dimension->first[code]; parted && m < dimension->first[code + 1]; m++)
		if (!covered[dimension->member[m]])
			rest[count++] = dimension->member[m];
	if (count > 0)
		add_set(parts, whole, rest, count);
}

static int list_parts(const struct frequency *frequency, const struct frequency_table *table, size_t d, struct parts *parts,
	struct error *error)
{
	const struct frequency_dimension *dimension = &frequency->dimension[d];
	struct arena *arena = frequency->arena;
	size_t members = 0;
	for (size_t i = 0; i < table->codes[d]; i++)
		members += 2 * (dimension->first[table->code[d][i] + 1] - dimension->first[table->code[d][i]]);
	*parts = (struct parts){ .listed = table->codes[d], .first = arena_take(arena, 2 * table->codes[d] + 1, sizeof *parts->first, error),
		.member = arena_take(arena, members + 1, sizeof *parts->member, error),
		.whole = arena_take(arena, 2 * table->codes[d], sizeof *parts->whole, error) };
	bool *in = arena_take(arena, dimension->leaves + 1, sizeof *in, error);
	bool *covered = arena_take(arena, dimension->leaves + 1, sizeof *covered, error);
	uint32_t *rest = arena_take(arena, dimension->leaves + 1, sizeof *rest, error);
	if (parts->first == NULL || parts->member == NULL || parts->whole == NULL || in == NULL || covered == NULL || rest == NULL)
		return -1;
	for (size_t i = 0; i < table->codes[d]; i++) {
		size_t first = dimension->first[table->code[d][i]];
		add_set(parts, i, dimension->member + first, dimension->first[table->code[d][i] + 1] - first);
	}
	/* all classes are mostly listed: then nothing is left of any code, and nothing is looked for */
	size_t single = 0;
	for (size_t i = 0; i < table->codes[d]; i++)
		single += parts->first[i + 1] - parts->first[i] == 1;
	for (size_t i = 0; i < table->codes[d] && single < dimension->leaves; i++)
		add_rest(dimension, table, d, i, parts, in, covered, rest);
	return 0;
}

/* The persons of the sets that are looked at, or of their wholes; as terms of the last row where `row` is wanted. */
static int64_t sum(struct place *place, bool wholes, size_t d, size_t atom, bool row, struct error *error)
{
	const struct frequency *frequency = place->frequency;
	if (d == frequency->request->dimensions)
		return row && system_term(place->system, atom, 1, error) != 0 ? -1 : frequency->count[atom];
	const struct parts *parts = &place->part[d];
	size_t set = wholes ? parts->whole[place->at[d]] : place->at[d];
	int64_t persons = 0;
	for (size_t m = parts->first[set]; m < parts->first[set + 1]; m++) {
		int64_t more = sum(place, wholes, d + 1, atom * frequency->dimension[d].leaves + parts->member[m], row, error);
		if (more < 0)
			return -1;
		persons += more;
	}
	return persons;
}

static int look(struct place *place, size_t d, bool rest, struct error *error)
{
	if (d < place->frequency->request->dimensions) {
		for (place->at[d] = 0; place->at[d] < place->part[d].count; place->at[d]++)
			if (look(place, d + 1, rest || place->at[d] >= place->part[d].listed, error) != 0)
				return -1;
		return 0;
	}
	int64_t persons = rest ? sum(place, false, 0, 0, false, error) : 0;
	if (persons < 1 || persons >= place->threshold || sum(place, true, 0, 0, false, error) < place->threshold)
		return 0;
	if (system_row(place->system, ROW_HIDDEN, 0, error) == SYSTEM_NONE || sum(place, false, 0, 0, true, error) < 0)
		return -1;
	system_target(&place->system->row[place->system->rows - 1], persons, place->threshold);
	return 0;
}

int frequency_rests(const struct frequency *frequency, struct frequency_table *const *tables, struct system *system, int64_t threshold,
	struct error *error)
{
	struct place place = { .frequency = frequency, .system = system, .threshold = threshold };
	for (size_t t = 0; t < frequency->request->tables; t++) {
		bool any = false;
		for (size_t d = 0; d < frequency->request->dimensions; d++) {
			if (list_parts(frequency, tables[t], d, &place.part[d], error) != 0)
				return -1;
			any = any || place.part[d].count > place.part[d].listed;
		}
		if (any && look(&place, 0, false, error) != 0)
			return -1;
	}
	return 0;
}
