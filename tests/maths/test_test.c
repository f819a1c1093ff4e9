/* Tests of the Wilcoxon signed rank and log-rank tests against R, by enumeration and by symmetry. */
#include "pipeline/maths/test.h"

#include "pipeline/maths/maths.h"
#include "pipeline/maths/survival.h"
#include "tests/maths/close.h"

enum { ROOM = 200 };

static void check_wilcoxon(const double *x, const double *y, size_t n, struct test_wilcoxon_result known)
{
	double work[ROOM];
	struct test_wilcoxon_result result;
	assert_true(n <= ROOM);
	assert_int_equal(test_wilcoxon(x, y, n, work, &result), 0);
	assert_int_equal(result.pairs, known.pairs);
	assert_close(result.statistic, known.statistic, 0);
	assert_close(result.p, known.p, 1e-12);
	assert_int_equal(result.exact, known.exact);
	/* Turned round, V is counted from the other end and p is the same. */
	assert_int_equal(test_wilcoxon(y, x, n, work, &result), 0);
	assert_close(result.statistic, (double)(known.pairs * (known.pairs + 1)) / 2 - known.statistic, 0);
	assert_close(result.p, known.p, 1e-12);
}

/* All known results: R 4.2.2, r <- wilcox.test(x, y, paired = TRUE); print(c(r$statistic, r$p.value), digits = 17);
   whether exact: r$method. */
static void wilcoxon_exact(void **state)
{
	(void)state;
	/* Hollander and Wolfe's depression scores, as in R's help page of wilcox.test. */
	static const double first[] = {1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30};
	static const double second[] = {0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29};
	static const double nil[] = {0, 0, 0, 0};
	static const double rising[] = {1, 2, 3};
	static const double swinging[] = {1, -2, 3, -4};
	check_wilcoxon(first, second, 9, (struct test_wilcoxon_result){9, 40, 0.0390625, true});
	check_wilcoxon(rising, nil, 3, (struct test_wilcoxon_result){3, 6, 0.25, true});
	check_wilcoxon(swinging, nil, 4, (struct test_wilcoxon_result){4, 4, 0.875, true});
	check_wilcoxon(&rising[2], nil, 1, (struct test_wilcoxon_result){1, 1, 1, true});
}

static void wilcoxon_with_ties_and_zeros(void **state)
{
	(void)state;
	/* x <- c(4,7,6,9,3,5,8,2,6,7); y <- c(6,7,9,12,2,9,9,5,6,11) */
	static const double x1[] = {4, 7, 6, 9, 3, 5, 8, 2, 6, 7};
	static const double y1[] = {6, 7, 9, 12, 2, 9, 9, 5, 6, 11};
	check_wilcoxon(x1, y1, 10, (struct test_wilcoxon_result){8, 1.5, 0.024001453892338202, false});
	/* x <- c(4,7,6,9,3,5,8); y <- c(6,8,9,12,2,9,9): ties only */
	static const double x2[] = {4, 7, 6, 9, 3, 5, 8};
	static const double y2[] = {6, 8, 9, 12, 2, 9, 9};
	check_wilcoxon(x2, y2, 7, (struct test_wilcoxon_result){7, 2, 0.04982694960050392, false});
	/* x <- c(1.5,2,3.25,7); y <- c(1,2,2,3): a zero only */
	static const double x3[] = {1.5, 2, 3.25, 7};
	static const double y3[] = {1, 2, 2, 3};
	check_wilcoxon(x3, y3, 4, (struct test_wilcoxon_result){3, 6, 0.18144920772142031, false});
	/* x <- c(1,2); y <- c(1,1) and x <- c(1,-1); y <- c(0,0) */
	check_wilcoxon((const double[]){1, 2}, (const double[]){1, 1}, 2, (struct test_wilcoxon_result){1, 1, 1, false});
	check_wilcoxon((const double[]){1, -1}, (const double[]){0, 0}, 2, (struct test_wilcoxon_result){2, 1.5, 1, false});
}

/* 49 pairs are exact, 50 are not. */
static void wilcoxon_at_the_border(void **state)
{
	(void)state;
	double x[50];
	double y[50];
	double nil[50] = {0};
	double rising[50];
	/* i <- 1:49 (then 1:50); x <- (i * 37) %% 101; y <- (i * 53) %% 97 + i / 64 */
	for (size_t i = 0; i < 50; i++) {
		size_t k = i + 1;
		x[i] = (double)(k * 37 % 101);
		y[i] = (double)(k * 53 % 97) + (double)k / 64;
		rising[i] = (double)k;
	}
	check_wilcoxon(x, y, 49, (struct test_wilcoxon_result){49, 705, 0.36331317046075645, true});
	check_wilcoxon(x, y, 50, (struct test_wilcoxon_result){50, 732, 0.36419097717254961, false});
	/* wilcox.test(1:49, rep(0, 49), paired = TRUE): 2 of the 2^49 signings */
	check_wilcoxon(rising, nil, 49, (struct test_wilcoxon_result){49, 1225, 3.5527136788005009e-15, true});
}

static void wilcoxon_of_many(void **state)
{
	(void)state;
	double x[200];
	double y[200];
	/* i <- 1:200; x <- (i * 37) %% 11; y <- (i * 53) %% 13 */
	for (size_t i = 0; i < 200; i++) {
		x[i] = (double)((i + 1) * 37 % 11);
		y[i] = (double)((i + 1) * 53 % 13);
	}
	size_t differing = 0;
	for (size_t i = 0; i < 200; i++) {
		differing += x[i] != y[i];
	}
	check_wilcoxon(x, y, 200, (struct test_wilcoxon_result){differing, 6836, 0.015277087188286253, false});
	/* y <- y + 2 */
	differing = 0;
	for (size_t i = 0; i < 200; i++) {
		y[i] += 2;
		differing += x[i] != y[i];
	}
	check_wilcoxon(x, y, 200, (struct test_wilcoxon_result){differing, 3579, 1.1686356259315054e-12, false});
}

/* Every signing of the ranks 1 … 10, counted one by one, against the exact p. */
static void wilcoxon_by_enumeration(void **state)
{
	(void)state;
	enum { N = 10, SIGNINGS = 1 << N, MOST = N * (N + 1) / 2 };
	static unsigned ways[MOST + 1];
	static const double nil[N];
	for (unsigned signing = 0; signing < SIGNINGS; signing++) {
		unsigned sum = 0;
		for (unsigned rank = 1; rank <= N; rank++) {
			sum += (signing >> (rank - 1) & 1) * rank;
		}
		ways[sum]++;
	}
	for (unsigned signing = 0; signing < SIGNINGS; signing += 7) {
		double x[N];
		unsigned sum = 0;
		for (unsigned rank = 1; rank <= N; rank++) {
			unsigned positive = signing >> (rank - 1) & 1;
			x[rank - 1] = positive ? rank : -(double)rank;
			sum += positive * rank;
		}
		unsigned tail = 0;
		for (unsigned s = 0; s <= (sum < MOST - sum ? sum : MOST - sum); s++) {
			tail += ways[s];
		}
		check_wilcoxon(x, nil, N, (struct test_wilcoxon_result){N, sum, fmin(1, 2.0 * tail / SIGNINGS), true});
	}
}

static void wilcoxon_refuses(void **state)
{
	(void)state;
	double work[3];
	struct test_wilcoxon_result result;
	static const double nil[3];
	static const double holed[] = {1, MATHS_NAN, 2};
	static const double endless[] = {1, (double)INFINITY, 2};
	assert_int_equal(test_wilcoxon(NULL, NULL, 0, NULL, &result), -1);
	assert_true(isnan(result.statistic) && isnan(result.p));
	assert_int_equal(test_wilcoxon(nil, nil, 3, work, &result), -1);
	assert_int_equal(result.pairs, 0);
	assert_true(isnan(result.statistic) && isnan(result.p));
	assert_int_equal(test_wilcoxon(holed, nil, 3, work, &result), -1);
	assert_int_equal(test_wilcoxon(nil, endless, 3, work, &result), -1);
	assert_true(isnan(result.statistic) && isnan(result.p));
}

/* All known results: R 4.2.2, survival 3.5-3: s <- survdiff(Surv(time, status) ~ group);
   s$obs, s$exp, s$var[1, 1], s$chisq, s$pvalue with 17 digits. */
static void logrank_agrees_with_r(void **state)
{
	(void)state;
	struct test_logrank_result result;
	/* survdiff(Surv(time, status) ~ x, aml) */
	struct survival_subject kept[] = {
		{161, false}, {9, true}, {13, true}, {48, true}, {13, false}, {18, true}, {23, true}, {28, false}, {31, true},
		{34, true}, {45, false},
	};
	struct survival_subject left[] = {
		{45, true}, {5, true}, {5, true}, {8, true}, {8, true}, {12, true}, {16, false}, {23, true}, {27, true},
		{30, true}, {33, true}, {43, true},
	};
	assert_int_equal(test_logrank(kept, 11, left, 12, &result), 0);
	assert_close(result.observed_a, 7, 0);
	assert_close(result.observed_b, 11, 0);
	assert_close(result.expected_a, 10.6893359923007250, 1e-13);
	assert_close(result.expected_b, 7.3106640076992759, 1e-13);
	assert_close(result.variance, 4.0075507459387349, 1e-13);
	assert_close(result.chi_square, 3.3963886989776011, 1e-12);
	assert_close(result.p, 0.065339322040505132, 1e-12);
	/* survdiff(Surv(c(1,2,2,3,5,8,8, 1,2,4,4,6,8,9), c(1,1,0,1,0,1,1, 0,1,1,1,1,0,1)) ~ rep(1:2, c(7, 7))) */
	struct survival_subject a[] = {{1, true}, {2, true}, {2, false}, {3, true}, {5, false}, {8, true}, {8, true}};
	struct survival_subject b[] = {{1, false}, {2, true}, {4, true}, {4, true}, {6, true}, {8, false}, {9, true}};
	assert_int_equal(test_logrank(a, 7, b, 7, &result), 0);
	assert_close(result.observed_a, 5, 0);
	assert_close(result.observed_b, 5, 0);
	assert_close(result.expected_a, 4.0944444444444441, 1e-13);
	assert_close(result.expected_b, 5.9055555555555559, 1e-13);
	assert_close(result.variance, 1.9265780824114156, 1e-13);
	assert_close(result.chi_square, 0.42564112593408809, 1e-12);
	assert_close(result.p, 0.5141355693823485, 1e-12);
	/* The order of the groups does not matter. */
	assert_int_equal(test_logrank(b, 7, a, 7, &result), 0);
	assert_close(result.chi_square, 0.42564112593408809, 1e-12);
}

/* survdiff(Surv(c(1, 2), c(1, 1)) ~ c(1, 2)): expected 1/2, variance 1/4, chi² 1. */
static void logrank_of_one_each(void **state)
{
	(void)state;
	struct test_logrank_result result;
	struct survival_subject a[] = {{1, true}};
	struct survival_subject b[] = {{2, true}};
	assert_int_equal(test_logrank(a, 1, b, 1, &result), 0);
	assert_close(result.expected_a, 0.5, 0);
	assert_close(result.expected_b, 1.5, 0);
	assert_close(result.variance, 0.25, 0);
	assert_close(result.chi_square, 1, 0);
	assert_close(result.p, 0.31731050786291415, 1e-13);
}

static void logrank_of_equal_groups(void **state)
{
	(void)state;
	struct test_logrank_result result;
	struct survival_subject a[40];
	struct survival_subject b[40];
	for (size_t i = 0; i < 40; i++) {
		a[i] = (struct survival_subject){(double)(i * 7 % 13), i % 3 != 0};
		b[39 - i] = a[i];
	}
	assert_int_equal(test_logrank(a, 40, b, 40, &result), 0);
	assert_close(result.expected_a, result.observed_a, 1e-14);
	assert_true(result.chi_square < 1e-25);
	assert_true(result.p > 1 - 1e-12 && result.p <= 1);
	assert_close(result.expected_a + result.expected_b, result.observed_a + result.observed_b, 1e-14);
}

static void logrank_refuses(void **state)
{
	(void)state;
	struct test_logrank_result result;
	struct survival_subject a[] = {{1, false}};
	struct survival_subject b[] = {{2, true}};
	struct survival_subject bad[] = {{-2, true}};
	assert_int_equal(test_logrank(NULL, 0, NULL, 0, &result), -1);
	assert_true(isnan(result.chi_square) && isnan(result.p));
	assert_int_equal(test_logrank(NULL, 0, b, 1, &result), -1);
	assert_int_equal(test_logrank(a, 1, NULL, 0, &result), -1);
	/* The only event comes when the other group has no one left: R gives chi² 0 on 0 degrees of freedom. */
	assert_int_equal(test_logrank(a, 1, b, 1, &result), -1);
	assert_close(result.observed_b, 1, 0);
	assert_close(result.expected_b, 1, 0);
	assert_true(isnan(result.chi_square) && isnan(result.p));
	assert_int_equal(test_logrank(bad, 1, b, 1, &result), -1);
	assert_true(isnan(result.observed_a));
	bad[0].time = MATHS_NAN;
	assert_int_equal(test_logrank(a, 1, bad, 1, &result), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(wilcoxon_exact),
		cmocka_unit_test(wilcoxon_with_ties_and_zeros),
		cmocka_unit_test(wilcoxon_at_the_border),
		cmocka_unit_test(wilcoxon_of_many),
		cmocka_unit_test(wilcoxon_by_enumeration),
		cmocka_unit_test(wilcoxon_refuses),
		cmocka_unit_test(logrank_agrees_with_r),
		cmocka_unit_test(logrank_of_one_each),
		cmocka_unit_test(logrank_of_equal_groups),
		cmocka_unit_test(logrank_refuses),
	};
	maths_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
