/* Tests of the confidence intervals against R, published examples and identities. */
#include "pipeline/maths/interval.h"

#include "pipeline/maths/maths.h"
#include "tests/maths/close.h"

struct one_sample {
	int64_t x, n;
	double level, low, high;
};

static void wilson_agrees_with_r(void **state)
{
	(void)state;
	/* R 4.2.2: print(prop.test(x, n, conf.level = level, correct = FALSE)$conf.int, digits = 17)
	   81/263, 15/148, 0/20 and 1/29 are the examples of Newcombe, Statistics in Medicine 17 (1998) 857–872, table I
	   method 3: 0.2553–0.3662, 0.0624–0.1605, 0–0.1611, 0.0061–0.1718. */
	static const struct one_sample known[] = {
		{0, 1, 0.95, 0, 0.79345068562276255},
		{1, 1, 0.95, 0.2065493143772375, 1},
		{0, 10, 0.95, 0, 0.27753279986288915},
		{5, 56, 0.95, 0.038742148449586913, 0.192560013855111567},
		{15, 148, 0.95, 0.062386399530736283, 0.160487241723308000},
		{81, 263, 0.95, 0.25528851987827428, 0.36620957698280016},
		{1, 29, 0.95, 0.006113214292762661, 0.171755218793202824},
		{0, 20, 0.95, 0, 0.1611251580528193},
		{43, 120, 0.90, 0.29018625294664552, 0.43272765099837451},
		{43, 120, 0.99, 0.25574647396990485, 0.47576513213089078},
		{3, 1000000, 0.95, 1.0202712409681229e-06, 8.8211497743124362e-06},
	};
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		struct interval result;
		assert_int_equal(interval_wilson(known[i].x, known[i].n, known[i].level, &result), 0);
		assert_close(result.estimate, (double)known[i].x / (double)known[i].n, 0);
		assert_close(result.low, known[i].low, 1e-10);
		assert_close(result.high, known[i].high, 1e-10);
	}
}

static void clopper_pearson_agrees_with_r(void **state)
{
	(void)state;
	/* R 4.2.2: print(binom.test(x, n, conf.level = level)$conf.int, digits = 17) */
	static const struct one_sample known[] = {
		{0, 1, 0.95, 0, 0.975},
		{1, 1, 0.95, 0.025, 1},
		{0, 10, 0.95, 0, 0.30849710781876083},
		{5, 56, 0.95, 0.029629841889542232, 0.196193440934782415},
		{15, 148, 0.95, 0.057844010083448555, 0.161650490349478981},
		{81, 263, 0.95, 0.25273674558527121, 0.36762192260135140},
		{1, 29, 0.95, 0.0008726468835799228, 0.1776442954887228476},
		{43, 120, 0.90, 0.28544533827050234, 0.43657818831956108},
		{43, 120, 0.99, 0.24904910274395908, 0.47917619250144472},
		{3, 1000000, 0.95, 6.1867255019063901e-07, 8.7672477881452194e-06},
		{6172, 12345, 0.99, 0.48832926823262252, 0.51158975866938794},
		{10000, 10000, 0.95, 0.99963118008538121, 1},
		{300000, 1000000, 0.99, 0.29882006064283351, 0.30118184311558382},
	};
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		struct interval result;
		assert_int_equal(interval_clopper_pearson(known[i].x, known[i].n, known[i].level, &result), 0);
		assert_close(result.estimate, (double)known[i].x / (double)known[i].n, 0);
		assert_close(result.low, known[i].low, 1e-10);
		assert_close(result.high, known[i].high, 1e-10);
	}
}

static void newcombe_agrees_with_the_paper_and_r(void **state)
{
	(void)state;
	/* The eight contrasts of table II of Newcombe, Statistics in Medicine 17 (1998) 873–890; method 10 there gives
	   0.0524–0.3339, 0.1705–0.8090, 0.0582–0.8062, −0.0381–0.1926, −0.1611–0.2775, −0.2775–0.2775, 0.6791–1,
	   0.6075–1. More digits from R 4.2.2:
	   w <- function(x, n) prop.test(x, n, conf.level = level, correct = FALSE)$conf.int
	   a <- w(x1, n1); b <- w(x2, n2); p <- x1/n1; q <- x2/n2
	   print(p - q - sqrt((p - a[1])^2 + (b[2] - q)^2), digits = 17)
	   print(p - q + sqrt((a[2] - p)^2 + (q - b[1])^2), digits = 17) */
	static const struct {
		int64_t x1, n1, x2, n2;
		double level, low, high;
	} known[] = {
		{56, 70, 48, 80, 0.95, 0.052431472402364926, 0.333872654036905858},
		{9, 10, 3, 10, 0.95, 0.17052272393450307, 0.80901797353548799},
		{6, 7, 2, 7, 0.95, 0.058227927482312314, 0.806249637524227736},
		{5, 56, 0, 29, 0.95, -0.038137147903536853, 0.192560013855111567},
		{0, 10, 0, 20, 0.95, -0.16112515805281930, 0.27753279986288915},
		{0, 10, 0, 10, 0.95, -0.27753279986288915, 0.27753279986288915},
		{10, 10, 0, 20, 0.95, 0.67908603714191484, 1},
		{10, 10, 0, 10, 0.95, 0.60750935043052434, 1},
		{56, 70, 48, 80, 0.99, 0.0053708692500785693, 0.3718084317757736068},
		{1, 1, 0, 1, 0.95, -0.12210872068194178, 1},
	};
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		struct interval result;
		assert_int_equal(interval_newcombe(known[i].x1, known[i].n1, known[i].x2, known[i].n2, known[i].level, &result),
			0);
		assert_close(result.low, known[i].low, 1e-10);
		assert_close(result.high, known[i].high, 1e-10);
	}
}

static void t_agrees_with_r(void **state)
{
	(void)state;
	struct interval result;
	/* Student's sleep data, the differences of his 10 patients. R 4.2.2:
	   print(t.test(extra ~ group, data = sleep, paired = TRUE), digits = 17) */
	static const double sleep[] = {-1.2, -2.4, -1.3, -1.3, 0, -1, -1.8, -0.8, -4.6, -1.4};
	assert_int_equal(interval_t(sleep, 10, 0.95, &result), 0);
	assert_close(result.estimate, -1.58, 1e-14);
	assert_close(result.low, -2.45988576327698238, 1e-12);
	assert_close(result.high, -0.70011423672301754, 1e-12);
	/* R 4.2.2: t.test(c(1, 2), conf.level = 0.9) */
	static const double two[] = {1, 2};
	assert_int_equal(interval_t(two, 2, 0.90, &result), 0);
	assert_close(result.low, -1.6568757573375188, 1e-12);
	assert_close(result.high, 4.6568757573375184, 1e-12);
	/* R 4.2.2: t.test(c(3, -1, 4, -1, 5, -9, 2, 6, -5, 3, 5, 8), conf.level = 0.99) */
	static const double twelve[] = {3, -1, 4, -1, 5, -9, 2, 6, -5, 3, 5, 8};
	assert_int_equal(interval_t(twelve, 12, 0.99, &result), 0);
	assert_close(result.low, -2.7145013894495134, 1e-12);
	assert_close(result.high, 6.0478347227828460, 1e-12);
}

/* Identities that hold for every x and n: order, range, the mirror x → n − x, and the score equation itself. */
static void one_sample_identities(void **state)
{
	(void)state;
	const double z = 1.959963984540054; /* R 4.2.2: qnorm(0.975) */
	for (int64_t n = 1; n <= 60; n++) {
		for (int64_t x = 0; x <= n; x++) {
			struct interval score, mirror, exact;
			assert_int_equal(interval_wilson(x, n, 0.95, &score), 0);
			assert_int_equal(interval_wilson(n - x, n, 0.95, &mirror), 0);
			assert_int_equal(interval_clopper_pearson(x, n, 0.95, &exact), 0);
			assert_true(0 <= score.low && score.low <= score.estimate);
			assert_true(score.estimate <= score.high && score.high <= 1);
			assert_true(0 <= exact.low && exact.low <= score.estimate);
			assert_true(score.estimate <= exact.high && exact.high <= 1);
			assert_true((score.low == 0) == (x == 0) && (score.high == 1) == (x == n));
			assert_close(score.low, 1 - mirror.high, 1e-12);
			double gap = score.estimate - score.low;
			double limit = z * z * score.low * (1 - score.low) / (double)n;
			assert_true(fabs(gap * gap - limit) < 1e-12);
		}
	}
}

static void a_higher_level_is_wider(void **state)
{
	(void)state;
	static const double levels[] = {0.5, 0.8, 0.9, 0.95, 0.99, 0.999};
	struct interval inner, outer;
	for (size_t i = 1; i < sizeof levels / sizeof *levels; i++) {
		for (int64_t x = 1; x < 12; x++) {
			interval_wilson(x, 12, levels[i - 1], &inner);
			interval_wilson(x, 12, levels[i], &outer);
			assert_true(outer.low < inner.low && inner.high < outer.high);
			interval_newcombe(x, 12, 5, 9, levels[i - 1], &inner);
			interval_newcombe(x, 12, 5, 9, levels[i], &outer);
			assert_true(outer.low < inner.low && inner.high < outer.high);
		}
	}
}

static void newcombe_identities(void **state)
{
	(void)state;
	for (int64_t x1 = 0; x1 <= 9; x1++) {
		for (int64_t x2 = 0; x2 <= 13; x2++) {
			struct interval forth, back;
			assert_int_equal(interval_newcombe(x1, 9, x2, 13, 0.95, &forth), 0);
			assert_int_equal(interval_newcombe(x2, 13, x1, 9, 0.95, &back), 0);
			assert_true(-1 <= forth.low && forth.low <= forth.estimate);
			assert_true(forth.estimate <= forth.high && forth.high <= 1);
			assert_close(forth.low, -back.high, 1e-12);
			assert_close(forth.high, -back.low, 1e-12);
		}
	}
}

static void assert_nothing(struct interval result)
{
	assert_true(isnan(result.estimate) && isnan(result.low) && isnan(result.high));
}

static void refuses_what_does_not_exist(void **state)
{
	(void)state;
	static const struct {
		int64_t x, n;
		double level;
	} bad[] = {
		{0, 0, 0.95}, {-1, 5, 0.95}, {6, 5, 0.95}, {0, -1, 0.95}, {1, 5, 0}, {1, 5, 1}, {1, 5, 95}, {1, 5, MATHS_NAN},
	};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct interval result = {1, 1, 1};
		assert_int_equal(interval_wilson(bad[i].x, bad[i].n, bad[i].level, &result), -1);
		assert_nothing(result);
		assert_int_equal(interval_clopper_pearson(bad[i].x, bad[i].n, bad[i].level, &result), -1);
		assert_nothing(result);
		assert_int_equal(interval_newcombe(bad[i].x, bad[i].n, 1, 2, bad[i].level, &result), -1);
		assert_nothing(result);
		assert_int_equal(interval_newcombe(1, 2, bad[i].x, bad[i].n, bad[i].level, &result), -1);
		assert_nothing(result);
	}
}

/* Beyond the range of the beta quantile the answer is -1, never a wrong limit. */
static void clopper_pearson_of_far_too_many(void **state)
{
	(void)state;
	struct interval result;
	assert_int_equal(interval_clopper_pearson(INT64_C(1) << 61, INT64_C(1) << 62, 0.95, &result), -1);
	assert_nothing(result);
}

static void t_at_few_values(void **state)
{
	(void)state;
	struct interval result;
	static const double same[] = {4, 4, 4};
	static const double holed[] = {1, MATHS_NAN, 2};
	static const double endless[] = {1, (double)INFINITY, 2};
	assert_int_equal(interval_t(NULL, 0, 0.95, &result), -1);
	assert_nothing(result);
	assert_int_equal(interval_t(same, 1, 0.95, &result), -1);
	assert_close(result.estimate, 4, 0);
	assert_true(isnan(result.low) && isnan(result.high));
	assert_int_equal(interval_t(same, 3, 0.95, &result), 0);
	assert_close(result.low, 4, 0);
	assert_close(result.high, 4, 0);
	assert_int_equal(interval_t(holed, 3, 0.95, &result), -1);
	assert_nothing(result);
	assert_int_equal(interval_t(endless, 3, 0.95, &result), -1);
	assert_nothing(result);
	/* The sd is beyond the largest double. */
	static const double huge[] = {1e308, -1e308};
	assert_int_equal(interval_t(huge, 2, 0.95, &result), -1);
	assert_close(result.estimate, 0, 0);
	assert_true(isnan(result.low) && isnan(result.high));
	assert_int_equal(interval_t(same, 3, 1, &result), -1);
	assert_nothing(result);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(wilson_agrees_with_r),
		cmocka_unit_test(clopper_pearson_agrees_with_r),
		cmocka_unit_test(newcombe_agrees_with_the_paper_and_r),
		cmocka_unit_test(t_agrees_with_r),
		cmocka_unit_test(one_sample_identities),
		cmocka_unit_test(a_higher_level_is_wider),
		cmocka_unit_test(newcombe_identities),
		cmocka_unit_test(refuses_what_does_not_exist),
		cmocka_unit_test(clopper_pearson_of_far_too_many),
		cmocka_unit_test(t_at_few_values),
	};
	maths_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
