/* Enters the cells of an approved run into the disclosure ledger: see ledger.h. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "pipeline/base/date.h"
#include "pipeline/base/file.h"
#include "pipeline/base/number.h"
#include "pipeline/base/text.h"
#include "pipeline/table/csv/csv_write.h"
#include "pipeline/table/cube/figure_name.h"
#include "pipeline/table/ledger/ledger_inside.h"

/* Makes the new file one of the ledger's: on disk first, then by one rename. */
static int put_in_place(const char *next, const char *path, struct error *error)
{
	int file = open(next, O_RDONLY | O_CLOEXEC);
	int result = file < 0 || fsync(file) != 0 || rename(next, path) != 0
		? error_system(error, errno, "%s: cannot be written", path) : 0;
	if (file >= 0)
		(void)close(file);
	return result;
}

/* What an approval that was cut off left behind. */
static int remove_next(const char *next, struct error *error)
{
	return unlink(next) == 0 || errno == ENOENT ? 0 : error_system(error, errno, "%s: cannot be removed", next);
}

/* Whole or not at all: with half a key no approval and no run would be possible any more. */
static int make_key(const char *directory, const char *path, unsigned char *key, struct arena *arena, struct error *error)
{
	struct text text = { .arena = arena };
	const char *next = arena_print(arena, error, "%s/.huvudbok.nyckel.ny", directory);
	hash_new_key(key);
	for (size_t i = 0; i < HASH_KEY_BYTES; i++)
		if (text_add_format(&text, error, "%02x", key[i]) != 0)
			return -1;
	return next == NULL || text_add_string(&text, "\n", error) != 0 || remove_next(next, error) != 0 ||
		text_save(&text, next, error) != 0 ? -1 : put_in_place(next, path, error);
}

static void row_days(const struct settings *settings, const struct cube *cube, size_t row, int32_t *from, int32_t *to)
{
	const char *key[TABLE_DIMENSIONS];
	for (size_t d = 0; d < cube->table->dimensions; d++)
		key[d] = cube_code_of(cube, row, d);
	ledger_days(settings, cube->table, key, from, to);
}

struct approval {
	struct arena *arena;
	const struct settings *settings;
	const struct ledger *ledger;
	struct csv_writer *writer;
	char year[8];
	const char *run;
	size_t spans;    /* days for which the table at hand shows the figures of an earlier approval */
	struct span {
		int32_t from, to;
	} *span;
};

/* Finds the days for which a table shows earlier figures: what it withholds then is what that approval withheld. */
static int find_spans(struct approval *approval, const struct cube *cube, struct arena *arena, struct error *error)
{
	size_t room = 0;
	approval->spans = 0;
	approval->span = NULL;
	for (size_t i = 0; i < cube->rows * cube->table->measures; i++) {
		struct span span;
		size_t known = 0;
		if (!cube_cell(cube, i / cube->table->measures, i % cube->table->measures)->earlier)
			continue;
		row_days(approval->settings, cube, i / cube->table->measures, &span.from, &span.to);
		while (known < approval->spans && (approval->span[known].from != span.from || approval->span[known].to != span.to))
			known++;
		struct span *grown = arena_grow(arena, approval->span, approval->spans, approval->spans + 1, &room, sizeof *grown, error);
		if (grown == NULL)
			return -1;
		approval->span = grown;
		grown[known] = span;
		approval->spans += known == approval->spans;
	}
	return 0;
}

/* The hash of a withheld cell that the ledger has, where the table shows earlier figures; NULL elsewhere. What was withheld and is `nothing` now does, too,
   where all is withheld and none is marked. */
static const char *known_hash(const struct approval *approval, const char *const *field, int32_t from, int32_t to, bool nothing)
{
	bool stands = nothing;
	for (size_t i = 0; i < approval->spans; i++)
		stands = stands || (approval->span[i].from == from && approval->span[i].to == to);
	size_t at = stands ? ledger_find(approval->ledger, field[TABELL], field[NYCKEL], field[MATT]) : LEDGER_NONE;
	for (; at != LEDGER_NONE; at = ledger_before(approval->ledger, at)) {
		const struct entry *entry = &approval->ledger->entry[at];
		if (entry->from == from && entry->to == to && strcmp(entry->field[STATUS], "skyddad") == 0)
			return entry->field[VARDE];
	}
	return NULL;
}

/* The status of a printed figure. One of an earlier approval is what it was there. */
static const char *printed_status(const struct approval *approval, const struct cell *cell, const struct measure *measure, const char *const *field,
	int32_t from, int32_t to)
{
	bool rounded = approval->settings->avrundning && measure->kind == MEASURE_COUNT;
	size_t at = cell->earlier ? ledger_find(approval->ledger, field[TABELL], field[NYCKEL], field[MATT]) : LEDGER_NONE;
	for (; at != LEDGER_NONE; at = ledger_before(approval->ledger, at)) {
		const struct ledger_entry entry = ledger_entry(approval->ledger, at);
		if (entry.from != from || entry.to != to || entry.status != CELL_PUBLISHED)
			continue;
		rounded = entry.rounded;
		break;
	}
	return rounded ? "avrundad" : "";
}

static int enter_cell(const struct approval *approval, const struct cube *cube, const struct cube *truth, size_t row, size_t m,
	const char *printed, struct error *error)
{
	const struct cell *cell = cube_cell(cube, row, m);
	const char *key[TABLE_DIMENSIONS];
	char hash[HASH_TEXT], first[DATE_TEXT], last[DATE_TEXT];
	int32_t from, to;
	for (size_t d = 0; d < cube->table->dimensions; d++)
		key[d] = cube_code_of(cube, row, d);
	ledger_days(approval->settings, cube->table, key, &from, &to);
	date_write(from, first);
	date_write(to, last);
	struct arena *arena = arena_new(error);
	const char *codes = arena == NULL ? NULL : figure_join(key, cube->table->dimensions, arena, error);
	int result = codes == NULL ? -1 : 0;
	const char *field[COLUMNS] = { approval->year, approval->run, first, last, cube->table->name, codes, cube->table->measure[m].name,
		cube_status(cell), printed };
	if (cell->status == CELL_PUBLISHED)
		field[STATUS] = printed_status(approval, cell, &cube->table->measure[m], field, from, to);
	if (result == 0 && cell->status == CELL_PROTECTED) {
		size_t at = cube_find_named(truth, key);
		double number = at == CUBE_NO_ROW ? 0 : cube_cell(truth, at, m)->number;
		const char *known = known_hash(approval, field, from, to, !(number < 0) && !(number > 0));
		field[VARDE] = known == NULL ? hash : known;
		if (known == NULL && ledger_hash_cell(approval->ledger->key, field, number, hash) != 0)
			result = error_set(error, EXIT_DATA, "%s: the names of a cell are too long", cube->table->name);
	}
	for (size_t f = 0; f < COLUMNS && result == 0; f++)
		csv_string(approval->writer, field[f]);
	if (result == 0)
		csv_end(approval->writer);
	arena_free(arena);
	return result;
}

/* The printed text of a figure: as data/ writes it, which cube_read gives back exactly. */
static const char *printed_text(const struct cell *cell, char number[NUMBER_TEXT])
{
	if (cell->text != NULL)
		return cell->text;
	number_write_full(cell->number, number);
	return number;
}

static int enter_table(struct approval *approval, const char *name, const char *published, const char *internal,
	struct error *error)
{
	struct arena *arena = arena_new(error);
	char *path = arena == NULL ? NULL : arena_print(arena, error, "%s/data/%s.csv", published, name);
	char *before = path == NULL ? NULL : arena_print(arena, error, "%s/aggregate/%s.csv", internal, name);
	bool there;
	int result = before == NULL ? -1 : file_is_there(path, &there, error);
	if (result == 0 && there) {
		const struct table *table = schema_table(name, arena, error);
		struct cube *cube = table == NULL ? NULL : cube_read(table, path, arena, error);
		struct cube *truth = cube == NULL ? NULL : cube_read(table, before, arena, error);
		result = truth == NULL ? -1 : find_spans(approval, cube, arena, error);
		for (size_t i = 0; result == 0 && i < cube->rows * table->measures; i++) {
			char number[NUMBER_TEXT];
			const struct cell *cell = cube_cell(cube, i / table->measures, i % table->measures);
			result = enter_cell(approval, cube, truth, i / table->measures, i % table->measures,
				cell->status == CELL_PUBLISHED ? printed_text(cell, number) : "", error);
		}
	}
	arena_free(arena);
	return result;
}

/* What stands, but for cells of the same run; then the cells of the run. */
static int write_ledger(struct approval *approval, const char *published, const char *internal, struct error *error)
{
	size_t count = 0;
	const char *const *names = schema_table_names(&count, approval->arena, error);
	if (names == NULL)
		return -1;
	for (size_t f = 0; f < COLUMNS; f++)
		csv_string(approval->writer, ledger_columns[f]);
	csv_end(approval->writer);
	for (size_t i = 0; i < approval->ledger->entries; i++) {
		const struct entry *entry = &approval->ledger->entry[i];
		if (strcmp(entry->field[KORNING], approval->run) == 0)
			continue;
		for (size_t f = 0; f < COLUMNS; f++)
			csv_string(approval->writer, entry->field[f]);
		csv_end(approval->writer);
	}
	for (size_t t = 0; t < count; t++)
		if (enter_table(approval, names[t], published, internal, error) != 0)
			return -1;
	return 0;
}

int ledger_approve(const char *directory, const struct settings *settings, const char *published, const char *internal,
	const char *run, int year, struct error *error)
{
	struct arena *arena = arena_new(error);
	char *path = arena == NULL ? NULL : arena_print(arena, error, "%s/huvudbok.csv", directory);
	char *key = path == NULL ? NULL : arena_print(arena, error, "%s/huvudbok.nyckel", directory);
	struct ledger *ledger = key == NULL ? NULL : ledger_open(path, key, arena, error);
	struct approval approval = { .arena = arena, .settings = settings, .ledger = ledger, .run = run };
	int result = -1;
	(void)snprintf(approval.year, sizeof approval.year, "%d", year);
	if (ledger != NULL) {
		char *next = arena_print(arena, error, "%s/.huvudbok.csv.ny", directory);
		result = next == NULL ? -1 : ledger_read_key(key, ledger->key, error);
		if (result == 1)
			result = make_key(directory, key, ledger->key, arena, error);
		if (result == 0)
			result = remove_next(next, error);
		if (result == 0)
			result = csv_create(&approval.writer, next, &csv_style_machine, error);
		if (result == 0) {
			result = write_ledger(&approval, published, internal, error);
			if (csv_finish(approval.writer, error) != 0)
				result = -1;
		}
		if (result == 0)
			result = put_in_place(next, path, error);
	}
	arena_free(arena);
	return result;
}
