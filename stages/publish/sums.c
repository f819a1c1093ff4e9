/* Checksums of the publication: see sums.h. */
#include "stages/publish/sums.h"

#include <stdlib.h>
#include <string.h>

#include "pipeline/base/hash.h"
#include "pipeline/base/text.h"

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct published_file *)a)->name, ((const struct published_file *)b)->name);
}

int sums_write(struct publication *publication, struct error *error)
{
	struct text text = { .arena = publication->arena };
	char hash[HASH_TEXT];
	if (publication->files > 0)
		qsort(publication->file, publication->files, sizeof *publication->file, by_name);
	for (size_t i = 0; i < publication->files; i++)
		if (hash_file(publication->file[i].path, hash, error) != 0 ||
			text_add_format(&text, error, "%s  %s\n", hash, publication->file[i].name) != 0)
			return -1;
	const char *path = run_output(publication->run, FILE_PUBLICATION, "SHA256SUMS", publication->arena, error);
	return path == NULL ? -1 : text_save(&text, path, error);
}
