/* Lists of what is found: see list.h. */
#include "stages/validate/list.h"

int list_breach(struct list *list, const struct breach *breach, struct error *error)
{
	struct breach *breaches = arena_grow(list->arena, list->breach, list->breaches, list->breaches + 1, &list->breach_room,
		sizeof *breaches, error);
	if (breaches == NULL)
		return -1;
	list->breach = breaches;
	breaches[list->breaches++] = *breach;
	return 0;
}

int list_change(struct list *list, const struct change *change, struct error *error)
{
	struct change *changes = arena_grow(list->arena, list->change, list->changes, list->changes + 1, &list->change_room,
		sizeof *changes, error);
	if (changes == NULL)
		return -1;
	list->change = changes;
	changes[list->changes++] = *change;
	return 0;
}
