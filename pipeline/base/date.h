/* Days and months of the Gregorian calendar as plain integers. No time zone, no clock. */
#ifndef FINSAMSTAT_BASE_DATE_H
#define FINSAMSTAT_BASE_DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A day is the number of days since 1970-01-01 (which is 0); a month is year·12 + month − 1 (January 2018 = 24216).
   Years 1 to 9999. */
#define DATE_ONGOING INT32_MAX /* the end of a spell that has not ended */

/* Day number of a date; month 1–12, day 1–31, not checked. After H. Hinnant, "chrono-compatible low-level date algorithms". */
static inline int32_t date_day(int year, int month, int day)
{
	int y = month <= 2 ? year - 1 : year; /* the year starts in March, so that the leap day comes last */
	int era = y / 400;
	int year_of_era = y - era * 400;
	int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
	int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
	return era * 146097 + day_of_era - 719468;
}

/* Parts of a day number. After C. Neri and L. Schneider, "Euclidean affine functions and their application to calendar algorithms" (2022): a
   division by a constant for each part, which the month of every spell's ends is worth. */
static inline void date_parts(int32_t day, int *year, int *month, int *day_of_month)
{
	uint32_t quarters = 4 * (uint32_t)(day + 719468) + 3; /* of days from 1 March of year 0 */
	uint32_t century = quarters / 146097;
	uint64_t scaled = UINT64_C(2939745) * (quarters % 146097 | 3);
	uint32_t year_of_century = (uint32_t)(scaled >> 32), day_of_year = (uint32_t)scaled / 2939745 / 4;
	uint32_t months = 2141 * day_of_year + 197913;
	int march_month = (int)(months >> 16);
	bool next_year = day_of_year >= 306; /* January and February */
	*day_of_month = (int)((months & 0xFFFF) / 2141) + 1;
	*month = next_year ? march_month - 12 : march_month;
	*year = (int)(100 * century + year_of_century) + next_year;
}

static inline int32_t date_month(int year, int month_of_year) /* month_of_year 1–12 */
{
	return year * 12 + month_of_year - 1;
}

static inline int32_t date_month_of(int32_t day) /* month that holds the day */
{
	int year, month, day_of_month;
	date_parts(day, &year, &month, &day_of_month);
	return date_month(year, month);
}

static inline int date_year_of_month(int32_t month)
{
	return month / 12;
}

static inline int date_year_of(int32_t day)
{
	int year, month, day_of_month;
	date_parts(day, &year, &month, &day_of_month);
	return year;
}

/* As date_day, and after the same article as date_parts. */
static inline int32_t date_first_day(int32_t month)
{
	uint32_t since = (uint32_t)month - 2, year = since / 12, of_year = since % 12; /* from March of year 0: the leap day comes last */
	uint32_t century = year / 100;
	return (int32_t)(1461 * year / 4 - century + century / 4 + (979 * of_year + 18) / 32) - 719468;
}

static inline int32_t date_last_day(int32_t month)
{
	return date_first_day(month + 1) - 1;
}

int date_days_in_year(int year); /* 365 or 366 */

/* The same day of the month `months` later (or earlier, if negative); a day that month lacks becomes its last. */
int32_t date_add_months(int32_t day, int32_t months);

/* Completed months from `from` to `to` ≥ from: 12·Δyear + Δmonth − (day of `to` < day of `from`). */
int32_t date_completed_months(int32_t from, int32_t to);

/* Reads exactly YYYY-MM-DD, an existing date. Returns false, *day untouched, otherwise. */
bool date_read(const char *text, size_t length, int32_t *day);

/* Reads exactly YYYY-MM. Returns false, *month untouched, otherwise. */
bool date_read_month(const char *text, size_t length, int32_t *month);

#define DATE_TEXT 11 /* room for a date as text with its NUL */
void date_write(int32_t day, char text[DATE_TEXT]);        /* YYYY-MM-DD */
void date_write_month(int32_t month, char text[DATE_TEXT]); /* YYYY-MM */

#endif
