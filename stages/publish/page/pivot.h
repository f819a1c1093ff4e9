/* A table, or a part of one, laid out as an HTML table: some dimensions down, some across. */
#ifndef FINSAMSTAT_STAGES_PUBLISH_PAGE_PIVOT_H
#define FINSAMSTAT_STAGES_PUBLISH_PAGE_PIVOT_H

#include "stages/publish/page/html.h"
#include "stages/publish/sheet/arrangement.h"

enum pivot_state {
	PIVOT_EMPTY,   /* not written: no row is in it; sparing: all is 0 or missing */
	PIVOT_WRITTEN,
	PIVOT_WITHHELD /* not written, sparing only: what there is to tell is withheld */
};

/* Writes the table with its caption. A combination without a row is 0 in counts, sums and rates, else missing. */
enum pivot_state pivot_write(struct html *html, const struct pivot *pivot);

#endif
