/* Counts of overlapping periods: see joined.h. */
#include "stages/audit/relations/joined.h"

#include <math.h>
#include <string.h>

#include "pipeline/base/number.h"

static bool adds_up(const struct table *table, size_t measure)
{
	const char *name = table->measure[measure].name, *tables[] = { "i01", "i03", "i04", "i05", "i06", "i07", "i09", "i11" };
	bool flow = strcmp(name, "deltaganden") != 0 && strcmp(name, "personer") != 0 && strcmp(name, "pagaende") != 0 && strcmp(name, "vantande") != 0;
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
		if (strncmp(table->name, tables[i], 3) == 0)
			return flow && table->measure[measure].kind == MEASURE_COUNT && strcmp(name, "forandring") != 0;
	return false;
}

static bool adds_up_somewhere(const struct table *table)
{
	bool any = false;
	for (size_t m = 0; m < table->measures; m++)
		any = any || adds_up(table, m);
	return any;
}

#define DAYS (2 * JOINED_MOST + 2)

/* How many came after one day and until another, as far as it is known; the days in order. */
struct calendar {
	size_t days;
	int32_t day[DAYS];
	struct stretch {
		int64_t least, most;
		bool told, hidden; /* the count of a period of these days was printed; was withheld */
	} stretch[DAYS][DAYS];
};

#define ANY (INT64_MAX / 4)

static void add_day(struct calendar *calendar, int32_t day)
{
	size_t at = 0;
	while (at < calendar->days && calendar->day[at] < day)
		at++;
	if (at < calendar->days && calendar->day[at] == day)
		return;
	memmove(&calendar->day[at + 1], &calendar->day[at], (calendar->days - at) * sizeof *calendar->day);
	calendar->day[at] = day;
	calendar->days++;
}

static struct stretch *stretch_of(struct calendar *calendar, int32_t from, int32_t to)
{
	size_t begin = 0, end = 0;
	while (calendar->day[begin] != from - 1)
		begin++;
	while (calendar->day[end] != to)
		end++;
	return &calendar->stretch[begin][end];
}

static bool draw(struct stretch *stretch, int64_t least, int64_t most)
{
	bool changed = least > stretch->least || most < stretch->most;
	stretch->least = least > stretch->least ? least : stretch->least;
	stretch->most = most < stretch->most ? most : stretch->most;
	return changed;
}

static int64_t sum(int64_t a, int64_t b)
{
	return a >= ANY || b >= ANY ? ANY : a + b;
}

/* Draws the bounds together: what came in two stretches came in both together. False when they contradict one another. */
static bool settle(struct calendar *calendar)
{
	for (bool again = true; again;) {
		again = false;
		for (size_t i = 0; i < calendar->days; i++)
			for (size_t j = i + 1; j < calendar->days; j++)
				for (size_t k = j + 1; k < calendar->days; k++) {
					struct stretch *first = &calendar->stretch[i][j], *second = &calendar->stretch[j][k], *both = &calendar->stretch[i][k];
					again = draw(both, first->least + second->least, sum(first->most, second->most)) || again;
					again = draw(first, second->most >= ANY ? 0 : both->least - second->most, both->most >= ANY ? ANY : both->most - second->least) || again;
					again = draw(second, first->most >= ANY ? 0 : both->least - first->most, both->most >= ANY ? ANY : both->most - first->least) || again;
					if (both->least > both->most || first->least > first->most || second->least > second->most)
						return false;
				}
	}
	return true;
}

/* What the ledger has of the count: a period of its table without an entry was 0, if its insats (the key's first name) was there; one that was ever
   printed is told. Rounded counts do not add up with others. */
static void read_count(struct stretch *stretch, const struct ledger *ledger, const char *table, const char *key, const char *measure, int32_t from,
	int32_t to)
{
	bool any = false, missing = false;
	double count = 0;
	for (size_t at = ledger_find(ledger, table, key, measure); at != LEDGER_NONE && !stretch->told; at = ledger_before(ledger, at)) {
		const struct ledger_entry entry = ledger_entry(ledger, at);
		if (entry.from != from || entry.to != to || entry.rounded)
			continue;
		any = true;
		missing = entry.status == CELL_MISSING;
		stretch->hidden = stretch->hidden || entry.status == CELL_PROTECTED;
		stretch->told = entry.status == CELL_PUBLISHED && number_read_full(entry.text, strlen(entry.text), &count);
	}
	if (!any && (ledger_part_rounded(ledger, table, from, to) || !ledger_tells_of(ledger, false, key, strcspn(key, "|"), from, to)))
		return;
	stretch->told = stretch->told || !any;
	stretch->hidden = stretch->hidden && !stretch->told;
	if (stretch->told)
		(void)draw(stretch, llround(count), llround(count));
	else if (!missing)
		(void)draw(stretch, 1, ANY);
}

/* What the bounds say of a stretch beside what they said before. */
static enum earlier_finding judge(const struct stretch *before, const struct stretch *now, int64_t minimum)
{
	bool known = now->least >= 1 && now->most < minimum;
	bool narrow = now->most - now->least < minimum - 1 && (now->hidden || (now->least >= 1 && now->least < minimum));
	if (now->told || (before->least == now->least && before->most == now->most) || (!known && !narrow))
		return EARLIER_NONE;
	return now->hidden ? EARLIER_WITHHELD : EARLIER_CHANGED;
}

void joined_find(const struct earlier *earlier, const struct table *table, struct joined_periods *periods)
{
	periods->count = 0;
	for (size_t i = adds_up_somewhere(table) ? ledger_parts(earlier->ledger) : 0; i-- > 0 && periods->count < JOINED_MOST;) {
		const struct ledger_entry entry = ledger_part_entry(earlier->ledger, i);
		if (strcmp(entry.table, table->name) != 0)
			continue;
		periods->period[periods->count].from = entry.from;
		periods->period[periods->count++].to = entry.to;
	}
}

/* What all periods but the one at hand tell, as far as each is known by itself; the days of that one, too. */
static void read_calendar(struct calendar *calendar, const struct earlier *earlier, const struct joined_periods *periods, const struct table *table, size_t measure,
	const char *key, int32_t from, int32_t to)
{
	*calendar = (struct calendar){ .days = 0 };
	add_day(calendar, from - 1);
	add_day(calendar, to);
	for (size_t p = 0; p < periods->count; p++) {
		add_day(calendar, periods->period[p].from - 1);
		add_day(calendar, periods->period[p].to);
	}
	for (size_t i = 0; i < calendar->days; i++)
		for (size_t j = i + 1; j < calendar->days; j++)
			calendar->stretch[i][j].most = ANY;
	for (size_t p = 0; p < periods->count; p++)
		if (periods->period[p].from != from || periods->period[p].to != to)
			read_count(stretch_of(calendar, periods->period[p].from, periods->period[p].to), earlier->ledger, table->name, key,
				table->measure[measure].name, periods->period[p].from, periods->period[p].to);
}

bool joined_told(const struct earlier *earlier, const struct joined_periods *periods, const struct table *table, size_t measure, const char *key, int32_t from,
	int32_t to, double count)
{
	struct calendar calendar;
	if (periods->count < 1 || !adds_up(table, measure))
		return false;
	read_calendar(&calendar, earlier, periods, table, measure, key, from, to);
	if (!settle(&calendar))
		return false; /* the register was corrected since */
	const struct stretch *own = stretch_of(&calendar, from, to);
	return own->least == llround(count) && own->most == own->least;
}

enum earlier_finding joined_judge(const struct earlier *earlier, const struct published *published, const struct joined_periods *periods,
	const struct table *table, size_t measure, const char *key, int32_t from, int32_t to, double count)
{
	struct calendar before;
	enum earlier_finding finding = EARLIER_NONE;
	if (periods->count < 1 || !adds_up(table, measure) || count < 1)
		return EARLIER_NONE;
	read_calendar(&before, earlier, periods, table, measure, key, from, to);
	(void)draw(stretch_of(&before, from, to), 1, ANY); /* that it is not 0 would be told in any case */
	struct calendar now = before;
	struct stretch *own = stretch_of(&now, from, to);
	(void)draw(own, llround(count), llround(count));
	own->told = true;
	if (!settle(&now))
		return EARLIER_NONE; /* the register was corrected since */
	(void)settle(&before);
	for (size_t i = 0; i < now.days; i++)
		for (size_t j = i + 1; j < now.days && finding == EARLIER_NONE; j++)
			finding = judge(&before.stretch[i][j], &now.stretch[i][j], published->minimum);
	return finding;
}
