/* What the times of m05 say of the months of a year: see facts_inside.h.

   A time is a run of months with FK, KOM or AF that pays (m01: ARBMARK), in which no two months that follow on one another are without, and which holds the
   year's last. It may go on in the next years, and it began so many months before it ends. So whoever has a long one is paid in one of any two months of the
   year that follow on one another; whoever has less than a year of a whole year is not paid in its first month, or not in two in a row; and whoever never
   changes (m04) and is not at AF alone is paid in all. That who is paid by AF is registered there holds but for 95 to 98, and is stated where the counts do not
   say the contrary. Of single kommuner, by kön and of all together. */
#include <string.h>

#include "stages/protect/facts/facts_year.h"

#define TOT CUBE_TOTAL
#define FIRST_MONTH 1U  /* bit */
#define CLASSES 5

/* The times of m05 but 0, and the months from which they are. */
static const struct {
	const char *code;
	int months;
} times[CLASSES] = { { "1-11", 1 }, { "12-35", 12 }, { "36-59", 36 }, { "60-119", 60 }, { "120+", 120 } };

static const struct facts_condition paid = { .any = AT_FK | AT_KOM }, active = { .any = AT_AF | AT_FK | AT_KOM },
	only_af = { .all = AT_AF, .none = AT_FK | AT_KOM };

/* A kommun and kön in a year. */
struct times_year {
	struct facts_work *work;
	struct facts_year year;
	int after; /* months of later years, in which a time may go on */
	size_t m01, m04, m05;
};

/* Adds those whose time is of the class or a longer one. */
static void add_longer(const struct times_year *of, struct facts_line *line, size_t class, int sign)
{
	for (size_t c = class; c < CLASSES; c++) {
		const char *codes[] = { of->year.ar, of->year.kommun, of->year.kon, times[c].code };
		facts_line_year(of->work, line, of->m05, codes, sign);
	}
}

static void add_year(const struct times_year *of, struct facts_line *line, size_t table, const char *code, int sign)
{
	const char *codes[] = { of->year.ar, of->year.kommun, of->year.kon, code };
	facts_line_year(of->work, line, table, codes, sign);
}

static struct facts_line no_line(void)
{
	return (struct facts_line){ .terms = 0 };
}

/* Adds those of the months (bits) who meet it, and states the line: by combinations, or by classes, or where these are not told by parts, at which together
   are no fewer, and at each alone (sign −1) no more. */
static int state_with(const struct times_year *of, const struct facts_line *line, unsigned months, const struct facts_condition *condition, int sign)
{
	const struct facts_year *year = &of->year;
	struct facts_line with = *line;
	bool told;
	if (year->by_combination != SIZE_MAX) {
		for (int month = 0; month < year->months; month++)
			if ((months >> month & 1) != 0)
				facts_line_combinations(of->work, &with, year, month, condition, sign);
		return facts_line_end(of->work, &with, false);
	}
	if (facts_line_classes(of->work, line, year, months, condition, sign, &told) != 0)
		return -1;
	unsigned parts = condition->all | condition->any;
	for (unsigned part = 1; part < FACTS_COMBINATIONS && year->by_part != SIZE_MAX && !told; part <<= 1) {
		with = *line;
		for (int month = 0; month < year->months; month++)
			if ((months >> month & 1) != 0)
				facts_line_parts(of->work, &with, year, month, sign > 0 ? parts : parts & part, sign);
		if ((sign > 0 ? part == 1 : (parts & part) != 0) && facts_line_end(of->work, &with, false) != 0)
			return -1;
	}
	return 0;
}

/* Whoever has a time is paid in the last month and in the year. */
static int state_last(const struct times_year *of)
{
	if (of->m01 == SIZE_MAX)
		return 0;
	struct facts_line line = no_line();
	add_longer(of, &line, 0, -1);
	struct facts_line year = line;
	add_year(of, &year, of->m01, TOT, 1);
	add_year(of, &line, of->m01, "ARBMARK", 1);
	return facts_line_end(of->work, &year, false) != 0 || state_with(of, &line, 1U << (of->year.months - 1), &paid, 1) != 0 ? -1 : 0;
}

/* The shortest of the times that reach back to the month wherever they end; CLASSES: none. */
static size_t reaching(const struct times_year *of, int month)
{
	size_t class = 0;
	while (class < CLASSES && month < of->year.months - 1 + of->after - times[class].months + 1)
		class++;
	return class;
}

/* Whoever has a long time is active, and paid, in one of any two months that follow on one another. The last two go without saying: of the last all are. */
static int state_pairs(const struct times_year *of)
{
	for (int month = 0; month + 2 < of->year.months; month++) {
		size_t class = reaching(of, month);
		struct facts_line line = no_line();
		add_longer(of, &line, class, -1);
		if (line.terms == 0)
			continue;
		if (state_with(of, &line, 3U << month, &active, 1) != 0)
			return -1;
		if (of->m01 == SIZE_MAX)
			continue;
		add_year(of, &line, of->m01, "ARBMARK", 1);
		if (state_with(of, &line, 3U << month, &paid, 1) != 0)
			return -1;
	}
	return 0;
}

/* Whoever never changes and is at FK or KOM is paid in all months: where these are a year, for a year or longer. */
static int state_unchanged(const struct times_year *of)
{
	if (of->m04 == SIZE_MAX)
		return 0;
	struct facts_line line = no_line();
	add_year(of, &line, of->m04, "0", -1);
	if (line.terms == 0)
		return 0;
	add_longer(of, &line, of->year.months == FACTS_MONTHS ? 1 : 0, 1);
	for (int month = 0; month < of->year.months; month++)
		if (state_with(of, &line, 1U << month, &only_af, 1) != 0)
			return -1;
	return 0;
}

/* Whether everybody whose time began in the second month of the year or later misses one of these months (bits): the first, and one of each two that follow on
   one another but the first two and the last two. And none of them could be left out. */
static bool misses_one(unsigned months)
{
	for (int month = 1; month < FACTS_MONTHS - 1; month++) {
		bool in = (months >> month & 1) != 0, before = month == 1 || (months >> (month - 1) & 1) != 0;
		bool after = month == FACTS_MONTHS - 2 || (months >> (month + 1) & 1) != 0;
		if (in ? before && after : month > 1 && !before)
			return false;
	}
	return (months & FIRST_MONTH) != 0 && months >> (FACTS_MONTHS - 1) == 0;
}

/* Whoever has a short time of a whole year is, in one of such months, among those who are paid in the year and not in that month. */
static int state_short(const struct times_year *of)
{
	struct facts_line begun = no_line();
	const char *codes[] = { of->year.ar, of->year.kommun, of->year.kon, times[0].code };
	facts_line_year(of->work, &begun, of->m05, codes, -1);
	if (begun.terms == 0 || of->year.months < FACTS_MONTHS)
		return 0;
	for (unsigned months = 0; months < 1U << FACTS_MONTHS; months++) {
		struct facts_line line = begun;
		if (!misses_one(months))
			continue;
		add_year(of, &line, of->m01 != SIZE_MAX ? of->m01 : of->m05, TOT, __builtin_popcount(months));
		if (state_with(of, &line, months, &paid, -1) != 0)
			return -1;
	}
	return 0;
}

/* Months that the tables have of later years. */
static int months_after(const struct facts_work *work, const char *year)
{
	size_t by_part = facts_find(work, "m06_manad");
	const struct cube_codes *months = &work->tables->cube[by_part != SIZE_MAX ? by_part : facts_find(work, "m03_samtidighet")]->codes[0];
	int after = 0;
	for (size_t c = 0; c < months->count; c++)
		after += strncmp(months->code[c], year, 4) > 0 ? 1 : 0;
	return after;
}

int facts_times(struct facts_work *work)
{
	size_t m05 = facts_find(work, "m05_tid_i_forsorjning");
	const struct cube *cube = m05 == SIZE_MAX ? NULL : work->tables->cube[m05];
	for (size_t row = 0; cube != NULL && row < cube->rows && !work->joining; row++) {
		struct times_year of = { .work = work, .m01 = facts_find(work, "m01_forsorjningsmatt"), .m04 = facts_find(work, "m04_rundgang"), .m05 = m05,
			.year = { .count = { m05, row, cube_measure(cube, "personer") }, .ar = cube_code_of(cube, row, 0), .kommun = cube_code_of(cube, row, 1),
				.kon = cube_code_of(cube, row, 2), .age = TOT } };
		if (!cube_is_total(cube, row, 3) || cube_cell(cube, row, of.year.count.measure)->status == CELL_MISSING)
			continue;
		facts_find_months(work, &of.year);
		if (of.year.months == 0)
			continue;
		of.after = months_after(work, of.year.ar);
		if (state_last(&of) != 0 || state_pairs(&of) != 0 || state_unchanged(&of) != 0 || state_short(&of) != 0)
			return -1;
	}
	return 0;
}
