/*
 * long_line_v2.c: long lines with SSE4.2.
 * Used by long_line.c.
 */
#include "base/cpu.h"

#if NF_CPU_IS_X86
#include <nmmintrin.h>

#include "text/long_line_ways.h"

#define NF_LEVEL __attribute__((target("ssse3,sse4.2,popcnt")))

#define COUNTS_BY_VECTORS
#define WIDTH 16

typedef __m128i vec;

NF_LEVEL static inline vec load(const char *p)
{
    return _mm_loadu_si128((const __m128i *)(const void *)p);
}

NF_LEVEL static inline vec all_of(int byte)
{
    return _mm_set1_epi8((char)byte);
}

NF_LEVEL static inline vec equal(vec a, vec b)
{
    return _mm_cmpeq_epi8(a, b);
}

NF_LEVEL static inline vec both(vec a, vec b)
{
    return _mm_and_si128(a, b);
}

NF_LEVEL static inline vec either(vec a, vec b)
{
    return _mm_or_si128(a, b);
}

NF_LEVEL static inline vec but(vec a, vec b)
{
    return _mm_andnot_si128(b, a);
}

NF_LEVEL static inline vec less(vec a, vec b)
{
    return _mm_sub_epi8(a, b);
}

NF_LEVEL static inline vec least(vec a, vec b)
{
    return _mm_min_epu8(a, b);
}

NF_LEVEL static inline vec most(vec a, vec b)
{
    return _mm_max_epu8(a, b);
}

NF_LEVEL static inline vec look(const char *row, vec places)
{
    return _mm_shuffle_epi8(load(row), places);
}

NF_LEVEL static inline uint64_t bits(vec bytes)
{
    return (uint32_t)_mm_movemask_epi8(bytes);
}

NF_LEVEL static inline uint32_t total(vec bytes)
{
    __m128i sums = _mm_sad_epu8(bytes, _mm_setzero_si128());
    return (uint32_t)_mm_cvtsi128_si32(sums) + (uint32_t)_mm_extract_epi16(sums, 4);
}

/* Where a byte stands in either half of a row; the highest bit says that it is in the other. */
struct places {
    __m128i half[2];
};

NF_LEVEL static inline struct places places_at(const char *p)
{
    __m128i five = _mm_and_si128(load(p), _mm_set1_epi8(0x1F));
    return (struct places){{_mm_add_epi8(five, _mm_set1_epi8(0x70)), _mm_sub_epi8(five, _mm_set1_epi8(0x10))}};
}

/* in  row: of a box; its halves are of 16 bytes each */
NF_LEVEL static inline vec in_row(const uint8_t *row, const struct places *places)
{
    const char *bytes = (const char *)row;
    return either(_mm_shuffle_epi8(load(bytes), places->half[0]), _mm_shuffle_epi8(load(bytes + 16), places->half[1]));
}

NF_LEVEL static inline vec in_group(const uint8_t (*row)[32], const struct places *first, const struct places *second, const struct places *third)
{
    return both(both(in_row(row[0], first), in_row(row[1], second)), in_row(row[2], third));
}

NF_LEVEL static inline uint64_t part_boxed(const char *p, const struct nf_boxes *boxes)
{
    struct places first = places_at(p), second = places_at(p + 1), third = places_at(p + 2);
    vec any = in_group(boxes->row[0], &first, &second, &third);
    if (boxes->groups > 1)
        any = either(any, in_group(boxes->row[1], &first, &second, &third));
    return bits(equal(any, all_of(0))) ^ 0xFFFF;
}

NF_LEVEL static inline uint64_t boxed(const char *p, size_t left, const struct nf_boxes *boxes)
{
    uint64_t places = 0;
    for (size_t at = 0; at < 64 && at < left; at += 16)
        places |= part_boxed(p + at, boxes) << at;
    return places;
}

#include "text/long_line_blocks.h"

NF_LEVEL bool nf_long_line_count_v2(struct nf_span text, size_t readable, struct nf_line_counts *counts)
{
    return count_line(text, readable, counts);
}

NF_LEVEL uint64_t nf_long_line_box_v2(struct nf_span text, size_t readable, const struct nf_boxes *boxes, uint64_t *places)
{
    return box_blocks(text, readable, boxes, places);
}
#endif
