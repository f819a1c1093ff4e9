/* The Kaplan–Meier estimate: how large a share is still without the event after each time. */
#ifndef FINSAMSTAT_MATHS_SURVIVAL_H
#define FINSAMSTAT_MATHS_SURVIVAL_H

#include <stdbool.h>
#include <stddef.h>

/* One observation: the time from the start (≥ 0, finite; any unit, whole or not) to the event, or, when `event` is
   false, to the last time at which the event was known not to have happened. */
struct survival_subject {
	double time;
	bool event;
};

/* The estimate from `time` (inclusive) until the next step. */
struct survival_step {
	double time;
	size_t at_risk;  /* observed up to just before `time` */
	size_t events;   /* at `time` */
	size_t censored; /* at `time`, after the events there */
	double survival; /* S, the share without the event, 0–1 */
	double variance; /* Greenwood's variance of S; NAN when S = 0, as in R */
	double low;      /* limits of S; NAN when S is 0 or 1, as in R */
	double high;
};

/* Kaplan–Meier: S(t) = Π (1 − d/r) over the times ≤ t with d events among r at risk; Greenwood's variance
   S²·Σ d/(r(r − d)); limits S^exp(±z·√(Σ d/(r(r − d)))/ln S) with z the normal quantile of (1 + level)/2, symmetric on
   the scale log(−log S), so that they stay inside 0–1. Times are tied only when they are equal.
   R: survfit(Surv(time, event) ~ 1, conf.type = "log-log"), one row for each distinct time, censored or not.
   Kaplan and Meier, J. Am. Stat. Assoc. 53 (1958) 457–481; Kalbfleisch and Prentice, 2nd ed. (2002), section 1.4.

   `subjects` is sorted by time in place. `steps` has room for n; *count is how many of them are used. level is above 0
   and below 1. Returns 0, or -1 with *count = 0 when level or a time is out of range. n = 0: 0 steps. n = 1: one step,
   S = 0 after an event and 1 otherwise. */
int survival_kaplan_meier(struct survival_subject *subjects, size_t n, double level, struct survival_step *steps,
	size_t *count);

/* The step in force at `time`: the last one that is not later. NULL before the first step (there S = 1 and nothing has
   happened) and when count = 0. After the last step S stays as it was, which says nothing when no one is at risk. */
const struct survival_step *survival_at(const struct survival_step *steps, size_t count, double time);

/* How many are at risk at `time`: those whose own time is not earlier. R: n.risk of summary(fit, times = time).
   0 after the last step and when count = 0. */
size_t survival_at_risk(const struct survival_step *steps, size_t count, double time);

/* Puts subjects in ascending order of time, in place. */
void survival_sort(struct survival_subject *subjects, size_t n);

#endif
