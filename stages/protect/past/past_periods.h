/* Inside of past: approved periods of which i01 hangs together with that of the run: who was there on the last day of the one is who was there before
   the first day of the other, who came and left in parts of a period came and left in it, and who was there in the
   days that two have in common was there in both; and i02–i09 and i11 of those within the run's,
   around it or next to it. */
#ifndef FINSAMSTAT_STAGES_PROTECT_PAST_PAST_PERIODS_H
#define FINSAMSTAT_STAGES_PROTECT_PAST_PAST_PERIODS_H

#include "pipeline/table/ledger/ledger.h"
#include "stages/protect/tables.h"

/* Finds the approved periods that share their first or last day with the run's, or begin where it ends, or end where it begins, or have days in common with it, or
   do so with one that was found, the nearest first and no more than there is room for (tables->period). Adds i01 of each as approved runs told it: known where it was printed;
   and of the last eight of those that lie within the run's or around it or follow on it, or it on them, the other tables that the run has, too. None where the run has no i01. -1 with the error set. */
int past_periods(struct tables *tables, const struct ledger *ledger, const struct settings *settings, struct error *error);

#endif
