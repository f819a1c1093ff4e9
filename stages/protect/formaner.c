/* Groups of förmåner: see formaner.h. */
#include "stages/protect/formaner.h"

#include "pipeline/table/cube/cube.h"

const struct forman_group forman_groups[FORMAN_GROUPS] = {
	{ "OHALSA", { "SP", "RP", "SE", "AE" } },
	{ "ARBMARK", { "AK", "AS", "UE", "ET" } },
	{ "BISTAND", { "FS" } },
	{ CUBE_TOTAL, { "OHALSA", "ARBMARK", "BISTAND" } },
};
