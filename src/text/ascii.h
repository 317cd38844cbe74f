/*
 * ascii.h: a block of bytes, which of them are ASCII and which are blanks.
 * Used by the rule lines. With SSE2, which every x86-64 has, or NEON, a block is looked at in a few operations.
 */
#ifndef NEWSFOLD_TEXT_ASCII_H
#define NEWSFOLD_TEXT_ASCII_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "text/neon.h"

#define NF_ASCII_BLOCK 16

/* A bit for each byte of a block, the first lowest. */
struct nf_ascii {
    uint32_t blanks;            /* U+0020 */
    uint32_t controls;          /* below it */
    uint32_t others;            /* no ASCII */
};

/* in  p: NF_ASCII_BLOCK bytes */
static inline struct nf_ascii nf_ascii_read(const char *p)
{
    struct nf_ascii ascii = {0, 0, 0};
#ifdef __SSE2__
    __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)p);
    ascii.blanks = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(' ')));
    ascii.others = (uint32_t)_mm_movemask_epi8(bytes);
    ascii.controls = (uint32_t)_mm_movemask_epi8(_mm_cmplt_epi8(bytes, _mm_set1_epi8(' '))) & ~ascii.others;
#elif NF_CPU_IS_ARM
    uint8x16_t bytes = vld1q_u8((const uint8_t *)p), space = vdupq_n_u8(' '), others = vcgeq_u8(bytes, vdupq_n_u8(0x80));
    uint64_t bits = nf_neon_bits(vceqq_u8(bytes, space), vcltq_u8(bytes, space), others, others);
    ascii.blanks = (uint16_t)bits;
    ascii.controls = (uint16_t)(bits >> 16);
    ascii.others = (uint16_t)(bits >> 32);
#else
    for (unsigned i = 0; i < NF_ASCII_BLOCK; i++) {
        unsigned char byte = (unsigned char)p[i];
        ascii.blanks |= (uint32_t)(byte == ' ') << i;
        ascii.controls |= (uint32_t)(byte < ' ') << i;
        ascii.others |= (uint32_t)(byte >= 0x80) << i;
    }
#endif
    return ascii;
}

/* The bytes of a block with letters of ASCII in lower case. in  p, out: NF_ASCII_BLOCK bytes */
static inline void nf_ascii_lower(const char *p, char *out)
{
#ifdef __SSE2__
    __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)p);
    __m128i upper = _mm_and_si128(_mm_cmpgt_epi8(bytes, _mm_set1_epi8('A' - 1)), _mm_cmplt_epi8(bytes, _mm_set1_epi8('Z' + 1)));
    _mm_storeu_si128((__m128i *)(void *)out, _mm_or_si128(bytes, _mm_and_si128(upper, _mm_set1_epi8(0x20))));
#elif NF_CPU_IS_ARM
    uint8x16_t bytes = vld1q_u8((const uint8_t *)p);
    uint8x16_t upper = vandq_u8(vcgeq_u8(bytes, vdupq_n_u8('A')), vcleq_u8(bytes, vdupq_n_u8('Z')));
    vst1q_u8((uint8_t *)out, vorrq_u8(bytes, vandq_u8(upper, vdupq_n_u8(0x20))));
#else
    for (unsigned i = 0; i < NF_ASCII_BLOCK; i++)
        out[i] = (char)(p[i] >= 'A' && p[i] <= 'Z' ? p[i] + 32 : p[i]);
#endif
}

static inline unsigned nf_ascii_first(uint32_t bits)
{
    return bits ? (unsigned)__builtin_ctz(bits) : NF_ASCII_BLOCK;
}

/* How many bytes come before the first that is no ASCII, a control, or a blank behind another. */
static inline unsigned nf_ascii_plain_len(struct nf_ascii ascii, bool after_blank)
{
    return nf_ascii_first(ascii.others | ascii.controls | (ascii.blanks & (ascii.blanks << 1 | after_blank)));
}

static inline bool nf_ascii_is_blank(struct nf_ascii ascii, unsigned at)
{
    return ascii.blanks >> at & 1;
}

static inline uint32_t nf_ascii_blank_count(struct nf_ascii ascii)
{
    uint32_t bits = ascii.blanks - (ascii.blanks >> 1 & 0x5555);
    bits = (bits & 0x3333) + (bits >> 2 & 0x3333);
    bits = (bits + (bits >> 4)) & 0x0F0F;
    return (bits + (bits >> 8)) & 0x1F;
}

#endif
