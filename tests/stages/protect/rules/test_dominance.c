/* Tests of dominance in the amounts of m01: which amounts are sensitive, worked out person by person, and by linear programming what
   the published ones leave open of them. */
#include "stages/protect/rules/dominance.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "pipeline/maths/linear.h"
#include "stages/protect/rules/counts.h"

#define MINIMUM 5
#define SHARE 0.10
#define PERSONS 90
#define KOMMUNER 3
#define KON 3
#define FORMANER 9
#define FORMAN_CODES 13

static const char *const kommun_code[] = { "1407", "1440", "1482", CUBE_TOTAL };
static const char *const kon_code[] = { "K", "M", "X", CUBE_TOTAL };
static const char *const forman_code[] = { "SP", "RP", "SE", "AE", "AK", "AS", "UE", "ET", "FS", "OHALSA", "ARBMARK", "BISTAND",
	CUBE_TOTAL };
/* Förmåner of each code, by bits. */
static const unsigned forman_holds[FORMAN_CODES] = { 1, 2, 4, 8, 16, 32, 64, 128, 256, 15, 240, 256, 511 };

/* One who has amounts: öre and millionths of a helårsekvivalent by förmån. */
struct person {
	size_t kommun, kon;
	double kr[FORMANER], hae[FORMANER];
};

struct world {
	struct arena *arena;
	struct error error;
	struct person person[PERSONS];
	size_t persons;
	struct tables tables;
	size_t m01, support;
};

static uint64_t seed;

static unsigned draw(unsigned below)
{
	seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (unsigned)((seed >> 33) % below);
}

/* Few in the second kommun, hardly any of kön X; most amounts alike, some three hundred times as large. */
static void draw_persons(struct world *world)
{
	world->persons = 40 + draw(PERSONS - 40);
	for (size_t i = 0; i < world->persons; i++) {
		struct person *person = &world->person[i];
		*person = (struct person){ .kommun = draw(8) == 0 ? 1 : draw(2) * 2, .kon = draw(20) == 0 ? 2 : draw(2) };
		for (unsigned forms = 1 + (draw(4) == 0); forms > 0; forms--) {
			size_t forman = draw(3) == 0 ? draw(FORMANER) : draw(2) * 8;
			double kr = 5000 + draw(9000);
			person->kr[forman] = draw(15) == 0 ? kr * 300 : kr;
			person->hae[forman] = (1 + draw(draw(10) == 0 ? 1000 : 60)) / 1000.0;
		}
	}
}

static bool belongs(const struct person *person, size_t kommun, size_t kon)
{
	return (kommun == KOMMUNER || person->kommun == kommun) && (kon == KON || person->kon == kon);
}

static double amount_of(const double *by_forman, size_t code)
{
	double sum = 0;
	for (size_t f = 0; f < FORMANER; f++)
		sum += (forman_holds[code] >> f & 1) != 0 ? by_forman[f] : 0;
	return sum;
}

/* A cell worked out from the persons: how many, the amounts, and the two largest of each, by a sorted walk. */
struct truth {
	double persons, sum[2], first[2], second[2];
};

static struct truth truth_of(const struct world *world, size_t kommun, size_t kon, size_t forman)
{
	struct truth truth = { 0 };
	for (size_t i = 0; i < world->persons; i++) {
		const struct person *person = &world->person[i];
		const double mine[2] = { amount_of(person->kr, forman), amount_of(person->hae, forman) };
		if (!belongs(person, kommun, kon) || !(mine[1] > 0))
			continue;
		truth.persons++;
		for (size_t a = 0; a < 2; a++) {
			truth.sum[a] += mine[a];
			truth.second[a] = fmax(truth.second[a], fmin(truth.first[a], mine[a]));
			truth.first[a] = fmax(truth.first[a], mine[a]);
		}
	}
	return truth;
}

static bool is_sensitive(const struct truth *truth, size_t a)
{
	return truth->first[a] > 0 && truth->sum[a] - truth->first[a] - truth->second[a] < SHARE * truth->first[a];
}

static size_t add_table(struct world *world, const char *name)
{
	const struct table *table = schema_table(name, world->arena, &world->error);
	struct cube *cube = table == NULL ? NULL : cube_new(table, world->arena, &world->error);
	assert_non_null(cube);
	for (size_t k = 0; k <= KOMMUNER; k++)
		for (size_t s = 0; s <= KON; s++)
			for (size_t f = 0; f < FORMAN_CODES; f++) {
				struct truth truth = truth_of(world, k, s, f);
				if (!(truth.persons > 0))
					continue;
				const char *codes[] = { "2020", kommun_code[k], kon_code[s], forman_code[f] };
				size_t row = cube_row_named(cube, codes, &world->error);
				if (table->support) {
					const double values[] = { truth.sum[0], truth.first[0], truth.second[0], truth.sum[1], truth.first[1],
						truth.second[1] };
					for (size_t m = 0; m < 6; m++)
						cube_set(cube, row, m, values[m]);
				} else {
					cube_set(cube, row, 0, truth.persons);
					cube_set(cube, row, 1, truth.sum[0]);
					cube_set(cube, row, 2, truth.sum[1]);
				}
			}
	assert_int_equal(cube_sort(cube, &world->error), 0);
	assert_int_equal(tables_add(&world->tables, cube, &world->error), 0);
	return tables_find(&world->tables, name);
}

static void protect(struct world *world)
{
	bool again = true;
	dominance_demand(&world->tables);
	for (int round = 0; again; round++) {
		assert_true(round < 20);
		again = false;
		for (size_t i = 0; i < protect_rule_count; i++)
			if (strcmp(protect_rules[i].atoms, "m01_forsorjningsmatt") == 0) {
				assert_int_equal(counts_protect(&world->tables, &(const struct rule *){ &protect_rules[i] }, 1, MINIMUM, &again, &world->error), 0);
				dominance_pair(&world->tables);
			}
	}
}

static void begin(struct world *world, uint64_t number, double share)
{
	*world = (struct world){ .arena = NULL };
	seed = number * 7919;
	world->arena = arena_new(&world->error);
	world->tables.arena = world->arena;
	world->tables.dominans = share;
	draw_persons(world);
	world->m01 = add_table(world, "m01_forsorjningsmatt");
	world->support = add_table(world, "dominans_forman");
	protect(world);
}

static size_t row_of(const struct world *world, size_t kommun, size_t kon, size_t forman)
{
	const char *codes[] = { "2020", kommun_code[kommun], kon_code[kon], forman_code[forman] };
	return cube_find_named(world->tables.cube[world->m01], codes);
}

static bool is_withheld(const struct world *world, size_t row, size_t measure)
{
	return tables_withheld(&world->tables, world->m01, row, measure);
}

/* What an attacker knows of one amount, as a linear program over kommun × kön × förmån. */
static struct linear *knowledge(const struct world *world, size_t measure, size_t atom[KOMMUNER][KON][FORMANER])
{
	struct linear *program = linear_new();
	for (size_t k = 0; k < KOMMUNER; k++)
		for (size_t s = 0; s < KON; s++)
			for (size_t f = 0; f < FORMANER; f++) /* no row is 0 */
				atom[k][s][f] =
					linear_variable(program, 0, row_of(world, k, s, f) == CUBE_NO_ROW ? 0 : (double)INFINITY, 0, false);
	for (size_t k = 0; k <= KOMMUNER; k++)
		for (size_t s = 0; s <= KON; s++)
			for (size_t f = 0; f < FORMAN_CODES; f++) {
				size_t row = row_of(world, k, s, f);
				if (row == CUBE_NO_ROW || is_withheld(world, row, measure))
					continue;
				double value = cube_cell(world->tables.cube[world->m01], row, measure)->number;
				size_t sum = linear_sum(program, value, value);
				for (size_t i = 0; i < KOMMUNER; i++)
					for (size_t j = 0; j < KON; j++)
						for (size_t l = 0; l < FORMANER; l++)
							if ((k == KOMMUNER || k == i) && (s == KON || s == j) && (forman_holds[f] >> l & 1) != 0)
								assert_int_equal(linear_term(program, sum, atom[i][j][l], 1), 0);
			}
	return program;
}

/* Least (sign 1) or greatest (sign −1) value of a cell. */
static double extreme(struct linear *program, size_t atom[KOMMUNER][KON][FORMANER], size_t k, size_t s, size_t f, double sign)
{
	double value = 0;
	for (int pass = 0; pass < 2; pass++) {
		for (size_t i = 0; i < KOMMUNER; i++)
			for (size_t j = 0; j < KON; j++)
				for (size_t l = 0; l < FORMANER; l++) {
					bool inside = (k == KOMMUNER || k == i) && (s == KON || s == j) && (forman_holds[f] >> l & 1) != 0;
					if (pass == 0)
						linear_cost(program, atom[i][j][l], inside ? sign : 0);
					else
						value += inside ? linear_value(program, atom[i][j][l]) : 0;
				}
		if (pass == 0 && linear_again(program, 20000) != 0)
			return -sign * (double)INFINITY; /* no bound */
	}
	return value;
}

static double largest_atom(const struct world *world, size_t k, size_t s, size_t f, size_t a)
{
	double largest = 0;
	for (size_t i = 0; i < KOMMUNER; i++)
		for (size_t j = 0; j < KON; j++)
			for (size_t l = 0; l < FORMANER; l++)
				if ((k == KOMMUNER || k == i) && (s == KON || s == j) && (forman_holds[f] >> l & 1) != 0)
					largest = fmax(largest, truth_of(world, i, j, l).sum[a]);
	return largest;
}

static int check_amount(const struct world *world, size_t a)
{
	size_t atom[KOMMUNER][KON][FORMANER], measure = a + 1;
	struct linear *program = knowledge(world, measure, atom);
	int checked = 0;
	for (size_t k = 0; k <= KOMMUNER; k++)
		for (size_t s = 0; s <= KON; s++)
			for (size_t f = 0; f < FORMAN_CODES; f++) {
				struct truth truth = truth_of(world, k, s, f);
				bool sensitive = is_sensitive(&truth, a), few = truth.persons >= 1 && truth.persons < MINIMUM;
				if (!sensitive && !few)
					continue;
				assert_true(is_withheld(world, row_of(world, k, s, f), measure));
				double span = SHARE * truth.sum[a], down = fmin(span, largest_atom(world, k, s, f, a) - 0.01);
				double most = extreme(program, atom, k, s, f, -1), least = extreme(program, atom, k, s, f, 1);
				if (most < truth.sum[a] + span * 0.999 || least > truth.sum[a] - down * 0.999)
					fail_msg("%s %s %s: %g is between %g and %g", kommun_code[k], kon_code[s], forman_code[f], truth.sum[a], least,
						most);
				checked++;
			}
	linear_free(program);
	return checked;
}

static void no_sum_gives_a_sensitive_amount_within_p_per_cent(void **state)
{
	(void)state;
	int checked = 0, dominated = 0;
	for (uint64_t number = 1; number <= 25; number++) {
		struct world world;
		begin(&world, number, SHARE);
		for (size_t a = 0; a < 2; a++)
			checked += check_amount(&world, a);
		for (size_t k = 0; k <= KOMMUNER; k++)
			for (size_t s = 0; s <= KON; s++)
				for (size_t f = 0; f < FORMAN_CODES; f++) {
					struct truth truth = truth_of(&world, k, s, f);
					dominated += truth.persons >= MINIMUM && is_sensitive(&truth, 0);
				}
		arena_free(world.arena);
	}
	assert_true(checked > 500);
	assert_true(dominated > 20); /* the rule, and not the number of persons, was tested */
}

/* Off, the rule withholds nothing by itself: amounts of five and more are withheld only beside others. */
static void nothing_is_demanded_when_it_is_off(void **state)
{
	(void)state;
	struct world world;
	begin(&world, 3, 0);
	const struct cube *cube = world.tables.cube[world.m01];
	for (size_t row = 0; row < cube->rows; row++)
		for (size_t m = 0; m < cube->table->measures; m++)
			assert_false(*tables_demand(&world.tables, world.m01, row, m));
	assert_true(dominance_span(&world.tables, 0, "belopp_kr", MINIMUM) <= 0);
	arena_free(world.arena);
}

static void both_amounts_of_a_row_share_a_status(void **state)
{
	(void)state;
	struct world world;
	size_t withheld = 0;
	begin(&world, 5, SHARE);
	for (size_t row = 0; row < world.tables.cube[world.m01]->rows; row++) {
		assert_int_equal(is_withheld(&world, row, 1), is_withheld(&world, row, 2));
		withheld += is_withheld(&world, row, 1);
	}
	assert_true(withheld > 0);
	arena_free(world.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_sum_gives_a_sensitive_amount_within_p_per_cent),
		cmocka_unit_test(nothing_is_demanded_when_it_is_off),
		cmocka_unit_test(both_amounts_of_a_row_share_a_status),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
