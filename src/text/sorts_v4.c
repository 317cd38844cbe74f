/*
 * sorts_v4.c: the sorts of 64 bytes, and the shape that they make, with AVX-512 VBMI2.
 * Used by the strip files.
 */
#include "text/sorts.h"

#if NF_CPU_IS_X86

#include <immintrin.h>

#define LEVEL __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi,avx512vbmi2,avx2,bmi,bmi2,lzcnt,popcnt")))

LEVEL static inline __m512i load(const char *text, unsigned count)
{
    return _mm512_maskz_loadu_epi8(count < 64 ? (UINT64_C(1) << count) - 1 : UINT64_MAX, text);
}

LEVEL static inline uint64_t between(__m512i bytes, char first, char last)
{
    return _mm512_cmple_epu8_mask(_mm512_sub_epi8(bytes, _mm512_set1_epi8(first)), _mm512_set1_epi8((char)(last - first)));
}

LEVEL static inline uint64_t equal(__m512i bytes, char c)
{
    return _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8(c));
}

LEVEL void nf_sorts_read_v4(const char *text, unsigned count, struct nf_sorts *sorts, char *lower)
{
    __m512i bytes = load(text, count);
    sorts->upper = between(bytes, 'A', 'Z');
    sorts->lower = between(bytes, 'a', 'z');
    sorts->digits = between(bytes, '0', '9');
    sorts->blanks = equal(bytes, ' ');
    sorts->others = _mm512_cmplt_epi8_mask(bytes, _mm512_set1_epi8(' '));
    sorts->stops = equal(bytes, '.') | equal(bytes, '!') | equal(bytes, '?');
    sorts->colons = equal(bytes, ':');
    sorts->bars = equal(bytes, '|');
    sorts->ats = equal(bytes, '@');
    sorts->slashes = equal(bytes, '/');
    _mm512_storeu_si512(lower, _mm512_mask_add_epi8(bytes, sorts->upper, bytes, _mm512_set1_epi8(0x20)));
}

LEVEL unsigned nf_sorts_shape_v4(const char *text, unsigned count, const struct nf_sorts *sorts, uint64_t changes, char *shape)
{
    __m512i bytes = load(text, count);
    bytes = _mm512_mask_blend_epi8(sorts->lower, bytes, _mm512_set1_epi8('a'));
    bytes = _mm512_mask_blend_epi8(sorts->upper, bytes, _mm512_set1_epi8('A'));
    bytes = _mm512_mask_blend_epi8(sorts->digits, bytes, _mm512_set1_epi8('0'));
    _mm512_storeu_si512(shape, _mm512_maskz_compress_epi8(changes, bytes));
    return (unsigned)_mm_popcnt_u64(changes);
}

#endif
