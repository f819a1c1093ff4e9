/* The members' contributions to what is calculated: see dominans.h. */
#include "stages/payback/dominans.h"

#include <stdio.h>

static const char *const post_names[DOMINANS_POSTS] = { [DOMINANS_PRODUKTION] = "PRODUKTION", [DOMINANS_VARD] = "VARD",
	[DOMINANS_HANDLAGGNING] = "HANDLAGGNING", [DOMINANS_PRODUKTION_FORE] = "PRODUKTION_FORE" };

static const char *name_of(size_t post)
{
	return post < ACTORS ? actor_names[post] : post_names[post];
}

/* The posts of a change. */
static void posts_of(const struct flow *change, const struct prices *prices, double taken_back, double post[DOMINANS_POSTS])
{
	actor_net(change, prices, taken_back, post);
	post[DOMINANS_PRODUKTION] = change->output;
	post[DOMINANS_VARD] = -change->care;
	post[DOMINANS_HANDLAGGNING] = -flow_casework(change);
	post[DOMINANS_PRODUKTION_FORE] = 0;
}

void dominans_of(const struct cohort *cohort, const struct prices *prices, double keep, double taken_back,
	struct contributions of[DOMINANS_POSTS])
{
	for (size_t post = 0; post < DOMINANS_POSTS; post++)
		of[post] = (struct contributions){ 0 };
	for (size_t i = 0; i < cohort->count; i++) {
		struct flow before, after, change;
		double amount[DOMINANS_POSTS];
		flow_of(&cohort->member[i].before, prices, &before);
		flow_of(&cohort->member[i].after, prices, &after);
		flow_change(&before, &after, keep, &change);
		posts_of(&change, prices, taken_back, amount);
		amount[DOMINANS_PRODUKTION_FORE] = before.output;
		for (size_t post = 0; post < DOMINANS_POSTS; post++)
			contributions_add(&of[post], amount[post]);
	}
}

/* A krona more of a quantity. */
static void unit_of(size_t quantity, const struct prices *prices, struct flow *unit)
{
	*unit = (struct flow){ 0 };
	if (quantity < QUANTITY_CASEWORK) {
		unit->support[quantity - QUANTITY_SUPPORT] = 1;
	} else if (quantity < QUANTITY_CARE) {
		unit->casework[quantity - QUANTITY_CASEWORK] = 1;
	} else if (quantity == QUANTITY_CARE) {
		unit->care = 1;
	} else {
		size_t work = quantity - QUANTITY_WORK;
		unit->wage = 1;
		unit->output = (1 + prices->of[POST_ARBETSGIVARAVGIFT]) * prices->of[POST_PROD + work];
		unit->subsidy = work == WORK_AU ? prices->of[POST_LONEBIDRAG] : 0;
	}
}

static bool differs(double a, double b)
{
	return a < b || a > b;
}

/* Whether a member has another amount of the quantity after than before. */
static bool is_changed(const struct member *member, const struct prices *prices, size_t quantity)
{
	struct flow before, after;
	if (quantity >= QUANTITY_WORK) {
		size_t work = LEDGER_WORK + quantity - QUANTITY_WORK;
		return differs(member->before.at[work], member->after.at[work]);
	}
	flow_of(&member->before, prices, &before);
	flow_of(&member->after, prices, &after);
	if (quantity == QUANTITY_CARE)
		return differs(before.care, after.care);
	if (quantity < QUANTITY_CASEWORK)
		return differs(before.support[quantity], after.support[quantity]);
	return differs(before.casework[quantity - QUANTITY_CASEWORK], after.casework[quantity - QUANTITY_CASEWORK]);
}

void dominans_effects(const struct cohort *cohort, const struct prices *prices, double taken_back,
	double effect[DOMINANS_POSTS][QUANTITIES])
{
	for (size_t quantity = 0; quantity < QUANTITIES; quantity++) {
		struct flow unit;
		double post[DOMINANS_POSTS] = { 0 };
		bool changed = false;
		for (size_t i = 0; i < cohort->count && !changed; i++)
			changed = is_changed(&cohort->member[i], prices, quantity);
		if (changed) {
			unit_of(quantity, prices, &unit);
			posts_of(&unit, prices, taken_back, post);
		}
		for (size_t p = 0; p < DOMINANS_POSTS; p++)
			effect[p][quantity] = post[p];
	}
}

static int add_contributions(struct cube *cube, const char *const *codes, const struct contributions *of, struct error *error)
{
	size_t row = cube_row_named(cube, codes, error);
	if (row == CUBE_NO_ROW)
		return -1;
	cube_set(cube, row, cube_measure(cube, "summa"), of->total);
	cube_set(cube, row, cube_measure(cube, "storst"), of->first);
	cube_set(cube, row, cube_measure(cube, "nast"), of->second);
	return 0;
}

static int add_effects(struct cube *cube, const char *const *codes, const double effect[QUANTITIES], struct error *error)
{
	for (size_t quantity = 0; quantity < QUANTITIES; quantity++) {
		char number[24];
		(void)snprintf(number, sizeof number, "%zu", quantity);
		const char *key[] = { codes[0], codes[1], codes[2], codes[3], number };
		size_t row = cube_row_named(cube, key, error);
		if (row == CUBE_NO_ROW)
			return -1;
		cube_set(cube, row, 0, effect[quantity]);
	}
	return 0;
}

int dominans_rows(struct cube *contributions, struct cube *effects, const char *insats, const char *underlag,
	const struct cohort *cohort, const struct prices *prices, const struct settings *settings, struct error *error)
{
	struct contributions of[DOMINANS_POSTS];
	double effect[DOMINANS_POSTS][QUANTITIES], taken_back = settings->inkomstutjamning;
	for (int without = 0; without < (taken_back > 0 ? 2 : 1); without++) {
		dominans_of(cohort, prices, 1 - settings->dodvikt.mode, without == 1 ? 0 : taken_back, of);
		dominans_effects(cohort, prices, without == 1 ? 0 : taken_back, effect);
		for (size_t post = 0; post < DOMINANS_POSTS; post++) {
			const char *codes[] = { insats, underlag, without == 1 ? "utan" : "med", name_of(post) };
			if (add_contributions(contributions, codes, &of[post], error) != 0 ||
				add_effects(effects, codes, effect[post], error) != 0)
				return -1;
		}
	}
	return 0;
}
