/* What a failed run tells whoever is called: what, since when, what stands, and the next command. */
#ifndef FINSAMSTAT_HISTORY_ALARM_H
#define FINSAMSTAT_HISTORY_ALARM_H

#include "pipeline/run/run.h"

struct alarm {
	const char *what;   /* "the delivery is refused" */
	const char *since;  /* the first of the runs that have failed one after the other, this one with them; NULL when none has an account */
	size_t runs;        /* how many those are */
	const char *stands; /* the name of the publication that stands; "" without */
	const char *next;   /* what to do, with the command to be typed */
};

/* Of a run that ended with the code, EXIT_DISCLOSURE or above. -1 with the error set when memory is out or OUT cannot be
   read. */
int alarm_make(struct alarm *alarm, const struct run *run, enum exit_code code, struct arena *arena, struct error *error);

#endif
