// shared_rows.h: rows that both sample förbund need: the register population, money, volumes.
#ifndef SAMPLE_SHARED_ROWS_H
#define SAMPLE_SHARED_ROWS_H

#include "sample-data/generate/life.h"

// `count` persons who meet the authorities without taking part in an insats; every eighth is sent to and fro.
void population_write(struct delivery *delivery, struct random *random, int count);

struct ekonomi {
	const char *insats;
	const char *finansiar;
	int year;
	int budget;            // kr, for the whole year
	int64_t utfall_ore;    // up to the end of the period
};

// One row for a year that is over; else two: the budget for the whole year, and the outcome for its part of the
// period.
void ekonomi_write(struct delivery *delivery, const struct ekonomi *ekonomi);

struct volym {
	const char *insats;
	int year;
	int women, men;
	int youngest, oldest;  // age groups: 0 = 16-19 ... 6 = 60-64
	int kommun;            // index in the delivery plan; -1 = all
};

// The counts spread over municipalities and age groups; rows without anyone are left out.
void volym_write(struct delivery *delivery, struct random *random, const struct volym *volym);

#endif
