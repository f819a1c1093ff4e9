/* Tables of exits beside each other: see exits.h. */
#include "stages/audit/relations/exits.h"

#include <stdlib.h>
#include <string.h>

#include "pipeline/base/date.h"

static const char *insats_of(const struct cube *cube, size_t row)
{
	return cube_code_of(cube, row, 0);
}

static const char *kon_of(const struct cube *cube, size_t row)
{
	return cube_code_of(cube, row, 1);
}

/* Of one insats and kön; what holds of these holds of their sums. */
static bool is_finest(const struct cube *cube, size_t row)
{
	return strcmp(insats_of(cube, row), CUBE_TOTAL) != 0 && strcmp(kon_of(cube, row), CUBE_TOTAL) != 0;
}

static int part(struct published *published, const struct published_table *table, const char *insats, const char *kon, const char *code, const char *measure,
	int64_t coefficient, struct error *error)
{
	return published_part(published, table, (const char *const[]){ insats, kon, code }, cube_measure(table->cube, measure), coefficient, error);
}

/* An answer of 0 per cent has a code and is neither before nor after: then the counts may say the contrary. */
static int end(struct published *published, struct error *error)
{
	return !published->sum.unknown && published->sum.truth < 0 ? 0 : published_at_least(published, error);
}

/* i06 beside i04. */
static int state_results(struct published *published, struct error *error)
{
	static const char *const begun[] = { "AO", "AU", "EF", "SU" };
	const struct published_table *i06 = published_find(published, "i06"), *i04 = published_find(published, "i04");
	for (size_t row = 0; i06 != NULL && i04 != NULL && row < i06->cube->rows; row++) {
		const char *insats = insats_of(i06->cube, row), *kon = kon_of(i06->cube, row);
		size_t reached = cube_measure(i06->cube, "arbete_eller_studier");
		if (!is_finest(i06->cube, row))
			continue;
		published_begin(published);
		if (part(published, i04, insats, kon, "AR", "efter", -1, error) != 0 || published_row(published, i06, row, reached, 1, error) != 0 ||
			published_row(published, i06, row, cube_measure(i06->cube, "arbetssokande"), 1, error) != 0 || end(published, error) != 0)
			return -1;
		published_begin(published);
		for (size_t c = 0; c < sizeof begun / sizeof *begun; c++)
			if (part(published, i04, insats, kon, begun[c], "fore", 1, error) != 0)
				return -1;
		if (published_row(published, i06, row, reached, -1, error) != 0 ||
			published_row(published, i06, row, cube_measure(i06->cube, "borjat_eller_okat"), 1, error) != 0 || end(published, error) != 0)
			return -1;
	}
	return 0;
}

/* Of one försörjning before and one after there are as many as both counts together less those of both (i11): no more than the exits. */
static int state_union(struct published *published, const struct published_table *i03, const struct published_table *i11, size_t before, size_t after,
	struct error *error)
{
	const struct cube *cube = i03->cube;
	const char *insats = insats_of(cube, before), *kon = kon_of(cube, before);
	const char *pair[] = { insats, kon, cube_code_of(cube, before, 2), cube_code_of(cube, after, 2) };
	published_begin(published);
	return part(published, i03, insats, kon, CUBE_TOTAL, "fore", 1, error) != 0 || published_part(published, i11, pair, 0, 1, error) != 0 ||
		published_row(published, i03, before, cube_measure(cube, "fore"), -1, error) != 0 ||
		published_row(published, i03, after, cube_measure(cube, "efter"), -1, error) != 0 || end(published, error) != 0 ? -1 : 0;
}

static int state_unions(struct published *published, struct error *error)
{
	const struct published_table *i03 = published_find(published, "i03"), *i11 = published_find(published, "i11");
	for (size_t before = 0; i03 != NULL && i11 != NULL && before < i03->cube->rows; before++) {
		if (!is_finest(i03->cube, before) || cube_is_total(i03->cube, before, 2))
			continue;
		for (size_t after = 0; after < i03->cube->rows; after++)
			if (!cube_is_total(i03->cube, after, 2) && strcmp(insats_of(i03->cube, before), insats_of(i03->cube, after)) == 0 &&
				strcmp(kon_of(i03->cube, before), kon_of(i03->cube, after)) == 0 && state_union(published, i03, i11, before, after, error) != 0)
				return -1;
	}
	return 0;
}

int exits_state(struct published *published, struct error *error)
{
	return published->rounded ? 0 : state_results(published, error) != 0 || state_unions(published, error) != 0 ? -1 : 0;
}

/* ---- longer than the period ---- */

/* The variable of those of an insats and kön who had begun before the period and left in it. */
static size_t older_exits(const struct published_table *i01, const char *insats, const char *kon)
{
	size_t row = cube_find_named(i01->cube, (const char *const[]){ insats, CUBE_TOTAL, kon });
	for (size_t class = 0; class < i01->classes && row != CUBE_NO_ROW; class++)
		if (strcmp(i01->class_name[class], "lage=aldre+avslutad") == 0)
			return i01->class + row * i01->classes + class;
	return KNOWLEDGE_NONE;
}

int exits_state_longer(struct published *published, const struct settings *settings, struct error *error)
{
	const struct published_table *i01 = published_find(published, "i01"), *i07 = published_find(published, "i07");
	if (published->rounded || settings == NULL || i01 == NULL || i07 == NULL)
		return 0;
	long months = date_month_of(settings->period_to) - date_month_of(settings->period_from) + 1;
	for (size_t row = 0; row < i07->cube->rows; row++) {
		const char *insats = insats_of(i07->cube, row), *kon = kon_of(i07->cube, row);
		size_t older = is_finest(i07->cube, row) && cube_is_total(i07->cube, row, 2) ? older_exits(i01, insats, kon) : KNOWLEDGE_NONE;
		if (older == KNOWLEDGE_NONE)
			continue;
		published_begin(published);
		int result = published_unseen(published, older, 1, PUBLISHED_UNTOLD, error);
		for (size_t other = 0; other < i07->cube->rows && result == 0; other++) {
			const char *band = cube_code_of(i07->cube, other, 2);
			if (strcmp(insats_of(i07->cube, other), insats) == 0 && strcmp(kon_of(i07->cube, other), kon) == 0 && strcmp(band, CUBE_TOTAL) != 0 &&
				strtol(band, NULL, 10) >= months)
				result = published_row(published, i07, other, 0, -1, error);
		}
		if (result != 0 || published_at_least(published, error) != 0)
			return -1;
	}
	return 0;
}
