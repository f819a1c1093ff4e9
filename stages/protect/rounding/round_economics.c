/* The calculation (e02–e08) beside rounded counts: see rounded.h. Its figures are exact; so which of them are printed must follow from the rounded
   counts alone, and none of them is where those count few. */
#include <math.h>
#include <string.h>

#include "pipeline/maths/maths.h"
#include "stages/protect/formaner.h"
#include "stages/protect/rounding/rounded.h"

static const char *const ledgers[] = { "e02_aterbetalning", "e03_kassaflode", "e07_band", "e08_utjamning" }; /* by actor */
static const char *const others[] = { "e04_kanslighet", "e05_potential" };

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* The figures of an insats on an underlag. */
struct calculation {
	struct rounded *rounded;
	const char *insats, *underlag;
	bool own; /* the underlag of the settings, of e02–e05, e07 and e08 */
};

/* ---- what the rounded counts say ---- */

/* The most that is printed of exits with one of the codes (NULL ends), before or after. */
static int64_t most_with(const struct calculation *calculation, const char *name, const char *const *code, bool after)
{
	const struct tables *tables = calculation->rounded->tables;
	size_t table = tables_find(tables, name);
	int64_t most = 0;
	for (; table != SIZE_MAX && *code != NULL; code++) {
		const char *key[] = { calculation->insats, CUBE_TOTAL, *code };
		size_t row = cube_find_named(tables->cube[table], key);
		for (size_t side = 0; row != CUBE_NO_ROW && side < (after ? 2U : 1U); side++) {
			int64_t count = (int64_t)llround(tables_value(tables, table, row, side == 0 ? "fore" : "efter"));
			most = count > most ? count : most;
		}
	}
	return most;
}

static bool few_work(const struct calculation *calculation, bool after)
{
	static const char *const work[] = { "AO", "AU", "EF", NULL };
	return most_with(calculation, "i04_sysselsattning", work, after) <= calculation->rounded->base;
}

/* Casework of underlag sus is a price for everybody with a förmån of an agency. */
static bool few_supported(const struct calculation *calculation)
{
	bool few = false;
	for (size_t a = 0; a < FORMAN_AGENCIES; a++)
		few = few || most_with(calculation, "i03_forsorjning", forman_groups[a].part, true) <= calculation->rounded->base;
	return few;
}

/* ---- what is withheld ---- */

static bool is_among(const char *name, const char *const *list)
{
	while (*list != NULL && strcmp(*list, name) != 0)
		list++;
	return *list != NULL;
}

/* Of the rows of the insats with this second code (NULL: any) the measures named, or (`but`) all others: withheld, whether there is one or not, or as
   where nobody is. */
static void mark(const struct calculation *calculation, const char *name, const char *second, const char *const *measures, bool but, enum cell_status status)
{
	struct tables *tables = calculation->rounded->tables;
	size_t table = tables_find(tables, name);
	for (size_t row = 0; table != SIZE_MAX && row < tables->cube[table]->rows; row++) {
		struct cube *cube = tables->cube[table];
		if (strcmp(cube_code_of(cube, row, 0), calculation->insats) != 0 || (second != NULL && strcmp(cube_code_of(cube, row, 1), second) != 0))
			continue;
		for (size_t m = 0; m < cube->table->measures; m++)
			if (is_among(cube->table->measure[m].name, measures) != but)
				*cube_cell(cube, row, m) = (struct cell){ .status = status, .number = cube_cell(cube, row, m)->number };
	}
}

/* All that is calculated of the cohort, but how many it is, and the cost of each where that is no secret. */
static void mark_all(const struct calculation *calculation, bool cost, enum cell_status status)
{
	static const char *const counts[] = { "kohort", "andel_lankad", NULL }, *const told[] = { "kohort", "andel_lankad", "kostnad", NULL };
	const char *const *but = cost ? told : counts;
	mark(calculation, "e06_jamforelse", calculation->underlag, but, true, status);
	for (size_t i = 0; calculation->own && i < COUNT(ledgers); i++)
		mark(calculation, ledgers[i], NULL, but, true, status);
	for (size_t i = 0; calculation->own && i < COUNT(others); i++)
		mark(calculation, others[i], NULL, but, true, status);
}

/* What casework is part of, but for SAMHALLE: its production, from which casework follows, and the nets of actors, of which any few give the others. */
static void withhold_casework(const struct calculation *calculation)
{
	static const char *const parts[] = { "produktion", "handlaggning", NULL }, *const cost[] = { "kostnad", NULL };
	static const char *const actors[] = { "FK", "AF", "STAT", "STATEN", "KOM", "REG", "OFFENTLIG", "IND", "ARBG" };
	static const char *const realised[] = { "realiserat", NULL }, *const none[] = { NULL };
	mark(calculation, "e06_jamforelse", calculation->underlag, parts, false, CELL_PROTECTED);
	if (!calculation->own)
		return;
	for (size_t i = 0; i < COUNT(ledgers); i++)
		for (size_t a = 0; a < COUNT(actors); a++)
			mark(calculation, ledgers[i], actors[a], cost, true, CELL_PROTECTED);
	mark(calculation, "e04_kanslighet", "lon", none, true, CELL_PROTECTED);
	mark(calculation, "e04_kanslighet", "handlaggning", none, true, CELL_PROTECTED);
	mark(calculation, "e05_potential", NULL, realised, true, CELL_PROTECTED);
}

/* ---- cohorts ---- */

/* No more than the exits, among whom it is. */
static int64_t cohort_of(const struct calculation *calculation, size_t table, size_t row, size_t measure)
{
	const struct rounded *rounded = calculation->rounded;
	int64_t truth = (int64_t)llround(rounded_truth(rounded, table, row, measure));
	int64_t count = rounded_held(rounded, table, row, measure, rounded_alone(rounded, calculation->insats, truth));
	size_t i01 = tables_find(rounded->tables, "i01_deltagare");
	const char *key[] = { calculation->insats, CUBE_TOTAL, CUBE_TOTAL };
	size_t exits = i01 == SIZE_MAX ? CUBE_NO_ROW : cube_find_named(rounded->tables->cube[i01], key);
	int64_t most = exits == CUBE_NO_ROW ? INT64_MAX : (int64_t)llround(tables_value(rounded->tables, i01, exits, "avslutade"));
	return count < most ? count : most;
}

/* The cohort and the linked part of it. */
static void set_cohort(const struct calculation *calculation, size_t table, size_t row)
{
	struct rounded *rounded = calculation->rounded;
	struct cube *cube = rounded->tables->cube[table];
	size_t cohort = cube_measure(cube, "kohort"), linked = cube_measure(cube, "andel_lankad");
	double part = rounded_truth(rounded, table, row, cohort) * rounded_truth(rounded, table, row, linked) / 100;
	int64_t count = cohort_of(calculation, table, row, cohort), among = rounded_alone(rounded, calculation->insats, (int64_t)llround(part));
	rounded_set(rounded, table, row, cohort, count);
	if (cube_cell(cube, row, linked)->status != CELL_MISSING)
		cube_set(cube, row, linked, count == 0 ? MATHS_NAN : 100 * (double)(among < count ? among : count) / (double)count);
}

/* Whether the other underlag's cohort is as many, or one base more or less: they may differ by few. */
static bool is_near(const struct rounded *rounded, const struct cube *cube, size_t row)
{
	size_t cohort = cube_measure(cube, "kohort");
	bool near = false;
	for (uint32_t u = 0; u < cube->codes[1].count; u++) {
		uint32_t key[] = { cube->key[row * 3], u, cube->key[row * 3 + 2] };
		size_t other = u == cube->key[row * 3 + 1] ? CUBE_NO_ROW : cube_find(cube, key);
		near = near || (other != CUBE_NO_ROW && cube_cell(cube, other, cohort)->number > 0 &&
			fabs(cube_cell(cube, other, cohort)->number - cube_cell(cube, row, cohort)->number) <= (double)rounded->base);
	}
	return near;
}

static void judge(const struct calculation *calculation, int64_t cohort)
{
	static const char *const before[] = { "produktion", "resursforbrukning", NULL };
	int64_t base = calculation->rounded->base;
	if (cohort <= base) {
		mark_all(calculation, false, cohort == 0 ? CELL_MISSING : CELL_PROTECTED);
		return;
	}
	if (few_work(calculation, true))
		mark_all(calculation, true, CELL_PROTECTED);
	else if (strcmp(calculation->underlag, "sus") == 0 && few_supported(calculation))
		withhold_casework(calculation);
	if (calculation->own && few_work(calculation, false))
		mark(calculation, "e05_potential", NULL, before, false, CELL_PROTECTED);
}

void rounded_economics(struct rounded *rounded)
{
	static const char *const underlag[] = { [UNDERLAG_EXTRAKT] = "extrakt", [UNDERLAG_SUS] = "sus" };
	static const char *const parts[] = { "kostnad", "netto_manad", "produktion", "vard", "handlaggning", NULL };
	size_t table = tables_find(rounded->tables, "e06_jamforelse");
	size_t rows = table == SIZE_MAX ? 0 : rounded->tables->cube[table]->rows;
	for (size_t step = 0; step < 2 * rows; step++) { /* all cohorts, then what is made of them */
		const struct cube *cube = rounded->tables->cube[table];
		size_t row = step % rows, cohort = cube_measure(cube, "kohort");
		const struct calculation calculation = { rounded, cube_code_of(cube, row, 0), cube_code_of(cube, row, 1),
			strcmp(cube_code_of(cube, row, 1), underlag[rounded->settings->underlag]) == 0 };
		if (cube_cell(cube, row, cohort)->status == CELL_MISSING)
			continue;
		if (step < rows) {
			set_cohort(&calculation, table, row);
			continue;
		}
		if (is_near(rounded, cube, row))
			mark(&calculation, cube->table->name, calculation.underlag, parts, false, CELL_PROTECTED);
		judge(&calculation, (int64_t)llround(cube_cell(cube, row, cohort)->number));
	}
}
