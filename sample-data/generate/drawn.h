// drawn.h: a sample förbund whose rows are drawn at random so that published counts come out.
#ifndef SAMPLE_DRAWN_H
#define SAMPLE_DRAWN_H

#include "sample-data/generate/insats.h"
#include "sample-data/generate/shared_rows.h"

// Each part of a förbund has random numbers of its own, so that a change of one leaves the others as they are. STREAM_INSATSER and what
// follows are the insatser, in the förbund's order.
enum stream { STREAM_POPULATION = 1, STREAM_BEFOLKNING, STREAM_VOLYM, STREAM_INTRESSE, STREAM_INSATSER };

struct drawn_forbund {
	uint64_t seed;
	const char *head;      // forbund.ini as settings_write takes it
	const char *insatser;
	const char *published; // publicerat.csv
	struct delivery_plan plan;
	int first_year, last_year; // of befolkning.csv; prislista.csv ends with the last
	bool bands;            // befolkning.csv by five years of age, else by one
	void (*write_insatser)(struct delivery *delivery); // sus, enkat, intresse, and the participants' lives
	const struct ekonomi *ekonomi;
	int ekonomi_count;
	const struct volym *volymer;
	int volym_count;
};

// An insats of the förbund and how many participations of earlier years it has, begun in [from, to].
struct drawn_insats {
	const struct insats *insats;
	int earlier;
	int from, to;
};

// Draws the participations of the period into deltaganden[DELTAGANDEN] from the seed and the stream, and writes them and those of earlier
// years. Returns how many of the period.
int drawn_insats_write(struct delivery *delivery, const struct drawn_insats *drawn, uint64_t seed, uint64_t stream,
		       struct deltagande *deltaganden);

// Makes the folder `dir` when needed and fills it. Returns 0, or -1 when a file could not be written.
int drawn_forbund_write(const struct drawn_forbund *forbund, const char *dir);

#endif
