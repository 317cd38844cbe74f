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

NF_LEVEL static inline __m128i part_at(const char *p)
{
    return _mm_loadu_si128((const __m128i *)(const void *)p);
}

NF_LEVEL static inline uint64_t tops(__m128i a, __m128i b, __m128i c, __m128i d)
{
    uint64_t low = (uint32_t)_mm_movemask_epi8(a) | (uint32_t)_mm_movemask_epi8(b) << 16;
    return low | ((uint64_t)(uint32_t)_mm_movemask_epi8(c) | (uint64_t)(uint32_t)_mm_movemask_epi8(d) << 16) << 32;
}

NF_LEVEL static inline __m128i is_blank(__m128i part)
{
    return _mm_cmpeq_epi8(part, _mm_set1_epi8(' '));
}

NF_LEVEL static inline uint64_t blanks_of(const char *p)
{
    return tops(is_blank(part_at(p)), is_blank(part_at(p + 16)), is_blank(part_at(p + 32)), is_blank(part_at(p + 48)));
}

NF_LEVEL static inline __m128i is_digit(__m128i part)
{
    __m128i value = _mm_sub_epi8(part, _mm_set1_epi8('0'));
    return _mm_cmpeq_epi8(_mm_min_epu8(value, _mm_set1_epi8(9)), value);
}

NF_LEVEL static inline uint64_t digits_of(const char *p)
{
    return tops(is_digit(part_at(p)), is_digit(part_at(p + 16)), is_digit(part_at(p + 32)), is_digit(part_at(p + 48)));
}

NF_LEVEL static inline __m128i is_break(__m128i part)
{
    return _mm_cmplt_epi8(part, _mm_set1_epi8(' ' + 1));
}

NF_LEVEL static inline uint64_t breaks_of(const char *p)
{
    return tops(is_break(part_at(p)), is_break(part_at(p + 16)), is_break(part_at(p + 32)), is_break(part_at(p + 48)));
}

#include "text/words_blocks.h"

NF_LEVEL size_t nf_spaced_words_v2(struct nf_span keys, uint16_t *trace)
{
    return spaced_words(keys, trace);
}

NF_LEVEL uint64_t nf_numbers_v2(struct nf_span key)
{
    return numbers_in(key);
}
#endif
