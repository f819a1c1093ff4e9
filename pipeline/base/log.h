/* The account of a run: log.jsonl for machines, narration on standard error for people. */
#ifndef FINSAMSTAT_BASE_LOG_H
#define FINSAMSTAT_BASE_LOG_H

#include <stddef.h>

#include "pipeline/base/error.h"

enum log_level { LOG_NOTE, LOG_WARNING, LOG_ERROR };

/* What goes to standard error: everything; no notes; nothing. */
enum log_voice { LOG_LOUD, LOG_QUIET, LOG_SILENT };

struct log;

/* Appends to the file (created 0600), one JSON object a line: time (UTC), level, stage, text. `path` NULL: narration only.
   What goes to standard error is up to the voice. */
int log_open(struct log **log, const char *path, enum log_voice voice, struct error *error);

/* Writes one event to the file and to standard error as `finsamstat STAGE: [warning: ]text`, on a terminal in colour where it
   takes one. Control characters are escaped in the one and blanks in the other; what is no UTF-8 is '?'. Safe to call in a forked child: each event is one write. */
void log_event(struct log *log, enum log_level level, const char *stage, const char *text);

/* log_close(NULL) is harmless. */
void log_close(struct log *log);

#endif
