/* The linked records of one person, found in the sorted column files. */
#include "stages/payback/history.h"

#include "pipeline/base/date.h"

#define WORDS 4 /* the longest panel, 240 months, in words of 64 */

/* Positions of the columns, in the order of the specification below; the first is person, but in panel. */
enum { PERSON, KIND, FRAN, TILL, BELOPP };             /* spell_fk (forman), spell_af (ersattning) */
enum { BISTAND_MANAD = 1, BISTAND_BELOPP };
enum { KONTAKT_DATUM = 1, KONTAKT_VARDFORM, KONTAKT_BELOPP };
enum { PANEL_FK, PANEL_AF, PANEL_KOM };                /* in the order of enum agency */

static const struct column fk_columns[] = { { "person", COLUMN_U32 }, { "forman", COLUMN_U16 }, { "fran", COLUMN_I32 },
	{ "till", COLUMN_I32 }, { "belopp", COLUMN_I64 }, { NULL, COLUMN_U8 } };
static const struct column af_columns[] = { { "person", COLUMN_U32 }, { "ersattning", COLUMN_U16 },
	{ "fran", COLUMN_I32 }, { "till", COLUMN_I32 }, { "belopp", COLUMN_I64 }, { NULL, COLUMN_U8 } };
static const struct column bistand_columns[] = { { "person", COLUMN_U32 }, { "manad", COLUMN_I32 },
	{ "belopp", COLUMN_I64 }, { NULL, COLUMN_U8 } };
static const struct column kontakt_columns[] = { { "person", COLUMN_U32 }, { "datum", COLUMN_I32 },
	{ "vardform", COLUMN_U16 }, { "belopp", COLUMN_I64 }, { NULL, COLUMN_U8 } };
static const struct column panel_columns[] = { { "fk", COLUMN_U64 }, { "af", COLUMN_U64 }, { "kom", COLUMN_U64 },
	{ NULL, COLUMN_U8 } };

static int open_file(struct history_file *file, const struct run *run, const char *name, const struct column *columns,
	struct arena *arena, struct error *error)
{
	const char *path = run_input(run, FILE_PERSONS, name, arena, error);
	if (path == NULL || column_open(&file->file, path, error) != 0)
		return -1;
	for (size_t i = 0; columns[i].name != NULL; i++)
		if (column_find(file->file, columns[i].name, columns[i].type, &file->column[i], error) != 0)
			return -1;
	return 0;
}

int history_open(struct history *history, const struct run *run, const struct codes *codes, struct arena *arena,
	struct error *error)
{
	const struct settings *settings = run_settings(run);
	history->codes = codes;
	history->panel_first = settings->historik_from;
	history->panel_words = ((size_t)settings_panel_months(settings) + 63) / 64;
	if (open_file(&history->fk, run, "spell_fk", fk_columns, arena, error) != 0 ||
		open_file(&history->af, run, "spell_af", af_columns, arena, error) != 0 ||
		open_file(&history->bistand, run, "bistand", bistand_columns, arena, error) != 0 ||
		open_file(&history->kontakt, run, "kontakt", kontakt_columns, arena, error) != 0)
		return -1;
	if (open_file(&history->panel, run, "panel", panel_columns, arena, error) != 0)
		return -1;
	if (history->panel_words > WORDS)
		return error_set(error, EXIT_BUG, "a panel of %zu words is longer than the settings allow", history->panel_words);
	return 0;
}

void history_close(struct history *history)
{
	column_close(history->fk.file);
	column_close(history->af.file);
	column_close(history->bistand.file);
	column_close(history->kontakt.file);
	column_close(history->panel.file);
	*history = (struct history){ 0 };
}

/* A value by row; the row is there. */
static const void *value(const struct history_file *file, size_t column, size_t row, size_t size)
{
	const unsigned char *values = column_values(file->file, file->column[column], row / COLUMN_BLOCK);
	return values + row % COLUMN_BLOCK * size;
}

static uint32_t person_at(const struct history_file *file, size_t row)
{
	return *(const uint32_t *)value(file, PERSON, row, sizeof(uint32_t));
}

static uint16_t code_at(const struct history_file *file, size_t column, size_t row)
{
	return *(const uint16_t *)value(file, column, row, sizeof(uint16_t));
}

static int32_t date_at(const struct history_file *file, size_t column, size_t row)
{
	return *(const int32_t *)value(file, column, row, sizeof(int32_t));
}

/* Öre. */
static int64_t amount_at(const struct history_file *file, size_t column, size_t row)
{
	return *(const int64_t *)value(file, column, row, sizeof(int64_t));
}

size_t history_find(const struct history_file *file, uint32_t person)
{
	size_t low = 0, high = column_rows(file->file);
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (person_at(file, middle) < person)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The rows of a person: from *row to the returned end. */
static size_t rows_of(const struct history_file *file, uint32_t person, size_t *row)
{
	size_t end = *row = history_find(file, person);
	while (end < column_rows(file->file) && person_at(file, end) == person)
		end++;
	return end;
}

bool history_whole(const struct history *history)
{
	return column_rows(history->fk.file) > 0 && column_rows(history->af.file) > 0 && column_rows(history->bistand.file) > 0;
}

bool history_linked(const struct history *history, uint32_t person)
{
	const struct history_file *const files[] = { &history->fk, &history->af, &history->bistand, &history->kontakt };
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		size_t row = history_find(files[i], person);
		if (row < column_rows(files[i]->file) && person_at(files[i], row) == person)
			return true;
	}
	return false;
}

/* Spells of förmåner first … last, whose positions in the file's code list are `kinds`. */
static void add_spells(const struct history_file *file, uint32_t person, struct window window, const uint16_t *kinds,
	size_t first, size_t last, struct tally *tally)
{
	size_t row;
	for (size_t end = rows_of(file, person, &row); row < end; row++) {
		int64_t belopp = amount_at(file, BELOPP, row);
		uint16_t kind = code_at(file, KIND, row);
		if (belopp == COLUMN_NONE_I64 || kind == CODE_NONE)
			continue;
		for (size_t i = first; i <= last; i++)
			if (kinds[i] == kind)
				tally->support[i] += ledger_within(window, date_at(file, FRAN, row), date_at(file, TILL, row), belopp);
	}
}

static bool holds(struct window window, int32_t month)
{
	return window.first <= month && month <= window.last;
}

static void add_bistand(const struct history_file *file, uint32_t person, struct window window, struct tally *tally)
{
	size_t row;
	for (size_t end = rows_of(file, person, &row); row < end; row++) {
		int64_t belopp = amount_at(file, BISTAND_BELOPP, row);
		if (belopp != COLUMN_NONE_I64 && holds(window, date_at(file, BISTAND_MANAD, row)))
			tally->support[FORMAN_FS] += belopp;
	}
}

/* A contact without amount and vardform costs nothing that is known. */
static void add_contacts(const struct history_file *file, uint32_t person, struct window window,
	const struct codes *codes, struct tally *tally)
{
	size_t row;
	for (size_t end = rows_of(file, person, &row); row < end; row++) {
		int64_t belopp = amount_at(file, KONTAKT_BELOPP, row);
		if (!holds(window, date_month_of(date_at(file, KONTAKT_DATUM, row))))
			continue;
		if (belopp != COLUMN_NONE_I64) {
			tally->care += belopp;
			continue;
		}
		for (size_t i = 0; i < CARES; i++)
			tally->contacts[i] += codes->care[i] == code_at(file, KONTAKT_VARDFORM, row);
	}
}

static void add_activity(const struct history *history, uint32_t person, struct window window, struct tally *tally)
{
	const struct history_file *panel = &history->panel;
	size_t first = (size_t)person * history->panel_words;
	for (size_t agency = PANEL_FK; agency <= PANEL_KOM; agency++) {
		uint64_t words[WORDS];
		for (size_t i = 0; i < history->panel_words; i++)
			words[i] = *(const uint64_t *)value(panel, agency, first + i, sizeof(uint64_t));
		tally->months[agency] = ledger_months(window, words, history->panel_first);
	}
}

int history_ledger(const struct history *history, uint32_t person, struct window window, struct ledger *ledger,
	struct error *error)
{
	struct tally tally = { 0 };
	if (((size_t)person + 1) * history->panel_words > column_rows(history->panel.file))
		return error_set(error, EXIT_BUG, "a participation's person is not in the panel");
	add_spells(&history->fk, person, window, history->codes->fk_forman, FORMAN_SP, FORMAN_AE, &tally);
	add_spells(&history->af, person, window, history->codes->ersattning, FORMAN_AK, FORMAN_ET, &tally);
	add_bistand(&history->bistand, person, window, &tally);
	add_contacts(&history->kontakt, person, window, history->codes, &tally);
	add_activity(history, person, window, &tally);
	ledger_from_tally(ledger, &tally, window);
	return 0;
}
