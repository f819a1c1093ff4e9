/* Published figures and the computed tables beside them: see desk.h. */
#include "stages/reconcile/desk.h"

#include <math.h>
#include <string.h>

#include "pipeline/base/number.h"
#include "pipeline/base/text.h"
#include "pipeline/maths/maths.h"
#include "pipeline/table/cube/figure_name.h"

#define MOST_DECIMALS 9

/* ---- values as people write them ---- */

/* Bytes of a space of any kind at the text: ' ', U+00A0, U+202F; 0 for another character. */
static size_t space_at(const char *text)
{
	return *text == ' ' ? 1 : strncmp(text, "\u00A0", 2) == 0 ? 2 : strncmp(text, "\u202F", 3) == 0 ? 3 : 0;
}

/* A copy without spaces, with '-' and '.', without a unit behind it. */
static char *plain(const char *text, struct arena *arena, struct error *error)
{
	char *copy = arena_text(arena, text, strlen(text), error);
	size_t length = 0;
	for (const char *at = text; copy != NULL && *at != '\0';) {
		size_t space = space_at(at), minus = strncmp(at, "\u2212", 3) == 0 ? 3 : 0;
		if (space == 0)
			copy[length++] = minus > 0 ? '-' : *at == ',' ? '.' : *at;
		at += space > 0 ? space : minus > 0 ? minus : 1;
	}
	if (copy == NULL)
		return NULL;
	copy[length] = '\0';
	if (text_ends(copy, "%"))
		copy[length - 1] = '\0';
	else if (text_ends(copy, "kr"))
		copy[length - 2] = '\0';
	return copy;
}

int desk_read_value(const char *text, struct published *figure, struct arena *arena, struct error *error)
{
	const char *number = plain(text, arena, error), *point;
	if (number == NULL)
		return -1;
	figure->is_number = number_read_decimal(number, strlen(number), &figure->number);
	point = figure->is_number ? strchr(number, '.') : NULL;
	figure->decimals = point == NULL ? 0 : (int)strlen(point + 1);
	figure->varde = figure->is_number ? number : arena_text(arena, text, strlen(text), error);
	return figure->varde == NULL ? -1 : 0;
}

/* ---- names ---- */

static int fail(struct published *figure, enum naming naming, const char *wrong, const char *const *known, size_t count)
{
	figure->naming = naming;
	figure->wrong = wrong;
	figure->nearest = wrong == NULL ? NULL : text_nearest(wrong, strlen(wrong), known, count);
	return 0;
}

static int find_table(struct desk *desk, struct published *figure)
{
	size_t count;
	const char *const *names = schema_table_names(&count, desk->arena, desk->error);
	if (names == NULL)
		return -1;
	for (size_t i = 0; i < count; i++)
		if (strcmp(names[i], figure->tabell) == 0 || (strlen(figure->tabell) == 3 && text_starts(names[i], figure->tabell))) {
			figure->table = schema_table(names[i], desk->arena, desk->error);
			return figure->table == NULL ? -1 : 0;
		}
	return fail(figure, NO_TABLE, figure->tabell, names, count);
}

static int find_measure(struct desk *desk, struct published *figure)
{
	const char *names[TABLE_MEASURES];
	(void)desk;
	figure->measure = figure_measure(figure->table, figure->matt);
	for (size_t m = 0; m < figure->table->measures; m++)
		names[m] = figure->table->measure[m].name;
	return figure->measure != SIZE_MAX ? 0 : fail(figure, NO_MEASURE, figure->matt, names, figure->table->measures);
}

/* Whether the settings or a code list decide which codes the dimension may have, and this is none of them. */
static int check_code(struct desk *desk, struct published *figure, size_t d)
{
	const struct dimension *dimension = &figure->table->dimension[d];
	const char *code = figure->code[d];
	bool insats = strcmp(dimension->name, "insats") == 0, malgrupp = strcmp(dimension->name, "malgrupp") == 0;
	const struct settings *settings = desk->settings;
	size_t count = insats ? settings->insats_count : malgrupp ? settings->malgrupp_count
		: dimension->codes != NULL ? dimension->codes->count : 0;
	const char **known = arena_take(desk->arena, count, sizeof *known, desk->error);
	if (known == NULL)
		return -1;
	for (size_t i = 0; i < count; i++) {
		known[i] = insats ? settings->insats[i].name : malgrupp ? settings->malgrupp[i].name : dimension->codes->entry[i].kod;
		if (strcmp(known[i], code) == 0)
			return 0;
	}
	bool total = strcmp(code, CUBE_TOTAL) == 0;
	if (total ? dimension->total : count == 0)
		return 0;
	return fail(figure, NO_CODE, code, known, count);
}

int desk_name(struct desk *desk, struct published *figure)
{
	char *key = arena_text(desk->arena, figure->nyckel, strlen(figure->nyckel), desk->error);
	figure->naming = NAMED;
	if (key == NULL || find_table(desk, figure) != 0)
		return -1;
	if (figure->table == NULL)
		return 0;
	figure->tabell = figure->table->name;
	if (find_measure(desk, figure) != 0)
		return -1;
	if (figure->naming == NAMED && !figure_split(key, figure->table, figure->code))
		(void)fail(figure, NO_KEY, NULL, NULL, 0);
	for (size_t d = 0; figure->naming == NAMED && d < figure->table->dimensions; d++)
		if (check_code(desk, figure, d) != 0)
			return -1;
	if (figure->naming == NAMED && (figure->cube = desk_cube(desk, figure->tabell)) == NULL)
		figure->naming = NOT_COMPUTED;
	return 0;
}

/* ---- the published figures ---- */

/* The cell that holds the place of the figure with these codes; NULL when there is no such row. */
static struct cell *place_of(const struct desk *desk, const struct published *figure, const char *const *codes)
{
	for (size_t i = 0; i < desk->cubes; i++) {
		size_t row = desk->cube[i] != figure->cube ? CUBE_NO_ROW : cube_find_named(desk->place[i], codes);
		if (row != CUBE_NO_ROW)
			return cube_cell(desk->place[i], row, figure->measure);
	}
	return NULL;
}

static int make_place(struct desk *desk, const struct published *figure)
{
	for (size_t i = 0; i < desk->cubes; i++) {
		if (desk->cube[i] != figure->cube)
			continue;
		if (desk->place[i] == NULL && (desk->place[i] = cube_new(figure->table, desk->arena, desk->error)) == NULL)
			return -1;
		size_t rows = desk->place[i]->rows, row = cube_row_named(desk->place[i], figure->code, desk->error);
		if (row == CUBE_NO_ROW)
			return -1;
		for (size_t m = 0; row == rows && m < figure->table->measures; m++)
			cube_cell(desk->place[i], row, m)->status = CELL_MISSING;
	}
	return 0;
}

int desk_add(struct desk *desk, const struct published *figure)
{
	if (figure->naming == NAMED) {
		if (make_place(desk, figure) != 0)
			return -1;
		struct cell *place = place_of(desk, figure, figure->code);
		if (place->status == CELL_PUBLISHED) {
			struct published *earlier = &desk->figure[(size_t)place->number];
			if (strcmp(earlier->varde, figure->varde) != 0 && earlier->also == NULL)
				earlier->also = figure->varde;
			return 0;
		}
		*place = (struct cell){ .status = CELL_PUBLISHED, .number = (double)desk->figures };
	}
	desk->figure[desk->figures++] = *figure;
	return 0;
}

const struct published *desk_published(const struct desk *desk, const struct published *figure, const char *const *codes)
{
	const struct cell *place = place_of(desk, figure, codes);
	return place == NULL || place->status != CELL_PUBLISHED ? NULL : &desk->figure[(size_t)place->number];
}

/* ---- the computed tables ---- */

const struct cube *desk_cube(const struct desk *desk, const char *table)
{
	for (size_t i = 0; i < desk->cubes; i++)
		if (strcmp(desk->cube[i]->table->name, table) == 0)
			return desk->cube[i];
	return NULL;
}

static void note(struct desk *desk, const struct cube *cube, const char *const *codes, size_t measure)
{
	struct seen *grown = arena_grow(desk->arena, desk->seen, desk->seen_count, desk->seen_count + 1, &desk->seen_room,
		sizeof *desk->seen, desk->error);
	if (grown == NULL)
		return; /* the error ends the stage */
	desk->seen = grown;
	struct seen *seen = &desk->seen[desk->seen_count++];
	*seen = (struct seen){ .cube = cube, .measure = measure }; /* a row that is there */
	memcpy(seen->code, codes, cube->table->dimensions * sizeof *codes);
}

/* What a combination without a row means. */
static double absent(const struct cube *cube, size_t measure)
{
	enum measure_kind kind = cube->table->measure[measure].kind;
	return kind == MEASURE_COUNT || kind == MEASURE_KR || kind == MEASURE_TWO ? 0 : MATHS_NAN;
}

double desk_look(struct desk *desk, const struct cube *cube, const char *const *codes, size_t measure)
{
	if (cube == NULL)
		return MATHS_NAN;
	size_t row = cube_find_named(cube, codes);
	if (row == CUBE_NO_ROW)
		return absent(cube, measure);
	note(desk, cube, codes, measure);
	const struct cell *cell = cube_cell(cube, row, measure);
	return cell->status == CELL_PUBLISHED && !measure_holds_text(cube->table->measure[measure].kind) ? cell->number : MATHS_NAN;
}

double desk_look_at(struct desk *desk, const char *table, const char *const *codes, const char *measure)
{
	const struct cube *cube = desk_cube(desk, table);
	return cube == NULL ? MATHS_NAN : desk_look(desk, cube, codes, cube_measure(cube, measure));
}

static int fewer(int decimals)
{
	return decimals < MOST_DECIMALS ? decimals : MOST_DECIMALS;
}

bool desk_same(double a, double b, int decimals)
{
	char one[NUMBER_TEXT], other[NUMBER_TEXT];
	if (!(fabs(a) < DESK_LIMIT) || !(fabs(b) < DESK_LIMIT))
		return false;
	number_write_rounded(a, fewer(decimals), one);
	number_write_rounded(b, fewer(decimals), other);
	return strcmp(one, other) == 0;
}

bool desk_is_cut(double computed, double published, int decimals)
{
	double scale = pow(10, fewer(decimals));
	return desk_same(trunc(computed * scale * (1 + 1e-15)) / scale, published, decimals);
}
