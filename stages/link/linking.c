/* Files opened and created, and the texts of column files ranked. */
#include <stdlib.h>
#include <string.h>

#include "stages/link/linking.h"

int linking_open(struct column_file **file, const struct linking *linking, const char *name)
{
	const char *path = run_input(linking->run, FILE_PERSONS, name, linking->arena, linking->error);
	return path == NULL ? -1 : column_open(file, path, linking->error);
}

int linking_create(struct column_writer **writer, const struct linking *linking, const char *name,
	const struct column *columns, size_t count)
{
	const char *path = run_output(linking->run, FILE_PERSONS, name, linking->arena, linking->error);
	return path == NULL ? -1 : column_create(writer, path, columns, count, linking->error);
}

struct ranked {
	const char *text;
	uint32_t index;
};

static int compare_ranked(const void *a, const void *b)
{
	return strcmp(((const struct ranked *)a)->text, ((const struct ranked *)b)->text);
}

int ranking_make(struct ranking *ranking, const struct column_file *file, struct arena *arena, struct error *error)
{
	size_t count = column_texts(file);
	struct ranked *ranked = calloc(count + 1, sizeof *ranked);
	uint32_t *rank = arena_take(arena, count, sizeof *rank, error);
	const char **text = arena_take(arena, count, sizeof *text, error);
	int result = -1;
	if (ranked == NULL || rank == NULL || text == NULL) {
		if (ranked == NULL)
			(void)error_set(error, EXIT_IO, "out of memory for texts");
		goto done;
	}
	for (size_t i = 0; i < count; i++)
		ranked[i] = (struct ranked){ column_text(file, (uint32_t)i), (uint32_t)i };
	qsort(ranked, count, sizeof *ranked, compare_ranked);
	for (size_t i = 0; i < count; i++) {
		rank[ranked[i].index] = (uint32_t)i;
		text[i] = arena_text(arena, ranked[i].text, strlen(ranked[i].text), error);
		if (text[i] == NULL)
			goto done;
	}
	*ranking = (struct ranking){ .count = count, .rank = rank, .text = text };
	result = 0;
done:
	free(ranked);
	return result;
}
