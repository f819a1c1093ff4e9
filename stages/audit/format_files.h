/* Every file that SHA256SUMS of a publication names, compared with data/ beside one another. */
#ifndef FINSAMSTAT_STAGES_AUDIT_FORMAT_FILES_H
#define FINSAMSTAT_STAGES_AUDIT_FORMAT_FILES_H

#include <stdatomic.h>

#include "stages/audit/audit_publication.h"
#include "stages/audit/relations/published.h"

/* A file named in a line of SHA256SUMS, checked beside others. */
struct format_file {
	const char *name, *path;
	struct published *published;
	size_t figures;
	long long work; /* about its bytes, unpacked */
	struct error error;
};

struct format_files {
	size_t count, room;
	struct format_file *file;
	struct format_file **largest; /* the same, the most work first */
	atomic_size_t next;           /* of them: the first that no thread has taken */
};

/* Lists them. -1 with none listed and the error set: EXIT_DATA when SHA256SUMS is not a list of hashes and names. */
int format_files_find(const struct audit_place *place, struct published *published, struct format_files *files, struct error *error);

/* Checks the next of them that no thread has taken; `files` is a struct format_files. On any thread. False when there is none left. */
bool format_files_check(void *files);

/* Adds the figures that were compared. -1 with the error set of the first of the files that is wrong, or has no reader. */
int format_files_tell(const struct format_files *files, size_t *figures, struct error *error);

#endif
