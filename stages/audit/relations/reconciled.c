/* Figures published outside the program: see reconciled.h. */
#include "stages/audit/relations/reconciled.h"

#include <math.h>
#include <string.h>

#include "stages/audit/relations/outcomes.h"
#include "stages/audit/relations/outside.h"
#include "stages/audit/relations/ratios.h"

static bool is_count(const struct outside_figure *figure)
{
	return figure->table->cube->table->measure[figure->measure].kind == MEASURE_COUNT;
}

/* Whether figures of approved runs may stand beside it: of who lives where those of its year, of insatser any of its table. */
static bool is_beside_earlier(const struct published *published, const struct earlier *earlier, const struct outside_figure *figure)
{
	const struct cube *cube = figure->table->cube;
	bool stands, beside;
	if (!standing_is_of_population(cube->table))
		return standing_table(earlier, published, cube);
	standing_row(earlier, published, cube, figure->row, &stands, &beside);
	return beside;
}

/* Calls for every figure that is the same: fixes its variable, if `earlier` is given, or only tells that there is one. */
static int for_each(struct published *published, const struct earlier *earlier, bool *any, struct error *error)
{
	const struct published_table *table = published_find(published, "q01");
	for (size_t row = 0; table != NULL && row < table->cube->rows; row++) {
		struct outside_figure named;
		double number, half;
		bool found = outside_find(published, table->cube, row, &named, error);
		if (error->count > 0)
			return -1;
		if (!found || !outside_is_same(&named, &number, &half))
			continue;
		*any = true;
		size_t variable = named.table->variable[named.row * named.table->cube->table->measures + named.measure];
		bool tells = !is_count(&named) || strncmp(named.table->cube->table->name, "g01", 3) == 0 || strncmp(named.table->cube->table->name, "i13", 3) == 0;
		if (earlier == NULL || (!tells && variable == KNOWLEDGE_NONE))
			continue;
		bool stands = is_beside_earlier(published, earlier, &named);
		const struct ratios_figure figure = { named.table, named.row, named.measure, number, half };
		if (!stands && tells && (ratios_state(published, &figure, earlier->settings, error) != 0 ||
			outcomes_state(published, &figure, earlier->settings, error) != 0))
			return -1;
		if (!stands && is_count(&named) && variable != KNOWLEDGE_NONE)
			published->knowledge->low[variable] = published->knowledge->high[variable] = (int64_t)llround(number);
	}
	return 0;
}

int reconciled_any(struct published *published, bool *any, struct error *error)
{
	*any = false;
	return for_each(published, NULL, any, error);
}

int reconciled_state(struct published *published, const struct earlier *earlier, struct error *error)
{
	bool any;
	return for_each(published, earlier, &any, error);
}
