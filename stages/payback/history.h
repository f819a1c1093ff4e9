/* The linked records of one person, found in the sorted column files without reading the others'. */
#ifndef FINSAMSTAT_STAGES_PAYBACK_HISTORY_H
#define FINSAMSTAT_STAGES_PAYBACK_HISTORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pipeline/stage.h"
#include "pipeline/table/column/column.h"
#include "stages/payback/codes.h"
#include "stages/payback/ledger.h"

#define HISTORY_COLUMNS 5

/* A column file sorted by person, with the positions of the columns in use. */
struct history_file {
	struct column_file *file;
	size_t column[HISTORY_COLUMNS];
};

struct history {
	const struct codes *codes;
	int32_t panel_first;  /* month */
	size_t panel_words;   /* a person */
	struct history_file fk, af, bistand, kontakt, panel;
};

/* Opens the files, declared by the running stage. -1 with the error set; history_close is needed in any case. */
int history_open(struct history *history, const struct run *run, const struct codes *codes, struct arena *arena,
	struct error *error);
void history_close(struct history *history);

/* The first row whose person is not before `person`; the number of rows when there is none. */
size_t history_find(const struct history_file *file, uint32_t person);

/* Whether there is something to link: rows of FK, of AF and of KOM. (Care may be left out: it is then 0 before and after.) */
bool history_whole(const struct history *history);

/* Whether any of the four extracts has a record of the person. */
bool history_linked(const struct history *history, uint32_t person);

/* The person's ledger in a window of months of the panel: support, care and casework; work stays 0. -1 with the error set
   (EXIT_BUG) for a person whom the panel lacks. */
int history_ledger(const struct history *history, uint32_t person, struct window window, struct ledger *ledger,
	struct error *error);

#endif
