/* Tables of persons as a system, and back: see frequency.h. */
#include "stages/protect/frequency/frequency.h"

#include <stdlib.h>
#include <string.h>

#include "stages/protect/engine/engine.h"
#include "stages/protect/frequency/frequency_past.h"

#define CELLS_MOST ((size_t)20000000)

static size_t code_place(const struct frequency_dimension *dimension, const char *code)
{
	for (size_t c = 0; c < dimension->codes; c++)
		if (strcmp(dimension->code[c], code) == 0)
			return c;
	return SIZE_MAX;
}

static int by_place(const void *left, const void *right)
{
	uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
	return a < b ? -1 : a > b;
}

/* The codes of a table in one dimension, in their order; a dimension that the table lacks has TOTAL alone. */
static int list_codes(const struct frequency *frequency, const struct request_table *wanted, size_t d, struct frequency_table *table,
	struct error *error)
{
	const struct frequency_dimension *dimension = &frequency->dimension[d];
	const struct request_codes *codes = &wanted->codes[d];
	uint32_t *list = arena_take(frequency->arena, codes->all ? dimension->codes : codes->count + 1, sizeof *list, error);
	if (list == NULL)
		return -1;
	size_t count = 0;
	for (; codes->all && count < dimension->codes; count++)
		list[count] = (uint32_t)count;
	if (!codes->used)
		list[count++] = (uint32_t)dimension->codes - 1;
	for (size_t i = 0; i < codes->count; i++) {
		size_t place = code_place(dimension, codes->code[i]);
		if (place == SIZE_MAX)
			return error_set(error, EXIT_DATA, "%s: table '%s': '%s' is no code of '%s'", frequency->request->path, wanted->name,
				codes->code[i], frequency->request->dimension[d]);
		list[count++] = (uint32_t)place;
	}
	qsort(list, count, sizeof *list, by_place);
	for (size_t i = 1; i < count; i++)
		if (list[i] == list[i - 1])
			return error_set(error, EXIT_DATA, "%s: table '%s': '%s' stands twice", frequency->request->path, wanted->name,
				dimension->code[list[i]]);
	table->codes[d] = count;
	table->code[d] = list;
	return 0;
}

/* Puts the terms of a product of codes into the last row, with a sign. */
static int add_product(struct system *system, const struct frequency *frequency, const uint32_t *code, int sign, size_t d, size_t atom,
	struct error *error)
{
	if (d == frequency->request->dimensions)
		return system_term(system, atom, sign, error);
	const struct frequency_dimension *dimension = &frequency->dimension[d];
	for (size_t m = dimension->first[code[d]]; m < dimension->first[code[d] + 1]; m++)
		if (add_product(system, frequency, code, sign, d + 1, atom * dimension->leaves + dimension->member[m], error) != 0)
			return -1;
	return 0;
}

/* How dear a cell is: more for every dimension in which it is a total or a group. */
static uint32_t cost_of(const struct frequency *frequency, const uint32_t *code)
{
	uint32_t cost = 16;
	for (size_t d = 0; d < frequency->request->dimensions; d++) {
		const struct frequency_dimension *dimension = &frequency->dimension[d];
		size_t leaves = dimension->first[code[d] + 1] - dimension->first[code[d]];
		cost += code[d] + 1 == dimension->codes ? 8 : leaves > 1 ? 4 : 0;
	}
	return cost;
}

static int add_table(struct system *system, const struct frequency *frequency, struct frequency_table *table, int64_t threshold,
	const struct frequency_past *past, struct error *error)
{
	uint32_t code[REQUEST_DIMENSIONS];
	int64_t before = 0;
	table->first_row = system->rows;
	for (size_t cell = 0; cell < table->cells; cell++) {
		frequency_codes(frequency, table, cell, code);
		if (system_row(system, ROW_CELL, cost_of(frequency, code), error) == SYSTEM_NONE ||
			add_product(system, frequency, code, 1, 0, 0, error) != 0)
			return -1;
		struct row *row = &system->row[system->rows - 1];
		for (size_t t = system->first[system->rows - 1]; t < system->terms; t++)
			row->value += system->atom[system->term[t].index];
		if (past != NULL && past->bound == NULL && frequency_past_find(past, code, &before)) {
			row->withheld = before == FREQUENCY_WITHHELD;
			row->kind = row->withheld ? ROW_CELL : ROW_KNOWN;
			if (!row->withheld)
				continue;
		}
		frequency_target(row, threshold);
	}
	return 0;
}

/* Differences --------------------------------------------------------------- */

/* Every set of codes that stands in some table, by its codes. */
struct lookup {
	const struct frequency *frequency;
	size_t width, slots;
	uint32_t *slot;  /* 1 + number of the cell; 0 free */
	size_t cells;
	uint32_t *code;  /* cells × width */
	size_t *row;
};

static size_t lookup_slot(const struct lookup *lookup, const uint32_t *code)
{
	uint64_t hash = 0;
	for (size_t d = 0; d < lookup->width; d++)
		hash = (hash ^ code[d]) * UINT64_C(0x9E3779B97F4A7C15);
	size_t at = (hash ^ hash >> 32) & (lookup->slots - 1);
	while (lookup->slot[at] != 0 && memcmp(lookup->code + (lookup->slot[at] - 1) * lookup->width, code, lookup->width * sizeof *code) != 0)
		at = (at + 1) & (lookup->slots - 1);
	return at;
}

/* The set of codes at lookup->code + lookup->cells × width, unless it is there already. */
static void enter(struct lookup *lookup, size_t row)
{
	size_t at = lookup_slot(lookup, lookup->code + lookup->cells * lookup->width);
	if (lookup->slot[at] != 0)
		return;
	lookup->row[lookup->cells] = row;
	lookup->slot[at] = (uint32_t)++lookup->cells;
}

static int fill_lookup(struct lookup *lookup, struct frequency_table *const *tables, size_t count, const struct frequency_past *past,
	struct error *error)
{
	struct arena *arena = lookup->frequency->arena;
	size_t cells = past == NULL ? 0 : past->cells, bytes = lookup->width * sizeof *lookup->code;
	for (size_t t = 0; t < count; t++)
		cells += tables[t]->cells;
	for (lookup->slots = 16; lookup->slots < 2 * cells;)
		lookup->slots *= 2;
	lookup->slot = arena_take(arena, lookup->slots, sizeof *lookup->slot, error);
	lookup->code = arena_take(arena, cells * lookup->width, sizeof *lookup->code, error);
	lookup->row = arena_take(arena, cells, sizeof *lookup->row, error);
	if (lookup->slot == NULL || lookup->code == NULL || lookup->row == NULL)
		return -1;
	for (size_t t = 0; t < count; t++)
		for (size_t cell = 0; cell < tables[t]->cells; cell++) {
			frequency_codes(lookup->frequency, tables[t], cell, lookup->code + lookup->cells * lookup->width);
			enter(lookup, tables[t]->first_row + cell);
		}
	for (size_t cell = 0; past != NULL && cell < past->cells; cell++)
		if (past->row[cell] != SIZE_MAX) {
			memcpy(lookup->code + lookup->cells * lookup->width, past->code + cell * lookup->width, bytes);
			enter(lookup, past->row[cell]);
		}
	return 0;
}

/* Whether code a of the dimension holds all leaves of code b. */
static bool contains(const struct frequency_dimension *dimension, size_t a, size_t b)
{
	size_t at = dimension->first[a], end = dimension->first[a + 1];
	for (size_t m = dimension->first[b]; m < dimension->first[b + 1]; m++) {
		while (at < end && dimension->member[at] < dimension->member[m])
			at++;
		if (at == end || dimension->member[at] != dimension->member[m])
			return false;
	}
	return true;
}

/* Codes that hold a code, itself among them: wider[first[c]] … wider[first[c + 1] − 1]. */
struct wider {
	size_t *first;
	uint32_t *code;
};

static int find_wider(const struct frequency_dimension *dimension, struct wider *wider, struct arena *arena, struct error *error)
{
	size_t room = 0, count = 0;
	wider->first = arena_take(arena, dimension->codes + 1, sizeof *wider->first, error);
	if (wider->first == NULL)
		return -1;
	for (size_t c = 0; c < dimension->codes; c++) {
		wider->first[c] = count;
		for (size_t a = 0; a < dimension->codes; a++) {
			if (!contains(dimension, a, c))
				continue;
			uint32_t *code = arena_grow(arena, wider->code, count, count + 1, &room, sizeof *code, error);
			if (code == NULL)
				return -1;
			wider->code = code;
			code[count++] = (uint32_t)a;
		}
	}
	wider->first[dimension->codes] = count;
	return 0;
}

/* A hidden row for whole − part, where both are large and the difference is small. */
static int add_difference(struct system *system, const struct lookup *lookup, const uint32_t *whole, const uint32_t *part, int64_t threshold,
	struct error *error)
{
	size_t slot = lookup->slot[lookup_slot(lookup, whole)];
	if (slot == 0)
		return 0;
	int64_t value = system->row[lookup->row[slot - 1]].value, rest = system->row[lookup->row[lookup->slot[lookup_slot(lookup, part)] - 1]].value;
	if (rest < threshold || value - rest < 1 || value - rest >= threshold)
		return 0;
	if (system_row(system, ROW_HIDDEN, 0, error) == SYSTEM_NONE || add_product(system, lookup->frequency, whole, 1, 0, 0, error) != 0 ||
		add_product(system, lookup->frequency, part, -1, 0, 0, error) != 0)
		return -1;
	system_target(&system->row[system->rows - 1], value - rest, threshold);
	return 0;
}

static int add_differences_of(struct system *system, const struct lookup *lookup, const struct wider *wider, const uint32_t *part,
	uint32_t *whole, size_t d, int64_t threshold, struct error *error)
{
	if (d == lookup->width)
		return memcmp(whole, part, d * sizeof *part) == 0 ? 0 : add_difference(system, lookup, whole, part, threshold, error);
	for (size_t w = wider[d].first[part[d]]; w < wider[d].first[part[d] + 1]; w++) {
		whole[d] = wider[d].code[w];
		if (add_differences_of(system, lookup, wider, part, whole, d + 1, threshold, error) != 0)
			return -1;
	}
	return 0;
}

/* Cells of which one contains the other, in one table or two, or in one of now and one of `past` (NULL without): what is left between
   them is a count, too. */
static int add_differences(struct system *system, const struct frequency *frequency, struct frequency_table *const *tables,
	const struct frequency_past *past, int64_t threshold, struct error *error)
{
	struct lookup lookup = { .frequency = frequency, .width = frequency->request->dimensions };
	struct wider wider[REQUEST_DIMENSIONS] = { { 0 } };
	uint32_t whole[REQUEST_DIMENSIONS];
	if (fill_lookup(&lookup, tables, frequency->request->tables, past, error) != 0)
		return -1;
	for (size_t d = 0; d < lookup.width; d++)
		if (find_wider(&frequency->dimension[d], &wider[d], frequency->arena, error) != 0)
			return -1;
	for (size_t cell = 0; cell < lookup.cells; cell++)
		if (add_differences_of(system, &lookup, wider, lookup.code + cell * lookup.width, whole, 0, threshold, error) != 0)
			return -1;
	return 0;
}

static int by_table_name(const void *left, const void *right)
{
	return strcmp((*(struct frequency_table *const *)left)->name, (*(struct frequency_table *const *)right)->name);
}

/* Lists the codes and cells of every table. */
static int list_tables(const struct frequency *frequency, struct frequency_table *tables, struct error *error)
{
	const struct request *request = frequency->request;
	for (size_t t = 0; t < request->tables; t++) {
		struct frequency_table *table = &tables[t];
		table->name = request->table[t].name;
		table->cells = 1;
		for (size_t d = 0; d < request->dimensions; d++) {
			if (list_codes(frequency, &request->table[t], d, table, error) != 0)
				return -1;
			if (table->cells > CELLS_MOST / table->codes[d])
				return error_set(error, EXIT_DATA, "table '%s' has more than %zu cells", table->name, CELLS_MOST);
			table->cells *= table->codes[d];
		}
	}
	return 0;
}

struct system *frequency_system(const struct frequency *frequency, int64_t threshold, const struct frequency_past *past,
	struct frequency_table *tables, struct error *error)
{
	const struct request *request = frequency->request;
	struct system *system = system_new(frequency->arena, error);
	struct frequency_table **sorted = arena_take(frequency->arena, request->tables, sizeof *sorted, error);
	if (system == NULL || sorted == NULL || list_tables(frequency, tables, error) != 0)
		return NULL;
	for (size_t i = 0; i < frequency->classes; i++)
		if (system_atom(system, frequency->count[i], error) == SYSTEM_NONE)
			return NULL;
	for (size_t t = 0; t < request->tables; t++)
		sorted[t] = &tables[t];
	qsort(sorted, request->tables, sizeof *sorted, by_table_name);
	for (size_t t = 0; t < request->tables; t++)
		if (add_table(system, frequency, sorted[t], threshold, past, error) != 0)
			return NULL;
	bool rounded = past != NULL && past->bound != NULL; /* then what is bound comes last */
	if ((past != NULL && !rounded && frequency_past_add(past, system, threshold, error) != 0) ||
		add_differences(system, frequency, sorted, rounded ? NULL : past, threshold, error) != 0 ||
		frequency_rests(frequency, sorted, system, threshold, error) != 0 ||
		(rounded && frequency_past_add(past, system, threshold, error) != 0))
		return NULL;
	return system_seal(system, error) == 0 ? system : NULL;
}

static void count_cells(const struct frequency *frequency, const struct frequency_table *tables, const struct system *system,
	int64_t threshold, struct frequency_account *account)
{
	*account = (struct frequency_account){ 0 };
	for (size_t t = 0; t < frequency->request->tables; t++)
		for (size_t cell = 0; cell < tables[t].cells; cell++) {
			const struct row *row = &system->row[tables[t].first_row + cell];
			bool small = row->value > 0 && row->value < threshold;
			account->cells++;
			account->small += small;
			account->complementary += row->withheld && !small;
		}
}

int frequency_stand(const struct frequency_past *past, const char *out, struct frequency_account *account, struct error *error)
{
	const struct frequency *frequency = past->frequency;
	struct frequency_table *tables = arena_take(frequency->arena, frequency->request->tables, sizeof *tables, error);
	*account = (struct frequency_account){ .stands = true };
	if (tables == NULL || list_tables(frequency, tables, error) != 0)
		return -1;
	return frequency_past_write(past, tables, out, &account->lacking, error);
}

int frequency_protect(const struct frequency_files *files, int64_t threshold, struct frequency_account *account, struct arena *arena,
	struct error *error)
{
	struct request request;
	struct frequency frequency;
	struct frequency_past past;
	struct engine_account work;
	if (request_read(&request, files->tables, arena, error) != 0 ||
		frequency_read(&frequency, &request, files->persons, files->groups, arena, error) != 0 ||
		(files->ledger != NULL && frequency_past_read(&past, &frequency, files->ledger, threshold, error) != 0))
		return -1;
	if (files->ledger != NULL && past.stands)
		return frequency_stand(&past, files->out, account, error);
	struct frequency_table *tables = arena_take(arena, request.tables, sizeof *tables, error);
	struct system *system = tables == NULL ? NULL
		: frequency_system(&frequency, threshold, files->ledger == NULL ? NULL : &past, tables, error);
	if (system == NULL || engine_protect(system, NULL, false, &work, error) != 0)
		return -1;
	count_cells(&frequency, tables, system, threshold, account);
	account->stuck = work.stuck;
	return frequency_write(&frequency, tables, system, files->out, error);
}
