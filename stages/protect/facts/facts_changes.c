/* Målgrupper by changes alone and the classes of m04: see facts_inside.h.

   Who changed k times in the months of a year did so in the twelve or more months to the last of them, and so belongs to the group that asks for k in as
   many. The group holds others, too: its months reach back behind the year. */
#include <stdlib.h>
#include <string.h>

#include "pipeline/table/settings/settings.h"
#include "stages/protect/asked.h"
#include "stages/protect/facts/facts_inside.h"

#define CLASSES 8 /* of m04 */

/* Each class of the row's kommun and kön that changed so often is within the group, and so are all of them together. */
static int state_row(struct facts_work *work, size_t m02, size_t row, size_t m04, int byten)
{
	const struct cube *groups = work->tables->cube[m02], *changes = work->tables->cube[m04];
	struct facts_count count[1 + CLASSES] = { { m02, row, cube_measure(groups, "personer") } };
	int sign[1 + CLASSES] = { 1 };
	size_t counts = 1;
	for (size_t c = 0; c < changes->codes[3].count && counts <= CLASSES; c++) {
		const char *class = changes->codes[3].code[c];
		const char *codes[] = { cube_code_of(groups, row, 0), cube_code_of(groups, row, 2), cube_code_of(groups, row, 3), class };
		size_t of = cube_find_named(changes, codes);
		if (c == changes->codes[3].total || strtol(class, NULL, 10) < byten || of == CUBE_NO_ROW)
			continue;
		const struct facts_pair pair = { m04, of, cube_measure(changes, "personer"), m02, row, count[0].measure, APART };
		if (facts_state_pair(work, &pair) != 0)
			return -1;
		count[counts] = (struct facts_count){ m04, of, pair.measure };
		sign[counts++] = -1;
	}
	return counts > 2 ? facts_state_bound(work, count, sign, counts) : 0;
}

int facts_changes(struct facts_work *work)
{
	const struct settings *settings = work->tables->settings;
	size_t m02 = facts_find(work, "m02_malgrupp"), m04 = facts_find(work, "m04_rundgang");
	for (size_t g = 0; settings != NULL && m02 != SIZE_MAX && m04 != SIZE_MAX && g < settings->malgrupp_count; g++) {
		const struct malgrupp *rule = &settings->malgrupp[g];
		const struct cube *cube = work->tables->cube[m02];
		for (size_t row = 0; asked_changes_alone(rule) && row < cube->rows; row++)
			if (cube_is_total(cube, row, 4) && strcmp(cube_code_of(cube, row, 1), rule->name) == 0 && state_row(work, m02, row, m04, rule->byten) != 0)
				return -1;
	}
	return 0;
}
