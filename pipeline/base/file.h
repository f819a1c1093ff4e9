/* What is in a folder, and whether a file is there: an answer, or the error that there is none. A disk's fault must never pass for a
   file that is not there: without its ledger, its price list or its extract a run would end well with other figures. */
#ifndef FINSAMSTAT_BASE_FILE_H
#define FINSAMSTAT_BASE_FILE_H

#include <dirent.h>
#include <stdbool.h>
#include <sys/stat.h>

#include "pipeline/base/error.h"

/* What has the name, a symbolic link itself and not what it points to. 1: *state is filled; 0: nothing has it; -1 with the error (EXIT_IO)
   set when that cannot be told: the disk fails, a folder above is closed. */
int file_look(const char *path, struct stat *state, struct error *error);

/* The same where it only matters whether anything has the name. 0 with *there set, or -1. */
int file_is_there(const char *path, bool *there, struct error *error);

/* The next of the open folder, or NULL behind the last. -1 with errno set when it cannot be read. */
int file_entry(DIR *folder, const struct dirent **entry);

/* The same, -1 with the error (EXIT_IO) set; `path` names the folder in the message. */
int file_next(DIR *folder, const char *path, const struct dirent **entry, struct error *error);

#endif
