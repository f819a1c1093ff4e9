/* Figures beside withheld counts: see beside.h. Written from docs/method.md, 13; it knows nothing of the protector. */
#include "stages/audit/relations/beside.h"

#include <math.h>
#include <string.h>

#include "pipeline/maths/maths.h"
#include "pipeline/table/cube/figure_name.h"
#include "stages/audit/relations/outside.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* ---- what is made of counts ---- */

/* Where one of the counts is withheld, none of the figures is printed; or it is not printed that there is none. */
static const struct beside_rule {
	const char *table, *figure[6]; /* all of the row without one */
	const char *counts;            /* the table of the counts; NULL: the same row */
	const char *from[3];           /* of each of its dimensions: the dimension of `table`, or =CODE */
	const char *count[2];
	enum { PRINTED, ABSENT } tells;
	const char *unless;            /* where this figure is 0 everybody sees that there is none; nothing is said where nobody knows it */
	bool one_year;                 /* only in a table of one year: the counts are those of the period */
} rules[] = {
	{ "i03", { "forandring" }, NULL, { NULL }, { "fore", "efter" }, PRINTED, NULL, false },
	{ "i04", { "forandring" }, NULL, { NULL }, { "fore", "efter" }, PRINTED, NULL, false },
	{ "i06", { "andel_arbete_eller_studier", "ki_lag", "ki_hog" }, NULL, { NULL }, { "arbete_eller_studier", "avslutade" }, PRINTED, NULL, false },
	{ "i09", { "median_vantetid", "p90_vantetid" }, NULL, { NULL }, { "vantande" }, PRINTED, NULL, false },
	{ "i09", { "median_vantetid_startade", "p90_vantetid_startade" }, NULL, { NULL }, { "startade" }, PRINTED, NULL, false },
	{ "i12", { "medel_start", "medel_slut", "skillnad", "ki_lag", "ki_hog", "p_wilcoxon" }, NULL, { NULL }, { "par" }, PRINTED, NULL, false },
	{ "m01", { "kr_per_invanare_dag" }, NULL, { NULL }, { "personer" }, PRINTED, NULL, false },
	{ "m02", { "per_1000" }, NULL, { NULL }, { "personer" }, PRINTED, NULL, false },
	{ "g01", { "utfall", "ki_lag", "ki_hog", "bedomning" }, NULL, { NULL }, { "taljare", "namnare" }, PRINTED, NULL, false },
	{ "i14", { "andel_k", "skillnad", "ki_lag", "ki_hog" }, "i06", { "insats", "=K" }, { "arbete_eller_studier", "avslutade" }, PRINTED, NULL, false },
	{ "i14", { "andel_m", "skillnad", "ki_lag", "ki_hog" }, "i06", { "insats", "=M" }, { "arbete_eller_studier", "avslutade" }, PRINTED, NULL, false },
	{ "i14", { "p_logrank" }, "i13", { "insats", "=TOT", "=0" }, { "kvar" }, PRINTED, NULL, false },
	{ "i13", { "kvar", "handelser", "censurerade", "andel", "ki_lag", "ki_hog" }, "i01", { "insats", "=TOT", "kon" }, { "deltaganden", "avslutade" },
		PRINTED, NULL, false },
	{ "i13", { "handelser", "censurerade", "andel", "ki_lag", "ki_hog" }, NULL, { NULL }, { "kvar" }, PRINTED, NULL, false },
	{ "e01", { "kr_per_deltagande" }, "i01", { "insats", "=TOT", "=TOT" }, { "deltaganden" }, PRINTED, NULL, true },
	{ "e01", { "kr_per_avslutad_till_arbete_eller_studier" }, "i06", { "insats", "=TOT" }, { "arbete_eller_studier" }, PRINTED, NULL, true },
	{ "i12", { NULL }, NULL, { NULL }, { "par", "medel_start" }, ABSENT, NULL, false },
	{ "i13", { NULL }, NULL, { NULL }, { "kvar" }, ABSENT, NULL, false },
	{ "i14", { "p_logrank" }, "i13", { "insats", "=TOT", "=0" }, { "kvar" }, ABSENT, NULL, false },
	{ "e02", { NULL }, NULL, { NULL }, { "netto_manad" }, ABSENT, "kostnad", false },
	{ "e04", { NULL }, NULL, { NULL }, { "nuvarde" }, ABSENT, NULL, false },
	{ "e06", { "aterbetalning_start" }, NULL, { NULL }, { "nuvarde" }, ABSENT, NULL, false },
	{ "e08", { NULL }, NULL, { NULL }, { "nuvarde" }, ABSENT, NULL, false },
};

static bool is_of(const struct published_table *table, const char *name)
{
	return strncmp(table->cube->table->name, name, strlen(name)) == 0;
}

/* What a figure is: printed, or before protection; not a number where neither is known. */
static double number_of(const struct published_table *table, size_t row, const char *measure)
{
	const struct cell *cell = cube_cell(table->cube, row, cube_measure(table->cube, measure));
	const char *code[TABLE_DIMENSIONS];
	for (size_t d = 0; d < table->cube->table->dimensions; d++)
		code[d] = cube_code_of(table->cube, row, d);
	size_t at = cell->status == CELL_PUBLISHED || table->truth == NULL ? CUBE_NO_ROW : cube_find_named(table->truth, code);
	if (at != CUBE_NO_ROW)
		cell = cube_cell(table->truth, at, cube_measure(table->truth, measure));
	return cell->status == CELL_PUBLISHED ? cell->number : MATHS_NAN;
}

static const char *code_of(const struct published_table *table, size_t row, const char *from)
{
	if (from[0] == '=')
		return from + 1;
	for (size_t d = 0; d < table->cube->table->dimensions; d++)
		if (strcmp(table->cube->table->dimension[d].name, from) == 0)
			return cube_code_of(table->cube, row, d);
	return "";
}

/* Whether one of the rule's counts is withheld for a row. */
static bool is_withheld(const struct published *published, const struct beside_rule *rule, const struct published_table *table, size_t row)
{
	const struct published_table *counts = rule->counts == NULL ? table : published_find(published, rule->counts);
	const char *code[TABLE_DIMENSIONS];
	size_t at = row;
	if (counts == NULL)
		return false;
	if (counts != table) {
		for (size_t d = 0; d < counts->cube->table->dimensions; d++)
			code[d] = code_of(table, row, rule->from[d]);
		at = cube_find_named(counts->cube, code);
	}
	bool withheld = false;
	for (size_t c = 0; c < COUNT(rule->count) && rule->count[c] != NULL && at != CUBE_NO_ROW; c++)
		withheld = withheld || cube_cell(counts->cube, at, cube_measure(counts->cube, rule->count[c]))->status == CELL_PROTECTED;
	return withheld;
}

static bool is_figure(const struct beside_rule *rule, const char *measure)
{
	bool named = rule->figure[0] == NULL;
	for (size_t f = 0; f < COUNT(rule->figure) && rule->figure[f] != NULL; f++)
		named = named || strcmp(rule->figure[f], measure) == 0;
	return named;
}

static void judge_rule(const struct published *published, const struct beside_rule *rule, const struct published_table *table, unsigned char *finding)
{
	const struct cube *cube = table->cube;
	size_t measures = cube->table->measures;
	enum cell_status status = rule->tells == ABSENT ? CELL_MISSING : CELL_PUBLISHED;
	for (size_t row = 0; row < cube->rows; row++) {
		if (!is_withheld(published, rule, table, row) || (rule->unless != NULL && !(fabs(number_of(table, row, rule->unless)) > 0)))
			continue;
		for (size_t m = 0; m < measures; m++)
			if (is_figure(rule, cube->table->measure[m].name) && cube_cell(cube, row, m)->status == status)
				finding[row * measures + m] = rule->tells == ABSENT ? BESIDE_ABSENCE : BESIDE_FIGURE;
	}
}

/* ---- beside rounded counts ---- */

/* Figures that rounding does not make anew tell of a printed count: the least may be 1, and where all of a total's count stands in one row two figures
   that differ would tell of somebody else. */
static const struct measured_rule {
	const char *table, *count, *figure[6];
} measured[] = {
	{ "i09", "vantande", { "median_vantetid", "p90_vantetid" } },
	{ "i09", "startade", { "median_vantetid_startade", "p90_vantetid_startade" } },
	{ "i12", "par", { "medel_start", "medel_slut", "skillnad", "ki_lag", "ki_hog", "p_wilcoxon" } },
};

/* Whether a total of the row, over one dimension, has the same count and prints the figure, too. */
static bool is_told_twice(const struct cube *cube, size_t row, size_t count, size_t figure)
{
	uint32_t key[TABLE_DIMENSIONS];
	bool twice = false;
	for (size_t d = 0; d < cube->table->dimensions; d++) {
		if (cube->codes[d].total == UINT32_MAX || cube_is_total(cube, row, d))
			continue;
		memcpy(key, &cube->key[row * cube->table->dimensions], cube->table->dimensions * sizeof *key);
		key[d] = cube->codes[d].total;
		size_t total = cube_find(cube, key);
		twice = twice || (total != CUBE_NO_ROW && cube_cell(cube, total, figure)->status == CELL_PUBLISHED &&
			llround(cube_cell(cube, total, count)->number) == llround(cube_cell(cube, row, count)->number));
	}
	return twice;
}

static void judge_measured(const struct published *published, const struct published_table *table, unsigned char *finding)
{
	const struct cube *cube = table->cube;
	size_t measures = cube->table->measures;
	for (size_t i = 0; i < COUNT(measured) * cube->rows; i++) {
		const struct measured_rule *rule = &measured[i / cube->rows];
		size_t row = i % cube->rows;
		for (size_t f = 0; f < COUNT(rule->figure) && rule->figure[f] != NULL && is_of(table, rule->table); f++) {
			size_t figure = cube_measure(cube, rule->figure[f]), count = cube_measure(cube, rule->count);
			bool few = llround(cube_cell(cube, row, count)->number) <= published->minimum;
			if (cube_cell(cube, row, figure)->status == CELL_PUBLISHED && (few || is_told_twice(cube, row, count, figure)))
				finding[row * measures + figure] = BESIDE_FIGURE;
		}
	}
}

/* Who answered twice, and who exited without, is among the participations and the exits of the insats and kön, where it is so before protection: a count
   of 0 beside one of the base is of few. */
static void judge_pairs(const struct published *published, const struct published_table *table, unsigned char *finding)
{
	static const char *const among[][2] = { { "par", "deltaganden" }, { "utan_par", "avslutade" } };
	const struct published_table *all = published_find(published, "i01");
	const struct cube *cube = table->cube;
	for (size_t i = 0; all != NULL && i < COUNT(among) * cube->rows; i++) {
		size_t row = i % cube->rows, measure = cube_measure(cube, among[i / cube->rows][0]);
		const char *held = among[i / cube->rows][1], *of[] = { cube_code_of(cube, row, 0), CUBE_TOTAL, cube_code_of(cube, row, 2) };
		const char *own[] = { of[0], cube_code_of(cube, row, 1), of[2] };
		size_t at = cube_find_named(all->cube, of), before = all->truth == NULL ? CUBE_NO_ROW : cube_find_named(all->truth, of);
		size_t part = table->truth == NULL ? CUBE_NO_ROW : cube_find_named(table->truth, own);
		const struct cell *cell = cube_cell(cube, row, measure), *whole = at == CUBE_NO_ROW ? NULL : cube_cell(all->cube, at, cube_measure(all->cube, held));
		double then = before == CUBE_NO_ROW ? 0 : cube_cell(all->truth, before, cube_measure(all->truth, held))->number;
		bool so = part == CUBE_NO_ROW || all->truth == NULL || cube_cell(table->truth, part, measure)->number <= then;
		if (so && cell->status == CELL_PUBLISHED && (whole == NULL || whole->status == CELL_PUBLISHED) && cell->number > (whole == NULL ? 0 : whole->number))
			finding[row * cube->table->measures + measure] = BESIDE_LESS;
	}
}

/* q01: why a figure of persons differs from what was published would tell which combinations without a row have nobody in truth. */
static void judge_reasons(const struct published *published, const struct published_table *table, unsigned char *finding)
{
	static const char *const money[] = { "budget", "utfall", "avvikelse" };
	const struct cube *cube = table->cube;
	size_t reason = cube_measure(cube, "forklaring");
	for (size_t row = 0; row < cube->rows; row++) {
		const struct published_table *named = published_find(published, cube_code_of(cube, row, 0));
		const char *code[TABLE_DIMENSIONS], *measure = cube_code_of(cube, row, 2);
		char key[512] = "";
		(void)strncat(key, cube_code_of(cube, row, 1), sizeof key - 1);
		bool persons = named != NULL && strcmp(named->cube->table->name, cube_code_of(cube, row, 0)) == 0 && !is_of(named, "e09") && !is_of(named, "q01") &&
			figure_measure(named->cube->table, measure) != SIZE_MAX && figure_split(key, named->cube->table, code);
		for (size_t i = 0; persons && i < COUNT(money); i++)
			persons = !is_of(named, "e01") || strcmp(measure, money[i]) != 0;
		if (persons && cube_cell(cube, row, reason)->status == CELL_PUBLISHED)
			finding[row * cube->table->measures + reason] = BESIDE_FIGURE;
	}
}

/* ---- cohorts ---- */

/* A cohort of e06, which stands in a row for each rate of interest. */
struct cohort {
	const struct published_table *table;
	size_t row; /* the first */
	double count, share;
	bool told, share_told; /* printed, or published before with today's value */
};

static bool same_cohort(const struct cube *cube, size_t a, size_t b)
{
	return strcmp(cube_code_of(cube, a, 0), cube_code_of(cube, b, 0)) == 0 && strcmp(cube_code_of(cube, a, 1), cube_code_of(cube, b, 1)) == 0;
}

static bool is_told(const struct published *published, const struct published_table *table, size_t row, const char *measure)
{
	size_t m = cube_measure(table->cube, measure);
	double number, half;
	return cube_cell(table->cube, row, m)->status == CELL_PUBLISHED || outside_amount(published, table, row, m, &number, &half);
}

static struct cohort find_cohort(const struct published *published, const struct published_table *table, size_t row)
{
	struct cohort cohort = { .table = table, .row = row, .count = number_of(table, row, "kohort"), .share = number_of(table, row, "andel_lankad") };
	for (size_t other = 0; other < table->cube->rows; other++)
		if (same_cohort(table->cube, row, other)) {
			cohort.told = cohort.told || is_told(published, table, other, "kohort");
			cohort.share_told = cohort.share_told || is_told(published, table, other, "andel_lankad");
		}
	return cohort;
}

static bool is_few(const struct published *published, double count)
{
	return round(count) >= 1 && round(count) < (double)published->minimum;
}

/* The exits of a cohort's insats: withheld, or how many; not a number without i01. */
static double exits_of(const struct published *published, const struct cohort *cohort, bool *withheld)
{
	const struct published_table *all = published_find(published, "i01");
	const char *code[] = { cube_code_of(cohort->table->cube, cohort->row, 0), CUBE_TOTAL, CUBE_TOTAL };
	size_t at = all == NULL ? CUBE_NO_ROW : cube_find_named(all->cube, code);
	*withheld = at != CUBE_NO_ROW && cube_cell(all->cube, at, cube_measure(all->cube, "avslutade"))->status == CELL_PROTECTED;
	return at == CUBE_NO_ROW ? MATHS_NAN : number_of(all, at, "avslutade");
}

/* Whether a reason to exit that cohorts leave out is withheld, for any kön: of underlag sus these are all who are left out, of the other no fewer. */
static bool reason_withheld(const struct published *published, const struct cohort *cohort, double left_out)
{
	static const char *const reasons[] = { "07", "09", "13" };
	const struct published_table *exits = published_find(published, "i05");
	const struct cube *cube = cohort->table->cube;
	bool withheld = false, all = strcmp(cube_code_of(cube, cohort->row, 1), "sus") == 0 || left_out < 2 * (double)published->minimum;
	for (size_t row = 0; exits != NULL && all && row < exits->cube->rows; row++)
		for (size_t r = 0; r < COUNT(reasons) && strcmp(cube_code_of(exits->cube, row, 0), cube_code_of(cube, cohort->row, 0)) == 0; r++)
			withheld = withheld || (strcmp(cube_code_of(exits->cube, row, 2), reasons[r]) == 0 &&
				cube_cell(exits->cube, row, cube_measure(exits->cube, "avslutade"))->status == CELL_PROTECTED);
	return withheld;
}

/* Whether the printed number of a cohort leaves few: of it, of its linked part or the rest, of the exits that it leaves out, or between the two cohorts
   of an insats. */
static bool number_tells(const struct published *published, const struct cohort *cohort)
{
	const struct cube *cube = cohort->table->cube;
	double linked = cohort->count * cohort->share / 100;
	bool withheld, tells = is_few(published, cohort->count) ||
		(cohort->share_told && (is_few(published, linked) || is_few(published, cohort->count - round(linked))));
	double exits = exits_of(published, cohort, &withheld);
	tells = tells || (cohort->count > 0 && (withheld || is_few(published, exits - cohort->count) ||
		reason_withheld(published, cohort, exits - cohort->count)));
	for (size_t row = 0; row < cube->rows && !tells; row++)
		if (strcmp(cube_code_of(cube, row, 0), cube_code_of(cube, cohort->row, 0)) == 0 && !same_cohort(cube, row, cohort->row)) {
			struct cohort other = find_cohort(published, cohort->table, row);
			tells = other.told && is_few(published, fabs(other.count - cohort->count));
		}
	return tells;
}

static void judge_cohorts(const struct published *published, const struct published_table *table, unsigned char *finding)
{
	const struct cube *cube = table->cube;
	size_t measures = cube->table->measures, count = cube_measure(cube, "kohort"), share = cube_measure(cube, "andel_lankad");
	for (size_t row = 0; row < cube->rows; row++) {
		struct cohort cohort = find_cohort(published, table, row);
		double linked = cohort.count * cohort.share / 100;
		bool few = is_few(published, linked) || is_few(published, cohort.count - round(linked));
		if (cube_cell(cube, row, share)->status == CELL_PUBLISHED && few)
			finding[row * measures + share] = BESIDE_FEW;
		else if (cube_cell(cube, row, share)->status == CELL_PUBLISHED && cohort.share > 0 && cohort.share < 100 &&
			cube_cell(cube, row, count)->status == CELL_PROTECTED)
			finding[row * measures + share] = BESIDE_FIGURE; /* of few numbers */
		if (cube_cell(cube, row, count)->status == CELL_PUBLISHED && number_tells(published, &cohort))
			finding[row * measures + count] = BESIDE_FEW;
	}
}

void beside_judge(const struct published *published, const struct published_table *table, unsigned char *finding)
{
	bool one_year = is_of(table, "e01") && table->cube->codes[1].count == 1;
	for (size_t r = 0; r < COUNT(rules); r++)
		if (is_of(table, rules[r].table) && (!rules[r].one_year || one_year))
			judge_rule(published, &rules[r], table, finding);
	if (published->rounded)
		judge_measured(published, table, finding);
	if (published->rounded && is_of(table, "i12") && !published->stands[0])
		judge_pairs(published, table, finding);
	if (published->rounded && is_of(table, "q01"))
		judge_reasons(published, table, finding);
	if (is_of(table, "e06") && !published->rounded)
		judge_cohorts(published, table, finding);
}
