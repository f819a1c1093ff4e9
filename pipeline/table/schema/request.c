/* The wanted tables from JSON: see request.h. */
#include "pipeline/table/schema/request.h"

#include <errno.h>
#include <jansson.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "pipeline/table/schema/json_memory.h"

struct reading {
	const char *path;
	struct arena *arena;
	struct error *error;
	struct request *request;
};

static int fault(const struct reading *reading, const char *what)
{
	return error_set(reading->error, EXIT_DATA, "%s: %s", reading->path, what);
}

/* A text that is not empty, copied; NULL with the error set. */
static const char *take_text(const struct reading *reading, json_t *value)
{
	if (!json_is_string(value) || json_string_length(value) == 0) {
		(void)fault(reading, "names and codes are texts that are not empty");
		return NULL;
	}
	return arena_text(reading->arena, json_string_value(value), json_string_length(value), reading->error);
}

static size_t dimension_place(const struct request *request, const char *name)
{
	for (size_t d = 0; d < request->dimensions; d++)
		if (strcmp(request->dimension[d], name) == 0)
			return d;
	return SIZE_MAX;
}

static int take_dimensions(const struct reading *reading, json_t *list)
{
	struct request *request = reading->request;
	if (!json_is_array(list) || json_array_size(list) == 0 || json_array_size(list) > REQUEST_DIMENSIONS)
		return error_set(reading->error, EXIT_DATA, "%s: \"dims\" is a list of 1 to %d dimensions", reading->path,
			REQUEST_DIMENSIONS);
	for (size_t d = 0; d < json_array_size(list); d++) {
		const char *name = take_text(reading, json_array_get(list, d));
		if (name == NULL)
			return -1;
		if (strcmp(name, "freq") == 0 || strcmp(name, "table") == 0 || strcmp(name, "value") == 0)
			return error_set(reading->error, EXIT_DATA, "%s: no dimension is called '%s': the files have a column of that name", reading->path, name);
		if (dimension_place(request, name) != SIZE_MAX)
			return error_set(reading->error, EXIT_DATA, "%s: dimension '%s' stands twice", reading->path, name);
		request->dimension[request->dimensions++] = name;
	}
	return 0;
}

static int use_dimension(const struct reading *reading, struct request_table *table, const char *name, json_t *codes)
{
	size_t d = dimension_place(reading->request, name);
	if (d == SIZE_MAX || table->codes[d].used)
		return error_set(reading->error, EXIT_DATA, "%s: table '%s': dimension '%s' %s", reading->path, table->name, name,
			d == SIZE_MAX ? "is not among \"dims\"" : "stands twice");
	struct request_codes *used = &table->codes[d];
	used->used = true;
	used->all = codes == NULL || json_is_null(codes);
	if (used->all)
		return 0;
	if (!json_is_array(codes) || json_array_size(codes) == 0)
		return error_set(reading->error, EXIT_DATA, "%s: table '%s': the codes of '%s' are a list or null", reading->path,
			table->name, name);
	used->code = arena_take(reading->arena, json_array_size(codes), sizeof *used->code, reading->error);
	if (used->code == NULL)
		return -1;
	for (; used->count < json_array_size(codes); used->count++)
		if ((used->code[used->count] = take_text(reading, json_array_get(codes, used->count))) == NULL)
			return -1;
	return 0;
}

static int take_table(const struct reading *reading, json_t *pair, struct request_table *table)
{
	json_t *uses = json_array_get(pair, 1);
	if (!json_is_array(pair) || json_array_size(pair) != 2 || (!json_is_array(uses) && !json_is_object(uses)))
		return fault(reading, "a table is a list of its name and its dimensions");
	table->name = take_text(reading, json_array_get(pair, 0));
	if (table->name == NULL)
		return -1;
	size_t i;
	json_t *value;
	const char *name;
	if (json_is_array(uses)) {
		json_array_foreach(uses, i, value) {
			name = take_text(reading, value);
			if (name == NULL || use_dimension(reading, table, name, NULL) != 0)
				return -1;
		}
		return 0;
	}
	json_object_foreach(uses, name, value) {
		if (use_dimension(reading, table, name, value) != 0)
			return -1;
	}
	return 0;
}

static int take_tables(const struct reading *reading, json_t *list)
{
	struct request *request = reading->request;
	if (!json_is_array(list) || json_array_size(list) == 0 || json_array_size(list) > REQUEST_TABLES)
		return error_set(reading->error, EXIT_DATA, "%s: \"tables\" is a list of 1 to %d tables", reading->path,
			REQUEST_TABLES);
	request->table = arena_take(reading->arena, json_array_size(list), sizeof *request->table, reading->error);
	if (request->table == NULL)
		return -1;
	for (size_t t = 0; t < json_array_size(list); t++) {
		if (take_table(reading, json_array_get(list, t), &request->table[t]) != 0)
			return -1;
		for (size_t other = 0; other < t; other++)
			if (strcmp(request->table[other].name, request->table[t].name) == 0)
				return error_set(reading->error, EXIT_DATA, "%s: table '%s' stands twice", reading->path,
					request->table[t].name);
		request->tables++;
	}
	return 0;
}

int request_read(struct request *request, const char *path, struct arena *arena, struct error *error)
{
	struct reading reading = { .path = path, .arena = arena, .error = error, .request = request };
	*request = (struct request){ .path = path };
	FILE *file = fopen(path, "rb");
	if (file == NULL)
		return error_system(error, errno, "%s", path);
	json_error_t where;
	json_memory_begin();
	json_t *root = json_loadf(file, JSON_REJECT_DUPLICATES, &where);
	int unread = ferror(file) == 0 ? 0 : errno != 0 ? errno : EIO;
	(void)fclose(file);
	if (json_memory_short() || unread != 0) {
		json_decref(root);
		return unread != 0 ? error_system(error, unread, "%s: cannot be read", path)
				   : error_set(error, EXIT_IO, "%s: out of memory to read it", path);
	}
	if (root == NULL)
		return error_set(error, EXIT_DATA, "%s:%d: not JSON: %s", path, where.line, where.text);
	int result = json_is_object(root) ? 0 : fault(&reading, "not an object with \"dims\" and \"tables\"");
	if (result == 0)
		result = take_dimensions(&reading, json_object_get(root, "dims"));
	if (result == 0)
		result = take_tables(&reading, json_object_get(root, "tables"));
	json_decref(root);
	return result;
}
