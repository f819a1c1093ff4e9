/* The exits that a goal counts beside those that tables count: one may hold the other. */
#ifndef FINSAMSTAT_STAGES_PROTECT_FIGURES_NESTED_H
#define FINSAMSTAT_STAGES_PROTECT_FIGURES_NESTED_H

#include "pipeline/table/schema/codelist.h"
#include "pipeline/table/settings/settings.h"
#include "stages/protect/tables.h"

/* The codes of sysselsattning at exit that a measure asks for, a bit each; 0 without a measure. */
uint32_t nested_codes(const struct codelist *sysselsattning, const struct matt *matt);

/* The months from their start within which all exits that the goal counts have left: its own, or of those who started in the period, the period's; 0:
   at any time. */
int nested_months(const struct settings *settings, const struct goal *goal);

/* Whether the number of exits that meet a goal (GOAL_MATT; a plain number, or a share of the exited, of the participants or, without months, of the started)
   would tell of a withheld count (i06, a code at exit of i04), the same set or one that holds it or that it holds, or leave 1 … minimum − 1 beside a
   printed one; of a goal within N months, or of the started, also beside the exits of less (i07), or when more reached it than the printed counts hold, so that a
   withheld one has some of them. Where nobody took longer, or was there before, such a goal is one of all exits. A printed count that is the same set leaves the others to itself. */
bool nested_tells(const struct tables *tables, const struct settings *settings, const struct codelist *sysselsattning, const struct insats *insats,
	const struct goal *goal, double numerator, double minimum);

/* The printed number of all exits that meet the goal's measure, whenever they started (i06, a code at exit of i04); not a number where none is. */
double nested_whole(const struct tables *tables, const struct codelist *sysselsattning, const struct insats *insats, const struct goal *goal);

#endif
