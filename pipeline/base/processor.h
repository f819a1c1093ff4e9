/* What the processor at hand can do beyond what the program is built for: asked when the program runs. */
#ifndef FINSAMSTAT_BASE_PROCESSOR_H
#define FINSAMSTAT_BASE_PROCESSOR_H

#include <stdbool.h>

#if defined(__x86_64__) && defined(__GNUC__)
#define PROCESSOR_CHOICE 1 /* functions may be built for a target and chosen when they are called */
#define PROCESSOR_AVX2 __attribute__((target("avx2,bmi,bmi2,lzcnt,popcnt")))
#define PROCESSOR_AVX512 __attribute__((target("avx512f,avx512dq")))
#define PROCESSOR_AVX512_BYTES __attribute__((target("avx512f,avx512bw,avx512vbmi2,bmi,bmi2,lzcnt,popcnt"))) /* bytes packed by a mask */
#else
#define PROCESSOR_CHOICE 0
#endif

/* A part of the functions that are built for several targets: it belongs to no target itself. */
#define PROCESSOR_ANY static inline __attribute__((always_inline))

/* For tests: no processor is taken for more than this. PROCESSOR_BEST when the program starts. */
enum processor { PROCESSOR_PLAIN, PROCESSOR_WITH_AVX2, PROCESSOR_BEST };
extern enum processor processor_at_most;

static inline bool processor_has_avx2(void)
{
#if PROCESSOR_CHOICE
	return processor_at_most >= PROCESSOR_WITH_AVX2 && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2");
#else
	return false;
#endif
}

static inline bool processor_has_avx512(void)
{
#if PROCESSOR_CHOICE
	return processor_at_most >= PROCESSOR_BEST && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq");
#else
	return false;
#endif
}

static inline bool processor_has_avx512_bytes(void)
{
#if PROCESSOR_CHOICE
	return processor_has_avx512() && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vbmi2") &&
		__builtin_cpu_supports("bmi2");
#else
	return false;
#endif
}

/* Instructions for SHA-256, which compilers have no name for that all of them know. */
bool processor_has_sha(void);

#endif
