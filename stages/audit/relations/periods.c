/* i01 of several periods: see periods.h. */
#include "stages/audit/relations/periods.h"

#include <string.h>

/* ---- which ---- */

static bool touches(const struct published_period *a, const struct published_period *b)
{
	return a->from == b->from || a->to == b->to || a->to == b->from - 1 || b->to == a->from - 1;
}

static bool is_known(const struct published *published, const struct published_period *own, const struct published_period *period)
{
	bool known = own->from == period->from && own->to == period->to;
	for (size_t p = 0; p < published->periods && !known; p++)
		known = published->period[p].from == period->from && published->period[p].to == period->to;
	return known;
}

/* Adds a table as it was approved for a period. -1 with the error set. */
static int add_table(struct published *published, const struct earlier *earlier, const struct table *table, const struct published_period *period,
	struct error *error)
{
	struct cube *cube = ledger_cube(earlier->ledger, table, period->from, period->to, published->arena, error);
	return cube == NULL ? -1 : published_add(published, cube, cube, error);
}

#define WITH_OTHERS 8 /* the latest of the periods of which more than i01 is read */

static bool holds(const struct published_period *whole, const struct published_period *part)
{
	return whole->from <= part->from && part->to <= whole->to;
}

static bool shares_days(const struct published_period *a, const struct published_period *b)
{
	return a->from <= b->to && b->from <= a->to;
}

static bool is_near(const struct published_period *own, const struct published_period *period)
{
	bool follows = period->to == own->from - 1 || own->to == period->from - 1;
	return follows || holds(own, period) || holds(period, own);
}

/* The other tables that the publication has, where the period has exact counts of them. */
static int add_others(struct published *published, const struct earlier *earlier, struct published_period *period, struct error *error)
{
	static const char *const names[] = { "i02", "i03", "i04", "i05", "i06", "i07", "i08", "i09", "i11" };
	period->first = published->tables;
	period->complete = true;
	for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
		const struct published_table *own = published_find(published, names[k]);
		const struct table *table = own == NULL ? NULL : own->cube->table;
		bool exact = table != NULL && ledger_part(earlier->ledger, table->name, period->from, period->to) != LEDGER_NONE &&
			!ledger_part_rounded(earlier->ledger, table->name, period->from, period->to);
		period->complete = period->complete && (exact || table == NULL);
		if (!exact)
			continue;
		if (add_table(published, earlier, table, period, error) != 0)
			return -1;
		period->tables++;
	}
	return 0;
}

/* Days lead from a period to another that begins or ends on one of them, or the day after. */
static void find_groups(struct published *published, const struct published_period *own)
{
	for (size_t p = 0; p < published->periods; p++)
		published->period[p].group = touches(own, &published->period[p]) ? 0 : 1 + p;
	for (bool again = true; again;) {
		again = false;
		for (size_t p = 0; p < published->periods; p++)
			for (size_t other = 0; other < published->periods; other++)
				if (touches(&published->period[p], &published->period[other]) && published->period[other].group < published->period[p].group) {
					published->period[p].group = published->period[other].group;
					again = true;
				}
	}
}

int periods_add(struct published *published, const struct earlier *earlier, struct error *error)
{
	const struct published_table *i01 = published_find(published, "i01");
	published->own = published->tables;
	if (earlier->ledger == NULL || i01 == NULL || published->rounded || !published->together)
		return 0;
	const struct table *table = i01->cube->table;
	const struct published_period own = { .from = earlier->settings->period_from, .to = earlier->settings->period_to };
	for (size_t near = 0; near <= published->periods; near++) {
		const struct published_period at = near == 0 ? own : published->period[near - 1];
		for (size_t i = 0; i < ledger_parts(earlier->ledger); i++) {
			const struct ledger_entry entry = ledger_part_entry(earlier->ledger, i);
			const struct published_period period = { .from = entry.from, .to = entry.to, .i01 = published->tables };
			bool rounded = ledger_part_rounded(earlier->ledger, entry.table, entry.from, entry.to);
			if (strcmp(entry.table, table->name) != 0 || rounded || published->periods == PUBLISHED_PERIODS ||
				(!touches(&at, &period) && !shares_days(&at, &period)) || is_known(published, &own, &period))
				continue;
			if (add_table(published, earlier, table, &period, error) != 0)
				return -1;
			published->period[published->periods++] = period;
		}
	}
	find_groups(published, &own);
	size_t others = 0;
	for (size_t p = published->periods; p-- > 0 && others < WITH_OTHERS;)
		if (is_near(&own, &published->period[p]) && others++ < WITH_OTHERS && add_others(published, earlier, &published->period[p], error) != 0)
			return -1;
	return 0;
}

/* ---- what holds between them ---- */

enum count { NYA, AVSLUTADE, PAGAENDE, DELTAGANDEN, COUNTS };
static const char *const names[COUNTS] = { "nya", "avslutade", "pagaende", "deltaganden" };

#define PERIODS (PUBLISHED_PERIODS + 1) /* the first is the publication's */

/* How many had come, or had left, when a day ended, as a sum of counts of the periods; all from those who had left before the publication's first day. */
struct tally {
	int32_t day;
	bool left;
	int part[PERIODS][COUNTS];
};

struct desk {
	struct published *published;
	const struct published_table *table[PERIODS];
	struct published_period period[PERIODS];
	size_t periods, tallies;
	struct tally tally[4 * PERIODS];
};

static const struct tally *find_tally(const struct desk *desk, int32_t day, bool left)
{
	for (size_t i = 0; i < desk->tallies; i++)
		if (desk->tally[i].day == day && desk->tally[i].left == left)
			return &desk->tally[i];
	return NULL;
}

/* Where one of the two is known, the other is it with the count, or without. True when it was not known. */
static bool reach(struct desk *desk, int32_t day, bool left, int32_t other_day, bool other_left, size_t period, enum count count)
{
	const struct tally *one = find_tally(desk, day, left), *other = find_tally(desk, other_day, other_left);
	if ((one == NULL) == (other == NULL))
		return false;
	struct tally *made = &desk->tally[desk->tallies++];
	*made = one != NULL ? *one : *other;
	made->day = one != NULL ? other_day : day;
	made->left = one != NULL ? other_left : left;
	made->part[period][count] += one != NULL ? 1 : -1;
	return true;
}

/* Each count says by how much one number is more than another: of those who had come (nya) or left (avslutade) since the day before, of those who had
   come when it ended over those who had left then (pagaende), or before it began (deltaganden). */
static void reach_all(struct desk *desk)
{
	desk->tally[0] = (struct tally){ .day = desk->period[0].from - 1, .left = true };
	desk->tallies = 1;
	for (bool more = true; more;) {
		more = false;
		for (size_t p = 0; p < desk->periods; p++) {
			int32_t before = desk->period[p].from - 1, last = desk->period[p].to;
			more = reach(desk, before, true, last, false, p, DELTAGANDEN) || more;
			more = reach(desk, last, true, last, false, p, PAGAENDE) || more;
			more = reach(desk, before, true, last, true, p, AVSLUTADE) || more;
			more = reach(desk, before, false, last, false, p, NYA) || more;
		}
	}
}

/* The sum of counts of a key that one number is more than another, less a count. The part of it that names it in messages: the first. */
static int put_together(const struct desk *desk, const struct tally *from, const struct tally *to, size_t period, enum count but, const char *const *key,
	struct error *error)
{
	published_begin(desk->published);
	for (size_t p = 0; p < desk->periods; p++)
		for (enum count c = 0; c < COUNTS; c++) {
			int times = to->part[p][c] - from->part[p][c] - (p == period && c == but);
			if (times != 0 && published_part(desk->published, desk->table[p], key, cube_measure(desk->table[p]->cube, names[c]), times, error) != 0)
				return -1;
		}
	return 0;
}

/* Puts what lies between the numbers of a period's count together, less the count: 0. */
static int put_count(const struct desk *desk, size_t period, enum count count, const char *const *key, struct error *error)
{
	int32_t before = desk->period[period].from - 1, last = desk->period[period].to;
	const struct tally *from = find_tally(desk, count == PAGAENDE ? last : before, count != NYA);
	const struct tally *to = find_tally(desk, last, count == AVSLUTADE);
	return put_together(desk, from, to, period, count, key, error);
}

/* Where a count is not what lies between its numbers, the register was corrected since: which numbers are right nobody knows, and nothing is said of them. */
static int find_agreement(const struct desk *desk, const char *const *key, bool *agree, struct error *error)
{
	*agree = true;
	for (size_t p = 0; p < desk->periods && *agree; p++)
		for (enum count count = 0; count < COUNTS && *agree; count++) {
			if (put_count(desk, p, count, key, error) != 0)
				return -1;
			*agree = desk->published->sum.secret || desk->published->sum.broken || desk->published->sum.truth == 0;
		}
	return 0;
}

static int state_counts(const struct desk *desk, const char *const *key, struct error *error)
{
	for (size_t p = 0; p < desk->periods; p++)
		for (enum count count = 0; count < COUNTS; count++)
			if (put_count(desk, p, count, key, error) != 0 || (!desk->published->sum.secret && published_equal(desk->published, error) != 0))
				return -1;
	return 0;
}

/* Whether a count of some period is just what lies between two numbers. */
static bool is_count(const struct desk *desk, const struct tally *from, const struct tally *to)
{
	for (size_t p = 0; p < desk->periods; p++) {
		bool begins = from->day == desk->period[p].from - 1, ends = to->day == desk->period[p].to;
		if (ends && (begins ? from->left || !to->left : from->day == to->day && from->left && !to->left))
			return true;
	}
	return false;
}

/* Whether no number lies between the two: one day, or two days with none of the periods' days between. */
static bool is_next(const struct desk *desk, const struct tally *from, const struct tally *to)
{
	if (from->left && !to->left)
		return from->day == to->day;
	if (from->left != to->left || from->day >= to->day)
		return false;
	for (size_t i = 0; i < desk->tallies; i++)
		if (desk->tally[i].day > from->day && desk->tally[i].day < to->day)
			return false;
	return true;
}

/* Those who were there on a day, who came and who left between two days, are sets of participations, which may be small. */
static int state_sets(struct desk *desk, size_t of, size_t row, const char *const *key, struct error *error)
{
	for (size_t i = 0; i < desk->tallies; i++)
		for (size_t j = 0; j < desk->tallies; j++) {
			const struct tally *from = &desk->tally[i], *to = &desk->tally[j];
			if (!is_next(desk, from, to) || is_count(desk, from, to))
				continue;
			if (put_together(desk, from, to, PERIODS, COUNTS, key, error) != 0)
				return -1;
			const struct published_table *table = desk->table[of];
			if (!desk->published->sum.secret && desk->published->sum.truth >= 0 &&
				published_apart(desk->published, table, row, cube_measure(table->cube, "deltaganden"), error) != 0)
				return -1;
		}
	return 0;
}

/* Whether a table before it has the row's key. */
static bool is_told(const struct desk *desk, size_t of, const char *const *key)
{
	for (size_t p = 0; p < of; p++)
		if (cube_find_named(desk->table[p]->cube, key) != CUBE_NO_ROW)
			return true;
	return false;
}

/* What holds between the periods of a group. */
static int state_group(const struct desk *all, size_t group, struct error *error)
{
	struct desk desk = { .published = all->published };
	for (size_t p = 0; p < all->periods; p++)
		if (all->period[p].group == group) {
			desk.period[desk.periods] = all->period[p];
			desk.table[desk.periods++] = all->table[p];
		}
	if (desk.periods == 0)
		return 0;
	reach_all(&desk);
	for (size_t p = 0; p < desk.periods; p++)
		for (size_t row = 0; row < desk.table[p]->cube->rows; row++) {
			const char *key[TABLE_DIMENSIONS];
			bool agree;
			for (size_t d = 0; d < desk.table[p]->cube->table->dimensions; d++)
				key[d] = cube_code_of(desk.table[p]->cube, row, d);
			if (is_told(&desk, p, key))
				continue;
			if (find_agreement(&desk, key, &agree, error) != 0 ||
				(agree && (state_counts(&desk, key, error) != 0 || state_sets(&desk, p, row, key, error) != 0)))
				return -1;
		}
	return 0;
}

/* Two periods with common days, in which the later one begins and the earlier one ends; no days lead from one to the other. By how many more, or fewer, are there when
   the common days end than when they began, so many came or left in these at least: no more than in either period. */
static int state_shared(const struct desk *desk, size_t earlier, size_t later, const char *const *key, struct error *error)
{
	static const struct {
		enum count count;
		int times; /* how often those who are there at the end, less those at the beginning, are taken */
	} bounds[] = { { NYA, -1 }, { AVSLUTADE, 1 } };
	for (size_t i = 0; i < 4; i++) {
		int times = bounds[i / 2].times;
		size_t of = i % 2 == 0 ? earlier : later;
		const struct {
			size_t period;
			enum count count;
			int times;
		} part[] = { { earlier, PAGAENDE, times }, { later, DELTAGANDEN, -times }, { later, NYA, times }, { of, bounds[i / 2].count, 1 } };
		published_begin(desk->published);
		for (size_t k = 0; k < 4; k++) {
			const struct published_table *table = desk->table[part[k].period];
			if (published_part(desk->published, table, key, cube_measure(table->cube, names[part[k].count]), part[k].times, error) != 0)
				return -1;
		}
		if (published_at_least(desk->published, error) != 0)
			return -1;
	}
	return 0;
}

static int state_all_shared(const struct desk *desk, size_t earlier, size_t later, struct error *error)
{
	const struct published_period *one = &desk->period[earlier], *other = &desk->period[later];
	if (one->group == other->group || one->from >= other->from || other->from > one->to || one->to >= other->to)
		return 0;
	for (size_t t = 0; t < 2; t++) {
		const struct cube *cube = desk->table[t == 0 ? earlier : later]->cube;
		for (size_t row = 0; row < cube->rows; row++) {
			const char *key[TABLE_DIMENSIONS];
			for (size_t d = 0; d < cube->table->dimensions; d++)
				key[d] = cube_code_of(cube, row, d);
			if ((t == 0 || cube_find_named(desk->table[earlier]->cube, key) == CUBE_NO_ROW) && state_shared(desk, earlier, later, key, error) != 0)
				return -1;
		}
	}
	return 0;
}

int periods_state(struct published *published, const struct earlier *earlier, struct error *error)
{
	struct desk desk = { .published = published, .periods = 1 };
	if (published->periods == 0)
		return 0;
	desk.table[0] = published_find(published, "i01");
	desk.period[0] = (struct published_period){ .from = earlier->settings->period_from, .to = earlier->settings->period_to };
	for (size_t p = 0; p < published->periods; p++) {
		desk.period[desk.periods] = published->period[p];
		desk.table[desk.periods++] = &published->table[published->period[p].i01];
	}
	for (size_t group = 0; group <= published->periods; group++)
		if (state_group(&desk, group, error) != 0)
			return -1;
	int result = 0;
	published->beside = true;
	for (size_t p = 0; p < desk.periods && result == 0; p++)
		for (size_t other = 0; other < desk.periods && result == 0; other++)
			result = state_all_shared(&desk, p, other, error);
	published->beside = false;
	return result;
}
