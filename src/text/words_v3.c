/*
 * words_v3.c: the words of keys with AVX2.
 * Used by words.c.
 */
#include "base/cpu.h"

#if NF_CPU_IS_X86
#include <immintrin.h>

#define SSE4_PLACES
#define OWN_TRACES
#define NF_LEVEL __attribute__((target("avx2,bmi,bmi2,popcnt")))

#include "text/words.h"

NF_LEVEL static inline uint64_t blanks_of(const char *p)
{
    const __m256i blank = _mm256_set1_epi8(' ');
    __m256i low = _mm256_loadu_si256((const __m256i *)(const void *)p);
    __m256i high = _mm256_loadu_si256((const __m256i *)(const void *)(p + 32));
    return (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, blank))
           | (uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(high, blank)) << 32;
}

NF_LEVEL static inline uint32_t digits_of_32(const char *p)
{
    __m256i value = _mm256_sub_epi8(_mm256_loadu_si256((const __m256i *)(const void *)p), _mm256_set1_epi8('0'));
    return (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(_mm256_min_epu8(value, _mm256_set1_epi8(9)), value));
}

NF_LEVEL static inline uint64_t digits_of(const char *p)
{
    return digits_of_32(p) | (uint64_t)digits_of_32(p + 32) << 32;
}

NF_LEVEL static inline uint32_t breaks_of_32(const char *p)
{
    return (uint32_t)_mm256_movemask_epi8(_mm256_cmpgt_epi8(_mm256_set1_epi8(' ' + 1), _mm256_loadu_si256((const __m256i *)(const void *)p)));
}

NF_LEVEL static inline uint64_t breaks_of(const char *p)
{
    return breaks_of_32(p) | (uint64_t)breaks_of_32(p + 32) << 32;
}

NF_LEVEL static inline void add_traces(struct nf_span keys, uint32_t *blank, size_t count, uint16_t *trace);

#include "text/words_blocks.h"

NF_LEVEL static inline __m256i product(__m256i a, uint64_t constant)
{
    const __m256i low = _mm256_set1_epi64x((long long)(constant & UINT32_MAX)), high = _mm256_set1_epi64x((long long)(constant >> 32));
    __m256i upper = _mm256_add_epi64(_mm256_mul_epu32(_mm256_srli_epi64(a, 32), low), _mm256_mul_epu32(a, high));
    return _mm256_add_epi64(_mm256_mul_epu32(a, low), _mm256_slli_epi64(upper, 32));
}

/* 16 bytes of two words. */
NF_LEVEL static inline __m256i two(const char *keys, uint32_t blank, uint32_t other)
{
    __m128i low = _mm_loadu_si128((const __m128i *)(const void *)(keys + (size_t)(blank + 1)));
    __m128i high = _mm_loadu_si128((const __m128i *)(const void *)(keys + (size_t)(other + 1)));
    return _mm256_inserti128_si256(_mm256_castsi128_si256(low), high, 1);
}

/* Of the words at `which` and two behind it: a mask of the first bytes, as many as they have. Longer ones are done again. */
NF_LEVEL static inline __m256i bytes_of(__m128i len, int which)
{
    const __m256i byte = _mm256_broadcastsi128_si256(_mm_setr_epi8(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15));
    __m256i of = _mm256_inserti128_si256(_mm256_set1_epi8((char)(4 * which)), _mm_set1_epi8((char)(4 * which + 8)), 1);
    return _mm256_cmpgt_epi8(_mm256_shuffle_epi8(_mm256_broadcastsi128_si256(len), of), byte);
}

/* nf_word_hash_of for four words, as far as their first 16 bytes go. Gathers would do, but are slow on many machines. */
NF_LEVEL static inline __m128i traces_of(const char *keys, const uint32_t *blank, __m128i len)
{
    __m256i even = _mm256_and_si256(two(keys, blank[0], blank[2]), bytes_of(len, 0));
    __m256i odd = _mm256_and_si256(two(keys, blank[1], blank[3]), bytes_of(len, 1));
    __m256i low = _mm256_unpacklo_epi64(even, odd), high = _mm256_unpackhi_epi64(even, odd);
    low = product(_mm256_add_epi64(low, _mm256_cvtepu32_epi64(len)), NF_WORD_FIRST);
    __m256i hash = _mm256_xor_si256(low, product(high, NF_WORD_SECOND));
    hash = product(_mm256_xor_si256(hash, _mm256_srli_epi64(hash, 32)), NF_WORD_LAST);
    hash = _mm256_xor_si256(_mm256_srli_epi64(hash, 32), _mm256_srli_epi64(hash, 48));
    hash = _mm256_permutevar8x32_epi32(hash, _mm256_setr_epi32(0, 2, 4, 6, 1, 3, 5, 7));
    const __m128i halves = _mm_setr_epi8(0, 1, 4, 5, 8, 9, 12, 13, -1, -1, -1, -1, -1, -1, -1, -1);
    return _mm_shuffle_epi8(_mm256_castsi256_si128(hash), halves);
}

/* Behind the last word, the blank after it is the one before words that nobody asks for. */
NF_LEVEL static inline void add_traces(struct nf_span keys, uint32_t *blank, size_t count, uint16_t *trace)
{
    _mm_storeu_si128((__m128i *)(void *)(blank + count), _mm_set1_epi32((int)blank[count]));
    for (size_t i = 0; i < count; i += 4) {
        __m128i before = _mm_loadu_si128((const __m128i *)(const void *)(blank + i));
        __m128i behind = _mm_loadu_si128((const __m128i *)(const void *)(blank + i + 1));
        __m128i len = _mm_sub_epi32(_mm_sub_epi32(behind, before), _mm_set1_epi32(1));
        _mm_storel_epi64((__m128i *)(void *)(trace + i), traces_of(keys.data, blank + i, len));
        unsigned longer = (unsigned)_mm_movemask_ps(_mm_castsi128_ps(_mm_cmpgt_epi32(len, _mm_set1_epi32(16))));
        for (; longer; longer &= longer - 1)
            add_trace(keys, blank + i, (unsigned)__builtin_ctz(longer), trace + i);
    }
}

NF_LEVEL size_t nf_spaced_words_v3(struct nf_span keys, uint16_t *trace)
{
    return spaced_words(keys, trace);
}

NF_LEVEL uint64_t nf_numbers_v3(struct nf_span key)
{
    return numbers_in(key);
}
#endif
