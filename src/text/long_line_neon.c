/*
 * long_line_neon.c: long lines with NEON.
 * Used by long_line.c.
 */
#include "text/long_line_ways.h"
#include "text/neon.h"

#if NF_CPU_IS_ARM

#define NF_LEVEL

enum { LOADS_VALID_ONLY = 0 };

struct block {
    uint8x16_t part[4];
};

static inline struct block load(const char *p, uint64_t valid)
{
    (void)valid;
    const uint8_t *from = (const uint8_t *)p;
    return (struct block){{vld1q_u8(from), vld1q_u8(from + 16), vld1q_u8(from + 32), vld1q_u8(from + 48)}};
}

static inline uint64_t bits_of(const uint8x16_t part[4])
{
    return nf_neon_bits(part[0], part[1], part[2], part[3]);
}

static inline uint64_t equal(const struct block *block, int byte)
{
    uint8x16_t same[4];
    for (int i = 0; i < 4; i++)
        same[i] = vceqq_u8(block->part[i], vdupq_n_u8((uint8_t)byte));
    return bits_of(same);
}

static inline uint64_t within(const struct block *block, int first, int last)
{
    uint8x16_t inside[4];
    for (int i = 0; i < 4; i++)
        inside[i] = vcleq_u8(vsubq_u8(block->part[i], vdupq_n_u8((uint8_t)first)), vdupq_n_u8((uint8_t)(last - first)));
    return bits_of(inside);
}

static inline uint64_t wide(const struct block *block)
{
    uint8x16_t most = vorrq_u8(vorrq_u8(block->part[0], block->part[1]), vorrq_u8(block->part[2], block->part[3]));
    return vmaxvq_u8(most) < 0x80 ? 0 : within(block, 0x80, 0xFF);
}

static inline uint64_t low(const struct block *block)
{
    uint8x16_t least = vminq_u8(vminq_u8(block->part[0], block->part[1]), vminq_u8(block->part[2], block->part[3]));
    return vminvq_u8(least) >= ' ' ? 0 : within(block, 0, ' ' - 1);
}

static inline size_t count(uint64_t bits)
{
    return vaddv_u8(vcnt_u8(vcreate_u8(bits)));
}

struct rows {
    uint8x16x2_t row[NF_BOX_GROUPS][3];
};

static inline struct rows rows_of(const struct nf_boxes *boxes, int groups)
{
    struct rows rows;
    for (int group = 0; group < groups; group++)
        for (int i = 0; i < 3; i++)
            rows.row[group][i] = (uint8x16x2_t){{vld1q_u8(boxes->row[group][i]), vld1q_u8(boxes->row[group][i] + 16)}};
    return rows;
}

static inline uint8x16_t places_at(const char *p)
{
    return vandq_u8(vld1q_u8((const uint8_t *)p), vdupq_n_u8(0x1F));
}

static inline uint8x16_t part_boxed(const char *p, const struct rows *rows, int groups)
{
    uint8x16_t first = places_at(p), second = places_at(p + 1), third = places_at(p + 2), any = vdupq_n_u8(0);
    for (int group = 0; group < groups; group++) {
        const uint8x16x2_t *row = rows->row[group];
        uint8x16_t pair = vandq_u8(vqtbl2q_u8(row[0], first), vqtbl2q_u8(row[1], second));
        any = vorrq_u8(any, vandq_u8(pair, vqtbl2q_u8(row[2], third)));
    }
    return vtstq_u8(any, any);
}

static inline uint64_t boxed(const char *p, size_t left, const struct rows *rows, int groups)
{
    (void)left;
    return nf_neon_bits(part_boxed(p, rows, groups), part_boxed(p + 16, rows, groups), part_boxed(p + 32, rows, groups),
                        part_boxed(p + 48, rows, groups));
}

#include "text/long_line_blocks.h"

bool nf_long_line_count_neon(struct nf_span text, size_t readable, struct nf_line_counts *counts)
{
    return count_blocks(text, readable, counts);
}

void nf_long_line_box_neon(struct nf_span text, size_t readable, const struct nf_boxes *boxes, uint64_t *places)
{
    box_blocks(text, readable, boxes, places);
}
#endif
