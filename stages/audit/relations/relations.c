/* The auditor's own description of the tables: what adds up, what is the same set of persons, what lies within what. It is
   written from docs/method.md and knows nothing of the protector. */
#include "stages/audit/relations/relations.h"

#include <string.h>

#include "stages/audit/relations/exits.h"

#define TOT CUBE_TOTAL
#define COUNT(array) (sizeof(array) / sizeof *(array))

/* ---- sums within a table ---- */

/* Dimensions over which the counts of a table add up to TOT, and the measures that do. */
static const struct sum_rule {
	const char *table;
	const char *over[4];    /* NULL ends */
	const char *measure[6]; /* NULL ends */
} sum_rules[] = {
	{ "i01", { "insats", "kommun", "kon" }, { "deltaganden", "nya", "avslutade", "pagaende" } },
	{ "i02", { "kon", "kod" }, { "deltaganden" } },
	{ "i03", { "kon" }, { "fore", "efter" } },
	{ "i04", { "kon" }, { "fore", "efter" } },
	{ "i05", { "kon" }, { "avslutade" } },
	{ "i06", { "insats", "kon" },
		{ "avslutade", "arbete", "studier", "arbete_eller_studier", "arbetssokande", "borjat_eller_okat" } },
	{ "i07", { "kon", "tid" }, { "avslutade" } },
	{ "i08", { "kommun", "kon" }, { "deltaganden" } },
	{ "i09", { "insats", "kommun", "kon" }, { "inkomna", "startade", "vantande" } },
	{ "i11", { "kon" }, { "avslutade" } },
	{ "i12", { "kon" }, { "par" } },
	{ "m01", { "kommun", "kon" }, { "personer" } },
	{ "m02", { "kommun", "kon", "aldersgrupp" }, { "personer" } },
	{ "m03", { "kommun", "kombination" }, { "personer" } },
	{ "m04", { "kommun", "kon", "byten" }, { "personer" } },
	{ "m05", { "kommun", "kon", "tid" }, { "personer" } },
	{ "m06", { "kommun", "kon", "aldersgrupp" }, { "personer" } },
	{ "m07", { "kommun", "fran", "till" }, { "personer" } },
};

/* Where what has no code stands in TOT alone: the codes add up to no more than TOT. */
static const struct sum_rule open_rules[] = {
	{ "i08", { "remittent" }, { "deltaganden" } },
	{ "i10", { "kon", "aldersgrupp" }, { "antal" } },
};

static size_t place_of(const struct cube *cube, const char *dimension)
{
	size_t d = 0;
	while (strcmp(cube->table->dimension[d].name, dimension) != 0)
		d++;
	return d;
}

static bool is_code(const struct cube *cube, size_t row, size_t d, const char *code)
{
	return strcmp(cube_code_of(cube, row, d), code) == 0;
}

static void key_of(const struct cube *cube, size_t row, const char **key)
{
	for (size_t d = 0; d < cube->table->dimensions; d++)
		key[d] = cube_code_of(cube, row, d);
}

/* Every row with TOT in dimension d is the sum of its rows with the other codes, or holds them (open). A reader may take it that nothing lacks a code where
   nothing does. */
static int sum_over(struct published *published, const struct published_table *table, size_t d, size_t measure, bool open,
	struct error *error)
{
	const struct cube *cube = table->cube;
	uint32_t key[TABLE_DIMENSIONS];
	for (size_t row = 0; row < cube->rows; row++) {
		if (!cube_is_total(cube, row, d))
			continue;
		published_begin(published);
		int result = published_row(published, table, row, measure, 1, error);
		memcpy(key, &cube->key[row * cube->table->dimensions], cube->table->dimensions * sizeof *key);
		for (uint32_t c = 0; c < cube->codes[d].count && result == 0; c++) {
			key[d] = c;
			size_t part = c == cube->codes[d].total ? CUBE_NO_ROW : cube_find(cube, key);
			if (part != CUBE_NO_ROW)
				result = published_row(published, table, part, measure, -1, error);
		}
		bool more = open && (published->sum.unknown || published->sum.truth != 0);
		if (result != 0 || (more ? published_at_least : published_equal)(published, error) != 0)
			return -1;
	}
	return 0;
}

/* Persons, who may stand in several parts of a whole: each part is no more than the whole, the parts together are no less. By how much they are more
   tells how many stand in several. */
static const struct sum_rule person_rules[] = {
	{ "i01", { "insats", "kommun", "kon" }, { "personer" } },
};

static int persons_over(struct published *published, const struct published_table *table, size_t d, size_t measure, struct error *error)
{
	const struct cube *cube = table->cube;
	uint32_t key[TABLE_DIMENSIONS];
	for (size_t row = 0; row < cube->rows; row++) {
		if (!cube_is_total(cube, row, d))
			continue;
		memcpy(key, &cube->key[row * cube->table->dimensions], cube->table->dimensions * sizeof *key);
		for (uint32_t c = 0; c < cube->codes[d].count; c++) {
			key[d] = c;
			size_t part = c == cube->codes[d].total ? CUBE_NO_ROW : cube_find(cube, key);
			if (part == CUBE_NO_ROW)
				continue;
			published_begin(published);
			if (published_row(published, table, row, measure, 1, error) != 0 || published_row(published, table, part, measure, -1, error) != 0 ||
				published_apart(published, table, part, measure, error) != 0)
				return -1;
		}
		published_begin(published);
		int result = published_row(published, table, row, measure, -1, error);
		for (uint32_t c = 0; c < cube->codes[d].count && result == 0; c++) {
			key[d] = c;
			size_t part = c == cube->codes[d].total ? CUBE_NO_ROW : cube_find(cube, key);
			if (part != CUBE_NO_ROW)
				result = published_row(published, table, part, measure, 1, error);
		}
		if (result != 0 || published_apart(published, table, row, measure, error) != 0)
			return -1;
	}
	return 0;
}

static int state_persons(struct published *published, struct error *error)
{
	for (size_t r = 0; r < COUNT(person_rules); r++) {
		const struct published_table *table = published_find(published, person_rules[r].table);
		for (size_t d = 0; table != NULL && d < 4 && person_rules[r].over[d] != NULL; d++)
			if (persons_over(published, table, place_of(table->cube, person_rules[r].over[d]),
				    cube_measure(table->cube, person_rules[r].measure[0]), error) != 0)
				return -1;
	}
	return 0;
}

static int state_sums(struct published *published, const struct sum_rule *rules, size_t count, bool open, struct error *error)
{
	for (size_t r = 0; r < count; r++) {
		const struct published_table *table = published_find(published, rules[r].table);
		for (size_t d = 0; table != NULL && d < 4 && rules[r].over[d] != NULL; d++)
			for (size_t m = 0; m < 6 && rules[r].measure[m] != NULL; m++)
				if (sum_over(published, table, place_of(table->cube, rules[r].over[d]),
					    cube_measure(table->cube, rules[r].measure[m]), open, error) != 0)
					return -1;
	}
	return 0;
}

/* ---- the same set, or one within another ---- */

/* A row of a table against a row of another: the codes are those of the row where `from` names its dimension, else as given. */
static const struct pair_rule {
	const char *table, *measure;
	const char *only[2];   /* dimension and code that the row must have; NULL: any row */
	bool but;              /* any other code than that one */
	const char *other, *other_measure;
	const char *from[4];   /* of each dimension of the other table: =CODE, or the dimension of the table; NULL ends */
	/* the row is the same as the other row; lies within it; lies within it, and who is in the other row alone is a set of persons, too */
	enum { SAME, WITHIN, APART, LIKELY /* apart, where the counts do not say the contrary */ } relation;
} pair_rules[] = {
	{ "i01", "personer", { NULL }, false, "i01", "deltaganden", { "insats", "kommun", "kon" }, APART },
	{ "i02", "deltaganden", { "kod", TOT }, false, "i01", "deltaganden", { "insats", "=TOT", "kon" }, SAME },
	{ "i07", "avslutade", { "tid", TOT }, false, "i01", "avslutade", { "insats", "=TOT", "kon" }, SAME },
	{ "i03", "fore", { "kod", TOT }, false, "i01", "avslutade", { "insats", "=TOT", "kon" }, SAME },
	{ "i03", "efter", { "kod", TOT }, false, "i01", "avslutade", { "insats", "=TOT", "kon" }, SAME },
	{ "i04", "fore", { "kod", TOT }, false, "i01", "avslutade", { "insats", "=TOT", "kon" }, SAME },
	{ "i04", "efter", { "kod", TOT }, false, "i01", "avslutade", { "insats", "=TOT", "kon" }, SAME },
	{ "i05", "avslutade", { "kod", TOT }, false, "i01", "avslutade", { "insats", "=TOT", "kon" }, SAME },
	{ "i03", "fore", { "kod", TOT }, true, "i01", "avslutade", { "insats", "=TOT", "kon" }, APART },
	{ "i03", "efter", { "kod", TOT }, true, "i01", "avslutade", { "insats", "=TOT", "kon" }, APART },
	{ "i04", "fore", { "kod", TOT }, true, "i01", "avslutade", { "insats", "=TOT", "kon" }, APART },
	{ "i04", "efter", { "kod", TOT }, true, "i01", "avslutade", { "insats", "=TOT", "kon" }, APART },
	{ "i05", "avslutade", { "kod", TOT }, true, "i01", "avslutade", { "insats", "=TOT", "kon" }, APART },
	{ "i06", "avslutade", { NULL }, false, "i01", "avslutade", { "insats", "=TOT", "kon" }, SAME },
	{ "i06", "borjat_eller_okat", { NULL }, false, "i06", "arbete_eller_studier", { "insats", "kon" }, APART },
	{ "i04", "efter", { "kod", "SU" }, false, "i06", "studier", { "insats", "kon" }, SAME },
	{ "i04", "efter", { "kod", "AO" }, false, "i06", "arbete", { "insats", "kon" }, APART },
	{ "i04", "efter", { "kod", "AU" }, false, "i06", "arbete", { "insats", "kon" }, APART },
	{ "i04", "efter", { "kod", "EF" }, false, "i06", "arbete", { "insats", "kon" }, APART },
	{ "i06", "arbetssokande", { "insats", TOT }, true, "i04", "efter", { "insats", "kon", "=AR" }, APART },
	{ "i08", "deltaganden", { "remittent", TOT }, false, "i01", "deltaganden", { "insats", "kommun", "kon" }, SAME },
	{ "i11", "avslutade", { NULL }, false, "i03", "fore", { "insats", "kon", "fran" }, APART },
	{ "i11", "avslutade", { NULL }, false, "i03", "efter", { "insats", "kon", "till" }, APART },
	{ "m01", "personer", { "forman", "SP" }, false, "m01", "personer", { "ar", "kommun", "kon", "=OHALSA" }, APART },
	{ "m01", "personer", { "forman", "RP" }, false, "m01", "personer", { "ar", "kommun", "kon", "=OHALSA" }, APART },
	{ "m01", "personer", { "forman", "SE" }, false, "m01", "personer", { "ar", "kommun", "kon", "=OHALSA" }, APART },
	{ "m01", "personer", { "forman", "AE" }, false, "m01", "personer", { "ar", "kommun", "kon", "=OHALSA" }, APART },
	{ "m01", "personer", { "forman", "AK" }, false, "m01", "personer", { "ar", "kommun", "kon", "=ARBMARK" }, APART },
	{ "m01", "personer", { "forman", "AS" }, false, "m01", "personer", { "ar", "kommun", "kon", "=ARBMARK" }, APART },
	{ "m01", "personer", { "forman", "UE" }, false, "m01", "personer", { "ar", "kommun", "kon", "=ARBMARK" }, APART },
	{ "m01", "personer", { "forman", "ET" }, false, "m01", "personer", { "ar", "kommun", "kon", "=ARBMARK" }, APART },
	{ "m01", "personer", { "forman", "FS" }, false, "m01", "personer", { "ar", "kommun", "kon", "=BISTAND" }, SAME },
	{ "m01", "personer", { "forman", "OHALSA" }, false, "m01", "personer", { "ar", "kommun", "kon", "=TOT" }, APART },
	{ "m01", "personer", { "forman", "ARBMARK" }, false, "m01", "personer", { "ar", "kommun", "kon", "=TOT" }, APART },
	{ "m01", "personer", { "forman", "BISTAND" }, false, "m01", "personer", { "ar", "kommun", "kon", "=TOT" }, APART },
	{ "m04", "personer", { "byten", TOT }, false, "m05", "personer", { "ar", "kommun", "kon", "=TOT" }, APART },
	{ "m01", "personer", { "forman", TOT }, false, "m04", "personer", { "ar", "kommun", "kon", "=TOT" }, LIKELY },
	{ "m01", "personer", { "forman", TOT }, false, "m05", "personer", { "ar", "kommun", "kon", "=TOT" }, LIKELY },
};

static int state_pair(struct published *published, const struct pair_rule *rule, struct error *error)
{
	const struct published_table *table = published_find(published, rule->table), *other = published_find(published, rule->other);
	const char *key[TABLE_DIMENSIONS];
	bool beside = published->approved != NULL || published->less > 0;
	if (table == NULL || other == NULL || (beside && strcmp(rule->table, "i01") == 0)) /* i01 of several periods: periods.h */
		return 0;
	size_t measure = cube_measure(table->cube, rule->measure), to = cube_measure(other->cube, rule->other_measure);
	for (size_t row = 0; row < table->cube->rows; row++) {
		if (rule->only[0] != NULL &&
			is_code(table->cube, row, place_of(table->cube, rule->only[0]), rule->only[1]) == rule->but)
			continue;
		for (size_t d = 0; d < other->cube->table->dimensions; d++)
			key[d] = rule->from[d][0] == '=' ? rule->from[d] + 1
							 : cube_code_of(table->cube, row, place_of(table->cube, rule->from[d]));
		published_begin(published);
		if (published_row(published, table, row, measure, -1, error) != 0 || published_part(published, other, key, to, 1, error) != 0)
			return -1;
		if (rule->relation == LIKELY && (published->rounded || published->sum.truth < 0)) /* each is rounded by itself */
			continue;
		if (rule->relation == APART || rule->relation == LIKELY ? published_apart(published, table, row, measure, error) != 0
					    : (rule->relation == SAME ? published_equal : published_at_least)(published, error) != 0)
			return -1;
	}
	return 0;
}

/* A whole is no more than its parts together: some of them overlap, none is left out. */
static const struct cover_rule {
	const char *table, *measure;
	const char *whole;      /* code of the last dimension; NULL: the measure of the other table */
	const char *part[5];    /* codes of the last dimension of `parts`; NULL ends */
	const char *parts, *parts_measure;
} cover_rules[] = {
	{ "m01", "personer", "OHALSA", { "SP", "RP", "SE", "AE" }, "m01", "personer" },
	{ "m01", "personer", "ARBMARK", { "AK", "AS", "UE", "ET" }, "m01", "personer" },
	{ "m01", "personer", TOT, { "OHALSA", "ARBMARK", "BISTAND" }, "m01", "personer" },
	{ "i06", "arbete", NULL, { "AO", "AU", "EF" }, "i04", "efter" },
};

static int state_cover(struct published *published, const struct cover_rule *rule, struct error *error)
{
	const struct published_table *table = published_find(published, rule->table), *parts = published_find(published, rule->parts);
	const char *key[TABLE_DIMENSIONS];
	if (table == NULL || parts == NULL)
		return 0;
	size_t last = parts->cube->table->dimensions - 1;
	for (size_t row = 0; row < table->cube->rows; row++) {
		if (rule->whole != NULL && !is_code(table->cube, row, last, rule->whole))
			continue;
		key_of(table->cube, row, key);
		if (rule->whole == NULL && strcmp(key[0], TOT) == 0)
			continue; /* i04 has no sum over insatser */
		published_begin(published);
		int result = published_row(published, table, row, cube_measure(table->cube, rule->measure), -1, error);
		for (size_t p = 0; p < 5 && rule->part[p] != NULL && result == 0; p++) {
			key[last] = rule->part[p];
			result = published_part(published, parts, key, cube_measure(parts->cube, rule->parts_measure), 1, error);
		}
		if (result != 0 || published_at_least(published, error) != 0)
			return -1;
	}
	return 0;
}

/* ---- classes that are not printed ---- */

/* Exclusive classes of a row's persons: each measure is the sum of some of them, and each class adds up over the dimensions. */
static const struct class_rule {
	const char *table;
	unsigned classes;
	const char *class[5]; /* as the file of witnesses calls them */
	const char *over[3];
	struct {
		const char *measure;
		unsigned set; /* a bit a class */
	} sum[5];
} class_rules[] = {
	{ "i01", 4, { "lage=ny+avslutad", "lage=ny+pagaende", "lage=aldre+avslutad", "lage=aldre+pagaende" }, { "insats", "kommun", "kon" },
		{ { "deltaganden", 0xF }, { "nya", 0x3 }, { "avslutade", 0x5 }, { "pagaende", 0xA } } },
	{ "i06", 5, { "utfall=arbete", "utfall=studier", "utfall=arbete+studier", "utfall=arbetssokande", "utfall=ovrigt" }, { "insats", "kon" },
		{ { "avslutade", 0x1F }, { "arbete", 0x5 }, { "studier", 0x6 }, { "arbete_eller_studier", 0x7 },
			{ "arbetssokande", 0x8 } } },
};

static int state_class_sums(struct published *published, const struct class_rule *rule, const struct cube *cube, size_t first,
	size_t d, struct error *error)
{
	uint32_t key[TABLE_DIMENSIONS];
	for (size_t row = 0; row < cube->rows; row++)
		for (unsigned class = 0; class < rule->classes && cube_is_total(cube, row, d); class++) {
			published_begin(published);
			int result = published_unseen(published, first + row * rule->classes + class, -1, PUBLISHED_UNTOLD, error);
			memcpy(key, &cube->key[row * cube->table->dimensions], cube->table->dimensions * sizeof *key);
			for (uint32_t c = 0; c < cube->codes[d].count && result == 0; c++) {
				key[d] = c;
				size_t part = c == cube->codes[d].total ? CUBE_NO_ROW : cube_find(cube, key);
				if (part != CUBE_NO_ROW)
					result = published_unseen(published, first + part * rule->classes + class, 1, PUBLISHED_UNTOLD, error);
			}
			if (result != 0 || published_equal(published, error) != 0)
				return -1;
		}
	return 0;
}

/* A measure whose classes are some of another's: who is in the other alone is a set of persons, too. */
static int state_class_differences(struct published *published, const struct class_rule *rule, const struct published_table *table, size_t row,
	struct error *error)
{
	for (size_t whole = 0; whole < 5 && rule->sum[whole].measure != NULL; whole++)
		for (size_t part = 0; part < 5 && rule->sum[part].measure != NULL; part++) {
			size_t measure = cube_measure(table->cube, rule->sum[part].measure);
			if (part == whole || (rule->sum[part].set & ~rule->sum[whole].set) != 0)
				continue;
			published_begin(published);
			if (published_row(published, table, row, cube_measure(table->cube, rule->sum[whole].measure), 1, error) != 0 ||
				published_row(published, table, row, measure, -1, error) != 0 || published_apart(published, table, row, measure, error) != 0)
				return -1;
		}
	return 0;
}

static int state_classes(struct published *published, const struct class_rule *rule, struct error *error)
{
	const struct published_table *table = published_find(published, rule->table);
	if (table == NULL)
		return 0;
	const struct cube *cube = table->cube;
	size_t first = published->knowledge->variables;
	published_classes(published, table, first, rule->classes, rule->class);
	for (size_t i = 0; i < cube->rows * rule->classes; i++)
		if (knowledge_variable(published->knowledge, 0, KNOWLEDGE_ENDLESS, error) == KNOWLEDGE_NONE)
			return -1;
	for (size_t row = 0; row < cube->rows; row++)
		for (size_t s = 0; s < 5 && rule->sum[s].measure != NULL; s++) {
			published_begin(published);
			int result = published_row(published, table, row, cube_measure(cube, rule->sum[s].measure), -1, error);
			for (unsigned class = 0; class < rule->classes && result == 0; class++)
				if ((rule->sum[s].set >> class & 1) != 0)
					result = published_unseen(published, first + row * rule->classes + class, 1, PUBLISHED_UNTOLD, error);
			if (result != 0 || published_equal(published, error) != 0)
				return -1;
		}
	for (size_t row = 0; row < cube->rows; row++)
		if (state_class_differences(published, rule, table, row, error) != 0)
			return -1;
	for (size_t d = 0; d < 3 && rule->over[d] != NULL; d++)
		if (state_class_sums(published, rule, cube, first, place_of(cube, rule->over[d]), error) != 0)
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

static bool is_missing(const struct published_table *table, const char *const *key)
{
	size_t row = cube_find_named(table->cube, key);
	return row != CUBE_NO_ROW && cube_cell(table->cube, row, 0)->status == CELL_MISSING;
}

/* Those with a part in a month (m06) are those of the combinations that hold it (m03). Without a common key m03 is missing: its
   margins alone have rows, and that the others have none does not mean 0. */
static int state_parts(struct published *published, struct error *error)
{
	const struct published_table *m03 = published_find(published, "m03"), *m06 = published_find(published, "m06");
	if (m03 == NULL || m06 == NULL)
		return 0;
	for (size_t row = 0; row < m06->cube->rows; row++) {
		const char *key[TABLE_DIMENSIONS];
		key_of(m06->cube, row, key);
		const char *margin[] = { key[0], TOT, TOT };
		if (strcmp(key[2], TOT) != 0 || strcmp(key[3], TOT) != 0 || is_missing(m03, margin))
			continue;
		published_begin(published);
		int result = published_row(published, m06, row, 0, -1, error);
		for (uint32_t c = 0; c < m03->cube->codes[2].count && result == 0; c++) {
			const char *code = m03->cube->codes[2].code[c], *other[] = { key[0], key[1], code };
			if (holds_part(code, key[4]))
				result = published_part(published, m03, other, 0, 1, error);
		}
		if (result != 0 || published_equal(published, error) != 0)
			return -1;
	}
	return 0;
}

/* Those who are in a combination in the year's last month (m07, all who came to it) are its persons of that month (m03). */
static int state_flows(struct published *published, struct error *error)
{
	const struct published_table *m03 = published_find(published, "m03"), *m07 = published_find(published, "m07");
	if (m03 == NULL || m07 == NULL)
		return 0;
	for (size_t row = 0; row < m07->cube->rows; row++) {
		const char *key[TABLE_DIMENSIONS], *last = NULL;
		key_of(m07->cube, row, key);
		if (strcmp(key[2], TOT) != 0 || strcmp(key[3], TOT) == 0 || strcmp(key[3], "INGEN") == 0)
			continue;
		for (uint32_t c = 0; c < m03->cube->codes[0].count; c++)
			if (strncmp(m03->cube->codes[0].code[c], key[0], 4) == 0)
				last = m03->cube->codes[0].code[c]; /* codes are in order */
		const char *other[] = { last, key[1], key[3] };
		published_begin(published);
		if (last != NULL && (published_row(published, m07, row, 0, -1, error) != 0 ||
					    published_part(published, m03, other, 0, 1, error) != 0 || published_equal(published, error) != 0))
			return -1;
	}
	return 0;
}

static int state_tables(struct published *published, struct error *error)
{
	for (size_t r = 0; r < COUNT(pair_rules); r++)
		if (state_pair(published, &pair_rules[r], error) != 0)
			return -1;
	for (size_t r = 0; r < COUNT(cover_rules); r++)
		if (state_cover(published, &cover_rules[r], error) != 0)
			return -1;
	return 0;
}

int relations_state(struct published *published, struct error *error)
{
	if (state_sums(published, sum_rules, COUNT(sum_rules), false, error) != 0 ||
		state_sums(published, open_rules, COUNT(open_rules), true, error) != 0 || state_persons(published, error) != 0 ||
		state_tables(published, error) != 0)
		return -1;
	for (size_t r = 0; r < COUNT(class_rules); r++)
		if (state_classes(published, &class_rules[r], error) != 0)
			return -1;
	return exits_state(published, error) != 0 || state_parts(published, error) != 0 || state_flows(published, error) != 0 ? -1 : 0;
}

int relations_state_beside(struct published *published, struct error *error)
{
	bool adds_up = published->less > 0; /* what is taken away and what it is taken from do */
	return (!adds_up && state_sums(published, sum_rules, COUNT(sum_rules), false, error) != 0) ||
		state_sums(published, open_rules, COUNT(open_rules), true, error) != 0 || state_tables(published, error) != 0 || exits_state(published, error) != 0 ? -1 : 0;
}
