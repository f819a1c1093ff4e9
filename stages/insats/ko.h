/* Table i09: expressions of interest, and how long those who wait have waited and those who started did. */
#ifndef FINSAMSTAT_STAGES_INSATS_KO_H
#define FINSAMSTAT_STAGES_INSATS_KO_H

#include <stddef.h>
#include <stdint.h>

#include "pipeline/table/column/column.h"
#include "pipeline/table/cube/cube.h"
#include "pipeline/table/schema/codelist.h"
#include "pipeline/table/settings/settings.h"

struct interest {
	uint16_t insats, kommun, status;
	uint8_t kon;
	int32_t inkom, start; /* days; start COLUMN_NONE_I32: none */
};

struct interests {
	size_t count;
	struct interest *item;
	const struct codelist *kommun, *kon, *status;
};

/* Every row of the column file `ko`. -1 with the error set. */
int ko_load(const struct column_file *file, const struct settings *settings, struct arena *arena,
	struct interests *interests, struct error *error);

/* Fills the cube of i09. Waiting at the end B of the period: came in by B and VANTAR, or STARTAD with a start after B;
   their waiting time is the days from inkom to B in months of 30.4375 days, median and 90th percentile of type 7, saknas
   where no one waits. Of those who started in the period likewise the days from inkom to start (one that started before it came
   in has none). Volym insatser are left out. -1 with the error set when memory is out. */
int ko_fill(const struct interests *interests, const struct settings *settings, struct cube *cube, struct arena *arena,
	struct error *error);

#endif
