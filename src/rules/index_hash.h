/*
 * index_hash.h: how an index spreads its literals, at build time as at run time.
 * Used by index.c and index_make.c only.
 */
#ifndef NEWSFOLD_RULES_INDEX_HASH_H
#define NEWSFOLD_RULES_INDEX_HASH_H

#include <stdint.h>

static inline uint32_t nf_index_slot(uint64_t key)
{
    return (uint32_t)(key * UINT64_C(0x9E3779B97F4A7C15) >> 32);
}

/* Of the bits that the slot is not taken from. */
static inline uint32_t nf_index_beginning_bit(uint32_t slot)
{
    return slot >> 17;
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

#endif
