/* manifest.json: what went into a run and what each stage took. */
#include <sys/stat.h>

#include "pipeline/base/hash.h"
#include "pipeline/base/text.h"
#include "pipeline/run.h"
#include "pipeline/table/schema.h"
#include "pipeline/version.h"

static int add_input(struct text *text, const char *path, const char *shown, bool *first, struct error *error)
{
	char digest[HASH_TEXT];
	struct stat state;
	if (lstat(path, &state) != 0 || !S_ISREG(state.st_mode))
		return 0; /* what is no file was refused by ingest, which says so */
	if (hash_file(path, digest, error) != 0 || text_add_string(text, *first ? "\n" : ",\n", error) != 0 ||
		text_add_string(text, "    {\"path\": ", error) != 0 || text_add_json(text, shown, error) != 0)
		return -1;
	*first = false;
	return text_add_format(text, error, ", \"bytes\": %lld, \"sha256\": \"%s\"}", (long long)state.st_size, digest);
}

static int add_inputs(const struct run *run, struct text *text, struct error *error)
{
	bool first = true, refused = !run->use[0].ran;
	char *ini = run_path(run->arena, error, run->request->directory, "forbund.ini");
	if (ini == NULL || text_add_string(text, "  \"inputs\": [", error) != 0 ||
		add_input(text, ini, "forbund.ini", &first, error) != 0)
		return -1;
	/* of a delivery that was not accepted not even the names are repeated: they may hold a personnummer */
	for (size_t source = 0; source < EXTRACTS && !refused; source++)
		for (size_t i = 0; i < run->extracts[source]; i++)
			if (add_input(text, run->extract[source][i].path, run->extract[source][i].shown, &first, error) != 0)
				return -1;
	return text_add_string(text, "\n  ],\n", error);
}

static int add_stages(const struct run *run, struct text *text, struct error *error)
{
	if (text_add_string(text, "  \"stages\": [", error) != 0)
		return -1;
	for (size_t i = 0, listed = 0; i < stage_count; i++) {
		if (!run->use[i].ran)
			continue;
		if (text_add_format(text, error, "%s\n    {\"stage\": \"%s\", \"seconds\": %.3f, \"peak_kib\": %ld}",
			    listed++ > 0 ? "," : "", stages[i]->name, run->use[i].seconds, run->use[i].peak_kib) != 0)
			return -1;
	}
	return text_add_string(text, "\n  ]\n}\n", error);
}

int run_write_manifest(const struct run *run, bool complete, struct error *error)
{
	struct text text = { .arena = run->arena };
	char *path = run_path(run->arena, error, run->internal, "manifest.json");
	if (path == NULL ||
		text_add_format(&text, error,
			"{\n  \"program\": \"finsamstat " FINSAMSTAT_VERSION "\",\n  \"run\": \"%s\",\n"
			"  \"complete\": %s,\n  \"warnings\": %zu,\n  \"seed\": %llu,\n",
			run->name, complete ? "true" : "false", run->warnings,
			(unsigned long long)run->settings->fro) != 0 ||
		add_inputs(run, &text, error) != 0 || add_stages(run, &text, error) != 0 || run_remove(path, error) != 0)
		return -1;
	return text_save(&text, path, error);
}
