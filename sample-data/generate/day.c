// day.c: the civil calendar by whole-number arithmetic (days in eras of 400 years, the year from March).
#include "sample-data/generate/day.h"

int day_of(int year, int month, int day)
{
	int y = month <= 2 ? year - 1 : year;
	int era = y / 400;
	int year_of_era = y - era * 400;
	int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

	return era * 146097 + day_of_era - 719468;
}

void day_split(int number, int *year, int *month, int *day)
{
	int z = number + 719468;
	int era = z / 146097;
	int day_of_era = z - era * 146097;
	int year_of_era =
		(day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int shifted = (5 * day_of_year + 2) / 153;

	*day = day_of_year - (153 * shifted + 2) / 5 + 1;
	*month = shifted < 10 ? shifted + 3 : shifted - 9;
	*year = year_of_era + era * 400 + (*month <= 2 ? 1 : 0);
}

int day_year(int number)
{
	int year, month, day;

	day_split(number, &year, &month, &day);
	return year;
}

int day_month(int number)
{
	int year, month, day;

	day_split(number, &year, &month, &day);
	return 12 * year + month - 1;
}

int month_first(int month)
{
	return day_of(month / 12, month % 12 + 1, 1);
}

int month_last(int month)
{
	return month_first(month + 1) - 1;
}

static void digits(char *out, int value, int count)
{
	for (int i = count - 1; i >= 0; i--) {
		out[i] = (char)('0' + value % 10);
		value /= 10;
	}
}

void day_text(int number, char out[11])
{
	int year, month, day;

	day_split(number, &year, &month, &day);
	digits(out, year, 4);
	out[4] = '-';
	digits(out + 5, month, 2);
	out[7] = '-';
	digits(out + 8, day, 2);
	out[10] = '\0';
}

void month_text(int month, char out[8])
{
	digits(out, month / 12, 4);
	out[4] = '-';
	digits(out + 5, month % 12 + 1, 2);
	out[7] = '\0';
}
