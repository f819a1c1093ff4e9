/* Files of tables read beside each other: see readings.h. */
#include "pipeline/maths/readings.h"

#include "pipeline/maths/parallel.h"

static int read_files(size_t block, size_t from, size_t to, void *context)
{
	struct readings *readings = context;
	(void)block;
	for (size_t i = from; i < to; i++) {
		struct reading *file = &readings->file[i];
		if (file->path == NULL)
			continue;
		file->worker = parallel_worker();
		struct error *error = &readings->error[file->worker];
		file->arena = arena_new(error);
		file->cube = file->arena == NULL ? NULL : cube_read(file->table, file->path, file->arena, error);
		if (file->cube == NULL)
			return -1;
	}
	return 0;
}

int readings_read(struct readings *readings, struct arena *arena, struct error *error)
{
	const struct parallel_job job = { .count = readings->count, .block = 1, .work = read_files, .context = readings };
	size_t failed = 0;
	readings->error = arena_take(arena, parallel_threads(), sizeof *readings->error, error);
	if (readings->error == NULL)
		return -1;
	if (parallel_run(&job, &failed) == 0)
		return 0;
	*error = readings->error[readings->file[failed].worker];
	return -1;
}

void readings_free(const struct readings *readings)
{
	for (size_t i = 0; i < readings->count; i++)
		arena_free(readings->file[i].arena);
}
