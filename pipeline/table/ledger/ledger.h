/* The disclosure ledger: every cell of the approved runs of a förbund, so that what was once printed or withheld is known when
   tables come again. Two files in the förbund folder, whatever OUT is, both 0600:

       huvudbok.csv     godkand_ar,korning,fran,till,tabell,nyckel,matt,status,varde, a line a cell, oldest approval first
       huvudbok.nyckel  32 random bytes as hexadecimal, made with the first approval

   fran and till are the days that the cell is about: its month, the part of its year inside the period, or the period. nyckel is the
   dimension values joined by |. A printed cell has status "" and the printed text, a rounded count `avrundad`; one that could not be computed `saknas`; a
   withheld one `skyddad` and a keyed hash (BLAKE2b-256) of the cell and its value before protection. Equal values of two cells have different hashes. A copy of
   huvudbok.csv alone tells nothing of a withheld count; with the key one can try 1, 2, 3 and 4, so that the two files together are
   as secret as the extracts beside them. */
#ifndef FINSAMSTAT_TABLE_LEDGER_H
#define FINSAMSTAT_TABLE_LEDGER_H

#include "pipeline/table/cube/cube.h"
#include "pipeline/table/settings/settings.h"

struct ledger;

/* Enters every cell of a run: its published tables those of PUBLISHED/data and, for what they withhold, of
   INTERNAL/aggregate.
   `settings` are those of the run (its period). Cells of the same run entered before are replaced, all others stay. The ledger is
   replaced whole or not at all. `directory` is the förbund folder. -1 with the error set: EXIT_IO, also when there is a ledger but no
   key to it; EXIT_DATA when a table is malformed. */
int ledger_approve(const char *directory, const struct settings *settings, const char *published, const char *internal,
	const char *run, int year, struct error *error);

/* The ledger in a file and its key, an empty one where there is no file. NULL with the error set as above. */
struct ledger *ledger_open(const char *path, const char *key, struct arena *arena, struct error *error);
size_t ledger_cells(const struct ledger *ledger);

/* A line of the ledger, by position: the later approval stands behind the earlier. */
struct ledger_entry {
	const char *run, *table, *key, *measure;
	int32_t from, to;
	enum cell_status status;
	const char *text; /* printed: the figure as it stood */
	bool rounded;     /* printed: a rounded count, which nobody takes for the true one */
};
struct ledger_entry ledger_entry(const struct ledger *ledger, size_t position);

/* Whether a withheld cell of the ledger had this value before protection. */
bool ledger_had(const struct ledger *ledger, size_t position, double value);

#define LEDGER_NONE SIZE_MAX

/* The entries of a cell, whatever days they are about: the latest, then each one before it; LEDGER_NONE at the end. `key` is the
   dimension values joined by |. */
size_t ledger_find(const struct ledger *ledger, const char *table, const char *key, const char *measure);
size_t ledger_before(const struct ledger *ledger, size_t position);

/* An entry of the latest approval that has the table for these days; LEDGER_NONE when none has it. A combination that this approval
   lacks was printed as 0, if it tells of its insats or målgrupp at all (ledger_tells_of). */
size_t ledger_part(const struct ledger *ledger, const char *table, int32_t from, int32_t to);

/* Whether that approval printed rounded counts of them: then neither was a combination that it lacks 0. False when none has it. */
bool ledger_part_rounded(const struct ledger *ledger, const char *table, int32_t from, int32_t to);

/* The tables and days that approvals have, each once: how many, and an entry of the latest approval that has it. */
size_t ledger_parts(const struct ledger *ledger);
struct ledger_entry ledger_part_entry(const struct ledger *ledger, size_t part);

/* The insatser (of tables i, g and e) and målgrupper (of m02) that approvals tell of, TOT among them: each once for the days. */
struct ledger_name {
	const char *name;
	bool malgrupp;
	int32_t from, to;
};
size_t ledger_names(const struct ledger *ledger);
struct ledger_name ledger_name(const struct ledger *ledger, size_t number);

/* Whether some approval tells of the insats or målgrupp for these days: where none does, it was not printed as 0. */
bool ledger_tells_of(const struct ledger *ledger, bool malgrupp, const char *name, size_t length, int32_t from, int32_t to);

/* A table as the latest approval that has it for these days told it: printed numbers, what could not be computed as missing, and withheld counts as
   such with the number that they were, which their hash tells to whoever has the key; missing where no number up to ten times the largest printed one
   (and a thousand) has that hash. Its name is the table's with the days. Sorted. NULL with the error set: EXIT_DATA when a line names no cell of the
   table. */
struct cube *ledger_cube(const struct ledger *ledger, const struct table *table, int32_t from, int32_t to, struct arena *arena,
	struct error *error);

enum ledger_state {
	LEDGER_NEW,       /* no approved run has the cell, or it could not be computed */
	LEDGER_PRINTED,   /* printed, and now the same */
	LEDGER_REVISED,   /* printed, and now another value; rounded, and now exact */
	LEDGER_WITHHELD,  /* withheld, and now the same */
	LEDGER_CHANGED    /* withheld, and now another value */
};

/* What the latest approval that has the table for these days says of a cell (and of one that it lacks, whether an earlier one
   withheld the same value): `value` is the value before protection and `text` how it would be printed: the text of a text, the
   rounded figure by number_write_full. `rounded`: counts are rounded now, too. */
enum ledger_state ledger_look(const struct ledger *ledger, const char *table, const char *key, const char *measure, int32_t from,
	int32_t to, double value, const char *text, bool rounded);

/* The days that a cell is about (see above). */
void ledger_days(const struct settings *settings, const struct table *table, const char *const *key, int32_t *from, int32_t *to);

#endif
