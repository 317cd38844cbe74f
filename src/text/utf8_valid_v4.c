/*
 * utf8_valid_v4.c: whether bytes are UTF-8, with AVX-512.
 * Used by utf8_valid.c.
 */
#include "text/utf8_valid.h"

#if NF_CPU_IS_X86
#include <immintrin.h>

#include "text/utf8_valid_tables.h"

#define LEVEL __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi,avx512vbmi2")))
#define FOUR_TIMES(...) _mm512_broadcast_i32x4(_mm_setr_epi8(__VA_ARGS__))

/* What ternary logic makes of three bits: whether all of them are set. */
#define ALL_THREE 0x80

/* The bytes `n` before each, of a block and the one before it; eights: the eight bytes before each eight. */
#define BEFORE(n) _mm512_shldi_epi64(bytes, eights, 8 * (n))

LEVEL static inline __m512i high_half(__m512i bytes)
{
    return _mm512_and_si512(_mm512_srli_epi16(bytes, 4), _mm512_set1_epi8(0x0F));
}

LEVEL static inline __m512i errors_of(__m512i bytes, __m512i last)
{
    __m512i eights = _mm512_alignr_epi64(bytes, last, 7);
    __m512i first = BEFORE(1), low = _mm512_and_si512(first, _mm512_set1_epi8(0x0F));
    __m512i by_high = _mm512_shuffle_epi8(FOUR_TIMES(NF_FIRST_HIGH), high_half(first));
    __m512i by_low = _mm512_shuffle_epi8(FOUR_TIMES(NF_FIRST_LOW), low);
    __m512i by_second = _mm512_shuffle_epi8(FOUR_TIMES(NF_SECOND_HIGH), high_half(bytes));
    __m512i wrong = _mm512_ternarylogic_epi64(by_high, by_low, by_second, ALL_THREE);
    __m512i third = _mm512_subs_epu8(BEFORE(2), _mm512_set1_epi8((char)(0xE0 - 0x80)));
    __m512i fourth = _mm512_subs_epu8(BEFORE(3), _mm512_set1_epi8((char)(0xF0 - 0x80)));
    __m512i further = _mm512_and_si512(_mm512_or_si512(third, fourth), _mm512_set1_epi8((char)0x80));
    return _mm512_xor_si512(further, wrong);
}

/* Half of the blocks have something beyond ASCII, and to ask which ones takes longer than to look. */
LEVEL bool nf_utf8_valid_v4(const char *bytes, size_t len, size_t *seen)
{
    __m512i last = _mm512_setzero_si512(), errors = last;
    size_t at = 0;
    for (; at + 64 <= len; at += 64) {
        __m512i block = _mm512_loadu_si512(bytes + at);
        errors = _mm512_or_si512(errors, errors_of(block, last));
        last = block;
    }
    *seen = at;
    return _mm512_test_epi8_mask(errors, errors) == 0;
}
#endif
