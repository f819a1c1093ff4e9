/* Reads and asks the disclosure ledger: see ledger.h. */
#include "pipeline/table/ledger/ledger_inside.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "pipeline/base/date.h"
#include "pipeline/base/file.h"
#include "pipeline/base/number.h"
#include "pipeline/base/text.h"
#include "pipeline/table/csv/csv.h"

const char *const ledger_columns[COLUMNS] = { "godkand_ar", "korning", "fran", "till", "tabell", "nyckel", "matt", "status", "varde" };

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

bool ledger_part_rounded(const struct ledger *ledger, const char *table, int32_t from, int32_t to)
{
	size_t part = find_part(ledger, table, from, to);
	return part < ledger->parts && ledger->part_rounded[part];
}

size_t ledger_parts(const struct ledger *ledger)
{
	return ledger->parts;
}

struct ledger_entry ledger_part_entry(const struct ledger *ledger, size_t part)
{
	return ledger_entry(ledger, ledger->part[part]);
}

static bool is_rounded(const struct entry *entry)
{
	return strcmp(entry->field[STATUS], "avrundad") == 0;
}

static int index_part(struct ledger *ledger, size_t position, struct error *error)
{
	const struct entry *entry = &ledger->entry[position];
	size_t part = find_part(ledger, entry->field[TABELL], entry->from, entry->to);
	bool rounded = is_rounded(entry);
	if (part < ledger->parts) {
		bool same = strcmp(ledger->entry[ledger->part[part]].field[KORNING], entry->field[KORNING]) == 0;
		ledger->part_rounded[part] = rounded || (same && ledger->part_rounded[part]);
		if (!same)
			ledger->part[part] = position;
		return 0;
	}
	size_t *grown = arena_grow(ledger->arena, ledger->part, ledger->parts, ledger->parts + 1, &ledger->part_room, sizeof *grown, error);
	bool *flags = grown == NULL ? NULL : arena_grow(ledger->arena, ledger->part_rounded, ledger->parts, ledger->parts + 1, &ledger->part_rounded_room,
		sizeof *flags, error);
	if (flags == NULL)
		return -1;
	ledger->part = grown;
	ledger->part_rounded = flags;
	flags[ledger->parts] = rounded;
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
		if (index_part(ledger, i, error) != 0 || ledger_index_name(ledger, i, error) != 0)
			return -1;
	}
	return 0;
}

/* ---- the files ---- */

static int digit_of(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

int ledger_read_key(const char *path, unsigned char *key, struct error *error)
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
		if (record.fields != COLUMNS || !text_equal(record.field[f].text, record.field[f].length, ledger_columns[f]))
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
	int found = ledger_read_key(key, ledger->key, error);
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
		.rounded = is_rounded(entry), .status = status[0] == '\0' || is_rounded(entry) ? CELL_PUBLISHED : strcmp(status, "saknas") == 0 ? CELL_MISSING : CELL_PROTECTED };
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

int ledger_hash_cell(const unsigned char *key, const char *const *field, double value, char hash[HASH_TEXT])
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
	return ledger_hash_cell(ledger->key, entry->field, value, hash) == 0 && strcmp(entry->field[VARDE], hash) == 0;
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
	int32_t to, double value, const char *text, bool rounded)
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
		return strcmp(known.text, text) == 0 && (rounded || !known.rounded) ? LEDGER_PRINTED : LEDGER_REVISED;
	return ledger_had(ledger, at, value) ? LEDGER_WITHHELD : LEDGER_CHANGED;
}
