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
		for (size_t o = 0; o < COUNT(outcomes) && !facts_adds_up(work, cube, row); o++) {
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

static int state_lists(struct facts_work *work, const void *context)
{
	(void)context;
	return facts_sums(work) != 0 || facts_pairs(work) != 0 || facts_covers(work) != 0 || facts_exits(work) != 0 ? -1 : state_outcomes(work);
}

/* Whether a measure counts some of the period's in a part of it, and of those that are being stated. Who waits on a day is not among those of a longer
   period. */
static bool is_of_part(const struct facts_work *work, const char *measure)
{
	bool of_a_day = strcmp(measure, "vantande") == 0 || strcmp(measure, "pagaende") == 0;
	return !of_a_day && strcmp(measure, "personer") != 0 && (strcmp(measure, "deltaganden") == 0) == work->taking;
}

/* Its parts have no more than the period: nothing is left where they are all of its days. */
static int state_cells(struct facts_work *work, const char *name, bool all)
{
	size_t table = facts_find(work, name);
	const struct cube *cube = table == SIZE_MAX ? NULL : work->tables->cube[table];
	for (size_t row = 0; cube != NULL && row < cube->rows; row++)
		for (size_t m = 0; m < cube->table->measures && (work->joining || !facts_adds_up(work, cube, row)); m++) { /* the others follow */
			if (!is_of_part(work, cube->table->measure[m].name))
				continue;
			facts_begin(work);
			if (facts_term(work, table, row, m, 1) != 0 || facts_end(work, all ? ROW_KNOWN : ROW_HIDDEN, false) != 0)
				return -1;
		}
	return 0;
}

/* Let S be how many had started and E how many had ended when a day was over: S of the day before the part is no less than that of the day before the period,
   and E of its last day no more. So pagaende less nya, which is S of the day before less E of the last day, is no less in the part. */
static int state_days(struct facts_work *work)
{
	const struct tables *tables = work->tables;
	const struct tables_period *whole = &tables->period[work->period], *part = &tables->period[work->part[0]];
	const struct cube *cube = tables->cube[part->table], *of = tables->cube[whole->table];
	size_t new = cube_measure(cube, "nya"), left = cube_measure(cube, "pagaende");
	for (size_t row = 0; row < cube->rows + of->rows && !work->joining; row++) {
		bool own = row < cube->rows;
		const struct cube *at = own ? cube : of;
		size_t here = own ? row : row - cube->rows;
		const char *code[TABLE_DIMENSIONS];
		for (size_t d = 0; d < at->table->dimensions; d++)
			code[d] = cube_code_of(at, here, d);
		size_t other = cube_find_named(own ? of : cube, code);
		if (facts_adds_up(work, at, here) || (!own && other != CUBE_NO_ROW))
			continue;
		const struct facts_count count[] = { { part->table, own ? here : other, left }, { part->table, own ? here : other, new },
			{ whole->table, own ? other : here, left }, { whole->table, own ? other : here, new } };
		work->parts = 0;
		int result = facts_state_bound(work, count, (const int[]){ 1, -1, -1, 1 }, COUNT(count));
		work->parts = 1;
		if (result != 0)
			return -1;
	}
	return 0;
}

/* ---- periods ---- */

static bool is_within(const struct tables_period *part, const struct tables_period *whole)
{
	return part->from >= whole->from && part->to <= whole->to && part != whole;
}

static bool apart(const struct tables_period *one, const struct tables_period *other)
{
	return one->to < other->from || other->to < one->from;
}

/* Some of the periods within another, of which all tables are there. */
struct family {
	const struct tables_period *period; /* all there are */
	size_t count, of[TABLES_PERIODS];   /* those within */
	unsigned in;                        /* a bit a member, of those within */
};

static const struct tables_period *member(const struct family *family, size_t i)
{
	return &family->period[family->of[i]];
}

static bool has(unsigned set, size_t i)
{
	return (set >> i & 1) != 0;
}

/* Whether no two members have a day in common. */
static bool is_apart(const struct family *family)
{
	for (size_t i = 0; i < family->count; i++)
		for (size_t j = 0; j < i; j++)
			if (has(family->in, i) && has(family->in, j) && !apart(member(family, i), member(family, j)))
				return false;
	return true;
}

/* Whether what the whole has beside the members is what it has beside others and what these have: of another that could join them, or that holds some and has
   no day in common with the rest. All that holds of both holds of the sum. */
static bool follows(const struct family *family)
{
	for (size_t i = 0; i < family->count; i++) {
		bool splits = false;
		for (size_t j = 0; j < family->count && !has(family->in, i); j++)
			splits = splits || (has(family->in, j) && !apart(member(family, i), member(family, j)) && !is_within(member(family, j), member(family, i)));
		if (!has(family->in, i) && !splits)
			return true;
	}
	return false;
}

/* Whether the members are all of the whole's days. */
static bool covers(const struct family *family, const struct tables_period *whole)
{
	int32_t days = whole->to - whole->from + 1;
	for (size_t i = 0; i < family->count; i++)
		days -= has(family->in, i) ? member(family, i)->to - member(family, i)->from + 1 : 0;
	return days == 0;
}

static int state_names(struct facts_work *work, const char *const *names, size_t count, bool all)
{
	for (size_t k = 0; k < count; k++)
		if (state_cells(work, names[k], all) != 0)
			return -1;
	return all ? 0 : state_lists(work, NULL);
}

/* Whether a third period lies between one within another and that. */
static bool is_between(const struct family *family, size_t part)
{
	for (size_t i = 0; i < family->count; i++)
		if (is_within(member(family, part), member(family, i)))
			return true;
	return false;
}

static int state_family(struct facts_work *work, const void *context)
{
	const struct family *family = context;
	const struct tables_period *whole = &work->tables->period[work->period];
	work->parts = 0;
	work->renamed = false;
	for (size_t i = 0; i < family->count; i++)
		if (has(family->in, i)) {
			work->renamed = work->renamed || facts_lacks_insats(work, whole, member(family, i));
			work->part[work->parts++] = family->of[i];
		}
	bool one = work->parts == 1, by_itself = whole->group != work->tables->period[work->part[0]].group; /* else facts_periods says it */
	work->taking = false;
	if (is_apart(family) && !follows(family) &&
		(state_names(work, flows, COUNT(flows), covers(family, whole)) != 0 || (by_itself && state_cells(work, "i01_deltagare", false) != 0)))
		return -1;
	work->taking = true;
	if (!one || is_between(family, (size_t)__builtin_ctz(family->in)))
		return 0;
	return state_names(work, taking_part, COUNT(taking_part), false) != 0 ||
		(by_itself && (state_cells(work, "i01_deltagare", false) != 0 || state_days(work) != 0)) ? -1 : 0;
}

/* What the period at hand has beside those within it: of those that have all tables as few as tell all, the others each by itself. */
static int state_parts(struct facts_work *work)
{
	const struct tables *tables = work->tables;
	const struct tables_period *period = tables->period, *whole = &period[work->period];
	struct family family = { .period = period };
	int result = 0;
	for (size_t p = 0; p < tables->periods && result == 0; p++) {
		if (!is_within(&period[p], whole) || period[p].tables == 0 || whole->tables == 0)
			continue;
		if (period[p].tables == period->tables)
			family.of[family.count++] = p;
		else
			result = facts_state_whole(work, state_family, &(struct family){ .period = period, .count = 1, .of = { p }, .in = 1 });
	}
	for (family.in = 1; family.in < 1U << family.count && result == 0; family.in++)
		result = facts_state_whole(work, state_family, &family);
	work->parts = 0;
	work->taking = work->renamed = false;
	return result;
}

int facts_beside(struct facts_work *work)
{
	for (work->period = 0; work->period < work->tables->periods; work->period++)
		if ((work->period > 0 && facts_state_whole(work, state_lists, NULL) != 0) || state_parts(work) != 0)
			return -1;
	work->period = 0;
	return 0;
}
