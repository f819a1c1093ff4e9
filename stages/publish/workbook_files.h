/* libxlsxwriter's temporary files, so that none of their faults is lost: the library itself heeds none and would leave out what
   could not be written. */
#ifndef FINSAMSTAT_STAGES_PUBLISH_WORKBOOK_FILES_H
#define FINSAMSTAT_STAGES_PUBLISH_WORKBOOK_FILES_H

#include <stdbool.h>
#include <stddef.h>

#include "pipeline/base/error.h"

/* Before a workbook is begun: no fault has been seen, and nothing is in doubt. */
void workbook_files_begin(void);

/* The errno of the first read, write, seek or close of a temporary file that has failed since then; 0 when all went well. */
int workbook_files_fault(void);

/* Whether an allocation of the library may have failed unsaid since then: errno was ENOMEM when somebody looked. It can be so too
   where malloc found its memory in another way. */
bool workbook_files_doubt(void);

/* Rows of a sheet that the library never has as cells: of the row of the sheet that holds `mark`, one of its first, the library is given
   what `next` writes when it packs the sheet. `next` fills `bytes` up to `room` (WORKBOOK_INSERT_ROOM) and returns how many it wrote;
   0 at the end. */
#define WORKBOOK_INSERT_ROOM ((size_t)1 << 16)
struct workbook_insert {
	const char *mark;
	size_t (*next)(void *context, char *bytes, size_t room);
	void *context;
};

/* Takes note of the rows for the workbook that has been begun: of one sheet. Lent until it is closed. */
void workbook_files_insert(const struct workbook_insert *insert);

/* That the parts of the workbook at `path` lie where its directory says: minizip tells nobody when the place of a part could not be
   sought, or its length not be written. -1 with the error (EXIT_IO) set. */
int workbook_files_check(const char *path, struct error *error);

/* Looks at errno; to be called often while the library works. */
void workbook_files_look(void);

#endif
