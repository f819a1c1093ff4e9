/* Tests of amounts as the auditor sees them: by hand, one line at a time. */
#include "stages/audit/amounts/amounts.h"

#include <string.h>

#include "tests/stages/protect/cubes.h"

static struct published published;
static struct cube *m01, *truth, *contributions;
static struct amounts_account account;
static enum amount_row *kind;

static int begin(void **state)
{
	if (arena_begin(state) != 0)
		return -1;
	published = (struct published){ .arena = arena, .minimum = 5, .knowledge = knowledge_new(arena, &error) };
	m01 = new_cube("m01_forsorjningsmatt");
	truth = new_cube("m01_forsorjningsmatt");
	contributions = new_cube("dominans_forman");
	account = (struct amounts_account){ 0 };
	kind = NULL;
	return published.knowledge == NULL ? -1 : 0;
}

/* A row of one förmån in one kommun and in the förbund, which is that kommun; withheld or not. */
static void row(const char *kon, const char *forman, double persons, double kronor, bool withheld)
{
	static const char *const kommuner[] = { "1440", "TOT" };
	for (size_t k = 0; k < 2; k++) {
		const char *codes[] = { "2018", kommuner[k], kon, forman };
		put(truth, "personer", persons, codes);
		put(truth, "belopp_kr", kronor, codes);
		put(truth, "helarsekvivalenter", kronor / 100000, codes);
		put(m01, "personer", persons, codes);
		put(m01, "belopp_kr", kronor, codes);
		put(m01, "helarsekvivalenter", 0, codes); /* one measure at a time */
		size_t at = cube_find_named(m01, codes), measure = cube_measure(m01, "belopp_kr");
		cube_cell(m01, at, measure)->status = withheld ? CELL_PROTECTED : CELL_PUBLISHED;
	}
}

/* What the audit says of belopp_kr in the kommun. */
static enum amount_finding judge(const char *kon, const char *forman, double share)
{
	unsigned char *finding = arena_take(arena, m01->rows * m01->table->measures, 1, &error);
	assert_int_equal(published_add(&published, m01, truth, &error), 0);
	assert_int_equal(amounts_judge(&published, contributions, kind, share, finding, &account, &error), 0);
	size_t at = cube_find_named(m01, (const char *const[]){ "2018", "1440", kon, forman });
	return (enum amount_finding)finding[at * m01->table->measures + cube_measure(m01, "belopp_kr")];
}

/* 30 000 kr of three women beside 70 000 of men: anything from 0 to 100 000. */
static void one_of_two_is_open(void **state)
{
	(void)state;
	row("K", "SP", 3, 30000, true);
	row("M", "SP", 9, 70000, true);
	row("TOT", "SP", 12, 100000, false);
	assert_int_equal(judge("K", "SP", 0.1), AMOUNT_NONE);
	assert_int_equal(account.personal, 2); /* the women's, in the kommun and in the förbund */
	assert_int_equal(account.withheld, 4);
}

static void a_printed_complement_gives_it(void **state)
{
	(void)state;
	row("K", "SP", 3, 30000, true);
	row("M", "SP", 9, 70000, false);
	row("TOT", "SP", 12, 100000, false);
	assert_int_equal(judge("K", "SP", 0.1), AMOUNT_DETERMINED);
}

static void so_it_does_without_the_rule(void **state)
{
	(void)state;
	row("K", "SP", 3, 30000, true);
	row("M", "SP", 9, 70000, false);
	row("TOT", "SP", 12, 100000, false);
	assert_int_equal(judge("K", "SP", 0), AMOUNT_DETERMINED);
}

/* 95 000 of 100 000: it cannot be 10 per cent more, 104 500. */
static void a_whole_bounds_its_largest_part(void **state)
{
	(void)state;
	row("K", "SP", 3, 95000, true);
	row("M", "SP", 9, 5000, true);
	row("TOT", "SP", 12, 100000, false);
	assert_int_equal(judge("K", "SP", 0.1), AMOUNT_NARROW);
}

static void it_is_open_to_a_lower_share(void **state)
{
	(void)state;
	row("K", "SP", 3, 95000, true);
	row("M", "SP", 9, 5000, true);
	row("TOT", "SP", 12, 100000, false);
	assert_int_equal(judge("K", "SP", 0.05), AMOUNT_NONE);
}

static void a_small_number_is_not_printed_beside_its_amount(void **state)
{
	(void)state;
	row("K", "SP", 3, 30000, false);
	assert_int_equal(judge("K", "SP", 0.1), AMOUNT_PUBLISHED);
}

/* Nine men, of whom one has nearly all: 70 000 − 60 000 − 9 000 = 1 000 is less than a tenth of 60 000. */
static void dominance_makes_an_amount_personal(void **state)
{
	(void)state;
	row("M", "SP", 9, 70000, false);
	PUT(contributions, "kr_summa", 70000, "2018", "1440", "M", "SP");
	PUT(contributions, "kr_storst", 60000, "2018", "1440", "M", "SP");
	PUT(contributions, "kr_nast", 9000, "2018", "1440", "M", "SP");
	assert_int_equal(judge("M", "SP", 0.1), AMOUNT_PUBLISHED);
}

static void and_not_when_it_is_off(void **state)
{
	(void)state;
	row("M", "SP", 9, 70000, false);
	PUT(contributions, "kr_summa", 70000, "2018", "1440", "M", "SP");
	PUT(contributions, "kr_storst", 60000, "2018", "1440", "M", "SP");
	PUT(contributions, "kr_nast", 9000, "2018", "1440", "M", "SP");
	assert_int_equal(judge("M", "SP", 0), AMOUNT_NONE);
}

/* A förmån that is all of its group: the group gives it. */
static void a_group_of_one_gives_it(void **state)
{
	(void)state;
	row("K", "FS", 3, 30000, true);
	row("K", "BISTAND", 3, 30000, true);
	row("K", "SP", 30, 70000, false);
	row("K", "OHALSA", 30, 70000, false);
	row("K", "TOT", 33, 100000, false);
	assert_int_equal(judge("K", "FS", 0.1), AMOUNT_DETERMINED);
}

/* All rows are those of an approved run: the withheld amounts of women, who were few, are not those of today, which the tables before
   protection have. */
static void stand(double now)
{
	kind = arena_take(arena, m01->rows, sizeof *kind, &error);
	for (size_t r = 0; r < m01->rows; r++) {
		kind[r] = strcmp(cube_code_of(m01, r, 2), "K") == 0 ? AMOUNT_STANDS_FEW : AMOUNT_STANDS;
		const char *codes[] = { "2018", cube_code_of(m01, r, 1), cube_code_of(m01, r, 2), cube_code_of(m01, r, 3) };
		put(truth, "belopp_kr", now, codes);
	}
}

static void an_earlier_amount_of_few_stays_open(void **state)
{
	(void)state;
	row("K", "SP", 3, 30000, true);
	row("M", "SP", 9, 70000, true);
	row("TOT", "SP", 12, 100000, false);
	stand(0);
	assert_int_equal(judge("K", "SP", 0.1), AMOUNT_NONE);
	assert_int_equal(account.personal, 2);
}

static void an_earlier_amount_of_few_is_determined(void **state)
{
	(void)state;
	row("K", "SP", 3, 30000, true);
	row("M", "SP", 9, 70000, false);
	row("TOT", "SP", 12, 100000, false);
	stand(0);
	assert_int_equal(judge("K", "SP", 0.1), AMOUNT_DETERMINED);
}

/* All sickness benefit of women is between 100 000 and 104 000 of both, and sjukpenning nearly all of that. */
static void an_earlier_amount_of_few_is_narrow(void **state)
{
	(void)state;
	row("K", "SP", 3, 102000, true);
	row("M", "SP", 2, 2000, true);
	row("TOT", "SP", 5, 104000, false);
	row("M", "OHALSA", 12, 4000, false);
	row("M", "RP", 10, 2000, true);
	stand(1);
	assert_int_equal(judge("K", "SP", 0.1), AMOUNT_NARROW);
}

static void an_earlier_amount_of_few_is_printed(void **state)
{
	(void)state;
	row("K", "SP", 3, 30000, false);
	row("M", "SP", 9, 70000, false);
	stand(0);
	assert_int_equal(judge("K", "SP", 0.1), AMOUNT_PUBLISHED);
	assert_int_equal(judge("M", "SP", 0.1), AMOUNT_NONE);
}

/* A part without a row is 0; but where counts are rounded few persons may be in it. */
static void a_row_that_rounding_took_is_not_0(void **state)
{
	(void)state;
	published.rounded = true;
	row("TOT", "SP", 3, 30000, true);
	PUT(truth, "belopp_kr", 30000, "2018", "1440", "K", "SP");
	PUT(truth, "belopp_kr", 30000, "2018", "TOT", "K", "SP");
	assert_int_equal(judge("TOT", "SP", 0.1), AMOUNT_NONE);
}

/* Printed to whole kronor: 1 krona of one person is open by its rounding alone. */
static void rounding_leaves_room(void **state)
{
	(void)state;
	row("K", "SP", 1, 2, true);
	row("M", "SP", 9, 70000, true);
	row("TOT", "SP", 10, 70002, false);
	assert_int_equal(judge("K", "SP", 0.1), AMOUNT_NONE);
}

/* The men's amount was published outside the program, with today's value. */
static void what_was_published_before_is_known(void **state)
{
	(void)state;
	struct cube *q01 = new_cube("q01_avstamning");
	const char *codes[] = { "m01_forsorjningsmatt", "2018|1440|M|SP", "belopp_kr" };
	size_t at = cube_row_named(q01, codes, &error);
	cube_set_text(q01, at, cube_measure(q01, "publicerat"), "70000");
	assert_int_equal(published_add(&published, q01, NULL, &error), 0);
	row("K", "SP", 3, 30000, true);
	row("M", "SP", 9, 70000, true);
	row("TOT", "SP", 12, 100000, false);
	assert_int_equal(judge("K", "SP", 0.1), AMOUNT_NARROW);
}

/* Bistånd of eight women and nine men of one kommun, in tenths of a helårsekvivalent; of the women's months January may be withheld in m06. The finding
   of the women's. */
static enum amount_finding judge_months(bool women, bool men, bool january)
{
	static const char *const kommuner[] = { "1440", "TOT" }, *const kon[] = { "K", "M", "TOT" };
	static const double equivalents[] = { 2.5, 4, 6.5 };
	struct cube *m06 = new_cube("m06_manad");
	for (size_t k = 0; k < 2; k++)
		for (size_t s = 0; s < 3; s++) {
			const char *codes[] = { "2018", kommuner[k], kon[s], "FS" };
			const char *months[] = { "2018-01", kommuner[k], kon[s], "TOT", "KOM" };
			put(truth, "personer", s == 0 ? 8 : s == 1 ? 9 : 17, codes);
			put(truth, "helarsekvivalenter", equivalents[s], codes);
			put(m01, "helarsekvivalenter", equivalents[s], codes);
			size_t at = cube_find_named(m01, codes), measure = cube_measure(m01, "helarsekvivalenter");
			cube_cell(m01, at, measure)->status = (women && s == 0) || (men && s == 1) ? CELL_PROTECTED : CELL_PUBLISHED;
			put(m06, "personer", 3, months);
			cube_cell(m06, cube_find_named(m06, months), 0)->status = january && s < 2 ? CELL_PROTECTED : CELL_PUBLISHED;
		}
	assert_int_equal(published_add(&published, m06, NULL, &error), 0);
	assert_int_equal(published_add(&published, m01, truth, &error), 0);
	unsigned char *finding = arena_take(arena, m01->rows * m01->table->measures, 1, &error);
	assert_int_equal(amounts_judge(&published, NULL, NULL, 0.1, finding, &account, &error), 0);
	size_t at = cube_find_named(m01, (const char *const[]){ "2018", "1440", "K", "FS" });
	return (enum amount_finding)finding[at * m01->table->measures + cube_measure(m01, "helarsekvivalenter")];
}

/* Twelve times the helårsekvivalenter less the printed months are those that are withheld. */
static void the_year_does_not_tell_a_withheld_month(void **state)
{
	(void)state;
	assert_int_equal(judge_months(false, false, true), AMOUNT_PUBLISHED);
}

static void nor_does_it_by_subtraction(void **state)
{
	(void)state;
	assert_int_equal(judge_months(true, false, true), AMOUNT_DETERMINED);
}

static void withheld_beside_another_it_is_open(void **state)
{
	(void)state;
	assert_int_equal(judge_months(true, true, true), AMOUNT_NONE);
}

static void of_printed_months_it_tells_nothing_new(void **state)
{
	(void)state;
	assert_int_equal(judge_months(false, false, false), AMOUNT_NONE);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, begin, arena_end)

int main(void)
{
	const struct CMUnitTest tests[] = { TEST(one_of_two_is_open), TEST(a_printed_complement_gives_it), TEST(so_it_does_without_the_rule),
		TEST(a_whole_bounds_its_largest_part), TEST(it_is_open_to_a_lower_share),
		TEST(a_small_number_is_not_printed_beside_its_amount), TEST(dominance_makes_an_amount_personal), TEST(and_not_when_it_is_off),
		TEST(a_group_of_one_gives_it), TEST(a_row_that_rounding_took_is_not_0),
		TEST(rounding_leaves_room), TEST(an_earlier_amount_of_few_stays_open), TEST(an_earlier_amount_of_few_is_determined),
		TEST(an_earlier_amount_of_few_is_narrow), TEST(an_earlier_amount_of_few_is_printed), TEST(what_was_published_before_is_known),
		TEST(the_year_does_not_tell_a_withheld_month), TEST(nor_does_it_by_subtraction), TEST(withheld_beside_another_it_is_open),
		TEST(of_printed_months_it_tells_nothing_new) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
