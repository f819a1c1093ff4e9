/* The follow-up of insatser: participations, surveys and expressions of interest, duplicates gone, in their order. */
#include <stdlib.h>
#include <string.h>

#include "pipeline/base/date.h"
#include "stages/link/linking.h"
#include "stages/link/participation.h"

static const struct column deltagande_columns[] = { { "person", COLUMN_U32 }, { "insats", COLUMN_U16 },
	{ "kommun", COLUMN_U16 }, { "kon", COLUMN_U8 }, { "fodelsear", COLUMN_I32 }, { "utbildning", COLUMN_U16 },
	{ "tid_off_fors", COLUMN_U16 }, { "remittent", COLUMN_U16 }, { "start", COLUMN_I32 }, { "slut", COLUMN_I32 },
	{ "forsorjning_start", COLUMN_TEXT }, { "forsorjning_slut", COLUMN_TEXT }, { "sysselsattning_start", COLUMN_TEXT },
	{ "sysselsattning_slut", COLUMN_TEXT }, { "avslut", COLUMN_TEXT } };
enum { FIRST_RESPONSE = 10, DELTAGANDE_COLUMNS = FIRST_RESPONSE + RESPONSES };
static const char *const response_lists[RESPONSES] = { "forsorjning", "forsorjning", "sysselsattning", "sysselsattning",
	"avslut" };

static const struct column enkat_columns[] = { { "person", COLUMN_U32 }, { "insats", COLUMN_U16 },
	{ "instrument", COLUMN_TEXT }, { "tillfalle", COLUMN_U16 }, { "datum", COLUMN_I32 }, { "varde", COLUMN_F64 } };
static const struct column ko_columns[] = { { "insats", COLUMN_U16 }, { "kommun", COLUMN_U16 }, { "kon", COLUMN_U8 },
	{ "remittent", COLUMN_U16 }, { "inkom", COLUMN_I32 }, { "status", COLUMN_U16 }, { "start", COLUMN_I32 } };

/* An input file held in memory while its table is made. */
struct table_in {
	struct linking *linking;
	struct arena *arena;
	struct column_file *file;
	size_t rows;
	struct ranking ranking;
	uint16_t *insats;  /* by rank of a text: position of the insats in the settings */
};

static int open_in(struct table_in *in, struct linking *linking, const char *name)
{
	struct error *error = linking->error;
	*in = (struct table_in){ .linking = linking, .arena = arena_new(error) };
	if (in->arena == NULL || linking_open(&in->file, linking, name) != 0 ||
		ranking_make(&in->ranking, in->file, in->arena, error) != 0)
		return -1;
	in->rows = column_rows(in->file);
	in->insats = arena_take(in->arena, in->ranking.count, sizeof *in->insats, error);
	if (in->insats == NULL)
		return -1;
	for (size_t i = 0; i < in->ranking.count; i++)
		in->insats[i] = (uint16_t)settings_insats(linking->settings, in->ranking.text[i]);
	return 0;
}

static void close_in(struct table_in *in)
{
	column_close(in->file);
	arena_free(in->arena);
}

static void *load(const struct table_in *in, const char *name, enum column_type type)
{
	return column_load(in->file, name, type, in->arena, in->linking->error);
}

/* A text column as ranks. */
static uint32_t *load_ranks(const struct table_in *in, const char *name)
{
	uint32_t *text = load(in, name, COLUMN_TEXT);
	for (size_t i = 0; text != NULL && i < in->rows; i++)
		text[i] = in->ranking.rank[text[i]];
	return text;
}

/* The file of row i, after that of row i − 1; of row 0 the first of all will do. */
static uint32_t file_of(const struct table_in *in, size_t extract, uint32_t before, size_t i)
{
	const struct linking *linking = in->linking;
	size_t at = i == 0 ? files_first(linking->file, linking->files, extract) : before;
	return (uint32_t)files_of_row(linking->file, linking->files, at, i);
}

static int put_text(struct column_writer *writer, size_t column, const struct table_in *in, uint32_t rank)
{
	const char *text = in->ranking.text[rank];
	return column_put_text(writer, column, text, strlen(text), in->linking->error);
}

/* ---- sus ---- */

/* Fills the multi-response fields of all rows, and which hold a 99. */
static int load_responses(const struct table_in *in, struct participation *participation)
{
	struct error *error = in->linking->error;
	for (size_t response = 0; response < RESPONSES; response++) {
		const uint32_t *text = load_ranks(in, deltagande_columns[FIRST_RESPONSE + response].name);
		const struct codelist *list = codelist_load(response_lists[response], in->arena, error);
		struct meanings meanings;
		if (text == NULL || list == NULL ||
			participation_meanings(&meanings, list, in->ranking.text, in->ranking.count, in->arena, error) != 0)
			return -1;
		uint16_t wrong = response == AVSLUT ? codelist_find(list, "99", 2) : CODE_NONE;
		for (size_t i = 0; i < in->rows; i++) {
			participation[i].text[response] = text[i];
			participation[i].parsed[response] = meanings.meaning[text[i]];
			if (wrong < 32 && (meanings.mask[text[i]] >> wrong & 1) != 0)
				participation[i].felregistrering = true;
		}
	}
	return 0;
}

static struct participation *load_participations(const struct table_in *in)
{
	struct participation *participation = arena_take(in->arena, in->rows, sizeof *participation, in->linking->error);
	const uint32_t *insats = load_ranks(in, "insats");
	const uint16_t *kommun = load(in, "kommun", COLUMN_U16), *kon = load(in, "kon", COLUMN_U16);
	const uint16_t *utbildning = load(in, "utbildning", COLUMN_U16);
	const uint16_t *tid_off_fors = load(in, "tid_off_fors", COLUMN_U16);
	const uint16_t *remittent = load(in, "remittent", COLUMN_U16);
	const int32_t *fodelsear = load(in, "fodelsear", COLUMN_I32);
	const int32_t *start = load(in, "start", COLUMN_I32), *slut = load(in, "slut", COLUMN_I32);
	if (participation == NULL || insats == NULL || kommun == NULL || kon == NULL || utbildning == NULL ||
		tid_off_fors == NULL || remittent == NULL || fodelsear == NULL || start == NULL || slut == NULL)
		return NULL;
	for (size_t i = 0; i < in->rows; i++)
		participation[i] = (struct participation){ .insats = in->insats[insats[i]],
			.file = file_of(in, EXTRACT_SUS, i == 0 ? 0 : participation[i - 1].file, i),
			.person = in->linking->person[0][i], .start = start[i], .slut = slut[i],
			.fodelsear = fodelsear[i], .kommun = kommun[i], .kon = kon[i], .utbildning = utbildning[i],
			.tid_off_fors = tid_off_fors[i], .remittent = remittent[i] };
	return load_responses(in, participation) == 0 ? participation : NULL;
}

static int put_participation(struct column_writer *writer, const struct table_in *in,
	const struct participation *participation)
{
	column_put_u32(writer, 0, participation->person);
	column_put_u16(writer, 1, participation->insats);
	column_put_u16(writer, 2, participation->kommun);
	column_put_u8(writer, 3, (uint8_t)participation->kon);
	column_put_i32(writer, 4, participation->fodelsear);
	column_put_u16(writer, 5, participation->utbildning);
	column_put_u16(writer, 6, participation->tid_off_fors);
	column_put_u16(writer, 7, participation->remittent);
	column_put_i32(writer, 8, participation->start);
	column_put_i32(writer, 9, participation->slut);
	for (size_t i = 0; i < RESPONSES; i++)
		if (put_text(writer, FIRST_RESPONSE + i, in, participation->text[i]) != 0)
			return -1;
	return column_end_row(writer, in->linking->error);
}

static int write_participations(struct linking *linking)
{
	struct table_in in;
	struct column_writer *writer = NULL;
	struct flow *flow = &linking->counts.flow[EXTRACT_SUS];
	int result = open_in(&in, linking, "sus");
	struct participation *participation = result == 0 ? load_participations(&in) : NULL;
	if (participation == NULL ||
		linking_create(&writer, linking, "deltagande", deltagande_columns, DELTAGANDE_COLUMNS) != 0) {
		result = -1;
		goto done;
	}
	size_t unique = participation_unique(participation, in.rows, linking->duplicates);
	for (size_t i = 0; i < unique && result == 0; i++) {
		if (participation[i].start > linking->settings->period_to) {
			flow->after_period++;
		} else if (participation[i].felregistrering) {
			flow->left_out++;
		} else {
			if (participation[i].person != COLUMN_NONE_U32)
				linking->person_row[participation[i].person].kallor |= IN_SUS;
			result = put_participation(writer, &in, &participation[i]);
		}
	}
done:
	if (column_finish(writer, linking->error) != 0)
		result = -1;
	close_in(&in);
	return result;
}

/* ---- enkat ---- */

struct answer {
	uint32_t file, person, instrument; /* file: no value of it */
	uint16_t insats, tillfalle;
	int32_t datum;
	double varde;
};

#define ORDER(member)                                     \
	if (a->member < b->member || a->member > b->member) \
		return a->member < b->member ? -1 : 1

static int compare_answers(const void *left, const void *right)
{
	const struct answer *a = left, *b = right;
	ORDER(person);
	ORDER(insats);
	ORDER(instrument);
	ORDER(tillfalle);
	ORDER(datum);
	ORDER(varde);
	return 0;
}

static struct answer *load_answers(const struct table_in *in)
{
	struct answer *answer = arena_take(in->arena, in->rows, sizeof *answer, in->linking->error);
	const uint32_t *insats = load_ranks(in, "insats"), *instrument = load_ranks(in, "instrument");
	const uint16_t *tillfalle = load(in, "tillfalle", COLUMN_U16);
	const int32_t *datum = load(in, "datum", COLUMN_I32);
	const double *varde = load(in, "varde", COLUMN_F64);
	if (answer == NULL || insats == NULL || instrument == NULL || tillfalle == NULL || datum == NULL || varde == NULL)
		return NULL;
	for (size_t i = 0; i < in->rows; i++)
		answer[i] = (struct answer){ .file = file_of(in, EXTRACT_ENKAT, i == 0 ? 0 : answer[i - 1].file, i), .person = in->linking->person[SOURCE_ENKAT - SOURCE_SUS][i], .insats = in->insats[insats[i]],
			.instrument = instrument[i], .tillfalle = tillfalle[i], .datum = datum[i], .varde = varde[i] };
	return answer;
}

static int put_answer(struct column_writer *writer, const struct table_in *in, const struct answer *answer)
{
	column_put_u32(writer, 0, answer->person);
	column_put_u16(writer, 1, answer->insats);
	if (put_text(writer, 2, in, answer->instrument) != 0)
		return -1;
	column_put_u16(writer, 3, answer->tillfalle);
	column_put_i32(writer, 4, answer->datum);
	column_put_f64(writer, 5, answer->varde);
	return column_end_row(writer, in->linking->error);
}

static int write_answers(struct linking *linking)
{
	struct table_in in;
	struct column_writer *writer = NULL;
	struct flow *flow = &linking->counts.flow[EXTRACT_ENKAT];
	int result = open_in(&in, linking, "enkat_svar");
	struct answer *answer = result == 0 ? load_answers(&in) : NULL;
	if (answer == NULL || linking_create(&writer, linking, "enkat", enkat_columns,
				      sizeof enkat_columns / sizeof *enkat_columns) != 0) {
		result = -1;
		goto done;
	}
	qsort(answer, in.rows, sizeof *answer, compare_answers);
	uint32_t first = 0; /* file of the first of equal ones */
	for (size_t i = 0; i < in.rows && result == 0; i++) {
		if (i > 0 && compare_answers(&answer[i - 1], &answer[i]) == 0) {
			counts_duplicate(linking->duplicates, &first, answer[i].file);
			continue;
		}
		first = answer[i].file;
		if (answer[i].datum > linking->settings->period_to) {
			flow->after_period++;
		} else {
			linking->person_row[answer[i].person].kallor |= IN_ENKAT;
			result = put_answer(writer, &in, &answer[i]);
		}
	}
done:
	if (column_finish(writer, linking->error) != 0)
		result = -1;
	close_in(&in);
	return result;
}

/* ---- intresse ---- */

struct interest {
	uint32_t file; /* no value of it */
	uint16_t insats, kommun, kon, remittent, status;
	int32_t inkom, start;
	struct key arende;
};

static int compare_interests(const void *left, const void *right)
{
	const struct interest *a = left, *b = right;
	ORDER(insats);
	ORDER(kommun);
	ORDER(kon);
	ORDER(remittent);
	ORDER(inkom);
	ORDER(status);
	ORDER(start);
	return hash_key_compare(&a->arende, &b->arende);
}

static struct interest *load_interests(const struct table_in *in)
{
	struct interest *interest = arena_take(in->arena, in->rows, sizeof *interest, in->linking->error);
	const struct key *arende = load(in, "arende", COLUMN_KEY);
	const uint32_t *insats = load_ranks(in, "insats");
	const uint16_t *kommun = load(in, "kommun", COLUMN_U16), *kon = load(in, "kon", COLUMN_U16);
	const uint16_t *remittent = load(in, "remittent", COLUMN_U16), *status = load(in, "status", COLUMN_U16);
	const int32_t *inkom = load(in, "inkom", COLUMN_I32), *start = load(in, "start", COLUMN_I32);
	if (interest == NULL || arende == NULL || insats == NULL || kommun == NULL || kon == NULL || remittent == NULL ||
		status == NULL || inkom == NULL || start == NULL)
		return NULL;
	for (size_t i = 0; i < in->rows; i++)
		interest[i] = (struct interest){ .file = file_of(in, EXTRACT_INTRESSE, i == 0 ? 0 : interest[i - 1].file, i), .insats = in->insats[insats[i]], .kommun = kommun[i], .kon = kon[i],
			.remittent = remittent[i], .status = status[i], .inkom = inkom[i], .start = start[i],
			.arende = arende[i] };
	return interest;
}

static int put_interest(struct column_writer *writer, const struct interest *interest, struct error *error)
{
	column_put_u16(writer, 0, interest->insats);
	column_put_u16(writer, 1, interest->kommun);
	column_put_u8(writer, 2, (uint8_t)interest->kon);
	column_put_u16(writer, 3, interest->remittent);
	column_put_i32(writer, 4, interest->inkom);
	column_put_u16(writer, 5, interest->status);
	column_put_i32(writer, 6, interest->start == DATE_ONGOING ? COLUMN_NONE_I32 : interest->start);
	return column_end_row(writer, error);
}

static int write_interests(struct linking *linking)
{
	struct table_in in;
	struct column_writer *writer = NULL;
	struct flow *flow = &linking->counts.flow[EXTRACT_INTRESSE];
	int result = open_in(&in, linking, "intresse");
	struct interest *interest = result == 0 ? load_interests(&in) : NULL;
	if (interest == NULL ||
		linking_create(&writer, linking, "ko", ko_columns, sizeof ko_columns / sizeof *ko_columns) != 0) {
		result = -1;
		goto done;
	}
	qsort(interest, in.rows, sizeof *interest, compare_interests);
	uint32_t first = 0;
	for (size_t i = 0; i < in.rows && result == 0; i++) {
		if (i > 0 && compare_interests(&interest[i - 1], &interest[i]) == 0) {
			counts_duplicate(linking->duplicates, &first, interest[i].file);
			continue;
		}
		first = interest[i].file;
		if (interest[i].inkom > linking->settings->period_to)
			flow->after_period++;
		else
			result = put_interest(writer, &interest[i], linking->error);
	}
done:
	if (column_finish(writer, linking->error) != 0)
		result = -1;
	close_in(&in);
	return result;
}

int followup_write(struct linking *linking)
{
	if (write_participations(linking) != 0 || write_answers(linking) != 0)
		return -1;
	return write_interests(linking);
}
