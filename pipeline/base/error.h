/* What went wrong, said once where the fault is found and carried to main, which alone prints and exits. */
#ifndef FINSAMSTAT_BASE_ERROR_H
#define FINSAMSTAT_BASE_ERROR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Exit codes of the program (docs/manual.md). */
enum exit_code {
	EXIT_DONE = 0,
	EXIT_WARNINGS = 3,    /* published, with warnings */
	EXIT_DISCLOSURE = 4,  /* the disclosure audit stopped publishing */
	EXIT_USAGE = 64,
	EXIT_DATA = 65,       /* data refused */
	EXIT_NO_EXTRACT = 66, /* an extract that the settings need is missing */
	EXIT_BUG = 70,
	EXIT_IO = 74,
	EXIT_LOCKED = 75,     /* another run holds the lock */
	EXIT_SETTINGS = 78
};

#define ERROR_KEPT 100   /* messages kept; further ones are only counted */
#define ERROR_LENGTH 320 /* bytes of one message, with its final NUL; longer ones are cut between characters */

/* Where in the delivery a fault stands, and what it is called. What is not known is 0 or NULL. */
struct error_place {
	const char *file;      /* or the source */
	uint64_t line, record; /* physical line; record of the file, the header being 1 */
	const char *column;    /* as the message says it: "column 'fran'", "column 3", "field 3" */
	const char *code;      /* "DATE_INVALID" */
	bool code_first;       /* the code stands before the column: faults in the form of a CSV */
};

/* The same of a message, for machines: words by where they stand in it, of 0 bytes where there are none, or where
   the message was cut in them. */
struct error_spot {
	uint64_t line, record;
	uint16_t file; /* bytes: the message begins with it */
	uint16_t column, column_bytes, code, code_bytes; /* of the column the name, or the number */
	uint16_t reason; /* the rest begins there; 0: all of the message is the reason */
};

/* A plain value without pointers: it can be zeroed, copied, and sent through a pipe from a stage's process. */
struct error {
	enum exit_code code; /* EXIT_DONE while nothing is wrong; the first message's code afterwards */
	size_t count;        /* messages raised, kept or not */
	char message[ERROR_KEPT][ERROR_LENGTH];
	struct error_spot spot[ERROR_KEPT]; /* zero but of error_at's */
};

/* Adds a message (no final newline, no program name) and returns -1, so that a function can end with
   `return error_set(error, …)`. Never allocates. A later message does not change `code`. */
int error_set(struct error *error, enum exit_code code, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* error_set for a failed system call: appends ": " and strerror(number); code is EXIT_IO. */
int error_system(struct error *error, int number, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* error_set for a fault of the delivery (EXIT_DATA): `FILE:LINE: COLUMN: CODE: reason`, or `FILE:LINE: CODE: COLUMN: reason`, less
   what is not known. The record is said only where the line does not say it: `FILE: record N: …`, or at the end, ` (record N)`. */
int error_at(struct error *error, const struct error_place *place, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Adds one of the kept messages of `from`. */
void error_copy(struct error *error, const struct error *from, size_t message);

/* Adds the messages of `from`, which keep their own code only when they come first. */
void error_join(struct error *error, const struct error *from);

/* Messages that can be read from `message`: min(count, ERROR_KEPT). */
size_t error_kept(const struct error *error);

#endif
