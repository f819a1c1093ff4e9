/* The four extracts of persons: records gathered by person, attributes, panel and linked records written. Persons are taken
   in ranges, so that what is held at a time has a bound. */
#include <stdlib.h>
#include <string.h>

#include "pipeline/base/date.h"
#include "stages/link/attribute.h"
#include "stages/link/linking.h"
#include "stages/link/mask.h"
#include "stages/link/record.h"

#define RANGE_RECORDS ((size_t)8 << 20) /* records held at a time (40 bytes each), but for one person's more */
#define NO_CATEGORY_FROM 95             /* sokandekategori 95–98 are decisions, not activity */
#define NO_CATEGORY_TO 98

/* Names of a part's columns in ingest's file; NULL where it has none. */
static const struct names {
	const char *file, *start, *end, *code, *cause, *number, *diagnos;
	size_t extract;
	uint8_t bit;
} names[PARTS] = {
	[PART_FK] = { "fk", "fran", "till", "forman", NULL, "omfattning", "diagnos", EXTRACT_FK, IN_FK },
	[PART_AF] = { "af", "fran", "till", "ersattning", "avslutsorsak", "sokandekategori", NULL, EXTRACT_AF, IN_AF },
	[PART_KOM] = { "kommun", "manad", NULL, "forsorjningshinder", NULL, NULL, NULL, EXTRACT_KOMMUN, IN_KOM },
	[PART_REG] = { "region", "datum", NULL, "vardform", NULL, NULL, "diagnos", EXTRACT_REGION, IN_REG },
};

static const struct column person_columns[] = { { "kon", COLUMN_U8 }, { "fodelsear", COLUMN_I32 }, { "kallor", COLUMN_U8 } };
static const struct column year_columns[] = { { "kommun", COLUMN_U16 } };
static const struct column panel_columns[] = { { "af", COLUMN_U64 }, { "fk", COLUMN_U64 }, { "kom", COLUMN_U64 },
	{ "reg", COLUMN_U64 }, { "af_ers", COLUMN_U64 } };
static const struct column fk_columns[] = { { "person", COLUMN_U32 }, { "forman", COLUMN_U16 }, { "omfattning", COLUMN_U8 },
	{ "fran", COLUMN_I32 }, { "till", COLUMN_I32 }, { "diagnos", COLUMN_TEXT }, { "belopp", COLUMN_I64 } };
static const struct column af_columns[] = { { "person", COLUMN_U32 }, { "sokandekategori", COLUMN_I32 }, { "fran", COLUMN_I32 },
	{ "till", COLUMN_I32 }, { "ersattning", COLUMN_U16 }, { "belopp", COLUMN_I64 } };
static const struct column kom_columns[] = { { "person", COLUMN_U32 }, { "manad", COLUMN_I32 }, { "belopp", COLUMN_I64 },
	{ "forsorjningshinder", COLUMN_U16 } };
static const struct column reg_columns[] = { { "person", COLUMN_U32 }, { "datum", COLUMN_I32 }, { "vardform", COLUMN_U16 },
	{ "diagnos", COLUMN_TEXT }, { "belopp", COLUMN_I64 } };

/* The outputs, the first four being those of the parts. */
enum output { OUTPUT_PERSON = PARTS, OUTPUT_YEAR, OUTPUT_PANEL, OUTPUTS };
static const struct {
	const char *name;
	const struct column *columns;
	size_t count;
} outputs[OUTPUTS] = {
	[PART_FK] = { "spell_fk", fk_columns, sizeof fk_columns / sizeof *fk_columns },
	[PART_AF] = { "spell_af", af_columns, sizeof af_columns / sizeof *af_columns },
	[PART_KOM] = { "bistand", kom_columns, sizeof kom_columns / sizeof *kom_columns },
	[PART_REG] = { "kontakt", reg_columns, sizeof reg_columns / sizeof *reg_columns },
	[OUTPUT_PERSON] = { "person", person_columns, sizeof person_columns / sizeof *person_columns },
	[OUTPUT_YEAR] = { "person_ar", year_columns, sizeof year_columns / sizeof *year_columns },
	[OUTPUT_PANEL] = { "panel", panel_columns, sizeof panel_columns / sizeof *panel_columns },
};

/* A part's records of the persons in hand. */
struct gathered {
	struct record *record;
	uint32_t *start; /* by person of the range: where its records begin; one more for the end */
};

struct extracts {
	struct linking *linking;
	struct arena *arena;                   /* the range's */
	struct ranking diagnos[PARTS];
	struct column_writer *writer[OUTPUTS];
	struct gathered part[PARTS];
	uint16_t aa;                           /* position of AA in the list fk_forman: no activity */
	uint8_t kon_unknown;                   /* position of X in the list kon */
	int first_year;
	size_t years, words;
	int32_t months;
};

/* ---- gathering ---- */

/* The columns of a part's file, and their values in the block at hand. */
struct view {
	size_t kommun, kon, fodelsear, start, end, code, cause, number, diagnos, belopp;
};

static int find(const struct column_file *file, const char *name, enum column_type type, size_t *column,
	struct error *error)
{
	*column = SIZE_MAX;
	return name == NULL ? 0 : column_find(file, name, type, column, error);
}

static int find_columns(struct view *view, const struct column_file *file, enum part part, struct error *error)
{
	const struct names *name = &names[part];
	if (find(file, "kommun", COLUMN_U16, &view->kommun, error) != 0 ||
		find(file, "kon", COLUMN_U16, &view->kon, error) != 0 ||
		find(file, "fodelsear", COLUMN_I32, &view->fodelsear, error) != 0 ||
		find(file, name->start, COLUMN_I32, &view->start, error) != 0 ||
		find(file, name->end, COLUMN_I32, &view->end, error) != 0 ||
		find(file, name->code, COLUMN_U16, &view->code, error) != 0 ||
		find(file, name->cause, COLUMN_U16, &view->cause, error) != 0 ||
		find(file, name->number, COLUMN_I32, &view->number, error) != 0 ||
		find(file, name->diagnos, COLUMN_TEXT, &view->diagnos, error) != 0)
		return -1;
	return find(file, "belopp", COLUMN_I64, &view->belopp, error);
}

/* Adds the rows of one block that belong to the range. */
static void gather_block(struct extracts *extracts, enum part part, const struct column_file *file,
	const struct view *view, size_t block, const uint32_t *person, uint32_t from, uint32_t to)
{
	const uint16_t *kommun = column_values(file, view->kommun, block), *kon = column_values(file, view->kon, block);
	const uint16_t *code = column_values(file, view->code, block), *cause = column_values(file, view->cause, block);
	const int32_t *fodelsear = column_values(file, view->fodelsear, block);
	const int32_t *start = column_values(file, view->start, block), *end = column_values(file, view->end, block);
	const int32_t *number = column_values(file, view->number, block);
	const uint32_t *diagnos = column_values(file, view->diagnos, block);
	const int64_t *belopp = column_values(file, view->belopp, block);
	struct gathered *gathered = &extracts->part[part];
	for (size_t i = 0; i < column_block_rows(file, block); i++) {
		if (person[i] < from || person[i] >= to)
			continue;
		const struct raw raw = { .person = person[i], .kommun = kommun[i], .kon = kon[i],
			.fodelsear = fodelsear[i], .code = code[i], .cause = cause == NULL ? 0 : cause[i],
			.number = number == NULL ? 0 : number[i], .start = start[i], .end = end == NULL ? 0 : end[i],
			.diagnos = diagnos == NULL ? 0 : extracts->diagnos[part].rank[diagnos[i]], .belopp = belopp[i] };
		gathered->record[gathered->start[person[i] - from]++] =
			record_make(part, &raw, extracts->linking->settings->uttagsdatum);
	}
}

/* Counts the rows of each person of the range, and makes of the counts where each one's records begin. */
static int place_records(struct extracts *extracts, enum part part, size_t rows, uint32_t from, uint32_t to)
{
	const uint32_t *person = extracts->linking->person[part];
	struct gathered *gathered = &extracts->part[part];
	size_t persons = to - from, total = 0;
	gathered->start = arena_take(extracts->arena, persons + 1, sizeof *gathered->start, extracts->linking->error);
	if (gathered->start == NULL)
		return -1;
	for (size_t row = 0; row < rows; row++)
		if (person[row] >= from && person[row] < to)
			gathered->start[person[row] - from]++;
	for (size_t i = 0; i <= persons; i++) {
		uint32_t count = gathered->start[i];
		gathered->start[i] = (uint32_t)total;
		total += count;
	}
	if (total > UINT32_MAX)
		return error_set(extracts->linking->error, EXIT_DATA, "%s: too many rows of one person", names[part].file);
	gathered->record = arena_take(extracts->arena, total, sizeof *gathered->record, extracts->linking->error);
	return gathered->record == NULL ? -1 : 0;
}

/* Gathers a part's records of the persons from `from` to before `to`. The file is closed again at once: mapped pages count
   as memory. */
static int gather(struct extracts *extracts, enum part part, uint32_t from, uint32_t to)
{
	struct linking *linking = extracts->linking;
	struct column_file *file = NULL;
	struct view view;
	int result = -1;
	if (linking_open(&file, linking, names[part].file) != 0 || find_columns(&view, file, part, linking->error) != 0 ||
		place_records(extracts, part, column_rows(file), from, to) != 0)
		goto done;
	for (size_t block = 0; block < column_blocks(file); block++)
		gather_block(extracts, part, file, &view, block, linking->person[part] + block * COLUMN_BLOCK, from, to);
	uint32_t *start = extracts->part[part].start; /* filling moved each start to the next person's */
	memmove(start + 1, start, (to - from) * sizeof *start);
	start[0] = 0;
	result = 0;
done:
	column_close(file);
	return result;
}

/* ---- one person ---- */

/* The person's records of a part: sorted, duplicates and those that start after the period gone. */
static struct span settle(struct extracts *extracts, enum part part, size_t index)
{
	struct linking *linking = extracts->linking;
	struct gathered *gathered = &extracts->part[part];
	struct flow *flow = &linking->validation.flow[names[part].extract];
	struct record *record = gathered->record + gathered->start[index];
	size_t count = gathered->start[index + 1] - gathered->start[index], unique = record_unique(record, count), kept = 0;
	for (size_t i = 0; i < unique; i++)
		if (record[i].start <= linking->settings->period_to)
			record[kept++] = record[i];
	flow->duplicates += count - unique;
	flow->after_period += unique - kept;
	return (struct span){ record, kept };
}

/* Whether the record is activity of its part. */
static bool is_activity(const struct extracts *extracts, enum part part, const struct record *record)
{
	if (part == PART_FK)
		return record_forman(record) != extracts->aa;
	if (part == PART_AF)
		return record_sokandekategori(record) < NO_CATEGORY_FROM || record_sokandekategori(record) > NO_CATEGORY_TO;
	return part != PART_KOM || record->belopp > 0;
}

static int put_panel(struct extracts *extracts, const struct span span[PARTS])
{
	static const enum part order[] = { PART_AF, PART_FK, PART_KOM, PART_REG }; /* as in panel_columns */
	enum { MASKS = 5, SUPPORT = 4 };
	uint64_t mask[MASKS][MASK_WORDS] = { { 0 } };
	int32_t first = extracts->linking->settings->historik_from;
	for (size_t column = 0; column < SUPPORT; column++)
		for (size_t i = 0; i < span[order[column]].count; i++) {
			const struct record *record = &span[order[column]].record[i];
			if (is_activity(extracts, order[column], record))
				mask_add(mask[column], first, extracts->months, record->start, record->end);
			if (order[column] == PART_AF && record_ersattning(record) != CODE_NONE)
				mask_add(mask[SUPPORT], first, extracts->months, record->start, record->end);
		}
	for (size_t word = 0; word < extracts->words; word++) {
		for (size_t column = 0; column < MASKS; column++)
			column_put_u64(extracts->writer[OUTPUT_PANEL], column, mask[column][word]);
		if (column_end_row(extracts->writer[OUTPUT_PANEL], extracts->linking->error) != 0)
			return -1;
	}
	return 0;
}

static int put_person(struct extracts *extracts, uint32_t person, const struct span span[PARTS])
{
	struct linking *linking = extracts->linking;
	struct attribute attribute = attribute_person(span, extracts->kon_unknown);
	uint16_t kommun[ATTRIBUTE_YEARS];
	struct column_writer *writer = extracts->writer[OUTPUT_PERSON];
	for (size_t part = 0; part < PARTS; part++)
		linking->kallor[person] |= span[part].count > 0 ? names[part].bit : 0;
	linking->validation.kon_differs += attribute.kon_differs;
	linking->validation.fodelsear_differs += attribute.fodelsear_differs;
	column_put_u8(writer, 0, attribute.kon);
	column_put_i32(writer, 1, attribute.fodelsear);
	column_put_u8(writer, 2, linking->kallor[person]);
	if (column_end_row(writer, linking->error) != 0)
		return -1;
	attribute_kommun(span, extracts->first_year, extracts->years, kommun);
	for (size_t year = 0; year < extracts->years; year++) {
		column_put_u16(extracts->writer[OUTPUT_YEAR], 0, kommun[year]);
		if (column_end_row(extracts->writer[OUTPUT_YEAR], linking->error) != 0)
			return -1;
	}
	return put_panel(extracts, span);
}

static int put_diagnos(struct extracts *extracts, enum part part, size_t column, const struct record *record)
{
	const char *text = extracts->diagnos[part].text[record_diagnos(record)];
	return column_put_text(extracts->writer[part], column, text, strlen(text), extracts->linking->error);
}

/* One linked record. */
static int put_record(struct extracts *extracts, enum part part, const struct record *record)
{
	struct column_writer *writer = extracts->writer[part];
	int result = 0;
	column_put_u32(writer, 0, record->person);
	switch (part) {
	case PART_FK:
		column_put_u16(writer, 1, record_forman(record));
		column_put_u8(writer, 2, record_omfattning(record));
		column_put_i32(writer, 3, record->start);
		column_put_i32(writer, 4, record->end);
		result = put_diagnos(extracts, part, 5, record);
		column_put_i64(writer, 6, record->belopp);
		break;
	case PART_AF:
		column_put_i32(writer, 1, record_sokandekategori(record));
		column_put_i32(writer, 2, record->start);
		column_put_i32(writer, 3, record->end);
		column_put_u16(writer, 4, record_ersattning(record));
		column_put_i64(writer, 5, record->belopp);
		break;
	case PART_KOM:
		column_put_i32(writer, 1, date_month_of(record->start));
		column_put_i64(writer, 2, record->belopp);
		column_put_u16(writer, 3, record->tail);
		break;
	case PART_REG:
		column_put_i32(writer, 1, record->start);
		column_put_u16(writer, 2, record_vardform(record));
		result = put_diagnos(extracts, part, 3, record);
		column_put_i64(writer, 4, record->belopp);
		break;
	case PARTS:
		break;
	}
	return result != 0 ? -1 : column_end_row(writer, extracts->linking->error);
}

/* ---- all persons ---- */

static int write_range(struct extracts *extracts, uint32_t from, uint32_t to)
{
	for (enum part part = PART_FK; part < PARTS; part++)
		if (gather(extracts, part, from, to) != 0)
			return -1;
	for (uint32_t person = from; person < to; person++) {
		struct span span[PARTS];
		for (enum part part = PART_FK; part < PARTS; part++)
			span[part] = settle(extracts, part, person - from);
		if (put_person(extracts, person, span) != 0)
			return -1;
		for (enum part part = PART_FK; part < PARTS; part++)
			for (size_t i = 0; i < span[part].count; i++) {
				const struct record *record = &span[part].record[i];
				if (record->end < record->start) /* ongoing, but begins after uttagsdatum */
					extracts->linking->validation.flow[names[part].extract].left_out++;
				else if (put_record(extracts, part, record) != 0)
					return -1;
			}
	}
	return 0;
}

/* Records of each person in the four parts together; and the rankings of diagnos. */
static uint32_t *count_records(struct extracts *extracts)
{
	struct linking *linking = extracts->linking;
	uint32_t *records = calloc(linking->persons + 1, sizeof *records);
	if (records == NULL)
		(void)error_set(linking->error, EXIT_IO, "out of memory for the records of persons");
	for (enum part part = PART_FK; part < PARTS && records != NULL; part++) {
		struct column_file *file = NULL;
		if (linking_open(&file, linking, names[part].file) != 0 ||
			(names[part].diagnos != NULL &&
				ranking_make(&extracts->diagnos[part], file, linking->arena, linking->error) != 0)) {
			free(records);
			records = NULL;
		} else {
			for (size_t row = 0; row < column_rows(file); row++)
				records[linking->person[part][row]]++;
		}
		column_close(file);
	}
	return records;
}

static int write_ranges(struct extracts *extracts)
{
	uint32_t *records = count_records(extracts);
	int result = records == NULL ? -1 : 0;
	size_t persons = extracts->linking->persons;
	for (size_t from = 0, to; from < persons && result == 0; from = to) {
		size_t held = records[from];
		for (to = from + 1; to < persons && held + records[to] <= RANGE_RECORDS; to++)
			held += records[to];
		extracts->arena = arena_new(extracts->linking->error);
		result = extracts->arena == NULL ? -1 : write_range(extracts, (uint32_t)from, (uint32_t)to);
		arena_free(extracts->arena);
	}
	free(records);
	return result;
}

/* What the settings and code lists say once for all. */
static int prepare(struct extracts *extracts)
{
	struct linking *linking = extracts->linking;
	const struct settings *settings = linking->settings;
	const struct codelist *forman = codelist_load("fk_forman", linking->arena, linking->error);
	const struct codelist *kon = codelist_load("kon", linking->arena, linking->error);
	if (forman == NULL || kon == NULL)
		return -1;
	extracts->aa = codelist_find(forman, "AA", 2);
	extracts->kon_unknown = (uint8_t)codelist_find(kon, "X", 1);
	extracts->months = settings_panel_months(settings);
	extracts->first_year = date_year_of_month(settings->historik_from);
	extracts->years = (size_t)(settings_last_year(settings) - extracts->first_year + 1);
	extracts->words = ((size_t)extracts->months + 63) / 64;
	if (extracts->words > MASK_WORDS || extracts->years > ATTRIBUTE_YEARS)
		return error_set(linking->error, EXIT_BUG, "the panel of %d months is longer than link takes", extracts->months);
	return 0;
}

int extracts_write(struct linking *linking)
{
	struct extracts extracts = { .linking = linking };
	int result = prepare(&extracts);
	for (size_t i = 0; i < OUTPUTS && result == 0; i++)
		result = linking_create(&extracts.writer[i], linking, outputs[i].name, outputs[i].columns, outputs[i].count);
	if (result == 0)
		result = write_ranges(&extracts);
	for (size_t i = 0; i < OUTPUTS; i++)
		if (column_finish(extracts.writer[i], linking->error) != 0)
			result = -1;
	return result;
}
