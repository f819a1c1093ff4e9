/* JSON files read into an arena: see document.h. */
#include "pipeline/table/schema/document.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "pipeline/table/schema/json_memory.h"

#define FILE_LIMIT ((off_t)64 << 20)

static int copy(json_t *from, struct document *to, struct arena *arena, struct error *error);

static int copy_items(json_t *from, struct document *to, struct arena *arena, struct error *error)
{
	bool object = json_is_object(from);
	to->kind = object ? DOCUMENT_OBJECT : DOCUMENT_ARRAY;
	to->count = object ? json_object_size(from) : json_array_size(from);
	struct document *items = arena_take(arena, to->count, sizeof *items, error);
	const char **names = arena_take(arena, object ? to->count : 0, sizeof *names, error);
	if (items == NULL || names == NULL)
		return -1;
	to->item = items;
	to->name = names;
	if (!object) {
		for (size_t i = 0; i < to->count; i++)
			if (copy(json_array_get(from, i), &items[i], arena, error) != 0)
				return -1;
		return 0;
	}
	void *member = json_object_iter(from);
	for (size_t i = 0; i < to->count; i++, member = json_object_iter_next(from, member)) {
		const char *name = json_object_iter_key(member);
		names[i] = arena_text(arena, name, strlen(name), error);
		if (names[i] == NULL || copy(json_object_iter_value(member), &items[i], arena, error) != 0)
			return -1;
	}
	return 0;
}

static int copy(json_t *from, struct document *to, struct arena *arena, struct error *error)
{
	*to = (struct document){ .text = "" };
	switch (json_typeof(from)) {
	case JSON_OBJECT:
	case JSON_ARRAY:
		return copy_items(from, to, arena, error);
	case JSON_STRING:
		to->kind = DOCUMENT_TEXT;
		to->text = arena_text(arena, json_string_value(from), json_string_length(from), error);
		return to->text == NULL ? -1 : 0;
	case JSON_INTEGER:
	case JSON_REAL:
		to->kind = DOCUMENT_NUMBER;
		to->number = json_number_value(from);
		return 0;
	case JSON_TRUE:
		to->kind = DOCUMENT_TRUE;
		return 0;
	case JSON_FALSE:
		to->kind = DOCUMENT_FALSE;
		return 0;
	case JSON_NULL:
		return 0;
	}
	return 0;
}

const struct document *document_read(const char *path, struct arena *arena, struct error *error)
{
	struct stat state;
	int file = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
	char *bytes = NULL;
	size_t length = 0;
	json_t *root = NULL;
	struct document *document = NULL;
	json_error_t reason;
	if (file < 0 || fstat(file, &state) != 0) {
		(void)error_system(error, errno, "%s", path);
		goto done;
	}
	if (!S_ISREG(state.st_mode) || state.st_size > FILE_LIMIT) {
		(void)error_set(error, EXIT_DATA, "%s: no file of the program's", path);
		goto done;
	}
	bytes = malloc((size_t)state.st_size + 1);
	if (bytes == NULL) {
		(void)error_set(error, EXIT_IO, "out of memory");
		goto done;
	}
	for (ssize_t got = 1; got > 0 && length < (size_t)state.st_size; length += got > 0 ? (size_t)got : 0)
		if ((got = read(file, bytes + length, (size_t)state.st_size - length)) < 0) {
			(void)error_system(error, errno, "%s: cannot be read", path);
			goto done;
		}
	json_memory_begin();
	root = json_loadb(bytes, length, JSON_REJECT_DUPLICATES, &reason); /* json_loadfd asks for a byte at a time */
	if (json_memory_short()) {
		(void)error_set(error, EXIT_IO, "%s: out of memory to read it", path);
		goto done;
	}
	if (root == NULL) {
		(void)error_set(error, EXIT_DATA, "%s:%d: %s", path, reason.line, reason.text);
		goto done;
	}
	document = arena_take(arena, 1, sizeof *document, error);
	if (document != NULL && copy(root, document, arena, error) != 0)
		document = NULL;
done:
	json_decref(root);
	free(bytes);
	if (file >= 0)
		(void)close(file);
	return document;
}

const struct document *document_member(const struct document *document, const char *name)
{
	static const struct document nothing = { .text = "" };
	for (size_t i = 0; document->kind == DOCUMENT_OBJECT && i < document->count; i++)
		if (strcmp(document->name[i], name) == 0)
			return &document->item[i];
	return &nothing;
}

const char *document_text(const struct document *document, const char *name)
{
	return document_member(document, name)->text;
}

double document_number(const struct document *document, const char *name)
{
	return document_member(document, name)->number;
}

bool document_true(const struct document *document, const char *name)
{
	return document_member(document, name)->kind == DOCUMENT_TRUE;
}
