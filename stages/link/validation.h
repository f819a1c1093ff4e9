/* The validation report: what became of every row, who is in which sources, and where sources disagree. Pure. */
#ifndef FINSAMSTAT_STAGES_LINK_VALIDATION_H
#define FINSAMSTAT_STAGES_LINK_VALIDATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pipeline/base/text.h"
#include "pipeline/table/schema.h"

/* Bits of the sources a person is in. */
enum { IN_AF = 1, IN_FK = 2, IN_KOM = 4, IN_REG = 8, IN_SUS = 16, IN_ENKAT = 32, IN_COMBINATIONS = 64 };

/* A file of the delivery (ingest's account). */
struct delivered {
	size_t extract;
	const char *file, *reasons; /* reasons: "DATE_INVALID:2|…" */
	int64_t read, kept, rejected;
};

/* What became of a source's rows: read = kept + rejected + duplicates. */
struct flow {
	uint64_t files, read, rejected, duplicates, kept;
	uint64_t after_period; /* of the kept: start after the period, so they count nowhere */
	uint64_t left_out;     /* of the kept: sus with avslut 99; ongoing spells that begin after uttagsdatum */
};

struct validation {
	size_t files;
	const struct delivered *file;
	struct flow flow[EXTRACTS];
	uint64_t persons;
	uint64_t presence[IN_COMBINATIONS]; /* persons by the sources that hold their pid in any row */
	uint64_t kon_differs, fodelsear_differs;
};

/* Fills flow's files, read and rejected from the files, and kept from those and the duplicates. */
void validation_count(struct validation *validation);

#define VALIDATION_MISMATCH 200

#define VALIDATION_MANY 50 /* persons from which a source without any match is no chance: refused */
#define VALIDATION_SOME 5  /* and from which it is told */

/* Whether the pids of a source match no other source although they should (one key for all): a source with at least `least`
   persons, or sus and enkat together, none of whom is in any other, while at least two of AF, FK, KOM and REG have as many.
   `message` then names it. */
bool validation_mismatch(const struct validation *validation, uint64_t least, char message[VALIDATION_MISMATCH]);

/* "AF+FK+SUS" for bits of sources; "" for none. */
#define VALIDATION_COMBINATION 32
void validation_combination(unsigned bits, char name[VALIDATION_COMBINATION]);

int validation_json(const struct validation *validation, struct text *text, struct error *error);
int validation_html(const struct validation *validation, const char *title, struct text *text, struct error *error);

#endif
