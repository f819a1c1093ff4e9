/* One slice of a plan while it is rounded: its atoms, the rows that hold them, and what they must agree with. See round_plan.h. */
#ifndef FINSAMSTAT_STAGES_PROTECT_ROUNDING_SLICE_H
#define FINSAMSTAT_STAGES_PROTECT_ROUNDING_SLICE_H

#include "stages/protect/engine/system.h"
#include "stages/protect/rounding/rounded.h"

#define SLICE_REST SIZE_MAX /* the rest of a whole, which has no row */

/* One slice of a plan. */
struct slice {
	struct rounded *rounded;
	const struct plan *plan;
	const struct cube *atoms;
	size_t measure, at;    /* of the atoms' counts; their table's position, SIZE_MAX for a cube that is no table of the run */
	struct arena *arena;
	size_t count;          /* atoms */
	size_t *row;           /* of each, in the cube of atoms; SLICE_REST */
	struct system *system;
	size_t view_table[PLAN_VIEWS], view_measure[PLAN_VIEWS];
	struct place {         /* a row of the system; of view PLAN_VIEWS: what is within a row of a year's table, which is at most that */
		size_t view, row, table;
	} *place;
	bool alike;            /* rounded alike instead of divided */
	size_t groups;
	uint32_t *group;       /* of each atom; `groups`: none */
	int64_t *sum;          /* rounded counts of the groups */
};

/* The place of a dimension by its name; SIZE_MAX without, and of NULL. */
size_t slice_dimension(const struct cube *cube, const char *name);

/* Whether codes of the dimension overlap and are rounded alike. */
bool slice_alike(const struct plan *plan, const char *dimension);

/* The groups of atoms by the rows of the plan's first whole that hold them, with their rests. Sets `alike` when they overlap. -1 with the error set. */
int slice_find_groups(struct slice *slice, struct error *error);

/* The same of m04 and m05 of a year that has one month in the period: each group has the persons that the month printed. */
int slice_find_alone_groups(struct slice *slice, struct error *error);

/* The rows of the system: the cells of the plan's tables, and what of a month is within a row of its year. -1 with the error set. */
int slice_make_rows(struct slice *slice, struct error *error);

/* Numbers the atoms by what they have in common but the codes that overlap: choice, of each atom, from 0 to before *choices. -1 with the error set. */
int slice_number_alike(struct slice *slice, uint32_t *choice, size_t *choices, struct error *error);

/* Lowers the atoms' rounded counts: no more than their wholes, and as many as one that they were equal to. */
void slice_keep_within(const struct slice *slice, int64_t *value);

#endif
