/* The persons of a month by kommun, kön, age and combination: see crossed.h. Written from docs/method.md, 13; it knows nothing of the protector. */
#include "stages/audit/relations/crossed.h"

#include <math.h>
#include <string.h>

#include "pipeline/table/settings/settings.h"

#define TOT CUBE_TOTAL
#define MOST_PERSONS 50
#define SETS (1U << PARTIER)

/* Those of one kommun in one month. */
struct square {
	struct published *published;
	const struct published_table *m03, *m06;
	const char *month, *kommun;
	size_t combined[SETS]; /* rows of m03 with somebody, by the parts of their combination; CUBE_NO_ROW */
	size_t *single;        /* rows of m06: [(kön, age) × part], likewise */
	size_t kinds;          /* of kön and age */
};

static int first_of(unsigned set)
{
	int part = 0;
	while ((set >> part & 1) == 0)
		part++;
	return part;
}

/* Whether the print admits anybody in the row. */
static bool is_anybody(const struct published_table *table, size_t row)
{
	const struct cell *cell = row == CUBE_NO_ROW ? NULL : cube_cell(table->cube, row, 0);
	return cell != NULL && (cell->status == CELL_PROTECTED || (cell->status != CELL_MISSING && llround(cell->number) > 0));
}

static size_t *variable_at(const struct square *square, size_t kind, unsigned set)
{
	size_t row = square->single[kind * PARTIER + (size_t)first_of(set)];
	return &square->published->crossed[row * SETS + set];
}

static void find_rows(struct square *square)
{
	const struct cube *m03 = square->m03->cube, *m06 = square->m06->cube;
	for (unsigned set = 0; set < SETS; set++)
		square->combined[set] = CUBE_NO_ROW;
	for (size_t c = 0; c < m03->codes[2].count; c++) {
		const char *key[] = { square->month, square->kommun, m03->codes[2].code[c] };
		size_t row = c == m03->codes[2].total ? CUBE_NO_ROW : cube_find_named(m03, key);
		if (is_anybody(square->m03, row))
			square->combined[parti_set(key[2])] = row;
	}
	square->kinds = 0;
	for (size_t kon = 0; kon < m06->codes[2].count; kon++)
		for (size_t age = 0; age < m06->codes[3].count; age++) {
			bool any = false;
			for (size_t part = 0; part < PARTIER; part++) {
				const char *key[] = { square->month, square->kommun, m06->codes[2].code[kon], m06->codes[3].code[age], parti_names[part] };
				size_t row = cube_find_named(m06, key);
				square->single[square->kinds * PARTIER + part] = is_anybody(square->m06, row) ? row : CUBE_NO_ROW;
				any = any || is_anybody(square->m06, row);
			}
			square->kinds += any && kon != m06->codes[2].total && age != m06->codes[3].total;
		}
}

static bool can_be(const struct square *square, size_t kind, unsigned set)
{
	bool can = square->combined[set] != CUBE_NO_ROW;
	for (size_t part = 0; part < PARTIER; part++)
		can = can && ((set >> part & 1) == 0 || square->single[kind * PARTIER + part] != CUBE_NO_ROW);
	return can;
}

/* A count of either table is the sum of the classes that it holds: of one kind, or of all (SIZE_MAX), and of one set, or of all with a part. */
static int state_sum(const struct square *square, const struct published_table *table, size_t row, size_t kind, unsigned own, unsigned part,
	struct error *error)
{
	published_begin(square->published);
	int result = published_row(square->published, table, row, 0, -1, error);
	square->published->sum.secret = true; /* what the classes are the print does not say, nor the tables before protection */
	for (size_t k = 0; k < square->kinds && result == 0; k++)
		for (unsigned set = 1; set < SETS && result == 0; set++)
			if ((kind == SIZE_MAX || k == kind) && (own == 0 || set == own) && (set & part) == part && can_be(square, k, set))
				result = published_unseen(square->published, *variable_at(square, k, set), 1, PUBLISHED_UNTOLD, error);
	return result != 0 ? result : published_equal(square->published, error);
}

static int state_square(struct square *square, struct error *error)
{
	find_rows(square);
	for (size_t kind = 0; kind < square->kinds; kind++)
		for (unsigned set = 1; set < SETS; set++) {
			if (!can_be(square, kind, set))
				continue;
			size_t variable = knowledge_variable(square->published->knowledge, 0, KNOWLEDGE_ENDLESS, error);
			if (variable == KNOWLEDGE_NONE)
				return -1;
			*variable_at(square, kind, set) = variable;
		}
	for (unsigned set = 1; set < SETS; set++)
		if (square->combined[set] != CUBE_NO_ROW && state_sum(square, square->m03, square->combined[set], SIZE_MAX, set, 0, error) != 0)
			return -1;
	for (size_t kind = 0; kind < square->kinds; kind++)
		for (size_t part = 0; part < PARTIER; part++) {
			size_t row = square->single[kind * PARTIER + part];
			if (row != CUBE_NO_ROW && state_sum(square, square->m06, row, kind, 0, 1U << part, error) != 0)
				return -1;
		}
	return 0;
}

int crossed_state(struct published *published, const struct earlier *earlier, struct error *error)
{
	struct square square = { .published = published, .m03 = published_find(published, "m03"), .m06 = published_find(published, "m06") };
	if (!published->months || published->rounded || square.m03 == NULL || square.m06 == NULL)
		return 0;
	const struct cube *m03 = square.m03->cube, *m06 = square.m06->cube;
	published->crossed = arena_take(published->arena, m06->rows * SETS, sizeof *published->crossed, error);
	square.single = arena_take(published->arena, m06->codes[2].count * m06->codes[3].count * PARTIER, sizeof *square.single, error);
	published->told = arena_take(published->arena, m03->rows, sizeof *published->told, error);
	if (published->crossed == NULL || square.single == NULL || published->told == NULL)
		return -1;
	for (size_t i = 0; i < m06->rows * SETS; i++)
		published->crossed[i] = KNOWLEDGE_NONE;
	for (size_t row = 0; row < m03->rows; row++) {
		int64_t persons = published_count(square.m03, row, 0);
		square.month = cube_code_of(m03, row, 0);
		square.kommun = cube_code_of(m03, row, 1);
		bool stands, beside;
		standing_row(earlier, published, m03, row, &stands, &beside); /* then as it was approved, rounded perhaps */
		published->told[row] = !stands && cube_is_total(m03, row, 2) && !cube_is_total(m03, row, 1) && persons >= 1 && persons <= MOST_PERSONS;
		if (published->told[row] && state_square(&square, error) != 0)
			return -1;
	}
	return 0;
}

/* Adds the class of a row of m06 with these parts, of which the row's is the first. */
static int add_class(struct published *published, const struct published_table *m06, size_t row, unsigned set, int64_t sign, struct error *error)
{
	const struct cube *cube = m06->cube, *classes = published->classes, *m03 = published_find(published, "m03")->cube;
	size_t c = 0, at = CUBE_NO_ROW;
	while (c == m03->codes[2].total || parti_set(m03->codes[2].code[c]) != set)
		c++;
	const char *key[] = { cube_code_of(cube, row, 0), cube_code_of(cube, row, 1), cube_code_of(cube, row, 2), cube_code_of(cube, row, 3), m03->codes[2].code[c] };
	if (classes != NULL)
		at = cube_find_named(classes, key);
	published->sum.secret = published->sum.secret || classes == NULL;
	int64_t count = classes == NULL ? PUBLISHED_UNTOLD : at == CUBE_NO_ROW ? 0 : llround(cube_cell(classes, at, 0)->number);
	return published_unseen(published, published->crossed[row * SETS + set], sign, count, error);
}

/* The row of m03 of all in a kommun and month; CUBE_NO_ROW where the print shows nobody. */
static size_t margin_of(const struct published *published, const char *const key[4])
{
	const struct published_table *m03 = published_find(published, "m03");
	const char *margin[] = { key[0], key[1], TOT };
	size_t row = cube_find_named(m03->cube, margin);
	return is_anybody(m03, row) ? row : CUBE_NO_ROW;
}

/* Likewise of one kön and age, as m06 has them. */
static int add_kind(struct published *published, const char *const key[4], bool (*wanted)(const void *context, unsigned parts), const void *context,
	int64_t sign, struct error *error)
{
	const struct published_table *m06 = published_find(published, "m06");
	for (size_t part = 0; part < PARTIER; part++) {
		const char *of[] = { key[0], key[1], key[2], key[3], parti_names[part] };
		size_t row = cube_find_named(m06->cube, of);
		for (unsigned set = 1; row != CUBE_NO_ROW && set < SETS; set++)
			if (published->crossed[row * SETS + set] != KNOWLEDGE_NONE && wanted(context, set) && add_class(published, m06, row, set, sign, error) != 0)
				return -1;
	}
	return 0;
}

int crossed_add(struct published *published, const char *const key[4], bool (*wanted)(const void *context, unsigned parts), const void *context, int64_t sign,
	bool *told, struct error *error)
{
	size_t margin = published->crossed == NULL ? CUBE_NO_ROW : margin_of(published, key);
	if (margin == CUBE_NO_ROW || !published->told[margin]) {
		*told = *told && margin == CUBE_NO_ROW && published->crossed != NULL; /* there is nobody */
		return 0;
	}
	const struct cube_codes *kon = &published_find(published, "m06")->cube->codes[2], *age = &published_find(published, "m06")->cube->codes[3];
	for (size_t k = 0; k < kon->count; k++)
		for (size_t a = 0; a < age->count; a++) {
			const char *of[] = { key[0], key[1], kon->code[k], age->code[a] };
			bool own = k != kon->total && a != age->total && (strcmp(key[2], TOT) == 0 || strcmp(key[2], of[2]) == 0) &&
				(strcmp(key[3], TOT) == 0 || strcmp(key[3], of[3]) == 0);
			if (own && add_kind(published, of, wanted, context, sign, error) != 0)
				return -1;
		}
	return 0;
}

bool crossed_tells(const struct published *published, size_t row)
{
	return published->crossed != NULL && (published->told[row] || !is_anybody(published_find(published, "m03"), row));
}

bool crossed_find(const struct published *published, const struct published_table *m06, size_t row, const char *name, size_t *variable)
{
	static const char begins[] = "kombination=";
	*variable = KNOWLEDGE_NONE;
	if (strncmp(m06->cube->table->name, "m06", 3) != 0 || strncmp(name, begins, sizeof begins - 1) != 0)
		return false;
	if (published->crossed != NULL && row != CUBE_NO_ROW)
		*variable = published->crossed[row * SETS + parti_set(name + sizeof begins - 1)];
	return true;
}
