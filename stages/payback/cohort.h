/* Who is in an insats's cohort. Pure. */
#ifndef FINSAMSTAT_STAGES_PAYBACK_COHORT_H
#define FINSAMSTAT_STAGES_PAYBACK_COHORT_H

#include <stddef.h>
#include <stdint.h>

#include "pipeline/table/settings/settings.h"
#include "stages/payback/codes.h"

/* A participation on file. The multi-response fields are lent by the column file. */
struct deltagande {
	uint32_t person; /* COLUMN_NONE_U32: anonymous */
	uint16_t insats;
	int32_t start, slut; /* days; DATE_ONGOING: not exited */
	uint32_t avslut;     /* bits of the codes */
	uint32_t efter;      /* bits of the codes of sysselsattning_slut */
	const char *forsorjning_start, *forsorjning_slut, *sysselsattning_start, *sysselsattning_slut;
};

/* Whether the participation has a stretch in from … to, and whether it is exited there. */
bool deltagande_within(const struct deltagande *deltagande, int32_t from, int32_t to);
bool deltagande_exited(const struct deltagande *deltagande, int32_t from, int32_t to);

/* Days that it takes, both ends counted, and those of them in from … to. */
int32_t deltagande_days(const struct deltagande *deltagande);
int32_t deltagande_days_within(const struct deltagande *deltagande, int32_t from, int32_t to);

/* Whether a participation qualifies: exited in `period`, without avslut 07, 09 and 13; with extrakt as underlag also with
   a pid, at least 3 months of the panel after the exit month and one before the start month. */
bool cohort_takes(const struct deltagande *deltagande, const struct settings *settings, enum underlag underlag,
	const struct codes *codes);

/* The members among `count` participations of one insats: one a person, the last exit that qualifies (then the later
   start, then the later in the list); each anonymous one by itself. `members` has room for `count`; gets pointers in the
   order of persons, anonymous ones last. Returns their number. */
size_t cohort_choose(const struct deltagande *const *list, size_t count, const struct settings *settings,
	enum underlag underlag, const struct codes *codes, const struct deltagande **members);

#endif
