/* Goals: an outcome and its verdict go with the counts behind them. */
#ifndef FINSAMSTAT_STAGES_PROTECT_FIGURES_GOALS_H
#define FINSAMSTAT_STAGES_PROTECT_FIGURES_GOALS_H

#include "pipeline/table/settings/settings.h"
#include "stages/protect/tables.h"

/* Withholds each row of g01, but for its texts, whose numerator, rest or base is small or withheld where it is printed. Statuses
   of the other tables must be final. -1 with the error set when memory is out. */
int goals_protect(struct tables *tables, const struct settings *settings, struct error *error);

#endif
