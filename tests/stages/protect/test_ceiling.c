/* Inhabitants as bounds of counts: which rows they bound, and by whom. */
#include "stages/protect/ceiling.h"

#include "tests/stages/protect/cubes.h"

/* Two kommuner in 2018: 1440 with 30 women, 10 of them 16–19, and 1482 with 40 inhabitants. */
static struct cube *make_inhabitants(void)
{
	struct cube *cube = new_cube("befolkning_celler");
	PUT(cube, "invanare", 55, "2018", "1440", "TOT", "TOT");
	PUT(cube, "invanare", 30, "2018", "1440", "K", "TOT");
	PUT(cube, "invanare", 10, "2018", "1440", "K", "16-19");
	PUT(cube, "invanare", 40, "2018", "1482", "TOT", "TOT");
	return cube;
}

static struct tables make_tables(struct cube *cube, struct cube *inhabitants)
{
	struct tables tables = { .arena = arena };
	assert_int_equal(cube_sort(cube, &error), 0);
	assert_int_equal(tables_add(&tables, cube, &error), 0);
	if (inhabitants != NULL)
		assert_int_equal(tables_add(&tables, inhabitants, &error), 0);
	return tables;
}

static int64_t bound(const struct tables *tables, const char *const *codes)
{
	const struct ceiling *ceiling = ceiling_new(tables, 0, arena, &error);
	assert_non_null(ceiling);
	return ceiling_of(ceiling, cube_find_named(tables->cube[0], codes));
}
#define BOUND(tables, ...) bound(tables, (const char *const[]){ __VA_ARGS__ })

static void bounds_by_year_kommun_kon_and_age(void **state)
{
	(void)state;
	struct cube *cube = new_cube("m06_manad");
	PUT(cube, "personer", 1, "2018-03", "1440", "K", "16-19", "FK");
	PUT(cube, "personer", 2, "2018-03", "1440", "K", "TOT", "FK");
	PUT(cube, "personer", 3, "2018-03", "1440", "M", "TOT", "FK");
	PUT(cube, "personer", 4, "2018-03", "TOT", "TOT", "TOT", "FK");
	PUT(cube, "personer", 5, "2019-03", "1440", "K", "TOT", "FK");
	struct tables tables = make_tables(cube, make_inhabitants());
	assert_int_equal(BOUND(&tables, "2018-03", "1440", "K", "16-19", "FK"), 10);
	assert_int_equal(BOUND(&tables, "2018-03", "1440", "K", "TOT", "FK"), 30);
	assert_true(BOUND(&tables, "2018-03", "1440", "M", "TOT", "FK") == INT64_MAX);   /* not in the file */
	assert_true(BOUND(&tables, "2018-03", "TOT", "TOT", "TOT", "FK") == INT64_MAX);  /* each kommun is */
	assert_true(BOUND(&tables, "2019-03", "1440", "K", "TOT", "FK") == INT64_MAX);   /* another year */
}

static void parts_are_bounded_by_their_whole(void **state)
{
	(void)state;
	struct cube *cube = new_cube("m07_floden");
	PUT(cube, "personer", 1, "2018", "1440", "AF", "TOT");
	PUT(cube, "personer", 1, "2018", "1440", "TOT", "AF");
	PUT(cube, "personer", 2, "2018", "1440", "TOT", "TOT");
	struct tables tables = make_tables(cube, make_inhabitants());
	assert_int_equal(BOUND(&tables, "2018", "1440", "TOT", "TOT"), 55);
	assert_true(BOUND(&tables, "2018", "1440", "AF", "TOT") == INT64_MAX);
	assert_true(BOUND(&tables, "2018", "1440", "TOT", "AF") == INT64_MAX);
}

static void all_kommuner_are_their_sum(void **state)
{
	(void)state;
	struct cube *cube = new_cube("m02_malgrupp");
	PUT(cube, "personer", 9, "2018", "unga", "TOT", "TOT", "TOT");
	PUT(cube, "personer", 4, "2018", "unga", "1482", "TOT", "TOT");
	struct tables tables = make_tables(cube, make_inhabitants());
	const struct ceiling *ceiling = ceiling_new(&tables, 0, arena, &error);
	assert_non_null(ceiling);
	assert_int_equal(ceiling_inhabitants(ceiling, cube_find_named(cube, (const char *const[]){ "2018", "unga", "TOT", "TOT", "TOT" })), 95);
	assert_int_equal(ceiling_inhabitants(ceiling, cube_find_named(cube, (const char *const[]){ "2018", "unga", "1482", "TOT", "TOT" })), 40);
}

static void nothing_is_bounded_without_inhabitants_or_beyond_malgrupper(void **state)
{
	(void)state;
	struct cube *year = new_cube("m04_rundgang"), *other = new_cube("i01_deltagare");
	PUT(year, "personer", 9, "2018", "1440", "TOT", "TOT");
	PUT(other, "personer", 9, "Balder", "1440", "TOT");
	struct tables tables = make_tables(year, NULL), others = make_tables(other, make_inhabitants());
	assert_true(BOUND(&tables, "2018", "1440", "TOT", "TOT") == INT64_MAX);
	assert_true(BOUND(&others, "Balder", "1440", "TOT") == INT64_MAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(bounds_by_year_kommun_kon_and_age, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(parts_are_bounded_by_their_whole, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(all_kommuner_are_their_sum, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(nothing_is_bounded_without_inhabitants_or_beyond_malgrupper, arena_begin, arena_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
