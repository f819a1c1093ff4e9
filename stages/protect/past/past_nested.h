/* Inside of past: periods within one another. A set of participations, or of persons in the whole förbund, is no smaller in the longer one, and
   everybody knows it. */
#ifndef FINSAMSTAT_STAGES_PROTECT_PAST_PAST_NESTED_H
#define FINSAMSTAT_STAGES_PROTECT_PAST_PAST_NESTED_H

#include "stages/protect/past/past_stands.h"

/* The names of a row: its key and the days that it is about. */
struct place {
	const char *key;
	int32_t from, to;
};

/* The place of a row; the key is the arena's. -1 with the error set when memory is out. */
int past_place(const struct settings *settings, const struct cube *cube, size_t row, struct place *place, struct arena *arena,
	struct error *error);

/* Whether the cell's set grows with its period. Who stands somewhere on its last day, or how a year is cut into classes, does not. Also of a row by its
   codes, which need not be there. */
bool past_grows(const struct cube *cube, size_t row, size_t measure);
bool past_grows_named(const struct table *table, const char *const *code, size_t measure);

/* Whether the sets are of participations, which do not move from cell to cell, or of persons in the whole förbund. */
bool past_never_shrinks(const struct cube *cube, size_t row);
bool past_never_shrinks_named(const struct table *table, const char *const *code);

/* Whether the row counts everybody on file until the last day of its period, whenever that began: a survival curve, a goal within N months. */
bool past_is_ever(const struct cube *cube, size_t row);

/* Whether an entry is of days within the place's or around them, and not the same; of rows that count everybody ever any days are either. */
bool past_is_nested(const struct cube *cube, size_t row, const struct ledger_entry *entry, const struct place *place);

/* Days that some approval has of a table. */
struct past_spans {
	size_t count, room;
	struct past_span {
		size_t table;
		int32_t from, to;
	} *span;
};

/* Those of all tables of the run. -1 with the error set when memory is out. */
int past_find_spans(const struct past *past, struct past_spans *spans, struct error *error);

/* Sets bounds->least and ->most of every such count by what approvals printed or withheld of periods within its own and around it. -1 with the
   error set. */
int past_nested_bounds(const struct past *past, struct past_bounds *bounds, struct error *error);

#endif
