/* Earlier runs: found by what a user calls them, listed, and read from their manifests. */
#ifndef FINSAMSTAT_RUN_PAST_H
#define FINSAMSTAT_RUN_PAST_H

#include <stdbool.h>
#include <stddef.h>

#include "pipeline/base/arena.h"
#include "pipeline/base/error.h"
#include "pipeline/table/schema/document.h"

#define PAST_FIRST_YEAR 2000 /* that a run can be approved for */
#define PAST_LAST_YEAR 2200

struct past {
	const char *out, *name;
	const char *internal;            /* OUT/internal/<run> */
	const char *published;           /* OUT/published/<run>; NULL when it was not published or is gone */
	const struct document *manifest; /* never NULL */
	const struct document *approval; /* approval.json: what its publication is since it was approved; NULL without */
	bool complete;                   /* ran to the end */
	bool narrowed;                   /* --tables */
	int year;                        /* that it is approved for; 0: a working version */
};

/* The run that a user names: its folder below published/ or internal/ (also `latest`); a förbund folder or an OUT, whose
   newest complete publication is meant; or a run's name alone, in `out` (NULL: none is known). NULL with the error set:
   EXIT_USAGE when it is none of these, EXIT_IO when its manifest cannot be read. */
const struct past *past_open(const char *what, const char *out, struct arena *arena, struct error *error);

/* The names alone of all runs that have a folder below internal/, the oldest first. */
int past_names(const char *out, const char *const **names, size_t *count, struct arena *arena, struct error *error);

/* The run that OUT/PART/latest (published, internal) names; "" when it names none. NULL with the error set. */
const char *past_latest(const char *out, const char *part, struct arena *arena, struct error *error);

/* Whether the file name is that of a run: 20180831T021500Z, 20180831T021500Z-2. */
bool past_is_name(const char *name);

/* The run that is approved for a year, NULL when none is; year 0: for the latest approved year. */
const char *past_approved(const char *out, int year, struct arena *arena, struct error *error);

/* The latest year that the run is approved for; 0 for none. */
int past_year_of(const char *out, const char *name, struct arena *arena, struct error *error);

/* The years that the run is approved for and `year` with them: "2018", "2018 och 2019". NULL with the error set. */
const char *past_years(const struct past *past, int year, struct arena *arena, struct error *error);

/* Approves the run for the year, over an earlier approval: OUT/internal/approved/<year> holds its name. */
int past_approve(const struct past *past, int year, struct error *error);

/* OUT of a förbund folder, DIR/resultat, unless `out` is given; of a folder that is an OUT itself, that. */
const char *past_out(const char *directory, const char *out, struct arena *arena, struct error *error);

/* What the manifest says of a file of a list ("inputs", "publication"): its hash, "" without. */
const char *past_hash(const struct past *past, const char *list, const char *file);
/* That every file of the publication is as it was built: all by the run, or all by its approval, which lists its files before it puts
   them in place. -1 with the error set (EXIT_DATA) for the first that is not. */
int past_check_publication(const struct past *past, struct arena *arena, struct error *error);

/* The files of the publication as they stand: of an approved run those of its approval. */
const struct document *past_publication(const struct past *past);
const char *past_publication_hash(const struct past *past, const char *file);
/* Its size as text, "" without; NULL with the error set when memory is out. */
const char *past_bytes(const struct past *past, const char *list, const char *file, struct arena *arena, struct error *error);

/* The order of two runs' names in time: < 0, 0, > 0. */
int past_order(const char *a, const char *b);

#endif
