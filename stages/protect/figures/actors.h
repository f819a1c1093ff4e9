/* Dominance in the economics of an insats: the nets of the actors (e02–e08) and their parts are sums of persons' amounts. */
#ifndef FINSAMSTAT_STAGES_PROTECT_FIGURES_ACTORS_H
#define FINSAMSTAT_STAGES_PROTECT_FIGURES_ACTORS_H

#include "pipeline/table/settings/settings.h"
#include "stages/protect/tables.h"

/* Withholds every net and part that the p % rule calls sensitive, all figures that are made of it, and other nets and parts, the cheapest,
   until no sum of printed ones gives it: neither the sums over actors nor the formulas of docs/method.md, 9, with the printed prices.
   Likewise casework of underlag sus that tells a withheld count of i03 (casework.h), with tables->dominans 0, too. -1 with the error set when memory is out. */
int actors_protect(struct tables *tables, const struct settings *settings, struct error *error);

/* Whether a vector of `width` is a sum of multiples of others, `count` vectors one after another (changed). Exact to 1e-9 of the largest
   number. Of none only the zero vector is. */
bool actors_spanned(double *vectors, size_t count, const double *vector, size_t width);

#endif
