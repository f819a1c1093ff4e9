/* Tests of the threads that work together. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>
#include <pthread.h>
#include <stdatomic.h>

#include "pipeline/maths/team.h"

enum { MOST = 8 };

struct roll {
	atomic_int times[MOST];
	atomic_size_t workers;
	pthread_t thread[MOST];
	atomic_bool wrong;
};

static void call_roll(size_t worker, size_t workers, void *context)
{
	struct roll *roll = context;
	if (worker >= workers || workers > MOST || (workers > 1 && (!team_is_inside() || team_worker() != worker))) {
		atomic_store(&roll->wrong, true);
		return;
	}
	atomic_fetch_add(&roll->times[worker], 1);
	atomic_store(&roll->workers, workers);
	roll->thread[worker] = pthread_self();
}

/* Each number once a work, always on the same thread, whatever the sizes of works that follow each other. */
static void each_number_is_a_thread(void **state)
{
	(void)state;
	static const size_t threads[] = { 1, 2, 5, 3, 8, 1, 2, 8 };
	struct roll roll = { .wrong = false };
	pthread_t first[MOST];
	bool known[MOST] = { false };
	int expected[MOST] = { 0 };
	for (size_t round = 0; round < 2000; round++) {
		size_t asked = threads[round % 8];
		team_run(asked, call_roll, &roll);
		assert_false(roll.wrong);
		assert_int_equal(roll.workers, asked);
		for (size_t i = 0; i < asked; i++) {
			assert_int_equal(roll.times[i], ++expected[i]);
			if (known[i])
				assert_true(pthread_equal(first[i], roll.thread[i]));
			first[i] = roll.thread[i];
			known[i] = true;
		}
		for (size_t i = asked; i < MOST; i++)
			assert_int_equal(roll.times[i], expected[i]);
		if (round % 500 == 0)
			(void)nanosleep(&(const struct timespec){ .tv_nsec = 2000000 }, NULL); /* all have gone to sleep */
	}
	assert_true(pthread_equal(first[0], pthread_self()));
	assert_false(team_is_inside());
	assert_int_equal(team_worker(), 0);
}

static void run_inside(size_t worker, size_t workers, void *context)
{
	struct roll inner = { .wrong = false };
	(void)workers;
	team_run(4, call_roll, &inner);
	if (inner.workers != 1 || inner.times[0] != 1 || team_worker() != worker || !pthread_equal(inner.thread[0], pthread_self()))
		atomic_store((atomic_bool *)context, true);
}

/* The works in the works are `call_roll` of one worker, which tells no number of its own. */
static void inside_work_the_caller_is_alone(void **state)
{
	(void)state;
	atomic_bool wrong = false;
	for (int round = 0; round < 100; round++)
		team_run(3, run_inside, &wrong);
	assert_false(wrong);
}

static void *run_beside(void *context)
{
	for (int round = 0; round < 500; round++) {
		struct roll roll = { .wrong = false };
		team_run(3, call_roll, &roll);
		if (roll.wrong || roll.times[0] != 1 || (roll.workers != 1 && roll.workers != 3))
			atomic_store((atomic_bool *)context, true);
	}
	return NULL;
}

/* Two threads with work at the same time: one has the team, the other works alone. */
static void only_one_has_the_team(void **state)
{
	(void)state;
	atomic_bool wrong = false;
	pthread_t other;
	assert_int_equal(pthread_create(&other, NULL, run_beside, &wrong), 0);
	(void)run_beside(&wrong);
	assert_int_equal(pthread_join(other, NULL), 0);
	assert_false(wrong);
}

static void a_child_has_its_own(void **state)
{
	(void)state;
	struct roll roll = { .wrong = false };
	team_run(3, call_roll, &roll);
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		struct roll own = { .wrong = false };
		team_run(4, call_roll, &own);
		_exit(own.wrong || own.workers != 4 || own.times[3] != 1 || pthread_equal(own.thread[0], own.thread[3]));
	}
	int status = -1;
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_number_is_a_thread),
		cmocka_unit_test(inside_work_the_caller_is_alone),
		cmocka_unit_test(only_one_has_the_team),
		cmocka_unit_test(a_child_has_its_own),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
