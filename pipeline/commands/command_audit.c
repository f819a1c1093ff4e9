/* The command `audit`: do protected frequency tables, or a publication, give small counts away? */
#define _DEFAULT_SOURCE /* realpath */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "pipeline/base/file.h"
#include "pipeline/commands/command.h"
#include "pipeline/table/schema/document.h"
#include "stages/audit/audit_publication.h"
#include "stages/audit/file/audit_file.h"

#define THRESHOLD 5 /* counts from 1 to 4 are small */

/* Where a publication lies, and what its run had before protection, where that is still there. */
struct folders {
	const char *published, *internal;
};

static const char *published_path(const void *context, const char *name, struct arena *arena, struct error *error)
{
	return run_path(arena, error, ((const struct folders *)context)->published, name);
}

static const char *before_path(const void *context, const char *table, struct arena *arena, struct error *error)
{
	return arena_print(arena, error, "%s/aggregate/%s.csv", ((const struct folders *)context)->internal, table);
}

static const char *support_path(const void *context, const char *cube, struct arena *arena, struct error *error)
{
	return arena_print(arena, error, "%s/support/%s.cube", ((const struct folders *)context)->internal, cube);
}

static const char *record_path(const void *context, const char *name, struct arena *arena, struct error *error)
{
	return run_path(arena, error, ((const struct folders *)context)->internal, name);
}

/* The run's settings, and the ledger of its förbund, which is read by them. Nothing where the run's own folder is gone. */
static int find_settings(const char *internal, struct audit_place *place, struct arena *arena, struct error *error)
{
	char *path = run_path(arena, error, internal, "manifest.json");
	bool there;
	if (path == NULL || file_is_there(path, &there, error) != 0)
		return -1;
	if (!there)
		return 0;
	const struct document *manifest = document_read(path, arena, error);
	const char *directory = manifest == NULL ? NULL : document_text(manifest, "directory");
	char *entries = directory == NULL ? NULL : run_path(arena, error, directory, "huvudbok.csv");
	char *key = entries == NULL ? NULL : run_path(arena, error, directory, "huvudbok.nyckel");
	place->earlier.ledger = key == NULL ? NULL : ledger_open(entries, key, arena, error);
	if (place->earlier.ledger == NULL)
		return -1;
	const struct document *period = document_member(manifest, "period");
	const struct settings *settings = settings_read(internal, period->kind == DOCUMENT_TEXT ? period->text : NULL, arena, error);
	if (settings == NULL)
		return -1;
	place->dominans = settings->dominans;
	place->earlier.settings = settings;
	return 0;
}

/* Refuses a run of an older program, which kept the contributions and inhabitants as text: without them the audit would say that all is well of what it
   has not looked at. -1 with the error set (EXIT_NO_EXTRACT). */
static int refuse_older(const char *internal, struct arena *arena, struct error *error)
{
	static const char *const needed[] = { "befolkning_celler", "dominans_forman", "dominans_aktor", "dominans_poster" };
	for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
		const char *text = arena_print(arena, error, "%s/support/%s.csv", internal, needed[i]);
		const char *packed = arena_print(arena, error, "%s/support/%s.cube", internal, needed[i]);
		bool older = false, there = false;
		if (text == NULL || packed == NULL || file_is_there(text, &older, error) != 0 || file_is_there(packed, &there, error) != 0)
			return -1;
		if (older && !there)
			return error_set(error, EXIT_NO_EXTRACT, "%s: the run is of an older program, whose support/%s.csv is not read any more: run it again to audit it",
				internal, needed[i]);
	}
	return 0;
}

/* A publication and the folder of what its run had before protection, which need not be there. */
static int audit_folders(const struct folders *folders, int64_t threshold, struct audit_account *account, struct text *findings,
	struct arena *arena, struct error *error)
{
	struct audit_place place = { .context = folders, .published = published_path, .before = before_path, .support = support_path,
		.record = record_path };
	if (refuse_older(folders->internal, arena, error) != 0 || find_settings(folders->internal, &place, arena, error) != 0)
		return -1;
	return audit_publication(&place, threshold, account, findings, arena, error);
}

int command_audit_publication(const char *published, const char *internal, int64_t threshold, struct arena *arena, struct error *error)
{
	struct audit_account account;
	struct text findings = { .arena = arena };
	return audit_folders(&(struct folders){ published, internal }, threshold, &account, &findings, arena, error);
}

/* A publication: OUT/published/RUN, beside which OUT/internal/RUN may be. */
static int audit_folder(const char *folder, int64_t threshold, struct text *findings, struct arena *arena, struct error *error)
{
	struct audit_account account;
	char *real = realpath(folder, NULL);
	const char *slash = real == NULL ? NULL : strrchr(real, '/');
	const struct folders folders = { .published = folder,
		.internal = slash == NULL ? NULL : arena_print(arena, error, "%.*s/../internal/%s", (int)(slash - real), real, slash + 1) };
	free(real);
	if (folders.internal == NULL)
		return error_set(error, EXIT_IO, "%s: cannot be opened", folder);
	int result = audit_folders(&folders, threshold, &account, findings, arena, error);
	if (result == 0 && account.rounded)
		(void)fprintf(stderr, "finsamstat audit: every printed count is a multiple of %lld, and they add up; %zu figures of other formats agree "
				      "with data/\n", (long long)threshold, account.figures);
	else if (result == 0)
		(void)fprintf(stderr, "finsamstat audit: %zu withheld counts, %zu of them small, cannot be worked out; %zu figures of other "
				      "formats agree with data/\n", account.withheld, account.small, account.figures);
	return result;
}

static int audit_tables(const struct arguments *arguments, int64_t threshold, struct text *findings, struct error *error)
{
	struct audit_result result;
	if (audit_file(arguments->operand[0], arguments->hierarchy, threshold, &result, findings, error) != 0)
		return -1;
	(void)fprintf(stderr, "finsamstat audit: %zu cells, %zu withheld: %zu give%s a small count away\n", result.cells,
		result.withheld, result.findings, result.findings == 1 ? "s" : "");
	if (!result.searched)
		(void)fprintf(stderr, "finsamstat audit: nothing is withheld, but the codes have too many combinations to look for counts that no "
				      "table shows\n");
	error->code = result.findings > 0 ? EXIT_DISCLOSURE : EXIT_DONE;
	return 0;
}

enum exit_code command_audit(struct arguments *arguments, struct arena *arena, struct error *error)
{
	struct text findings = { .arena = arena };
	struct stat state;
	int64_t threshold = arguments->threshold == 0 ? THRESHOLD : arguments->threshold;
	bool there = stat(arguments->operand[0], &state) == 0;
	int result = there || errno == ENOENT ? 0 : error_system(error, errno, "%s: cannot be examined", arguments->operand[0]);
	if (result == 0)
		result = there && S_ISDIR(state.st_mode) ? audit_folder(arguments->operand[0], threshold, &findings, arena, error)
							 : audit_tables(arguments, threshold, &findings, error);
	if (result != 0)
		command_errors("audit", error);
	if (findings.length > 0)
		(void)fputs(findings.bytes, stdout);
	if (fflush(stdout) != 0) {
		(void)fprintf(stderr, "finsamstat audit: standard output cannot be written\n");
		return EXIT_IO;
	}
	return error->code;
}
