/* The schemas of the extracts and of the tables beside forbund.ini: see schema.h. */
#include <math.h>
#include <string.h>

#include "pipeline/table/schema/pattern.h"
#include "pipeline/table/schema/schema.h"
#include "pipeline/table/schema/schema_json.h"

const char *const extract_names[EXTRACTS] = {
	[EXTRACT_FK] = "fk",
	[EXTRACT_AF] = "af",
	[EXTRACT_KOMMUN] = "kommun",
	[EXTRACT_REGION] = "region",
	[EXTRACT_SUS] = "sus",
	[EXTRACT_VOLYM] = "volym",
	[EXTRACT_ENKAT] = "enkat",
	[EXTRACT_INTRESSE] = "intresse",
	[EXTRACT_EKONOMI] = "ekonomi",
	[EXTRACT_PRISLISTA] = "prislista",
	[EXTRACT_BEFOLKNING] = "befolkning",
	[EXTRACT_PUBLICERAT] = "publicerat",
};

/* How a kind is written in a schema, what it is to Frictionless, and what it is stored as. */
static const struct kind {
	const char *name, *type;
	enum column_type stored;
} kinds[] = {
	[FIELD_PID] = { "pid", "string", COLUMN_KEY },
	[FIELD_ID] = { "id", "string", COLUMN_KEY },
	[FIELD_CODE] = { "code", "string", COLUMN_U16 },
	[FIELD_CODES] = { "codes", "string", COLUMN_TEXT },
	[FIELD_DATE] = { "date", "date", COLUMN_I32 },
	[FIELD_MONTH] = { "month", "yearmonth", COLUMN_I32 },
	[FIELD_INTEGER] = { "integer", "integer", COLUMN_I32 },
	[FIELD_AMOUNT] = { "amount", "number", COLUMN_I64 },
	[FIELD_DECIMAL] = { "decimal", "number", COLUMN_F64 },
	[FIELD_TEXT] = { "text", "string", COLUMN_TEXT },
};
#define KINDS (sizeof kinds / sizeof *kinds)

enum column_type schema_column_type(enum field_kind kind)
{
	return kinds[kind].stored;
}

static int read_kind(const struct schema_json *json, json_t *field, json_t *own, enum field_kind *kind)
{
	const char *name, *type;
	if (schema_json_text(json, own, "kind", true, &name) != 0 || schema_json_text(json, field, "type", true, &type) != 0)
		return -1;
	for (size_t i = 0; i < KINDS; i++)
		if (strcmp(kinds[i].name, name) == 0) {
			*kind = (enum field_kind)i;
			return strcmp(kinds[i].type, type) == 0 ? 0 :
				schema_json_fault(json, "kind '%s' goes with type '%s'", name, kinds[i].type);
		}
	return schema_json_fault(json, "unknown kind '%s'", name);
}

static int read_allowed(const struct schema_json *json, json_t *constraints, struct field *field)
{
	json_t *values;
	if (schema_json_array(json, constraints, "enum", false, &values) != 0)
		return -1;
	if (values == NULL)
		return 0;
	size_t count = json_array_size(values);
	int32_t *allowed = arena_take(json->arena, count, sizeof *allowed, json->error);
	if (allowed == NULL)
		return -1;
	for (size_t i = 0; i < count; i++) {
		json_int_t value = json_integer_value(json_array_get(values, i));
		if (!json_is_integer(json_array_get(values, i)) || value <= INT32_MIN || value > INT32_MAX)
			return schema_json_fault(json, "'enum' holds integers");
		allowed[i] = (int32_t)value;
	}
	field->allowed_count = count;
	field->allowed = allowed;
	return count > 0 && field->kind == FIELD_INTEGER ? 0 : schema_json_fault(json, "'enum' is for integer fields");
}

static int read_constraints(const struct schema_json *json, json_t *object, struct field *field)
{
	static const char *const known[] = { "required", "pattern", "minimum", "maximum", "enum", "unique", NULL };
	json_t *constraints;
	field->minimum = (double)-INFINITY;
	field->maximum = (double)INFINITY;
	if (schema_json_object(json, object, "constraints", false, &constraints) != 0)
		return -1;
	if (constraints == NULL)
		return 0;
	if (schema_json_known(json, constraints, known) != 0 ||
		schema_json_flag(json, constraints, "required", &field->required) != 0 ||
		schema_json_flag(json, constraints, "unique", &field->unique) != 0 ||
		schema_json_text(json, constraints, "pattern", false, &field->pattern) != 0 ||
		schema_json_number(json, constraints, "minimum", &field->minimum) != 0 ||
		schema_json_number(json, constraints, "maximum", &field->maximum) != 0 ||
		read_allowed(json, constraints, field) != 0)
		return -1;
	if (field->unique && !field->required)
		return schema_json_fault(json, "'unique' is for a required field: empty values would be alike");
	if (field->pattern != NULL && field->kind != FIELD_PID && field->kind != FIELD_TEXT)
		return schema_json_fault(json, "'pattern' is for a pid and for text");
	if (field->pattern != NULL && !pattern_is_valid(field->pattern))
		return schema_json_fault(json, "'pattern' is none that can be matched (pipeline/table/schema/pattern.h)");
	return 0;
}

static int read_severities(const struct schema_json *json, json_t *own, struct field *field)
{
	static const char *const known[] = { "type", "required", "range", "enum", "pattern", "kodlista", "unique", NULL };
	json_t *severities;
	if (schema_json_object(json, own, "severity", false, &severities) != 0)
		return -1;
	if (severities == NULL)
		return 0;
	if (schema_json_known(json, severities, known) != 0)
		return -1;
	for (size_t i = 0; i < CONSTRAINTS; i++)
		if (schema_json_severity(json, severities, known[i], &field->severity[i]) != 0)
			return -1;
	if (field->severity[CONSTRAINT_TYPE] == SEVERITY_WARNING || field->severity[CONSTRAINT_REQUIRED] == SEVERITY_WARNING)
		return schema_json_fault(json, "a row without a readable value cannot be kept: error or refuse");
	return 0;
}

/* What the other members must agree with. */
static int check_field(const struct schema_json *json, const struct field *field)
{
	bool coded = field->kind == FIELD_CODE || field->kind == FIELD_CODES;
	if (coded && field->codes == NULL)
		return schema_json_fault(json, "'kodlista' is missing");
	if (!coded && field->codes != NULL && field->kind != FIELD_INTEGER)
		return schema_json_fault(json, "'kodlista' is for codes and integers");
	if (field->may_be_ongoing && field->kind != FIELD_DATE)
		return schema_json_fault(json, "'may_be_ongoing' is for dates");
	if (field->is_insats && field->kind != FIELD_TEXT)
		return schema_json_fault(json, "'insats' is for text");
	if (field->digits != 0 && (field->kind != FIELD_INTEGER || field->digits < 1 || field->digits > 9))
		return schema_json_fault(json, "'digits' is for integers");
	return 0;
}

static int read_field(struct schema_json *json, json_t *object, struct field *field)
{
	static const char *const known[] = { "name", "title", "type", "constraints", "finsamstat", NULL };
	static const char *const known_own[] = { "kind", "kodlista", "may_be_ongoing", "insats", "digits", "severity",
		NULL };
	double digits = 0;
	json_t *own;
	json->part = "a field";
	if (schema_json_text(json, object, "name", true, &field->name) != 0)
		return -1;
	json->part = field->name;
	if (schema_json_known(json, object, known) != 0 ||
		schema_json_text(json, object, "title", true, &field->title) != 0 ||
		schema_json_object(json, object, "finsamstat", true, &own) != 0 ||
		schema_json_known(json, own, known_own) != 0 ||
		read_kind(json, object, own, &field->kind) != 0 ||
		read_constraints(json, object, field) != 0 ||
		schema_json_codes(json, own, &field->codes) != 0 ||
		schema_json_flag(json, own, "may_be_ongoing", &field->may_be_ongoing) != 0 ||
		schema_json_flag(json, own, "insats", &field->is_insats) != 0 ||
		schema_json_number(json, own, "digits", &digits) != 0 || read_severities(json, own, field) != 0)
		return -1;
	field->digits = (int)digits;
	return check_field(json, field);
}

/* Names occur once. */
static int check_fields(struct schema_json *json, const struct extract *extract)
{
	for (size_t i = 0; i < extract->fields; i++) {
		json->part = extract->field[i].name;
		if (schema_field(extract, extract->field[i].name) != i)
			return schema_json_fault(json, "the field stands twice");
	}
	return 0;
}

static int read_extract(struct schema_json *json, struct extract *extract)
{
	static const char *const known[] = { "name", "title", "fields", "finsamstat", NULL };
	json_t *fields, *own;
	if (schema_json_known(json, json->root, known) != 0 ||
		schema_json_text(json, json->root, "name", true, &extract->name) != 0 ||
		schema_json_text(json, json->root, "title", true, &extract->title) != 0 ||
		schema_json_object(json, json->root, "finsamstat", false, &own) != 0 ||
		schema_json_array(json, json->root, "fields", true, &fields) != 0)
		return -1;
	extract->fields = json_array_size(fields);
	struct field *field = arena_take(json->arena, extract->fields, sizeof *field, json->error);
	if (field == NULL)
		return -1;
	for (size_t i = 0; i < extract->fields; i++)
		if (read_field(json, json_array_get(fields, i), &field[i]) != 0)
			return -1;
	extract->field = field;
	if (extract->fields == 0)
		return schema_json_fault(json, "no fields");
	return check_fields(json, extract) != 0 ? -1 : schema_json_rules(json, own, extract);
}

const struct extract *schema_extract(const char *name, struct arena *arena, struct error *error)
{
	struct schema_json json = { 0 };
	struct extract *extract = arena_take(arena, 1, sizeof *extract, error), *result = NULL;
	if (extract != NULL && schema_json_open(&json, "extrakt", name, arena, error) == 0 &&
		read_extract(&json, extract) == 0)
		result = extract;
	schema_json_close(&json);
	return result;
}
