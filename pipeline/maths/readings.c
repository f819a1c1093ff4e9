/* Files of tables read beside each other: see readings.h. */
#include "pipeline/maths/readings.h"

#include "pipeline/maths/parallel.h"

static int read_file(size_t item, void *context, struct error *error)
{
	struct readings *readings = context;
	struct reading *file = &readings->file[item];
	if (file->path == NULL)
		return 0;
	file->arena = arena_new(error);
	file->cube = file->arena == NULL ? NULL : cube_read(file->table, file->path, file->arena, error);
	return file->cube == NULL ? -1 : 0;
}

int readings_read(struct readings *readings, struct error *error)
{
	return parallel_each(readings->count, read_file, readings, error);
}

void readings_free(const struct readings *readings)
{
	for (size_t i = 0; i < readings->count; i++)
		arena_free(readings->file[i].arena);
}
