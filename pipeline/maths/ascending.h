/* Numbers in ascending order. */
#ifndef FINSAMSTAT_MATHS_ASCENDING_H
#define FINSAMSTAT_MATHS_ASCENDING_H

#include <stddef.h>

#include "pipeline/base/arena.h"
#include "pipeline/base/error.h"

/* Sorts `count` numbers, none of them NAN, in time linear in them (by their bytes, of which those that are the same in all are passed
   over); −0 comes before 0. Takes room for twice as many numbers from the arena. -1 with the error set when memory is out: the numbers are as
   they were. */
int ascending_sort(double *number, size_t count, struct arena *arena, struct error *error);

#endif
