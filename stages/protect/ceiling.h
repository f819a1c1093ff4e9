/* What everybody knows of a count of persons by where they live: the inhabitants (befolkning.csv). */
#ifndef FINSAMSTAT_STAGES_PROTECT_CEILING_H
#define FINSAMSTAT_STAGES_PROTECT_CEILING_H

#include "stages/protect/tables.h"

/* Where the rows of a table stand among the inhabitants. */
struct ceiling;

/* That of a table, in the arena; it reads the cubes for as long as it lives. NULL with the error set when memory is out. */
struct ceiling *ceiling_new(const struct tables *tables, size_t table, struct arena *arena, struct error *error);

/* The inhabitants of the year (or the month's year), kommun, kön and age group of a row of m01–m07; of all kommuner too; INT64_MAX
   where they are not known. */
int64_t ceiling_inhabitants(const struct ceiling *ceiling, size_t row);

/* The most persons that everybody knows to be in a row, by the inhabitants: of m01–m07, where it is no part of another row that says as much;
   INT64_MAX otherwise. */
int64_t ceiling_of(const struct ceiling *ceiling, size_t row);

#endif
