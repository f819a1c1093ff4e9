// delivery.h: one delivery under writing: the extract files of a förbund and what is common to them.
#ifndef SAMPLE_DELIVERY_H
#define SAMPLE_DELIVERY_H

#include "sample-data/generate/sheet.h"

enum { DELIVERY_KOMMUNER = 5 };

enum extract {
	EXTRACT_FK,
	EXTRACT_AF,
	EXTRACT_REGION,
	EXTRACT_SUS,
	EXTRACT_VOLYM,
	EXTRACT_ENKAT,
	EXTRACT_INTRESSE,
	EXTRACT_EKONOMI,
	EXTRACT_COUNT
};

struct kommun {
	const char *kod;
	int invanare;              // aged 16-64, first year
	struct sheet_form form;    // of its file of ekonomiskt bistånd
};

// What distinguishes one förbund's delivery from another's.
struct delivery_plan {
	struct kommun kommun[DELIVERY_KOMMUNER];
	struct sheet_form form[EXTRACT_COUNT];
	int pid_length;
	int first;     // first day of the panel
	int start;     // first day of the period
	int end;       // its last day, which is uttagsdatum too
};

struct delivery {
	const struct delivery_plan *plan;
	struct sheet extract[EXTRACT_COUNT];
	struct sheet kommun[DELIVERY_KOMMUNER];
};

// Makes dir/extrakt when needed and opens every file of the delivery. Returns 0, or -1 (errno says why).
int delivery_open(struct delivery *delivery, const struct delivery_plan *plan, const char *dir);

// Returns 0, or -1 when a file was not written whole.
int delivery_close(struct delivery *delivery);

#endif
