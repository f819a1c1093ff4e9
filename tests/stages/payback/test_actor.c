/* Tests of the actors: a case by hand, the identity under random ledgers, and who bears the cost. */
#include "stages/payback/actor.h"

#include "pipeline/maths/random.h"
#include "tests/stages/payback/common.h"

static void change_of(const struct member *member, const struct prices *prices, double keep, struct flow *change)
{
	struct flow before, after;
	flow_of(&member->before, prices, &before);
	flow_of(&member->after, prices, &after);
	flow_change(&before, &after, keep, change);
}

/* Bistånd 9 000, casework 1 000 and care 2 000 a month give way to a wage of 20 000 (fee 30 %, taxes 20, 10 and 5 %). */
static void one_person_by_hand(void **state)
{
	(void)state;
	static const double expected[ACTORS] = {
		[ACTOR_FK] = 0,
		[ACTOR_AF] = 0,
		[ACTOR_STAT] = 6000 + 1000,
		[ACTOR_STATEN] = 7000,
		[ACTOR_KOM] = 9000 + 1000 + 4000,
		[ACTOR_REG] = 2000 + 2000,
		[ACTOR_OFFENTLIG] = 25000,
		[ACTOR_IND] = 20000 - 9000 - 7000,
		[ACTOR_ARBG] = 26000 - 26000,
		[ACTOR_SAMHALLE] = 26000 + 2000 + 1000,
	};
	struct member member = common_member();
	struct prices prices = common_prices();
	struct flow change;
	double net[ACTORS];
	change_of(&member, &prices, 1, &change);
	actor_net(&change, &prices, 0, net);
	for (size_t a = 0; a < ACTORS; a++)
		assert_close(net[a], expected[a], 1e-13);
	change_of(&member, &prices, 0.75, &change); /* dödvikt 25 % */
	actor_net(&change, &prices, 0, net);
	for (size_t a = 0; a < ACTORS; a++)
		assert_close(net[a], 0.75 * expected[a], 1e-13);
}

/* Subsidised work at 75 %: wage 12 000, output half of 15 600, lönebidrag half of the wage. */
static void subsidised_work_by_hand(void **state)
{
	(void)state;
	struct member member = { 0 };
	struct prices prices = common_prices();
	struct flow change;
	double net[ACTORS];
	member.after.at[LEDGER_WORK + WORK_AU] = 0.75;
	change_of(&member, &prices, 1, &change);
	assert_close(change.wage, 12000, 0);
	assert_close(change.output, 7800, 1e-15);
	assert_close(change.subsidy, 6000, 0);
	actor_net(&change, &prices, 0, net);
	assert_close(net[ACTOR_AF], -6000, 0);
	assert_close(net[ACTOR_ARBG], 7800 - 15600 + 6000, 1e-13);
	assert_close(net[ACTOR_SAMHALLE], 7800, 1e-13);
}

static struct ledger random_ledger(struct random_stream *stream)
{
	struct ledger ledger;
	for (size_t q = 0; q < LEDGER_SIZE; q++)
		ledger.at[q] = random_uniform(stream) * (q < LEDGER_STANDARD || q == LEDGER_CARE ? 20000 : 1);
	return ledger;
}

static struct prices random_prices(struct random_stream *stream)
{
	struct prices prices;
	for (size_t post = 0; post < POSTS; post++)
		prices.of[post] = random_uniform(stream) * (post < POSTS_IN_KR ? 30000 : 1);
	return prices;
}

/* Transfers and taxes cancel, whatever the ledgers and prices, also with inkomstutjämning. */
static void the_identity_holds(void **state)
{
	(void)state;
	struct random_stream stream;
	for (uint64_t k = 0; k < 20000; k++) {
		random_start(&stream, 2018, k);
		struct prices prices = random_prices(&stream);
		struct member member = { .before = random_ledger(&stream), .after = random_ledger(&stream) };
		struct flow change;
		double net[ACTORS];
		change_of(&member, &prices, random_uniform(&stream), &change);
		actor_net(&change, &prices, k % 2 == 0 ? 0 : random_uniform(&stream), net);
		assert_true(fabs(net[ACTOR_SAMHALLE] - flow_society(&change)) < 0.005);
		assert_true(fabs(net[ACTOR_FK] + net[ACTOR_AF] + net[ACTOR_STAT] + net[ACTOR_KOM] + net[ACTOR_REG] +
			net[ACTOR_IND] + net[ACTOR_ARBG] - flow_society(&change)) < 0.005);
	}
}

/* A förmån that rises by 1 000 costs its bearer 1 000, is taxed where it is taxable, and is nothing to society. */
static void a_transfer_moves_money_only(void **state)
{
	(void)state;
	static const enum actor payer[FORMANER] = { ACTOR_FK, ACTOR_FK, ACTOR_FK, ACTOR_FK, ACTOR_AF, ACTOR_AF, ACTOR_AF,
		ACTOR_AF, ACTOR_KOM };
	struct prices prices = common_prices();
	for (size_t f = 0; f < FORMANER; f++) {
		double taxed = f <= FORMAN_AS ? 1000 : 0, base[ACTORS], net[ACTORS], expected[ACTORS];
		struct member member = common_member();
		struct flow change;
		change_of(&member, &prices, 1, &change);
		actor_net(&change, &prices, 0, base);
		member.after.at[LEDGER_SUPPORT + f] += 1000;
		change_of(&member, &prices, 1, &change);
		actor_net(&change, &prices, 0, net);
		for (size_t a = 0; a < ACTORS; a++)
			expected[a] = base[a];
		expected[payer[f]] -= 1000;
		expected[ACTOR_STAT] += 0.05 * taxed;
		expected[ACTOR_KOM] += 0.2 * taxed;
		expected[ACTOR_REG] += 0.1 * taxed;
		expected[ACTOR_IND] += 1000 - 0.35 * taxed;
		static const enum actor parts[] = { ACTOR_FK, ACTOR_AF, ACTOR_STAT, ACTOR_KOM, ACTOR_REG, ACTOR_IND, ACTOR_ARBG,
			ACTOR_SAMHALLE };
		for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
			assert_true(fabs(net[parts[i]] - expected[parts[i]]) < 1e-9);
	}
}

/* What KOM and REG gain in tax is taken back by the share and goes to the state. */
static void inkomstutjamning_moves_tax_to_the_state(void **state)
{
	(void)state;
	struct member member = common_member();
	struct prices prices = common_prices();
	struct flow change;
	double free[ACTORS], taken[ACTORS];
	change_of(&member, &prices, 1, &change);
	actor_net(&change, &prices, 0, free);
	actor_net(&change, &prices, 0.95, taken);
	assert_close(taken[ACTOR_KOM], free[ACTOR_KOM] - 0.95 * 4000, 1e-13);
	assert_close(taken[ACTOR_REG], free[ACTOR_REG] - 0.95 * 2000, 1e-13);
	assert_close(taken[ACTOR_STATEN], free[ACTOR_STATEN] + 0.95 * 6000, 1e-13);
	assert_close(taken[ACTOR_OFFENTLIG], free[ACTOR_OFFENTLIG], 1e-13);
	assert_close(taken[ACTOR_SAMHALLE], free[ACTOR_SAMHALLE], 1e-13);
}

/* Sjukpenning that changes by thirds of a krona, taxed: nothing is left for society, and no trace of rounding. */
static void what_cancels_is_nothing(void **state)
{
	(void)state;
	struct prices prices = common_prices();
	struct member member = { 0 };
	for (int i = 1; i < 1000; i++) {
		struct flow change;
		double net[ACTORS];
		member.before.at[LEDGER_SUPPORT + FORMAN_SP] = 1000.0 / 3 * i;
		member.after.at[LEDGER_SUPPORT + FORMAN_FS] = 700.0 / 9 * i;
		change_of(&member, &prices, 0.8, &change);
		actor_net(&change, &prices, 0, net);
		assert_close(net[ACTOR_SAMHALLE], 0, 0);
		assert_close(net[ACTOR_ARBG], 0, 0);
	}
}

static void who_bears_the_cost(void **state)
{
	(void)state;
	static const double paid[FINANSIARER] = { [FINANSIAR_FORBUND] = 400, [FINANSIAR_STAT] = 1, [FINANSIAR_KOM] = 2,
		[FINANSIAR_REG] = 4, [FINANSIAR_ESF] = 8, [FINANSIAR_OVR] = 16 };
	static const double expected[ACTORS] = { [ACTOR_STATEN] = 201, [ACTOR_KOM] = 102, [ACTOR_REG] = 104,
		[ACTOR_OFFENTLIG] = 407, [ACTOR_SAMHALLE] = 431 };
	double cost[ACTORS];
	actor_cost(paid, cost);
	for (size_t a = 0; a < ACTORS; a++)
		assert_close(cost[a], expected[a], 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_person_by_hand),
		cmocka_unit_test(subsidised_work_by_hand),
		cmocka_unit_test(the_identity_holds),
		cmocka_unit_test(a_transfer_moves_money_only),
		cmocka_unit_test(inkomstutjamning_moves_tax_to_the_state),
		cmocka_unit_test(what_cancels_is_nothing),
		cmocka_unit_test(who_bears_the_cost),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
