/* The audit of any frequency tables in one file: the command `finsamstat audit`. */
#ifndef FINSAMSTAT_STAGES_AUDIT_FILE_AUDIT_FILE_H
#define FINSAMSTAT_STAGES_AUDIT_FILE_AUDIT_FILE_H

#include <stdint.h>

#include "pipeline/base/text.h"

struct audit_result {
	size_t cells, withheld; /* rows of the file, and those of them withheld */
	size_t findings;
	bool searched; /* false: without withheld rows, and too many combinations of codes to look for derived counts */
};

/* Reads `file`: a CSV with the columns table, one a dimension, and value (a whole number ≥ 0, or `..` for a withheld one);
   TOTAL is the total of a dimension, also of one that a table does not cross; a combination of a table's finest codes without a
   row is 0. `hierarchy` (NULL: none): a CSV with the columns dim, parent, child; groups may overlap.

   Appends to `findings` one CSV line a row that gives a small count (1 … threshold − 1) away, in the order of the file, with the
   file's columns but the value, and `finding`:
     published   a small count is printed, or the row is withheld while the same set is printed elsewhere
     determined  the other figures give the withheld count
     narrow      the withheld count must be small, or may be and is known within fewer than threshold − 1
     difference  two printed counts of which one holds the other differ by a small number
     undecided   neither safety nor its contrary could be shown
     derived     looked for where no row is withheld and nothing above is found: the printed ones give a small count that no table
                 shows; the table's name is empty
   In a file of rounded tables, which has no withheld rows, a breach is thus a small count that is printed, or that a difference
   or any other sum of printed ones gives: rounded counts are never small, so what is small is true. A withheld count that cannot be small may be narrow. Nothing is appended when there is none; no figure is ever told.
   -1 with the error set: EXIT_DATA when the file is malformed or its figures contradict one another, EXIT_IO. */
int audit_file(const char *file, const char *hierarchy, int64_t threshold, struct audit_result *result, struct text *findings,
	struct error *error);

#endif
