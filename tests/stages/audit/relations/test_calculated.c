/* Tests of the calculation beside rounded counts as the auditor sees it: one insats, A. */
#include "stages/audit/relations/calculated.h"

#include "tests/stages/protect/cubes.h"

static struct published published;
static struct settings settings;
static struct cube *i01, *i03, *i04, *e02, *e05, *e06;

static int begin(void **state)
{
	if (arena_begin(state) != 0)
		return -1;
	published = (struct published){ .arena = arena, .minimum = 5, .rounded = true, .knowledge = knowledge_new(arena, &error) };
	settings = (struct settings){ .underlag = UNDERLAG_SUS };
	i01 = new_cube("i01_deltagare");
	i03 = new_cube("i03_forsorjning");
	i04 = new_cube("i04_sysselsattning");
	e02 = new_cube("e02_aterbetalning");
	e05 = new_cube("e05_potential");
	e06 = new_cube("e06_jamforelse");
	return 0;
}

/* Exits, of whom so many have work and a förmån of each agency, after; and the two cohorts. */
static void tell(double exits, double work, double supported, double extrakt, double sus)
{
	PUT(i01, "avslutade", exits, "A", "TOT", "TOT");
	PUT(i04, "efter", work, "A", "TOT", "AO");
	PUT(i04, "fore", work, "A", "TOT", "AU");
	PUT(i03, "efter", supported, "A", "TOT", "SP");
	PUT(i03, "efter", 20, "A", "TOT", "AS");
	PUT(i03, "fore", 20, "A", "TOT", "FS");
	PUT(e06, "kohort", extrakt, "A", "extrakt", "0");
	PUT(e06, "kohort", sus, "A", "sus", "0");
	struct cube *const cubes[] = { i01, i03, i04, e02, e05, e06 };
	for (size_t i = 0; i < sizeof cubes / sizeof *cubes; i++)
		assert_int_equal(published_add(&published, cubes[i], NULL, &error), 0);
}

/* What is found of a figure with this status; all others of its row are printed, those of a row that is new 0. */
static int found(struct cube *cube, const char *measure, enum cell_status status, const char *const *codes)
{
	size_t measures = cube->table->measures, row = cube_row_named(cube, codes, &error), at = cube_measure(cube, measure);
	cube_cell(cube, row, at)->status = status;
	unsigned char *finding = arena_take(arena, cube->rows * measures, sizeof *finding, &error);
	assert_non_null(finding);
	for (size_t t = 0; t < published.tables; t++)
		if (published.table[t].cube == cube)
			calculated_judge(&published, &published.table[t], &settings, finding);
	return finding[row * measures + at];
}
#define FOUND(cube, measure, status, ...) found(cube, measure, status, (const char *const[]){ __VA_ARGS__ })

static void a_cohort_of_0_looks_like_nobodys(void **state)
{
	(void)state;
	tell(20, 10, 10, 0, 20);
	assert_int_equal(FOUND(e06, "nuvarde", CELL_MISSING, "A", "extrakt", "0"), BESIDE_NONE);
	assert_int_equal(FOUND(e06, "nuvarde", CELL_PROTECTED, "A", "extrakt", "0"), BESIDE_FIGURE); /* of somebody */
	assert_int_equal(FOUND(e06, "nuvarde", CELL_PUBLISHED, "A", "extrakt", "0"), BESIDE_FIGURE);
	assert_int_equal(FOUND(e06, "kohort", CELL_PROTECTED, "A", "sus", "0"), BESIDE_FIGURE);
	assert_int_equal(FOUND(e02, "netto_manad", CELL_PUBLISHED, "A", "FK"), BESIDE_NONE); /* of the other underlag */
}

static void of_a_cohort_of_the_base_nothing_is_told(void **state)
{
	(void)state;
	tell(20, 10, 10, 20, 5);
	assert_int_equal(FOUND(e06, "nuvarde", CELL_MISSING, "A", "sus", "0"), BESIDE_ABSENCE);
	assert_int_equal(FOUND(e06, "kostnad", CELL_PUBLISHED, "A", "sus", "0"), BESIDE_FIGURE);
	assert_int_equal(FOUND(e02, "kostnad", CELL_PUBLISHED, "A", "FK"), BESIDE_FIGURE);
	assert_int_equal(FOUND(e02, "netto_manad", CELL_PROTECTED, "A", "FK"), BESIDE_NONE);
	assert_int_equal(FOUND(e06, "andel_lankad", CELL_PUBLISHED, "A", "sus", "0"), BESIDE_NONE);
}

static void few_who_work_are_told_by_what_they_earn(void **state)
{
	(void)state;
	tell(40, 5, 10, 20, 40);
	assert_int_equal(FOUND(e06, "nuvarde", CELL_PUBLISHED, "A", "extrakt", "0"), BESIDE_FIGURE);
	assert_int_equal(FOUND(e06, "kostnad", CELL_PUBLISHED, "A", "extrakt", "0"), BESIDE_NONE);
	assert_int_equal(FOUND(e02, "netto_manad", CELL_PUBLISHED, "A", "SAMHALLE"), BESIDE_FIGURE);
}

static void casework_tells_of_few_with_a_forman(void **state)
{
	(void)state;
	tell(40, 10, 5, 20, 40);
	assert_int_equal(FOUND(e06, "handlaggning", CELL_PUBLISHED, "A", "sus", "0"), BESIDE_FIGURE);
	assert_int_equal(FOUND(e06, "handlaggning", CELL_PUBLISHED, "A", "extrakt", "0"), BESIDE_NONE);
	assert_int_equal(FOUND(e06, "nuvarde", CELL_PUBLISHED, "A", "sus", "0"), BESIDE_NONE);
	assert_int_equal(FOUND(e02, "netto_manad", CELL_PUBLISHED, "A", "IND"), BESIDE_FIGURE);
	assert_int_equal(FOUND(e02, "netto_manad", CELL_PUBLISHED, "A", "SAMHALLE"), BESIDE_NONE);
	assert_int_equal(FOUND(e05, "potential", CELL_PUBLISHED, "A"), BESIDE_FIGURE);
	assert_int_equal(FOUND(e05, "realiserat", CELL_PUBLISHED, "A"), BESIDE_NONE);
}

static void cohorts_near_each_other_differ_by_few(void **state)
{
	(void)state;
	tell(40, 10, 10, 35, 40);
	assert_int_equal(FOUND(e06, "kostnad", CELL_PUBLISHED, "A", "extrakt", "0"), BESIDE_FIGURE);
	assert_int_equal(FOUND(e06, "nuvarde", CELL_PUBLISHED, "A", "extrakt", "0"), BESIDE_NONE);
}

static void a_cohort_is_of_the_exits(void **state)
{
	(void)state;
	tell(0, 10, 10, 0, 5);
	assert_int_equal(FOUND(e06, "kohort", CELL_PUBLISHED, "A", "sus", "0"), BESIDE_LESS);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test_setup_teardown(a_cohort_of_0_looks_like_nobodys, begin, arena_end),
		cmocka_unit_test_setup_teardown(of_a_cohort_of_the_base_nothing_is_told, begin, arena_end),
		cmocka_unit_test_setup_teardown(few_who_work_are_told_by_what_they_earn, begin, arena_end),
		cmocka_unit_test_setup_teardown(casework_tells_of_few_with_a_forman, begin, arena_end),
		cmocka_unit_test_setup_teardown(cohorts_near_each_other_differ_by_few, begin, arena_end),
		cmocka_unit_test_setup_teardown(a_cohort_is_of_the_exits, begin, arena_end) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
