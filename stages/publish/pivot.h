/* A table, or a part of one, laid out as an HTML table: some dimensions down, some across. */
#ifndef FINSAMSTAT_STAGES_PUBLISH_PIVOT_H
#define FINSAMSTAT_STAGES_PUBLISH_PIVOT_H

#include <stdbool.h>

#include "stages/publish/html.h"
#include "stages/publish/sheet.h"

/* `down` and `across` name dimensions, parted by spaces, each at most once; "matt" stands for the measures, in one of the two
   and there last. Without it `measures` names a single one. A starred dimension that is named nowhere is taken at its
   total. The dimension ar goes into the caption when a single year occurs. */
struct pivot {
	const struct sheet *sheet; /* NULL: nothing is written */
	const char *title;         /* of the caption */
	const char *detail;        /* what else the caption says, after a dash; NULL without */
	const char *fixed[TABLE_DIMENSIONS]; /* by dimension: the only code taken; NULL: as the names say */
	const char *down, *across;
	const char *measures;      /* names parted by spaces, in the order of printing; NULL: all of the table */
	bool complete;             /* rows and columns of the whole table, also those that the part taken lacks */
	bool sparing;              /* not written unless some figure in it, beside rows of sums, is published and not 0 */
};

enum pivot_state {
	PIVOT_EMPTY,   /* not written: no row is in it; sparing: all is 0 or missing */
	PIVOT_WRITTEN,
	PIVOT_WITHHELD /* not written, sparing only: what there is to tell is withheld */
};

/* Writes the table with its caption. A combination without a row is 0 in counts, sums and rates, else missing. */
enum pivot_state pivot_write(struct html *html, const struct pivot *pivot);

/* Takes one code of a dimension, by names. */
void pivot_fix(struct pivot *pivot, const char *dimension, const char *code);

#endif
