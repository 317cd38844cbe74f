/*
 * utf8_valid_v2.c: whether bytes are UTF-8, with SSE4.2.
 * Used by utf8_valid.c.
 */
#include "text/utf8_valid.h"

#if NF_CPU_IS_X86
#include <nmmintrin.h>

#include "text/utf8_valid_tables.h"

#define LEVEL __attribute__((target("ssse3,sse4.2")))
#define ROW(...) _mm_setr_epi8(__VA_ARGS__)

/* The bytes `n` before each, of a block and the one before it. */
#define BEFORE(n) _mm_alignr_epi8(bytes, last, 16 - (n))

LEVEL static inline __m128i high_half(__m128i bytes)
{
    return _mm_and_si128(_mm_srli_epi16(bytes, 4), _mm_set1_epi8(0x0F));
}

LEVEL static inline __m128i errors_of(__m128i bytes, __m128i last)
{
    __m128i first = BEFORE(1), low = _mm_and_si128(first, _mm_set1_epi8(0x0F));
    __m128i wrong = _mm_and_si128(_mm_shuffle_epi8(ROW(NF_FIRST_HIGH), high_half(first)),
                                     _mm_shuffle_epi8(ROW(NF_FIRST_LOW), low));
    wrong = _mm_and_si128(wrong, _mm_shuffle_epi8(ROW(NF_SECOND_HIGH), high_half(bytes)));
    __m128i third = _mm_subs_epu8(BEFORE(2), _mm_set1_epi8((char)(0xE0 - 0x80)));
    __m128i fourth = _mm_subs_epu8(BEFORE(3), _mm_set1_epi8((char)(0xF0 - 0x80)));
    __m128i further = _mm_and_si128(_mm_or_si128(third, fourth), _mm_set1_epi8((char)0x80));
    return _mm_xor_si128(further, wrong);
}

LEVEL bool nf_utf8_valid_v2(const char *bytes, size_t len, size_t *seen)
{
    __m128i last = _mm_setzero_si128(), errors = last;
    size_t at = 0;
    for (; at + 64 <= len; at += 64) {
        const __m128i *from = (const __m128i *)(const void *)(bytes + at);
        __m128i a = _mm_loadu_si128(from), b = _mm_loadu_si128(from + 1), c = _mm_loadu_si128(from + 2), d = _mm_loadu_si128(from + 3);
        __m128i any = _mm_or_si128(_mm_or_si128(_mm_or_si128(a, b), _mm_or_si128(c, d)), last);
        if (_mm_movemask_epi8(any)) {
            __m128i low = _mm_or_si128(errors_of(a, last), errors_of(b, a)), high = _mm_or_si128(errors_of(c, b), errors_of(d, c));
            errors = _mm_or_si128(errors, _mm_or_si128(low, high));
        }
        last = d;
    }
    *seen = at;
    return _mm_testz_si128(errors, errors);
}
#endif
