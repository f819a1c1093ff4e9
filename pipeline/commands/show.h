/* A result table on the terminal. */
#ifndef FINSAMSTAT_COMMANDS_SHOW_H
#define FINSAMSTAT_COMMANDS_SHOW_H

#include <stdbool.h>
#include <stdio.h>

#include "pipeline/base/arena.h"
#include "pipeline/base/error.h"
#include "pipeline/table/settings/settings.h"

/* What to show and how. */
struct show_request {
	const char *table; /* "i01" or "i01_deltagare" */
	const char *folder; /* holds <table>.csv: a publication's data/ or a run's aggregate/ */
	const struct settings *settings; /* those of the run that made it, for the breaks in its series; NULL: nothing is said of them */
	bool published;  /* the figures are protected ones: where the settings round counts, that is said */
	bool json;
};

/* Prints the table to `out`: a row a line in columns where they fit in 80, else a block a row; g01 as a list of goals.
   Withheld cells are `..`, missing ones `–`. Below stands what these marks mean, that
   counts are rounded or figures earlier ones, and from when series break; JSON holds the figures alone. -1 with the error set: no such table,
   no such file. */
int show_table(FILE *out, const struct show_request *request, struct arena *arena, struct error *error);

/* Prints the account of the target groups' rules: each condition in plain Swedish with how many persons meet it alone, and how
   many would belong to the group without it; then how many belong. Not protected: `path` is that of malgrupper.csv of a run's
   internal folder. -1 with the error set: no such file, or not one of this form. */
int show_rules(FILE *out, const char *path, struct arena *arena, struct error *error);

#endif
