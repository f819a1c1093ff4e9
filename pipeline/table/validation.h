/* The validation report: what became of every row of the delivery, the rules that were broken, who is in which sources, and
   what has changed since the run before. Written by validate, and by ingest of a delivery that it refuses. Pure. */
#ifndef FINSAMSTAT_TABLE_VALIDATION_H
#define FINSAMSTAT_TABLE_VALIDATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pipeline/base/text.h"
#include "pipeline/table/schema/schema.h"

/* Bits of the sources a person is in. */
enum { IN_AF = 1, IN_FK = 2, IN_KOM = 4, IN_REG = 8, IN_SUS = 16, IN_ENKAT = 32, IN_COMBINATIONS = 64 };

/* A file of the delivery. */
struct delivered_file {
	size_t extract;
	const char *file;
	int64_t read, kept, duplicates, rejected; /* rows: read = kept + duplicates + rejected */
	const char *absent;           /* optional columns that it lacks: "omfattning, diagnos"; "" for none */
	const char *same;             /* the file of the run compared with that held the very same rows; NULL without */
};

/* A rule that is broken. */
struct breach {
	size_t extract;      /* EXTRACTS: no single source */
	const char *file;    /* "" for the whole source */
	const char *column, *code, *label;
	enum severity severity;
	int64_t count;       /* of `unit` */
	const char *unit;    /* "rows", "persons", "rows in 100", … */
};

/* A figure of a source, in the run compared with and now. */
struct change {
	size_t extract;
	const char *what;         /* "rows", "empty diagnos", "new code ET in ersattning" */
	const char *before, *now; /* written out */
	bool told;                /* past the limits */
	enum severity severity;   /* where told */
};

/* What became of a source's rows: read = kept + rejected + duplicates. */
struct flow {
	uint64_t files, read, rejected, duplicates, kept;
	uint64_t after_period; /* of the kept: start after the period, so they count nowhere */
	uint64_t left_out;     /* of the kept: sus with avslut 99; ongoing spells that begin after uttagsdatum */
};

struct validation {
	const char *title;        /* the förbund; NULL to leave it unsaid */
	const char *reference;    /* the run compared with; NULL without */
	const struct error *why;  /* why the delivery is refused; NULL or without messages when it is not */
	bool linked;              /* duplicates and persons are known: not so when ingest refuses */
	size_t files, breaches, changes;
	const struct delivered_file *file;
	const struct breach *breach;
	const struct change *change;
	struct flow flow[EXTRACTS];
	uint64_t persons;
	uint64_t presence[IN_COMBINATIONS]; /* persons by the sources that hold their pid in any row */
};

/* Fills what the files' counts say of flow: all but after_period and left_out. */
void validation_count(struct validation *validation);

/* "AF+FK+SUS" for bits of sources; "" for none. */
#define VALIDATION_COMBINATION 32
void validation_combination(unsigned bits, char name[VALIDATION_COMBINATION]);

int validation_json(const struct validation *validation, struct text *text, struct error *error);
int validation_html(const struct validation *validation, struct text *text, struct error *error);

#endif
