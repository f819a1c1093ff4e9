/* No more persons than inhabitants: see facts_inside.h. */
#include "stages/protect/ceiling.h"
#include "stages/protect/facts/facts_inside.h"

static void bound_row(struct facts_work *work, const struct ceiling *ceiling, size_t table, size_t row)
{
	int64_t count = facts_count(work->tables, table, row, 0);
	int64_t most = count > 0 ? ceiling_of(ceiling, row) : INT64_MAX;
	struct row *set = most == INT64_MAX ? NULL
		: &work->facts->system->row[work->atom[facts_standing(work, facts_cell(work, table, row, 0))] - 1];
	if (set != NULL && count <= most && most < set->ceiling) /* counts beyond the file's inhabitants bear it out of date */
		set->ceiling = most;
}

int facts_ceilings(struct facts_work *work)
{
	const struct tables *tables = work->tables;
	for (size_t table = 0; table < tables->count; table++) {
		const struct ceiling *ceiling = tables_all_closed(tables, table) ? NULL : ceiling_new(tables, table, tables->arena, work->error);
		if (ceiling == NULL && !tables_all_closed(tables, table))
			return -1;
		for (size_t row = 0; ceiling != NULL && row < tables->cube[table]->rows; row++)
			bound_row(work, ceiling, table, row);
	}
	return 0;
}
