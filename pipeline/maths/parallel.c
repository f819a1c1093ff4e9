/* Work in fixed blocks on several threads, with results that do not depend on how many there are. */
#include "pipeline/maths/parallel.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <unistd.h>

#include "pipeline/maths/team.h"

static int threads_wanted; /* 0: one for each processor */

void parallel_set_threads(int threads)
{
	threads_wanted = threads > 0 ? threads : 0;
}

size_t parallel_threads(void)
{
	long threads = threads_wanted > 0 ? threads_wanted : sysconf(_SC_NPROCESSORS_ONLN);
	return threads > 1 ? (size_t)threads : 1;
}

size_t parallel_worker(void)
{
	return team_worker();
}

size_t parallel_blocks(size_t count, size_t block)
{
	return block == 0 ? 0 : count / block + (count % block != 0);
}

/* After a failure later blocks are skipped but earlier ones are not: so the lowest failing block is always found. */
static void work_block(const struct parallel_job *job, size_t block, atomic_size_t *failed)
{
	if (block > atomic_load(failed)) {
		return;
	}
	size_t from = block * job->block;
	size_t to = job->count - from > job->block ? from + job->block : job->count;
	if (job->work(block, from, to, job->context) == 0) {
		return;
	}
	size_t lowest = atomic_load(failed);
	while (block < lowest && !atomic_compare_exchange_weak(failed, &lowest, block)) {
	}
}

/* Blocks being handed out. */
struct handing {
	const struct parallel_job *job;
	size_t blocks;
	atomic_size_t next, failed;
};

static void work_blocks(size_t worker, size_t workers, void *context)
{
	struct handing *handing = context;
	(void)worker;
	(void)workers;
	for (size_t block; (block = atomic_fetch_add(&handing->next, 1)) < handing->blocks;) {
		work_block(handing->job, block, &handing->failed);
	}
}

int parallel_run(const struct parallel_job *job, size_t *failed)
{
	struct handing handing = { .job = job, .blocks = parallel_blocks(job->count, job->block), .failed = SIZE_MAX };
	size_t blocks = handing.blocks, threads = parallel_threads();
	if (job->block == 0) {
		atomic_store(&handing.failed, 0);
	}
	team_run(threads < blocks ? threads : blocks, work_blocks, &handing);
	size_t first = atomic_load(&handing.failed);
	for (size_t block = 0; job->join != NULL && first == SIZE_MAX && block < blocks; block++) {
		if (job->join(block, job->context) != 0) {
			first = block;
		}
	}
	if (first == SIZE_MAX) {
		return 0;
	}
	if (failed != NULL) {
		*failed = first;
	}
	return -1;
}

/* Items with errors of their own. The failure of the lowest one is kept, by one thread at a time. */
struct each {
	int (*work)(size_t item, void *context, struct error *error);
	void *context;
	pthread_mutex_t lock; /* of the rest */
	size_t lowest; /* item that failed; SIZE_MAX: none */
	int result;
	struct error failure;
};

static void keep_failure(struct each *each, size_t item, int result, const struct error *failure)
{
	(void)pthread_mutex_lock(&each->lock);
	if (item < each->lowest) {
		each->lowest = item;
		each->result = result;
		each->failure = *failure;
	}
	(void)pthread_mutex_unlock(&each->lock);
}

static int work_each(size_t block, size_t from, size_t to, void *context)
{
	struct each *each = context;
	struct error failure = { 0 };
	int result = each->work(from, each->context, &failure);
	(void)block;
	(void)to;
	if (result != 0) {
		keep_failure(each, from, result, &failure);
	}
	return result;
}

int parallel_each(size_t count, int (*work)(size_t item, void *context, struct error *error), void *context, struct error *error)
{
	struct each each = { .work = work, .context = context, .lock = PTHREAD_MUTEX_INITIALIZER, .lowest = SIZE_MAX };
	const struct parallel_job job = { .count = count, .block = 1, .work = work_each, .context = &each };
	if (parallel_run(&job, NULL) == 0) {
		return 0;
	}
	error_join(error, &each.failure);
	return each.result;
}

/* Lanes between two meetings. */
struct stretch {
	const struct parallel_meeting *meeting;
	atomic_bool failed;
};

static void work_lanes(size_t worker, size_t workers, void *context)
{
	struct stretch *stretch = context;
	for (size_t lane = worker; lane < stretch->meeting->lanes; lane += workers) {
		if (stretch->meeting->work(lane, stretch->meeting->context) != 0) {
			atomic_store(&stretch->failed, true);
		}
	}
}

int parallel_meet(const struct parallel_meeting *meeting)
{
	struct stretch stretch = { .meeting = meeting };
	size_t threads = parallel_threads() < meeting->lanes ? parallel_threads() : meeting->lanes;
	int next = meeting->lanes > 0 ? 1 : 0;
	while (next == 1) {
		team_run(threads, work_lanes, &stretch);
		next = atomic_load(&stretch.failed) ? -1 : meeting->meet(meeting->context);
	}
	return next;
}
