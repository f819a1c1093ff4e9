/* Memory for one large array that is written all over. */
#ifndef FINSAMSTAT_BASE_LARGE_H
#define FINSAMSTAT_BASE_LARGE_H

#include <stddef.h>

#define LARGE_SLICE ((size_t)2 << 20)

/* `count` items of `size` bytes in whole slices, the first at a multiple of a slice's size; not zeroed, to be freed by free. NULL when
   memory is out or the product overflows. */
void *large_take(size_t count, size_t size);

/* Makes real memory of `bytes` from the beginning of a slice on at once, where the system can, instead of page by page as they are
   first written; what was written stands. Any thread may call it. */
void large_prepare(void *memory, size_t bytes);

/* Gives the real memory of `bytes` from the beginning of a slice on back to the system, where it can; what was written may be gone.
   To be freed all the same: which takes one thread as long as making it real does. Any thread may call it. */
void large_release(void *memory, size_t bytes);

#endif
