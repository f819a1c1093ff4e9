/* Outcomes of goals that were published before: see facts_inside.h. A goal counts what other tables count of its insats: participants, exits, exits
   to an occupation. */
#include <stdio.h>
#include <string.h>

#include "pipeline/table/settings/settings.h"
#include "stages/protect/facts/facts_inside.h"
#include "stages/protect/past/known.h"

static const char *const work_or_studies[] = { "AO", "AU", "EF", "SU" };

/* Whether the measure is an exit to any of these codes and to no other. */
static bool is_of(const struct matt *matt, const char *const *codes, size_t count)
{
	size_t found = 0;
	for (size_t i = 0; i < matt->vid_avslut.count; i++)
		for (size_t c = 0; c < count; c++)
			found += strcmp(matt->vid_avslut.word[i], codes[c]) == 0;
	return found == count && matt->vid_avslut.count == count;
}

/* A count of the insats, TOT in the other dimensions but the second one of i04 and the last of i01: false when the run has none. */
static bool find_count(const struct facts_work *work, const char *table, const struct insats *insats, const char *code, const char *measure,
	struct facts_count *count)
{
	count->table = facts_find(work, table);
	if (count->table == SIZE_MAX)
		return false;
	const struct cube *cube = work->tables->cube[count->table];
	const char *codes[TABLE_DIMENSIONS] = { insats->name };
	for (size_t d = 1; d < cube->table->dimensions; d++)
		codes[d] = code != NULL && d + 1 == cube->table->dimensions ? code : CUBE_TOTAL;
	count->row = cube_find_named(cube, codes);
	count->measure = cube_measure(cube, measure);
	return count->row != CUBE_NO_ROW;
}

/* The exits of the insats that meet the goal's measure, where a table counts them. */
static bool find_met(const struct facts_work *work, const struct insats *insats, const struct goal *goal, struct facts_count *count)
{
	const struct matt *matt = goal->matt;
	if (goal->measure != GOAL_MATT || goal->within_months > 0 || goal->base == GOAL_AV_DELTAGARE || goal->base == GOAL_AV_STARTADE)
		return false;
	if (matt->utesluter != NULL) {
		static const char *const seeking[] = { "AR" };
		return is_of(matt, seeking, 1) && matt->utesluter->utesluter == NULL && is_of(matt->utesluter, work_or_studies, 4) &&
			find_count(work, "i06_resultat", insats, NULL, "arbetssokande", count);
	}
	if (is_of(matt, work_or_studies, 4) || is_of(matt, work_or_studies, 3))
		return find_count(work, "i06_resultat", insats, NULL, matt->vid_avslut.count == 4 ? "arbete_eller_studier" : "arbete", count);
	return matt->vid_avslut.count == 1 && find_count(work, "i04_sysselsattning", insats, matt->vid_avslut.word[0], "efter", count);
}

/* What a plain number or the base of a share counts. */
static bool find_whole(const struct facts_work *work, const struct insats *insats, const struct goal *goal, struct facts_count *count)
{
	bool started = goal->base == GOAL_AV_STARTADE || (goal->base == GOAL_NUMBER && goal->measure == GOAL_NYA);
	bool exited = goal->base == GOAL_AV_AVSLUTADE || (goal->base == GOAL_NUMBER && goal->measure == GOAL_AVSLUTADE);
	bool persons = goal->base == GOAL_AV_DELTAGARE || (goal->base == GOAL_NUMBER && goal->measure == GOAL_DELTAGARE);
	const char *measure = started ? "nya" : exited ? "avslutade" : persons ? "personer" : NULL;
	return measure != NULL && !(started && goal->within_months > 0) && goal->measure != GOAL_KONSFORDELNING &&
		find_count(work, "i01_deltagare", insats, NULL, measure, count);
}

/* The count is what was published, when it is the same number. */
static void know(const struct facts_work *work, const char *text, const struct facts_count *count)
{
	int64_t now = facts_count(work->tables, count->table, count->row, count->measure);
	if (text != NULL)
		facts_bound(work, count, (double)now, (double)now);
}

/* So are two together. */
static int know_sum(struct facts_work *work, const struct facts_count *one, const struct facts_count *other)
{
	struct system *system = work->facts->system;
	const struct facts_count *both[] = { one, other };
	if (system_row(system, ROW_KNOWN, 0, work->error) == SYSTEM_NONE)
		return -1;
	for (size_t i = 0; i < 2; i++) {
		uint32_t atom = work->atom[facts_standing(work, facts_cell(work, both[i]->table, both[i]->row, both[i]->measure))];
		if (atom > 0 && system_term(system, atom - 1, 1, work->error) != 0)
			return -1;
	}
	return 0;
}

static int state_goal(struct facts_work *work, const struct insats *insats, const struct goal *goal, size_t table, size_t row)
{
	const struct tables *tables = work->tables;
	const struct cube *cube = tables->cube[table];
	const char *outcome = known_text(tables, table, row, cube_measure(cube, "utfall"));
	const char *met = known_text(tables, table, row, cube_measure(cube, "taljare")), *of = known_text(tables, table, row, cube_measure(cube, "namnare"));
	const struct facts_share told = { outcome, known_text(tables, table, row, cube_measure(cube, "ki_lag")),
		known_text(tables, table, row, cube_measure(cube, "ki_hog")) };
	struct facts_count numerator, base, men;
	if (goal->measure == GOAL_KONSFORDELNING) {
		if (!find_count(work, "i01_deltagare", insats, "K", "personer", &numerator) || !find_count(work, "i01_deltagare", insats, "M", "personer", &men))
			return 0;
		know(work, met, &numerator);
		if (of != NULL && know_sum(work, &numerator, &men) != 0)
			return -1;
		return facts_share(work, &told, &numerator, &numerator, &men);
	}
	bool counted = find_met(work, insats, goal, &numerator), based = find_whole(work, insats, goal, &base);
	if (counted)
		know(work, goal->base == GOAL_NUMBER ? outcome : met, &numerator);
	if (based)
		know(work, goal->base == GOAL_NUMBER ? outcome : of, &base);
	return counted && based && goal->base != GOAL_NUMBER ? facts_share(work, &told, &numerator, &base, NULL) : 0;
}

int facts_goals(struct facts_work *work)
{
	const struct settings *settings = work->tables->settings;
	size_t table = tables_find(work->tables, "g01_mal");
	for (size_t i = 0; !work->joining && table != SIZE_MAX && settings != NULL && i < settings->insats_count; i++)
		for (size_t g = 0; g < settings->insats[i].goals; g++) {
			const struct insats *insats = &settings->insats[i];
			char number[24];
			(void)snprintf(number, sizeof number, "%zu", g + 1);
			size_t row = cube_find_named(work->tables->cube[table], (const char *const[]){ insats->name, number });
			bool personal = insats->registration != REGISTRATION_VOLUME; /* numbers of volym are of i10, by year */
			if (row != CUBE_NO_ROW && personal && state_goal(work, insats, &insats->goal[g], table, row) != 0)
				return -1;
		}
	return 0;
}
