/* Periods and parts of them: see parts.h. */
#include "stages/audit/relations/parts.h"

#include <string.h>

#include "stages/audit/relations/relations.h"

/* Participations and exits in a part of a period are some of the period's, with the same codes; the exits of two parts without a day in common are different
   ones, and so are those who came to the queue or started from it. What holds of all participations and exits holds of those that are left. */

static const char *const kinds[] = { "i02", "i08", "i03", "i04", "i05", "i06", "i07", "i09", "i11" };

/* No figure of the period is less than its parts' together; `all`: nor more. */
static int state_figures(struct published *published, const struct published_table *table, bool all, struct error *error)
{
	const struct cube *cube = table->cube;
	for (size_t row = 0; row < cube->rows; row++)
		for (size_t m = 0; m < cube->table->measures; m++) {
			const char *name = cube->table->measure[m].name; /* who waits on a day is not among those of a longer period */
			if (cube->table->measure[m].kind != MEASURE_COUNT || strcmp(name, "forandring") == 0 || strcmp(name, "vantande") == 0)
				continue;
			published_begin(published);
			if (published_row(published, table, row, m, 1, error) != 0 ||
				(all ? published_equal : published_at_least)(published, error) != 0)
				return -1;
		}
	return 0;
}

/* Exits to both work and studies, and to neither of these nor to seeking work: no count tells them, and there are no fewer than none. */
static int state_outcomes(struct published *published, struct error *error)
{
	static const struct {
		const char *measure;
		int in[2];
	} terms[] = { { "arbete", { 1, 0 } }, { "studier", { 1, 0 } }, { "arbete_eller_studier", { -1, -1 } }, { "avslutade", { 0, 1 } },
		{ "arbetssokande", { 0, -1 } } }, within[] = { { "arbete_eller_studier", { 1, 1 } }, { "arbete", { -1, 0 } }, { "studier", { 0, -1 } } };
	const struct published_table *i06 = published_find(published, "i06");
	for (size_t row = 0; i06 != NULL && row < i06->cube->rows; row++)
		for (size_t class = 0; class < 4; class++) {
			int result = 0;
			published_begin(published);
			for (size_t t = 0; t < (class < 2 ? 5 : 3) && result == 0; t++) {
				int in = class < 2 ? terms[t].in[class] : within[t].in[class - 2];
				const char *measure = class < 2 ? terms[t].measure : within[t].measure;
				if (in != 0)
					result = published_row(published, i06, row, cube_measure(i06->cube, measure), in, error);
			}
			if (result != 0 || published_at_least(published, error) != 0)
				return -1;
		}
	return 0;
}

/* What is left of the period that is asked for when its parts are taken away. */
static int state_left(struct published *published, bool all, struct error *error)
{
	for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
		const struct published_table *table = published_find(published, kinds[k]);
		if (table != NULL && state_figures(published, table, all, error) != 0)
			return -1;
	}
	if (all)
		return 0;
	return relations_state_beside(published, error) != 0 ? -1 : state_outcomes(published, error);
}

static bool lies_in(const struct published_period *part, const struct published_period *whole)
{
	return part != whole && whole->from <= part->from && part->to <= whole->to && part->tables > 0;
}

/* Every part of a period, and every two that have no day in common. */
static int state_whole(struct published *published, const struct published_period *whole, struct error *error)
{
	const struct published_period *period = published->period, *end = period + published->periods;
	int result = 0;
	for (const struct published_period *one = period; one < end && result == 0; one++) {
		if (!lies_in(one, whole))
			continue;
		published->less = 1;
		published->within[0] = one;
		result = state_left(published, false, error);
		for (const struct published_period *other = period; other < end && result == 0; other++) {
			if (!lies_in(other, whole) || other->from <= one->to)
				continue;
			published->less = 2;
			published->within[1] = other;
			result = state_left(published, one->from == whole->from && other->from == one->to + 1 && other->to == whole->to, error);
		}
	}
	published->less = 0;
	return result;
}

int parts_state(struct published *published, const struct earlier *earlier, struct error *error)
{
	if (published->periods == 0) /* so it is of a publication that stands alone, without settings */
		return 0;
	const struct published_period own = { .from = earlier->settings->period_from, .to = earlier->settings->period_to };
	int result = state_whole(published, &own, error);
	for (size_t p = 0; p < published->periods && result == 0; p++) {
		published->approved = &published->period[p];
		result = relations_state_beside(published, error) != 0 || state_outcomes(published, error) != 0 ? -1
			: state_whole(published, published->approved, error);
	}
	published->approved = NULL;
	return result;
}
