/* What the processor can do: see processor.h. */
#include "pipeline/base/processor.h"

#if PROCESSOR_CHOICE
#include <cpuid.h>
#endif

enum processor processor_at_most = PROCESSOR_BEST;

bool processor_has_sha(void)
{
#if PROCESSOR_CHOICE
	const unsigned extended = 7, sha = 1U << 29; /* of EBX */
	unsigned a, b, c, d;
	return processor_at_most >= PROCESSOR_BEST && __builtin_cpu_supports("sse4.1") && __builtin_cpu_supports("ssse3") &&
		__get_cpuid_count(extended, 0, &a, &b, &c, &d) == 1 && (b & sha) != 0;
#else
	return false;
#endif
}
