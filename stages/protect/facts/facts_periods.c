/* What i01 of several periods say of each other: see facts_inside.h.

   Let S(d) be how many participations have started by the end of day d, and E(d) how many have ended by then. Of a period from the day after a to b
   nya = S(b) − S(a), avslutade = E(b) − E(a), pagaende = S(b) − E(b), deltaganden = S(b) − E(a). So periods that share such a day tie these
   numbers together: whatever ways of counts lead from one of them to another, they give the same. Of periods that overlap otherwise these numbers are in order. */
#include <string.h>

#include "stages/protect/facts/facts_inside.h"

#define DAYS (2 * TABLES_PERIODS)
#define NUMBERS (2 * DAYS) /* of day number d: E is 2·d, S is 2·d + 1 */
#define COUNTS 4

/* The counts of a period, from the number that is taken away to the other. */
static const struct {
	const char *measure;
	bool from_starts, from_end; /* S or E, of the last day or of the one before the first */
	bool to_starts;             /* always of the last day but for avslutade and nya, as they are */
} kinds[COUNTS] = { { "nya", true, false, true }, { "avslutade", false, false, false }, { "pagaende", false, true, true },
	{ "deltaganden", false, false, true } };

/* How often each count of each period is added on a way, or taken away. */
struct way {
	bool there;
	int times[TABLES_PERIODS][COUNTS];
};

struct periods {
	struct facts_work *work;
	size_t group;       /* of which periods the days are */
	size_t days;
	int32_t day[DAYS];  /* in order: last days, and those before first days */
	struct way way[NUMBERS]; /* to each number, from E of the day before the run's period */
	bool direct[NUMBERS][NUMBERS]; /* a count says what lies between */
	size_t measure[COUNTS];
	size_t row[TABLES_PERIODS]; /* of the insats, kommun and kön at hand */
};

static size_t number_of(const struct periods *periods, int32_t day, bool starts)
{
	size_t d = 0;
	while (periods->day[d] != day)
		d++;
	return 2 * d + starts;
}

static size_t begin_of(const struct periods *periods, size_t p, size_t kind)
{
	const struct tables_period *period = &periods->work->tables->period[p];
	return number_of(periods, kinds[kind].from_end ? period->to : period->from - 1, kinds[kind].from_starts);
}

static size_t end_of(const struct periods *periods, size_t p, size_t kind)
{
	return number_of(periods, periods->work->tables->period[p].to, kinds[kind].to_starts);
}

static void add_day(struct periods *periods, int32_t day)
{
	size_t at = periods->days;
	for (size_t d = 0; d < periods->days; d++)
		if (periods->day[d] == day)
			return;
	for (; at > 0 && periods->day[at - 1] > day; at--)
		periods->day[at] = periods->day[at - 1];
	periods->day[at] = day;
	periods->days++;
}

/* Ways to all numbers, by as few counts as possible. */
static void find_ways(struct periods *periods)
{
	const struct tables *tables = periods->work->tables;
	size_t queue[NUMBERS], queued = 1;
	queue[0] = number_of(periods, tables->period[periods->group].from - 1, false);
	periods->way[queue[0]].there = true;
	for (size_t q = 0; q < queued; q++)
		for (size_t p = 0; p < tables->periods; p++)
			for (size_t kind = 0; kind < COUNTS && tables->period[p].group == periods->group; kind++) {
				size_t from = begin_of(periods, p, kind), to = end_of(periods, p, kind), here = queue[q];
				size_t other = from == here ? to : from;
				periods->direct[from][to] = true;
				if ((from != here && to != here) || periods->way[other].there)
					continue;
				periods->way[other] = periods->way[here];
				periods->way[other].times[p][kind] += from == here ? 1 : -1;
				queue[queued++] = other;
			}
}

static bool is_missing(const struct tables *tables, const struct facts_count *count)
{
	return count->row != CUBE_NO_ROW && cube_cell(tables->cube[count->table], count->row, count->measure)->status == CELL_MISSING;
}

static int64_t count_of(const struct tables *tables, const struct facts_count *count)
{
	return count->row == CUBE_NO_ROW ? 0 : facts_count(tables, count->table, count->row, count->measure);
}

/* States that the counts of a way are nobody, or a set of persons. Nothing where one of them is not known. */
static int state_way(struct periods *periods, const struct way *way, bool nobody)
{
	const struct tables *tables = periods->work->tables;
	struct facts_count count[TABLES_PERIODS * COUNTS];
	int sign[TABLES_PERIODS * COUNTS];
	size_t counts = 0;
	for (size_t p = 0; p < tables->periods; p++)
		for (size_t kind = 0; kind < COUNTS; kind++) {
			const struct facts_count one = { tables->period[p].table, periods->row[p], periods->measure[kind] };
			if (way->times[p][kind] == 0 || one.row == CUBE_NO_ROW)
				continue;
			if (is_missing(tables, &one))
				return 0;
			size_t at = counts++;
			for (; at > 0 && count_of(tables, &count[at - 1]) < count_of(tables, &one); at--) {
				count[at] = count[at - 1];
				sign[at] = sign[at - 1];
			}
			count[at] = one;
			sign[at] = way->times[p][kind];
		}
	return facts_state_set(periods->work, count, sign, counts, nobody);
}

static struct way between(const struct periods *periods, size_t from, size_t to)
{
	struct way way = { true, { { 0 } } };
	for (size_t p = 0; p < TABLES_PERIODS; p++)
		for (size_t kind = 0; kind < COUNTS; kind++)
			way.times[p][kind] = periods->way[to].times[p][kind] - periods->way[from].times[p][kind];
	return way;
}

/* The way between the two numbers of a count, less the count: nobody. */
static struct way around(const struct periods *periods, size_t p, size_t kind)
{
	struct way way = between(periods, begin_of(periods, p, kind), end_of(periods, p, kind));
	way.times[p][kind]--;
	return way;
}

/* Every count is what lies between its two numbers, whatever the way there. */
static int state_counts(struct periods *periods)
{
	for (size_t p = 0; p < periods->work->tables->periods; p++)
		for (size_t kind = 0; kind < COUNTS && periods->work->tables->period[p].group == periods->group; kind++) {
			const struct way way = around(periods, p, kind);
			if (state_way(periods, &way, true) != 0)
				return -1;
		}
	return 0;
}

/* Whether the counts of a way, of which none is missing, are some more or fewer than nobody. */
static bool contradicts(const struct periods *periods, const struct way *way)
{
	const struct tables *tables = periods->work->tables;
	int64_t rest = 0;
	bool missing = false;
	for (size_t p = 0; p < tables->periods; p++)
		for (size_t kind = 0; kind < COUNTS; kind++) {
			const struct facts_count one = { tables->period[p].table, periods->row[p], periods->measure[kind] };
			if (way->times[p][kind] == 0)
				continue;
			missing = missing || is_missing(tables, &one);
			rest += way->times[p][kind] * count_of(tables, &one);
		}
	return rest != 0 && !missing;
}

/* Whether all counts are what lies between their numbers: else the register was corrected, each way tells something else, and none is reckoned with. */
static bool agree(const struct periods *periods)
{
	const struct tables *tables = periods->work->tables;
	bool all = true;
	for (size_t p = 0; p < tables->periods && all; p++)
		for (size_t kind = 0; kind < COUNTS && tables->period[p].group == periods->group && all; kind++) {
			const struct way way = around(periods, p, kind);
			all = !contradicts(periods, &way);
		}
	return all;
}

/* Between one day and the next some may have started, and ended; on a day some are there. What no count says of them itself is a set of persons. */
static int state_sets(struct periods *periods)
{
	for (size_t d = 0; d < periods->days; d++) {
		const size_t set[][2] = { { 2 * d, 2 * d + 1 }, { 2 * d, 2 * d + 2 }, { 2 * d + 1, 2 * d + 3 } };
		for (size_t i = 0; i < (d + 1 < periods->days ? 3 : 1); i++) {
			const struct way way = between(periods, set[i][0], set[i][1]);
			if (!periods->direct[set[i][0]][set[i][1]] && state_way(periods, &way, false) != 0)
				return -1;
		}
	}
	return 0;
}

/* The rows of an insats, kommun and kön in all periods; false when an earlier one of them has come to it. */
static bool find_rows(struct periods *periods, size_t of, size_t row)
{
	const struct tables *tables = periods->work->tables;
	const struct cube *cube = tables->cube[tables->period[of].table];
	const char *code[TABLE_DIMENSIONS];
	for (size_t d = 0; d < cube->table->dimensions; d++)
		code[d] = cube_code_of(cube, row, d);
	for (size_t p = 0; p < tables->periods; p++) {
		bool there = tables->period[p].group == periods->group;
		periods->row[p] = there ? cube_find_named(tables->cube[tables->period[p].table], code) : CUBE_NO_ROW;
		if (p < of && periods->row[p] != CUBE_NO_ROW)
			return false;
	}
	return true;
}

/* Those of a group, of which the first is given. */
static int state_group(struct facts_work *work, size_t group)
{
	const struct tables *tables = work->tables;
	struct periods periods = { .work = work, .group = group };
	for (size_t p = 0; p < tables->periods; p++)
		if (tables->period[p].group == group) {
			add_day(&periods, tables->period[p].from - 1);
			add_day(&periods, tables->period[p].to);
		}
	for (size_t kind = 0; kind < COUNTS; kind++)
		periods.measure[kind] = cube_measure(tables->cube[tables->period[0].table], kinds[kind].measure);
	find_ways(&periods);
	for (size_t p = 0; p < tables->periods; p++)
		for (size_t row = 0; tables->period[p].group == group && row < tables->cube[tables->period[p].table]->rows; row++)
			if (find_rows(&periods, p, row) && agree(&periods) && (state_counts(&periods) != 0 || state_sets(&periods) != 0))
				return -1;
	return 0;
}

/* ---- periods that overlap ---- */

/* Whether the one begins first and ends first, within the other, and no days lead from one to the other: else the numbers of these say more. */
static bool overlaps(const struct tables_period *first, const struct tables_period *second)
{
	return first->group != second->group && first->from < second->from && second->from <= first->to && first->to < second->to;
}

#define BOUNDS 4

/* Of the first (false) and the second. When the common days begin S − E, the second's deltaganden less nya, are there; when they end, the first's pagaende. The latter are
   no more than the former and those who were new in either period, the former no more than the latter and those who left in either. */
static const struct common {
	size_t counts;
	struct {
		bool second;
		const char *measure;
		int sign;
	} count[BOUNDS];
} commons[BOUNDS] = {
	{ 3, { { false, "deltaganden", 1 }, { true, "deltaganden", -1 }, { true, "nya", 1 } } },
	{ 3, { { false, "pagaende", 1 }, { true, "pagaende", -1 }, { true, "nya", 1 } } },
	{ 4, { { true, "deltaganden", 1 }, { true, "nya", -1 }, { false, "nya", 1 }, { false, "pagaende", -1 } } },
	{ 2, { { true, "deltaganden", 1 }, { false, "pagaende", -1 } } },
};

static int state_common(struct facts_work *work, const struct common *common, const struct tables_period *const *period, const size_t *row)
{
	const struct tables *tables = work->tables;
	struct facts_count count[BOUNDS];
	int sign[BOUNDS];
	for (size_t i = 0; i < common->counts; i++) {
		bool second = common->count[i].second;
		const struct cube *cube = tables->cube[period[second]->table];
		count[i] = (struct facts_count){ period[second]->table, row[second], cube_measure(cube, common->count[i].measure) };
		sign[i] = common->count[i].sign;
		if (row[second] != CUBE_NO_ROW && cube_cell(cube, row[second], count[i].measure)->status == CELL_MISSING)
			return 0;
	}
	return facts_state_bound(work, count, sign, common->counts);
}

/* Each insats, kommun and kön of either period; what holds of them holds of their sums. */
static int state_overlap(struct facts_work *work, const void *context)
{
	const struct tables_period *const *period = context, *first = period[0], *second = period[1];
	work->renamed = facts_lacks_insats(work, first, second) || facts_lacks_insats(work, second, first);
	for (size_t own = 0; own < 2; own++) {
		const struct cube *cube = work->tables->cube[period[own]->table], *other = work->tables->cube[period[1 - own]->table];
		for (size_t at = 0; at < cube->rows; at++) {
			const char *code[TABLE_DIMENSIONS];
			size_t row[2];
			for (size_t d = 0; d < cube->table->dimensions; d++)
				code[d] = cube_code_of(cube, at, d);
			row[own] = at;
			row[1 - own] = cube_find_named(other, code);
			if (facts_adds_up(work, cube, at) || (own == 1 && row[0] != CUBE_NO_ROW))
				continue;
			for (size_t i = 0; i < BOUNDS; i++)
				if (state_common(work, &commons[i], period, row) != 0)
					return -1;
		}
	}
	return 0;
}

static int state_overlaps(struct facts_work *work)
{
	const struct tables *tables = work->tables;
	int result = 0;
	for (size_t p = 0; p < tables->periods && !work->joining; p++)
		for (size_t other = 0; other < tables->periods && result == 0; other++)
			if (overlaps(&tables->period[p], &tables->period[other]))
				result = facts_state_whole(work, state_overlap, (const struct tables_period *const[]){ &tables->period[p], &tables->period[other] });
	work->renamed = false;
	return result;
}

int facts_periods(struct facts_work *work)
{
	const struct tables *tables = work->tables;
	if (tables->periods == 0 || facts_find(work, tables->cube[tables->period[0].table]->table->name) == SIZE_MAX)
		return 0;
	for (size_t p = 0; p < tables->periods; p++)
		if (tables->period[p].group == p && state_group(work, p) != 0)
			return -1;
	return state_overlaps(work);
}
