// reference.h: the reference files of a förbund folder: inhabitants and prices.
#ifndef SAMPLE_REFERENCE_H
#define SAMPLE_REFERENCE_H

#include "sample-data/generate/random.h"

struct inhabitants {
	const char *kod;
	int aged_16_64;        // in the first year
};

// Writes befolkning.csv for the years [first, last]. `bands`: five-year bands (16-19 first), else one-year
// ages 16-64. Returns 0 or -1.
int reference_befolkning(const char *dir, struct random *random, const struct inhabitants *kommuner, int count,
			 int first, int last, int bands);

// Writes prislista.csv with the prices of 2018 and, up to `last`, of 2019 and 2020. Returns 0 or -1.
int reference_prislista(const char *dir, int last);

#endif
