/* What the tables of exits say of each other beside sums, parts and wholes: see facts_inside.h. */
#include <stdlib.h>
#include <string.h>

#include "pipeline/base/date.h"
#include "pipeline/table/settings/settings.h"
#include "stages/protect/facts/facts_inside.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Ends a sum of counts that is at least 0, with an atom that is no count of a table (SYSTEM_NONE: none). The counts are of different persons: who is alone in
   one need not be in another. */
static int end_bound(struct facts_work *work, size_t atom)
{
	struct system *system = work->facts->system;
	int64_t value = work->value + (atom == SYSTEM_NONE ? 0 : system->atom[atom]);
	work->contrary = work->contrary || work->broken || value < 0;
	if (work->broken || value < 0 || work->terms + (atom != SYSTEM_NONE) < 2)
		return 0;
	if (system_row(system, ROW_HIDDEN, 0, work->error) == SYSTEM_NONE)
		return -1;
	for (size_t i = 0; i < work->terms; i++)
		if (system_term(system, work->atom[facts_standing(work, work->term[i])] - 1, work->sign[i], work->error) != 0)
			return -1;
	return atom == SYSTEM_NONE ? 0 : system_term(system, atom, 1, work->error);
}

/* Adds a count of the insats and kön, for a code or two where the table has them; a combination without a row is 0. */
static int add_count(struct facts_work *work, const char *name, const char *const *key, const char *measure, int sign)
{
	size_t table = facts_find(work, name);
	size_t row = table == SIZE_MAX ? CUBE_NO_ROW : cube_find_named(work->tables->cube[table], key);
	return row == CUBE_NO_ROW ? 0 : facts_term(work, table, row, cube_measure(work->tables->cube[table], measure), sign);
}

/* ---- seeking work; begun or increased ---- */

/* Who seeks work at the exit (AR) is among those of arbetssokande or among those with work or studies. Who has work or studies after and did not have them before
   has begun: whoever has not had some of them before. (An answer of 0 per cent is neither; then the counts may say the contrary, and nothing is said.) */
static const struct result_fact {
	struct {
		const char *measure; /* of i06; NULL ends */
		int sign;
	} result[2];
	const char *code[4], *when; /* of i04; NULL ends */
	int sign;
} result_facts[] = {
	{ { { "arbetssokande", 1 }, { "arbete_eller_studier", 1 } }, { "AR" }, "efter", -1 },
	{ { { "borjat_eller_okat", 1 }, { "arbete_eller_studier", -1 } }, { "AO", "AU", "EF", "SU" }, "fore", 1 },
};

static int state_result(struct facts_work *work, const struct result_fact *fact, const char *insats, const char *kon)
{
	const char *key[] = { insats, kon, NULL };
	facts_begin(work);
	for (size_t r = 0; r < COUNT(fact->result); r++)
		if (add_count(work, "i06_resultat", key, fact->result[r].measure, fact->result[r].sign) != 0)
			return -1;
	for (size_t c = 0; c < COUNT(fact->code) && fact->code[c] != NULL; c++) {
		key[2] = fact->code[c];
		if (add_count(work, "i04_sysselsattning", key, fact->when, fact->sign) != 0)
			return -1;
	}
	return end_bound(work, SYSTEM_NONE);
}

static int state_results(struct facts_work *work)
{
	size_t table = facts_find(work, "i06_resultat");
	if (table == SIZE_MAX || facts_find(work, "i04_sysselsattning") == SIZE_MAX)
		return 0;
	const struct cube *cube = work->tables->cube[table];
	for (size_t row = 0; row < cube->rows; row++)
		for (size_t f = 0; f < COUNT(result_facts) && !facts_adds_up(work, cube, row); f++)
			if (state_result(work, &result_facts[f], cube_code_of(cube, row, 0), cube_code_of(cube, row, 1)) != 0)
				return -1;
	return 0;
}

/* ---- one försörjning before, another after ---- */

/* Whoever had the one before or has the other after has left: together they are no more than the exits and those of both (i11). */
static int state_pair(struct facts_work *work, const struct cube *cube, size_t before, size_t after)
{
	const char *insats = cube_code_of(cube, before, 0), *kon = cube_code_of(cube, before, 1);
	const char *from = cube_code_of(cube, before, 2), *to = cube_code_of(cube, after, 2);
	facts_begin(work);
	return add_count(work, "i03_forsorjning", (const char *const[]){ insats, kon, CUBE_TOTAL }, "fore", 1) != 0 ||
		add_count(work, "i11_matris", (const char *const[]){ insats, kon, from, to }, "avslutade", 1) != 0 ||
		add_count(work, "i03_forsorjning", (const char *const[]){ insats, kon, from }, "fore", -1) != 0 ||
		add_count(work, "i03_forsorjning", (const char *const[]){ insats, kon, to }, "efter", -1) != 0 ||
		end_bound(work, SYSTEM_NONE) != 0 ? -1 : 0;
}

static int state_matrix(struct facts_work *work)
{
	size_t table = facts_find(work, "i03_forsorjning");
	if (table == SIZE_MAX || facts_find(work, "i11_matris") == SIZE_MAX)
		return 0;
	const struct cube *cube = work->tables->cube[table];
	for (size_t before = 0; before < cube->rows; before++)
		for (size_t after = 0; after < cube->rows && !facts_adds_up(work, cube, before) && !cube_is_total(cube, before, 2); after++) {
			const uint32_t *one = &cube->key[before * 3], *other = &cube->key[after * 3];
			if (one[0] == other[0] && one[1] == other[1] && !cube_is_total(cube, after, 2) && state_pair(work, cube, before, after) != 0)
				return -1;
		}
	return 0;
}

static int state_exits(struct facts_work *work, const void *context)
{
	(void)context;
	return state_results(work) != 0 || state_matrix(work) != 0 ? -1 : 0;
}

int facts_exits(struct facts_work *work)
{
	return work->joining ? 0 : facts_state_whole(work, state_exits, NULL);
}

/* ---- longer than the period ---- */

#define OLDER_EXITED "aldre+avslutad"

/* The atom of those of a row of i01 who had begun before the period and left in it; SYSTEM_NONE where classes are not told. */
static size_t older_exits(const struct facts_work *work, const char *const *key)
{
	for (size_t l = 0; l < work->facts->class_lists; l++) {
		const struct facts_class_list *list = &work->facts->class_list[l];
		size_t row = strcmp(list->fact->table, "i01_deltagare") == 0 ? cube_find_named(work->tables->cube[list->table], key) : CUBE_NO_ROW;
		for (size_t class = 0; class < list->count && row != CUBE_NO_ROW; class++)
			if (strcmp(list->fact->class[class], OLDER_EXITED) == 0)
				return list->atom[row * list->count + class];
	}
	return SYSTEM_NONE;
}

/* Whoever left after as many completed months as the period has, or more, had begun before it. */
int facts_longer(struct facts_work *work)
{
	const struct settings *settings = work->tables->settings;
	size_t table = facts_find(work, "i07_tid_i_insats");
	if (work->joining || settings == NULL || table == SIZE_MAX)
		return 0;
	const struct cube *cube = work->tables->cube[table];
	long months = date_month_of(settings->period_to) - date_month_of(settings->period_from) + 1;
	for (size_t row = 0; row < cube->rows; row++) {
		const char *insats = cube_code_of(cube, row, 0), *kon = cube_code_of(cube, row, 1);
		if (!cube_is_total(cube, row, 2) || cube_is_total(cube, row, 1))
			continue; /* once an insats and kön */
		facts_begin(work);
		for (size_t other = 0; other < cube->rows; other++)
			if (strcmp(cube_code_of(cube, other, 0), insats) == 0 && strcmp(cube_code_of(cube, other, 1), kon) == 0 && !cube_is_total(cube, other, 2) &&
				strtol(cube_code_of(cube, other, 2), NULL, 10) >= months && facts_term(work, table, other, 0, -1) != 0)
				return -1;
		size_t atom = older_exits(work, (const char *const[]){ insats, CUBE_TOTAL, kon });
		if (work->terms > 0 && atom != SYSTEM_NONE && end_bound(work, atom) != 0)
			return -1;
	}
	return 0;
}
