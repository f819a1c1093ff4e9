/* The persons of a partition: see piece.h. */
#include "stages/link/piece.h"

#include <stdlib.h>
#include <string.h>

#include "stages/link/attribute.h"

#define NO_CATEGORY_FROM 95 /* sokandekategori 95–98 are decisions, not activity */
#define NO_CATEGORY_TO 98
#define FEW 64              /* rows of a bucket that are sorted by insertion */

static const uint8_t source_bits[SOURCES] = { IN_FK, IN_AF, IN_KOM, IN_REG, IN_SUS, IN_ENKAT };

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

const struct output_columns piece_outputs[OUTPUTS] = {
	[PART_FK] = { "spell_fk", fk_columns, sizeof fk_columns / sizeof *fk_columns },
	[PART_AF] = { "spell_af", af_columns, sizeof af_columns / sizeof *af_columns },
	[PART_KOM] = { "bistand", kom_columns, sizeof kom_columns / sizeof *kom_columns },
	[PART_REG] = { "kontakt", reg_columns, sizeof reg_columns / sizeof *reg_columns },
	[OUTPUT_YEAR] = { "person_ar", year_columns, sizeof year_columns / sizeof *year_columns },
	[OUTPUT_PANEL] = { "panel", panel_columns, sizeof panel_columns / sizeof *panel_columns },
};

/* ---- sorting ---- */

/* By person, then file, and so by source. The rows of a person in a source are left to record_unique. */
static inline int compare_placed(const struct record *a, const struct record *b)
{
	int order = hash_key_compare(spread_key(a), spread_key(b));
	return order != 0 ? order : (a->file > b->file) - (a->file < b->file);
}

static int compare_places(const void *left, const void *right)
{
	return compare_placed(*(const struct record *const *)left, *(const struct record *const *)right);
}

static void sort_few(const struct record **sorted, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		const struct record *moving = sorted[i];
		size_t at = i;
		for (; at > 0 && compare_placed(sorted[at - 1], moving) > 0; at--)
			sorted[at] = sorted[at - 1];
		sorted[at] = moving;
	}
}

static enum source source_of(const struct piece_rules *rules, const struct record *record)
{
	return rules->file[record->file].source;
}

/* Sorts where the rows stand into piece->sorted: into buckets by further bits of the key, which are well spread, then each bucket. */
static void sort_rows(struct piece *piece, const struct piece_rules *rules, const struct spread *spread, const struct placed *placed,
	size_t count, unsigned bits)
{
	size_t buckets = (size_t)1 << bits;
	memset(piece->bucket, 0, (buckets + 1) * sizeof *piece->bucket);
	memset(piece->rows, 0, sizeof piece->rows);
	for (size_t i = 0; i < count; i++) {
		piece->bucket[spread_bucket(spread, &placed[i].key, bits) + 1]++;
		piece->rows[source_of(rules, &placed[i].record)]++;
	}
	for (size_t i = 0; i < buckets; i++)
		piece->bucket[i + 1] += piece->bucket[i];
	for (size_t i = 0; i < count; i++)
		piece->sorted[piece->bucket[spread_bucket(spread, &placed[i].key, bits)]++] = &placed[i].record;
	for (size_t i = 0, from = 0; i < buckets; from = piece->bucket[i++]) { /* bucket[i] is now the bucket's end */
		size_t rows = piece->bucket[i] - from;
		if (rows <= FEW)
			sort_few(piece->sorted + from, rows);
		else
			qsort(piece->sorted + from, rows, sizeof *piece->sorted, compare_places);
	}
}

/* ---- one person ---- */

/* Whether the record is activity of its part. */
static bool is_activity(const struct piece_rules *rules, enum part part, const struct record *record)
{
	if (part == PART_FK)
		return record_forman(record) != rules->aa;
	if (part == PART_AF)
		return record_sokandekategori(record) < NO_CATEGORY_FROM || record_sokandekategori(record) > NO_CATEGORY_TO;
	return part != PART_KOM || record->belopp > 0;
}

static void put_panel(struct piece *piece, const struct piece_rules *rules, const struct span span[PARTS])
{
	static const enum part order[] = { PART_AF, PART_FK, PART_KOM, PART_REG }; /* as in panel_columns */
	enum { MASKS = 5, SUPPORT = 4 };
	uint64_t mask[MASKS][MASK_WORDS] = { { 0 } };
	for (size_t column = 0; column < SUPPORT; column++)
		for (size_t i = 0; i < span[order[column]].count; i++) {
			const struct record *record = &span[order[column]].record[i];
			if (is_activity(rules, order[column], record))
				mask_add(mask[column], &rules->panel, record->start, record->end);
			if (order[column] == PART_AF && record_wide(record->code) != CODE_NONE)
				mask_add(mask[SUPPORT], &rules->panel, record->start, record->end);
		}
	struct column_batch *panel = &piece->output[OUTPUT_PANEL];
	for (size_t word = 0; word < rules->words; word++, panel->rows++)
		for (size_t column = 0; column < MASKS; column++)
			((uint64_t *)panel->values[column])[panel->rows] = mask[column][word];
}

/* Counts the rules that the person's records break. */
static int cross_check(struct piece *piece, const struct piece_rules *rules, const struct span span[PARTS],
	const struct attribute *attribute)
{
	const struct crosscheck_codes codes = { .aa = rules->aa, .not_from = NO_CATEGORY_FROM, .not_to = NO_CATEGORY_TO };
	bool broken[CROSSCHECKS];
	if (crosscheck_person(span, attribute, &codes, broken, &piece->error) != 0)
		return -1;
	for (size_t i = 0; i < CROSSCHECKS; i++)
		piece->counts.broken[i] += broken[i] ? 1 : 0;
	return 0;
}

static int put_person(struct piece *piece, const struct piece_rules *rules, const struct span span[PARTS])
{
	struct attribute attribute = attribute_person(span, rules->kon_unknown);
	struct column_batch *years = &piece->output[OUTPUT_YEAR];
	struct person_row *person = &piece->person[piece->persons];
	*person = (struct person_row){ .kon = attribute.kon, .fodelsear = attribute.fodelsear };
	for (size_t part = 0; part < PARTS; part++)
		person->kallor |= span[part].count > 0 ? source_bits[part] : 0;
	attribute_kommun(span, &attribute, rules->first_year, rules->years, (uint16_t *)years->values[0] + years->rows);
	years->rows += rules->years;
	put_panel(piece, rules, span);
	return cross_check(piece, rules, span, &attribute);
}

static void put_fk(struct column_batch *output, size_t row, const struct record *record)
{
	((uint16_t *)output->values[1])[row] = record_forman(record);
	((uint8_t *)output->values[2])[row] = record_omfattning(record);
	((int32_t *)output->values[3])[row] = record->start;
	((int32_t *)output->values[4])[row] = record->end;
	((uint32_t *)output->values[5])[row] = record->diagnos;
	((int64_t *)output->values[6])[row] = record->belopp;
}

static void put_af(struct column_batch *output, size_t row, const struct record *record)
{
	((int32_t *)output->values[1])[row] = record_sokandekategori(record);
	((int32_t *)output->values[2])[row] = record->start;
	((int32_t *)output->values[3])[row] = record->end;
	((uint16_t *)output->values[4])[row] = record_wide(record->code);
	((int64_t *)output->values[5])[row] = record->belopp;
}

static void put_kom(struct column_batch *output, size_t row, const struct record *record)
{
	((int32_t *)output->values[1])[row] = date_month_of(record->start);
	((int64_t *)output->values[2])[row] = record->belopp;
	((uint16_t *)output->values[3])[row] = record_wide(record->tail);
}

static void put_reg(struct column_batch *output, size_t row, const struct record *record)
{
	((int32_t *)output->values[1])[row] = record->start;
	((uint16_t *)output->values[2])[row] = record_wide(record->code);
	((uint32_t *)output->values[3])[row] = record->diagnos;
	((int64_t *)output->values[4])[row] = record->belopp;
}

/* The person's records of a part: sorted, duplicates and those that start after the period gone. */
static struct span settle(struct piece *piece, const struct piece_rules *rules, enum part part, size_t first, size_t count)
{
	struct record *record = piece->record + first;
	struct flow *flow = &piece->counts.flow[source_extracts[part]];
	size_t unique = record_unique(record, piece->sorted + first, count, piece->duplicates), kept = 0;
	for (size_t i = 0; i < unique; i++)
		if (record[i].start <= rules->period_to) {
			if (kept < i)
				record[kept] = record[i];
			kept++;
		}
	flow->after_period += unique - kept;
	return (struct span){ record, kept };
}

/* An ongoing spell that begins after uttagsdatum has no day. Not so AA, which counts from its first day and not to its last. */
static bool is_empty(const struct piece_rules *rules, enum part part, const struct record *record)
{
	return record->end < record->start && !(part == PART_FK && record_forman(record) == rules->aa);
}

/* The linked records of a part. Those that nobody asks for are left out, but for the first: a file without rows says that there
   are none. */
static inline void put_records(struct piece *piece, const struct piece_rules *rules, enum part part, const struct span *span, bool wanted,
	void (*put)(struct column_batch *output, size_t row, const struct record *record))
{
	struct column_batch *output = &piece->output[part];
	for (size_t i = 0; i < span->count; i++) {
		const struct record *record = &span->record[i];
		if (is_empty(rules, part, record)) {
			piece->counts.flow[source_extracts[part]].left_out++;
			continue;
		}
		if (!wanted && output->rows > 0)
			continue;
		((uint32_t *)output->values[0])[output->rows] = (uint32_t)piece->persons;
		put(output, output->rows++, record);
	}
}

/* The person whose rows are sorted[from] … sorted[to − 1]. */
static int make_person(struct piece *piece, const struct piece_rules *rules, size_t from, size_t to)
{
	struct span span[PARTS];
	uint8_t presence = 0;
	size_t at = from, follows = piece->follows;
	for (enum source source = SOURCE_FK; source < SOURCES; source++) {
		size_t first = at;
		for (; at < to && source_of(rules, piece->sorted[at]) == source; at++)
			if (source >= SOURCE_SUS)
				piece->follow[piece->follows++] = (struct follow_row){ source, (uint32_t)piece->persons,
					(size_t)piece->sorted[at]->row };
		presence |= at > first ? source_bits[source] : 0;
		if (source < SOURCE_SUS)
			span[source] = settle(piece, rules, (enum part)source, first, at - first);
	}
	piece->counts.presence[presence]++;
	int result = put_person(piece, rules, span);
	bool wanted = rules->all_records || piece->follows > follows;
	put_records(piece, rules, PART_FK, &span[PART_FK], wanted, put_fk);
	put_records(piece, rules, PART_AF, &span[PART_AF], wanted, put_af);
	put_records(piece, rules, PART_KOM, &span[PART_KOM], wanted, put_kom);
	put_records(piece, rules, PART_REG, &span[PART_REG], wanted, put_reg);
	piece->persons++;
	return result;
}

/* ---- all of them ---- */

static inline bool is_next_person(const struct piece *piece, size_t row)
{
	return row == 0 || hash_key_compare(spread_key(piece->sorted[row - 1]), spread_key(piece->sorted[row])) != 0;
}

static int grow(struct piece *piece, size_t rows, size_t buckets, size_t files)
{
	if (piece->duplicates == NULL)
		piece->duplicates = calloc(files + 1, sizeof *piece->duplicates);
	if (rows > piece->room || piece->room == 0) {
		piece->room = rows + rows / 4 + 1;
		free(piece->sorted);
		free(piece->first);
		free(piece->record);
		free(piece->person);
		free(piece->follow);
		piece->sorted = calloc(piece->room, sizeof *piece->sorted);
		piece->first = calloc(piece->room, sizeof *piece->first);
		piece->record = calloc(piece->room, sizeof *piece->record);
		piece->person = calloc(piece->room, sizeof *piece->person);
		piece->follow = calloc(piece->room, sizeof *piece->follow);
	}
	if (buckets > piece->buckets) {
		piece->buckets = buckets;
		free(piece->bucket);
		piece->bucket = calloc(buckets + 1, sizeof *piece->bucket);
	}
	if (piece->sorted == NULL || piece->first == NULL || piece->record == NULL || piece->person == NULL || piece->follow == NULL ||
		piece->bucket == NULL || piece->duplicates == NULL) {
		piece->room = piece->buckets = 0;
		return error_set(&piece->error, EXIT_IO, "out of memory for the rows of persons");
	}
	return 0;
}

/* Finds the first row of each person among the sorted ones; gives how many persons there are. */
static size_t find_persons(struct piece *piece, size_t count)
{
	size_t persons = 0;
	for (size_t i = 0; i < count; i++) {
		piece->first[persons] = (uint32_t)i;
		persons += is_next_person(piece, i);
	}
	return persons;
}

/* Room for what the sorted rows give. */
static int begin_outputs(struct piece *piece, const struct piece_rules *rules, size_t persons)
{
	size_t room[OUTPUTS] = { 0 };
	for (enum part part = PART_FK; part < PARTS; part++)
		room[part] = piece->rows[part];
	room[OUTPUT_YEAR] = persons * rules->years;
	room[OUTPUT_PANEL] = persons * rules->words;
	for (size_t i = 0; i < OUTPUTS; i++)
		if (column_batch_begin(&piece->output[i], piece_outputs[i].columns, piece_outputs[i].count, room[i],
			    &piece->error) != 0)
			return -1;
		else
			piece->output[i].numbered = true;
	return 0;
}

int piece_make(struct piece *piece, const struct piece_rules *rules, const struct spread *spread, size_t partition)
{
	size_t from = spread->start[partition], count = spread->start[partition + 1] - from;
	unsigned bits = 0;
	while (bits < 20 && (size_t)3 << bits < count)
		bits++;
	piece->persons = piece->follows = 0;
	memset(&piece->counts, 0, sizeof piece->counts);
	memset(&piece->error, 0, sizeof piece->error);
	if (grow(piece, count, (size_t)1 << bits, rules->files) != 0)
		return -1;
	memset(piece->duplicates, 0, rules->files * sizeof *piece->duplicates);
	sort_rows(piece, rules, spread, spread->placed + from, count, bits);
	size_t persons = find_persons(piece, count);
	if (begin_outputs(piece, rules, persons) != 0)
		return -1;
	for (size_t i = 0; i < persons; i++)
		if (make_person(piece, rules, piece->first[i], i + 1 < persons ? piece->first[i + 1] : count) != 0)
			return -1;
	return 0;
}

void piece_free(struct piece *piece)
{
	for (size_t i = 0; i < OUTPUTS; i++)
		column_batch_free(&piece->output[i]);
	free(piece->sorted);
	free(piece->first);
	free(piece->record);
	free(piece->person);
	free(piece->follow);
	free(piece->bucket);
	free(piece->duplicates);
}
