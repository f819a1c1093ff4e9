/* Witnesses as lines of counts: see proof.h. */
#include "stages/protect/facts/proof.h"

#include <math.h>

#include "pipeline/base/text.h"
#include "pipeline/table/csv/csv_write.h"
#include "stages/protect/facts_list.h"

static void count_place(void *context, size_t atom, size_t number)
{
	struct proof *proof = context;
	(void)number;
	proof->first[atom + 2]++;
}

static void put_place(void *context, size_t atom, size_t number)
{
	struct proof *proof = context;
	proof->place[proof->first[atom + 1]++] = (uint32_t)number;
}

/* A cell by its number. */
struct place {
	size_t table, row, column;
};

static struct place place_of(const struct proof *proof, uint32_t number)
{
	size_t t = proof->tables->count - 1;
	while (proof->numbers[t].first > number)
		t--;
	size_t at = number - proof->numbers[t].first;
	return (struct place){ t, at / proof->numbers[t].columns, at % proof->numbers[t].columns };
}

/* The place of a cell in the list, where it gets one if it has none. SIZE_MAX with the error set. */
static size_t cell_of(struct proof *proof, uint32_t number, struct error *error)
{
	if (proof->number[number] > 0)
		return proof->number[number] - 1;
	uint32_t *cell = arena_grow(proof->arena, proof->cell, proof->cells, proof->cells + 1, &proof->cell_room, sizeof *cell, error);
	if (cell == NULL)
		return SIZE_MAX;
	proof->cell = cell;
	cell[proof->cells] = number;
	proof->number[number] = (uint32_t)++proof->cells;
	return proof->cells - 1;
}

static int add_line(struct proof *proof, uint32_t number, int64_t value, struct error *error)
{
	size_t cell = cell_of(proof, number, error);
	struct proof_line *line = arena_grow(proof->arena, proof->line, proof->lines, proof->lines + 1, &proof->line_room, sizeof *line, error);
	if (cell == SIZE_MAX || line == NULL)
		return -1;
	proof->line = line;
	line[proof->lines++] = (struct proof_line){ (uint32_t)proof->witnesses, (uint32_t)cell, value };
	return 0;
}

/* What an atom is in the witness at hand, in every place of it. */
static int add_atom(struct proof *proof, size_t atom, int64_t value, struct error *error)
{
	for (size_t at = proof->first[atom]; at < proof->first[atom + 1]; at++)
		if (add_line(proof, proof->place[at], value, error) != 0)
			return -1;
	return 0;
}

/* How many of each group (most.h) the witness at hand has: of an age at least, of a set of parts of those who never changed at most. Where that is another
   number than in truth; `all`: of every group. */
static int add_ages(struct proof *proof, bool all, struct error *error)
{
	const struct most *most = proof->facts->system->most;
	const struct most_view *view = proof->most;
	for (size_t i = 0; view != NULL && i < (all ? most->groups : view->groups); i++) {
		size_t group = all ? i : view->group[i];
		double height = most->whole[most->group[group].whole].sign * view->height[group];
		bool told = all ? height > 0 : llround(view->height[group]) != most->group[group].height;
		if (told && add_line(proof, (uint32_t)(proof->numbered + proof->facts->crossings + group), llround(height), error) != 0)
			return -1;
	}
	return 0;
}

struct proof *proof_new(const struct facts *facts, const struct tables *tables, struct error *error)
{
	struct arena *arena = tables->arena;
	const struct system *system = facts->system;
	struct proof *proof = arena_take(arena, 1, sizeof *proof, error);
	if (proof == NULL)
		return NULL;
	proof->arena = arena;
	proof->facts = facts;
	proof->tables = tables;
	for (size_t t = 0; t < tables->count; t++)
		proof->numbers[t] = found_numbers(tables, t);
	proof->first = arena_take(arena, system->atoms + 2, sizeof *proof->first, error);
	proof->numbered = found_numbers(tables, tables->count).first;
	proof->number = arena_take(arena, proof->numbered + facts->crossings + facts->ages, sizeof *proof->number, error);
	proof->atom = arena_take(arena, system->atoms, sizeof *proof->atom, error);
	if (proof->first == NULL || proof->atom == NULL || (system->most != NULL && (proof->most = most_view_new(system, arena, error)) == NULL) || proof->number == NULL)
		return NULL;
	facts_places(facts, tables, count_place, proof);
	for (size_t a = 0; a < system->atoms; a++)
		proof->first[a + 2] += proof->first[a + 1];
	proof->place = arena_take(arena, proof->first[system->atoms + 1], sizeof *proof->place, error);
	if (proof->place == NULL)
		return NULL;
	facts_places(facts, tables, put_place, proof);
	for (size_t a = facts->sets; a < system->atoms; a++)
		if (system->atom[a] > 0 && add_atom(proof, a, system->atom[a], error) != 0)
			return NULL;
	return add_ages(proof, true, error) != 0 ? NULL : proof;
}

int proof_add(struct proof *proof, const struct engine_table *table, const uint32_t *atom, struct error *error)
{
	proof->witnesses++;
	for (size_t i = 0; i < table->moved; i++) {
		size_t of = atom[table->atom[i]];
		if (add_atom(proof, of, proof->facts->system->atom[of] + table->change[i], error) != 0)
			return -1;
		proof->atom[i] = (uint32_t)of;
	}
	if (proof->most != NULL)
		(void)most_holds(proof->most, table->moved, proof->atom, table->change);
	return add_ages(proof, false, error);
}

/* The true count of a cell that is no class. */
static int64_t count_of(const struct proof *proof, uint32_t number)
{
	const struct place place = place_of(proof, number);
	return (int64_t)llround(cube_cell(proof->tables->cube[place.table], place.row, place.column)->number);
}

int proof_found(struct proof *proof, const struct found *found, struct error *error)
{
	proof->line = arena_grow(proof->arena, proof->line, proof->lines, proof->lines + found->changes, &proof->line_room, sizeof *proof->line, error);
	if (proof->line == NULL)
		return -1;
	for (size_t i = 0, at = 0; i < found->tables; i++) {
		proof->witnesses++;
		for (; at < found->end[i]; at++) {
			const struct found_change *change = &found->change[at];
			if (add_line(proof, change->cell, count_of(proof, change->cell) + change->change, error) != 0)
				return -1;
		}
	}
	return 0;
}

static void write_header(struct csv_writer *writer, size_t columns, const char *const names[])
{
	for (size_t i = 0; i < columns; i++)
		csv_string(writer, names[i]);
	csv_end(writer);
}

/* The name of a class of a table: "utfall=arbete". */
static int add_class_name(const struct proof *proof, size_t table, size_t class, struct text *name, struct error *error)
{
	size_t f = 0;
	while (proof->facts->class_list[f].table != table)
		f++;
	const struct class_fact *fact = proof->facts->class_list[f].fact;
	return text_add_format(name, error, "%s=%s", fact->dimension, fact->class[class]);
}

/* The row and the measure, or class, of a cell; of a crossing its code. */
static int write_name(const struct proof *proof, const struct place *place, const struct facts_crossing *crossing, struct csv_writer *writer, struct text *name, struct error *error)
{
	const struct cube *cube = proof->tables->cube[place->table];
	name->length = 0;
	for (size_t d = 0; d < cube->table->dimensions; d++)
		if ((d > 0 && text_add(name, "|", 1, error) != 0) || text_add_string(name, cube_code_of(cube, place->row, d), error) != 0)
			return -1;
	csv_field(writer, name->length == 0 ? "" : name->bytes, name->length);
	if (place->column < cube->table->measures && crossing == NULL) {
		csv_string(writer, cube->table->measure[place->column].name);
		return 0;
	}
	name->length = 0;
	if (crossing != NULL && crossing->dimension == NULL ? text_add_string(name, "kvar", error) != 0
		: crossing != NULL ? text_add_format(name, error, "%s=%s", crossing->dimension, crossing->code) != 0
			     : add_class_name(proof, place->table, place->column - cube->table->measures, name, error) != 0)
		return -1;
	csv_field(writer, name->bytes, name->length);
	return 0;
}

/* The class of no list that has the number; NULL: it is another count's. */
static const struct facts_crossing *unprinted(const struct proof *proof, uint32_t number)
{
	const struct facts *facts = proof->facts;
	size_t ages = proof->numbered + facts->crossings;
	return number < proof->numbered ? NULL : number < ages ? &facts->crossing[number - proof->numbered] : &facts->age[number - ages];
}

static int write_cells(const struct proof *proof, struct csv_writer *writer, struct arena *arena, struct error *error)
{
	struct text name = { .arena = arena };
	for (size_t i = 0; proof != NULL && i < proof->cells; i++) {
		const struct facts_crossing *crossing = unprinted(proof, proof->cell[i]);
		const struct place place = crossing == NULL ? place_of(proof, proof->cell[i]) : (struct place){ crossing->table, crossing->row, 0 };
		csv_integer(writer, (int64_t)i);
		csv_string(writer, proof->tables->cube[place.table]->table->name);
		if (write_name(proof, &place, crossing, writer, &name, error) != 0)
			return -1;
		csv_end(writer);
	}
	return 0;
}

int proof_write_cells(const struct proof *proof, const char *path, struct error *error)
{
	static const char *const header[] = { "cell", "tabell", "nyckel", "matt" };
	struct csv_writer *writer;
	struct arena *arena = arena_new(error);
	int result = arena == NULL ? -1 : csv_create(&writer, path, &csv_style_machine, error);
	if (result == 0) {
		write_header(writer, sizeof header / sizeof *header, header);
		result = write_cells(proof, writer, arena, error);
		result = csv_finish(writer, error) != 0 ? -1 : result;
	}
	arena_free(arena);
	return result;
}

int proof_write_lines(const struct proof *proof, const char *path, struct error *error)
{
	static const char *const header[] = { "vittne", "cell", "varde" };
	struct csv_writer *writer;
	if (csv_create(&writer, path, &csv_style_machine, error) != 0)
		return -1;
	write_header(writer, sizeof header / sizeof *header, header);
	for (size_t i = 0; proof != NULL && i < proof->lines; i++) {
		csv_integer(writer, proof->line[i].witness);
		csv_integer(writer, proof->line[i].cell);
		csv_integer(writer, proof->line[i].value);
		csv_end(writer);
	}
	return csv_finish(writer, error);
}
