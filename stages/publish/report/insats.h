/* The parts of an insats's section. Only insatser.c and insats_*.c include it. */
#ifndef FINSAMSTAT_STAGES_PUBLISH_REPORT_INSATS_H
#define FINSAMSTAT_STAGES_PUBLISH_REPORT_INSATS_H

#include "stages/publish/report/strip.h"

#define SECTION_WITHHELD 16

struct section {
	struct report *report;
	const struct insats *insats;
	const char *slug; /* of its files */
	bool told;        /* something was written */
	size_t withheld_count;
	const char *withheld[SECTION_WITHHELD]; /* what is not shown, since all of it is withheld: "resultat vid avslut" */
};

/* Each writes its sentences and pictures, or notes what is withheld. */
void insats_participants(struct section *section); /* how many, age, education, time on support */
void insats_change(struct section *section);       /* support and occupation before and after */
void insats_results(struct section *section);      /* exits, results, time in the insats and until self-support */
void insats_survey(struct section *section);
void insats_queue(struct section *section);

/* Figures of the insats along a dimension, women and men beside the total; where too few of those can be shown, bars of the totals.
   `name` without its folder, `what` for the sentence on what is withheld. */
struct insats_part {
	const char *table, *dimension, *measure;
	const char *variable; /* the code before the dimension's in i02; NULL in tables of insats, kon and the dimension */
	const char *form;     /* of the file */
	const char *title, *subtitle, *what;
};
void insats_part(struct section *section, const struct insats_part *part);

void insats_withhold(struct section *section, const char *what);

#endif
