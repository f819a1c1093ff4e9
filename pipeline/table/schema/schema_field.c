/* The fields of an extract by name: see schema.h. */
#include <string.h>

#include "pipeline/table/schema/schema.h"

size_t schema_field(const struct extract *extract, const char *name)
{
	for (size_t i = 0; i < extract->fields; i++)
		if (strcmp(extract->field[i].name, name) == 0)
			return i;
	return EXTRACT_NO_FIELD;
}
