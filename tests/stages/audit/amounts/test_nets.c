/* Tests of the actors' nets as the auditor sees them: by hand, one insats. */
#include "stages/audit/amounts/nets.h"

#include <string.h>

#include "tests/stages/protect/cubes.h"

static struct published published;
static struct cube *e02, *e03, *e06, *e09, *contributions, *effects;
static struct nets_known known;

static int begin(void **state)
{
	if (arena_begin(state) != 0)
		return -1;
	published = (struct published){ .arena = arena, .minimum = 5, .knowledge = knowledge_new(arena, &error) };
	e02 = new_cube("e02_aterbetalning");
	e03 = new_cube("e03_kassaflode");
	e06 = new_cube("e06_jamforelse");
	e09 = new_cube("e09_priser");
	contributions = new_cube("dominans_aktor");
	effects = new_cube("dominans_poster");
	known = (struct nets_known){ .contributions = contributions, .underlag = "extrakt", .share = 0.1 };
	PUT(e09, "anvant", 31.42, "ARBETSGIVARAVGIFT", "2018");
	PUT(e09, "anvant", 20.7, "SKATT_KOM", "2018");
	PUT(e09, "anvant", 11.48, "SKATT_REG", "2018");
	PUT(e09, "anvant", 100, "PROD_AO", "2018");
	return published.knowledge == NULL ? -1 : 0;
}

/* One member has all of the post: sensitive; or ten share it alike. */
static void contribute(const char *post, bool alone)
{
	PUT(contributions, "summa", 1000, "A", "extrakt", "med", post);
	PUT(contributions, "storst", alone ? 1000 : 100, "A", "extrakt", "med", post);
	PUT(contributions, "nast", alone ? 0 : 100, "A", "extrakt", "med", post);
}

static void net(const char *actor, bool withheld)
{
	PUT(e02, "netto_manad", 1000, "A", actor);
	size_t row = cube_find_named(e02, (const char *const[]){ "A", actor });
	for (size_t m = 0; m < e02->table->measures; m++)
		cube_cell(e02, row, m)->status = withheld ? CELL_PROTECTED : CELL_PUBLISHED;
}

/* The only finding of extrakt, of a post by its place in the list of nets.h; NETS_NONE without. */
static enum nets_finding judge(size_t *post)
{
	struct cube *const cubes[] = { e02, e03, e06, e09 };
	unsigned char finding[2 * NETS_UNDERLAG * NETS_POSTS] = { 0 };
	size_t sensitive = 0, count = 0;
	enum nets_finding found = NETS_NONE;
	for (size_t i = 0; i < sizeof cubes / sizeof *cubes; i++)
		assert_int_equal(published_add(&published, cubes[i], cubes[i], &error), 0);
	assert_int_equal(nets_judge(&published, &known, finding, &sensitive, &error), 0);
	for (size_t i = 0; i < sizeof finding; i++) {
		if (finding[i] == NETS_NONE)
			continue;
		assert_true(i < NETS_POSTS);
		found = (enum nets_finding)finding[i];
		*post = i;
		count++;
	}
	assert_true(count <= 1);
	return found;
}

enum { FK, AF, STAT, STATEN, PRODUKTION = 10, HANDLAGGNING = 12, FORE, COHORT };

static void a_sum_gives_a_net(void **state)
{
	size_t post;
	(void)state;
	contribute("FK", true);
	net("FK", true);
	net("AF", false);
	net("STAT", false);
	net("STATEN", false);
	assert_int_equal(judge(&post), NETS_DETERMINED);
	assert_int_equal(post, FK);
}

static void without_the_whole_it_is_open(void **state)
{
	size_t post;
	(void)state;
	contribute("FK", true);
	net("FK", true);
	net("AF", false);
	net("STAT", false);
	net("STATEN", true);
	assert_int_equal(judge(&post), NETS_NONE);
}

static void a_sensitive_net_is_not_printed(void **state)
{
	size_t post;
	(void)state;
	contribute("FK", true);
	contribute("AF", false);
	net("FK", false);
	net("AF", false);
	assert_int_equal(judge(&post), NETS_PUBLISHED);
	assert_int_equal(post, FK);
}

static void nor_is_its_cash_flow(void **state)
{
	size_t post;
	(void)state;
	contribute("FK", true);
	net("FK", true);
	PUT(e03, "ackumulerat", 12000, "A", "FK", "12");
	assert_int_equal(judge(&post), NETS_PUBLISHED);
}

static void the_rule_may_be_off(void **state)
{
	size_t post;
	(void)state;
	known.share = 0;
	contribute("FK", true);
	net("FK", false);
	assert_int_equal(judge(&post), NETS_NONE);
}

/* Fees and taxes on ordinary wages, all that changed, tell the wages, and they the production. */
static void taxes_tell_production(void **state)
{
	size_t post;
	(void)state;
	known.effects = effects;
	PUT(effects, "verkan", 1.3142, "A", "extrakt", "med", "PRODUKTION", "13");
	contribute("PRODUKTION", true);
	net("STAT", false);
	assert_int_equal(judge(&post), NETS_DETERMINED);
	assert_int_equal(post, PRODUKTION);
}

static void and_not_where_other_changes_may_be_in_them(void **state)
{
	size_t post;
	(void)state;
	contribute("PRODUKTION", true);
	net("STAT", false);
	assert_int_equal(judge(&post), NETS_NONE);
}

static void nothing_is_printed_of_a_small_cohort(void **state)
{
	size_t post;
	(void)state;
	contribute("FK", false);
	PUT(e06, "kohort", 3, "A", "extrakt", "0");
	for (size_t m = 0; m < e06->table->measures; m++)
		cube_cell(e06, 0, m)->status = CELL_PROTECTED;
	net("FK", true);
	PUT(e02, "kostnad", 1000, "A", "FK");
	assert_int_equal(judge(&post), NETS_PUBLISHED);
	assert_int_equal(post, COHORT);
}

/* Thirty have sjukpenning before and few after, on underlag sus; casework is printed in e06, or the potential in e05. What is found of the two. */
static void judge_casework(bool withheld, double others, bool before, enum nets_finding *casework, enum nets_finding *potential)
{
	struct cube *i03 = new_cube("i03_forsorjning"), *e05 = new_cube("e05_potential");
	struct cube *const cubes[] = { e05, e06, e09, i03 };
	unsigned char finding[NETS_UNDERLAG * NETS_POSTS] = { 0 };
	const char *codes[] = { "A", "TOT", "SP" };
	size_t sensitive = 0;
	known.underlag = "sus";
	PUT(contributions, "summa", 0, "A", "sus", "med", "FK");
	PUT(i03, "fore", 30, "A", "TOT", "SP");
	PUT(i03, "efter", 3, "A", "TOT", "SP");
	PUT(i03, "fore", others, "A", "TOT", "SE");
	cube_cell(i03, cube_find_named(i03, codes), cube_measure(i03, before ? "fore" : "efter"))->status = withheld ? CELL_PROTECTED : CELL_PUBLISHED;
	PUT(e06, "handlaggning", 383, "A", "sus", "0");
	PUT(e05, "resursforbrukning", 425, "A");
	for (size_t i = 0; i < sizeof cubes / sizeof *cubes; i++)
		assert_int_equal(published_add(&published, cubes[i], cubes[i], &error), 0);
	assert_int_equal(nets_judge(&published, &known, finding, &sensitive, &error), 0);
	*casework = (enum nets_finding)finding[NETS_POSTS + HANDLAGGNING];
	*potential = (enum nets_finding)finding[NETS_POSTS + FORE];
}

static void casework_tells_who_has_a_forman(void **state)
{
	enum nets_finding casework, potential;
	(void)state;
	judge_casework(true, 0, false, &casework, &potential);
	assert_int_equal(casework, NETS_PUBLISHED);
	assert_int_equal(potential, NETS_NONE);
}

static void the_potential_tells_who_had_it(void **state)
{
	enum nets_finding casework, potential;
	(void)state;
	judge_casework(true, 0, true, &casework, &potential);
	assert_int_equal(casework, NETS_PUBLISHED);
	assert_int_equal(potential, NETS_PUBLISHED);
}

static void of_several_formaner_it_leaves_each_open(void **state)
{
	enum nets_finding casework, potential;
	(void)state;
	judge_casework(true, 12, true, &casework, &potential);
	assert_int_equal(casework, NETS_NONE);
	assert_int_equal(potential, NETS_NONE);
}

static void printed_counts_let_it_be(void **state)
{
	enum nets_finding casework, potential;
	(void)state;
	judge_casework(false, 0, false, &casework, &potential);
	assert_int_equal(casework, NETS_NONE);
	assert_int_equal(potential, NETS_NONE);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, begin, arena_end)

int main(void)
{
	const struct CMUnitTest tests[] = { TEST(a_sum_gives_a_net), TEST(without_the_whole_it_is_open), TEST(a_sensitive_net_is_not_printed),
		TEST(nor_is_its_cash_flow), TEST(the_rule_may_be_off), TEST(taxes_tell_production),
		TEST(and_not_where_other_changes_may_be_in_them), TEST(nothing_is_printed_of_a_small_cohort),
		TEST(casework_tells_who_has_a_forman), TEST(the_potential_tells_who_had_it), TEST(of_several_formaner_it_leaves_each_open),
		TEST(printed_counts_let_it_be) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
