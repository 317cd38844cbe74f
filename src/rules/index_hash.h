/*
 * index_hash.h: how an index spreads its literals, at build time as at run time.
 * Used by index.c and index_make.c only.
 */
#ifndef NEWSFOLD_RULES_INDEX_HASH_H
#define NEWSFOLD_RULES_INDEX_HASH_H

#include <stdint.h>
#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "rules/index.h"

/* The upper bytes first go into the lower ones: these alone decide over most bits of the product that are taken. */
static inline uint32_t nf_index_slot(uint64_t key)
{
    return (uint32_t)((key ^ key >> 32) * UINT64_C(0x9E3779B97F4A7C15) >> 32);
}

/* A key's word among the bits of beginnings, and its bits in that word: three, so that few others have them all. */
static inline uint32_t nf_index_beginning_word(uint32_t slot)
{
    return slot >> 21;
}

static inline uint64_t nf_index_beginning_bits(uint32_t slot)
{
    return UINT64_C(1) << (slot >> 15 & 63) | UINT64_C(1) << (slot >> 8 & 63) | UINT64_C(1) << (slot & 63);
}

/* Three bytes, the first lowest, in 16 bits. */
static inline uint32_t nf_index_window(uint64_t bytes)
{
    uint32_t three = (uint32_t)bytes & 0xFFFFFF;
    return (three ^ three >> 11) & 0xFFFF;
}

/* Letters of ASCII alike in both cases; other bytes are joined with some they are not. */
static inline uint64_t nf_index_caseless(uint64_t bytes)
{
    return bytes | UINT64_C(0x2020202020202020);
}

#define NF_KINDS_BLOCK 16
#define NF_KINDS_PAIR 0x9E37
#define NF_KINDS_THIRD 0xB531
#define NF_KINDS_SHIFT 2        /* 16 bits to those of NF_WINDOW_KINDS */

/* Three bytes, whatever the case of letters, as a place in an index's kinds. */
static inline uint16_t nf_index_kind_at(const char *p)
{
    unsigned pair = ((unsigned char)p[0] | 0x20u) | ((unsigned char)p[1] | 0x20u) << 8, third = (unsigned char)p[2] | 0x20u;
    return (uint16_t)((pair * NF_KINDS_PAIR + third * NF_KINDS_THIRD) & 0xFFFF) >> NF_KINDS_SHIFT;
}

/* The same for each byte of a block. in  p: two bytes behind the block are readable. out  places: NF_KINDS_BLOCK */
static inline void nf_index_kinds_at(const char *p, uint16_t *places)
{
#ifdef __SSE2__
    const __m128i lower = _mm_set1_epi8(0x20), none = _mm_setzero_si128();
    const __m128i pair = _mm_set1_epi16((short)NF_KINDS_PAIR), other = _mm_set1_epi16((short)NF_KINDS_THIRD);
    __m128i first = _mm_or_si128(_mm_loadu_si128((const __m128i *)(const void *)p), lower);
    __m128i second = _mm_or_si128(_mm_loadu_si128((const __m128i *)(const void *)(p + 1)), lower);
    __m128i third = _mm_or_si128(_mm_loadu_si128((const __m128i *)(const void *)(p + 2)), lower);
    __m128i low = _mm_add_epi16(_mm_mullo_epi16(_mm_unpacklo_epi8(first, second), pair),
                                _mm_mullo_epi16(_mm_unpacklo_epi8(third, none), other));
    __m128i high = _mm_add_epi16(_mm_mullo_epi16(_mm_unpackhi_epi8(first, second), pair),
                                 _mm_mullo_epi16(_mm_unpackhi_epi8(third, none), other));
    _mm_storeu_si128((__m128i *)(void *)places, _mm_srli_epi16(low, NF_KINDS_SHIFT));
    _mm_storeu_si128((__m128i *)(void *)(places + 8), _mm_srli_epi16(high, NF_KINDS_SHIFT));
#else
    for (unsigned i = 0; i < NF_KINDS_BLOCK; i++)
        places[i] = nf_index_kind_at(p + i);
#endif
}

#endif
