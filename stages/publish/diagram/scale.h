/* A linear scale: numbers to pixels, with round marks. */
#ifndef FINSAMSTAT_STAGES_PUBLISH_DIAGRAM_SCALE_H
#define FINSAMSTAT_STAGES_PUBLISH_DIAGRAM_SCALE_H

#include <stddef.h>

struct scale {
	double low, high; /* numbers */
	double from, to;  /* their pixels; to < from on a vertical axis */
	double step;      /* between marks; low and high are multiples of it */
};

/* A scale that holds 0 and all numbers from `low` to `high`, widened to round marks, about `marks` of them. Marks are 1, 2 or 5
   times a power of ten, at least `least` apart (1 for counts). */
struct scale scale_make(double low, double high, size_t marks, double least, double from, double to);

/* A scale without marks that ends where its numbers do (and at 0). */
struct scale scale_plain(double low, double high, double from, double to);

double scale_place(const struct scale *scale, double number);

/* The marks: their number, and the i-th from below. */
size_t scale_marks(const struct scale *scale);
double scale_mark(const struct scale *scale, size_t i);

#endif
