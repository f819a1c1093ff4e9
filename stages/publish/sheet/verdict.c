/* Verdicts of goals: see verdict.h. */
#include "stages/publish/sheet/verdict.h"

#include <string.h>

#include "stages/publish/sheet/format.h"

const struct verdict verdicts[VERDICTS] = {
	{ "uppfyllt", "✓", "Uppfyllt", VERDICT_MET },
	{ "uppfyllt_osakert", "(✓)", "Uppfyllt, osäkert", VERDICT_UNSURE },
	{ "ej_uppfyllt", "✗", "Ej uppfyllt", VERDICT_MISSED },
	{ "ej_uppfyllt_osakert", "(✗)", "Ej uppfyllt, osäkert", VERDICT_UNSURE },
	{ "ej_bedombart", "○", "Ej bedömbart", VERDICT_NONE },
	{ "", FORMAT_PROTECTED, "Skyddad uppgift", VERDICT_NONE },
};

const struct verdict *verdict_shown(const struct sheet *goals, size_t row)
{
	const struct cell *cell = cube_cell(goals->cube, row, cube_measure(goals->cube, "bedomning"));
	for (size_t i = 0; i + 1 < VERDICTS && cell->status == CELL_PUBLISHED && cell->text != NULL; i++)
		if (strcmp(verdicts[i].code, cell->text) == 0)
			return &verdicts[i];
	return &verdicts[VERDICTS - 1];
}
