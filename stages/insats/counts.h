/* The tables that are plain counts of participations: i02–i05, i07, i08, i11 and the two support cubes. */
#ifndef FINSAMSTAT_STAGES_INSATS_COUNTS_H
#define FINSAMSTAT_STAGES_INSATS_COUNTS_H

#include "pipeline/table/cube/cube.h"
#include "stages/insats/participation.h"

/* What a table counts from. */
struct counting {
	const struct settings *settings;
	const struct participation_lists *lists;
	const struct participations *participations;
};

struct count_table {
	const char *name;
	bool exited; /* counts the exited participations; else every one of the period */
	/* Adds the rows that an insats always has; NULL: none. */
	int (*margins)(struct cube *cube, const char *insats, struct error *error);
	/* Counts one participation. */
	int (*count)(const struct counting *counting, const struct participation *participation, struct cube *cube,
		struct error *error);
};

extern const struct count_table count_tables[];
extern const size_t count_table_count;

/* Fills the cube of the table: the margins of every insats that is not volym, then its participations.
   -1 with the error set when memory is out. */
int counts_fill(const struct count_table *table, const struct counting *counting, struct cube *cube,
	struct error *error);

#endif
