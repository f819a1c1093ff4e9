/* How the figure of a goal is counted. */
#ifndef FINSAMSTAT_STAGES_GOALS_FIGURE_H
#define FINSAMSTAT_STAGES_GOALS_FIGURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pipeline/maths/verdict.h"
#include "pipeline/table/schema/codelist.h"
#include "pipeline/table/settings/settings.h"

/* A participation, as the stage insats leaves it in `utfall`. */
struct outcome {
	uint32_t person;         /* COLUMN_NONE_U32: anonymous */
	int32_t start, slut;     /* days; slut DATE_ONGOING: not exited by the end of the period */
	bool i_period, ny, avslutad;
	uint16_t sysselsattning; /* bits by position in the code list: what stands in sysselsattning_slut */
	bool enkatpar;           /* the person has a survey pair in the insats */
};

/* What is known of an insats. */
struct facts {
	size_t outcomes; /* its participations on file; none for volym */
	const struct outcome *outcome;
	int64_t deltagare, kvinnor, man; /* persons of i01; of a volym insats the counts of i10 */
	int64_t nya, avslutade;
	int64_t kostnad; /* öre, the whole utfall in the period */
	double kotid;    /* months, median; NAN: no one waits */
	int32_t period_to;
	const struct codelist *sysselsattning;
};

/* The figure of the goal. `persons` has room for the insats's participations and is overwritten. */
struct figure figure_of(const struct goal *goal, const struct facts *facts, uint32_t *persons);

#endif
