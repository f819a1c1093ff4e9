/* Tests of the parallel loop: each item once, the same bytes on any number of threads, the lowest failure reported. */
#include "pipeline/maths/parallel.h"

#include <stdbool.h>
#include <string.h>

#include "pipeline/maths/maths.h"
#include "pipeline/maths/moments.h"
#include "pipeline/maths/random.h"
#include "tests/maths/close.h"

/* Falling, because LLVM's OpenMP 14 leaks a little of its own when the number of threads grows. */
static const int thread_counts[] = {16, 7, 4, 3, 2, 1};
enum { THREAD_COUNTS = sizeof thread_counts / sizeof *thread_counts, ITEMS = 10007 };

struct visits {
	unsigned char times[ITEMS];
	size_t count, block, next_join;
};

static int visit(size_t block, size_t from, size_t to, void *context)
{
	struct visits *visits = context;
	bool fits = from == block * visits->block && from < to && to <= visits->count;
	bool full = to - from == visits->block || to == visits->count;
	if (!fits || !full || parallel_worker() >= parallel_threads()) {
		return 1;
	}
	for (size_t i = from; i < to; i++) {
		visits->times[i]++;
	}
	return 0;
}

static int follow(size_t block, void *context)
{
	struct visits *visits = context;
	return block == visits->next_join++ ? 0 : 1;
}

static void each_item_once_and_joined_in_order(void **state)
{
	(void)state;
	static const size_t counts[] = {0, 1, 2, 99, 100, 101, ITEMS};
	static const size_t blocks[] = {1, 7, 100, ITEMS, SIZE_MAX};
	static struct visits visits;
	for (size_t t = 0; t < THREAD_COUNTS; t++) {
		parallel_set_threads(thread_counts[t]);
		for (size_t c = 0; c < sizeof counts / sizeof *counts; c++) {
			for (size_t b = 0; b < sizeof blocks / sizeof *blocks; b++) {
				visits = (struct visits){.count = counts[c], .block = blocks[b]};
				const struct parallel_job job = {counts[c], blocks[b], visit, follow, &visits};
				assert_int_equal(parallel_run(&job, NULL), 0);
				for (size_t i = 0; i < ITEMS; i++) {
					assert_int_equal(visits.times[i], i < counts[c]);
				}
				assert_int_equal(visits.next_join, parallel_blocks(counts[c], blocks[b]));
			}
		}
	}
}

/* A simulation as the program runs them: one stream a replicate, floating sums by block. */
struct simulation {
	double mean[ITEMS];
	double block_sum[(ITEMS + 63) / 64];
	double joined[(ITEMS + 63) / 64];
	double total;
};

static int simulate(size_t block, size_t from, size_t to, void *context)
{
	struct simulation *simulation = context;
	for (size_t replicate = from; replicate < to; replicate++) {
		struct random_stream stream;
		double draws[5];
		random_start(&stream, 20180831, replicate);
		for (size_t i = 0; i < 5; i++) {
			draws[i] = random_lognormal(&stream, 100, 0.1) * random_pert(&stream, 0.1, 0.2, 0.3);
		}
		simulation->mean[replicate] = moments_mean(draws, 5);
	}
	simulation->block_sum[block] = moments_sum(simulation->mean + from, to - from);
	return 0;
}

static int collect(size_t block, void *context)
{
	struct simulation *simulation = context;
	simulation->joined[block] = simulation->block_sum[block];
	simulation->total += simulation->block_sum[block];
	return 0;
}

static void same_bytes_on_any_number_of_threads(void **state)
{
	(void)state;
	static struct simulation first;
	static struct simulation again;
	for (size_t t = 0; t < THREAD_COUNTS; t++) {
		struct simulation *simulation = t == 0 ? &first : &again;
		memset(simulation, 0, sizeof *simulation);
		parallel_set_threads(thread_counts[t]);
		const struct parallel_job job = {ITEMS, 64, simulate, collect, simulation};
		assert_int_equal(parallel_run(&job, NULL), 0);
		assert_memory_equal(simulation, &first, sizeof first);
	}
	assert_true(fabs(first.total / ITEMS - 20) < 0.5);
}

struct failing {
	size_t from, joined;
};

static int fail_from(size_t block, size_t from, size_t to, void *context)
{
	const struct failing *failing = context;
	(void)from;
	(void)to;
	return block >= failing->from ? 5 : 0;
}

static int fail_to_join(size_t block, void *context)
{
	struct failing *failing = context;
	failing->joined++;
	return block == 3 ? 5 : 0;
}

static void the_lowest_failure_is_reported(void **state)
{
	(void)state;
	for (size_t t = 0; t < THREAD_COUNTS; t++) {
		parallel_set_threads(thread_counts[t]);
		for (size_t from = 0; from < 40; from++) {
			struct failing failing = {from, 0};
			size_t failed = 999;
			struct parallel_job job = {400, 10, fail_from, fail_to_join, &failing};
			assert_int_equal(parallel_run(&job, &failed), -1);
			assert_int_equal(failed, from);
			assert_int_equal(failing.joined, 0);
			assert_int_equal(parallel_run(&job, NULL), -1);
		}
		struct failing failing = {SIZE_MAX, 0};
		size_t failed = 999;
		struct parallel_job job = {400, 10, fail_from, fail_to_join, &failing};
		assert_int_equal(parallel_run(&job, &failed), -1);
		assert_int_equal(failed, 3);
		assert_int_equal(failing.joined, 4);
		job.join = NULL;
		assert_int_equal(parallel_run(&job, &failed), 0);
	}
}

static void blocks_are_counted(void **state)
{
	(void)state;
	assert_int_equal(parallel_blocks(0, 10), 0);
	assert_int_equal(parallel_blocks(1, 10), 1);
	assert_int_equal(parallel_blocks(10, 10), 1);
	assert_int_equal(parallel_blocks(11, 10), 2);
	assert_int_equal(parallel_blocks(SIZE_MAX, 1), SIZE_MAX);
	assert_int_equal(parallel_blocks(SIZE_MAX, SIZE_MAX), 1);
	assert_int_equal(parallel_blocks(10, 0), 0);
	struct failing failing = {0, 0};
	size_t failed = 999;
	const struct parallel_job job = {10, 0, fail_from, fail_to_join, &failing};
	assert_int_equal(parallel_run(&job, &failed), -1);
	assert_int_equal(failed, 0);
}

/* Inside work another job runs on the thread that calls it, which keeps its number. */
static int count_nested(size_t block, size_t from, size_t to, void *context)
{
	(void)block;
	unsigned *counts = context;
	for (size_t i = from; i < to; i++) {
		counts[i] += (unsigned)parallel_worker() + 1;
	}
	return 0;
}

static int nest(size_t block, size_t from, size_t to, void *context)
{
	unsigned counts[30] = {0};
	const struct parallel_job inner = {30, 4, count_nested, NULL, counts};
	unsigned *correct = context;
	(void)from;
	(void)to;
	if (parallel_run(&inner, NULL) != 0) {
		return 1;
	}
	correct[block] = 1;
	for (size_t i = 0; i < 30; i++) {
		correct[block] &= counts[i] == parallel_worker() + 1;
	}
	return 0;
}

static void nested_jobs_stay_on_their_thread(void **state)
{
	(void)state;
	unsigned correct[50] = {0};
	const struct parallel_job outer = {50, 1, nest, NULL, correct};
	parallel_set_threads(4);
	assert_int_equal(parallel_run(&outer, NULL), 0);
	for (size_t i = 0; i < 50; i++) {
		assert_int_equal(correct[i], 1);
	}
}

struct errands {
	unsigned char times[ITEMS];
	size_t fails, also; /* items that fail */
};

static int do_errand(size_t item, void *context, struct error *error)
{
	struct errands *errands = context;
	bool fails = item == errands->fails || item == errands->also;
	errands->times[item]++;
	assert_int_equal(error->count, 0);
	return fails ? 1 + error_set(error, EXIT_DATA, "item %zu", item) - (int)item : 0;
}

static void each_errand_once_and_the_lowest_failure_with_its_words(void **state)
{
	(void)state;
	static struct errands errands;
	for (size_t t = 0; t < THREAD_COUNTS; t++) {
		struct error error = {0};
		parallel_set_threads(thread_counts[t]);
		errands = (struct errands){.fails = ITEMS, .also = ITEMS};
		assert_int_equal(parallel_each(0, do_errand, &errands, &error), 0);
		assert_int_equal(errands.times[0], 0);
		assert_int_equal(parallel_each(ITEMS, do_errand, &errands, &error), 0);
		for (size_t i = 0; i < ITEMS; i++) {
			assert_int_equal(errands.times[i], 1);
		}
		assert_int_equal(error.count, 0);
		errands = (struct errands){.fails = ITEMS - 3, .also = 4005};
		assert_int_equal(error_set(&error, EXIT_SETTINGS, "said before"), -1);
		assert_int_equal(parallel_each(ITEMS, do_errand, &errands, &error), -4005);
		for (size_t i = 0; i <= 4005; i++) {
			assert_int_equal(errands.times[i], 1);
		}
		assert_int_equal(error.count, 2);
		assert_int_equal(error.code, EXIT_SETTINGS);
		assert_string_equal(error.message[1], "item 4005");
	}
}

static void threads_can_be_set(void **state)
{
	(void)state;
	parallel_set_threads(1);
	assert_int_equal(parallel_threads(), 1);
	parallel_set_threads(3);
	/* 1 when the room is compiled without OpenMP. */
	assert_true(parallel_threads() == 3 || parallel_threads() == 1);
	parallel_set_threads(0);
	assert_true(parallel_threads() >= 1);
	parallel_set_threads(-5);
	assert_true(parallel_threads() >= 1);
	assert_int_equal(parallel_worker(), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_item_once_and_joined_in_order),
		cmocka_unit_test(same_bytes_on_any_number_of_threads),
		cmocka_unit_test(the_lowest_failure_is_reported),
		cmocka_unit_test(blocks_are_counted),
		cmocka_unit_test(nested_jobs_stay_on_their_thread),
		cmocka_unit_test(each_errand_once_and_the_lowest_failure_with_its_words),
		cmocka_unit_test(threads_can_be_set),
	};
	maths_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
