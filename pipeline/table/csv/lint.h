/* Is a file well-formed CSV? What `finsamstat lint` asks. */
#ifndef FINSAMSTAT_TABLE_LINT_H
#define FINSAMSTAT_TABLE_LINT_H

#include <stdbool.h>
#include <stdint.h>

#include "pipeline/base/error.h"

/* Reads the whole file, plain or gzip (told by its first bytes, and demanded of a .gz). Delimiter 0 is ','. The file is UTF-8, or windows-1252 if said so.
   0: well-formed; *records counts all records, the header among them (0 for a file without bytes), *fields is the width
   of the first (0 without records). -1 with the first fault as `PATH:LINE: CODE: reason` (EXIT_DATA), or EXIT_IO, or
   EXIT_USAGE for an impossible delimiter.
   Codes and policies are those of csv.h without `one_line`: line breaks inside quotes are data; LF and CRLF may be
   mixed; a file whose lines end in bare CR, all or some, is refused (BARE_CR) unless it has another fault. */
int lint_file(const char *path, char delimiter, bool windows_1252, uint64_t *records, uint64_t *fields, struct error *error);

/* The delimiter that an extract with this first line would be read with (csv.h): to advise with, since lint keeps to the comma
   unless told otherwise. ',' when the file cannot be read. */
char lint_likely_delimiter(const char *path);

#endif
