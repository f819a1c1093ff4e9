/* SHA256SUMS: a checksum for every other file of the publication. */
#ifndef FINSAMSTAT_STAGES_PUBLISH_FILES_SUMS_H
#define FINSAMSTAT_STAGES_PUBLISH_FILES_SUMS_H

#include "stages/publish/sheet/publication.h"

/* Writes the file that `sha256sum -c` takes, sorted bytewise by name. To be written last. 0, or -1 with the error set. */
int sums_write(struct publication *publication, struct error *error);

#endif
