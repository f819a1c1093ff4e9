/* The run that a run is compared with: the latest approved one, else the newest complete one that had another delivery. */
#include <string.h>

#include "pipeline/base/file.h"
#include "pipeline/base/text.h"
#include "pipeline/run/past.h"
#include "pipeline/run/reuse_key.h"
#include "pipeline/table/schema/schema.h"

/* Whether the earlier run read the same delivery. By content, and that only where names and sizes are the same. */
static int same_delivery(struct run *run, const struct past *past, bool *same, struct error *error)
{
	const struct document *inputs = document_member(past->manifest, "inputs");
	size_t files = 0, before = 0;
	for (size_t i = 0; i < inputs->count; i++)
		before += strchr(document_text(&inputs->item[i], "file"), '/') != NULL; /* those beside forbund.ini are no delivery */
	*same = false;
	for (int content = 0; content < 2; content++) {
		files = 0;
		for (size_t source = 0; source < EXTRACT_PRISLISTA; source++)
			for (size_t i = 0; i < run->extracts[source]; i++, files++) {
				const char *value = reuse_extract_value(run, &run->extract[source][i], content != 0, error);
				const char *hash = past_hash(past, "inputs", run->extract[source][i].shown);
				const char *bytes = past_bytes(past, "inputs", run->extract[source][i].shown, run->arena, error);
				if (value == NULL || bytes == NULL)
					return -1;
				if (content ? !text_ends(value, hash) || hash[0] == '\0' : strcmp(value, bytes) != 0)
					return 0;
			}
		if (files != before)
			return 0;
	}
	*same = true;
	return 0;
}

/* Of a run whose account cannot be read. A run that was killed has none, and is no run to compare with. */
static int tell_unread(struct run *run, const char *name, const struct error *unread, struct error *error)
{
	char *account = arena_print(run->arena, error, "%s/internal/%s/manifest.json", run->out, name);
	bool there;
	if (account == NULL || file_is_there(account, &there, error) != 0)
		return -1;
	if (!there)
		return 0;
	if (unread->code == EXIT_IO) {
		error_join(error, unread);
		return -1;
	}
	char *text = arena_print(run->arena, error, "the run %s cannot be compared with, its account is damaged: %s", name, unread->message[0]);
	if (text == NULL)
		return -1;
	log_event(run->log, LOG_WARNING, "run", text);
	run->warnings++;
	return 0;
}

/* The run of the name is complete: *base becomes what this run is compared with where it is the newest. */
static int judge(struct run *run, const char *name, bool *found, struct error *error)
{
	struct error unread = { 0 };
	const struct past *past = past_open(name, run->out, run->arena, &unread);
	bool same;
	if (past == NULL && tell_unread(run, name, &unread, error) != 0)
		return -1;
	*found = strcmp(name, run->name) != 0 && past != NULL && past->complete && past->published != NULL;
	if (!*found)
		return 0;
	if (same_delivery(run, past, &same, error) != 0)
		return -1;
	const char *base = document_text(past->manifest, "base"); /* of the same delivery: what that run was compared with */
	run->base = !same ? past->name : base[0] == '\0' ? NULL : base;
	return 0;
}

int run_find_base(struct run *run, struct error *error)
{
	const char *const *names;
	size_t count;
	bool found = false;
	if (run->request->base != NULL) { /* what that run was compared with */
		const char *base = document_text(run->request->base->manifest, "base");
		run->base = base[0] == '\0' ? NULL : base;
		run->base_out = run->request->base->out;
		return 0;
	}
	run->base = past_approved(run->out, 0, run->arena, error);
	if (run->base != NULL || error->count > 0)
		return error->count > 0 ? -1 : 0;
	/* the last publication, whatever its name: the clock may have been set back since */
	const char *latest = past_latest(run->out, "published", run->arena, error);
	if (latest == NULL || (latest[0] != '\0' && judge(run, latest, &found, error) != 0) ||
		(!found && past_names(run->out, &names, &count, run->arena, error) != 0))
		return -1;
	for (size_t i = found ? 0 : count; i-- > 0 && !found;)
		if (judge(run, names[i], &found, error) != 0)
			return -1;
	return 0;
}
