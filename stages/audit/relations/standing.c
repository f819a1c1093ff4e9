/* Earlier figures in a publication: see standing.h. */
#include "stages/audit/relations/standing.h"

#include <math.h>
#include <string.h>

#include "pipeline/base/date.h"
#include "pipeline/table/cube/figure_name.h"

/* Days whose tables hang together. */
struct standing {
	size_t count, room;
	struct standing_block {
		bool population;
		int32_t from, to; /* of the population a whole year */
	} *block;
};

bool standing_is_of_population(const struct table *table)
{
	return table->name[0] == 'm';
}

static void row_days(const struct earlier *earlier, const struct cube *cube, size_t row, int32_t *from, int32_t *to)
{
	const char *code[TABLE_DIMENSIONS];
	for (size_t d = 0; d < cube->table->dimensions; d++)
		code[d] = cube_code_of(cube, row, d);
	ledger_days(earlier->settings, cube->table, code, from, to);
}

static struct standing_block block_of(const struct table *table, int32_t from, int32_t to)
{
	int year = date_year_of(from);
	if (standing_is_of_population(table))
		return (struct standing_block){ true, date_day(year, 1, 1), date_day(year, 12, 31) };
	return (struct standing_block){ false, from, to };
}

static bool has_block(const struct standing *standing, const struct standing_block *block)
{
	for (size_t i = 0; standing != NULL && i < standing->count; i++)
		if (standing->block[i].population == block->population && standing->block[i].from == block->from && standing->block[i].to == block->to)
			return true;
	return false;
}

/* ---- what was withheld ---- */

/* The entry of the latest approval that withheld a cell for its days: *at, LEDGER_NONE. -1 with the error set. */
static int find_withheld(const struct earlier *earlier, const struct cube *cube, size_t row, size_t measure, size_t *at, struct error *error)
{
	const char *code[TABLE_DIMENSIONS];
	int32_t from, to;
	row_days(earlier, cube, row, &from, &to);
	for (size_t d = 0; d < cube->table->dimensions; d++)
		code[d] = cube_code_of(cube, row, d);
	struct arena *arena = arena_new(error);
	const char *key = arena == NULL ? NULL : figure_join(code, cube->table->dimensions, arena, error);
	*at = key == NULL ? LEDGER_NONE : ledger_find(earlier->ledger, cube->table->name, key, cube->table->measure[measure].name);
	for (; *at != LEDGER_NONE; *at = ledger_before(earlier->ledger, *at)) {
		const struct ledger_entry entry = ledger_entry(earlier->ledger, *at);
		if (entry.from == from && entry.to == to && entry.status == CELL_PROTECTED)
			break;
	}
	arena_free(arena);
	return key == NULL ? -1 : 0;
}

#define TIMES 10 /* how far a count is looked for: so many times what it is now, and so many more */
#define MORE 1000

/* The number that has the hash, from the nearest on. */
static int64_t find_number(const struct ledger *ledger, size_t position, int64_t near)
{
	int64_t most = TIMES * near + MORE;
	for (int64_t away = 0; near + away <= most; away++) {
		if (ledger_had(ledger, position, (double)(near + away)))
			return near + away;
		if (away > 0 && near - away >= 0 && ledger_had(ledger, position, (double)(near - away)))
			return near - away;
	}
	return PUBLISHED_UNTOLD;
}

int standing_count(const struct earlier *earlier, const struct cube *cube, size_t row, size_t measure, int64_t near, bool *withheld, int64_t *count,
	struct error *error)
{
	size_t at;
	if (find_withheld(earlier, cube, row, measure, &at, error) != 0)
		return -1;
	*withheld = at != LEDGER_NONE;
	*count = *withheld ? find_number(earlier->ledger, at, near == PUBLISHED_UNTOLD ? 0 : near) : PUBLISHED_UNTOLD;
	return 0;
}

/* ---- finding them ---- */

/* Tables whose counts are withheld only where somebody is counted, or was; of curves, goals and cohorts zeros are, too. */
static bool withholds_somebody(const struct table *table)
{
	return table->name[0] == 'm' || (table->name[0] == 'i' && strncmp(table->name, "i13", 3) != 0);
}

/* The count of the same row in another cube of the table; 0 where that has none. */
static int64_t count_in(const struct cube *cube, const struct cube *of, size_t row, size_t measure, bool *told)
{
	const char *code[TABLE_DIMENSIONS];
	for (size_t d = 0; d < of->table->dimensions; d++)
		code[d] = cube_code_of(of, row, d);
	size_t at = cube_find_named(cube, code);
	*told = at == CUBE_NO_ROW || cube_cell(cube, at, measure)->status == CELL_PUBLISHED;
	return at == CUBE_NO_ROW ? 0 : llround(cube_cell(cube, at, measure)->number);
}

static bool counts_persons(const struct published_table *table, size_t measure)
{
	return table->truth != NULL && table->cube->table->measure[measure].kind == MEASURE_COUNT && withholds_somebody(table->cube->table);
}

/* Whether a figure is marked as an earlier one; or a count withheld that is 0 now, of somebody who was there when it was approved. */
static int is_earlier(const struct earlier *earlier, const struct published_table *table, size_t row, size_t measure, bool *is, struct error *error)
{
	const struct cell *cell = cube_cell(table->cube, row, measure);
	size_t at;
	bool told;
	*is = cell->earlier;
	if (*is || cell->status != CELL_PROTECTED || !counts_persons(table, measure) || count_in(table->truth, table->cube, row, measure, &told) != 0)
		return 0;
	if (find_withheld(earlier, table->cube, row, measure, &at, error) != 0)
		return -1;
	*is = at != LEDGER_NONE && !ledger_had(earlier->ledger, at, 0);
	return 0;
}

/* Whether somebody is counted now where 0 is printed, as it was then. */
static bool was_nobody(const struct published_table *table, size_t row, size_t measure)
{
	const struct cell *cell = cube_cell(table->truth, row, measure);
	bool told;
	return cell->status == CELL_PUBLISHED && cell->number > 0 && counts_persons(table, measure) &&
		count_in(table->cube, table->truth, row, measure, &told) == 0 && told;
}

static int add_block(const struct earlier *earlier, struct published *published, const struct cube *cube, size_t row, struct error *error)
{
	struct standing *standing = published->standing;
	int32_t from, to;
	row_days(earlier, cube, row, &from, &to);
	const struct standing_block block = block_of(cube->table, from, to);
	if (has_block(standing, &block))
		return 0;
	struct standing_block *grown = arena_grow(published->arena, standing->block, standing->count, standing->count + 1, &standing->room, sizeof *grown, error);
	if (grown == NULL)
		return -1;
	standing->block = grown;
	grown[standing->count++] = block;
	published->stands[block.population] = true;
	return 0;
}

static int find_in(const struct earlier *earlier, struct published *published, const struct published_table *table, struct error *error)
{
	size_t measures = table->cube->table->measures;
	for (size_t i = 0; i < table->cube->rows * measures; i++) {
		bool is;
		if (is_earlier(earlier, table, i / measures, i % measures, &is, error) != 0 || (is && add_block(earlier, published, table->cube, i / measures, error) != 0))
			return -1;
	}
	bool whole = table->truth != NULL && !published->rounded; /* few are rounded to 0 */
	for (size_t i = 0; i < (whole ? table->truth->rows * measures : 0); i++)
		if (was_nobody(table, i / measures, i % measures) && add_block(earlier, published, table->truth, i / measures, error) != 0)
			return -1;
	return 0;
}

int standing_find(const struct earlier *earlier, struct published *published, struct error *error)
{
	published->standing = arena_take(published->arena, 1, sizeof *published->standing, error);
	if (published->standing == NULL)
		return -1;
	for (size_t t = 0; t < published->own && earlier->ledger != NULL && ledger_cells(earlier->ledger) > 0; t++)
		if (find_in(earlier, published, &published->table[t], error) != 0)
			return -1;
	return 0;
}

/* ---- asking for them ---- */

bool standing_any(const struct published *published, const struct table *table)
{
	return published->stands[standing_is_of_population(table)];
}

/* Whether the ledger has some table of the same kind for the days. */
static bool is_known(const struct earlier *earlier, const struct published *published, const struct table *table, int32_t from, int32_t to)
{
	for (size_t t = 0; t < published->tables; t++) {
		const struct table *other = published->table[t].cube->table;
		if (standing_is_of_population(other) == standing_is_of_population(table) && ledger_part(earlier->ledger, other->name, from, to) != LEDGER_NONE)
			return true;
	}
	return false;
}

void standing_row(const struct earlier *earlier, const struct published *published, const struct cube *cube, size_t row, bool *stands, bool *beside)
{
	int32_t from, to;
	*stands = *beside = false;
	if (!standing_any(published, cube->table))
		return;
	row_days(earlier, cube, row, &from, &to);
	const struct standing_block block = block_of(cube->table, from, to);
	if (!has_block(published->standing, &block))
		return;
	*stands = ledger_part(earlier->ledger, cube->table->name, from, to) != LEDGER_NONE;
	*beside = *stands || is_known(earlier, published, cube->table, from, to);
}

bool standing_table(const struct earlier *earlier, const struct published *published, const struct cube *cube)
{
	bool stands = false, beside;
	for (size_t row = 0; row < cube->rows && !stands && standing_any(published, cube->table); row++)
		standing_row(earlier, published, cube, row, &stands, &beside);
	return stands;
}
