/* Streams of work on several threads: see lanes.h. */
#include "pipeline/maths/lanes.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include "pipeline/maths/parallel.h"

enum phase { FREE, BUSY, DONE }; /* BUSY: being taken, worked or committed */

struct slot {
	enum phase phase;
	size_t lane;
	uint64_t number; /* of the piece in its lane */
};

struct lane {
	uint64_t taken, committed;
	uint64_t asked; /* how far all lanes were when it said later; 0: it has not */
	bool taking, committing, ended;
};

/* What the threads share, under the lock but for the job. */
struct board {
	const struct lanes_job *job;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	struct slot slot[LANES_SLOTS];
	struct lane *lane;
	uint64_t steps; /* pieces committed and lanes ended, from 1 */
	size_t busy;   /* slots that are not free */
	size_t ended;  /* lanes */
	bool failed;
	bool stuck;    /* each lane that is left waits for another */
};

size_t lanes_slots(void)
{
	size_t slots = 2 * parallel_threads() + 2;
	return slots < LANES_SLOTS ? slots : LANES_SLOTS;
}

/* Calls one of the job's functions without holding the lock. */
static int call(struct board *board, int (*function)(size_t, size_t, void *), size_t lane, size_t slot)
{
	(void)pthread_mutex_unlock(&board->lock);
	int result = function(lane, slot, board->job->context);
	(void)pthread_mutex_lock(&board->lock);
	board->failed = board->failed || result < 0;
	return result;
}

static void free_slot(struct board *board, size_t slot)
{
	board->slot[slot].phase = FREE;
	board->busy--;
	(void)pthread_cond_broadcast(&board->changed);
}

/* Commits a piece that is done and next in its lane. False when there is none. */
static bool commit_some(struct board *board)
{
	for (size_t s = 0; s < board->job->slots; s++) {
		struct slot *slot = &board->slot[s];
		struct lane *lane = &board->lane[slot->lane];
		if (slot->phase != DONE || lane->committing || slot->number != lane->committed)
			continue;
		slot->phase = BUSY;
		lane->committing = true;
		(void)call(board, board->job->commit, slot->lane, s);
		lane->committing = false;
		lane->committed++;
		board->steps++;
		free_slot(board, s);
		return true;
	}
	return false;
}

/* Whether less of lane a has been taken, for its length, than of lane b. */
static bool is_behind(const struct board *board, size_t a, size_t b)
{
	const uint64_t *length = board->job->length;
	if (length == NULL || length[a] == 0)
		return false;
	return length[b] == 0 || board->lane[a].taken * length[b] < board->lane[b].taken * length[a];
}

/* The lane to take from: of those that nobody takes from. Their number when there is none. */
static size_t choose_lane(const struct board *board)
{
	size_t lanes = board->job->lanes, best = lanes;
	for (size_t l = 0; l < lanes; l++) {
		const struct lane *lane = &board->lane[l];
		if (lane->taking || lane->ended || lane->asked == board->steps)
			continue;
		if (best == lanes || is_behind(board, l, best))
			best = l;
	}
	return best;
}

/* Takes a piece of a lane, and works it. False when there is none. */
static bool take_some(struct board *board)
{
	size_t s = 0, l = choose_lane(board);
	while (s < board->job->slots && board->slot[s].phase != FREE)
		s++;
	if (l == board->job->lanes && board->busy == 0 && board->ended < board->job->lanes)
		board->failed = board->stuck = true;
	if (s == board->job->slots || l == board->job->lanes)
		return false;
	struct lane *lane = &board->lane[l];
	struct slot *slot = &board->slot[s];
	*slot = (struct slot){ .phase = BUSY, .lane = l, .number = lane->taken };
	board->busy++;
	lane->taking = true;
	lane->asked = board->steps;
	int taken = call(board, board->job->take, l, s);
	lane->taking = false;
	if (taken != LANES_LATER)
		lane->asked = 0;
	if (taken != 1) {
		lane->ended = taken != LANES_LATER;
		board->ended += lane->ended ? 1 : 0;
		board->steps += lane->ended ? 1 : 0;
		free_slot(board, s);
		return true;
	}
	lane->taken++;
	(void)pthread_cond_broadcast(&board->changed); /* the lane may be taken from again */
	(void)call(board, board->job->work, l, s);
	slot->phase = DONE;
	return true;
}

/* Whether a piece is taken rather than one committed: lanes beside each other, and slots enough. */
static bool takes_first(const struct board *board)
{
	return board->job->length != NULL && 4 * board->busy < 3 * board->job->slots;
}

static void work(struct board *board)
{
	(void)pthread_mutex_lock(&board->lock);
	while (!board->failed && (board->ended < board->job->lanes || board->busy > 0))
		if (!(takes_first(board) && take_some(board)) && !commit_some(board) && !take_some(board) && !board->failed)
			(void)pthread_cond_wait(&board->changed, &board->lock);
	(void)pthread_cond_broadcast(&board->changed);
	(void)pthread_mutex_unlock(&board->lock);
}

int lanes_run(const struct lanes_job *job, struct error *error)
{
	struct board board = { .job = job, .steps = 1 };
	if (job->slots == 0 || job->slots > LANES_SLOTS)
		return error_set(error, EXIT_BUG, "%zu pieces in hand at a time, not 1 to %d", job->slots, LANES_SLOTS);
	board.lane = calloc(job->lanes + 1, sizeof *board.lane);
	if (board.lane == NULL)
		return error_set(error, EXIT_IO, "out of memory for %zu streams of work", job->lanes);
	int result = -1;
	if (pthread_mutex_init(&board.lock, NULL) != 0) {
		(void)error_set(error, EXIT_IO, "no lock for the threads");
		goto out_of_lanes;
	}
	if (pthread_cond_init(&board.changed, NULL) != 0) {
		(void)error_set(error, EXIT_IO, "no lock for the threads");
		goto out_of_lock;
	}
	int threads = (int)parallel_threads();
	(void)threads;
#ifdef _OPENMP
#pragma omp parallel num_threads(threads)
#endif
	work(&board);
	result = board.failed ? -1 : 0;
	if (board.stuck)
		(void)error_set(error, EXIT_BUG, "streams of work that wait for each other");
	(void)pthread_cond_destroy(&board.changed);
out_of_lock:
	(void)pthread_mutex_destroy(&board.lock);
out_of_lanes:
	free(board.lane);
	return result;
}
