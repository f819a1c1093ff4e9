/* Finding a file that is built into the program: see embedded.h. */
#include "pipeline/table/schema/embedded.h"

#include <stdlib.h>
#include <string.h>

static int compare(const void *name, const void *file)
{
	return strcmp(name, ((const struct embedded_file *)file)->name);
}

const struct embedded_file *embedded_find(const char *name)
{
	return bsearch(name, embedded_files, embedded_count, sizeof embedded_files[0], compare);
}
