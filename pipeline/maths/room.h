/* Room for several lists that grow together. */
#ifndef FINSAMSTAT_MATHS_ROOM_H
#define FINSAMSTAT_MATHS_ROOM_H

#include <stdbool.h>
#include <stdlib.h>

/* The list with room for `count` items of the size, and what it holds. Where *room is false, or memory is out, it is as it was, and *room false: so that of
   several none has to be looked at by itself. */
static inline void *room_more(void *items, size_t count, size_t size, bool *room)
{
	if (!*room)
		return items;
	void *more = realloc(items, count * size);
	if (more != NULL)
		return more;
	*room = false;
	return items;
}

#endif
