/* The verdict of a goal as people see it: a sign and a word, never colour alone. */
#ifndef FINSAMSTAT_STAGES_PUBLISH_SHEET_VERDICT_H
#define FINSAMSTAT_STAGES_PUBLISH_SHEET_VERDICT_H

#include "stages/publish/sheet/sheet.h"

enum verdict_tone { VERDICT_MET, VERDICT_MISSED, VERDICT_UNSURE, VERDICT_NONE }; /* each format gives it its colour */

struct verdict {
	const char *code; /* of the measure bedomning; "" withheld */
	const char *sign, *word;
	enum verdict_tone tone;
};

/* All verdicts, from met to not judged; the last is "skyddad uppgift". */
#define VERDICTS 6
extern const struct verdict verdicts[VERDICTS];

/* The verdict of a row of g01; the last of the list when it is not published. */
const struct verdict *verdict_shown(const struct sheet *goals, size_t row);

#endif
