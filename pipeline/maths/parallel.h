/* Work in fixed blocks on several threads, with results that do not depend on how many there are. */
#ifndef FINSAMSTAT_MATHS_PARALLEL_H
#define FINSAMSTAT_MATHS_PARALLEL_H

#include <stddef.h>

#include "pipeline/base/error.h"

/* How many threads parallel_run uses. Set it at the start of a process, outside parallel work; threads ≤ 0 means as
   many as there are processors, which is also what holds before it is set. Without OpenMP it is always 1.
   A process that forks children which compute must not run parallel work itself first: the threads of GNU OpenMP do not
   survive fork. */
void parallel_set_threads(int threads);

/* The number of threads in force, at least 1. */
size_t parallel_threads(void);

/* Which thread is calling: 0 … parallel_threads() − 1, and 0 outside parallel work. Only to pick scratch memory, or
   counters of whole numbers whose sum does not depend on the order; never to pick a result. */
size_t parallel_worker(void);

/* The items 0 … count−1 are cut into blocks of `block` (the last one may be shorter). */
struct parallel_job {
	size_t count;
	size_t block; /* at least 1; a part of the result's definition, so never derived from the number of threads */
	/* Does the items from … to−1 of one block and keeps the result where the block's number says. Called once a block,
	   in any order, on any thread. Returns 0 or, on failure, anything else. */
	int (*work)(size_t block, size_t from, size_t to, void *context);
	/* Joins the result of one block to the whole: called in the order of the blocks by the thread that called
	   parallel_run, when all work is done. May be NULL. Returns 0 or, on failure, anything else. */
	int (*join)(size_t block, void *context);
	void *context;
};

/* The number of blocks of `count` items: ⌈count/block⌉; 0 when block is 0. */
size_t parallel_blocks(size_t count, size_t block);

/* Runs the job. Blocks are handed out one at a time, so uneven blocks are fine. Called from inside work it runs on the
   calling thread alone. Returns 0, or -1 when a work or a join failed, and then *failed (which may be NULL) is the
   lowest block that did, whatever the number of threads: every block before it has been worked, of those after it
   some may not have been, and when a work failed nothing is joined. count = 0: 0, nothing is called.
   block = 0: -1 with *failed = 0, nothing is called. */
int parallel_run(const struct parallel_job *job, size_t *failed);

/* Works the items 0 … count−1, each by itself, in any order, on any thread, and each with an error of its own. 0; otherwise what `work`
   returned of the lowest item that failed, whatever the number of threads, and its messages are joined to *error (those of others are
   not). Called from inside work it runs on the calling thread alone. count = 0: 0, nothing is called. */
int parallel_each(size_t count, int (*work)(size_t item, void *context, struct error *error), void *context, struct error *error);

#endif
