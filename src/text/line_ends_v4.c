/*
 * line_ends_v4.c: where lines end, with AVX-512.
 * Used by line_ends.c.
 */
#include "text/line_ends.h"

#if NF_CPU_IS_X86
#include <immintrin.h>

#include "text/bit_places.h"

#define OWN_ADD
#define NF_LEVEL __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi2,avx2,bmi,bmi2,popcnt")))

NF_LEVEL static inline uint64_t equal(__m512i bytes, char byte)
{
    return _cvtmask64_u64(_mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8(byte)));
}

NF_LEVEL static inline uint64_t ends_at(const char *p)
{
    __m512i bytes = _mm512_loadu_si512(p);
    return equal(bytes, '\n') | equal(bytes, '\r');
}

/* The numbers of 64 bytes, those kept that have a bit. How many these are is not looked at but where 16 do not hold them. */
NF_LEVEL static inline size_t add(uint64_t mask, size_t from, uint16_t *at)
{
    __m512i which = _mm512_maskz_compress_epi8(mask, _mm512_loadu_si512(nf_bit_places));
    __m256i base = _mm256_set1_epi16((short)from);
    size_t count = (size_t)__builtin_popcountll(mask);
    _mm256_storeu_si256((void *)at, _mm256_add_epi16(_mm256_cvtepu8_epi16(_mm512_castsi512_si128(which)), base));
    if (count > 16) {
        _mm256_storeu_si256((void *)(at + 16), _mm256_add_epi16(_mm256_cvtepu8_epi16(_mm512_extracti32x4_epi32(which, 1)), base));
        _mm256_storeu_si256((void *)(at + 32), _mm256_add_epi16(_mm256_cvtepu8_epi16(_mm512_extracti32x4_epi32(which, 2)), base));
        _mm256_storeu_si256((void *)(at + 48), _mm256_add_epi16(_mm256_cvtepu8_epi16(_mm512_extracti32x4_epi32(which, 3)), base));
    }
    return count;
}

#include "text/line_ends_blocks.h"

NF_LEVEL size_t nf_line_ends_v4(struct nf_span text, uint16_t at[NF_ENDS_ROOM])
{
    return find_ends(text, at);
}
#endif
