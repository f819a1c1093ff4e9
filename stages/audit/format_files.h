/* Every file that SHA256SUMS of a publication names, compared with data/ beside one another. */
#ifndef FINSAMSTAT_STAGES_AUDIT_FORMAT_FILES_H
#define FINSAMSTAT_STAGES_AUDIT_FORMAT_FILES_H

#include "stages/audit/audit_publication.h"
#include "stages/audit/published.h"

/* A file named in a line of SHA256SUMS, checked beside others. */
struct format_file {
	const char *name, *path;
	struct published *published;
	size_t figures, worker; /* the thread that checked it */
	bool failed;
};

struct format_files {
	size_t count, room;
	struct format_file *file;
	struct error *error; /* of each thread: it checks nothing after a file that failed */
};

/* Lists them. -1 with the error set: EXIT_DATA when SHA256SUMS is not a list of hashes and names. */
int format_files_find(const struct audit_place *place, struct published *published, struct format_files *files, struct error *error);

/* Checks one of them; `files` is a struct format_files. On any thread, each file once. */
void format_files_check(size_t item, void *files);

/* Adds the figures that were compared. -1 with the error set of the first of the files that is wrong, or has no reader. */
int format_files_tell(const struct format_files *files, size_t *figures, struct error *error);

#endif
