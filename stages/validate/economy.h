/* The rule over ekonomi: what is part of an insats costs no more than it. */
#ifndef FINSAMSTAT_STAGES_VALIDATE_ECONOMY_H
#define FINSAMSTAT_STAGES_VALIDATE_ECONOMY_H

#include "pipeline/table/column/column.h"
#include "pipeline/table/settings/settings.h"
#include "stages/validate/list.h"

/* Adds a breach for each insats, year of the period and financier where the rows of the insatser that `ingår i` it sum to
   more than its own, by every field over which the schema of ekonomi declares `contains`. An empty amount is 0, and an
   insats without rows has 0 of its own. `rows` is ingest's file of ekonomi. -1 with the error set. */
int economy_check(struct list *list, const struct column_file *rows, const struct extract *schema,
	const struct settings *settings, struct error *error);

#endif
