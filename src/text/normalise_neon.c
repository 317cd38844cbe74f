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
    uint8x16_t class[4];
};

static inline size_t count(uint64_t bits)
{
    return (size_t)__builtin_popcountll(bits);
}

static inline struct block load(const char *p, uint64_t valid)
{
    const uint8_t *from = (const uint8_t *)p;
    (void)valid;
    return (struct block){.part = {vld1q_u8(from), vld1q_u8(from + 16), vld1q_u8(from + 32), vld1q_u8(from + 48)}};
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
static inline uint8x16_t class_of(uint8x16_t bytes)
{
    const uint8x16x4_t low = rows(nf_classes), high = rows(nf_classes + 64);
    return vorrq_u8(vqtbl4q_u8(low, bytes), vqtbl4q_u8(high, veorq_u8(bytes, vdupq_n_u8(64))));
}

static inline uint8x16_t if_is(uint8x16_t bytes, unsigned byte, unsigned class)
{
    return vandq_u8(vceqq_u8(bytes, vdupq_n_u8((uint8_t)byte)), vdupq_n_u8((uint8_t)class));
}

/* Of last bytes, by the bytes before; `last` is the part before. */
static inline uint8x16_t wide_class_of(uint8x16_t bytes, uint8x16_t last)
{
    uint8x16_t before = vextq_u8(last, bytes, 15), second = vextq_u8(last, bytes, 14);
    uint8x16_t e2_80 = vandq_u8(if_is(before, 0x80, NF_E2), if_is(second, 0xE2, NF_E2));
    uint8x16_t mine = vorrq_u8(vorrq_u8(if_is(before, 0xC2, NF_C2), if_is(before, 0xC3, NF_C3)), e2_80);
    return vandq_u8(vqtbl4q_u8(rows(nf_wide_classes), vandq_u8(bytes, vdupq_n_u8(0x3F))), mine);
}

/* 1 for each byte that has some of these. */
static inline uint8x16_t one_if(uint8x16_t class, unsigned bits, unsigned one)
{
    return vandq_u8(vtstq_u8(class, vdupq_n_u8((uint8_t)bits)), vdupq_n_u8((uint8_t)one));
}

/* The classes beyond ASCII in the bits of those of ASCII. */
static inline uint8x16_t as_class(uint8x16_t wide)
{
    uint8x16_t known = one_if(wide, 0xFF, NF_KNOWN), letter = one_if(wide, NF_WIDE_LETTER, NF_LETTER);
    uint8x16_t dash = vceqq_u8(vandq_u8(wide, vdupq_n_u8(NF_E2)), vdupq_n_u8(NF_E2));
    uint8x16_t odd = one_if(vbicq_u8(wide, dash), NF_WIDE_ODD, NF_ODD), upper = one_if(wide, NF_C3_UPPER, NF_UPPER);
    uint8x16_t minus = vandq_u8(dash, vdupq_n_u8(NF_MINUS));
    return vorrq_u8(vorrq_u8(vorrq_u8(known, letter), vorrq_u8(odd, upper)), minus);
}

static inline void classify(struct block *block, struct nf_masks *masks)
{
    const uint8x16_t *part = block->part;
    uint8x16_t *class = block->class;
    for (int i = 0; i < 4; i++)
        class[i] = class_of(part[i]);
    masks->wide = has(part, 0x80);
    masks->known = 0;
    if (masks->wide) {
        for (int i = 0; i < 4; i++)
            class[i] = vorrq_u8(class[i], as_class(wide_class_of(part[i], i ? part[i - 1] : vdupq_n_u8(0))));
        masks->known = has(class, NF_KNOWN);
    }
    masks->letter = has(class, NF_LETTER);
    masks->digit = has(class, NF_DIGIT);
    masks->sign = has(class, NF_SIGN);
    masks->odd = has(class, NF_ODD);
}

static inline void tell_signs(const struct block *block, struct nf_signs *signs)
{
    signs->point = has(block->class, NF_POINT);
    signs->minus = has(block->class, NF_MINUS);
}

/* Letters in lower case, blanks for the others. */
static inline uint8x16_t folded(const struct block *block, int part, uint64_t letters)
{
    uint8x16_t bits = vcombine_u8(vdup_n_u8((uint8_t)letters), vdup_n_u8((uint8_t)(letters >> 8)));
    uint8x16_t lower = vaddq_u8(block->part[part], vandq_u8(block->class[part], vdupq_n_u8(NF_UPPER)));
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
        uint8x16_t bytes = folded(block, i, letters);
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
