/* Reads, extends and asks the disclosure ledger: see ledger.h. */
#include "pipeline/table/ledger.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "pipeline/base/date.h"
#include "pipeline/base/file.h"
#include "pipeline/base/hash.h"
#include "pipeline/base/number.h"
#include "pipeline/base/text.h"
#include "pipeline/table/csv.h"
#include "pipeline/table/csv_write.h"
#include "pipeline/table/figure_name.h"

enum { GODKAND_AR, KORNING, FRAN, TILL, TABELL, NYCKEL, MATT, STATUS, VARDE, COLUMNS };
static const char *const columns[COLUMNS] = { "godkand_ar", "korning", "fran", "till", "tabell", "nyckel", "matt", "status", "varde" };

struct entry {
	const char *field[COLUMNS];
	int32_t from, to;
	size_t earlier; /* 1 + index of the entry before it of the same cell; 0: none */
};

struct ledger {
	struct arena *arena;
	unsigned char key[HASH_KEY_BYTES];
	size_t entries, room;
	struct entry *entry;
	size_t *slot; /* 1 + index of the latest entry of a cell */
	size_t slots;
	size_t parts, part_room;
	size_t *part; /* of every table and days the first entry of the latest approval that has them */
};

/* ---- the index ---- */

/* The slot of a cell by its table, key and measure: that of its latest entry, or a free one. */
static size_t find_slot(const struct ledger *ledger, const char *const *field)
{
	uint64_t hash = UINT64_C(14695981039346656037);
	for (size_t f = TABELL; f <= MATT; f++)
		for (const char *at = field[f]; at == field[f] || at[-1] != '\0'; at++)
			hash = (hash ^ (unsigned char)*at) * UINT64_C(1099511628211);
	size_t slot = (size_t)(hash ^ (hash >> 32)) & (ledger->slots - 1);
	for (; ledger->slot[slot] != 0; slot = (slot + 1) & (ledger->slots - 1)) {
		const struct entry *entry = &ledger->entry[ledger->slot[slot] - 1];
		if (strcmp(entry->field[NYCKEL], field[NYCKEL]) == 0 && strcmp(entry->field[MATT], field[MATT]) == 0 &&
			strcmp(entry->field[TABELL], field[TABELL]) == 0)
			break;
	}
	return slot;
}

size_t ledger_find(const struct ledger *ledger, const char *table, const char *key, const char *measure)
{
	const char *field[COLUMNS] = { [TABELL] = table, [NYCKEL] = key, [MATT] = measure };
	return ledger->slots == 0 ? LEDGER_NONE : ledger->slot[find_slot(ledger, field)] - 1;
}

size_t ledger_before(const struct ledger *ledger, size_t position)
{
	return ledger->entry[position].earlier - 1;
}

/* Position of a table and days in the list of parts; its length when it lacks them. Entries of one part stand together. */
static size_t find_part(const struct ledger *ledger, const char *table, int32_t from, int32_t to)
{
	for (size_t i = ledger->parts; i-- > 0;) {
		const struct entry *entry = &ledger->entry[ledger->part[i]];
		if (entry->from == from && entry->to == to && strcmp(entry->field[TABELL], table) == 0)
			return i;
	}
	return ledger->parts;
}

size_t ledger_part(const struct ledger *ledger, const char *table, int32_t from, int32_t to)
{
	size_t part = find_part(ledger, table, from, to);
	return part == ledger->parts ? LEDGER_NONE : ledger->part[part];
}

static int index_part(struct ledger *ledger, size_t position, struct error *error)
{
	const struct entry *entry = &ledger->entry[position];
	size_t part = find_part(ledger, entry->field[TABELL], entry->from, entry->to);
	if (part < ledger->parts) {
		if (strcmp(ledger->entry[ledger->part[part]].field[KORNING], entry->field[KORNING]) != 0)
			ledger->part[part] = position;
		return 0;
	}
	size_t *grown = arena_grow(ledger->arena, ledger->part, ledger->parts, ledger->parts + 1, &ledger->part_room, sizeof *grown, error);
	if (grown == NULL)
		return -1;
	ledger->part = grown;
	grown[ledger->parts++] = position;
	return 0;
}

static int index_entries(struct ledger *ledger, struct error *error)
{
	size_t slots = 1024;
	while (slots < 2 * ledger->entries)
		slots *= 2;
	ledger->slot = arena_take(ledger->arena, slots, sizeof *ledger->slot, error);
	if (ledger->slot == NULL)
		return -1;
	ledger->slots = slots;
	for (size_t i = 0; i < ledger->entries; i++) {
		size_t slot = find_slot(ledger, ledger->entry[i].field);
		ledger->entry[i].earlier = ledger->slot[slot];
		ledger->slot[slot] = i + 1;
		if (index_part(ledger, i, error) != 0)
			return -1;
	}
	return 0;
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

static int read_entry(struct ledger *ledger, const struct csv_record *record, const char *path, struct error *error)
{
	struct entry *entry = arena_grow(ledger->arena, ledger->entry, ledger->entries, ledger->entries + 1, &ledger->room, sizeof *entry,
		error);
	if (entry == NULL)
		return -1;
	ledger->entry = entry;
	entry += ledger->entries;
	for (size_t f = 0; f < COLUMNS; f++) {
		const struct csv_field *field = &record->field[f];
		bool same = ledger->entries > 0 && text_equal(field->text, field->length, entry[-1].field[f]); /* most are */
		entry->field[f] = same ? entry[-1].field[f] : arena_text(ledger->arena, field->text, field->length, error);
		if (entry->field[f] == NULL)
			return -1;
	}
	if (!date_read(entry->field[FRAN], strlen(entry->field[FRAN]), &entry->from) ||
		!date_read(entry->field[TILL], strlen(entry->field[TILL]), &entry->to))
		return error_set(error, EXIT_DATA, "%s:%llu: fran and till are not dates", path, (unsigned long long)record->line);
	ledger->entries++;
	return 0;
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
	while (result == 0 && (result = csv_next(csv, &record, error)) == 1)
		result = read_entry(ledger, &record, path, error);
	csv_close(csv);
	return result;
}

struct ledger *ledger_open(const char *path, const char *key, struct arena *arena, struct error *error)
{
	struct ledger *ledger = arena_take(arena, 1, sizeof *ledger, error);
	if (ledger == NULL)
		return NULL;
	ledger->arena = arena;
	bool there;
	if (file_is_there(path, &there, error) != 0)
		return NULL;
	if (!there)
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

struct ledger_entry ledger_entry(const struct ledger *ledger, size_t position)
{
	const struct entry *entry = &ledger->entry[position];
	const char *status = entry->field[STATUS];
	return (struct ledger_entry){ .run = entry->field[KORNING], .table = entry->field[TABELL], .key = entry->field[NYCKEL],
		.measure = entry->field[MATT], .from = entry->from, .to = entry->to, .text = entry->field[VARDE],
		.status = status[0] == '\0' ? CELL_PUBLISHED : strcmp(status, "saknas") == 0 ? CELL_MISSING : CELL_PROTECTED };
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

/* The keyed hash of a withheld cell, which its fields from FRAN to MATT name. -1 when it is too long to be a cell's. */
static int hash_cell(const unsigned char *key, const char *const *field, double value, char hash[HASH_TEXT])
{
	char number[NUMBER_TEXT], whole[4096];
	number_write_full(value, number);
	int length = snprintf(whole, sizeof whole, "%s|%s|%s|%s|%s|%s", field[FRAN], field[TILL], field[TABELL], field[NYCKEL], field[MATT],
		number);
	if (length < 0 || (size_t)length >= sizeof whole)
		return -1;
	hash_keyed(key, whole, (size_t)length, hash);
	return 0;
}

bool ledger_had(const struct ledger *ledger, size_t position, double value)
{
	char hash[HASH_TEXT];
	const struct entry *entry = &ledger->entry[position];
	return hash_cell(ledger->key, entry->field, value, hash) == 0 && strcmp(entry->field[VARDE], hash) == 0;
}

/* Whether any approval withheld this value of the cell for the days. */
static bool was_withheld(const struct ledger *ledger, size_t at, int32_t from, int32_t to, double value)
{
	for (; at != LEDGER_NONE; at = ledger_before(ledger, at)) {
		const struct ledger_entry entry = ledger_entry(ledger, at);
		if (entry.from == from && entry.to == to && entry.status == CELL_PROTECTED && ledger_had(ledger, at, value))
			return true;
	}
	return false;
}

enum ledger_state ledger_look(const struct ledger *ledger, const char *table, const char *key, const char *measure, int32_t from,
	int32_t to, double value, const char *text)
{
	size_t part = ledger_part(ledger, table, from, to), latest = LEDGER_NONE, at = latest;
	if (part == LEDGER_NONE)
		return LEDGER_NEW;
	for (latest = at = ledger_find(ledger, table, key, measure); at != LEDGER_NONE; at = ledger_before(ledger, at)) {
		const struct ledger_entry known = ledger_entry(ledger, at);
		if (known.from == from && known.to == to && strcmp(known.run, ledger_entry(ledger, part).run) == 0)
			break;
	}
	if (at == LEDGER_NONE)
		return was_withheld(ledger, latest, from, to, value) ? LEDGER_WITHHELD
			: strcmp(text, "0") == 0 || text[0] == '\0' ? LEDGER_PRINTED : LEDGER_REVISED;
	const struct ledger_entry known = ledger_entry(ledger, at);
	if (known.status == CELL_MISSING)
		return LEDGER_NEW;
	if (known.status == CELL_PUBLISHED)
		return strcmp(known.text, text) == 0 ? LEDGER_PRINTED : LEDGER_REVISED;
	return ledger_had(ledger, at, value) ? LEDGER_WITHHELD : LEDGER_CHANGED;
}

/* ---- approving ---- */

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

/* The hash of a withheld cell that the ledger has, where the table shows earlier figures; NULL elsewhere. */
static const char *known_hash(const struct approval *approval, const char *const *field, int32_t from, int32_t to)
{
	bool stands = false;
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
		cell->earlier ? "" : cube_status(cell), printed };
	if (result == 0 && cell->status == CELL_PROTECTED) {
		size_t at = cube_find_named(truth, key);
		const char *known = known_hash(approval, field, from, to);
		field[VARDE] = known == NULL ? hash : known;
		if (known == NULL && hash_cell(approval->ledger->key, field, at == CUBE_NO_ROW ? 0 : cube_cell(truth, at, m)->number, hash) != 0)
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
		result = next == NULL ? -1 : read_key(key, ledger->key, error);
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
