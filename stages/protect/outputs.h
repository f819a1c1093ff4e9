/* What protection leaves behind, written side by side: the protected tables, the account of each, the witnesses. */
#ifndef FINSAMSTAT_STAGES_PROTECT_OUTPUTS_H
#define FINSAMSTAT_STAGES_PROTECT_OUTPUTS_H

#include "pipeline/stage.h"
#include "stages/protect/facts/proof.h"
#include "stages/protect/past/past.h"

struct outputs {
	/* the caller's */
	const struct run *run;
	const struct tables *tables; /* final; their rows are put in order */
	const struct past_account *past;
	const struct proof *proof;   /* NULL: none */
	/* found */
	size_t cells, withheld;      /* of the tables that are written */
	size_t exempt;               /* cells that what is known fixes */
	size_t crowds;               /* tables with more than 10 % small counts, and what would help: "m03 utan kombination; …" */
	const char *crowded;
};

/* Writes them, on all threads. The work's memory is the tables' arena. -1 with the error of one that failed. */
int outputs_write(struct outputs *outputs, struct error *error);

#endif
