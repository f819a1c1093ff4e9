/* Threads that work together, kept from one work to the next. */
#ifndef FINSAMSTAT_MATHS_TEAM_H
#define FINSAMSTAT_MATHS_TEAM_H

#include <stdbool.h>
#include <stddef.h>

/* Calls work on `threads` threads at once, each with a number of its own from 0 on and with how many there are, and returns when all
   have returned. Number 0 is the caller's thread, and every other number the same thread each time. There are fewer, at least 1, where
   the system gives no more; the caller alone when it is called from inside work, or while another thread's work is in hand. Who waits for
   work soon sleeps: the processor may be another stage's. A child of fork begins with a team of its own. */
void team_run(size_t threads, void (*work)(size_t worker, size_t workers, void *context), void *context);

/* Whether the caller is inside work, and its number there; 0 outside. */
bool team_is_inside(void);
size_t team_worker(void);

#endif
