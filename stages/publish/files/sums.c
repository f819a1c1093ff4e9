/* Checksums of the publication: see sums.h. */
#include "stages/publish/files/sums.h"

#include <stdlib.h>
#include <string.h>

#include "pipeline/base/hash.h"
#include "pipeline/base/text.h"
#include "pipeline/maths/parallel.h"

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct published_file *)a)->name, ((const struct published_file *)b)->name);
}

/* The hashes of the files that have none yet, each file by itself. */
struct hashes {
	const struct publication *publication;
	char (*text)[HASH_TEXT]; /* by file */
};

static int hash_one(size_t item, void *context, struct error *error)
{
	const struct hashes *hashes = context;
	struct published_file *file = &hashes->publication->file[item];
	if (file->hash != NULL)
		return 0;
	file->hash = &hashes->text[item];
	return hash_file(file->path, *file->hash, error);
}

int sums_write(struct publication *publication, struct error *error)
{
	struct arena *arena = publication->arena;
	struct text text = { .arena = arena };
	if (publication->files > 0)
		qsort(publication->file, publication->files, sizeof *publication->file, by_name);
	struct hashes hashes = { .publication = publication,
		.text = arena_take(arena, publication->files, sizeof *hashes.text, error) };
	if (hashes.text == NULL || parallel_each(publication->files, hash_one, &hashes, error) != 0)
		return -1;
	for (size_t i = 0; i < publication->files; i++)
		if (text_add_format(&text, error, "%s  %s\n", *publication->file[i].hash, publication->file[i].name) != 0)
			return -1;
	const char *path = run_output(publication->run, FILE_PUBLICATION, "SHA256SUMS", arena, error);
	return path == NULL ? -1 : text_save(&text, path, error);
}
