/* libxlsxwriter's temporary files, so that none of their faults is lost: the library itself heeds none and would leave out what
   could not be written. */
#ifndef FINSAMSTAT_STAGES_PUBLISH_WORKBOOK_WORKBOOK_FILES_H
#define FINSAMSTAT_STAGES_PUBLISH_WORKBOOK_WORKBOOK_FILES_H

#include <stdbool.h>
#include <stddef.h>

#include "pipeline/base/error.h"
#include "pipeline/base/hash.h"
#include "pipeline/base/text.h"

/* Before a workbook is begun: no fault has been seen, nothing is in doubt, no sheet was taken. */
void workbook_files_begin(void);

/* The errno of the first read, write, seek or close of a temporary file that has failed since then; 0 when all went well. */
int workbook_files_fault(void);

/* Whether an allocation of the library may have failed unsaid since then: errno was ENOMEM when somebody looked. It can be so too
   where malloc found its memory in another way. */
bool workbook_files_doubt(void);

/* A sheet that the library has but one row of: that which holds `mark`, in the first bytes of it. When the library packs the sheet, with
   all cells before it written, `found` is told what the sheet is before that row and behind it. It takes no part of `bytes` with it;
   -1: memory is out. */
struct workbook_place {
	const char *mark;
	int (*found)(void *context, const char *bytes, size_t before, size_t behind, size_t length);
	void *context;
};

/* Takes note of the sheet for the workbook that has been begun. Lent until it is closed. */
void workbook_files_place(const struct workbook_place *place);

/* A large sheet, which the library wrote whole, but packed as if it were empty: it packs one sheet after the other, on one thread, while others
   stand idle. The bytes are to be packed in the place of its part `xl/worksheets/sheet<number>.xml`. */
struct workbook_sheet {
	unsigned number;
	size_t length; /* bytes */
	int file;
};

/* The sheets taken since the workbook was begun, *count of them; lent until workbook_files_end. */
const struct workbook_sheet *workbook_files_sheets(size_t *count);

/* Up to `room` bytes of a sheet from `at` on, 0 at its end; on any thread. -1: errno says why. */
ptrdiff_t workbook_files_read(const struct workbook_sheet *sheet, size_t at, char *bytes, size_t room);

/* A hash of the workbook at `path` and of the sheets taken from it. -1 with the error set. */
int workbook_files_hash(const char *path, char text[HASH_TEXT], struct error *error);

/* Lets go of what was taken. Harmless when nothing was. */
void workbook_files_end(void);

/* That the parts of the workbook at `path` lie where its directory says: minizip tells nobody when the place of a part could not be
   sought, or its length not be written. -1 with the error (EXIT_IO) set. */
int workbook_files_check(const char *path, struct error *error);

/* The bytes of the workbook at `path`, which is removed: it will be written again. -1 with the error set. */
int workbook_files_take(const char *path, struct text *book, struct error *error);

/* Looks at errno; to be called often while the library works. */
void workbook_files_look(void);

#endif
