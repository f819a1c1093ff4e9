/* The files' hashes: what has been taken of two files is hashed together, for that takes a third less. A piece that has been taken waits for one
   of another lane, at most until it is to be committed. */
#ifndef FINSAMSTAT_STAGES_INGEST_HASHING_H
#define FINSAMSTAT_STAGES_INGEST_HASHING_H

#include <pthread.h>

#include "stages/ingest/parcel.h"

struct hashing {
	size_t lanes;
	struct hashing_lane {
		struct parcel *first, *last; /* that wait, in their order */
		bool busy;                   /* some thread hashes its first */
	} *lane;
	pthread_mutex_t lock;
	pthread_cond_t changed; /* a lane is no longer busy */
};

/* -1 with the error set; hashing_end in any case but that. */
int hashing_begin(struct hashing *hashing, size_t lanes, struct arena *arena, struct error *error);
void hashing_end(struct hashing *hashing);

/* The parcel, taken of the lane's csv behind those before it, waits. */
void hashing_add(struct hashing *hashing, size_t lane, struct parcel *parcel, const struct csv *csv);

/* Hashes as long as there are two that wait. Any thread. */
void hashing_pairs(struct hashing *hashing);

/* Has the parcel hashed, the first of its lane that is not. */
void hashing_finish(struct hashing *hashing, size_t lane, const struct parcel *parcel);

#endif
