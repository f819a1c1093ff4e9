/* Figures that were published earlier outside this program (publicerat.csv, which q01 shows): everybody knows them. */
#ifndef FINSAMSTAT_STAGES_PROTECT_PAST_KNOWN_H
#define FINSAMSTAT_STAGES_PROTECT_PAST_KNOWN_H

#include "pipeline/table/settings/settings.h"
#include "stages/protect/tables.h"

/* Before the rules. Marks (tables->known) every figure that q01 says was published earlier, with as many decimals as were written, and
   that is the same today: no witness may change it. One that differs today is of other days or another rule: it fixes nothing. Withholds
   the small ones (1 … minimum − 1). -1 with the error set when memory is out. */
int known_begin(struct tables *tables, int64_t minimum, struct error *error);

/* Before the rules. Sets the least number of persons of each förmån in m01 (tables->least) that its helårsekvivalenter leave: a person has at most
   the days of the period in the year, of kommun's months, so that many persons are needed. They are withheld with their persons, but known
   about as well as sums bound them. */
void known_least(const struct tables *tables, const struct settings *settings);

/* Whether a cell's figure is known: published earlier outside the program; or that, or printed by an approved run with the same value
   (past.h). */
const char *known_text(const struct tables *tables, size_t table, size_t row, size_t measure); /* as it was published; NULL when it was not */
bool known_outside(const struct tables *tables, size_t table, size_t row, size_t measure);
bool known_cell(const struct tables *tables, size_t table, size_t row, size_t measure);

/* When all tables are final. Writes the exempt cells, which are withheld though what is known fixes them, to a CSV file
   (tabell,nyckel,matt,skal): those that were published earlier, and those that follow from such figures. Counts them by table.
   -1 with the error set. */
int known_write(const struct tables *tables, const char *path, size_t exempt[TABLES_MOST], struct error *error);

#endif
