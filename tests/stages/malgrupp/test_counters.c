/* Tests of the counts behind every table: three persons, each table's cells by hand; joining threads; tables without a
   common key. */
#include "tests/stages/malgrupp/world.h"

#include "pipeline/table/cube/cube_index.h"
#include "stages/malgrupp/counters.h"

static struct world world;
static struct malgrupp group;
static struct membership membership;
static struct forsorjning_lists lists;
static struct counting counting;

static const char *const table_names[MALGRUPP_TABLES] = { "m01", "m02", "m03", "m04", "m05", "m06", "m07" };

static void prepare(void)
{
	static const char *const text[] = { "" };
	const struct membership_texts texts = { 1, text };
	const struct membership_lists names = { .fk_forman = codelist_load("fk_forman", world.arena, &world.error),
		.ersattning = codelist_load("ersattning", world.arena, &world.error),
		.hinder = codelist_load("forsorjningshinder", world.arena, &world.error),
		.vardform = codelist_load("vardform", world.arena, &world.error), .kon = world.kon };
	assert_int_equal(membership_init(&membership, &world.measured, &names, &texts, &texts, world.arena, &world.error), 0);
	assert_int_equal(forsorjning_lists(&lists, names.fk_forman, names.ersattning, &world.error), 0);
	counting = (struct counting){ .measured = &world.measured, .membership = &membership, .lists = &lists, .months = true };
	for (int table = 0; table < MALGRUPP_TABLES; table++) {
		counting.wanted[table] = true;
		counting.table[table] = schema_table(table_names[table], world.arena, &world.error);
		assert_non_null(counting.table[table]);
	}
}

static int begin(void **state)
{
	(void)state;
	world_begin(&world);
	group = (struct malgrupp){ .name = "bistånd", .age_from = -1, .age_to = -1, .kom = true };
	world.settings.malgrupp_count = 1;
	world.settings.malgrupp = &group;
	world_measure(&world);
	prepare();
	return 0;
}

static int end(void **state)
{
	(void)state;
	world_end(&world);
	return 0;
}

/* A: woman, Ale, AF and KOM January–March 2019. B: man, Kungälv, KOM February 2019 – January 2020. C: not measured. */
static void count_all(struct counters *counters, struct counters *second)
{
	struct person a = world_person(&world), b = a, c = a;
	a.active[PARTI_AF] = a.active[PARTI_KOM] = world_months(JAN19, "111");
	world_derive(&a);
	b.kon = MAN;
	b.fodelsear = 2002;
	for (size_t y = 0; y < 2; y++)
		assert_true(measured_place(&world.measured, y, b.kon, b.fodelsear, world_kommun(&world, "1482"), &b.place[y]));
	b.active[PARTI_KOM] = world_months(JAN19 + 1, "111111111111");
	world_derive(&b);
	c.active[PARTI_KOM] = world_months(JAN19, "1");
	c.measured[Y2019] = c.measured[Y2020] = false;
	assert_int_equal(counters_add(counters, &a, &world.error), 0);
	assert_int_equal(counters_add(second, &b, &world.error), 0);
	assert_int_equal(counters_add(second, &c, &world.error), 0);
}

static struct cube *cube_of(struct counters *counters, enum malgrupp_table table)
{
	if (table == M03 || table == M06)
		assert_int_equal(counters_sum_months(counters, table, world.arena, &world.error), 0);
	tally_total(&counters->tally[table]);
	struct cube *cube = tally_cube(&counters->tally[table], tally_fill_numbers, NULL, world.arena, &world.error);
	assert_non_null(cube);
	assert_int_equal(cube_index_appended(cube, &world.error), 0);
	return cube;
}

/* personer of a row; −1 when it does not occur. */
static int personer(const struct cube *cube, const char *const *codes)
{
	size_t row = cube_find_named(cube, codes);
	return row == CUBE_NO_ROW ? -1 : (int)cube_cell(cube, row, 0)->number;
}
#define PERSONER(cube, ...) personer((cube), (const char *const[]){ __VA_ARGS__ })

static void one_pass(struct counters *counters)
{
	struct counters second;
	assert_int_equal(counters_init(counters, &counting, world.arena, &world.error), 0);
	assert_int_equal(counters_init(&second, &counting, world.arena, &world.error), 0);
	count_all(counters, &second);
	counters_settle(counters);
	counters_settle(&second);
	counters_join(counters, &second);
	counters_finish(counters);
}

static void months(void **state)
{
	(void)state;
	struct counters counters;
	one_pass(&counters);
	struct cube *m03 = cube_of(&counters, M03), *m06 = cube_of(&counters, M06);
	assert_int_equal(PERSONER(m03, "2019-01", "1440", "AF+KOM"), 1);
	assert_int_equal(PERSONER(m03, "2019-02", "TOT", "TOT"), 2);
	assert_int_equal(PERSONER(m03, "2019-02", "TOT", "KOM"), 1);
	assert_int_equal(PERSONER(m03, "2019-02", "1440", "KOM"), -1);
	assert_int_equal(PERSONER(m03, "2020-06", "TOT", "TOT"), 0); /* a margin always has its row */
	assert_int_equal(PERSONER(m06, "2019-02", "TOT", "TOT", "TOT", "KOM"), 2);
	assert_int_equal(PERSONER(m06, "2019-02", "1482", "M", "0-17", "KOM"), 1);
	assert_int_equal(PERSONER(m06, "2020-01", "1482", "M", "18-29", "KOM"), 1); /* a year older */
	assert_int_equal(PERSONER(m06, "2019-02", "TOT", "K", "TOT", "AF"), 1);
	assert_int_equal(PERSONER(m06, "2019-02", "TOT", "TOT", "TOT", "FK"), 0);
	assert_int_equal(PERSONER(m06, "2019-02", "1440", "TOT", "TOT", "FK"), -1);
}

static void atoms(void **state)
{
	(void)state;
	struct counters counters;
	one_pass(&counters);
	const struct table *table = schema_table("manad_atomer", world.arena, &world.error);
	struct cube *cube = month_cells_cube(&counters.cells, &world.measured, table, world.arena, &world.error);
	assert_non_null(cube);
	assert_int_equal(cube_index_appended(cube, &world.error), 0);
	assert_int_equal(cube->rows, 3 + 12);
	assert_int_equal(PERSONER(cube, "2019-03", "1440", "K", "30-64", "AF+KOM"), 1);
	assert_int_equal(PERSONER(cube, "2020-01", "1482", "M", "18-29", "KOM"), 1);
}

static void years(void **state)
{
	(void)state;
	struct counters counters;
	one_pass(&counters);
	struct cube *m02 = cube_of(&counters, M02), *m04 = cube_of(&counters, M04), *m05 = cube_of(&counters, M05);
	assert_int_equal(PERSONER(m02, "2019", "bistånd", "TOT", "TOT", "TOT"), 2);
	assert_int_equal(PERSONER(m02, "2020", "bistånd", "TOT", "TOT", "TOT"), 1);
	assert_int_equal(PERSONER(m02, "2020", "bistånd", "1482", "M", "18-29"), 1);
	assert_int_equal(PERSONER(m04, "2019", "TOT", "TOT", "1"), 2);
	assert_int_equal(PERSONER(m04, "2020", "TOT", "M", "1"), 1);
	assert_int_equal(PERSONER(m05, "2019", "1440", "K", "0"), 1);
	assert_int_equal(PERSONER(m05, "2019", "1482", "M", "12-35"), 1); /* on to January: twelve months */
	assert_int_equal(PERSONER(m05, "2019", "TOT", "TOT", "TOT"), 2);
}

static void flows(void **state)
{
	(void)state;
	struct counters counters;
	one_pass(&counters);
	struct cube *m07 = cube_of(&counters, M07);
	assert_int_equal(PERSONER(m07, "2019", "TOT", "INGEN", "KOM"), 1);
	assert_int_equal(PERSONER(m07, "2020", "1482", "KOM", "INGEN"), 1);
	assert_int_equal(PERSONER(m07, "2020", "TOT", "TOT", "TOT"), 1);
	assert_int_equal(PERSONER(m07, "2019", "TOT", "INGEN", "INGEN"), -1);
}

/* With a panel from January 2019 the flows of 2019 have no rows at all; those of 2020 stand in their own. */
static void flows_of_the_first_year_left_out(void **state)
{
	(void)state;
	struct counters counters;
	world.settings.historik_from = date_month(2019, 1);
	world_measure(&world);
	prepare();
	struct person person = world_person(&world);
	person.active[PARTI_KOM] = monthset_range(0, 17);
	world_derive(&person);
	assert_int_equal(counters_init(&counters, &counting, world.arena, &world.error), 0);
	assert_int_equal(counters_add(&counters, &person, &world.error), 0);
	counters_settle(&counters);
	struct cube *m07 = cube_of(&counters, M07);
	assert_int_equal(PERSONER(m07, "2020", "1440", "KOM", "KOM"), 1);
	assert_int_equal(PERSONER(m07, "2019", "TOT", "TOT", "TOT"), -1);
}

static void forsorjning_has_all_its_margins(void **state)
{
	(void)state;
	struct counters counters;
	one_pass(&counters);
	struct tally *m01 = &counters.tally[M01];
	tally_total(m01);
	size_t all = world.measured.kommuner;
	assert_int_equal(tally_cell(m01, (size_t[]){ Y2019, all, MEASURED_KON, FORMAN_FS })[0], 2);
	assert_int_equal(tally_cell(m01, (size_t[]){ Y2019, all, MEASURED_KON, FORMAN_FS })[2] * 12,
		(int64_t)(3 + 11) * 365 * FORSORJNING_PARTS);
	assert_int_equal(tally_cell(m01, (size_t[]){ Y2020, KUNGALV, MAN, FORMAN_TOT })[0], 1);
	const struct tally_codes *codes = m01->codes;
	struct tally empty;
	assert_int_equal(tally_init(&empty, counting.table[M01], codes, 3, world.arena, &world.error), 0);
	tally_total(&empty);
	struct cube *cube = tally_cube(&empty, tally_fill_missing, NULL, world.arena, &world.error);
	assert_int_equal(cube->rows, 2 * FORMAN_CODES); /* a margin for each year and code, and nothing else */
	for (size_t row = 0; row < cube->rows; row++)
		for (size_t m = 0; m < cube->table->measures; m++)
			assert_int_equal(cube_cell(cube, row, m)->status, CELL_MISSING);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(months, begin, end),
		cmocka_unit_test_setup_teardown(atoms, begin, end),
		cmocka_unit_test_setup_teardown(years, begin, end),
		cmocka_unit_test_setup_teardown(flows, begin, end),
		cmocka_unit_test_setup_teardown(flows_of_the_first_year_left_out, begin, end),
		cmocka_unit_test_setup_teardown(forsorjning_has_all_its_margins, begin, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
