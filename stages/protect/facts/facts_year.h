/* Inside of facts: a count of a year and the persons of its months beside it, in m06 by part, in m03 by combination, and by classes of kön, age and combination
   (facts_crossed.c) where these are told. */
#ifndef FINSAMSTAT_STAGES_PROTECT_FACTS_FACTS_YEAR_H
#define FINSAMSTAT_STAGES_PROTECT_FACTS_FACTS_YEAR_H

#include "pipeline/table/settings/settings.h"
#include "stages/protect/facts/facts_inside.h"

#define AT_AF (1U << PARTI_AF)
#define AT_FK (1U << PARTI_FK)
#define AT_KOM (1U << PARTI_KOM)
#define AT_REG (1U << PARTI_REG)
#define FACTS_MONTHS 12
#define FACTS_COMBINATIONS (1U << PARTIER)
#define FACTS_LINE_MOST (FACTS_MONTHS * FACTS_COMBINATIONS + 8)

/* What everybody whom a year counts meets in a month. */
struct facts_condition {
	unsigned all;  /* active at these parts */
	unsigned any;  /* and at one of these; 0: no condition */
	unsigned none; /* and at none of these */
	int parts;     /* and at so many */
	bool enough;   /* whoever meets it in a month is counted in the year */
	unsigned told; /* of those at these parts it follows from a smaller group of the year */
};

/* A count of a year, and the counts of its months beside it. */
struct facts_year {
	struct facts_count count;
	const char *ar, *kommun, *kon, *age;
	int months;
	const char *month[FACTS_MONTHS];
	size_t by_part, by_combination; /* m06 and m03; SIZE_MAX where they say nothing of its kön and age */
};

/* An inequality being written down: what stands in it is at least 0. */
struct facts_line {
	struct facts_count count[FACTS_LINE_MOST];
	int sign[FACTS_LINE_MOST];
	size_t terms;
	size_t asked; /* counts of months, those of nobody too */
	int64_t told; /* of the first: what an approved run printed of it, where it is another now; else 0 */
};

/* Begins a line with the year's count; adds another count of the year, of which an absent row is nobody. */
void facts_line_begin(struct facts_line *line, const struct facts_year *year, int sign);
void facts_line_year(const struct facts_work *work, struct facts_line *line, size_t table, const char *const *codes, int sign);

/* Adds a month's count; those of a month whose combination meets the condition; those at each of the parts, who at several stand in it as often. */
void facts_line_month(const struct facts_work *work, struct facts_line *line, size_t table, const char *const *codes, int sign);
void facts_line_combinations(const struct facts_work *work, struct facts_line *line, const struct facts_year *year, int month,
	const struct facts_condition *condition, int sign);
void facts_line_parts(const struct facts_work *work, struct facts_line *line, const struct facts_year *year, int month, unsigned parts, int sign);

/* States a line, which ties months to their year. `whole`: its first count holds all others, else it is no more than a sum. Nothing where it is not so. -1 with
   the error set when memory is out. */
int facts_line_end(struct facts_work *work, const struct facts_line *line, bool whole);

/* States the line's counts with, of `sign`, those of the months (bits) who meet the condition, by classes. `told` turns false, and nothing is stated, where
   some of the months' are not told apart, or where combinations tell it. -1 likewise. */
int facts_line_classes(struct facts_work *work, const struct facts_line *line, const struct facts_year *year, unsigned months,
	const struct facts_condition *condition, int sign, bool *told);

/* Whether who is at these parts meets the condition. */
bool facts_meets(const struct facts_condition *condition, unsigned parts);

/* The months of the year in the order of time, by a table of months; SIZE_MAX: none. */
void facts_list_months(const struct facts_work *work, struct facts_year *year, size_t table);

/* The months of a count's year, and which tables of months are of its kön and age; none for all kommuner together. */
void facts_find_months(const struct facts_work *work, struct facts_year *year);

#endif
