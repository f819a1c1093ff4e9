/* What tests of protection share: cubes by the names of tables, cells by the names of codes. */
#ifndef FINSAMSTAT_TESTS_PROTECT_CUBES_H
#define FINSAMSTAT_TESTS_PROTECT_CUBES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "pipeline/table/cube/cube.h"
#include "tests/arena.h"

static inline struct cube *new_cube(const char *name)
{
	struct cube *cube = cube_new(schema_table(name, arena, &error), arena, &error);
	assert_non_null(cube);
	return cube;
}

static inline void put(struct cube *cube, const char *measure, double number, const char *const *codes)
{
	size_t row = cube_row_named(cube, codes, &error);
	assert_true(row != CUBE_NO_ROW);
	cube_set(cube, row, cube_measure(cube, measure), number);
}
#define PUT(cube, measure, number, ...) put(cube, measure, number, (const char *const[]){ __VA_ARGS__ })

#endif
