/* The persons of a year by kommun, kön and age: see ages.h. Written from docs/method.md, 13; it knows nothing of the protector. */
#include "stages/audit/relations/ages.h"

#include <string.h>

#include "stages/audit/relations/crossed.h"
#include "stages/audit/relations/months.h"

#define TOT CUBE_TOTAL
#define FK (1U << PARTI_FK)
#define KOM (1U << PARTI_KOM)
#define INSURED (1U << PARTI_AF | FK | KOM)

/* The tables of a year, and the parts at one of which whoever is active in a month is in the row with the code. */
static const struct {
	const char *table, *code;
	unsigned parts;
} yearly[] = { { "m01", "BISTAND", KOM }, { "m01", "OHALSA", FK }, { "m01", TOT, FK | KOM }, { "m04", TOT, INSURED }, { "m05", TOT, INSURED | 1U << PARTI_REG } };

#define YEARLY (sizeof yearly / sizeof *yearly)

/* One age of a row: of this year, kommun and kön. */
struct one_age {
	struct published *published;
	const struct earlier *earlier;
	const struct settings *settings;
	const char *year, *kommun, *kon, *age;
	unsigned parts;
	size_t variable; /* KNOWLEDGE_NONE: not yet asked for */
	bool stated;
};

/* Where a row's ages have their variables. */
static size_t *variables_of(const struct published *published, const struct published_table *table, size_t row)
{
	const struct published_table *m06 = published_find(published, "m06");
	size_t place = (size_t)(table - published->table);
	return published->by_age[place] == NULL ? NULL : &published->by_age[place][row * m06->cube->codes[3].count];
}

/* Begins "those of the age, less …". */
static int begin(struct one_age *age, struct error *error)
{
	published_begin(age->published);
	if (age->variable == KNOWLEDGE_NONE)
		age->variable = knowledge_variable(age->published->knowledge, 0, KNOWLEDGE_ENDLESS, error);
	age->published->sum.secret = true; /* how many are of an age the print does not say, nor the tables before protection */
	return age->variable == KNOWLEDGE_NONE ? -1 : published_unseen(age->published, age->variable, 1, PUBLISHED_UNTOLD, error);
}

/* Whether a row is an approved run's, or beside such: rounded perhaps, or of a register that was corrected since. */
static bool is_of_its_own(const struct one_age *age, const struct published_table *table, size_t row)
{
	bool stands, beside;
	standing_row(age->earlier, age->published, table->cube, row, &stands, &beside);
	return stands || beside;
}

/* The age has at least what a row prints or withholds. */
static int hold_row(struct one_age *age, const char *table, const char *const *key, struct error *error)
{
	const struct published_table *of = published_find(age->published, table);
	size_t row = of == NULL ? CUBE_NO_ROW : cube_find_named(of->cube, key);
	if (row == CUBE_NO_ROW || cube_cell(of->cube, row, cube_measure(of->cube, "personer"))->status == CELL_MISSING ||
		is_of_its_own(age, of, row))
		return 0;
	age->stated = true;
	return begin(age, error) != 0 || published_row(age->published, of, row, cube_measure(of->cube, "personer"), -1, error) != 0 ||
		published_at_least(age->published, error) != 0 ? -1 : 0;
}

static bool is_at_one(const void *context, unsigned parts)
{
	return (*(const unsigned *)context & parts) != 0;
}

static int hold_month(struct one_age *age, const char *month, struct error *error)
{
	bool told = true;
	for (size_t part = 0; part < PARTIER; part++) {
		const char *key[] = { month, age->kommun, age->kon, age->age, parti_names[part] };
		if ((age->parts >> part & 1) != 0 && hold_row(age, "m06", key, error) != 0)
			return -1;
	}
	const char *of[] = { month, age->kommun, age->kon, age->age };
	if (!age->stated || age->published->crossed == NULL)
		return 0;
	if (begin(age, error) != 0 || crossed_add(age->published, of, is_at_one, &age->parts, -1, &told, error) != 0)
		return -1;
	return told && age->published->sum.terms > 1 ? published_at_least(age->published, error) : 0;
}

/* Whether the målgrupp asks for activity at one of the parts. */
static bool asks_for(const struct malgrupp *rule, unsigned parts)
{
	int elsewhere = 0;
	for (size_t part = 0; part < PARTIER; part++)
		elsewhere += (parts >> part & 1) == 0 ? 1 : 0;
	return (months_parts(rule) & parts) != 0 || rule->minst_parter > elsewhere;
}

static int hold_all(struct one_age *age, struct error *error)
{
	const struct cube_codes *month = &published_find(age->published, "m06")->cube->codes[0];
	for (size_t m = 0; m < month->count; m++)
		if (strncmp(month->code[m], age->year, 4) == 0 && hold_month(age, month->code[m], error) != 0)
			return -1;
	for (size_t g = 0; g < age->settings->malgrupp_count; g++) {
		const struct malgrupp *rule = &age->settings->malgrupp[g];
		const char *key[] = { age->year, rule->name, age->kommun, age->kon, age->age };
		if (asks_for(rule, age->parts) && hold_row(age, "m02", key, error) != 0)
			return -1;
	}
	return 0;
}

/* A row, and each age that anybody in it may be of. */
static int state_row(struct published *published, const struct earlier *earlier, const struct settings *settings, const struct published_table *table, size_t row,
	unsigned parts, struct error *error)
{
	const struct cube *cube = table->cube;
	const struct cube_codes *code = &published_find(published, "m06")->cube->codes[3];
	size_t *variable = variables_of(published, table, row);
	for (size_t a = 0; a < code->count; a++) {
		struct one_age age = { .published = published, .earlier = earlier, .settings = settings, .year = cube_code_of(cube, row, 0), .kommun = cube_code_of(cube, row, 1),
			.kon = cube_code_of(cube, row, 2), .age = code->code[a], .parts = parts, .variable = KNOWLEDGE_NONE };
		if (a != code->total && hold_all(&age, error) != 0)
			return -1;
		variable[a] = age.variable;
	}
	published_begin(published);
	int result = published_row(published, table, row, cube_measure(cube, "personer"), 1, error);
	published->sum.secret = true;
	for (size_t a = 0; a < code->count && result == 0; a++)
		if (variable[a] != KNOWLEDGE_NONE)
			result = published_unseen(published, variable[a], -1, PUBLISHED_UNTOLD, error);
	return result != 0 ? result : published_at_least(published, error);
}

int ages_state(struct published *published, const struct earlier *earlier, const struct settings *settings, struct error *error)
{
	const struct published_table *m06 = published_find(published, "m06");
	for (size_t y = 0; y < YEARLY && published->months && !published->rounded && settings != NULL && m06 != NULL; y++) {
		const struct published_table *table = published_find(published, yearly[y].table);
		if (table == NULL)
			continue;
		const struct cube *cube = table->cube;
		size_t **list = &published->by_age[table - published->table], numbers = cube->rows * m06->cube->codes[3].count;
		for (size_t i = *list == NULL ? 0 : numbers; i < numbers; i++) {
			if (i == 0 && (*list = arena_take(published->arena, numbers, sizeof **list, error)) == NULL)
				return -1;
			(*list)[i] = KNOWLEDGE_NONE;
		}
		for (size_t row = 0; row < cube->rows; row++) {
			int64_t persons = published_count(table, row, cube_measure(cube, "personer"));
			bool stands, beside, one = !cube_is_total(cube, row, 1) && !cube_is_total(cube, row, 2);
			standing_row(earlier, published, cube, row, &stands, &beside);
			if (one && !stands && !beside && persons >= 1 && strcmp(cube_code_of(cube, row, 3), yearly[y].code) == 0 &&
				state_row(published, earlier, settings, table, row, yearly[y].parts, error) != 0)
				return -1;
		}
	}
	return 0;
}

bool ages_find(const struct published *published, const struct published_table *table, size_t row, const char *name, size_t *variable)
{
	static const char begins[] = "aldersgrupp=";
	*variable = KNOWLEDGE_NONE;
	if (strncmp(name, begins, sizeof begins - 1) != 0)
		return false;
	const struct published_table *m06 = published_find(published, "m06");
	const size_t *list = m06 == NULL || row == CUBE_NO_ROW ? NULL : variables_of(published, table, row);
	for (size_t a = 0; list != NULL && a < m06->cube->codes[3].count; a++)
		if (strcmp(m06->cube->codes[3].code[a], name + sizeof begins - 1) == 0)
			*variable = list[a];
	return true;
}
