/*
 * index_raw.h: the part of an index that is asked about lines of Latin letters before they are made plain.
 * Used by index.h; index_raw.c looks up, index_raw_make.c and index_boxes.c make it.
 */
#ifndef NEWSFOLD_RULES_INDEX_RAW_H
#define NEWSFOLD_RULES_INDEX_RAW_H

#include <stdbool.h>
#include <stdint.h>

#include "text/long_line.h"

/* A set of literals for lines of more than so many characters; from a tier on, also of those not near the end. */
#define NF_RAW_TIERS 4
#define NF_RAW_TIER_CHARS {60, 120, 220, 450}
#define NF_RAW_CHARS 60
#define NF_RAW_TIER_NEAR 2
#define NF_RAW_SETS (2 * NF_RAW_TIERS - NF_RAW_TIER_NEAR)

#define NF_RAW_HASH_BITS 15
#define NF_RAW_HASHES (1 << NF_RAW_HASH_BITS)
#define NF_RAW_BUCKETS 4096

/* Patterns, as a piece of an index's numbers. */
struct nf_index_numbers {
    uint32_t first, count;
};

/* A literal by three of its bytes that lines write in one way, or two ways when it is there once for each. */
struct nf_raw_literal {
    uint32_t text;
    uint16_t len;
    uint16_t anchor;            /* this byte of it stands `skip` bytes behind the three's first */
    uint16_t most, reach;       /* see nf_index_place */
    uint16_t skip;
    uint32_t next;              /* in its bucket, from 1; 0 ends it */
    struct nf_index_numbers patterns;
};

enum nf_raw_state { NF_RAW_EMPTY, NF_RAW_ASKED, NF_RAW_UNKNOWN };      /* unknown: a literal too short to be looked for */

struct nf_raw_index {
    const struct nf_boxes *boxes;       /* for each set */
    const uint32_t (*bits)[NF_RAW_HASHES / 32];         /* for each set, a bit for each hash of three bytes */
    const uint32_t *bucket;
    const struct nf_raw_literal *literal;
    uint8_t state[NF_RAW_SETS];         /* enum nf_raw_state */
};

/* The set of literals of a tier that are not near the end, from NF_RAW_TIER_NEAR on. */
static inline unsigned nf_raw_far_set(unsigned tier)
{
    return NF_RAW_TIERS + tier - NF_RAW_TIER_NEAR;
}

/* Three bytes, the first lowest, whatever the case of letters. */
static inline uint32_t nf_raw_hash(uint32_t three)
{
    return ((three | 0x202020) & 0xFFFFFF) * UINT32_C(0x9E3779B1) >> (32 - NF_RAW_HASH_BITS);
}

static inline uint32_t nf_raw_bucket(uint32_t hash)
{
    return hash >> 3;
}

#endif
