/* A table of an approved run, from the disclosure ledger: see ledger.h. */
#include <math.h>
#include <string.h>

#include "pipeline/base/date.h"
#include "pipeline/base/number.h"
#include "pipeline/table/cube/figure_name.h"
#include "pipeline/table/ledger/ledger.h"

/* How far withheld counts are looked for: so many times the largest printed number, and so many more. */
#define TIMES 10
#define MORE 1000

/* The table under a name that says the days, as none that a run prints. NULL with the error set when memory is out. */
static const struct table *name_table(const struct table *table, int32_t from, int32_t to, struct arena *arena, struct error *error)
{
	char first[DATE_TEXT], last[DATE_TEXT];
	struct table *copy = arena_take(arena, 1, sizeof *copy, error);
	if (copy == NULL)
		return NULL;
	date_write(from, first);
	date_write(to, last);
	*copy = *table;
	copy->support = true;
	copy->name = arena_print(arena, error, "%s %s %s", table->name, first, last);
	return copy->name == NULL ? NULL : copy;
}

/* The number that a withheld count was; -1 when none up to `most` has its hash. */
static int64_t find_count(const struct ledger *ledger, size_t position, int64_t most)
{
	for (int64_t count = 0; count <= most; count++)
		if (ledger_had(ledger, position, (double)count))
			return count;
	return -1;
}

struct making {
	const struct ledger *ledger;
	struct cube *cube;
	struct arena *arena;
	double largest;   /* printed number */
	struct error *error;
};

/* One entry: the printed ones first, which say how far the others can be. */
static int take_entry(struct making *making, size_t position, bool printed)
{
	const struct ledger_entry entry = ledger_entry(making->ledger, position);
	struct cube *cube = making->cube;
	const char *code[TABLE_DIMENSIONS];
	double number = 0;
	if ((entry.status == CELL_PUBLISHED) != printed)
		return 0;
	char *key = arena_text(making->arena, entry.key, strlen(entry.key), making->error);
	size_t measure = figure_measure(cube->table, entry.measure);
	if (key == NULL)
		return -1;
	if (measure == SIZE_MAX || !figure_split(key, cube->table, code))
		return error_set(making->error, EXIT_DATA, "huvudbok.csv: a line is no cell of table %s", entry.table);
	size_t row = cube_row_named(cube, code, making->error);
	if (row == CUBE_NO_ROW)
		return -1;
	if (printed && number_read_full(entry.text, strlen(entry.text), &number)) {
		cube_set(cube, row, measure, number);
		making->largest = fmax(making->largest, number);
		return 0;
	}
	bool counts = cube->table->measure[measure].kind == MEASURE_COUNT && strcmp(entry.measure, "forandring") != 0; /* which may be negative */
	int64_t count = entry.status != CELL_PROTECTED || !counts ? -1
		: find_count(making->ledger, position, TIMES * llround(making->largest) + MORE);
	if (count < 0) {
		cube_set_missing(cube, row, measure);
		return 0;
	}
	cube_set(cube, row, measure, (double)count);
	cube_cell(cube, row, measure)->status = CELL_PROTECTED;
	return 0;
}

struct cube *ledger_cube(const struct ledger *ledger, const struct table *table, int32_t from, int32_t to, struct arena *arena,
	struct error *error)
{
	size_t part = ledger_part(ledger, table->name, from, to);
	const struct table *named = name_table(table, from, to, arena, error);
	struct making making = { .ledger = ledger, .cube = named == NULL ? NULL : cube_new(named, arena, error), .arena = arena, .error = error };
	if (making.cube == NULL)
		return NULL;
	for (int pass = 0; pass < 2 && part != LEDGER_NONE; pass++)
		for (size_t i = 0; i < ledger_cells(ledger); i++) {
			const struct ledger_entry entry = ledger_entry(ledger, i);
			if (entry.from == from && entry.to == to && strcmp(entry.table, table->name) == 0 &&
				strcmp(entry.run, ledger_entry(ledger, part).run) == 0 && take_entry(&making, i, pass == 0) != 0)
				return NULL;
		}
	return cube_sort(making.cube, error) != 0 ? NULL : making.cube;
}
