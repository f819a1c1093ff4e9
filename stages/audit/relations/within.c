/* Rounded years beside their months: see within.h. Written from docs/method.md, 4 and 13; it knows nothing of the protector. */
#include "stages/audit/relations/within.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "pipeline/base/date.h"
#include "stages/audit/relations/groups.h"
#include "stages/audit/relations/months.h"

#define TOT CUBE_TOTAL
#define FK (1U << PARTI_FK)
#define KOM (1U << PARTI_KOM)
#define INSURED (1U << PARTI_AF | FK | KOM)
#define MOST_CODES 5

/* What is printed of some persons, and how many they were. */
struct sum {
	double printed, before;
};

struct judging {
	const struct published *published;
	const struct published_table *table;
	const struct settings *settings;
	unsigned char *finding;
	bool months; /* what is held is the sum of persons of a month */
};

/* Whether the period has one month of the year: then the year counts the persons of that month. */
static bool is_alone(const struct settings *settings, const char *year)
{
	int32_t first, last;
	return settings_year_part(settings, atoi(year), &first, &last) && date_month_of(first) == date_month_of(last);
}

static void add(struct sum *sum, const struct published_table *table, size_t row)
{
	const char *key[TABLE_DIMENSIONS];
	size_t measure = cube_measure(table->cube, "personer");
	for (size_t d = 0; d < table->cube->table->dimensions; d++)
		key[d] = cube_code_of(table->cube, row, d);
	size_t at = cube_find_named(table->truth, key);
	sum->printed += cube_cell(table->cube, row, measure)->number;
	sum->before += at == CUBE_NO_ROW ? 0 : cube_cell(table->truth, at, measure)->number;
}

/* The row of the judged table holds all of the sum's persons, and is them where it was as many and is of the only month of its year. Without a row it prints
   nobody: then the first row of the table stands for it. */
static void hold(const struct judging *judging, const struct sum *part, const char *const *key)
{
	const struct published_table *table = judging->table;
	size_t row = cube_find_named(table->cube, key), at = cube_find_named(table->truth, key), measure = cube_measure(table->cube, "personer");
	double printed = row == CUBE_NO_ROW ? 0 : cube_cell(table->cube, row, measure)->number;
	double before = at == CUBE_NO_ROW ? 0 : cube_cell(table->truth, at, measure)->number;
	bool same = judging->months && is_alone(judging->settings, key[0]) && part->before >= before && part->before <= before;
	bool meets = same ? part->printed >= printed && part->printed <= printed : part->printed <= printed;
	if (meets || part->before > before || table->cube->rows == 0)
		return;
	judging->finding[(row == CUBE_NO_ROW ? 0 : row) * table->cube->table->measures + measure] = BESIDE_LESS;
}

static bool is_table(const struct judging *judging, const char *name)
{
	return strncmp(judging->table->cube->table->name, name, strlen(name)) == 0;
}

/* Persons of a year, kommun, kön and all ages, who are at one of the parts in a month of it: where those are counted. */
static void hold_active(const struct judging *judging, const struct sum *part, const char *const place[3], unsigned parts)
{
	const char *key[] = { place[0], place[1], place[2], TOT };
	bool paid = (parts & ~(FK | KOM)) == 0;
	if (is_table(judging, "m05") || (is_table(judging, "m04") && (parts & ~INSURED) == 0) || (is_table(judging, "m01") && paid))
		hold(judging, part, key);
	key[3] = parts == FK ? "OHALSA" : parts == KOM ? "BISTAND" : NULL;
	if (is_table(judging, "m01") && key[3] != NULL)
		hold(judging, part, key);
}

/* The ages of a code lie within those of the rule. */
static bool has_ages(const struct settings *settings, const struct malgrupp *rule, const char *age)
{
	bool has = rule->age_from < 0;
	for (size_t g = 0; g < settings->age_groups && !has; g++)
		has = strcmp(settings->age_group[g].label, age) == 0 && rule->age_from <= settings->age_group[g].from &&
			rule->age_to >= (settings->age_group[g].to > 64 ? 64 : settings->age_group[g].to);
	return has;
}

/* Whether a målgrupp asks those of a kommun and kön for nothing but activity. */
static bool asks_only_for_parts(const struct malgrupp *rule, const char *kommun, const char *kon)
{
	return months_say_all(rule) && months_let_in(rule, kommun, kon);
}

/* Of m02: whoever is at the one part that a målgrupp asks for, by age. */
static void hold_in_groups(const struct judging *judging, const struct sum *part, const char *const place[3], const char *age, unsigned parts)
{
	for (size_t g = 0; g < judging->settings->malgrupp_count && is_table(judging, "m02"); g++) {
		const struct malgrupp *rule = &judging->settings->malgrupp[g];
		unsigned asked = months_parts(rule);
		const char *key[] = { place[0], rule->name, place[1], place[2], age };
		if (asks_only_for_parts(rule, place[1], place[2]) && rule->minst_parter <= 1 && (asked == parts || (asked == 0 && rule->minst_parter == 1)) &&
			has_ages(judging->settings, rule, age))
			hold(judging, part, key);
	}
}

/* Of the only month of a year, a kommun's persons of all kön: whoever is at FK or KOM is paid, so that they are in m01; who has a contact of the region alone has
   no time in m05. */
static void hold_alone(const struct judging *judging, const struct sum *paid, const struct sum *contacts, const char *const place[3])
{
	const char *key[] = { place[0], place[1], place[2], TOT }, *without[] = { place[0], place[1], place[2], "0" };
	if (!is_alone(judging->settings, place[0]))
		return;
	if (is_table(judging, "m01"))
		hold(judging, paid, key);
	if (is_table(judging, "m05"))
		hold(judging, contacts, without);
}

static void judge_months(const struct judging *judging)
{
	const struct published_table *m06 = published_find(judging->published, "m06"), *m03 = published_find(judging->published, "m03");
	for (size_t row = 0; m06 != NULL && m06->truth != NULL && row < m06->cube->rows; row++) {
		char year[5] = "";
		struct sum sum = { 0, 0 };
		(void)strncat(year, cube_code_of(m06->cube, row, 0), 4);
		const char *place[] = { year, cube_code_of(m06->cube, row, 1), cube_code_of(m06->cube, row, 2) };
		unsigned parts = parti_set(cube_code_of(m06->cube, row, 4));
		add(&sum, m06, row);
		if (cube_is_total(m06->cube, row, 3))
			hold_active(judging, &sum, place, parts);
		hold_in_groups(judging, &sum, place, cube_code_of(m06->cube, row, 3), parts);
	}
	for (size_t row = 0; m03 != NULL && m03->truth != NULL && row < m03->cube->rows; row++) {
		char year[5] = "";
		struct sum all = { 0, 0 }, insured = { 0, 0 }, paid = { 0, 0 }, contacts = { 0, 0 };
		(void)strncat(year, cube_code_of(m03->cube, row, 0), 4);
		const char *place[] = { year, cube_code_of(m03->cube, row, 1), TOT };
		if (!cube_is_total(m03->cube, row, 2) || cube_cell(m03->cube, row, 0)->status != CELL_PUBLISHED)
			continue;
		for (uint32_t c = 0; c < m03->cube->codes[2].count; c++) {
			const char *key[] = { cube_code_of(m03->cube, row, 0), place[1], m03->cube->codes[2].code[c] };
			size_t at = c == m03->cube->codes[2].total ? CUBE_NO_ROW : cube_find_named(m03->cube, key);
			if (at != CUBE_NO_ROW && (parti_set(key[2]) & INSURED) != 0)
				add(&insured, m03, at);
			if (at != CUBE_NO_ROW && (parti_set(key[2]) & (FK | KOM)) != 0)
				add(&paid, m03, at);
			if (at != CUBE_NO_ROW && parti_set(key[2]) == 1U << PARTI_REG)
				add(&contacts, m03, at);
			if (at != CUBE_NO_ROW)
				add(&all, m03, at);
		}
		hold_active(judging, &all, place, INSURED | 1U << PARTI_REG);
		hold_active(judging, &insured, place, INSURED);
		hold_alone(judging, &paid, &contacts, place);
	}
}

/* A målgrupp that asks for activity is within those who are active in the year, one that asks for a förmån of AF within those who have it. */
static void judge_groups(const struct judging *judging)
{
	const struct published_table *m02 = published_find(judging->published, "m02");
	for (size_t g = 0; m02 != NULL && m02->truth != NULL && g < judging->settings->malgrupp_count; g++)
		for (size_t row = 0; row < m02->cube->rows; row++) {
			const struct malgrupp *rule = &judging->settings->malgrupp[g];
			const char *place[] = { cube_code_of(m02->cube, row, 0), cube_code_of(m02->cube, row, 2), cube_code_of(m02->cube, row, 3) };
			unsigned asked = months_parts(rule);
			struct sum sum = { 0, 0 };
			if (!cube_is_total(m02->cube, row, 4) || strcmp(cube_code_of(m02->cube, row, 1), rule->name) != 0)
				continue;
			add(&sum, m02, row);
			for (int part = 0; part < PARTIER; part++)
				if ((asked >> part & 1) != 0)
					hold_active(judging, &sum, place, 1U << part);
			const char *paid[] = { place[0], place[1], place[2], rule->af_ersattning.count == 1 ? rule->af_ersattning.word[0] : "ARBMARK" };
			if (rule->af_ersattning.count > 0 && is_table(judging, "m01"))
				hold(judging, &sum, paid);
			if (rule->minst_parter > 0)
				hold_active(judging, &sum, place, rule->minst_parter > 1 ? INSURED : INSURED | 1U << PARTI_REG);
		}
}

/* Who is paid (m01) is active in the year. */
static void judge_paid(const struct judging *judging)
{
	const struct published_table *m01 = published_find(judging->published, "m01");
	for (size_t row = 0; m01 != NULL && m01->truth != NULL && row < m01->cube->rows && !is_table(judging, "m01"); row++) {
		const char *place[] = { cube_code_of(m01->cube, row, 0), cube_code_of(m01->cube, row, 1), cube_code_of(m01->cube, row, 2) };
		struct sum sum = { 0, 0 };
		if (!cube_is_total(m01->cube, row, 3))
			continue;
		add(&sum, m01, row);
		hold_active(judging, &sum, place, INSURED);
	}
}

/* Persons of a table's classes (byten, tid) from one on. */
static struct sum add_classes(const struct published_table *table, const char *const place[3], long from)
{
	struct sum sum = { 0, 0 };
	for (uint32_t c = 0; c < table->cube->codes[3].count; c++) {
		const char *key[] = { place[0], place[1], place[2], table->cube->codes[3].code[c] };
		size_t row = c == table->cube->codes[3].total || atol(key[3]) < from ? CUBE_NO_ROW : cube_find_named(table->cube, key);
		if (row != CUBE_NO_ROW)
			add(&sum, table, row);
	}
	return sum;
}

/* Whoever has a time (m05) is paid in the last month of the year. */
static void judge_times(const struct judging *judging)
{
	const struct published_table *m05 = published_find(judging->published, "m05");
	for (size_t row = 0; m05 != NULL && m05->truth != NULL && row < m05->cube->rows; row++) {
		const char *place[] = { cube_code_of(m05->cube, row, 0), cube_code_of(m05->cube, row, 1), cube_code_of(m05->cube, row, 2), TOT };
		if (!cube_is_total(m05->cube, row, 3))
			continue;
		struct sum sum = add_classes(m05, place, 1);
		hold(judging, &sum, place);
	}
}

/* Whoever changed so often in the year (m04) is in a målgrupp that asks for as many changes in a year or longer, and for nothing else. */
static void judge_changes(const struct judging *judging)
{
	const struct published_table *m04 = published_find(judging->published, "m04");
	for (size_t g = 0; m04 != NULL && m04->truth != NULL && g < judging->settings->malgrupp_count; g++)
		for (size_t row = 0; groups_by_changes(&judging->settings->malgrupp[g]) && row < m04->cube->rows; row++) {
			const struct malgrupp *rule = &judging->settings->malgrupp[g];
			const char *place[] = { cube_code_of(m04->cube, row, 0), cube_code_of(m04->cube, row, 1), cube_code_of(m04->cube, row, 2) };
			const char *key[] = { place[0], rule->name, place[1], place[2], TOT };
			if (!cube_is_total(m04->cube, row, 3))
				continue;
			struct sum sum = add_classes(m04, place, rule->byten);
			hold(judging, &sum, key);
		}
}

void within_judge(const struct published *published, const struct published_table *table, const struct settings *settings, unsigned char *finding)
{
	struct judging judging = { published, table, settings, finding, false };
	bool yearly = is_table(&judging, "m01") || is_table(&judging, "m02") || is_table(&judging, "m04") || is_table(&judging, "m05");
	if (!yearly || table->truth == NULL || settings == NULL)
		return;
	judging.months = true;
	judge_months(&judging);
	judging.months = false;
	if (!is_table(&judging, "m02"))
		judge_groups(&judging);
	judge_paid(&judging);
	if (is_table(&judging, "m01") || is_table(&judging, "m04"))
		judge_times(&judging);
	if (is_table(&judging, "m02"))
		judge_changes(&judging);
}
