/* The stage that judges the delivery as a whole: rules over persons and sources, drift, and the validation report. */
#include "stages/validate/validate.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "pipeline/base/file.h"
#include "pipeline/maths/parallel.h"
#include "pipeline/table/column/column.h"
#include "stages/validate/drift.h"
#include "stages/validate/economy.h"
#include "stages/validate/participations.h"
#include "stages/validate/profile.h"
#include "stages/validate/sources.h"

#define PROFILED ((size_t)EXTRACT_PRISLISTA) /* the extracts before it */

struct validating {
	const struct run *run;
	const struct settings *settings;
	struct arena *arena;
	struct error *error;
	const struct extract *extract[EXTRACTS];
	struct delivered_file *file;
	struct list list;
	size_t told;             /* breaches that ingest has told */
	struct profile profile;
	struct validation validation;
};

static int open_input(struct column_file **file, const struct validating *validating, const char *name)
{
	const char *path = run_input(validating->run, FILE_PERSONS, name, validating->arena, validating->error);
	return path == NULL ? -1 : column_open(file, path, validating->error);
}

/* A text of a column file, copied; NULL with the error set. */
static const char *copy(const struct validating *validating, const struct column_file *file, uint32_t index)
{
	const char *text = column_text(file, index);
	return arena_text(validating->arena, text, strlen(text), validating->error);
}

/* ---- what the stages before have found ---- */

/* ingest's account of the files. */
static int read_files(struct validating *validating)
{
	struct column_file *file = NULL;
	struct arena *arena = validating->arena;
	struct error *error = validating->error;
	int result = -1;
	if (open_input(&file, validating, "leverans") != 0)
		goto done;
	size_t rows = column_rows(file);
	struct delivered_file *delivered = arena_take(arena, rows, sizeof *delivered, error);
	const uint8_t *kalla = column_load(file, "kalla", COLUMN_U8, arena, error);
	const uint32_t *fil = column_load(file, "fil", COLUMN_TEXT, arena, error);
	const uint32_t *saknade = column_load(file, "saknade", COLUMN_TEXT, arena, error);
	const int64_t *lasta = column_load(file, "lasta", COLUMN_I64, arena, error);
	const int64_t *behallna = column_load(file, "behallna", COLUMN_I64, arena, error);
	const int64_t *avvisade = column_load(file, "avvisade", COLUMN_I64, arena, error);
	if (delivered == NULL || kalla == NULL || fil == NULL || saknade == NULL || lasta == NULL || behallna == NULL ||
		avvisade == NULL)
		goto done;
	for (size_t i = 0; i < rows; i++) {
		delivered[i] = (struct delivered_file){ .extract = kalla[i], .file = copy(validating, file, fil[i]),
			.absent = copy(validating, file, saknade[i]), .read = lasta[i], .kept = behallna[i], .rejected = avvisade[i] };
		if (delivered[i].file == NULL || delivered[i].absent == NULL)
			goto done;
	}
	validating->file = delivered;
	validating->validation.files = rows;
	validating->validation.file = delivered;
	result = 0;
done:
	column_close(file);
	return result;
}

/* Rules that ingest or link found broken. */
static int read_breaches(struct validating *validating, const char *name, const char *unit)
{
	static const char *const text_names[] = { "fil", "kolumn", "kod", "regel" };
	enum { TEXTS = sizeof text_names / sizeof *text_names };
	struct column_file *file = NULL;
	const uint32_t *text[TEXTS];
	int result = open_input(&file, validating, name);
	const uint8_t *kalla = NULL, *allvar = NULL;
	const int64_t *rader = NULL;
	if (result == 0 && ((kalla = column_load(file, "kalla", COLUMN_U8, validating->arena, validating->error)) == NULL ||
		(allvar = column_load(file, "allvar", COLUMN_U8, validating->arena, validating->error)) == NULL ||
		(rader = column_load(file, "rader", COLUMN_I64, validating->arena, validating->error)) == NULL))
		result = -1;
	for (size_t i = 0; i < TEXTS && result == 0; i++)
		if ((text[i] = column_load(file, text_names[i], COLUMN_TEXT, validating->arena, validating->error)) == NULL)
			result = -1;
	for (size_t row = 0; result == 0 && row < column_rows(file); row++) {
		const struct breach breach = { .extract = kalla[row], .file = copy(validating, file, text[0][row]),
			.column = copy(validating, file, text[1][row]), .code = copy(validating, file, text[2][row]),
			.label = copy(validating, file, text[3][row]), .severity = (enum severity)allvar[row], .count = rader[row],
			.unit = unit };
		result = breach.file == NULL || breach.column == NULL || breach.code == NULL || breach.label == NULL
			? -1 : list_breach(&validating->list, &breach, validating->error);
	}
	column_close(file);
	return result;
}

/* Whose numbers link gives (stages/README.md). */
static void take_count(struct validating *validating, const char *kind, uint32_t which, uint64_t count)
{
	struct validation *validation = &validating->validation;
	if (strcmp(kind, "dubbletter") == 0 && which < validation->files) {
		validating->file[which].duplicates += (int64_t)count;
		validating->file[which].kept -= (int64_t)count;
	} else if (strcmp(kind, "personer") == 0)
		validation->persons = count;
	else if (strcmp(kind, "närvaro") == 0 && which < IN_COMBINATIONS)
		validation->presence[which] = count;
	else if (which >= EXTRACTS)
		return;
	else if (strcmp(kind, "efter perioden") == 0)
		validation->flow[which].after_period = count;
	else if (strcmp(kind, "utelämnade") == 0)
		validation->flow[which].left_out = count;
}

static int read_linked(struct validating *validating)
{
	struct column_file *file = NULL;
	int result = open_input(&file, validating, "lankning");
	const uint32_t *slag = NULL;
	const uint32_t *vad = NULL;
	const int64_t *antal = NULL;
	if (result == 0 && ((slag = column_load(file, "slag", COLUMN_TEXT, validating->arena, validating->error)) == NULL ||
		(vad = column_load(file, "vad", COLUMN_U32, validating->arena, validating->error)) == NULL ||
		(antal = column_load(file, "antal", COLUMN_I64, validating->arena, validating->error)) == NULL))
		result = -1;
	for (size_t row = 0; result == 0 && row < column_rows(file); row++)
		take_count(validating, column_text(file, slag[row]), vad[row], (uint64_t)antal[row]);
	column_close(file);
	validating->validation.linked = true;
	return result;
}

/* ---- the profile ---- */

/* Persons of a source, and those in another one too. */
static void count_persons(struct validating *validating, size_t source, unsigned bit)
{
	for (unsigned bits = 1; bits < IN_COMBINATIONS; bits++) {
		if ((bits & bit) == 0)
			continue;
		validating->profile.source[source].persons += validating->validation.presence[bits];
		if (bits != bit)
			validating->profile.source[source].elsewhere += validating->validation.presence[bits];
	}
}

/* Rows of the file in its source's column file: duplicates stand there too. */
static uint64_t rows_on_file(const struct delivered_file *file)
{
	return (uint64_t)(file->kept + file->duplicates);
}

/* The measuring of a source, beside that of others. */
struct measurement {
	struct column_file *columns;
	struct profile_file *file;
	size_t files;
};

static int open_source(const struct validating *validating, size_t source, struct measurement *measurement)
{
	const char *name = source == EXTRACT_ENKAT ? "enkat_svar" : extract_names[source];
	size_t files = validating->validation.files;
	measurement->file = arena_take(validating->arena, files, sizeof *measurement->file, validating->error);
	if (measurement->file == NULL || open_input(&measurement->columns, validating, name) != 0)
		return -1;
	for (size_t i = 0; i < files; i++)
		if (validating->file[i].extract == source)
			measurement->file[measurement->files++] =
				(struct profile_file){ .name = validating->file[i].file, .rows = rows_on_file(&validating->file[i]) };
	return 0;
}

/* The parts of all sources, one source's after the other's. */
static int measure_part(size_t block, size_t from, size_t to, void *context)
{
	struct profiling *const *profiling = context;
	(void)block;
	(void)to;
	while (from >= profile_parts(*profiling))
		from -= profile_parts(*profiling++);
	profile_measure(*profiling, from);
	return 0;
}

static int measure_sources(struct validating *validating)
{
	struct measurement source[PROFILED] = { { .files = 0 } };
	struct profiling *profiling[PROFILED];
	struct parallel_job job = { .block = 1, .work = measure_part, .context = profiling };
	int result = 0;
	for (size_t i = 0; i < PROFILED && result == 0; i++) {
		result = open_source(validating, i, &source[i]) != 0 ? -1
			: profile_begin(&profiling[i], &validating->profile.source[i], source[i].columns, validating->extract[i], source[i].file,
				source[i].files, validating->arena, validating->error);
		job.count += result == 0 ? profile_parts(profiling[i]) : 0;
	}
	if (result == 0)
		result = parallel_run(&job, NULL);
	for (size_t i = 0; i < PROFILED; i++) {
		if (result == 0)
			result = profile_end(profiling[i], validating->error);
		column_close(source[i].columns);
	}
	return result;
}

static int make_profile(struct validating *validating)
{
	static const struct {
		size_t source;
		unsigned bit;
	} persons[] = { { EXTRACT_FK, IN_FK }, { EXTRACT_AF, IN_AF }, { EXTRACT_KOMMUN, IN_KOM }, { EXTRACT_REGION, IN_REG },
		{ EXTRACT_SUS, IN_SUS }, { EXTRACT_ENKAT, IN_ENKAT } };
	validating->profile.forbund = validating->settings->namn;
	if (measure_sources(validating) != 0)
		return -1;
	for (size_t i = 0; i < sizeof persons / sizeof *persons; i++)
		count_persons(validating, persons[i].source, persons[i].bit);
	const char *path = run_output(validating->run, FILE_RECORD, "profile.csv", validating->arena, validating->error);
	return path == NULL ? -1 : profile_write(&validating->profile, path, validating->error);
}

/* ---- judging ---- */

/* Says which files hold the very rows of a file of the run compared with. */
static void find_same(struct validating *validating, const struct profile *before)
{
	size_t at[EXTRACTS] = { 0 }, same = 0;
	for (size_t i = 0; i < validating->validation.files; i++) {
		struct delivered_file *file = &validating->file[i];
		const struct profile_source *now = &validating->profile.source[file->extract], *then = &before->source[file->extract];
		if (file->extract >= EXTRACT_PRISLISTA || rows_on_file(file) == 0)
			continue;
		while (at[file->extract] < now->files && strcmp(now->file[at[file->extract]].name, file->file) != 0)
			at[file->extract]++;
		for (size_t k = 0; k < then->files && at[file->extract] < now->files; k++)
			if (then->file[k].rows == rows_on_file(file) &&
				strcmp(then->file[k].print, now->file[at[file->extract]].print) == 0)
				file->same = then->file[k].name;
		same += file->same != NULL;
	}
	if (same > 0)
		run_note(validating->run, "%zu file%s the very same rows as in the run %s: delivered again", same,
			same == 1 ? " holds" : "s hold", validating->validation.reference);
}

static int compare(struct validating *validating)
{
	const char *name = run_compared(validating->run);
	const char *path = run_input(validating->run, FILE_EARLIER, "profile.csv", validating->arena, validating->error);
	struct profile before;
	bool there;
	if (path == NULL || file_is_there(path, &there, validating->error) != 0)
		return -1;
	if (name == NULL)
		return 0; /* the first delivery */
	if (!there) {
		run_note(validating->run, "the run %s is gone: nothing is compared", name);
		return 0;
	}
	struct error *damage = arena_take(validating->arena, 1, sizeof *damage, validating->error);
	if (damage == NULL)
		return -1;
	if (profile_read(&before, path, validating->arena, damage) != 0 && damage->code == EXIT_DATA) {
		run_warn(validating->run, "the run %s cannot be compared with, its profile is damaged: %s", name, damage->message[0]);
		return 0;
	}
	if (damage->count > 0) {
		error_join(validating->error, damage);
		return -1;
	}
	if (strcmp(before.forbund, validating->settings->namn) != 0) {
		run_note(validating->run, "the run %s is of another förbund: nothing is compared", name);
		return 0;
	}
	validating->validation.reference = name;
	find_same(validating, &before);
	return drift_compare(&validating->list, &before, &validating->profile, validating->settings, validating->error);
}

/* Sources pseudonymised with different keys would look like persons without overlap. */
static int check_keys(struct validating *validating)
{
	char message[SOURCES_MISMATCH];
	bool many = sources_mismatch(validating->validation.presence, SOURCES_MANY, message);
	if (!validating->settings->gemensam_nyckel || (!many && !sources_mismatch(validating->validation.presence, SOURCES_SOME, message)))
		return 0;
	const struct breach breach = { .extract = EXTRACTS, .file = "", .column = "pid", .code = "DIFFERENT_KEYS",
		.label = arena_print(validating->arena, validating->error, "%s", message), .severity = many ? SEVERITY_REFUSE
		: SEVERITY_WARNING, .count = 1, .unit = "source" };
	return breach.label == NULL ? -1 : list_breach(&validating->list, &breach, validating->error);
}

/* On the terminal, and where it refuses among the errors. */
static void tell(const struct validating *validating)
{
	for (size_t i = validating->told; i < validating->list.breaches; i++) {
		const struct breach *breach = &validating->list.breach[i];
		const char *where = breach->file[0] != '\0' ? breach->file
			: breach->extract < EXTRACTS ? extract_names[breach->extract] : "all sources";
		char column[64] = "";
		if (breach->column[0] != '\0')
			(void)snprintf(column, sizeof column, "column '%s'", breach->column);
		const struct error_place place = { .file = where, .column = column[0] == '\0' ? NULL : column, .code = breach->code };
		if (breach->severity == SEVERITY_REFUSE)
			(void)error_at(validating->error, &place, "%s (%s: %" PRId64 ")", breach->label, breach->unit, breach->count);
		else
			run_warn(validating->run, "%s: %s%s%s: %s (%s%s: %" PRId64 ")", where, column, column[0] == '\0' ? "" : ": ", breach->code,
				breach->label, column[0] == '\0' ? "" : "not so; ", breach->unit, breach->count);
	}
	for (size_t i = 0; i < validating->list.changes; i++) {
		const struct change *change = &validating->list.change[i];
		const char *name = extract_names[change->extract];
		const struct error_place place = { .file = name, .code = "DRIFT" };
		if (change->told && change->severity == SEVERITY_REFUSE)
			(void)error_at(validating->error, &place, "%s: %s, but %s in the run %s: refused by [gränser] drift "
				"avvisa", change->what, change->now, change->before, validating->validation.reference);
		else if (change->told)
			run_warn(validating->run, "%s: DRIFT: %s: %s, but %s in the run %s", name, change->what, change->now,
				change->before, validating->validation.reference);
	}
}

static int write_report(struct validating *validating)
{
	struct arena *arena = validating->arena;
	struct text json = { .arena = arena }, html = { .arena = arena };
	struct validation *validation = &validating->validation;
	struct error later = { 0 };
	validation->title = validating->settings->namn;
	validation->why = validating->error;
	validation->breaches = validating->list.breaches;
	validation->breach = validating->list.breach;
	validation->changes = validating->list.changes;
	validation->change = validating->list.change;
	validation_count(validation);
	const char *json_path = run_output(validating->run, FILE_RECORD, "validation.json", arena, &later);
	const char *html_path = run_output(validating->run, FILE_RECORD, "validation.html", arena, &later);
	if (json_path == NULL || html_path == NULL || validation_json(validation, &json, &later) != 0 ||
		validation_html(validation, &html, &later) != 0 || text_save(&json, json_path, &later) != 0 ||
		text_save(&html, html_path, &later) != 0) {
		error_join(validating->error, &later);
		return -1;
	}
	return 0;
}

static int check_economy(struct validating *validating)
{
	struct column_file *rows = NULL;
	int result = open_input(&rows, validating, "ekonomi");
	if (result == 0)
		result = economy_check(&validating->list, rows, validating->extract[EXTRACT_EKONOMI], validating->settings,
			validating->error);
	column_close(rows);
	return result;
}

static int judge(struct validating *validating)
{
	struct error *error = validating->error;
	for (size_t i = 0; i < EXTRACTS; i++)
		if ((validating->extract[i] = schema_extract(extract_names[i], validating->arena, error)) == NULL)
			return -1;
	if (read_files(validating) != 0 || read_breaches(validating, "regelbrott", "rows") != 0)
		return -1;
	validating->told = validating->list.breaches;
	struct column_file *deltagande = NULL;
	int result = open_input(&deltagande, validating, "deltagande");
	if (result == 0)
		result = participations_check(&validating->list, deltagande, validating->extract[EXTRACT_SUS], error);
	column_close(deltagande);
	if (result != 0 || read_breaches(validating, "personbrott", "persons") != 0 || read_linked(validating) != 0 ||
		make_profile(validating) != 0 || check_keys(validating) != 0 ||
		sources_twice(&validating->list, &validating->profile, error) != 0 ||
		sources_check(&validating->list, &validating->profile, validating->extract, validating->settings, error) != 0 ||
		check_economy(validating) != 0)
		return -1;
	return compare(validating);
}

static int work(const struct run *run, struct arena *arena, struct error *error)
{
	struct validating *validating = arena_take(arena, 1, sizeof *validating, error);
	if (validating == NULL)
		return -1;
	*validating = (struct validating){ .run = run, .settings = run_settings(run), .arena = arena, .error = error,
		.list = { .arena = arena } };
	parallel_set_threads(run_jobs(run));
	int result = judge(validating);
	if (result == 0) {
		tell(validating);
		result = write_report(validating);
	}
	return result == 0 && error->count == 0 ? 0 : -1;
}

static const struct file_use reads[] = {
	{ FILE_PERSONS, "fk" }, { FILE_PERSONS, "af" }, { FILE_PERSONS, "kommun" }, { FILE_PERSONS, "region" },
	{ FILE_PERSONS, "sus" }, { FILE_PERSONS, "volym" }, { FILE_PERSONS, "enkat_svar" }, { FILE_PERSONS, "intresse" },
	{ FILE_PERSONS, "ekonomi" }, { FILE_PERSONS, "leverans" }, { FILE_PERSONS, "regelbrott" },
	{ FILE_PERSONS, "lankning" }, { FILE_PERSONS, "personbrott" }, { FILE_PERSONS, "deltagande" },
	{ FILE_EARLIER, "profile.csv" }, { FILE_PERSONS, NULL },
};

static const struct file_use writes[] = {
	{ FILE_RECORD, "profile.csv" }, { FILE_RECORD, "validation.json" }, { FILE_RECORD, "validation.html" },
	{ FILE_RECORD, NULL },
};

const struct stage stage_validate = {
	.name = "validate",
	.summary = "judges the delivery as a whole: persons, sources, drift; writes the validation report",
	.reads = reads,
	.writes = writes,
	.settings = SETTINGS(NAMN) | SETTINGS(KOMMUNER) | SETTINGS(PERIOD) | SETTINGS(INSATSER) | SETTINGS(INGAR_I) |
		SETTINGS(GRANSER),
	.work = work,
};
