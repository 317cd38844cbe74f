/*
 * long_line_v2.c: long lines with SSE4.2.
 * Used by long_line.c.
 */
#include "base/cpu.h"

#if NF_CPU_IS_X86
#include <nmmintrin.h>

#include "text/long_line_ways.h"

#define NF_LEVEL __attribute__((target("ssse3,sse4.2,popcnt")))

enum { LOADS_VALID_ONLY = 0 };

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

/* Each row in two halves of 16 bytes. */
struct rows {
    __m128i row[NF_BOX_GROUPS][3][2];
};

NF_LEVEL static inline struct rows rows_of(const struct nf_boxes *boxes, int groups)
{
    struct rows rows;
    for (int group = 0; group < groups; group++)
        for (int i = 0; i < 3; i++)
            for (int half = 0; half < 2; half++)
                rows.row[group][i][half] = _mm_loadu_si128((const __m128i *)(const void *)(boxes->row[group][i] + 16 * half));
    return rows;
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

NF_LEVEL static inline __m128i in_row(const __m128i *row, const struct places *places)
{
    return _mm_or_si128(_mm_shuffle_epi8(row[0], places->half[0]), _mm_shuffle_epi8(row[1], places->half[1]));
}

NF_LEVEL static inline uint64_t part_boxed(const char *p, const struct rows *rows, int groups)
{
    struct places first = places_at(p), second = places_at(p + 1), third = places_at(p + 2);
    __m128i any = _mm_setzero_si128();
    for (int group = 0; group < groups; group++) {
        __m128i pair = _mm_and_si128(in_row(rows->row[group][0], &first), in_row(rows->row[group][1], &second));
        any = _mm_or_si128(any, _mm_and_si128(pair, in_row(rows->row[group][2], &third)));
    }
    return ~(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(any, _mm_setzero_si128())) & 0xFFFF;
}

NF_LEVEL static inline uint64_t boxed(const char *p, size_t left, const struct rows *rows, int groups)
{
    uint64_t places = 0;
    for (size_t at = 0; at < 64 && at < left; at += 16)
        places |= part_boxed(p + at, rows, groups) << at;
    return places;
}

#include "text/long_line_blocks.h"

NF_LEVEL bool nf_long_line_count_v2(struct nf_span text, size_t readable, struct nf_line_counts *counts)
{
    return count_line(text, readable, counts);
}

NF_LEVEL void nf_long_line_box_v2(struct nf_span text, size_t readable, const struct nf_boxes *boxes, uint64_t *places)
{
    box_blocks(text, readable, boxes, places);
}
#endif
