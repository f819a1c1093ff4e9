/* Tests of lanes: each piece once, committed in the order of its lane, on any number of threads and slots. */
#include "pipeline/maths/lanes.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <string.h>

#include "pipeline/maths/maths.h"
#include "pipeline/maths/parallel.h"
#include "tests/maths/close.h"

static struct error error; /* of lanes themselves */
enum { LANES = 5, MOST = 300 };
static const size_t lengths[LANES] = { 300, 0, 1, 17, 120 };

struct stream {
	size_t taken, committed[MOST], commits;
	atomic_int inside_take, inside_commit;
};

struct streams {
	struct stream lane[LANES];
	size_t piece[LANES_SLOTS]; /* by slot: the number of the piece in its lane */
	size_t worked[LANES_SLOTS];
	bool overlapped;
	int failing; /* 0 none, 1 take, 2 work, 3 commit: of lane 3, piece 5 */
	atomic_size_t calls_after_failure;
	atomic_bool failed;
};

static int fail_if(struct streams *streams, int which, size_t lane, size_t piece, int result)
{
	if (atomic_load(&streams->failed))
		atomic_fetch_add(&streams->calls_after_failure, 1);
	if (streams->failing != which || lane != 3 || piece != 5)
		return result;
	atomic_store(&streams->failed, true);
	return -1;
}

static int take(size_t lane, size_t slot, void *context)
{
	struct streams *streams = context;
	struct stream *stream = &streams->lane[lane];
	if (atomic_fetch_add(&stream->inside_take, 1) != 0)
		streams->overlapped = true;
	size_t piece = stream->taken;
	streams->piece[slot] = piece;
	stream->taken += piece < lengths[lane];
	atomic_fetch_sub(&stream->inside_take, 1);
	return fail_if(streams, 1, lane, piece, piece < lengths[lane]);
}

/* Uneven: some pieces take long, so that later ones are done before them. */
static int work(size_t lane, size_t slot, void *context)
{
	struct streams *streams = context;
	size_t piece = streams->piece[slot];
	volatile size_t sum = 0;
	for (size_t i = 0; i < (piece % 7 == 0 ? 20000U : 10U); i++)
		sum = sum + i;
	streams->worked[slot] = 1000 * lane + piece;
	return fail_if(streams, 2, lane, piece, 0);
}

static int commit(size_t lane, size_t slot, void *context)
{
	struct streams *streams = context;
	struct stream *stream = &streams->lane[lane];
	if (atomic_fetch_add(&stream->inside_commit, 1) != 0)
		streams->overlapped = true;
	if (stream->commits < MOST)
		stream->committed[stream->commits] = streams->worked[slot];
	stream->commits++;
	atomic_fetch_sub(&stream->inside_commit, 1);
	return fail_if(streams, 3, lane, streams->piece[slot], 0);
}

static void pieces_come_in_order_on_any_number_of_threads(void **state)
{
	(void)state;
	static const int threads[] = { 8, 4, 2, 1 };
	static const size_t slots[] = { 1, 2, 3, 10, LANES_SLOTS };
	static struct streams streams;
	for (size_t t = 0; t < sizeof threads / sizeof *threads; t++)
		for (size_t s = 0; s < sizeof slots / sizeof *slots; s++) {
			parallel_set_threads(threads[t]);
			memset(&streams, 0, sizeof streams);
			const struct lanes_job job = { LANES, slots[s], take, work, commit, &streams, NULL };
			assert_int_equal(lanes_run(&job, &error), 0);
			assert_false(streams.overlapped);
			for (size_t lane = 0; lane < LANES; lane++) {
				assert_int_equal(streams.lane[lane].commits, lengths[lane]);
				for (size_t i = 0; i < lengths[lane]; i++)
					assert_int_equal(streams.lane[lane].committed[i], 1000 * lane + i);
			}
		}
}

static void a_failure_ends_the_run(void **state)
{
	(void)state;
	memset(&error, 0, sizeof error);
	static struct streams streams;
	for (int failing = 1; failing <= 3; failing++)
		for (int threads = 4; threads >= 1; threads -= 3) {
			parallel_set_threads(threads);
			memset(&streams, 0, sizeof streams);
			streams.failing = failing;
			const struct lanes_job job = { LANES, 4, take, work, commit, &streams, NULL };
			assert_int_equal(lanes_run(&job, &error), -1);
			assert_int_equal(error.count, 0); /* the call's to tell */
			/* what was under way on the other threads, and a piece being taken is worked */
			assert_in_range(atomic_load(&streams.calls_after_failure), 0, 2 * threads);
		}
}

/* Lane 4 has a piece for every few that lane 0 has committed; or none, ever, while lane 0 goes on. */
static atomic_size_t first_committed;
static size_t share;

static int take_later(size_t lane, size_t slot, void *context)
{
	const struct streams *streams = context;
	const struct stream *stream = &streams->lane[lane];
	if (lane == 4 && stream->taken < lengths[lane] && share * stream->taken >= atomic_load(&first_committed))
		return LANES_LATER;
	return take(lane, slot, context);
}

static int commit_and_tell(size_t lane, size_t slot, void *context)
{
	atomic_fetch_add(&first_committed, lane == 0);
	return commit(lane, slot, context);
}

static void a_lane_is_asked_again(void **state)
{
	(void)state;
	static const int threads[] = { 4, 2, 1 };
	static struct streams streams;
	for (size_t t = 0; t < sizeof threads / sizeof *threads; t++)
		for (size_t slots = 1; slots <= 8; slots += 7) {
			parallel_set_threads(threads[t]);
			memset(&streams, 0, sizeof streams);
			atomic_store(&first_committed, 0);
			share = 2;
			const struct lanes_job job = { LANES, slots, take_later, work, commit_and_tell, &streams, NULL };
			assert_int_equal(lanes_run(&job, &error), 0);
			assert_int_equal(streams.lane[4].commits, lengths[4]);
			memset(&streams, 0, sizeof streams);
			atomic_store(&first_committed, 0);
			share = 3; /* the last of its pieces never come: 3 · 119 ≥ 300 */
			memset(&error, 0, sizeof error);
			assert_int_equal(lanes_run(&job, &error), -1);
			assert_int_equal(error.code, EXIT_BUG);
			assert_int_equal(streams.lane[0].commits, lengths[0]);
			assert_int_equal(streams.lane[4].commits, 100);
		}
}

/* With lengths: each piece once and in order all the same; on one thread, lanes go on in step. */
static bool in_step;

static int take_in_step(size_t lane, size_t slot, void *context)
{
	const struct streams *streams = context;
	if (parallel_threads() == 1) { /* else another thread may be taking */
		double first = (double)streams->lane[0].taken / (double)lengths[0], last = (double)streams->lane[4].taken / (double)lengths[4];
		in_step = in_step && first - last < 0.02 && last - first < 0.02;
	}
	return take(lane, slot, context);
}

static void lanes_of_known_length_end_together(void **state)
{
	(void)state;
	static const int threads[] = { 4, 2, 1 };
	static const uint64_t length[LANES] = { 300000, 0, 1000, 0, 120000 };
	static struct streams streams;
	for (size_t t = 0; t < sizeof threads / sizeof *threads; t++)
		for (size_t slots = 1; slots <= 7; slots += 3) {
			parallel_set_threads(threads[t]);
			memset(&streams, 0, sizeof streams);
			in_step = true;
			const struct lanes_job job = { LANES, slots, take_in_step, work, commit, &streams, length };
			assert_int_equal(lanes_run(&job, &error), 0);
			assert_true(in_step);
			assert_false(streams.overlapped);
			for (size_t lane = 0; lane < LANES; lane++) {
				assert_int_equal(streams.lane[lane].commits, lengths[lane]);
				for (size_t i = 0; i < lengths[lane]; i++)
					assert_int_equal(streams.lane[lane].committed[i], 1000 * lane + i);
			}
		}
}

static void no_lanes_and_no_slots(void **state)
{
	(void)state;
	const struct lanes_job none = { 0, 1, take, work, commit, NULL, NULL };
	assert_int_equal(lanes_run(&none, &error), 0);
	const struct lanes_job no_slot = { 1, 0, take, work, commit, NULL, NULL };
	memset(&error, 0, sizeof error);
	assert_int_equal(lanes_run(&no_slot, &error), -1);
	const struct lanes_job too_many = { 1, LANES_SLOTS + 1, take, work, commit, NULL, NULL };
	assert_int_equal(lanes_run(&too_many, &error), -1);
	assert_int_equal(error.count, 2);
	parallel_set_threads(1000);
	assert_int_equal(lanes_slots(), LANES_SLOTS);
	parallel_set_threads(2);
	assert_int_equal(lanes_slots(), 6);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pieces_come_in_order_on_any_number_of_threads),
		cmocka_unit_test(a_lane_is_asked_again), cmocka_unit_test(lanes_of_known_length_end_together),
		cmocka_unit_test(a_failure_ends_the_run),
		cmocka_unit_test(no_lanes_and_no_slots),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
