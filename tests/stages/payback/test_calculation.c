/* Tests of the calculation: one person by hand through to e02, e04 and e05, and how cost and prices enter. */
#include "stages/payback/calculation.h"

#include <string.h>

#include "pipeline/maths/maths.h"
#include "stages/payback/result.h"
#include "stages/payback/sensitivity.h"
#include "tests/stages/payback/common.h"

static struct settings settings;
static struct prices prices;
static struct member members[2];
static struct cohort cohort;

/* Two equal members, 300 days each; 1 000 participant-days cost 400 000 kr from the förbund: 120 000 kr a participant, ten
   months. */
static int begin_calculation(void **state)
{
	if (arena_begin(state) != 0)
		return -1;
	maths_init();
	settings = common_settings();
	prices = common_prices();
	members[0] = members[1] = common_member();
	cohort = (struct cohort){ .count = 2, .member = members,
		.outcome = { [FINANSIAR_FORBUND] = 40000000 }, .participant_days = 1000 };
	return 0;
}

static struct calculation made(void)
{
	struct calculation calculation;
	assert_int_equal(calculation_make(&cohort, &prices, &settings, &calculation, &error), 0);
	return calculation;
}

static struct cube *cube_of(const char *name)
{
	const struct table *table = schema_table(name, arena, &error);
	assert_non_null(table);
	return cube_new(table, arena, &error);
}

static double number(const struct cube *cube, const char *const *key, const char *measure)
{
	size_t row = cube_find_named(cube, key);
	assert_true(row != CUBE_NO_ROW);
	const struct cell *cell = cube_cell(cube, row, cube_measure(cube, measure));
	return cell->status == CELL_MISSING ? (double)NAN : cell->number;
}
#define NUMBER(cube, measure, ...) number(cube, (const char *const[]){ __VA_ARGS__ }, measure)

/* SAMHALLE gains 29 000 a month, KOM 14 000 for a quarter of the cost. No discounting. */
static void e02_by_hand(void **state)
{
	(void)state;
	struct calculation calculation = made();
	struct cube *e02 = cube_of("e02_aterbetalning");
	assert_int_equal(result_payback(e02, "Balder", &calculation, NULL, &settings, &error), 0);
	assert_int_equal(e02->rows, ACTORS);
	assert_close(NUMBER(e02, "kostnad", "Balder", "SAMHALLE"), 120000, 1e-14);
	assert_close(NUMBER(e02, "netto_manad", "Balder", "SAMHALLE"), 29000, 1e-14);
	assert_close(NUMBER(e02, "aterbetalning_enkel", "Balder", "SAMHALLE"), 120.0 / 29, 1e-14);
	assert_close(NUMBER(e02, "aterbetalning_start", "Balder", "SAMHALLE"), 10 + 120.0 / 29, 1e-13);
	assert_close(NUMBER(e02, "aterbetalning_avslut", "Balder", "SAMHALLE"), 120.0 / 29, 1e-13);
	assert_close(NUMBER(e02, "nuvarde", "Balder", "SAMHALLE"), 50 * 29000 - 120000, 1e-13);
	assert_close(NUMBER(e02, "nyttokostnadskvot", "Balder", "SAMHALLE"), 50 * 29.0 / 120, 1e-13);
	assert_close(NUMBER(e02, "kostnad", "Balder", "KOM"), 30000, 1e-14);
	assert_close(NUMBER(e02, "aterbetalning_start", "Balder", "KOM"), 10 + 30.0 / 14, 1e-13);
	assert_close(NUMBER(e02, "kostnad", "Balder", "IND"), 0, 0);
	assert_close(NUMBER(e02, "nuvarde", "Balder", "IND"), 50 * 4000, 1e-13);
	assert_true(isnan(NUMBER(e02, "aterbetalning_enkel", "Balder", "IND")));
	assert_true(isnan(NUMBER(e02, "aterbetalning_start", "Balder", "IND")));
	assert_true(isnan(NUMBER(e02, "nuvarde_p50", "Balder", "SAMHALLE"))); /* not simulated */
}

static void twice_the_cost_takes_twice_as_long(void **state)
{
	(void)state;
	struct calculation once = made(), twice;
	cohort.outcome[FINANSIAR_FORBUND] *= 2;
	twice = made();
	for (size_t a = 0; a < ACTORS; a++) {
		assert_close(twice.net[a], once.net[a], 0);
		assert_close(twice.cost[a], 2 * once.cost[a], 1e-15);
	}
	assert_close(twice.cost[ACTOR_SAMHALLE] / twice.net[ACTOR_SAMHALLE],
		2 * once.cost[ACTOR_SAMHALLE] / once.net[ACTOR_SAMHALLE], 1e-15);
}

static void cost_follows_the_days_of_the_cohort(void **state)
{
	(void)state;
	members[0].days = 100, members[1].days = 101; /* 100.5 days in the mean */
	struct calculation calculation = made();
	assert_int_equal(calculation.duration, 4);
	assert_close(calculation.cost[ACTOR_SAMHALLE], 400000.0 / 1000 * 100.5, 1e-14);
	assert_close(calculation.kohort, 2, 0);
	assert_close(calculation.andel_lankad, 100, 0);
	members[1].linked = false;
	calculation = made();
	assert_close(calculation.andel_lankad, 50, 0);
}

static void without_an_outcome_nothing_is_paid_back(void **state)
{
	(void)state;
	cohort.outcome[FINANSIAR_FORBUND] = 0;
	struct calculation calculation = made();
	struct cube *e02 = cube_of("e02_aterbetalning");
	assert_int_equal(result_payback(e02, "Balder", &calculation, NULL, &settings, &error), 0);
	assert_close(NUMBER(e02, "netto_manad", "Balder", "SAMHALLE"), 29000, 1e-14);
	assert_close(NUMBER(e02, "kostnad", "Balder", "SAMHALLE"), 0, 0);
	assert_true(NUMBER(e02, "nuvarde", "Balder", "SAMHALLE") > 0);
	static const char *const missing[] = { "aterbetalning_enkel", "aterbetalning_start", "aterbetalning_avslut",
		"nyttokostnadskvot" };
	for (size_t i = 0; i < 4; i++)
		assert_true(isnan(NUMBER(e02, missing[i], "Balder", "SAMHALLE")));
}

static void without_a_cohort_all_is_missing(void **state)
{
	(void)state;
	struct cube *e02 = cube_of("e02_aterbetalning");
	assert_int_equal(result_payback(e02, "Balder", NULL, NULL, &settings, &error), 0);
	assert_int_equal(e02->rows, ACTORS);
	for (size_t m = 0; m < e02->table->measures; m++)
		assert_int_equal(cube_cell(e02, 0, m)->status, CELL_MISSING);
}

static void prices_that_are_used_are_needed(void **state)
{
	(void)state;
	bool need[POSTS];
	calculation_needs(&cohort, need);
	assert_true(need[POST_LON + WORK_AO] && need[POST_SKATT_KOM] && need[POST_ARBETSGIVARAVGIFT]);
	assert_true(need[POST_VARD + CARE_PV] && need[POST_HANDLAGGNING + AGENCY_KOM]);
	assert_false(need[POST_VARD + CARE_SV] || need[POST_LON + WORK_AU] || need[POST_LONEBIDRAG]);
	assert_false(need[POST_SCHABLON + FORMAN_FS]);
	members[1].after.at[LEDGER_WORK + WORK_AU] = 0.1;
	members[1].before.at[LEDGER_STANDARD + FORMAN_SP] = 0.1;
	calculation_needs(&cohort, need);
	assert_true(need[POST_LON + WORK_AU] && need[POST_PROD + WORK_AU] && need[POST_LONEBIDRAG]);
	assert_true(need[POST_SCHABLON + FORMAN_SP]);
	cohort.count = 0;
	calculation_needs(&cohort, need);
	assert_false(need[POST_SKATT_KOM] || need[POST_LON + WORK_AO]);
}

/* dödvikt 20 % of 29 000: all of the potential is reached when all go to full-time work. */
static void potential_by_hand(void **state)
{
	(void)state;
	settings.dodvikt.mode = 0.2;
	members[1].after = members[1].before; /* one of the two does not change */
	struct calculation calculation = made();
	struct cube *e05 = cube_of("e05_potential");
	assert_int_equal(result_potential(e05, "Balder", &calculation, &prices, &settings, &error), 0);
	assert_close(NUMBER(e05, "realiserat", "Balder"), 0.8 * 14500, 1e-14);
	assert_close(NUMBER(e05, "produktion", "Balder"), 0.8 * 26000, 1e-14);
	assert_close(NUMBER(e05, "resursforbrukning", "Balder"), 0.8 * (1000 + 1000), 1e-13); /* care as observed */
	assert_close(NUMBER(e05, "potential", "Balder"), 0.8 * 28000, 1e-13);
	assert_close(NUMBER(e05, "verkningsgrad", "Balder"), 100 * 14500.0 / 28000, 1e-13);
}

static double break_of(enum parameter parameter, const struct calculation *calculation)
{
	double value = 0;
	assert_int_equal(sensitivity_break(parameter, calculation, &settings, &value, &error), 0);
	return value;
}

static void sensitivity_by_hand(void **state)
{
	(void)state;
	settings.dodvikt = (struct uncertain){ 0.1, 0.2, 0.3 };
	settings.prisosakerhet = 0.1;
	struct calculation calculation = made();
	double net = 0.8 * 29000, nuvarde = 50 * net - 120000;
	struct sensitivity found = sensitivity_at(PARAMETER_DODVIKT, sensitivity_value(PARAMETER_DODVIKT, 0, &settings),
		&calculation, &settings);
	assert_close(found.nuvarde, 50 * 0.9 * 29000 - 120000, 1e-13);
	assert_close(found.aterbetalning_start, 10 + 120000 / (0.9 * 29000), 1e-13);
	assert_close(sensitivity_at(PARAMETER_KOSTNAD, 1.1, &calculation, &settings).nuvarde, nuvarde - 12000, 1e-13);
	assert_close(sensitivity_at(PARAMETER_LON, 0.9, &calculation, &settings).nuvarde, nuvarde - 50 * 0.8 * 2600, 1e-13);
	assert_close(sensitivity_at(PARAMETER_VARD, 0.9, &calculation, &settings).nuvarde, nuvarde - 50 * 0.8 * 200, 1e-13);
	assert_close(sensitivity_at(PARAMETER_HANDLAGGNING, 0.9, &calculation, &settings).nuvarde,
		nuvarde - 50 * 0.8 * 100, 1e-13);
	assert_close(sensitivity_at(PARAMETER_ERSATTNINGAR, 1.1, &calculation, &settings).nuvarde, nuvarde, 1e-13);
	assert_close(sensitivity_value(PARAMETER_KALKYLRANTA, 1, &settings), 0.05, 0);
	/* 50 · (1 − d) · 29 000 = 120 000; the cost may be as large as the gain. */
	assert_close(break_of(PARAMETER_DODVIKT, &calculation), 100 * (1 - 120.0 / 1450), 1e-9);
	assert_close(break_of(PARAMETER_KOSTNAD, &calculation), 100 * 50 * net / 120000, 1e-9);
	assert_true(isnan(break_of(PARAMETER_ERSATTNINGAR, &calculation)));
	cohort.outcome[FINANSIAR_FORBUND] *= 8; /* so dear that each of these can decide */
	calculation = made();
	static const enum parameter searched[] = { PARAMETER_AVTAGANDE, PARAMETER_KALKYLRANTA, PARAMETER_LON };
	for (size_t i = 0; i < sizeof searched / sizeof *searched; i++) {
		double value = break_of(searched[i], &calculation) / 100;
		assert_true(fabs(sensitivity_at(searched[i], value, &calculation, &settings).nuvarde) < 1e-4);
	}
	cohort.outcome[FINANSIAR_FORBUND] /= 400; /* a cheap insats: the cost might be 483 times as large */
	calculation = made();
	assert_close(break_of(PARAMETER_KOSTNAD, &calculation), 100 * 50 * net / 2400, 1e-9);
	cohort.outcome[FINANSIAR_FORBUND] = 0; /* what costs nothing has no cost to multiply */
	calculation = made();
	assert_true(isnan(break_of(PARAMETER_KOSTNAD, &calculation)));
	cohort.outcome[FINANSIAR_FORBUND] = 1000000000; /* not even without dödvikt */
	calculation = made();
	assert_true(isnan(break_of(PARAMETER_DODVIKT, &calculation)));
}

static void comparison_has_a_row_a_rate(void **state)
{
	(void)state;
	struct calculation calculation = made();
	struct cube *e06 = cube_of("e06_jamforelse");
	settings.horisont = 36; /* resultat_60 does not depend on it */
	assert_int_equal(result_comparison(e06, "Balder", "extrakt", 2, &calculation, &settings, &error), 0);
	assert_int_equal(result_comparison(e06, "Balder", "sus", 0, NULL, &settings, &error), 0);
	assert_int_equal(e06->rows, 8);
	assert_close(NUMBER(e06, "resultat_12", "Balder", "extrakt", "0"), 2 * 29000 - 120000, 1e-13);
	assert_close(NUMBER(e06, "resultat_60", "Balder", "extrakt", "0"), 50 * 29000 - 120000, 1e-13);
	assert_close(NUMBER(e06, "nuvarde", "Balder", "extrakt", "0"), 26 * 29000 - 120000, 1e-13);
	assert_true(NUMBER(e06, "nuvarde", "Balder", "extrakt", "3.5") < NUMBER(e06, "nuvarde", "Balder", "extrakt", "2"));
	assert_close(NUMBER(e06, "kohort", "Balder", "sus", "5"), 0, 0);
	assert_true(isnan(NUMBER(e06, "nuvarde", "Balder", "sus", "5")));
}

/* What does not add up stops the program: a net too large by an öre, in the society or in one of its parts. */
static void a_broken_identity_is_a_bug(void **state)
{
	(void)state;
	struct calculation calculation;
	assert_int_equal(calculation_make(&cohort, &prices, &settings, &calculation, &error), 0);
	assert_true(calculation_adds_up(&calculation.change, calculation.net));
	static const enum actor parts[] = { ACTOR_FK, ACTOR_AF, ACTOR_STAT, ACTOR_KOM, ACTOR_REG, ACTOR_IND, ACTOR_ARBG,
		ACTOR_SAMHALLE };
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		double net[ACTORS];
		memcpy(net, calculation.net, sizeof net);
		net[parts[i]] += 0.01;
		error = (struct error){ 0 };
		assert_false(calculation_adds_up(&calculation.change, net));
		assert_int_equal(calculation_identity(&calculation.change, net, &error), -1);
		assert_int_equal(error.code, EXIT_BUG);
	}
}

/* Whatever order members come in, they end in the same one; figures that differ in any place tell them apart. */
static void the_order_of_members_is_that_of_their_figures(void **state)
{
	(void)state;
	enum { COUNT = 6 };
	struct member order[COUNT], other[COUNT];
	for (size_t i = 0; i < COUNT; i++)
		order[i] = common_member();
	order[1].days++;
	order[2].observed++;
	order[3].linked = !order[3].linked;
	order[4].before.at[LEDGER_SIZE - 1] += 0.01;
	order[5].after.at[0] -= 0.01;
	for (size_t i = 0; i < COUNT; i++)
		other[i] = order[COUNT - 1 - i];
	calculation_order(order, COUNT);
	calculation_order(other, COUNT);
	for (size_t i = 0; i < COUNT; i++) {
		assert_int_equal(order[i].days, other[i].days);
		assert_int_equal(order[i].observed, other[i].observed);
		assert_int_equal(order[i].linked, other[i].linked);
		assert_memory_equal(&order[i].before, &other[i].before, sizeof order[i].before);
		assert_memory_equal(&order[i].after, &other[i].after, sizeof order[i].after);
	}
	assert_int_equal(order[COUNT - 1].days, common_member().days + 1);
	calculation_order(NULL, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(e02_by_hand, begin_calculation, arena_end),
		cmocka_unit_test_setup_teardown(twice_the_cost_takes_twice_as_long, begin_calculation, arena_end),
		cmocka_unit_test_setup_teardown(cost_follows_the_days_of_the_cohort, begin_calculation, arena_end),
		cmocka_unit_test_setup_teardown(without_an_outcome_nothing_is_paid_back, begin_calculation, arena_end),
		cmocka_unit_test_setup_teardown(without_a_cohort_all_is_missing, begin_calculation, arena_end),
		cmocka_unit_test_setup_teardown(prices_that_are_used_are_needed, begin_calculation, arena_end),
		cmocka_unit_test_setup_teardown(potential_by_hand, begin_calculation, arena_end),
		cmocka_unit_test_setup_teardown(sensitivity_by_hand, begin_calculation, arena_end),
		cmocka_unit_test_setup_teardown(a_broken_identity_is_a_bug, begin_calculation, arena_end),
		cmocka_unit_test_setup_teardown(the_order_of_members_is_that_of_their_figures, begin_calculation, arena_end),
		cmocka_unit_test_setup_teardown(comparison_has_a_row_a_rate, begin_calculation, arena_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
