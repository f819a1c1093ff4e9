/* What a stage is: a name, the files it reads and writes, and its work. The ordered list of stages is in stages.c. */
#ifndef FINSAMSTAT_STAGE_H
#define FINSAMSTAT_STAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pipeline/base/arena.h"
#include "pipeline/base/error.h"
#include "pipeline/table/settings/settings.h"

/* What kind of thing a file holds decides who may open it (stages_check proves it at start). */
enum file_class {
	FILE_EXTRACT,    /* a source's files in the delivery: "fk"; and "prislista", "befolkning", "publicerat" */
	FILE_PERSONS,    /* column file about persons or participations: internal/work/<name>.col */
	FILE_SUPPORT,    /* unprotected helper cube, never published: internal/<run>/support/<name>.cube */
	FILE_AGGREGATE,  /* unprotected result table: internal/<run>/aggregate/<name>.csv */
	FILE_RECORD,     /* account of the run: internal/<run>/<name> (rejected.csv, validation.json, protection.csv) */
	FILE_PROTECTED,  /* protected table: internal/<run>/protected/<name>.cube */
	FILE_EARLIER,    /* a record (FILE_RECORD) of the run that this one is compared with: the latest approved one, else the
	                    newest complete one that had another delivery; there need not be any: the path then names no file */
	FILE_LEDGER,     /* the disclosure ledger and its key, in the förbund folder (ledger.h): there need not be any */
	FILE_PUBLICATION /* file of the publication, or a folder of such files when the name ends in '/' */
};
#define FILE_CLASSES (FILE_PUBLICATION + 1)

/* By class: "extract", "persons", …, as `finsamstat help STAGE` and a run's records call it. */
extern const char *const file_class_names[FILE_CLASSES];

struct file_use {
	enum file_class class;
	const char *name;
};

struct run; /* one run of the program over a förbund folder; stages see it through the functions below */

struct stage {
	const char *name;
	const char *summary;          /* one line for `finsamstat help` */
	const struct file_use *reads;  /* ends with a NULL name */
	const struct file_use *writes; /* likewise */
	/* NULL, or tables of later stages, ending with NULL, which alone need all that this one can make: of a run that asks for none of
	   them it may make less (run_wants). What was made for a run that did is as good for one that does not. */
	const char *const *needed_by;
	unsigned settings;             /* the parts that run_settings shows it: SETTINGS(PERIOD) | …; all else it cannot see */
	bool brief;                    /* over at once: what the stages before it made is hashed beside a later one */
	/* NULL, or what must hold of the settings and the delivery's list of files before the stage works, whether or not it is
	   up to date. Sees every setting, opens nothing, makes nothing. 0, or -1 with the error set. */
	int (*ready)(const struct run *run, struct arena *arena, struct error *error);
	/* Does the stage's work, in a process of its own. 0, or -1 with the error set. Everything it needs is reached
	   through `run`; memory comes from `arena`. */
	int (*work)(const struct run *run, struct arena *arena, struct error *error);
};

/* The settings: of them what the stage declares (settings_view), in `ready` all. */
const struct settings *run_settings(const struct run *run);

/* Path of a file that the running stage declares in `reads` (run_input) or `writes` (run_output). NULL with the error
   set (EXIT_BUG) for any other file: a stage can open nothing that it has not declared. For a declared folder of the
   publication, `name` is the folder and a file name: "data/m01.csv"; run_output makes the folder. */
const char *run_input(const struct run *run, enum file_class class, const char *name, struct arena *arena,
	struct error *error);
const char *run_output(const struct run *run, enum file_class class, const char *name, struct arena *arena,
	struct error *error);

/* The files of the delivery that belong to a source ("fk"), in bytewise order of their names, and the three tables
   beside forbund.ini by their names ("prislista"). 0 when there are none. `shown` is the name for messages
   ("extrakt/fk.csv"). For ingest. */
struct extract_file {
	const char *path, *shown;
	long long bytes, written; /* its size and time of change when the run began; −1 of what is no file */
	const char *hash;         /* the frame's; NULL until it is known */
};
const struct extract_file *run_extracts(const struct run *run, const char *source, size_t *count);

/* The name of the run that this one is compared with, whose records are FILE_EARLIER; NULL without. */
const char *run_compared(const struct run *run);

/* Path of a record that says why the running stage refuses the delivery (validation.html): written only then, so that the
   stage that writes it of an accepted delivery is never reached. NULL with the error set. */
const char *run_refusal(const struct run *run, const char *name, struct arena *arena, struct error *error);

/* Whether the table (full name) is to be computed: all without --tables, and every table that the stage neither reads nor
   writes nor is needed by. */
bool run_wants(const struct run *run, const char *table);

/* The years that the run is approved for ("2018", "2018 och 2019"); NULL: it is a working version, as every run is until `approve`
   renders its publication once more. For publish. */
const char *run_approval(const struct run *run);

/* Threads that a stage may use, ≥ 1. */
int run_jobs(const struct run *run);

/* A finding that lets the run go on but ends it with exit 3. Never holds a person's values. */
void run_warn(const struct run *run, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* How many rows a file of the delivery has, for the manifest; `shown` is its name. */
void run_rows(const struct run *run, const char *shown, uint64_t rows);

/* The SHA-256 of a file of the delivery (run_extracts), every byte of which the stage has read: so the account of the run tells of
   the very bytes that its figures come from. */
void run_hash(const struct run *run, const struct extract_file *file, const char *hash);

/* What the terminal may tell of a long stage: how much there is to be done, and that so much more of it is. Each call of
   run_expect begins anew. Any thread may call run_advance. */
enum progress_unit { PROGRESS_BYTES, PROGRESS_ROWS, PROGRESS_PERSONS, PROGRESS_INSATSER };
void run_expect(const struct run *run, enum progress_unit unit, uint64_t total);
void run_advance(const struct run *run, uint64_t more);

/* A line of narration: what was done, with counts. */
void run_note(const struct run *run, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The stages in the order of the data flow, and their number. */
extern const struct stage *const stages[];
extern const size_t stage_count;

/* The stage that writes the publication, by position; the stages behind it look at what it made. */
size_t stages_publisher(void);

/* Proves that the list is sound: every read is an extract or an earlier stage's output, every file has one writer, only
   `protect` reads unprotected tables and writes protected ones, `publish` reads protected tables alone, and `audit`, which
   reads the publication, writes no table and no file of it.
   -1 with the error set (EXIT_BUG) naming the stage and file. */
int stages_check(const struct stage *const *list, size_t count, struct error *error);

#endif
