/* Where the codes that the calculation names stand in the code lists. */
#ifndef FINSAMSTAT_STAGES_PAYBACK_CODES_H
#define FINSAMSTAT_STAGES_PAYBACK_CODES_H

#include <stdbool.h>
#include <stdint.h>

#include "pipeline/base/arena.h"
#include "pipeline/base/error.h"
#include "pipeline/table/schema/codelist.h"
#include "pipeline/table/schema/multi.h"
#include "stages/payback/price.h"

/* Who finances an insats, by the codes of the list finansiar. */
enum finansiar { FINANSIAR_FORBUND, FINANSIAR_STAT, FINANSIAR_KOM, FINANSIAR_REG, FINANSIAR_ESF, FINANSIAR_OVR, FINANSIARER };

struct codes {
	const struct codelist *forsorjning, *sysselsattning, *avslut, *finansiar;
	uint16_t forman[FORMANER];         /* in forsorjning */
	uint16_t fk_forman[FORMAN_AE + 1]; /* SP, RP, SE, AE in fk_forman */
	uint16_t ersattning[FORMANER];     /* AK, AS, UE, ET in ersattning, by enum forman; the rest CODE_NONE */
	uint16_t work[WORKS];              /* in sysselsattning */
	uint16_t care[CARES];              /* in vardform */
	uint16_t bearer[FINANSIARER];      /* in finansiar */
	uint32_t work_or_studies;          /* bits of AO, AU, EF, SU in sysselsattning */
	uint32_t no_saving;                /* bits of 07, 09, 13 in avslut: no support seen is no saving */
};

/* Loads the lists into the arena. -1 with the error set (EXIT_BUG) when a list lacks one of the codes. */
int codes_load(struct codes *codes, struct arena *arena, struct error *error);

/* Reads a multi-response field that link has already accepted. -1 with the error set (EXIT_BUG) when it is malformed. */
int codes_read(const struct codelist *list, const char *text, struct multi *multi, struct error *error);

#endif
