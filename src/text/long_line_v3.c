/*
 * long_line_v3.c: long lines with AVX2.
 * Used by long_line.c.
 */
#include "base/cpu.h"

#if NF_CPU_IS_X86
#include <immintrin.h>

#include "text/long_line_ways.h"

#define NF_LEVEL __attribute__((target("avx2,bmi,bmi2,popcnt")))

#define COUNTS_BY_VECTORS
#define WIDTH 32

typedef __m256i vec;

NF_LEVEL static inline vec load(const char *p)
{
    return _mm256_loadu_si256((const __m256i *)(const void *)p);
}

NF_LEVEL static inline vec all_of(int byte)
{
    return _mm256_set1_epi8((char)byte);
}

NF_LEVEL static inline vec equal(vec a, vec b)
{
    return _mm256_cmpeq_epi8(a, b);
}

NF_LEVEL static inline vec both(vec a, vec b)
{
    return _mm256_and_si256(a, b);
}

NF_LEVEL static inline vec either(vec a, vec b)
{
    return _mm256_or_si256(a, b);
}

NF_LEVEL static inline vec but(vec a, vec b)
{
    return _mm256_andnot_si256(b, a);
}

NF_LEVEL static inline vec less(vec a, vec b)
{
    return _mm256_sub_epi8(a, b);
}

NF_LEVEL static inline vec least(vec a, vec b)
{
    return _mm256_min_epu8(a, b);
}

NF_LEVEL static inline vec most(vec a, vec b)
{
    return _mm256_max_epu8(a, b);
}

NF_LEVEL static inline vec look(const char *row, vec places)
{
    return _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)row)), places);
}

NF_LEVEL static inline uint64_t bits(vec bytes)
{
    return (uint32_t)_mm256_movemask_epi8(bytes);
}

NF_LEVEL static inline uint32_t total(vec bytes)
{
    __m256i sums = _mm256_sad_epu8(bytes, _mm256_setzero_si256());
    __m128i both_halves = _mm_add_epi64(_mm256_castsi256_si128(sums), _mm256_extracti128_si256(sums, 1));
    return (uint32_t)_mm_cvtsi128_si32(both_halves) + (uint32_t)_mm_extract_epi16(both_halves, 4);
}

/* Where a byte stands in either half of a row; the highest bit says that it is in the other. */
struct places {
    __m256i half[2];
};

NF_LEVEL static inline struct places places_at(const char *p)
{
    __m256i five = _mm256_and_si256(load(p), _mm256_set1_epi8(0x1F));
    return (struct places){{_mm256_add_epi8(five, _mm256_set1_epi8(0x70)), _mm256_sub_epi8(five, _mm256_set1_epi8(0x10))}};
}

/* in  row: of a box; its halves are of 16 bytes each */
NF_LEVEL static inline vec in_row(const uint8_t *row, const struct places *places)
{
    const char *bytes = (const char *)row;
    return either(look(bytes, places->half[0]), look(bytes + 16, places->half[1]));
}

NF_LEVEL static inline vec in_group(const uint8_t (*row)[32], const struct places *first, const struct places *second, const struct places *third)
{
    return both(both(in_row(row[0], first), in_row(row[1], second)), in_row(row[2], third));
}

NF_LEVEL static inline uint32_t half_boxed(const char *p, const struct nf_boxes *boxes)
{
    struct places first = places_at(p), second = places_at(p + 1), third = places_at(p + 2);
    vec any = in_group(boxes->row[0], &first, &second, &third);
    if (boxes->groups > 1)
        any = either(any, in_group(boxes->row[1], &first, &second, &third));
    return ~(uint32_t)bits(equal(any, all_of(0)));
}

NF_LEVEL static inline uint64_t boxed(const char *p, size_t left, const struct nf_boxes *boxes)
{
    uint64_t places = half_boxed(p, boxes);
    return left > 32 ? places | (uint64_t)half_boxed(p + 32, boxes) << 32 : places;
}

#include "text/long_line_blocks.h"

NF_LEVEL bool nf_long_line_count_v3(struct nf_span text, size_t readable, struct nf_line_counts *counts)
{
    return count_line(text, readable, counts);
}

NF_LEVEL uint64_t nf_long_line_box_v3(struct nf_span text, size_t readable, const struct nf_boxes *boxes, uint64_t *places)
{
    return box_blocks(text, readable, boxes, places);
}
#endif
