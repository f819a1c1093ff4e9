/* Tests of the calendar: every day of 1900–2100 against a calendar counted day by day, and cases done by hand. */
#include "pipeline/base/date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static bool is_leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int days_in_month(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	return days[month - 1] + (month == 2 && is_leap(year));
}

static void known_days(void **state)
{
	(void)state;
	/* Python 3.11: (datetime.date(y, m, d) - datetime.date(1970, 1, 1)).days */
	static const struct {
		int year, month, day;
		int32_t number;
	} known[] = {
		{ 1, 1, 1, -719162 },
		{ 1900, 1, 1, -25567 },
		{ 1900, 2, 28, -25509 },
		{ 1900, 3, 1, -25508 },
		{ 1969, 12, 31, -1 },
		{ 1970, 1, 1, 0 },
		{ 2000, 2, 29, 11016 },
		{ 2000, 3, 1, 11017 },
		{ 2018, 1, 31, 17562 },
		{ 2024, 2, 29, 19782 },
		{ 2100, 3, 1, 47541 },
		{ 9999, 12, 31, 2932896 },
	};
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
		int year, month, day;
		assert_int_equal(date_day(known[i].year, known[i].month, known[i].day), known[i].number);
		date_parts(known[i].number, &year, &month, &day);
		assert_int_equal(year, known[i].year);
		assert_int_equal(month, known[i].month);
		assert_int_equal(day, known[i].day);
	}
	assert_int_equal(date_month(2018, 1), 24216);
}

static void check_day(int32_t number, int year, int month, int day)
{
	int got_year, got_month, got_day;
	assert_int_equal(date_day(year, month, day), number);
	date_parts(number, &got_year, &got_month, &got_day);
	assert_int_equal(got_year, year);
	assert_int_equal(got_month, month);
	assert_int_equal(got_day, day);
	assert_int_equal(date_month_of(number), date_month(year, month));
	assert_int_equal(date_year_of(number), year);

	char expected[32], text[DATE_TEXT];
	int32_t read = INT32_MIN;
	(void)snprintf(expected, sizeof expected, "%04d-%02d-%02d", year, month, day);
	date_write(number, text);
	assert_string_equal(text, expected);
	assert_true(date_read(text, 10, &read));
	assert_int_equal(read, number);
}

static void check_month(int32_t first, int year, int month)
{
	int32_t number = date_month(year, month), read = INT32_MIN;
	char expected[32], text[DATE_TEXT];
	assert_int_equal(date_year_of_month(number), year);
	assert_int_equal(date_first_day(number), first);
	assert_int_equal(date_last_day(number), first + days_in_month(year, month) - 1);
	(void)snprintf(expected, sizeof expected, "%04d-%02d", year, month);
	date_write_month(number, text);
	assert_string_equal(text, expected);
	assert_true(date_read_month(text, 7, &read));
	assert_int_equal(read, number);
}

static void every_day_of_two_centuries(void **state)
{
	(void)state;
	int32_t number = -25567;
	for (int year = 1900; year <= 2100; year++) {
		assert_int_equal(date_days_in_year(year), is_leap(year) ? 366 : 365);
		for (int month = 1; month <= 12; month++) {
			check_month(number, year, month);
			for (int day = 1; day <= days_in_month(year, month); day++)
				check_day(number++, year, month, day);
		}
	}
	assert_int_equal(number, 47847); /* 2101-01-01 */
}

static void leap_years(void **state)
{
	(void)state;
	assert_int_equal(date_days_in_year(1900), 365);
	assert_int_equal(date_days_in_year(2000), 366);
	assert_int_equal(date_days_in_year(2023), 365);
	assert_int_equal(date_days_in_year(2024), 366);
	assert_int_equal(date_days_in_year(2100), 365);
	assert_int_equal(date_days_in_year(2400), 366);
}

static int32_t day_of(const char *text)
{
	int32_t day = INT32_MIN;
	assert_true(date_read(text, strlen(text), &day));
	return day;
}

static void adding_months_by_hand(void **state)
{
	(void)state;
	static const struct {
		const char *from;
		int32_t months;
		const char *to;
	} known[] = {
		{ "2023-01-31", 1, "2023-02-28" },
		{ "2024-01-31", 1, "2024-02-29" },
		{ "2024-02-29", 12, "2025-02-28" },
		{ "2024-02-29", 48, "2028-02-29" },
		{ "2024-03-31", -1, "2024-02-29" },
		{ "2024-10-31", 1, "2024-11-30" },
		{ "2024-12-15", 1, "2025-01-15" },
		{ "2024-01-15", -1, "2023-12-15" },
		{ "2024-05-30", 0, "2024-05-30" },
		{ "2024-01-30", 13, "2025-02-28" },
		{ "1969-12-31", 2, "1970-02-28" },
	};
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
		char text[DATE_TEXT];
		date_write(date_add_months(day_of(known[i].from), known[i].months), text);
		assert_string_equal(text, known[i].to);
	}
}

static void adding_months_clamps(void **state)
{
	(void)state;
	for (int32_t day = date_day(1999, 1, 1); day <= date_day(2001, 12, 31); day++) {
		int year, month, of_month, to_year, to_month, to_day;
		date_parts(day, &year, &month, &of_month);
		for (int32_t months = -30; months <= 30; months++) {
			date_parts(date_add_months(day, months), &to_year, &to_month, &to_day);
			assert_int_equal(date_month(to_year, to_month), date_month(year, month) + months);
			int last = days_in_month(to_year, to_month);
			assert_int_equal(to_day, of_month < last ? of_month : last);
		}
	}
}

static void completed_months_by_hand(void **state)
{
	(void)state;
	static const struct {
		const char *from, *to;
		int32_t months;
	} known[] = {
		{ "2024-01-15", "2024-01-15", 0 },
		{ "2024-01-15", "2024-02-14", 0 },
		{ "2024-01-15", "2024-02-15", 1 },
		{ "2024-01-15", "2025-01-14", 11 },
		{ "2024-01-15", "2025-01-15", 12 },
		{ "2024-01-31", "2024-02-29", 0 }, /* by the definition: 29 < 31 */
		{ "2024-01-31", "2024-03-01", 1 },
		{ "2024-02-29", "2025-02-28", 11 },
		{ "2024-02-29", "2025-03-01", 12 },
		{ "2019-12-31", "2020-01-01", 0 },
		{ "1969-12-01", "1970-01-01", 1 },
	};
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
		assert_int_equal(date_completed_months(day_of(known[i].from), day_of(known[i].to)), known[i].months);
}

/* From a day that every month has, m months are completed exactly from the day that lies m months later. */
static void completed_months_undo_added_months(void **state)
{
	(void)state;
	for (int32_t from = date_day(2019, 1, 1); from <= date_day(2020, 12, 31); from += 3) {
		int year, month, of_month;
		date_parts(from, &year, &month, &of_month);
		for (int32_t months = 0; of_month <= 28 && months <= 40; months++) {
			int32_t to = date_add_months(from, months);
			assert_int_equal(date_completed_months(from, to), months);
			if (months > 0)
				assert_int_equal(date_completed_months(from, to - 1), months - 1);
		}
	}
}

static void refuses_other_dates(void **state)
{
	(void)state;
	static const char *const wrong[] = { "", "2024", "2024-02", "2024-02-30", "2023-02-29", "1900-02-29", "2100-02-29",
		"2024-04-31", "2024-00-10", "2024-13-01", "2024-01-00", "2024-01-32", "0000-01-01", "2024-1-01",
		"2024-01-1", "2024/01/01", "20240101", "24-01-01", "2024-01-01 ", " 2024-01-01", "2024-01-01T", "2024-O1-01",
		"202a-01-01", "-024-01-01", "+024-01-01", "2024-+1-01", "2024-01- 1", "01-01-2024", "2024-0101-", "2024-01--1",
		"\xC3\xA5\xC3\xA5-01-01", "9999-99-99" };
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		int32_t day = 77;
		assert_false(date_read(wrong[i], strlen(wrong[i]), &day));
		assert_int_equal(day, 77);
	}
	int32_t day = 77;
	assert_false(date_read("2024-01-01", 9, &day));
	assert_false(date_read("2024-01-\0001", 10, &day));
	assert_int_equal(day, 77);
}

static void refuses_other_months(void **state)
{
	(void)state;
	static const char *const wrong[] = { "", "2024", "2024-", "2024-1", "2024-00", "2024-13", "0000-01", "2024-011",
		"2024-01-", "2024/01", "202401", "2024-1a", "-024-01", " 2024-1", "2024-01 ", "jan2024" };
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		int32_t month = 77;
		assert_false(date_read_month(wrong[i], strlen(wrong[i]), &month));
		assert_int_equal(month, 77);
	}
}

/* Both ways over all years that dates may have, the parts rising with the days. */
static void every_day_there_and_back(void **state)
{
	(void)state;
	int before = 0;
	for (int32_t day = date_day(1, 1, 1); day <= date_day(9999, 12, 31); day++) {
		int year, month, of_month;
		date_parts(day, &year, &month, &of_month);
		int together = (year * 16 + month) * 32 + of_month;
		if (date_day(year, month, of_month) != day || month < 1 || month > 12 || of_month < 1 || together <= before)
			fail_msg("day %d is %d-%d-%d", (int)day, year, month, of_month);
		before = together;
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_days),
		cmocka_unit_test(every_day_of_two_centuries),
		cmocka_unit_test(every_day_there_and_back),
		cmocka_unit_test(leap_years),
		cmocka_unit_test(adding_months_by_hand),
		cmocka_unit_test(adding_months_clamps),
		cmocka_unit_test(completed_months_by_hand),
		cmocka_unit_test(completed_months_undo_added_months),
		cmocka_unit_test(refuses_other_dates),
		cmocka_unit_test(refuses_other_months),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
