/* Memory for jansson: see json_memory.h. */
#include "pipeline/table/schema/json_memory.h"

#include <jansson.h>
#include <stdalign.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#define LAID_BY ((size_t)1 << 20) /* what a document needs from a failed allocation to its end; then NULL after all */

static alignas(max_align_t) char laid_by[LAID_BY];
static size_t used;
static bool failed;

static void *take(size_t size)
{
	void *memory = malloc(size);
	if (memory != NULL)
		return memory;
	failed = true;
	size_t room = (size + alignof(max_align_t) - 1) / alignof(max_align_t) * alignof(max_align_t);
	if (room < size || room > LAID_BY - used)
		return NULL;
	used += room;
	return laid_by + used - room;
}

static void give(void *memory)
{
	uintptr_t at = (uintptr_t)memory, from = (uintptr_t)laid_by;
	if (at < from || at >= from + LAID_BY)
		free(memory);
}

void json_memory_begin(void)
{
	json_set_alloc_funcs(take, give);
	used = 0;
	failed = false;
}

bool json_memory_short(void)
{
	return failed;
}
