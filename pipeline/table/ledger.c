/* Reads, extends and asks the disclosure ledger: see ledger.h. */
#include "pipeline/table/ledger.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "pipeline/base/date.h"
#include "pipeline/base/hash.h"
#include "pipeline/base/number.h"
#include "pipeline/base/text.h"
#include "pipeline/table/csv.h"
#include "pipeline/table/csv_write.h"

enum { GODKAND_AR, KORNING, FRAN, TILL, TABELL, NYCKEL, MATT, STATUS, VARDE, COLUMNS };
static const char *const columns[COLUMNS] = { "godkand_ar", "korning", "fran", "till", "tabell", "nyckel", "matt", "status", "varde" };

struct entry {
	const char *field[COLUMNS];
	size_t earlier; /* 1 + index of the entry before it in the same slot; 0: none */
};

struct ledger {
	struct arena *arena;
	unsigned char key[HASH_KEY_BYTES];
	size_t entries, room;
	struct entry *entry;
	size_t *slot; /* 1 + index of the latest entry of a hash */
	size_t slots;
	size_t parts, part_room;
	size_t *part; /* an entry of every table and days that some approval has */
};

static size_t hash_name(const struct ledger *ledger, const char *const *field, size_t from, size_t to)
{
	uint64_t hash = UINT64_C(14695981039346656037);
	for (size_t f = from; f <= to; f++)
		for (const char *at = field[f]; at == field[f] || at[-1] != '\0'; at++)
			hash = (hash ^ (unsigned char)*at) * UINT64_C(1099511628211);
	return (size_t)(hash ^ (hash >> 32)) & (ledger->slots - 1);
}

static bool same_fields(const struct entry *entry, const char *const *field, size_t to)
{
	for (size_t f = FRAN; f <= to; f++)
		if (strcmp(entry->field[f], field[f]) != 0)
			return false;
	return true;
}

/* The latest entry of a cell (`to` MATT). NULL without. */
static const struct entry *find_entry(const struct ledger *ledger, const char *const *field)
{
	if (ledger->slots == 0)
		return NULL;
	for (size_t at = ledger->slot[hash_name(ledger, field, FRAN, MATT)]; at != 0; at = ledger->entry[at - 1].earlier)
		if (same_fields(&ledger->entry[at - 1], field, MATT))
			return &ledger->entry[at - 1];
	return NULL;
}

static bool has_part(const struct ledger *ledger, const char *const *field)
{
	for (size_t i = ledger->parts; i-- > 0;)
		if (same_fields(&ledger->entry[ledger->part[i]], field, TABELL))
			return true;
	return false;
}

static int index_entries(struct ledger *ledger, struct error *error)
{
	ledger->slots = 1024;
	while (ledger->slots < 2 * ledger->entries)
		ledger->slots *= 2;
	ledger->slot = arena_take(ledger->arena, ledger->slots, sizeof *ledger->slot, error);
	for (size_t i = 0; ledger->slot != NULL && i < ledger->entries; i++) {
		size_t *slot = &ledger->slot[hash_name(ledger, ledger->entry[i].field, FRAN, MATT)];
		ledger->entry[i].earlier = *slot;
		*slot = i + 1;
		if (has_part(ledger, ledger->entry[i].field))
			continue;
		size_t *part = arena_grow(ledger->arena, ledger->part, ledger->parts, ledger->parts + 1, &ledger->part_room, sizeof *part,
			error);
		if (part == NULL)
			return -1;
		ledger->part = part;
		part[ledger->parts++] = i;
	}
	return ledger->slot == NULL ? -1 : 0;
}

/* ---- the files ---- */

static int digit_of(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Reads the key. 1 when there is none, -1 with the error set. */
static int read_key(const char *path, unsigned char *key, struct error *error)
{
	char text[2 * HASH_KEY_BYTES];
	int file = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	if (file < 0)
		return errno == ENOENT ? 1 : error_system(error, errno, "%s: cannot be opened", path);
	ssize_t got = read(file, text, sizeof text);
	(void)close(file);
	bool right = got == (ssize_t)sizeof text;
	for (size_t i = 0; i < HASH_KEY_BYTES && right; i++) {
		int high = digit_of(text[2 * i]), low = digit_of(text[2 * i + 1]);
		right = high >= 0 && low >= 0;
		key[i] = (unsigned char)(16 * high + low);
	}
	return right ? 0 : error_set(error, EXIT_IO, "%s: not a key of %d hexadecimal digits", path, 2 * HASH_KEY_BYTES);
}

static int make_key(const char *path, unsigned char *key, struct arena *arena, struct error *error)
{
	struct text text = { .arena = arena };
	hash_new_key(key);
	for (size_t i = 0; i < HASH_KEY_BYTES; i++)
		if (text_add_format(&text, error, "%02x", key[i]) != 0)
			return -1;
	return text_add_string(&text, "\n", error) != 0 ? -1 : text_save(&text, path, error);
}

static int read_entries(struct ledger *ledger, const char *path, struct error *error)
{
	const struct csv_options options = { .delimiter = ',' };
	struct csv_record record;
	struct csv *csv = NULL;
	int result = csv_open(&csv, path, path, &options, error);
	if (result == 0 && (result = csv_next(csv, &record, error)) != 1)
		result = result == 0 ? error_set(error, EXIT_DATA, "%s: the ledger is empty", path) : -1;
	else if (result == 1)
		result = 0;
	for (size_t f = 0; f < COLUMNS && result == 0; f++)
		if (record.fields != COLUMNS || !text_equal(record.field[f].text, record.field[f].length, columns[f]))
			result = error_set(error, EXIT_DATA, "%s: the columns are not those of a ledger", path);
	while (result == 0 && (result = csv_next(csv, &record, error)) == 1) {
		struct entry *entry = arena_grow(ledger->arena, ledger->entry, ledger->entries, ledger->entries + 1, &ledger->room,
			sizeof *entry, error);
		result = entry == NULL ? -1 : 0;
		ledger->entry = entry == NULL ? ledger->entry : entry;
		for (size_t f = 0; f < COLUMNS && result == 0; f++) {
			entry[ledger->entries].field[f] = arena_text(ledger->arena, record.field[f].text, record.field[f].length, error);
			result = entry[ledger->entries].field[f] == NULL ? -1 : 0;
		}
		ledger->entries += result == 0;
	}
	csv_close(csv);
	return result;
}

struct ledger *ledger_read(const char *directory, struct arena *arena, struct error *error)
{
	struct ledger *ledger = arena_take(arena, 1, sizeof *ledger, error);
	char *path = arena_print(arena, error, "%s/huvudbok.csv", directory);
	char *key = arena_print(arena, error, "%s/huvudbok.nyckel", directory);
	if (ledger == NULL || path == NULL || key == NULL)
		return NULL;
	ledger->arena = arena;
	if (access(path, F_OK) != 0)
		return ledger;
	int found = read_key(key, ledger->key, error);
	if (found == 1)
		(void)error_set(error, EXIT_IO, "%s: the key to huvudbok.csv is missing; restore it, since without it what earlier "
						"publications withheld cannot be known again", key);
	if (found != 0 || read_entries(ledger, path, error) != 0 || index_entries(ledger, error) != 0)
		return NULL;
	return ledger;
}

size_t ledger_cells(const struct ledger *ledger)
{
	return ledger->entries;
}

/* ---- cells ---- */

void ledger_days(const struct settings *settings, const struct table *table, const char *const *key, int32_t *from, int32_t *to)
{
	int32_t month, first, last;
	int64_t year;
	*from = settings->period_from;
	*to = settings->period_to;
	for (size_t d = 0; d < table->dimensions; d++) {
		const char *code = key[d];
		if (strcmp(table->dimension[d].name, "manad") == 0 && date_read_month(code, strlen(code), &month)) {
			*from = date_first_day(month);
			*to = date_last_day(month);
		} else if (strcmp(table->dimension[d].name, "ar") == 0 && number_read_integer(code, strlen(code), &year) &&
			settings_year_part(settings, (int)year, &first, &last)) {
			*from = first;
			*to = last;
		}
	}
}

/* What names a cell: the fields from FRAN to MATT. The texts are the arena's. */
static int name_cell(const struct table *table, const char *const *key, size_t measure, int32_t from, int32_t to,
	const char **field, struct arena *arena, struct error *error)
{
	struct text codes = { .arena = arena };
	char first[DATE_TEXT], last[DATE_TEXT];
	date_write(from, first);
	date_write(to, last);
	for (size_t d = 0; d < table->dimensions; d++)
		if (text_add_string(&codes, d == 0 ? "" : "|", error) != 0 || text_add_string(&codes, key[d], error) != 0)
			return -1;
	field[FRAN] = arena_text(arena, first, strlen(first), error);
	field[TILL] = arena_text(arena, last, strlen(last), error);
	field[TABELL] = table->name;
	field[NYCKEL] = codes.bytes == NULL ? "" : codes.bytes;
	field[MATT] = table->measure[measure].name;
	return field[FRAN] == NULL || field[TILL] == NULL ? -1 : 0;
}

/* The keyed hash of a withheld cell. */
static int hash_cell(const unsigned char *key, const char *const *field, double value, char text[HASH_TEXT], struct arena *arena,
	struct error *error)
{
	char number[NUMBER_TEXT];
	number_write_full(value, number);
	char *whole = arena_print(arena, error, "%s|%s|%s|%s|%s|%s", field[FRAN], field[TILL], field[TABELL], field[NYCKEL], field[MATT],
		number);
	if (whole == NULL)
		return -1;
	hash_keyed(key, whole, strlen(whole), text);
	return 0;
}

enum ledger_state ledger_look(const struct ledger *ledger, const struct table *table, const char *const *key, size_t measure,
	int32_t from, int32_t to, double value, const char *text)
{
	const char *field[COLUMNS];
	char hash[HASH_TEXT];
	struct error error = { 0 };
	struct arena *arena = ledger->entries == 0 ? NULL : arena_new(&error);
	enum ledger_state state = LEDGER_NEW;
	if (arena != NULL && name_cell(table, key, measure, from, to, field, arena, &error) == 0) {
		const struct entry *entry = find_entry(ledger, field);
		bool withheld = entry != NULL && entry->field[STATUS][0] != '\0';
		if (entry != NULL && !withheld)
			state = strcmp(entry->field[VARDE], text) == 0 ? LEDGER_PRINTED : LEDGER_REVISED;
		else if (withheld && hash_cell(ledger->key, field, value, hash, arena, &error) == 0)
			state = strcmp(entry->field[VARDE], hash) == 0 ? LEDGER_WITHHELD : LEDGER_CHANGED;
		else if (entry == NULL && has_part(ledger, field))
			state = strcmp(text, "0") == 0 ? LEDGER_PRINTED : LEDGER_REVISED;
	}
	arena_free(arena);
	return state;
}

/* ---- approving ---- */

struct approval {
	struct arena *arena;
	const struct settings *settings;
	const struct ledger *ledger;
	struct csv_writer *writer;
	char year[8];
	const char *run;
};

static int enter_cell(const struct approval *approval, const struct cube *cube, const struct cube *truth, size_t row, size_t m,
	const char *printed, struct error *error)
{
	const char *field[COLUMNS] = { [GODKAND_AR] = approval->year, [KORNING] = approval->run }, *key[TABLE_DIMENSIONS];
	char hash[HASH_TEXT];
	int32_t from, to;
	struct arena *arena = arena_new(error);
	int result = -1;
	for (size_t d = 0; d < cube->table->dimensions; d++)
		key[d] = cube_code_of(cube, row, d);
	ledger_days(approval->settings, cube->table, key, &from, &to);
	if (arena != NULL && name_cell(cube->table, key, m, from, to, field, arena, error) == 0) {
		field[STATUS] = "";
		field[VARDE] = printed;
		result = 0;
		if (cube_cell(cube, row, m)->status == CELL_PROTECTED) {
			size_t at = cube_find_named(truth, key);
			const struct cell *cell = at == CUBE_NO_ROW ? NULL : cube_cell(truth, at, m);
			field[STATUS] = "skyddad";
			field[VARDE] = hash;
			result = hash_cell(approval->ledger->key, field, cell == NULL ? 0 : cell->number, hash, arena, error);
		}
		for (size_t f = 0; f < COLUMNS && result == 0; f++)
			csv_string(approval->writer, field[f]);
		csv_end(approval->writer);
	}
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

static int enter_table(const struct approval *approval, const char *name, const char *published, const char *internal,
	struct error *error)
{
	struct arena *arena = arena_new(error);
	char *path = arena == NULL ? NULL : arena_print(arena, error, "%s/data/%s.csv", published, name);
	char *before = path == NULL ? NULL : arena_print(arena, error, "%s/aggregate/%s.csv", internal, name);
	int result = before == NULL ? -1 : 0;
	if (result == 0 && access(path, F_OK) == 0) {
		const struct table *table = schema_table(name, arena, error);
		struct cube *cube = table == NULL ? NULL : cube_read(table, path, arena, error);
		struct cube *truth = cube == NULL ? NULL : cube_read(table, before, arena, error);
		result = truth == NULL ? -1 : 0;
		for (size_t i = 0; result == 0 && i < cube->rows * table->measures; i++) {
			char number[NUMBER_TEXT];
			const struct cell *cell = cube_cell(cube, i / table->measures, i % table->measures);
			if (cell->status != CELL_MISSING)
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
		csv_string(approval->writer, columns[f]);
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

/* Makes the new file the ledger: on disk first, then by one rename. */
static int put_in_place(const char *next, const char *path, struct error *error)
{
	int file = open(next, O_RDONLY | O_CLOEXEC);
	int result = file < 0 || fsync(file) != 0 || rename(next, path) != 0
		? error_system(error, errno, "%s: cannot be written", path) : 0;
	if (file >= 0)
		(void)close(file);
	return result;
}

int ledger_approve(const char *directory, const struct settings *settings, const char *published, const char *internal,
	const char *run, int year, struct error *error)
{
	struct arena *arena = arena_new(error);
	struct ledger *ledger = arena == NULL ? NULL : ledger_read(directory, arena, error);
	struct approval approval = { .arena = arena, .settings = settings, .ledger = ledger, .run = run };
	int result = -1;
	(void)snprintf(approval.year, sizeof approval.year, "%d", year);
	if (ledger != NULL) {
		char *path = arena_print(arena, error, "%s/huvudbok.csv", directory);
		char *next = arena_print(arena, error, "%s/.huvudbok.csv.ny", directory);
		char *key = arena_print(arena, error, "%s/huvudbok.nyckel", directory);
		result = path == NULL || next == NULL || key == NULL ? -1 : read_key(key, ledger->key, error);
		if (result == 1)
			result = make_key(key, ledger->key, arena, error);
		if (result == 0 && unlink(next) != 0 && errno != ENOENT)
			result = error_system(error, errno, "%s: cannot be removed", next);
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
