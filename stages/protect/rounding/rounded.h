/* The tables of a run with rounded counts instead of withheld ones (skydd = avrundning).

   Every count of persons that is printed is a multiple of `minsta antal`, the base: the small ones, and with them all others, since
   what is exact beside what is rounded gives small counts away by subtraction (a year less its months, a group less its
   members, one year's table less the next). Whatever is added and subtracted of multiples of five is one, too. */
#ifndef FINSAMSTAT_STAGES_PROTECT_ROUNDING_ROUNDED_H
#define FINSAMSTAT_STAGES_PROTECT_ROUNDING_ROUNDED_H

#include "pipeline/table/settings/settings.h"
#include "stages/protect/past/past.h"
#include "stages/protect/rounding/round_plan.h"
#include "stages/protect/tables.h"

struct rounded {
	struct tables *tables;
	const struct settings *settings;
	const struct ledger *ledger; /* NULL: nothing approved */
	int64_t base;
	const struct month_alone *alone; /* by place; NULL: the period has no year of one month, or its persons are in no cube (rounded_take_alone) */
	struct past_bounds bounds; /* by approved runs of periods within theirs or around them; of years by their months (rounded_bound_year) */
};

/* How far counts moved. */
struct rounded_account {
	size_t counts;
	int64_t furthest;
	double mean;
};

/* After protection: `tables` has the statuses of the other mode, and keeps the numbers as they are in `truth`. Counts get their rounded values and are printed; shares, ratios,
   limits, goals and verdicts are made anew of them; survival curves are withheld; all else (amounts, means, medians, results of
   the calculation) keeps the status it had: withheld with a small count, and with what would give that away. A row without persons
   after rounding is as one where nobody is. Counts of periods within one another (`ledger`) keep their order where they can. -1 with the error set. */
int rounded_apply(struct tables *tables, const struct ledger *ledger, const struct settings *settings, struct rounded_account *account, struct error *error);

/* The parts, for rounded.c: one plan; years beside their months; amounts of m01; figures that are made of counts; goals. */
int rounded_plan(struct rounded *rounded, const struct plan *plan, struct error *error);
/* Years beside what is within them (of other tables nothing). Before the plan of m01 or m02, what its counts are at most by tables of the year whose plans come
   before. After the plan of a table of a year, what its counts are at least by approved months, and rounded_fit of it. -1 with the error set. */
int rounded_bound_year(struct rounded *rounded, const char *name, struct error *error);
int rounded_hold_months(struct rounded *rounded, const char *name, struct error *error);
/* A row of a table of a year that is more than its bounds goes down by bases, in the finest counts furthest above the truth (where codes overlap; the others
   are bounded by none), and one that is less goes up. */
void rounded_fit(struct rounded *rounded, size_t table);
/* Of a class of a month's persons (a row of manad_atomer) the row, of a table of its year, in which all of them are counted: one for each number from 0 on;
   CUBE_NO_ROW where the class is in none of that number. False beyond the last number. */
bool rounded_year_row(const struct rounded *rounded, const struct cube *classes, size_t class, size_t number, size_t *table, size_t *row);
/* Whether all ages of an age group, TOT for all, are of the målgrupp's ages. */
bool rounded_holds_ages(const struct settings *settings, const struct malgrupp *rule, const char *age);
/* Sets a finest count of a table of a year and moves its totals with it. */
void rounded_change(struct rounded *rounded, size_t table, size_t row, int64_t count);

/* Years of which the period has one month: the month is rounded first, and m01, m02, m04 and m05 print the same of the same persons.
   Whether the row's first dimension, a month or year, is of such a year. */
bool rounded_is_alone(const struct rounded *rounded, const struct cube *cube, size_t row);
/* After the month's plan: who is active at which parts, by year, kommun and kön. -1 with the error set. */
int rounded_take_alone(struct rounded *rounded, struct error *error);
/* Whether the row is of a table that the month's sums divide (m04, m05), of such a year. Of these tables: how many sums there are at most; the number of
   a finest row's, with what it printed and how many it was before: SIZE_MAX without. */
bool rounded_alone_divides(const struct rounded *rounded, const struct cube *cube, size_t row);
size_t rounded_alone_sums(const struct rounded *rounded);
size_t rounded_alone_sum(const struct rounded *rounded, const struct cube *cube, size_t row, int64_t *printed, int64_t *before);
/* After the plan of m01 or m02 (of other tables nothing): what the month says of it. -1 with the error set. */
int rounded_bind_alone(struct rounded *rounded, const char *name, struct error *error);
int rounded_amounts(struct rounded *rounded, struct error *error);
int rounded_figures(struct rounded *rounded, struct error *error);
/* The calculation (e02–e08): cohorts rounded; as of nobody where one is 0, withheld where it is the base, where few work, and what casework tells of few. */
void rounded_economics(struct rounded *rounded);
int rounded_goals(struct rounded *rounded, struct error *error);

/* A number before rounding; 0 when it is missing. By the measure's position. */
double rounded_truth(const struct rounded *rounded, size_t table, size_t row, size_t measure);

/* Sets a count and prints it. */
void rounded_set(struct rounded *rounded, size_t table, size_t row, size_t measure, int64_t count);

/* Whether figures of a count's persons are withheld: the rounded count is the base, which may be 1, or the count was below it. That the print tells,
   so that what is withheld says nothing of the count. */
bool rounded_few(const struct rounded *rounded, size_t table, size_t row, size_t measure);

/* A count of the cell, held between its bounds where it is no more than a base beyond them. */
int64_t rounded_held(const struct rounded *rounded, size_t table, size_t row, size_t measure, int64_t count);

/* A count of an insats that no table adds up to: between base·⌊count/base⌋ and the next; one choice for all of an insats, which
   its counts decide, so that the smaller stays the smaller. */
int64_t rounded_alone(const struct rounded *rounded, const char *insats, int64_t count);

#endif
