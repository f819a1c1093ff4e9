/* Dates, periods and settings as a Swedish reader writes them. */
#ifndef FINSAMSTAT_STAGES_PUBLISH_WORDS_H
#define FINSAMSTAT_STAGES_PUBLISH_WORDS_H

#include <stdint.h>

#include "pipeline/table/settings.h"

#define WORDS_TEXT 96 /* room for any text written here, with its NUL */

/* "31 augusti 2018" */
void words_day(int32_t day, char text[WORDS_TEXT]);

/* "januari–augusti 2018", "augusti 2018", "juli 2017–juni 2018" */
void words_period(int32_t first_day, int32_t last_day, char text[WORDS_TEXT]);

/* A fraction as a per cent with at most one decimal: "95 %", "3,5 %". */
void words_per_cent(double fraction, char text[WORDS_TEXT]);

/* An uncertain share: "20 % (10–30 %)", "20 %" without a range. */
void words_uncertain(const struct uncertain *share, char text[WORDS_TEXT]);

#endif
