/* Tests of Kaplan–Meier against R's survival package, by hand, and without censoring against the binomial. */
#include "pipeline/maths/survival.h"

#include "pipeline/maths/maths.h"
#include "tests/maths/close.h"

#define NONE MATHS_NAN

static void check_steps(const struct survival_step *steps, const struct survival_step *known, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		assert_close(steps[i].time, known[i].time, 0);
		assert_int_equal(steps[i].at_risk, known[i].at_risk);
		assert_int_equal(steps[i].events, known[i].events);
		assert_int_equal(steps[i].censored, known[i].censored);
		assert_close(steps[i].survival, known[i].survival, 1e-14);
		assert_close(steps[i].variance, known[i].variance, 1e-13);
		assert_close(steps[i].low, known[i].low, 1e-12);
		assert_close(steps[i].high, known[i].high, 1e-12);
	}
}

/* All known steps: R 4.2.2, survival 3.5-3.
   f <- survfit(Surv(time, status) ~ 1, data, conf.type = "log-log", conf.int = level)
   print(data.frame(f$time, f$n.risk, f$n.event, f$n.censor, f$surv, (f$surv * f$std.err)^2, f$lower, f$upper), digits = 17)
   The data are the two arms of the acute myelogenous leukaemia trial, survival::aml (Miller 1981). */
static void aml_maintained(void **state)
{
	(void)state;
	struct survival_subject subjects[] = {
		{161, false}, {9, true}, {13, true}, {48, true}, {13, false}, {18, true}, {23, true}, {28, false}, {31, true},
		{34, true}, {45, false},
	};
	static const struct survival_step known[] = {
		{9, 11, 1, 0, 0.90909090909090906, 0.0075131480090157767, 0.508080205769929738, 0.98667382266782311},
		{13, 10, 1, 1, 0.81818181818181812, 0.0135236664162283939, 0.447428614682181425, 0.95116222858249166},
		{18, 8, 1, 0, 0.71590909090909083, 0.0195063040007513143, 0.350190385907938384, 0.89902397419105340},
		{23, 7, 1, 0, 0.61363636363636354, 0.0232966284748309486, 0.265752040001286105, 0.83529924325022142},
		{28, 6, 0, 1, 0.61363636363636354, 0.0232966284748309486, 0.265752040001286105, 0.83529924325022142},
		{31, 5, 1, 0, 0.49090909090909085, 0.0269594290007513122, 0.167330909776850806, 0.75339979037081128},
		{34, 4, 1, 0, 0.36818181818181817, 0.0264611664162284002, 0.092829574936985182, 0.65704083239816380},
		{45, 3, 0, 1, 0.36818181818181817, 0.0264611664162284002, 0.092829574936985182, 0.65704083239816380},
		{48, 2, 1, 0, 0.18409090909090908, 0.0235600230090157771, 0.011738480123189602, 0.52501484272664145},
		{161, 1, 0, 1, 0.18409090909090908, 0.0235600230090157771, 0.011738480123189602, 0.52501484272664145},
	};
	struct survival_step steps[11];
	size_t count;
	assert_int_equal(survival_kaplan_meier(subjects, 11, 0.95, steps, &count), 0);
	assert_int_equal(count, 10);
	check_steps(steps, known, 10);
	/* R: summary(f, times = c(0, 9, 10, 18, 24, 100, 161, 162), extend = TRUE)$n.risk */
	static const double times[] = {0, 9, 10, 18, 24, 100, 161, 162};
	static const size_t at_risk[] = {11, 11, 10, 8, 6, 1, 1, 0};
	for (size_t i = 0; i < 8; i++) {
		assert_int_equal(survival_at_risk(steps, count, times[i]), at_risk[i]);
	}
	assert_null(survival_at(steps, count, 8.99));
	assert_ptr_equal(survival_at(steps, count, 9), &steps[0]);
	assert_ptr_equal(survival_at(steps, count, 12.5), &steps[0]);
	assert_ptr_equal(survival_at(steps, count, 13), &steps[1]);
	assert_ptr_equal(survival_at(steps, count, 1000), &steps[9]);
}

static void aml_not_maintained_at_90_per_cent(void **state)
{
	(void)state;
	struct survival_subject subjects[] = {
		{5, true}, {5, true}, {8, true}, {8, true}, {12, true}, {16, false}, {23, true}, {27, true}, {30, true},
		{33, true}, {43, true}, {45, true},
	};
	static const struct survival_step known[] = {
		{5, 12, 2, 0, 0.833333333333333370, 0.0115740740740740734, 0.557477688568739249, 0.94470047461022899},
		{8, 10, 2, 0, 0.666666666666666741, 0.0185185185185185244, 0.395316024191377291, 0.83765918714989296},
		{12, 8, 1, 0, 0.583333333333333370, 0.0202546296296296328, 0.321473630202390503, 0.77414316305682918},
		{16, 7, 0, 1, 0.583333333333333370, 0.0202546296296296328, 0.321473630202390503, 0.77414316305682918},
		{23, 6, 1, 0, 0.486111111111111160, 0.0219425154320987657, 0.235714447201327892, 0.69765149408253435},
		{27, 5, 1, 0, 0.388888888888888951, 0.0216049382716049371, 0.161354657090252707, 0.61323995321398039},
		{30, 4, 1, 0, 0.291666666666666741, 0.0192418981481481573, 0.097798874872532873, 0.52046942896970927},
		{33, 3, 1, 0, 0.194444444444444475, 0.0148533950617283986, 0.046262345005378472, 0.41787861784627317},
		{43, 2, 1, 0, 0.097222222222222238, 0.0084394290123456801, 0.010668302903133029, 0.30226747154378519},
		{45, 1, 1, 0, 0, NONE, NONE, NONE},
	};
	struct survival_step steps[12];
	size_t count;
	assert_int_equal(survival_kaplan_meier(subjects, 12, 0.90, steps, &count), 0);
	assert_int_equal(count, 10);
	check_steps(steps, known, 10);
}

/* Times that are not whole, a tie of events and censorings, an event at time 0. */
static void ties_and_fractions(void **state)
{
	(void)state;
	struct survival_subject subjects[] = {
		{0, true}, {0.5, true}, {2.25, false}, {0.5, true}, {7, false}, {2.25, true}, {2.25, true}, {3, false},
	};
	static const struct survival_step known[] = {
		{0, 8, 1, 0, 0.875, 0.013671875000000003, 0.387000014032025219, 0.98139296587896596},
		{0.5, 7, 2, 0, 0.625, 0.029296874999999990, 0.229333322429131681, 0.86069827691353873},
		{2.25, 5, 2, 1, 0.375, 0.029296874999999990, 0.087006225101353196, 0.67436332656277942},
		{3, 2, 0, 1, 0.375, 0.029296874999999990, 0.087006225101353196, 0.67436332656277942},
		{7, 1, 0, 1, 0.375, 0.029296874999999990, 0.087006225101353196, 0.67436332656277942},
	};
	struct survival_step steps[8];
	size_t count;
	assert_int_equal(survival_kaplan_meier(subjects, 8, 0.95, steps, &count), 0);
	assert_int_equal(count, 5);
	check_steps(steps, known, 5);
}

static void none_and_one(void **state)
{
	(void)state;
	struct survival_step step;
	size_t count = 9;
	assert_int_equal(survival_kaplan_meier(NULL, 0, 0.95, NULL, &count), 0);
	assert_int_equal(count, 0);
	assert_null(survival_at(NULL, 0, 1));
	assert_int_equal(survival_at_risk(NULL, 0, 1), 0);
	struct survival_subject ended[] = {{4, true}};
	assert_int_equal(survival_kaplan_meier(ended, 1, 0.95, &step, &count), 0);
	assert_int_equal(count, 1);
	check_steps(&step, &(struct survival_step){4, 1, 1, 0, 0, NONE, NONE, NONE}, 1);
	struct survival_subject going[] = {{4, false}};
	assert_int_equal(survival_kaplan_meier(going, 1, 0.95, &step, &count), 0);
	assert_int_equal(count, 1);
	check_steps(&step, &(struct survival_step){4, 1, 0, 1, 1, 0, NONE, NONE}, 1);
}

static void refuses_bad_arguments(void **state)
{
	(void)state;
	struct survival_step steps[2];
	size_t count = 9;
	static const double bad[] = {-1, (double)INFINITY, MATHS_NAN};
	for (size_t i = 0; i < 3; i++) {
		struct survival_subject subjects[] = {{1, true}, {bad[i], true}};
		assert_int_equal(survival_kaplan_meier(subjects, 2, 0.95, steps, &count), -1);
		assert_int_equal(count, 0);
	}
	struct survival_subject fine[] = {{1, true}, {2, true}};
	assert_int_equal(survival_kaplan_meier(fine, 2, 0, steps, &count), -1);
	assert_int_equal(survival_kaplan_meier(fine, 2, 1, steps, &count), -1);
	assert_int_equal(survival_kaplan_meier(fine, 2, MATHS_NAN, steps, &count), -1);
}

/* Without censoring S is the share left and Greenwood's variance that of a binomial share, S(1 − S)/n. */
static void without_censoring_it_is_a_share(void **state)
{
	(void)state;
	enum { N = 97 };
	struct survival_subject subjects[N];
	struct survival_step steps[N];
	size_t count;
	for (size_t i = 0; i < N; i++) {
		subjects[i] = (struct survival_subject){(double)((i * 31) % 20), true};
	}
	assert_int_equal(survival_kaplan_meier(subjects, N, 0.95, steps, &count), 0);
	assert_int_equal(count, 20);
	for (size_t i = 0; i + 1 < count; i++) {
		double share = (double)(steps[i].at_risk - steps[i].events) / N;
		assert_close(steps[i].survival, share, 1e-13);
		assert_close(steps[i].variance, share * (1 - share) / N, 1e-12);
		assert_true(0 < steps[i].low && steps[i].low < share && share < steps[i].high && steps[i].high < 1);
		assert_int_equal(steps[i].at_risk - steps[i].events - steps[i].censored, steps[i + 1].at_risk);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(aml_maintained),
		cmocka_unit_test(aml_not_maintained_at_90_per_cent),
		cmocka_unit_test(ties_and_fractions),
		cmocka_unit_test(none_and_one),
		cmocka_unit_test(refuses_bad_arguments),
		cmocka_unit_test(without_censoring_it_is_a_share),
	};
	maths_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
