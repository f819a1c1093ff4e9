/* datapackage.json: what the CSV files for machines hold (Data Package 2.0, Table Schema 2.0). */
#ifndef FINSAMSTAT_STAGES_PUBLISH_FILES_DATAPACKAGE_H
#define FINSAMSTAT_STAGES_PUBLISH_FILES_DATAPACKAGE_H

#include "stages/publish/sheet/publication.h"

/* Writes the description of every data/<table>.csv. 0, or -1 with the error set. */
int datapackage_write(struct publication *publication, struct error *error);

#endif
