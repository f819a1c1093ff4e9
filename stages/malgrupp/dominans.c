/* The largest contributions to the amounts of m01: see dominans.h. */
#include "stages/malgrupp/dominans.h"

#include "pipeline/base/date.h"
#include "stages/malgrupp/forsorjning.h"

int dominans_init(struct dominans *dominans, const struct tally *tally, const struct measured *measured, struct arena *arena,
	struct error *error)
{
	size_t cells = tally->numbers / tally->values;
	*dominans = (struct dominans){ .tally = tally, .measured = measured };
	dominans->of = arena_take(arena, cells * DOMINANS_AMOUNTS, sizeof *dominans->of, error);
	return dominans->of == NULL ? -1 : 0;
}

/* Where the contributions of a cell begin. */
static struct contributions *beside(const struct dominans *dominans, const int64_t *number)
{
	size_t cell = (size_t)(number - dominans->tally->number) / dominans->tally->values;
	return &dominans->of[cell * DOMINANS_AMOUNTS];
}

void dominans_add(struct dominans *dominans, const int64_t *number, int64_t ore, int64_t parts)
{
	struct contributions *of = beside(dominans, number);
	contributions_add(&of[DOMINANS_KR], (double)ore);
	contributions_add(&of[DOMINANS_HELAR], (double)parts);
}

void dominans_expect(const struct dominans *dominans, const int64_t *number)
{
	const struct contributions *of = beside(dominans, number);
	__builtin_prefetch(&of[0], 1);
	__builtin_prefetch(&of[DOMINANS_AMOUNTS - 1], 1);
}

void dominans_join(struct dominans *dominans, const struct dominans *other)
{
	size_t count = dominans->tally->numbers / dominans->tally->values * DOMINANS_AMOUNTS;
	for (size_t i = 0; i < count; i++)
		contributions_join(&dominans->of[i], &other->of[i]);
}

/* Along one dimension, as the tally does it (tally.c). */
static void total_dimension(struct dominans *dominans, size_t d)
{
	const struct tally *tally = dominans->tally;
	size_t stride = tally->stride[d] / tally->values * DOMINANS_AMOUNTS, last = tally->size[d] - 1;
	size_t count = tally->numbers / tally->values * DOMINANS_AMOUNTS;
	for (size_t from = 0; from < count; from += stride * tally->size[d])
		for (size_t p = 0; p < last; p++)
			for (size_t i = 0; i < stride; i++)
				contributions_join(&dominans->of[from + last * stride + i], &dominans->of[from + p * stride + i]);
}

void dominans_total(struct dominans *dominans)
{
	const struct table *table = dominans->tally->table;
	for (size_t d = 0; d < table->dimensions; d++)
		if (table->dimension[d].total)
			total_dimension(dominans, d);
}

/* Measures of the cube: of each amount the sum, the largest and the second. */
static void fill(struct cube *cube, size_t row, const size_t *at, const int64_t *number, const void *context)
{
	const struct dominans *dominans = context;
	const struct contributions *of = beside(dominans, number);
	const double unit[DOMINANS_AMOUNTS] = { [DOMINANS_KR] = 100,
		[DOMINANS_HELAR] = FORSORJNING_PARTS * (double)date_days_in_year(dominans->measured->year[at[0]].year) };
	bool may = false;
	for (size_t a = 0; a < DOMINANS_AMOUNTS; a++)
		may = may || dominance_sensitive(&of[a], 1);
	for (size_t a = 0; may && a < DOMINANS_AMOUNTS; a++) {
		cube_set(cube, row, 3 * a, of[a].total / unit[a]);
		cube_set(cube, row, 3 * a + 1, of[a].first / unit[a]);
		cube_set(cube, row, 3 * a + 2, of[a].second / unit[a]);
	}
}

struct cube *dominans_cube(const struct dominans *dominans, const struct table *table, struct arena *arena, struct error *error)
{
	struct tally same = *dominans->tally;
	same.table = table;
	return tally_cube(&same, fill, dominans, arena, error);
}
