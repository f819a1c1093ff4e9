/* Lanes of work that meet: see meeting.h. */
#include "pipeline/maths/meeting.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

#include "pipeline/maths/parallel.h"

#ifdef _OPENMP
#include <omp.h>
#endif

/* A meeting under way. */
struct course {
	const struct meeting *meeting;
	bool *taken;   /* of each lane: its work until the next meeting has begun */
	size_t left;   /* lanes whose work until then is not done */
	bool fails, ended;
	int result;
};

/* What the threads share, under the lock. */
struct hall {
	struct course *course;
	size_t courses, left; /* left: those that have not ended */
	size_t threads;
	pthread_mutex_t lock;
	pthread_cond_t changed;
};

/* The next work for a thread's lanes; false when all of them wait. */
static bool find_work(const struct hall *hall, size_t thread, struct course **found, size_t *lane)
{
	for (size_t c = 0; c < hall->courses; c++) {
		struct course *course = &hall->course[c];
		for (size_t l = thread; l < course->meeting->lanes && !course->ended; l += hall->threads)
			if (!course->taken[l]) {
				*found = course;
				*lane = l;
				return true;
			}
	}
	return false;
}

/* All lanes have done their work: nobody else touches the course until they go on. Without the lock. */
static int meet(const struct course *course)
{
	return course->fails ? -1 : course->meeting->meet(course->meeting->context);
}

static void go_on(struct hall *hall, struct course *course, int next)
{
	for (size_t l = 0; l < course->meeting->lanes && next == 1; l++)
		course->taken[l] = false;
	course->left = course->meeting->lanes;
	course->ended = next != 1;
	course->result = next == 1 ? 0 : next;
	hall->left -= course->ended;
	(void)pthread_cond_broadcast(&hall->changed);
}

static void work(struct hall *hall, size_t thread)
{
	(void)pthread_mutex_lock(&hall->lock);
	while (hall->left > 0) {
		struct course *course;
		size_t lane;
		if (!find_work(hall, thread, &course, &lane)) {
			(void)pthread_cond_wait(&hall->changed, &hall->lock);
			continue;
		}
		course->taken[lane] = true;
		(void)pthread_mutex_unlock(&hall->lock);
		bool fails = course->meeting->work(lane, course->meeting->context) != 0;
		(void)pthread_mutex_lock(&hall->lock);
		course->fails = course->fails || fails;
		if (--course->left > 0)
			continue;
		(void)pthread_mutex_unlock(&hall->lock);
		int next = meet(course);
		(void)pthread_mutex_lock(&hall->lock);
		go_on(hall, course, next);
	}
	(void)pthread_mutex_unlock(&hall->lock);
}

/* All threads on all courses; inside work the calling one alone. */
static void work_all(struct hall *hall, size_t threads)
{
	hall->threads = 1;
#ifdef _OPENMP
	if (threads > 1 && !omp_in_parallel()) {
#pragma omp parallel num_threads((int)threads)
		{
#pragma omp single
			hall->threads = (size_t)omp_get_num_threads();
			work(hall, (size_t)omp_get_thread_num());
		}
		return;
	}
#endif
	(void)threads;
	work(hall, 0);
}

static int run(struct hall *hall, size_t threads)
{
	if (pthread_mutex_init(&hall->lock, NULL) != 0)
		return -1;
	int result = pthread_cond_init(&hall->changed, NULL) != 0 ? -1 : 0;
	if (result == 0) {
		work_all(hall, threads);
		(void)pthread_cond_destroy(&hall->changed);
	}
	(void)pthread_mutex_destroy(&hall->lock);
	for (size_t c = 0; c < hall->courses; c++)
		result = hall->course[c].result != 0 ? -1 : result;
	return result;
}

int meeting_run(const struct meeting *meeting, size_t meetings)
{
	struct hall hall = { .course = calloc(meetings + 1, sizeof *hall.course) };
	size_t most = 0;
	int result = hall.course == NULL ? -1 : 0;
	for (; result == 0 && hall.courses < meetings; hall.courses++) {
		struct course *course = &hall.course[hall.courses];
		*course = (struct course){ .meeting = &meeting[hall.courses], .left = meeting[hall.courses].lanes };
		course->ended = course->left == 0;
		course->taken = calloc(course->left + 1, sizeof *course->taken);
		hall.left += !course->ended;
		most = course->left > most ? course->left : most;
		result = course->taken == NULL ? -1 : 0;
	}
	if (result == 0)
		result = run(&hall, parallel_threads() < most ? parallel_threads() : most);
	for (size_t c = 0; c < hall.courses; c++)
		free(hall.course[c].taken);
	free(hall.course);
	return result;
}
