/* The stage that makes persons of the sources' records. */
#include "stages/link/link.h"

#include <inttypes.h>
#include <stdlib.h>

#include "pipeline/base/text.h"
#include "pipeline/maths/parallel.h"
#include "stages/link/linking.h"

/* ingest's account of the files. */
static int read_delivery(struct linking *linking)
{
	struct column_file *file = NULL;
	struct arena *arena = linking->arena;
	struct error *error = linking->error;
	int result = -1;
	if (linking_open(&file, linking, "leverans") != 0)
		goto done;
	size_t rows = column_rows(file);
	struct delivered *delivered = arena_take(arena, rows, sizeof *delivered, error);
	const uint8_t *kalla = column_load(file, "kalla", COLUMN_U8, arena, error);
	const uint32_t *fil = column_load(file, "fil", COLUMN_TEXT, arena, error);
	const uint32_t *orsaker = column_load(file, "orsaker", COLUMN_TEXT, arena, error);
	const int64_t *lasta = column_load(file, "lasta", COLUMN_I64, arena, error);
	const int64_t *behallna = column_load(file, "behallna", COLUMN_I64, arena, error);
	const int64_t *avvisade = column_load(file, "avvisade", COLUMN_I64, arena, error);
	if (delivered == NULL || kalla == NULL || fil == NULL || orsaker == NULL || lasta == NULL || behallna == NULL ||
		avvisade == NULL)
		goto done;
	for (size_t i = 0; i < rows; i++) {
		const char *name = arena_print(arena, error, "%s", column_text(file, fil[i]));
		const char *reasons = arena_print(arena, error, "%s", column_text(file, orsaker[i]));
		if (name == NULL || reasons == NULL)
			goto done;
		delivered[i] = (struct delivered){ .extract = kalla[i], .file = name, .reasons = reasons, .read = lasta[i],
			.kept = behallna[i], .rejected = avvisade[i] };
	}
	linking->validation.files = rows;
	linking->validation.file = delivered;
	result = 0;
done:
	column_close(file);
	return result;
}

static int write_report(struct linking *linking)
{
	struct text json = { .arena = linking->arena }, html = { .arena = linking->arena };
	const char *json_path = run_output(linking->run, FILE_RECORD, "validation.json", linking->arena, linking->error);
	const char *html_path = run_output(linking->run, FILE_RECORD, "validation.html", linking->arena, linking->error);
	if (json_path == NULL || html_path == NULL ||
		validation_json(&linking->validation, &json, linking->error) != 0 ||
		validation_html(&linking->validation, linking->settings->namn, &html, linking->error) != 0 ||
		text_save(&json, json_path, linking->error) != 0)
		return -1;
	return text_save(&html, html_path, linking->error);
}

/* Sources pseudonymised with different keys would look like persons without overlap. */
static int check_keys(const struct linking *linking)
{
	char message[VALIDATION_MISMATCH];
	if (!linking->settings->gemensam_nyckel)
		return 0;
	if (validation_mismatch(&linking->validation, VALIDATION_MANY, message))
		return error_set(linking->error, EXIT_DATA, "%s", message);
	if (validation_mismatch(&linking->validation, VALIDATION_SOME, message))
		run_warn(linking->run, "%s", message);
	return 0;
}

static void note_counts(const struct linking *linking)
{
	uint64_t duplicates = 0, after = 0;
	for (size_t i = 0; i < EXTRACTS; i++) {
		duplicates += linking->validation.flow[i].duplicates;
		after += linking->validation.flow[i].after_period;
	}
	run_note(linking->run, "%zu persons; %" PRIu64 " duplicate rows, %" PRIu64 " rows after the period left out",
		linking->persons, duplicates, after);
}

static int work(const struct run *run, struct arena *arena, struct error *error)
{
	struct linking linking = { .run = run, .settings = run_settings(run), .arena = arena, .error = error };
	parallel_set_threads(run_jobs(run));
	int result = read_delivery(&linking) != 0 || extracts_write(&linking) != 0 ? -1 : 0;
	bool linked = result == 0 && check_keys(&linking) == 0;
	if (linked && (followup_write(&linking) != 0 || persons_write(&linking) != 0))
		result = -1;
	free(linking.person_row);
	if (result != 0)
		return -1;
	validation_count(&linking.validation);
	if (write_report(&linking) != 0 || !linked)
		return -1;
	note_counts(&linking);
	return 0;
}

static const struct file_use reads[] = {
	{ FILE_PERSONS, "fk" }, { FILE_PERSONS, "af" }, { FILE_PERSONS, "kommun" }, { FILE_PERSONS, "region" },
	{ FILE_PERSONS, "sus" }, { FILE_PERSONS, "enkat_svar" }, { FILE_PERSONS, "intresse" }, { FILE_PERSONS, "leverans" },
	{ FILE_PERSONS, NULL },
};

static const struct file_use writes[] = {
	{ FILE_PERSONS, "person" }, { FILE_PERSONS, "person_ar" }, { FILE_PERSONS, "panel" },
	{ FILE_PERSONS, "spell_fk" }, { FILE_PERSONS, "spell_af" }, { FILE_PERSONS, "bistand" },
	{ FILE_PERSONS, "kontakt" }, { FILE_PERSONS, "deltagande" }, { FILE_PERSONS, "enkat" }, { FILE_PERSONS, "ko" },
	{ FILE_RECORD, "validation.json" }, { FILE_RECORD, "validation.html" }, { FILE_RECORD, NULL },
};

const struct stage stage_link = {
	.name = "link",
	.summary = "makes persons of the sources' records: duplicates gone, attributes, months of activity",
	.reads = reads,
	.writes = writes,
	.settings = SETTINGS(NAMN) | SETTINGS(PERIOD) | SETTINGS(INSATSER),
	.work = work,
};
