/* Periods that together are another: see past_joined.h. */
#include "stages/protect/past/past_joined.h"

#include <string.h>

#include "pipeline/base/number.h"

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

/* A way from the first day of a whole, period by period. */
struct way {
	const struct past *past;
	const struct past_spans *spans;
	size_t table;
	const struct place *place; /* of the count at hand */
	const char *measure;
	int64_t count;
	struct past_span whole;
	bool itself;     /* the whole is the period at hand */
	bool whole_told;
	int64_t whole_count;
	enum past_joined found;
};

/* How far it has come. */
struct stretch {
	int32_t first, next; /* its first day, and the first after it */
	size_t periods, hidden;
	bool through;   /* covers the period at hand */
	int64_t sum;    /* of what was told of the others */
};

/* What approvals have of the count for the days; false when it could not be computed. A combination that they lack was printed as 0. */
static bool look_up(const struct way *way, const struct past_span *span, bool *told, int64_t *count)
{
	const char *table = way->past->tables->cube[way->table]->table->name;
	bool any = false, missing = false;
	*told = false;
	*count = 0;
	size_t at = ledger_find(way->past->ledger, table, way->place->key, way->measure);
	for (; at != LEDGER_NONE && !*told; at = ledger_before(way->past->ledger, at)) {
		const struct ledger_entry entry = ledger_entry(way->past->ledger, at);
		double number;
		if (entry.from != span->from || entry.to != span->to)
			continue;
		any = true;
		missing = missing || entry.status == CELL_MISSING;
		if (entry.status == CELL_PUBLISHED && number_read_full(entry.text, strlen(entry.text), &number)) {
			*told = true;
			*count = (int64_t)number;
		}
	}
	*told = *told || !any;
	return *told || !missing;
}

static void judge(struct way *way, const struct stretch *stretch)
{
	size_t hidden = stretch->hidden + (!way->itself && !way->whole_told);
	bool filled = stretch->first == way->whole.from && stretch->next == way->whole.to + 1;
	bool joined = way->itself ? stretch->periods > 1 : stretch->through && stretch->periods > 1;
	int64_t rest = way->itself ? way->count - stretch->sum : way->whole_count - stretch->sum - way->count;
	if (!joined)
		return;
	if ((filled && hidden == 1) || (hidden == 0 && tables_small((double)(rest < 0 ? -rest : rest), way->past->settings->minsta_antal)))
		way->found = PAST_TELLS;
	else if (filled && hidden == 0 && rest == 0 && way->found == PAST_APART)
		way->found = PAST_TOLD;
}

static void go_on(struct way *way, const struct stretch *before)
{
	for (size_t s = 0; s < way->spans->count && way->found != PAST_TELLS; s++) {
		const struct past_span *span = &way->spans->span[s];
		struct stretch stretch = *before;
		int64_t count;
		bool whole = span->from == way->whole.from && span->to == way->whole.to, told;
		bool here = span->from == way->place->from && span->to == way->place->to; /* comes by itself */
		if (span->table != way->table || whole || here || span->to > way->whole.to || span->from < way->whole.from ||
			(before->periods > 0 && span->from != before->next) || !look_up(way, span, &told, &count))
			continue;
		stretch.first = before->periods > 0 ? before->first : span->from;
		stretch.next = span->to + 1;
		stretch.periods++;
		stretch.hidden += !told;
		stretch.sum += count;
		if (stretch.hidden > 1)
			continue;
		judge(way, &stretch);
		go_on(way, &stretch);
	}
	if (way->itself || before->through || way->found == PAST_TELLS || (before->periods > 0 && before->next != way->place->from))
		return;
	struct stretch stretch = *before;
	stretch.first = before->periods > 0 ? before->first : way->place->from;
	stretch.next = way->place->to + 1;
	stretch.periods++;
	stretch.through = true;
	judge(way, &stretch);
	go_on(way, &stretch);
}

enum past_joined past_join(const struct past *past, const struct past_spans *spans, size_t table, size_t row, size_t measure, const struct place *place)
{
	const struct cube *cube = past->tables->cube[table];
	struct way way = { .past = past, .spans = spans, .table = table, .place = place, .measure = cube->table->measure[measure].name,
		.count = (int64_t)cube_cell(cube, row, measure)->number, .whole = { table, place->from, place->to }, .itself = true };
	if (!past_flows(cube, measure))
		return PAST_APART;
	go_on(&way, &(struct stretch){ 0 });
	way.itself = false;
	for (size_t s = 0; s < spans->count && way.found != PAST_TELLS; s++) {
		way.whole = spans->span[s];
		bool around = way.whole.from <= place->from && way.whole.to >= place->to && (way.whole.from != place->from || way.whole.to != place->to);
		if (way.whole.table == table && around && look_up(&way, &way.whole, &way.whole_told, &way.whole_count))
			go_on(&way, &(struct stretch){ 0 });
	}
	return way.found;
}
