/* What printed figures tell by themselves: see audit_figures.h. */
#include "stages/audit/audit_figures.h"

#include <math.h>
#include <string.h>

#include "stages/audit/findings.h"
#include "stages/audit/relations/beside.h"
#include "stages/audit/relations/between.h"
#include "stages/audit/relations/calculated.h"
#include "stages/audit/relations/within.h"

/* Persons or participations, not the difference of two such counts. */
static bool is_count(const struct measure *measure)
{
	return measure->kind == MEASURE_COUNT && strcmp(measure->name, "forandring") != 0;
}

/* Whether a printed number tells a small count: one of 1 … minimum − 1, or any that is not rounded where all should be. */
static bool tells(const struct published *published, const struct measure *measure, double number)
{
	if (published->rounded)
		return measure->kind == MEASURE_COUNT && llround(number) % published->minimum != 0;
	return is_count(measure) && number >= 1 && number < (double)published->minimum;
}

/* Small counts that are printed, but for those that every reader of an approved run knows. */
static int tell_printed(const struct published *published, size_t t, const bool *known, size_t *found, struct text *rows,
	struct error *error)
{
	const struct cube *cube = published->table[t].cube;
	size_t measures = cube->table->measures;
	for (size_t i = 0; i < cube->rows * measures; i++) {
		const struct cell *cell = cube_cell(cube, i / measures, i % measures);
		if (cell->status != CELL_PUBLISHED || known[i] || !tells(published, &cube->table->measure[i % measures], cell->number))
			continue;
		++*found;
		if (findings_tell(rows, cube, i / measures, i % measures, published->rounded ? "unrounded" : "published", error) != 0)
			return -1;
	}
	return 0;
}

/* Figures that are no counts and tell of withheld ones, or leave few beside others, and what is said to be missing, but for what an approved run printed. */
static int tell_beside(const struct audit_place *place, const struct published *published, size_t t, const bool *known, size_t *found,
	struct text *rows, struct error *error)
{
	static const char *const names[] = { "", "beside a withheld count", "missing beside a withheld figure", "less than a part of it", "leaves few" };
	const struct cube *cube = published->table[t].cube;
	size_t measures = cube->table->measures;
	unsigned char *finding = arena_take(published->arena, cube->rows * measures, sizeof *finding, error);
	if (finding == NULL)
		return -1;
	beside_judge(published, &published->table[t], finding);
	between_judge(published, &published->table[t], place->earlier.settings, finding);
	if (published->rounded && (place->earlier.ledger == NULL || ledger_cells(place->earlier.ledger) == 0)) /* figures that stand were rounded by themselves */
		within_judge(published, &published->table[t], place->earlier.settings, finding);
	if (published->rounded && !published->stands[0])
		calculated_judge(published, &published->table[t], place->earlier.settings, finding);
	for (size_t i = 0; i < cube->rows * measures; i++) {
		if (finding[i] == BESIDE_NONE || known[i])
			continue;
		++*found;
		if (findings_tell(rows, cube, i / measures, i % measures, names[finding[i]], error) != 0)
			return -1;
	}
	return 0;
}

/* What the figures of one table give away together with approved runs; *known of the counts that everybody knows. */
static int tell_earlier(const struct audit_place *place, const struct published *published, size_t t, bool *known,
	size_t *found, struct text *rows, struct error *error)
{
	static const char *const names[] = { "", "", "changed", "withheld before", "not the earlier figure", "beside earlier figures" };
	const struct cube *cube = published->table[t].cube;
	size_t measures = cube->table->measures;
	unsigned char *finding = arena_take(published->arena, cube->rows * measures, sizeof *finding, error);
	if (finding == NULL || earlier_judge(&place->earlier, published, &published->table[t], finding, error) != 0)
		return -1;
	for (size_t i = 0; i < cube->rows * measures; i++) {
		known[i] = finding[i] == EARLIER_KNOWN;
		if (finding[i] <= EARLIER_KNOWN)
			continue;
		++*found;
		if (findings_tell(rows, cube, i / measures, i % measures, names[finding[i]], error) != 0)
			return -1;
	}
	return 0;
}

int audit_figures_tell(const struct audit_place *place, const struct published *published, struct text *rows, struct error *error)
{
	int result = 0;
	for (size_t t = 0; t < published->own; t++) {
		const struct cube *cube = published->table[t].cube;
		size_t printed = 0, earlier = 0, beside = 0;
		bool *known = arena_take(published->arena, cube->rows * cube->table->measures, sizeof *known, error);
		if (known == NULL || tell_earlier(place, published, t, known, &earlier, rows, error) != 0 ||
			tell_printed(published, t, known, &printed, rows, error) != 0 || tell_beside(place, published, t, known, &beside, rows, error) != 0)
			return -1;
		if (earlier > 0)
			result = error_set(error, EXIT_DISCLOSURE, "table %s gives %zu figure%s away together with what approved runs have told",
				cube->table->name, earlier, earlier == 1 ? "" : "s");
		if (printed > 0)
			result = error_set(error, EXIT_DISCLOSURE, "table %s gives %zu %s count%s away", cube->table->name, printed,
				published->rounded ? "unrounded" : "small", printed == 1 ? "" : "s");
		if (beside > 0)
			result = error_set(error, EXIT_DISCLOSURE, "table %s prints %zu figure%s that tell of withheld or small counts", cube->table->name, beside,
				beside == 1 ? "" : "s");
	}
	return result;
}
