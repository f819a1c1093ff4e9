/* What earlier publications have told: the disclosure ledger set against the tables of the run. docs/method.md, 13, has the rules and
   their reasons. */
#ifndef FINSAMSTAT_STAGES_PROTECT_PAST_PAST_H
#define FINSAMSTAT_STAGES_PROTECT_PAST_PAST_H

#include "pipeline/table/ledger/ledger.h"
#include "stages/protect/tables.h"

struct past;

struct past_account {
	size_t known;   /* cells that are small, or that protection would withhold, and that were printed with the same value: printed, exempt */
	size_t known_in[TABLES_MOST]; /* the same by table */
	size_t earlier; /* cells that show the figure of an approved run */
	size_t left_out; /* rounded counts that are withheld, since they would narrow those of a period within theirs or around it */
};

/* Of each count (rows × measures) the least and the most that it may be rounded to, multiples of the base; NULL without a ledger. */
struct past_bounds {
	int64_t *least[TABLES_MOST], *most[TABLES_MOST];
};

/* Before the rules; with rounded counts when they are rounded (tables.truth). Finds what the ledger (NULL or empty: nothing) says of every cell; withholds what was withheld before and has not
   changed, or changed to what would be withheld too; demands cells that differ by 1 … minimum − 1 from a printed one of a period that
   contains theirs or that theirs contains, and those that a withheld one of such a period may be so near to. Of rounded counts it finds only where earlier figures must stand. NULL with
   the error set. */
struct past *past_begin(struct tables *tables, const struct ledger *ledger, const struct settings *settings, struct error *error);

/* Before rounding. A count of participations, or of persons in the whole förbund, is no less than in a shorter period within its own: rounded to less
   than that was, both would be known within less than a base. -1 with the error set. */
int past_bounds(struct tables *tables, const struct ledger *ledger, const struct settings *settings, struct past_bounds *bounds,
	struct error *error);

/* What the ledger says of a cell; LEDGER_NEW without a ledger. */
enum ledger_state past_state(const struct tables *tables, size_t table, size_t row, size_t measure);

/* Whether a cell was printed with the same value: it is known, and withholding it would be of no use. */
bool past_known(const struct tables *tables, size_t table, size_t row, size_t measure);

/* What the latest approval printed of a count for the same days where that is another number now: beside new figures of other days, where its block stands.
   *told, 0 where it printed none or the same; `code`: of each dimension, of a row that may be gone. -1 with the error set. */
int past_told(const struct tables *tables, size_t table, const char *const *code, size_t measure, int64_t *told, struct error *error);

/* When all other tables are protected. What is known is printed again. Where a figure was printed for the same days and its change may not
   be told, or protection would withhold it now, all tables that hang together with it for these days show what was published before,
   with `earlier` set. Rounded counts of days that no approval has, of which one would narrow those of a period within them or around them, are
   withheld with all that hang together with them. Rows are added: no table may be asked for its cells' demands afterwards. -1 with the error set. */
int past_end(struct past *past, struct past_account *account, struct error *error);

#endif
