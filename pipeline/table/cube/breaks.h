/* Breaks in the series of the förbund's totals: years from which they are of other municipalities (kommuner från DATE). */
#ifndef FINSAMSTAT_TABLE_BREAKS_H
#define FINSAMSTAT_TABLE_BREAKS_H

#include <stdbool.h>
#include <stddef.h>

#include "pipeline/table/cube/cube.h"
#include "pipeline/table/settings/settings.h"

/* "Brott i serierna: från och med 2018 gäller förbundets totaler andra kommuner än året före.", naming every year of the
   panel that breaks; "" when none does. NULL with the error set when memory is out. */
const char *breaks_text(const struct settings *settings, struct arena *arena, struct error *error);

/* Whether the series of these tables break: they are of persons by where they live. */
bool breaks_concern(const struct table *table);

/* Whether this code of a dimension is a year, or a year's first month among the codes, from which a series of that table breaks. */
bool breaks_at(const struct cube *cube, const struct settings *settings, size_t dimension, size_t code);

#endif
