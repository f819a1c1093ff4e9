/* Goals judged anew by rounded counts: see rounded.h. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "pipeline/maths/maths.h"
#include "pipeline/maths/verdict.h"
#include "stages/protect/rounding/matt_within.h"
#include "stages/protect/rounding/rounded.h"

struct judging {
	struct rounded *rounded;
	const struct insats *insats;
	const struct goal *goal;
	size_t table, row; /* of g01 */
};

/* A count of the insats where it is printed, TOT in the other dimensions but kön; SIZE_MAX as *table without. */
static double printed(const struct judging *judging, const char *name, const char *kon, const char *measure)
{
	size_t table = tables_find(judging->rounded->tables, name);
	if (table == SIZE_MAX)
		return 0;
	const struct cube *cube = judging->rounded->tables->cube[table];
	const char *codes[TABLE_DIMENSIONS];
	for (size_t d = 0; d < cube->table->dimensions; d++)
		codes[d] = d == 0 ? judging->insats->name : strcmp(cube->table->dimension[d].name, "kon") == 0 ? kon : CUBE_TOTAL;
	size_t row = cube_find_named(cube, codes);
	return row == CUBE_NO_ROW ? 0 : tables_value(judging->rounded->tables, table, row, measure);
}

/* Persons of an insats: of i01, and of volym the numbers of all years of i10. */
static double persons_of(const struct judging *judging, const char *kon)
{
	if (judging->insats->registration != REGISTRATION_VOLUME)
		return printed(judging, "i01_deltagare", kon, "personer");
	size_t table = tables_find(judging->rounded->tables, "i10_volym");
	double sum = 0;
	for (size_t row = 0; table != SIZE_MAX && row < judging->rounded->tables->cube[table]->rows; row++) {
		const struct cube *cube = judging->rounded->tables->cube[table];
		if (strcmp(cube_code_of(cube, row, 0), judging->insats->name) == 0 && strcmp(cube_code_of(cube, row, 2), kon) == 0 &&
			cube_is_total(cube, row, 3))
			sum += cube_cell(cube, row, 0)->number;
	}
	return sum;
}

static double before(const struct judging *judging, const char *measure)
{
	return rounded_truth(judging->rounded, judging->table, judging->row,
		cube_measure(judging->rounded->tables->cube[judging->table], measure));
}

/* The count rounded by itself, as g01 prints it in the measure. */
static int64_t alone_in(const struct judging *judging, const char *measure, double count)
{
	int64_t alone = rounded_alone(judging->rounded, judging->insats->name, (int64_t)count);
	return rounded_held(judging->rounded, judging->table, judging->row,
		cube_measure(judging->rounded->tables->cube[judging->table], measure), alone);
}

/* ---- goals among the results and codes at exit ---- */

static const char *const occupations[] = { "AO", "AU", "EF", "SU" }, *const seeking[] = { "AR" };
static const struct matt work_or_studies = { .vid_avslut = { 4, occupations } };
static const struct result {
	const char *measure;
	struct matt matt;
} results[] = { { "arbete", { .vid_avslut = { 3, occupations } } }, { "studier", { .vid_avslut = { 1, occupations + 3 } } },
	{ "arbete_eller_studier", { .vid_avslut = { 4, occupations } } }, { "arbetssokande", { .vid_avslut = { 1, seeking }, .utesluter = &work_or_studies } } };
#define RESULTS (sizeof results / sizeof *results)

/* The result of i06 that is the goal's measure; NULL when none is. */
static const char *result_of(const struct goal *goal)
{
	for (size_t r = 0; goal->measure == GOAL_MATT && goal->within_months == 0 && r < RESULTS; r++)
		if (matt_within(goal->matt, &results[r].matt) && matt_within(&results[r].matt, goal->matt))
			return results[r].measure;
	return NULL;
}

/* A count of a table beside the goal's: what it was, and what it is rounded to. */
struct beside {
	int64_t before, rounded;
};

static struct beside look_beside(const struct judging *judging, const char *name, const char *code, const char *measure)
{
	const char *key[] = { judging->insats->name, CUBE_TOTAL, code };
	size_t table = tables_find(judging->rounded->tables, name);
	size_t row = table == SIZE_MAX ? CUBE_NO_ROW : cube_find_named(judging->rounded->tables->cube[table], key);
	struct beside beside = { 0, 0 };
	if (row != CUBE_NO_ROW) {
		beside.before = llround(rounded_truth(judging->rounded, table, row, cube_measure(judging->rounded->tables->cube[table], measure)));
		beside.rounded = llround(tables_value(judging->rounded->tables, table, row, measure));
	}
	return beside;
}

/* The count by itself, no more than a result or code that holds all of it, and no less than one that it holds: one of 0 beside one of the base would be
   of few. */
static int64_t among_results(const struct judging *judging, int64_t before, int64_t count)
{
	const struct matt *matt = judging->goal->matt;
	bool all = judging->goal->within_months == 0 && (judging->goal->base == GOAL_NUMBER || judging->goal->base == GOAL_AV_AVSLUTADE);
	struct beside together = { 0, 0 };
	int64_t least = 0, most = INT64_MAX;
	for (size_t r = 0; r < RESULTS; r++) {
		struct beside beside = look_beside(judging, "i06_resultat", NULL, results[r].measure);
		if (matt_within(matt, &results[r].matt) && before <= beside.before && beside.rounded < most)
			most = beside.rounded;
		if (all && matt_within(&results[r].matt, matt) && before >= beside.before && beside.rounded > least)
			least = beside.rounded;
	}
	for (size_t i = 0; i < matt->vid_avslut.count; i++) {
		struct beside beside = look_beside(judging, "i04_sysselsattning", matt->vid_avslut.word[i], "efter");
		together.before += beside.before;
		together.rounded += beside.rounded;
		const struct matt code = { .vid_avslut = { 1, &matt->vid_avslut.word[i] } };
		if (all && matt_within(&code, matt) && before >= beside.before && beside.rounded > least)
			least = beside.rounded;
	}
	if (tables_find(judging->rounded->tables, "i04_sysselsattning") != SIZE_MAX && before <= together.before && together.rounded < most)
		most = together.rounded;
	count = count < least ? least : count;
	return count > most ? most : count;
}

/* Who has answered twice has a pair in some instrument (i12): no more than all pairs, and of all participants no less than those of any instrument. */
static int64_t among_pairs(const struct judging *judging, int64_t before, int64_t count)
{
	size_t table = tables_find(judging->rounded->tables, "i12_enkat");
	const struct cube *cube = table == SIZE_MAX ? NULL : judging->rounded->tables->cube[table];
	struct beside together = { 0, 0 };
	bool persons = judging->goal->base == GOAL_NUMBER || judging->goal->base == GOAL_AV_DELTAGARE;
	for (size_t row = 0; cube != NULL && row < cube->rows; row++) {
		if (strcmp(cube_code_of(cube, row, 0), judging->insats->name) != 0 || !cube_is_total(cube, row, 2))
			continue;
		int64_t pairs = llround(rounded_truth(judging->rounded, table, row, cube_measure(cube, "par")));
		int64_t rounded = llround(tables_value(judging->rounded->tables, table, row, "par"));
		together.before += pairs;
		together.rounded += rounded;
		count = persons && before >= pairs && count < rounded ? rounded : count;
	}
	return cube != NULL && before <= together.before && together.rounded < count ? together.rounded : count;
}

/* The count of those who meet it: where it is printed, or on its own, no more than the base and as many where it was. */
static int64_t meeting(const struct judging *judging, int64_t base)
{
	const char *result = result_of(judging->goal);
	if (result != NULL && judging->goal->base != GOAL_AV_DELTAGARE && judging->goal->base != GOAL_AV_STARTADE)
		return (int64_t)printed(judging, "i06_resultat", CUBE_TOTAL, result);
	const char *measure = judging->goal->base == GOAL_NUMBER ? "utfall" : "taljare";
	int64_t count = (int64_t)before(judging, measure), alone = alone_in(judging, measure, (double)count);
	if (judging->goal->measure == GOAL_MATT)
		alone = among_results(judging, count, alone);
	else if (judging->goal->measure == GOAL_ENKAT)
		alone = among_pairs(judging, count, alone);
	if (judging->goal->base == GOAL_NUMBER)
		return alone;
	return alone > base || count == (int64_t)before(judging, "namnare") ? base : alone;
}

static struct figure share_of(const struct judging *judging)
{
	struct figure figure = { .share = true };
	switch (judging->goal->base) {
	case GOAL_AV_AVSLUTADE:
		figure.namnare = (int64_t)printed(judging, "i01_deltagare", CUBE_TOTAL, "avslutade");
		break;
	case GOAL_AV_DELTAGARE:
		figure.namnare = (int64_t)persons_of(judging, CUBE_TOTAL);
		break;
	case GOAL_AV_STARTADE:
	case GOAL_NUMBER:
		figure.namnare = judging->goal->within_months == 0 ? (int64_t)printed(judging, "i01_deltagare", CUBE_TOTAL, "nya")
			: alone_in(judging, "namnare", before(judging, "namnare"));
		break;
	}
	figure.taljare = meeting(judging, figure.namnare);
	if (judging->goal->measure == GOAL_KONSFORDELNING) {
		figure.taljare = (int64_t)persons_of(judging, "K");
		figure.namnare = figure.taljare + (int64_t)persons_of(judging, "M");
	}
	figure.value = figure.namnare == 0 ? MATHS_NAN : 100 * (double)figure.taljare / (double)figure.namnare;
	return figure;
}

/* Cost by persons: what it was, times the persons that it was by. */
static double cost_of(const struct judging *judging)
{
	size_t table = tables_find(judging->rounded->tables,
		judging->insats->registration == REGISTRATION_VOLUME ? "i10_volym" : "i01_deltagare");
	double persons = 0;
	for (size_t row = 0; table != SIZE_MAX && row < judging->rounded->tables->cube[table]->rows; row++) {
		const struct cube *cube = judging->rounded->tables->cube[table];
		bool whole = strcmp(cube_code_of(cube, row, 0), judging->insats->name) == 0;
		for (size_t d = 1; d < cube->table->dimensions; d++)
			whole = whole && (cube_is_total(cube, row, d) || strcmp(cube->table->dimension[d].name, "ar") == 0);
		persons += whole ? rounded_truth(judging->rounded, table, row,
			cube_measure(cube, cube->table->measures == 1 ? "antal" : "personer")) : 0;
	}
	return before(judging, "utfall") * persons / persons_of(judging, CUBE_TOTAL);
}

static struct figure number_of(const struct judging *judging)
{
	switch (judging->goal->measure) {
	case GOAL_DELTAGARE:
		return (struct figure){ .value = persons_of(judging, CUBE_TOTAL) };
	case GOAL_NYA:
		return (struct figure){ .value = printed(judging, "i01_deltagare", CUBE_TOTAL, "nya") };
	case GOAL_AVSLUTADE:
		return (struct figure){ .value = printed(judging, "i01_deltagare", CUBE_TOTAL, "avslutade") };
	case GOAL_KOSTNAD:
		return (struct figure){ .value = cost_of(judging) };
	case GOAL_ENKAT:
	case GOAL_MATT:
		return (struct figure){ .value = (double)meeting(judging, 0) };
	case GOAL_KOTID:
	case GOAL_KONSFORDELNING:
		break;
	}
	return (struct figure){ .value = MATHS_NAN };
}

static void set_row(const struct judging *judging, const struct figure *figure)
{
	struct cube *cube = judging->rounded->tables->cube[judging->table];
	struct verdict verdict = verdict_of(judging->goal, figure, judging->rounded->settings->konfidensgrad);
	cube_set(cube, judging->row, cube_measure(cube, "utfall"), figure->value);
	cube_set(cube, judging->row, cube_measure(cube, "taljare"), figure->share ? (double)figure->taljare : MATHS_NAN);
	cube_set(cube, judging->row, cube_measure(cube, "namnare"), figure->share ? (double)figure->namnare : MATHS_NAN);
	cube_set(cube, judging->row, cube_measure(cube, "ki_lag"), verdict.ki_lag);
	cube_set(cube, judging->row, cube_measure(cube, "ki_hog"), verdict.ki_hog);
	cube_set_text(cube, judging->row, cube_measure(cube, "bedomning"), verdict.bedomning);
}

/* The time in a queue is withheld where i09 withholds it, and printed where that does. */
static void judge_queue(const struct judging *judging)
{
	struct tables *tables = judging->rounded->tables;
	struct cube *cube = tables->cube[judging->table];
	size_t i09 = tables_find(tables, "i09_ko");
	const char *codes[] = { judging->insats->name, CUBE_TOTAL, CUBE_TOTAL };
	size_t row = cube_find_named(tables->cube[i09], codes);
	bool withheld = row != CUBE_NO_ROW && tables_measure_withheld(tables, i09, row, "median_vantetid");
	for (size_t m = 0; m < cube->table->measures; m++) {
		struct cell *cell = cube_cell(cube, judging->row, m);
		bool named = strcmp(cube->table->measure[m].name, "matt_namn") == 0 || strcmp(cube->table->measure[m].name, "krav") == 0;
		if (cell->status != CELL_MISSING && !named)
			cell->status = withheld ? CELL_PROTECTED : CELL_PUBLISHED;
	}
}

int rounded_goals(struct rounded *rounded, struct error *error)
{
	(void)error;
	struct judging judging = { .rounded = rounded, .table = tables_find(rounded->tables, "g01_mal") };
	for (size_t i = 0; judging.table != SIZE_MAX && i < rounded->settings->insats_count; i++) {
		judging.insats = &rounded->settings->insats[i];
		for (size_t g = 0; g < judging.insats->goals; g++) {
			char number[24];
			(void)snprintf(number, sizeof number, "%zu", g + 1);
			const char *codes[] = { judging.insats->name, number };
			judging.goal = &judging.insats->goal[g];
			judging.row = cube_find_named(rounded->tables->cube[judging.table], codes);
			bool queue = judging.goal->measure == GOAL_KOTID; /* a median: nothing is made anew while somebody waits */
			bool waits = queue && printed(&judging, "i09_ko", CUBE_TOTAL, "vantande") > 0;
			if (judging.row != CUBE_NO_ROW && waits)
				judge_queue(&judging);
			if (judging.row == CUBE_NO_ROW || waits)
				continue;
			struct figure figure = judging.goal->base == GOAL_NUMBER && judging.goal->measure != GOAL_KONSFORDELNING
				? number_of(&judging) : share_of(&judging);
			set_row(&judging, &figure);
		}
	}
	return 0;
}
