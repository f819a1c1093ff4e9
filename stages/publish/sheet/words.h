/* Dates, periods and settings as a Swedish reader writes them. */
#ifndef FINSAMSTAT_STAGES_PUBLISH_SHEET_WORDS_H
#define FINSAMSTAT_STAGES_PUBLISH_SHEET_WORDS_H

#include <stdint.h>

#include "pipeline/table/settings/settings.h"

#define WORDS_TEXT 96 /* room for any text written here, with its NUL */

/* "31 augusti 2018" */
void words_day(int32_t day, char text[WORDS_TEXT]);

/* "aug 2018", of a month as in date.h */
void words_month(int32_t month, char text[WORDS_TEXT]);

/* "januari–augusti 2018", "augusti 2018", "juli 2017–juni 2018" */
void words_period(int32_t first_day, int32_t last_day, char text[WORDS_TEXT]);

/* A fraction as a per cent with at most one decimal: "95 %", "3,5 %". */
void words_per_cent(double fraction, char text[WORDS_TEXT]);

/* An uncertain share: "20 % (10–30 %)", "20 %" without a range. */
void words_uncertain(const struct uncertain *share, char text[WORDS_TEXT]);

/* A text as the part of a file name: lower-case letters and digits, å ä é ö ü without their marks, '-' for what stands between;
   at most WORDS_SLUG bytes, "" when nothing is left. */
#define WORDS_SLUG 40
void words_slug(const char *text, char slug[WORDS_TEXT]);

/* What a goal asks for, with its unit: "minst 30 % av avslutade", "högst 15 000 kr", "högst 4 månader". */
void words_requirement(const struct goal *goal, char text[WORDS_TEXT]);

/* The unit of a goal's outcome, with the space before it: " %", " kr", " månader", "" for counts and without a goal. */
const char *words_unit(const struct goal *goal);

#endif
