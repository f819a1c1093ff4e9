/* A linear scale: see scale.h. */
#include "stages/publish/diagram/scale.h"

#include <math.h>

/* The smallest 1, 2 or 5 times a power of ten that is not below the number. */
static double round_up(double number)
{
	double power = 1;
	while (power * 10 <= number)
		power *= 10;
	while (power > number)
		power /= 10;
	return number <= power ? power : number <= 2 * power ? 2 * power : number <= 5 * power ? 5 * power : 10 * power;
}

struct scale scale_make(double low, double high, size_t marks, double least, double from, double to)
{
	struct scale scale = { .from = from, .to = to };
	low = fmin(low, 0);
	high = fmax(high, 0);
	if (high - low < least)
		high = low + least;
	scale.step = fmax(round_up((high - low) / (double)marks), least);
	scale.low = floor(low / scale.step) * scale.step;
	scale.high = ceil(high / scale.step) * scale.step;
	return scale;
}

struct scale scale_plain(double low, double high, double from, double to)
{
	low = fmin(low, 0);
	high = fmax(high, 0);
	return (struct scale){ .low = low, .high = high > low ? high : low + 1, .from = from, .to = to, .step = 1 };
}

double scale_place(const struct scale *scale, double number)
{
	return scale->from + (number - scale->low) / (scale->high - scale->low) * (scale->to - scale->from);
}

size_t scale_marks(const struct scale *scale)
{
	return (size_t)llround((scale->high - scale->low) / scale->step) + 1;
}

double scale_mark(const struct scale *scale, size_t i)
{
	double mark = scale->low + (double)i * scale->step;
	return fabs(mark) < scale->step / 1e6 ? 0 : mark;
}
