/* What a failed run tells: see alarm.h. The same as the table of docs/operation.md. */
#include "pipeline/history/alarm.h"

#include <string.h>

#include "pipeline/run/past.h"

/* The word as a shell reads it. */
static const char *quoted(const char *word, struct arena *arena, struct error *error)
{
	bool plain = word[0] != '\0' && word[0] != '-';
	for (const char *c = word; *c != '\0'; c++)
		plain = plain && ((unsigned char)*c >= 0x80 || strchr("/._-+,:@", *c) != NULL || (*c >= '0' && *c <= '9') ||
			(*c >= 'A' && *c <= 'Z') || (*c >= 'a' && *c <= 'z'));
	if (plain)
		return word;
	struct text text = { .arena = arena };
	int result = text_add_string(&text, "'", error);
	for (const char *c = word; *c != '\0' && result == 0; c++)
		result = *c == '\'' ? text_add_string(&text, "'\\''", error) : text_add(&text, c, 1, error);
	return result == 0 && text_add_string(&text, "'", error) == 0 ? text.bytes : NULL;
}

static const char *what_of(enum exit_code code)
{
	switch (code) {
	case EXIT_DISCLOSURE:
		return "the disclosure audit stopped the publication";
	case EXIT_USAGE:
		return "the command line is wrong";
	case EXIT_DATA:
		return "the delivery is refused";
	case EXIT_NO_EXTRACT:
		return "an extract that the settings need is missing";
	case EXIT_IO:
		return "a file cannot be read or written";
	case EXIT_LOCKED:
		return "another run works on the same results";
	case EXIT_SETTINGS:
		return "the settings are wrong";
	case EXIT_DONE:
	case EXIT_WARNINGS:
	case EXIT_BUG:
		break;
	}
	return "a fault of the program";
}

/* The words of the command line that say what was to be run. */
static const char *where_of(const struct run_request *request, struct arena *arena, struct error *error)
{
	const char *const options[][2] = { { "", request->directory }, { " --extracts ", request->extracts }, { " --out ", request->out },
		{ " --period ", request->period } };
	struct text where = { .arena = arena };
	for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
		const char *word = options[i][1] == NULL ? "" : quoted(options[i][1], arena, error);
		if (word == NULL || (options[i][1] != NULL && text_add_format(&where, error, "%s%s", options[i][0], word) != 0))
			return NULL;
	}
	return where.bytes;
}

/* Whether --period alone is at fault: forbund.ini can be read without it. */
static bool period_at_fault(const struct run *run, enum exit_code code, struct arena *arena)
{
	struct error unread = { 0 };
	return code == EXIT_SETTINGS && run->settings == NULL && run->request->period != NULL &&
		settings_read(run->request->directory, NULL, arena, &unread) != NULL;
}

static const char *next_of(const struct run *run, enum exit_code code, struct arena *arena, struct error *error)
{
	const char *out = quoted(run->out, arena, error), *where = where_of(run->request, arena, error);
	const char *stage = run->failed == NULL ? "run" : run->failed;
	if (where == NULL || out == NULL)
		return NULL;
	if (period_at_fault(run, code, arena))
		return "mend --period: YYYY-MM-DD–YYYY-MM-DD, whole months";
	switch (code) {
	case EXIT_DISCLOSURE:
		return arena_print(arena, error, "read %s/internal/latest/audit.csv and report it; do not publish by hand", out);
	case EXIT_USAGE:
		return "finsamstat help run";
	case EXIT_DATA:
		return arena_print(arena, error, "ask the supplier for a new delivery; then finsamstat check %s", where);
	case EXIT_NO_EXTRACT:
		return arena_print(arena, error, "deliver it, or change the settings; then finsamstat check %s", where);
	case EXIT_IO:
		return arena_print(arena, error, "df -h %s; ls -ld %s; then finsamstat run %s", out, out, where);
	case EXIT_LOCKED:
		return "wait for it to end";
	case EXIT_SETTINGS:
		return arena_print(arena, error, "mend forbund.ini; then finsamstat check %s", where);
	case EXIT_DONE:
	case EXIT_WARNINGS:
	case EXIT_BUG:
		break;
	}
	return arena_print(arena, error, "keep %s/internal/latest/log.jsonl and report it; then finsamstat run %s%s%s", out, where,
		strcmp(stage, "run") == 0 ? "" : " --force ", strcmp(stage, "run") == 0 ? "" : stage);
}

/* Back from the newest run to the last that published; runs that were asked for less (check) are passed over. */
static int find_since(struct alarm *alarm, const char *out, struct arena *arena, struct error *error)
{
	const char *const *names;
	size_t count;
	if (past_names(out, &names, &count, arena, error) != 0)
		return -1;
	for (size_t i = count; i-- > 0;) {
		struct error unread = { 0 };
		const struct past *past = past_open(names[i], out, arena, &unread);
		if (past == NULL)
			continue;
		if (past->complete && past->published != NULL)
			return 0;
		if (document_member(past->manifest, "failed")->kind != DOCUMENT_TEXT)
			continue;
		alarm->since = names[i];
		alarm->runs++;
	}
	return 0;
}

int alarm_make(struct alarm *alarm, const struct run *run, enum exit_code code, struct arena *arena, struct error *error)
{
	const char *stands;
	*alarm = (struct alarm){ .what = what_of(code), .stands = "" };
	if (run->out == NULL)
		return error_set(error, EXIT_BUG, "a run without OUT");
	alarm->next = next_of(run, code, arena, error);
	stands = past_latest(run->out, "published", arena, error);
	if (alarm->next == NULL || stands == NULL)
		return -1;
	alarm->stands = stands;
	return code == EXIT_LOCKED ? 0 : find_since(alarm, run->out, arena, error);
}
