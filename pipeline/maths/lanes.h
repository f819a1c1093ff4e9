/* Streams of work on several threads, with results in the order of each stream whatever the number of threads: files that
   are read beside each other, each in pieces. */
#ifndef FINSAMSTAT_MATHS_LANES_H
#define FINSAMSTAT_MATHS_LANES_H

#include <stddef.h>
#include <stdint.h>

#include "pipeline/base/error.h"

/* A lane is a stream of pieces. A piece stands in a slot while it is taken (read), worked (the costly part) and committed
   (joined to the result). Of one lane, pieces are taken one at a time and in order, worked on any thread in any order, and
   committed one at a time in the order in which they were taken; taking, working and committing go on beside each other,
   as do the lanes. So whatever a take changes belongs to the lane's takes, whatever a commit changes to its commits, and
   what they share needs a lock of its own or atomics. */
struct lanes_job {
	size_t lanes; /* a lane with a lower number is preferred: the longest first; but see `length` */
	size_t slots; /* pieces in hand at a time, 1 … LANES_SLOTS: a bound on memory */
	/* 1 when the lane's next piece stands in the slot, 0 when the lane has no more, LANES_LATER when it has none now and is to be
	   asked again once a piece of any lane is committed or another lane ends, -1 on failure. */
	int (*take)(size_t lane, size_t slot, void *context);
	int (*work)(size_t lane, size_t slot, void *context);   /* 0, or -1 on failure */
	int (*commit)(size_t lane, size_t slot, void *context); /* 0, or -1 on failure */
	void *context;
	/* By lane, in any unit, below 2^44; NULL: none is known. Lanes with a length go on beside each other and end about together: of them the one is
	   preferred of which the least part has been taken. Those of length 0 come behind them. While a quarter of the slots is free, taking goes before committing. */
	const uint64_t *length;
};
#define LANES_SLOTS 256
#define LANES_LATER 2

/* Slots that keep all threads of parallel.h busy. */
size_t lanes_slots(void);

/* Runs the lanes to their ends on the threads of parallel.h. 0; or -1 when a call failed: no further call is begun, and
   which others were made is not defined, so a fault that must be told the same way every time is no failure but part of
   a piece. What failed in a call is the call's to tell; `error` is set by what fails here: no memory or lock for the threads
   (EXIT_IO); all lanes that are left say later, or slots is out of range (EXIT_BUG). Not from inside parallel work. */
int lanes_run(const struct lanes_job *job, struct error *error);

#endif
