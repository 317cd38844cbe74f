/*
 * words_v2.c: the words of keys with SSE4.2.
 * Used by words.c.
 */
#include "base/cpu.h"

#if NF_CPU_IS_X86
#include <nmmintrin.h>
#include <stddef.h>
#include <stdint.h>

#define SSE4_PLACES
#define NF_LEVEL __attribute__((target("ssse3,sse4.2,popcnt")))

NF_LEVEL static inline uint64_t blanks_of(const char *p)
{
    uint64_t blanks = 0;
    for (unsigned i = 0; i < 64; i += 16) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(p + i));
        blanks |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(' '))) << i;
    }
    return blanks;
}

NF_LEVEL static inline uint64_t digits_of(const char *p)
{
    uint64_t digits = 0;
    for (unsigned i = 0; i < 64; i += 16) {
        __m128i value = _mm_sub_epi8(_mm_loadu_si128((const __m128i *)(const void *)(p + i)), _mm_set1_epi8('0'));
        digits |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_min_epu8(value, _mm_set1_epi8(9)), value)) << i;
    }
    return digits;
}

#include "text/words_blocks.h"

NF_LEVEL size_t nf_spaced_words_v2(struct nf_span keys, uint16_t *trace)
{
    return spaced_words(keys, trace);
}

NF_LEVEL size_t nf_next_digit_v2(struct nf_span key, size_t at)
{
    return next_digit(key, at);
}
#endif
