/* Periods and parts of them: see parts.h. */
#include "stages/audit/relations/parts.h"

#include <string.h>

#include "stages/audit/relations/relations.h"

/* Participations and exits in a part of a period are some of the period's, with the same codes; the exits of two parts without a day in common are different
   ones, and so are those who came to the queue or started from it. What holds of all participations and exits holds of those that are left. */

static const char *const kinds[] = { "i02", "i08", "i03", "i04", "i05", "i06", "i07", "i09", "i11" };

/* Whether a figure counts what is asked for, and whoever is in it in a part is in it in the whole: not who waits or takes part on a day. */
static bool is_asked(const struct published *published, const struct measure *measure)
{
	static const char *const others[] = { "forandring", "vantande", "pagaende", "personer" };
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (strcmp(measure->name, others[i]) == 0)
			return false;
	return measure->kind == MEASURE_COUNT && (strcmp(measure->name, "deltaganden") == 0) == published->took_part;
}

/* No figure of the period is less than its parts' together; `all`: nor more. */
static int state_figures(struct published *published, const struct published_table *table, bool all, struct error *error)
{
	const struct cube *cube = table->cube;
	for (size_t row = 0; row < cube->rows; row++)
		for (size_t m = 0; m < cube->table->measures; m++) {
			if (!is_asked(published, &cube->table->measure[m]))
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

/* The publication's period, and approved ones behind it. */
struct spans {
	size_t count;
	struct published_period span[PUBLISHED_PERIODS + 1];
};

static bool lies_in(const struct published_period *part, const struct published_period *whole)
{
	return part != whole && whole->from <= part->from && part->to <= whole->to;
}

static bool meets(const struct published_period *one, const struct published_period *other)
{
	return one->from <= other->to && other->from <= one->to;
}

/* ---- i01 ---- */

/* Whoever had come before the part began and was still there when it ended, less those who came since that and had left: S of the day before less E of the
   last day, which is pagaende less nya. In the whole it is no more. */
static int state_before(struct published *published, const struct published_table *own, const struct published_table *part, struct error *error)
{
	const struct published_table *of[] = { own, part };
	for (size_t t = 0; t < 2; t++)
		for (size_t row = 0; row < of[t]->cube->rows; row++) {
			const char *key[TABLE_DIMENSIONS];
			for (size_t d = 0; d < own->cube->table->dimensions; d++)
				key[d] = cube_code_of(of[t]->cube, row, d);
			if (t == 1 && cube_find_named(own->cube, key) != CUBE_NO_ROW)
				continue;
			int result = 0;
			published_begin(published);
			for (size_t i = 0; i < 4 && result == 0; i++) {
				const struct published_table *at = of[i / 2];
				result = published_part(published, at, key, cube_measure(at->cube, i % 2 == 0 ? "pagaende" : "nya"), (i == 0 || i == 3) ? -1 : 1, error);
			}
			if (result != 0 || published_at_least(published, error) != 0)
				return -1;
		}
	return 0;
}

/* i01 of a period and of the parts that are taken away from it. Where days lead from one to another, periods.h says more. */
static int state_participations(struct published *published, const struct published_period *whole, struct error *error)
{
	const struct published_table *own = published_find(published, "i01");
	if (whole->group == published->within[0]->group)
		return 0;
	if (state_figures(published, own, false, error) != 0)
		return -1;
	if (!published->took_part)
		return 0;
	published->less = 0;
	published->beside = true;
	int result = state_before(published, own, &published->table[published->within[0]->i01], error);
	published->less = 1;
	published->beside = false;
	return result;
}

/* ---- parts ---- */

/* Whether another part might take the place of those that it holds, or stand beside them all: then what is left is what is left of that one, and of the whole
   without it. */
static bool is_told_by_another(const struct published *published, const struct spans *spans, const struct published_period *whole)
{
	for (const struct published_period *other = spans->span; other < spans->span + spans->count; other++) {
		bool fits = lies_in(other, whole) && other->tables > 0 && other->complete;
		for (size_t i = 0; i < published->less && fits; i++)
			fits = other != published->within[i] && (lies_in(published->within[i], other) || !meets(published->within[i], other));
		if (fits)
			return true;
	}
	return false;
}

static bool is_all(const struct published *published, const struct published_period *whole)
{
	int32_t days = 0;
	for (size_t i = 0; i < published->less; i++)
		days += published->within[i]->to - published->within[i]->from + 1;
	return days == whole->to - whole->from + 1;
}

/* What is left of a whole without the parts that are chosen: of who came and left; of who took part where there is one part, and none that holds it. */
static int state_chosen(struct published *published, const struct spans *spans, const struct published_period *whole, struct error *error)
{
	bool complete = published->within[0]->complete, between = false;
	if ((!complete || !is_told_by_another(published, spans, whole)) &&
		(state_left(published, is_all(published, whole), error) != 0 || state_participations(published, whole, error) != 0))
		return -1;
	for (const struct published_period *other = spans->span; other < spans->span + spans->count && complete; other++)
		between = between || (lies_in(other, whole) && other->tables > 0 && other->complete && lies_in(published->within[0], other));
	if (published->less > 1 || between)
		return 0;
	published->took_part = true;
	int result = state_left(published, false, error) != 0 ? -1 : state_participations(published, whole, error);
	published->took_part = false;
	return result;
}

/* All choices of parts without a common day, with those that are chosen: later ones are added. One that lacks a table stands alone. */
static int choose(struct published *published, const struct spans *spans, const struct published_period *whole, struct error *error)
{
	size_t chosen = published->less;
	int result = 0;
	for (const struct published_period *next = spans->span; next < spans->span + spans->count && result == 0; next++) {
		bool alone = !next->complete || (chosen > 0 && !published->within[0]->complete);
		if (!lies_in(next, whole) || next->tables == 0 || (chosen > 0 && (alone || next->from <= published->within[chosen - 1]->to)))
			continue;
		published->within[chosen] = next;
		published->less = chosen + 1;
		result = state_chosen(published, spans, whole, error) != 0 ? -1 : choose(published, spans, whole, error);
	}
	published->less = chosen;
	return result;
}

int parts_state(struct published *published, const struct earlier *earlier, struct error *error)
{
	if (published->periods == 0) /* so it is of a publication that stands alone, without settings */
		return 0;
	struct spans spans = { .count = 1 + published->periods };
	struct published_period *own = &spans.span[0];
	*own = (struct published_period){ .from = earlier->settings->period_from, .to = earlier->settings->period_to, .complete = true };
	for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
		own->tables = published_find(published, kinds[k]) != NULL ? published->own : own->tables; /* they are among these */
	own->i01 = (size_t)(published_find(published, "i01") - published->table);
	memcpy(own + 1, published->period, published->periods * sizeof *own);
	int result = own->tables == 0 ? 0 : choose(published, &spans, own, error);
	for (size_t p = 1; p < spans.count && result == 0; p++) {
		published->approved = &spans.span[p];
		result = relations_state_beside(published, error) != 0 || state_outcomes(published, error) != 0 ? -1
			: spans.span[p].tables == 0 ? 0 : choose(published, &spans, &spans.span[p], error);
	}
	published->approved = NULL;
	return result;
}
