/* Fuzzes the reader of schemas: a schema of an extract whose bytes are changed is read or refused, never more. The embedded files
   are replaced by the input, as whatever file is asked for. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "pipeline/table/schema/embedded.h"
#include "pipeline/table/schema/schema.h"

static struct embedded_file given = { .name = "extrakt/fk.json" };

/* In the place of pipeline/table/schema/embedded.c: the input for a schema, and one small code list. */
const struct embedded_file *embedded_find(const char *name)
{
	static const char list[] = "kod,etikett,overordnad,giltig_fran,giltig_till\nK,kvinna,,,\nM,man,,,\n";
	static const struct embedded_file codes = { .name = "kodlistor/kon.csv", .bytes = list, .length = sizeof list - 1 };
	return strncmp(name, "kodlistor/", 10) == 0 ? &codes : &given;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct error error;
	error = (struct error){ .count = 0 };
	struct arena *arena = arena_new(&error);
	if (arena == NULL)
		abort();
	given.bytes = (const char *)data;
	given.length = size;
	const struct extract *extract = schema_extract("fk", arena, &error);
	if ((extract == NULL) != (error.count > 0))
		abort();
	const struct table *table = schema_table("m01_forsorjningsmatt", arena, &error);
	if (table == NULL && error.count == 0)
		abort();
	arena_free(arena);
	return 0;
}
