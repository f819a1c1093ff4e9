/* What a cell of one table tells of another's: the sum of some is in both, or one lies within the other. */
#ifndef FINSAMSTAT_STAGES_PROTECT_RULES_ACROSS_H
#define FINSAMSTAT_STAGES_PROTECT_RULES_ACROSS_H

#include "stages/protect/tables.h"

/* Withholds what a withheld count holds: the flows of m07 into a combination of m03, the codes of i04 in a result of i06. -1 with
   the error set when memory is out. */
int across_withhold(struct tables *tables, struct error *error);

/* Floors of counts that other cells are parts of (tables.h): exits by the results of i06, groups of m01 by their förmåner, m03's last
   month of each year by where its persons come from in m07. -1 with the error set when memory is out. */
int across_count_parts(struct tables *tables, int minimum, struct error *error);

/* Demands what other tables would give away: results of i06 that are the same persons as a withheld code of i04, persons of m04 that
   leave few of m05, and wholes with the members that cover them: groups of förmåner (m01), work and work or studies
   at exit (i04, i06). *again is set by a new demand: all rules must be applied anew. -1 with
   the error set when memory is out. */
int across_demand(struct tables *tables, int minimum, bool *again, struct error *error);

#endif
