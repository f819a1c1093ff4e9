/* Why a published figure is not the computed one: see explain.h. */
#include "stages/reconcile/explain.h"

#include <math.h>
#include <string.h>

#include "pipeline/base/number.h"
#include "pipeline/table/cube/figure_name.h"
#include "pipeline/table/schema/codelist.h"
#include "stages/reconcile/ratio.h"

#define COARSEST 20 /* an even number that a figure was rounded to is less than this part of it */

/* ---- rounding ---- */

static const char *rounding(struct desk *desk, const struct published *figure, double computed, bool *agrees)
{
	int printed = figure_decimals(figure->table, figure->measure, figure->code, desk->settings);
	int shown = figure->decimals < printed ? figure->decimals : printed;
	bool kr = figure->table->measure[figure->measure].kind == MEASURE_KR;
	*agrees = true;
	if (desk_same(computed, figure->number, printed))
		return "stämmer";
	if (desk_same(computed, figure->number, shown))
		return arena_print(desk->arena, desk->error, "avrundning: det beräknade avrundat till %s är det publicerade",
			shown == 0 ? "heltal" : shown == 1 ? "en decimal" : "två decimaler");
	*agrees = false;
	if (desk_is_cut(computed, figure->number, shown))
		return "avkortning: det beräknades sista siffror är avhuggna i stället för avrundade";
	if (kr && fabs(computed) >= 1000 && desk_same(computed / 1000, figure->number, figure->decimals))
		return "enhet: det publicerade är i tusental kronor";
	for (double unit = 10; kr && unit * COARSEST < fabs(computed); unit *= 10)
		if (desk_same(round(computed / unit) * unit, figure->number, 0))
			return "avrundning: det beräknade avrundat till jämna tal är det publicerade";
	return NULL;
}

/* ---- totals ---- */

static bool is_total(const struct published *figure, size_t d)
{
	return strcmp(figure->code[d], CUBE_TOTAL) == 0;
}

/* Whether the parts of the measure along the dimension add up to its total. Money does over insatser, too, but for those
   whose cost stands in another's. */
static bool adds_up(const struct table *table, size_t measure, size_t d)
{
	const struct measure *of = &table->measure[measure];
	return table->dimension[d].total && of->additive && (of->not_over == NULL || of->kind == MEASURE_KR ||
		strcmp(of->not_over, table->dimension[d].name) != 0);
}

/* Whether the code is an insats whose cost stands in another's (ingår i), and the measure that cost. */
static bool stands_in_another(const struct desk *desk, const struct published *figure, size_t d, const char *code)
{
	if (figure->table->measure[figure->measure].kind != MEASURE_KR || strcmp(figure->table->dimension[d].name, "insats") != 0)
		return false;
	size_t insats = settings_insats(desk->settings, code);
	return insats < desk->settings->insats_count && desk->settings->insats[insats].ingar_i != NULL;
}

/* Whether the code is none that the total of dimension d is the sum of. */
static bool is_no_summand(const struct desk *desk, const struct published *figure, size_t d, const char *code)
{
	return strcmp(code, CUBE_TOTAL) == 0 || stands_in_another(desk, figure, d, code);
}

/* The published number that differs from this one by the code in dimension d alone; NULL when there is none. */
static const struct published *sibling(const struct desk *desk, const struct published *figure, size_t d, const char *code)
{
	const char *codes[TABLE_DIMENSIONS];
	memcpy(codes, figure->code, sizeof codes);
	codes[d] = code;
	const struct published *other = desk_published(desk, figure, codes);
	return other == NULL || !other->is_number ? NULL : other;
}

/* The computed number of this row with another code in dimension d. */
static double look_beside(struct desk *desk, const struct published *figure, size_t d, const char *code)
{
	const char *codes[TABLE_DIMENSIONS];
	memcpy(codes, figure->code, sizeof codes);
	codes[d] = code;
	return desk_look(desk, figure->cube, codes, figure->measure);
}

/* Sums the published parts along a dimension; how many there are. */
static size_t sum_parts(const struct desk *desk, const struct published *figure, size_t d, double *sum)
{
	size_t parts = 0;
	*sum = 0;
	for (size_t i = 0; i < figure->cube->codes[d].count; i++) {
		const char *code = figure->cube->codes[d].code[i];
		const struct published *part = is_no_summand(desk, figure, d, code) ? NULL : sibling(desk, figure, d, code);
		parts += part != NULL;
		*sum += part == NULL ? 0 : part->number;
	}
	return parts;
}

/* Whether every part that is not published is 0. Looks at those alone. */
static bool has_all_parts(struct desk *desk, const struct published *figure, size_t d)
{
	for (size_t i = 0; i < figure->cube->codes[d].count; i++) {
		const char *code = figure->cube->codes[d].code[i];
		if (is_no_summand(desk, figure, d, code) || sibling(desk, figure, d, code) != NULL)
			continue;
		double computed = look_beside(desk, figure, d, code);
		if (computed < 0 || computed > 0)
			return false;
	}
	return true;
}

static void write_plain(double number, char text[NUMBER_TEXT])
{
	number_write_rounded(number, 2, text);
	while (strchr(text, '.') != NULL && (text[strlen(text) - 1] == '0' || text[strlen(text) - 1] == '.'))
		text[strlen(text) - 1] = '\0';
	char *point = strchr(text, '.');
	if (point != NULL)
		*point = ',';
}

/* Published parts that miss the published whole: of which the figure is one or, always, of which it is the whole. */
static const char *parts_miss(struct desk *desk, const struct published *figure, bool of_whole)
{
	for (size_t d = 0; d < figure->table->dimensions; d++) {
		double sum;
		const struct published *whole = sibling(desk, figure, d, CUBE_TOTAL);
		if (!adds_up(figure->table, figure->measure, d) || whole == NULL || (whole != figure && of_whole) ||
			(whole != figure && is_no_summand(desk, figure, d, figure->code[d])) ||
			sum_parts(desk, whole, d, &sum) < 2 || desk_same(sum, whole->number, whole->decimals) ||
			!(fabs(sum) < DESK_LIMIT) || !has_all_parts(desk, whole, d))
			continue;
		char parts[NUMBER_TEXT], total[NUMBER_TEXT];
		bool kon = strcmp(figure->table->dimension[d].name, "kon") == 0;
		write_plain(sum, parts);
		write_plain(whole->number, total);
		return arena_print(desk->arena, desk->error, "delsumma: %s i det publicerade blir %s, men totalen är %s",
			kon ? "kvinnor och män" : "delarna", parts, total);
	}
	return NULL;
}

/* Women and men without those whose sex is unknown. */
static const char *unknown_sex(struct desk *desk, const struct published *figure)
{
	for (size_t d = 0; d < figure->table->dimensions; d++) {
		if (strcmp(figure->table->dimension[d].name, "kon") != 0 || !is_total(figure, d) ||
			!adds_up(figure->table, figure->measure, d))
			continue;
		double known = look_beside(desk, figure, d, "K") + look_beside(desk, figure, d, "M");
		if (desk_same(known, figure->number, figure->decimals))
			return "bas: kvinnor och män utan dem vars kön är okänt";
	}
	return NULL;
}

/* Whether the code is one of the parts that a total is made of: of forman one of the nine, no group. */
static bool is_part(const struct dimension *dimension, const char *code)
{
	if (strcmp(code, CUBE_TOTAL) == 0)
		return false;
	if (strcmp(dimension->name, "forman") != 0)
		return true;
	uint16_t at = codelist_find(dimension->codes, code, strlen(code));
	return at != CODE_NONE && dimension->codes->entry[at].overordnad[0] != '\0';
}

/* Parts that overlap (persons in several insatser, several codes of one exit), added up. */
static const char *overlap(struct desk *desk, const struct published *figure)
{
	if (figure->table->measure[figure->measure].kind != MEASURE_COUNT)
		return NULL;
	for (size_t d = 0; d < figure->table->dimensions; d++) {
		double sum = 0;
		size_t parts = 0;
		if (!is_total(figure, d) || adds_up(figure->table, figure->measure, d))
			continue;
		for (size_t i = 0; i < figure->cube->codes[d].count; i++) {
			const char *code = figure->cube->codes[d].code[i];
			if (is_part(&figure->table->dimension[d], code)) {
				sum += look_beside(desk, figure, d, code);
				parts++;
			}
		}
		if (parts > 0 && desk_same(sum, figure->number, figure->decimals))
			return "flersvar: det publicerade är summan av delarna, där samma person eller deltagande räknas i flera";
	}
	return NULL;
}

/* Money of insatser whose cost stands in another's, counted beside it. */
static const char *counted_twice(struct desk *desk, const struct published *figure)
{
	for (size_t d = 0; d < figure->table->dimensions; d++) {
		double twice = 0;
		if (!is_total(figure, d) || !adds_up(figure->table, figure->measure, d))
			continue;
		for (size_t i = 0; i < figure->cube->codes[d].count; i++)
			if (stands_in_another(desk, figure, d, figure->cube->codes[d].code[i]))
				twice += look_beside(desk, figure, d, figure->cube->codes[d].code[i]);
		if (twice > 0 && desk_same(desk_look(desk, figure->cube, figure->code, figure->measure) + twice, figure->number,
			figure->decimals))
			return "dubbelräkning: det publicerade räknar med insatser vars kostnad ingår i en annans";
	}
	return NULL;
}

/* ---- the rest ---- */

static const char *other_measure(struct desk *desk, const struct published *figure)
{
	const struct table *table = figure->table;
	for (size_t m = 0; m < table->measures && figure->number > 0; m++)
		if (m != figure->measure && table->measure[m].kind == table->measure[figure->measure].kind &&
			desk_same(desk_look(desk, figure->cube, figure->code, m), figure->number, figure->decimals))
			return arena_print(desk->arena, desk->error, "annat mått: det publicerade är %s", table->measure[m].name);
	return NULL;
}

static int compare_numbers(struct desk *desk, const struct published *figure, struct comparison *comparison)
{
	double computed = comparison->number;
	const char *why = rounding(desk, figure, computed, &comparison->agrees), *parts;
	parts = parts_miss(desk, figure, comparison->agrees);
	if (comparison->agrees && parts != NULL) {
		comparison->agrees = false;
		why = arena_print(desk->arena, desk->error, "%s; %s", why, parts);
	}
	if (why == NULL)
		why = parts;
	if (why == NULL)
		why = unknown_sex(desk, figure);
	if (why == NULL)
		why = overlap(desk, figure);
	if (why == NULL)
		why = counted_twice(desk, figure);
	if (why == NULL)
		why = ratio_explain(desk, figure);
	if (why == NULL)
		why = other_measure(desk, figure);
	comparison->explanation = why == NULL ? "ingen förklaring funnen" : why;
	return desk->error->count > 0 ? -1 : 0;
}

/* A text, or the label of one that is a code, in any case of its first letter. */
static bool same_text(struct desk *desk, const struct published *figure, const char *computed)
{
	const struct codelist *list = strcmp(figure->matt, "bedomning") == 0
		? codelist_load("bedomning", desk->arena, desk->error)
		: NULL;
	return strcmp(figure->varde, computed) == 0 || (list != NULL && strcmp(figure->varde, codelist_label(list, computed)) == 0);
}

static int compare_texts(struct desk *desk, const struct published *figure, struct comparison *comparison)
{
	comparison->agrees = same_text(desk, figure, comparison->text);
	comparison->explanation = comparison->agrees ? "stämmer" : "en annan text";
	return desk->error->count > 0 ? -1 : 0;
}

/* What is said of a figure that cannot be compared. */
static const char *not_comparable(struct desk *desk, const struct published *figure)
{
	switch (figure->naming) {
	case NO_TABLE:
		return "tabellen finns inte";
	case NO_MEASURE:
		return "måttet finns inte i tabellen";
	case NO_KEY:
		return arena_print(desk->arena, desk->error, "nyckeln ska ha %zu delar", figure->table->dimensions);
	case NO_CODE:
		return arena_print(desk->arena, desk->error, "koden %s finns inte", figure->wrong);
	case NOT_COMPUTED:
		return "tabellen är inte beräknad";
	case NAMED:
		break;
	}
	return "kan inte beräknas";
}

/* The computed figure itself. */
static void read_computed(struct desk *desk, const struct published *figure, struct comparison *comparison)
{
	bool text = measure_holds_text(figure->table->measure[figure->measure].kind);
	size_t row = cube_find_named(figure->cube, figure->code);
	comparison->number = desk_look(desk, figure->cube, figure->code, figure->measure);
	if (text && row != CUBE_NO_ROW) {
		const struct cell *cell = cube_cell(figure->cube, row, figure->measure);
		comparison->text = cell->text;
		comparison->status = cell->status;
	} else if (!isnan(comparison->number)) {
		comparison->is_number = true;
		comparison->status = CELL_PUBLISHED;
	}
}

int explain(struct desk *desk, const struct published *figure, struct comparison *comparison)
{
	*comparison = (struct comparison){ .status = CELL_MISSING };
	desk->seen_count = 0;
	if (figure->naming == NAMED)
		read_computed(desk, figure, comparison);
	if (comparison->status == CELL_MISSING) {
		comparison->explanation = not_comparable(desk, figure);
	} else if (comparison->is_number && figure->is_number) {
		if (compare_numbers(desk, figure, comparison) != 0)
			return -1;
	} else if (comparison->is_number) {
		comparison->explanation = "det publicerade är inget tal";
	} else if (compare_texts(desk, figure, comparison) != 0) {
		return -1;
	}
	if (figure->also != NULL && comparison->explanation != NULL) {
		comparison->agrees = false;
		comparison->explanation = arena_print(desk->arena, desk->error, "%s; även publicerat som %s",
			comparison->explanation, figure->also);
	}
	return comparison->explanation == NULL ? -1 : 0;
}
