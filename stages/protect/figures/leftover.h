/* Few who are left between figures of several tables that no sum connects: a curve's months beside bands of time and goals, the bases of a
   year's ratios beside the counts of the period. */
#ifndef FINSAMSTAT_STAGES_PROTECT_FIGURES_LEFTOVER_H
#define FINSAMSTAT_STAGES_PROTECT_FIGURES_LEFTOVER_H

#include "pipeline/table/settings/settings.h"
#include "stages/protect/tables.h"

/* Whether the curve (i13) that a row belongs to leaves 1 … minimum − 1 participations: beside the exits of a band of i07 (those who go on, or
   exit otherwise), or beside a goal within N months (those who started later, their exits to egen försörjning). */
bool leftover_of_curve(const struct tables *tables, size_t curves, size_t row, const struct settings *settings);

/* e01 of several years: withholds kr_per_deltagande of an insats where the participations of one year, which it tells, leave few of those of the
   period that were not there, began or ended that year, or of two years were there in both; kr_per_avslutad_till_arbete_eller_studier where
   the exits of one year leave few. */
void leftover_of_years(struct tables *tables, double minimum);

#endif
