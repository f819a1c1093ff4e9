/* tabeller.xlsx: the published tables as a workbook for people, with charts that can be pasted elsewhere. */
#ifndef FINSAMSTAT_STAGES_PUBLISH_WORKBOOK_H
#define FINSAMSTAT_STAGES_PUBLISH_WORKBOOK_H

#include "stages/publish/publication.h"

/* Writes the workbook to the new file `path`. The same tables and settings give the same bytes. 0, or -1 with the error set. */
int workbook_write(const struct publication *publication, const char *path, struct error *error);

#endif
