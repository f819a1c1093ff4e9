/* For tests of cubes: an arena, an error and a folder, new for each test. */
#ifndef FINSAMSTAT_TESTS_TABLE_CUBE_BEGIN_H
#define FINSAMSTAT_TESTS_TABLE_CUBE_BEGIN_H

#include "tests/arena.h"
#include "tests/table/files.h"

static inline int begin(void **state)
{
	return arena_begin(state) != 0 ? -1 : files_begin(state);
}

static inline int end(void **state)
{
	(void)arena_end(state);
	return files_end(state);
}

#endif
