/* Large arrays: see large.h. */
#define _DEFAULT_SOURCE /* madvise */
#include "pipeline/base/large.h"

#include <stdlib.h>
#include <sys/mman.h>

void *large_take(size_t count, size_t size)
{
	size_t bytes;
	if (__builtin_mul_overflow(count, size, &bytes) || __builtin_add_overflow(bytes, LARGE_SLICE, &bytes))
		return NULL;
	bytes -= bytes % LARGE_SLICE; /* at least one byte more than asked for */
	return aligned_alloc(LARGE_SLICE, bytes);
}

void large_prepare(void *memory, size_t bytes)
{
#ifdef MADV_POPULATE_WRITE
	(void)madvise(memory, bytes, MADV_POPULATE_WRITE); /* no matter if it cannot */
#else
	(void)memory;
	(void)bytes;
#endif
}

void large_release(void *memory, size_t bytes)
{
	(void)madvise(memory, bytes, MADV_DONTNEED); /* no matter if it cannot */
}
