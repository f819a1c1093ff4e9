/* Memory for one large array that is written all over. */
#ifndef FINSAMSTAT_BASE_LARGE_H
#define FINSAMSTAT_BASE_LARGE_H

#include <stddef.h>

/* `count` items of `size` bytes, not zeroed, to be freed by free; of large pages where the system has them on request, for
   which writes all over an array wait less and which become real memory in fewer steps. NULL when memory is out or the product
   overflows. */
void *large_take(size_t count, size_t size);

#endif
