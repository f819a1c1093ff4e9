/* The rules of an extract beyond its single fields: see schema.h and schemas/README.md. */
#include <string.h>

#include "pipeline/table/schema/schema.h"
#include "pipeline/table/schema/schema_json.h"

/* What a rule is called, what a breach of it is called, and what it takes. */
static const struct rule_form {
	const char *name, *code;
	bool other, same, limit, value; /* members it takes; `other` and `limit` it then needs */
	bool rejects;                   /* may reject a row, being judged by ingest */
} forms[RULES] = {
	[RULE_NOT_BEFORE] = { .name = "not_before", .code = "END_BEFORE_START", .other = true, .rejects = true },
	[RULE_NEEDS] = { .name = "needs", .code = "COMPANION_MISSING", .other = true, .value = true, .rejects = true },
	[RULE_REGISTERED] = { .name = "registered", .code = "INSATS_KIND", .value = true, .rejects = true },
	[RULE_UNIQUE] = { .name = "unique", .code = "NOT_UNIQUE", .rejects = true },
	[RULE_NO_OVERLAP] = { .name = "no_overlap", .code = "SPELLS_OVERLAP", .other = true, .same = true },
	[RULE_AT_MOST] = { .name = "at_most", .code = "OVER_FULL_DAY", .same = true, .limit = true },
	[RULE_AGREES] = { .name = "agrees", .code = "PERSON_DIFFERS" },
	[RULE_ONE_AT_A_TIME] = { .name = "one_at_a_time", .code = "TWO_AT_ONCE" },
	[RULE_SHARES] = { .name = "shares", .code = "SHARES_DIFFER" },
	[RULE_INSIDE] = { .name = "inside", .code = "OUTSIDE_FORBUND" },
	[RULE_FRESH] = { .name = "fresh", .code = "OUT_OF_DATE" },
	[RULE_CONTAINS] = { .name = "contains", .code = "PARTS_EXCEED" },
};

static const char *const severities[] = { [SEVERITY_ERROR] = "error", [SEVERITY_REFUSE] = "refuse",
	[SEVERITY_WARNING] = "warning" };

const char *schema_severity_name(enum severity severity)
{
	return severities[severity];
}

const char *schema_rule_code(enum rule_kind kind)
{
	return forms[kind].code;
}

int schema_json_severity(const struct schema_json *json, json_t *object, const char *member, enum severity *severity)
{
	const char *name;
	if (schema_json_text(json, object, member, false, &name) != 0)
		return -1;
	for (size_t i = 0; name != NULL && i < sizeof severities / sizeof *severities; i++)
		if (strcmp(severities[i], name) == 0) {
			*severity = (enum severity)i;
			return 0;
		}
	return name == NULL ? 0 : schema_json_fault(json, "unknown severity '%s'", name);
}

/* A member that names a field of the extract; EXTRACT_NO_FIELD when it is absent and not needed. */
static int read_reference(const struct schema_json *json, json_t *object, const char *member, bool needed,
	const struct extract *extract, size_t *field)
{
	const char *name;
	*field = EXTRACT_NO_FIELD;
	if (schema_json_text(json, object, member, needed, &name) != 0)
		return -1;
	if (name != NULL && (*field = schema_field(extract, name)) == EXTRACT_NO_FIELD)
		return schema_json_fault(json, "'%s' names no field", member);
	return 0;
}

/* The fields of a rule `unique`. */
static int read_fields(const struct schema_json *json, json_t *object, const struct extract *extract, struct extract_rule *rule)
{
	json_t *names;
	if (schema_json_array(json, object, "fields", true, &names) != 0)
		return -1;
	rule->fields = json_array_size(names);
	if (rule->fields == 0 || rule->fields > RULE_FIELDS)
		return schema_json_fault(json, "'fields' names no field or too many");
	for (size_t i = 0; i < rule->fields; i++) {
		const char *name = json_string_value(json_array_get(names, i));
		rule->unique[i] = name == NULL ? EXTRACT_NO_FIELD : schema_field(extract, name);
		if (rule->unique[i] == EXTRACT_NO_FIELD)
			return schema_json_fault(json, "'fields' names no field");
	}
	rule->field = rule->unique[0];
	return 0;
}

static int read_kind(const struct schema_json *json, json_t *object, enum rule_kind *kind)
{
	const char *name;
	if (schema_json_text(json, object, "rule", true, &name) != 0)
		return -1;
	for (*kind = 0; *kind < RULES; (*kind)++)
		if (strcmp(forms[*kind].name, name) == 0)
			return 0;
	return schema_json_fault(json, "unknown rule '%s'", name);
}

/* Whether a rule of order names two dates; ages and other whole numbers have one, too, but do not overlap. */
static bool has_order(const struct extract *extract, const struct extract_rule *rule)
{
	enum field_kind kind = extract->field[rule->field].kind;
	return kind == extract->field[rule->other].kind && (kind == FIELD_DATE || (kind == FIELD_INTEGER && rule->kind == RULE_NOT_BEFORE));
}

/* A rule over dates names dates, one that may not reject does not. */
static int check_rule(const struct schema_json *json, const struct extract *extract, const struct extract_rule *rule)
{
	const struct rule_form *form = &forms[rule->kind];
	if ((rule->kind == RULE_NOT_BEFORE || rule->kind == RULE_NO_OVERLAP) && !has_order(extract, rule))
		return schema_json_fault(json, "rule '%s' is for dates", form->name);
	if (rule->kind == RULE_CONTAINS && extract->field[rule->field].kind != FIELD_AMOUNT)
		return schema_json_fault(json, "rule '%s' is for amounts", form->name);
	if (rule->severity == SEVERITY_ERROR && !form->rejects)
		return schema_json_fault(json, "rule '%s' is judged when rows can no longer be rejected: it warns or refuses", form->name);
	if (rule->kind == RULE_REGISTERED && rule->value == NULL)
		return schema_json_fault(json, "rule '%s' needs 'value'", form->name);
	return 0;
}

static int read_rule(const struct schema_json *json, json_t *object, const struct extract *extract, struct extract_rule *rule)
{
	static const char *const known[] = { "rule", "field", "fields", "other", "same", "value", "limit", "year", "severity",
		"label", NULL };
	*rule = (struct extract_rule){ .other = EXTRACT_NO_FIELD, .same = EXTRACT_NO_FIELD, .year = EXTRACT_NO_FIELD };
	if (schema_json_known(json, object, known) != 0 || read_kind(json, object, &rule->kind) != 0)
		return -1;
	const struct rule_form *form = &forms[rule->kind];
	if (rule->kind == RULE_UNIQUE ? read_fields(json, object, extract, rule) != 0
				      : read_reference(json, object, "field", true, extract, &rule->field) != 0)
		return -1;
	if (read_reference(json, object, "other", form->other, extract, &rule->other) != 0 ||
		read_reference(json, object, "same", false, extract, &rule->same) != 0 ||
		read_reference(json, object, "year", false, extract, &rule->year) != 0 ||
		schema_json_text(json, object, "value", false, &rule->value) != 0 ||
		schema_json_number(json, object, "limit", &rule->limit) != 0 ||
		schema_json_text(json, object, "label", true, &rule->label) != 0 ||
		schema_json_severity(json, object, "severity", &rule->severity) != 0)
		return -1;
	if ((rule->same != EXTRACT_NO_FIELD && !form->same) || (rule->value != NULL && !form->value) ||
		form->limit != (json_object_get(object, "limit") != NULL) ||
		(rule->year != EXTRACT_NO_FIELD && rule->kind != RULE_NOT_BEFORE))
		return schema_json_fault(json, "rule '%s' takes no such member or lacks one", form->name);
	return check_rule(json, extract, rule);
}

/* The constraints `unique` as rules, behind those that are written as rules. */
static void add_unique(const struct extract *extract, struct extract_rule *rule, size_t *rules)
{
	for (size_t i = 0; i < extract->fields; i++)
		if (extract->field[i].unique)
			rule[(*rules)++] = (struct extract_rule){ .kind = RULE_UNIQUE, .severity = extract->field[i].severity[CONSTRAINT_UNIQUE],
				.label = "no two rows that differ have the same value", .field = i, .other = EXTRACT_NO_FIELD,
				.same = EXTRACT_NO_FIELD, .year = EXTRACT_NO_FIELD, .fields = 1, .unique = { i } };
}

int schema_json_rules(struct schema_json *json, json_t *own, struct extract *extract)
{
	json_t *rules = NULL;
	static const char *const known[] = { "rules", NULL };
	json->part = "rules";
	if (own != NULL && (schema_json_known(json, own, known) != 0 || schema_json_array(json, own, "rules", true, &rules) != 0))
		return -1;
	struct extract_rule *rule = arena_take(json->arena, json_array_size(rules) + extract->fields, sizeof *rule, json->error);
	if (rule == NULL)
		return -1;
	for (size_t i = 0; i < json_array_size(rules); i++)
		if (read_rule(json, json_array_get(rules, i), extract, &rule[i]) != 0)
			return -1;
	extract->rules = json_array_size(rules);
	add_unique(extract, rule, &extract->rules);
	extract->rule = rule;
	return 0;
}

const struct extract_rule *schema_rule(const struct extract *extract, enum rule_kind kind, const char *field, const char *same)
{
	for (size_t i = 0; i < extract->rules; i++) {
		const struct extract_rule *rule = &extract->rule[i];
		const char *rule_same = rule->same == EXTRACT_NO_FIELD ? "" : extract->field[rule->same].name;
		if (rule->kind == kind && strcmp(extract->field[rule->field].name, field) == 0 &&
			strcmp(rule_same, same == NULL ? "" : same) == 0)
			return rule;
	}
	return NULL;
}
