/* What libxlsxwriter says on standard error, so that none of it is lost: of an allocation that fails it tells nobody else, and goes
   on without the sheet, format or cell. */
#ifndef FINSAMSTAT_STAGES_PUBLISH_WORKBOOK_WORKBOOK_WORDS_H
#define FINSAMSTAT_STAGES_PUBLISH_WORKBOOK_WORKBOOK_WORDS_H

#include "pipeline/base/error.h"

/* From here on standard error of the process is kept back; nothing else may write to it until workbook_words_end. -1 with the
   error set when that cannot be arranged; it then is as it was. */
int workbook_words_begin(struct error *error);

/* Standard error is what it was. -1 with the error set (EXIT_IO, with the first line) when something was said. */
int workbook_words_end(struct error *error);

#endif
