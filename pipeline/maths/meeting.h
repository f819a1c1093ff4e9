/* Lanes of work that meet, again and again: several such meetings side by side, with results that do not depend on the number of threads. */
#ifndef FINSAMSTAT_MATHS_MEETING_H
#define FINSAMSTAT_MATHS_MEETING_H

#include <stddef.h>

/* Each lane works for itself, beside the others; then they meet, with none of them at work; and so on. */
struct meeting {
	size_t lanes; /* a part of the result's definition, so never derived from the number of threads */
	/* The lane's work until the next meeting. It touches nothing that another lane's work does. Of one lane it is always called on the
	   same thread, that of lane 0 is the caller's, and lanes of one number in several meetings have the same. Returns 0 or, on failure, anything else. */
	int (*work)(size_t lane, void *context);
	int (*meet)(void *context); /* 1: on with the work, 0: done, -1: failed; on any of the threads */
	void *context;
};

/* Runs meetings to their end, on one thread when it is called from inside work. They do not touch each other: a thread whose lanes of one wait for others works on
   its lanes of the next, the first of them before all others. 0; -1 when a work or a meeting of any failed, or memory is out: after works that failed its lanes do
   not meet, and the other meetings go on. None, or one without lanes: 0, nothing of it is called. */
int meeting_run(const struct meeting *meeting, size_t meetings);

#endif
