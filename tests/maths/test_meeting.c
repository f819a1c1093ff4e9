/* Tests of meetings side by side: the same on any number of threads, each lane on one thread, and a failure ends its own meeting alone. */
#include "pipeline/maths/meeting.h"

#include <stdbool.h>
#include <string.h>

#include "pipeline/maths/maths.h"
#include "pipeline/maths/parallel.h"
#include "tests/maths/close.h"

/* Falling, because LLVM's OpenMP 14 leaks a little of its own when the number of threads grows. */
static const int thread_counts[] = {16, 7, 4, 3, 2, 1};
enum { THREAD_COUNTS = sizeof thread_counts / sizeof *thread_counts, LANES = 5, MEETINGS = 3 };

/* Lanes that add to what all know, by what was known when they last met. */
struct lanes {
	size_t worker[LANES], added[LANES], known, rounds, rounds_wanted;
	unsigned at_work[LANES]; /* since they last met: each once */
	bool moved[LANES], wrong;
	int fail_work, fail_meet; /* in this round; -1: never */
};

static int add_to_lane(size_t lane, void *context)
{
	struct lanes *lanes = context;
	lanes->moved[lane] = lanes->moved[lane] || (lanes->rounds > 0 && lanes->worker[lane] != parallel_worker());
	lanes->worker[lane] = parallel_worker();
	lanes->added[lane] = lanes->known * (lane + 2) % 1000 + lane;
	lanes->at_work[lane]++;
	return lane == 3 && lanes->fail_work == (int)lanes->rounds ? 7 : 0;
}

static int join_lanes(void *context)
{
	struct lanes *lanes = context;
	for (size_t lane = 0; lane < LANES; lane++) {
		lanes->wrong = lanes->wrong || lanes->at_work[lane] != 1;
		lanes->at_work[lane] = 0;
		lanes->known = lanes->known * 31 % 100003 + lanes->added[lane];
	}
	if (lanes->fail_meet == (int)lanes->rounds) {
		return -1;
	}
	return ++lanes->rounds < lanes->rounds_wanted ? 1 : 0;
}

static void lanes_meet_alike_on_any_number_of_threads(void **state)
{
	(void)state;
	size_t known[MEETINGS] = {0};
	for (size_t t = 0; t < THREAD_COUNTS; t++) {
		parallel_set_threads(thread_counts[t]);
		struct lanes lanes[MEETINGS];
		struct meeting meeting[MEETINGS];
		for (size_t m = 0; m < MEETINGS; m++) {
			lanes[m] = (struct lanes){.known = m + 1, .rounds_wanted = 200 >> m, .fail_work = -1, .fail_meet = -1};
			meeting[m] = (struct meeting){LANES, add_to_lane, join_lanes, &lanes[m]};
		}
		assert_int_equal(meeting_run(meeting, MEETINGS), 0);
		for (size_t m = 0; m < MEETINGS; m++) {
			assert_int_equal(lanes[m].rounds, 200 >> m);
			assert_false(lanes[m].wrong);
			for (size_t lane = 0; lane < LANES; lane++) {
				assert_false(lanes[m].moved[lane]);
				assert_int_equal(lanes[m].worker[lane], lanes[0].worker[lane]);
			}
			assert_true(t == 0 || lanes[m].known == known[m]);
			known[m] = lanes[m].known;
		}
	}
}

static void a_failure_ends_its_own_meeting(void **state)
{
	(void)state;
	for (size_t t = 0; t < THREAD_COUNTS; t++) {
		parallel_set_threads(thread_counts[t]);
		struct lanes lanes[MEETINGS] = {{.known = 1, .rounds_wanted = 200, .fail_work = 12, .fail_meet = -1},
			{.known = 1, .rounds_wanted = 200, .fail_work = -1, .fail_meet = 9},
			{.known = 1, .rounds_wanted = 200, .fail_work = -1, .fail_meet = -1}};
		const struct meeting meeting[MEETINGS] = {{LANES, add_to_lane, join_lanes, &lanes[0]}, {LANES, add_to_lane, join_lanes, &lanes[1]},
			{LANES, add_to_lane, join_lanes, &lanes[2]}};
		assert_int_equal(meeting_run(meeting, MEETINGS), -1);
		assert_int_equal(lanes[0].rounds, 12);
		assert_int_equal(lanes[1].rounds, 9);
		assert_int_equal(lanes[2].rounds, 200);
	}
}

static void without_lanes_nothing_is_called(void **state)
{
	(void)state;
	struct lanes lanes[2] = {{.known = 1, .rounds_wanted = 5, .fail_work = -1, .fail_meet = -1}, {.known = 1}};
	const struct meeting meeting[2] = {{LANES, add_to_lane, join_lanes, &lanes[0]}, {0, add_to_lane, join_lanes, &lanes[1]}};
	assert_int_equal(meeting_run(meeting, 0), 0);
	assert_int_equal(lanes[0].rounds, 0);
	assert_int_equal(meeting_run(meeting, 2), 0);
	assert_int_equal(lanes[0].rounds, 5);
	assert_int_equal(lanes[1].rounds, 0);
}

static int meet_inside(size_t block, size_t from, size_t to, void *context)
{
	(void)from;
	(void)to;
	struct lanes lanes = {.known = block, .rounds_wanted = 5, .fail_work = -1, .fail_meet = -1};
	const struct meeting meeting = {LANES, add_to_lane, join_lanes, &lanes};
	size_t *known = context;
	int result = meeting_run(&meeting, 1);
	known[block] = lanes.known;
	return result;
}

static void lanes_inside_work_stay_on_its_thread(void **state)
{
	(void)state;
	size_t known[2][20];
	for (int turn = 0; turn < 2; turn++) {
		const struct parallel_job job = {20, 1, meet_inside, NULL, known[turn]};
		parallel_set_threads(turn == 0 ? 4 : 1);
		assert_int_equal(parallel_run(&job, NULL), 0);
	}
	assert_memory_equal(known[0], known[1], sizeof known[0]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lanes_meet_alike_on_any_number_of_threads),
		cmocka_unit_test(a_failure_ends_its_own_meeting),
		cmocka_unit_test(without_lanes_nothing_is_called),
		cmocka_unit_test(lanes_inside_work_stay_on_its_thread),
	};
	maths_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
