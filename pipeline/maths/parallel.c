/* Work in fixed blocks on several threads, with results that do not depend on how many there are. */
#include "pipeline/maths/parallel.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#ifdef _OPENMP
#include <omp.h>
#endif

#ifdef _OPENMP
static int threads_wanted; /* 0: one for each processor */

/* A thread that waits for work sleeps soon: for the milliseconds that it otherwise looks around, the processor is another thread's, or that of the
   process which hashes. The runtime reads this when it begins, and it begins later, being linked into the program. Who sets it is heeded. */
__attribute__((constructor(101))) static void wait_asleep(void)
{
	(void)setenv("OMP_WAIT_POLICY", "passive", 0);
	(void)setenv("GOMP_SPINCOUNT", "500", 0);
}
#endif

void parallel_set_threads(int threads)
{
#ifdef _OPENMP
	threads_wanted = threads > 0 ? threads : 0;
#else
	(void)threads;
#endif
}

size_t parallel_threads(void)
{
#ifdef _OPENMP
	int threads = threads_wanted > 0 ? threads_wanted : omp_get_num_procs();
	return threads > 1 ? (size_t)threads : 1;
#else
	return 1;
#endif
}

size_t parallel_worker(void)
{
#ifdef _OPENMP
	return (size_t)omp_get_thread_num();
#else
	return 0;
#endif
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

static void work_all(const struct parallel_job *job, size_t blocks, atomic_size_t *failed)
{
#ifdef _OPENMP
	int threads = (int)parallel_threads();
	/* A region inside a region would number its threads anew, and parallel_worker would lie. */
	if (threads > 1 && blocks > 1 && !omp_in_parallel()) {
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads)
		for (size_t block = 0; block < blocks; block++) {
			work_block(job, block, failed);
		}
		return;
	}
#endif
	for (size_t block = 0; block < blocks; block++) {
		work_block(job, block, failed);
	}
}

int parallel_run(const struct parallel_job *job, size_t *failed)
{
	size_t blocks = parallel_blocks(job->count, job->block);
	atomic_size_t first_failed = SIZE_MAX;
	if (job->block == 0) {
		atomic_store(&first_failed, 0);
	}
	work_all(job, blocks, &first_failed);
	size_t first = atomic_load(&first_failed);
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
	size_t lowest; /* item that failed; SIZE_MAX: none */
	int result;
	struct error failure;
};

static void keep_failure(struct each *each, size_t item, int result, const struct error *failure)
{
#ifdef _OPENMP
#pragma omp critical(parallel_each)
#endif
	if (item < each->lowest) {
		each->lowest = item;
		each->result = result;
		each->failure = *failure;
	}
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
	struct each each = { .work = work, .context = context, .lowest = SIZE_MAX };
	const struct parallel_job job = { .count = count, .block = 1, .work = work_each, .context = &each };
	if (parallel_run(&job, NULL) == 0) {
		return 0;
	}
	error_join(error, &each.failure);
	return each.result;
}
