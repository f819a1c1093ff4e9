/* The audit of a whole publication, of a run being built or of one that stands. */
#ifndef FINSAMSTAT_STAGES_AUDIT_AUDIT_PUBLICATION_H
#define FINSAMSTAT_STAGES_AUDIT_AUDIT_PUBLICATION_H

#include <stdbool.h>
#include <stdint.h>

#include "pipeline/base/text.h"
#include "stages/audit/amounts/amounts.h"
#include "stages/audit/relations/earlier.h"

/* Where the files lie. Each function gives a path in the arena, or NULL with the error set. */
struct audit_place {
	const void *context;
	/* of a file of the publication: "data/m01_forsorjningsmatt.csv" */
	const char *(*published)(const void *context, const char *name, struct arena *arena, struct error *error);
	/* of a table before protection, which says which withheld counts are small; the function or the file may be missing: all are
	   taken for small */
	const char *(*before)(const void *context, const char *table, struct arena *arena, struct error *error);
	/* of a support cube of the run (dominans_forman); the function or the file may be missing: amounts are then personal by number alone */
	const char *(*support)(const void *context, const char *cube, struct arena *arena, struct error *error);
	/* of a record of the run (vittnen.csv); the function or the file may be missing: ranges alone are judged by */
	const char *(*record)(const void *context, const char *name, struct arena *arena, struct error *error);
	double dominans;        /* p ÷ 100 of the p % rule; 0: off */
	struct earlier earlier; /* what approved runs have told */
};

struct audit_account {
	bool rounded;           /* the publication says that its counts are rounded */
	size_t withheld, small; /* counts */
	size_t differences;     /* small ones between a whole and its part */
	size_t witnesses;       /* that were checked, and stand */
	size_t ranged;          /* small counts and differences of which no witness speaks, judged by ranges */
	size_t narrowed;        /* of the others: a person who forms another count alone might narrow them */
	size_t unranged;        /* of them: judged by elimination and bounds alone, since too many counts hang together */
	size_t exempt;          /* small counts that what was known before gives away alone: the print of approved runs, figures that q01 shows */
	size_t figures;         /* of other formats compared with data/ */
	struct amounts_account amounts;
};

/* Reads data/, works out what a reader could, and reads every other file that SHA256SUMS names. `rows` gets a CSV line for each small
   count (1 … minimum − 1) that is given away: tabell,nyckel,matt,fynd (published, determined, narrow, undecided, unwitnessed), for each small
   difference (the same behind `difference`; matt is the part's), and for each witness that does not stand (false witness); never a value.
   Where datapackage.json says that counts are rounded, every count that is printed must be a multiple of `minimum` (unrounded); all that
   is then worked out by adding and subtracting is one, too. Printed figures that do not add up are a breach in either case.
   -1 with the error set: EXIT_DISCLOSURE, a message a table or file, when something is given away or a file has no reader;
   EXIT_DATA when a file cannot be understood; EXIT_IO. */
int audit_publication(const struct audit_place *place, int64_t minimum, struct audit_account *account, struct text *rows,
	struct arena *arena, struct error *error);

#endif
