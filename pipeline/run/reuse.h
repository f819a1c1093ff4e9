/* What is up to date: a stage is skipped when its files, its part of the settings, its schemas, the program and its
   libraries have the content that they had when it last worked, and what it then made is still whole. Never by time. */
#ifndef FINSAMSTAT_RUN_REUSE_H
#define FINSAMSTAT_RUN_REUSE_H

#include <stdbool.h>
#include <stddef.h>

#include "pipeline/run/run.h"

struct verdict {
	bool skip;
	bool perhaps;    /* of a plan: skipped all the same if what it reads comes out as before */
	bool first;      /* nothing is kept of an earlier time */
	const char *why; /* "extrakt/fk.csv has changed" */
};

/* The program's own content, once before the rest. -1 with the error set. */
int reuse_begin(struct run *run, struct error *error);

/* Whether the stage at the position may be skipped, and why. The stages before it have been taken or kept, or, with
   `planned` (an array, one a stage), are known to work: what they make is then not known yet. */
int reuse_judge(struct run *run, size_t position, const bool *planned, struct verdict *verdict, struct error *error);

/* What a run would do: a verdict for each of the run's stages. Writes nothing. -1 with the error set also when the settings
   lack an extract. */
int reuse_plan(struct run *run, struct verdict *verdicts, size_t *count, struct error *error);

/* Skips the stage: gives the run what was made before, and says its warnings again. */
int reuse_take(struct run *run, size_t position, struct error *error);

/* The rows of the column files and tables that a stage has written. -1 with the error set when one cannot be read. */
int reuse_rows(const struct run *run, size_t position, unsigned long long *rows, struct error *error);

/* Before the stage works: its record and column files go. Also after it has failed: they may hold what refused the
   delivery. */
int reuse_forget(struct run *run, size_t position, struct error *error);

/* After stages have worked: hashes what they read and made, and writes their records, so that another run may take it. All
   stages up to the position that have not been kept yet. */
int reuse_keep(struct run *run, size_t position, struct error *error);

/* The files that a stage has made, as "aggregate/m01_forsorjningsmatt" and where they lie. Sorted within a folder. */
struct reuse_file {
	enum file_class class;
	const char *name, *label, *path;
};
int reuse_made(const struct run *run, const struct stage *stage, struct reuse_file **files, size_t *count, struct error *error);

#endif
