/*
 * line_ends_v3.c: where lines end, with AVX2.
 * Used by line_ends.c.
 */
#include "text/line_ends.h"

#if NF_CPU_IS_X86
#include <immintrin.h>

#define NF_LEVEL __attribute__((target("avx2,bmi,bmi2,popcnt")))

NF_LEVEL static inline __m256i load(const char *p)
{
    return _mm256_loadu_si256((const __m256i *)(const void *)p);
}

NF_LEVEL static inline __m256i equal(__m256i bytes, char byte)
{
    return _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(byte));
}

NF_LEVEL static inline uint64_t bits(__m256i low, __m256i high)
{
    return (uint64_t)(uint32_t)_mm256_movemask_epi8(low) | (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << 32;
}

NF_LEVEL static inline uint64_t ends_at(const char *p)
{
    __m256i low = load(p), high = load(p + 32);
    return bits(_mm256_or_si256(equal(low, '\n'), equal(low, '\r')), _mm256_or_si256(equal(high, '\n'), equal(high, '\r')));
}

#include "text/line_ends_blocks.h"

NF_LEVEL size_t nf_line_ends_v3(struct nf_span text, uint16_t at[NF_ENDS_ROOM])
{
    return find_ends(text, at);
}
#endif
