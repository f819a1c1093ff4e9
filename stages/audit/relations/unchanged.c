/* Who never changed in a year, by the parts at which they were: see unchanged.h. Written from docs/method.md, 13; it knows nothing of the protector. */
#include "stages/audit/relations/unchanged.h"

#include <string.h>

#include "pipeline/table/settings/settings.h"
#include "stages/audit/relations/crossed.h"

#define TOT CUBE_TOTAL
#define SETS (1U << PARTIER)
#define COUNTED (1U << PARTI_AF | 1U << PARTI_FK | 1U << PARTI_KOM) /* what a change is a change of */

/* A year, kommun and kön. */
struct still {
	struct published *published;
	const struct published_table *m03;
	const char *year, *kommun, *kon;
};

static bool is_at_just(const void *context, unsigned parts)
{
	return (parts & COUNTED) == *(const unsigned *)context;
}

static bool is_of_year(const struct still *still, size_t month)
{
	return strncmp(still->m03->cube->codes[0].code[month], still->year, 4) == 0;
}

/* Whether all months are as they are now, and their classes told for one kön, and not for all kön, which follows from each. */
static bool can_state(const struct still *still, const struct earlier *earlier)
{
	const struct cube *m03 = still->m03->cube;
	bool own = true, told = true;
	for (size_t m = 0; m < m03->codes[0].count && own; m++) {
		const char *margin[] = { m03->codes[0].code[m], still->kommun, TOT };
		size_t row = is_of_year(still, m) ? cube_find_named(m03, margin) : CUBE_NO_ROW;
		bool stands = false, beside = false;
		if (row != CUBE_NO_ROW)
			standing_row(earlier, still->published, m03, row, &stands, &beside);
		own = !stands && !beside;
		told = told && (row == CUBE_NO_ROW || crossed_tells(still->published, row));
	}
	return own && told == (strcmp(still->kon, TOT) != 0);
}

/* Whether the print admits somebody at just these parts in every month. */
static bool can_be(const struct still *still, unsigned parts)
{
	const struct cube *m03 = still->m03->cube;
	bool can = true;
	for (size_t m = 0; m < m03->codes[0].count && can; m++)
		for (size_t c = 0; c < m03->codes[2].count && is_of_year(still, m); c++) {
			const char *key[] = { m03->codes[0].code[m], still->kommun, m03->codes[2].code[c] };
			size_t row = c == m03->codes[2].total || !is_at_just(&parts, parti_set(key[2])) ? CUBE_NO_ROW : cube_find_named(m03, key);
			const struct cell *cell = row == CUBE_NO_ROW ? NULL : cube_cell(m03, row, 0);
			can = cell != NULL && (cell->status == CELL_PROTECTED || cell->number > 0);
			if (can)
				break;
		}
	return can;
}

/* Adds those of a month at just these parts. */
static int add_month(const struct still *still, const char *month, unsigned parts, struct error *error)
{
	const struct cube_codes *combination = &still->m03->cube->codes[2];
	const char *of[] = { month, still->kommun, still->kon, TOT };
	bool all = strcmp(still->kon, TOT) == 0, told = true;
	int result = all ? 0 : crossed_add(still->published, of, is_at_just, &parts, 1, &told, error);
	for (size_t c = 0; c < combination->count && all && result == 0; c++) {
		const char *key[] = { month, still->kommun, combination->code[c] };
		if (c != combination->total && is_at_just(&parts, parti_set(key[2])))
			result = published_part(still->published, still->m03, key, 0, 1, error);
	}
	return result;
}

/* Of a set no more never changed than are at it in any month. */
static int hold_months(const struct still *still, unsigned parts, size_t variable, struct error *error)
{
	const struct cube_codes *month = &still->m03->cube->codes[0];
	for (size_t m = 0; m < month->count; m++) {
		if (!is_of_year(still, m))
			continue;
		published_begin(still->published);
		if (published_unseen(still->published, variable, -1, PUBLISHED_UNTOLD, error) != 0 || add_month(still, month->code[m], parts, error) != 0 ||
			published_at_least(still->published, error) != 0)
			return -1;
	}
	return 0;
}

/* A row: no more than all sets that somebody may be at in every month. */
static int state_row(const struct still *still, const struct published_table *m04, size_t row, struct error *error)
{
	struct published *published = still->published;
	size_t *variable = &published->unchanged[row * SETS];
	for (unsigned parts = 1; parts < SETS; parts++) {
		if ((parts & ~COUNTED) != 0 || !can_be(still, parts))
			continue;
		variable[parts] = knowledge_variable(published->knowledge, 0, KNOWLEDGE_ENDLESS, error);
		if (variable[parts] == KNOWLEDGE_NONE || hold_months(still, parts, variable[parts], error) != 0)
			return -1;
	}
	published_begin(published);
	int result = published_row(published, m04, row, cube_measure(m04->cube, "personer"), -1, error);
	for (unsigned parts = 1; parts < SETS && result == 0; parts++)
		if (variable[parts] != KNOWLEDGE_NONE)
			result = published_unseen(published, variable[parts], 1, PUBLISHED_UNTOLD, error);
	return result != 0 ? result : published_at_least(published, error);
}

int unchanged_state(struct published *published, const struct earlier *earlier, struct error *error)
{
	const struct published_table *m04 = published_find(published, "m04");
	struct still still = { .published = published, .m03 = published_find(published, "m03") };
	if (!published->months || published->rounded || m04 == NULL || still.m03 == NULL)
		return 0;
	const struct cube *cube = m04->cube;
	published->unchanged = arena_take(published->arena, cube->rows * SETS, sizeof *published->unchanged, error);
	for (size_t i = 0; published->unchanged != NULL && i < cube->rows * SETS; i++)
		published->unchanged[i] = KNOWLEDGE_NONE;
	for (size_t row = 0; published->unchanged != NULL && row < cube->rows; row++) {
		bool stands, beside;
		if (cube_is_total(cube, row, 1) || strcmp(cube_code_of(cube, row, 3), "0") != 0 || published_count(m04, row, cube_measure(cube, "personer")) < 1)
			continue;
		standing_row(earlier, published, cube, row, &stands, &beside);
		still.year = cube_code_of(cube, row, 0);
		still.kommun = cube_code_of(cube, row, 1);
		still.kon = cube_code_of(cube, row, 2);
		if (!stands && !beside && can_state(&still, earlier) && state_row(&still, m04, row, error) != 0)
			return -1;
	}
	return published->unchanged == NULL ? -1 : 0;
}

bool unchanged_find(const struct published *published, const struct published_table *table, size_t row, const char *name, size_t *variable)
{
	static const char begins[] = "kombination=";
	*variable = KNOWLEDGE_NONE;
	if (strncmp(table->cube->table->name, "m04", 3) != 0 || strncmp(name, begins, sizeof begins - 1) != 0)
		return false;
	if (published->unchanged != NULL && row != CUBE_NO_ROW)
		*variable = published->unchanged[row * SETS + parti_set(name + sizeof begins - 1)];
	return true;
}
