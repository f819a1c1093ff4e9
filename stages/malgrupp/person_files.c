/* One person after another out of the column files: see person_files.h. */
#include "stages/malgrupp/person_files.h"

#include <string.h>

/* Positions of the columns in a view. */
enum { PERSON_KON, PERSON_FODELSEAR };
enum { YEAR_KOMMUN };
enum { PANEL_AF, PANEL_FK, PANEL_KOM, PANEL_REG, PANEL_AF_ERS, PANEL_COLUMNS };
enum { RECORD_PERSON }; /* of every file of records */
enum { FK_FORMAN = 1, FK_OMFATTNING, FK_FRAN, FK_TILL, FK_DIAGNOS, FK_BELOPP };
enum { AF_KATEGORI = 1, AF_FRAN, AF_TILL, AF_ERSATTNING, AF_BELOPP };
enum { BISTAND_MANAD = 1, BISTAND_BELOPP, BISTAND_HINDER };
enum { KONTAKT_DATUM = 1, KONTAKT_VARDFORM, KONTAKT_DIAGNOS };

static const struct column columns[PERSON_FILES][PERSON_FILE_COLUMNS] = {
	[PERSON_FILE_PERSON] = { { "kon", COLUMN_U8 }, { "fodelsear", COLUMN_I32 } },
	[PERSON_FILE_YEAR] = { { "kommun", COLUMN_U16 } },
	[PERSON_FILE_PANEL] = { { "af", COLUMN_U64 }, { "fk", COLUMN_U64 }, { "kom", COLUMN_U64 }, { "reg", COLUMN_U64 },
		{ "af_ers", COLUMN_U64 } },
	[PERSON_FILE_FK] = { { "person", COLUMN_U32 }, { "forman", COLUMN_U16 }, { "omfattning", COLUMN_U8 },
		{ "fran", COLUMN_I32 }, { "till", COLUMN_I32 }, { "diagnos", COLUMN_TEXT }, { "belopp", COLUMN_I64 } },
	[PERSON_FILE_AF] = { { "person", COLUMN_U32 }, { "sokandekategori", COLUMN_I32 }, { "fran", COLUMN_I32 },
		{ "till", COLUMN_I32 }, { "ersattning", COLUMN_U16 }, { "belopp", COLUMN_I64 } },
	[PERSON_FILE_BISTAND] = { { "person", COLUMN_U32 }, { "manad", COLUMN_I32 }, { "belopp", COLUMN_I64 },
		{ "forsorjningshinder", COLUMN_U16 } },
	[PERSON_FILE_KONTAKT] = { { "person", COLUMN_U32 }, { "datum", COLUMN_I32 }, { "vardform", COLUMN_U16 },
		{ "diagnos", COLUMN_TEXT } },
};

static int view_init(struct person_view *view, const struct column_file *file, const struct column *column,
	struct arena *arena, struct error *error)
{
	size_t blocks = column_blocks(file);
	view->rows = column_rows(file);
	for (size_t c = 0; c < PERSON_FILE_COLUMNS && column[c].name != NULL; c++) {
		size_t position;
		const void **block = arena_take(arena, blocks, sizeof *block, error);
		if (block == NULL || column_find(file, column[c].name, column[c].type, &position, error) != 0)
			return -1;
		for (size_t b = 0; b < blocks; b++)
			block[b] = column_values(file, position, b);
		view->block[c] = block;
	}
	return 0;
}

static uint8_t u8(const struct person_view *view, size_t column, size_t row)
{
	return ((const uint8_t *)view->block[column][row / COLUMN_BLOCK])[row % COLUMN_BLOCK];
}

static uint16_t u16(const struct person_view *view, size_t column, size_t row)
{
	return ((const uint16_t *)view->block[column][row / COLUMN_BLOCK])[row % COLUMN_BLOCK];
}

static int32_t i32(const struct person_view *view, size_t column, size_t row)
{
	return ((const int32_t *)view->block[column][row / COLUMN_BLOCK])[row % COLUMN_BLOCK];
}

static uint32_t u32(const struct person_view *view, size_t column, size_t row)
{
	return ((const uint32_t *)view->block[column][row / COLUMN_BLOCK])[row % COLUMN_BLOCK];
}

static uint64_t u64(const struct person_view *view, size_t column, size_t row)
{
	return ((const uint64_t *)view->block[column][row / COLUMN_BLOCK])[row % COLUMN_BLOCK];
}

/* Öre; nothing where no amount was given. */
static int64_t ore(const struct person_view *view, size_t column, size_t row)
{
	int64_t value = ((const int64_t *)view->block[column][row / COLUMN_BLOCK])[row % COLUMN_BLOCK];
	return value == COLUMN_NONE_I64 ? 0 : value;
}

int person_files_init(struct person_files *files, struct column_file *const open[PERSON_FILES],
	const struct measured *measured, struct arena *arena, struct error *error)
{
	*files = (struct person_files){ .measured = measured, .words = ((size_t)measured->panel_months + 63) / 64 };
	for (size_t f = 0; f < PERSON_FILES; f++)
		if (view_init(&files->view[f], open[f], columns[f], arena, error) != 0)
			return -1;
	files->persons = files->view[PERSON_FILE_PERSON].rows;
	if (files->view[PERSON_FILE_YEAR].rows != files->persons * measured->panel_years ||
		files->view[PERSON_FILE_PANEL].rows != files->persons * files->words)
		return error_set(error, EXIT_BUG, "the rows of person_ar or panel do not fit those of person");
	return 0;
}

static bool is_read(unsigned records, size_t f)
{
	return (records >> (f - PERSON_FILE_FK) & 1) != 0;
}

void person_cursor_seek(struct person_cursor *cursor, size_t number, unsigned records)
{
	for (size_t f = PERSON_FILE_FK; f < PERSON_FILES; f++) {
		if (!is_read(records, f))
			continue;
		const struct person_view *view = &cursor->files->view[f];
		size_t low = 0, high = view->rows;
		while (low < high) {
			size_t middle = low + (high - low) / 2;
			if (u32(view, RECORD_PERSON, middle) < number)
				low = middle + 1;
			else
				high = middle;
		}
		cursor->row[f] = low;
	}
}

/* The rows of the person in one file: from cursor->row to the result; room for them in *items. SIZE_MAX with the error
   set when memory is out. */
static size_t rows_of(struct person_cursor *cursor, size_t f, size_t number, void **items, size_t size,
	struct error *error)
{
	const struct person_view *view = &cursor->files->view[f];
	size_t from = cursor->row[f], to = from;
	while (to < view->rows && u32(view, RECORD_PERSON, to) == number)
		to++;
	void *room = arena_grow(cursor->arena, *items, 0, to - from, &cursor->capacity[f], size, error);
	if (room == NULL && to > from)
		return SIZE_MAX;
	*items = room;
	cursor->row[f] = to;
	return to - from;
}

static int read_fk(struct person_cursor *cursor, size_t number, struct error *error)
{
	const struct person_view *view = &cursor->files->view[PERSON_FILE_FK];
	const struct measured *measured = cursor->files->measured;
	size_t row = cursor->row[PERSON_FILE_FK];
	void *room = cursor->person.fk;
	size_t count = rows_of(cursor, PERSON_FILE_FK, number, &room, sizeof *cursor->person.fk, error);
	if (count == SIZE_MAX)
		return -1;
	cursor->person.fk = room;
	cursor->person.fk_count = count;
	for (size_t i = 0; i < count; i++, row++) {
		int32_t fran = i32(view, FK_FRAN, row), till = i32(view, FK_TILL, row);
		cursor->person.fk[i] = (struct fk_spell){ .fran = fran, .till = till, .from = measured_month(measured, fran),
			.to = measured_month(measured, till), .forman = u16(view, FK_FORMAN, row),
			.omfattning = u8(view, FK_OMFATTNING, row), .diagnos = u32(view, FK_DIAGNOS, row),
			.belopp = ore(view, FK_BELOPP, row) };
	}
	return 0;
}

static int read_af(struct person_cursor *cursor, size_t number, struct error *error)
{
	const struct person_view *view = &cursor->files->view[PERSON_FILE_AF];
	const struct measured *measured = cursor->files->measured;
	size_t row = cursor->row[PERSON_FILE_AF];
	void *room = cursor->person.af;
	size_t count = rows_of(cursor, PERSON_FILE_AF, number, &room, sizeof *cursor->person.af, error);
	if (count == SIZE_MAX)
		return -1;
	cursor->person.af = room;
	cursor->person.af_count = count;
	for (size_t i = 0; i < count; i++, row++) {
		int32_t fran = i32(view, AF_FRAN, row), till = i32(view, AF_TILL, row);
		cursor->person.af[i] = (struct af_spell){ .fran = fran, .till = till, .from = measured_month(measured, fran),
			.to = measured_month(measured, till), .sokandekategori = i32(view, AF_KATEGORI, row),
			.ersattning = u16(view, AF_ERSATTNING, row), .belopp = ore(view, AF_BELOPP, row) };
	}
	return 0;
}

static int read_bistand(struct person_cursor *cursor, size_t number, struct error *error)
{
	const struct person_view *view = &cursor->files->view[PERSON_FILE_BISTAND];
	const struct measured *measured = cursor->files->measured;
	size_t row = cursor->row[PERSON_FILE_BISTAND];
	void *room = cursor->person.bistand;
	size_t count = rows_of(cursor, PERSON_FILE_BISTAND, number, &room, sizeof *cursor->person.bistand, error);
	if (count == SIZE_MAX)
		return -1;
	cursor->person.bistand = room;
	cursor->person.bistand_count = count;
	for (size_t i = 0; i < count; i++, row++)
		cursor->person.bistand[i] = (struct bistand){ .month = i32(view, BISTAND_MANAD, row) - measured->panel_first,
			.hinder = u16(view, BISTAND_HINDER, row), .belopp = ore(view, BISTAND_BELOPP, row) };
	return 0;
}

static int read_kontakt(struct person_cursor *cursor, size_t number, struct error *error)
{
	const struct person_view *view = &cursor->files->view[PERSON_FILE_KONTAKT];
	const struct measured *measured = cursor->files->measured;
	size_t row = cursor->row[PERSON_FILE_KONTAKT];
	void *room = cursor->person.kontakt;
	size_t count = rows_of(cursor, PERSON_FILE_KONTAKT, number, &room, sizeof *cursor->person.kontakt, error);
	if (count == SIZE_MAX)
		return -1;
	cursor->person.kontakt = room;
	cursor->person.kontakt_count = count;
	for (size_t i = 0; i < count; i++, row++)
		cursor->person.kontakt[i] = (struct kontakt){ .month = measured_month(measured, i32(view, KONTAKT_DATUM, row)),
			.vardform = u16(view, KONTAKT_VARDFORM, row), .diagnos = u32(view, KONTAKT_DIAGNOS, row) };
	return 0;
}

/* Leaves the person's records behind without reading them. */
static void skip_records(struct person_cursor *cursor, size_t number, unsigned records)
{
	for (size_t f = PERSON_FILE_FK; f < PERSON_FILES; f++) {
		const struct person_view *view = &cursor->files->view[f];
		while (is_read(records, f) && cursor->row[f] < view->rows && u32(view, RECORD_PERSON, cursor->row[f]) == number)
			cursor->row[f]++;
	}
	cursor->person.fk_count = cursor->person.af_count = cursor->person.bistand_count = cursor->person.kontakt_count = 0;
}

static void read_panel(struct person_cursor *cursor, size_t number)
{
	static const size_t column_of[PARTIER] = { [PARTI_AF] = PANEL_AF, [PARTI_FK] = PANEL_FK, [PARTI_KOM] = PANEL_KOM,
		[PARTI_REG] = PANEL_REG };
	const struct person_files *files = cursor->files;
	const struct person_view *view = &files->view[PERSON_FILE_PANEL];
	struct monthset af_ersattning = { { 0 } };
	for (size_t w = 0; w < files->words; w++) {
		size_t row = number * files->words + w;
		for (size_t p = 0; p < PARTIER; p++)
			cursor->person.active[p].word[w] = u64(view, column_of[p], row);
		af_ersattning.word[w] = u64(view, PANEL_AF_ERS, row);
	}
	person_derive(&cursor->person, &af_ersattning, files->words);
}

int person_cursor_read(struct person_cursor *cursor, size_t number, unsigned records, struct error *error)
{
	const struct person_files *files = cursor->files;
	const struct measured *measured = files->measured;
	struct person *person = &cursor->person;
	bool any = false;
	person->kon = u8(&files->view[PERSON_FILE_PERSON], PERSON_KON, number);
	person->fodelsear = i32(&files->view[PERSON_FILE_PERSON], PERSON_FODELSEAR, number);
	for (size_t y = 0; y < measured->years; y++) {
		uint16_t kommun = u16(&files->view[PERSON_FILE_YEAR], YEAR_KOMMUN,
			number * measured->panel_years + measured->panel_year + y);
		person->measured[y] = measured_place(measured, y, person->kon, person->fodelsear, kommun, &person->place[y]);
		any = any || person->measured[y];
	}
	if (any)
		read_panel(cursor, number);
	if (!any) {
		skip_records(cursor, number, records);
		return 0;
	}
	return ((records & PERSON_FK) != 0 && read_fk(cursor, number, error) != 0) ||
		((records & PERSON_AF) != 0 && read_af(cursor, number, error) != 0) ||
		((records & PERSON_BISTAND) != 0 && read_bistand(cursor, number, error) != 0) ||
		((records & PERSON_KONTAKT) != 0 && read_kontakt(cursor, number, error) != 0) ? -1 : 0;
}
