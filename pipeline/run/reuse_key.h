/* Inside of reuse: the key of a stage and its record (reuse_key.c), and its files (reuse_files.c). */
#ifndef FINSAMSTAT_RUN_REUSE_KEY_H
#define FINSAMSTAT_RUN_REUSE_KEY_H

#include "pipeline/run/reuse.h"

/* Appends the stage's key to the record: with `content` the hash of every input, else only its size. `before`: NULL, or the record
   that the key is to be compared with; with `planned`, an input that a planned stage makes has the value that it has there. */
int reuse_key(struct run *run, size_t position, bool content, const struct record *before, const bool *planned,
	struct record *key, struct error *error);

/* "BYTES HASH" of a file of the delivery, hashed once a run; without `content` "BYTES"; "no file" of what is none. */
const char *reuse_extract_value(struct run *run, struct extract_file *file, bool content, struct error *error);

/* The key of a record, with or without the content of the inputs. */
int reuse_key_of(const struct record *record, bool content, struct record *key, struct error *error);

/* Whether --tables keeps the stage from making all that it makes: its record then stays as it is. */
bool reuse_narrowed(const struct run *run, size_t position);

/* The stage that writes the file; stage_count when none does. */
size_t reuse_maker(const struct file_use *file);

/* The label of a file of a stage, "aggregate/m01_…". NULL with the error set when memory is out. */
const char *reuse_label(const struct file_use *file, struct arena *arena, struct error *error);

/* The rows of a column file or table; 0 of another. -1 with the error set when it cannot be read. */
int reuse_count(const struct reuse_file *file, unsigned long long *rows, struct error *error);

/* Where a file of a label ("aggregate/m01_…") lies in the folders of a run; NULL: of this run, as far as it is built. */
const char *reuse_place(const struct run *run, const char *label, const char *run_name, struct arena *arena,
	struct error *error);

/* The content of what a stage has made, by its label: of a column file, which is large and nobody's but the next run's, its
   digest, as its writer reckoned it or anew; else the SHA-256. -1 with the error set. */
int reuse_hash(const char *label, const char *path, bool anew, char text[HASH_TEXT], struct error *error);

/* The same of files that have just been made, in the run's arena. */
int reuse_hashes(const struct run *run, const struct reuse_file *files, size_t count, char (**text)[HASH_TEXT], struct error *error);

/* internal/work/<stage>.record */
const char *reuse_record_path(const struct run *run, size_t position, struct arena *arena, struct error *error);

#endif
