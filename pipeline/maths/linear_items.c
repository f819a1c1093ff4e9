/* Bounds of a linear program, and what has changed in them: see linear_items.h. */
#include "pipeline/maths/linear_items.h"

#include "pipeline/maths/room.h"

static bool make_room(struct linear_items *items)
{
	bool room = true;
	size_t count = items->room == 0 ? 64 : items->room * 2;
	if (items->count < items->room)
		return true;
	items->bounds = room_more(items->bounds, count, sizeof *items->bounds, &room);
	items->whole = room_more(items->whole, count, sizeof *items->whole, &room);
	items->changed = room_more(items->changed, count, sizeof *items->changed, &room);
	items->change = room_more(items->change, count, sizeof *items->change, &room);
	items->room = room ? count : items->room;
	return room;
}

int linear_items_add(struct linear_items *items, struct tableau_bounds bounds, bool whole)
{
	if (!make_room(items))
		return -1;
	size_t index = items->count++;
	items->whole[index] = whole;
	items->changed[index] = false;
	linear_items_change(items, index, bounds);
	return 0;
}

void linear_items_change(struct linear_items *items, size_t index, struct tableau_bounds bounds)
{
	if (bounds.high < bounds.low)
		bounds.high = bounds.low;
	items->bounds[index] = bounds;
	if (items->changed[index])
		return;
	items->changed[index] = true;
	items->change[items->changes++] = index;
}

void linear_items_told(struct linear_items *items)
{
	while (items->changes > 0)
		items->changed[items->change[--items->changes]] = false;
}

void linear_items_empty(struct linear_items *items)
{
	items->count = items->changes = 0;
}

void linear_items_free(struct linear_items *items)
{
	free(items->bounds);
	free(items->whole);
	free(items->changed);
	free(items->change);
}
