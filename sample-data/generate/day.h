// day.h: calendar days and months as whole numbers, without time zones.
#ifndef SAMPLE_DAY_H
#define SAMPLE_DAY_H

// Days since 1970-01-01 in the Gregorian calendar.
int day_of(int year, int month, int day);
void day_split(int number, int *year, int *month, int *day);
int day_year(int number);

// A month is 12 * year + month - 1.
int day_month(int number);
int month_first(int month);
int month_last(int month);

// YYYY-MM-DD and YYYY-MM, with NUL; years 0 to 9999.
void day_text(int number, char out[11]);
void month_text(int month, char out[8]);

#endif
