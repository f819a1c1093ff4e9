/* The files of the delivery, read on all threads: sources beside each other, the files of a source one after the other, a
   file in parcels. What is written and said is the same for any number of threads and any size of parcel. */
#ifndef FINSAMSTAT_STAGES_INGEST_DELIVERY_H
#define FINSAMSTAT_STAGES_INGEST_DELIVERY_H

#include "pipeline/stage.h"
#include "pipeline/table/csv/csv_write.h"
#include "pipeline/table/schema/schema.h"
#include "stages/ingest/account.h"

/* What came of a source. */
struct delivered {
	size_t count;           /* files */
	struct account *account; /* of each file that was read, in the order of their names */
	struct error error;     /* faults, in that order */
	struct arena *arena;    /* owns the messages of the accounts */
};

/* Reads the files of every source (index: EXTRACT_FK …) into its column file, and writes the wrong rows to `rejected` in
   the order of sources, files and lines. `piece` is the number of bytes of a parcel; 0: as the program does. -1 with the
   error set when something else than the delivery is at fault: memory, a full disk. Faults of the delivery are in
   delivered[] alone. */
int delivery_read(const struct run *run, size_t piece, struct delivered delivered[EXTRACTS], struct csv_writer *rejected,
	struct arena *arena, struct error *error);

/* The path of an extract's column file. NULL with the error set. */
const char *delivery_path(const struct run *run, const struct extract *extract, struct arena *arena, struct error *error);

/* The path of the column file of its wrong rows, which is there when there are any: as rejected.csv. NULL with the error set. */
const char *delivery_rejected(const struct run *run, size_t extract, struct arena *arena, struct error *error);

/* How many rows of a file of the extract may be wrong: none of the analyst's own tables. */
struct limits delivery_limits(const struct settings *settings, size_t extract);

/* Frees what the sources own; {0} is harmless. */
void delivery_free(struct delivered delivered[EXTRACTS]);

#endif
