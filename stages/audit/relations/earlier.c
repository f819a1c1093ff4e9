/* The ledger against the print: see earlier.h. */
#include "stages/audit/relations/earlier.h"

#include <math.h>
#include <string.h>

#include "pipeline/base/number.h"
#include "pipeline/table/cube/figure_name.h"
#include "stages/audit/relations/joined.h"
#include "stages/audit/relations/nested.h"
#include "stages/audit/relations/renamed.h"

/* Whether the ledger speaks of a figure. Budgets, prices and figures reconciled are not made of persons. */
static bool concerns(const struct table *table, size_t measure)
{
	const char *name = table->measure[measure].name;
	if (strncmp(table->name, "q01", 3) == 0 || strncmp(table->name, "e09", 3) == 0)
		return false;
	return strncmp(table->name, "e01", 3) != 0 || strncmp(name, "kr_per_", 7) == 0;
}

/* Whether what a row counts began with the first that is on file: curves, and goals that give everybody so many months. */
static bool since_ever(const struct cube *cube, size_t row)
{
	bool goal = strncmp(cube->table->name, "g01", 3) == 0;
	const char *name = goal ? cube_cell(cube, row, cube_measure(cube, "matt_namn"))->text : NULL;
	return strncmp(cube->table->name, "i13", 3) == 0 || (name != NULL && strstr(name, " inom ") != NULL);
}

/* The names of a row: key and days. */
struct place {
	const char *key;
	int32_t from, to;
};

static int find_place(const struct earlier *earlier, const struct cube *cube, size_t row, struct place *place, struct arena *arena,
	struct error *error)
{
	const char *code[TABLE_DIMENSIONS];
	for (size_t d = 0; d < cube->table->dimensions; d++)
		code[d] = cube_code_of(cube, row, d);
	ledger_days(earlier->settings, cube->table, code, &place->from, &place->to);
	place->key = figure_join(code, cube->table->dimensions, arena, error);
	return place->key == NULL ? -1 : 0;
}

/* A figure of data/ as the ledger has it. */
static const char *text_of(const struct cell *cell, char number[NUMBER_TEXT])
{
	if (cell->text != NULL)
		return cell->text;
	number_write_full(cell->number, number);
	return number;
}

/* The value before protection; the printed one where it is not known. */
static double truth_of(const struct published_table *table, size_t row, size_t measure)
{
	const char *code[TABLE_DIMENSIONS];
	for (size_t d = 0; d < table->cube->table->dimensions; d++)
		code[d] = cube_code_of(table->cube, row, d);
	size_t at = table->truth == NULL ? CUBE_NO_ROW : cube_find_named(table->truth, code);
	return at == CUBE_NO_ROW ? cube_cell(table->cube, row, measure)->number : cube_cell(table->truth, at, measure)->number;
}

static bool few(const struct published *published, double count)
{
	return fabs(count) >= 1 && fabs(count) < (double)published->minimum;
}

/* What one entry of the same days makes of a printed figure. */
static enum earlier_finding judge_same(const struct earlier *earlier, const struct published *published,
	const struct published_table *table, size_t row, size_t measure, size_t at)
{
	const struct ledger_entry entry = ledger_entry(earlier->ledger, at);
	const struct cell *cell = cube_cell(table->cube, row, measure);
	bool count = nested_is_count(&table->cube->table->measure[measure]);
	double before;
	if (entry.status == CELL_PROTECTED)
		return ledger_had(earlier->ledger, at, count ? cell->number : truth_of(table, row, measure)) ? EARLIER_WITHHELD : EARLIER_NONE;
	if (entry.status == CELL_PUBLISHED && count && number_read_full(entry.text, strlen(entry.text), &before) &&
		few(published, cell->number - before))
		return EARLIER_CHANGED;
	return EARLIER_NONE;
}

/* What one entry of a period within the row's, or around it, makes of a printed count. That nobody was there bounds no count of a longer period. */
static enum earlier_finding judge_nested(const struct earlier *earlier, const struct published *published, double count, size_t at)
{
	const struct ledger_entry entry = ledger_entry(earlier->ledger, at);
	double before, step = (double)published->minimum - 1;
	if (count < 1)
		return EARLIER_NONE;
	if (entry.status == CELL_PUBLISHED)
		return number_read_full(entry.text, strlen(entry.text), &before) && few(published, count - before) ? EARLIER_CHANGED : EARLIER_NONE;
	for (before = count - step; entry.status == CELL_PROTECTED && before <= count + step; before++)
		if (before >= 1 && ledger_had(earlier->ledger, at, before))
			return EARLIER_WITHHELD;
	return EARLIER_NONE;
}

/* ---- rounded figures ---- */

/* Between a count and what was printed of it otherwise, by two roundings: either moved it by less than the base in each of one or two classes. */
#define ROUNDINGS_APART 3

/* Whether the ledger has the days of the row for what it is of (an insats, a målgrupp): then a combination that it lacks was printed as 0. */
static bool was_zero(const struct earlier *earlier, const struct cube *cube, const struct place *place, size_t row, size_t measure)
{
	const char *code[TABLE_DIMENSIONS];
	struct error error = { 0 };
	for (size_t d = 0; d < cube->table->dimensions; d++) {
		const char *name = cube->table->dimension[d].name;
		bool kept = !cube->table->dimension[d].total || strcmp(name, "insats") == 0 || strcmp(name, "malgrupp") == 0;
		code[d] = kept ? cube_code_of(cube, row, d) : CUBE_TOTAL;
	}
	struct arena *arena = arena_new(&error);
	const char *key = arena == NULL ? NULL : figure_join(code, cube->table->dimensions, arena, &error);
	size_t at = key == NULL ? LEDGER_NONE : ledger_find(earlier->ledger, cube->table->name, key, cube->table->measure[measure].name);
	bool found = false;
	for (; at != LEDGER_NONE && !found; at = ledger_before(earlier->ledger, at)) {
		const struct ledger_entry entry = ledger_entry(earlier->ledger, at);
		found = entry.from == place->from && entry.to == place->to && entry.status != CELL_MISSING;
	}
	arena_free(arena);
	return found;
}

/* A figure of persons that is not made of rounded counts. */
static bool is_exact(const struct table *table, const struct measure *measure)
{
	bool number = measure->kind == MEASURE_KR || measure->kind == MEASURE_TWO || measure->kind == MEASURE_MONTHS || measure->kind == MEASURE_P;
	return number && strncmp(table->name, "e01", 3) != 0 && strcmp(measure->name, "per_1000") != 0 &&
		strcmp(measure->name, "kr_per_invanare_dag") != 0 && strncmp(measure->name, "ki_", 3) != 0;
}

/* A rounded count, or a figure beside rounded counts, that is not the approved one. `persons`: some count of the row is another, too. */
static enum earlier_finding judge_rounded(const struct earlier *earlier, const struct published *published, const struct published_table *table,
	const struct place *place, size_t row, size_t measure, bool persons)
{
	const struct cube *cube = table->cube;
	const struct measure *what = &cube->table->measure[measure];
	double now = truth_of(table, row, measure), apart = ROUNDINGS_APART * (double)published->minimum, before;
	size_t at = ledger_find(earlier->ledger, cube->table->name, place->key, what->name);
	bool any = false;
	for (; at != LEDGER_NONE; at = ledger_before(earlier->ledger, at)) {
		const struct ledger_entry entry = ledger_entry(earlier->ledger, at);
		if (entry.from != place->from || entry.to != place->to || entry.status == CELL_MISSING)
			continue;
		any = true;
		if (entry.status == CELL_PROTECTED)
			return EARLIER_WITHHELD;
		if (nested_is_count(what) ? number_read_full(entry.text, strlen(entry.text), &before) && fabs(now - before) < apart
				   : is_exact(cube->table, what) && !persons)
			return EARLIER_CHANGED;
	}
	bool zero = !any && nested_is_count(what) && now < apart && cube_cell(cube, row, measure)->number > 0;
	return zero && was_zero(earlier, cube, place, row, measure) ? EARLIER_CHANGED : EARLIER_NONE;
}

/* ---- one figure ---- */

/* Whether a figure is that of the latest approval that has it for its days, or cannot be computed as it could not then. */
static bool is_standing(const struct earlier *earlier, const struct cube *cube, const struct place *place, size_t row, size_t measure)
{
	char number[NUMBER_TEXT];
	size_t at = ledger_find(earlier->ledger, cube->table->name, place->key, cube->table->measure[measure].name);
	for (; at != LEDGER_NONE; at = ledger_before(earlier->ledger, at)) {
		const struct ledger_entry entry = ledger_entry(earlier->ledger, at);
		if (entry.from == place->from && entry.to == place->to)
			return entry.status == cube_cell(cube, row, measure)->status &&
				(entry.status == CELL_MISSING || strcmp(entry.text, text_of(cube_cell(cube, row, measure), number)) == 0);
	}
	return false;
}

/* Whether some count of the row is not the approved one; not of a row without counts. */
static bool persons_changed(const struct earlier *earlier, const struct cube *cube, const struct place *place, size_t row)
{
	for (size_t m = 0; m < cube->table->measures; m++)
		if (nested_is_count(&cube->table->measure[m]) && cube_cell(cube, row, m)->status == CELL_PUBLISHED &&
			!is_standing(earlier, cube, place, row, m))
			return true;
	return false;
}

static enum earlier_finding judge_cell(const struct earlier *earlier, const struct published *published,
	const struct published_table *table, const struct joined_periods *periods, const struct place *place, size_t row, size_t measure)
{
	const struct cube *cube = table->cube;
	const struct cell *cell = cube_cell(cube, row, measure);
	enum earlier_finding finding = EARLIER_NONE;
	if (cell->status == CELL_PROTECTED || !concerns(cube->table, measure))
		return EARLIER_NONE;
	if (cell->status == CELL_MISSING)
		return is_standing(earlier, cube, place, row, measure) ? EARLIER_KNOWN : EARLIER_NONE;
	if (cell->earlier)
		return is_standing(earlier, cube, place, row, measure) ? EARLIER_KNOWN : EARLIER_OTHER;
	if (is_standing(earlier, cube, place, row, measure))
		return EARLIER_KNOWN;
	if (published->rounded)
		return judge_rounded(earlier, published, table, place, row, measure, persons_changed(earlier, cube, place, row));
	const char *code[TABLE_DIMENSIONS];
	for (size_t d = 0; d < cube->table->dimensions; d++)
		code[d] = cube_code_of(cube, row, d);
	size_t at = ledger_find(earlier->ledger, cube->table->name, place->key, cube->table->measure[measure].name);
	for (; at != LEDGER_NONE && finding == EARLIER_NONE; at = ledger_before(earlier->ledger, at)) {
		const struct ledger_entry entry = ledger_entry(earlier->ledger, at);
		if (entry.from == place->from && entry.to == place->to)
			finding = judge_same(earlier, published, table, row, measure, at);
		else if (nested_cumulative(cube->table, code, measure) && (since_ever(cube, row) || (entry.from >= place->from && entry.to <= place->to) ||
				(entry.from <= place->from && entry.to >= place->to)))
			finding = judge_nested(earlier, published, cell->number, at);
	}
	return finding != EARLIER_NONE ? finding
		: joined_judge(earlier, published, periods, cube->table, measure, place->key, place->from, place->to, cell->number);
}

/* ---- a table ---- */

/* A figure other than 0 that is new beside earlier ones. */
static bool is_new(const struct cube *cube, size_t row, size_t measure)
{
	const struct cell *cell = cube_cell(cube, row, measure);
	bool nothing = cell->text == NULL ? !(cell->number < 0) && !(cell->number > 0) : cell->text[0] == '\0';
	return concerns(cube->table, measure) && cell->status == CELL_PUBLISHED && !cell->earlier && !nothing;
}

int earlier_judge(const struct earlier *earlier, const struct published *published, const struct published_table *table,
	unsigned char *finding, struct error *error)
{
	const struct cube *cube = table->cube;
	struct joined_periods periods;
	if (earlier->ledger == NULL || ledger_cells(earlier->ledger) == 0)
		return 0;
	joined_find(earlier, cube->table, &periods);
	for (size_t row = 0; row < cube->rows; row++) {
		struct arena *arena = arena_new(error);
		struct place place;
		bool stands, beside;
		int result = arena == NULL ? -1 : find_place(earlier, cube, row, &place, arena, error);
		standing_row(earlier, published, cube, row, &stands, &beside);
		for (size_t m = 0; m < cube->table->measures && result == 0; m++) {
			enum earlier_finding found = judge_cell(earlier, published, table, &periods, &place, row, m);
			if (found <= EARLIER_KNOWN && beside && is_new(cube, row, m))
				found = EARLIER_MIXED;
			finding[row * cube->table->measures + m] = (unsigned char)found;
		}
		arena_free(arena);
		if (result != 0)
			return -1;
	}
	return renamed_judge(earlier, cube, published->minimum, published->rounded, finding, error) != 0 ||
		(published->rounded && nested_judge(earlier, published, cube, finding, error) != 0) ? -1 : 0;
}

/* ---- what everybody knew ---- */

/* That an exact count is the rounded one that was printed nobody knew, unless it is that which stands. */
static bool was_told(const struct earlier *earlier, const struct cube *cube, const struct place *place, size_t row, size_t measure, bool rounded)
{
	char number[NUMBER_TEXT];
	size_t at = ledger_find(earlier->ledger, cube->table->name, place->key, cube->table->measure[measure].name);
	for (; at != LEDGER_NONE; at = ledger_before(earlier->ledger, at)) {
		const struct ledger_entry entry = ledger_entry(earlier->ledger, at);
		bool same = rounded || !entry.rounded || cube_cell(cube, row, measure)->earlier;
		if (entry.from == place->from && entry.to == place->to && entry.status == CELL_PUBLISHED && same &&
			strcmp(entry.text, text_of(cube_cell(cube, row, measure), number)) == 0)
			return true;
	}
	return false;
}

int earlier_withheld(const struct earlier *earlier, const struct cube *cube, size_t row, size_t measure, double value, bool *withheld,
	struct error *error)
{
	struct place place;
	*withheld = false;
	if (earlier->ledger == NULL)
		return 0;
	struct arena *arena = arena_new(error);
	int result = arena == NULL || find_place(earlier, cube, row, &place, arena, error) != 0 ? -1 : 0;
	size_t at = result != 0 ? LEDGER_NONE : ledger_find(earlier->ledger, cube->table->name, place.key, cube->table->measure[measure].name);
	for (; at != LEDGER_NONE && !*withheld; at = ledger_before(earlier->ledger, at)) {
		const struct ledger_entry entry = ledger_entry(earlier->ledger, at);
		*withheld = entry.from == place.from && entry.to == place.to && entry.status == CELL_PROTECTED && ledger_had(earlier->ledger, at, value);
	}
	arena_free(arena);
	return result;
}

int earlier_hide(const struct earlier *earlier, struct cube *cube, bool rounded, struct error *error)
{
	struct joined_periods periods = { 0 };
	if (earlier->ledger != NULL)
		joined_find(earlier, cube->table, &periods);
	for (size_t row = 0; row < cube->rows; row++) {
		struct arena *arena = arena_new(error);
		struct place place;
		bool any = earlier->ledger != NULL && ledger_cells(earlier->ledger) > 0; /* else nothing was told */
		if (arena == NULL || (any && find_place(earlier, cube, row, &place, arena, error) != 0)) {
			arena_free(arena);
			return -1;
		}
		for (size_t m = 0; m < cube->table->measures; m++) {
			struct cell *cell = cube_cell(cube, row, m);
			if (cell->status == CELL_PUBLISHED && (cell->number < 0 || cell->number > 0) &&
				!(any && (was_told(earlier, cube, &place, row, m, rounded) ||
					joined_told(earlier, &periods, cube->table, m, place.key, place.from, place.to, cell->number))))
				cell->status = CELL_PROTECTED;
		}
		arena_free(arena);
	}
	return 0;
}
