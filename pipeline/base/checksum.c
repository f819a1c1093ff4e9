/* XXH64 of libxxhash: see checksum.h. */
#include "pipeline/base/checksum.h"

void checksum_begin(struct checksum *checksum)
{
	(void)XXH64_reset(&checksum->state, 0);
}

void checksum_add(struct checksum *checksum, const void *bytes, size_t length)
{
	if (length > 0)
		(void)XXH64_update(&checksum->state, bytes, length);
}

uint64_t checksum_value(const struct checksum *checksum)
{
	return XXH64_digest(&checksum->state);
}
