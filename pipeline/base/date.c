/* Calendar arithmetic: see date.h. */
#include "pipeline/base/date.h"

#include <stdbool.h>
#include <stdio.h>

int date_days_in_year(int year)
{
	return date_day(year + 1, 1, 1) - date_day(year, 1, 1);
}

int32_t date_add_months(int32_t day, int32_t months)
{
	int year, month, day_of_month;
	date_parts(day, &year, &month, &day_of_month);
	int32_t target = date_month(year, month) + months;
	int32_t last = date_last_day(target) - date_first_day(target) + 1;
	return date_first_day(target) + (day_of_month < last ? day_of_month : last) - 1;
}

int32_t date_completed_months(int32_t from, int32_t to)
{
	int from_year, from_month, from_day, to_year, to_month, to_day;
	date_parts(from, &from_year, &from_month, &from_day);
	date_parts(to, &to_year, &to_month, &to_day);
	return 12 * (to_year - from_year) + (to_month - from_month) - (to_day < from_day);
}

/* `count` decimal digits as a number, or -1. */
static int digits(const char *text, size_t count)
{
	int value = 0;
	for (size_t i = 0; i < count; i++) {
		if (text[i] < '0' || text[i] > '9')
			return -1;
		value = value * 10 + (text[i] - '0');
	}
	return value;
}

bool date_read_month(const char *text, size_t length, int32_t *month)
{
	if (length != 7 || text[4] != '-')
		return false;
	int year = digits(text, 4), of_year = digits(text + 5, 2);
	if (year < 1 || of_year < 1 || of_year > 12)
		return false;
	*month = date_month(year, of_year);
	return true;
}

bool date_read(const char *text, size_t length, int32_t *day)
{
	int32_t month;
	if (length != 10 || text[7] != '-' || !date_read_month(text, 7, &month))
		return false;
	int of_month = digits(text + 8, 2);
	int32_t first = date_first_day(month);
	if (of_month < 1 || first + of_month - 1 > date_last_day(month))
		return false;
	*day = first + of_month - 1;
	return true;
}

void date_write(int32_t day, char text[DATE_TEXT])
{
	int year, month, day_of_month;
	date_parts(day, &year, &month, &day_of_month);
	(void)snprintf(text, DATE_TEXT, "%04u-%02u-%02u", (unsigned)year % 10000U, (unsigned)month % 100U,
		(unsigned)day_of_month % 100U);
}

void date_write_month(int32_t month, char text[DATE_TEXT])
{
	(void)snprintf(text, DATE_TEXT, "%04u-%02u", (unsigned)(month / 12) % 10000U, (unsigned)(month % 12 + 1));
}
