/* Tests of dominance in the economics of an insats: hand cases of sums, and for every single net or part that could be sensitive that
   linear programming leaves it open. */
#include "stages/protect/figures/actors.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "pipeline/maths/linear.h"
#include "tests/stages/protect/cubes.h"

#define QUANTITIES 6 /* sjukpenning, försörjningsstöd, casework at KOM, care, work, subsidised work */
#define POSTS 13

/* Effects by hand: tax to kommun 20 %, region 10 %, no state tax, fee 30 %, subsidy 50 %, subsidised work worth 80 % of its wage. */
static const struct {
	const char *name;
	double effect[QUANTITIES];
} posts[POSTS] = {
	{ "FK", { -1, 0, 0, 0, 0, 0 } }, { "AF", { 0, 0, 0, 0, 0, -0.5 } }, { "STAT", { 0, 0, 0, 0, 0.3, 0.3 } },
	{ "STATEN", { -1, 0, 0, 0, 0.3, -0.2 } }, { "KOM", { 0.2, -1, -1, 0, 0.2, 0.2 } }, { "REG", { 0.1, 0, 0, -1, 0.1, 0.1 } },
	{ "OFFENTLIG", { -0.7, -1, -1, -1, 0.6, 0.1 } }, { "IND", { 0.7, 1, 0, 0, 0.7, 0.7 } },
	{ "ARBG", { 0, 0, 0, 0, 0, 0.24 } }, { "SAMHALLE", { 0, 0, -1, -1, 1.3, 1.04 } },
	{ "PRODUKTION", { 0, 0, 0, 0, 1.3, 1.04 } }, { "VARD", { 0, 0, 0, -1, 0, 0 } }, { "HANDLAGGNING", { 0, 0, -1, 0, 0, 0 } },
};

static struct tables tables;

static int begin(void **state)
{
	int result = arena_begin(state);
	tables = (struct tables){ .arena = arena, .dominans = 0.1 };
	return result;
}

static void add_row(struct cube *cube, const char *const *codes)
{
	size_t row = cube_row_named(cube, codes, &error);
	assert_true(row != CUBE_NO_ROW);
	for (size_t m = 0; m < cube->table->measures; m++)
		cube_set(cube, row, m, 100);
}
#define ADD(cube, ...) add_row(cube, (const char *const[]){ __VA_ARGS__ })

/* Contributions of 50, 10 and 40 others: not sensitive; of 50, 1 and 1: sensitive. */
static void add_contributions(struct cube *cube, const char *post, bool sensitive)
{
	const char *codes[] = { "A", "extrakt", "med", post };
	size_t row = cube_row_named(cube, codes, &error);
	cube_set(cube, row, 0, sensitive ? 52 : 100);
	cube_set(cube, row, 1, 50);
	cube_set(cube, row, 2, sensitive ? 1 : 10);
}

static void make_tables(const char *sensitive)
{
	struct cube *contributions = new_cube("dominans_aktor"), *effects = new_cube("dominans_poster");
	struct cube *e02 = new_cube("e02_aterbetalning"), *e03 = new_cube("e03_kassaflode"), *e04 = new_cube("e04_kanslighet");
	struct cube *e05 = new_cube("e05_potential"), *e06 = new_cube("e06_jamforelse");
	for (size_t p = 0; p < POSTS; p++) {
		add_contributions(contributions, posts[p].name, strcmp(posts[p].name, sensitive) == 0);
		for (size_t q = 0; q < QUANTITIES; q++) {
			char number[24];
			(void)snprintf(number, sizeof number, "%zu", q);
			const char *codes[] = { "A", "extrakt", "med", posts[p].name, number };
			cube_set(effects, cube_row_named(effects, codes, &error), 0, posts[p].effect[q]);
		}
		if (p < 10) {
			ADD(e02, "A", posts[p].name);
			ADD(e03, "A", posts[p].name, "1");
		}
	}
	add_contributions(contributions, "PRODUKTION_FORE", strcmp("PRODUKTION_FORE", sensitive) == 0);
	ADD(e02, "B", "FK");
	ADD(e04, "A", "lon", "lag");
	ADD(e04, "A", "vard", "lag");
	ADD(e05, "A");
	ADD(e06, "A", "extrakt", "0");
	ADD(e06, "A", "sus", "0");
	struct cube *all[] = { contributions, effects, e02, e03, e04, e05, e06 };
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		assert_int_equal(tables_add(&tables, all[i], &error), 0);
	const struct settings settings = { .underlag = UNDERLAG_EXTRAKT };
	assert_int_equal(actors_protect(&tables, &settings, &error), 0);
}

static bool withheld(const char *table, const char *const *codes, const char *measure)
{
	size_t at = tables_find(&tables, table), row = cube_find_named(tables.cube[at], codes);
	assert_true(row != CUBE_NO_ROW);
	return tables_measure_withheld(&tables, at, row, measure);
}
#define WITHHELD(table, measure, ...) withheld(table, (const char *const[]){ __VA_ARGS__ }, measure)

static bool is_printed(size_t p)
{
	static const char *const parts[] = { "produktion", "vard", "handlaggning" };
	return p < 10 ? !WITHHELD("e02_aterbetalning", "netto_manad", "A", posts[p].name)
		      : !WITHHELD("e06_jamforelse", parts[p - 10], "A", "extrakt", "0");
}

/* Whether the quantities can change so that this post does and no printed one. */
static bool is_open(size_t post)
{
	struct linear *program = linear_new();
	size_t quantity[QUANTITIES];
	double moved = 0;
	for (size_t q = 0; q < QUANTITIES; q++)
		quantity[q] = linear_variable(program, -1, 1, -posts[post].effect[q], false);
	for (size_t p = 0; p < POSTS; p++) {
		size_t sum = is_printed(p) ? linear_sum(program, 0, 0) : LINEAR_NONE;
		for (size_t q = 0; q < QUANTITIES && sum != LINEAR_NONE; q++)
			if (fabs(posts[p].effect[q]) > 0)
				assert_int_equal(linear_term(program, sum, quantity[q], posts[p].effect[q]), 0);
	}
	(void)linear_sum(program, -(double)INFINITY, (double)INFINITY); /* a program without sums is not looked at */
	assert_int_equal(linear_again(program, 1000), 0);
	for (size_t q = 0; q < QUANTITIES; q++)
		moved += posts[post].effect[q] * linear_value(program, quantity[q]);
	linear_free(program);
	return moved > 1e-6;
}

static void sums_by_hand(void **state)
{
	(void)state;
	double two[] = { 1, 1, 0, 0, 1, 1 }, one[] = { 1, 1, 0 }, same[] = { 1, 2, 2, 4 };
	assert_true(actors_spanned(two, 2, (const double[]){ 1, 0, -1 }, 3)); /* the first less the second */
	assert_false(actors_spanned(one, 1, (const double[]){ 1, 0, 0 }, 3));
	assert_true(actors_spanned(same, 2, (const double[]){ -3, -6 }, 2));
	assert_false(actors_spanned(NULL, 0, (const double[]){ 1, 0 }, 2));
	assert_true(actors_spanned(NULL, 0, (const double[]){ 0, 0 }, 2));
}

static void nothing_sensitive_nothing_withheld(void **state)
{
	(void)state;
	make_tables("");
	for (size_t t = 0; t < tables.count; t++)
		for (size_t row = 0; row < tables.cube[t]->rows; row++)
			for (size_t m = 0; m < tables.cube[t]->table->measures; m++)
				assert_false(tables_withheld(&tables, t, row, m));
}

static void a_sensitive_post_is_withheld_and_open(void **state)
{
	for (size_t post = 0; post < POSTS; post++) {
		assert_int_equal(begin(state), 0);
		make_tables(posts[post].name);
		assert_false(is_printed(post));
		if (!is_open(post))
			fail_msg("%s follows from what is printed", posts[post].name);
		assert_false(WITHHELD("e02_aterbetalning", "kostnad", "A", "FK")); /* of the insats, not of persons */
		assert_false(WITHHELD("e02_aterbetalning", "netto_manad", "B", "FK"));
		if (post < 9)
			assert_true(is_printed(9)); /* society, what the goals of an insats rest on, stays */
		assert_int_equal(arena_end(state), 0);
	}
	(void)begin(state);
}

static void what_is_made_of_a_post_goes_with_it(void **state)
{
	(void)state;
	make_tables("SAMHALLE");
	assert_true(WITHHELD("e03_kassaflode", "ackumulerat", "A", "SAMHALLE", "1"));
	assert_true(WITHHELD("e04_kanslighet", "nuvarde", "A", "lon", "lag"));
	assert_true(WITHHELD("e05_potential", "verkningsgrad", "A"));
	assert_false(WITHHELD("e05_potential", "potential", "A"));
	assert_true(WITHHELD("e06_jamforelse", "nuvarde", "A", "extrakt", "0"));
	assert_false(WITHHELD("e06_jamforelse", "kohort", "A", "extrakt", "0"));
	assert_false(WITHHELD("e06_jamforelse", "nuvarde", "A", "sus", "0"));
}

/* nuvarde at other prices of a part tells the part. */
static void a_part_takes_its_parameter(void **state)
{
	(void)state;
	make_tables("VARD");
	assert_true(WITHHELD("e06_jamforelse", "vard", "A", "extrakt", "0"));
	assert_true(WITHHELD("e04_kanslighet", "nuvarde", "A", "vard", "lag"));
	assert_false(WITHHELD("e06_jamforelse", "vard", "A", "sus", "0"));
}

static void work_before_is_no_ones_alone(void **state)
{
	(void)state;
	make_tables("PRODUKTION_FORE");
	assert_true(WITHHELD("e05_potential", "produktion", "A"));
	assert_true(WITHHELD("e05_potential", "resursforbrukning", "A"));
	assert_false(WITHHELD("e05_potential", "potential", "A"));
	assert_false(WITHHELD("e02_aterbetalning", "netto_manad", "A", "ARBG"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(sums_by_hand, begin, arena_end),
		cmocka_unit_test_setup_teardown(nothing_sensitive_nothing_withheld, begin, arena_end),
		cmocka_unit_test_teardown(a_sensitive_post_is_withheld_and_open, arena_end),
		cmocka_unit_test_setup_teardown(what_is_made_of_a_post_goes_with_it, begin, arena_end),
		cmocka_unit_test_setup_teardown(a_part_takes_its_parameter, begin, arena_end),
		cmocka_unit_test_setup_teardown(work_before_is_no_ones_alone, begin, arena_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
