/* Checksums of the publication: see sums.h. */
#include "stages/publish/sums.h"

#include <stdlib.h>
#include <string.h>

#include "pipeline/base/hash.h"
#include "pipeline/base/text.h"
#include "pipeline/maths/parallel.h"

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct published_file *)a)->name, ((const struct published_file *)b)->name);
}

/* The hashes of all files, each file by itself. */
struct hashes {
	const struct publication *publication;
	char (*text)[HASH_TEXT];
	size_t *worker;      /* the thread that hashed the file */
	struct error *error; /* of each thread: it hashes nothing after a file that failed */
};

static int hash_files(size_t block, size_t from, size_t to, void *context)
{
	struct hashes *hashes = context;
	(void)block;
	for (size_t i = from; i < to; i++) {
		hashes->worker[i] = parallel_worker();
		if (hash_file(hashes->publication->file[i].path, hashes->text[i], &hashes->error[hashes->worker[i]]) != 0)
			return -1;
	}
	return 0;
}

int sums_write(struct publication *publication, struct error *error)
{
	struct arena *arena = publication->arena;
	struct text text = { .arena = arena };
	size_t failed = 0;
	if (publication->files > 0)
		qsort(publication->file, publication->files, sizeof *publication->file, by_name);
	struct hashes hashes = { .publication = publication,
		.text = arena_take(arena, publication->files, sizeof *hashes.text, error),
		.worker = arena_take(arena, publication->files, sizeof *hashes.worker, error),
		.error = arena_take(arena, parallel_threads(), sizeof *hashes.error, error) };
	if (hashes.text == NULL || hashes.worker == NULL || hashes.error == NULL)
		return -1;
	const struct parallel_job job = { .count = publication->files, .block = 1, .work = hash_files, .context = &hashes };
	if (parallel_run(&job, &failed) != 0) {
		*error = hashes.error[hashes.worker[failed]];
		return -1;
	}
	for (size_t i = 0; i < publication->files; i++)
		if (text_add_format(&text, error, "%s  %s\n", hashes.text[i], publication->file[i].name) != 0)
			return -1;
	const char *path = run_output(publication->run, FILE_PUBLICATION, "SHA256SUMS", arena, error);
	return path == NULL ? -1 : text_save(&text, path, error);
}
