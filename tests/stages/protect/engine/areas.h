/* A made table of areas and codes with totals, for tests of the engine. */
#ifndef FINSAMSTAT_TESTS_ENGINE_AREAS_H
#define FINSAMSTAT_TESTS_ENGINE_AREAS_H

#include "stages/protect/engine/system.h"

/* Area 0 and code 0 are the totals; atom and row area·(codes + 1) + code is a cell, of 10 persons a class. Withheld is every cell of an area, printed each of
   all. A tie for each line stands behind them. Not sealed. */
static struct system *table_of_areas(struct arena *arena, size_t areas, size_t codes, struct error *error)
{
	struct system *system = system_new(arena, error);
	size_t atoms = (areas + 1) * (codes + 1);
	system->area = arena_take(arena, atoms, sizeof *system->area, error);
	system->areas = areas;
	for (size_t a = 0; a < atoms; a++) {
		size_t area = a / (codes + 1), code = a % (codes + 1);
		assert_int_equal(system_atom(system, (int64_t)(10 * (area == 0 ? areas : 1) * (code == 0 ? codes : 1)), error), a);
		assert_int_equal(system_row(system, ROW_CELL, 8, error), a);
		assert_int_equal(system_term(system, a, 1, error), 0);
		system->row[a].withheld = area > 0;
		system->area[a] = (uint32_t)area;
	}
	for (size_t a = 0; a < atoms; a++)
		for (size_t d = 0; d < 2; d++) {
			size_t step = d == 0 ? codes + 1 : 1, parts = d == 0 ? areas : codes;
			if (a / step % (parts + 1) != 0)
				continue;
			assert_int_not_equal(system_row(system, ROW_KNOWN, 0, error), SYSTEM_NONE);
			assert_int_equal(system_term(system, a, 1, error), 0);
			for (size_t part = 1; part <= parts; part++)
				assert_int_equal(system_term(system, a + part * step, -1, error), 0);
		}
	return system;
}

#endif
