/* Tests of figures of approved runs that stand in a publication, and of the sums in which they stand beside new ones. */
#include "stages/audit/relations/standing.h"

#include "stages/audit/relations/least.h"
#include "stages/audit/relations/reconciled.h"

#include "pipeline/base/date.h"
#include "pipeline/base/hash.h"
#include "tests/stages/protect/cubes.h"
#include "tests/table/files.h"

static const struct settings *settings;

/* A ledger in which those at FK alone of January 2018 in one kommun were withheld when they were so many. */
static struct earlier approved(int then)
{
	static const char key_line[] = "0000000000000000000000000000000000000000000000000000000000000000\n";
	const unsigned char key[HASH_KEY_BYTES] = { 0 };
	char whole[256], hash[HASH_TEXT], text[512];
	(void)snprintf(whole, sizeof whole, "2018-01-01|2018-01-31|m03_samtidighet|2018-01|1440|FK|personer|%d", then);
	hash_keyed(key, whole, strlen(whole), hash);
	(void)snprintf(text, sizeof text, "godkand_ar,korning,fran,till,tabell,nyckel,matt,status,varde\n"
		"2018,r1,2018-01-01,2018-01-31,m03_samtidighet,2018-01|1440|FK,personer,skyddad,%s\n", hash);
	(void)files_write("huvudbok.csv", text, strlen(text));
	(void)files_write("huvudbok.nyckel", key_line, sizeof key_line - 1);
	const struct earlier earlier = { .settings = settings,
		.ledger = ledger_open(files_path("huvudbok.csv"), files_path("huvudbok.nyckel"), arena, &error) };
	assert_non_null(earlier.ledger);
	return earlier;
}

/* A publication of those in January, where those at FK alone are withheld and so many now; of all of them `printed`, marked as an earlier figure
   or not; and of a month that no approved run has. */
static struct published publish(const struct earlier *earlier, int now, int printed, bool mark)
{
	struct published published = { .arena = arena, .minimum = 5, .knowledge = knowledge_new(arena, &error) };
	struct cube *m03 = new_cube("m03_samtidighet"), *truth = new_cube("m03_samtidighet");
	PUT(m03, "personer", 0, "2018-01", "1440", "FK");
	PUT(m03, "personer", printed, "2018-01", "1440", "TOT");
	PUT(m03, "personer", 12, "2018-02", "1440", "TOT");
	m03->cell[0].status = CELL_PROTECTED;
	m03->cell[1].earlier = mark;
	PUT(truth, "personer", now, "2018-01", "1440", "FK");
	assert_int_equal(published_add(&published, m03, truth, &error), 0);
	published.own = published.tables;
	assert_int_equal(standing_find(earlier, &published, &error), 0);
	return published;
}

static bool stands(const struct earlier *earlier, const struct published *published, size_t row)
{
	bool stands, beside;
	standing_row(earlier, published, published->table[0].cube, row, &stands, &beside);
	assert_int_equal(stands, beside);
	return stands;
}

static void a_marked_figure_stands_with_its_month(void **state)
{
	(void)state;
	const struct earlier earlier = approved(3);
	const struct published published = publish(&earlier, 3, 9, true);
	assert_true(standing_any(&published, published.table[0].cube->table) && standing_table(&earlier, &published, published.table[0].cube));
	assert_false(standing_any(&published, schema_table("i01_deltagare", arena, &error)));
	assert_true(stands(&earlier, &published, 0) && stands(&earlier, &published, 1));
	assert_false(stands(&earlier, &published, 2)); /* no approved run has February */
}

/* Where all is withheld nothing is marked: then a count that is withheld, although nobody is left of those it was of. */
static void a_withheld_count_of_nobody_stands(void **state)
{
	(void)state;
	const struct earlier somebody = approved(3), nobody = approved(0);
	assert_true(standing_any(&(const struct published){ .stands = { false, true } }, schema_table("m03_samtidighet", arena, &error)));
	const struct published gone = publish(&somebody, 0, 9, false), there = publish(&somebody, 4, 9, false), never = publish(&nobody, 0, 9, false);
	assert_true(stands(&somebody, &gone, 1));
	assert_false(stands(&somebody, &there, 1));
	assert_false(stands(&nobody, &never, 1));
	struct cube *truth = there.table[0].truth;
	for (int rounded = 0; rounded < 2; rounded++) { /* somebody new, where the approved run had nobody */
		struct published published = there;
		published.rounded = rounded == 1;
		PUT(truth, "personer", 1, "2018-01", "1440", "AF+FK");
		assert_int_equal(standing_find(&somebody, &published, &error), 0);
		assert_int_equal(stands(&somebody, &published, 1), rounded == 0);
		published.stands[1] = false;
	}
}

static void what_was_withheld_is_found_by_its_hash(void **state)
{
	(void)state;
	static const int64_t near[] = { 37, 30, 45, 0, PUBLISHED_UNTOLD };
	const struct earlier earlier = approved(37), far = approved(5000);
	const struct published published = publish(&earlier, 30, 9, true);
	const struct cube *m03 = published.table[0].cube;
	bool withheld;
	int64_t count;
	for (size_t i = 0; i < sizeof near / sizeof *near; i++) {
		assert_int_equal(standing_count(&earlier, m03, 0, 0, near[i], &withheld, &count, &error), 0);
		assert_true(withheld);
		assert_int_equal(count, 37);
	}
	assert_int_equal(standing_count(&far, m03, 0, 0, 37, &withheld, &count, &error), 0);
	assert_true(withheld);
	assert_int_equal(count, PUBLISHED_UNTOLD);
	assert_int_equal(standing_count(&earlier, m03, 1, 0, 9, &withheld, &count, &error), 0);
	assert_false(withheld);
}

/* January's figures are earlier ones: that they and February's do not agree is no fault, and tells nothing. New ones must agree. */
static void a_sum_that_does_not_hold_is_not_stated(void **state)
{
	(void)state;
	const struct earlier earlier = approved(3);
	for (int mark = 0; mark < 2; mark++) {
		struct published published = publish(&earlier, 4, 9, mark == 1);
		const struct published_table *m03 = &published.table[0];
		published_begin(&published);
		assert_int_equal(published_row(&published, m03, 1, 0, -1, &error), 0);
		assert_int_equal(published_row(&published, m03, 2, 0, 1, &error), 0);
		assert_int_equal(published_equal(&published, &error), mark == 1 ? 0 : -1);
		assert_int_equal(error.code, mark == 1 ? 0 : EXIT_DISCLOSURE);
		error = (struct error){ 0 };
		/* 12 are as many as 9 and those 4, and not as many as 9 and 3, as they were when they were withheld */
		size_t sums = published.knowledge->sums;
		m03->count[0] = mark == 1 ? PUBLISHED_UNTOLD : 3;
		m03->then[0] = mark == 1 ? 3 : PUBLISHED_UNTOLD;
		for (int64_t whole = 12; whole < 14; whole++) {
			cube_cell(m03->cube, 2, 0)->number = (double)whole;
			published_begin(&published);
			assert_int_equal(published_row(&published, m03, 0, 0, -1, &error), 0);
			assert_int_equal(published_row(&published, m03, 1, 0, -1, &error), 0);
			assert_int_equal(published_row(&published, m03, 2, 0, 1, &error), 0);
			assert_int_equal(published_equal(&published, &error), 0);
		}
		assert_int_equal(published.knowledge->sums - sums, mark == 1 ? 1 : 2);
	}
}

/* ---- a year that stands beside one that does not ---- */

/* Sick men and women of 2017, which an approved run told of, and men of 2018; beside them what was published outside the program: 3 men. They have
   1.5 helårsekvivalenter, which are 2 persons or more. */
static struct published publish_years(struct earlier *earlier)
{
	static const char key_line[] = "0000000000000000000000000000000000000000000000000000000000000000\n";
	static const char lines[] = "godkand_ar,korning,fran,till,tabell,nyckel,matt,status,varde\n"
		"2017,r1,2017-01-01,2017-12-31,m01_forsorjningsmatt,2017|1440|K|SP,personer,,9\n"
		"2017,r1,2017-01-01,2017-12-31,m01_forsorjningsmatt,2017|1440|M|SP,personer,skyddad,0\n";
	(void)files_write("huvudbok.csv", lines, sizeof lines - 1);
	(void)files_write("huvudbok.nyckel", key_line, sizeof key_line - 1);
	earlier->ledger = ledger_open(files_path("huvudbok.csv"), files_path("huvudbok.nyckel"), arena, &error);
	assert_non_null(earlier->ledger);
	struct published published = { .arena = arena, .minimum = 5, .knowledge = knowledge_new(arena, &error) };
	struct cube *m01 = new_cube("m01_forsorjningsmatt"), *truth = new_cube("m01_forsorjningsmatt"), *q01 = new_cube("q01_avstamning");
	static const char *const year[] = { "2017", "2018" }, *const nyckel[] = { "2017|1440|M|SP", "2018|1440|M|SP" };
	for (size_t i = 0; i < 2; i++) {
		PUT(m01, "personer", 0, year[i], "1440", "M", "SP");
		PUT(truth, "personer", 3, year[i], "1440", "M", "SP");
		PUT(truth, "helarsekvivalenter", 1.5, year[i], "1440", "M", "SP");
		cube_cell(m01, i, cube_measure(m01, "personer"))->status = CELL_PROTECTED;
		PUT(q01, "beraknat", 3, "m01_forsorjningsmatt", nyckel[i], "personer");
		cube_set_text(q01, i, cube_measure(q01, "publicerat"), "3");
	}
	PUT(m01, "personer", 9, "2017", "1440", "K", "SP");
	PUT(truth, "personer", 8, "2017", "1440", "K", "SP");
	cube_cell(m01, 2, cube_measure(m01, "personer"))->earlier = true;
	assert_int_equal(published_add(&published, m01, truth, &error), 0);
	assert_int_equal(published_add(&published, q01, q01, &error), 0);
	published.own = published.tables;
	assert_int_equal(standing_find(earlier, &published, &error), 0);
	return published;
}

static int64_t least_of(const struct published *published, size_t row)
{
	const struct published_table *m01 = &published->table[0];
	return published->knowledge->low[m01->variable[row * m01->cube->table->measures + cube_measure(m01->cube, "personer")]];
}

/* The figures of 2017 are those of an approved run: what is known of today's says nothing of them; but of those of 2018 it does. */
static void of_a_year_beside_one_that_stands_all_is_known(void **state)
{
	(void)state;
	const struct settings years = { .period_from = date_day(2017, 1, 1), .period_to = date_day(2018, 12, 31) };
	struct earlier earlier = { .settings = &years };
	struct published published = publish_years(&earlier);
	assert_true(standing_any(&published, published.table[0].cube->table));
	assert_int_equal(least_state(&published, &earlier, 0, false, &error), 0);
	assert_int_equal(least_of(&published, 0), 1);
	assert_int_equal(least_of(&published, 1), 2);
	assert_int_equal(reconciled_state(&published, &earlier, &error), 0);
	assert_int_equal(least_of(&published, 0), 1);
	assert_int_equal(least_of(&published, 1), 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test_setup_teardown(a_marked_figure_stands_with_its_month, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(a_withheld_count_of_nobody_stands, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(what_was_withheld_is_found_by_its_hash, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(a_sum_that_does_not_hold_is_not_stated, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(of_a_year_beside_one_that_stands_all_is_known, arena_begin, arena_end) };
	const struct settings year = { .period_from = date_day(2018, 1, 1), .period_to = date_day(2018, 12, 31) };
	settings = &year;
	return cmocka_run_group_tests(tests, files_begin, files_end);
}
