/*
 * long_line_neon.c: long lines with NEON.
 * Used by long_line.c.
 */
#include "text/long_line_ways.h"
#include "text/neon.h"

#if NF_CPU_IS_ARM

#define NF_LEVEL

#define COUNTS_BY_VECTORS
#define WIDTH 16

typedef uint8x16_t vec;

static inline vec load(const char *p)
{
    return vld1q_u8((const uint8_t *)p);
}

static inline vec all_of(int byte)
{
    return vdupq_n_u8((uint8_t)byte);
}

static inline vec equal(vec a, vec b)
{
    return vceqq_u8(a, b);
}

static inline vec both(vec a, vec b)
{
    return vandq_u8(a, b);
}

static inline vec either(vec a, vec b)
{
    return vorrq_u8(a, b);
}

static inline vec but(vec a, vec b)
{
    return vbicq_u8(a, b);
}

static inline vec less(vec a, vec b)
{
    return vsubq_u8(a, b);
}

static inline vec least(vec a, vec b)
{
    return vminq_u8(a, b);
}

static inline vec most(vec a, vec b)
{
    return vmaxq_u8(a, b);
}

static inline vec look(const char *row, vec places)
{
    return vqtbl1q_u8(load(row), vandq_u8(places, vdupq_n_u8(0x0F)));
}

/* Most have none. */
static inline uint64_t bits(vec bytes)
{
    if (vmaxvq_u8(bytes) < 0x80)
        return 0;
    uint8x16_t tops = vcgeq_u8(bytes, vdupq_n_u8(0x80)), none = vdupq_n_u8(0);
    return nf_neon_bits(tops, none, none, none);
}

static inline uint32_t total(vec bytes)
{
    return vaddlvq_u8(bytes);
}

/* One box for each bit. */
static inline vec in_row(const uint8_t *row, vec places)
{
    return vqtbl2q_u8((uint8x16x2_t){{vld1q_u8(row), vld1q_u8(row + 16)}}, places);
}

static inline uint8x16_t places_at(const char *p)
{
    return vandq_u8(load(p), vdupq_n_u8(0x1F));
}

static inline vec in_group(const uint8_t (*row)[32], vec first, vec second, vec third)
{
    return both(both(in_row(row[0], first), in_row(row[1], second)), in_row(row[2], third));
}

static inline vec part_boxed(const char *p, const struct nf_boxes *boxes)
{
    vec first = places_at(p), second = places_at(p + 1), third = places_at(p + 2), any = in_group(boxes->row[0], first, second, third);
    if (boxes->groups > 1)
        any = either(any, in_group(boxes->row[1], first, second, third));
    return vtstq_u8(any, any);
}

static inline uint64_t boxed(const char *p, size_t left, const struct nf_boxes *boxes)
{
    (void)left;
    return nf_neon_bits(part_boxed(p, boxes), part_boxed(p + 16, boxes), part_boxed(p + 32, boxes), part_boxed(p + 48, boxes));
}

#include "text/long_line_blocks.h"

bool nf_long_line_count_neon(struct nf_span text, size_t readable, struct nf_line_counts *counts)
{
    return count_line(text, readable, counts);
}

uint64_t nf_long_line_box_neon(struct nf_span text, size_t readable, const struct nf_boxes *boxes, uint64_t *places)
{
    return box_blocks(text, readable, boxes, places);
}
#endif
