/*
 * numbers.c: the set of a paragraph's numbers.
 * Used by the digest stage.
 */
#include "text/numbers.h"

#include "text/words_blocks.h"

uint64_t nf_numbers_of(enum nf_cpu cpu, struct nf_span key)
{
    switch (cpu) {
#if NF_CPU_IS_X86
    case NF_CPU_V4: return nf_numbers_v4(key);
    case NF_CPU_V3: return nf_numbers_v3(key);
    case NF_CPU_V2: return nf_numbers_v2(key);
#elif NF_CPU_IS_ARM
    case NF_CPU_NEON: return nf_numbers_neon(key);
#endif
    default: return nf_numbers_any(key);
    }
}
