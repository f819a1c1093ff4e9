/* Tables that the rules found, as changes of the atoms of the run's system. */
#ifndef FINSAMSTAT_STAGES_PROTECT_FACTS_SEEDS_H
#define FINSAMSTAT_STAGES_PROTECT_FACTS_SEEDS_H

#include "stages/protect/engine/engine.h"
#include "stages/protect/engine/parts.h"
#include "stages/protect/facts/facts.h"
#include "stages/protect/rules/found.h"

/* For each part of the system what the engine begins with there; atoms are numbered as in the part. A table that says two things of one set, or changes
   what the system does not know, or cells of two parts, is left out. In the tables' arena. NULL with the error set when memory is out. */
struct engine_start *seeds_new(const struct found *found, const struct facts *facts, const struct tables *tables, const struct parts *parts,
	struct error *error);

#endif
