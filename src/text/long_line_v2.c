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

struct block {
    __m128i part[4];
};

NF_LEVEL static inline __m128i part_at(const char *p)
{
    return _mm_loadu_si128((const __m128i *)(const void *)p);
}

NF_LEVEL static inline struct block load(const char *p, uint64_t valid)
{
    (void)valid;
    return (struct block){{part_at(p), part_at(p + 16), part_at(p + 32), part_at(p + 48)}};
}

/* A bit for each byte whose highest bit is set. */
NF_LEVEL static inline uint64_t tops(__m128i a, __m128i b, __m128i c, __m128i d)
{
    uint64_t low = (uint32_t)_mm_movemask_epi8(a) | (uint32_t)_mm_movemask_epi8(b) << 16;
    return low | ((uint64_t)(uint32_t)_mm_movemask_epi8(c) | (uint64_t)(uint32_t)_mm_movemask_epi8(d) << 16) << 32;
}

/* Of the four parts, one by one: -O2 does not unroll a loop over them. */
#define TOPS_OF(of, block, ...) tops(of((block)->part[0], __VA_ARGS__), of((block)->part[1], __VA_ARGS__), \
                                     of((block)->part[2], __VA_ARGS__), of((block)->part[3], __VA_ARGS__))

NF_LEVEL static inline uint64_t wide(const struct block *block)
{
    const __m128i *part = block->part;
    bool none = !_mm_movemask_epi8(_mm_or_si128(_mm_or_si128(part[0], part[1]), _mm_or_si128(part[2], part[3])));
    return none ? 0 : tops(part[0], part[1], part[2], part[3]);
}

NF_LEVEL static inline __m128i is(__m128i part, int byte)
{
    return _mm_cmpeq_epi8(part, _mm_set1_epi8((char)byte));
}

NF_LEVEL static inline uint64_t equal(const struct block *block, int byte)
{
    return TOPS_OF(is, block, byte);
}

/* 80 is the least of signed bytes. */
NF_LEVEL static inline __m128i is_within(__m128i part, int first, int last)
{
    if (first == 0x80)
        return _mm_cmpgt_epi8(_mm_set1_epi8((char)(last + 1)), part);
    __m128i from = _mm_sub_epi8(part, _mm_set1_epi8((char)first));
    return _mm_cmpeq_epi8(_mm_min_epu8(from, _mm_set1_epi8((char)(last - first))), from);
}

NF_LEVEL static inline uint64_t within(const struct block *block, int first, int last)
{
    return TOPS_OF(is_within, block, first, last);
}

NF_LEVEL static inline uint64_t low(const struct block *block)
{
    const __m128i *part = block->part, blank = _mm_set1_epi8(' ');
    __m128i least = _mm_min_epu8(_mm_min_epu8(part[0], part[1]), _mm_min_epu8(part[2], part[3]));
    bool none = _mm_movemask_epi8(_mm_cmpeq_epi8(_mm_max_epu8(least, blank), least)) == 0xFFFF;
    return none ? 0 : within(block, 0, ' ' - 1);
}

NF_LEVEL static inline size_t count(uint64_t bits)
{
    return (size_t)__builtin_popcountll(bits);
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
    __m128i five = _mm_and_si128(part_at(p), _mm_set1_epi8(0x1F));
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
    return count_blocks(text, readable, counts);
}

NF_LEVEL void nf_long_line_box_v2(struct nf_span text, size_t readable, const struct nf_boxes *boxes, uint64_t *places)
{
    box_blocks(text, readable, boxes, places);
}
#endif
