// insats.h: participations in insatser, drawn so that the published counts come out, and what follows from
// them: rows of sus, enkat and intresse, and the participants' lives in the other extracts.
#ifndef SAMPLE_INSATS_H
#define SAMPLE_INSATS_H

#include "sample-data/generate/life.h"

enum { DELTAGANDEN = 256 };

// From what people come, and how often.
struct origin {
	enum living living;
	const char *work;      // sysselsattning_start
	int weight;
};

// To what `early` + `late` of the exited go: early leaves three months to observe after the exit month.
struct outcome {
	enum living after;     // LIVING_SAME: support goes on as before
	const char *work;      // sysselsattning_slut
	const char *avslut;
	int early;
	int late;
};

struct insats {
	const char *name;
	int women, men;
	int nya;               // started in the period
	int nya_exits;         // of them exited in it, too: the last ones of the outcomes
	int late_starts;       // of those new and still there: started in the last two months; -1 = as chance has it
	int shortest, longest; // days
	int youngest, oldest;
	const struct origin *origins;      // ended by weight 0
	const struct outcome *outcomes;    // ended by avslut NULL
	bool anonym;
	int kommuner;          // held in the first so many municipalities only; 0 = in all
	bool small;            // of a few who may not be told apart: two municipalities, one remittent and utbildning each,
			       // nobody new or exited in the period
	const char *instrument;            // NULL: no survey
	int pairs;                         // exited who answered at both start and exit
};

struct deltagande {
	struct person person;
	int start;
	int slut;              // 0 = goes on
	struct origin origin;
	struct outcome outcome;
};

// Draws the participations of the period into out[DELTAGANDEN], exits first. Returns how many.
int insats_draw(const struct delivery_plan *plan, const struct insats *insats, struct random *random,
		struct deltagande *out);

// Draws one participation that started on a day in [from, to] and was over before `before`.
struct deltagande insats_earlier(const struct delivery_plan *plan, const struct insats *insats,
				 struct random *random, int from, int to, int before);

// The row of the SUS extract.
void insats_sus(struct delivery *delivery, struct random *random, const struct insats *insats,
		const struct deltagande *deltagande);

// The participant's support before, during and, up to the day `until`, after.
void insats_life(struct delivery *delivery, struct random *random, const struct deltagande *deltagande, int until);

// sus, lives and survey of all `count` participations of the period.
void insats_write(struct delivery *delivery, struct random *random, const struct insats *insats,
		  const struct deltagande *deltaganden, int count);

// `count` participations that began in [from, to] and ended before the period, with their lives.
void insats_history(struct delivery *delivery, struct random *random, const struct insats *insats, int count,
		    int from, int to);

struct intresse {
	const char *insats;
	int kommun;
	char kon;
	int inkom;
	const char *status;
	int start;             // 0 = not started
};

// Writes one row; `number` makes the arende.
void insats_intresse(struct delivery *delivery, struct random *random, const struct intresse *intresse,
		     int number);

#endif
