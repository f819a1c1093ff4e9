/* Threads that work together: see team.h. */
#include "pipeline/maths/team.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>

#define MOST ((size_t)255)  /* threads beside the caller's */
#define LOOKS 1500          /* at what is waited for before a thread sleeps: some ten microseconds, as long as it takes to be woken */

/* All under the lock; the two numbers may be looked at without it. */
static struct team {
	pthread_mutex_t lock;
	pthread_cond_t begun, ended;
	size_t helpers;      /* threads beside the caller's */
	bool busy;           /* work is in hand */
	atomic_size_t works; /* that were begun */
	atomic_size_t left;  /* helpers that are at the work in hand */
	size_t workers;      /* of that work */
	void (*work)(size_t worker, size_t workers, void *context);
	void *context;
} team = { .lock = PTHREAD_MUTEX_INITIALIZER, .begun = PTHREAD_COND_INITIALIZER, .ended = PTHREAD_COND_INITIALIZER };

static _Thread_local size_t own_number;
static _Thread_local bool inside;

bool team_is_inside(void)
{
	return inside;
}

size_t team_worker(void)
{
	return own_number;
}

/* Whether the number becomes another one, or none, while it is looked at. */
static bool changes_soon(atomic_size_t *number, size_t from)
{
	for (int i = 0; i < LOOKS; i++) {
		if (atomic_load(number) != from)
			return true;
#if defined __x86_64__
		__builtin_ia32_pause();
#endif
	}
	return false;
}

static void *help(void *number)
{
	own_number = (size_t)(uintptr_t)number;
	inside = true;
	for (size_t seen = 0;;) {
		(void)changes_soon(&team.works, seen);
		(void)pthread_mutex_lock(&team.lock);
		while (team.works == seen)
			(void)pthread_cond_wait(&team.begun, &team.lock);
		seen = team.works;
		size_t workers = team.workers;
		void (*work)(size_t, size_t, void *) = team.work;
		void *context = team.context;
		(void)pthread_mutex_unlock(&team.lock);
		if (own_number >= workers)
			continue;
		work(own_number, workers, context);
		(void)pthread_mutex_lock(&team.lock);
		if (atomic_fetch_sub(&team.left, 1) == 1)
			(void)pthread_cond_signal(&team.ended);
		(void)pthread_mutex_unlock(&team.lock);
	}
	return NULL;
}

/* In a child of fork, which has the caller's thread alone. */
static void forget(void)
{
	(void)pthread_mutex_init(&team.lock, NULL);
	(void)pthread_cond_init(&team.begun, NULL);
	(void)pthread_cond_init(&team.ended, NULL);
	team.helpers = 0;
	team.busy = false;
	atomic_store(&team.works, 0);
	own_number = 0;
	inside = false;
}

static void forget_in_children(void)
{
	(void)pthread_atfork(NULL, NULL, forget);
}

/* Under the lock: as many helpers as the system gives. A new one looks for the first work at once, so none is begun before it. */
static void enlarge(size_t helpers)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	(void)pthread_once(&once, forget_in_children);
	for (bool given = true; given && team.helpers < helpers && team.helpers < MOST;) {
		pthread_t thread;
		given = pthread_create(&thread, NULL, help, (void *)(uintptr_t)(team.helpers + 1)) == 0;
		if (given) {
			(void)pthread_detach(thread);
			team.helpers++;
		}
	}
}

/* Takes the team for a work, and says how many it has; 1: the caller is alone, and takes nothing. */
static size_t take_team(size_t threads, void (*work)(size_t worker, size_t workers, void *context), void *context)
{
	if (threads <= 1 || inside)
		return 1;
	(void)pthread_mutex_lock(&team.lock);
	size_t workers = 1;
	if (!team.busy) {
		enlarge(threads - 1);
		workers = team.helpers + 1 < threads ? team.helpers + 1 : threads;
	}
	if (workers > 1) {
		team.busy = true;
		team.workers = workers;
		team.work = work;
		team.context = context;
		atomic_store(&team.left, workers - 1);
		atomic_fetch_add(&team.works, 1);
		(void)pthread_cond_broadcast(&team.begun);
	}
	(void)pthread_mutex_unlock(&team.lock);
	return workers;
}

static void await_helpers(void)
{
	for (size_t left = atomic_load(&team.left); left > 0 && changes_soon(&team.left, left); left = atomic_load(&team.left))
		continue;
	(void)pthread_mutex_lock(&team.lock);
	while (team.left > 0)
		(void)pthread_cond_wait(&team.ended, &team.lock);
	team.busy = false;
	(void)pthread_mutex_unlock(&team.lock);
}

void team_run(size_t threads, void (*work)(size_t worker, size_t workers, void *context), void *context)
{
	size_t workers = take_team(threads, work, context);
	if (workers == 1) {
		work(0, 1, context); /* of one; team_worker still tells the number in the work around it */
		return;
	}
	inside = true;
	work(0, workers, context);
	inside = false;
	await_helpers();
}
