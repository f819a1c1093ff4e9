/* Earlier figures in the place of changes that may not be told. */
#include "stages/protect/past/past_stands.h"

#include <math.h>
#include <string.h>

#include "pipeline/base/date.h"
#include "pipeline/base/number.h"
#include "pipeline/table/cube/figure_name.h"
#include "stages/protect/past/past_rounded.h"

static bool is_of_population(const struct table *table)
{
	return table->name[0] == 'm';
}

/* Whether earlier figures stand for a table and days. */
static bool stands(const struct past *past, const struct table *table, int32_t from, int32_t to)
{
	for (size_t i = 0; i < past->blocks; i++) {
		const struct past_block *block = &past->block[i];
		if (block->population != is_of_population(table) || block->left_out)
			continue;
		if (block->population ? block->year == date_year_of(from) : block->from == from && block->to == to)
			return true;
	}
	return false;
}

int past_stand(struct past *past, const struct table *table, int32_t from, int32_t to, struct error *error)
{
	if (stands(past, table, from, to))
		return 0;
	struct past_block *grown = arena_grow(past->arena, past->block, past->blocks, past->blocks + 1, &past->room, sizeof *grown, error);
	if (grown == NULL)
		return -1;
	past->block = grown;
	grown[past->blocks++] = (struct past_block){ is_of_population(table), date_year_of(from), from, to, false };
	return 0;
}

/* Whether figures of the table are left out for the days. */
static bool is_left_out(const struct past *past, const struct table *table, int32_t from, int32_t to)
{
	for (size_t i = 0; i < past->blocks; i++) {
		const struct past_block *block = &past->block[i];
		if (block->left_out && block->population == is_of_population(table) && block->from == from && block->to == to)
			return true;
	}
	return false;
}

int past_leave_out(struct past *past, const struct table *table, int32_t from, int32_t to, struct error *error)
{
	if (is_left_out(past, table, from, to))
		return 0;
	struct past_block *grown = arena_grow(past->arena, past->block, past->blocks, past->blocks + 1, &past->room, sizeof *grown, error);
	if (grown == NULL)
		return -1;
	past->block = grown;
	grown[past->blocks++] = (struct past_block){ is_of_population(table), date_year_of(from), from, to, true };
	return 0;
}

/* ---- entries and cells ---- */

bool past_is_latest(const struct past *past, const struct ledger_entry *entry)
{
	size_t part = ledger_part(past->ledger, entry->table, entry->from, entry->to);
	return strcmp(ledger_entry(past->ledger, part).run, entry->run) == 0;
}

/* The codes of an entry's key, in the arena; false when they are not as many as the table's dimensions, or memory is out. */
static bool split(const struct table *table, const struct ledger_entry *entry, const char *code[TABLE_DIMENSIONS], struct arena *arena,
	struct error *error)
{
	char *key = arena_text(arena, entry->key, strlen(entry->key), error);
	return key != NULL && figure_split(key, table, code);
}

int past_find(const struct cube *cube, const struct ledger_entry *entry, size_t *row, size_t *measure, struct arena *arena,
	struct error *error)
{
	const char *code[TABLE_DIMENSIONS];
	size_t faults = error->count;
	*row = CUBE_NO_ROW;
	*measure = SIZE_MAX;
	if (!split(cube->table, entry, code, arena, error))
		return error->count > faults ? -1 : 0;
	*row = cube_find_named(cube, code);
	*measure = figure_measure(cube->table, entry->measure);
	return 0;
}

bool past_covers(const struct past *past, size_t table, const struct ledger_entry *entry)
{
	const char *code[TABLE_DIMENSIONS];
	struct error error = { 0 };
	int32_t from, to;
	struct arena *arena = arena_new(&error);
	bool covers = arena != NULL && split(past->tables->cube[table]->table, entry, code, arena, &error);
	if (covers) {
		ledger_days(past->settings, past->tables->cube[table]->table, code, &from, &to);
		covers = from == entry->from && to == entry->to && from >= past->settings->period_from && to <= past->settings->period_to;
	}
	arena_free(arena);
	return covers;
}

void past_days(const struct past *past, const struct cube *cube, size_t row, int32_t *from, int32_t *to)
{
	const char *code[TABLE_DIMENSIONS];
	for (size_t d = 0; d < cube->table->dimensions; d++)
		code[d] = cube_code_of(cube, row, d);
	ledger_days(past->settings, cube->table, code, from, to);
}

/* ---- what protection would withhold in vain, and what it may not ---- */

/* Figures that were printed for the same days, changed, and would be withheld now: earlier ones stand. */
static int find_withheld(struct past *past, struct error *error)
{
	const struct tables *tables = past->tables;
	for (size_t t = 0; t < tables->count; t++) {
		const struct cube *cube = tables->cube[t];
		size_t measures = cube->table->measures;
		for (size_t i = 0; i < cube->rows * measures; i++) {
			int32_t from, to;
			if (past_state(tables, t, i / measures, i % measures) != LEDGER_REVISED ||
				!tables_withheld(tables, t, i / measures, i % measures))
				continue;
			past_days(past, cube, i / measures, &from, &to);
			if (past_stand(past, cube->table, from, to, error) != 0)
				return -1;
		}
	}
	return 0;
}

/* Prints again what everybody knows. */
static void print_known(struct past *past, struct past_account *account)
{
	struct tables *tables = past->tables;
	for (size_t t = 0; t < tables->count; t++) {
		const struct table *table = tables->cube[t]->table;
		for (size_t i = 0; i < tables->cube[t]->rows * table->measures; i++) {
			size_t row = i / table->measures, m = i % table->measures;
			struct cell *cell = cube_cell(tables->cube[t], row, m);
			if (!past_known(tables, t, row, m))
				continue;
			if (cell->status == CELL_PROTECTED ||
				(past_is_count(&table->measure[m]) && tables_small(cell->number, past->settings->minsta_antal))) {
				account->known++;
				account->known_in[t]++;
			}
			cell->status = CELL_PUBLISHED;
		}
	}
}

/* ---- earlier figures ---- */

/* Whether the ledger has another table of the same kind for the days. */
static bool days_are_known(const struct past *past, const struct table *table, int32_t from, int32_t to)
{
	for (size_t t = 0; t < past->tables->count; t++) {
		const struct table *other = past->tables->cube[t]->table;
		if (is_of_population(other) == is_of_population(table) && ledger_part(past->ledger, other->name, from, to) != LEDGER_NONE)
			return true;
	}
	return false;
}

static bool is_margin(const struct cube *cube, size_t row)
{
	for (size_t d = 0; d < cube->table->dimensions; d++)
		if (cube->table->dimension[d].total && !cube_is_total(cube, row, d))
			return false;
	return true;
}

/* The entry of a cell in the latest approval that has its table for its days; LEDGER_NONE when that approval lacks it. */
static size_t entry_of(const struct past *past, const char *table, const char *key, const char *measure, int32_t from, int32_t to)
{
	size_t part = ledger_part(past->ledger, table, from, to), at = ledger_find(past->ledger, table, key, measure);
	for (; at != LEDGER_NONE; at = ledger_before(past->ledger, at)) {
		const struct ledger_entry entry = ledger_entry(past->ledger, at);
		if (entry.from == from && entry.to == to && strcmp(entry.run, ledger_entry(past->ledger, part).run) == 0)
			break;
	}
	return at;
}

int past_told(const struct tables *tables, size_t table, const char *const *code, size_t measure, int64_t *told, struct error *error)
{
	const struct past *past = tables->history;
	const struct cube *cube = tables->cube[table];
	size_t row = past == NULL ? CUBE_NO_ROW : cube_find_named(cube, code);
	int32_t from, to;
	*told = 0;
	if (past == NULL || (row != CUBE_NO_ROW && past_state(tables, table, row, measure) != LEDGER_REVISED))
		return 0;
	ledger_days(past->settings, cube->table, code, &from, &to);
	if (ledger_part(past->ledger, cube->table->name, from, to) == LEDGER_NONE)
		return 0;
	struct arena *arena = arena_new(error);
	const char *key = arena == NULL ? NULL : figure_join(code, cube->table->dimensions, arena, error);
	size_t at = key == NULL ? LEDGER_NONE : entry_of(past, cube->table->name, key, cube->table->measure[measure].name, from, to);
	const struct ledger_entry entry = at == LEDGER_NONE ? (struct ledger_entry){ .text = "" } : ledger_entry(past->ledger, at);
	double number = 0;
	if (at != LEDGER_NONE && entry.status == CELL_PUBLISHED && !entry.rounded && number_read_full(entry.text, strlen(entry.text), &number))
		*told = (int64_t)llround(number);
	arena_free(arena);
	return key == NULL ? -1 : 0;
}

/* Puts what an approval told into a cell: its figure, or that it withheld it or could not compute it; 0 where it has none. */
static int show_cell(const struct past *past, struct cube *cube, size_t row, size_t measure, size_t at, struct error *error)
{
	const struct ledger_entry entry = at == LEDGER_NONE ? (struct ledger_entry){ .text = "" } : ledger_entry(past->ledger, at);
	struct cell *cell = cube_cell(cube, row, measure);
	double number = 0;
	if (entry.status != CELL_PUBLISHED) {
		cell->status = entry.status; /* its number stays for the run's own account */
		return 0;
	}
	if (measure_holds_text(cube->table->measure[measure].kind))
		cube_set_text(cube, row, measure, entry.text);
	else if (entry.text[0] == '\0' || number_read_full(entry.text, strlen(entry.text), &number))
		cube_set(cube, row, measure, number);
	else
		return error_set(error, EXIT_DATA, "huvudbok.csv: a figure of table %s is not a number", cube->table->name);
	cell->earlier = at != LEDGER_NONE;
	return 0;
}

/* Whether rows of m07 are of days whose last month stands in m03: what adds up to that would be other figures of it. */
static bool flows_into_earlier(const struct past *past, const struct table *table, int32_t from, int32_t to)
{
	if (strncmp(table->name, "m07", 3) != 0 || !stands(past, table, from, to))
		return false;
	int32_t month = date_day(date_year_of(to), date_month_of(to) % 12 + 1, 1);
	return ledger_part(past->ledger, table->name, from, to) == LEDGER_NONE &&
		ledger_part(past->ledger, "m03_samtidighet", month, to) != LEDGER_NONE;
}

/* Withholds what a row has of persons. A row of nobody after rounding is withheld where somebody was. */
static void leave_out_row(const struct past *past, size_t table, size_t row, struct past_account *account)
{
	const struct cube *cube = past->tables->cube[table];
	int32_t from, to;
	past_days(past, cube, row, &from, &to);
	bool left_out = is_left_out(past, cube->table, from, to) || (past_is_rounded(past) && flows_into_earlier(past, cube->table, from, to));
	for (size_t m = 0; left_out && m < cube->table->measures; m++) {
		struct cell *cell = cube_cell(cube, row, m);
		bool text = cube->table->measure[m].kind == MEASURE_TEXT && strcmp(cube->table->measure[m].name, "bedomning") != 0;
		if (cell->status != CELL_PUBLISHED || text || !past_personal(cube->table, m))
			continue;
		cell->status = CELL_PROTECTED;
		account->left_out++;
	}
}

/* A row where earlier figures stand. A new insats or målgrupp, and a table that no approval has for days that others have, are not
   told at all: set beside the earlier figures they would tell of the change. */
static int show_row(struct past *past, struct cube *cube, size_t row, struct error *error)
{
	const char *code[TABLE_DIMENSIONS];
	int32_t from, to;
	past_days(past, cube, row, &from, &to);
	bool known = ledger_part(past->ledger, cube->table->name, from, to) != LEDGER_NONE;
	bool flows = !past_is_rounded(past) && flows_into_earlier(past, cube->table, from, to);
	if (!stands(past, cube->table, from, to) || (!known && !flows && !days_are_known(past, cube->table, from, to)))
		return 0;
	struct arena *arena = arena_new(error);
	for (size_t d = 0; d < cube->table->dimensions; d++)
		code[d] = cube_code_of(cube, row, d);
	const char *key = arena == NULL ? NULL : figure_join(code, cube->table->dimensions, arena, error);
	int result = key == NULL ? -1 : 0;
	for (size_t m = 0; m < cube->table->measures && result == 0; m++) {
		if (!past_personal(cube->table, m))
			continue;
		size_t at = known ? entry_of(past, cube->table->name, key, cube->table->measure[m].name, from, to) : LEDGER_NONE;
		result = show_cell(past, cube, row, m, at, error);
		if (past_is_new(past, cube, row, from, to) || (!known && is_margin(cube, row)))
			cube_set_missing(cube, row, m);
	}
	arena_free(arena);
	return result;
}

/* Rows that an approval told of and that are not there now, but for budgets. */
static int show_gone(struct past *past, size_t table, struct error *error)
{
	struct cube *cube = past->tables->cube[table];
	for (size_t i = 0; i < ledger_cells(past->ledger); i++) {
		const struct ledger_entry entry = ledger_entry(past->ledger, i);
		const char *code[TABLE_DIMENSIONS];
		size_t row, measure, rows = cube->rows;
		if (strcmp(entry.table, cube->table->name) != 0 || strncmp(entry.table, "e01", 3) == 0 ||
			!stands(past, cube->table, entry.from, entry.to) || !past_is_latest(past, &entry) || !past_covers(past, table, &entry))
			continue;
		if (past_find(cube, &entry, &row, &measure, past->arena, error) != 0)
			return -1;
		if (row != CUBE_NO_ROW || measure == SIZE_MAX)
			continue;
		if (!split(cube->table, &entry, code, past->arena, error) || (row = cube_row_named(cube, code, error)) == CUBE_NO_ROW ||
			(cube->rows > rows && show_row(past, cube, row, error) != 0))
			return -1;
	}
	return 0;
}

int past_end(struct past *past, struct past_account *account, struct error *error)
{
	*account = (struct past_account){ 0 };
	if (past->ledger == NULL)
		return 0;
	if (find_withheld(past, error) != 0)
		return -1;
	print_known(past, account);
	if (past->blocks == 0)
		return 0;
	for (size_t t = 0; t < past->tables->count; t++) {
		struct cube *cube = past->tables->cube[t];
		size_t rows = cube->table->support ? 0 : cube->rows;
		for (size_t row = 0; row < rows; row++)
			if (show_row(past, cube, row, error) != 0)
				return -1;
		for (size_t row = 0; row < rows; row++)
			leave_out_row(past, t, row, account);
		if (!cube->table->support && show_gone(past, t, error) != 0)
			return -1;
		for (size_t i = 0; i < cube->rows * cube->table->measures; i++)
			account->earlier += cube_cell(cube, i / cube->table->measures, i % cube->table->measures)->earlier;
	}
	return 0;
}
