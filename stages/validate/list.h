/* What is found as the delivery is judged: broken rules and changes, in lists that grow. */
#ifndef FINSAMSTAT_STAGES_VALIDATE_LIST_H
#define FINSAMSTAT_STAGES_VALIDATE_LIST_H

#include <stddef.h>

#include "pipeline/base/arena.h"
#include "pipeline/base/error.h"
#include "pipeline/table/validation.h"

struct list {
	struct arena *arena;
	struct breach *breach;
	struct change *change;
	size_t breaches, changes, breach_room, change_room;
};

/* Each adds one; -1 with the error set when memory is out. Texts are kept, not copied. */
int list_breach(struct list *list, const struct breach *breach, struct error *error);
int list_change(struct list *list, const struct change *change, struct error *error);

#endif
