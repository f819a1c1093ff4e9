/* Strict reading of the embedded schemas with jansson: see schema_json.h. */
#include "pipeline/table/schema/schema_json.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "pipeline/table/schema/embedded.h"
#include "pipeline/table/schema/json_memory.h"

int schema_json_fault(const struct schema_json *json, const char *format, ...)
{
	char reason[ERROR_LENGTH];
	va_list arguments;
	va_start(arguments, format);
	(void)vsnprintf(reason, sizeof reason, format, arguments);
	va_end(arguments);
	return error_set(json->error, EXIT_BUG, "schemas/%s: %s%s%s", json->file, json->part,
		*json->part != '\0' ? ": " : "", reason);
}

int schema_json_open(struct schema_json *json, const char *folder, const char *name, struct arena *arena,
	struct error *error)
{
	const char *own_name;
	*json = (struct schema_json){ .part = "", .arena = arena, .error = error };
	json->file = arena_print(arena, error, "%s/%s.json", folder, name);
	if (json->file == NULL)
		return -1;
	const struct embedded_file *file = embedded_find(json->file);
	if (file == NULL)
		return schema_json_fault(json, "no such schema is built in");
	json_error_t reason;
	json_memory_begin();
	json->root = json_loadb(file->bytes, file->length, JSON_REJECT_DUPLICATES, &reason);
	if (json_memory_short()) {
		schema_json_close(json);
		return error_set(error, EXIT_IO, "out of memory for schemas/%s", json->file);
	}
	if (json->root == NULL)
		return schema_json_fault(json, "line %d: %s", reason.line, reason.text);
	if (!json_is_object(json->root))
		schema_json_fault(json, "not an object");
	else if (schema_json_text(json, json->root, "name", true, &own_name) == 0) {
		if (strcmp(own_name, name) == 0)
			return 0;
		schema_json_fault(json, "its name is '%s'", own_name);
	}
	schema_json_close(json);
	return -1;
}

void schema_json_close(struct schema_json *json)
{
	json_decref(json->root);
	json->root = NULL;
}

int schema_json_known(const struct schema_json *json, json_t *object, const char *const *known)
{
	const char *member;
	json_t *value;
	json_object_foreach(object, member, value) {
		const char *const *name = known;
		while (*name != NULL && strcmp(*name, member) != 0)
			name++;
		if (*name == NULL)
			return schema_json_fault(json, "unknown member '%s'", member);
	}
	return 0;
}

/* The member if it has the kind; NULL and 0 when it is absent and not needed. */
static int get(const struct schema_json *json, json_t *object, const char *member, bool needed, json_type kind,
	json_t **value)
{
	*value = json_object_get(object, member);
	if (*value == NULL)
		return needed ? schema_json_fault(json, "'%s' is missing", member) : 0;
	if (json_typeof(*value) != kind)
		return schema_json_fault(json, "'%s' is of the wrong kind", member);
	return 0;
}

int schema_json_text(const struct schema_json *json, json_t *object, const char *member, bool needed, const char **text)
{
	json_t *value;
	*text = NULL;
	if (get(json, object, member, needed, JSON_STRING, &value) != 0)
		return -1;
	if (value == NULL)
		return 0;
	if (json_string_length(value) == 0)
		return schema_json_fault(json, "'%s' is empty", member);
	*text = arena_text(json->arena, json_string_value(value), json_string_length(value), json->error);
	return *text == NULL ? -1 : 0;
}

int schema_json_object(const struct schema_json *json, json_t *object, const char *member, bool needed, json_t **value)
{
	return get(json, object, member, needed, JSON_OBJECT, value);
}

int schema_json_array(const struct schema_json *json, json_t *object, const char *member, bool needed, json_t **value)
{
	return get(json, object, member, needed, JSON_ARRAY, value);
}

int schema_json_flag(const struct schema_json *json, json_t *object, const char *member, bool *flag)
{
	json_t *value = json_object_get(object, member);
	*flag = json_is_true(value);
	return value == NULL || json_is_boolean(value) ? 0 : schema_json_fault(json, "'%s' is of the wrong kind", member);
}

int schema_json_number(const struct schema_json *json, json_t *object, const char *member, double *number)
{
	json_t *value = json_object_get(object, member);
	if (value == NULL)
		return 0;
	if (!json_is_number(value))
		return schema_json_fault(json, "'%s' is of the wrong kind", member);
	*number = json_number_value(value);
	return 0;
}

#define CODES_JOINED 4

int schema_json_codes(const struct schema_json *json, json_t *object, const struct codelist **codes)
{
	const struct codelist *lists[CODES_JOINED];
	json_t *value = json_object_get(object, "kodlista");
	size_t count = json_is_array(value) ? json_array_size(value) : 1;
	*codes = NULL;
	if (value == NULL)
		return 0;
	if (count == 0 || count > CODES_JOINED)
		return schema_json_fault(json, "'kodlista' names no list or too many");
	for (size_t i = 0; i < count; i++) {
		json_t *name = json_is_array(value) ? json_array_get(value, i) : value;
		if (!json_is_string(name))
			return schema_json_fault(json, "'kodlista' is of the wrong kind");
		lists[i] = codelist_load(json_string_value(name), json->arena, json->error);
		if (lists[i] == NULL)
			return schema_json_fault(json, "'kodlista' cannot be read");
	}
	*codes = count == 1 ? lists[0] : codelist_join(lists, count, json->arena, json->error);
	return *codes == NULL ? -1 : 0;
}
