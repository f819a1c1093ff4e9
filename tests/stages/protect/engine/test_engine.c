/* The guarantee of protection by counting: every table that an attacker must think possible is written down, for thousands of
   small random sets of linked tables and for the known traps. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "pipeline/maths/parallel.h"
#include "stages/protect/engine/engine.h"
#include "tests/stages/protect/enumerate.h"

#define THRESHOLD 5
#define WIDE 9 /* lines of a large table */

static struct error error;
static bool paired; /* all is tried with one engine, and with two that share the work */

/* A set of tables over up to three dimensions of at most three codes. */
struct shape {
	size_t codes[3];
	int64_t count[ENUMERATE_ATOMS];
};

static size_t atoms_of(const struct shape *shape)
{
	return shape->codes[0] * shape->codes[1] * shape->codes[2];
}

static struct system *start(const struct shape *shape, struct arena *arena)
{
	struct system *system = system_new(arena, &error);
	for (size_t a = 0; a < atoms_of(shape); a++)
		assert_int_equal(system_atom(system, shape->count[a], &error), a);
	return system;
}

/* A row over the product of code sets (bits), with a sign for all its terms. */
static int64_t add_terms(struct system *system, const struct shape *shape, const unsigned set[3], int sign)
{
	int64_t value = 0;
	for (size_t a = 0; a < atoms_of(shape); a++) {
		size_t code[3] = { a / shape->codes[2] / shape->codes[1], a / shape->codes[2] % shape->codes[1], a % shape->codes[2] };
		if ((set[0] >> code[0] & set[1] >> code[1] & set[2] >> code[2] & 1U) == 0)
			continue;
		assert_int_equal(system_term(system, a, sign, &error), 0);
		value += sign * shape->count[a];
	}
	return value;
}

static void make_target(struct system *system, int64_t value)
{
	struct row *row = &system->row[system->rows - 1];
	if (value < 1 || value >= THRESHOLD)
		return;
	row->withheld = row->kind == ROW_CELL;
	row->lone = row->kind == ROW_CELL && value == 1;
	system_target(row, value, THRESHOLD);
}

static void add_cell(struct system *system, const struct shape *shape, unsigned a, unsigned b, unsigned c)
{
	const unsigned set[] = { a, b, c };
	assert_true(system_row(system, ROW_CELL, 16, &error) != SYSTEM_NONE);
	make_target(system, add_terms(system, shape, set, 1));
}

/* All cells of a table: every code, a group of the first two codes where `group` says so, and the total, in each dimension
   of the table; the other dimensions are summed over. */
static void add_table(struct system *system, const struct shape *shape, unsigned dimensions, unsigned group)
{
	unsigned set[3][6]; /* up to four codes, a group, the total */
	size_t sets[3];
	for (size_t d = 0; d < 3; d++) {
		sets[d] = 0;
		for (unsigned c = 0; c < shape->codes[d] && (dimensions >> d & 1U) != 0; c++)
			set[d][sets[d]++] = 1U << c;
		if ((dimensions & group) >> d & 1U && shape->codes[d] > 2)
			set[d][sets[d]++] = 3;
		set[d][sets[d]++] = (1U << shape->codes[d]) - 1;
	}
	for (size_t i = 0; i < sets[0]; i++)
		for (size_t j = 0; j < sets[1]; j++)
			for (size_t k = 0; k < sets[2]; k++)
				add_cell(system, shape, set[0][i], set[1][j], set[2][k]);
}

static void protect(struct system *system)
{
	struct engine_account account;
	assert_int_equal(system_seal(system, &error), 0);
	assert_int_equal(engine_protect(system, NULL, paired, &account, &error), 0);
	assert_int_equal(account.stuck, 0);
}

static void print_breach(const struct system *system, size_t row, size_t lone)
{
	printf("row %zu (lone %zd) of:", row, (ssize_t)lone);
	for (size_t a = 0; a < system->atoms; a++)
		printf(" %lld", (long long)system->atom[a]);
	printf("\n");
	for (size_t r = 0; r < system->rows; r++) {
		printf("%3zu %lld%s%s:", r, (long long)system->row[r].value, system->row[r].withheld ? " withheld" : "", system->row[r].kind == ROW_HIDDEN ? " hidden" : "");
		if (system->row[r].ceiling < INT64_MAX)
			printf(" at most %lld:", (long long)system->row[r].ceiling);
		for (size_t t = system->first[r]; t < system->first[r + 1]; t++)
			printf(" %s%u", system->term[t].sign > 0 ? "" : "-", system->term[t].index);
		printf("\n");
	}
}

static void check(const struct system *system)
{
	static struct enumeration all;
	size_t lone, row;
	assert_true(system->rows <= ENUMERATE_ROWS && system->atoms <= ENUMERATE_ATOMS);
	enumerate_all(&all, system, THRESHOLD - 1);
	assert_true(all.tables > 0);
	row = enumerate_breach(&all, &lone);
	if (row != SYSTEM_NONE) { /* a witness may go further than it must */
		enumerate_all(&all, system, 4 * THRESHOLD);
		row = enumerate_breach(&all, &lone);
	}
	if (row != SYSTEM_NONE)
		print_breach(system, row, lone);
	assert_true(row == SYSTEM_NONE);
}

static uint32_t next_random(uint32_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 17;
	*state ^= *state << 5;
	return *state;
}

static void test_random_tables(void **unused)
{
	static const size_t codes[][3] = { { 2, 2, 1 }, { 3, 2, 1 }, { 2, 2, 2 }, { 3, 2, 1 }, { 4, 2, 1 } };
	(void)unused;
	uint32_t state = 20240607;
	for (int turn = 0; turn < (paired ? 1000 : 3000); turn++) {
		struct arena *arena = arena_new(&error);
		struct shape shape = { 0 };
		uint32_t high = next_random(&state) % 3 == 0 ? 4 : 9, zeros = next_random(&state) % 3;
		memcpy(shape.codes, codes[next_random(&state) % 5], sizeof shape.codes);
		for (size_t a = 0; a < atoms_of(&shape); a++)
			shape.count[a] = next_random(&state) % 4 < zeros ? 0 : next_random(&state) % high;
		struct system *system = start(&shape, arena);
		if (shape.codes[2] > 1) { /* two or three linked tables that share margins, or all at once */
			unsigned some = next_random(&state) % 4;
			add_table(system, &shape, some == 3 ? 7 : 3, 0);
			add_table(system, &shape, some == 3 ? 3 : 6, 0);
			if (some == 1)
				add_table(system, &shape, 5, 0);
		} else {
			add_table(system, &shape, 3, next_random(&state) % 4);
		}
		protect(system);
		check(system);
		arena_free(arena);
	}
}

/* Of every target that the engine says is safe the tables of all atoms within their ceilings show it; of every other one not even those in
   which all cells are withheld. */
static void check_ceilings(struct system *system, size_t counts[2])
{
	static struct enumeration all, hidden;
	enumerate_all(&all, system, 2 * THRESHOLD);
	bool withheld[ENUMERATE_ROWS];
	for (size_t r = 0; r < system->rows; r++) {
		withheld[r] = system->row[r].withheld;
		system->row[r].withheld = system->row[r].value > 0;
	}
	enumerate_all(&hidden, system, 2 * THRESHOLD);
	for (size_t r = 0; r < system->rows; r++) {
		const struct row *row = &system->row[r];
		if (row->same != r || row->up == 0)
			continue;
		bool safe = row->raised >= row->up && row->raised + row->lowered >= row->width;
		assert_true(withheld[r]);
		if (enumerate_holds(row, (safe ? &all : &hidden)->least[r], (safe ? &all : &hidden)->most[r]) != safe)
			print_breach(system, r, SYSTEM_NONE);
		assert_int_equal(enumerate_holds(row, (safe ? &all : &hidden)->least[r], (safe ? &all : &hidden)->most[r]), safe);
		counts[safe]++;
	}
}

/* Everybody knows how many each class can hold at most: often hardly more than it does. */
static void test_ceilings(void **unused)
{
	static const size_t codes[][3] = { { 2, 2, 1 }, { 3, 2, 1 }, { 4, 1, 1 } };
	(void)unused;
	uint32_t state = 20261122;
	size_t counts[2] = { 0 };
	for (int turn = 0; turn < 1500; turn++) {
		struct arena *arena = arena_new(&error);
		struct shape shape = { 0 };
		memcpy(shape.codes, codes[next_random(&state) % 3], sizeof shape.codes);
		for (size_t a = 0; a < atoms_of(&shape); a++)
			shape.count[a] = next_random(&state) % 8;
		struct system *system = start(&shape, arena);
		add_table(system, &shape, 3, 0);
		for (size_t r = 0; r < system->rows; r++)
			if (system->first[r + 1] - system->first[r] == 1) {
				int64_t count = shape.count[system->term[system->first[r]].index];
				system->row[r].ceiling = count + next_random(&state) % (2 * THRESHOLD - (uint32_t)count);
			}
		struct engine_account account;
		assert_int_equal(system_seal(system, &error), 0);
		assert_int_equal(engine_protect(system, NULL, paired, &account, &error), 0);
		check_ceilings(system, counts);
		arena_free(arena);
	}
	assert_true(counts[0] > 500 && counts[1] > 1000); /* fixed by the ceilings; safe */
}

/* Known traps: a line of counts with its total, and what else is printed. */
static void check_line(const int64_t *count, size_t codes)
{
	struct arena *arena = arena_new(&error);
	struct shape shape = { .codes = { codes, 1, 1 } };
	memcpy(shape.count, count, codes * sizeof *count);
	struct system *system = start(&shape, arena);
	for (unsigned c = 0; c < codes; c++)
		add_cell(system, &shape, 1U << c, 1, 1);
	add_cell(system, &shape, (1U << codes) - 1, 1, 1);
	protect(system);
	check(system);
	arena_free(arena);
}

static void test_two_small_in_a_line(void **unused)
{
	(void)unused;
	check_line((const int64_t[]){ 1, 1, 20, 9 }, 4);
	check_line((const int64_t[]){ 4, 4, 20 }, 3);
	check_line((const int64_t[]){ 2, 0, 0, 7 }, 4);
}

/* Three ones of which the line says that they are 3 together: each would be known to be 1. */
static void test_three_ones_with_rest_three(void **unused)
{
	(void)unused;
	check_line((const int64_t[]){ 1, 1, 1, 30 }, 4);
	check_line((const int64_t[]){ 1, 1, 1, 1, 40, 12 }, 6);
}

static void test_all_small(void **unused)
{
	(void)unused;
	check_line((const int64_t[]){ 1 }, 1);
	check_line((const int64_t[]){ 3, 1 }, 2);
	check_line((const int64_t[]){ 0, 0, 2 }, 3);
}

/* Ages 16–64 and 18–64 both printed: their difference is the persons of 16–17. */
static void test_overlapping_bands(void **unused)
{
	(void)unused;
	struct arena *arena = arena_new(&error);
	struct shape shape = { .codes = { 4, 1, 1 }, .count = { 2, 30, 20, 1 } };
	struct system *system = start(&shape, arena);
	const unsigned wide[] = { 7, 1, 1 }, narrow[] = { 6, 1, 1 };
	add_cell(system, &shape, 7, 1, 1);
	add_cell(system, &shape, 6, 1, 1);
	add_cell(system, &shape, 4, 1, 1);
	assert_true(system_row(system, ROW_HIDDEN, 0, &error) != SYSTEM_NONE);
	make_target(system, add_terms(system, &shape, wide, 1) + add_terms(system, &shape, narrow, -1));
	protect(system);
	check(system);
	assert_true(system->row[0].withheld || system->row[1].withheld);
	arena_free(arena);
}

/* January alone, January to February, January to March: each difference is a month. */
static void test_cumulative_months(void **unused)
{
	(void)unused;
	struct arena *arena = arena_new(&error);
	struct shape shape = { .codes = { 2, 3, 1 }, .count = { 20, 1, 14, 30, 9, 2 } };
	struct system *system = start(&shape, arena);
	for (unsigned kommun = 1; kommun <= 3; kommun++)
		for (unsigned month = 0; month < 3; month++) {
			const unsigned until[] = { kommun, (2U << month) - 1, 1 }, before[] = { kommun, (1U << month) - 1, 1 };
			add_cell(system, &shape, until[0], until[1], until[2]);
			if (month == 0)
				continue;
			assert_true(system_row(system, ROW_HIDDEN, 0, &error) != SYSTEM_NONE);
			make_target(system, add_terms(system, &shape, until, 1) + add_terms(system, &shape, before, -1));
		}
	protect(system);
	check(system);
	arena_free(arena);
}

/* Months and a year apart, held together by loose rows alone: who is in a month of the code is in the year's, in the first two codes as many. More in
   the month take more in the year, which another table has. */
static void test_loose_rows(void **unused)
{
	(void)unused;
	for (int known = 0; known < 2; known++) {
		struct arena *arena = arena_new(&error);
		struct shape shape = { .codes = { 8, 1, 1 }, .count = { 2, 3, 6, 9, 2, 3, 5, 8 } }; /* the year's four, the month's four */
		struct system *system = start(&shape, arena);
		for (unsigned c = 0; c < 8; c++)
			add_cell(system, &shape, 1U << c, 1, 1);
		add_cell(system, &shape, 0x0F, 1, 1);
		add_cell(system, &shape, 0xF0, 1, 1);
		for (unsigned c = 0; c < 4; c++) {
			const unsigned year[] = { 1U << c, 1, 1 }, month[] = { 0x10U << c, 1, 1 };
			assert_true(system_row(system, ROW_HIDDEN, 0, &error) != SYSTEM_NONE);
			assert_true(add_terms(system, &shape, year, 1) + add_terms(system, &shape, month, -1) >= 0);
			system->row[system->rows - 1].loose = true;
		}
		system->row[9].kind = known == 1 ? ROW_KNOWN : ROW_CELL; /* the month's total */
		protect(system);
		check(system);
		assert_true(system->row[4].raised >= 3);
		arena_free(arena);
	}
}

/* A month's persons are among the year's, counted apart: the year is at least the month, and their difference is a count. */
static void test_part_of_a_whole_in_another_table(void **unused)
{
	(void)unused;
	for (int64_t rest = 0; rest < 7; rest++) {
		struct arena *arena = arena_new(&error);
		struct shape shape = { .codes = { 4, 1, 1 }, .count = { 3, 8, 3 + rest, 8 + (rest + 1) / 2 } };
		struct system *system = start(&shape, arena);
		for (unsigned c = 0; c < 4; c++)
			add_cell(system, &shape, 1U << c, 1, 1);
		add_cell(system, &shape, 3, 1, 1);
		add_cell(system, &shape, 12, 1, 1);
		for (unsigned c = 0; c < 2; c++) {
			const unsigned month[] = { 1U << c, 1, 1 }, year[] = { 4U << c, 1, 1 };
			assert_true(system_row(system, ROW_HIDDEN, 0, &error) != SYSTEM_NONE);
			make_target(system, add_terms(system, &shape, year, 1) + add_terms(system, &shape, month, -1));
		}
		protect(system);
		check(system);
		arena_free(arena);
	}
}

/* The same persons counted two ways: a group of one municipality is that municipality, and a tie holds two tables together. */
static void test_one_member_group(void **unused)
{
	(void)unused;
	struct arena *arena = arena_new(&error);
	struct shape shape = { .codes = { 4, 1, 1 }, .count = { 2, 17, 2, 17 } };
	struct system *system = start(&shape, arena);
	add_cell(system, &shape, 1, 1, 1);
	add_cell(system, &shape, 1, 1, 1); /* the group */
	add_cell(system, &shape, 2, 1, 1);
	add_cell(system, &shape, 3, 1, 1);
	add_cell(system, &shape, 12, 1, 1); /* the other table's */
	add_cell(system, &shape, 4, 1, 1);
	add_cell(system, &shape, 8, 1, 1);
	for (unsigned c = 0; c < 2; c++) {
		const unsigned here[] = { 1U << c, 1, 1 }, there[] = { 4U << c, 1, 1 };
		assert_true(system_row(system, ROW_KNOWN, 0, &error) != SYSTEM_NONE);
		assert_int_equal(add_terms(system, &shape, here, 1) + add_terms(system, &shape, there, -1), 0);
	}
	protect(system);
	check(system);
	assert_int_equal(system->row[0].withheld, system->row[1].withheld);
	for (size_t r = 2; r < 4; r++)
		assert_int_equal(system->row[r].withheld, system->row[r == 2 ? 6 : 4].withheld);
	arena_free(arena);
}

/* Where only a cycle through a single person protects a cell, that person sees through it. */
static void test_insider(void **unused)
{
	(void)unused;
	struct arena *arena = arena_new(&error);
	struct shape shape = { .codes = { 3, 3, 1 }, .count = { 1, 6, 9, 7, 2, 8, 5, 6, 7 } };
	struct system *system = start(&shape, arena);
	add_table(system, &shape, 3, 0);
	protect(system);
	check(system);
	arena_free(arena);
}

/* A published total of a small count cannot be helped: the cell stays withheld, and the account says that it is stuck. */
static void test_known_cell_is_stuck(void **unused)
{
	(void)unused;
	struct arena *arena = arena_new(&error);
	struct shape shape = { .codes = { 2, 1, 1 }, .count = { 3, 9 } };
	struct system *system = start(&shape, arena);
	struct engine_account account;
	add_cell(system, &shape, 1, 1, 1);
	add_cell(system, &shape, 2, 1, 1);
	add_cell(system, &shape, 3, 1, 1);
	const unsigned known[] = { 1, 1, 1 };
	assert_true(system_row(system, ROW_KNOWN, 0, &error) != SYSTEM_NONE);
	assert_int_equal(add_terms(system, &shape, known, 1), 3);
	assert_int_equal(system_seal(system, &error), 0);
	assert_int_equal(engine_protect(system, NULL, paired, &account, &error), 0);
	assert_true(system->row[0].withheld);
	assert_false(system->row[1].withheld);
	assert_int_equal(account.stuck, 0); /* known rows are no targets */
	arena_free(arena);
}

static void add_signed(struct system *system, enum row_kind kind, size_t atoms, const int *sign)
{
	assert_true(system_row(system, kind, 1, &error) != SYSTEM_NONE);
	for (size_t a = 0; a < atoms; a++)
		if (sign[a] != 0)
			assert_int_equal(system_term(system, a, sign[a], &error), 0);
}

/* How many targets are exposed, and how many bound, where one person forms the cell of atom 0 and the hidden row `target` is small, under one relation. Atom 2 is
   known where that is said, atom 3 free to take what others give; the grand total is printed. */
static struct engine_account exposed_with(const int64_t count[4], const int *target, enum row_kind kind, const int *relation, bool known)
{
	struct arena *arena = arena_new(&error);
	struct system *system = system_new(arena, &error);
	struct engine_account account;
	for (size_t a = 0; a < 4; a++)
		assert_int_equal(system_atom(system, count[a], &error), a);
	add_signed(system, ROW_CELL, 4, (const int[]){ 1, 0, 0, 0 });
	system->row[0].withheld = system->row[0].lone = true;
	system_target(&system->row[0], 1, THRESHOLD);
	add_signed(system, ROW_HIDDEN, 4, target);
	system_target(&system->row[1], target[0] * count[0] + target[1] * count[1] + target[2] * count[2], THRESHOLD);
	add_signed(system, kind, 4, relation);
	add_signed(system, known ? ROW_KNOWN : ROW_HIDDEN, 4, (const int[]){ 0, 0, 1, 0 });
	add_signed(system, ROW_CELL, 4, (const int[]){ 0, 0, 0, 1 });
	add_signed(system, ROW_KNOWN, 4, (const int[]){ 1, 1, 1, 1 });
	assert_int_equal(system_seal(system, &error), 0);
	assert_int_equal(engine_protect(system, NULL, paired, &account, &error), 0);
	arena_free(arena);
	return account;
}

/* Nobody but she herself can be in the row: by a tie (her cell and the row hold the same), by one with a remainder, or since her cell and
   another one cover the whole whose rest the row is. Then she learns nothing. Where the row is others, within her cell and three that are
   known, what she knows caps it at four, whatever is withheld. */
static void test_herself(void **unused)
{
	(void)unused;
	static const int64_t alike[4] = { 1, 1, 2, 30 }, remainder[4] = { 1, 1, 0, 30 }, others[4] = { 1, 4, 3, 30 };
	static const int part[4] = { 0, 1, 0, 0 }, rest[4] = { 0, -1, 1, 0 };
	struct engine_account account;
	account = exposed_with(alike, part, ROW_KNOWN, (const int[]){ -1, 1, 0, 0 }, false);
	assert_int_equal(account.exposed + account.bound, 0);
	account = exposed_with(alike, part, ROW_KNOWN, (const int[]){ 1, -1, 0, 0 }, false);
	assert_int_equal(account.exposed + account.bound, 0);
	account = exposed_with(remainder, part, ROW_KNOWN, (const int[]){ -1, 1, 1, 0 }, false);
	assert_int_equal(account.exposed + account.bound, 0);
	account = exposed_with(alike, rest, ROW_HIDDEN, (const int[]){ 1, 1, -1, 0 }, false);
	assert_int_equal(account.exposed + account.bound, 0);
	account = exposed_with(others, part, ROW_HIDDEN, (const int[]){ 1, -1, 1, 0 }, true);
	assert_int_equal(account.exposed, 0);
	assert_int_equal(account.bound, 1);
}

/* A part of 1 in a whole of 15 that no sum ties to it: with a threshold of 20 it can be large enough only where the whole is, too. */
static void test_part_far_within_its_whole(void **unused)
{
	(void)unused;
	struct arena *arena = arena_new(&error);
	struct system *system = system_new(arena, &error);
	struct engine_account account;
	for (size_t a = 0; a < 2; a++)
		assert_int_equal(system_atom(system, a == 0 ? 1 : 15, &error), a);
	for (size_t a = 0; a < 2; a++) {
		add_signed(system, ROW_CELL, 2, a == 0 ? (const int[]){ 1, 0 } : (const int[]){ 0, 1 });
		system->row[a].withheld = true;
		system_target(&system->row[a], a == 0 ? 1 : 15, 20);
	}
	assert_true(system_row(system, ROW_HIDDEN, 0, &error) != SYSTEM_NONE);
	assert_int_equal(system_term(system, 0, -1, &error), 0);
	assert_int_equal(system_term(system, 1, 1, &error), 0);
	assert_int_equal(system_seal(system, &error), 0);
	assert_int_equal(engine_protect(system, NULL, paired, &account, &error), 0);
	assert_int_equal(account.targets, 2);
	assert_int_equal(account.stuck, 0);
	arena_free(arena);
}

/* A larger table is protected in several meetings of two engines: the same rows are withheld, for the same tables, on any number of threads. */
static void test_same_on_any_number_of_threads(void **unused)
{
	(void)unused;
	static const int threads[] = { 1, 2, 3 };
	struct arena *arena = arena_new(&error);
	struct system *system[3];
	struct engine_account account[3];
	for (size_t i = 0; i < 3; i++) {
		uint32_t state = 7;
		system[i] = system_new(arena, &error);
		for (size_t a = 0; a < WIDE * WIDE; a++)
			assert_int_equal(system_atom(system[i], next_random(&state) % 3 == 0 ? 0 : next_random(&state) % 12, &error), a);
		for (size_t line = 0; line < 2 * WIDE + 1; line++) { /* rows, columns, all */
			assert_true(system_row(system[i], ROW_CELL, 40, &error) != SYSTEM_NONE);
			for (size_t a = 0; a < WIDE * WIDE; a++)
				if (line == 2 * WIDE || (line < WIDE ? a / WIDE == line : a % WIDE == line - WIDE))
					assert_int_equal(system_term(system[i], a, 1, &error), 0);
		}
		for (size_t a = 0; a < WIDE * WIDE; a++) {
			assert_true(system_row(system[i], ROW_CELL, 8, &error) != SYSTEM_NONE);
			assert_int_equal(system_term(system[i], a, 1, &error), 0);
			make_target(system[i], system[i]->atom[a]);
		}
		system[i]->dear = 30;
		assert_int_equal(system_seal(system[i], &error), 0);
		parallel_set_threads(threads[i]);
		assert_int_equal(engine_protect(system[i], NULL, paired, &account[i], &error), 0);
		parallel_set_threads(1);
		assert_int_equal(account[i].stuck, 0);
		assert_int_equal(account[i].solved, account[0].solved);
		assert_int_equal(account[i].tables, account[0].tables);
		for (size_t r = 0; r < system[i]->rows; r++)
			assert_int_equal(system[i]->row[r].withheld, system[0]->row[r].withheld);
		for (size_t t = 0; t < account[i].tables; t++) {
			const struct engine_table *table = &account[i].table[t], *first = &account[0].table[t];
			assert_int_equal(table->moved, first->moved);
			assert_memory_equal(table->atom, first->atom, table->moved * sizeof *table->atom);
			assert_memory_equal(table->change, first->change, table->moved * sizeof *table->change);
		}
	}
	arena_free(arena);
}

/* A count of 2 that is at least 2 and at most 5, whatever is withheld, and the single person who moves with it: it is too narrow for everybody, and nothing
   is looked for that she could not rule out. */
static void test_fixed_beside_a_single_person(void **unused)
{
	(void)unused;
	struct arena *arena = arena_new(&error);
	struct system *system = system_new(arena, &error);
	static const int64_t count[] = { 2, 4, 1 };
	for (size_t a = 0; a < 3; a++) {
		assert_int_equal(system_atom(system, count[a], &error), a);
		assert_int_equal(system_row(system, ROW_CELL, 8, &error), a);
		assert_int_equal(system_term(system, a, 1, &error), 0);
		system->row[a].withheld = true;
	}
	for (size_t a = 1; a < 3; a++) { /* the first and the second are known together, of the first and the third the difference */
		assert_int_equal(system_row(system, ROW_KNOWN, 0, &error), 2 + a);
		assert_int_equal(system_term(system, 0, 1, &error), 0);
		assert_int_equal(system_term(system, a, a == 1 ? 1 : -1, &error), 0);
	}
	system_target(&system->row[0], 2, 5);
	system->row[0].floor = 2;
	system->row[2].lone = true;
	assert_int_equal(system_seal(system, &error), 0);
	struct engine_account account;
	assert_int_equal(engine_protect(system, NULL, paired, &account, &error), 0);
	assert_int_equal(system->row[0].raised, 3);
	assert_int_equal(account.stuck, 1);
	assert_int_equal(account.exposed + account.bound, 0);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_random_tables), cmocka_unit_test(test_ceilings),
		cmocka_unit_test(test_two_small_in_a_line),
		cmocka_unit_test(test_three_ones_with_rest_three),
		cmocka_unit_test(test_all_small),
		cmocka_unit_test(test_overlapping_bands),
		cmocka_unit_test(test_cumulative_months),
		cmocka_unit_test(test_part_of_a_whole_in_another_table),
		cmocka_unit_test(test_loose_rows), cmocka_unit_test(test_fixed_beside_a_single_person),
		cmocka_unit_test(test_one_member_group),
		cmocka_unit_test(test_insider),
		cmocka_unit_test(test_herself),
		cmocka_unit_test(test_part_far_within_its_whole),
		cmocka_unit_test(test_known_cell_is_stuck),
		cmocka_unit_test(test_same_on_any_number_of_threads),
	};
	parallel_set_threads(1); /* these are too small for more */
	int failed = cmocka_run_group_tests_name("one engine", tests, NULL, NULL);
	paired = true;
	return failed + cmocka_run_group_tests_name("two engines", tests, NULL, NULL);
}
