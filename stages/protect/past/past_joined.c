/* Periods that together are another: see past_joined.h. */
#include "stages/protect/past/past_joined.h"

#include <string.h>

#include "pipeline/base/number.h"

#define DAYS 48 /* on which periods begin or end */
#define ENDLESS (INT64_MAX / 4)

/* Whether a count is of what happened in its period, and so the sum of those of any parts of it. */
static bool past_flows(const struct cube *cube, size_t measure)
{
	static const char *const flows[][2] = { { "i01", "nya" }, { "i01", "avslutade" }, { "i03", NULL }, { "i04", NULL }, { "i05", NULL },
		{ "i06", NULL }, { "i07", NULL }, { "i09", "inkomna" }, { "i09", "startade" }, { "i11", NULL } };
	for (size_t i = 0; i < sizeof flows / sizeof *flows; i++)
		if (past_is_count(&cube->table->measure[measure]) && strncmp(cube->table->name, flows[i][0], 3) == 0 &&
			(flows[i][1] == NULL || strcmp(flows[i][1], cube->table->measure[measure].name) == 0))
			return true;
	return false;
}

enum told { TOLD_NOTHING, TOLD_HIDDEN, TOLD_COUNT };

/* What is known of how many came between two days. */
struct between {
	int64_t most[DAYS][DAYS]; /* from day a on to day b: at most; and from b back to a: −(at least) */
	size_t days;
	int32_t day[DAYS];        /* last days, and those before first days */
};

/* Its number; DAYS when it is none of them. */
static size_t day_of(const struct between *between, int32_t day)
{
	size_t d = 0;
	while (d < between->days && between->day[d] != day)
		d++;
	return d < between->days ? d : DAYS;
}

static void add_day(struct between *between, int32_t day)
{
	if (day_of(between, day) == DAYS)
		between->day[between->days++] = day;
}

/* Whether so many, or somebody (hidden), may have come between two days by what is known. */
static bool agrees(const struct between *between, size_t from, size_t to, enum told told, int64_t count)
{
	int64_t least = told == TOLD_HIDDEN ? 1 : count;
	return least <= between->most[from][to] && (told == TOLD_HIDDEN || count >= -between->most[to][from]);
}

/* No more than `most` from one day to another; what follows of all others. */
static void bound(struct between *between, size_t from, size_t to, int64_t most)
{
	if (most >= between->most[from][to])
		return;
	for (size_t a = 0; a < between->days; a++)
		for (size_t b = 0; b < between->days && between->most[a][from] < ENDLESS; b++) {
			int64_t way = between->most[a][from] + most + between->most[to][b];
			if (between->most[to][b] < ENDLESS && way < between->most[a][b])
				between->most[a][b] = way;
		}
}

static void put(struct between *between, size_t from, size_t to, enum told told, int64_t count)
{
	bound(between, to, from, told == TOLD_HIDDEN ? -1 : -count);
	if (told == TOLD_COUNT)
		bound(between, from, to, count);
}

/* Nobody comes in no time, and nobody goes back. */
static void begin(struct between *between)
{
	for (size_t a = 0; a < between->days; a++)
		for (size_t b = 0; b < between->days; b++)
			between->most[a][b] = between->day[a] >= between->day[b] ? 0 : ENDLESS;
}

/* The count at hand. */
struct count_of {
	const struct past *past;
	const struct cube *cube;
	size_t row;
	const char *key, *measure;
};

/* What approvals have of the count for the days. A combination that they lack was printed as 0, unless its insats is one that they do not tell of.
   Rounded counts do not add up with others. */
static enum told look_up(const struct count_of *of, const struct past_span *span, int64_t *count)
{
	enum told told = TOLD_COUNT;
	bool any = false;
	*count = 0;
	size_t at = ledger_find(of->past->ledger, of->cube->table->name, of->key, of->measure);
	for (; at != LEDGER_NONE; at = ledger_before(of->past->ledger, at)) {
		const struct ledger_entry entry = ledger_entry(of->past->ledger, at);
		double number;
		if (entry.from != span->from || entry.to != span->to || entry.rounded)
			continue;
		if (entry.status == CELL_PUBLISHED && number_read_full(entry.text, strlen(entry.text), &number)) {
			*count = (int64_t)number;
			return TOLD_COUNT;
		}
		told = entry.status == CELL_MISSING ? (any ? told : TOLD_NOTHING) : TOLD_HIDDEN;
		any = true;
	}
	bool zero = past_was_there(of->past, of->cube, of->row, span->from, span->to) &&
		!ledger_part_rounded(of->past->ledger, of->cube->table->name, span->from, span->to);
	return any || zero ? told : TOLD_NOTHING;
}

/* Whether a count that was withheld, or that no period has, is known to be few, or too narrowly, and was not before. `hidden`: it was withheld. */
static bool tells(const struct between *before, const struct between *now, size_t from, size_t to, bool hidden, int64_t minimum)
{
	int64_t most = now->most[from][to], least = -now->most[to][from];
	bool narrow = most - least < minimum - 1 && (hidden || (least >= 1 && least < minimum));
	bool few = least >= 1 && most < minimum;
	return (narrow || few) && (before->most[from][to] != most || -before->most[to][from] != least);
}

/* Whether two days are those of a period that the run or an approval has; *hidden: its count was withheld. */
static bool is_told(const struct count_of *of, const struct past_spans *spans, size_t table, int32_t from, int32_t to, bool *hidden)
{
	bool told = false;
	*hidden = false;
	for (size_t s = 0; s < spans->count; s++) {
		int64_t count;
		if (spans->span[s].table != table || spans->span[s].from != from + 1 || spans->span[s].to != to)
			continue;
		enum told found = look_up(of, &spans->span[s], &count);
		told = told || found == TOLD_COUNT;
		*hidden = *hidden || found == TOLD_HIDDEN;
	}
	return told;
}

static enum past_joined judge(const struct count_of *of, const struct past_spans *spans, size_t table, const struct between *before,
	const struct between *now)
{
	for (size_t a = 0; a < now->days; a++) {
		for (size_t b = 0; b < now->days; b++) {
			bool hidden;
			if (now->day[a] < now->day[b] && !is_told(of, spans, table, now->day[a], now->day[b], &hidden) &&
				tells(before, now, a, b, hidden, of->past->settings->minsta_antal))
				return PAST_TELLS;
		}
	}
	return PAST_APART;
}

enum past_joined past_join(const struct past *past, const struct past_spans *spans, size_t table, size_t row, size_t measure, const struct place *place)
{
	const struct cube *cube = past->tables->cube[table];
	const struct count_of of = { past, cube, row, place->key, cube->table->measure[measure].name };
	int64_t count = (int64_t)cube_cell(cube, row, measure)->number, told;
	struct between before = { .days = 0 };
	if (!past_flows(cube, measure))
		return PAST_APART;
	add_day(&before, place->from - 1);
	add_day(&before, place->to);
	for (size_t s = spans->count; s-- > 0 && before.days + 2 <= DAYS;) /* the latest, where there are too many */
		if (spans->span[s].table == table) {
			add_day(&before, spans->span[s].from - 1);
			add_day(&before, spans->span[s].to);
		}
	size_t first = day_of(&before, place->from - 1), last = day_of(&before, place->to);
	begin(&before);
	struct between now = before;
	put(&now, first, last, TOLD_COUNT, count);
	for (size_t s = spans->count; s-- > 0;) {
		size_t from = spans->span[s].table == table ? day_of(&before, spans->span[s].from - 1) : DAYS;
		size_t to = spans->span[s].table == table ? day_of(&before, spans->span[s].to) : DAYS;
		enum told what = from == DAYS || to == DAYS ? TOLD_NOTHING : look_up(&of, &spans->span[s], &told);
		if (what == TOLD_NOTHING || !agrees(&now, from, to, what, told))
			continue; /* the register was corrected since: of what contradicts the latest nothing is exact */
		put(&now, from, to, what, told);
		put(&before, from, to, what, told);
	}
	if (before.most[first][last] == count && before.most[last][first] == -count)
		return PAST_TOLD;
	bound(&before, last, first, count > 0 ? -1 : 0); /* that somebody was there is told whether it is printed or not */
	return judge(&of, spans, table, &before, &now);
}
