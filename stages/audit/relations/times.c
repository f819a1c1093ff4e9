/* What the times of m05 say of the months of their year: see times.h. Written from docs/method.md, 4; it knows nothing of the protector. */
#include "stages/audit/relations/times.h"

#include <string.h>

#include "pipeline/table/settings/settings.h"
#include "stages/audit/relations/crossed.h"

#define TOT CUBE_TOTAL
#define AF (1U << PARTI_AF)
#define FK (1U << PARTI_FK)
#define KOM (1U << PARTI_KOM)
#define YEAR_MONTHS 12
#define TIMES 5
#define FIGURES 8

/* Times and the least number of months of each. */
static const char *const time_code[TIMES] = { "1-11", "12-35", "36-59", "60-119", "120+" };
static const int time_least[TIMES] = { 1, 12, 36, 60, 120 };

/* Whom of a month is asked for: at one of these parts, and at none of those. */
struct wanted {
	unsigned any, none;
};

static const struct wanted supported = { FK | KOM, 0 }, insured = { AF | FK | KOM, 0 }, seeking = { AF, FK | KOM };

/* A kommun and kön in a year, and figures of it that a sum begins with. */
struct span {
	struct published *published;
	const char *year, *kommun, *kon, *month[YEAR_MONTHS];
	int months, later; /* later: months of the years after */
	struct {
		const char *table, *code;
		int64_t times;
	} figure[FIGURES];
	size_t figures;
};

static void begin(struct span *span)
{
	span->figures = 0;
}

static void add(struct span *span, const char *table, const char *code, int64_t times)
{
	span->figure[span->figures].table = table;
	span->figure[span->figures].code = code;
	span->figure[span->figures++].times = times;
}

static void add_times(struct span *span, size_t from, int64_t times)
{
	for (size_t t = from; t < TIMES; t++)
		add(span, "m05", time_code[t], times);
}

static int begin_sum(const struct span *span, struct error *error)
{
	int result = 0;
	published_begin(span->published);
	for (size_t f = 0; f < span->figures && result == 0; f++) {
		const struct published_table *table = published_find(span->published, span->figure[f].table);
		const char *key[] = { span->year, span->kommun, span->kon, span->figure[f].code };
		result = published_part(span->published, table, key, table == NULL ? 0 : cube_measure(table->cube, "personer"), span->figure[f].times, error);
	}
	return result;
}

/* At least 0, where the figures before protection do not say the contrary: AF pays some who are not registered as seeking work. */
static int end_sum(const struct span *span, struct error *error)
{
	return span->published->sum.truth < 0 && !span->published->sum.secret ? 0 : published_at_least(span->published, error);
}

static bool is_wanted(const void *context, unsigned parts)
{
	const struct wanted *wanted = context;
	return (parts & wanted->any) != 0 && (parts & wanted->none) == 0;
}

static int add_combinations(const struct span *span, const char *month, const struct wanted *wanted, int64_t sign, struct error *error)
{
	const struct published_table *m03 = published_find(span->published, "m03");
	const struct cube_codes *code = &m03->cube->codes[2];
	int result = 0;
	for (size_t c = 0; c < code->count && result == 0; c++) {
		const char *key[] = { month, span->kommun, code->code[c] };
		if (c != code->total && is_wanted(wanted, parti_set(code->code[c])))
			result = published_part(span->published, m03, key, 0, sign, error);
	}
	return result;
}

static int add_parts(const struct span *span, const char *month, unsigned parts, int64_t sign, struct error *error)
{
	int result = 0;
	for (size_t part = 0; part < PARTIER && result == 0; part++) {
		const char *key[] = { month, span->kommun, span->kon, TOT, parti_names[part] };
		if ((parts >> part & 1) != 0)
			result = published_part(span->published, published_find(span->published, "m06"), key, 0, sign, error);
	}
	return result;
}

/* The figures, and with them those who are wanted of the months (a bit each), are at least 0: of one kön by its classes, and where these are not told by parts,
   where some stand several times or, if they are taken away, those of one part at a time. */
static int state(const struct span *span, unsigned months, const struct wanted *wanted, int64_t sign, struct error *error)
{
	bool one = strcmp(span->kon, TOT) != 0, told = true;
	if (!one && published_find(span->published, "m03") == NULL)
		return 0;
	int result = begin_sum(span, error);
	for (int m = 0; m < span->months && result == 0; m++) {
		const char *key[] = { span->month[m], span->kommun, span->kon, TOT };
		if ((months >> m & 1) != 0)
			result = one ? crossed_add(span->published, key, is_wanted, wanted, sign, &told, error)
				: add_combinations(span, span->month[m], wanted, sign, error);
	}
	if (result != 0 || told)
		return result != 0 ? -1 : end_sum(span, error);
	for (size_t part = 0; part < PARTIER; part++) {
		unsigned parts = sign < 0 ? wanted->any & 1U << part : part == 0 ? wanted->any : 0;
		if (parts == 0)
			continue;
		result = begin_sum(span, error);
		for (int m = 0; m < span->months && result == 0; m++)
			result = (months >> m & 1) == 0 ? 0 : add_parts(span, span->month[m], parts, sign, error);
		if (result != 0 || end_sum(span, error) != 0)
			return -1;
	}
	return 0;
}

/* Whoever has a time is supported in the last month: by FK or KOM, or by AF in some of the year. */
static int state_ends(struct span *span, struct error *error)
{
	begin(span);
	add_times(span, 0, -1);
	add(span, "m01", TOT, 1);
	if (begin_sum(span, error) != 0 || end_sum(span, error) != 0)
		return -1;
	begin(span);
	add_times(span, 0, -1);
	add(span, "m01", "ARBMARK", 1);
	return state(span, 1U << (span->months - 1), &supported, 1, error);
}

/* A time of so many months had begun, however late it ends, when these two came, and no two of it are without support. */
static int state_unbroken(struct span *span, struct error *error)
{
	for (int m = 0; m + 2 < span->months; m++) {
		size_t from = 0;
		while (from < TIMES && span->months + span->later - time_least[from] > m)
			from++;
		if (from == TIMES)
			continue;
		begin(span);
		add_times(span, from, -1);
		if (state(span, 3U << m, &insured, 1, error) != 0)
			return -1;
		add(span, "m01", "ARBMARK", 1);
		if (state(span, 3U << m, &supported, 1, error) != 0)
			return -1;
	}
	return 0;
}

/* Who never changes is in each month at the same parts: unless that is AF alone they are supported in all. */
static int state_steady(struct span *span, struct error *error)
{
	begin(span);
	add(span, "m04", "0", -1);
	add_times(span, span->months >= YEAR_MONTHS ? 1 : 0, 1);
	for (int m = 0; m < span->months; m++)
		if (state(span, 1U << m, &seeking, 1, error) != 0)
			return -1;
	return 0;
}

/* Whether some month of these is without support in every time that begins in a month from the second to the last, and no fewer months would do. Such a time
   has none in the two before it, of which one is the year before's where it begins in the second. */
static bool is_cover(unsigned months)
{
	for (unsigned left = 0; left <= YEAR_MONTHS; left++) { /* 12: none is left out */
		unsigned of = left < YEAR_MONTHS ? months & ~(1U << left) : months;
		bool all = true;
		for (unsigned first = 1; first < YEAR_MONTHS; first++)
			all = all && (of & (first == 1 ? 1U : 3U << (first - 2))) != 0;
		if (left == YEAR_MONTHS ? !all : (months >> left & 1) != 0 && all)
			return false;
	}
	return true;
}

/* Of those who are paid in the year, who has a short time is not supported in a month of each cover. */
static int state_short(struct span *span, struct error *error)
{
	const char *whole = published_find(span->published, "m01") != NULL ? "m01" : "m05";
	for (unsigned months = 1; months < 1U << YEAR_MONTHS && span->months == YEAR_MONTHS; months++) {
		int64_t number = 0;
		for (unsigned m = 0; m < YEAR_MONTHS; m++)
			number += months >> m & 1;
		begin(span);
		add(span, "m05", time_code[0], -1);
		add(span, whole, TOT, number);
		if (is_cover(months) && state(span, months, &supported, -1, error) != 0)
			return -1;
	}
	return 0;
}

static void find_months(struct span *span)
{
	const struct published_table *table = published_find(span->published, "m06");
	table = table != NULL ? table : published_find(span->published, "m03");
	for (size_t c = 0; table != NULL && c < table->cube->codes[0].count; c++) { /* codes are in order */
		const char *month = table->cube->codes[0].code[c];
		int order = strncmp(month, span->year, 4);
		if (order == 0 && span->months < YEAR_MONTHS)
			span->month[span->months++] = month;
		span->later += order > 0 ? 1 : 0;
	}
}

int times_state(struct published *published, struct error *error)
{
	const struct published_table *m05 = published_find(published, "m05");
	const struct cube *cube = m05 == NULL || !published->months || published->rounded ? NULL : m05->cube;
	for (size_t row = 0; cube != NULL && row < cube->rows; row++) {
		struct span span = { .published = published, .year = cube_code_of(cube, row, 0), .kommun = cube_code_of(cube, row, 1), .kon = cube_code_of(cube, row, 2) };
		if (!cube_is_total(cube, row, 3) || cube_is_total(cube, row, 1))
			continue;
		find_months(&span);
		if (span.months > 0 && (state_ends(&span, error) != 0 || state_unbroken(&span, error) != 0 || state_steady(&span, error) != 0 ||
			state_short(&span, error) != 0))
			return -1;
	}
	return 0;
}
