/* A figure named by text, as publicerat.csv and q01 do: a table, the values of its dimensions joined by '|', a measure. */
#ifndef FINSAMSTAT_TABLE_FIGURE_NAME_H
#define FINSAMSTAT_TABLE_FIGURE_NAME_H

#include <stdbool.h>
#include <stddef.h>

#include "pipeline/base/arena.h"
#include "pipeline/base/error.h"
#include "pipeline/table/schema/schema.h"
#include "pipeline/table/settings/settings.h"

/* Position of the measure; SIZE_MAX when the table has none of that name. */
size_t figure_measure(const struct table *table, const char *name);

/* Cuts `key` at '|' (it is changed) into one code a dimension. False when their number is not the table's. */
bool figure_split(char *key, const struct table *table, const char *codes[TABLE_DIMENSIONS]);

/* The codes joined by '|', in the arena. NULL with the error set when memory is out. */
const char *figure_join(const char *const *codes, size_t count, struct arena *arena, struct error *error);

/* Decimals that a kind of measure is printed with. MEASURE_GOAL: those of the goal's unit; without a goal 1. Texts and
   MEASURE_FIGURE, whose decimals are those of the figure spoken of: 0. */
int figure_kind_decimals(enum measure_kind kind, const struct goal *goal);

/* Decimals that a measure of the row with these codes is printed with: of g01 by the goal that the settings have there. */
int figure_decimals(const struct table *table, size_t measure, const char *const *codes, const struct settings *settings);

/* The goal that the codes of a row of g01 (insats, number) name; NULL when the settings have none there. */
const struct goal *figure_goal(const struct settings *settings, const char *insats, const char *mal);

#endif
