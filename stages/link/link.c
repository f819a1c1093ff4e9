/* The stage that makes persons of the sources' records. */
#include "stages/link/link.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "pipeline/maths/parallel.h"
#include "stages/link/linking.h"

/* What a person's records broke, under the rule of the schemas that says so. */
static const struct {
	size_t extract; /* whose schema declares it; `all`: those of all four */
	bool all;
	enum rule_kind kind;
	const char *field, *same;
} crosschecks[CROSSCHECKS] = {
	[CROSSCHECK_KON] = { EXTRACT_FK, true, RULE_AGREES, "kon", NULL },
	[CROSSCHECK_FODELSEAR] = { EXTRACT_FK, true, RULE_AGREES, "fodelsear", NULL },
	[CROSSCHECK_KOMMUN] = { EXTRACT_FK, true, RULE_ONE_AT_A_TIME, "kommun", NULL },
	[CROSSCHECK_FORMAN] = { EXTRACT_FK, false, RULE_AT_MOST, "omfattning", "forman" },
	[CROSSCHECK_DAY] = { EXTRACT_FK, false, RULE_AT_MOST, "omfattning", NULL },
	[CROSSCHECK_AF] = { EXTRACT_AF, false, RULE_NO_OVERLAP, "fran", NULL },
};

static int put_breach(struct linking *linking, struct column_writer *writer, size_t check)
{
	const struct extract *extract = schema_extract(extract_names[crosschecks[check].extract], linking->arena, linking->error);
	if (extract == NULL)
		return -1;
	const struct extract_rule *rule = schema_rule(extract, crosschecks[check].kind, crosschecks[check].field,
		crosschecks[check].same);
	if (rule == NULL || linking->counts.broken[check] == 0)
		return 0;
	const char *const texts[] = { "", crosschecks[check].field, schema_rule_code(rule->kind), rule->label };
	column_put_u8(writer, 0, (uint8_t)(crosschecks[check].all ? EXTRACTS : crosschecks[check].extract));
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		if (column_put_text(writer, 1 + i, texts[i], strlen(texts[i]), linking->error) != 0)
			return -1;
	column_put_u8(writer, 5, (uint8_t)rule->severity);
	column_put_i64(writer, 6, (int64_t)linking->counts.broken[check]);
	return column_end_row(writer, linking->error);
}

static int write_breaches(struct linking *linking)
{
	static const struct column columns[] = { { "kalla", COLUMN_U8 }, { "fil", COLUMN_TEXT }, { "kolumn", COLUMN_TEXT },
		{ "kod", COLUMN_TEXT }, { "regel", COLUMN_TEXT }, { "allvar", COLUMN_U8 }, { "rader", COLUMN_I64 } };
	struct column_writer *writer = NULL;
	int result = linking_create(&writer, linking, "personbrott", columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < CROSSCHECKS && result == 0; i++)
		result = put_breach(linking, writer, i);
	return column_finish(writer, linking->error) == 0 ? result : -1;
}

static int put_count(struct linking *linking, struct column_writer *writer, const char *kind, size_t which, uint64_t count)
{
	if (column_put_text(writer, 0, kind, strlen(kind), linking->error) != 0)
		return -1;
	column_put_u32(writer, 1, (uint32_t)which);
	column_put_i64(writer, 2, (int64_t)count);
	return column_end_row(writer, linking->error);
}

/* What became of rows and persons, for the validation report. */
static int write_counts(struct linking *linking)
{
	static const struct column columns[] = { { "slag", COLUMN_TEXT }, { "vad", COLUMN_U32 }, { "antal", COLUMN_I64 } };
	struct column_writer *writer = NULL;
	int result = linking_create(&writer, linking, "lankning", columns, sizeof columns / sizeof *columns);
	if (result == 0)
		result = put_count(linking, writer, "personer", 0, linking->counts.persons);
	for (size_t i = 0; i < linking->files && result == 0; i++)
		result = put_count(linking, writer, "dubbletter", i, linking->duplicates[i]);
	for (size_t i = 0; i < EXTRACTS && result == 0; i++) {
		const struct flow *flow = &linking->counts.flow[i];
		if (put_count(linking, writer, "efter perioden", i, flow->after_period) != 0 ||
			put_count(linking, writer, "utelämnade", i, flow->left_out) != 0)
			result = -1;
	}
	for (size_t bits = 1; bits < IN_COMBINATIONS && result == 0; bits++)
		if (linking->counts.presence[bits] > 0)
			result = put_count(linking, writer, "närvaro", bits, linking->counts.presence[bits]);
	return column_finish(writer, linking->error) == 0 ? result : -1;
}

static void note_counts(const struct linking *linking)
{
	uint64_t duplicates = 0, after = 0;
	for (size_t i = 0; i < linking->files; i++)
		duplicates += linking->duplicates[i];
	for (size_t i = 0; i < EXTRACTS; i++)
		after += linking->counts.flow[i].after_period;
	run_note(linking->run, "%zu persons; %" PRIu64 " duplicate rows, %" PRIu64 " rows after the period left out",
		linking->persons, duplicates, after);
}

/* m01 and m02 alone look at the records of persons who take part in nothing. */
static const char *const needed_by[] = { "m01_forsorjningsmatt", "m02_malgrupp", NULL };

static int work(const struct run *run, struct arena *arena, struct error *error)
{
	struct linking linking = { .run = run, .settings = run_settings(run), .arena = arena, .error = error };
	parallel_set_threads(run_jobs(run));
	for (const char *const *table = needed_by; *table != NULL; table++)
		linking.all_records |= run_wants(run, *table);
	int result = files_read(&linking) != 0 || extracts_write(&linking) != 0 || followup_write(&linking) != 0 || persons_write(&linking) != 0 ||
		write_breaches(&linking) != 0 || write_counts(&linking) != 0 ? -1 : 0;
	free(linking.person_row);
	if (result == 0)
		note_counts(&linking);
	return result;
}

static const struct file_use reads[] = {
	{ FILE_PERSONS, "fk" }, { FILE_PERSONS, "af" }, { FILE_PERSONS, "kommun" }, { FILE_PERSONS, "region" },
	{ FILE_PERSONS, "sus" }, { FILE_PERSONS, "enkat_svar" }, { FILE_PERSONS, "intresse" },
	{ FILE_PERSONS, "leverans" }, { FILE_PERSONS, NULL },
};

static const struct file_use writes[] = {
	{ FILE_PERSONS, "person" }, { FILE_PERSONS, "person_ar" }, { FILE_PERSONS, "panel" },
	{ FILE_PERSONS, "spell_fk" }, { FILE_PERSONS, "spell_af" }, { FILE_PERSONS, "bistand" },
	{ FILE_PERSONS, "kontakt" }, { FILE_PERSONS, "deltagande" }, { FILE_PERSONS, "enkat" }, { FILE_PERSONS, "ko" },
	{ FILE_PERSONS, "lankning" }, { FILE_PERSONS, "personbrott" }, { FILE_PERSONS, NULL },
};

const struct stage stage_link = {
	.name = "link",
	.summary = "makes persons of the sources' records: duplicates gone, attributes, months of activity",
	.reads = reads,
	.writes = writes,
	.needed_by = needed_by,
	.settings = SETTINGS(PERIOD) | SETTINGS(INSATSER),
	.work = work,
};
