/* What holds between the tables of a run, as data and as rows of a system: see facts.h. */
#include "stages/protect/facts.h"

#include <math.h>
#include <string.h>

#include "stages/protect/past.h"

#define TOT CUBE_TOTAL
#define COUNT(array) (sizeof(array) / sizeof *(array))

/* ---- what holds ---- */

/* Dimensions over which counts add up to TOT. Open: what has no code stands in TOT alone, the codes are no more than TOT. */
static const struct sum_fact {
	const char *table;
	const char *measure[6]; /* NULL ends */
	const char *over[4];    /* NULL ends */
	bool open;
} sum_facts[] = {
	{ "i01_deltagare", { "deltaganden", "nya", "avslutade", "pagaende" }, { "insats", "kommun", "kon" }, false },
	{ "i02_bakgrund", { "deltaganden" }, { "kon", "kod" }, false },
	{ "i03_forsorjning", { "fore", "efter" }, { "kon" }, false },
	{ "i04_sysselsattning", { "fore", "efter" }, { "kon" }, false },
	{ "i05_avslut", { "avslutade" }, { "kon" }, false },
	{ "i06_resultat", { "avslutade", "arbete", "studier", "arbete_eller_studier", "arbetssokande", "borjat_eller_okat" },
		{ "insats", "kon" }, false },
	{ "i07_tid_i_insats", { "avslutade" }, { "kon", "tid" }, false },
	{ "i08_remittent", { "deltaganden" }, { "kommun", "kon" }, false },
	{ "i08_remittent", { "deltaganden" }, { "remittent" }, true },
	{ "i09_ko", { "inkomna", "startade", "vantande" }, { "insats", "kommun", "kon" }, false },
	{ "i10_volym", { "antal" }, { "kon", "aldersgrupp" }, true },
	{ "i11_matris", { "avslutade" }, { "kon" }, false },
	{ "i12_enkat", { "par" }, { "kon" }, false },
	{ "m01_forsorjningsmatt", { "personer" }, { "kommun", "kon" }, false },
	{ "m02_malgrupp", { "personer" }, { "kommun", "kon", "aldersgrupp" }, false },
	{ "m03_samtidighet", { "personer" }, { "kommun", "kombination" }, false },
	{ "m04_rundgang", { "personer" }, { "kommun", "kon", "byten" }, false },
	{ "m05_tid_i_forsorjning", { "personer" }, { "kommun", "kon", "tid" }, false },
	{ "m06_manad", { "personer" }, { "kommun", "kon", "aldersgrupp" }, false },
	{ "m07_floden", { "personer" }, { "kommun", "fran", "till" }, false },
};

/* A row of a table is the same set as a row of another, or lies within it. Codes of the other row: those of the dimension that
   `from` names, or =CODE. Apart: the row lies within the other, and who is in the other only is a set that is protected, too. */
static const struct pair_fact {
	const char *table, *measure;
	const char *only[2]; /* dimension and code that the row must have; NULL: any row */
	bool but;            /* any other code than that one */
	const char *other, *other_measure;
	const char *from[4]; /* of each dimension of the other table; NULL ends */
	enum { SAME, WITHIN, APART } relation;
} pair_facts[] = {
	{ "i01_deltagare", "nya", { NULL }, false, "i01_deltagare", "deltaganden", { "insats", "kommun", "kon" }, APART },
	{ "i01_deltagare", "personer", { NULL }, false, "i01_deltagare", "deltaganden", { "insats", "kommun", "kon" }, WITHIN },
	{ "i01_deltagare", "avslutade", { NULL }, false, "i01_deltagare", "deltaganden", { "insats", "kommun", "kon" }, WITHIN },
	{ "i01_deltagare", "pagaende", { NULL }, false, "i01_deltagare", "deltaganden", { "insats", "kommun", "kon" }, WITHIN },
	{ "i02_bakgrund", "deltaganden", { "kod", TOT }, false, "i01_deltagare", "deltaganden", { "insats", "=TOT", "kon" }, SAME },
	{ "i02_bakgrund", "deltaganden", { "kod", TOT }, true, "i01_deltagare", "deltaganden", { "insats", "=TOT", "kon" }, APART },
	{ "i07_tid_i_insats", "avslutade", { "tid", TOT }, false, "i01_deltagare", "avslutade", { "insats", "=TOT", "kon" }, SAME },
	{ "i07_tid_i_insats", "avslutade", { "tid", TOT }, true, "i01_deltagare", "avslutade", { "insats", "=TOT", "kon" }, APART },
	{ "i03_forsorjning", "fore", { "kod", TOT }, false, "i01_deltagare", "avslutade", { "insats", "=TOT", "kon" }, SAME },
	{ "i03_forsorjning", "efter", { "kod", TOT }, false, "i01_deltagare", "avslutade", { "insats", "=TOT", "kon" }, SAME },
	{ "i04_sysselsattning", "fore", { "kod", TOT }, false, "i01_deltagare", "avslutade", { "insats", "=TOT", "kon" }, SAME },
	{ "i04_sysselsattning", "efter", { "kod", TOT }, false, "i01_deltagare", "avslutade", { "insats", "=TOT", "kon" }, SAME },
	{ "i05_avslut", "avslutade", { "kod", TOT }, false, "i01_deltagare", "avslutade", { "insats", "=TOT", "kon" }, SAME },
	{ "i03_forsorjning", "fore", { "kod", TOT }, true, "i01_deltagare", "avslutade", { "insats", "=TOT", "kon" }, APART },
	{ "i03_forsorjning", "efter", { "kod", TOT }, true, "i01_deltagare", "avslutade", { "insats", "=TOT", "kon" }, APART },
	{ "i04_sysselsattning", "fore", { "kod", TOT }, true, "i01_deltagare", "avslutade", { "insats", "=TOT", "kon" }, APART },
	{ "i04_sysselsattning", "efter", { "kod", TOT }, true, "i01_deltagare", "avslutade", { "insats", "=TOT", "kon" }, APART },
	{ "i05_avslut", "avslutade", { "kod", TOT }, true, "i01_deltagare", "avslutade", { "insats", "=TOT", "kon" }, APART },
	{ "i06_resultat", "avslutade", { NULL }, false, "i01_deltagare", "avslutade", { "insats", "=TOT", "kon" }, SAME },
	{ "i06_resultat", "arbete_eller_studier", { NULL }, false, "i06_resultat", "avslutade", { "insats", "kon" }, WITHIN },
	{ "i06_resultat", "arbete", { NULL }, false, "i06_resultat", "arbete_eller_studier", { "insats", "kon" }, WITHIN },
	{ "i06_resultat", "studier", { NULL }, false, "i06_resultat", "arbete_eller_studier", { "insats", "kon" }, WITHIN },
	{ "i06_resultat", "arbetssokande", { NULL }, false, "i06_resultat", "avslutade", { "insats", "kon" }, WITHIN },
	{ "i06_resultat", "borjat_eller_okat", { NULL }, false, "i06_resultat", "arbete_eller_studier", { "insats", "kon" }, APART },
	{ "i04_sysselsattning", "efter", { "kod", "SU" }, false, "i06_resultat", "studier", { "insats", "kon" }, SAME },
	{ "i04_sysselsattning", "efter", { "kod", "AO" }, false, "i06_resultat", "arbete", { "insats", "kon" }, APART },
	{ "i04_sysselsattning", "efter", { "kod", "AU" }, false, "i06_resultat", "arbete", { "insats", "kon" }, APART },
	{ "i04_sysselsattning", "efter", { "kod", "EF" }, false, "i06_resultat", "arbete", { "insats", "kon" }, APART },
	{ "i06_resultat", "arbetssokande", { NULL }, false, "i04_sysselsattning", "efter", { "insats", "kon", "=AR" }, APART },
	{ "i08_remittent", "deltaganden", { "remittent", TOT }, false, "i01_deltagare", "deltaganden", { "insats", "kommun", "kon" }, SAME },
	{ "i08_remittent", "deltaganden", { "remittent", TOT }, true, "i01_deltagare", "deltaganden", { "insats", "kommun", "kon" }, APART },
	{ "i11_matris", "avslutade", { NULL }, false, "i03_forsorjning", "fore", { "insats", "kon", "fran" }, APART },
	{ "i11_matris", "avslutade", { NULL }, false, "i03_forsorjning", "efter", { "insats", "kon", "till" }, APART },
	{ "i12_enkat", "par", { NULL }, false, "i01_deltagare", "avslutade", { "insats", "=TOT", "kon" }, WITHIN },
	{ "m01_forsorjningsmatt", "personer", { "forman", "SP" }, false, "m01_forsorjningsmatt", "personer", { "ar", "kommun", "kon", "=OHALSA" }, APART },
	{ "m01_forsorjningsmatt", "personer", { "forman", "RP" }, false, "m01_forsorjningsmatt", "personer", { "ar", "kommun", "kon", "=OHALSA" }, APART },
	{ "m01_forsorjningsmatt", "personer", { "forman", "SE" }, false, "m01_forsorjningsmatt", "personer", { "ar", "kommun", "kon", "=OHALSA" }, APART },
	{ "m01_forsorjningsmatt", "personer", { "forman", "AE" }, false, "m01_forsorjningsmatt", "personer", { "ar", "kommun", "kon", "=OHALSA" }, APART },
	{ "m01_forsorjningsmatt", "personer", { "forman", "AK" }, false, "m01_forsorjningsmatt", "personer", { "ar", "kommun", "kon", "=ARBMARK" }, APART },
	{ "m01_forsorjningsmatt", "personer", { "forman", "AS" }, false, "m01_forsorjningsmatt", "personer", { "ar", "kommun", "kon", "=ARBMARK" }, APART },
	{ "m01_forsorjningsmatt", "personer", { "forman", "UE" }, false, "m01_forsorjningsmatt", "personer", { "ar", "kommun", "kon", "=ARBMARK" }, APART },
	{ "m01_forsorjningsmatt", "personer", { "forman", "ET" }, false, "m01_forsorjningsmatt", "personer", { "ar", "kommun", "kon", "=ARBMARK" }, APART },
	{ "m01_forsorjningsmatt", "personer", { "forman", "FS" }, false, "m01_forsorjningsmatt", "personer", { "ar", "kommun", "kon", "=BISTAND" }, SAME },
	{ "m01_forsorjningsmatt", "personer", { "forman", "OHALSA" }, false, "m01_forsorjningsmatt", "personer", { "ar", "kommun", "kon", "=TOT" }, APART },
	{ "m01_forsorjningsmatt", "personer", { "forman", "ARBMARK" }, false, "m01_forsorjningsmatt", "personer", { "ar", "kommun", "kon", "=TOT" }, APART },
	{ "m01_forsorjningsmatt", "personer", { "forman", "BISTAND" }, false, "m01_forsorjningsmatt", "personer", { "ar", "kommun", "kon", "=TOT" }, APART },
	{ "m04_rundgang", "personer", { "byten", TOT }, false, "m05_tid_i_forsorjning", "personer", { "ar", "kommun", "kon", "=TOT" }, APART },
};

/* A whole is no more than its parts together: some of them overlap, none is left out. */
static const struct cover_fact {
	const char *table, *measure;
	const char *whole;   /* code of the last dimension; NULL: any row */
	const char *part[5]; /* codes of the last dimension of `parts`, or its measures when `parts` is the table; NULL ends */
	const char *parts, *parts_measure;
} cover_facts[] = {
	{ "m01_forsorjningsmatt", "personer", "OHALSA", { "SP", "RP", "SE", "AE" }, "m01_forsorjningsmatt", "personer" },
	{ "m01_forsorjningsmatt", "personer", "ARBMARK", { "AK", "AS", "UE", "ET" }, "m01_forsorjningsmatt", "personer" },
	{ "m01_forsorjningsmatt", "personer", TOT, { "OHALSA", "ARBMARK", "BISTAND" }, "m01_forsorjningsmatt", "personer" },
	{ "i06_resultat", "arbete", NULL, { "AO", "AU", "EF" }, "i04_sysselsattning", "efter" },
};

/* Exclusive classes of a table's persons that it does not print: each measure is the sum of some, each class adds up. */
static const struct class_fact {
	const char *table, *support, *support_measure;
	const char *dimension;   /* of the support cube: the class */
	const char *class[5];    /* its codes; NULL ends */
	const char *over[3];     /* dimensions of both, in their order; NULL ends */
	struct {
		const char *measure;
		unsigned set; /* a bit a class */
	} sum[5];
	unsigned apart[8]; /* sets that are differences of printed ones: protected, too; 0 ends */
} class_facts[] = {
	{ "i01_deltagare", "deltagande_atomer", "deltaganden", "lage",
		{ "ny+avslutad", "ny+pagaende", "aldre+avslutad", "aldre+pagaende" }, { "insats", "kommun", "kon" },
		{ { "deltaganden", 0xF }, { "nya", 0x3 }, { "avslutade", 0x5 }, { "pagaende", 0xA } }, { 0 } },
	{ "i06_resultat", "utfall_atomer", "avslutade", "utfall",
		{ "arbete", "studier", "arbete+studier", "arbetssokande", "ovrigt" }, { "insats", "kon" },
		{ { "avslutade", 0x1F }, { "arbete", 0x5 }, { "studier", 0x6 }, { "arbete_eller_studier", 0x7 }, { "arbetssokande", 0x8 } },
		{ 0x1, 0x2, 0x1A, 0x19, 0x18, 0x10, 0x17 } },
};

/* ---- sets ---- */

/* What is being stated. */
struct work {
	struct tables *tables;
	int64_t minimum;
	struct facts *facts;
	size_t first[TABLES_MOST];  /* of each table: the number of its first cell */
	size_t cells;
	uint32_t *same;             /* of each cell: one of the same set; its own number when it stands for itself */
	uint32_t *atom;             /* of each cell that stands for itself: 1 + its atom; 0: no count, or 0 */
	uint32_t *person;           /* of each atom: an atom of the same single person; its own number when it stands for itself */
	bool joining;               /* sums are read for equal sets only */
	uint32_t *term;             /* of the sum at hand: cells */
	int *sign;
	size_t terms, room, sign_room;
	int64_t value;              /* of the sum at hand */
	struct error *error;
};

static size_t cell_of(const struct work *work, size_t table, size_t row, size_t measure)
{
	return work->first[table] + tables_cell(work->tables, table, row, measure);
}

static uint32_t standing(const struct work *work, size_t cell)
{
	while (work->same[cell] != cell)
		cell = work->same[cell];
	return (uint32_t)cell;
}

/* The count of a cell, 0 for what is none. */
static int64_t count_of(const struct tables *tables, size_t table, size_t row, size_t measure)
{
	const struct cube *cube = tables->cube[table];
	const struct cell *cell = cube_cell(cube, row, measure);
	return cube->table->measure[measure].kind == MEASURE_COUNT && cell->status != CELL_MISSING ? (int64_t)llround(cell->number) : 0;
}

static void join_cells(struct work *work, size_t a, size_t b)
{
	uint32_t one = standing(work, a), other = standing(work, b);
	work->same[one > other ? one : other] = one < other ? one : other;
}

/* ---- sums ---- */

static void begin(struct work *work)
{
	work->terms = 0;
	work->value = 0;
}

static int term(struct work *work, size_t table, size_t row, size_t measure, int sign)
{
	int64_t count = row == CUBE_NO_ROW ? 0 : count_of(work->tables, table, row, measure);
	if (count == 0)
		return 0;
	uint32_t *list = arena_grow(work->tables->arena, work->term, work->terms, work->terms + 1, &work->room, sizeof *list, work->error);
	int *signs = arena_grow(work->tables->arena, work->sign, work->terms, work->terms + 1, &work->sign_room, sizeof *signs, work->error);
	if (list == NULL || signs == NULL)
		return -1;
	work->term = list;
	work->sign = signs;
	list[work->terms] = (uint32_t)cell_of(work, table, row, measure);
	signs[work->terms++] = sign;
	work->value += sign * count;
	return 0;
}

static uint32_t person_of(const struct work *work, uint32_t atom)
{
	while (work->person[atom] != atom)
		atom = work->person[atom];
	return atom;
}

/* A single person within a set of one person is the same. `whole` is the sum's term that holds the others. */
static void find_persons(struct work *work, size_t whole)
{
	const struct system *system = work->facts->system;
	uint32_t of = work->atom[standing(work, work->term[whole])] - 1;
	for (size_t i = 0; i < work->terms && system->atom[of] == 1; i++) {
		uint32_t atom = work->atom[standing(work, work->term[i])] - 1;
		uint32_t one = person_of(work, of), other = person_of(work, atom);
		if (system->atom[atom] == 1)
			work->person[one > other ? one : other] = one < other ? one : other;
	}
}

/* Ends a sum that is 0 (ROW_KNOWN), or one that is at least 0 (ROW_HIDDEN) and, when it is small and `apart`, a target. */
static int end(struct work *work, enum row_kind kind, bool apart)
{
	struct system *system = work->facts->system;
	if (work->joining) { /* a whole with one part is that part */
		if (kind == ROW_KNOWN && work->terms == 2 && work->value == 0)
			join_cells(work, work->term[0], work->term[1]);
		return 0;
	}
	if (work->terms < 2)
		return 0;
	if (system_row(system, kind, 0, work->error) == SYSTEM_NONE)
		return -1;
	for (size_t i = 0; i < work->terms; i++)
		if (system_term(system, work->atom[standing(work, work->term[i])] - 1, work->sign[i], work->error) != 0)
			return -1;
	if (apart && tables_small((double)work->value, (double)work->minimum))
		system_target(&system->row[system->rows - 1], work->value, work->minimum);
	find_persons(work, 0);
	return 0;
}

static size_t place_of(const struct cube *cube, const char *dimension)
{
	size_t d = 0;
	while (strcmp(cube->table->dimension[d].name, dimension) != 0)
		d++;
	return d;
}

/* Every row with TOT in dimension d is the sum of its rows with the other codes, or holds them. */
static int sum_over(struct work *work, size_t table, size_t d, size_t measure, bool open)
{
	const struct cube *cube = work->tables->cube[table];
	uint32_t key[TABLE_DIMENSIONS];
	for (size_t row = 0; row < cube->rows; row++) {
		if (!cube_is_total(cube, row, d))
			continue;
		begin(work);
		int result = term(work, table, row, measure, 1);
		memcpy(key, &cube->key[row * cube->table->dimensions], cube->table->dimensions * sizeof *key);
		for (uint32_t c = 0; c < cube->codes[d].count && result == 0; c++) {
			key[d] = c;
			if (c != cube->codes[d].total)
				result = term(work, table, cube_find(cube, key), measure, -1);
		}
		bool rest = open && work->value != 0; /* where nothing is left, a reader may take it that nothing lacks a code */
		if (result != 0 || end(work, rest ? ROW_HIDDEN : ROW_KNOWN, rest) != 0)
			return -1;
	}
	return 0;
}

static int state_sums(struct work *work)
{
	for (size_t f = 0; f < COUNT(sum_facts); f++) {
		const struct sum_fact *fact = &sum_facts[f];
		size_t table = tables_find(work->tables, fact->table);
		for (size_t d = 0; table != SIZE_MAX && d < COUNT(fact->over) && fact->over[d] != NULL; d++)
			for (size_t m = 0; m < COUNT(fact->measure) && fact->measure[m] != NULL; m++)
				if (sum_over(work, table, place_of(work->tables->cube[table], fact->over[d]),
					    cube_measure(work->tables->cube[table], fact->measure[m]), fact->open) != 0)
					return -1;
	}
	return 0;
}

/* ---- pairs ---- */

/* The row of the other table that the fact names for a row of the first; CUBE_NO_ROW when there is none or the fact is not of it. */
static size_t other_row(const struct work *work, const struct pair_fact *fact, size_t table, size_t row, size_t other)
{
	const struct cube *cube = work->tables->cube[table], *target = work->tables->cube[other];
	const char *key[TABLE_DIMENSIONS];
	if (fact->only[0] != NULL && (strcmp(cube_code_of(cube, row, place_of(cube, fact->only[0])), fact->only[1]) == 0) == fact->but)
		return CUBE_NO_ROW;
	for (size_t d = 0; d < target->table->dimensions; d++)
		key[d] = fact->from[d][0] == '=' ? fact->from[d] + 1 : cube_code_of(cube, row, place_of(cube, fact->from[d]));
	return cube_find_named(target, key);
}

static int state_pair(struct work *work, const struct pair_fact *fact)
{
	size_t table = tables_find(work->tables, fact->table), other = tables_find(work->tables, fact->other);
	if (table == SIZE_MAX || other == SIZE_MAX || (fact->relation == SAME) != work->joining)
		return 0;
	size_t measure = cube_measure(work->tables->cube[table], fact->measure);
	size_t of = cube_measure(work->tables->cube[other], fact->other_measure);
	for (size_t row = 0; row < work->tables->cube[table]->rows; row++) {
		size_t to = other_row(work, fact, table, row, other);
		int64_t count = count_of(work->tables, table, row, measure), whole = to == CUBE_NO_ROW ? 0 : count_of(work->tables, other, to, of);
		if (count == 0 || whole == 0)
			continue;
		if (fact->relation == SAME && count == whole)
			join_cells(work, cell_of(work, table, row, measure), cell_of(work, other, to, of));
		begin(work);
		if (!work->joining && (term(work, other, to, of, 1) != 0 || term(work, table, row, measure, -1) != 0 ||
					      end(work, ROW_HIDDEN, fact->relation == APART) != 0))
			return -1;
	}
	return 0;
}

/* ---- covers ---- */

static int state_cover(struct work *work, const struct cover_fact *fact)
{
	size_t table = tables_find(work->tables, fact->table), parts = tables_find(work->tables, fact->parts);
	if (table == SIZE_MAX || parts == SIZE_MAX || work->joining)
		return 0;
	const struct cube *cube = work->tables->cube[table];
	size_t last = work->tables->cube[parts]->table->dimensions - 1;
	const char *key[TABLE_DIMENSIONS];
	for (size_t row = 0; row < cube->rows; row++) {
		if (fact->whole != NULL && strcmp(cube_code_of(cube, row, last), fact->whole) != 0)
			continue;
		for (size_t d = 0; d < cube->table->dimensions; d++)
			key[d] = cube_code_of(cube, row, d);
		if (strcmp(key[0], TOT) == 0)
			continue; /* i04 has no sum over insatser */
		begin(work);
		int result = term(work, table, row, cube_measure(cube, fact->measure), -1);
		for (size_t p = 0; p < COUNT(fact->part) && fact->part[p] != NULL && result == 0; p++) {
			key[last] = fact->part[p];
			result = term(work, parts, cube_find_named(work->tables->cube[parts], key),
				cube_measure(work->tables->cube[parts], fact->parts_measure), 1);
		}
		if (result != 0 || end(work, ROW_HIDDEN, false) != 0)
			return -1;
	}
	return 0;
}

/* ---- classes that no table prints ---- */

/* The classes of each row of a table: their counts, then their atoms. */
struct classes {
	const struct class_fact *fact;
	const struct cube *cube;
	size_t table, count;
	int64_t *number;
	size_t *atom; /* SYSTEM_NONE where the row has no count */
};

/* Adds a row of the support cube to the row of the table with the same codes, and to those with TOT for some of them. */
static void count_class(struct classes *classes, const struct cube *support, size_t row, size_t measure, size_t place)
{
	const struct class_fact *fact = classes->fact;
	const char *code = cube_code_of(support, row, place);
	size_t class = 0, over = 0;
	while (class < classes->count && strcmp(fact->class[class], code) != 0)
		class++;
	while (over < COUNT(fact->over) && fact->over[over] != NULL)
		over++;
	for (unsigned total = 0; total < 1U << over && class < classes->count; total++) {
		const char *key[TABLE_DIMENSIONS];
		for (size_t d = 0; d < over; d++)
			key[d] = (total >> d & 1) != 0 ? TOT : cube_code_of(support, row, place_of(support, fact->over[d]));
		size_t at = cube_find_named(classes->cube, key);
		if (at != CUBE_NO_ROW)
			classes->number[at * classes->count + class] += (int64_t)llround(cube_cell(support, row, measure)->number);
	}
}

static int class_row(struct work *work, const struct classes *classes, size_t row, unsigned set, bool printed, size_t measure)
{
	struct system *system = work->facts->system;
	if (system_row(system, printed ? ROW_KNOWN : ROW_HIDDEN, 0, work->error) == SYSTEM_NONE)
		return -1;
	int64_t value = 0;
	for (size_t class = 0; class < classes->count; class++) {
		if ((set >> class & 1) == 0)
			continue;
		value += classes->number[row * classes->count + class];
		if (system_term(system, classes->atom[row * classes->count + class], 1, work->error) != 0)
			return -1;
	}
	if (!printed && tables_small((double)value, (double)work->minimum))
		system_target(&system->row[system->rows - 1], value, work->minimum);
	if (!printed || count_of(work->tables, classes->table, row, measure) == 0)
		return 0; /* a printed 0 is 0 in each of its classes */
	return system_term(system, work->atom[standing(work, cell_of(work, classes->table, row, measure))] - 1, -1, work->error);
}

/* The classes of a row: they are there, what they add up to, what of them is protected. */
static int state_row_classes(struct work *work, struct classes *classes, size_t row)
{
	const struct class_fact *fact = classes->fact;
	for (size_t class = 0; class < classes->count; class++) {
		size_t atom = system_atom(work->facts->system, classes->number[row * classes->count + class], work->error);
		classes->atom[row * classes->count + class] = atom;
		if (atom == SYSTEM_NONE)
			return -1;
	}
	for (size_t s = 0; s < COUNT(fact->sum) && fact->sum[s].measure != NULL; s++)
		if (class_row(work, classes, row, fact->sum[s].set, true, cube_measure(classes->cube, fact->sum[s].measure)) != 0)
			return -1;
	for (size_t s = 0; s < COUNT(fact->apart) && fact->apart[s] != 0; s++)
		if (class_row(work, classes, row, fact->apart[s], false, 0) != 0)
			return -1;
	return 0;
}

static int sum_classes(struct work *work, const struct classes *classes, size_t d)
{
	const struct cube *cube = classes->cube;
	struct system *system = work->facts->system;
	uint32_t key[TABLE_DIMENSIONS];
	for (size_t row = 0; row < cube->rows; row++)
		for (size_t class = 0; class < classes->count && cube_is_total(cube, row, d); class++) {
			if (system_row(system, ROW_KNOWN, 0, work->error) == SYSTEM_NONE ||
				system_term(system, classes->atom[row * classes->count + class], 1, work->error) != 0)
				return -1;
			memcpy(key, &cube->key[row * cube->table->dimensions], cube->table->dimensions * sizeof *key);
			for (uint32_t c = 0; c < cube->codes[d].count; c++) {
				key[d] = c;
				size_t part = c == cube->codes[d].total ? CUBE_NO_ROW : cube_find(cube, key);
				if (part != CUBE_NO_ROW &&
					system_term(system, classes->atom[part * classes->count + class], -1, work->error) != 0)
					return -1;
			}
		}
	return 0;
}

static int state_classes(struct work *work, const struct class_fact *fact)
{
	struct classes classes = { .fact = fact, .table = tables_find(work->tables, fact->table) };
	size_t from = tables_find(work->tables, fact->support);
	if (classes.table == SIZE_MAX || from == SIZE_MAX || work->joining)
		return 0;
	const struct cube *support = work->tables->cube[from];
	classes.cube = work->tables->cube[classes.table];
	while (classes.count < COUNT(fact->class) && fact->class[classes.count] != NULL)
		classes.count++;
	size_t numbers = classes.cube->rows * classes.count, measure = cube_measure(support, fact->support_measure);
	classes.number = arena_take(work->tables->arena, numbers, sizeof *classes.number, work->error);
	classes.atom = arena_take(work->tables->arena, numbers, sizeof *classes.atom, work->error);
	if (classes.number == NULL || classes.atom == NULL)
		return -1;
	for (size_t row = 0; row < support->rows; row++)
		count_class(&classes, support, row, measure, place_of(support, fact->dimension));
	for (size_t row = 0; row < classes.cube->rows; row++)
		if (state_row_classes(work, &classes, row) != 0)
			return -1;
	for (size_t d = 0; d < COUNT(fact->over) && fact->over[d] != NULL; d++)
		if (sum_classes(work, &classes, d) != 0)
			return -1;
	return 0;
}

/* ---- target groups ---- */

/* "AF+KOM" holds KOM. */
static bool holds_part(const char *combination, const char *part)
{
	size_t length = strlen(part);
	for (const char *at = combination; *at != '\0'; at += strcspn(at, "+"), at += *at == '+')
		if (strncmp(at, part, length) == 0 && (at[length] == '+' || at[length] == '\0'))
			return true;
	return false;
}

/* Those with a part in a month (m06) are those of the combinations that hold it (m03). */
static int state_parts(struct work *work)
{
	size_t combined = tables_find(work->tables, "m03_samtidighet"), single = tables_find(work->tables, "m06_manad");
	if (combined == SIZE_MAX || single == SIZE_MAX)
		return 0;
	const struct cube *m03 = work->tables->cube[combined], *m06 = work->tables->cube[single];
	for (size_t row = 0; row < m06->rows; row++) {
		const char *month = cube_code_of(m06, row, 0), *kommun = cube_code_of(m06, row, 1), *margin[] = { month, kommun, TOT };
		size_t whole = cube_find_named(m03, margin);
		if (!cube_is_total(m06, row, 2) || !cube_is_total(m06, row, 3) || whole == CUBE_NO_ROW ||
			cube_cell(m03, whole, 0)->status == CELL_MISSING)
			continue; /* without a common key m03 is missing */
		begin(work);
		int result = term(work, single, row, 0, 1);
		for (uint32_t c = 0; c < m03->codes[2].count && result == 0; c++) {
			const char *key[] = { month, kommun, m03->codes[2].code[c] };
			if (holds_part(key[2], cube_code_of(m06, row, 4)))
				result = term(work, combined, cube_find_named(m03, key), 0, -1);
		}
		if (result != 0 || end(work, ROW_KNOWN, false) != 0)
			return -1;
	}
	return 0;
}

/* Those who are in a combination in the year's last month, wherever they come from (m07), are its persons of that month (m03). */
static void join_flows(struct work *work)
{
	size_t months = tables_find(work->tables, "m03_samtidighet"), flows = tables_find(work->tables, "m07_floden");
	if (months == SIZE_MAX || flows == SIZE_MAX)
		return;
	const struct cube *m03 = work->tables->cube[months], *m07 = work->tables->cube[flows];
	for (size_t row = 0; row < m07->rows; row++) {
		const char *last = NULL;
		for (uint32_t c = 0; c < m03->codes[0].count; c++)
			if (strncmp(m03->codes[0].code[c], cube_code_of(m07, row, 0), 4) == 0)
				last = m03->codes[0].code[c]; /* codes are in order */
		const char *key[] = { last, cube_code_of(m07, row, 1), cube_code_of(m07, row, 3) };
		size_t other = last == NULL || !cube_is_total(m07, row, 2) || cube_is_total(m07, row, 3) ? CUBE_NO_ROW : cube_find_named(m03, key);
		if (other != CUBE_NO_ROW && count_of(work->tables, flows, row, 0) == count_of(work->tables, months, other, 0))
			join_cells(work, cell_of(work, flows, row, 0), cell_of(work, months, other, 0));
	}
}

/* ---- all of it ---- */

/* What goals rest on, and how many times dearer it is than other figures of its row. */
static const struct dear_fact {
	const char *table, *measure;
	uint32_t times;
} dear_facts[] = { { "i01_deltagare", "deltaganden", 40 }, { "i01_deltagare", "personer", 40 }, { "i01_deltagare", "avslutade", 25 },
	{ "i06_resultat", "arbete_eller_studier", 200 }, { "i06_resultat", "arbetssokande", 100 }, { "i06_resultat", "arbete", 6 },
	{ "i06_resultat", "studier", 6 } };

#define PRINTED_BEFORE 50000000 /* of what an approved run printed: withheld now, it would hold its whole block back */
#define FINEST 8   /* cost of a cell without totals */
#define TOGETHER 2 /* how many times dearer all insatser together are: goals rest on each by itself */
#define TOTAL 12   /* how many times dearer a total is than its parts, for each dimension */

/* What withholding a cell costs: totals are what people read, the finest cells what they miss least. */
static uint32_t cost_of(const struct cube *cube, size_t row, size_t measure)
{
	uint32_t cost = FINEST;
	for (size_t d = 0; d < cube->table->dimensions; d++)
		if (cube->table->dimension[d].total && cube_is_total(cube, row, d))
			cost *= strcmp(cube->table->dimension[d].name, "insats") == 0 ? TOGETHER : TOTAL;
	for (size_t f = 0; f < COUNT(dear_facts); f++)
		if (strcmp(dear_facts[f].table, cube->table->name) == 0 &&
			strcmp(dear_facts[f].measure, cube->table->measure[measure].name) == 0)
			cost *= dear_facts[f].times;
	return cost;
}

/* A row of the system for every set of cells that is not empty, which is an atom, too. */
static int state_cells(struct work *work, size_t table)
{
	struct tables *tables = work->tables;
	struct system *system = work->facts->system;
	const struct cube *cube = tables->cube[table];
	for (size_t row = 0; row < cube->rows; row++)
		for (size_t m = 0; m < cube->table->measures; m++) {
			int64_t count = count_of(tables, table, row, m);
			size_t cell = cell_of(work, table, row, m), stands = standing(work, cell);
			if (count == 0)
				continue;
			if (work->atom[stands] == 0) {
				size_t atom = system_atom(system, count, work->error);
				if (atom == SYSTEM_NONE || system_row(system, ROW_CELL, 0, work->error) == SYSTEM_NONE ||
					system_term(system, atom, 1, work->error) != 0)
					return -1;
				work->atom[stands] = (uint32_t)atom + 1;
				work->facts->sets++;
			}
			work->facts->set[table][tables_cell(tables, table, row, m)] = work->atom[stands]; /* rows go with atoms here */
			struct row *set = &system->row[work->atom[stands] - 1];
			bool small = tables_small((double)count, (double)work->minimum), demanded = *tables_demand(tables, table, row, m);
			enum ledger_state past = past_state(tables, table, row, m);
			set->cost += past == LEDGER_REVISED ? PRINTED_BEFORE : cost_of(cube, row, m);
			set->withheld = set->withheld || past == LEDGER_CHANGED || tables_withheld(tables, table, row, m) || small || demanded;
			set->lone = count == 1;
			if (small)
				system_target(set, count, work->minimum);
			else if (demanded)
				set->up = set->width = work->minimum - 1;
			if (past_known(tables, table, row, m))
				set->kind = ROW_KNOWN;
		}
	return 0;
}

static bool is_stated(const struct cube *cube)
{
	for (size_t f = 0; f < COUNT(sum_facts); f++)
		if (strcmp(sum_facts[f].table, cube->table->name) == 0)
			return true;
	return false;
}

static int begin_cells(struct work *work)
{
	struct tables *tables = work->tables;
	for (size_t t = 0; t < tables->count; t++) {
		const struct cube *cube = tables->cube[t];
		work->first[t] = work->cells;
		work->cells += cube->rows * cube->table->measures;
		work->facts->set[t] = arena_take(tables->arena, cube->rows * cube->table->measures, sizeof *work->facts->set[t], work->error);
		if (work->facts->set[t] == NULL)
			return -1;
	}
	work->same = arena_take(tables->arena, work->cells, sizeof *work->same, work->error);
	work->atom = arena_take(tables->arena, work->cells, sizeof *work->atom, work->error);
	if (work->same == NULL || work->atom == NULL)
		return -1;
	for (size_t i = 0; i < work->cells; i++)
		work->same[i] = (uint32_t)i;
	return 0;
}

/* Everything that holds: the first time, joining, only what makes cells the same set. */
static int state_all(struct work *work)
{
	if (state_sums(work) != 0)
		return -1;
	for (size_t f = 0; f < COUNT(pair_facts); f++)
		if (state_pair(work, &pair_facts[f]) != 0)
			return -1;
	for (size_t f = 0; f < COUNT(cover_facts); f++)
		if (state_cover(work, &cover_facts[f]) != 0)
			return -1;
	for (size_t f = 0; f < COUNT(class_facts); f++)
		if (state_classes(work, &class_facts[f]) != 0)
			return -1;
	return state_parts(work);
}

struct facts *facts_new(struct tables *tables, int64_t minimum, struct error *error)
{
	struct facts *facts = arena_take(tables->arena, 1, sizeof *facts, error);
	struct work work = { .tables = tables, .minimum = minimum, .facts = facts, .joining = true, .error = error };
	if (facts == NULL || (facts->system = system_new(tables->arena, error)) == NULL || begin_cells(&work) != 0)
		return NULL;
	join_flows(&work);
	if (state_all(&work) != 0)
		return NULL;
	work.joining = false;
	for (size_t t = 0; t < tables->count; t++)
		if (is_stated(tables->cube[t]) && state_cells(&work, t) != 0)
			return NULL;
	work.person = arena_take(tables->arena, facts->sets, sizeof *work.person, error);
	if (work.person == NULL)
		return NULL;
	for (size_t s = 0; s < facts->sets; s++)
		work.person[s] = (uint32_t)s;
	if (state_all(&work) != 0)
		return NULL;
	for (size_t s = 0; s < facts->sets; s++) {
		struct row *row = &facts->system->row[s];
		row->person = row->lone ? person_of(&work, (uint32_t)s) + 1 : 0;
		row->withheld = row->withheld && row->kind != ROW_KNOWN;
	}
	facts->system->dear = (uint64_t)FINEST * TOTAL * TOTAL;
	return system_seal(facts->system, error) != 0 ? NULL : facts;
}

void facts_write(const struct facts *facts, struct tables *tables)
{
	for (size_t t = 0; t < tables->count; t++) {
		const struct cube *cube = tables->cube[t];
		for (size_t i = 0; i < cube->rows * cube->table->measures; i++)
			if (facts->set[t][i] != 0 && facts->system->row[facts->set[t][i] - 1].withheld)
				tables_withhold(tables, t, i / cube->table->measures, i % cube->table->measures);
	}
}
