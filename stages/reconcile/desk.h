/* What lies on the desk when published figures are compared: the figures, the computed tables, and a note of every cell that
   was looked at for the figure in hand. */
#ifndef FINSAMSTAT_STAGES_RECONCILE_DESK_H
#define FINSAMSTAT_STAGES_RECONCILE_DESK_H

#include <stdbool.h>
#include <stddef.h>

#include "pipeline/base/arena.h"
#include "pipeline/base/error.h"
#include "pipeline/table/cube/cube.h"
#include "pipeline/table/settings/settings.h"

/* Whether a published figure names one that the program computes. */
enum naming { NAMED, NO_TABLE, NO_MEASURE, NO_KEY, NO_CODE, NOT_COMPUTED };

/* A figure as it was published. */
struct published {
	const char *tabell, *nyckel, *matt;
	const char *varde;            /* a number with a decimal point and as many decimals as were written, or a text */
	const char *also;             /* another value published for the same figure; NULL without */
	bool is_number;
	double number;
	int decimals;                 /* as written */
	enum naming naming;
	const char *wrong, *nearest;  /* the name at fault and the nearest one, NULL without: of NO_TABLE, NO_MEASURE, NO_CODE */
	const struct table *table;    /* NULL: NO_TABLE */
	const struct cube *cube;      /* NULL unless NAMED */
	const char *code[TABLE_DIMENSIONS];
	size_t measure;
};

/* A cell that was looked at. */
struct seen {
	const struct cube *cube;
	const char *code[TABLE_DIMENSIONS];
	size_t measure;
};

struct desk {
	const struct settings *settings;
	size_t cubes; /* of the tables that were computed */
	const struct cube **cube;
	struct cube **place; /* by cube: the places in `figure` of the figures published of that table */
	size_t figures;
	struct published *figure;
	size_t seen_count, seen_room;
	struct seen *seen; /* for the figure in hand */
	struct arena *arena;
	struct error *error; /* set when memory is out */
};

/* Reads a value as people write it: groups parted by spaces, decimal comma or point, a minus of either kind, `%` or `kr` behind
   it. Fills in varde, is_number, number and decimals. -1 with the error set when memory is out. */
int desk_read_value(const char *text, struct published *figure, struct arena *arena, struct error *error);

/* Looks up what the figure's texts name. -1 with the error set when memory is out. */
int desk_name(struct desk *desk, struct published *figure);

/* Lays a figure on the desk, which has room; another value of one that lies there becomes its `also`. -1 with the error set when
   memory is out. */
int desk_add(struct desk *desk, const struct published *figure);

/* The published figure of the same table and measure with these codes; NULL when there is none. */
const struct published *desk_published(const struct desk *desk, const struct published *figure, const char *const *codes);

/* The cube of a table by full name; NULL when it was not computed. */
const struct cube *desk_cube(const struct desk *desk, const char *table);

/* A computed number, noted as seen: 0 for a combination that does not occur where that means 0 (counts, kronor and rates), NAN
   when it cannot be computed or the cube is NULL. */
double desk_look(struct desk *desk, const struct cube *cube, const char *const *codes, size_t measure);

/* The same by the measure's name. */
double desk_look_at(struct desk *desk, const char *table, const char *const *codes, const char *measure);

#define DESK_LIMIT 1e15 /* beyond it numbers are not written with decimals */

/* Whether two numbers are one when written with that many decimals (0–9); false beyond DESK_LIMIT. */
bool desk_same(double a, double b, int decimals);

/* Whether the published number is the computed one with its last digits cut off. */
bool desk_is_cut(double computed, double published, int decimals);

#endif
