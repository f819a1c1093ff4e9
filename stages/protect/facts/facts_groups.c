/* Målgrupper that lie within one another, by their definitions: see facts_inside.h.

   A group is a set of conditions on a person's month. Who meets stricter ones meets the others, so that whoever belongs to the one in some month
   of a year belongs to the other, too. Persons with a förmån (m01), those active at any part (m05) and those active at another part than the region
   (m04) are such groups themselves. */
#include <string.h>

#include "pipeline/table/settings/settings.h"
#include "stages/protect/facts/facts_inside.h"

#define GROUPS 64        /* of a förbund that are compared; the rest are not */
#define AGE_LEAST 16     /* of those measured */
#define AGE_MOST 64

static const char *const sickness[] = { "SP", "RP", "SE", "AE" }; /* with one of them a person is active at FK */

/* A group, and the cells where it is counted. */
struct group {
	struct malgrupp rule;
	const char *table;   /* its persons of a year, kommun and kön: a row of m02 (any age), m01, m04 or m05 */
	const char *code;    /* the målgrupp, förmån, byten or tid */
	bool beyond_region;  /* and they are active at another part than the region */
	bool by_age;         /* it is counted by age, too */
};

static bool has_word(const struct words *words, const char *word)
{
	for (size_t i = 0; i < words->count; i++)
		if (strcmp(words->word[i], word) == 0)
			return true;
	return false;
}

/* A list narrows to codes that the other has; an empty one is no condition. */
static bool words_within(const struct words *part, const struct words *whole)
{
	for (size_t i = 0; i < part->count; i++)
		if (whole->count > 0 && !has_word(whole, part->word[i]))
			return false;
	return whole->count == 0 || part->count > 0;
}

static bool diagnoses_within(const struct words *part, const struct words *whole)
{
	for (size_t i = 0; i < part->count; i++) {
		bool begins = whole->count == 0;
		for (size_t k = 0; k < whole->count && !begins; k++)
			begins = strncmp(part->word[i], whole->word[k], strlen(whole->word[k])) == 0;
		if (!begins)
			return false;
	}
	return whole->count == 0 || part->count > 0;
}

static int count_bits(unsigned bits)
{
	int count = 0;
	for (; bits != 0; bits &= bits - 1)
		count++;
	return count;
}

/* Whether the list names sökandekategorier all of whom are active at AF. */
static bool is_active_at_af(const struct words *af)
{
	bool active = af->count > 0;
	for (size_t i = 0; i < af->count; i++)
		active = active && (strcmp(af->word[i], "95") < 0 || strcmp(af->word[i], "98") > 0);
	return active;
}

/* What the conditions say without saying it: a förmån of FK other than AA is activity at FK, a sökandekategori other than 95 to 98 at AF, bistånd
   at KOM, a contact at REG. */
static struct malgrupp spell_out(struct malgrupp rule)
{
	const struct words all = { sizeof sickness / sizeof *sickness, sickness };
	const unsigned fk = 1U << PARTI_FK, kom = 1U << PARTI_KOM;
	if ((rule.parter & fk) != 0 && rule.fk.count == 0)
		rule.fk = all;
	if (rule.fk.count > 0 && words_within(&rule.fk, &all))
		rule.parter |= fk;
	rule.kom = rule.kom || (rule.parter & kom) != 0;
	rule.parter |= rule.kom ? kom : 0;
	rule.parter |= is_active_at_af(&rule.af) ? 1U << PARTI_AF : 0;
	rule.parter |= rule.reg_vardform.count > 0 ? 1U << PARTI_REG : 0;
	int parts = count_bits(rule.parter);
	rule.minst_parter = parts > rule.minst_parter ? parts : rule.minst_parter;
	return rule;
}

/* Whether everybody in the group is active at another part than the region in the month. */
static bool is_beyond_region(const struct group *group)
{
	const struct malgrupp rule = spell_out(group->rule);
	return group->beyond_region || rule.minst_parter > 1 || (rule.parter & ~(1U << PARTI_REG)) != 0;
}

static bool within(const struct malgrupp *part, const struct malgrupp *whole);

/* Whether all but ålder, kön and kommun of `whole` follows from `part`. */
static bool conditions_within(const struct malgrupp *part, const struct malgrupp *whole)
{
	const struct malgrupp a = spell_out(*part), b = spell_out(*whole);
	return words_within(&a.fk, &b.fk) && words_within(&a.af, &b.af) && words_within(&a.af_ersattning, &b.af_ersattning) &&
		(a.kom || !b.kom) && words_within(&a.kom_hinder, &b.kom_hinder) && words_within(&a.reg_vardform, &b.reg_vardform) &&
		diagnoses_within(&a.diagnos, &b.diagnos) && a.minst_parter >= b.minst_parter && (b.parter & ~a.parter) == 0 &&
		a.sammanhangande_manader >= b.sammanhangande_manader &&
		(b.byten == 0 || (a.byten >= b.byten && a.byten_manader <= b.byten_manader)) &&
		(b.inte == NULL || (a.inte != NULL && within(b.inte, a.inte)));
}

static bool attributes_within(const struct malgrupp *part, const struct malgrupp *whole)
{
	bool age = whole->age_from < 0 || (part->age_from >= whole->age_from && part->age_to <= whole->age_to);
	return age && words_within(&part->kon, &whole->kon) && words_within(&part->kommun, &whole->kommun);
}

static bool within(const struct malgrupp *part, const struct malgrupp *whole)
{
	return attributes_within(part, whole) && conditions_within(part, whole);
}

/* A row's kommun, kön and ages as a group's attributes. */
struct cut {
	struct words kommun, kon;
	const char *code[2];
	int age_from, age_to;
};

/* Those of the group who stand in the row; false where there are none by the rule. */
static bool cut_group(const struct malgrupp *rule, const struct cut *cut, struct malgrupp *inside)
{
	int from = rule->age_from > cut->age_from ? rule->age_from : cut->age_from;
	int to = rule->age_from >= 0 && rule->age_to < cut->age_to ? rule->age_to : cut->age_to;
	*inside = *rule;
	inside->age_from = from;
	inside->age_to = to;
	inside->kon = cut->kon.count > 0 ? cut->kon : rule->kon;
	inside->kommun = cut->kommun.count > 0 ? cut->kommun : rule->kommun;
	return from <= to && (cut->kon.count == 0 || words_within(&cut->kon, &rule->kon)) &&
		(cut->kommun.count == 0 || words_within(&cut->kommun, &rule->kommun));
}

/* The row's attributes; false for an age that is no group's. */
static bool find_cut(const struct settings *settings, const char *kommun, const char *kon, const char *age, struct cut *cut)
{
	*cut = (struct cut){ .code = { kommun, kon }, .age_from = AGE_LEAST, .age_to = AGE_MOST };
	cut->kommun = (struct words){ strcmp(kommun, CUBE_TOTAL) != 0, &cut->code[0] };
	cut->kon = (struct words){ strcmp(kon, CUBE_TOTAL) != 0, &cut->code[1] };
	bool found = strcmp(age, CUBE_TOTAL) == 0;
	for (size_t g = 0; g < settings->age_groups && !found; g++) {
		found = strcmp(settings->age_group[g].label, age) == 0;
		cut->age_from = settings->age_group[g].from > AGE_LEAST ? settings->age_group[g].from : AGE_LEAST;
		cut->age_to = settings->age_group[g].to < AGE_MOST ? settings->age_group[g].to : AGE_MOST;
	}
	return found;
}

/* The row of the group for these codes. */
static size_t row_of(const struct facts_work *work, const struct group *group, const char *const row[4], size_t *table)
{
	*table = facts_find(work, group->table);
	if (*table == SIZE_MAX)
		return CUBE_NO_ROW;
	const char *of_age[] = { row[0], group->code, row[1], row[2], row[3] }, *others[] = { row[0], row[1], row[2], group->code };
	return cube_find_named(work->tables->cube[*table], group->by_age ? of_age : others);
}

/* The groups that are compared, and which lie within which by all but ålder, kön and kommun. */
struct group_list {
	size_t count;
	struct group group[GROUPS];
	bool within[GROUPS][GROUPS];
};

/* Whether those of one group who stand in the row are all in the other. */
static bool row_within(const struct group_list *list, size_t part, size_t whole, const struct cut *cut)
{
	struct malgrupp one, other;
	return list->within[part][whole] && cut_group(&list->group[part].rule, cut, &one) && cut_group(&list->group[whole].rule, cut, &other) &&
		attributes_within(&one, &other);
}

/* Whether some third group lies between two in the row: then their difference is the sum of two that are stated, and no less than 0 as they are. A small
   one is a target nevertheless: where one of the two falls, the other may rise. */
static bool is_between(const struct facts_work *work, const struct group_list *list, size_t part, size_t whole, const char *const row[4],
	const struct cut *cut)
{
	for (size_t c = 0; c < list->count; c++) {
		size_t table;
		bool there = list->group[c].by_age || strcmp(row[3], CUBE_TOTAL) == 0;
		if (there && c != part && c != whole && row_within(list, part, c, cut) && row_within(list, c, whole, cut) && !row_within(list, c, part, cut) &&
			!row_within(list, whole, c, cut) && row_of(work, &list->group[c], row, &table) != CUBE_NO_ROW)
			return true;
	}
	return false;
}

/* The pair in one row of year, kommun, kön and age. */
static int state_row(struct facts_work *work, const struct group_list *list, size_t part, size_t whole, const char *const row[4])
{
	struct cut cut;
	size_t table, of;
	if (!find_cut(work->tables->settings, row[1], row[2], row[3], &cut) || !row_within(list, part, whole, &cut))
		return 0;
	size_t from = row_of(work, &list->group[part], row, &table), to = row_of(work, &list->group[whole], row, &of);
	bool same = row_within(list, whole, part, &cut);
	if (from == CUBE_NO_ROW || to == CUBE_NO_ROW || same != work->joining)
		return 0;
	const struct facts_pair pair = { table, from, cube_measure(work->tables->cube[table], "personer"), of, to,
		cube_measure(work->tables->cube[of], "personer"), same ? SAME : APART };
	int64_t apart = facts_count(work->tables, of, to, pair.of) - facts_count(work->tables, table, from, pair.measure);
	bool small = tables_small((double)apart, (double)work->minimum);
	return !same && !small && is_between(work, list, part, whole, row, &cut) ? 0 : facts_state_pair(work, &pair);
}

static int state_groups(struct facts_work *work, const struct group_list *list, size_t at, size_t in)
{
	const struct group *part = &list->group[at], *whole = &list->group[in];
	size_t table = facts_find(work, part->by_age || whole->by_age ? "m02_malgrupp" : whole->table);
	const struct cube *cube = table == SIZE_MAX ? NULL : work->tables->cube[table];
	bool by_age = part->by_age && whole->by_age;
	size_t shift = part->by_age || whole->by_age ? 1 : 0; /* m02 has målgrupp behind ar */
	size_t place = shift == 1 ? 1 : 3;
	uint32_t code = cube == NULL ? UINT32_MAX : cube_find_code(cube, place, part->by_age ? part->code : whole->code);
	for (size_t r = 0; cube != NULL && r < cube->rows; r++) {
		if (cube->key[r * cube->table->dimensions + place] != code)
			continue;
		const char *age = cube_code_of(cube, r, 3 + shift);
		const char *row[] = { cube_code_of(cube, r, 0), cube_code_of(cube, r, 1 + shift), cube_code_of(cube, r, 2 + shift), age };
		if (!by_age && strcmp(age, CUBE_TOTAL) != 0)
			continue;
		if (state_row(work, list, at, in, row) != 0)
			return -1;
	}
	return 0;
}

/* ---- groups that split another by age ---- */

#define SPLIT_MOST 4 /* groups that are together another */

/* The parts of a group in a row that are chosen so far: of the ages from its first on. */
struct split {
	const struct group_list *list;
	size_t whole;
	const char *const *row;
	struct cut cut;
	struct malgrupp inside; /* of the whole in the row */
	size_t count;
	struct facts_count part[SPLIT_MOST];
};

static struct facts_count count_in(const struct facts_work *work, const struct group *group, const char *const row[4])
{
	struct facts_count count = { 0 };
	count.row = row_of(work, group, row, &count.table);
	count.measure = count.table == SIZE_MAX ? 0 : cube_measure(work->tables->cube[count.table], "personer");
	return count;
}

/* Whether the group of the row is of the whole's conditions, kommuner and kön, but not of all its ages; and its ages there. */
static bool is_slice(const struct split *split, size_t group, struct malgrupp *slice)
{
	const struct group_list *list = split->list;
	const struct malgrupp *whole = &split->inside;
	return group != split->whole && list->group[group].by_age && list->within[group][split->whole] && list->within[split->whole][group] &&
		cut_group(&list->group[group].rule, &split->cut, slice) && words_within(&slice->kon, &whole->kon) && words_within(&whole->kon, &slice->kon) &&
		words_within(&slice->kommun, &whole->kommun) && words_within(&whole->kommun, &slice->kommun) &&
		(slice->age_from > whole->age_from || slice->age_to < whole->age_to);
}

/* All ways to go on from an age to the whole's last one. */
static int state_from(struct facts_work *work, struct split *split, int age)
{
	for (size_t g = 0; g < split->list->count && split->count < SPLIT_MOST; g++) {
		struct malgrupp slice;
		if (!is_slice(split, g, &slice) || slice.age_from != age || slice.age_to > split->inside.age_to)
			continue;
		split->part[split->count++] = count_in(work, &split->list->group[g], split->row);
		const struct facts_count whole = count_in(work, &split->list->group[split->whole], split->row);
		int result = slice.age_to < split->inside.age_to ? state_from(work, split, slice.age_to + 1)
			: facts_state_sum(work, &whole, split->part, split->count);
		split->count--;
		if (result != 0)
			return -1;
	}
	return 0;
}

/* The rows in which other groups are together this one. */
static int state_splits(struct facts_work *work, const struct group_list *list, size_t whole)
{
	const struct group *group = &list->group[whole];
	size_t m02 = facts_find(work, "m02_malgrupp"), own = facts_find(work, group->table);
	const struct cube *cube = m02 == SIZE_MAX || own == SIZE_MAX ? NULL : work->tables->cube[own];
	size_t place = group->by_age ? 1 : 3;
	uint32_t code = cube == NULL ? UINT32_MAX : cube_find_code(cube, place, group->code);
	for (size_t r = 0; cube != NULL && r < cube->rows; r++) {
		if (cube->key[r * cube->table->dimensions + place] != code)
			continue;
		size_t shift = group->by_age ? 1 : 0;
		const char *age = group->by_age ? cube_code_of(cube, r, 4) : CUBE_TOTAL;
		const char *row[] = { cube_code_of(cube, r, 0), cube_code_of(cube, r, 1 + shift), cube_code_of(cube, r, 2 + shift), age };
		struct split split = { .list = list, .whole = whole, .row = row };
		if ((!group->by_age || strcmp(age, CUBE_TOTAL) != 0) && /* all ages are the sum of the age groups */
			find_cut(work->tables->settings, row[1], row[2], row[3], &split.cut) && cut_group(&group->rule, &split.cut, &split.inside) &&
			state_from(work, &split, split.inside.age_from) != 0)
			return -1;
	}
	return 0;
}

/* ---- all of them ---- */

static void add_group(struct group_list *list, struct malgrupp rule, const char *table, const char *code)
{
	if (list->count < GROUPS)
		list->group[list->count++] = (struct group){ .rule = rule, .table = table, .code = code, .by_age = strncmp(table, "m02", 3) == 0 };
}

/* The groups of the settings, and those that m01, m04 and m05 count. */
static void list_groups(const struct settings *settings, struct group_list *list)
{
	const struct malgrupp any = { .age_from = -1, .age_to = -1 };
	struct malgrupp sick = any, supported = any, active = any;
	list->count = 0;
	for (size_t f = 0; f < sizeof sickness / sizeof *sickness; f++) {
		sick.fk = (struct words){ 1, &sickness[f] };
		add_group(list, sick, "m01_forsorjningsmatt", sickness[f]);
	}
	sick.fk = (struct words){ sizeof sickness / sizeof *sickness, sickness };
	add_group(list, sick, "m01_forsorjningsmatt", "OHALSA");
	supported.kom = true;
	add_group(list, supported, "m01_forsorjningsmatt", "BISTAND");
	active.minst_parter = 1;
	add_group(list, active, "m05_tid_i_forsorjning", CUBE_TOTAL);
	add_group(list, active, "m04_rundgang", CUBE_TOTAL);
	list->group[list->count - 1].beyond_region = true;
	for (size_t g = 0; g < settings->malgrupp_count; g++)
		add_group(list, settings->malgrupp[g], "m02_malgrupp", settings->malgrupp[g].name);
	for (size_t a = 0; a < list->count; a++)
		for (size_t b = 0; b < list->count; b++)
			list->within[a][b] = a != b && conditions_within(&list->group[a].rule, &list->group[b].rule) &&
				(!list->group[b].beyond_region || is_beyond_region(&list->group[a]));
}

int facts_groups(struct facts_work *work)
{
	struct group_list list = { 0 };
	bool m02 = facts_find(work, "m02_malgrupp") != SIZE_MAX;
	if (work->tables->settings != NULL)
		list_groups(work->tables->settings, &list);
	for (size_t a = 0; a < list.count; a++)
		for (size_t b = 0; b < list.count; b++) {
			const struct group *part = &list.group[a], *whole = &list.group[b];
			bool known = !part->by_age && (part->beyond_region || strcmp(part->table, whole->table) == 0); /* m04 in m05, m01 within itself: facts_list.c */
			bool there = m02 || (!part->by_age && !whole->by_age);
			if (list.within[a][b] && !known && there && state_groups(work, &list, a, b) != 0)
				return -1;
		}
	for (size_t whole = 0; whole < list.count; whole++)
		if (state_splits(work, &list, whole) != 0)
			return -1;
	return 0;
}
