/* Which counts belong to one universe, table by table: the data that the protection of counts works from. */
#ifndef FINSAMSTAT_STAGES_PROTECT_RULES_RULES_H
#define FINSAMSTAT_STAGES_PROTECT_RULES_RULES_H

#include <stdbool.h>
#include <stddef.h>

#include "stages/protect/rules/universe.h"

#define RULE_VIEWS 18

/* How the cells of a view lie over the codes of one dimension of the universe. */
enum view_code {
	CODES_SAME,  /* the dimension stands in the table: a cell code an atom code, and TOT where the table has it */
	CODES_PARTS, /* the same without TOT: the whole stands in another table */
	CODES_KALLA, /* a party: the combinations in which it is active */
	CODES_MIX,   /* a combination of parties, and TOT: any of them, but not INGEN */
	CODES_GROUP, /* a förmån or a group of them */
	CODES_ONE    /* the dimension does not stand in the table: one cell code, the atom codes that `set` names */
};

struct view_rule {
	const char *table, *measure; /* measure NULL: a hidden view of differences */
	enum view_code code[UNIVERSE_DIMENSIONS];
	const char *dimension[UNIVERSE_DIMENSIONS]; /* name in the table when it is another than the universe's; else NULL */
	const char *set[UNIVERSE_DIMENSIONS]; /* CODES_ONE: NULL for all; else a|b|=c: codes that contain a or b or are c */
	bool sums;   /* values are sums of atoms; otherwise those of the table */
	bool frozen; /* decided by another rule */
	bool idle;   /* measure NULL: not differences but a class that the table does not print (facts_list.h), the one that the last `set` names:
	                not protected */
	bool apart;  /* its cells hold none of the atoms: only the whole of another view's */
	const char *shared; /* where this table is there, its cells stand in it, too: cycles that leave them as they are suit both; NULL: in none */
	unsigned dear; /* how many times dearer its cells are than others of their codes: figures that goals rest on; 0: once */
	size_t twin; /* 1 + position of the view whose cells share their status with this one's; 0 none */
	size_t whole; /* 1 + position of the view whose cells are the wholes of this one's; 0 none */
};

struct rule {
	const char *atoms, *measure;  /* the cube that holds the atoms: a support cube, or the table itself without its totals */
	const char *slice[2];         /* dimensions of which each combination is a universe of its own; NULL ends */
	const char *dimension[UNIVERSE_DIMENSIONS]; /* those of the universe; NULL ends */
	bool alone;                   /* no other counts lean on its cells: it is applied when the engine has protected those, too */
	const char *tied[4];          /* tables by year that its cells hang together with, those of a month only in the last one of a year; NULL ends.
	                                 Where none of them has the year, a universe is all that is known of its cells: it is closed. Without a first
	                                 name none is. It needs a slice by month or year, the first dimension of all its tables */
	bool beside;                  /* it shares no table with the rules before it, and no cell of its tables goes with cells of theirs: at
	                                 first it is applied beside the first one */
	double units;                 /* of amounts: whole numbers that one is counted in; cells go with `follows`, and others with
	                                 them until none is known too closely. 0: counts */
	const char *follows;          /* amounts: the measure of the same table whose withheld cells are the targets */
	struct view_rule view[RULE_VIEWS]; /* a table of NULL ends */
};

/* A cell that is the same set of persons as a cell of another table, or derived from it, shares its fate: the row with the
   same codes, TOT in the other dimensions. `only` names a dimension that must be TOT in the table's row; NULL: every row. */
struct same_rule {
	const char *table, *measure, *only;
	const char *source, *source_measure;
};

/* In the same row: the measure is withheld when any of `by` is. */
struct follow_rule {
	const char *table, *measure;
	const char *by[3]; /* NULL ends */
};

extern const struct rule protect_rules[];
extern const size_t protect_rule_count;
extern const struct same_rule protect_same[];
extern const size_t protect_same_count;
extern const struct follow_rule protect_follows[];
extern const size_t protect_follow_count;

#endif
