/* The command `verify`: whether a run's inputs, program and files still are what its manifest says, and whether the run comes
   out the same when it is done again. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "pipeline/base/file.h"
#include "pipeline/base/hash.h"
#include "pipeline/base/text.h"
#include "pipeline/commands/command.h"
#include "pipeline/run/past.h"
#include "pipeline/run/reuse.h"

struct finding {
	const char *what, *file;
};

struct verification {
	const struct past *past;
	struct arena *arena;
	struct error *error;
	struct finding *finding;
	size_t findings, capacity, checked;
	struct error *unread; /* what could not be read: it is neither as it was nor otherwise */
	bool inputs_differ; /* then doing the run again would say nothing */
};

static int add_finding(struct verification *verification, const char *what, const char *file)
{
	struct finding *grown = arena_grow(verification->arena, verification->finding, verification->findings,
		verification->findings + 1, &verification->capacity, sizeof *grown, verification->error);
	char *copy = grown == NULL ? NULL : arena_text(verification->arena, file, strlen(file), verification->error);
	if (copy == NULL)
		return -1;
	verification->finding = grown;
	grown[verification->findings++] = (struct finding){ what, copy };
	return 0;
}

/* Compares a file with the hash that it had. */
static int check_file(struct verification *verification, const char *path, const char *shown, const char *hash)
{
	char digest[HASH_TEXT];
	struct stat state;
	if (hash[0] == '\0')
		return 0; /* what was no file then */
	verification->checked++;
	int found = file_look(path, &state, verification->unread);
	if (found == 0)
		return add_finding(verification, "gone", shown);
	if (found == 1 && !S_ISREG(state.st_mode))
		return add_finding(verification, "no file", shown);
	if (found < 0 || hash_file(path, digest, verification->unread) != 0)
		return add_finding(verification, "unreadable", shown);
	return strcmp(digest, hash) == 0 ? 0 : add_finding(verification, "changed", shown);
}

/* ---- what the manifest names ---- */

/* The path of an input: beside forbund.ini, or in the folder of extracts. */
static char *input_path(const struct verification *verification, const char *file)
{
	const struct document *manifest = verification->past->manifest;
	const char *slash = strchr(file, '/'), *extracts = document_text(manifest, "extracts");
	if (slash == NULL || extracts[0] == '\0')
		return arena_print(verification->arena, verification->error, "%s/%s%s", document_text(manifest, "directory"),
			slash == NULL ? "" : "extrakt/", slash == NULL ? file : slash + 1);
	return arena_print(verification->arena, verification->error, "%s/%s", extracts, slash + 1);
}

static int check_inputs(struct verification *verification)
{
	const struct document *inputs = document_member(verification->past->manifest, "inputs");
	for (size_t i = 0; i < inputs->count; i++) {
		const char *file = document_text(&inputs->item[i], "file");
		char *path = input_path(verification, file);
		if (path == NULL || check_file(verification, path, file, document_text(&inputs->item[i], "sha256")) != 0)
			return -1;
	}
	verification->inputs_differ = verification->findings > 0;
	return 0;
}

static int check_program(struct verification *verification)
{
	char digest[HASH_TEXT];
	const char *name = document_text(verification->past->manifest, "program");
	verification->checked++;
	if (hash_file("/proc/self/exe", digest, verification->unread) != 0)
		return add_finding(verification, "unreadable", name);
	return strcmp(digest, document_text(verification->past->manifest, "program_sha256")) == 0 ? 0
		: add_finding(verification, "another program", name);
}

/* The tables and records that the stages wrote into the run's folder. Column files are not the run's but the latest one's. */
static int check_internal(struct verification *verification)
{
	const struct document *stages_done = document_member(verification->past->manifest, "stages");
	for (size_t i = 0; i < stages_done->count; i++) {
		const struct document *writes = document_member(&stages_done->item[i], "writes");
		for (size_t k = 0; k < writes->count; k++) {
			const char *label = document_text(&writes->item[k], "file"), *name = strchr(label, '/');
			bool record = text_starts(label, "record/");
			if (name == NULL || text_starts(label, "persons/") || text_starts(label, "publication/"))
				continue;
			const char *ending = record ? "" : text_starts(label, "aggregate/") ? ".csv" : ".cube";
			char *path = arena_print(verification->arena, verification->error, "%s/%s%s", verification->past->internal,
				record ? name + 1 : label, ending);
			char *shown = arena_print(verification->arena, verification->error, "internal/%s%s", record ? name + 1 : label, ending);
			if (path == NULL || shown == NULL || check_file(verification, path, shown, document_text(&writes->item[k], "sha256")) != 0)
				return -1;
		}
	}
	return 0;
}

/* Files below a folder of the publication that the manifest does not know. */
static int check_strangers(struct verification *verification, const char *below)
{
	char *path = arena_print(verification->arena, verification->error, "%s/%s", verification->past->published, below);
	DIR *list = path == NULL ? NULL : opendir(path);
	int result = path == NULL ? -1 : 0;
	const struct dirent *entry;
	if (path != NULL && list == NULL) {
		(void)error_system(verification->unread, errno, "%s: cannot be read", path);
		return add_finding(verification, "unreadable", path);
	}
	while (result == 0 && (result = file_next(list, path, &entry, verification->error)) == 0 && entry != NULL) {
		struct stat state;
		char *name = arena_print(verification->arena, verification->error, "%s%s", below, entry->d_name);
		char *file = name == NULL ? NULL : arena_print(verification->arena, verification->error, "%s/%s",
			verification->past->published, name);
		if (file == NULL)
			result = -1;
		else if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		else if (below[0] == '\0' && file_look(file, &state, verification->unread) == 1 && S_ISDIR(state.st_mode))
			result = check_strangers(verification, arena_print(verification->arena, verification->error, "%s/", name));
		else if (past_publication_hash(verification->past, name)[0] == '\0')
			result = add_finding(verification, "not of the run", arena_print(verification->arena, verification->error, "published/%s", name));
	}
	if (list != NULL)
		(void)closedir(list);
	return result;
}

static int check_publication(struct verification *verification)
{
	const struct document *files = past_publication(verification->past);
	for (size_t i = 0; i < files->count; i++) {
		const char *name = document_text(&files->item[i], "file");
		char *path = verification->past->published == NULL ? NULL
			: arena_print(verification->arena, verification->error, "%s/%s", verification->past->published, name);
		char *shown = arena_print(verification->arena, verification->error, "published/%s", name);
		if (shown == NULL || (path == NULL && verification->past->published != NULL))
			return -1;
		if ((path == NULL ? add_finding(verification, "gone", shown)
				  : check_file(verification, path, shown, document_text(&files->item[i], "sha256"))) != 0)
			return -1;
	}
	return verification->past->published == NULL ? 0 : check_strangers(verification, "");
}

/* ---- the run once more ---- */

/* Does the run again in a folder of its own, which is removed, and compares every published file with the manifest's. */
static int check_again(struct verification *verification)
{
	const struct document *manifest = verification->past->manifest, *files = document_member(manifest, "publication");
	struct arena *arena = verification->arena;
	struct run *again = arena_take(arena, 1, sizeof *again, verification->error);
	struct error *failed = arena_take(arena, 1, sizeof *failed, verification->error);
	char *out = arena_print(arena, verification->error, "%s/internal/.verify-%ld", verification->past->out, (long)getpid());
	if (again == NULL || failed == NULL || out == NULL || run_make_folder(out, 0700, verification->error) != 0)
		return -1;
	const struct document *extracts = document_member(manifest, "extracts"), *period = document_member(manifest, "period"),
		*tables = document_member(manifest, "tables");
	const struct run_request request = { .directory = document_text(manifest, "directory"), .out = out, .quiet = true,
		.silent = true, .extracts = extracts->kind == DOCUMENT_TEXT ? extracts->text : NULL,
		.period = period->kind == DOCUMENT_TEXT ? period->text : NULL,
		.tables = tables->kind == DOCUMENT_TEXT ? tables->text : NULL, .base = verification->past };
	int result = 0;
	if (run_all(again, &request, arena, failed) != 0) {
		result = add_finding(verification, "cannot be done again", failed->message[0]);
		if (failed->code == EXIT_IO)
			(void)error_set(verification->unread, EXIT_IO, "the run cannot be done again: %s", failed->message[0]);
	}
	for (size_t i = 0; i < files->count && result == 0 && again->publication != NULL; i++) {
		const char *name = document_text(&files->item[i], "file");
		char *path = arena_print(arena, verification->error, "%s/%s", again->publication, name);
		char *shown = arena_print(arena, verification->error, "published/%s", name);
		size_t before = verification->findings;
		result = path == NULL || shown == NULL ? -1
						       : check_file(verification, path, shown, document_text(&files->item[i], "sha256"));
		if (verification->findings > before)
			verification->finding[before].what = "comes out otherwise now";
	}
	struct error left = { 0 };
	if (run_remove(out, &left) != 0 && result == 0)
		return error_set(verification->error, left.code, "%s", left.message[0]);
	return result;
}

static int verify(struct verification *verification, bool again)
{
	if (check_inputs(verification) != 0 || check_program(verification) != 0 || check_internal(verification) != 0 ||
		check_publication(verification) != 0)
		return -1;
	if (!again || verification->inputs_differ || !verification->past->complete)
		return 0;
	return check_again(verification);
}

static int print_json(const struct verification *verification)
{
	struct text text = { .arena = verification->arena };
	if (text_add_format(&text, verification->error, "{\"run\":\"%s\",\"checked\":%zu,\"differences\":[",
		    verification->past->name, verification->checked) != 0)
		return -1;
	for (size_t i = 0; i < verification->findings; i++)
		if (text_add_format(&text, verification->error, "%s{\"what\":\"%s\",\"file\":", i > 0 ? "," : "",
			    verification->finding[i].what) != 0 ||
			text_add_json(&text, verification->finding[i].file, verification->error) != 0 ||
			text_add_string(&text, "}", verification->error) != 0)
			return -1;
	(void)printf("%s]}\n", text.bytes);
	return 0;
}

enum exit_code command_verify(struct arguments *arguments, struct arena *arena, struct error *error)
{
	struct verification verification = { .arena = arena, .error = error, .unread = arena_take(arena, 1, sizeof(struct error), error) };
	if (verification.unread != NULL)
		verification.past = past_open(arguments->operand[0], arguments->request.out, arena, error);
	if (verification.past == NULL || verify(&verification, !arguments->files_only) != 0 ||
		(arguments->json && print_json(&verification) != 0)) {
		command_errors("verify", error);
		return error->code;
	}
	for (size_t i = 0; i < verification.findings && !arguments->json; i++)
		(void)printf("%s: %s\n", verification.finding[i].what, verification.finding[i].file);
	if (!arguments->json && verification.findings == 0)
		(void)printf("%s: %zu files as the run left them%s\n", verification.past->name, verification.checked,
			arguments->files_only || !verification.past->complete ? "" : "; done again it comes out the same");
	else if (!arguments->json && verification.inputs_differ)
		(void)printf("The inputs are not those of the run; it was not done again.\n");
	if (verification.unread->count > 0) {
		command_errors("verify", verification.unread);
		return verification.unread->code;
	}
	return verification.findings == 0 ? EXIT_DONE : EXIT_DATA;
}
