/* Table i10: insatser that are only counted. */
#ifndef FINSAMSTAT_STAGES_INSATS_VOLYM_H
#define FINSAMSTAT_STAGES_INSATS_VOLYM_H

#include <stddef.h>
#include <stdint.h>

#include "pipeline/table/column/column.h"
#include "pipeline/table/cube/cube.h"
#include "pipeline/table/schema/codelist.h"
#include "pipeline/table/settings/settings.h"

struct volume {
	size_t insats;           /* position in the settings */
	int32_t ar;
	uint16_t kon;            /* CODE_NONE: unknown */
	const char *aldersgrupp; /* "16-19"; "": unknown */
	int32_t antal;
};

struct volumes {
	size_t count;
	struct volume *item;
	const struct codelist *kon;
};

/* Every row of the column file `volym`; an age group's dash becomes a hyphen. -1 with the error set. */
int volym_load(const struct column_file *file, const struct settings *settings, struct arena *arena,
	struct volumes *volumes, struct error *error);

/* Fills the cube of i10 with the rows of the period's years, whole years: nothing of them is cut. A row without kon or
   age group counts in TOT only. An insats with registrering = volym, or with any volym row, has its margin in every
   year. -1 with the error set when memory is out. */
int volym_fill(const struct volumes *volumes, const struct settings *settings, struct cube *cube, struct error *error);

#endif
