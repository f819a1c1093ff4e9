/* The stage goals: opens its inputs, judges one goal after the other, writes g01, closes. See README.md. */
#include "stages/goals/goals.h"

#include <math.h>
#include <stdio.h>

#include "pipeline/maths/maths.h"
#include "pipeline/table/column/column.h"
#include "pipeline/table/cube/cube.h"
#include "pipeline/table/schema/schema.h"
#include "stages/goals/figure.h"

#define NUMBER_ROOM 24 /* a year or a goal's number as text */

enum { SOURCE_I01, SOURCE_I09, SOURCE_I10, SOURCE_E01, SOURCES };
static const char *const source_names[SOURCES] = { "i01_deltagare", "i09_ko", "i10_volym", "e01_ekonomi" };

/* All that goals are judged from. */
struct inputs {
	const struct settings *settings;
	const struct cube *source[SOURCES];
	size_t outcomes; /* of all insatser, in their order */
	struct outcome *outcome;
	const uint16_t *insats; /* by outcome */
	uint32_t *persons;      /* room for as many */
	const struct codelist *sysselsattning;
};

/* ---- opening ---- */

static int load_outcomes(const struct column_file *file, struct inputs *inputs, struct arena *arena, struct error *error)
{
	size_t count = inputs->outcomes = column_rows(file);
	const uint32_t *person = column_load(file, "person", COLUMN_U32, arena, error);
	const int32_t *start = column_load(file, "start", COLUMN_I32, arena, error);
	const int32_t *slut = column_load(file, "slut", COLUMN_I32, arena, error);
	const uint8_t *i_period = column_load(file, "i_period", COLUMN_U8, arena, error);
	const uint8_t *ny = column_load(file, "ny", COLUMN_U8, arena, error);
	const uint8_t *avslutad = column_load(file, "avslutad", COLUMN_U8, arena, error);
	const uint16_t *sysselsattning = column_load(file, "sysselsattning", COLUMN_U16, arena, error);
	const uint8_t *enkatpar = column_load(file, "enkatpar", COLUMN_U8, arena, error);
	inputs->insats = column_load(file, "insats", COLUMN_U16, arena, error);
	inputs->persons = arena_take(arena, count, sizeof *inputs->persons, error);
	inputs->outcome = arena_take(arena, count, sizeof *inputs->outcome, error);
	if (person == NULL || start == NULL || slut == NULL || i_period == NULL || ny == NULL || avslutad == NULL ||
		sysselsattning == NULL || enkatpar == NULL || inputs->insats == NULL || inputs->persons == NULL ||
		inputs->outcome == NULL)
		return -1;
	for (size_t i = 0; i < count; i++)
		inputs->outcome[i] = (struct outcome){ .person = person[i], .start = start[i], .slut = slut[i],
			.i_period = i_period[i] != 0, .ny = ny[i] != 0, .avslutad = avslutad[i] != 0,
			.sysselsattning = sysselsattning[i], .enkatpar = enkatpar[i] != 0 };
	return 0;
}

static int open_inputs(const struct run *run, struct inputs *inputs, struct arena *arena, struct error *error)
{
	struct column_file *file = NULL;
	const char *path = run_input(run, FILE_PERSONS, "utfall", arena, error);
	inputs->settings = run_settings(run);
	inputs->sysselsattning = codelist_load("sysselsattning", arena, error);
	if (path == NULL || inputs->sysselsattning == NULL || column_open(&file, path, error) != 0)
		return -1;
	int result = load_outcomes(file, inputs, arena, error);
	column_close(file);
	for (size_t i = 0; i < SOURCES && result == 0; i++) {
		const struct table *table = schema_table(source_names[i], arena, error);
		path = run_input(run, FILE_AGGREGATE, source_names[i], arena, error);
		inputs->source[i] = table == NULL || path == NULL ? NULL : cube_read(table, path, arena, error);
		result = inputs->source[i] == NULL ? -1 : 0;
	}
	return result;
}

/* ---- what is known of an insats ---- */

/* A figure of a table: 0 when its row does not occur, NAN when it cannot be computed. */
static double figure_in(const struct cube *cube, const char *const *codes, const char *measure)
{
	size_t row = cube_find_named(cube, codes);
	if (row == CUBE_NO_ROW)
		return 0;
	const struct cell *cell = cube_cell(cube, row, cube_measure(cube, measure));
	return cell->status == CELL_PUBLISHED ? cell->number : MATHS_NAN;
}

static int64_t count_in_i01(const struct inputs *inputs, const char *insats, const char *kon, const char *measure)
{
	const char *codes[] = { insats, CUBE_TOTAL, kon };
	return (int64_t)figure_in(inputs->source[SOURCE_I01], codes, measure);
}

static double kotid(const struct inputs *inputs, const char *insats)
{
	const char *codes[] = { insats, CUBE_TOTAL, CUBE_TOTAL };
	return cube_find_named(inputs->source[SOURCE_I09], codes) == CUBE_NO_ROW
		? MATHS_NAN
		: figure_in(inputs->source[SOURCE_I09], codes, "median_vantetid");
}

/* What stands in i10 and e01 by year, summed over the period: antal of a kon, utfall in öre. */
static int64_t sum_of_years(const struct inputs *inputs, int source, const char *insats, const char *code)
{
	int64_t sum = 0;
	for (int year = settings_first_year(inputs->settings); year <= settings_last_year(inputs->settings); year++) {
		char text[NUMBER_ROOM];
		(void)snprintf(text, sizeof text, "%d", year);
		const char *antal[] = { insats, text, code, CUBE_TOTAL }, *utfall[] = { insats, text, code };
		sum += source == SOURCE_I10
			? (int64_t)figure_in(inputs->source[SOURCE_I10], antal, "antal")
			: (int64_t)llround(100 * figure_in(inputs->source[SOURCE_E01], utfall, "utfall"));
	}
	return sum;
}

/* `from` is the first participation of the insats or of a later one; set to the first of the next. */
static struct facts facts_of(const struct inputs *inputs, size_t insats, size_t *from)
{
	const char *name = inputs->settings->insats[insats].name;
	bool volym = inputs->settings->insats[insats].registration == REGISTRATION_VOLUME;
	size_t first = *from;
	while (*from < inputs->outcomes && inputs->insats[*from] == insats)
		(*from)++;
	struct facts facts = { .outcomes = volym ? 0 : *from - first, .outcome = inputs->outcome + first,
		.kostnad = sum_of_years(inputs, SOURCE_E01, name, CUBE_TOTAL), .kotid = kotid(inputs, name),
		.period_to = inputs->settings->period_to, .sysselsattning = inputs->sysselsattning };
	facts.deltagare = volym ? sum_of_years(inputs, SOURCE_I10, name, CUBE_TOTAL)
				: count_in_i01(inputs, name, CUBE_TOTAL, "personer");
	facts.kvinnor = volym ? sum_of_years(inputs, SOURCE_I10, name, "K") : count_in_i01(inputs, name, "K", "personer");
	facts.man = volym ? sum_of_years(inputs, SOURCE_I10, name, "M") : count_in_i01(inputs, name, "M", "personer");
	facts.nya = count_in_i01(inputs, name, CUBE_TOTAL, "nya");
	facts.avslutade = count_in_i01(inputs, name, CUBE_TOTAL, "avslutade");
	return facts;
}

/* ---- judging ---- */

static int judge(const struct inputs *inputs, const struct insats *insats, size_t number, const struct facts *facts,
	struct cube *cube, struct error *error)
{
	const struct goal *goal = &insats->goal[number];
	char text[NUMBER_ROOM];
	(void)snprintf(text, sizeof text, "%zu", number + 1);
	const char *codes[] = { insats->name, text };
	size_t row = cube_row_named(cube, codes, error);
	if (row == CUBE_NO_ROW)
		return -1;
	struct figure figure = figure_of(goal, facts, inputs->persons);
	struct verdict verdict = verdict_of(goal, &figure, inputs->settings->konfidensgrad);
	cube_set_text(cube, row, cube_measure(cube, "matt_namn"), goal->matt_namn);
	cube_set_text(cube, row, cube_measure(cube, "krav"), goal->krav);
	cube_set(cube, row, cube_measure(cube, "utfall"), figure.value);
	cube_set(cube, row, cube_measure(cube, "taljare"), figure.share ? (double)figure.taljare : MATHS_NAN);
	cube_set(cube, row, cube_measure(cube, "namnare"), figure.share ? (double)figure.namnare : MATHS_NAN);
	cube_set(cube, row, cube_measure(cube, "ki_lag"), verdict.ki_lag);
	cube_set(cube, row, cube_measure(cube, "ki_hog"), verdict.ki_hog);
	cube_set_text(cube, row, cube_measure(cube, "bedomning"), verdict.bedomning);
	return 0;
}

static int work(const struct run *run, struct arena *arena, struct error *error)
{
	struct inputs inputs = { .settings = NULL };
	if (open_inputs(run, &inputs, arena, error) != 0)
		return -1;
	const struct table *table = schema_table("g01_mal", arena, error);
	const char *path = run_output(run, FILE_AGGREGATE, "g01_mal", arena, error);
	struct cube *cube = table == NULL ? NULL : cube_new(table, arena, error);
	if (path == NULL || cube == NULL)
		return -1;
	size_t from = 0, goals = 0;
	for (size_t i = 0; i < inputs.settings->insats_count; i++) {
		const struct insats *insats = &inputs.settings->insats[i];
		struct facts facts = facts_of(&inputs, i, &from);
		for (size_t number = 0; number < insats->goals; number++, goals++)
			if (judge(&inputs, insats, number, &facts, cube, error) != 0)
				return -1;
	}
	run_note(run, "%zu goals judged", goals);
	return cube_write(cube, path, error);
}

static const struct file_use reads[] = {
	{ FILE_PERSONS, "utfall" }, { FILE_AGGREGATE, "i01_deltagare" }, { FILE_AGGREGATE, "i09_ko" },
	{ FILE_AGGREGATE, "i10_volym" }, { FILE_AGGREGATE, "e01_ekonomi" }, { FILE_AGGREGATE, NULL },
};

static const struct file_use writes[] = {
	{ FILE_AGGREGATE, "g01_mal" },
	{ FILE_AGGREGATE, NULL },
};

const struct stage stage_goals = {
	.name = "goals",
	.summary = "whether each insats reached its goals (g01)",
	.reads = reads,
	.writes = writes,
	.settings = SETTINGS(PERIOD) | SETTINGS(KONFIDENSGRAD) | SETTINGS(MATT) | SETTINGS(INSATSER) | SETTINGS(MAL),
	.brief = true,
	.work = work,
};
