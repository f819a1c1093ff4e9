/* Large arrays: see large.h. */
#define _DEFAULT_SOURCE /* madvise */
#include "pipeline/base/large.h"

#include <stdlib.h>
#include <sys/mman.h>

#define PAGE ((size_t)2 << 20) /* a large one, on most machines */

void *large_take(size_t count, size_t size)
{
	size_t bytes;
	if (__builtin_mul_overflow(count, size, &bytes) || __builtin_add_overflow(bytes, PAGE, &bytes))
		return NULL;
	bytes -= bytes % PAGE; /* whole pages, at least one byte more than asked for */
	void *memory = aligned_alloc(PAGE, bytes);
#ifdef MADV_HUGEPAGE
	if (memory != NULL)
		(void)madvise(memory, bytes, MADV_HUGEPAGE); /* no matter if it cannot */
#endif
	return memory;
}
