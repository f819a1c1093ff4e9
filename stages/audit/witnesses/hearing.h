/* The witnesses of a run are heard: one thread reads them while another states the relations that they must keep, and then they are checked. */
#ifndef FINSAMSTAT_STAGES_AUDIT_WITNESSES_HEARING_H
#define FINSAMSTAT_STAGES_AUDIT_WITNESSES_HEARING_H

#include <stdatomic.h>

#include "stages/audit/witnesses/witnesses.h"

struct hearing {
	struct witness_file file;
	struct witnesses witnesses; /* none when nobody is heard */
	const struct published *published;
	const char *cells, *lines;  /* paths; NULL: nobody is heard */
	struct arena *arena;        /* the reader's own */
	struct error failure;       /* likewise */
	atomic_int turn;            /* enum hearing_turn */
};
enum hearing_turn { HEARING_UNREAD, HEARING_AT_IT, HEARING_READ };

/* Files that can be read from now on. -1 with the error set. */
int hearing_begin(struct hearing *hearing, const struct published *published, const char *cells, const char *lines, struct error *error);

/* Reads them unless that has begun already or nobody is heard; false then. On any thread. */
bool hearing_read(struct hearing *hearing);

/* When all relations are stated and no thread reads any more: reads the witnesses if nobody has, checks them, on all processors, and marks what they
   show. -1 with the error set as by witness_file_read, witness_file_find and witnesses_check. */
int hearing_end(struct hearing *hearing, struct target *target, size_t targets, struct error *error);

/* Gives its memory back; of one that has not begun, too. */
void hearing_free(struct hearing *hearing);

#endif
