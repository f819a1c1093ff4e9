/* The four extracts of persons and the numbers of all persons: rows spread over partitions, the persons of each made on some
   thread, and everything written in the order of persons. */
#include <stdlib.h>
#include <string.h>

#include "pipeline/base/date.h"
#include "pipeline/maths/lanes.h"
#include "stages/link/attribute.h"
#include "stages/link/linking.h"
#include "stages/link/piece.h"
#include "stages/link/spread.h"

static const char *const part_files[PARTS] = { "fk", "af", "kommun", "region" };
static const bool has_diagnos[PARTS] = { [PART_FK] = true, [PART_REG] = true };

struct extracts {
	struct linking *linking;
	struct ranking diagnos[PARTS];
	struct piece_rules rules;
	struct column_writer *writer[OUTPUTS];
	struct spread spread;
	size_t partition;   /* the next one to be taken */
	struct piece *piece; /* by slot */
	size_t *taken;      /* by slot: its partition */
	size_t room;        /* persons that linking->person_row has room for */
};

/* ---- pieces ---- */

static int take(size_t lane, size_t slot, void *context)
{
	struct extracts *extracts = context;
	(void)lane;
	if (extracts->partition == extracts->spread.to)
		return 0;
	extracts->taken[slot] = extracts->partition++;
	return 1;
}

static int make(size_t lane, size_t slot, void *context)
{
	struct extracts *extracts = context;
	(void)lane;
	(void)piece_make(&extracts->piece[slot], &extracts->rules, &extracts->spread, extracts->taken[slot]);
	run_advance(extracts->linking->run, spread_rows(&extracts->spread, extracts->taken[slot]));
	return 0; /* a fault is told when the piece is joined */
}

static int join_persons(struct extracts *extracts, const struct piece *piece)
{
	struct linking *linking = extracts->linking;
	size_t persons = linking->persons + piece->persons;
	if (persons >= COLUMN_NONE_U32)
		return error_set(linking->error, EXIT_DATA, "more than 2^32 - 2 persons");
	if (persons > extracts->room || linking->person_row == NULL) {
		size_t room = persons + persons / 2 + 1024;
		struct person_row *row = realloc(linking->person_row, room * sizeof *row);
		if (row == NULL)
			return error_set(linking->error, EXIT_IO, "out of memory for persons");
		linking->person_row = row;
		extracts->room = room;
	}
	memcpy(linking->person_row + linking->persons, piece->person, piece->persons * sizeof *piece->person);
	for (size_t i = 0; i < piece->follows; i++) {
		const struct follow_row *follow = &piece->follow[i];
		linking->person[follow->source - SOURCE_SUS][follow->row] = (uint32_t)linking->persons + follow->person;
	}
	return 0;
}

static void join_counts(struct linking *linking, const struct piece *piece)
{
	struct counts *whole = &linking->counts;
	const struct counts *part = &piece->counts;
	for (size_t i = 0; i < linking->files; i++)
		linking->duplicates[i] += piece->duplicates[i];
	for (size_t i = 0; i < EXTRACTS; i++) {
		whole->flow[i].after_period += part->flow[i].after_period;
		whole->flow[i].left_out += part->flow[i].left_out;
	}
	for (size_t i = 0; i < IN_COMBINATIONS; i++)
		whole->presence[i] += part->presence[i];
	for (size_t i = 0; i < CROSSCHECKS; i++)
		whole->broken[i] += part->broken[i];
}

static int join(size_t lane, size_t slot, void *context)
{
	struct extracts *extracts = context;
	struct linking *linking = extracts->linking;
	struct piece *piece = &extracts->piece[slot];
	(void)lane;
	if (piece->error.count > 0) {
		error_join(linking->error, &piece->error);
		return -1;
	}
	if (join_persons(extracts, piece) != 0)
		return -1;
	for (size_t i = 0; i < OUTPUTS; i++) {
		uint32_t *person = piece->output[i].values[0];
		for (size_t row = 0; i < PARTS && row < piece->output[i].rows; row++)
			person[row] += (uint32_t)linking->persons;
		if (column_append(extracts->writer[i], &piece->output[i], linking->error) != 0)
			return -1;
	}
	join_counts(linking, piece);
	linking->persons += piece->persons;
	return 0;
}

static int write_partitions(struct extracts *extracts)
{
	struct error *error = extracts->linking->error;
	size_t slots = lanes_slots();
	const struct lanes_job job = { .lanes = 1, .slots = slots, .take = take, .work = make, .commit = join,
		.context = extracts };
	extracts->piece = calloc(slots, sizeof *extracts->piece);
	extracts->taken = calloc(slots, sizeof *extracts->taken);
	int result = extracts->piece == NULL || extracts->taken == NULL
		? error_set(error, EXIT_IO, "out of memory for the rows of persons")
		: spread_count(&extracts->spread, extracts->linking, extracts->diagnos);
	for (int more = 1; result == 0 && (more = spread_next(&extracts->spread)) != 0;)
		result = more < 0 ? -1 : lanes_run(&job, error);
	for (size_t i = 0; extracts->piece != NULL && i < slots; i++)
		piece_free(&extracts->piece[i]);
	free(extracts->piece);
	free(extracts->taken);
	spread_free(&extracts->spread);
	return result;
}

/* ---- what goes before ---- */

/* Records hold codes in a byte. */
static int check_lists(const struct linking *linking)
{
	static const char *const lists[] = { "fk_forman", "ersattning", "forsorjningshinder", "vardform", "avslutsorsak", "kon" };
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
		const struct codelist *list = codelist_load(lists[i], linking->arena, linking->error);
		if (list == NULL)
			return -1;
		if (list->count > RECORD_CODES / 2)
			return error_set(linking->error, EXIT_BUG, "the list %s has more codes than link takes", lists[i]);
	}
	return 0;
}

/* What the settings and code lists say once for all. */
static int prepare_rules(struct extracts *extracts)
{
	struct linking *linking = extracts->linking;
	const struct settings *settings = linking->settings;
	const struct codelist *forman = codelist_load("fk_forman", linking->arena, linking->error);
	const struct codelist *kon = codelist_load("kon", linking->arena, linking->error);
	if (forman == NULL || kon == NULL || check_lists(linking) != 0)
		return -1;
	int32_t months = settings_panel_months(settings);
	int first_year = date_year_of_month(settings->historik_from);
	extracts->rules = (struct piece_rules){ .period_to = settings->period_to,
		.aa = codelist_find(forman, "AA", 2), .kon_unknown = (uint8_t)codelist_find(kon, "X", 1),
		.first_year = first_year, .years = (size_t)(settings_last_year(settings) - first_year + 1),
		.words = ((size_t)months + 63) / 64, .all_records = linking->all_records, .files = linking->files, .file = linking->file };
	if (extracts->rules.words > MASK_WORDS || extracts->rules.years > ATTRIBUTE_YEARS)
		return error_set(linking->error, EXIT_BUG, "the panel of %d months is longer than link takes", months);
	return mask_panel_make(&extracts->rules.panel, settings->historik_from, months, linking->arena, linking->error);
}

/* The order of the texts of diagnos. The files are closed again at once: mapped pages count as memory. */
static int rank_diagnoses(struct extracts *extracts)
{
	struct linking *linking = extracts->linking;
	int result = 0;
	for (enum part part = PART_FK; part < PARTS && result == 0; part++) {
		struct column_file *file = NULL;
		if (has_diagnos[part])
			result = linking_open(&file, linking, part_files[part]) != 0 ? -1
				: ranking_make(&extracts->diagnos[part], file, linking->arena, linking->error);
		column_close(file);
	}
	return result;
}

/* Persons of the rows of sus and enkat: none so far. */
static int open_follows(struct linking *linking)
{
	static const char *const files[FOLLOWED] = { "sus", "enkat_svar" };
	for (size_t i = 0; i < FOLLOWED; i++) {
		struct column_file *file = NULL;
		if (linking_open(&file, linking, files[i]) != 0)
			return -1;
		size_t rows = column_rows(file);
		column_close(file);
		linking->person[i] = arena_take(linking->arena, rows, sizeof *linking->person[i], linking->error);
		if (linking->person[i] == NULL)
			return -1;
		memset(linking->person[i], 0xFF, rows * sizeof *linking->person[i]);
	}
	return 0;
}

/* The output files; of those with diagnos, the texts are known by now. */
static int create_files(struct extracts *extracts)
{
	struct linking *linking = extracts->linking;
	int result = 0;
	for (size_t i = 0; i < OUTPUTS && result == 0; i++) {
		result = linking_create(&extracts->writer[i], linking, piece_outputs[i].name, piece_outputs[i].columns,
			piece_outputs[i].count);
		if (result == 0 && i < PARTS && has_diagnos[i])
			result = column_give_texts(extracts->writer[i], extracts->diagnos[i].text, extracts->diagnos[i].count,
				linking->error);
	}
	return result;
}

int extracts_write(struct linking *linking)
{
	struct extracts extracts = { .linking = linking };
	int result = prepare_rules(&extracts) != 0 || rank_diagnoses(&extracts) != 0 || open_follows(linking) != 0 ? -1
		: create_files(&extracts);
	if (result == 0)
		result = write_partitions(&extracts);
	linking->counts.persons = linking->persons;
	for (size_t i = 0; i < OUTPUTS; i++)
		if (column_finish(extracts.writer[i], linking->error) != 0)
			result = -1;
	return result;
}

/* The persons from `from` on, as many as there is room for. */
static void fill_persons(struct column_batch *batch, const struct linking *linking, size_t from)
{
	size_t left = linking->persons - from, count = left < batch->room ? left : batch->room;
	uint8_t *kon = batch->values[0], *kallor = batch->values[2];
	int32_t *fodelsear = batch->values[1];
	for (size_t i = 0; i < count; i++) {
		const struct person_row *person = &linking->person_row[from + i];
		kon[i] = person->kon;
		fodelsear[i] = person->fodelsear;
		kallor[i] = person->kallor;
	}
	batch->rows = count;
}

int persons_write(const struct linking *linking)
{
	static const struct column columns[] = { { "kon", COLUMN_U8 }, { "fodelsear", COLUMN_I32 }, { "kallor", COLUMN_U8 } };
	enum { COLUMNS = sizeof columns / sizeof *columns };
	struct column_writer *writer = NULL;
	struct column_batch batch = { 0 };
	int result = linking_create(&writer, linking, "person", columns, COLUMNS);
	if (result == 0)
		result = column_batch_begin(&batch, columns, COLUMNS, COLUMN_BLOCK, linking->error);
	for (size_t from = 0; from < linking->persons && result == 0; from += batch.rows) {
		fill_persons(&batch, linking, from);
		result = column_append(writer, &batch, linking->error);
	}
	column_batch_free(&batch);
	return column_finish(writer, linking->error) == 0 ? result : -1;
}
