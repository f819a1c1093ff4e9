/* The conditions of a målgrupp section one by one: in plain Swedish, and as groups of their own. */
#ifndef FINSAMSTAT_STAGES_MALGRUPP_CONDITION_H
#define FINSAMSTAT_STAGES_MALGRUPP_CONDITION_H

#include <stdbool.h>

#include "pipeline/base/arena.h"
#include "pipeline/base/error.h"
#include "pipeline/table/settings/settings.h"

/* The keys of a section, in the order of reading. */
enum condition {
	CONDITION_ALDER,
	CONDITION_KON,
	CONDITION_KOMMUN,
	CONDITION_FK,
	CONDITION_AF,
	CONDITION_AF_ERSATTNING,
	CONDITION_KOM,
	CONDITION_KOM_HINDER,
	CONDITION_REG_VARDFORM,
	CONDITION_DIAGNOS,
	CONDITION_MINST_PARTER,
	CONDITION_PARTER,
	CONDITION_SAMMANHANGANDE,
	CONDITION_BYTEN,
	CONDITION_INTE,
	CONDITIONS
};

/* Whether the group has the condition. */
bool condition_stands(const struct malgrupp *group, enum condition condition);

/* The group with this condition alone. sammanhängande månader says how long others have held, so it keeps those that it is
   about: all but ålder, kön, kommun, byten and inte målgrupp. */
struct malgrupp condition_alone(const struct malgrupp *group, enum condition condition);

/* The group without this condition. */
struct malgrupp condition_left_out(const struct malgrupp *group, enum condition condition);

/* "får ekonomiskt bistånd". In the arena. NULL with the error set when memory is out. */
const char *condition_text(const struct malgrupp *group, enum condition condition, struct arena *arena, struct error *error);

#endif
