/* The calculation beside rounded counts: see calculated.h. Written from docs/method.md, 13; it knows nothing of the protector. */
#include "stages/audit/relations/calculated.h"

#include <math.h>
#include <string.h>

#include "pipeline/maths/maths.h"

#define AGENCIES 3

/* What the print says of an insats on an underlag. */
struct reading_of {
	double cohort, other; /* of this underlag and of the other one; not a number where none is printed */
	double exits;
	bool few_work, few_before, few_supported;
};

static bool is_one_of(const char *name, const char *const *list)
{
	bool found = false;
	for (; *list != NULL; list++)
		found = found || strcmp(name, *list) == 0;
	return found;
}

/* A count that is printed; not a number where it is withheld or missing, 0 without its row. */
static double printed(const struct published_table *table, const char *const *key, const char *measure)
{
	size_t row = table == NULL ? CUBE_NO_ROW : cube_find_named(table->cube, key);
	if (row == CUBE_NO_ROW)
		return table == NULL ? MATHS_NAN : 0;
	const struct cell *cell = cube_cell(table->cube, row, cube_measure(table->cube, measure));
	return cell->status == CELL_PUBLISHED ? cell->number : MATHS_NAN;
}

/* Whether no code of the list is printed with more than the least count at the exits, before nor (unless `before`) after. */
static bool few_with(const struct published *published, const char *name, const char *insats, const char *const *code, bool before)
{
	const struct published_table *table = published_find(published, name);
	bool few = table != NULL;
	for (; *code != NULL && few; code++) {
		const char *key[] = { insats, CUBE_TOTAL, *code };
		few = !(printed(table, key, "fore") > (double)published->minimum) && (before || !(printed(table, key, "efter") > (double)published->minimum));
	}
	return few;
}

static struct reading_of read_insats(const struct published *published, const char *insats, const char *underlag)
{
	static const char *const work[] = { "AO", "AU", "EF", NULL };
	static const char *const support[AGENCIES][5] = { { "SP", "RP", "SE", "AE" }, { "AK", "AS", "UE", "ET" }, { "FS" } };
	const char *own[] = { insats, underlag, "0" }, *all[] = { insats, CUBE_TOTAL, CUBE_TOTAL };
	const char *beside[] = { insats, strcmp(underlag, "sus") == 0 ? "extrakt" : "sus", "0" };
	const struct published_table *e06 = published_find(published, "e06");
	struct reading_of reading = { .cohort = printed(e06, own, "kohort"), .other = printed(e06, beside, "kohort"),
		.exits = printed(published_find(published, "i01"), all, "avslutade"), .few_work = few_with(published, "i04", insats, work, false),
		.few_before = few_with(published, "i04", insats, work, true) };
	for (size_t a = 0; a < AGENCIES && strcmp(underlag, "sus") == 0; a++)
		reading.few_supported = reading.few_supported || few_with(published, "i03", insats, support[a], false);
	return reading;
}

/* Whether a figure of the row is made of casework, and not of all that society has of it. */
static bool of_casework(const struct cube *cube, size_t row, const char *measure)
{
	const char *table = cube->table->name, *second = cube->table->dimensions > 1 ? cube_code_of(cube, row, 1) : "";
	static const char *const parts[] = { "produktion", "handlaggning", NULL }, *const prices[] = { "lon", "handlaggning", NULL };
	if (strncmp(table, "e06", 3) == 0)
		return is_one_of(measure, parts);
	if (strncmp(table, "e04", 3) == 0)
		return is_one_of(second, prices);
	return strncmp(table, "e05", 3) == 0 ? strcmp(measure, "realiserat") != 0 : strcmp(second, "SAMHALLE") != 0;
}

/* Whether the figure may be printed, as far as the counts say; kostnad is money of the insats. */
static bool is_open(const struct reading_of *reading, double least, const struct cube *cube, size_t row, const char *measure)
{
	static const char *const parts[] = { "kostnad", "netto_manad", "produktion", "vard", "handlaggning", NULL };
	static const char *const rest[] = { "produktion", "resursforbrukning", NULL };
	bool e05 = strncmp(cube->table->name, "e05", 3) == 0, e06 = strncmp(cube->table->name, "e06", 3) == 0;
	bool cost = strcmp(measure, "kostnad") == 0;
	if (reading->cohort <= least || (e06 && reading->other > 0 && fabs(reading->other - reading->cohort) <= least && is_one_of(measure, parts)))
		return false;
	return cost || !(reading->few_work || (reading->few_supported && of_casework(cube, row, measure)) ||
		(reading->few_before && e05 && is_one_of(measure, rest)));
}

static unsigned char judge_cell(const struct published *published, const struct reading_of *reading, const struct cube *cube, size_t row, size_t measure)
{
	const char *name = cube->table->measure[measure].name;
	enum cell_status status = cube_cell(cube, row, measure)->status;
	double least = (double)published->minimum;
	if (strcmp(name, "kohort") == 0)
		return status == CELL_PROTECTED && !isnan(reading->exits) ? BESIDE_FIGURE : status == CELL_PUBLISHED && reading->cohort > reading->exits ? BESIDE_LESS : BESIDE_NONE;
	if (isnan(reading->cohort) || strcmp(name, "andel_lankad") == 0)
		return BESIDE_NONE;
	if (reading->cohort < least)
		return status == CELL_MISSING ? BESIDE_NONE : BESIDE_FIGURE;
	if (status == CELL_MISSING && reading->cohort <= least)
		return BESIDE_ABSENCE;
	return status == CELL_PUBLISHED && !is_open(reading, least, cube, row, name) ? BESIDE_FIGURE : BESIDE_NONE;
}

void calculated_judge(const struct published *published, const struct published_table *table, const struct settings *settings, unsigned char *finding)
{
	static const char *const names[] = { "e02", "e03", "e04", "e05", "e06", "e07", "e08", NULL };
	static const char *const underlag[] = { [UNDERLAG_EXTRAKT] = "extrakt", [UNDERLAG_SUS] = "sus" };
	const struct cube *cube = table->cube;
	char name[4] = "";
	(void)strncat(name, cube->table->name, 3);
	if (settings == NULL || !published->rounded || published_find(published, "e06") == NULL || !is_one_of(name, names))
		return;
	struct reading_of reading = { 0 };
	for (size_t row = 0; row < cube->rows; row++) {
		const char *insats = cube_code_of(cube, row, 0), *of = strcmp(name, "e06") == 0 ? cube_code_of(cube, row, 1) : underlag[settings->underlag];
		bool same = row > 0 && cube->key[row * cube->table->dimensions] == cube->key[(row - 1) * cube->table->dimensions] &&
			(strcmp(name, "e06") != 0 || strcmp(of, cube_code_of(cube, row - 1, 1)) == 0);
		if (!same)
			reading = read_insats(published, insats, of);
		for (size_t m = 0; m < cube->table->measures; m++)
			finding[row * cube->table->measures + m] = finding[row * cube->table->measures + m] != BESIDE_NONE
				? finding[row * cube->table->measures + m] : judge_cell(published, &reading, cube, row, m);
	}
}
