/* One run over a förbund folder: what main asks for, and the folders, lock, processes and records behind it. */
#ifndef FINSAMSTAT_RUN_RUN_H
#define FINSAMSTAT_RUN_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "pipeline/base/arena.h"
#include "pipeline/base/error.h"
#include "pipeline/base/hash.h"
#include "pipeline/base/log.h"
#include "pipeline/base/text.h"
#include "pipeline/run/record.h"
#include "pipeline/stage.h"
#include "pipeline/table/schema/schema.h"

struct past;
struct progress;

#define RUN_NAME 32 /* room for a run's name, its UTC start: 20180831T021500Z, with -2, -3 … for further ones in a second */

/* What the command line asks for. */
struct run_request {
	const char *directory; /* the förbund folder */
	const char *extracts;  /* NULL: DIRECTORY/extrakt */
	const char *out;       /* NULL: DIRECTORY/resultat */
	const char *period;    /* NULL: that of forbund.ini */
	const char *tables;    /* NULL: all; else names or short names joined by commas */
	const char *until;     /* NULL, or the last stage to run */
	const char *force;     /* NULL, or a stage that works even when it is up to date */
	int jobs;              /* 0: as many as processors */
	bool quiet;            /* no notes on standard error */
	bool silent;           /* nothing on standard error */
	const struct past *base; /* NULL, or a run whose own base is this one's too: for doing it again */
};

/* What a stage's process sends back. */
struct run_report {
	size_t warnings;
	double seconds;
	long peak_kib; /* the most memory that it had at a time */
	size_t events; /* bytes of text behind the report: a line a warning, note or count, KIND TAB NAME TAB TEXT */
	struct error error;
};

/* What became of a stage, and what its process used. */
struct run_use {
	bool ran, skipped; /* neither: it was not reached */
	const char *why;
	double seconds;
	long peak_kib;
	unsigned long long rows; /* written */
};

#define RUN_STAGES 16

/* A stage's process from its start until it has told all. */
struct run_process {
	const struct stage *stage;
	pid_t child;               /* 0: none */
	int pipe_end;              /* what it tells comes out here */
	struct run_report *report; /* whereto */
	bool unsaid;               /* it has told all, of which the log does not know yet */
};

struct run {
	struct arena *arena;
	const struct run_request *request;
	const struct settings *settings;
	const struct settings *shown; /* of them what the running stage may see */
	struct log *log;
	struct progress *progress; /* NULL: no line is shown */
	bool logged; /* the log has been open: it has said what went wrong */
	char name[RUN_NAME];
	const char *out;         /* OUT */
	const char *internal;    /* OUT/internal/<run> */
	const char *base, *base_out; /* name of the run that this one is compared with, NULL without; its OUT, NULL: this one */
	const char *work;        /* OUT/internal/work */
	const char *publication; /* OUT/published/.tmp-<run> until the switch; at the end NULL when nothing is published */
	const char *approval;    /* see run_approval */
	int jobs;
	const struct stage *last;          /* the last to be run */
	const struct stage *stage;         /* the running stage */
	struct run_report *report;         /* in a stage's process: its own */
	bool beside;                       /* in a stage's process: others go on meanwhile, and what it tells is said when it is heard */
	struct extract_file *extract[EXTRACTS];
	size_t extracts[EXTRACTS];
	size_t wanted_count;               /* --tables, full names; 0: all */
	const char **wanted;
	size_t warnings;                   /* of all stages so far */
	struct run_use use[RUN_STAGES];    /* by position in `stages`, as the following */
	struct record made[RUN_STAGES];    /* what the stage read and made; filled when it is skipped or kept */
	bool kept[RUN_STAGES];
	struct record publication_hashes;  /* of its files, by label; empty until they are hashed */
	const char *events[RUN_STAGES];
	struct text *told;                 /* in a stage's process: its events so far */
	char program_hash[HASH_TEXT];
	struct record libraries;
	const char *failed;                /* name of the stage that ended the run; NULL without */
	struct run_process process[RUN_STAGES];
	pid_t ending;                      /* a stage's process that has told all and gives its memory back; 0: none */
};

/* The tables of a list of full or short names joined by commas, in its order. -1 with the error set (EXIT_USAGE) when it names
   none, or one that there is not. */
int run_choose_tables(const char *list, const char ***tables, size_t *count, struct arena *arena, struct error *error);

/* Reads the request and the settings; touches nothing. -1 with the error set. */
int run_prepare(struct run *run, const struct run_request *request, struct arena *arena, struct error *error);

/* Runs the stages. On 0, run->warnings > 0 means exit 3. On -1 nothing has been published, the previous publication
   stands, and the error says why. `run` is filled as far as it came, for the caller's closing words. */
int run_all(struct run *run, const struct run_request *request, struct arena *arena, struct error *error);

struct stat;
/* A file's time of change in nanoseconds: only for noticing that it is changed while a run reads it. */
long long run_time_of(const struct stat *state);

/* Fills run->extract from the delivery's folder and the förbund folder. Names that belong to no source are warned of. */
int run_find_extracts(struct run *run, struct error *error);

/* That no file of the delivery was changed since run_find_extracts. -1 with the error set (EXIT_IO). */
int run_check_unchanged(struct run *run, struct error *error);

/* Takes over what a stage's process told by run_hash. -1 with the error set (EXIT_IO) when a file had another hash before. */
int run_take_hashes(struct run *run, const char *events, struct error *error);

/* Forks, runs the work of the stage, which is at the position of the list, there, calls `meanwhile`, waits, and fills in what it used and told. A
   stage that dies by a signal is EXIT_BUG. A fault of `meanwhile` counts when the stage has none. A process that has told all is not waited
   for: the kernel takes its memory back beside the next stage, and run_end_processes waits for the last. */
int run_stage_process(struct run *run, const struct stage *stage, size_t position, int (*meanwhile)(struct run *run, size_t position,
	struct error *error), struct error *error);
/* The two halves of it. A stage that is begun to work `beside` others takes what they leave of the processors, and says nothing itself:
   its events are for the log when it has ended. `aside`: what this process has met meanwhile. run_stage_told: it would not be waited for. */
int run_stage_begin(struct run *run, const struct stage *stage, size_t position, bool beside, struct error *error);
bool run_stage_told(const struct run *run, size_t position);
int run_stage_end(struct run *run, size_t position, struct error *aside, struct error *error);
void run_end_processes(struct run *run);

/* Where a file of a class lies, given internal/work, internal/<run> and the publication. NULL with the error set for an
   extract, which has no single place. */
const char *run_place(const char *work, const char *internal, const char *publication, enum file_class class,
	const char *name, struct arena *arena, struct error *error);

/* Where a record of the base lies; it need not exist. */
const char *run_earlier(const struct run *run, const char *name, struct arena *arena, struct error *error);
/* Sets run->base, after run_find_extracts. */
int run_find_base(struct run *run, struct error *error);

/* Folders: a path below another; made with the mode whatever the umask (an existing folder keeps its own, but for
   0700, which it gets). */
char *run_path(struct arena *arena, struct error *error, const char *folder, const char *name);
int run_make_folder(const char *path, unsigned mode, struct error *error);
/* Copies a file to a new one (O_EXCL, O_NOFOLLOW) with the mode whatever the umask. */
int run_copy(const char *from, const char *to, unsigned mode, struct error *error);
/* Lines of a file but its first. */
int run_count_lines(const char *path, unsigned long long *lines, struct error *error);
/* Removes a file or a folder with all it holds; a missing one is no fault. Never follows symbolic links. */
int run_remove(const char *path, struct error *error);
/* Makes every file and folder below readable for all, whatever the umask: a publication is meant to be read. They are on the
   disk then. */
int run_open_to_all(const char *path, struct error *error);
/* fsyncs every file and folder below, or of a folder only its own entries. */
int run_sync(const char *path, struct error *error);
int run_sync_folder(const char *path, struct error *error);
/* Points FOLDER/latest to `name` by one rename. */
int run_switch_latest(const char *folder, const char *name, struct arena *arena, struct error *error);

/* Takes the lock of OUT for this process's life. EXIT_LOCKED naming the holder's pid and start. A holder that was
   killed is given two seconds for its stage to end with it. */
int run_lock(const char *out, const char *start, struct arena *arena, struct error *error);

/* Writes manifest.json into the run's internal folder, over an earlier one. */
int run_write_manifest(const struct run *run, bool complete, struct error *error);

/* Writes the new file approval.json: the years, the program that rendered and the publication as it is now. */
int run_write_approval(const struct run *run, const char *years, const char *path, struct error *error);

#endif
