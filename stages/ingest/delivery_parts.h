/* What the parts of delivery_read share. A source is a lane (pipeline/maths/lanes.h): what its takes change and what its commits
   change stand apart, for the two run beside each other. */
#ifndef FINSAMSTAT_STAGES_INGEST_DELIVERY_PARTS_H
#define FINSAMSTAT_STAGES_INGEST_DELIVERY_PARTS_H

#include <pthread.h>
#include <stdatomic.h>

#include "stages/ingest/delivery.h"
#include "stages/ingest/hashing.h"
#include "stages/ingest/layout.h"
#include "stages/ingest/parcel.h"

/* Whose turn it is to touch a file's csv. */
enum turn { TURN_WAITING, TURN_AHEAD, TURN_LANE }; /* nobody's; one that inflates ahead; its lane's, for good */

/* A file of a source. */
struct file_reading {
	struct parcel_reading how;
	struct layout layout;
	struct csv *csv;
	char delimiter;
	bool opened;
	uint64_t read;          /* bytes told as read */
	enum turn turn;         /* under the aheads' lock, as the next */
	bool passed;            /* nothing more of it is inflated ahead: all of it is, or it is at fault */
	int spool;              /* what is inflated ahead, −1: nothing; belongs to the csv */
	uint64_t ahead;         /* bytes of it, no fewer than there are */
	atomic_bool stopped;    /* a fault has ended it: what is still taken is for nothing */
	/* commit's */
	struct account account;
	bool named;             /* it has an account: not so when its name may not be told */
	bool ended;
	size_t told;            /* messages that name a personnummer */
	size_t faults;          /* of any kind */
	char hash[HASH_TEXT];   /* once it is closed; "": it was not read to its end */
};

struct lane {
	size_t extract;
	uint64_t bytes;            /* of all files: the largest source is taken first */
	const struct kalla *kalla; /* NULL without a section of the settings */
	bool own_table;            /* the analyst's own: prislista, befolkning, publicerat */
	struct reading reading;
	struct column column[LAYOUT_FIELDS];
	size_t count;
	const struct extract_file *path;
	struct file_reading *file;
	/* take's */
	struct arena *take_arena;
	size_t at;                 /* the file being taken from */
	/* commit's */
	struct column_writer *writer, *rejected; /* rejected: made with the first wrong row */
	struct delivered *delivered;
};

/* One that inflates ahead: packed files behind the first of their source, which wait for their turn, so that a source of many
   files is inflated on as many threads as have nothing else to do. */
struct ahead {
	size_t lane, at;       /* the file in hand */
	unsigned char *buffer;
	struct error error;
};

struct aheads {
	size_t count;
	struct ahead *ahead;
	size_t lane, at;       /* the file that is looked at next; under the lock as what follows */
	size_t files;          /* that have been begun and wait for their lane */
	uint64_t bytes;        /* laid by of them */
	const char *path;      /* of a spool for a moment, until it is unlinked */
	pthread_mutex_t lock;
	pthread_cond_t changed;
};

struct reader {
	const struct run *run;
	const struct settings *settings;
	size_t piece;
	struct lane lane[EXTRACTS]; /* in the order in which they are preferred */
	struct parcel *parcel;      /* by slot */
	struct aheads aheads;
	struct hashing hashing;
};

/* For lanes.h; context: the reader. */
int delivery_take(size_t lane, size_t slot, void *context);
int delivery_work(size_t lane, size_t slot, void *context);
int delivery_commit(size_t lane, size_t slot, void *context);

/* Whether an extract is the analyst's own table. */
bool delivery_own_table(size_t extract);

/* Whether a message may hold the file's name: not when it holds a personnummer, and then the file is not opened. */
bool delivery_may_name(const struct extract_file *path);

/* Opens a file of the lane. -1 with the error set. */
int delivery_open(const struct reader *reader, const struct lane *lane, size_t at, struct error *error);

/* Closes it if it is open. */
void delivery_close(struct file_reading *file);

/* Writes the wrong rows of a source, from its column file, into rejected.csv. */
int delivery_write_rejected(const struct reader *reader, const struct lane *lane, struct csv_writer *rejected,
	struct arena *arena, struct error *error);

/* Makes those that inflate ahead: one fewer than there are threads. -1 with the error set; aheads_end in any case but that. */
int aheads_begin(struct reader *reader, struct arena *arena, struct error *error);
void aheads_end(struct reader *reader, struct error *error);

/* The lane takes a file up: waits for one that is inflating a piece of it. */
void aheads_give_up(struct reader *reader, struct file_reading *file);

/* Inflates a piece of a file that waits. 1; 0 when there is none, and none will come; LANES_LATER when enough is laid by; -1 with
   the ahead's error set. */
int ahead_take(struct reader *reader, struct ahead *ahead);

#endif
