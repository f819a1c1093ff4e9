/* What kind of figure a cell is, and what the ledger says of it: see past.h and past_stands.h. */
#include <string.h>

#include "pipeline/base/text.h"
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

static bool has_name(const struct past_names *names, const char *name, size_t length)
{
	for (size_t i = names->count; i-- > 0;)
		if (text_equal(name, length, names->name[i]))
			return true;
	return false;
}

static int add_name(struct past *past, struct past_names *names, const char *name, size_t length, struct error *error)
{
	if (has_name(names, name, length))
		return 0;
	const char **grown = arena_grow(past->arena, names->name, names->count, names->count + 1, &names->room, sizeof *grown, error);
	const char *copy = grown == NULL ? NULL : arena_text(past->arena, name, length, error);
	if (copy == NULL)
		return -1;
	names->name = grown;
	grown[names->count++] = copy;
	return 0;
}

int past_find_names(struct past *past, struct error *error)
{
	for (size_t i = 0; i < ledger_cells(past->ledger); i++) {
		const struct ledger_entry entry = ledger_entry(past->ledger, i);
		size_t length = strcspn(entry.key, "|");
		const char *group = entry.key + length + (entry.key[length] == '|');
		bool of_insats = (entry.table[0] == 'i' || entry.table[0] == 'g' || entry.table[0] == 'e') && strncmp(entry.table, "e09", 3) != 0;
		if ((of_insats && add_name(past, &past->insatser, entry.key, length, error) != 0) ||
			(strncmp(entry.table, "m02", 3) == 0 && add_name(past, &past->malgrupper, group, strcspn(group, "|"), error) != 0))
			return -1;
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

bool past_is_new(const struct past *past, const struct cube *cube, size_t row)
{
	size_t d = past_naming(cube->table);
	if (d == cube->table->dimensions || cube_is_total(cube, row, d))
		return false;
	const char *code = cube_code_of(cube, row, d);
	return !has_name(strcmp(cube->table->dimension[d].name, "insats") == 0 ? &past->insatser : &past->malgrupper, code, strlen(code));
}
