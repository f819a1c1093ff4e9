/* Where a publication shows what approved runs told in the place of what was computed. Tables hang together: those of who lives where in a year with its
   months, all others for the same days. Where one figure of them is an earlier one, all are. */
#ifndef FINSAMSTAT_STAGES_AUDIT_RELATIONS_STANDING_H
#define FINSAMSTAT_STAGES_AUDIT_RELATIONS_STANDING_H

#include "pipeline/table/ledger/ledger.h"
#include "stages/audit/relations/published.h"

/* What the auditor knows of earlier approved runs; ledger NULL: nothing. */
struct earlier {
	const struct ledger *ledger;
	const struct settings *settings; /* of the run: its period */
};

/* Finds the days for which the tables of a publication show earlier figures, into published->standing: by their mark, or where all of them are withheld or
   0, by a count that is withheld though it is 0 now, or 0 though it is not now. After all tables are there. -1 with the error set. */
int standing_find(const struct earlier *earlier, struct published *published, struct error *error);

/* Whether a table is of who lives where; the others are of insatser. */
bool standing_is_of_population(const struct table *table);

/* Whether some tables of the same kind show earlier figures. */
bool standing_any(const struct published *published, const struct table *table);

/* Whether a row is of days for which its table shows earlier figures, *stands; of days for which others of its kind do and approved runs have some, *beside. */
void standing_row(const struct earlier *earlier, const struct published *published, const struct cube *cube, size_t row, bool *stands, bool *beside);

/* Whether a table shows earlier figures for some days. */
bool standing_table(const struct earlier *earlier, const struct published *published, const struct cube *cube);

/* A withheld count of a row that stands, as it was when it was withheld: *withheld whether it was, *count what it was, PUBLISHED_UNTOLD where none up to ten
   times `near` and a thousand has its hash. `near`: what it is now, where that is known. -1 with the error set. */
int standing_count(const struct earlier *earlier, const struct cube *cube, size_t row, size_t measure, int64_t near, bool *withheld, int64_t *count,
	struct error *error);

#endif
