/*
 * cpu.c: what the processor can do.
 * Used by the text files that have a way for each.
 */
#include "base/cpu.h"

#include <stdbool.h>

#ifndef NF_CPU_MOST
#define NF_CPU_MOST NF_CPU_V4
#endif

enum nf_cpu nf_cpu_best(void)
{
    enum nf_cpu best = NF_CPU_ANY;
#if NF_CPU_IS_X86
    __builtin_cpu_init();
    bool v2 = __builtin_cpu_supports("ssse3") && __builtin_cpu_supports("sse4.2") && __builtin_cpu_supports("popcnt");
    bool v3 = v2 && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2");
    bool v4 = v3 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")
              && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vbmi")
              && __builtin_cpu_supports("avx512vbmi2");
    best = v4 ? NF_CPU_V4 : v3 ? NF_CPU_V3 : v2 ? NF_CPU_V2 : NF_CPU_ANY;
#elif NF_CPU_IS_ARM
    best = NF_CPU_NEON;
#endif
    return best > NF_CPU_MOST ? NF_CPU_MOST : best;
}
