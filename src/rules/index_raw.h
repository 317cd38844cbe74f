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
#define NF_RAW_SETS_OF_KIND (2 * NF_RAW_TIERS - NF_RAW_TIER_NEAR)

/* All of these once more for prose: lines that end so and hold no sign of NF_LONG_LINE_TOLD. Fewer patterns can be theirs. */
enum nf_raw_kind { NF_RAW_ANY, NF_RAW_PROSE, NF_RAW_KINDS };
#define NF_RAW_PROSE_ENDS ".!?\"'"
#define NF_RAW_SETS (NF_RAW_KINDS * NF_RAW_SETS_OF_KIND)

#define NF_RAW_THREES 32768
#define NF_RAW_FOURS 32768

/* Patterns, as a piece of an index's numbers. */
struct nf_index_numbers {
    uint32_t first, count;
};

struct nf_raw_literal {
    uint32_t text;              /* its place in the index's text */
    uint16_t len;
    uint16_t most, reach;       /* see nf_index_place */
    struct nf_index_numbers patterns;
};

/* Three bytes of a literal in a set, which lines write in one way, or in some ways when there is an item for each. */
struct nf_raw_item {
    uint64_t key, mask;         /* bytes from the anchor on, up to eight that are written in one way, in lower case */
    int16_t skip;               /* from the three to the anchor */
    uint16_t anchor;            /* a byte of the literal */
    uint32_t literal;
    uint32_t next;              /* another item of the same three, or 0 */
};

/* Unknown: a literal too short to be looked for. The same: as the set of those near the end, which is asked everywhere. */
enum nf_raw_state { NF_RAW_EMPTY, NF_RAW_ASKED, NF_RAW_UNKNOWN, NF_RAW_SAME };

/* What is known of a line's beginning by a look at two bits: up to so many of its bytes. */
#define NF_RAW_HEAD_LEN 4
#define NF_RAW_HEADS 16384

struct nf_raw_head {
    uint32_t first, second;     /* bits */
};

static inline struct nf_raw_head nf_raw_head_of(uint64_t key)
{
    uint64_t hash = key * UINT64_C(0x9E3779B97F4A7C15);
    return (struct nf_raw_head){(uint32_t)(hash >> 48) % NF_RAW_HEADS, (uint32_t)(hash >> 32) % NF_RAW_HEADS};
}

struct nf_raw_index {
    const struct nf_boxes *boxes;       /* for each set */
    const uint32_t (*bits)[NF_RAW_THREES / 32];         /* for each set, a bit for each three bytes */
    const uint32_t (*fours)[NF_RAW_FOURS / 32];         /* for each set, a bit for each hash of the three and the next */
    const uint32_t (*first_item)[NF_RAW_THREES / 32];   /* of the first of 32 bits; the others' stand behind it */
    const struct nf_raw_item *item;
    const struct nf_raw_literal *literal;
    uint8_t state[NF_RAW_SETS];         /* enum nf_raw_state */
    const uint64_t (*beginning_bits)[NF_RAW_HEADS / 64];        /* for each kind and tier, two bits for each hash of a beginning */
    uint16_t always_most[NF_RAW_KINDS]; /* characters of a line that a pattern without any literal matches */
};

static inline enum nf_raw_kind nf_raw_kind_of(const struct nf_long_line *line)
{
    char last = (char)line->last;
    return !line->signs && (last == '.' || last == '!' || last == '?' || last == '"' || last == '\'') ? NF_RAW_PROSE : NF_RAW_ANY;
}

static inline unsigned nf_raw_near_set(enum nf_raw_kind kind, unsigned tier)
{
    return kind * NF_RAW_SETS_OF_KIND + tier;
}

/* The set of literals of a tier that are not near the end, from NF_RAW_TIER_NEAR on. */
static inline unsigned nf_raw_far_set(enum nf_raw_kind kind, unsigned tier)
{
    return kind * NF_RAW_SETS_OF_KIND + NF_RAW_TIERS + tier - NF_RAW_TIER_NEAR;
}

/* Three bytes, the first lowest, by their lowest five bits: letters are told apart, whatever their case. */
static inline uint32_t nf_raw_three(uint32_t bytes)
{
    return (bytes & 0x1F) | (bytes >> 3 & 0x3E0) | (bytes >> 6 & 0x7C00);
}

/* Four bytes so, hashed; of the first two also whether they are of ASCII. */
static inline uint32_t nf_raw_four(uint32_t bytes)
{
    uint32_t key = nf_raw_three(bytes) | (bytes >> 9 & 0xF8000) | (bytes & 0x80) << 13 | (bytes & 0x8000) << 6;
    return key * UINT32_C(0x9E3779B1) >> 17;
}

#endif
