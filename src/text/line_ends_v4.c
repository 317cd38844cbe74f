/*
 * line_ends_v4.c: where lines end, with AVX-512.
 * Used by line_ends.c.
 */
#include "text/line_ends.h"

#if NF_CPU_IS_X86
#include <immintrin.h>

#define NF_LEVEL __attribute__((target("avx512f,avx512bw,bmi,bmi2,popcnt")))

NF_LEVEL static inline uint64_t equal(__m512i bytes, char byte)
{
    return _cvtmask64_u64(_mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8(byte)));
}

NF_LEVEL static inline uint64_t ends_at(const char *p)
{
    __m512i bytes = _mm512_loadu_si512(p);
    return equal(bytes, '\n') | equal(bytes, '\r');
}

#include "text/line_ends_blocks.h"

NF_LEVEL size_t nf_line_ends_v4(struct nf_span text, uint16_t at[NF_ENDS_LEN])
{
    return find_ends(text, at);
}
#endif
