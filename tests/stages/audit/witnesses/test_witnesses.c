/* Tests of the check of witnesses: a square of withheld counts whose possible tables are written down by hand. */
#include "stages/audit/witnesses/witnesses.h"

#include "pipeline/maths/parallel.h"
#include "stages/audit/relations/relations.h"
#include "tests/stages/protect/cubes.h"

/* Persons by kommun and kön: 2 + 9 = 11, 8 + 7 = 15; women 10, men 16. All margins are printed and the four counts withheld: any other table
   adds some number to two corners and takes it from the others. */
enum { FEW, MEN, WOMEN, OTHERS, CORNERS };
static const int64_t square[CORNERS] = { 2, 9, 8, 7 };
static const int sign[CORNERS] = { 1, -1, -1, 1 };
static const char *const kommun[] = { "1401", "1402", "TOT" }, *const kon[] = { "K", "M", "TOT" }, *const age[] = { "16-29", "TOT" };

static struct cube *square_cube(bool withheld, const int64_t count[CORNERS])
{
	struct cube *m02 = new_cube("m02_malgrupp");
	for (size_t k = 0; k < 3; k++)
		for (size_t s = 0; s < 3; s++) {
			int64_t sum = 0;
			for (size_t c = 0; c < CORNERS; c++)
				sum += (k == 2 || c / 2 == k) && (s == 2 || c % 2 == s) ? count[c] : 0;
			for (size_t a = 0; a < 2; a++) {
				const char *codes[] = { "2018", "unga", kommun[k], kon[s], age[a] };
				put(m02, "personer", (double)sum, codes);
				if (withheld && k < 2 && s < 2)
					cube_cell(m02, cube_find_named(m02, codes), 0)->status = CELL_PROTECTED;
			}
		}
	return m02;
}

/* The place of a row's count among all figures of the table. */
static size_t personer(const struct cube *cube, size_t row)
{
	return row * cube->table->measures + cube_measure(cube, "personer");
}

/* What the auditor sees, and one witness that adds `step` to the corners. */
struct scene {
	struct published published;
	struct witness_cell cell[2 * CORNERS + 1];
	struct witness_line line[4 * CORNERS];
	struct witness_file file;
	struct witnesses witnesses;
};

static void begin_scene(struct scene *scene, const int64_t count[CORNERS])
{
	*scene = (struct scene){ .published = { .arena = arena, .minimum = 5, .knowledge = knowledge_new(arena, &error) } };
	assert_int_equal(published_add(&scene->published, square_cube(true, count), square_cube(false, count), &error), 0);
	assert_int_equal(relations_state(&scene->published, &error), 0);
	const struct published_table *table = &scene->published.table[0];
	for (size_t i = 0; i <= 2 * (size_t)CORNERS; i++) { /* the last: a printed total */
		size_t corner = i / 2;
		const char *codes[] = { "2018", "unga", corner == CORNERS ? "TOT" : kommun[corner / 2], kon[corner % 2], age[i % 2] };
		size_t row = cube_find_named(table->cube, codes);
		scene->cell[i] = (struct witness_cell){ .row = row, .variable = table->variable[personer(table->cube, row)], .printed = (int64_t)cube_cell(table->cube, row, 0)->number };
	}
	scene->file = (struct witness_file){ .cells = 2 * CORNERS + 1, .cell = scene->cell, .line = scene->line };
}

static void add_line(struct scene *scene, uint32_t witness, uint32_t cell, int64_t value)
{
	scene->line[scene->file.lines++] = (struct witness_line){ witness, cell, value };
}

static void add_step(struct scene *scene, uint32_t witness, const int64_t count[CORNERS], int64_t step)
{
	for (uint32_t i = 0; i < 2 * CORNERS; i++)
		add_line(scene, witness, i, count[i / 2] + sign[i / 2] * step);
}

static enum witness_fault judge(struct scene *scene)
{
	assert_int_equal(witnesses_check(&scene->published, &scene->file, &scene->witnesses, &error), 0);
	return scene->witnesses.findings == 0 ? WITNESS_STANDS : scene->witnesses.finding[0].fault;
}

/* Of all steps, those stand that leave a person in every withheld count; +4 is the first that shows the small one to be safe. */
static void steps(void **state)
{
	(void)state;
	for (int64_t step = -3; step <= 10; step++) {
		struct scene scene;
		begin_scene(&scene, square);
		add_step(&scene, 1, square, step);
		bool possible = 2 + step >= 1 && 9 - step >= 1 && 8 - step >= 1 && 7 + step >= 1;
		assert_int_equal(judge(&scene), possible ? WITNESS_STANDS : WITNESS_BOUND);
		struct target target = { .variable = scene.cell[0].variable };
		witnesses_show(&scene.published, &scene.witnesses, &target, 1);
		assert_int_equal(target.shown, possible && step >= 4);
	}
}

/* A count that alone is another, one that is printed, and one age without the whole. */
static void false_witnesses(void **state)
{
	(void)state;
	struct scene scene;
	begin_scene(&scene, square);
	add_line(&scene, 1, 0, 6);
	assert_int_equal(judge(&scene), WITNESS_RELATION);
	begin_scene(&scene, square);
	add_step(&scene, 1, square, 4);
	scene.line[3].value++;
	assert_int_equal(judge(&scene), WITNESS_RELATION);
	begin_scene(&scene, square);
	add_step(&scene, 1, square, 4);
	add_line(&scene, 1, 2 * CORNERS, 11);
	assert_int_equal(judge(&scene), WITNESS_PRINTED);
	begin_scene(&scene, square);
	add_step(&scene, 1, square, 4);
	add_line(&scene, 1, 2 * CORNERS, 10);
	assert_int_equal(judge(&scene), WITNESS_STANDS);
}

#define MANY 5000

/* More witnesses than a thread checks at a time: what one thread sees is what several see, and nothing hides behind the others. */
static void many_witnesses(void **state)
{
	(void)state;
	struct scene scene;
	begin_scene(&scene, square);
	scene.file.line = arena_take(arena, MANY * 2 * (size_t)CORNERS, sizeof *scene.file.line, &error);
	for (uint32_t w = 1; w <= MANY; w++)
		for (uint32_t i = 0; i < 2 * CORNERS; i++) {
			int64_t step = w == MANY - 1 ? 6 : w % 4, wrong = w == MANY && i == 3;
			scene.file.line[scene.file.lines++] = (struct witness_line){ w, i, square[i / 2] + sign[i / 2] * step + wrong };
		}
	for (int threads = 1; threads <= 3; threads++) {
		parallel_set_threads(threads);
		assert_int_equal(judge(&scene), WITNESS_RELATION);
		const struct witnesses *witnesses = &scene.witnesses;
		assert_true(witnesses->findings == 1 && witnesses->count == MANY && witnesses->standing == MANY - 1);
		assert_true(witnesses->most[scene.cell[0].variable] == 8 && witnesses->least[scene.cell[0].variable] == 2);
		size_t moved = 0; /* a step of 0 moves nothing */
		for (size_t w = 1; w < MANY; w++)
			moved += (w % 4 != 0 || w == MANY - 1) ? 2 * CORNERS : 0;
		assert_int_equal(witnesses->moves, moved);
		for (size_t i = 0; i < moved; i++) {
			assert_true(witnesses->move[i].witness < MANY - 1 && (i == 0 || witnesses->move[i].witness >= witnesses->move[i - 1].witness));
			assert_true(witnesses->move[i].value != witnesses->base[witnesses->move[i].variable]);
		}
	}
	parallel_set_threads(0);
}

/* What stands before protection is not what was published. */
static void another_truth(void **state)
{
	(void)state;
	struct scene scene;
	begin_scene(&scene, square);
	const struct published_table *table = &scene.published.table[0];
	table->count[personer(table->cube, scene.cell[2 * OTHERS].row)] = square[OTHERS] + 1;
	assert_int_equal(witnesses_check(&scene.published, &scene.file, &scene.witnesses, &error), -1);
	assert_int_equal(error.code, EXIT_DISCLOSURE);
}

/* The only man of 1401 knows it, and that no step is possible: to him the woman is known, too. Without him in the table nobody is. */
static void a_lone_person(void **state)
{
	(void)state;
	const int64_t lone[CORNERS] = { 2, 1, 8, 7 };
	struct scene scene;
	size_t narrowed;
	begin_scene(&scene, lone);
	add_step(&scene, 1, lone, -1);
	judge(&scene);
	struct target target[2] = { { .variable = scene.cell[0].variable, .shown = true }, { .variable = scene.cell[2].variable } };
	assert_int_equal(witnesses_alone(&scene.published, &scene.witnesses, target, 2, &narrowed, scene.published.arena, &error), 0);
	assert_int_equal(narrowed, 1);
	begin_scene(&scene, square);
	add_step(&scene, 1, square, 4);
	judge(&scene);
	assert_int_equal(witnesses_alone(&scene.published, &scene.witnesses, target, 2, &narrowed, scene.published.arena, &error), 0);
	assert_int_equal(narrowed, 0);
}

/* Two in the whole, one in the part: the one person of the rest. One person forms another count, in which she is who is not in the part:
   with `strangers` others there may be as many in the whole who are in neither. The one witness changes both. */
static size_t narrowed_with(int64_t strangers)
{
	enum { WHOLE, PART, REST, ALONE, STRANGERS, VARIABLES };
	struct published published = { .arena = arena, .minimum = 5, .knowledge = knowledge_new(arena, &error) };
	for (size_t v = 0; v < VARIABLES; v++)
		assert_int_equal(knowledge_variable(published.knowledge, v == STRANGERS ? strangers : 1, v == STRANGERS ? strangers : 100, &error), v);
	struct knowledge *knowledge = published.knowledge;
	assert_int_equal(knowledge_sum(knowledge, 0, 0, &error), 0);
	assert_int_equal(knowledge_term(knowledge, WHOLE, 1, &error) | knowledge_term(knowledge, PART, -1, &error) |
		knowledge_term(knowledge, REST, -1, &error), 0);
	assert_int_equal(knowledge_sum(knowledge, 0, KNOWLEDGE_ENDLESS, &error), 0);
	assert_int_equal(knowledge_term(knowledge, ALONE, 1, &error) | knowledge_term(knowledge, PART, 1, &error) |
		knowledge_term(knowledge, STRANGERS, 1, &error) | knowledge_term(knowledge, WHOLE, -1, &error), 0);
	int64_t base[VARIABLES] = { 2, 1, 1, 1, strangers }, value[2] = { 0, strangers };
	bool unknown[2] = { false };
	size_t difference[2] = { REST, SIZE_MAX }, from[VARIABLES + 1] = { 0, 2, 4, 5, 6, 7 }, narrowed;
	struct witness_place at[] = { { 0, 1 }, { 1, -1 }, { 0, -1 }, { 1, 1 }, { 0, -1 }, { 1, 1 }, { 1, 1 } };
	struct witness_move move[] = { { WHOLE, 0, 6 }, { REST, 0, 5 }, { ALONE, 0, 5 } };
	struct witnesses witnesses = { .standing = 1, .base = base, .moves = 3, .move = move, .from = from, .at = at, .value = value,
		.unknown = unknown, .difference = difference };
	struct target target[2] = { { .variable = REST, .difference = true, .shown = true }, { .variable = ALONE } };
	assert_int_equal(witnesses_alone(&published, &witnesses, target, 2, &narrowed, published.arena, &error), 0);
	return narrowed;
}

static void who_is_the_rest(void **state)
{
	(void)state;
	assert_int_equal(narrowed_with(0), 0);
	assert_int_equal(narrowed_with(2), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test_setup_teardown(steps, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(false_witnesses, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(many_witnesses, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(another_truth, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(a_lone_person, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(who_is_the_rest, arena_begin, arena_end) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
