/* Tests of the random streams: published known answers, R's quantiles of them, independence of streams, distributions. */
#include "pipeline/maths/random.h"

#include "pipeline/maths/maths.h"
#include "pipeline/maths/moments.h"
#include "pipeline/maths/quantile.h"
#include "tests/maths/close.h"

static void philox_known_answers(void **state)
{
	(void)state;
	/* Random123 1.14, tests/kat_vectors, the three lines "philox4x32 10": counter, key, result. */
	static const struct {
		uint32_t counter[4], key[2], result[4];
	} known[] = {
		{{0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
		{{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, {0xffffffff, 0xffffffff},
			{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
		{{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0},
			{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
	};
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		uint32_t result[4];
		random_philox(known[i].counter, known[i].key, result);
		assert_memory_equal(result, known[i].result, sizeof result);
	}
}

/* The order of words in a stream, pinned: figures that were published must come out again. The words are from a second
   implementation, written in Python from the paper and checked against the same known answers. */
static void stream_layout(void **state)
{
	(void)state;
	static const struct {
		uint64_t seed, replicate;
		uint32_t words[8];
	} known[] = {
		{20180831, 0,
			{0xf0d1863b, 0x2a606262, 0x8889c4c6, 0xf9bdc86c, 0x8ec81589, 0x8e5cf224, 0xbbb8387a, 0x176b0dab}},
		{20180831, 9999,
			{0xcf93c34d, 0x903440ab, 0xf75ba086, 0xbf8570b9, 0x1c153b01, 0xa88c5be4, 0x3175fc83, 0x316bb64b}},
		{0x123456789abcdef0, 0x0fedcba987654321,
			{0x5db017ef, 0x2cf7f40d, 0x97954855, 0xc1c6f1f2, 0x698719a1, 0xba0c4475, 0x52e126c5, 0x6335d02c}},
	};
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		struct random_stream stream;
		random_start(&stream, known[i].seed, known[i].replicate);
		for (size_t j = 0; j < 8; j++) {
			assert_int_equal(random_bits32(&stream), known[i].words[j]);
		}
		random_start(&stream, known[i].seed, known[i].replicate);
		assert_true(random_bits64(&stream) == (known[i].words[0] | (uint64_t)known[i].words[1] << 32));
	}
}

/* The same four uniforms through each distribution. R 4.2.2, with u read from the words above: qnorm(u);
   120 * exp(0.1 * qnorm(u)); pert <- function(u, a, m, b) a + (b - a) * qbeta(u, 1 + 4*(m-a)/(b-a), 1 + 4*(b-m)/(b-a)) */
static void distributions_agree_with_r(void **state)
{
	(void)state;
	static const double uniform[] = {0.5632973117313461, 0.7481298879641672, 0.6583917076023525, 0.19304980598231924};
	static const double normal[] = {0.15933445473821170, 0.66861637522186901, 0.40807776333579759, -0.86671239564583802};
	static const double lognormal[] = {121.92732716319895, 128.29770456451723, 124.99822273930033, 110.03742148061730};
	static const struct {
		double min, mode, max, x[4];
	} pert[] = {
		{0.1, 0.2, 0.3, {0.20677239261355146, 0.22787791886186551, 0.21723327818883181, 0.16435427001374414}},
		{5, 5, 20, {7.2905009754552594, 8.6151690542598995, 7.8996776509707090, 5.6298730405196666}},
		{-1, 3, 3, {2.5662150383837310, 2.7744649113090212, 2.6792293563886749, 1.8786831467305807}},
		{0.05, 0.1, 0.2, {0.111343075400822472, 0.127611532838661279, 0.119255695895444019, 0.082137861243950019}},
	};
	struct random_stream stream;
	random_start(&stream, 20180831, 9999);
	for (size_t i = 0; i < 4; i++) {
		struct random_stream copy = stream;
		assert_close(random_normal(&copy), normal[i], 1e-13);
		copy = stream;
		assert_close(random_lognormal(&copy, 120, 0.1), lognormal[i], 1e-14);
		for (size_t j = 0; j < sizeof pert / sizeof *pert; j++) {
			copy = stream;
			assert_close(random_pert(&copy, pert[j].min, pert[j].mode, pert[j].max), pert[j].x[i], 1e-12);
		}
		assert_close(random_uniform(&stream), uniform[i], 0);
	}
}

static void every_draw_takes_one_uniform(void **state)
{
	(void)state;
	struct random_stream plain, other;
	random_start(&plain, 1, 2);
	random_start(&other, 1, 2);
	for (int i = 0; i < 6; i++) {
		random_uniform(&plain);
	}
	assert_close(random_lognormal(&other, 50, 0), 50, 0);
	assert_close(random_lognormal(&other, 0, 0.3), 0, 0);
	assert_close(random_pert(&other, 7, 7, 7), 7, 0);
	assert_true(isnan(random_pert(&other, 7, 6, 8)));
	assert_true(isnan(random_lognormal(&other, -1, 1)));
	random_normal(&other);
	assert_true(random_bits64(&plain) == random_bits64(&other));
}

static void out_of_range_gives_nan(void **state)
{
	(void)state;
	struct random_stream stream;
	const double endless = (double)INFINITY;
	random_start(&stream, 1, 2);
	assert_true(isnan(random_lognormal(&stream, 1, -0.1)));
	assert_true(isnan(random_lognormal(&stream, endless, 0.1)));
	assert_true(isnan(random_lognormal(&stream, 1, MATHS_NAN)));
	assert_true(isnan(random_pert(&stream, 1, 3, 2)));
	assert_true(isnan(random_pert(&stream, -endless, 1, 2)));
	assert_true(isnan(random_pert(&stream, 1, 2, endless)));
	assert_true(isnan(random_pert(&stream, 1, MATHS_NAN, 2)));
}

/* Streams that differ in the seed or the replicate, in either half, share no block; drawn anew they are the same. */
static void streams_are_their_own(void **state)
{
	(void)state;
	static const uint64_t numbers[] = {0, 1, 2, UINT64_C(1) << 32, UINT64_MAX};
	uint64_t first[25];
	for (size_t i = 0; i < 25; i++) {
		struct random_stream stream, again;
		random_start(&stream, numbers[i / 5], numbers[i % 5]);
		random_start(&again, numbers[i / 5], numbers[i % 5]);
		first[i] = random_bits64(&stream);
		assert_true(first[i] == random_bits64(&again));
		for (size_t j = 0; j < i; j++) {
			assert_true(first[i] != first[j]);
		}
	}
}

/* The block counter carries from its low word to its high one. */
static void the_counter_carries(void **state)
{
	(void)state;
	struct random_stream stream;
	uint32_t expected[4];
	random_start(&stream, 5, 6);
	stream.counter[0] = UINT32_MAX;
	random_bits64(&stream);
	random_bits64(&stream);
	random_philox((const uint32_t[]){0, 1, 6, 0}, (const uint32_t[]){5, 0}, expected);
	for (size_t i = 0; i < 4; i++) {
		assert_int_equal(random_bits32(&stream), expected[i]);
	}
}

enum { DRAWS = 200000 };

static double draws[DRAWS];

/* Within 5 standard errors of the expected mean: with a fixed seed this either holds for ever or never. */
static void check_mean(double mean, double sd)
{
	assert_true(fabs(moments_mean(draws, DRAWS) - mean) < 5 * sd / sqrt(DRAWS));
	assert_close(moments_sd(draws, DRAWS), sd, 0.01);
}

static void uniform_is_uniform(void **state)
{
	(void)state;
	struct random_stream stream;
	random_start(&stream, 42, 0);
	for (size_t i = 0; i < DRAWS; i++) {
		draws[i] = random_uniform(&stream);
		assert_true(0 < draws[i] && draws[i] < 1);
	}
	check_mean(0.5, sqrt(1 / 12.0));
	/* Kolmogorov's distance; 1.95/√n is its 0.1 per cent point. */
	quantile_sort(draws, DRAWS);
	for (size_t i = 0; i < DRAWS; i++) {
		assert_true(fabs(draws[i] - ((double)i + 0.5) / DRAWS) < 1.95 / sqrt(DRAWS));
	}
}

/* The words that give the two ends: all bits 0 and all bits 1. */
static void uniform_never_reaches_its_ends(void **state)
{
	(void)state;
	struct random_stream stream = {.words = {0, 0, UINT32_MAX, UINT32_MAX}, .left = 4};
	assert_close(random_uniform(&stream), 0x1p-53, 0);
	assert_close(random_uniform(&stream), 1 - 0x1p-53, 0);
	struct random_stream ends = {.words = {0, 0, UINT32_MAX, UINT32_MAX}, .left = 4};
	/* R 4.2.2: qnorm(c(2^-53, 1 - 2^-53)) */
	assert_close(random_normal(&ends), -8.2095361516013856, 1e-13);
	assert_close(random_normal(&ends), 8.2095361516013856, 1e-13);
	struct random_stream limits = {.words = {0, 0, UINT32_MAX, UINT32_MAX}, .left = 4};
	assert_true(random_pert(&limits, 0, 1, 2) > 0);
	assert_true(random_pert(&limits, 0, 1, 2) < 2.0000000001);
}

static void normal_lognormal_and_pert_have_their_moments(void **state)
{
	(void)state;
	struct random_stream stream;
	random_start(&stream, 42, 1);
	for (size_t i = 0; i < DRAWS; i++) {
		draws[i] = random_normal(&stream);
	}
	check_mean(0, 1);
	for (size_t i = 0; i < DRAWS; i++) {
		draws[i] = log(random_lognormal(&stream, 250, 0.2));
	}
	check_mean(log(250), 0.2);
	/* min 10, mode 20, max 50: alpha 2, beta 4, mean (10 + 80 + 50)/6, variance 40²·αβ/((α+β)²(α+β+1)). */
	for (size_t i = 0; i < DRAWS; i++) {
		draws[i] = random_pert(&stream, 10, 20, 50);
		assert_true(10 <= draws[i] && draws[i] <= 50);
	}
	check_mean(140 / 6.0, 40 * sqrt(8 / (36.0 * 7)));
}

static void below_stays_below_and_is_even(void **state)
{
	(void)state;
	struct random_stream stream;
	random_start(&stream, 42, 2);
	assert_int_equal(random_below(&stream, 0), 0);
	for (uint64_t n = 1; n <= 12; n++) {
		unsigned times[12] = {0};
		for (size_t i = 0; i < 60000; i++) {
			uint64_t x = random_below(&stream, n);
			assert_true(x < n);
			times[x]++;
		}
		double expected = 60000 / (double)n;
		for (uint64_t x = 0; x < n; x++) {
			assert_true(fabs(times[x] - expected) <= 5 * sqrt(expected));
		}
	}
}

/* n is 3/4 of the range of the words: a plain remainder or a plain product would favour some thirds by half. */
static void below_has_no_bias(void **state)
{
	(void)state;
	static const uint64_t ranges[] = {UINT64_C(3) << 30, UINT64_C(3) << 62, (UINT64_C(1) << 32) + 1, UINT32_MAX};
	struct random_stream stream;
	random_start(&stream, 42, 3);
	for (size_t r = 0; r < sizeof ranges / sizeof *ranges; r++) {
		unsigned thirds[3] = {0};
		unsigned remainders[3] = {0};
		for (size_t i = 0; i < 60000; i++) {
			uint64_t x = random_below(&stream, ranges[r]);
			assert_true(x < ranges[r]);
			uint64_t third = x / (ranges[r] / 3);
			thirds[third < 3 ? third : 2]++;
			remainders[x % 3]++;
		}
		for (size_t k = 0; k < 3; k++) {
			assert_true(fabs(thirds[k] - 20000.0) < 5 * sqrt(20000 * 2 / 3.0));
			assert_true(fabs(remainders[k] - 20000.0) < 5 * sqrt(20000 * 2 / 3.0));
		}
	}
	assert_true(random_below(&stream, UINT64_MAX) < UINT64_MAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(philox_known_answers),
		cmocka_unit_test(stream_layout),
		cmocka_unit_test(distributions_agree_with_r),
		cmocka_unit_test(every_draw_takes_one_uniform),
		cmocka_unit_test(out_of_range_gives_nan),
		cmocka_unit_test(streams_are_their_own),
		cmocka_unit_test(the_counter_carries),
		cmocka_unit_test(uniform_is_uniform),
		cmocka_unit_test(uniform_never_reaches_its_ends),
		cmocka_unit_test(normal_lognormal_and_pert_have_their_moments),
		cmocka_unit_test(below_stays_below_and_is_even),
		cmocka_unit_test(below_has_no_bias),
	};
	maths_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
