/* Tests of the tables that are found without programs: each is held against every row of the system, term by term. */
#include "stages/protect/facts/shifts.h"

#include <stdlib.h>
#include <string.h>

#include "tests/stages/protect/cubes.h"

#define KOMMUNER 4
#define MINIMUM 5

static const char *const kommuner[KOMMUNER + 1] = { "1401", "1402", "1415", "1440", "TOT" }, *const kon[3] = { "K", "M", "TOT" };

/* Persons of a förmån by kommun and kön, to which the margins are added. */
struct persons {
	int64_t count[KOMMUNER + 1][3];
};

static void add_forman(struct cube *m01, const char *forman, struct persons persons)
{
	for (size_t k = 0; k < KOMMUNER; k++)
		for (size_t s = 0; s < 2; s++) {
			persons.count[k][2] += persons.count[k][s];
			persons.count[KOMMUNER][s] += persons.count[k][s];
			persons.count[KOMMUNER][2] += persons.count[k][s];
		}
	for (size_t k = 0; k <= KOMMUNER; k++)
		for (size_t s = 0; s < 3; s++)
			PUT(m01, "personer", (double)persons.count[k][s], "2018", kommuner[k], kon[s], forman);
}

/* The system of the tables, in its parts, and a search in each. */
struct searching {
	struct facts *facts;
	struct parts *parts;
	struct grids *grids;
};

static void begin_searching(struct searching *searching, struct tables *tables)
{
	searching->facts = facts_new(tables, MINIMUM, &error);
	assert_non_null(searching->facts);
	searching->parts = parts_new(searching->facts->system, &error);
	searching->grids = grids_new(searching->facts, tables, &error);
	assert_non_null(searching->parts);
	assert_non_null(searching->grids);
}

/* How far the table moves a row; by definition, not as the search does it. */
static int64_t moved(const struct system *system, size_t r, const struct engine_table *table)
{
	int64_t sum = 0;
	for (size_t t = system->first[r]; t < system->first[r + 1]; t++)
		for (size_t i = 0; i < table->moved; i++)
			sum += table->atom[i] == system->term[t].index ? system->term[t].sign * table->change[i] : 0;
	return sum;
}

/* Nothing printed or known moves, nothing withheld falls below what a reader gives it, nothing that must be still moves. */
static void assert_possible(const struct system *system, const struct engine_table *table, size_t row, int64_t step, const bool *still)
{
	for (size_t i = 0; i < table->moved; i++) {
		assert_true(system->atom[table->atom[i]] + table->change[i] >= 0);
		assert_false(system->fixed[table->atom[i]]);
		for (size_t k = 0; k < i; k++)
			assert_int_not_equal(table->atom[k], table->atom[i]);
	}
	for (size_t r = 0; r < system->rows; r++) {
		int64_t by = moved(system, r, table);
		const struct row *is = &system->row[r];
		if (is->kind == ROW_KNOWN || (is->kind == ROW_CELL && !is->withheld))
			assert_int_equal(by, 0);
		assert_true(by == 0 || (is->value + by >= is->floor && is->value + by <= is->ceiling));
		assert_true(by == 0 || r == row || !still[r]);
	}
	int64_t reached = moved(system, row, table);
	assert_true(step > 0 ? reached >= step : reached <= step);
}

/* Looks for the count of a cell of the first table. */
static bool find_count(const struct searching *searching, const struct cube *cube, const char *const *codes, int64_t step, const char *const *stands)
{
	uint32_t atom = searching->facts->set[0][cube_find_named(cube, codes) * cube->table->measures + cube_measure(cube, "personer")] - 1;
	size_t part = searching->parts->of[atom];
	struct system *system = parts_take(searching->parts, part, arena, &error);
	struct engine_finder *finder = shifts_new(searching->grids, searching->parts, part, system, &error);
	bool *still = arena_take(arena, system->rows, sizeof *still, &error);
	struct engine_table table;
	assert_non_null(finder);
	if (stands != NULL)
		still[system->single[searching->parts->place[searching->facts->set[0][cube_find_named(cube, stands) * cube->table->measures +
			cube_measure(cube, "personer")] - 1]]] = true;
	size_t row = system->single[searching->parts->place[atom]];
	if (!finder->find(finder->context, row, step, still, &table))
		return false;
	assert_possible(system, &table, row, step, still);
	return true;
}
#define CODES(...) ((const char *const[]){ __VA_ARGS__ })

static void withhold_all(struct tables *tables, const struct cube *cube, const char *forman, size_t places, size_t sexes)
{
	for (size_t k = 0; k < places; k++)
		for (size_t s = 0; s < sexes; s++)
			tables_withhold(tables, 0, cube_find_named(cube, CODES("2018", kommuner[k], kon[s], forman)), cube_measure(cube, "personer"));
}

static const struct persons many = { { { 2, 40 }, { 50, 60 }, { 70, 80 }, { 30, 20 } } };

/* Four cells in a square are withheld: the small one can rise by what the least of its neighbours gives, and no further; not where a fourth corner is printed. */
static void a_square_of_withheld_cells_is_found(void **state)
{
	(void)state;
	struct tables tables = { .arena = arena };
	struct searching searching;
	struct cube *m01 = new_cube("m01_forsorjningsmatt");
	add_forman(m01, "SP", many);
	assert_int_equal(tables_add(&tables, m01, &error), 0);
	begin_searching(&searching, &tables);
	assert_false(find_count(&searching, m01, CODES("2018", "1401", "K", "SP"), 3, NULL));
	withhold_all(&tables, m01, "SP", 2, 2);
	begin_searching(&searching, &tables);
	assert_true(find_count(&searching, m01, CODES("2018", "1401", "K", "SP"), 3, NULL));
	assert_true(find_count(&searching, m01, CODES("2018", "1401", "K", "SP"), 39, NULL));
	assert_false(find_count(&searching, m01, CODES("2018", "1401", "K", "SP"), 40, NULL)); /* one must remain of 40 */
	assert_true(find_count(&searching, m01, CODES("2018", "1401", "K", "SP"), -1, NULL));
	assert_false(find_count(&searching, m01, CODES("2018", "1401", "K", "SP"), -2, NULL));
}

/* A single person in the square may have to stay as she is: then the table goes another way, or there is none. */
static void a_person_who_stays_is_not_moved(void **state)
{
	(void)state;
	struct persons persons = many;
	persons.count[1][1] = 1;
	struct tables tables = { .arena = arena };
	struct searching searching;
	struct cube *m01 = new_cube("m01_forsorjningsmatt");
	add_forman(m01, "SP", persons);
	assert_int_equal(tables_add(&tables, m01, &error), 0);
	withhold_all(&tables, m01, "SP", 2, 2);
	begin_searching(&searching, &tables);
	assert_true(find_count(&searching, m01, CODES("2018", "1401", "K", "SP"), 3, NULL));
	assert_false(find_count(&searching, m01, CODES("2018", "1401", "K", "SP"), 3, CODES("2018", "1402", "M", "SP")));
	withhold_all(&tables, m01, "SP", 3, 2);
	begin_searching(&searching, &tables);
	assert_true(find_count(&searching, m01, CODES("2018", "1401", "K", "SP"), 3, CODES("2018", "1402", "M", "SP")));
}

/* 2 women with SP are all but one of those with any förmån of the group: they can be 5 only if the group grows, too, which it can where it is withheld. */
static void a_whole_moves_with_its_part(void **state)
{
	(void)state;
	const struct persons few = { { { 2, 20 }, { 30, 20 }, { 30, 20 }, { 10, 10 } } };
	struct persons group = many; /* elsewhere no more than those with SP */
	group.count[0][0] = 3;
	for (int withheld = 0; withheld < 2; withheld++) {
		struct tables tables = { .arena = arena };
		struct searching searching;
		struct cube *m01 = new_cube("m01_forsorjningsmatt");
		add_forman(m01, "SP", many);
		add_forman(m01, "RP", few);
		add_forman(m01, "OHALSA", group);
		assert_int_equal(tables_add(&tables, m01, &error), 0);
		withhold_all(&tables, m01, "SP", 2, 2);
		if (withheld > 0)
			withhold_all(&tables, m01, "OHALSA", 2, 2);
		begin_searching(&searching, &tables);
		assert_int_equal(find_count(&searching, m01, CODES("2018", "1401", "K", "SP"), 3, NULL), withheld);
	}
}

static struct engine_finder *in_first_part(const void *context, const struct system *system, struct error *failure)
{
	const struct searching *searching = context;
	return shifts_new(searching->grids, searching->parts, 0, system, failure);
}

/* The engine, or two, solve no program for what is found so, and do without. */
static void what_is_found_needs_no_program(void **state)
{
	(void)state;
	for (int i = 0; i < 4; i++) {
		int with = i % 2;
		struct tables tables = { .arena = arena };
		struct searching searching;
		struct engine_account account;
		struct cube *m01 = new_cube("m01_forsorjningsmatt");
		add_forman(m01, "SP", many);
		assert_int_equal(tables_add(&tables, m01, &error), 0);
		withhold_all(&tables, m01, "SP", 2, 2);
		begin_searching(&searching, &tables);
		struct system *system = parts_take(searching.parts, 0, arena, &error);
		struct engine_start start = { .finder = with ? in_first_part : NULL, .context = &searching };
		assert_int_equal(engine_protect(system, &start, i / 2 == 1, &account, &error), 0);
		assert_int_equal(account.solved == 0, with);
		assert_int_equal(account.stuck, 0);
		assert_int_equal(account.shifted > 0, with);
	}
}

static int64_t random_count(unsigned *seed, int64_t most)
{
	*seed = *seed * 1103515245U + 12345U;
	return (int64_t)((*seed >> 8) % (unsigned)(most + 1));
}

/* Small random tables of förmåner and their group, withheld here and there: whatever is found is possible, and much is found. */
static void whatever_is_found_is_possible(void **state)
{
	(void)state;
	size_t found = 0, mended = 0;
	for (unsigned number = 1; number <= 120; number++) {
		unsigned seed = number;
		struct tables tables = { .arena = arena };
		struct searching searching;
		struct persons part[2] = { { { { 0 } } } }, group = part[0];
		struct cube *m01 = new_cube("m01_forsorjningsmatt");
		for (size_t k = 0; k < KOMMUNER; k++)
			for (size_t s = 0; s < 2; s++) {
				int64_t one = part[0].count[k][s] = random_count(&seed, 9), other = part[1].count[k][s] = random_count(&seed, 30);
				int64_t least = one > other ? one : other;
				group.count[k][s] = least + random_count(&seed, one + other - least);
			}
		add_forman(m01, "SP", part[0]);
		add_forman(m01, "RP", part[1]);
		add_forman(m01, "OHALSA", group);
		assert_int_equal(tables_add(&tables, m01, &error), 0);
		for (size_t row = 0; row < m01->rows; row++)
			if (random_count(&seed, 9) > 3)
				tables_withhold(&tables, 0, row, cube_measure(m01, "personer"));
		begin_searching(&searching, &tables);
		for (size_t p = 0; p < searching.parts->count; p++) {
			struct system *system = parts_take(searching.parts, p, arena, &error);
			struct engine_finder *finder = shifts_new(searching.grids, searching.parts, p, system, &error);
			bool *still = arena_take(arena, system->rows, sizeof *still, &error);
			for (size_t r = 0; r < system->rows; r++)
				still[r] = system->row[r].lone && random_count(&seed, 1) == 0;
			for (size_t r = 0; r < system->rows; r++) {
				struct engine_table table;
				int64_t step = random_count(&seed, 3) == 0 ? -1 : system->row[r].up;
				if (system->row[r].up == 0 || !finder->find(finder->context, r, step, still, &table))
					continue;
				assert_possible(system, &table, r, step, still);
				found++;
				mended += table.moved > 4;
			}
		}
	}
	assert_true(found > 300);
	assert_true(mended > 30);
}

/* A table of one measure that adds up over its dimension `wide` alone, three codes and the total. */
static void add_table(struct tables *tables, const char *name, const char *measure, size_t wide, const char *const *codes)
{
	static const char *const parts[3] = { "1", "2", "3" };
	struct cube *cube = new_cube(name);
	const char *row[TABLE_DIMENSIONS];
	for (size_t i = 0; i <= 3; i++) {
		for (size_t d = 0; d < cube->table->dimensions; d++)
			row[d] = d != wide ? codes[d] : i < 3 ? parts[i] : "TOT";
		put(cube, measure, i < 3 ? 10 : 30, row);
	}
	assert_int_equal(tables_add(tables, cube, &error), 0);
}

/* However many dimensions are wide somewhere, grids share an axis only where they share that dimension: a shift that follows another's codes
   turned to codes that its own grid does not have. */
static void axes_are_of_one_dimension_each(void **state)
{
	(void)state;
	struct tables tables = { .arena = arena };
	struct searching searching;
	add_table(&tables, "i02_bakgrund", "deltaganden", 3, CODES("A", "TOT", "boende", ""));
	add_table(&tables, "i03_forsorjning", "fore", 1, CODES("A", "", "SP"));
	add_table(&tables, "i10_volym", "antal", 3, CODES("V", "2018", "TOT", ""));
	add_table(&tables, "m01_forsorjningsmatt", "personer", 1, CODES("2018", "", "TOT", "SP"));
	add_table(&tables, "m03_samtidighet", "personer", 2, CODES("2018-01", "TOT", ""));
	add_table(&tables, "m04_rundgang", "personer", 3, CODES("2018", "TOT", "TOT", ""));
	add_table(&tables, "m05_tid_i_forsorjning", "personer", 3, CODES("2018", "TOT", "TOT", ""));
	add_table(&tables, "m07_floden", "personer", 2, CODES("2018", "TOT", "", "TOT"));
	begin_searching(&searching, &tables);
	assert_int_equal(searching.grids->count, 8);
	for (size_t g = 0; g < 8; g++)
		for (size_t other = 0; other < g; other++)
			assert_int_not_equal(searching.grids->grid[g].axis, searching.grids->grid[other].axis);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_square_of_withheld_cells_is_found, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(a_person_who_stays_is_not_moved, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(a_whole_moves_with_its_part, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(what_is_found_needs_no_program, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(whatever_is_found_is_possible, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(axes_are_of_one_dimension_each, arena_begin, arena_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
