/* A piece of a file on its way through ingest: its bytes, and what is read out of them. Filled by one thread without a
   look at any other, and added to the whole in the order of the pieces. */
#ifndef FINSAMSTAT_STAGES_INGEST_PARCEL_H
#define FINSAMSTAT_STAGES_INGEST_PARCEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pipeline/table/column/column_batch.h"
#include "pipeline/table/csv/csv.h"
#include "pipeline/table/csv/csv_lines.h"
#include "stages/ingest/account.h"
#include "stages/ingest/layout.h"
#include "stages/ingest/row.h"

#define PARCEL_PERSONNUMMER 5 /* fields with a personnummer that are named, of a parcel and of a file; the rest is counted */

/* A wrong row: where and why, never a value. */
struct rejection {
	uint64_t line, number;        /* physical line; record, the header being 1 */
	size_t field;                 /* of the extract */
	enum reason reason;
	const char *rule, *nearest;   /* as in struct row */
};

struct parcel {
	struct csv_part part;         /* the bytes */
	bool unread;                  /* they are still to be read; false when the rows were read as they were taken */
	struct csv_lines lines;       /* those of its lines that are cut at once */
	uint8_t *unsure;              /* by line of them: it is read for itself */
	struct csv_field *field;      /* of such a line */
	size_t fields;
	struct column_batch rows;     /* the right ones */
	struct rejection *rejection;  /* the wrong ones, account.rejected in number */
	size_t rejection_room;
	struct account account;       /* counts of this parcel alone */
	struct error error;           /* faults in the order of the lines */
	struct error behind;          /* a fault that taking the bytes met behind them */
	size_t told;                  /* of those, the ones that name a personnummer: at most PARCEL_PERSONNUMMER a file */
	bool is_personnummer[ERROR_KEPT]; /* by message */
	bool broken;                  /* a fault ends the file here */
	bool last;                    /* no further parcel of the file follows */
	size_t file;                  /* which one of its source */
	/* hashing.h's, under its lock */
	bool waits;                   /* to be hashed */
	struct csv_hashing hashing;
	struct parcel *next;          /* that waits, of its lane */
};

/* How the rows of a file are read. */
struct parcel_reading {
	const char *shown;             /* the file's name in messages */
	const struct reading *reading;
	const struct layout *layout;
	const struct column *columns;  /* of `rows`: one a field of the extract */
	bool usable;                   /* false: the header is refused, and the rows are read for personnummer alone */
};

/* Empties the parcel; memory is kept and used again. {0} is an empty one. */
void parcel_clear(struct parcel *parcel);

/* Makes room for so many right rows. -1 with the parcel's error set when memory is out. */
int parcel_begin(struct parcel *parcel, const struct parcel_reading *how, size_t rows);

/* Reads one record; `may_hold` false: its line is known to hold no personnummer. -1 with the parcel's error set when
   memory is out; more rows than there is room for are a fault of the program (EXIT_BUG). */
int parcel_add(struct parcel *parcel, const struct parcel_reading *how, const struct csv_record *record, bool may_hold);

/* Reads all of parcel->part, which belongs to `csv`. A fault ends up in the parcel. */
void parcel_read(struct parcel *parcel, const struct parcel_reading *how, const struct csv *csv);

void parcel_free(struct parcel *parcel);

#endif
