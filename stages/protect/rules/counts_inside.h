/* Inside of counts: a universe while it is being built from the cubes of a rule. */
#ifndef FINSAMSTAT_STAGES_PROTECT_RULES_COUNTS_INSIDE_H
#define FINSAMSTAT_STAGES_PROTECT_RULES_COUNTS_INSIDE_H

#include "pipeline/table/schema/codelist.h"
#include "stages/protect/rules/counts.h"

/* One universe being built from a rule and a combination of its slice dimensions. */
struct build {
	struct tables *tables;
	const struct rule *rule;
	const struct codelist *forman;
	int64_t minimum;
	size_t atoms; /* position of the cube of atoms */
	size_t atom_measure;
	size_t slices;                            /* dimensions of the slice */
	size_t slice_place[2];                    /* of each in the cube of atoms */
	uint32_t slice_key[2];                    /* the code there … */
	const char *slice[2];                     /* … and as text */
	size_t dimensions;
	size_t place[UNIVERSE_DIMENSIONS];        /* of each dimension in the cube of atoms */
	bool *atomic[UNIVERSE_DIMENSIONS];        /* by code of the cube: an atom's, no total's */
	size_t codes[UNIVERSE_DIMENSIONS];
	const char **code[UNIVERSE_DIMENSIONS];   /* atom codes by name */
	uint32_t *position[UNIVERSE_DIMENSIONS];  /* code of the cube → atom code; UINT32_MAX: none here */
	struct arena *arena;
	struct universe *universe;
	struct view *view[RULE_VIEWS];            /* NULL: its table is not there */
	const char **cell_code[RULE_VIEWS][UNIVERSE_DIMENSIONS];
	size_t *row[RULE_VIEWS];                  /* of each cell: CUBE_NO_ROW without */
	struct found *found;                      /* where tables that are found are kept; NULL: nowhere */
};

/* Whether a rule is about amounts, not counts. */
bool counts_amounts(const struct rule *rule);

/* Position of a dimension in a cube; SIZE_MAX without. */
size_t counts_place(const struct cube *cube, const char *name);

#define YEAR_LENGTH 4 /* of "2018" and "2018-01" */

/* The last month of a year, or of a month's year, in dimension d of a table by month; TOT when it has none. */
const char *counts_last_month(const struct cube *cube, size_t d, const char *year);

/* Builds the views of the rule over the universe, whose atoms are there, and binds each to its whole. -1 with the error set. */
int counts_views(struct build *build, int64_t minimum, struct error *error);

#endif
