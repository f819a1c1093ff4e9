/* Lines of audit.csv: the cells that are given away. */
#ifndef FINSAMSTAT_STAGES_AUDIT_FINDINGS_H
#define FINSAMSTAT_STAGES_AUDIT_FINDINGS_H

#include "pipeline/base/text.h"
#include "pipeline/table/cube/cube.h"

/* Adds a line tabell,nyckel,matt,fynd, after the head when it is the first. -1 with the error set when memory is out. */
int findings_tell(struct text *rows, const struct cube *cube, size_t row, size_t measure, const char *finding, struct error *error);

#endif
