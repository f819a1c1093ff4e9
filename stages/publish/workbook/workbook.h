/* tabeller.xlsx: the published tables as a workbook for people, with charts that can be pasted elsewhere. */
#ifndef FINSAMSTAT_STAGES_PUBLISH_WORKBOOK_WORKBOOK_H
#define FINSAMSTAT_STAGES_PUBLISH_WORKBOOK_WORKBOOK_H

#include "stages/publish/sheet/publication.h"

/* A workbook that is written but for the rows of its largest sheet and for what its other large sheets hold. */
struct workbook {
	struct arena *arena;
	const char *path;
	const struct book *book;
};

/* Writes the workbook to the new file `path`, without these. The same tables and settings give the same bytes. 0, or -1 with the
   error set. The publication is lent until the workbook is freed, in any case, by workbook_free. */
int workbook_write(struct workbook *workbook, const struct publication *publication, const char *path, struct error *error);

/* Puts them in, on all threads. 0, or -1 with the error set. */
int workbook_finish(const struct workbook *workbook, struct error *error);

void workbook_free(const struct workbook *workbook);

#endif
