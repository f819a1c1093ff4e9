/* The rows of all sources that hold pids, brought together by person: spread over partitions by the first bits of their
   keys, so that each partition holds all rows of some persons and the partitions follow each other in the order of keys. */
#ifndef FINSAMSTAT_STAGES_LINK_SPREAD_H
#define FINSAMSTAT_STAGES_LINK_SPREAD_H

#include "pipeline/base/hash.h"
#include "stages/link/linking.h"
#include "stages/link/record.h"

/* A row with its key and its file. Of sus and enkat only record.file and record.row are set. */
struct placed {
	struct record record; /* first, so that where it stands, its key is found (spread_key) */
	struct key key;
};

static inline const struct key *spread_key(const struct record *placed)
{
	return &((const struct placed *)(const void *)placed)->key;
}

struct spread {
	struct linking *linking;
	const struct ranking *diagnos;  /* by part */
	int32_t uttagsdatum;
	unsigned bits;                  /* of a key that say its partition */
	size_t partitions;              /* 2^bits */
	uint32_t *count;                /* by stripe of the sources and partition: its rows; once placed, where its next row would go */
	size_t from, to;                /* the partitions whose rows are placed */
	struct placed *placed;          /* their rows, partition after partition, in any order inside one */
	size_t room, rows;              /* that are placed at a time, unless one partition has more; that `placed` has room for */
	size_t all;                     /* rows of all sources */
	uint32_t *start;                /* by partition: where its rows begin in `placed`; one more for the end */
};

/* Counts the rows of each partition, on all threads. -1 with the linking's error set. spread_free in any case. */
int spread_count(struct spread *spread, struct linking *linking, const struct ranking diagnos[PARTS]);

/* Places the rows of the next partitions, as many as a bound on memory lets in and at least one, on all threads. 1; 0 when
   there are no more; -1 with the linking's error set. */
int spread_next(struct spread *spread);

/* The rows of a partition that is placed. */
size_t spread_rows(const struct spread *spread, size_t partition);

/* Which bits of a key follow those of the partition: a number below 2^bits, rising with the key. */
static inline size_t spread_bucket(const struct spread *spread, const struct key *key, unsigned bits)
{
	return bits == 0 ? 0 : (size_t)(key->high << spread->bits >> (64 - bits));
}

void spread_free(struct spread *spread);

#endif
