/* The schemas of the result tables and support cubes: see schema.h. */
#include <string.h>

#include "pipeline/base/text.h"
#include "pipeline/table/schema/embedded.h"
#include "pipeline/table/schema/schema.h"
#include "pipeline/table/schema/schema_json.h"

static const char *const measure_kinds[] = {
	[MEASURE_COUNT] = "count",
	[MEASURE_KR] = "kr",
	[MEASURE_PER_CENT] = "per_cent",
	[MEASURE_TWO] = "two",
	[MEASURE_MONTHS] = "months",
	[MEASURE_P] = "p",
	[MEASURE_TEXT] = "text",
	[MEASURE_GOAL] = "goal",
	[MEASURE_FIGURE] = "figure",
};
#define MEASURE_KINDS (sizeof measure_kinds / sizeof *measure_kinds)

bool measure_holds_text(enum measure_kind kind)
{
	return kind == MEASURE_TEXT || kind == MEASURE_FIGURE;
}

/* The columns of every table file behind its dimensions. */
static const char *const value_columns[] = { "matt", "varde", "status" };
#define VALUE_COLUMNS (sizeof value_columns / sizeof *value_columns)

static int read_dimension(struct schema_json *json, json_t *object, struct dimension *dimension)
{
	static const char *const known[] = { "name", "title", "type", "finsamstat", NULL };
	static const char *const known_own[] = { "total", "numeric", "kodlista", "kodlista_av", NULL };
	const char *type;
	json_t *own;
	json->part = "a dimension";
	if (schema_json_text(json, object, "name", true, &dimension->name) != 0)
		return -1;
	json->part = dimension->name;
	if (schema_json_known(json, object, known) != 0 ||
		schema_json_text(json, object, "title", true, &dimension->title) != 0 ||
		schema_json_text(json, object, "type", true, &type) != 0 ||
		schema_json_object(json, object, "finsamstat", false, &own) != 0)
		return -1;
	if (own == NULL)
		return 0;
	if (schema_json_known(json, own, known_own) != 0 ||
		schema_json_flag(json, own, "total", &dimension->total) != 0 ||
		schema_json_flag(json, own, "numeric", &dimension->numeric) != 0 ||
		schema_json_codes(json, own, &dimension->codes) != 0 ||
		schema_json_text(json, own, "kodlista_av", false, &dimension->codes_by) != 0)
		return -1;
	if (dimension->numeric != (strcmp(type, "integer") == 0))
		return schema_json_fault(json, "a numeric dimension, and no other, has type 'integer'");
	return 0;
}

static int read_measure(struct schema_json *json, json_t *object, struct measure *measure)
{
	static const char *const known[] = { "name", "title", "kind", "additive", "not_over", NULL };
	const char *kind;
	json->part = "a measure";
	if (schema_json_text(json, object, "name", true, &measure->name) != 0)
		return -1;
	json->part = measure->name;
	if (schema_json_known(json, object, known) != 0 ||
		schema_json_text(json, object, "title", true, &measure->title) != 0 ||
		schema_json_text(json, object, "kind", true, &kind) != 0 ||
		schema_json_flag(json, object, "additive", &measure->additive) != 0 ||
		schema_json_text(json, object, "not_over", false, &measure->not_over) != 0)
		return -1;
	for (size_t i = 0; i < MEASURE_KINDS; i++)
		if (strcmp(measure_kinds[i], kind) == 0) {
			measure->kind = (enum measure_kind)i;
			return 0;
		}
	return schema_json_fault(json, "unknown kind '%s'", kind);
}

/* The fields of the schema: the dimensions, then the columns that every table file ends with. */
static int read_dimensions(struct schema_json *json, struct table *table)
{
	const char *name;
	json_t *fields;
	if (schema_json_array(json, json->root, "fields", true, &fields) != 0)
		return -1;
	size_t count = json_array_size(fields);
	if (count < 1 + VALUE_COLUMNS || count > TABLE_DIMENSIONS + VALUE_COLUMNS)
		return schema_json_fault(json, "1 to %d dimensions, then matt, varde, status", TABLE_DIMENSIONS);
	table->dimensions = count - VALUE_COLUMNS;
	for (size_t d = 0; d < table->dimensions; d++)
		if (read_dimension(json, json_array_get(fields, d), &table->dimension[d]) != 0)
			return -1;
	json->part = "";
	for (size_t i = 0; i < VALUE_COLUMNS; i++) {
		if (schema_json_text(json, json_array_get(fields, table->dimensions + i), "name", true, &name) != 0)
			return -1;
		if (strcmp(name, value_columns[i]) != 0)
			return schema_json_fault(json, "the last fields are matt, varde, status");
	}
	return 0;
}

static int read_measures(struct schema_json *json, json_t *own, struct table *table)
{
	json_t *measures;
	if (schema_json_array(json, own, "measures", true, &measures) != 0)
		return -1;
	table->measures = json_array_size(measures);
	if (table->measures < 1 || table->measures > TABLE_MEASURES)
		return schema_json_fault(json, "1 to %d measures", TABLE_MEASURES);
	for (size_t m = 0; m < table->measures; m++)
		if (read_measure(json, json_array_get(measures, m), &table->measure[m]) != 0)
			return -1;
	json->part = "";
	return 0;
}

static bool has_dimension(const struct table *table, const char *name, size_t before)
{
	for (size_t d = 0; d < before; d++)
		if (strcmp(table->dimension[d].name, name) == 0)
			return true;
	return false;
}

/* A result table's name: a letter, two digits, '_'. */
static bool is_result(const char *name)
{
	return name[0] >= 'a' && name[0] <= 'z' && name[1] >= '0' && name[1] <= '9' && name[2] >= '0' && name[2] <= '9' &&
		name[3] == '_';
}

/* Names occur once; codes_by and not_over name dimensions. */
static int check_table(struct schema_json *json, const struct table *table)
{
	if (table->support == is_result(table->name))
		return schema_json_fault(json, "a result table, and no support cube, has a name like m01_word");
	for (size_t d = 0; d < table->dimensions; d++) {
		const struct dimension *dimension = &table->dimension[d];
		json->part = dimension->name;
		if (has_dimension(table, dimension->name, d))
			return schema_json_fault(json, "the dimension stands twice");
		if (dimension->codes_by != NULL && !has_dimension(table, dimension->codes_by, d))
			return schema_json_fault(json, "'kodlista_av' names no earlier dimension");
	}
	for (size_t m = 0; m < table->measures; m++) {
		const struct measure *measure = &table->measure[m];
		json->part = measure->name;
		for (size_t i = 0; i < m; i++)
			if (strcmp(table->measure[i].name, measure->name) == 0)
				return schema_json_fault(json, "the measure stands twice");
		if (measure->not_over != NULL && !has_dimension(table, measure->not_over, table->dimensions))
			return schema_json_fault(json, "'not_over' names no dimension");
	}
	return 0;
}

static int read_table(struct schema_json *json, struct table *table)
{
	static const char *const known[] = { "name", "title", "fields", "finsamstat", NULL };
	static const char *const known_own[] = { "chapter", "unit", "note", "parent", "support", "measures", NULL };
	json_t *own;
	if (schema_json_known(json, json->root, known) != 0 ||
		schema_json_text(json, json->root, "name", true, &table->name) != 0 ||
		schema_json_text(json, json->root, "title", true, &table->title) != 0 ||
		schema_json_object(json, json->root, "finsamstat", true, &own) != 0 ||
		schema_json_known(json, own, known_own) != 0 ||
		schema_json_text(json, own, "chapter", true, &table->chapter) != 0 ||
		schema_json_text(json, own, "unit", true, &table->unit) != 0 ||
		schema_json_text(json, own, "note", true, &table->note) != 0 ||
		schema_json_text(json, own, "parent", false, &table->parent) != 0 ||
		schema_json_flag(json, own, "support", &table->support) != 0 ||
		read_dimensions(json, table) != 0 || read_measures(json, own, table) != 0)
		return -1;
	return check_table(json, table);
}

/* Names of the embedded tables of one sort. */
static const char **names(bool result, size_t *count, struct arena *arena, struct error *error)
{
	static const char folder[] = "tabeller/", ending[] = ".json";
	const char **list = arena_take(arena, embedded_count, sizeof *list, error);
	*count = 0;
	for (size_t i = 0; i < embedded_count && list != NULL; i++) {
		if (!text_starts(embedded_files[i].name, folder) || !text_ends(embedded_files[i].name, ending))
			continue;
		const char *name = embedded_files[i].name + sizeof folder - 1;
		if (is_result(name) != result)
			continue;
		list[*count] = arena_text(arena, name, strlen(name) - (sizeof ending - 1), error);
		if (list[(*count)++] == NULL)
			return NULL;
	}
	return list;
}

const char *const *schema_table_names(size_t *count, struct arena *arena, struct error *error)
{
	return names(true, count, arena, error);
}

const char *const *schema_support_names(size_t *count, struct arena *arena, struct error *error)
{
	return names(false, count, arena, error);
}

/* The name among the list that is `word`, or whose part before the underscore is; NULL without. */
static const char *match(const char *word, const char *const *list, size_t count, bool short_form)
{
	size_t length = strlen(word);
	for (size_t i = 0; i < count; i++)
		if (strcmp(list[i], word) == 0 ||
			(short_form && length == 3 && strncmp(list[i], word, length) == 0 && list[i][length] == '_'))
			return list[i];
	return NULL;
}

/* Refuses a word that is no table's name and like none: "…; the tables are e01, e02 … q01". */
static void tell_names(const char *word, const char *const *result, size_t results, struct arena *arena, struct error *error)
{
	struct text text = { .arena = arena };
	for (size_t i = 0; i < results; i++)
		if (text_add_format(&text, error, "%s%.*s", i > 0 ? " " : "", (int)strcspn(result[i], "_"), result[i]) != 0)
			return;
	(void)error_set(error, EXIT_USAGE, "no table is called '%s'; the tables are %s", word, text.bytes);
}

/* Full name of the table that is meant. NULL with the error set when there is none. */
static const char *resolve(const char *word, struct arena *arena, struct error *error)
{
	size_t results, supports;
	const char *const *result = schema_table_names(&results, arena, error);
	const char *const *support = schema_support_names(&supports, arena, error);
	if (result == NULL || support == NULL)
		return NULL;
	const char *name = match(word, result, results, true);
	if (name == NULL)
		name = match(word, support, supports, false);
	if (name != NULL)
		return name;
	const char *numbered = strlen(word) == 2 ? arena_print(arena, error, "%c0%c", word[0], word[1]) : word; /* "m3": m03 */
	if (numbered == NULL)
		return NULL;
	const char *nearest = match(numbered, result, results, true);
	if (nearest == NULL)
		nearest = text_nearest(word, strlen(word), result, results);
	if (nearest != NULL)
		(void)error_set(error, EXIT_USAGE, "no table is called '%s'; did you mean '%s'?", word, nearest);
	else
		tell_names(word, result, results, arena, error);
	return NULL;
}

const struct table *schema_table(const char *name, struct arena *arena, struct error *error)
{
	struct schema_json json = { 0 };
	struct table *table = arena_take(arena, 1, sizeof *table, error), *result = NULL;
	const char *full = table == NULL ? NULL : resolve(name, arena, error);
	if (full != NULL && schema_json_open(&json, "tabeller", full, arena, error) == 0 && read_table(&json, table) == 0)
		result = table;
	schema_json_close(&json);
	return result;
}
