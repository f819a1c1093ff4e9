/* Which sources the settings cannot do without. */
#ifndef FINSAMSTAT_STAGES_INGEST_NEED_H
#define FINSAMSTAT_STAGES_INGEST_NEED_H

#include <stdbool.h>
#include <stddef.h>

#include "pipeline/table/settings/settings.h"

#define NEED_TEXT 160

/* Whether the settings need the extract (EXTRACT_FK …). `why` then names what needs it: "[målgrupp x] FK". */
bool need_extract(const struct settings *settings, size_t extract, char why[NEED_TEXT]);

#endif
