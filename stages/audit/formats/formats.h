/* The other formats of a publication against data/: every figure that they show must stand there, the same, and none that is
   withheld may be seen. */
#ifndef FINSAMSTAT_STAGES_AUDIT_FORMATS_FORMATS_H
#define FINSAMSTAT_STAGES_AUDIT_FORMATS_FORMATS_H

#include "stages/audit/relations/published.h"

/* A table of data/ and its file's bytes as published: the text of every figure. */
struct formats {
	struct arena *arena;
	struct published *published;
	const char *shown;     /* file being read, below the publication: "px/m01_forsorjningsmatt.px" */
	const char *bytes;     /* its bytes, NUL behind */
	size_t length;
	size_t figures;        /* compared so far, of all files */
	size_t next;           /* in excel/: the figure of data/ that the next line should be, as they have the same order */
};

/* The bytes of a file, whatever it is. -1 with the error set. */
int formats_read(struct formats *formats, const char *path, struct error *error);

/* Each reads formats->bytes. 0; -1 with the error set: EXIT_DISCLOSURE, naming file and table, when a figure differs from data/ or is
   shown where data/ withholds it; EXIT_DATA when the file cannot be understood. */
int formats_excel(struct formats *formats, const char *path, const char *table, struct error *error);
int formats_px(struct formats *formats, const char *table, struct error *error);
int formats_workbook(struct formats *formats, struct error *error);
int formats_marked(struct formats *formats, struct error *error); /* rapport.html and diagram/ */

/* For the readers: whether a text shown for a figure (row CUBE_NO_ROW: a combination without one) says what data/ says. `text` has a
   decimal point; "" is what shows no figure. Counts it. -1 with the error set (EXIT_DISCLOSURE). */
int formats_compare(struct formats *formats, const struct published_table *table, size_t row, size_t measure, const char *text,
	size_t length, struct error *error);
int formats_differ(const struct formats *formats, const struct published_table *table, struct error *error);

#endif
