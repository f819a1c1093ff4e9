/* What the tables beside i01 of several periods say of each other: see facts_inside.h.

   Who took part, or left, in a part of a period did so in the period, with the same insats, kön and code: the background and the remittent are of the
   start, what an exit led to is of the exit. So who did so in the period and not in the part is a set like any other, and all that holds of the tables
   holds of it. Exits of two parts that do not overlap are different ones, and so are those who came
   to the queue or started from it (i09). */
#include <string.h>

#include "stages/protect/facts/facts_inside.h"

static const char *const taking_part[] = { "i02_bakgrund", "i08_remittent" };
static const char *const flows[] = { "i03_forsorjning", "i04_sysselsattning", "i05_avslut", "i06_resultat", "i07_tid_i_insats", "i09_ko",
	"i11_matris" };

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* ---- classes of i06 ---- */

#define MEASURES 3

/* What no measure of i06 counts, as sums of those that do, the one that holds all others first: both work and studies, and neither these nor seeking
   work. The other classes are what one of two such measures has beside the other. */
static const struct outcome {
	const char *measure[MEASURES];
	int sign[MEASURES];
} outcomes[] = {
	{ { "arbete_eller_studier", "arbete", "studier" }, { -1, 1, 1 } },
	{ { "avslutade", "arbete_eller_studier", "arbetssokande" }, { 1, -1, -1 } },
};

static int state_outcomes(struct facts_work *work)
{
	size_t table = facts_find(work, "i06_resultat");
	const struct cube *cube = table == SIZE_MAX ? NULL : work->tables->cube[table];
	for (size_t row = 0; cube != NULL && row < cube->rows && !work->joining; row++)
		for (size_t o = 0; o < COUNT(outcomes) && !facts_adds_up(cube, row); o++) {
			facts_begin(work);
			for (size_t m = 0; m < MEASURES; m++)
				if (facts_term(work, table, row, cube_measure(cube, outcomes[o].measure[m]), outcomes[o].sign[m]) != 0)
					return -1;
			if (facts_end(work, ROW_HIDDEN, false) != 0)
				return -1;
		}
	return 0;
}

/* ---- of the period at hand ---- */

static int state_lists(struct facts_work *work)
{
	return facts_sums(work) != 0 || facts_pairs(work) != 0 || facts_covers(work) != 0 ? -1 : state_outcomes(work);
}

/* Its parts have no more than the period: nothing is left where they are all of its days. */
static int state_cells(struct facts_work *work, const char *name, bool all)
{
	size_t table = facts_find(work, name);
	const struct cube *cube = table == SIZE_MAX ? NULL : work->tables->cube[table];
	for (size_t row = 0; cube != NULL && row < cube->rows; row++)
		for (size_t m = 0; m < cube->table->measures && (work->joining || !facts_adds_up(cube, row)); m++) { /* the others follow */
			if (strcmp(cube->table->measure[m].name, "vantande") == 0)
				continue; /* who waits on a day is not among those of a longer period */
			facts_begin(work);
			if (facts_term(work, table, row, m, 1) != 0 || facts_end(work, all ? ROW_KNOWN : ROW_HIDDEN, false) != 0)
				return -1;
		}
	return 0;
}

/* ---- periods ---- */

static bool is_within(const struct tables_period *part, const struct tables_period *whole)
{
	return part->from >= whole->from && part->to <= whole->to && part != whole && part->tables > 0 && whole->tables > 0;
}

/* What a period has beside one or two within it; `all`: nothing. */
static int state_rest(struct facts_work *work, bool all)
{
	for (size_t k = 0; k < COUNT(flows); k++)
		if (state_cells(work, flows[k], all) != 0)
			return -1;
	for (size_t k = 0; k < COUNT(taking_part); k++)
		if (state_cells(work, taking_part[k], false) != 0)
			return -1;
	return all ? 0 : state_lists(work);
}

static int state_parts(struct facts_work *work)
{
	const struct tables_period *period = work->tables->period, *whole = &period[work->period];
	for (work->part[0] = 0; work->part[0] < work->tables->periods; work->part[0]++) {
		const struct tables_period *first = &period[work->part[0]];
		if (!is_within(first, whole))
			continue;
		work->parts = 1;
		if (state_rest(work, false) != 0)
			return -1;
		work->parts = 2;
		for (work->part[1] = 0; work->part[1] < work->tables->periods; work->part[1]++) {
			const struct tables_period *second = &period[work->part[1]];
			bool all = first->from == whole->from && first->to + 1 == second->from && second->to == whole->to;
			if (is_within(second, whole) && first->to < second->from && state_rest(work, all) != 0)
				return -1;
		}
	}
	work->parts = 0;
	return 0;
}

int facts_beside(struct facts_work *work)
{
	for (work->period = 0; work->period < work->tables->periods; work->period++)
		if ((work->period > 0 && state_lists(work) != 0) || state_parts(work) != 0)
			return -1;
	work->period = 0;
	return 0;
}
