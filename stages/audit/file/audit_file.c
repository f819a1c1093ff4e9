/* Reads frequency tables and their hierarchy, and tells which rows give small counts away: see audit_file.h. */
#include "stages/audit/file/audit_file.h"

#include <string.h>

#include "pipeline/base/number.h"
#include "pipeline/table/csv/csv.h"
#include "stages/audit/file/derived.h"
#include "stages/audit/file/grid.h"
#include "stages/audit/ranges/ranges.h"

struct audit {
	struct arena *arena;
	const char *file;
	size_t columns;
	const char **column;            /* header of the file */
	size_t at_table, at_value;
	size_t at[GRID_DIMENSIONS];     /* column of each dimension */
	struct codes codes[GRID_DIMENSIONS];
	struct grid *grid;
	int64_t threshold;
};

static int fault(const char *file, const struct csv_record *record, struct error *error, const char *what)
{
	return error_set(error, EXIT_DATA, "%s:%llu: %s", file, (unsigned long long)record->line, what);
}

static int read_header(struct audit *audit, const struct csv_record *record, struct error *error)
{
	size_t dimensions = 0;
	audit->columns = record->fields;
	audit->at_table = audit->at_value = SIZE_MAX;
	audit->column = arena_take(audit->arena, record->fields, sizeof *audit->column, error);
	if (audit->column == NULL)
		return -1;
	for (size_t i = 0; i < record->fields; i++) {
		audit->column[i] = arena_text(audit->arena, record->field[i].text, record->field[i].length, error);
		if (audit->column[i] == NULL)
			return -1;
		if (strcmp(audit->column[i], "table") == 0)
			audit->at_table = i;
		else if (strcmp(audit->column[i], "value") == 0)
			audit->at_value = i;
		else if (dimensions == GRID_DIMENSIONS)
			return fault(audit->file, record, error, "more than 32 dimensions");
		else
			audit->at[dimensions++] = i;
		for (size_t j = 0; j < i; j++)
			if (strcmp(audit->column[i], audit->column[j]) == 0)
				return fault(audit->file, record, error, "two columns of one name");
	}
	if (audit->at_table == SIZE_MAX || audit->at_value == SIZE_MAX || dimensions == 0)
		return fault(audit->file, record, error, "the columns must be table, the dimensions, and value");
	for (size_t d = 0; d < dimensions; d++)
		if (codes_begin(&audit->codes[d], audit->column[audit->at[d]], audit->arena, error) != 0)
			return -1;
	audit->grid = grid_new(audit->file, audit->codes, dimensions, audit->arena, error);
	return audit->grid == NULL ? -1 : 0;
}

static int read_row(struct audit *audit, const struct csv_record *record, struct error *error)
{
	struct csv_field value = record->field[audit->at_value], name = record->field[audit->at_table];
	bool withheld = text_equal(value.text, value.length, "..");
	int64_t number = 0;
	if (!withheld && (!number_read_integer(value.text, value.length, &number) || number < 0))
		return fault(audit->file, record, error, "column 'value': neither a whole number from 0 nor '..'");
	uint32_t *code = arena_take(audit->arena, audit->grid->dimensions, sizeof *code, error);
	size_t table = grid_table(audit->grid, name.text, name.length, error);
	if (code == NULL || table == SIZE_MAX)
		return -1;
	for (size_t d = 0; d < audit->grid->dimensions; d++) {
		struct csv_field field = record->field[audit->at[d]];
		code[d] = codes_add(&audit->codes[d], field.length == 0 ? "TOTAL" : field.text, field.length == 0 ? 5 : field.length,
			error);
		if (code[d] == CODES_NONE)
			return -1;
	}
	return grid_row(audit->grid, table, code, withheld, number, error);
}

static int read_tables(struct audit *audit, struct error *error)
{
	struct csv *csv = NULL;
	struct csv_record record;
	struct csv_options options = { .delimiter = 0 };
	int result = csv_open(&csv, audit->file, audit->file, &options, error);
	if (result == 0)
		result = csv_next(csv, &record, error);
	if (result == 0)
		result = error_set(error, EXIT_DATA, "%s:1: the file is empty", audit->file);
	else if (result == 1)
		result = read_header(audit, &record, error);
	while (result == 0 && (result = csv_next(csv, &record, error)) == 1)
		result = read_row(audit, &record, error);
	csv_close(csv);
	return result;
}

static int read_group(struct audit *audit, const char *file, const struct csv_record *record, const size_t *at,
	struct error *error)
{
	struct csv_field dimension = record->field[at[0]], parent = record->field[at[1]], child = record->field[at[2]];
	size_t d = 0;
	while (d < audit->grid->dimensions && !text_equal(dimension.text, dimension.length, audit->codes[d].dimension))
		d++;
	if (d == audit->grid->dimensions)
		return fault(file, record, error, "column 'dim': the tables have no such dimension");
	if (parent.length == 0 || child.length == 0 || text_equal(child.text, child.length, "TOTAL"))
		return fault(file, record, error, "a group and a part of it, not TOTAL, must be named");
	audit->codes[d].hierarchy = file;
	uint32_t whole = codes_add(&audit->codes[d], parent.text, parent.length, error);
	uint32_t part = whole == CODES_NONE ? CODES_NONE : codes_add(&audit->codes[d], child.text, child.length, error);
	return part == CODES_NONE ? -1 : codes_nest(&audit->codes[d], whole, part, error);
}

static int read_hierarchy(struct audit *audit, const char *file, struct error *error)
{
	static const char *const names[] = { "dim", "parent", "child" };
	struct csv *csv = NULL;
	struct csv_record record = { 0 };
	struct csv_options options = { .delimiter = 0 };
	size_t at[3] = { SIZE_MAX, SIZE_MAX, SIZE_MAX };
	int result = csv_open(&csv, file, file, &options, error);
	if (result == 0 && csv_next(csv, &record, error) < 0)
		result = -1;
	for (size_t n = 0; n < 3 && result == 0; n++) {
		for (size_t i = 0; i < record.fields; i++)
			if (text_equal(record.field[i].text, record.field[i].length, names[n]))
				at[n] = i;
		if (at[n] == SIZE_MAX)
			result = error_set(error, EXIT_DATA, "%s:1: the column '%s' is missing", file, names[n]);
	}
	while (result == 0 && (result = csv_next(csv, &record, error)) == 1)
		result = read_group(audit, file, &record, at, error);
	csv_close(csv);
	return result;
}

/* Whether every leaf of `whole` that is not one of `part` is a cell by itself: their counts are judged as such. */
static bool rest_is_shown(const struct grid *grid, uint32_t *code, size_t d, uint32_t part, uint32_t whole)
{
	const struct codes *codes = &grid->codes[d];
	for (uint32_t c = 0; c < codes->count; c++) {
		if (codes->code[c].leaves != 1 || !codes_within(codes, c, whole) || codes_within(codes, c, part))
			continue;
		code[d] = c;
		if (grid_find(grid, code) >= grid->shown)
			return false;
	}
	return true;
}

/* Whether a printed count and one that holds it, wider in one dimension, differ by a small number that is no cell. */
static bool small_difference(const struct audit *audit, const struct grid_row *row)
{
	const struct grid *grid = audit->grid;
	uint32_t code[GRID_DIMENSIONS];
	memcpy(code, row->code, grid->dimensions * sizeof *code);
	for (size_t d = 0; d < grid->dimensions; d++) {
		for (uint32_t c = 0; c < grid->codes[d].count; c++) {
			if (grid->codes[d].code[c].same != c || !codes_within(&grid->codes[d], row->code[d], c))
				continue;
			code[d] = c;
			size_t cell = grid_find(grid, code);
			int64_t rest = cell == SIZE_MAX || !grid->cell[cell].known ? 0
				: grid->cell[cell].value - grid->cell[row->cell].value;
			if (rest > 0 && rest < audit->threshold && !rest_is_shown(grid, code, d, row->code[d], c))
				return true;
		}
		code[d] = row->code[d];
	}
	return false;
}

static const char *finding_of(const struct audit *audit, const struct grid_row *row, const struct target *target)
{
	const struct grid_cell *cell = &audit->grid->cell[row->cell];
	if (cell->known && (row->withheld || (cell->value > 0 && cell->value < audit->threshold)))
		return "published";
	if (!row->withheld)
		return small_difference(audit, row) ? "difference" : NULL;
	static const char *const names[] = { NULL, "determined", "narrow", "undecided" };
	return names[target[cell->variable].finding];
}

static int add_field(struct text *text, const char *field, struct error *error)
{
	if (field[strcspn(field, ",;\"\r\n")] == '\0')
		return text_add_string(text, field, error);
	int result = text_add_string(text, "\"", error);
	for (; *field != '\0' && result == 0; field++)
		result = *field == '"' ? text_add_string(text, "\"\"", error) : text_add(text, field, 1, error);
	return result == 0 ? text_add_string(text, "\"", error) : -1;
}

static int tell(const struct audit *audit, const char *table, const uint32_t *code, const char *finding, struct text *text,
	struct error *error)
{
	if (text->length == 0) {
		if (text_add_string(text, "table", error) != 0)
			return -1;
		for (size_t d = 0; d < audit->grid->dimensions; d++)
			if (text_add_string(text, ",", error) != 0 || add_field(text, audit->codes[d].dimension, error) != 0)
				return -1;
		if (text_add_string(text, ",finding\n", error) != 0)
			return -1;
	}
	if (add_field(text, table, error) != 0)
		return -1;
	for (size_t d = 0; d < audit->grid->dimensions; d++)
		if (text_add_string(text, ",", error) != 0 ||
			add_field(text, audit->codes[d].code[code[d]].name, error) != 0)
			return -1;
	return text_add_format(text, error, ",%s\n", finding);
}

struct derived {
	const struct audit *audit;
	struct audit_result *result;
	struct text *findings;
};

/* A combination that no table shows has none to be named. */
static int tell_derived(void *context, const uint32_t *code, struct error *error)
{
	const struct derived *derived = context;
	derived->result->findings++;
	return tell(derived->audit, "", code, "derived", derived->findings, error);
}

static int judge(struct audit *audit, struct audit_result *result, struct text *findings, struct error *error)
{
	struct grid *grid = audit->grid;
	size_t variables = grid->knowledge->variables;
	struct target *target = arena_take(audit->arena, variables, sizeof *target, error), *withheld;
	withheld = arena_take(audit->arena, variables, sizeof *withheld, error);
	if (target == NULL || withheld == NULL)
		return -1;
	size_t targets = 0;
	for (size_t c = 0; c < grid->cells; c++)
		if (grid->cell[c].withheld && !grid->cell[c].known)
			withheld[targets++] = (struct target){ .variable = grid->cell[c].variable };
	int judged = ranges_judge(grid->knowledge, withheld, targets, audit->threshold, SIZE_MAX, NULL, error);
	if (judged == 1)
		return error_set(error, EXIT_DATA, "%s: the figures contradict one another: " GRID_HINT, audit->file);
	for (size_t t = 0; t < targets; t++)
		target[withheld[t].variable] = withheld[t];
	for (size_t r = 0; r < grid->rows && judged == 0; r++) {
		const struct grid_row *row = &grid->row[r];
		const char *finding = finding_of(audit, row, target);
		result->cells++;
		result->withheld += row->withheld;
		result->findings += finding != NULL;
		if (finding != NULL)
			judged = tell(audit, audit->grid->table[row->table].name, row->code, finding, findings, error);
	}
	struct derived derived = { audit, result, findings };
	result->searched = true;
	if (judged == 0 && result->withheld + result->findings == 0) /* rounded, or large as they are: what do they say of finer counts? */
		judged = derived_find(grid, audit->threshold, tell_derived, &derived, &result->searched, error);
	return judged;
}

int audit_file(const char *file, const char *hierarchy, int64_t threshold, struct audit_result *result, struct text *findings,
	struct error *error)
{
	*result = (struct audit_result){ 0 };
	struct arena *arena = arena_new(error);
	struct audit *audit = arena == NULL ? NULL : arena_take(arena, 1, sizeof *audit, error);
	int done = -1;
	if (audit != NULL) {
		*audit = (struct audit){ .arena = arena, .file = file, .threshold = threshold };
		done = read_tables(audit, error);
		if (done == 0 && hierarchy != NULL)
			done = read_hierarchy(audit, hierarchy, error);
		if (done == 0)
			done = grid_finish(audit->grid, error);
		if (done == 0)
			done = judge(audit, result, findings, error);
	}
	arena_free(arena);
	return done;
}
