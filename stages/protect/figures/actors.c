/* Dominance in the economics of an insats: see actors.h. */
#include "stages/protect/figures/actors.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "pipeline/maths/dominance.h"
#include "stages/protect/figures/casework.h"

#define QUANTITIES 16 /* at most, in dominans_poster */
#define FORMS 2       /* with inkomstutjämning and without */
#define ITEMS (sizeof posts / sizeof *posts)
#define TOGETHER 6    /* items withheld at once for a sensitive one, before all are */

/* What is printed of an insats, and how much is lost with it: dear is what a board asks for. The parts follow the actors. */
static const struct {
	const char *name;
	unsigned cost;
	const char *parameter, *measure; /* a part: its rows of e04 and its measure of e06 */
} posts[] = {
	{ "FK", 6, NULL, NULL }, { "AF", 6, NULL, NULL }, { "STAT", 6, NULL, NULL }, { "STATEN", 14, NULL, NULL },
	{ "KOM", 8, NULL, NULL }, { "REG", 8, NULL, NULL }, { "OFFENTLIG", 20, NULL, NULL }, { "IND", 4, NULL, NULL },
	{ "ARBG", 2, NULL, NULL }, { "SAMHALLE", 80, NULL, NULL }, { "PRODUKTION", 9, "lon", "produktion" },
	{ "VARD", 8, "vard", "vard" }, { "HANDLAGGNING", 4, "handlaggning", "handlaggning" },
};
#define SAMHALLE 9
#define HANDLAGGNING (ITEMS - 1)

/* The posts of an insats on one underlag. */
struct ledger_view {
	struct tables *tables;
	const char *insats, *underlag;
	bool own; /* the underlag of the settings: all actors are printed, else SAMHALLE and its parts */
	bool sus; /* casework by who has a förmån of i03 */
	bool printed[ITEMS], sensitive[ITEMS];
	size_t forms[ITEMS]; /* how many forms it is printed in */
	double effect[ITEMS][FORMS][QUANTITIES];
};

/* ---- sums ---- */

/* Brings the vectors to steps: each begins with 1 where all later ones have 0. Returns how many are left. */
static size_t eliminate(double *vectors, size_t count, size_t width, size_t *first)
{
	size_t rank = 0;
	for (size_t column = 0; column < width && rank < count; column++) {
		size_t pivot = rank;
		for (size_t v = rank + 1; v < count; v++)
			if (fabs(vectors[v * width + column]) > fabs(vectors[pivot * width + column]))
				pivot = v;
		double lead = vectors[pivot * width + column];
		if (fabs(lead) < 1e-9)
			continue;
		for (size_t i = 0; i < width; i++) {
			double value = vectors[pivot * width + i] / lead;
			vectors[pivot * width + i] = vectors[rank * width + i];
			vectors[rank * width + i] = value;
		}
		for (size_t v = rank + 1; v < count; v++) {
			double times = vectors[v * width + column];
			for (size_t i = 0; i < width; i++)
				vectors[v * width + i] -= times * vectors[rank * width + i];
		}
		first[rank++] = column;
	}
	return rank;
}

bool actors_spanned(double *vectors, size_t count, const double *vector, size_t width)
{
	size_t first[QUANTITIES];
	double rest[QUANTITIES], largest = 0;
	memcpy(rest, vector, width * sizeof *rest);
	size_t rank = eliminate(vectors, count, width, first);
	for (size_t v = 0; v < rank; v++) {
		double times = rest[first[v]];
		for (size_t i = 0; i < width; i++)
			rest[i] -= times * vectors[v * width + i];
	}
	for (size_t i = 0; i < width; i++)
		largest = fmax(largest, fabs(rest[i]));
	return largest < 1e-9;
}

/* Whether some form of a post follows from what is printed. A post that nothing changes is 0 and no secret. */
static bool is_given(const struct ledger_view *view, size_t post)
{
	for (size_t form = 0; form < view->forms[post]; form++) {
		double vectors[ITEMS * FORMS * QUANTITIES];
		size_t count = 0;
		bool nothing = true;
		for (size_t q = 0; q < QUANTITIES; q++)
			nothing = nothing && !(fabs(view->effect[post][form][q]) > 0);
		for (size_t p = 0; p < ITEMS; p++)
			for (size_t f = 0; view->printed[p] && f < view->forms[p]; f++)
				memcpy(&vectors[count++ * QUANTITIES], view->effect[p][f], sizeof view->effect[p][f]);
		if (!nothing && actors_spanned(vectors, count, view->effect[post][form], QUANTITIES))
			return true;
	}
	return false;
}

/* ---- what is withheld ---- */

/* The cheapest up to TOGETHER printed posts without which the post is not given; the next to be tried is `from`. */
struct choice {
	size_t chosen[TOGETHER], best[TOGETHER];
	size_t best_count;
	unsigned best_cost;
};

static void choose(struct ledger_view *view, size_t post, struct choice *choice, size_t count, size_t from, unsigned cost)
{
	if (count > 0 && cost < choice->best_cost && !is_given(view, post)) {
		choice->best_cost = cost;
		choice->best_count = count;
		memcpy(choice->best, choice->chosen, sizeof choice->best);
	}
	for (size_t p = from; p < ITEMS && count < TOGETHER; p++) {
		if (!view->printed[p] || cost + posts[p].cost >= choice->best_cost)
			continue;
		view->printed[p] = false;
		choice->chosen[count] = p;
		choose(view, post, choice, count + 1, p + 1, cost + posts[p].cost);
		view->printed[p] = true;
	}
}

static void keep_open(struct ledger_view *view, size_t post)
{
	struct choice choice = { .best_cost = UINT32_MAX };
	choose(view, post, &choice, 0, 0, 0);
	for (size_t i = 0; i < choice.best_count; i++)
		view->printed[choice.best[i]] = false;
	for (size_t p = 0; p < ITEMS && choice.best_count == 0; p++)
		view->printed[p] = false;
}

static bool is_sensitive(const struct tables *tables, const char *const *codes)
{
	const struct cube *cube = tables->cube[tables_find(tables, "dominans_aktor")];
	size_t row = cube_find_named(cube, codes);
	if (row == CUBE_NO_ROW)
		return false;
	const struct contributions contributions = { .total = cube_cell(cube, row, cube_measure(cube, "summa"))->number,
		.first = cube_cell(cube, row, cube_measure(cube, "storst"))->number,
		.second = cube_cell(cube, row, cube_measure(cube, "nast"))->number };
	return dominance_sensitive(&contributions, tables->dominans);
}

/* The effects of all quantities on a form of a post; false when the form is not computed. */
static bool read_effects(const struct tables *tables, const char *const *codes, double effect[QUANTITIES])
{
	const struct cube *cube = tables->cube[tables_find(tables, "dominans_poster")];
	bool any = false;
	for (size_t q = 0; q < QUANTITIES; q++) {
		char number[24];
		(void)snprintf(number, sizeof number, "%zu", q);
		const char *key[] = { codes[0], codes[1], codes[2], codes[3], number };
		size_t row = cube_find_named(cube, key);
		any = any || row != CUBE_NO_ROW;
		effect[q] = row == CUBE_NO_ROW ? 0 : cube_cell(cube, row, 0)->number;
	}
	return any;
}

static void read_view(struct ledger_view *view)
{
	static const char *const utjamning[FORMS] = { "med", "utan" };
	for (size_t p = 0; p < ITEMS; p++) {
		view->printed[p] = view->own || p >= SAMHALLE;
		for (size_t f = 0; f < FORMS && view->printed[p]; f++) {
			const char *codes[] = { view->insats, view->underlag, utjamning[f], posts[p].name };
			if (!read_effects(view->tables, codes, view->effect[p][view->forms[p]]))
				continue;
			view->forms[p]++;
			view->sensitive[p] = view->sensitive[p] || is_sensitive(view->tables, codes);
		}
	}
	if (view->sus && casework_tells(view->tables, view->insats))
		view->sensitive[HANDLAGGNING] = true;
	for (size_t p = 0; p < ITEMS; p++)
		view->printed[p] = view->printed[p] && !view->sensitive[p];
}

/* ---- the figures that are made of a post ---- */

/* Withholds measures (a list that NULL ends; NULL: all but kostnad) of the rows with these codes in the first dimensions. */
static void withhold_rows(const struct ledger_view *view, const char *name, const char *second, const char *const *measures)
{
	size_t table = tables_find(view->tables, name);
	for (size_t row = 0; table != SIZE_MAX && row < view->tables->cube[table]->rows; row++) {
		const struct cube *cube = view->tables->cube[table];
		if (strcmp(cube_code_of(cube, row, 0), view->insats) != 0 ||
			(second != NULL && strcmp(cube_code_of(cube, row, 1), second) != 0))
			continue;
		for (size_t m = 0; measures == NULL && m < cube->table->measures; m++)
			if (strcmp(cube->table->measure[m].name, "kostnad") != 0)
				tables_withhold(view->tables, table, row, m);
		for (size_t m = 0; measures != NULL && measures[m] != NULL; m++)
			tables_withhold(view->tables, table, row, cube_measure(cube, measures[m]));
	}
}

static void withhold_post(const struct ledger_view *view, size_t post)
{
	static const char *const ledgers[] = { "e02_aterbetalning", "e03_kassaflode", "e07_band", "e08_utjamning" };
	static const char *const realised[] = { "realiserat", "verkningsgrad", NULL };
	static const char *const society[] = { "netto_manad", "aterbetalning_start", "nuvarde", "resultat_12", "resultat_60", NULL };
	for (size_t i = 0; i < sizeof ledgers / sizeof *ledgers && view->own && post <= SAMHALLE; i++)
		withhold_rows(view, ledgers[i], posts[post].name, NULL);
	if (post > SAMHALLE) {
		const char *part[] = { posts[post].measure, NULL };
		withhold_rows(view, "e06_jamforelse", view->underlag, part);
		if (view->own)
			withhold_rows(view, "e04_kanslighet", posts[post].parameter, NULL);
	} else if (post == SAMHALLE) {
		withhold_rows(view, "e06_jamforelse", view->underlag, society);
		if (view->own) {
			withhold_rows(view, "e04_kanslighet", NULL, NULL);
			withhold_rows(view, "e05_potential", NULL, realised);
		}
	}
}

/* e05: production in full-time work less that before. The price list tells the first, so the second must not be one person's. What casework before
   tells of i03 is withheld with the potential, which may be nothing else but production in full-time work. */
static void protect_potential(const struct ledger_view *view)
{
	static const char *const measures[] = { "produktion", "resursforbrukning", NULL };
	static const char *const potential[] = { "potential", "produktion", "resursforbrukning", "verkningsgrad", NULL };
	const char *codes[] = { view->insats, view->underlag, "med", "PRODUKTION_FORE" };
	if (view->own && is_sensitive(view->tables, codes))
		withhold_rows(view, "e05_potential", NULL, measures);
	if (view->own && view->sus && casework_tells_before(view->tables, view->insats))
		withhold_rows(view, "e05_potential", NULL, potential);
}

static int protect_ledger(struct tables *tables, const char *insats, const char *underlag, bool own, struct error *error)
{
	struct ledger_view *view = arena_take(tables->arena, 1, sizeof *view, error);
	if (view == NULL)
		return -1;
	view->tables = tables;
	view->insats = insats;
	view->underlag = underlag;
	view->own = own;
	view->sus = strcmp(underlag, "sus") == 0 && !(tables->settings != NULL && tables->settings->avrundning); /* then by rounded counts */
	read_view(view);
	for (size_t p = 0; p < ITEMS; p++)
		if (view->sensitive[p] && is_given(view, p))
			keep_open(view, p);
	for (size_t p = 0; p < ITEMS; p++)
		if (view->forms[p] > 0 && !view->printed[p])
			withhold_post(view, p);
	protect_potential(view);
	return 0;
}

int actors_protect(struct tables *tables, const struct settings *settings, struct error *error)
{
	static const char *const underlag[] = { [UNDERLAG_EXTRAKT] = "extrakt", [UNDERLAG_SUS] = "sus" };
	size_t support = tables_find(tables, "dominans_aktor");
	if (support == SIZE_MAX || tables_find(tables, "dominans_poster") == SIZE_MAX)
		return 0;
	const struct cube *cube = tables->cube[support];
	for (size_t insats = 0; insats < cube->codes[0].count; insats++)
		for (size_t u = 0; u < sizeof underlag / sizeof *underlag; u++)
			if (protect_ledger(tables, cube->codes[0].code[insats], underlag[u], u == (size_t)settings->underlag, error) != 0)
				return -1;
	return 0;
}
