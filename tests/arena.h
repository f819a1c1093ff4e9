/* For tests: an arena and an error, new for each test. */
#ifndef FINSAMSTAT_TESTS_ARENA_H
#define FINSAMSTAT_TESTS_ARENA_H

#include <string.h>

#include "pipeline/base/arena.h"

static struct arena *arena;
static struct error error;

static inline int arena_begin(void **state)
{
	(void)state;
	memset(&error, 0, sizeof error);
	arena = arena_new(&error);
	return arena == NULL ? -1 : 0;
}

static inline int arena_end(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

#endif
