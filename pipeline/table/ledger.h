/* The disclosure ledger: every cell of the approved runs of a förbund, so that what was once printed or withheld is known when
   tables come again. Two files in the förbund folder, whatever OUT is, both 0600:

       huvudbok.csv     godkand_ar,korning,fran,till,tabell,nyckel,matt,status,varde, a line a cell, oldest approval first
       huvudbok.nyckel  32 random bytes as hexadecimal, made with the first approval

   fran and till are the days that the cell is about: its month, the part of its year inside the period, or the period. nyckel is the
   dimension values joined by |. A printed cell has status "" and the printed text; a withheld one `skyddad` and a keyed hash
   (BLAKE2b-256) of the cell and its value before protection. Equal values of two cells have different hashes. A copy of
   huvudbok.csv alone tells nothing of a withheld count; with the key one can try 1, 2, 3 and 4, so that the two files together are
   as secret as the extracts beside them. */
#ifndef FINSAMSTAT_TABLE_LEDGER_H
#define FINSAMSTAT_TABLE_LEDGER_H

#include "pipeline/table/cube.h"
#include "pipeline/table/settings.h"

struct ledger;

/* Enters every cell of a run: its published tables those of PUBLISHED/data and, for what they withhold, of
   INTERNAL/aggregate.
   `settings` are those of the run (its period). Cells of the same run entered before are replaced, all others stay. The ledger is
   replaced whole or not at all. `directory` is the förbund folder. -1 with the error set: EXIT_IO, also when there is a ledger but no
   key to it; EXIT_DATA when a table is malformed. */
int ledger_approve(const char *directory, const struct settings *settings, const char *published, const char *internal,
	const char *run, int year, struct error *error);

/* The ledger of a förbund folder, an empty one where there is none. NULL with the error set as above. */
struct ledger *ledger_read(const char *directory, struct arena *arena, struct error *error);
size_t ledger_cells(const struct ledger *ledger);

enum ledger_state {
	LEDGER_NEW,       /* no approved run has the cell */
	LEDGER_PRINTED,   /* printed, and now the same */
	LEDGER_REVISED,   /* printed, and now another value */
	LEDGER_WITHHELD,  /* withheld, and now the same */
	LEDGER_CHANGED    /* withheld, and now another value */
};

/* What the latest approval that has the cell says of it. `key` has one code a dimension; `value` is the value before protection and
   `text` how it would be printed: the text of a text, the rounded figure by number_write_full; the days are those of ledger_days. A combination without a row in a table of the ledger was
   printed as 0. */
enum ledger_state ledger_look(const struct ledger *ledger, const struct table *table, const char *const *key, size_t measure,
	int32_t from, int32_t to, double value, const char *text);

/* The days that a cell is about (see above). */
void ledger_days(const struct settings *settings, const struct table *table, const char *const *key, int32_t *from, int32_t *to);

#endif
