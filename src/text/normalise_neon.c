/*
 * normalise_neon.c: paragraphs to keys with NEON.
 * Used by the normaliser.
 */
#include "text/neon.h"
#include "text/normalise_masks.h"
#include "text/normalise_walk.h"

#if NF_CPU_IS_ARM

#define NF_LEVEL

enum { LOADS_VALID_ONLY = 0 };

struct block {
    uint8x16_t part[4];
};

static inline size_t count(uint64_t bits)
{
    return (size_t)__builtin_popcountll(bits);
}

static inline struct block load(const char *p, uint64_t valid)
{
    const uint8_t *from = (const uint8_t *)p;
    (void)valid;
    return (struct block){{vld1q_u8(from), vld1q_u8(from + 16), vld1q_u8(from + 32), vld1q_u8(from + 48)}};
}

/* A bit for each byte that has one of these. */
static inline uint64_t has(const uint8x16_t part[4], unsigned bits)
{
    uint8x16_t wanted = vdupq_n_u8((uint8_t)bits);
    return nf_neon_bits(vtstq_u8(part[0], wanted), vtstq_u8(part[1], wanted), vtstq_u8(part[2], wanted), vtstq_u8(part[3], wanted));
}

static inline uint64_t equal(const struct block *block, unsigned byte)
{
    const uint8x16_t *part = block->part, wanted = vdupq_n_u8((uint8_t)byte);
    return nf_neon_bits(vceqq_u8(part[0], wanted), vceqq_u8(part[1], wanted), vceqq_u8(part[2], wanted), vceqq_u8(part[3], wanted));
}

static inline uint8x16x4_t rows(const uint8_t *table)
{
    return (uint8x16x4_t){{vld1q_u8(table), vld1q_u8(table + 16), vld1q_u8(table + 32), vld1q_u8(table + 48)}};
}

/* Look-ups of bytes past a table give zero. */
static inline void classify(const struct block *block, struct nf_masks *is)
{
    const uint8x16x4_t low = rows(nf_classes), high = rows(nf_classes + 64);
    uint8x16_t class[4];
    for (int i = 0; i < 4; i++) {
        uint8x16_t bytes = block->part[i];
        class[i] = vorrq_u8(vqtbl4q_u8(low, bytes), vqtbl4q_u8(high, veorq_u8(bytes, vdupq_n_u8(64))));
    }
    is->wide = has(block->part, 0x80);
    is->letter = has(class, NF_ASCII_LETTER);
    is->digit = has(class, 1 << NF_ASCII_DIGIT_BIT);
    is->point = has(class, 1 << NF_ASCII_POINT_BIT);
    is->minus = has(class, 1 << NF_ASCII_MINUS_BIT);
    is->blank = has(class, 1 << NF_ASCII_BLANK_BIT);
    is->amp = has(class, 1 << NF_ASCII_AMP_BIT);
}

static inline uint64_t leads(const struct block *block)
{
    const uint8x16_t *part = block->part, least = vdupq_n_u8(0xC0);
    return nf_neon_bits(vcgeq_u8(part[0], least), vcgeq_u8(part[1], least), vcgeq_u8(part[2], least), vcgeq_u8(part[3], least));
}

static inline void classify_wide(const struct block *block, struct nf_wide *is)
{
    const uint8x16x4_t table = rows(nf_wide_classes);
    uint8x16_t class[4];
    for (int i = 0; i < 4; i++)
        class[i] = vqtbl4q_u8(table, vandq_u8(block->part[i], vdupq_n_u8(0x3F)));
    is->lead = leads(block);
    is->c2 = equal(block, 0xC2);
    is->c3 = equal(block, 0xC3);
    is->e2 = equal(block, 0xE2);
    is->is_80 = equal(block, 0x80);
    is->c2_letter = has(class, NF_C2_LETTER);
    is->c2_break = has(class, NF_C2_BREAK);
    is->c2_skip = has(class, NF_C2_SKIP);
    is->c3_break = has(class, NF_C3_BREAK);
    is->c3_upper = has(class, NF_C3_UPPER);
    is->c3_sharp = has(class, NF_C3_SHARP);
    is->e2_break = has(class, NF_E2_BREAK);
    is->e2_skip = has(class, NF_E2_SKIP);
    is->e2_dash = equal(block, 0x93);
}

/* Letters in lower case, blanks for the others. */
static inline uint8x16_t folded(uint8x16_t bytes, uint64_t letters)
{
    uint8x16_t upper = vcltq_u8(vsubq_u8(bytes, vdupq_n_u8('A')), vdupq_n_u8(26));
    uint8x16_t lower = vorrq_u8(bytes, vandq_u8(upper, vdupq_n_u8(32)));
    uint8x16_t bits = vcombine_u8(vdup_n_u8((uint8_t)letters), vdup_n_u8((uint8_t)(letters >> 8)));
    return vbslq_u8(vtstq_u8(bits, nf_neon_places()), lower, vdupq_n_u8(' '));
}

/* Eight bytes are written at once, those that go on over the ones that do not. */
static inline char *compact_eight(uint8x8_t bytes, uint64_t keep, char *out)
{
    vst1_u8((uint8_t *)out, vtbl1_u8(bytes, vcreate_u8(nf_shuffles[keep & 0xFF])));
    return out + count(keep & 0xFF);
}

static inline size_t compact(const struct block *block, uint64_t keep, uint64_t letters, char *out)
{
    char *p = out;
    for (int i = 0; i < 4; i++, keep >>= 16, letters >>= 16) {
        uint8x16_t bytes = folded(block->part[i], letters);
        p = compact_eight(vget_low_u8(bytes), keep, p);
        p = compact_eight(vget_high_u8(bytes), keep >> 8, p);
    }
    return (size_t)(p - out);
}

#include "text/normalise_blocks.h"

enum nf_outcome nf_walk_neon(struct nf_walk *walk)
{
    return walk_blocks(walk);
}
#endif
