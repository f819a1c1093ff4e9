/* Memory for jansson, which does not survive a failed allocation: a character that it could not store lets it read and write
   beyond its buffers. So it never sees one fail: it gets memory laid by for that, and whoever asked for the document is told. */
#ifndef FINSAMSTAT_TABLE_JSON_MEMORY_H
#define FINSAMSTAT_TABLE_JSON_MEMORY_H

#include <stdbool.h>

/* Before a document is read, by the only thread that reads one: the memory laid by is whole. No earlier document may be left that
   was read when memory was short. */
void json_memory_begin(void);

/* Whether an allocation has failed since then: the document, if there is one, is to be let go and the fault is one of memory. */
bool json_memory_short(void);

#endif
