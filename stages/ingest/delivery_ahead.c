/* Packed files inflated before their turn: see delivery_parts.h. What is inflated stands in a file without a name until the lane
   reads it, so memory does not grow with the files. */
#include <string.h>
#include <strings.h>

#include "pipeline/maths/lanes.h"
#include "pipeline/maths/parallel.h"
#include "pipeline/table/csv/source.h"
#include "stages/ingest/delivery_parts.h"

#define AHEAD_FILES 64                 /* begun at a time: each holds two descriptors */
#define AHEAD_DISK (UINT64_C(1) << 30) /* bytes laid by at a time */
#define AHEAD_BYTES ((size_t)1 << 18) /* inflated at a time: what a lane may have to wait for */

int aheads_begin(struct reader *reader, struct arena *arena, struct error *error)
{
	struct aheads *aheads = &reader->aheads;
	size_t count = parallel_threads() - 1;
	aheads->ahead = arena_take(arena, count, sizeof *aheads->ahead, error);
	aheads->path = run_output(reader->run, FILE_PERSONS, "uppackat", arena, error);
	if (aheads->ahead == NULL || aheads->path == NULL)
		return -1;
	for (size_t i = 0; i < count; i++)
		if ((aheads->ahead[i].buffer = arena_take(arena, AHEAD_BYTES, 1, error)) == NULL)
			return -1;
	if (pthread_mutex_init(&aheads->lock, NULL) != 0)
		return error_set(error, EXIT_IO, "no lock for the threads that read the delivery");
	if (pthread_cond_init(&aheads->changed, NULL) != 0) {
		(void)pthread_mutex_destroy(&aheads->lock);
		return error_set(error, EXIT_IO, "no lock for the threads that read the delivery");
	}
	aheads->count = count;
	return 0;
}

void aheads_end(struct reader *reader, struct error *error)
{
	struct aheads *aheads = &reader->aheads;
	for (size_t i = 0; i < aheads->count; i++)
		error_join(error, &aheads->ahead[i].error);
	(void)pthread_cond_destroy(&aheads->changed);
	(void)pthread_mutex_destroy(&aheads->lock);
}

void aheads_give_up(struct reader *reader, struct file_reading *file)
{
	struct aheads *aheads = &reader->aheads;
	(void)pthread_mutex_lock(&aheads->lock);
	while (file->turn == TURN_AHEAD)
		(void)pthread_cond_wait(&aheads->changed, &aheads->lock);
	file->turn = TURN_LANE;
	aheads->files -= file->ahead > 0 ? 1 : 0;
	aheads->bytes -= file->ahead;
	(void)pthread_mutex_unlock(&aheads->lock);
}

static bool is_packed(const struct extract_file *path)
{
	size_t length = strlen(path->path);
	return length >= 3 && strcasecmp(path->path + length - 3, ".gz") == 0;
}

static bool waits(const struct file_reading *file)
{
	return file->turn == TURN_WAITING && !file->passed;
}

/* Under the lock: the file in hand if it still waits, else the next one that does, now in hand; NULL when there is none. The
   first file of a source is left to its lane. */
static struct file_reading *choose(struct reader *reader, struct ahead *ahead)
{
	struct aheads *aheads = &reader->aheads;
	struct file_reading *file = ahead->at == 0 ? NULL : &reader->lane[ahead->lane].file[ahead->at];
	while (file == NULL || !waits(file)) {
		file = NULL;
		if (aheads->lane == EXTRACTS)
			return NULL;
		const struct lane *lane = &reader->lane[aheads->lane];
		if (++aheads->at >= lane->count) {
			aheads->lane++;
			aheads->at = 0;
		} else if (is_packed(&lane->path[aheads->at]) && delivery_may_name(&lane->path[aheads->at])) {
			ahead->lane = aheads->lane;
			ahead->at = aheads->at;
			file = &lane->file[ahead->at];
		}
	}
	file->turn = TURN_AHEAD;
	aheads->files += file->ahead == 0 ? 1 : 0;
	aheads->bytes += AHEAD_BYTES;
	file->ahead += AHEAD_BYTES;
	return file;
}

/* 1 when there may be more; a file at fault is left to its lane, which tells. */
static int inflate(struct reader *reader, struct ahead *ahead, struct file_reading *file)
{
	if (file->csv == NULL && delivery_open(reader, &reader->lane[ahead->lane], ahead->at, &ahead->error) != 0) {
		memset(&ahead->error, 0, sizeof ahead->error);
		return 0;
	}
	if (file->spool < 0) {
		(void)pthread_mutex_lock(&reader->aheads.lock); /* all make theirs at the same path */
		file->spool = source_spool(reader->aheads.path, &ahead->error);
		(void)pthread_mutex_unlock(&reader->aheads.lock);
	}
	if (file->spool < 0)
		return -1;
	return csv_ahead(file->csv, file->spool, ahead->buffer, AHEAD_BYTES, &ahead->error);
}

int ahead_take(struct reader *reader, struct ahead *ahead)
{
	struct aheads *aheads = &reader->aheads;
	(void)pthread_mutex_lock(&aheads->lock);
	bool enough = aheads->files >= AHEAD_FILES || aheads->bytes >= AHEAD_DISK;
	struct file_reading *file = enough ? NULL : choose(reader, ahead);
	(void)pthread_mutex_unlock(&aheads->lock);
	if (file == NULL)
		return enough ? LANES_LATER : 0;
	int more = inflate(reader, ahead, file);
	(void)pthread_mutex_lock(&aheads->lock);
	file->turn = TURN_WAITING;
	file->passed = more != 1;
	(void)pthread_cond_broadcast(&aheads->changed);
	(void)pthread_mutex_unlock(&aheads->lock);
	return more < 0 ? -1 : 1;
}
