/*
 * sorts.h: up to 64 bytes, which of them are letters, digits, blanks and signs.
 * Used by the strip files. With SSE2, which every x86-64 has, or NEON, a block is looked at in a few operations.
 */
#ifndef NEWSFOLD_TEXT_SORTS_H
#define NEWSFOLD_TEXT_SORTS_H

#include "text/ascii.h"

/* A bit for each byte, the first lowest. */
struct nf_sorts {
    uint64_t upper, lower, digits, blanks;
    uint64_t others;            /* controls, and bytes that are no ASCII */
    uint64_t stops;             /* . ! ? */
    uint64_t colons, bars, ats, slashes;
};

#define NF_SORTS_MOST 64

#ifdef __SSE2__
static inline uint64_t nf_sorts_bits(__m128i bytes)
{
    return (uint32_t)_mm_movemask_epi8(bytes);
}

static inline __m128i nf_sorts_equal(__m128i bytes, char c)
{
    return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(c));
}

static inline __m128i nf_sorts_between(__m128i bytes, char first, char last)
{
    return _mm_and_si128(_mm_cmpgt_epi8(bytes, _mm_set1_epi8((char)(first - 1))), _mm_cmplt_epi8(bytes, _mm_set1_epi8((char)(last + 1))));
}
#endif

/* Adds a block's bits. in  p: NF_ASCII_BLOCK bytes; place: of its first byte */
static inline void nf_sorts_add(const char *p, unsigned place, struct nf_sorts *sorts)
{
#ifdef __SSE2__
    __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)p);
    sorts->upper |= nf_sorts_bits(nf_sorts_between(bytes, 'A', 'Z')) << place;
    sorts->lower |= nf_sorts_bits(nf_sorts_between(bytes, 'a', 'z')) << place;
    sorts->digits |= nf_sorts_bits(nf_sorts_between(bytes, '0', '9')) << place;
    sorts->blanks |= nf_sorts_bits(nf_sorts_equal(bytes, ' ')) << place;
    sorts->others |= nf_sorts_bits(_mm_cmplt_epi8(bytes, _mm_set1_epi8(' '))) << place;
    sorts->stops |= nf_sorts_bits(_mm_or_si128(nf_sorts_equal(bytes, '.'), _mm_or_si128(nf_sorts_equal(bytes, '!'), nf_sorts_equal(bytes, '?')))) << place;
    sorts->colons |= nf_sorts_bits(nf_sorts_equal(bytes, ':')) << place;
    sorts->bars |= nf_sorts_bits(nf_sorts_equal(bytes, '|')) << place;
    sorts->ats |= nf_sorts_bits(nf_sorts_equal(bytes, '@')) << place;
    sorts->slashes |= nf_sorts_bits(nf_sorts_equal(bytes, '/')) << place;
#elif NF_CPU_IS_ARM
    uint8x16_t bytes = vld1q_u8((const uint8_t *)p);
    uint8x16_t upper = vandq_u8(vcgeq_u8(bytes, vdupq_n_u8('A')), vcleq_u8(bytes, vdupq_n_u8('Z')));
    uint8x16_t lower = vandq_u8(vcgeq_u8(bytes, vdupq_n_u8('a')), vcleq_u8(bytes, vdupq_n_u8('z')));
    uint8x16_t digits = vandq_u8(vcgeq_u8(bytes, vdupq_n_u8('0')), vcleq_u8(bytes, vdupq_n_u8('9')));
    uint8x16_t blanks = vceqq_u8(bytes, vdupq_n_u8(' ')), others = vorrq_u8(vcltq_u8(bytes, vdupq_n_u8(' ')), vcgeq_u8(bytes, vdupq_n_u8(0x80)));
    uint8x16_t stops = vorrq_u8(vceqq_u8(bytes, vdupq_n_u8('.')), vorrq_u8(vceqq_u8(bytes, vdupq_n_u8('!')), vceqq_u8(bytes, vdupq_n_u8('?'))));
    uint64_t first = nf_neon_bits(upper, lower, digits, blanks);
    uint64_t second = nf_neon_bits(others, stops, vceqq_u8(bytes, vdupq_n_u8(':')), vceqq_u8(bytes, vdupq_n_u8('|')));
    uint64_t third = nf_neon_bits(vceqq_u8(bytes, vdupq_n_u8('@')), vceqq_u8(bytes, vdupq_n_u8('/')), blanks, blanks);
    sorts->upper |= (first & 0xFFFF) << place;
    sorts->lower |= (first >> 16 & 0xFFFF) << place;
    sorts->digits |= (first >> 32 & 0xFFFF) << place;
    sorts->blanks |= (first >> 48) << place;
    sorts->others |= (second & 0xFFFF) << place;
    sorts->stops |= (second >> 16 & 0xFFFF) << place;
    sorts->colons |= (second >> 32 & 0xFFFF) << place;
    sorts->bars |= (second >> 48) << place;
    sorts->ats |= (third & 0xFFFF) << place;
    sorts->slashes |= (third >> 16 & 0xFFFF) << place;
#else
    for (unsigned i = 0; i < NF_ASCII_BLOCK; i++) {
        unsigned char c = (unsigned char)p[i];
        uint64_t bit = UINT64_C(1) << (place + i);
        uint64_t *to = c >= 'a' && c <= 'z' ? &sorts->lower : c == ' ' ? &sorts->blanks : c >= 'A' && c <= 'Z' ? &sorts->upper
                       : c >= '0' && c <= '9' ? &sorts->digits : c < ' ' || c >= 0x80 ? &sorts->others
                       : c == '.' || c == '!' || c == '?' ? &sorts->stops : c == ':' ? &sorts->colons : c == '|' ? &sorts->bars
                       : c == '@' ? &sorts->ats : c == '/' ? &sorts->slashes : NULL;
        if (to)
            *to |= bit;
    }
#endif
}

/* How a character of ASCII is told in a shape: a, A, 0, blanks and signs as themselves. */
static inline char nf_sorts_shape_of(unsigned char c)
{
    return (char)(c >= 'a' && c <= 'z' ? 'a' : c >= 'A' && c <= 'Z' ? 'A' : c >= '0' && c <= '9' ? '0' : c);
}

#if NF_CPU_IS_X86
/*
 * in      text: as many bytes as `count` says are readable, NF_SORTS_MOST at most
 * out     sorts; lower: NF_SORTS_MOST bytes
 */
void nf_sorts_read_v4(const char *text, unsigned count, struct nf_sorts *sorts, char *lower);

/* out  shape: of the bytes at `changes`, and NUL bytes up to NF_SORTS_MOST; gives their number */
unsigned nf_sorts_shape_v4(const char *text, unsigned count, const struct nf_sorts *sorts, uint64_t changes, char *shape);
#endif

#endif
