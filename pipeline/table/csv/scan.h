/* Words, numbers and dates in a settings value, taken from the front one by one. */
#ifndef FINSAMSTAT_TABLE_SCAN_H
#define FINSAMSTAT_TABLE_SCAN_H

#include <stdbool.h>
#include <stdint.h>

/* Each skips one or more spaces, takes what it is named after from *at and moves *at behind it; if that does not stand
   there it returns false and leaves *at and the result untouched. The text is NUL-terminated with white space folded. */

/* A whole number ≥ 0 of at most 18 digits; a space may part groups of three digits: 25 000. */
bool scan_whole(const char **at, int64_t *value);

/* The same with optional decimals after a comma or point. A mark with exactly three digits behind it ("25.000") is
   refused unless the whole part is 0: it may be meant as a thousands separator. */
bool scan_number(const char **at, double *value);

/* A word in small letters, not followed by a letter or digit. */
bool scan_word(const char **at, const char *word);
bool scan_months(const char **at); /* "månader" or "månad" */

bool scan_sign(const char **at, const char *sign); /* exactly these bytes: "%", "(" */
bool scan_dash(const char **at);                   /* - or – */
bool scan_plus_minus(const char **at);             /* ±, +- or +/- */

bool scan_date(const char **at, int32_t *day);    /* YYYY-MM-DD, no digit behind */
bool scan_month(const char **at, int32_t *month); /* YYYY-MM, no digit behind */

/* Whether nothing but spaces is left. */
bool scan_end(const char *at);

#endif
