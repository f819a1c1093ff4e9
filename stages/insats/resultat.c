/* i06 and i14: see resultat.h. */
#include "stages/insats/resultat.h"

#include "pipeline/maths/interval.h"
#include "stages/insats/margin.h"

static int count_one(const struct counting *counting, const struct participation *p, struct cube *cube,
	struct error *error)
{
	const char *codes[] = { counting->settings->insats[p->insats].name, participation_kon(counting->lists, p) };
	struct margin_rows rows;
	if (margin_rows(cube, codes, &rows, error) != 0)
		return -1;
	for (size_t i = 0; i < rows.count; i++) {
		size_t row = rows.row[i];
		cube_add(cube, row, cube_measure(cube, "avslutade"), 1);
		cube_add(cube, row, cube_measure(cube, "arbete"), p->arbete);
		cube_add(cube, row, cube_measure(cube, "studier"), p->studier);
		cube_add(cube, row, cube_measure(cube, "arbete_eller_studier"), p->arbete || p->studier);
		cube_add(cube, row, cube_measure(cube, "arbetssokande"), p->arbetssokande);
		cube_add(cube, row, cube_measure(cube, "borjat_eller_okat"), p->borjat_eller_okat);
	}
	return 0;
}

/* A count of a row as a whole number; 0 when there is no such row. */
static int64_t count_of(const struct cube *cube, size_t row, const char *measure)
{
	return row == CUBE_NO_ROW ? 0 : (int64_t)cube_cell(cube, row, cube_measure(cube, measure))->number;
}

int resultat_fill(const struct counting *counting, struct cube *cube, struct error *error)
{
	const char *const total[] = { NULL, NULL };
	struct margin_rows rows;
	if (margin_rows(cube, total, &rows, error) != 0)
		return -1;
	for (size_t i = 0; i < counting->participations->count; i++) {
		const struct participation *p = &counting->participations->item[i];
		if (p->counted && p->avslutad && count_one(counting, p, cube, error) != 0)
			return -1;
	}
	for (size_t row = 0; row < cube->rows; row++) {
		struct interval share;
		/* Where no one exited all three are NAN, which a cell takes as saknas. */
		(void)interval_wilson(count_of(cube, row, "arbete_eller_studier"), count_of(cube, row, "avslutade"),
			counting->settings->konfidensgrad, &share);
		cube_set(cube, row, cube_measure(cube, "andel_arbete_eller_studier"), 100 * share.estimate);
		cube_set(cube, row, cube_measure(cube, "ki_lag"), 100 * share.low);
		cube_set(cube, row, cube_measure(cube, "ki_hog"), 100 * share.high);
	}
	return 0;
}

int resultat_fill_difference(const struct settings *settings, const struct cube *i06, struct cube *cube,
	struct error *error)
{
	static const char *const kon[2] = { "K", "M" }, *const andel[2] = { "andel_k", "andel_m" };
	for (size_t i = 0; i < settings->insats_count; i++) {
		const char *insats = settings->insats[i].name;
		if (settings->insats[i].registration == REGISTRATION_VOLUME)
			continue;
		size_t row = cube_row_named(cube, &insats, error);
		if (row == CUBE_NO_ROW)
			return -1;
		int64_t hits[2], exits[2];
		struct interval share, difference;
		for (size_t sex = 0; sex < 2; sex++) {
			const char *codes[] = { insats, kon[sex] };
			size_t from = cube_find_named(i06, codes);
			hits[sex] = count_of(i06, from, "arbete_eller_studier");
			exits[sex] = count_of(i06, from, "avslutade");
			(void)interval_wilson(hits[sex], exits[sex], settings->konfidensgrad, &share);
			cube_set(cube, row, cube_measure(cube, andel[sex]), 100 * share.estimate);
		}
		(void)interval_newcombe(hits[0], exits[0], hits[1], exits[1], settings->konfidensgrad, &difference);
		cube_set(cube, row, cube_measure(cube, "skillnad"), 100 * difference.estimate);
		cube_set(cube, row, cube_measure(cube, "ki_lag"), 100 * difference.low);
		cube_set(cube, row, cube_measure(cube, "ki_hog"), 100 * difference.high);
	}
	return 0;
}
