/* Other bases and numerators of published shares and amounts per head: see ratio.h. */
#include "stages/reconcile/ratio.h"

#include <math.h>
#include <string.h>

#include "pipeline/base/number.h"

/* Measures of i01 that a share may have been of, and what they are called. */
static const struct {
	const char *measure, *title;
} bases[] = { { "deltaganden", "deltaganden" }, { "personer", "personer" }, { "avslutade", "avslutade deltaganden" },
	{ "nya", "nya deltaganden" }, { "pagaende", "pågående deltaganden" } };
#define BASES (sizeof bases / sizeof *bases)

/* Results of i06 that may have been the numerator; a second one is added. */
static const struct {
	const char *measure, *with, *title;
} results[] = { { "arbete", NULL, "arbete" }, { "studier", NULL, "studier" }, { "arbetssokande", NULL, "arbetssökande" },
	{ "borjat_eller_okat", NULL, "börjat eller ökat" }, { "arbete_eller_studier", "arbetssokande", "arbete, studier eller arbetssökande" } };
#define RESULTS (sizeof results / sizeof *results)

/* Whether the published figure is scale · a ÷ b. */
static bool gives(const struct published *figure, double scale, double a, double b)
{
	return b > 0 && !isnan(a) && desk_same(scale * a / b, figure->number, figure->decimals);
}

/* Whether any whole number of `base` gives the published share. */
static bool fits_base(const struct published *figure, double base)
{
	double near = floor(figure->number * base / 100);
	for (double hits = near - 1; hits <= near + 2; hits++)
		if (hits >= 0 && hits <= base && gives(figure, 100, hits, base))
			return true;
	return false;
}

/* A numerator over the counts of i01 of an insats and kön. */
static const char *other_base(struct desk *desk, const struct published *figure, double numerator, const char *insats,
	const char *kon)
{
	const char *codes[] = { insats, CUBE_TOTAL, kon };
	for (size_t i = 0; i < BASES; i++)
		if (gives(figure, 100, numerator, desk_look_at(desk, "i01_deltagare", codes, bases[i].measure)))
			return arena_print(desk->arena, desk->error, "bas: det publicerade är av %s", bases[i].title);
	return NULL;
}

/* A share of i06, or of i14, whose women and men are rows of i06. */
static const char *result_share(struct desk *desk, const struct published *figure, const char *insats, const char *kon)
{
	const char *codes[] = { insats, kon };
	double base = desk_look_at(desk, "i06_resultat", codes, "avslutade");
	double work = desk_look_at(desk, "i06_resultat", codes, "arbete_eller_studier");
	const char *why = other_base(desk, figure, work, insats, kon);
	for (size_t i = 0; i < RESULTS && why == NULL; i++) {
		double hits = desk_look_at(desk, "i06_resultat", codes, results[i].measure);
		if (results[i].with != NULL)
			hits += desk_look_at(desk, "i06_resultat", codes, results[i].with);
		if (gives(figure, 100, hits, base))
			why = arena_print(desk->arena, desk->error, "täljare: det publicerade är %s av avslutade", results[i].title);
	}
	if (why == NULL && gives(figure, 100, base - work, base))
		why = "täljare: det publicerade är den andra delen";
	if (why == NULL && base > 0 && !fits_base(figure, base))
		why = "bas: inget antal av de avslutade ger det publicerade";
	return why;
}

/* The outcome of a goal that is a share. */
static const char *goal_share(struct desk *desk, const struct published *figure)
{
	double hits = desk_look_at(desk, figure->tabell, figure->code, "taljare");
	double base = desk_look_at(desk, figure->tabell, figure->code, "namnare");
	if (isnan(hits) || isnan(base))
		return NULL;
	const char *why = other_base(desk, figure, hits, figure->code[0], CUBE_TOTAL);
	if (why == NULL && gives(figure, 100, base - hits, base))
		why = "täljare: det publicerade är den andra delen";
	if (why == NULL && base > 0 && !fits_base(figure, base))
		why = "bas: inget antal av målets bas ger det publicerade";
	return why;
}

/* Kronor per participation, or per exit to work or studies. */
static const char *cost_per_head(struct desk *desk, const struct published *figure)
{
	const char *codes[] = { figure->code[0], CUBE_TOTAL, CUBE_TOTAL };
	double cost = desk_look_at(desk, "e01_ekonomi", figure->code, "utfall");
	double budget = desk_look_at(desk, "e01_ekonomi", figure->code, "budget");
	double own = desk_look_at(desk, "e01_ekonomi", figure->code, figure->matt);
	for (size_t i = 0; i < BASES; i++)
		if (gives(figure, 1, cost, desk_look_at(desk, "i01_deltagare", codes, bases[i].measure)))
			return arena_print(desk->arena, desk->error, "bas: det publicerade är per %s", bases[i].title);
	return own > 0 && cost > 0 && gives(figure, own / cost, budget, 1) ? "täljare: det publicerade är räknat på budgeten" : NULL;
}

const char *ratio_explain(struct desk *desk, const struct published *figure)
{
	const char *table = figure->tabell, *measure = figure->matt;
	if (strcmp(table, "i06_resultat") == 0 && strcmp(measure, "andel_arbete_eller_studier") == 0)
		return result_share(desk, figure, figure->code[0], figure->code[1]);
	if (strcmp(table, "i14_konsskillnad") == 0 && strcmp(measure, "andel_k") == 0)
		return result_share(desk, figure, figure->code[0], "K");
	if (strcmp(table, "i14_konsskillnad") == 0 && strcmp(measure, "andel_m") == 0)
		return result_share(desk, figure, figure->code[0], "M");
	if (strcmp(table, "g01_mal") == 0 && strcmp(measure, "utfall") == 0)
		return goal_share(desk, figure);
	if (strcmp(table, "e01_ekonomi") == 0 && strncmp(measure, "kr_per_", 7) == 0)
		return cost_per_head(desk, figure);
	if (strcmp(measure, "per_1000") == 0 && gives(figure, 0.1, desk_look(desk, figure->cube, figure->code, figure->measure), 1))
		return "bas: det publicerade är per 100 invånare";
	return NULL;
}
