/* What kind of figure a cell is, and what the ledger says of it: see past.h and past_stands.h. */
#include <string.h>

#include "stages/protect/past/past_stands.h"

/* Names of measures or dimension values, ending with NULL. */
static bool is_among(const char *name, const char *const *list)
{
	while (*list != NULL && strcmp(*list, name) != 0)
		list++;
	return *list != NULL;
}

bool past_personal(const struct table *table, size_t measure)
{
	static const char *const of_money[] = { "budget", "utfall", "avvikelse", NULL };
	if (table->support || strncmp(table->name, "q01", 3) == 0 || strncmp(table->name, "e09", 3) == 0)
		return false;
	return strncmp(table->name, "e01", 3) != 0 || !is_among(table->measure[measure].name, of_money);
}

bool past_is_count(const struct measure *measure)
{
	return measure->kind == MEASURE_COUNT && strcmp(measure->name, "forandring") != 0;
}

bool past_made_of_persons(const struct table *table, const struct measure *measure)
{
	static const char *const others[] = { "per_1000", "kr_per_invanare_dag", "ki_lag", "ki_hog", "forandring", NULL };
	bool number = measure->kind == MEASURE_KR || measure->kind == MEASURE_TWO || measure->kind == MEASURE_MONTHS ||
		measure->kind == MEASURE_P;
	return number && table->name[0] != 'e' && !is_among(measure->name, others);
}

enum ledger_state past_state(const struct tables *tables, size_t table, size_t row, size_t measure)
{
	const unsigned char *states = tables->past[table];
	return states == NULL ? LEDGER_NEW : (enum ledger_state)states[tables_cell(tables, table, row, measure)];
}

bool past_known(const struct tables *tables, size_t table, size_t row, size_t measure)
{
	return past_state(tables, table, row, measure) == LEDGER_PRINTED;
}

static bool has_name(const struct past_names *names, const char *name)
{
	for (size_t i = names->count; i-- > 0;)
		if (strcmp(name, names->name[i]) == 0)
			return true;
	return false;
}

int past_find_names(struct past *past, struct error *error)
{
	for (size_t i = 0; i < ledger_names(past->ledger); i++) {
		const struct ledger_name of = ledger_name(past->ledger, i);
		struct past_names *names = of.malgrupp ? &past->malgrupper : &past->insatser;
		if (has_name(names, of.name))
			continue;
		const char **grown = arena_grow(past->arena, names->name, names->count, names->count + 1, &names->room, sizeof *grown, error);
		if (grown == NULL)
			return -1;
		names->name = grown;
		grown[names->count++] = of.name;
	}
	return 0;
}

size_t past_naming(const struct table *table)
{
	size_t d = 0;
	while (d < table->dimensions && strcmp(table->dimension[d].name, "insats") != 0 && strcmp(table->dimension[d].name, "malgrupp") != 0)
		d++;
	return d;
}

static bool is_of_insats(const struct cube *cube, size_t dimension)
{
	return strcmp(cube->table->dimension[dimension].name, "insats") == 0;
}

/* Whether approvals tell of any insats, or of any målgrupp, for the days. */
static bool are_named(const struct past *past, bool malgrupp, int32_t from, int32_t to)
{
	for (size_t i = ledger_names(past->ledger); i-- > 0;) {
		const struct ledger_name name = ledger_name(past->ledger, i);
		if (name.malgrupp == malgrupp && name.from == from && name.to == to)
			return true;
	}
	return false;
}

bool past_was_there(const struct past *past, const struct cube *cube, size_t row, int32_t from, int32_t to)
{
	size_t d = past_naming(cube->table);
	const char *code = d == cube->table->dimensions ? NULL : cube_code_of(cube, row, d);
	return code == NULL || ledger_tells_of(past->ledger, !is_of_insats(cube, d), code, strlen(code), from, to);
}

bool past_is_new(const struct past *past, const struct cube *cube, size_t row, int32_t from, int32_t to)
{
	size_t d = past_naming(cube->table);
	if (d == cube->table->dimensions || cube_is_total(cube, row, d))
		return false;
	if (are_named(past, !is_of_insats(cube, d), from, to))
		return !past_was_there(past, cube, row, from, to);
	return !has_name(is_of_insats(cube, d) ? &past->insatser : &past->malgrupper, cube_code_of(cube, row, d));
}
