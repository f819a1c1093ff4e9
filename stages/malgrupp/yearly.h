/* The classes of a person in a year: byten (m04), tid (m05) and the two ends of a flow (m07). */
#ifndef FINSAMSTAT_STAGES_MALGRUPP_YEARLY_H
#define FINSAMSTAT_STAGES_MALGRUPP_YEARLY_H

#include <stdbool.h>
#include <stddef.h>

#include "stages/malgrupp/measured.h"
#include "stages/malgrupp/person.h"

#define YEARLY_BYTEN 5
#define YEARLY_TID 6
extern const char *const yearly_byten[YEARLY_BYTEN]; /* 0, 1, 2, 3-4, 5+ */
extern const char *const yearly_tid[YEARLY_TID];     /* 0, 1-11, 12-35, 36-59, 60-119, 120+ */

/* m04: whether the person is active in AF, FK or KOM in the year's part, and the class of its changes of the set of these
   parts from month to month, both months in the year's part; no activity is a set too. */
bool yearly_changes(const struct person *person, const struct measured_year *year, size_t *byten);

/* m05: whether the person is active at any part in the year's part, and the class of the months from the first to the last of
   the unbroken run of support that holds the part's last month (the run goes on as far as the panel; 0 when that month has
   none). */
bool yearly_support(const struct person *person, const struct measured_year *year, size_t *tid);

/* m07: whether the person is active in the last month of the year before or of the year's part, and the combinations. False
   when the month before lies outside the panel. */
bool yearly_flow(const struct person *person, const struct measured_year *year, size_t *fran, size_t *till);

#endif
