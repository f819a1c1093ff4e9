/* A participation as the tables count it: its place in the period, its answers as bits, its outcome. */
#ifndef FINSAMSTAT_STAGES_INSATS_PARTICIPATION_H
#define FINSAMSTAT_STAGES_INSATS_PARTICIPATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pipeline/table/column/column.h"
#include "pipeline/table/schema/codelist.h"
#include "pipeline/table/settings/settings.h"

/* The code lists of a participation's fields, and the codes of sysselsattning that outcomes are defined by, as bits. */
struct participation_lists {
	const struct codelist *kon, *kommun, *utbildning, *tid_off_fors, *remittent, *forsorjning, *sysselsattning, *avslut;
	uint32_t arbete;        /* AO, AU, EF */
	uint32_t studier;       /* SU */
	uint32_t arbetssokande; /* AR */
	const struct matt *egen_forsorjning; /* the settings' [mått egen försörjning]; NULL: work or studies */
};

/* Bits of a multi-response field are positions in its code list. */
struct participation {
	uint32_t person; /* COLUMN_NONE_U32: anonymous */
	uint16_t insats; /* position in the settings */
	uint16_t kommun, utbildning, tid_off_fors, remittent; /* CODE_NONE: empty */
	uint8_t kon;
	int32_t fodelsear;
	int32_t start, slut; /* days; slut as on file, DATE_ONGOING: none */
	uint32_t forsorjning_start, forsorjning_slut, sysselsattning_start, sysselsattning_slut, avslut;
	double arbete_start, arbete_slut; /* sums of the per cents of work and studies before and after */
	/* Set by participation_classify: */
	bool counted;   /* its insats is followed as participations, not as volym */
	bool i_period;  /* start ≤ B and not ended before A */
	bool ny;        /* started in the period */
	bool avslutad;  /* ended in the period */
	bool arbete, studier, arbetssokande, borjat_eller_okat; /* outcome at slut, whenever that is */
	bool egen_forsorjning;
};

struct participations {
	size_t count;
	struct participation *item;
};

/* Loads the lists. -1 with the error set (EXIT_BUG) when one is not built in. */
int participation_lists_load(const struct settings *settings, struct arena *arena, struct participation_lists *lists,
	struct error *error);

/* Reads a row's five multi-response fields as written: forsorjning_start, forsorjning_slut, sysselsattning_start,
   sysselsattning_slut, avslut. False when one of them is malformed. */
bool participation_answers(const struct participation_lists *lists, const char *const text[5],
	struct participation *participation);

/* Sets what follows from the dates and the answers. An exit after the period is none yet: not avslutad. */
void participation_classify(const struct participation_lists *lists, const struct settings *settings,
	struct participation *participation);

/* Every participation of the column file `deltagande`, in its order, classified. -1 with the error set. */
int participation_load(const struct column_file *file, const struct participation_lists *lists,
	const struct settings *settings, struct arena *arena, struct participations *participations, struct error *error);

/* Code of the participation's kon. */
const char *participation_kon(const struct participation_lists *lists, const struct participation *participation);

#endif
