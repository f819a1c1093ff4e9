/* Tests of what ratios that everybody knows tell of the counts behind them. */
#include "stages/protect/facts/facts.h"

#include "pipeline/base/date.h"
#include "pipeline/table/settings/settings.h"
#include "tests/stages/protect/cubes.h"

enum { COSTS, PARTICIPATIONS, RESULTS };

/* An insats of 80 participations, of whose 60 exits 20 were to work or studies; it cost 4 000 000 kr. */
static struct tables *an_insats(const struct settings *settings)
{
	struct tables *tables = arena_take(arena, 1, sizeof *tables, &error);
	struct cube *e01 = new_cube("e01_ekonomi"), *i01 = new_cube("i01_deltagare"), *i06 = new_cube("i06_resultat");
	assert_non_null(tables);
	*tables = (struct tables){ .arena = arena, .settings = settings };
	PUT(e01, "utfall", 4e6, "A", "2018", "TOT");
	PUT(e01, "kr_per_deltagande", 4e6 / 80, "A", "2018", "TOT");
	PUT(e01, "kr_per_avslutad_till_arbete_eller_studier", 4e6 / 20, "A", "2018", "TOT");
	PUT(i01, "deltaganden", 80, "A", "TOT", "TOT");
	PUT(i06, "avslutade", 60, "A", "TOT");
	PUT(i06, "arbete_eller_studier", 20, "A", "TOT");
	PUT(i06, "andel_arbete_eller_studier", 100.0 / 3, "A", "TOT");
	assert_int_equal(tables_add(tables, e01, &error) | tables_add(tables, i01, &error) | tables_add(tables, i06, &error), 0);
	return tables;
}

/* Everybody knows the figure of the table's first row. */
static void publish(struct tables *tables, size_t table, const char *measure, const char *text)
{
	const struct cube *cube = tables->cube[table];
	if (tables->known[table] == NULL)
		tables->known[table] = arena_take(arena, cube->rows * cube->table->measures, sizeof *tables->known[table], &error);
	assert_non_null(tables->known[table]);
	tables->known[table][tables_cell(tables, table, 0, cube_measure(cube, measure))] = text;
}

/* The row of the system that a count of the table's first row is. */
static size_t row_of(const struct facts *facts, const struct tables *tables, size_t table, const char *measure)
{
	uint32_t set = facts->set[table][tables_cell(tables, table, 0, cube_measure(tables->cube[table], measure))];
	assert_int_not_equal(set, 0);
	return set - 1;
}

/* 4 000 000 kr at 50 000 a participation are 80 of them, at 200 000 an exit to work or studies 20 exits; of a ratio of a period that reaches over two
   years nothing is said. By hand: 8 000 000 ÷ 100 001 = 79.999 and ÷ 99 999 = 80.001; ÷ 400 001 = 19.99995 and ÷ 399 999 = 20.00005. */
static void a_cost_per_head_gives_the_heads(void **state)
{
	(void)state;
	static const struct {
		const char *ratio, *text, *measure;
		size_t table, other;
		const char *beside;
		int64_t count;
	} cases[] = {
		{ "kr_per_deltagande", "50000", "deltaganden", PARTICIPATIONS, RESULTS, "arbete_eller_studier", 80 },
		{ "kr_per_avslutad_till_arbete_eller_studier", "200000", "arbete_eller_studier", RESULTS, PARTICIPATIONS, "deltaganden", 20 },
	};
	for (size_t i = 0; i < 4; i++) {
		struct settings settings = { .minsta_antal = 5 };
		size_t c = i / 2;
		bool one_year = i % 2 == 0;
		assert_true(date_read(one_year ? "2018-01-01" : "2017-12-01", 10, &settings.period_from) && date_read("2018-08-31", 10, &settings.period_to));
		struct tables *tables = an_insats(&settings);
		publish(tables, COSTS, cases[c].ratio, cases[c].text);
		struct facts *facts = facts_new(tables, 5, &error);
		assert_non_null(facts);
		const struct row *told = &facts->system->row[row_of(facts, tables, cases[c].table, cases[c].measure)];
		const struct row *beside = &facts->system->row[row_of(facts, tables, cases[c].other, cases[c].beside)];
		assert_int_equal(told->floor, one_year ? cases[c].count : 1);
		assert_int_equal(told->ceiling, one_year ? cases[c].count : INT64_MAX);
		assert_int_equal(beside->floor, 1);
		assert_int_equal(beside->ceiling, INT64_MAX);
	}
}

/* Coefficients of the two sets in a row of the system; whether it has these two alone. */
static bool terms_of(const struct system *system, size_t row, const size_t set[2], int32_t sign[2])
{
	sign[0] = sign[1] = 0;
	for (size_t t = system->first[row]; t < system->first[row + 1]; t++) {
		if (system->term[t].index != set[0] && system->term[t].index != set[1])
			return false;
		sign[system->term[t].index == set[1]] += system->term[t].sign;
	}
	return sign[0] != 0 && sign[1] != 0;
}

/* 33.3 per cent have, of bases up to 300, only thirds: 3 · 20 = 60 is known. Whole 33 per cent others have, too (1 of 3 and 33 of 100): two inequalities, from
   32.5 to 33.5 per cent, and no tie. */
static void a_share_of_one_pair_alone_ties_its_counts(void **state)
{
	(void)state;
	for (size_t whole = 0; whole < 2; whole++) {
		const struct settings settings = { .minsta_antal = 5 };
		struct tables *tables = an_insats(&settings);
		publish(tables, RESULTS, "andel_arbete_eller_studier", whole == 0 ? "33.3" : "33");
		struct facts *facts = facts_new(tables, 5, &error);
		assert_non_null(facts);
		const struct system *system = facts->system;
		size_t set[2] = { row_of(facts, tables, RESULTS, "arbete_eller_studier"), row_of(facts, tables, RESULTS, "avslutade") }, ties = 0, sides = 0;
		for (size_t row = facts->sets; row < system->rows; row++) {
			int32_t sign[2];
			if (!terms_of(system, row, set, sign))
				continue;
			bool tie = sign[0] == 3 && sign[1] == -1;
			bool side = (sign[0] == 200 && sign[1] == -65) || (sign[0] == -200 && sign[1] == 67);
			assert_true(!tie || (system->row[row].kind == ROW_KNOWN && system->row[row].value == 0));
			assert_true(!side || (system->row[row].kind == ROW_HIDDEN && system->row[row].floor == 0));
			ties += tie;
			sides += side;
		}
		assert_int_equal(ties, whole == 0);
		assert_int_equal(sides, whole == 0 ? 0 : 2);
	}
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, arena_begin, arena_end)
	const struct CMUnitTest tests[] = { TEST(a_cost_per_head_gives_the_heads), TEST(a_share_of_one_pair_alone_ties_its_counts) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
