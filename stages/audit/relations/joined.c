/* A whole period and its parts: see joined.h. */
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

/* A period, and whether its count is printed. */
struct piece {
	int32_t from, to;
	bool told, missing;
	double count;
};

struct pieces {
	size_t count;
	struct piece piece[JOINED_MOST + 1];
	size_t now;   /* the one that is printed now */
	size_t whole;
	double few;   /* the most that is few */
	enum earlier_finding finding;
};

static void add_piece(struct pieces *pieces, int32_t from, int32_t to)
{
	for (size_t i = 0; i < pieces->count; i++)
		if (pieces->piece[i].from == from && pieces->piece[i].to == to)
			return;
	pieces->piece[pieces->count++] = (struct piece){ .from = from, .to = to, .told = true };
}

/* What the ledger has of the count: a period of its table without an entry was 0, one that was ever printed is told. */
static void read_counts(struct pieces *pieces, const struct ledger *ledger, const char *table, const char *key, const char *measure)
{
	for (size_t i = 0; i < pieces->count; i++) {
		struct piece *piece = &pieces->piece[i];
		bool printed = false, any = false;
		for (size_t at = ledger_find(ledger, table, key, measure); at != LEDGER_NONE && !printed; at = ledger_before(ledger, at)) {
			const struct ledger_entry entry = ledger_entry(ledger, at);
			if (entry.from != piece->from || entry.to != piece->to || i == pieces->now)
				continue;
			any = true;
			piece->missing = entry.status == CELL_MISSING;
			printed = entry.status == CELL_PUBLISHED && number_read_full(entry.text, strlen(entry.text), &piece->count);
		}
		piece->told = printed || !any;
		piece->missing = piece->missing && !printed;
	}
}

/* Adds parts that begin where the last one ended: `rest` of the whole is left, `hidden` of all are withheld. */
static void divide(struct pieces *pieces, int32_t begin, int32_t next, size_t parts, size_t hidden, bool now, double rest)
{
	const struct piece *whole = &pieces->piece[pieces->whole];
	bool all = begin == whole->from && next == whole->to + 1;
	if (parts > 1 && now && ((all && hidden == 1) || (hidden == 0 && fabs(rest) >= 1 && fabs(rest) <= pieces->few)))
		pieces->finding = hidden == 1 ? EARLIER_WITHHELD : EARLIER_CHANGED;
	for (size_t i = 0; i < pieces->count && pieces->finding == EARLIER_NONE; i++) {
		const struct piece *piece = &pieces->piece[i];
		bool fits = i != pieces->whole && piece->from >= whole->from && piece->to <= whole->to && !piece->missing;
		if (fits && (parts == 0 || piece->from == next) && hidden + !piece->told <= 1)
			divide(pieces, parts == 0 ? piece->from : begin, piece->to + 1, parts + 1, hidden + !piece->told, now || i == pieces->now,
				rest - piece->count);
	}
}

void joined_find(const struct earlier *earlier, const struct table *table, struct joined_periods *periods)
{
	periods->count = 0;
	for (size_t i = 0; i < ledger_cells(earlier->ledger) && adds_up_somewhere(table); i++) {
		const struct ledger_entry entry = ledger_entry(earlier->ledger, i);
		bool known = strcmp(entry.table, table->name) != 0;
		for (size_t p = periods->count; p-- > 0 && !known;)
			known = periods->period[p].from == entry.from && periods->period[p].to == entry.to;
		if (known || periods->count == JOINED_MOST)
			continue;
		periods->period[periods->count].from = entry.from;
		periods->period[periods->count++].to = entry.to;
	}
}

enum earlier_finding joined_judge(const struct earlier *earlier, const struct published *published, const struct joined_periods *periods,
	const struct table *table, size_t measure, const char *key, int32_t from, int32_t to, double count)
{
	struct pieces pieces = { .few = (double)published->minimum - 1, .finding = EARLIER_NONE };
	if (periods->count < 2 || !adds_up(table, measure))
		return EARLIER_NONE;
	add_piece(&pieces, from, to);
	for (size_t p = 0; p < periods->count; p++)
		add_piece(&pieces, periods->period[p].from, periods->period[p].to);
	pieces.piece[pieces.now].count = count;
	read_counts(&pieces, earlier->ledger, table->name, key, table->measure[measure].name);
	for (pieces.whole = 0; pieces.whole < pieces.count && pieces.finding == EARLIER_NONE; pieces.whole++) {
		const struct piece *whole = &pieces.piece[pieces.whole];
		if (whole->from <= from && whole->to >= to && !whole->missing)
			divide(&pieces, whole->from, whole->from, 0, !whole->told, pieces.whole == pieces.now, whole->count);
	}
	return pieces.finding;
}
