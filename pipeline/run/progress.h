/* The line that tells on a terminal how far a long stage has come. Off a terminal there is none. */
#ifndef FINSAMSTAT_RUN_PROGRESS_H
#define FINSAMSTAT_RUN_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pipeline/stage.h"

/* What a stage has told, as it stands at one moment. */
struct progress_state {
	enum progress_unit unit;
	uint64_t done, total; /* total 0: the stage has told nothing */
	double seconds;       /* since the stage began */
	double counting;      /* since it told what there is to be done */
};

/* The line into `line`, at most `columns` characters and its NUL, cut where it is longer: the stage, how much of how much, the rate
   and the time that is left at the mean rate so far. Where that would be a guess (in the first second and
   twentieth of the work, and of things that take unlike times: insatser) and without a total: how long the stage has worked. */
void progress_line(char *line, size_t room, int columns, const char *stage, const struct progress_state *state);

struct progress;

/* A line, which stays hidden; NULL where standard error is no terminal, or none can be made. */
struct progress *progress_open(void);

/* In the process that runs the stages, after the stage's own process was made: shows the line until progress_hide, from
   PROGRESS_DELAY_MS on. NULL is harmless; a line that cannot be shown is left out. */
void progress_show(struct progress *progress, const char *stage);
void progress_hide(struct progress *progress);
#define PROGRESS_DELAY_MS 400

/* Before the stage's process is made: forgets what an earlier stage told. */
void progress_reset(struct progress *progress);

/* In the stage's process, on any thread. NULL is harmless. */
void progress_expect(struct progress *progress, enum progress_unit unit, uint64_t total);
void progress_advance(struct progress *progress, uint64_t more);

/* What has been told so far. */
struct progress_state progress_read(const struct progress *progress);

/* progress_close(NULL) is harmless. */
void progress_close(struct progress *progress);

#endif
