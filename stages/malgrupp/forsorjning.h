/* What a person received in a year's part of the period, by förmån and group of förmåner (m01). */
#ifndef FINSAMSTAT_STAGES_MALGRUPP_FORSORJNING_H
#define FINSAMSTAT_STAGES_MALGRUPP_FORSORJNING_H

#include <stdint.h>

#include "stages/malgrupp/person.h"
#include "stages/malgrupp/sweep.h"

enum forman { FORMAN_SP, FORMAN_RP, FORMAN_SE, FORMAN_AE, FORMAN_AK, FORMAN_AS, FORMAN_UE, FORMAN_ET, FORMAN_FS, FORMANER,
	FORMAN_OHALSA = FORMANER, FORMAN_ARBMARK, FORMAN_BISTAND, FORMAN_TOT, FORMAN_CODES };

/* Codes by the enumeration above. */
extern const char *const forsorjning_codes[FORMAN_CODES];

/* The förmån of each code of the lists fk_forman and ersattning; FORMANER for one that is none (AA). */
#define FORSORJNING_LIST 16
struct forsorjning_lists {
	enum forman of_fk[FORSORJNING_LIST], of_ersattning[FORSORJNING_LIST];
};
int forsorjning_lists(struct forsorjning_lists *lists, const struct codelist *fk_forman, const struct codelist *ersattning,
	struct error *error);

struct forsorjning {
	bool present;  /* at least one day (FS: one month) */
	int64_t ore;
	int64_t parts; /* helårsekvivalenter · days of the year · FORSORJNING_PARTS: exact as a whole number */
};
#define FORSORJNING_PARTS 1200 /* per cents of a day and twelfths of a year both fit */

/* Fills every code; what is not present has no öre and no parts. `ore` follows "Money by month": the months of the year's part, each amount spread over its spell's days
   and rounded half up as it runs. `sweep` is scratch. -1 with the error set when memory is out. */
int forsorjning_year(const struct person *person, const struct measured_year *year, const struct forsorjning_lists *lists,
	struct sweep *sweep, struct forsorjning result[FORMAN_CODES], struct error *error);

#endif
