/* The guarantee of a universe, checked by counting: every table that an attacker cannot exclude is enumerated. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "stages/protect/rules/found.h"
#include "stages/protect/rules/witness.h"

#define MINIMUM 5

/* A table of `rows` × `columns` atoms with margins, as one visible view (the last code of each dimension is TOT). */
struct example {
	struct arena *arena;
	struct universe *universe;
	struct view *view;
	size_t rows, columns;
};

static struct example example_new(size_t rows, size_t columns, const int64_t *atoms)
{
	struct error error = { 0 };
	struct example example = { .arena = arena_new(&error), .rows = rows, .columns = columns };
	example.universe = universe_new(2, (size_t[]){ rows, columns }, example.arena, &error);
	memcpy(example.universe->atom, atoms, rows * columns * sizeof *atoms);
	example.view = universe_view(example.universe, (size_t[]){ rows + 1, columns + 1 }, true, &error);
	for (size_t d = 0; d < 2; d++) {
		size_t codes = d == 0 ? rows : columns;
		for (size_t c = 0; c < codes; c++)
			view_holds(example.universe, example.view, d, c, c);
		view_holds_all(example.universe, example.view, d, codes, 10);
	}
	assert_int_equal(error.count, 0);
	return example;
}

static bool withheld(const struct example *example, size_t row, size_t column)
{
	return example->view->withheld[row * (example->columns + 1) + column];
}

/* Least and largest value of each cell over all tables that agree with what is published. */
struct range {
	int64_t low[25], high[25];
};

static void sum_margins(const struct example *example, const int64_t *atoms, int64_t *cells)
{
	size_t width = example->columns + 1;
	memset(cells, 0, 25 * sizeof *cells);
	for (size_t r = 0; r < example->rows; r++)
		for (size_t c = 0; c < example->columns; c++) {
			int64_t value = atoms[r * example->columns + c];
			cells[r * width + c] += value;
			cells[r * width + example->columns] += value;
			cells[example->rows * width + c] += value;
			cells[example->rows * width + example->columns] += value;
		}
}

static size_t known_one = SIZE_MAX; /* a cell that the one person who forms it knows */

static bool agrees(const struct example *example, const int64_t *cells)
{
	if (known_one != SIZE_MAX && cells[known_one] != 1)
		return false;
	for (size_t i = 0; i < example->view->cells; i++)
		if (example->view->withheld[i] ? cells[i] < 1 : cells[i] != example->view->value[i])
			return false;
	return true;
}

static void enumerate(const struct example *example, int64_t *atoms, size_t at, int64_t most, struct range *range)
{
	if (at == example->rows * example->columns) {
		int64_t cells[25];
		sum_margins(example, atoms, cells);
		if (!agrees(example, cells))
			return;
		for (size_t i = 0; i < example->view->cells; i++) {
			range->low[i] = cells[i] < range->low[i] ? cells[i] : range->low[i];
			range->high[i] = cells[i] > range->high[i] ? cells[i] : range->high[i];
		}
		return;
	}
	size_t cell = at / example->columns * (example->columns + 1) + at % example->columns;
	bool open = example->view->withheld[cell];
	for (int64_t value = open ? 1 : example->view->value[cell]; value <= (open ? most : example->view->value[cell]); value++) {
		atoms[at] = value;
		enumerate(example, atoms, at + 1, most, range);
	}
}

static uint64_t state = 20181122;

static uint64_t draw(uint64_t below)
{
	state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (state >> 33) % below;
}

static void every_small_cell_could_be_five_and_has_a_range_of_four(void **unused)
{
	(void)unused;
	for (int round = 0; round < 500; round++) {
		size_t rows = 1 + draw(3), columns = 2 + draw(rows == 3 ? 1 : 2);
		int64_t atoms[12], work[12];
		for (size_t i = 0; i < rows * columns; i++)
			atoms[i] = draw(3) == 0 ? 0 : (int64_t)draw(draw(2) == 0 ? 5 : 13);
		struct example example = example_new(rows, columns, atoms);
		struct error error = { 0 };
		assert_int_equal(witness_counts(example.universe, MINIMUM, &error), 0);
		struct range range;
		for (size_t i = 0; i < 25; i++)
			range.low[i] = INT64_MAX, range.high[i] = -1;
		enumerate(&example, work, 0, 14, &range);
		for (size_t i = 0; i < example.view->cells; i++) {
			int64_t value = example.view->value[i];
			if (value < 1 || value >= MINIMUM)
				continue;
			assert_true(example.view->withheld[i]);
			assert_true(range.high[i] >= MINIMUM);
			assert_true(range.high[i] - range.low[i] >= MINIMUM - 1);
		}
		arena_free(example.arena);
	}
}

static void nothing_is_withheld_without_a_small_cell(void **unused)
{
	(void)unused;
	struct example example = example_new(2, 3, (int64_t[]){ 5, 0, 7, 8, 12, 0 });
	struct error error = { 0 };
	assert_int_equal(witness_counts(example.universe, MINIMUM, &error), 0);
	for (size_t i = 0; i < example.view->cells; i++)
		assert_false(example.view->withheld[i]);
	arena_free(example.arena);
}

static void a_cycle_keeps_the_totals(void **unused)
{
	(void)unused;
	struct example example = example_new(2, 2, (int64_t[]){ 2, 20, 30, 40 });
	struct error error = { 0 };
	assert_int_equal(witness_counts(example.universe, MINIMUM, &error), 0);
	for (size_t r = 0; r < 3; r++)
		for (size_t c = 0; c < 3; c++)
			assert_int_equal(withheld(&example, r, c), r < 2 && c < 2);
	arena_free(example.arena);
}

/* What was printed before cannot give, however cheap, nor is it withheld when it is small itself. */
static void a_known_cell_is_left_alone(void **unused)
{
	(void)unused;
	struct example example = example_new(1, 4, (int64_t[]){ 2, 20, 3, 90 });
	struct error error = { 0 };
	for (size_t row = 0; row < 2; row++)
		for (size_t c = 1; c < 3; c++)
			example.view->known[row * 5 + c] = true;
	assert_int_equal(witness_counts(example.universe, MINIMUM, &error), 0);
	assert_true(withheld(&example, 0, 0) && withheld(&example, 0, 3));
	assert_false(withheld(&example, 0, 1) || withheld(&example, 0, 2) || withheld(&example, 0, 4));
	arena_free(example.arena);
}

/* Trap: three ones and a rest of three. All three ones need a partner that can give. */
static void three_ones_in_a_line_with_rest_three(void **unused)
{
	(void)unused;
	struct example example = example_new(1, 4, (int64_t[]){ 1, 1, 1, 3 });
	struct error error = { 0 };
	assert_int_equal(witness_counts(example.universe, MINIMUM, &error), 0);
	assert_true(withheld(&example, 0, 4)); /* a total of 6 would leave no cell more than 3 */
	arena_free(example.arena);
}

static void a_target_below_its_whole_is_lowered(void **unused)
{
	(void)unused;
	struct example example = example_new(1, 2, (int64_t[]){ 30, 9 });
	struct error error = { 0 };
	example.view->target_down[0] = true;
	assert_int_equal(witness_counts(example.universe, MINIMUM, &error), 0);
	assert_true(withheld(&example, 0, 0) && withheld(&example, 0, 1) && !withheld(&example, 0, 2));
	assert_int_equal(example.view->lowered[0], 4);
	arena_free(example.arena);
}

static void a_ceiling_stops_a_cycle(void **unused)
{
	(void)unused;
	struct example example = example_new(1, 2, (int64_t[]){ 3, 20 });
	const int64_t ceiling[] = { 4, 23, 23, 4, 23, 23 };
	struct error error = { 0 };
	example.view->ceiling = ceiling;
	assert_int_equal(witness_counts(example.universe, MINIMUM, &error), 0);
	assert_true(withheld(&example, 0, 0) && withheld(&example, 0, 2)); /* not by taking from the 20: 5 is more than its whole of 4 */
	arena_free(example.arena);
}

static void twins_share_their_status(void **unused)
{
	(void)unused;
	struct example example = example_new(2, 2, (int64_t[]){ 6, 20, 30, 40 });
	struct error error = { 0 };
	struct view *persons = universe_view(example.universe, (size_t[]){ 3, 3 }, true, &error);
	for (size_t d = 0; d < 2; d++) {
		for (size_t c = 0; c < 2; c++)
			view_holds(example.universe, persons, d, c, c);
		view_holds_all(example.universe, persons, d, 2, 10);
	}
	const int64_t counts[] = { 4, 18, 22, 29, 38, 67, 33, 56, 89 };
	memcpy(persons->value, counts, sizeof counts);
	persons->given = true;
	persons->twin = example.view;
	example.view->twin = persons;
	assert_int_equal(witness_counts(example.universe, MINIMUM, &error), 0);
	assert_true(withheld(&example, 0, 0)); /* six participations of four persons */
	assert_memory_equal(persons->withheld, example.view->withheld, 9 * sizeof(bool));
	arena_free(example.arena);
}

static void amounts_that_are_targets_are_not_determined(void **unused)
{
	(void)unused;
	struct example example = example_new(1, 3, (int64_t[]){ 100000, 200000, 300000 });
	struct error error = { 0 };
	example.view->target[0] = true;
	assert_int_equal(witness_amounts(example.universe, &error), 0);
	assert_true(withheld(&example, 0, 0) && withheld(&example, 0, 1) && !withheld(&example, 0, 2) &&
		!withheld(&example, 0, 3));
	arena_free(example.arena);
}

static bool is_in(const struct example *example, size_t atom, size_t cell)
{
	size_t row = cell / (example->columns + 1), column = cell % (example->columns + 1);
	return (row == example->rows || row == atom / example->columns) && (column == example->columns || column == atom % example->columns);
}

/* Whether two cells of one person each are of the same. */
static bool is_herself(const struct example *example, size_t one, size_t other)
{
	bool same = false;
	for (size_t atom = 0; atom < example->rows * example->columns; atom++)
		same = same || (example->universe->atom[atom] == 1 && is_in(example, atom, one) && is_in(example, atom, other));
	return same && example->view->value[one] == 1 && example->view->value[other] == 1;
}

/* How many pairs of a small cell and a person who alone forms another leave it less open than it must be, to her who knows her own. */
static size_t count_narrowed(const struct example *example)
{
	size_t narrowed = 0;
	for (size_t s = 0; s < example->view->cells; s++) {
		int64_t work[12] = { 0 };
		struct range range;
		for (size_t k = 0; k < 25; k++)
			range.low[k] = INT64_MAX, range.high[k] = -1;
		known_one = s;
		if (example->view->value[s] == 1)
			enumerate(example, work, 0, 13, &range);
		known_one = SIZE_MAX;
		for (size_t i = 0; i < example->view->cells && example->view->value[s] == 1; i++) {
			int64_t value = example->view->value[i];
			if (value >= 1 && value < MINIMUM && !is_herself(example, s, i))
				narrowed += range.high[i] < MINIMUM || range.high[i] - range.low[i] < MINIMUM - 1;
		}
	}
	return narrowed;
}

/* Where tables are kept, more are found until no such person narrows anything; `exposed` counts what is left. Without that she often does. */
static void no_single_person_narrows_what_is_kept(void **unused)
{
	(void)unused;
	size_t before = 0, exposed = 0;
	for (int round = 0; round < 300; round++) {
		size_t rows = 2, columns = round % 100 == 0 ? 3 : 2;
		int64_t atoms[12];
		for (size_t i = 0; i < rows * columns; i++)
			atoms[i] = draw(3) == 0 ? 1 : (int64_t)draw(draw(2) == 0 ? 4 : 9);
		struct error error = { 0 };
		struct example plain = example_new(rows, columns, atoms), kept = example_new(rows, columns, atoms);
		struct found found = { .arena = kept.arena };
		kept.universe->found = &found;
		assert_int_equal(witness_counts(plain.universe, MINIMUM, &error), 0);
		assert_int_equal(witness_counts(kept.universe, MINIMUM, &error), 0);
		assert_int_equal(found.unmet, 0);
		size_t narrowed = count_narrowed(&kept);
		if (narrowed > 0 && found.exposed == 0)
			fail_msg("round %d: %zu narrowed, none noted", round, narrowed);
		exposed += found.exposed;
		before += count_narrowed(&plain);
		arena_free(plain.arena);
		arena_free(kept.arena);
	}
	assert_true(before > 3 && exposed < before);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_small_cell_could_be_five_and_has_a_range_of_four),
		cmocka_unit_test(no_single_person_narrows_what_is_kept),
		cmocka_unit_test(nothing_is_withheld_without_a_small_cell),
		cmocka_unit_test(a_cycle_keeps_the_totals),
		cmocka_unit_test(a_known_cell_is_left_alone),
		cmocka_unit_test(three_ones_in_a_line_with_rest_three),
		cmocka_unit_test(a_target_below_its_whole_is_lowered),
		cmocka_unit_test(a_ceiling_stops_a_cycle),
		cmocka_unit_test(twins_share_their_status),
		cmocka_unit_test(amounts_that_are_targets_are_not_determined),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
