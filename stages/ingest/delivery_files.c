/* The files of a delivery: their names, limits, opening and closing; see delivery.h and delivery_parts.h. */
#include <stdio.h>
#include <string.h>

#include "stages/ingest/delivery_parts.h"
#include "stages/ingest/personnummer.h"

/* The surveys' file goes by another name: `enkat` is what link makes of it. */
const char *delivery_path(const struct run *run, const struct extract *extract, struct arena *arena, struct error *error)
{
	const char *name = strcmp(extract->name, extract_names[EXTRACT_ENKAT]) == 0 ? "enkat_svar" : extract->name;
	return run_output(run, FILE_PERSONS, name, arena, error);
}

const char *delivery_rejected(const struct run *run, size_t extract, struct arena *arena, struct error *error)
{
	const char *name = arena_print(arena, error, "avvisade_%s", extract_names[extract]);
	return name == NULL ? NULL : run_output(run, FILE_PERSONS, name, arena, error);
}

bool delivery_own_table(size_t extract)
{
	return extract >= EXTRACT_PRISLISTA;
}

struct limits delivery_limits(const struct settings *settings, size_t extract)
{
	if (delivery_own_table(extract))
		return (struct limits){ .allowed = 0, .few = 0 };
	return (struct limits){ .allowed = settings->avvisade, .few = settings->avvisade_rader, .set = true };
}

bool delivery_may_name(const struct extract_file *path)
{
	const char *slash = strrchr(path->shown, '/'), *name = slash == NULL ? path->shown : slash + 1;
	return !personnummer_within(name, strlen(name));
}

int delivery_open(const struct reader *reader, const struct lane *lane, size_t at, struct error *error)
{
	const struct csv_options options = { .one_line = !lane->own_table, .hashed = true, .kalla = lane->own_table ? NULL : extract_names[lane->extract],
		.windows_1252 = lane->kalla != NULL && lane->kalla->windows_1252 };
	return csv_open_sized(&lane->file[at].csv, lane->path[at].path, lane->path[at].shown, &options, reader->piece, error);
}

void delivery_close(struct file_reading *file)
{
	if (file->csv != NULL && !csv_hash(file->csv, file->hash))
		file->hash[0] = '\0';
	csv_close(file->csv);
	file->csv = NULL;
}
