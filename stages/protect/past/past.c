/* Earlier publications: see past.h. What is shown in the place of changes that may not be told is in past_stands.c. */
#include "stages/protect/past/past.h"

#include <math.h>
#include <string.h>

#include "pipeline/base/number.h"
#include "pipeline/base/text.h"
#include "pipeline/table/cube/figure_name.h"
#include "stages/protect/past/past_joined.h"
#include "stages/protect/past/past_nested.h"
#include "stages/protect/past/past_periods.h"
#include "stages/protect/past/past_rounded.h"
#include "stages/protect/past/past_stands.h"

/* ---- one cell ---- */

/* A figure as data/ prints it. */
static const char *printed_text(const struct past *past, const struct cube *cube, size_t row, size_t measure, char number[NUMBER_TEXT])
{
	const struct cell *cell = cube_cell(cube, row, measure);
	const char *code[TABLE_DIMENSIONS];
	if (cell->text != NULL)
		return cell->text;
	for (size_t d = 0; d < cube->table->dimensions; d++)
		code[d] = cube_code_of(cube, row, d);
	number_write_rounded(cell->number, figure_decimals(cube->table, measure, code, past->settings), number);
	double rounded;
	if (number_read_full(number, strlen(number), &rounded))
		number_write_full(rounded, number);
	return number;
}

static bool is_small(const struct past *past, double count)
{
	return tables_small(fabs(count), past->settings->minsta_antal);
}

/* ---- periods within one another ---- */

/* Whether the count may differ from the entry's by 1 … minimum − 1; of a withheld one, by 0 too. */
static bool is_near(const struct past *past, size_t position, double count)
{
	const struct ledger_entry entry = ledger_entry(past->ledger, position);
	double before, step = past->settings->minsta_antal - 1;
	if (entry.status == CELL_PUBLISHED)
		return number_read_full(entry.text, strlen(entry.text), &before) && is_small(past, count - before);
	for (before = fmax(1, count - step); entry.status == CELL_PROTECTED && before <= count + step; before++)
		if (ledger_had(past->ledger, position, before))
			return true;
	return false;
}

/* ---- the same days ---- */

/* Whether a count differs by few from what any approval printed for the same days, or one so near to a withheld or printed one of a
   period within these days or around them that few lie between. */
static bool is_near_any(const struct past *past, const struct cube *cube, size_t row, size_t measure, const struct place *place)
{
	double now = cube_cell(cube, row, measure)->number;
	size_t at = ledger_find(past->ledger, cube->table->name, place->key, cube->table->measure[measure].name);
	for (; at != LEDGER_NONE; at = ledger_before(past->ledger, at)) {
		const struct ledger_entry entry = ledger_entry(past->ledger, at);
		bool same = entry.from == place->from && entry.to == place->to;
		if (same ? entry.status == CELL_PUBLISHED && is_near(past, at, now)
			 : past_grows(cube, row, measure) && past_is_nested(cube, row, &entry, place) && is_near(past, at, now))
			return true;
	}
	return false;
}

/* Survival curves are withheld whole, their zeros too. */
static bool is_curve(const struct table *table)
{
	return strncmp(table->name, "i13", 3) == 0;
}

/* A count of nobody is printed, but for curves and goals, also where nothing was told of the days since it was rounded. */
static bool is_printed_zero(const struct cube *cube, size_t row, size_t measure, enum ledger_state state)
{
	const struct table *table = cube->table;
	bool told = past_is_count(&table->measure[measure]) && (table->name[0] == 'm' || table->name[0] == 'i');
	double number = cube_cell(cube, row, measure)->number;
	return !is_curve(table) && (told || state == LEDGER_CHANGED) && !(number < 0) && !(number > 0);
}

/* Whether a change may not be told: a count that changed by few or is small now; a figure that changed while its row's persons did
   not; a withheld one that is 0 now. */
static bool may_not_be_told(const struct past *past, const struct cube *cube, size_t row, size_t measure, const struct place *place,
	enum ledger_state state, bool persons_changed)
{
	const struct measure *what = &cube->table->measure[measure];
	double now = cube_cell(cube, row, measure)->number;
	if (state == LEDGER_CHANGED)
		return past_is_count(what) && now < 1 && !is_curve(cube->table);
	if (state != LEDGER_REVISED)
		return false;
	if (!past_is_count(what))
		return past_made_of_persons(cube->table, what) && !persons_changed;
	return is_small(past, now) || is_near_any(past, cube, row, measure, place);
}

/* ---- rows ---- */

/* Whether some count of the row has changed; true of a row without counts. */
static bool row_changed(const struct past *past, size_t table, size_t row)
{
	const struct cube *cube = past->tables->cube[table];
	bool any = false;
	for (size_t m = 0; m < cube->table->measures; m++) {
		if (!past_is_count(&cube->table->measure[m]))
			continue;
		enum ledger_state state = past_state(past->tables, table, row, m);
		any = true;
		if (state == LEDGER_REVISED || state == LEDGER_CHANGED)
			return true;
	}
	return !any;
}

/* Whether the survival curve of a row (i13) was withheld by the latest approval, as its month 0 was: then a month that it had no row for was
   not printed as 0. */
static int was_withheld_curve(const struct past *past, const struct cube *cube, size_t row, size_t measure, const struct place *place,
	bool *withheld, struct error *error)
{
	const char *code[] = { cube_code_of(cube, row, 0), cube_code_of(cube, row, 1), "0" };
	const char *key = figure_join(code, 3, past->arena, error);
	if (key == NULL)
		return -1;
	size_t at = ledger_find(past->ledger, cube->table->name, key, cube->table->measure[measure].name);
	*withheld = false;
	for (; at != LEDGER_NONE; at = ledger_before(past->ledger, at)) {
		const struct ledger_entry entry = ledger_entry(past->ledger, at);
		if (entry.from == place->from && entry.to == place->to && past_is_latest(past, &entry))
			*withheld = entry.status == CELL_PROTECTED;
	}
	return 0;
}

/* The row's cells in a part that the ledger has. */
static int look_at_row(struct past *past, size_t table, size_t row, const struct place *place, struct error *error)
{
	const struct cube *cube = past->tables->cube[table];
	bool stands = false;
	for (size_t m = 0; m < cube->table->measures; m++) {
		char number[NUMBER_TEXT];
		const struct cell *cell = cube_cell(cube, row, m);
		unsigned char *state = &past->tables->past[table][tables_cell(past->tables, table, row, m)];
		if (cell->status == CELL_MISSING || !past_personal(cube->table, m))
			continue;
		*state = (unsigned char)ledger_look(past->ledger, cube->table->name, place->key, cube->table->measure[m].name, place->from,
			place->to, cell->number, printed_text(past, cube, row, m, number), past_is_rounded(past));
	}
	for (size_t m = 0; m < cube->table->measures && is_curve(cube->table); m++) {
		unsigned char *state = &past->tables->past[table][tables_cell(past->tables, table, row, m)];
		bool withheld;
		if (was_withheld_curve(past, cube, row, m, place, &withheld, error) != 0)
			return -1;
		if (withheld && (*state == LEDGER_PRINTED || *state == LEDGER_REVISED))
			*state = LEDGER_NEW;
	}
	bool changed = row_changed(past, table, row);
	for (size_t m = 0; m < cube->table->measures; m++) {
		enum ledger_state state = past_state(past->tables, table, row, m);
		if (state == LEDGER_NEW)
			continue;
		stands = stands || (past_is_rounded(past) ? past_rounding_tells(past, table, row, m, &(struct past_figure){ place->key, place->from, place->to, state, changed })
						     : may_not_be_told(past, cube, row, m, place, state, changed));
		if (past_is_rounded(past))
			continue; /* what protection withholds is decided */
		if ((state == LEDGER_WITHHELD || state == LEDGER_CHANGED) && !is_printed_zero(cube, row, m, state))
			tables_withhold(past->tables, table, row, m);
	}
	return stands ? past_stand(past, cube->table, place->from, place->to, error) : 0;
}

/* Withheld counts of the ledger whose rows are not there now: they are 0, which would be told. */
static int look_for_gone(struct past *past, struct error *error)
{
	for (size_t i = 0; i < ledger_cells(past->ledger); i++) {
		const struct ledger_entry entry = ledger_entry(past->ledger, i);
		size_t table = tables_find(past->tables, entry.table), row, measure;
		if (table == SIZE_MAX || entry.status != CELL_PROTECTED || !past_is_latest(past, &entry))
			continue;
		const struct cube *cube = past->tables->cube[table];
		if (past_find(cube, &entry, &row, &measure, past->arena, error) != 0)
			return -1;
		if (measure != SIZE_MAX && row == CUBE_NO_ROW && past_is_count(&cube->table->measure[measure]) && past_covers(past, table, &entry) &&
			past_stand(past, cube->table, entry.from, entry.to, error) != 0)
			return -1;
	}
	return 0;
}

/* Withholds the cell and demands that it could be another; with it what shows it: the rest of a goal, the curves and cohorts of an
   insats. */
static void withhold_near(struct past *past, size_t table, size_t row, size_t measure)
{
	const struct cube *cube = past->tables->cube[table];
	const char *name = cube->table->name;
	bool whole = name[0] == 'e' || strncmp(name, "i13", 3) == 0;
	tables_withhold(past->tables, table, row, measure);
	*tables_demand(past->tables, table, row, measure) = true;
	for (size_t other = whole ? 0 : row; other < (whole ? cube->rows : row + 1); other++)
		for (size_t m = 0; m < cube->table->measures; m++)
			if ((whole && strcmp(cube_code_of(cube, other, 0), cube_code_of(cube, row, 0)) == 0) ||
				(name[0] == 'g' && cube->table->measure[m].kind != MEASURE_TEXT) ||
				strcmp(cube->table->measure[m].name, "bedomning") == 0)
				tables_withhold(past->tables, table, other, m);
}

/* Likewise of an insats or målgrupp that no approval has, beside every one that approvals have and the run lacks: it may be one of them under another
   name. -1 with the error set. */
static int look_at_names(struct past *past, size_t table, size_t row, const struct place *place, struct arena *arena, struct error *error)
{
	const struct cube *cube = past->tables->cube[table];
	const char *code[TABLE_DIMENSIONS];
	size_t named = past_naming(cube->table);
	if (!past_is_new(past, cube, row, place->from, place->to))
		return 0;
	const struct past_names *names = strcmp(cube->table->dimension[named].name, "insats") == 0 ? &past->insatser : &past->malgrupper;
	for (size_t d = 0; d < cube->table->dimensions; d++)
		code[d] = cube_code_of(cube, row, d);
	for (size_t n = 0; n < names->count; n++) {
		code[named] = names->name[n];
		struct place other = { NULL, place->from, place->to };
		if (cube_find_code(cube, named, code[named]) != UINT32_MAX)
			continue;
		if ((other.key = figure_join(code, cube->table->dimensions, arena, error)) == NULL)
			return -1;
		for (size_t m = 0; m < cube->table->measures; m++) {
			const struct cell *cell = cube_cell(cube, row, m);
			if (cell->status != CELL_MISSING && cell->number >= 1 && past_grows(cube, row, m) && is_near_any(past, cube, row, m, &other))
				withhold_near(past, table, row, m);
		}
	}
	return 0;
}

static void look_around(struct past *past, const struct past_spans *spans, size_t table, size_t row, const struct place *place)
{
	const struct cube *cube = past->tables->cube[table];
	for (size_t m = 0; m < cube->table->measures; m++) {
		const struct cell *cell = cube_cell(cube, row, m);
		int64_t *least = &past->tables->least[table][tables_cell(past->tables, table, row, m)];
		if (cell->status == CELL_MISSING || cell->number < 1 || !past_personal(cube->table, m) || !past_grows(cube, row, m))
			continue;
		enum past_joined joined = past_join(past, spans, table, row, m, place);
		if (joined == PAST_TELLS || is_near_any(past, cube, row, m, place))
			withhold_near(past, table, row, m);
		else if (joined == PAST_TOLD && !is_small(past, cell->number)) /* a small one is not printed once more */
			past->tables->past[table][tables_cell(past->tables, table, row, m)] = LEDGER_PRINTED;
		size_t at = ledger_find(past->ledger, cube->table->name, place->key, cube->table->measure[m].name);
		for (; at != LEDGER_NONE && past_never_shrinks(cube, row); at = ledger_before(past->ledger, at)) {
			const struct ledger_entry entry = ledger_entry(past->ledger, at);
			double before;
			if (past_is_nested(cube, row, &entry, place) && entry.from >= place->from && entry.to <= place->to && entry.status == CELL_PUBLISHED &&
				!entry.rounded && number_read_full(entry.text, strlen(entry.text), &before) && before > (double)*least && before <= cell->number)
				*least = (int64_t)before;
		}
	}
}

/* Whether a line of the settings' kind is of an insats or målgrupp of an approval that has the entry's days, and that the run lacks. */
static bool is_gone(const struct past *past, const struct cube *cube, const struct ledger_entry *entry, struct error *error)
{
	const char *code[TABLE_DIMENSIONS];
	char *key = arena_text(past->arena, entry->key, strlen(entry->key), error);
	if (key == NULL || !figure_split(key, cube->table, code))
		return false;
	for (size_t d = 0; d < cube->table->dimensions; d++) {
		const char *name = cube->table->dimension[d].name;
		if ((strcmp(name, "insats") == 0 || strcmp(name, "malgrupp") == 0) && strcmp(code[d], CUBE_TOTAL) != 0 &&
			cube_find_code(cube, d, code[d]) == UINT32_MAX)
			return true;
	}
	return false;
}

/* Rounded counts of shorter periods whose rows are not there now. */
static int look_for_lost(struct past *past, struct error *error)
{
	for (size_t i = 0; i < ledger_cells(past->ledger); i++) {
		const struct ledger_entry entry = ledger_entry(past->ledger, i);
		bool lost;
		int32_t from, to;
		if (past_rounding_lost(past, &entry, &lost, &from, &to, error) != 0)
			return -1;
		const struct cube *cube = lost ? past->tables->cube[tables_find(past->tables, entry.table)] : NULL;
		if (lost && !is_gone(past, cube, &entry, error) && past_leave_out(past, cube->table, from, to, error) != 0)
			return -1;
	}
	return 0;
}

/* An insats or målgrupp that is new beside one that is gone, for the same days, may be it under another name: of two sets that are nearly the same, or the
   same and withheld otherwise, both would be told. */
static int look_for_renamed(struct past *past, const char *name, struct error *error)
{
	size_t table = tables_find(past->tables, name);
	bool renamed = false;
	const struct cube *cube = table == SIZE_MAX ? NULL : past->tables->cube[table];
	for (size_t row = 0; cube != NULL && row < cube->rows && !renamed; row++) {
		int32_t from, to;
		past_days(past, cube, row, &from, &to);
		renamed = past_is_new(past, cube, row, from, to);
	}
	for (size_t i = 0; renamed && i < ledger_cells(past->ledger); i++) {
		const struct ledger_entry entry = ledger_entry(past->ledger, i);
		if (strcmp(entry.table, name) == 0 && past_is_latest(past, &entry) && past_covers(past, table, &entry) &&
			is_gone(past, cube, &entry, error) && past_stand(past, cube->table, entry.from, entry.to, error) != 0)
			return -1;
	}
	return error->count > 0 ? -1 : 0;
}

/* ---- all cells ---- */

static int look_at_table(struct past *past, const struct past_spans *spans, size_t table, struct error *error)
{
	const struct cube *cube = past->tables->cube[table];
	for (size_t row = 0; row < cube->rows; row++) {
		struct arena *arena = arena_new(error);
		struct place place = { 0 };
		int result = arena == NULL ? -1 : past_place(past->settings, cube, row, &place, arena, error);
		bool known = result == 0 && !past_is_new(past, cube, row, place.from, place.to) && ledger_part(past->ledger, cube->table->name, place.from, place.to) != LEDGER_NONE;
		if (result == 0 && known)
			result = look_at_row(past, table, row, &place, error);
		else if (result == 0 && !past_is_rounded(past)) {
			look_around(past, spans, table, row, &place);
			result = look_at_names(past, table, row, &place, arena, error);
		}
		else if (result == 0 && past_rounding_narrows(past, table, row))
			result = past_leave_out(past, cube->table, place.from, place.to, error);
		arena_free(arena);
		if (result != 0)
			return -1;
	}
	return 0;
}

/* The ledger beside the tables; with no ledger where it is empty. */
static struct past *open_past(struct tables *tables, const struct ledger *ledger, const struct settings *settings, struct error *error)
{
	struct past *past = arena_take(tables->arena, 1, sizeof *past, error);
	if (past == NULL)
		return NULL;
	*past = (struct past){ .arena = tables->arena, .tables = tables, .settings = settings };
	if (ledger == NULL || ledger_cells(ledger) == 0)
		return past;
	past->ledger = ledger;
	return past_find_names(past, error) != 0 ? NULL : past;
}

int past_bounds(struct tables *tables, const struct ledger *ledger, const struct settings *settings, struct past_bounds *bounds,
	struct error *error)
{
	*bounds = (struct past_bounds){ .least = { NULL } };
	const struct past *past = open_past(tables, ledger, settings, error);
	return past == NULL || (past->ledger != NULL && past_nested_bounds(past, bounds, error) != 0) ? -1 : 0;
}

struct past *past_begin(struct tables *tables, const struct ledger *ledger, const struct settings *settings, struct error *error)
{
	struct past *past = open_past(tables, ledger, settings, error);
	if (past == NULL || past->ledger == NULL)
		return past;
	tables->history = past;
	struct past_spans spans = { 0 };
	if ((past_is_rounded(past) && past_nested_bounds(past, &past->bounds, error) != 0) || past_find_spans(past, &spans, error) != 0)
		return NULL;
	for (size_t t = 0; t < tables->count; t++) {
		size_t cells = tables->cube[t]->rows * tables->cube[t]->table->measures;
		tables->past[t] = arena_take(tables->arena, cells, sizeof *tables->past[t], error);
		if (tables->past[t] == NULL)
			return NULL;
	}
	for (size_t t = 0; t < tables->count; t++)
		if (!tables->cube[t]->table->support && look_at_table(past, &spans, t, error) != 0)
			return NULL;
	return (past_is_rounded(past) && look_for_lost(past, error) != 0) || look_for_gone(past, error) != 0 || look_for_renamed(past, "m02_malgrupp", error) != 0 ||
			look_for_renamed(past, "i01_deltagare", error) != 0 || (!past_is_rounded(past) && past_periods(tables, ledger, settings, error) != 0) ? NULL : past;
}
