/* What the processor can do: see processor.h. */
#include "pipeline/base/processor.h"

#if PROCESSOR_CHOICE
#include <cpuid.h>
#include <stdatomic.h>
#endif

enum processor processor_at_most = PROCESSOR_BEST;

#if PROCESSOR_CHOICE
/* Asked once: where the system is a guest, its host answers, and that takes as long as hashing forty kilobytes. */
static bool ask_for_sha(void)
{
	enum { UNKNOWN, NO, YES };
	static atomic_int known = UNKNOWN;
	const unsigned extended = 7, sha = 1U << 29; /* of EBX */
	unsigned a, b, c, d;
	int answer = atomic_load(&known);
	if (answer == UNKNOWN) {
		answer = __get_cpuid_count(extended, 0, &a, &b, &c, &d) == 1 && (b & sha) != 0 ? YES : NO;
		atomic_store(&known, answer);
	}
	return answer == YES;
}
#endif

bool processor_has_sha(void)
{
#if PROCESSOR_CHOICE
	return processor_at_most >= PROCESSOR_BEST && __builtin_cpu_supports("sse4.1") && __builtin_cpu_supports("ssse3") && ask_for_sha();
#else
	return false;
#endif
}
