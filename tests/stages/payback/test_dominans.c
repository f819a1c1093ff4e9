/* Tests of what members contribute to nets and parts: by hand, against the cohort's own means, and what a quantity does to each post. */
#include "stages/payback/dominans.h"

#include "tests/stages/payback/common.h"

#define MEMBERS 3

static struct settings settings;
static struct prices prices;
static struct member members[MEMBERS];
static struct cohort cohort;

/* Three members without support: one goes to full-time work, one to half subsidised work, one stays as she was but sees a doctor for
   500 kr a month. */
static int begin_cohort(void **state)
{
	if (arena_begin(state) != 0)
		return -1;
	settings = common_settings();
	prices = common_prices();
	for (size_t i = 0; i < MEMBERS; i++)
		members[i] = (struct member){ .days = 100 };
	members[0].after.at[LEDGER_WORK + WORK_AO] = 1;
	members[1].after.at[LEDGER_WORK + WORK_AU] = 0.5;
	members[2].after.at[LEDGER_CARE] = 500;
	cohort = (struct cohort){ .count = MEMBERS, .member = members };
	return 0;
}

static void contributions_by_hand(void **state)
{
	(void)state;
	struct contributions of[DOMINANS_POSTS];
	dominans_of(&cohort, &prices, 1, 0, of);
	double fee = prices.of[POST_ARBETSGIVARAVGIFT], full = 20000 * (1 + fee) * prices.of[POST_PROD + WORK_AO];
	double half = 8000 * (1 + fee) * prices.of[POST_PROD + WORK_AU];
	assert_close(of[DOMINANS_PRODUKTION].total, full + half, 1e-12);
	assert_close(of[DOMINANS_PRODUKTION].first, full, 1e-12);
	assert_close(of[DOMINANS_PRODUKTION].second, half, 1e-12);
	assert_close(of[DOMINANS_VARD].total, 500, 1e-12); /* a loss counts like a gain */
	assert_close(of[DOMINANS_VARD].first, 500, 1e-12);
	assert_close(of[DOMINANS_VARD].second, 0, 0);
	assert_close(of[ACTOR_FK].total, 0, 0);
	assert_close(of[ACTOR_AF].first, 8000 * prices.of[POST_LONEBIDRAG], 1e-12);
	assert_close(of[DOMINANS_PRODUKTION_FORE].total, 0, 0);
	assert_true(dominance_sensitive(&of[DOMINANS_PRODUKTION], 0.1));
}

static void dodvikt_shrinks_all_alike(void **state)
{
	(void)state;
	struct contributions whole[DOMINANS_POSTS], kept[DOMINANS_POSTS];
	dominans_of(&cohort, &prices, 1, 0, whole);
	dominans_of(&cohort, &prices, 0.8, 0, kept);
	for (size_t post = 0; post < DOMINANS_POSTS; post++) {
		assert_close(kept[post].total, 0.8 * whole[post].total, 1e-12);
		assert_close(kept[post].first, 0.8 * whole[post].first, 1e-12);
	}
}

/* Every post of the cohort is the sum of its quantities' effects; with inkomstutjämning too. */
static void effects_make_the_posts(void **state)
{
	(void)state;
	for (size_t i = 0; i < MEMBERS; i++)
		for (size_t q = 0; q < LEDGER_STANDARD; q++)
			members[i].before.at[q] = 100.0 * (double)(i * 7 + q * q % 11);
	members[1].before.at[LEDGER_CASEWORK + AGENCY_AF] = 0.5;
	for (int back = 0; back < 2; back++) {
		struct calculation calculation;
		double effect[DOMINANS_POSTS][QUANTITIES], change[QUANTITIES] = { 0 };
		settings.inkomstutjamning = back == 1 ? 0.6 : 0;
		assert_int_equal(calculation_make(&cohort, &prices, &settings, &calculation, &error), 0);
		dominans_effects(&cohort, &prices, settings.inkomstutjamning, effect);
		for (size_t q = 0; q < FORMANER; q++)
			change[QUANTITY_SUPPORT + q] = calculation.change.support[q];
		for (size_t q = 0; q < AGENCIES; q++)
			change[QUANTITY_CASEWORK + q] = calculation.change.casework[q];
		change[QUANTITY_CARE] = calculation.change.care;
		change[QUANTITY_WORK + WORK_AO] = 20000.0 / 3;
		change[QUANTITY_WORK + WORK_AU] = 8000.0 / 3;
		for (size_t post = 0; post <= DOMINANS_HANDLAGGNING; post++) {
			double sum = 0, wanted = post < ACTORS ? calculation.net[post]
				: post == DOMINANS_PRODUKTION ? calculation.change.output
				: post == DOMINANS_VARD ? -calculation.change.care : -flow_casework(&calculation.change);
			for (size_t q = 0; q < QUANTITIES; q++)
				sum += effect[post][q] * change[q];
			assert_true(fabs(sum - wanted) < 1e-6);
		}
	}
}

static void what_nobody_changed_has_no_effect(void **state)
{
	(void)state;
	double effect[DOMINANS_POSTS][QUANTITIES];
	dominans_effects(&cohort, &prices, 0, effect);
	for (size_t post = 0; post < DOMINANS_POSTS; post++) {
		assert_close(effect[post][QUANTITY_SUPPORT + FORMAN_SP], 0, 0);
		assert_close(effect[post][QUANTITY_WORK + WORK_EF], 0, 0);
	}
	assert_close(effect[ACTOR_ARBG][QUANTITY_WORK + WORK_AO],
		(1 + prices.of[POST_ARBETSGIVARAVGIFT]) * (prices.of[POST_PROD + WORK_AO] - 1), 1e-12);
	assert_close(effect[DOMINANS_VARD][QUANTITY_CARE], -1, 0);
}

static void rows_without_and_with_utjamning(void **state)
{
	(void)state;
	for (int back = 0; back < 2; back++) {
		struct cube *contributions = cube_new(schema_table("dominans_aktor", arena, &error), arena, &error);
		struct cube *effects = cube_new(schema_table("dominans_poster", arena, &error), arena, &error);
		settings.inkomstutjamning = back == 1 ? 0.6 : 0;
		assert_int_equal(dominans_rows(contributions, effects, "Balder", "extrakt", &cohort, &prices, &settings, &error), 0);
		size_t forms = back == 1 ? 2 : 1;
		assert_int_equal(contributions->rows, forms * DOMINANS_POSTS);
		assert_int_equal(effects->rows, forms * DOMINANS_POSTS * QUANTITIES);
		const char *codes[] = { "Balder", "extrakt", "med", "VARD" };
		size_t row = cube_find_named(contributions, codes);
		assert_true(row != CUBE_NO_ROW);
		assert_close(cube_cell(contributions, row, cube_measure(contributions, "storst"))->number, 500, 1e-12);
	}
}

static void an_empty_cohort_contributes_nothing(void **state)
{
	(void)state;
	const struct cohort empty = { 0 };
	struct contributions of[DOMINANS_POSTS];
	dominans_of(&empty, &prices, 1, 0, of);
	for (size_t post = 0; post < DOMINANS_POSTS; post++)
		assert_close(of[post].total, 0, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(contributions_by_hand, begin_cohort, arena_end),
		cmocka_unit_test_setup_teardown(dodvikt_shrinks_all_alike, begin_cohort, arena_end),
		cmocka_unit_test_setup_teardown(effects_make_the_posts, begin_cohort, arena_end),
		cmocka_unit_test_setup_teardown(what_nobody_changed_has_no_effect, begin_cohort, arena_end),
		cmocka_unit_test_setup_teardown(rows_without_and_with_utjamning, begin_cohort, arena_end),
		cmocka_unit_test_setup_teardown(an_empty_cohort_contributes_nothing, begin_cohort, arena_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
