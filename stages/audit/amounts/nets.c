/* Nets of actors: see nets.h. */
#include "stages/audit/amounts/nets.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "pipeline/maths/dominance.h"
#include "stages/audit/findings.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define RATIO 10000        /* shares and per cents as whole numbers: 31.42 % is 3142 */
#define UNIT (RATIO * RATIO)

static const char *const underlag_names[NETS_UNDERLAG] = { "extrakt", "sus" };

enum post { FK, AF, STAT, STATEN, KOM, REG, OFFENTLIG, IND, ARBG, SAMHALLE, PRODUKTION, VARD, HANDLAGGNING, FORE, COHORT };
#define ACTORS PRODUKTION
#define OPEN FORE /* posts that follow from one another; FORE stands in e05 alone */

static const struct {
	const char *name, *parameter, *measure; /* of a part: its rows of e04 and its measure of e06 */
} posts[] = { { "FK", NULL, NULL }, { "AF", NULL, NULL }, { "STAT", NULL, NULL }, { "STATEN", NULL, NULL }, { "KOM", NULL, NULL },
	{ "REG", NULL, NULL }, { "OFFENTLIG", NULL, NULL }, { "IND", NULL, NULL }, { "ARBG", NULL, NULL }, { "SAMHALLE", NULL, NULL },
	{ "PRODUKTION", "lon", "produktion" }, { "VARD", "vard", "vard" }, { "HANDLAGGNING", "handlaggning", "handlaggning" },
	{ "PRODUKTION_FORE", NULL, NULL } };

/* The changes that everything is made of, in the order of dominans_poster. */
enum quantity { Q_SP, Q_RP, Q_SE, Q_AE, Q_AK, Q_AS, Q_UE, Q_ET, Q_FS, Q_H_FK, Q_H_AF, Q_H_KOM, Q_V, Q_AO, Q_AU, Q_EF, QUANTITIES };

/* One insats on one underlag. */
struct nets {
	const struct published *published;
	const struct nets_known *known;
	const char *insats, *underlag;
	bool own;  /* the underlag of e02–e05, e07 and e08 */
	int64_t tk, tr, ts, fee, subsidy, output[3];
	bool changed[QUANTITIES];
	struct error *error;
};

/* ---- what is printed ---- */

static bool is_printed(const struct cube *cube, size_t row, size_t measure)
{
	return cube_cell(cube, row, measure)->status == CELL_PUBLISHED;
}

/* Whether a figure of the insats's rows of a table is printed, of those with this second code (NULL: any) and of the measures named (NULL ends;
   NULL: all), but not kostnad unless `cost`. */
static bool prints(const struct nets *nets, const char *name, const char *second, const char *const *measures, bool cost)
{
	const struct published_table *table = published_find(nets->published, name);
	for (size_t row = 0; table != NULL && row < table->cube->rows; row++) {
		const struct cube *cube = table->cube;
		if (strcmp(cube_code_of(cube, row, 0), nets->insats) != 0 || (second != NULL && strcmp(cube_code_of(cube, row, 1), second) != 0))
			continue;
		for (size_t m = 0; measures == NULL && m < cube->table->measures; m++)
			if (is_printed(cube, row, m) && (cost || strcmp(cube->table->measure[m].name, "kostnad") != 0))
				return true;
		for (size_t m = 0; measures != NULL && measures[m] != NULL; m++)
			if (is_printed(cube, row, cube_measure(cube, measures[m])))
				return true;
	}
	return false;
}

/* Whether some printed figure gives the post. */
static bool is_told(const struct nets *nets, enum post post)
{
	static const char *const society[] = { "netto_manad", "aterbetalning_start", "nuvarde", "resultat_12", "resultat_60", NULL };
	static const char *const realised[] = { "realiserat", "verkningsgrad", NULL };
	if (post < ACTORS && nets->own && (prints(nets, "e02", posts[post].name, NULL, false) || prints(nets, "e03", posts[post].name, NULL, false) ||
		prints(nets, "e07", posts[post].name, NULL, false) || prints(nets, "e08", posts[post].name, NULL, false)))
		return true;
	if (post == SAMHALLE)
		return prints(nets, "e06", nets->underlag, society, false) ||
			(nets->own && (prints(nets, "e04", NULL, NULL, false) || prints(nets, "e05", NULL, realised, false)));
	if (post < ACTORS)
		return false;
	const char *const measure[] = { posts[post].measure, NULL };
	return prints(nets, "e06", nets->underlag, measure, false) || (nets->own && prints(nets, "e04", posts[post].parameter, NULL, false));
}

/* ---- what follows ---- */

/* A sum that is 0, and its terms. */
static int sum_of(struct knowledge *knowledge, size_t count, const size_t *variable, const int64_t *coefficient, struct error *error)
{
	int result = knowledge_sum(knowledge, 0, 0, error);
	for (size_t i = 0; i < count && result == 0; i++)
		if (coefficient[i] != 0)
			result = knowledge_term(knowledge, variable[i], coefficient[i], error);
	return result;
}

/* What a krona of each change is to a post; all times UNIT. */
static void weigh(const struct nets *nets, enum post post, int64_t back, int64_t weight[QUANTITIES])
{
	int64_t taxes = nets->tk + nets->tr + nets->ts;
	for (enum quantity q = 0; q < QUANTITIES; q++) {
		bool wage = q >= Q_AO, support = q <= Q_FS, taxable = wage || q <= Q_AS;
		int64_t output = wage ? (RATIO + nets->fee) * nets->output[q - Q_AO] : 0, subsidy = q == Q_AU ? nets->subsidy * RATIO : 0;
		int64_t state = wage * nets->fee * RATIO + taxable * (nets->ts * RATIO + back * (nets->tk + nets->tr));
		int64_t fk = -UNIT * (q <= Q_AE || q == Q_H_FK), af = -UNIT * ((q >= Q_AK && q <= Q_ET) || q == Q_H_AF) - subsidy;
		int64_t kom = -UNIT * (q == Q_FS || q == Q_H_KOM) + taxable * (RATIO - back) * nets->tk;
		int64_t reg = -UNIT * (q == Q_V) + taxable * (RATIO - back) * nets->tr;
		int64_t ind = UNIT * (wage || support) - taxable * RATIO * taxes, arbg = output - wage * RATIO * (RATIO + nets->fee) + subsidy;
		const int64_t all[] = { [FK] = fk, [AF] = af, [STAT] = state, [STATEN] = fk + af + state, [KOM] = kom, [REG] = reg,
			[OFFENTLIG] = fk + af + state + kom + reg, [IND] = ind, [ARBG] = arbg,
			[SAMHALLE] = fk + af + state + kom + reg + ind + arbg, [PRODUKTION] = output, [VARD] = -UNIT * (q == Q_V),
			[HANDLAGGNING] = -UNIT * (q >= Q_H_FK && q <= Q_H_KOM) };
		weight[q] = all[post];
	}
}

/* Which posts, in either form, the told ones determine. */
static int determine(const struct nets *nets, const bool told[OPEN], bool given[OPEN], struct arena *arena)
{
	struct knowledge *knowledge = knowledge_new(arena, nets->error);
	size_t variable[QUANTITIES + 1], post_of[2][OPEN], forms = nets->known->taken_back > 0 ? 2 : 1;
	for (size_t q = 0; knowledge != NULL && q < QUANTITIES; q++)
		if ((variable[q] = knowledge_variable(knowledge, 0, nets->changed[q] ? KNOWLEDGE_ENDLESS : 0, nets->error)) == KNOWLEDGE_NONE)
			return -1;
	for (size_t f = 0; f < forms; f++)
		for (enum post p = 0; knowledge != NULL && p < OPEN; p++) {
			int64_t weight[QUANTITIES + 1];
			weigh(nets, p, f == 0 ? llround(nets->known->taken_back * RATIO) : 0, weight);
			variable[QUANTITIES] = post_of[f][p] = knowledge_variable(knowledge, 0, told[p] ? 0 : KNOWLEDGE_ENDLESS, nets->error);
			weight[QUANTITIES] = -UNIT;
			if (post_of[f][p] == KNOWLEDGE_NONE || sum_of(knowledge, QUANTITIES + 1, variable, weight, nets->error) != 0)
				return -1;
		}
	bool *determined = knowledge == NULL ? NULL : arena_take(arena, knowledge->variables, sizeof *determined, nets->error);
	if (determined == NULL || knowledge_determined(knowledge, determined, nets->error) != 0)
		return -1;
	for (enum post p = 0; p < OPEN; p++)
		given[p] = determined[post_of[0][p]] || (forms == 2 && determined[post_of[1][p]]);
	return 0;
}

/* ---- one insats ---- */

/* The förmåner of an agency that i03 shows anybody to have, before or after, and how many of them it withholds. */
static void count_support(const struct nets *nets, enum quantity from, enum quantity end, const char *measure, size_t *shown, size_t *hidden)
{
	static const char *const formaner[] = { "SP", "RP", "SE", "AE", "AK", "AS", "UE", "ET", "FS" };
	const struct published_table *i03 = published_find(nets->published, "i03");
	*shown = *hidden = 0;
	for (enum quantity q = from; q < end && i03 != NULL; q++) {
		const char *key[] = { nets->insats, "TOT", formaner[q] };
		size_t row = cube_find_named(i03->cube, key);
		if (row == CUBE_NO_ROW)
			continue;
		const struct cell *cell = cube_cell(i03->cube, row, cube_measure(i03->cube, measure));
		*hidden += cell->status == CELL_PROTECTED;
		*shown += cell->status == CELL_PUBLISHED && cell->number > 0;
	}
}

/* Whether casework (sus), a price for everybody with a förmån of an agency, gives a withheld count of i03: the agency's only förmån on one side,
   beside one printed förmån or none on the other; or whatever is there (`before`: of those before alone, as e05 has it). */
static bool gives_support(const struct nets *nets, bool before)
{
	static const enum quantity bounds[] = { Q_SP, Q_AK, Q_FS, Q_H_FK };
	bool gives = false;
	for (size_t a = 0; a + 1 < COUNT(bounds) && strcmp(nets->underlag, "sus") == 0; a++) {
		size_t shown[2], hidden[2];
		count_support(nets, bounds[a], bounds[a + 1], "fore", &shown[0], &hidden[0]);
		count_support(nets, bounds[a], bounds[a + 1], "efter", &shown[1], &hidden[1]);
		for (size_t side = 0; side < (before ? 1 : 2); side++)
			gives = gives || (hidden[side] == 1 && shown[side] == 0 && (before || (hidden[1 - side] == 0 && shown[1 - side] <= 1)));
	}
	return gives;
}

static bool is_sensitive(const struct nets *nets, enum post post)
{
	static const char *const forms[] = { "med", "utan" };
	const struct cube *cube = nets->known->contributions;
	for (size_t f = 0; f < COUNT(forms); f++) {
		const char *key[] = { nets->insats, nets->underlag, forms[f], posts[post].name };
		size_t row = cube_find_named(cube, key);
		if (row == CUBE_NO_ROW)
			continue;
		const struct contributions contributions = { .total = cube_cell(cube, row, cube_measure(cube, "summa"))->number,
			.first = cube_cell(cube, row, cube_measure(cube, "storst"))->number,
			.second = cube_cell(cube, row, cube_measure(cube, "nast"))->number };
		if (dominance_sensitive(&contributions, nets->known->share))
			return true;
	}
	return post == HANDLAGGNING && gives_support(nets, false);
}

/* The price list as e09 prints it: a per cent as a whole number of hundredths; 0 where the list lacks it. */
static int64_t price(const struct published *published, const char *post)
{
	const struct published_table *e09 = published_find(published, "e09");
	int64_t found = 0;
	for (size_t row = 0; e09 != NULL && row < e09->cube->rows; row++)
		if (strcmp(cube_code_of(e09->cube, row, 0), post) == 0 && is_printed(e09->cube, row, cube_measure(e09->cube, "anvant")))
			found = llround(cube_cell(e09->cube, row, cube_measure(e09->cube, "anvant"))->number * 100);
	return found;
}

/* Which changes were other than 0 for anybody: that nobody had any may be known. */
static void read_changes(struct nets *nets)
{
	const struct cube *cube = nets->known->effects;
	for (size_t q = 0; q < QUANTITIES; q++)
		nets->changed[q] = cube == NULL;
	for (size_t row = 0; cube != NULL && row < cube->rows; row++) {
		size_t quantity = 0;
		double effect = cube_cell(cube, row, 0)->number;
		if (strcmp(cube_code_of(cube, row, 0), nets->insats) != 0 || strcmp(cube_code_of(cube, row, 1), nets->underlag) != 0 ||
			!(effect < 0 || effect > 0))
			continue;
		for (const char *at = cube_code_of(cube, row, 4); *at >= '0' && *at <= '9'; at++)
			quantity = quantity * 10 + (size_t)(*at - '0');
		if (quantity < QUANTITIES)
			nets->changed[quantity] = true;
	}
}

/* Whether the cohort is of 1 … minimum − 1. */
static bool is_small_cohort(const struct nets *nets)
{
	const struct published_table *e06 = published_find(nets->published, "e06");
	const struct cube *cube = e06 == NULL ? NULL : e06->truth;
	for (size_t row = 0; cube != NULL && row < cube->rows; row++)
		if (strcmp(cube_code_of(cube, row, 0), nets->insats) == 0 && strcmp(cube_code_of(cube, row, 1), nets->underlag) == 0) {
			double cohort = cube_cell(cube, row, cube_measure(cube, "kohort"))->number;
			return cohort >= 1 && cohort < (double)nets->published->minimum;
		}
	return false;
}

static bool tells_of_cohort(const struct nets *nets)
{
	static const char *const own[] = { "e02", "e03", "e04", "e05", "e07", "e08" };
	for (size_t i = 0; i < COUNT(own) && nets->own; i++)
		if (prints(nets, own[i], NULL, NULL, true))
			return true;
	static const char *const figures[] = { "kostnad", "netto_manad", "produktion", "vard", "handlaggning", "aterbetalning_start", "nuvarde",
		"resultat_12", "resultat_60", NULL };
	return prints(nets, "e06", nets->underlag, nets->published->rounded ? figures : NULL, true); /* a rounded cohort may be of few */
}

static int judge_one(const struct nets *nets, unsigned char finding[NETS_POSTS], size_t *count)
{
	static const char *const before[] = { "produktion", "resursforbrukning", NULL };
	static const char *const potential[] = { "potential", "produktion", "resursforbrukning", "verkningsgrad", NULL };
	bool sensitive[NETS_POSTS] = { false }, told[OPEN], without[OPEN] = { false }, given[OPEN], nothing[OPEN];
	for (enum post p = 0; p <= FORE; p++) {
		sensitive[p] = is_sensitive(nets, p);
		*count += sensitive[p];
	}
	for (enum post p = 0; p < OPEN; p++)
		told[p] = is_told(nets, p);
	struct arena *arena = arena_new(nets->error);
	int result = arena == NULL || determine(nets, told, given, arena) != 0 || determine(nets, without, nothing, arena) != 0 ? -1 : 0;
	arena_free(arena);
	for (enum post p = 0; p < OPEN && result == 0; p++)
		if (sensitive[p])
			finding[p] = told[p] ? NETS_PUBLISHED : given[p] && !nothing[p] ? NETS_DETERMINED : NETS_NONE;
	if (sensitive[FORE] && nets->own && prints(nets, "e05", NULL, before, false))
		finding[FORE] = NETS_PUBLISHED;
	if (nets->own && gives_support(nets, true) && prints(nets, "e05", NULL, potential, false))
		finding[FORE] = NETS_PUBLISHED;
	if (is_small_cohort(nets) && tells_of_cohort(nets))
		finding[COHORT] = NETS_PUBLISHED;
	return result;
}

int nets_judge(const struct published *published, const struct nets_known *known, unsigned char *finding, size_t *sensitive,
	struct error *error)
{
	static const char *const output[] = { "PROD_AO", "PROD_AU", "PROD_EF" };
	struct nets nets = { .published = published, .known = known, .tk = price(published, "SKATT_KOM"), .tr = price(published, "SKATT_REG"),
		.ts = price(published, "SKATT_STAT"), .fee = price(published, "ARBETSGIVARAVGIFT"),
		.subsidy = price(published, "LONEBIDRAG"), .error = error };
	for (size_t i = 0; i < COUNT(output); i++)
		nets.output[i] = price(published, output[i]);
	const struct cube_codes *insatser = &known->contributions->codes[0];
	for (size_t i = 0; i < insatser->count; i++)
		for (size_t u = 0; u < NETS_UNDERLAG; u++) {
			nets.insats = insatser->code[i];
			nets.underlag = underlag_names[u];
			nets.own = strcmp(nets.underlag, known->underlag) == 0;
			read_changes(&nets);
			if (judge_one(&nets, &finding[(i * NETS_UNDERLAG + u) * NETS_POSTS], sensitive) != 0)
				return -1;
		}
	return 0;
}

/* ---- what is told ---- */

/* The table and measure by which a post goes: of the actors e02, of its parts e06, of what was before e05. */
static const char *table_of(enum post post, bool own)
{
	return post == FORE ? "e05" : (post < ACTORS && own) || post == COHORT ? "e02" : "e06";
}

static int tell_one(const struct published *published, const char *insats, size_t u, enum post post, const struct nets_known *known,
	enum nets_finding finding, struct text *rows, struct error *error)
{
	bool own = strcmp(underlag_names[u], known->underlag) == 0;
	const char *name = post == COHORT && !own ? "e06" : table_of(post, own);
	const struct published_table *table = published_find(published, name);
	const char *measure = post == FORE ? "produktion" : post >= PRODUKTION && post < OPEN ? posts[post].measure : "netto_manad";
	const char *second = post < ACTORS && own ? posts[post].name : strcmp(name, "e06") == 0 ? underlag_names[u] : NULL;
	for (size_t row = 0; table != NULL && row < table->cube->rows; row++) {
		const struct cube *cube = table->cube;
		if (strcmp(cube_code_of(cube, row, 0), insats) != 0 || (second != NULL && strcmp(cube_code_of(cube, row, 1), second) != 0))
			continue;
		if (findings_tell(rows, cube, row, cube_measure(cube, measure), finding == NETS_PUBLISHED ? "published" : "determined", error) != 0)
			return -1;
		return 1;
	}
	return 0;
}

int nets_tell(const struct published *published, const struct nets_known *known, const unsigned char *finding, struct text *rows,
	struct error *error)
{
	const struct cube_codes *insatser = &known->contributions->codes[0];
	size_t found = 0;
	for (size_t i = 0; i < insatser->count * NETS_UNDERLAG * NETS_POSTS; i++) {
		if (finding[i] == NETS_NONE)
			continue;
		found++;
		if (tell_one(published, insatser->code[i / NETS_POSTS / NETS_UNDERLAG], i / NETS_POSTS % NETS_UNDERLAG, (enum post)(i % NETS_POSTS),
			known, (enum nets_finding)finding[i], rows, error) < 0)
			return -1;
	}
	return found == 0 ? 0 : error_set(error, EXIT_DISCLOSURE, "tables e02–e08 give %zu net%s of few persons away", found, found == 1 ? "" : "s");
}
