/* The publication in the making: the tables that go into it and the files it has so far. */
#ifndef FINSAMSTAT_STAGES_PUBLISH_SHEET_PUBLICATION_H
#define FINSAMSTAT_STAGES_PUBLISH_SHEET_PUBLICATION_H

#include <stdbool.h>
#include <stddef.h>

#include "pipeline/base/arena.h"
#include "pipeline/base/error.h"
#include "pipeline/base/hash.h"
#include "pipeline/stage.h"
#include "stages/publish/sheet/sheet.h"

struct published_file {
	const char *name; /* below the publication: "data/m01_forsorjningsmatt.csv" */
	const char *path;
	char (*hash)[HASH_TEXT]; /* what the file holds, once it is written and hashed; NULL: not yet */
};

struct publication {
	const struct run *run;
	const struct settings *settings;
	struct arena *arena;
	bool approved;        /* else a working version */
	const char *standing; /* what every file says of that: "Arbetsversion", "Godkänd för årsredovisning 2018" */
	const char *rounded;  /* skydd = avrundning: what every file says of that; NULL: counts are withheld */
	size_t sheets;
	struct sheet *sheet; /* in the order of stage_publish's reads */
	size_t files, room;
	struct published_file *file; /* in the order they were made */
	struct arena **own; /* of each table: what is read of it */
	size_t tables;
};

/* Reads the protected tables among `reads` (ending with a NULL name) that the run wants and that exist, beside each other. 0, or -1 with the
   error set. To be closed in any case. */
int publication_open(struct publication *publication, const struct run *run, const struct file_use *reads,
	struct arena *arena, struct error *error);

void publication_close(const struct publication *publication);

/* The table by its full name; NULL when it is not published. */
const struct sheet *publication_sheet(const struct publication *publication, const char *table);

/* Whether the table is among them and tells anything, in rows of the code in the dimension (NULL: in any) and of the measure (NULL: of any):
   a figure that is withheld, or printed and no 0. What was not delivered tells nothing. */
bool publication_tells(const struct publication *publication, const char *table, const char *dimension, const char *code, const char *measure);

/* Path for a new file of the publication, which from now on holds it. NULL with the error set. */
const char *publication_add(struct publication *publication, const char *name, struct error *error);

#endif
