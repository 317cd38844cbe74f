/*
 * words_v4.c: the words of keys with AVX-512, four at a time.
 * Used by words.c.
 */
#include "base/cpu.h"

#if NF_CPU_IS_X86
#include <immintrin.h>

#define OWN_PLACES
#define OWN_TRACES
#define NF_LEVEL __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512vbmi,avx512vbmi2,avx2,bmi,bmi2,popcnt")))

#include "text/bit_places.h"
#include "text/words.h"

NF_LEVEL static inline uint64_t blanks_of(const char *p);
NF_LEVEL static inline uint64_t digits_of(const char *p);
NF_LEVEL static inline uint64_t breaks_of(const char *p);
NF_LEVEL static inline uint32_t *add_places(uint64_t bits, uint32_t at, uint32_t *place);
NF_LEVEL static inline void add_traces(struct nf_span keys, uint32_t *blank, size_t count, uint16_t *trace);

#include "text/words_blocks.h"

NF_LEVEL static inline uint64_t blanks_of(const char *p)
{
    return _mm512_cmpeq_epi8_mask(_mm512_loadu_si512(p), _mm512_set1_epi8(' '));
}

NF_LEVEL static inline uint64_t digits_of(const char *p)
{
    return _mm512_cmplt_epu8_mask(_mm512_sub_epi8(_mm512_loadu_si512(p), _mm512_set1_epi8('0')), _mm512_set1_epi8(10));
}

NF_LEVEL static inline uint64_t breaks_of(const char *p)
{
    return _mm512_cmple_epi8_mask(_mm512_loadu_si512(p), _mm512_set1_epi8(' '));
}

/* The numbers of 64 bytes, those kept that have a bit: sixteen nearly always hold them. */
NF_LEVEL static inline uint32_t *add_places(uint64_t bits, uint32_t at, uint32_t *place)
{
    __m512i which = _mm512_maskz_compress_epi8(bits, _mm512_loadu_si512(nf_bit_places)), from = _mm512_set1_epi32((int)at);
    size_t count = (size_t)__builtin_popcountll(bits);
    _mm512_storeu_si512(place, _mm512_add_epi32(_mm512_cvtepu8_epi32(_mm512_castsi512_si128(which)), from));
    if (count > 16)
        _mm512_storeu_si512(place + 16, _mm512_add_epi32(_mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(which, 1)), from));
    return place + count;
}

NF_LEVEL static inline __m128i word(const char *keys, uint32_t blank)
{
    return _mm_loadu_si128((const __m128i *)(const void *)(keys + (size_t)(blank + 1)));
}

/* 16 bytes of two words, with one between them. */
NF_LEVEL static inline __m256i two(const char *keys, const uint32_t *blank)
{
    return _mm256_inserti128_si256(_mm256_castsi128_si256(word(keys, blank[0])), word(keys, blank[2]), 1);
}

/* Of the words at `which` and two behind it: a mask of the first bytes, as many as they have. Longer ones are done again. */
NF_LEVEL static inline __m256i bytes_of(__m256i lens, int which)
{
    const __m256i byte = _mm256_broadcastsi128_si256(_mm_setr_epi8(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15));
    __m256i of = _mm256_inserti128_si256(_mm256_set1_epi8((char)(4 * which)), _mm_set1_epi8((char)(4 * which + 8)), 1);
    return _mm256_cmpgt_epi8(_mm256_permutexvar_epi8(of, lens), byte);
}

/*
 * nf_word_hash_of for four words of eight, as far as their first 16 bytes go. Gathers would do, but are slow on many
 * machines. Multiplying 64 bytes at a time is no faster than 32, and makes some processors run all else slower for a while.
 */
NF_LEVEL static inline __m128i traces_of(const char *keys, const uint32_t *blank, __m256i lens, int from)
{
    __m256i even = _mm256_and_si256(two(keys, blank + from), bytes_of(lens, from));
    __m256i odd = _mm256_and_si256(two(keys, blank + from + 1), bytes_of(lens, from + 1));
    __m256i len = _mm256_cvtepu32_epi64(from ? _mm256_extracti128_si256(lens, 1) : _mm256_castsi256_si128(lens));
    __m256i low = _mm256_add_epi64(_mm256_unpacklo_epi64(even, odd), len), high = _mm256_unpackhi_epi64(even, odd);
    __m256i hash = _mm256_mullo_epi64(low, _mm256_set1_epi64x((long long)NF_WORD_FIRST));
    hash = _mm256_xor_si256(hash, _mm256_mullo_epi64(high, _mm256_set1_epi64x((long long)NF_WORD_SECOND)));
    hash = _mm256_xor_si256(hash, _mm256_srli_epi64(hash, 32));
    hash = _mm256_srli_epi64(_mm256_mullo_epi64(hash, _mm256_set1_epi64x((long long)NF_WORD_LAST)), 32);
    return _mm256_cvtepi64_epi16(_mm256_xor_si256(hash, _mm256_srli_epi64(hash, 16)));
}

/* Behind the last word, the blank after it is the one before words that nobody asks for. */
NF_LEVEL static inline void add_traces(struct nf_span keys, uint32_t *blank, size_t count, uint16_t *trace)
{
    _mm256_storeu_si256((__m256i *)(void *)(blank + count), _mm256_set1_epi32((int)blank[count]));
    for (size_t i = 0; i < count; i += 8) {
        __m256i before = _mm256_loadu_si256((const __m256i *)(const void *)(blank + i));
        __m256i behind = _mm256_loadu_si256((const __m256i *)(const void *)(blank + i + 1));
        __m256i lens = _mm256_sub_epi32(_mm256_sub_epi32(behind, before), _mm256_set1_epi32(1));
        __m128i first = traces_of(keys.data, blank + i, lens, 0), second = traces_of(keys.data, blank + i, lens, 4);
        _mm_storeu_si128((__m128i *)(void *)(trace + i), _mm_unpacklo_epi64(first, second));
        unsigned longer = _mm256_cmpgt_epi32_mask(lens, _mm256_set1_epi32(16));
        for (; longer; longer &= longer - 1)
            add_trace(keys, blank + i, (unsigned)__builtin_ctz(longer), trace + i);
    }
}

NF_LEVEL size_t nf_spaced_words_v4(struct nf_span keys, uint16_t *trace)
{
    return spaced_words(keys, trace);
}

NF_LEVEL uint64_t nf_numbers_v4(struct nf_span key)
{
    return numbers_in(key);
}
#endif
