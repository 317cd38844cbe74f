/*
 * utf8_valid_v3.c: whether bytes are UTF-8, with AVX2.
 * Used by utf8_valid.c.
 */
#include "text/utf8_valid.h"

#if NF_CPU_IS_X86
#include <immintrin.h>

#include "text/utf8_valid_tables.h"

#define LEVEL __attribute__((target("avx2")))
#define TWICE(...) _mm256_broadcastsi128_si256(_mm_setr_epi8(__VA_ARGS__))

/* The bytes `n` before each, of a block and the one before it. */
#define BEFORE(n) _mm256_alignr_epi8(bytes, _mm256_permute2x128_si256(last, bytes, 0x21), 16 - (n))

LEVEL static inline __m256i high_half(__m256i bytes)
{
    return _mm256_and_si256(_mm256_srli_epi16(bytes, 4), _mm256_set1_epi8(0x0F));
}

LEVEL static inline __m256i errors_of(__m256i bytes, __m256i last)
{
    __m256i first = BEFORE(1), low = _mm256_and_si256(first, _mm256_set1_epi8(0x0F));
    __m256i wrong = _mm256_and_si256(_mm256_shuffle_epi8(TWICE(NF_FIRST_HIGH), high_half(first)),
                                     _mm256_shuffle_epi8(TWICE(NF_FIRST_LOW), low));
    wrong = _mm256_and_si256(wrong, _mm256_shuffle_epi8(TWICE(NF_SECOND_HIGH), high_half(bytes)));
    __m256i third = _mm256_subs_epu8(BEFORE(2), _mm256_set1_epi8((char)(0xE0 - 0x80)));
    __m256i fourth = _mm256_subs_epu8(BEFORE(3), _mm256_set1_epi8((char)(0xF0 - 0x80)));
    __m256i further = _mm256_and_si256(_mm256_or_si256(third, fourth), _mm256_set1_epi8((char)0x80));
    return _mm256_xor_si256(further, wrong);
}

LEVEL bool nf_utf8_valid_v3(const char *bytes, size_t len, size_t *seen)
{
    __m256i last = _mm256_setzero_si256(), errors = last;
    size_t at = 0;
    for (; at + 128 <= len; at += 128) {
        const __m256i *from = (const __m256i *)(const void *)(bytes + at);
        __m256i a = _mm256_loadu_si256(from), b = _mm256_loadu_si256(from + 1), c = _mm256_loadu_si256(from + 2), d = _mm256_loadu_si256(from + 3);
        __m256i any = _mm256_or_si256(_mm256_or_si256(_mm256_or_si256(a, b), _mm256_or_si256(c, d)), last);
        if (_mm256_movemask_epi8(any)) {
            __m256i low = _mm256_or_si256(errors_of(a, last), errors_of(b, a)), high = _mm256_or_si256(errors_of(c, b), errors_of(d, c));
            errors = _mm256_or_si256(errors, _mm256_or_si256(low, high));
        }
        last = d;
    }
    *seen = at;
    return _mm256_testz_si256(errors, errors);
}
#endif
